"""A cell half typed: whatever else happens on a screen with a grid, it stays in its cell or is written there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

import tui.screens
from records.domain.emulation import Cycle, Entrant
from records.domain.people.person import Person
from records.domain.training import Attendance, DutyCount, Event
from records.services.emulation import registration
from records.services.office import Office
from records.services.people.roster import save_person
from records.services.training import events
from tests.tui.offices import DAY, PEOPLE, see, small_office, until
from tui.app.app import SoVangApp
from tui.screens.emulation.score_sheet import ScoreSheetScreen
from tui.screens.grid_screen import GridScreen
from tui.screens.training.attendance import AttendanceScreen
from tui.screens.training.duties import DutiesScreen
from tui.screens.training.results import ResultsScreen

ANH, BINH, DAO, _ = (each[0] for each in PEOPLE)
Held = Callable[[Office, str], str]
"""What the book holds of a person in the cell that is typed in."""


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """Four people, called to a course to which three came, and a cycle of the communicators."""
    with small_office(folder) as made:
        course = events.save_event(made, Event(id="", kind="course", title="Course A", day=date(2025, 6, 3)))
        people = [each.id for each in made.book.table(Person)]
        events.call(made, course, people)
        events.mark(made, {(course.id, each): "present" for each in people[:3]})
        registration.open_cycle(made, registration.Opening(key="2025-H1", role="communicator"))
        yield made


def _attendance(made: Office, person: str) -> Attendance:
    return next(each for each in made.book.table(Attendance) if each.person == person)


def _points(made: Office, person: str) -> str:
    row = next(each for each in made.book.table(Entrant) if each.subject == person)
    return str(row.own.points.get("1.1", ""))


def _talks(made: Office, person: str) -> str:
    return ",".join(f"{each.month:%m}={each.talks}" for each in made.book.table(DutyCount) if each.person == person)


SCREENS: dict[type[GridScreen[Any]], tuple[Callable[[Office], GridScreen[Any]], str, str, Held]] = {
    AttendanceScreen: (
        lambda made: AttendanceScreen([events.events(made)[0].id]),
        "m",
        "late",
        lambda made, person: _attendance(made, person).presence,
    ),
    ResultsScreen: (
        lambda made: ResultsScreen(events.events(made)[0].id),
        "k",
        "not_completed",
        lambda made, person: _attendance(made, person).result,
    ),
    DutiesScreen: (lambda _: DutiesScreen(), "3", "05=3", _talks),
    ScoreSheetScreen: (lambda made: ScoreSheetScreen(made.book.table(Cycle).all()[0].id), "7", "7", _points),
}
"""Screen -> how it is made, what is typed in its first cell, what the book then holds, and how that is read."""
each_screen = pytest.mark.parametrize("kind", SCREENS, ids=lambda each: each.__name__)


def test_every_screen_on_a_grid_is_tried_here() -> None:
    found = set()
    for module in pkgutil.walk_packages(tui.screens.__path__, "tui.screens."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, GridScreen) and each.__module__ == module.name:
                found.add(each)
    assert found - {GridScreen} == set(SCREENS)


@asynccontextmanager
async def typing(
    folder: Path, kind: type[GridScreen[Any]], name: str
) -> AsyncIterator[tuple[Pilot[int], SoVangApp, GridScreen[Any], str]]:
    """The screen with a text half typed in the row of `name`; gives that person's id too."""
    make, text, _, _ = SCREENS[kind]
    with closing(SoVangApp(lambda: office(folder), on=DAY, section="people", who="thu")) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            await see(pilot, "› People", ANH)
            screen = make(app.office)
            await app.push_screen(screen)
            await see(pilot, "› Training" if kind is not ScoreSheetScreen else "› Emulation", name)
            rows = [screen.model.row_title(row) for row in range(screen.model.row_count)]
            # A code of attendance is taken as soon as it is whole; with F2 one goes on editing the cell.
            begin = ["f2", "ctrl+u"] if kind is AttendanceScreen else []
            await pilot.press(*["down"] * rows.index(name), *begin, text)
            assert screen.grid.unsaved()
            person = next(each.id for each in app.office.book.table(Person) if each.name == name)
            yield pilot, app, screen, person


def still(screen: GridScreen[Any], name: str) -> bool:
    """Whether the text is still being typed, in the row of `name`."""
    grid = screen.grid
    typed = SCREENS[type(screen)][1]
    return grid.editor is not None and grid.editor.text == typed and screen.model.row_title(grid.row) == name


