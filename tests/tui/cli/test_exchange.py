"""Exchange by commands, between two books as two offices keep them; and units that keep none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import main
from tests.tui.cli.conftest import OFFICE, Run


@pytest.fixture
def other(tmp_path: Path, run: Run, book: Path) -> Path:
    """A book of another office; both know each other."""
    path = tmp_path / "other.sovang"
    words = ["SC" if each == "TN" else each for each in OFFICE]
    assert run("book", "new", path, *words)[0] == 0
    for one, to in ((book, path), (path, book)):
        told = run("exchange", "identity", "--out", tmp_path / f"{one.stem}.id", "--book", one)[1]
        code, met = run("exchange", "meet", tmp_path / f"{one.stem}.id", "--check", told["fingerprint"], "--book", to)
        assert (code, met["fingerprint"]) == (0, told["fingerprint"])
    return path


def add(run: Run, book: Path, name: str, *words: str) -> str:
    code, told = run("roster", "add", f"name={name}", *words, "--book", book)
    assert code == 0
    return str(told["id"])


def pack(run: Run, book: Path, to: str, file: Path, *words: str) -> dict[str, Any]:
    code, told = run("exchange", "pack", "--for", to, "--out", file, "--book", book, *words)
    assert code == 0
    return dict(told)


def phone(run: Run, book: Path, who: str) -> str:
    return str(run("roster", "show", who, "--book", book)[1]["person"]["phone"])


def test_what_scripts_rely_on(run: Run, book: Path, other: Path, tmp_path: Path) -> None:
    who = add(run, other, "Hoàng Thị Ví Dụ", "born=3/2/1990", "phone=0911111111")
    file = tmp_path / "roster.svx"
    made = pack(run, other, "TN", file, "--what", "roster,training,scores")
    assert (made["from"], made["for"], made["sealed"]) == ("SC", ["TN"], True)
    assert made["counts"]["people"] == 1
    code, shown = run("exchange", "show", file, "--book", book)
    assert (code, shown["state"], shown["package"]) == (0, "genuine", made["package"])
    code, seen = run("exchange", "take", file, "--dry-run", "--book", book)
    assert (code, seen["from"], seen["new"], seen["changed"], seen["same"]) == (0, "SC", 1, 0, 0)
    assert (seen["conflicts"], seen["refused"], seen["written"]) == ([], [], False)
    assert run("exchange", "take", file, "--book", book)[1]["written"]
    again = run("exchange", "take", file, "--book", book)
    assert (again[0], again[1]["new"], again[1]["same"], again[1]["written"]) == (0, 0, 1, False)
    run("roster", "set", who, "phone=0922222222", "--book", book)
    run("roster", "set", who, "phone=0933333333", "--book", other)
    pack(run, other, "TN", tmp_path / "later.svx", "--what", "roster")
    code, seen = run("exchange", "take", tmp_path / "later.svx", "--book", book)
    assert code == 1
    assert seen["conflicts"] == [{"record": who, "field": "phone", "ours": "0922222222", "theirs": "0933333333"}]
    code, seen = run("exchange", "take", tmp_path / "later.svx", "--choose", f"{who}:phone", "--book", book)
    assert (code, seen["changed"], seen["conflicts"]) == (0, 1, [])
    assert run("book", "undo", "--book", book)[0] == 0
    code, seen = run("exchange", "take", tmp_path / "later.svx", "--theirs", "--book", book)
    assert (code, seen["changed"]) == (0, 1)
    code, seen = run("exchange", "take", file, "--theirs", "--book", book)
    assert (code, "newer package" in seen["error"]["what"]) == (1, True)
    assert run("book", "verify", "--book", book)[0] == 0


def test_two_books_of_one_code_never_mix(run: Run, book: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.sovang"
    assert run("book", "new", twin, *OFFICE)[0] == 0
    run("exchange", "identity", "--out", tmp_path / "twin.id", "--book", twin)
    code, told = run("exchange", "meet", tmp_path / "twin.id", "--book", book)
    assert (code, "told apart by their books" in told["error"]["what"]) == (1, True)
    run("config", "set", "office.code", "SX", "--book", twin)
    run("exchange", "identity", "--out", tmp_path / "other.id", "--book", twin)
    assert run("exchange", "meet", tmp_path / "other.id", "--book", book)[0] == 0


def test_one_person_goes_over(run: Run, book: Path, other: Path, tmp_path: Path) -> None:
    who = add(run, other, "Hoàng Thị Ví Dụ", "--role", "reporter", "--level", "commune", "--since", "1/1/2022")
    made = pack(run, other, "TN", tmp_path / "one.svx", "--person", who, "--day", "1/6/2025")
    assert made["person"] == who
    assert run("roster", "show", who, "--book", other)[1]["person"]["left"] == "2025-06-01"
    assert run("exchange", "take", tmp_path / "one.svx", "--book", book)[0] == 0
    told = run("roster", "show", who, "--book", book)[1]
    assert (told["person"]["id"], told["person"].get("left")) == (who, None)
    code, wrong = run("exchange", "pack", "--for", "TN", "--person", who, "--out", tmp_path / "x.svx", "--book", other)
    assert (code, "left the roster" in wrong["error"]["what"]) == (1, True)
    assert not (tmp_path / "x.svx").exists()


def test_a_unit_without_the_program_fills_in_a_workbook_and_a_folder_is_taken_in_one_go(
    run: Run, book: Path, other: Path, tmp_path: Path
) -> None:
    known = add(run, book, "Trần Văn Cũ", "born=1980", "unit=Phường Quang Vinh")
    folder = tmp_path / "in"
    folder.mkdir()
    code, told = run("exchange", "request", "--for", "Phường Quang Vinh", "--period", "2025-H1",
                     "--out", folder / "qv.xlsx", "--book", book)  # fmt: skip
    assert (code, told["people"]) == (0, 1)
    code, shown = run("exchange", "show", folder / "qv.xlsx", "--book", book)
    assert (code, shown["from"], shown["name"], shown["ours"]) == (0, "TN", "Phường Quang Vinh", True)
    code, shown = run("exchange", "show", folder / "qv.xlsx", "--book", other)
    assert (code, shown["from"], shown["period"]) == (0, "TN", "2025-H1")
    for name, number in (("qv again.xlsx", "0900000002"), ("qv.xlsx", "0900000001")):
        fill(folder / "qv.xlsx", {"Full name": "Lê Thị Mới", "Born": "3/4/1991", "Unit": "Phường Quang Vinh"},
             {"Phone": number}, as_=folder / name)  # fmt: skip
    (folder / "broken.xlsx").write_text("không phải bảng tính", "utf-8")
    (folder / "~$qv.xlsx").write_text("lock", "utf-8")
    add(run, other, "Hoàng Thị Ví Dụ")
    pack(run, other, "TN", folder / "sc.svx", "--what", "roster", "--period", "2025-H1")
    code, seen = run("exchange", "take", folder, "--dry-run", "--book", book)
    assert (code, seen["new"], seen["changed"], [each["file"] for each in seen["files"]]) == (
        1, 3, 2, ["sc.svx", "broken.xlsx", "qv again.xlsx", "qv.xlsx"]
    )  # fmt: skip
    assert run("roster", "list", "--book", book)[1]["people"][0]["id"] == known
    code, seen = run("exchange", "take", folder, "--book", book)
    assert (code, seen["files"][1]["error"]["what"]) == (1, "The file is no spreadsheet")
    assert (seen["new"], seen["changed"]) == (2, 2), "each file is read when its turn comes: two bring one person"
    assert sorted(each["name"] for each in run("roster", "list", "--book", book)[1]["people"]) == [
        "Hoàng Thị Ví Dụ", "Lê Thị Mới", "Trần Văn Cũ"
    ]  # fmt: skip
    assert phone(run, book, known) == "0900000001"
    code, status = run("exchange", "status", "--period", "2025-H1", "--book", book)
    states = {each["name"]: each["state"] for each in status["units"]}
    assert (code, states["Phường Quang Vinh"], states["Phường Túc Duyên"]) == (1, "sent", "not_sent")
    assert len(states) == 32, "the wards before 1 July 2025"
    assert "Phường Túc Duyên" in [each["name"] for each in status["reminders"]]
    again = run("exchange", "take", folder / "qv.xlsx", "--book", book)[1]
    assert (again["new"], again["changed"], again["written"]) == (0, 0, False)


def fill(path: Path, new: dict[str, str], more: dict[str, str], *, as_: Path | None = None) -> None:
    """Fill in more of the first person, and a row for one who is new."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    (head,) = [row for row in sheet.iter_rows() if row[0].value == "Code"]
    columns = {str(cell.value): int(str(cell.column)) for cell in head}
    first = int(str(head[0].row)) + 1
    for row, values in ((first, more), (first + 1, new)):
        if row != first:
            sheet.insert_rows(row)
        for title, value in values.items():
            sheet.cell(row, columns[title]).value = value
    workbook.save(as_ or path)


