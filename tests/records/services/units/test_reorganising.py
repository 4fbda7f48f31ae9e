"""Merge, split, dissolve and the plan of 1 July 2025: everybody in exactly one place, and one undo restores all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import InputError, RefusedError
from config.settings.loading import load_settings
from records.domain.appointments import Appointment
from records.domain.people.person import Person
from records.domain.units import Unit, UnitName
from records.services.book import history
from records.services.office import Office, furnish
from records.services.people.roster import Scope, roster
from records.services.units.plans import Plan, dissolving, merging, ready_plans, splitting, survey
from records.services.units.reorganising import NOWHERE, carry_out
from records.services.units.units import find_unit, people_of_units
from records.store.book import Book

BEFORE, DAY = date(2025, 6, 30), date(2025, 7, 1)
SETTINGS = load_settings()


def seed(office: Office, key: str) -> Unit:
    return next(unit for unit in office.book.table(Unit) if unit.seed == key)


def settle(office: Office, keys: list[str], *, role: bool = True) -> list[Person]:
    """One person for each unit named, with an appointment there."""
    made = []
    with office.book.change("test.settle") as change:
        for number, unit in enumerate(keys):
            place = seed(office, unit).id
            person = change.put(Person(id=change.new_id(Person), name=f"Nguyễn Mẫu {chr(65 + number)}", unit=place))
            made.append(person)
            if role:
                change.put(
                    Appointment(
                        id=change.new_id(Appointment),
                        person=person.id,
                        role="communicator",
                        level="grassroots",
                        unit=place,
                        since=date(2021, 1, 1),
                    )
                )
    return made


def plan_2025(office: Office) -> Plan:
    (plan,) = ready_plans(office)
    return plan


def test_the_ready_plan_turns_32_units_into_8_and_asks_for_two(office: Office) -> None:
    plan = plan_2025(office)
    assert plan.day == DAY
    assert len(plan.heirs) == 32
    assert len({heir for heirs in plan.heirs.values() for heir in heirs}) == 8
    split = {office.book.table(Unit)[each].name for each, heirs in plan.heirs.items() if len(heirs) > 1}
    assert split == {"Phường Gia Sàng", "Phường Cam Giá"}


def test_trap_29_nobody_of_a_split_ward_is_moved_by_itself(office: Office) -> None:
    moved, asked = settle(office, ["phuong-tuc-duyen", "phuong-gia-sang"])
    plan = plan_2025(office)
    head = office.book.head()
    with pytest.raises(RefusedError, match="not decided yet"):
        carry_out(office, plan)
    assert office.book.head() == head
    outcome = carry_out(office, plan, partial=True)
    assert [move.subject for move in outcome.left] == [asked.id]
    assert office.person(moved.id).unit == seed(office, "phuong-phan-dinh-phung-2025").id
    assert office.person(asked.id).unit == seed(office, "phuong-gia-sang").id
    new = seed(office, "phuong-gia-sang-2025").id
    again = carry_out(office, plan, {(seed(office, "phuong-gia-sang").id, asked.id): new})
    assert again.people == (asked.id,)
    with pytest.raises(RefusedError, match="nothing left"):
        carry_out(office, plan)


def test_a_list_of_an_earlier_day_keeps_the_old_names(office: Office) -> None:
    (person,) = settle(office, ["phuong-quan-trieu"])
    carry_out(office, plan_2025(office))
    assert [line.unit_name for line in roster(office, BEFORE)] == ["Phường Quán Triều"]
    assert [line.unit_name for line in roster(office, DAY)] == ["Phường Quan Triều"]
    assert len(roster(office, BEFORE, Scope(unit="Phường Quán Triều"))) == 1
    assert roster(office, DAY, Scope(unit="Phường Quán Triều")) == []
    assert office.dossier(person.id, BEFORE).person.unit == seed(office, "phuong-quan-trieu").id


def test_a_reused_code_moves_nobody(office: Office) -> None:
    """Code 05443 was Trưng Vương and is Phan Đình Phùng; 05467 was Cam Giá and is Gia Sàng."""
    settle(office, ["phuong-trung-vuong", "phuong-cam-gia"])
    moves = survey(office, plan_2025(office))
    by_name = {office.book.table(Unit)[move.unit].name: move.to for move in moves}
    assert by_name["Phường Trưng Vương"] == seed(office, "phuong-phan-dinh-phung-2025").id
    assert by_name["Phường Cam Giá"] == ""


@contextmanager
def made_office() -> Iterator[Office]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Book.create(Path(folder) / "p.sovang", office="TN", actor="t") as book,
    ):
        office = Office(book, SETTINGS)
        furnish(office)
        yield office


def everything(office: Office) -> list[object]:
    book = office.book
    return [*book.table(Person), *book.table(Appointment), *book.table(Unit)]


WARDS = sorted(key for key, each in SETTINGS.units["thai-nguyen-city"].units.items() if each.into)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(WARDS), max_size=12), st.randoms())
def test_everybody_lands_in_exactly_one_heir_and_undo_restores(keys: list[str], random: Random) -> None:
    with made_office() as office:
        book = office.book
        people = settle(office, keys)
        before = everything(office)
        was = people_of_units(office, BEFORE)
        plan = plan_2025(office)
        choices = {m.key: random.choice(plan.heirs[m.unit]) for m in survey(office, plan) if not m.to}
        if not people:
            return
        outcome = carry_out(office, plan, choices)
        assert set(outcome.people) == {each.id for each in people}
        assert people_of_units(office, BEFORE) == was
        after = people_of_units(office, DAY)
        assert sum(len(each) for each in after.values()) == len(people)
        for person in people:
            moved = office.person(person.id)
            assert moved.unit in plan.heirs[person.unit]
            (post,) = book.table(Appointment).where(person=person.id)
            assert post.unit == moved.unit
        history.undo(office)
        assert everything(office) == before


def test_a_merger_makes_a_new_unit_and_takes_units_below_along(office: Office) -> None:
    one, two = seed(office, "phuong-linh-son-2025"), seed(office, "phuong-quan-trieu-2025")
    (person,) = settle(office, ["phuong-linh-son-2025"])
    with office.book.change("test") as change:
        cell = change.put(
            Unit(id=change.new_id(Unit), names=(UnitName(name="Chi bộ 1"),), kind="party_organisation", parent=one.id)
        )
    day = date(2027, 1, 1)
    new = Unit(id="", names=(UnitName(name="Phường Mẫu"),), kind="ward")
    outcome = carry_out(office, merging(office, [one.id, two.id], new, day))
    (made,) = outcome.made
    assert office.person(person.id).unit == made
    assert office.person(person.id).unit_on(date(2026, 12, 31)) == one.id
    moved = office.book.table(Unit)[cell.id]
    assert (moved.parent, moved.parent_on(date(2026, 12, 31))) == (made, one.id)
    assert office.book.table(Unit)[one.id].until == date(2026, 12, 31)
    history.undo(office)
    assert office.book.table(Unit).get(made) is None
    assert office.book.table(Unit)[one.id] == one


def test_a_division_may_leave_the_unit_itself_in_being(office: Office) -> None:
    old = seed(office, "phuong-linh-son-2025")
    stays, goes = settle(office, ["phuong-linh-son-2025"] * 2)
    part = Unit(id="", names=(UnitName(name="Phường Mẫu"),), kind="ward")
    plan = splitting(office, old.id, [old.id, part], date(2027, 1, 1))
    new = plan.made[0].id
    carry_out(office, plan, {(old.id, stays.id): old.id, (old.id, goes.id): new})
    assert office.book.table(Unit)[old.id].until is None
    assert office.person(stays.id) == stays
    assert office.person(goes.id).unit == find_unit(office, "Phường Mẫu").id


def test_a_dissolution_asks_for_everybody(office: Office) -> None:
    old = seed(office, "phuong-linh-son-2025")
    one, two = settle(office, ["phuong-linh-son-2025"] * 2)
    plan = dissolving(office, old.id, date(2027, 1, 1))
    other = seed(office, "phuong-quan-trieu-2025").id
    with pytest.raises(InputError, match="cannot go"):
        carry_out(office, plan, {(old.id, one.id): old.id, (old.id, two.id): other})
    carry_out(office, plan, {(old.id, one.id): NOWHERE, (old.id, two.id): other})
    assert office.person(one.id).unit == ""
    assert office.person(two.id).unit == other
    assert not office.book.table(Unit)[old.id].exists_on(date(2027, 1, 1))


def test_who_left_before_and_what_ended_before_stays(office: Office) -> None:
    gone, serving = settle(office, ["phuong-tuc-duyen", "phuong-tuc-duyen"])
    (post,) = office.book.table(Appointment).where(person=serving.id)
    with office.book.change("test") as change:
        change.put(msgspec.structs.replace(gone, left=date(2024, 1, 1)), was=gone)
        change.put(msgspec.structs.replace(post, ended=date(2024, 1, 1)), was=post)
    outcome = carry_out(office, plan_2025(office))
    assert outcome.people == (serving.id,)
    assert office.person(gone.id).unit == gone.unit
    assert office.book.table(Appointment)[post.id].unit == post.unit


def test_a_plan_that_does_not_fit_is_refused(office: Office) -> None:
    ended, living = seed(office, "phuong-gia-sang"), seed(office, "phuong-gia-sang-2025")
    with pytest.raises(RefusedError, match="ended on"):
        survey(office, merging(office, [ended.id], living.id, date(2026, 1, 1)))
    with pytest.raises(RefusedError, match="does not exist"):
        survey(office, merging(office, [living.id], ended.id, date(2026, 1, 1)))
    with pytest.raises(InputError, match="at least two"):
        splitting(office, living.id, [living.id], DAY)
    with pytest.raises(InputError, match="No unit"):
        merging(office, [living.id], living.id, DAY)
