"""A person's page: what is known, why each verdict, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from config import speech
from records.domain.people import Person
from records.domain.service import Discipline
from records.domain.training import Attendance, Event, Presence, TrainingKind
from tests.tui.offices import see, seen, small_app, until
from tui.app import SoVangApp
from tui.screens.person import Fold


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    speech.use("en")
    yield
    speech.use("en")


async def open_first(pilot: Pilot[int]) -> None:
    await see(pilot, "Nguyễn Thị Ánh")
    await pilot.press("enter")
    await see(pilot, "› People › Nguyễn Thị Ánh", "Identity")


async def test_enter_opens_the_person_and_escape_goes_back(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            text = await see(pilot, "05/02/1980", "1-QĐ/BTG", "from 01/01/2024 to 31/12/2026")
            assert "Appointments (1)" in text
            await pilot.press("escape")
            await see(pilot, "Trần Văn Bình")


async def test_a_finding_opens_to_its_reason_source_and_confidence(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            assert "Source:" not in seen(app)
            folds = list(app.screen.query(Fold))
            place = next(n for n, fold in enumerate(folds) if fold.part.title.text.startswith(("  ?", "  ✗", "  ✓")))
            await pilot.press(*["down"] * place)
            assert app.focused is folds[place]
            await pilot.press("enter")
            text = await see(pilot, "Source:")
            assert "(confirmed)" in text or "(to confirm)" in text
            await pilot.press("enter")
            await until(pilot, lambda: "Source:" not in seen(app), "the finding to close")


async def test_training_is_counted_by_year_and_opens_to_its_events(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 75)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            enter_trainings(app)
            await open_first(pilot)
            await see(pilot, "Training (3)", "2024  conferences 1/2 · courses 1/1")
            await pilot.press("f6")
            await see(pilot, "Hội nghị tháng 3", "absent", "Bồi dưỡng [A]")


def enter_trainings(app: SoVangApp) -> None:
    with app.office.book.change("training.enter") as change:
        person = app.office.book.table(Person).all()[0].id
        attended: tuple[tuple[TrainingKind, str, int, Presence], ...] = (
            ("conference", "Hội nghị tháng 3", 3, "absent"),
            ("conference", "Hội nghị tháng 4", 4, "present"),
            ("course", "Bồi dưỡng [A]", 5, "late"),
        )
        for kind, title, month, presence in attended:
            event = change.put(Event(id=change.new_id(Event), kind=kind, title=title, day=date(2024, month, 1)))
            change.put(
                Attendance(
                    id=change.new_id(Attendance),
                    person=person,
                    event=event.id,
                    kind=kind,
                    day=event.day,
                    presence=presence,
                )
            )
        change.put(
            Discipline(
                id=change.new_id(Discipline),
                person=person,
                opened=date(2025, 5, 1),
                measure="reprimand",
                decided=date(2025, 5, 1),
            )
        )


async def test_discipline_in_force_is_said_in_words(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 60)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            enter_trainings(app)
            await open_first(pilot)
            await see(pilot, "Discipline (1)", "reprimand", "in force")


async def test_the_changes_of_the_person_are_listed(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 90)) as pilot:
            await open_first(pilot)
            await see(pilot, "Changes of this record (2)")
            await pilot.press("f6")
            await see(pilot, "Person entered", "Appointment entered")


async def test_a_correction_is_seen_on_the_page_and_ctrl_z_takes_it_back(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await open_first(pilot)
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            await pilot.press("end", *"h", "ctrl+s")
            await see(pilot, "› Nguyễn Thị Ánhh", "Changes of this record (3)")
            await pilot.press("ctrl+z")
            await see(pilot, "Undo this change?")
            await pilot.press("tab", "enter")
            await until(pilot, lambda: "Ánhh" not in seen(app).splitlines()[0], "the old name")


async def test_a_second_appointment_is_entered_and_half_a_one_refused(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await open_first(pilot)
            head = app.office.book.head()
            await pilot.press("insert")
            await see(pilot, "Enter an appointment of Nguyễn Thị Ánh")
            await pilot.press("ctrl+s")
            await see(pilot, "No role is chosen")
            assert app.office.book.head() == head
