"""Bursts of keys into the attendance sheet, questions, pickers and closed lists: all of it acts, in its order."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import openpyxl
import pytest

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.services.training import events
from records.store.book import Book
from tests.tui.offices import PEOPLE, digit_of, small_office
from tests.tui.terminal import Terminal, program

pytestmark = pytest.mark.terminal
TIMES = int(os.environ.get("SOVANG_BURSTS", "3"))
"""How often each burst is sent, in each of its three forms where it has three; set more for a long run by hand."""
HOME, F4, F5, F6, F7, RIGHT, DOWN = "\x1b[1;5H", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[C", "\x1b[B"
UNDO, REDO, SAVE, EXPORT, QUIT = "\x1a", "\x19", "\x13", "\x05", "\x11"
TODAY = """
import datetime, sys, main
from tui.cli import context
context.today = lambda _args: datetime.date(2025, 6, 15)
sys.exit(main.main(sys.argv[1:]))
"""
PRESENCES = {"x": "present", "m": "late", "p": "excused", "v": "absent"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of four people who are called to one course."""
    with small_office(tmp_path) as office:
        course = events.save_event(office, Event(id="", kind="course", title="Lớp Mẫu", day=date(2025, 6, 3)))
        events.call(office, course, [each.id for each in office.book.table(Person)])
        return office.book.path


@contextmanager
def started(book: Path, state: Path) -> Iterator[Terminal]:
    """The program on that book, on the day of the office, when all four hold a role."""
    settings = {"HOME": str(state)}
    start = ("-c", TODAY)
    with program(
        "--lang",
        "vi",
        "--section",
        "people",
        "--book",
        book,
        width=120,
        height=30,
        state=state,
        settings=settings,
        start=start,
    ) as terminal:
        terminal.see("tất cả 4")
        yield terminal


def presences(path: Path) -> list[str]:
    """What the book holds, in the order in which the people were entered, who stand in the order of their names."""
    with Book.open(path, actor="test", read_only=True) as book:
        return [each.presence for each in sorted(book.table(Attendance), key=lambda each: each.person)]


def holds(terminal: Terminal, path: Path, wanted: list[str]) -> None:
    terminal.until(lambda: presences(path) == wanted, f"the book to hold {wanted}, but {presences(path)}")


def letters() -> Iterator[list[str]]:
    """Four letters, other ones each time."""
    for start in range(TIMES):
        yield list(islice(cycle(PRESENCES), start, start + 4))


def test_a_burst_into_the_attendance_sheet_lands_in_its_rows_whatever_key_ends_it(book: Path, tmp_path: Path) -> None:
    with started(book, tmp_path) as terminal:
        terminal.send(f"\x1b{digit_of('training')}\r")  # and the sheet of the event, in the same write
        terminal.see("› Lớp Mẫu", PEOPLE[0][0])
        for number, typed in enumerate(letters()):
            ends = ("\r", F5, F5 + "\r", DOWN)[number % 4]  # F5 keeps the last letter in its cell
            terminal.send(HOME + "\r".join(typed) + ends)
            if ends == F5:
                terminal.see("Đọc lại")
                terminal.send("\r")
            holds(terminal, book, [PRESENCES[each] for each in typed])
        terminal.send(HOME + "v" + F6)  # the results are of those who came: not of the first, typed in the same write
        text = terminal.see("› Kết quả")
        terminal.until(lambda: PEOPLE[0][0] not in terminal.text, f"the results without the first: {text}")
        terminal.send("\x1b")
        terminal.see("x có mặt")
        terminal.send(QUIT)
        assert terminal.wait() == 0


def test_undo_and_redo_in_one_write_act_each_once(book: Path, tmp_path: Path) -> None:
    called = ["called"] * 4
    with started(book, tmp_path) as terminal:
        terminal.send(f"\x1b{digit_of('training')}\r")
        terminal.see("› Lớp Mẫu", PEOPLE[0][0])
        for _ in range(TIMES):
            terminal.send(HOME + F7)  # all came
            holds(terminal, book, ["present"] * 4)
            terminal.send(UNDO + REDO + UNDO)
            holds(terminal, book, called)
            terminal.send(REDO + HOME + "m\r")
            holds(terminal, book, ["late", "present", "present", "present"])
            terminal.send(UNDO * 2)
            holds(terminal, book, called)
        terminal.send(QUIT)
        assert terminal.wait() == 0


def test_choices_and_closed_lists_take_all_that_was_typed(book: Path, tmp_path: Path) -> None:
    with started(book, tmp_path) as terminal:
        for _ in range(TIMES):
            terminal.send("\x1b[21~don vi\r")  # the sections
            terminal.see("› Đơn vị")
            terminal.send(f"\x1b{digit_of('people')}")
            terminal.see("› Nhân sự", "tất cả 4")
            terminal.send(F4 + "cong tac\r" + SAVE)  # letters into a closed list open it, narrow it, Enter takes it
            terminal.see("Cộng tác viên ×", "tất cả 1", PEOPLE[2][0])
            terminal.send(F4 + RIGHT * 2 + SAVE)  # and arrows turn a closed list
            terminal.until(lambda: "Cộng tác viên ×" not in terminal.text)
            terminal.send(F4 + "tat ca\r" + SAVE)
            terminal.see("tất cả 4")
        terminal.send(QUIT)
        assert terminal.wait() == 0


def test_a_command_of_the_palette_is_shown_however_fast_it_was_typed(book: Path, tmp_path: Path) -> None:
    with started(book, tmp_path) as terminal:
        for number in range(TIMES):
            section = ("units", "check", "awards")[number % 3]
            terminal.send(f"\x1b{digit_of(section)}")
            terminal.until(lambda: "› Nhân sự" not in terminal.text, "another section")
            terminal.send("\x10nhan su\r")  # while its painting still pauses
            terminal.see("› Nhân sự", "tất cả 4")
        terminal.send(QUIT)
        assert terminal.wait() == 0


def test_a_picker_takes_every_space_and_move_before_the_key_that_writes(book: Path, tmp_path: Path) -> None:
    with started(book, tmp_path) as terminal:
        usual = written(terminal, EXPORT + SAVE, tmp_path)
        for number in range(TIMES):
            downs = number % 3 + 2  # so many rows down, that column moved up one place and the one below it left out
            moved = [*usual]
            moved[downs - 1 : downs + 1] = moved[downs], moved[downs - 1]
            del moved[downs + 1]
            keys = DOWN * downs + "\x1b[1;5A" + DOWN * 2 + " "
            assert written(terminal, EXPORT + keys + SAVE, tmp_path) == moved
        terminal.send(QUIT)
        assert terminal.wait() == 0


def written(terminal: Terminal, keys: str, folder: Path) -> list[str]:
    """The headings of the list that these keys write."""
    terminal.send(keys)
    terminal.until(lambda: list(folder.glob("*.xlsx")), "the list to be written")
    (out,) = folder.glob("*.xlsx")
    terminal.until(lambda: zipfile.is_zipfile(out), "all of the list to be written")
    (sheet, *_) = openpyxl.load_workbook(out).worksheets
    heads = next(row for row in sheet.values if "Họ và tên" in row)
    out.unlink()
    return [str(cell) for cell in heads if cell is not None]
