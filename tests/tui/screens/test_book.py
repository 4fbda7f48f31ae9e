"""The book on the screen: backups, checking, its past, and the ways out when something is wrong."""

from __future__ import annotations

import argparse
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import orjson
import pytest

from records.services.certificates.keys import public_pem
from records.services.office import Office
from records.store.safety.backup import backups, write_backup
from tests.tui.offices import DAY, enter_people, more, see, seen, small_app, small_office, until
from tui.app import opening
from tui.app.app import SoVangApp


def app_on(path: Path) -> SoVangApp:
    """The app on a book as a person opens it."""

    @contextmanager
    def opener() -> Iterator[Office]:
        with opening.open_office(argparse.Namespace(book=str(path), demo=False)) as office:
            yield office

    return SoVangApp(opener, on=DAY, section="people", who="thu")


async def test_a_backup_is_made_looked_into_and_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "saved"))
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await app.run_action("section('book')")
            await see(pilot, "There is no backup yet")
            await pilot.press("insert")
            await see(pilot, ".backup.zip", "Backup written and read back")
            assert len(backups(tmp_path / "saved", "small")) == 1
            await pilot.press("enter")
            await see(pilot, "The backup is whole")
            await pilot.press("escape")
            await pilot.press("f7")
            await see(pilot, "The book is whole")
            await pilot.press("escape")
            await more(pilot, "Restore")
            await see(pilot, "Folder to make")
            await pilot.press("enter")
            await see(pilot, "Restored the book", "main.py --book")
    assert (tmp_path / "small-restored.sovang" / "book.json").exists()


async def test_what_a_book_lost_is_told_at_its_backup_and_brought_back_from_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "saved"))
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            public_pem(app.office)
            await app.run_action("section('book')")
            await see(pilot, "There is no backup yet")
            await more(pilot, "Bring back")
            await see(pilot, "There is no backup yet")
            await pilot.press("insert")
            await see(pilot, "Backup written and read back")
            key = app.office.book.path / "files" / "keys" / "certificates.key"
            kept = key.read_bytes()
            key.unlink()
            (whole,) = backups(tmp_path / "saved", "small")
            whole.rename(whole.with_name("small-20200101-080000.backup.zip"))
            await pilot.press("insert")
            await see(pilot, "was not whole when it was backed up", "certificates.key")
            await pilot.press("escape")
            await more(pilot, "Bring back")
            await see(pilot, "Nothing was brought back", "Still wrong")
            await pilot.press("escape", "down")
            await more(pilot, "Bring back")
            await see(pilot, "certificates.key was brought back from the backup")
            await pilot.press("escape")
            await more(pilot, "Bring")
            await see(pilot, "Nothing was wrong; nothing was changed")
    assert key.read_bytes() == kept


async def test_what_backups_and_files_are_called_never_steers_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "saved"))
    evil = "\x1b]0;PWN\x07\x1b[41mX"
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            write_backup(app.office.book.path, tmp_path / "saved", now=datetime(2025, 6, 1))
            (saved,) = backups(tmp_path / "saved", "small")
            _say_made(saved, evil)
            for year in (2024, 2026):
                (tmp_path / "saved" / f"small-{year}0601-000000.backup.zip").symlink_to(tmp_path / "nowhere")
            try:
                (app.office.book.path / "files" / f"{evil}-0123456789abcdef.png").write_bytes(b"x")
            except OSError:
                pytest.skip("this system has no such names")
            await app.run_action("section('book')")
            await see(pilot, "small-20240601", "small-20250601", "small-20260601")
            await pilot.press("enter")
            await see(pilot, "The backup cannot be read")
            await pilot.press("escape", "down", "enter")
            await see(pilot, "The backup is whole", "␛]0;PWN␇␛[41mX")
            assert not _steering(seen(app))
            await pilot.press("escape", "f7")
            await see(pilot, "is not what was kept", "␛]0;PWN␇␛[41mX")
            assert not _steering(seen(app))
            app.notify(evil, markup=False)
            await see(pilot, "]0;PWN[41mX")
            assert not _steering(seen(app))


