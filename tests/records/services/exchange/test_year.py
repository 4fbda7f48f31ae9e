"""A year of exchange: forty units, two cities and a province; some late, some twice, some in conflict, one merged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
import pytest

from config.errors import RefusedError
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.dates import PartialDate
from records.domain.exchange import Neighbour, Package
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit, UnitName
from records.services.awards.registering import next_number
from records.services.exchange import completeness, opening, taking
from records.services.exchange.meeting import place
from records.services.office import Office
from tests.records.services.exchange.offices import correct, introduce, office_of, packed, person, planned, taken

EACH = 3
"""People of each unit."""
MERGER = date(2025, 7, 1)


def code(number: int) -> str:
    """A code of letters alone: AA, AB, …"""
    return "U" + chr(65 + number // 26) + chr(65 + number % 26)


@dataclass
class World:
    """Offices by their codes, and where their packages lie."""

    folder: Path
    province: Office
    cities: dict[str, Office]
    units: dict[str, Office] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def file(self) -> Path:
        self.made += 1
        return self.folder / f"{self.made}.svx"

    def send(self, unit: str, day: date, what: str = "roster,training", period: str = "2025") -> Path:
        """A package of a unit for its city."""
        return packed(self.units[unit], self.cities[self.above[unit]], self.file(), what, period=period, day=day)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:

        def open_(each: str) -> Office:
            return stack.enter_context(office_of(tmp_path, each, units=False))

        found = World(tmp_path, open_("TG"), {"TN": open_("TN"), "SC": open_("SC")})
        introduce(tmp_path, found.province, *found.cities.values())
        for number in range(40):
            unit, city = code(number), "TN" if number < 25 else "SC"
            found.units[unit], found.above[unit] = open_(unit), city
            introduce(tmp_path, found.units[unit], found.cities[city])
            fill(found.units[unit], number)
            settle(found.cities[city], unit, number)
        yield found


def fill(office: Office, number: int) -> None:
    """Three people of a unit, each with an appointment and a class."""
    with office.book.change("test") as change:
        name = UnitName(name=f"Phường Mẫu {number}")
        unit = change.put(Unit(id=change.new_id(Unit), names=(name,), kind="ward", code=f"0{number}"))
        event = change.put(Event(id=change.new_id(Event), kind="course", title=f"Lớp {number}", day=date(2025, 3, 4)))
        for each in range(EACH):
            who = change.put(Person(id=change.new_id(Person), name=f"Người Mẫu {chr(65 + each)}", unit=unit.id,
                                    born=PartialDate(1980, 1 + number % 12, 1 + each * 9), phone="1"))  # fmt: skip
            change.put(Appointment(id=change.new_id(Appointment), person=who.id, role="reporter", level="commune",
                                   unit=unit.id, since=date(2022, 1, 1)))  # fmt: skip
            change.put(Attendance(id=change.new_id(Attendance), person=who.id, event=event.id, kind="course",
                                  day=event.day, result="completed"))  # fmt: skip


def settle(city: Office, unit: str, number: int) -> None:
    """A unit as the city has it in its own tree, told to be that office."""
    with city.book.change("test") as change:
        made = change.put(
            Unit(id=change.new_id(Unit), names=(UnitName(name=f"Phường Mẫu {number}"),), kind="ward", code=f"0{number}")
        )
    held = next(each for each in city.book.table(Neighbour) if each.code == unit)
    place(city, held, made.id)


def test_a_year_between_forty_units_two_cities_and_a_province(world: World) -> None:
    due = date(2025, 12, 15)
    files = {unit: world.send(unit, date(2025, 12, 1)) for unit in world.units if unit not in (code(3), code(30))}
    for unit, file in files.items():
        plan, _ = taken(world.cities[world.above[unit]], file, today=date(2025, 12, 2))
        assert (plan.refused, plan.conflicts, sum(plan.new.values())) == ([], [], 3 * EACH + 1), unit
    for unit, file in list(files.items())[:10]:  # read twice
        assert taken(world.cities[world.above[unit]], file)[1] is None
    late(world, due)
    differing(world)
    merged(world)
    awards(world)
    upward(world)
    for each in (world.province, *world.cities.values(), *world.units.values()):
        assert each.book.verify(deep=True).whole


def late(world: World, due: date) -> None:
    """One is late, one sends what is sent back; the others have sent."""
    city = world.cities["TN"]
    states = {each.state for each in completeness.senders(city, "2025", due=due)}
    assert states == {"sent", "not_sent"}
    assert [each.office for each in completeness.reminders(completeness.senders(city, "2025"))] == [code(3)]
    bad = world.send(code(3), date(2025, 12, 10))
    taking.send_back(city, opening.opened(city, bad), "thiếu lớp", today=date(2025, 12, 11))
    (one,) = completeness.reminders(completeness.senders(city, "2025", due=due))
    assert one.package is not None
    assert (one.state, one.package.reason) == ("returned", "thiếu lớp")
    taken(city, world.send(code(3), date(2025, 12, 20)), today=date(2025, 12, 21))
    found = completeness.senders(city, "2025", due=due)
    assert [each.office for each in found if each.state == "late"] == [code(3)]
    assert (len(found), completeness.reminders(found)) == (25, [])
    back = packed(city, world.units[code(3)], world.file(), "returns")
    taken(world.units[code(3)], back)
    sent = [each.reason for each in world.units[code(3)].book.table(Package) if each.way == "sent"]
    assert sorted(sent) == ["", "thiếu lớp"]


def differing(world: World) -> None:
    """A unit and its city both changed a phone; an older package comes after a newer one."""
    unit, city = code(5), world.cities["TN"]
    who = f"{unit}-P-00001"
    older = world.send(unit, date(2025, 12, 21))
    correct(world.units[unit], who, phone="2")
    correct(city, who, phone="3")
    plan, _ = taken(city, world.send(unit, date(2025, 12, 22)))
    assert [(each.record, each.field, each.ours, each.theirs) for each in plan.conflicts] == [(who, "phone", "3", "2")]
    assert city.book.table(Person)[who].phone == "3"
    with pytest.raises(RefusedError, match="newer package"):
        planned(city, older)


def merged(world: World) -> None:
    """On 1 July 2025 one unit of TN took over another: its whole book goes into that one's, numbers kept."""
    one, into = world.units[code(0)], world.units[code(1)]
    introduce(world.folder, one, into)
    ours = next(iter(into.book.table(Unit)))
    file = packed(one, into, world.file(), "whole", day=MERGER)
    before = {each.id: each for each in one.book.table(Person)}
    plan, _ = taken(into, file, units={"Phường Mẫu 0": ours.id})
    assert (plan.refused, plan.conflicts) == ([], [])
    here = into.book.table(Person)
    assert len(here) == 2 * EACH
    for key, each in before.items():
        assert here[key] == msgspec.structs.replace(each, unit=ours.id), "same code, same fields, in the unit of now"
    assert {each.person for each in into.book.table(Attendance)} == {each.id for each in here}
    city = world.cities["TN"]
    plan, _ = taken(city, packed(into, city, world.file(), "roster,training", period="2025", day=date(2025, 12, 28)))
    assert plan.refused == []
    assert len(city.book.table(Person)) == 25 * EACH, "nobody is there twice"


