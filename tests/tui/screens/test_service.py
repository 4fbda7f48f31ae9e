"""Service on the person's page: renewed, ended, moved; levels with their papers; what is coming."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from textual.pilot import Pilot

from records.domain.appointments import Appointment
from records.domain.people.person import Person
from tests.tui.offices import choose, more, see, small_app, until
from tui.app.app import SoVangApp
from tui.screens.people.roster import RosterScreen


async def open_first(pilot: Pilot[int]) -> SoVangApp:
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await see(pilot, "Nguyễn Thị Ánh")
    await pilot.press("enter")
    await see(pilot, "› People › Nguyễn Thị Ánh", "Identity")
    return app


async def service(pilot: Pilot[int], place: int) -> None:
    await pilot.press("f7")
    await see(pilot, "Renew:", "End:", "Correct:", "Transfer to another unit", "Leave the roster")
    await pilot.press(*["down"] * place)
    await choose(pilot, "service")


async def test_an_appointment_is_renewed_for_the_usual_term(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            await service(pilot, 0)
            await see(pilot, "Renew an appointment", "01/01/2027", "31/12/2031")
            await pilot.press(*"9-QD", "ctrl+s")
            # The ward of the old term ended in 2025, so the person must be moved first.
            await see(pilot, "does not exist on 01/01/2027")


async def test_an_appointment_is_ended_with_its_reason(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            await service(pilot, 1)
            await see(pilot, "End an appointment of Nguyễn Thị Ánh", "Why")
            await pilot.press("down", "right", "ctrl+s")
            await see(pilot, "Saved: Nguyễn Thị Ánh")
            post = app.office.book.table(Appointment).all()[0]
            assert (post.ended, post.end_reason) == (app.on, "relieved")


async def test_a_person_is_transferred_and_the_page_shows_the_life(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 100)) as pilot:
            await open_first(pilot)
            before = app.office.book.table(Person).all()[0]
            await service(pilot, 3)
            await see(pilot, "Transfer Nguyễn Thị Ánh", "Appointments there")
            await pilot.press("ctrl+s")
            await see(pilot, "Saved: Nguyễn Thị Ánh")
            after = app.office.person(before.id)
            assert after.unit != before.unit
            assert [each.unit for each in after.before] == [before.unit]
            await more(pilot, "Open all")
            await see(pilot, "A working life", "Last day in Phường Quán Triều", "Appointed Reporter")


async def test_an_appointment_is_corrected_and_keeps_its_id(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            post = app.office.book.table(Appointment).all()[0]
            await service(pilot, 2)
            await see(pilot, "Correct an appointment", "1-QĐ/BTG")
            await pilot.press("down", "down", "down", "down", "end", *"X", "ctrl+s")
            await see(pilot, "Saved: Nguyễn Thị Ánh")
            assert app.office.book.table(Appointment)[post.id].number == "1-QĐ/BTGX"
            assert len(app.office.book.table(Appointment)) == 4


async def test_levels_are_edited_as_a_list_with_their_papers(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await open_first(pilot)
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh", "Levels and papers")
            await pilot.press("f7")
            await see(pilot, "None yet. Ins: enter one")
            await pilot.press("insert")
            await see(pilot, "A level and its paper")
            await pilot.press("right", "ctrl+s")
            await see(pilot, "The level does not belong to this kind")
            await pilot.press("down", *["right"] * 4)
            await pilot.press("down", "down", "right", "down", *"TTCT", "down", *"2019", "ctrl+s")
            await see(pilot, "TTCT", "2019")
            await pilot.press("ctrl+s")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            await pilot.press("ctrl+s")
            await see(pilot, "Saved: Nguyễn Thị Ánh")
            (held,) = app.office.book.table(Person).all()[0].credentials
            assert (held.kind, held.evidence, held.issuer, str(held.issued)) == (
                "political_theory", "diploma", "TTCT", "2019",
            )  # fmt: skip


async def test_a_field_of_study_is_entered_and_shown_with_its_level(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(140, 50)) as pilot:
            await open_first(pilot)
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            await pilot.press("f7")
            await see(pilot, "None yet. Ins: enter one")
            await pilot.press("insert")
            await see(pilot, "A level and its paper")
            await pilot.press(*["down"] * 6, *"Luat", "ctrl+s")
            await see(pilot, "university degree,")
            await pilot.press("ctrl+s")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            await pilot.press("ctrl+s")
            await see(pilot, "Saved: Nguyễn Thị Ánh", "university degree, Luat")
            (held,) = app.office.book.table(Person).all()[0].credentials
            assert (held.kind, held.level, held.field) == ("education", "bachelor", "Luat")


async def test_what_does_not_agree_is_said_at_once_and_refuses_nothing(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await open_first(pilot)
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            await pilot.press(*["down"] * 3, *"019175000001", "down")
            await see(pilot, "Look again: by its digits the number is of a", "person born in 1975")
            await pilot.press("ctrl+s")
            await see(pilot, "Saved: Nguyễn Thị Ánh")
            await see(pilot, "To look at again (1)")


async def test_what_is_coming_widens_by_f4(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("f7")
            await see(pilot, "Coming up", "Nothing ends in this time")
            await pilot.press("f4")
            await see(pilot, "within 365 days")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, RosterScreen), "the roster")
            await see(pilot, "Trần Văn Bình")
