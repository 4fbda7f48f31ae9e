"""Two hands on one record: the later never overwrites the earlier unseen, whichever service writes, on every store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from config.errors import ConflictError
from records.domain.appointments import Appointment
from records.domain.lists import ListView
from records.domain.people.person import Person
from records.domain.training import Event
from records.domain.units import Unit
from records.services.appointments.appointing import appoint, move
from records.services.lists import delete, save
from records.services.office import Office
from records.services.people.roster import save_person
from records.services.training.events import save_event
from records.services.units.units import save_unit
from tests.records.services.conftest import ON, staff

Save = Callable[[Office, Any, Any], object]


def first(office: Office, kind: type) -> Any:
    staff(office)
    if kind is Event:
        return save_event(office, Event(id="", kind="course", title="Lớp", day=ON))
    if kind is Unit:
        return next(each for each in office.book.table(Unit) if each.name == "Phường Túc Duyên")
    return next(iter(office.book.table(kind)))


@pytest.mark.parametrize(
    ("kind", "later", "mine", "write"),
    [
        (Person, {"phone": "1"}, {"position": "x"}, save_person),
        (Appointment, {"note": "x"}, {"number": "9"}, appoint),
        (Event, {"place": "x"}, {"title": "y"}, save_event),
        (Unit, {"code": "9"}, {"bloc": "y"}, lambda office, unit, was: save_unit(office, unit, on=ON, was=was)),
    ],
)
def test_what_was_opened_before_another_changed_it_is_not_saved(
    office: Office, kind: type, later: dict[str, Any], mine: dict[str, Any], write: Save
) -> None:
    read = first(office, kind)
    with office.book.change("test.elsewhere") as change:
        changed = change.put(msgspec.structs.replace(read, **later), was=read)
    with pytest.raises(ConflictError, match="changed elsewhere"):
        write(office, msgspec.structs.replace(read, **mine), read)
    assert office.book.table(kind)[read.id] == changed
    write(office, msgspec.structs.replace(changed, **mine), changed)
    saved: Any = office.book.table(kind)[read.id]
    told = {**later, **mine}
    assert {each: getattr(saved, each) for each in told} == told


def test_what_another_changed_is_not_deleted_unseen(office: Office) -> None:
    view = save(office, ListView(id="", name="Của tôi"))
    save(office, msgspec.structs.replace(view, role="reporter"))
    with pytest.raises(ConflictError):
        delete(office, view)
    assert [each.role for each in office.book.table(ListView)] == ["reporter"]


def test_an_appointment_corrected_and_moved_in_one_act_keeps_both(office: Office) -> None:
    an, *_ = staff(office)
    (post,) = office.book.table(Appointment).where(person=an.id)
    other = next(each for each in office.book.table(Unit) if each.name == "Phường Đồng Quang")
    with office.book.change("test.both") as change:
        change.put(msgspec.structs.replace(post, number="9-QĐ/TU"), was=post)
        move(office, change, an, other.id, date(2025, 6, 1))
    after = office.book.table(Appointment)[post.id]
    assert (after.number, after.unit) == ("9-QĐ/TU", other.id)
    assert after.unit_on(date(2025, 5, 31)) == an.unit