def test_files_of_a_dossier_go_along_and_one_that_is_lost_is_named(
    run: Run, book: Path, other: Path, tmp_path: Path
) -> None:
    who = add(run, other, "Hoàng Thị Ví Dụ")
    to = ("--title", "party-merit-year", "--year", "2025", "--day", "1/3/2025", "--book", other)
    code, told = run("registration", "add", who, *to)
    assert code == 0, told
    own = told["registrations"][0]["id"]
    papers = []
    for name in ("báo cáo.pdf", "minh chứng.pdf"):
        papers.append(tmp_path / name)
        papers[-1].write_bytes(b"%PDF-1.4 " + name.encode())
    held = run("dossier", "add", own, *papers, "--book", other)[1]["files"]
    file = tmp_path / "up.svx"
    made = pack(run, other, "TN", file, "--what", "roster,dossiers")
    assert (made["counts"]["dossier_files"], made["lost"]) == (2, [])
    code, took = run("exchange", "take", file, "--book", book)
    assert (code, took["records"]["dossier_files"]["new"], took["lost"]) == (0, 2, [])
    out = tmp_path / "out.pdf"
    assert run("dossier", "take", held[0]["id"], "--out", out, "--book", book)[0] == 0
    assert out.read_bytes() == papers[0].read_bytes()
    assert run("book", "verify", "--book", book)[0] == 0
    assert not run("exchange", "take", file, "--book", book)[1]["written"]
    lost = next((other / "files").glob("SC-HS-00002*"))
    lost.unlink()
    code, made = run("exchange", "pack", "--for", "TN", "--what", "roster,dossiers", "--out", tmp_path / "2.svx",
                     "--book", other)  # fmt: skip
    assert (code, made["lost"]) == (1, [{"record": "SC-HS-00002", "file": "minh chứng.pdf"}])
    code, took = run("exchange", "take", tmp_path / "2.svx", "--book", book)
    assert (code, took["lost"]) == (0, [{"record": "SC-HS-00002", "file": "minh chứng.pdf"}])


