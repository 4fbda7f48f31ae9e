"""The app: opening, sections, palette, help, the day, undo and redo, reading beside a writer, leaving."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Event, current_thread
from typing import Any, TypeVar

import pytest
from textual.screen import Screen

from config import i18n
from config.errors import BookError, InputError
from config.text import Text, t
from records.domain.people.person import Person
from records.services.office import Office
from records.services.people.roster import save_person
from records.store.book import Book
from tests.tui.offices import DAY, choose, see, seen, small_app, small_office, until
from tui.app import app as app_module
from tui.app import lifecycle, opening
from tui.app.app import SoVangApp
from tui.app.palette import SECTIONS, Section
from tui.present import books
from tui.screens.people.roster import RosterScreen
from tui.widgets.behind import Job
from tui.widgets.frame import KeyLine

T = TypeVar("T")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


async def test_the_shell_is_painted_first_and_the_roster_follows(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            text = await see(pilot, "Nguyễn Thị Ánh", "Trần Văn Bình", "Đỗ Hồng Đào", "15/06/2025")
            assert "Sổ Vàng" in text.splitlines()[0]


@pytest.mark.parametrize(("looks", "many"), [(3, 5_000), (1_000_000, 0)], ids=["few", "many"])
async def test_the_other_sections_are_imported_though_the_first_judges_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: int, many: int
) -> None:
    monkeypatch.setattr(lifecycle, "_READY_LOOKS", looks)
    monkeypatch.setattr(lifecycle, "_MANY", many)
    prepare, behind = Section.prepare, RosterScreen.behind
    prepared, gate, all_sections = set[tuple[str, str]](), Event(), {(each.id, "behind") for each in SECTIONS}

    def noted(section: Section) -> type[Screen[Any]]:
        prepared.add((section.id, current_thread().name))
        return prepare(section)

    def held(screen: RosterScreen, label: Text, work: Callable[[Job], T], *more: Any, group: str = "reading") -> None:
        def later(job: Job) -> T:
            gate.wait()
            return work(job)

        behind(screen, label, later if group == "judging" else work, *more, group=group)

    monkeypatch.setattr(Section, "prepare", noted)
    monkeypatch.setattr(RosterScreen, "behind", held)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            try:
                await see(pilot, "Nguyễn Thị Ánh")
                await until(pilot, lambda: all_sections <= prepared, "all, by no key")
                assert isinstance(app.screen, RosterScreen)
                assert app.screen.works
            finally:
                gate.set()


def _keys_of(app: SoVangApp) -> str:
    return " ".join(f"{each.shown} {each.binding.description}" for each in app.screen.query_one(KeyLine).shown)


@pytest.mark.parametrize("width", [80, 100, 140])
async def test_every_key_shown_is_shown_whole_and_help_always(tmp_path: Path, width: int) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(width, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            for section in SECTIONS:
                await app.action_section(section.id)
                await until(pilot, lambda: len(app.screen.query_one(KeyLine).shown) > 2, "the keys")
                await until(pilot, lambda: seen(app).splitlines()[-1] == _keys_of(app), "the keys, whole")
                line = seen(app).splitlines()[-1]
                assert "F1 Help" in line
                assert "F10 Sections" in line
            await pilot.resize_terminal(60, 24)
            await until(pilot, lambda: "F1 Help" in seen(app).splitlines()[-1], "the help key in a narrow window")


def _keys(app: SoVangApp) -> str:
    """The last line of the screen."""
    return seen(app).splitlines()[-1]


async def test_the_keys_follow_the_focus_and_a_click_does_what_a_key_does(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh", "Ctrl+E Export")
            await pilot.press("/")
            await until(pilot, lambda: "Ctrl+E Export" not in _keys(app), "the keys of the field")
            await pilot.press("escape")
            await until(pilot, lambda: "Ctrl+E Export" in _keys(app), "the keys of the list again")
            await pilot.click(KeyLine, offset=(_keys(app).index("F10 Sections") + 5, 0))
            await see(pilot, "Certificates and cards")


async def test_a_section_is_painted_when_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = SoVangApp.delay_update
    monkeypatch.setattr(SoVangApp, "delay_update", lambda app, _delay=0.05: waited(app, 3600))
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("alt+6")
            await see(pilot, "› Emulation")
            await pilot.press("alt+2")
            await see(pilot, "Nguyễn Thị Ánh")
            await until(pilot, lambda: app._batch_count == 0, "nothing held back")


async def test_square_brackets_in_a_name_are_shown_and_not_parsed(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Lê [RH-2024] Ước")


async def test_alt_digits_and_f10_lead_to_the_sections(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("alt+3")
            await see(pilot, "› Check against the standard")
            await pilot.press("f10")
            await see(pilot, "Sections", "Alt+5")
            await choose(pilot, "Sections")
            await see(pilot, "› Today")


async def test_the_palette_finds_a_command_without_accents_and_does_it(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+p")
            await see(pilot, "Commands", "Ctrl+Z")
            await pilot.press(*"change")
            await until(pilot, lambda: "Undo" not in seen(app) and "Change the day" in seen(app), "one command")
            await choose(pilot, "Commands")
            await see(pilot, "Day asked about")


async def test_help_is_made_from_the_keys_of_this_screen(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("f1")
            text = await see(pilot, "Keys of this screen")
            for line in ("F2", "Edit", "Ctrl+E", "Export", "find as you type"):
                assert line in text
            await pilot.press("escape")
            await until(pilot, lambda: "Keys of this screen" not in seen(app))


async def test_another_day_shows_who_held_a_role_then(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Trần Văn Bình")
            await pilot.press("ctrl+g")
            await see(pilot, "Day asked about")
            await pilot.press("end", "ctrl+u", *"1/1/2024", "enter")
            await see(pilot, "As of 01/01/2024", "Nguyễn Thị Ánh")
            await until(pilot, lambda: seen(app).count(" –") == 3, "those who hold no role yet")
            assert app.on == date(2024, 1, 1)


async def test_a_day_that_never_was_is_refused_in_place(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+g")
            await see(pilot, "Day asked about")
            await pilot.press("end", "ctrl+u", *"31/2/2024", "enter")
            await see(pilot, "31/2/2024", "a day that exists")
            assert app.on == DAY


async def test_undo_and_redo_act_at_once_and_name_the_change_itself(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            renamed = app.office.book.table(Person).all()[0]
            save_person(app.office, Person(id=renamed.id, name="Nguyễn Thị Ảnh", unit=renamed.unit), was=renamed)
            app.office_changed()
            await see(pilot, "Nguyễn Thị Ảnh")
            await pilot.press("ctrl+z")
            await see(pilot, "Nguyễn Thị Ánh", "Undone: Person corrected, Nguyễn Thị Ảnh")
            await pilot.press("ctrl+y")
            await see(pilot, "Nguyễn Thị Ảnh", "Done again: Person corrected, Nguyễn Thị Ảnh")
            await pilot.press("ctrl+z")
            await see(pilot, "Nguyễn Thị Ánh", "Undone: Person corrected, Nguyễn Thị Ảnh")


async def test_a_book_held_by_another_is_read_followed_and_never_written(tmp_path: Path) -> None:
    with small_office(tmp_path) as writer:

        @contextmanager
        def reader() -> Iterator[Office]:
            args = argparse.Namespace(book=str(writer.book.path), demo=False)
            with opening.open_office(args) as office:
                yield office

        with closing(SoVangApp(reader, on=DAY, section="people")) as app:
            async with app.run_test(size=(100, 30)) as pilot:
                await see(pilot, "The book is only read", "held by thu")
                await pilot.press("enter")
                await see(pilot, "Nguyễn Thị Ánh", "only reading")
                await pilot.press("insert")
                await until(pilot, lambda: "-bad" in app.screen.query_one("#news").classes)
                assert "Enter a person" not in seen(app)
                first = writer.book.table(Person).all()[0]
                save_person(writer, Person(id=first.id, name="Nguyễn Thị Ảnh", unit=first.unit), was=first)
                await see(pilot, "Nguyễn Thị Ảnh")
                assert len(writer.book.table(Person)) == 4


async def test_a_screen_that_is_dear_to_draw_follows_later_but_it_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent, now = [0.0], [1000.0]
    monkeypatch.setattr("tui.app.lifecycle.process_time", lambda: spent[0])
    monkeypatch.setattr("tui.app.lifecycle.monotonic", lambda: now[0])
    monkeypatch.setattr("tui.app.lifecycle.FOLLOW_SECONDS", 0.02)
    with small_office(tmp_path) as writer:

        @contextmanager
        def reader() -> Iterator[Office]:
            args = argparse.Namespace(book=str(writer.book.path), demo=False)
            with opening.open_office(args) as office:
                yield office

        with closing(SoVangApp(reader, on=DAY, section="people")) as app:
            async with app.run_test(size=(100, 30)) as pilot:
                await see(pilot, "The book is only read")
                await pilot.press("enter")
                await see(pilot, "Nguyễn Thị Ánh", "only reading")
                first = writer.book.table(Person).all()[0]
                one = save_person(writer, Person(id=first.id, name="Nguyễn Thị Một", unit=first.unit), was=first)
                await see(pilot, "Nguyễn Thị Một")
                spent[0] += 0.4  # what drawing it took
                now[0] += 10
                save_person(writer, Person(id=first.id, name="Nguyễn Thị Hai", unit=first.unit), was=one)
                await until(pilot, lambda: app.office.book.head() == writer.book.head())
                await pilot.pause(0.1)
                assert "Nguyễn Thị Một" in seen(app), "read, but not drawn: it has not been paid for"
                now[0] += 25
                await see(pilot, "Nguyễn Thị Hai")


async def test_ctrl_q_leaves_with_code_0(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+q")
            await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == 0


async def test_ctrl_q_asks_before_it_loses_what_was_typed(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("insert")
            await see(pilot, "Enter a person")
            await pilot.press(*"Mai")
            await see(pilot, "Mai")
            await pilot.press("ctrl+q")
            await see(pilot, "Quit without saving?")
            await pilot.press("escape")
            await until(pilot, lambda: "Quit without saving?" not in seen(app))
            assert "Mai" in seen(app)
            assert app.return_value is None


async def test_a_terminal_made_too_small_says_so_and_nothing_breaks(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.resize_terminal(60, 20)
            await see(pilot, "60x20", "80x24")
            await pilot.resize_terminal(80, 24)
            await until(pilot, lambda: "60x20" not in seen(app))
            assert "Nguyễn Thị Ánh" in seen(app)


async def test_a_book_that_cannot_be_opened_ends_the_app_with_its_sentence() -> None:
    @contextmanager
    def broken() -> Iterator[Office]:
        raise BookError(t("The book is broken"), do=t("restore a backup"))
        yield

    app = SoVangApp(broken, on=DAY, section="people")
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.error is not None)
    assert app.return_value == 3
    assert app.error is not None
    assert str(app.error.what) == "The book is broken"


def test_no_book_at_the_place_is_a_sentence_with_a_way_out(tmp_path: Path) -> None:
    with (
        pytest.raises(BookError, match="There is no book") as caught,
        opening.open_office(argparse.Namespace(book=str(tmp_path / "none.sovang"), demo=False)),
    ):
        pass
    assert "--demo" in str(caught.value.do)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("term", "size", "words"),
    [
        ("dumb", (80, 24), "dumb"),
        ("xterm", (60, 20), "60x20"),
        ("xterm", (79, 24), "79x24"),
        ("xterm", (80, 23), "80x23"),
    ],
)
def test_a_terminal_that_cannot_show_the_screen_is_refused(
    monkeypatch: pytest.MonkeyPatch, term: str, size: tuple[int, int], words: str
) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr(sys, "stdout", _Terminal())
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_, **__: os.terminal_size(size))
    with pytest.raises(InputError, match=words) as caught:
        opening.judge_terminal()
    assert caught.value.exit_code == 2


def test_without_a_terminal_the_commands_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(InputError, match="needs a terminal") as caught:
        app_module.run(argparse.Namespace(demo=True, book="", section=""))
    assert "--help" in str(caught.value.do)


def test_a_damaged_book_opens_for_reading(tmp_path: Path) -> None:
    with small_office(tmp_path) as office:
        path = office.book.path
    journal = next(path.glob("journal-*.jsonl"))
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:3], lines[3].replace(b"roster", b"rooster", 1), *lines[4:]]))
    with opening.open_office(argparse.Namespace(book=str(path), demo=False)) as damaged:
        assert damaged.book.read_only
        assert damaged.book.damage is not None


def test_the_door_and_the_screen_open_the_same_book(tmp_path: Path) -> None:
    with small_office(tmp_path) as office:
        path = office.book.path
    with opening.open_office(argparse.Namespace(book=str(path), demo=False)) as mine:
        assert not mine.book.read_only
        assert len(mine.book.table(Person)) == 4
    with Book.open(path, actor=books.actor()) as again:
        assert not again.read_only