def awards(world: World) -> None:
    """A city commends people of two units; its numbers are its own, and those of a unit stay the unit's."""
    city, unit = world.cities["TN"], world.units[code(7)]
    for office in (city, unit):
        with office.book.change("test") as change:
            decided = change.put(Decision(id=change.new_id(Decision), number="1-QĐ", day=date(2025, 12, 25),
                                          form="party", issuer=f"Ban {office.book.office}", title="Khen"))  # fmt: skip
            change.put(Award(id=change.new_id(Award), decision=decided.id, person=f"{code(7)}-P-00001", prize="p",
                             name="Người Mẫu A", unit_name="U", citation="c", achieved_from=date(2025, 1, 1),
                             achieved_to=date(2025, 12, 31), register_year=2025, register_number=1))  # fmt: skip
    taken(city, packed(unit, city, world.file(), "roster,awards", day=date(2025, 12, 29)))
    assert sorted((each.id, each.register) for each in city.book.table(Award)) == [
        ("TN-G-00001", "1/2025"), (f"{code(7)}-G-00001", "1/2025")
    ]  # fmt: skip
    assert next_number(city.book, 2025) == 2, "the number that a unit gave is not one of the city's"
    taken(unit, packed(city, unit, world.file(), "awards", day=date(2025, 12, 30)))
    assert len(unit.book.table(Award)) == 2


def upward(world: World) -> None:
    """Both cities send to the province what came to them: everybody once, under the code of who made them."""
    for city, office in world.cities.items():
        missing = [code(30)] if city == "SC" else []
        assert [each.office for each in completeness.reminders(completeness.senders(office, "2025"))] == missing
        plan, _ = taken(world.province, packed(office, world.province, world.file(), "whole", day=date(2025, 12, 31)))
        assert plan.refused == []
    people = world.province.book.table(Person)
    assert {each.id for each in people} == {
        f"{unit}-P-{number:05d}" for unit in world.units if unit != code(30) for number in range(1, EACH + 1)
    }
    assert len(world.province.book.table(Attendance)) == 39 * EACH
    assert people[f"{code(5)}-P-00001"].phone == "3", "what the city decided goes up"
    assert person(world.province, "Mới").id == "TG-P-00001"