def spoken(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """What a command that ends well says to a person."""
    assert main.main(["--lang", "en", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_whom_a_package_holds_is_said_before_it_is_made(
    run: Run, book: Path, other: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(run, other, "Hoàng Thị Ví Dụ", "unit=Phường Phan Đình Phùng")
    add(run, other, "Trần Văn Thử", "unit=Phường Quan Triều")
    file = tmp_path / "all.svx"
    journal = {each.name: each.read_bytes() for each in other.glob("journal-*")}
    made = pack(run, other, "TN", file, "--what", "roster", "--dry-run")
    assert (made["people"], made["units"], made["everybody"], made["written"]) == (2, 2, True, False)
    assert not file.exists()
    assert {each.name: each.read_bytes() for each in other.glob("journal-*")} == journal
    made = pack(run, other, "TN", file, "--what", "roster", "--unit", "Phường Quan Triều")
    assert (made["people"], made["units"], made["everybody"], made["written"]) == (1, 1, False, True)
    told = spoken(
        capsys, "exchange", "pack", "--for", "TN", "--what", "roster", "--out", tmp_path / "x.svx", "--book", other
    )
    assert "2 people of 2 units: everybody" in told


def test_a_package_that_brings_nothing_says_so(
    run: Run, book: Path, other: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(run, other, "Hoàng Thị Ví Dụ")
    for name in ("1.svx", "2.svx"):
        pack(run, other, "TN", tmp_path / name, "--what", "roster")
    assert "Taken as one change" in spoken(capsys, "exchange", "take", tmp_path / "1.svx", "--book", book)
    told = spoken(capsys, "exchange", "take", tmp_path / "2.svx", "--book", book)
    assert ("Taken as one change" in told, "Nothing new; nothing was changed" in told) == (False, True)
