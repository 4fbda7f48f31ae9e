"""Training on the screen: a series entered by keys, people called, who came typed in the sheet, and figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from config import speech
from records.desks import training
from tests.tui.offices import choose, see, seen, small_app, until
from tui.app import SoVangApp


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    speech.use("en")
    yield
    speech.use("en")


async def opened(pilot: Pilot[int]) -> SoVangApp:
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await see(pilot, "Nguyễn Thị Ánh")
    await app.run_action("section('training')")
    await see(pilot, "No event yet")
    return app


async def test_twelve_conferences_are_entered_at_once_and_taken_back_at_once(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            await pilot.press("insert")
            await see(pilot, "a title of a series may hold {month}")
            await pilot.press("down", *"Conference", "space", "left_curly_bracket", *"month", "right_curly_bracket")
            await pilot.press(*["down"] * 8, "end", "ctrl+u", *"12", "ctrl+s")
            await see(pilot, "Conference 6", "Conference 12", "TN-E-00012")
            assert len(training.events(app.office)) == 12
            await pilot.press("ctrl+z")
            await see(pilot, "Undo this change?")
            await pilot.press("tab", "enter")
            await see(pilot, "No event yet")


async def test_people_are_called_and_who_came_is_typed_in_the_sheet(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            await pilot.press("insert")
            await see(pilot, "Enter an event")
            await pilot.press("down", *"Briefing", "ctrl+s")
            await see(pilot, "TN-E-00001")
            await pilot.press("enter")
            await see(pilot, "Nobody is called yet")
            await pilot.press("insert")
            await see(pilot, "Who is called?")
            await choose(pilot, "Who is called?")
            await see(pilot, "Nguyễn Thị Ánh", "Đỗ Hồng Đào", "Called.")
            await pilot.press("right", *"x", "down", *"p", "down", *"q", "enter")
            await see(pilot, "none of these")
            await pilot.press("escape")
            sheet = training.attendance_of(app.office, training.events(app.office)[0].id)
            assert sorted(each.presence for each in sheet.values()) == ["called", "called", "excused", "present"]
            await pilot.press("f8")
            await see(pilot, "2 people came to the session")


async def test_figures_and_the_act_on_marked_people(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            await pilot.press("insert")
            await see(pilot, "Enter an event")
            await pilot.press("down", *"Course", "ctrl+s")
            await see(pilot, "TN-E-00001")
            await app.run_action("section('roster')")
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("space", "space", "f8")
            await see(pilot, "With 2 marked people", "Call to a class or conference")
            await pilot.press(*"Call", "enter")
            await see(pilot, "Call to which class or conference?")
            await choose(pilot, "Call to which class or conference?")
            await see(pilot, "Called to “Course”")
            event = training.events(app.office)[0]
            people = training.attendance_of(app.office, event.id)
            assert len(people) == 2
            training.mark(app.office, {(event.id, person): "present" for person in people})
            await app.run_action("section('training')")
            await until(pilot, lambda: "100.0" in seen(app))
            await pilot.press("f8")
            await see(pilot, "By what?")
            await choose(pilot, "By what?")
            await see(pilot, "Attendance of 1 sessions", "██████████", "1 of 1")
