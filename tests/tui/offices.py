"""A small made-up office for tests of the screens, and ways to see what a person sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import openpyxl
from textual._compositor import Compositor
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from records.domain.appointments import Appointment, RoleKey
from records.domain.dates import PartialDate
from records.domain.people.person import Credential, Person
from records.domain.units import Unit
from records.services.office import Office, furnish
from records.services.people.roster import appoint
from records.store.book import Book
from tui.app.app import SoVangApp
from tui.app.palette import DIGITS, SECTIONS
from tui.present import books
from tui.screens.base import OfficeScreen

DAY = date(2025, 6, 15)
_SECONDS = 120.0
"""How long a test waits for what never comes: it goes on as soon as it sees it, however busy the machine is."""
PEOPLE: tuple[tuple[str, PartialDate | None, RoleKey, str, str], ...] = (
    ("Nguyễn Thị Ánh", PartialDate(1980, 2, 5), "reporter", "commune", "0900000001"),
    ("Trần Văn Bình", PartialDate(1975), "communicator", "grassroots", "0900000002"),
    ("Đỗ Hồng Đào", PartialDate(1990, 12, 30), "collaborator", "grassroots", ""),
    ("Lê [RH-2024] Ước", None, "communicator", "grassroots", "0900000004"),
)


def digit_of(section: str) -> str:
    """The digit that shows `section` with Alt: wherever the section stands in the list."""
    return DIGITS[[each.id for each in SECTIONS].index(section)]


@contextmanager
def small_office(folder: Path, *, people: bool = True) -> Iterator[Office]:
    """A furnished office of four people in a new book under `folder`; the third has a diploma."""
    settings = books.settings_of(None)
    with Book.create(folder / "small.sovang", office=settings.office.code, actor="thu") as book:
        books.take_example(book)
        office = Office(book, settings)
        furnish(office)
        if people:
            enter_people(office)
        yield office


def enter_people(office: Office) -> None:
    units = [unit.id for unit in office.book.table(Unit) if unit.exists_on(DAY)]
    diploma = Credential(kind="education", level="bachelor", evidence="diploma")
    for number, (name, born, role, level, phone) in enumerate(PEOPLE):
        held = (diploma,) if number == 2 else ()
        with office.book.change("roster.add", about=name) as change:  # past the service, which allows no brackets
            given = Person(id=change.new_id(Person), name=name, born=born, phone=phone, unit=units[number])
            person = change.put(msgspec.structs.replace(given, credentials=held))
        appoint(
            office,
            Appointment(
                id="",
                person=person.id,
                role=role,
                level=level,
                unit=units[number],
                number=f"{number + 1}-QĐ/BTG",
                since=date(2024, 1, 1 + number),
                until=date(2026, 12, 31),
            ),
        )


def small_app(folder: Path, *, people: bool = True, who: str = "thu", section: str = "people") -> SoVangApp:
    return SoVangApp(lambda: small_office(folder, people=people), on=DAY, who=who, section=section)


def seen(app: SoVangApp) -> str:
    """The text on the screen, line by line, as a person reads it."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[int], holds: Callable[[], object], what: str = "") -> None:
    """Wait until something holds; when it never does, fails and shows the screen."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    end = time.monotonic() + _SECONDS
    while not holds():
        if time.monotonic() > end or app._exit or app._exception is not None:
            raise AssertionError(f"never happened: {what}\n{seen(app)}")
        await asyncio.sleep(0.01)


async def settle_until(holds: Callable[[], object]) -> None:
    """Wait until something holds in an app of any kind; fails when it never does."""
    end = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < end, "never happened"
        await asyncio.sleep(0.01)


_painted: WeakKeyDictionary[Compositor, int] = WeakKeyDictionary()
_ANYWAY = 20
"""After so many looks at a screen that says it did not change, it is read all the same."""


_NEWS_READ = 50
"""After so many looks news of something else goes as it does after ten seconds: the count of a list stands under it."""


def painted(compositor: Compositor) -> None:
    """Note that a screen would show another frame now: who waits to see something reads it again."""
    _painted[compositor] = _painted.get(compositor, 0) + 1


async def see(pilot: Pilot[int], *words: str) -> str:
    """Wait until all of these stand on the screen; gives its text."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    text, frame, looks = "", (0, 0), 0

    def stand_there() -> bool:
        nonlocal text, frame, looks
        compositor = app.screen._compositor
        now, looks = (id(compositor), _painted.get(compositor, 0)), looks + 1
        if looks == _NEWS_READ:
            _let_news_go(app.screen, words)
        if now == frame and looks % _ANYWAY:
            return False
        text, frame = seen(app), now
        return all(word in text for word in words)

    await until(pilot, stand_there, f"to see {words}")
    return text


def _let_news_go(screen: Screen[Any], words: Iterable[str]) -> None:
    if isinstance(screen, OfficeScreen) and screen._news_timer is not None:
        news = str(screen.query_one("#news", Static).render())
        if not any(word in news for word in words):
            screen.clear_news()


def cells_of(path: Path) -> list[str]:
    """The texts of a spreadsheet's first sheet."""
    (sheet, *_) = openpyxl.load_workbook(path).worksheets
    return [str(cell) for row in sheet.values for cell in row]


async def more(pilot: Pilot[int], words: str, *, key: str = "f8") -> None:
    """Do an act that stands in the list under a key."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    screen = app.screen
    await pilot.press(key)
    await until(pilot, lambda: app.screen is not screen, f"the list under {key}")
    await pilot.press(*words, "enter")


async def choose(pilot: Pilot[int], title: str) -> None:
    """Take what the cursor is on in a list of choices: Enter leaves its find line, and Enter takes the row."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    dialog = app.screen
    for _ in range(3):
        if app.screen is dialog:
            await pilot.press("enter")
            await pilot.pause()
    assert app.screen is not dialog, f"still asking: {title}"