def _steering(text: str) -> str:
    return "".join(each for each in text if unicodedata.category(each) in ("Cc", "Cs") and each != "\n")


def _say_made(backup: Path, made: str) -> None:
    with zipfile.ZipFile(backup) as zipped:
        parts = {each: zipped.read(each) for each in zipped.namelist()}
    parts["manifest.json"] = orjson.dumps(orjson.loads(parts["manifest.json"]) | {"made": made})
    with zipfile.ZipFile(backup, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)


async def test_the_office_as_it_was_and_back(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Lê [RH-2024] Ước")
            await app.run_action("section('history')")
            await see(pilot, "Units of the settings ent")
            await pilot.press("end", "up", "up")  # the first person with an appointment
            await pilot.press("f7")
            await see(pilot, "as it was after change 3")
            await app.run_action("section('people')")
            await until(pilot, lambda: "Nguyễn Thị Ánh" in seen(app) and "Trần Văn Bình" not in seen(app))
            await pilot.press("insert")
            await see(pilot, "F12: back to the present")
            await pilot.press("f12")
            await see(pilot, "Trần Văn Bình", "● saved")


async def test_history_can_be_narrowed_to_a_person_and_a_day(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await app.run_action("section('history')")
            await see(pilot, "Person entered")
            await pilot.press("f4")
            await see(pilot, "Changes of a day or of a person")
            await pilot.press(*"nobody", "enter")
            await see(pilot, "0 in all")
            await pilot.press("f4")
            await pilot.press(*(["backspace"] * 6), *"31/02/2025", "enter")
            await until(pilot, lambda: "2025" in seen(app) and "Changes of a day" in seen(app))
            await pilot.press(*(["backspace"] * 10), "enter")
            await see(pilot, "9 in all")


def damaged(path: Path) -> Path:
    with small_office(path) as office:
        book = office.book.path
    journal = next(book.glob("journal-*.jsonl"))
    content = journal.read_bytes()
    journal.write_bytes(content.replace("Ước".encode(), "Ứớc".encode()))
    return book


async def test_a_damaged_book_is_repaired_from_the_screen(tmp_path: Path) -> None:
    path = damaged(tmp_path)
    with closing(app_on(path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Something is wrong with the book", "damaged", "Repair: set aside")
            await pilot.press("tab", "enter")
            await see(pilot, "What was done", "The book now ends with change 7")
            await pilot.press("escape")
            await see(pilot, "Đỗ Hồng Đào", "● saved")
            assert not app.office.book.read_only
    assert list(path.glob("aside-*"))


async def test_an_older_copy_can_be_read_or_accepted(tmp_path: Path) -> None:
    with small_office(tmp_path, people=False) as office:
        path = office.book.path
    old = {each.name: each.read_bytes() for each in path.glob("*.json*")}
    with closing(app_on(path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nobody here")
            enter_people(app.office)
    for name, content in old.items():
        (path / name).write_bytes(content)
    with closing(app_on(path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "The book is older than it was", "go on from here")
            await pilot.press("tab", "enter")
            await see(pilot, "From now on the book goes on")
            await pilot.press("escape")
            await see(pilot, "● saved")
            assert app.office.book.history(limit=1)[0].action == "book.accept"


def test_a_changed_book_is_backed_up_once_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "saved"))
    with small_office(tmp_path) as office:
        path = office.book.path
    args = argparse.Namespace(book=str(path), demo=False, json=False)
    opening.back_up_today(args)
    opening.back_up_today(args)
    assert len(backups(tmp_path / "saved", "small")) == 1
    assert capsys.readouterr().out.count("Backup written") == 1
    (tmp_path / "blocked").write_text("a file stands here")
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "blocked"))
    opening.back_up_today(args)
    assert "cannot be written" in capsys.readouterr().err
