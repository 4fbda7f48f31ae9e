"""Closing a year and handing the book over, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from records.domain.emulation import Cycle, Entrant
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.years.closing import Correction, YearMark, closed_years
from records.services.emulation import registration
from records.services.office import Office
from records.services.training import events
from records.store.book import Book
from tests.tui.offices import DAY, more, see, seen, small_office, until
from tests.tui.screens.test_first_day import empty_app
from tui.app.app import SoVangApp


@contextmanager
def office_of_2024(folder: Path) -> Iterator[Office]:
    """Four people, of whom two are called to a conference of 2024 that nobody recorded, and a cycle of that year."""
    with small_office(folder) as office:
        event = events.save_event(office, Event(id="", kind="conference", title="Hội nghị cũ", day=date(2024, 3, 4)))
        people = [each.id for each in office.book.table(Person)][:2]
        events.call(office, event, people)
        registration.open_cycle(office, registration.Opening(key="2024", role="reporter"))
        yield office


def app_of_2024(folder: Path) -> SoVangApp:
    return SoVangApp(lambda: office_of_2024(folder), on=DAY, who="thu", section="people")


def said(app: SoVangApp) -> str:
    """What was complained of, however its lines are broken."""
    return " ".join(each.message for each in app._notifications)


async def open_years(pilot: Pilot[int]) -> None:
    await pilot.app.run_action("section('book')")
    await see(pilot, "› The book", "There is no backup yet")
    await pilot.press("f6")
    await see(pilot, "› Years", "2024")


async def close_2024(pilot: Pilot[int], out: Path) -> None:
    await open_years(pilot)
    await pilot.press("enter")
    await see(pilot, "What is still open in 2024", "Hội nghị cũ", "is not signed")
    await pilot.press("escape", "f7")
    await see(pilot, "Close 2024 though 2 matters are open?", "correction alone")
    await pilot.press("enter")  # the focus stands on “No”
    await until(pilot, lambda: "Close 2024" not in seen(pilot.app))  # type: ignore[arg-type]
    await pilot.press("f7")
    await see(pilot, "Close 2024 though 2 matters are open?")
    await pilot.press("left", "enter")
    await see(pilot, "The bound book of the year")
    await pilot.press("home", "ctrl+k", *str(out), "enter")
    await see(pilot, "closed on 15/06/2025 by thu", "2024 is closed; its bound book has")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_year_is_closed_put_right_by_a_decision_and_opened_again(tmp_path: Path, size: tuple[int, int]) -> None:
    with closing(app_of_2024(tmp_path)) as app:
        async with app.run_test(size=size, notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await close_2024(pilot, tmp_path / "b.pdf")
            assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
            assert list(closed_years(app.office.book.table(YearMark))) == [2024]
            await pilot.press("f7")
            await until(pilot, lambda: "was closed on 15/06/2025" in said(app))
            await pilot.press("ctrl+z")
            await until(pilot, lambda: "is not taken back" in said(app))
            assert list(closed_years(app.office.book.table(YearMark))) == [2024]
            await more(pilot, "Open the year")
            await see(pilot, "Why it is opened")
            await pilot.press("enter")
            await see(pilot, "write why, in a few words")
            await pilot.press(*"sot", "enter")
            await see(pilot, "opened again on 15/06/2025: sot")
            assert closed_years(app.office.book.table(YearMark)) == {}


async def test_the_grids_keep_a_closed_year_until_a_correction_is_begun(tmp_path: Path) -> None:
    with closing(app_of_2024(tmp_path)) as app:
        async with app.run_test(size=(120, 34), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await close_2024(pilot, tmp_path / "b.pdf")
            book = app.office.book
            await app.run_action("section('training')")
            await see(pilot, "Hội nghị cũ")
            await pilot.press("enter")
            await see(pilot, "Trần Văn Bình")
            await pilot.press("right", "x")
            await see(pilot, "2024 was closed")
            assert {each.presence for each in book.table(Attendance)} == {"called"}
            await app.run_action("section('emulation')")
            await see(pilot, "› Emulation")
            await pilot.press("enter")
            await see(pilot, "1.1")
            before = book.head()
            await pilot.press("right", *"9", "enter")
            await until(pilot, lambda: "2024 was closed on" in seen(app))
            assert book.head() == before
            assert all(not each.own.points for each in book.table(Entrant))
            await app.run_action("section('book')")
            await see(pilot, "› Years")
            await pilot.press("f2")
            await see(pilot, "Put a closed year right")
            await pilot.press(*"12-QD", "tab", *"15062025", "ctrl+s")
            await see(pilot, "correcting by 12-QD")
            await app.run_action("section('training')")
            await see(pilot, "Trần Văn Bình", "correcting by 12-QD")
            await pilot.press("x")
            await until(pilot, lambda: any(each.presence == "present" for each in book.table(Attendance)))
            (noted,) = book.table(Correction).all()
            assert (noted.number, noted.day, noted.years) == ("12-QD", date(2025, 6, 15), (2024,))
            await app.run_action("section('book')")
            await see(pilot, "› Years", "1 changes by decision")
            await more(pilot, "End the")
            await see(pilot, "The correction is ended", "● saved")
            head = book.head()
            await pilot.press("ctrl+z")
            await see(pilot, "2024 was closed")
            assert book.head() == head


async def test_a_book_is_handed_over_and_taken_over_where_there_is_none(tmp_path: Path) -> None:
    parcel, target = tmp_path / "usb", tmp_path / "new" / "office.sovang"
    target.parent.mkdir()
    with closing(app_of_2024(tmp_path)) as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await app.run_action("section('book')")
            await see(pilot, "There is no backup yet")
            await more(pilot, "Hand the")
            await see(pilot, "Taken over by")
            await pilot.press("ctrl+s")
            await see(pilot, "name the person or the office")
            await pilot.press(*"Tung", "tab", *"Seal", "colon", *"safe", "tab", "tab", "tab")
            await pilot.press("home", "ctrl+k", *str(parcel), "ctrl+s")
            told = await see(pilot, "The book is handed over", "Check code:")
            check = told.partition("Check code: ")[2][:16]
            assert app.office.book.history(limit=1)[0].action == "book.hand_over"
            assert {each.suffix for each in parcel.iterdir()} == {".zip", ".docx", ".pdf", ".json"}
    with closing(empty_app(target)) as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Take a book over")
            for code in ("0000", check):
                await _take(pilot, parcel, code)
                if code == "0000":
                    await see(pilot, "not the one on the paper")
                    assert not target.exists()
            await see(pilot, "› Today", "4 people lack papers")
            assert app.office.book.history(limit=1)[0].action == "book.take_over"
            assert len(app.office.book.table(Cycle)) == 1
    with Book.open(target, actor="x", read_only=True) as book:
        assert book.verify(deep=True).whole


async def _take(pilot: Pilot[int], parcel: Path, code: str) -> None:
    from textual.widgets import OptionList

    choices = pilot.app.screen.query_one(OptionList)
    choices.highlighted = choices.get_option_index("take")
    await pilot.press("enter")
    await see(pilot, "Folder of the parcel")
    await pilot.press(*str(parcel), "enter")
    await see(pilot, "Check code on the paper")
    await pilot.press(*code, "enter")