async def written(pilot: Pilot[int], screen: GridScreen[Any], person: str) -> None:
    """Take the text, and find it in the book with that person and nobody else."""
    app = screen.app
    assert isinstance(app, SoVangApp)
    _, _, told, held = SCREENS[type(screen)]
    others = [each.id for each in app.office.book.table(Person) if each.id != person]
    before = {each: _held(held, app.office, each) for each in others}
    await pilot.press("enter")
    await until(pilot, lambda: held(app.office, person) == told, f"to hold {told}")
    assert {each: _held(held, app.office, each) for each in others} == before


def _held(held: Held, made: Office, person: str) -> str:
    try:
        return held(made, person)
    except StopIteration:
        return ""


@each_screen
async def test_reading_again_keeps_what_is_being_typed(tmp_path: Path, kind: type[GridScreen[Any]]) -> None:
    async with typing(tmp_path, kind, BINH) as (pilot, _, screen, person):
        await pilot.press("f5")
        await see(pilot, "Read again")
        assert still(screen, BINH)
        await written(pilot, screen, person)


@each_screen
async def test_a_change_that_moves_the_rows_leaves_the_text_with_its_person(
    tmp_path: Path, kind: type[GridScreen[Any]]
) -> None:
    async with typing(tmp_path, kind, BINH) as (pilot, app, screen, person):
        place = screen.grid.row
        for each in list(app.office.book.table(Person)):
            if each.id != person:  # all others go before him
                save_person(app.office, msgspec.structs.replace(each, name="Mẫu Văn An"), was=each)
        app.office_changed()
        await pilot.pause()
        assert screen.grid.row != place, "the rows did move"
        assert still(screen, BINH)
        await written(pilot, screen, person)


@each_screen
async def test_another_section_and_the_way_back_keep_it_or_write_it(
    tmp_path: Path, kind: type[GridScreen[Any]]
) -> None:
    async with typing(tmp_path, kind, BINH) as (pilot, app, screen, person):
        await pilot.press("alt+3")
        await until(pilot, lambda: app.screen is not screen, "another section")
        app.office.book.refresh()
        await pilot.press("alt+2")
        await until(pilot, lambda: app.screen is screen, "the way back")
        if screen.grid.unsaved():
            assert still(screen, BINH)
            await pilot.press("enter")
        await until(pilot, lambda: SCREENS[kind][3](app.office, person) == SCREENS[kind][2], "it to be written")


async def test_a_count_typed_under_one_day_is_not_written_under_another(tmp_path: Path) -> None:
    async with typing(tmp_path, DutiesScreen, BINH) as (pilot, app, screen, person):
        app.set_day(date(2025, 3, 10))  # as the palette does; the month before that day is shown now
        await see(pilot, "Duties › 02/2025")
        await until(pilot, lambda: _talks(app.office, person) == "05=3", "the count in its own month")
        assert not screen.grid.unsaved()


async def test_an_event_taken_back_under_a_half_typed_cell_is_said_and_left(tmp_path: Path) -> None:
    async with typing(tmp_path, AttendanceScreen, BINH) as (pilot, app, screen, _):
        for _number in range(4):  # the cycle, the marks, the call, the event
            app.office.book.undo()
        app.office_changed()
        await until(pilot, lambda: app.screen is not screen, "the sheet to be left")
        await see(pilot, "m")
        assert app.is_running


async def test_finding_a_row_takes_what_is_typed_where_it_was_typed(tmp_path: Path) -> None:
    async with typing(tmp_path, ScoreSheetScreen, BINH) as (pilot, app, screen, person):
        await pilot.press("ctrl+f")
        await see(pilot, "Find in the sheet")
        await pilot.press(*"uoc", "enter")
        await until(pilot, lambda: app.screen is screen, "the row to be found")
        await until(pilot, lambda: _points(app.office, person) == "7", "the points of the first row")
        assert screen.model.row_title(screen.grid.row) == PEOPLE[3][0]
        assert not screen.grid.unsaved()


async def test_going_back_from_the_palette_writes_the_cell_first(tmp_path: Path) -> None:
    async with typing(tmp_path, AttendanceScreen, BINH) as (pilot, app, screen, person):
        await pilot.press("ctrl+p")
        await pilot.press(*"back", "enter")
        await until(pilot, lambda: screen not in app.screen_stack, "the sheet to be left")
        assert _attendance(app.office, person).presence == "late"
