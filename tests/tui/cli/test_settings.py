"""Whose a book is: made with its office, settings by name and day, and the move to a code of its own."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import main
from tests.tui.cli.conftest import OFFICE, Run
from tests.tui.offices import cells_of

NAMED = ("--office-code", "PDP", "--office-name", "Ban Xây dựng Đảng phường Mẫu", "--above", "ĐẢNG ỦY PHƯỜNG MẪU")


def test_a_book_bears_the_name_place_and_code_of_its_own_office(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "own.sovang"
    code, made = run("book", "new", book, *NAMED, "--place", "Huế", "--units", "none")
    assert (code, made["records"].get("units")) == (0, None)
    assert run("--book", book, "roster", "add", "name=Nguyễn Văn Mẫu")[1]["id"] == "PDP-P-00001"
    assert run("--book", book, "roster", "export", tmp_path / "a.xlsx")[0] == 0
    cells = " ".join(cells_of(tmp_path / "a.xlsx"))
    assert "ĐẢNG ỦY PHƯỜNG MẪU" in cells
    assert "BAN XÂY DỰNG ĐẢNG PHƯỜNG MẪU" in cells.upper()
    assert "Huế, ngày" in cells
    assert "THÁI NGUYÊN" not in cells.upper()


def test_a_name_by_date_is_printed_as_it_was_on_the_day(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "own.sovang"
    names = ("--office-code", "PDP", "--office-name", "Ban Cũ", "--office-name", "1/7/2025=Ban Mới", "--place", "Huế")
    assert run("book", "new", book, *names)[0] == 0
    assert run("--book", book, "roster", "add", "name=Nguyễn Văn Mẫu")[0] == 0
    for day, name in (("2025-06-30", "BAN CŨ"), ("2025-07-01", "BAN MỚI")):
        out = tmp_path / f"{day}.xlsx"
        assert run("--book", book, "roster", "export", out, "--dated", day)[0] == 0
        assert name in " ".join(cells_of(out)).upper(), day


def test_a_book_made_without_an_office_works_but_prints_nothing_until_it_is_named(run: Run, tmp_path: Path) -> None:
    book, out = tmp_path / "bare.sovang", tmp_path / "a.xlsx"
    assert run("book", "new", book)[0] == 0
    assert run("--book", book, "roster", "add", "name=Nguyễn Văn Mẫu")[0] == 0
    code, told = run("--book", book, "roster", "export", out)
    assert code == 2
    assert "config set office.name" in told["error"]["do"]
    assert not out.exists()
    assert run("--book", book, "config", "set", "office.name", "Ban Mẫu")[0] == 0
    assert run("--book", book, "roster", "export", out)[0] == 2, "it has no code yet"
    assert run("--book", book, "config", "set", "office.code", "ABC")[0] == 0
    assert run("--book", book, "roster", "export", out)[0] == 0
    assert run("--book", book, "roster", "list")[1]["people"][0]["id"] == "ABC-P-00001"


@pytest.mark.parametrize("words", [["--office-code", "TN1"], ["--office-code", "Đ"], ["--theme", "pink"],
                                   ["--office-name", "31/2/2025=X"], ["--set", "nothing"],
                                   ["--set", "backups.days=0"], ["--units", "none.xlsx"]])  # fmt: skip
def test_what_is_no_value_is_refused_and_no_book_is_left(run: Run, tmp_path: Path, words: list[str]) -> None:
    code, told = run("book", "new", tmp_path / "own.sovang", "--office-name", "Ban Mẫu", *words)
    assert code == 2
    assert told["error"]["do"]
    assert list(tmp_path.iterdir()) == []


def test_the_first_units_come_from_a_list_or_not_at_all(run: Run, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["TT", "Đơn vị", "Đơn vị cấp trên"], [1, "Phường Mẫu", ""], [2, "Chi bộ Mẫu 1", "Phường Mẫu"]):
        sheet.append(row)
    workbook.save(tmp_path / "units.xlsx")
    book = tmp_path / "own.sovang"
    assert run("book", "new", book, *NAMED, "--units", tmp_path / "units.xlsx")[0] == 0
    units = run("--book", book, "unit", "list")[1]["units"]
    assert [each["name"] for each in units] == ["Phường Mẫu", "Chi bộ Mẫu 1"]
    sheet.append([3, "Chi bộ Mẫu 2", "Phường Không Có"])
    workbook.save(tmp_path / "units.xlsx")
    code, told = run("book", "new", tmp_path / "b.sovang", *NAMED, "--units", tmp_path / "units.xlsx")
    assert (code, (tmp_path / "b.sovang").exists()) == (2, False)
    assert "4" in told["error"]["what"]


def test_two_books_with_one_code_are_warned_of(run: Run, tmp_path: Path) -> None:
    assert run("book", "new", tmp_path / "one", *NAMED)[1]["notices"] == []
    (notice,) = run("book", "new", tmp_path / "two", *NAMED)[1]["notices"]
    assert str(tmp_path / "one") in notice
    assert run("book", "new", tmp_path / "three", *NAMED[2:], "--office-code", "ABC")[1]["notices"] == []
    assert str(tmp_path) in run("--book", tmp_path / "three", "config", "set", "office.code", "PDP")[1]["notices"][0]


def test_a_warning_is_told_once_in_the_object_or_beside_the_words(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("book", "new", tmp_path / "one", *NAMED)[0] == 0
    assert run("book", "new", tmp_path / "three", *NAMED[2:], "--office-code", "ABC")[0] == 0
    three = ("--book", tmp_path / "three", "config", "set", "office.code", "PDP")
    for words in (("book", "new", tmp_path / "two", *NAMED), (*three, "--dry-run")):
        capsys.readouterr()
        main.main([str(each) for each in (*words, "--json")])
        told = capsys.readouterr()
        assert (str(tmp_path / "one") in told.out, told.err) == (True, ""), words
    main.main([str(each) for each in three])
    told = capsys.readouterr()
    assert (told.out + told.err).count(str(tmp_path / "one")) == 1


def test_a_setting_is_one_line_dated_shown_and_taken_back(run: Run, book: Path) -> None:
    before = run("--book", book, "config", "show")[1]["office"]["name"]
    assert run("--book", book, "config", "set", "office.name", "Ban Thứ Ba", "--from", "2026-01-01")[0] == 0
    log = run("--book", book, "book", "log")[1]["changes"]
    assert (log[0]["action"], log[0]["about"]) == ("config.set", "office.name")
    shown = run("--book", book, "config", "show", "--on", "2026-02-01")[1]
    assert shown["office"]["name"] == "Ban Thứ Ba"
    assert run("--book", book, "config", "show", "--on", "2025-12-31")[1]["office"]["name"] != "Ban Thứ Ba"
    assert run("--book", book, "config", "set", "office.name", "Ban Thứ Ba", "--from", "2026-01-01")[0] == 0
    assert run("--book", book, "book", "log")[1]["changes"][0]["seq"] == log[0]["seq"], "nothing was changed"
    assert run("--book", book, "book", "undo")[0] == 0
    assert run("--book", book, "config", "show")[1]["office"]["name"] == before


@pytest.mark.parametrize(
    ("key", "typed", "held"),
    [
        ("office.above", "ĐẢNG ỦY XÃ MẪU", "ĐẢNG ỦY XÃ MẪU"),
        ("office.place", "Xã Mẫu", "Xã Mẫu"),
        ("office.kind", "state_office", "state_office"),
        ("office.roles", "reporter, collaborator", ["reporter", "collaborator"]),
        ("signers.papers.name", "Lý Thị Mẫu", "Lý Thị Mẫu"),
        ("signers.training.title", "GIÁM ĐỐC", "GIÁM ĐỐC"),
        ("addresses.papers", "Như trên; Lưu VP", ["Như trên", "Lưu VP"]),
        ("backups.days", "9", 9),
        ("backups.daily", "no", False),
        ("print_shop.name", "Nhà in Mẫu", "Nhà in Mẫu"),
        ("print_shop.bleed", "5", 5),
        ("print_shop.marks", "no", False),
        ("certificates.authorities", "/mnt/ca", "/mnt/ca"),
        ("reading.seconds", "20", 20),
        ("language", "en", "en"),
        ("theme", "contrast", "contrast"),
        ("trainings.since", "2024-01-01", "2024-01-01"),
    ],
)
def test_every_kind_of_setting_is_kept_as_typed(run: Run, book: Path, key: str, typed: str, held: object) -> None:
    assert run("--book", book, "config", "set", key, typed)[0] == 0
    found = {each["key"]: each["value"] for each in run("--book", book, "config", "show")[1]["settings"]}
    assert found[key] == held
    assert run("--book", book, "config", "check", book / "config")[0] == 0
    assert run("--book", book, "book", "verify")[1]["whole"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("office.nam", "X"), "office.name"),
        (("backups.days", "none"), "whole number"),
        (("theme", "pink"), "contrast"),
        (("language", "en", "--from", "2026-01-01"), "first day"),
        (("office.name", "X", "--from", "31/02/2026"), "a day that exists"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(run: Run, book: Path, words: tuple[str, ...], told: str) -> None:
    seq = run("--book", book, "book", "info")[1]["seq"]
    code, refused = run("--book", book, "config", "set", *words)
    assert code == 2
    assert told in refused["error"]["do"] + refused["error"]["what"]
    assert run("--book", book, "book", "info")[1]["seq"] == seq


def test_the_language_of_the_book_is_spoken_unless_another_is_asked_for(
    book: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--book", book, "config", "set", "language", "en")[0] == 0
    main.main(["--book", str(book), "book", "info"])
    assert "Last change" in capsys.readouterr().out
    main.main(["--book", str(book), "--lang", "vi", "book", "info"])
    assert "Last change" not in capsys.readouterr().out


def test_a_book_moves_to_its_own_code_and_every_old_code_is_found(
    run: Run, book: Path, roster_file: Path, tmp_path: Path
) -> None:
    run("--book", book, "roster", "import", roster_file, "--role", "reporter", "--level", "commune")
    listed = tmp_path / "before.xlsx"
    assert run("--book", book, "roster", "export", listed)[0] == 0
    before = run("--book", book, "roster", "list")[1]["people"]
    old = before[0]["id"]
    shown = run("--book", book, "roster", "show", old)[1]
    code, moved = run("--book", book, "config", "set", "office.code", "PDP")
    assert (code, moved["value"]) == (0, "PDP")
    after = run("--book", book, "roster", "list")[1]["people"]
    assert [each["id"] for each in after] == [each["id"].replace("TN-", "PDP-") for each in before]
    now = run("--book", book, "roster", "show", old)[1]
    assert now["person"]["id"] == old.replace("TN-", "PDP-")
    assert str(now).replace("PDP-", "TN-") == str(shown)
    assert run("--book", book, "roster", "set", old, "phone=0912345678")[0] == 0
    assert run("--book", book, "book", "log", "--record", old)[1]["changes"][-1]["action"] == "roster.import"
    again = run("--book", book, "roster", "import", listed, "--dry-run")[1]
    assert {each["why"] for each in again["matches"]} == {"code"}
    assert run("--book", book, "book", "verify")[1]["whole"]
    assert run("--book", book, "book", "info")[1]["notices"] == []
    assert run("--book", book, "roster", "add", "name=Người Mới Mẫu")[1]["id"].startswith("PDP-P-")
    move = next(each for each in run("--book", book, "book", "log")[1]["changes"] if each["action"] == "office.code")
    code, refused = run("--book", book, "book", "undo", str(move["seq"]))
    assert (code, "take back" in refused["error"]["do"]) == (1, True), "someone was entered under the new code"
    for _ in range(3):
        assert run("--book", book, "book", "undo")[0] == 0
    assert run("--book", book, "roster", "list")[1]["people"] == before
    assert run("--book", book, "book", "redo")[0] == 0
    assert run("--book", book, "roster", "show", old)[1]["person"]["id"].startswith("PDP-P-")


def test_a_seal_of_the_old_code_stays_genuine(run: Run, tmp_path: Path) -> None:
    from tests.crash.full_disk import prepared

    book, out = prepared(tmp_path), tmp_path / "a.pdf"
    assert run("--book", book, "certificate", "print", "--decision", "15-QĐ/BTG", "--out", out)[0] == 0
    assert run("--book", book, "certificate", "verify", out)[0] == 0
    assert run("--book", book, "config", "set", "office.code", "PDP")[0] == 0
    code, told = run("--book", book, "certificate", "verify", out)
    assert code == 0, told


def test_a_path_with_an_old_code_in_it_is_left_alone(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("--book", book, "roster", "add", "name=Nguyễn Văn Mẫu")[0] == 0
    assert run("--book", book, "config", "set", "office.code", "PDP")[0] == 0
    out = tmp_path / "TN-P-00001.xlsx"
    assert run("--book", book, "roster", "export", out)[0] == 0
    assert out.exists()


def test_what_is_set_for_an_office_is_asked_of_nobody_else(run: Run, tmp_path: Path) -> None:
    """The example stays an example: a new book knows no issuer, signer or unit of it."""
    book = tmp_path / "own.sovang"
    assert run("book", "new", book, *NAMED)[0] == 0
    shown = str(run("--book", book, "config", "show")[1])
    assert "Thái Nguyên" not in shown
    assert "THÁI NGUYÊN" not in shown
    assert "Phan Đình Phùng" not in shown
    assert [each.name for each in (book / "config").iterdir()] == ["office.yaml"]


def test_the_example_is_made_like_any_other(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "example.sovang"
    assert run("book", "new", book, *OFFICE)[0] == 0
    assert run("--book", book, "config", "show")[1]["office"]["code"] == "TN"
