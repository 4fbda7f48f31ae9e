"""`book`: backing up, restoring, repairing, accepting an older copy, and looking into the past."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from config.settings.loading import load_settings
from records.services.certificates.keys import public_pem
from records.services.office import Office
from records.store.book import Book
from tests.records.store.books import add
from tests.tui.cli.conftest import Run


def enter(book: Path, *names: str) -> None:
    with Book.open(book, actor="lan") as opened:
        for name in names:
            add(opened, name)


def test_a_backup_is_written_listed_and_restored(run: Run, book: Path, tmp_path: Path) -> None:
    enter(book, "An", "Bình")
    code, made = run("--book", book, "book", "backup", "--to", tmp_path / "usb")
    assert (code, made["seq"]) == (0, 4)
    code, listed = run("--book", book, "book", "backups", "--to", tmp_path / "usb")
    assert [(each["whole"], each["seq"]) for each in listed["backups"]] == [(True, 4)]
    code, restored = run("book", "restore", made["file"], tmp_path / "b.sovang")
    assert (code, restored["seq"], restored["aside"]) == (0, 4, None)
    people = run("--book", tmp_path / "b.sovang", "roster", "list")[1]["people"]
    assert [each["name"] for each in people] == ["An", "Bình"]
    code, refused = run("book", "restore", made["file"], tmp_path / "b.sovang")
    assert code == 3
    assert "--replace" in refused["error"]["do"]


def test_a_lost_file_marks_backups_is_named_by_repair_and_comes_back_from_one(
    run: Run, book: Path, tmp_path: Path
) -> None:
    with Book.open(book, actor="lan") as opened:
        public_pem(Office(opened, load_settings()))
    backup = ("--book", book, "book", "backup", "--to", tmp_path / "usb")
    first = Path(run(*backup)[1]["file"])
    for day in range(10, 20):  # so many that age makes some of them needless
        shutil.copy(first, first.with_name(f"office-202001{day}-080000.backup.zip"))
    key = book / "files" / "keys" / "certificates.key"
    kept = key.read_bytes()
    key.unlink()
    code, made = run(*backup)
    assert (code, made["wrong"], made["deleted"]) == (3, ["files/keys/certificates.key"], [])
    listed = run("--book", book, "book", "backups", "--to", tmp_path / "usb")[1]["backups"]
    assert (listed[0]["whole"], listed[0]["wrong"]) == (False, ["files/keys/certificates.key"])
    code, told = run("--book", book, "book", "repair")
    assert (code, told["repaired"], len(told["lines"])) == (3, False, 2)
    assert "certificates.key" in told["lines"][0]
    assert "--from" in told["lines"][1]
    assert run("--book", book, "book", "repair", "--from", made["file"])[0] == 3, "it has no key either"
    code, restored = run("book", "restore", made["file"], tmp_path / "b.sovang")
    assert (code, restored["wrong"]) == (3, ["files/keys/certificates.key"])
    assert run("--book", tmp_path / "b.sovang", "book", "verify")[0] == 3
    key.write_bytes(kept)
    code, whole = run(*backup)
    assert (code, whole["wrong"]) == (0, [])
    assert whole["deleted"]
    key.write_bytes(kept.replace(b"A", b"B"))
    code, told = run("--book", book, "book", "repair", "--from", whole["file"])
    assert (code, told["repaired"]) == (1, True)
    assert key.read_bytes() == kept
    assert [each.read_bytes() for each in book.glob("aside-*/certificates.key")] == [kept.replace(b"A", b"B")]
    assert run("--book", book, "book", "verify")[0] == 0


def test_nothing_that_leaves_the_office_is_written_into_a_book(run: Run, book: Path, tmp_path: Path) -> None:
    """Where it may replace what is there, a package or a list could take the place of the journal."""
    enter(book, "An")
    link = tmp_path / "elsewhere"
    link.symlink_to(book, target_is_directory=True)
    journal = max(book.glob("journal-*")).name
    made = run("--book", book, "book", "backup", "--to", tmp_path / "usb")[1]["file"]
    for inside in (book, book / "config", link):
        for words in (
            ("exchange", "identity", "--out", inside / journal, "--overwrite"),
            ("roster", "export", inside / "list.xlsx", "--overwrite"),
            ("book", "hand-over", "--to", "Ai", "--out", inside / "parcel"),
            ("book", "restore", made, inside / "copy"),
            ("book", "new", inside / "new.sovang"),
        ):
            code, told = run("--book", book, *words)
            assert (code, "lies in the book" in told["error"]["what"]) == (2, True), (words, told)
    code, told = run("--book", book, "book", "verify")
    assert (code, [each for each in told["lines"] if "aside" in each]) == (0, []), "whole, and no stranger in it"


def test_no_backup_yet_is_no_error_and_a_broken_one_is_a_finding(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("--book", book, "book", "backups", "--to", tmp_path)[0] == 0
    (tmp_path / "office-20250101-080000.backup.zip").write_bytes(b"cut")
    code, listed = run("--book", book, "book", "backups", "--to", tmp_path)
    assert code == 1
    assert listed["backups"][0]["whole"] is False


def test_a_damaged_book_tells_the_way_out_and_is_repaired(run: Run, book: Path) -> None:
    enter(book, "An", "Bình")
    journal = next(book.glob("journal-*.jsonl"))
    content = journal.read_bytes()
    journal.write_bytes(content.replace("Bình".encode(), "Bính".encode()))
    assert run("--book", book, "book", "verify")[0] == 3
    code, refused = run("--book", book, "book", "undo")
    assert code == 3
    assert "book repair" in refused["error"]["do"]
    code, repaired = run("--book", book, "book", "repair")
    assert (code, repaired["repaired"]) == (1, True)
    assert run("--book", book, "book", "verify")[1]["whole"] is True
    assert [each["name"] for each in run("--book", book, "roster", "list")[1]["people"]] == ["An"]
    assert run("--book", book, "book", "repair") == (
        0,
        {"repaired": False, "lines": ["Nothing was wrong; nothing was changed"]},
    )


def test_verifying_reads_every_line_when_asked(run: Run, book: Path) -> None:
    enter(book, "An", "Bình")
    code, quick = run("--book", book, "book", "verify")
    assert (code, quick["whole"], quick["problems"]) == (0, True, [])
    code, deep = run("--book", book, "book", "verify", "--deep")
    assert (code, deep["whole"], deep["problems"]) == (0, True, [])
    assert "byte by byte" in quick["lines"][0]
    assert "from the first to the last" in deep["lines"][0]
    journal = next(book.glob("journal-*.jsonl"))
    journal.write_bytes(journal.read_bytes().replace("Bình".encode(), "Bính".encode()))
    for more in ((), ("--deep",)):
        code, told = run("--book", book, "book", "verify", *more)
        assert (code, told["problems"][0]["where"]) == (3, journal.name)


def test_an_older_copy_is_refused_until_it_is_accepted(run: Run, book: Path, tmp_path: Path) -> None:
    shutil.copytree(book, tmp_path / "old")
    assert run("--book", book, "book", "info")[0] == 0
    run("--book", book, "book", "restore", "nothing.zip", tmp_path / "x")
    with_people = tmp_path / "people.csv"
    with_people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\n", "utf-8")
    assert run("--book", book, "roster", "import", with_people)[0] == 0
    shutil.rmtree(book)
    shutil.copytree(tmp_path / "old", book)
    code, info = run("--book", book, "book", "info")
    assert code == 3
    assert info["state"] == "behind"
    assert any("older than it was" in notice for notice in info["notices"])
    for verb in ("verify", "backup"):
        code, told = run("--book", book, "book", verb)
        assert code == 3, "where open says it is older, nothing says it is whole"
        assert "older than it was" in str(told)
    code, refused = run("--book", book, "roster", "import", with_people)
    assert code == 3
    assert "book accept" in refused["error"]["do"]
    with pytest.MonkeyPatch.context() as patched:  # on a disk that can only be read nothing is taken for anything
        patched.setattr(os, "access", lambda *_: False)
        code, told = run("--book", book, "book", "accept")
        assert (code, told["error"]["do"]) == (3, "ask who may write there")
    assert run("--book", book, "book", "verify")[0] == 3
    assert run("--book", book, "book", "accept")[0] == 0
    assert run("--book", book, "roster", "import", with_people)[0] == 0


def test_the_past_is_told_and_made_a_book_of(run: Run, book: Path, tmp_path: Path) -> None:
    enter(book, "An", "Bình")
    code, told = run("--book", book, "book", "as-of", "3")
    assert (code, told["seq"], told["records"]["people"]) == (0, 3, 1)
    assert run("--book", book, "book", "as-of", "01/01/2020")[1]["records"] == {}
    code, made = run("--book", book, "book", "as-of", "3", tmp_path / "past.sovang")
    assert made["book"].endswith("past.sovang")
    assert [each["name"] for each in run("--book", made["book"], "roster", "list")[1]["people"]] == ["An"]
    code, wrong = run("--book", book, "book", "as-of", "31/02/2025")
    assert code == 2
    assert wrong["error"]["what"]
