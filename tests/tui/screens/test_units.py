"""Units on the screen: the tree, a new name, a merger, and the plan decided person by person."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Event

import msgspec
import pytest
from textual.pilot import Pilot

from records.domain.awards.awards import Award, Decision
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.office import Office
from records.services.units.units import find_unit, people_of_units
from tests.tui.offices import choose, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.screens.units import units as screen
from tui.widgets.table import VirtualTable


async def open_units(pilot: Pilot[int]) -> SoVangApp:
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await see(pilot, "Nguyễn Thị Ánh")
    await app.run_action("section('units')")
    await see(pilot, "› Units", "Phường Quang Vinh")
    return app


async def find(pilot: Pilot[int], words: str) -> None:
    await pilot.press("slash", *("space" if letter == " " else letter for letter in words), "enter")
    await pilot.pause()


async def test_the_tree_counts_people_and_opens_a_unit(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_units(pilot)
            await find(pilot, "quan trieu")
            await see(pilot, "shown 1")
            await pilot.press("enter")
            await see(pilot, "› Units › Phường Quán Triều", "Taken over by: Phường Quan Triều", "Nguyễn Thị Ánh")
            await pilot.press("enter")
            await see(pilot, "› People › Nguyễn Thị Ánh")
            await pilot.press("escape", "escape")
            await see(pilot, "in all")


async def test_the_units_stand_there_before_their_people_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Event()

    def slow(office: Office, on: date) -> dict[str, set[str]]:
        assert counted.wait(60)
        return people_of_units(office, on)

    monkeypatch.setattr(screen, "people_of_units", slow)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(140, 40)) as pilot:
            try:
                await see(pilot, "Nguyễn Thị Ánh")
                app.set_day(date(2026, 1, 1))
                await app.run_action("section('units')")
                await see(pilot, "› Units", "Xã Đại Phúc")
                table = app.screen.query_one(VirtualTable)
                assert {row.cells[2] for row in table.rows} == {""}, "nothing is shown for a number that is not known"
                assert "Phường Quán Triều" not in seen(app)
                table.sort_by("people")
                await pilot.press("end")
                chosen = table.cursor_id
            finally:
                counted.set()
            await see(pilot, "Phường Quán Triều", "ended 30/06/2025")  # people are still entered there
            assert table.cursor_id == chosen
            assert sum(int(row.cells[2]) for row in table.rows) >= 4


def _award_for_years(office: Office, unit: Unit) -> None:
    with office.book.change("award.import", about="") as change:
        paper = Decision(
            id=change.new_id(Decision), number="12/QĐ", day=date(2020, 1, 5), form="state", issuer="", title=""
        )
        change.put(paper)
        for year in (2015, 2016, 2017, 2018):
            made = Award(
                id=change.new_id(Award), decision=paper.id, person="", unit=unit.id, prize="advanced-collective",
                name=unit.name, unit_name="", citation=f"Mẫu {year}", achieved_from=date(year, 1, 1),
                achieved_to=date(year, 12, 31),
            )  # fmt: skip
            change.put(made)


async def test_the_page_of_a_unit_shows_its_latest_awards(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_units(pilot)
            unit = next(each for each in app.office.book.table(Unit) if each.name == "Phường Quán Triều")
            _award_for_years(app.office, unit)
            await find(pilot, "quan trieu")
            await see(pilot, "shown 1")
            await pilot.press("enter")
            await see(pilot, "Awards: 4", "Mẫu 2018", "Mẫu 2016", "… and 1 more", "Nguyễn Thị Ánh")


async def test_f4_shows_units_of_other_days(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_units(pilot)
            await see(pilot, "32 in all")
            await pilot.press("f4")
            await see(pilot, "40 in all")


async def test_a_unit_is_entered_and_renamed(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_units(pilot)
            await pilot.press("insert")
            await see(pilot, "Enter a unit")
            await pilot.press("ctrl+s")
            await see(pilot, "The unit has no name")
            await pilot.press(*"Chi", "space", *"Mau", "ctrl+s")
            await see(pilot, "Saved: Chi Mau", "Party organisation")
            await pilot.press("f7")
            await see(pilot, "New name from a day on")
            await choose(pilot, "rename")
            await see(pilot, "New name of Chi Mau")
            await pilot.press("end", *"X", "ctrl+s")
            await see(pilot, "Saved: Chi MauX")
            unit = find_unit(app.office, "Chi MauX")
            assert [each.name for each in unit.names] == ["Chi Mau", "Chi MauX"]


async def test_the_plan_is_decided_person_by_person_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            asked = app.office.book.table(Person).all()[0]
            split = find_unit(app.office, "Phường Gia Sàng", date(2025, 6, 1))
            with app.office.book.change("test") as change:
                change.put(msgspec.structs.replace(asked, unit=split.id), was=asked)
            await open_units(pilot)
            await pilot.press("f6")
            await see(pilot, "Reorganisation of 01/07/2025")
            await choose(pilot, "plan")
            await see(pilot, "32 units into 8", "1 to be decided", "? to be decided")
            await pilot.press("enter")
            await see(pilot, "Where does Nguyễn Thị Ánh go?", "Phường Phan Đình Phùng", "Phường Gia Sàng")
            await pilot.press("down")
            await choose(pilot, "heir")
            await see(pilot, "0 to be decided")
            assert app.office.person(asked.id).unit == split.id
            await pilot.press("escape")
            await see(pilot, "Leave without saving?")
            await pilot.press("escape", "ctrl+s")
            await see(pilot, "It is one change", "Enter: Carry it out")
            await pilot.press("escape")
            await see(pilot, "Nothing was carried out")
            await pilot.press("ctrl+s")
            await see(pilot, "It is one change")
            await pilot.press("enter")
            await see(pilot, "0 to be decided. Ctrl+Z takes it back")
            heir = app.office.book.table(Unit)[app.office.person(asked.id).unit]
            assert heir.id in split.into
            await pilot.press("ctrl+z")
            await until(pilot, lambda: app.office.person(asked.id).unit == split.id, "the old ward")


async def test_a_merger_asks_for_the_unit_and_shows_who_goes_before_it_is_done(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.set_day(date(2026, 1, 1))
            await app.run_action("section('units')")
            await see(pilot, "› Units", "Xã Đại Phúc")
            await find(pilot, "dai phuc")
            await see(pilot, "shown 1")
            await pilot.press("f7")
            await see(pilot, "Divide among several")
            await pilot.press("down")
            await choose(pilot, "merge")
            await see(pilot, "Merge Xã Đại Phúc")
            await pilot.press("down", *"Mau", "ctrl+s")
            await see(pilot, "1 units into 1", "Nobody to move")
            await pilot.press("ctrl+s")
            await see(pilot, "Carry it out")
            await pilot.press("enter")
            await until(pilot, lambda: not find_unit(app.office, "Xã Đại Phúc").exists_on(date(2026, 1, 1)), "the end")
            assert find_unit(app.office, "Mau").exists_on(date(2026, 1, 1))
            await see(pilot, "0 people moved, 0 to be decided")
