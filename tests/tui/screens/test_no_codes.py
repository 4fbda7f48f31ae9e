"""Nobody reads the codes of the program: no id of a record, no key of the settings, on any screen or in the journal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from config import i18n
from records.domain.awards.awards import Award, Decision
from records.domain.emulation import Cycle
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS
from records.domain.reviews import Said
from records.domain.training import Event
from records.services.emulation.registration import Opening, open_cycle
from records.services.office import Office
from records.services.people.roster import save_person
from records.services.training.events import call, save_event
from tests.tui.offices import DAY, digit_of, see, small_app, small_office
from tui.present.changes import Spoken, change_lines
from tui.present.titles import FIELD_TITLES, KIND_TITLES

_RECORD = re.compile(r"\b[A-Z]{2,6}-(?!P-)[A-Z]{1,2}-\d{5}")


def _codes(office: Office) -> set[str]:
    """Keys of the settings that are no words of any language: they have a hyphen or an underscore inside."""
    settings = office.settings
    known = {*settings.prizes.prizes, *settings.procedure.grounds, *(each.id for each in settings.titles)}
    known |= {each.id for each in settings.tables} | {each.id for each in settings.standards}
    return {each for each in known if "-" in each or "_" in each}


def _clean(office: Office, told: str) -> None:
    assert not _RECORD.search(told), told
    assert not [each for each in _codes(office) if each in told], told
    assert not re.search(r"\d{4}-(H|Q)\d", told), told


def test_every_kind_and_field_of_a_record_has_words() -> None:
    assert {each.table for each in KINDS.values()} == set(KIND_TITLES)
    named = {*FIELD_TITLES, *(each.key for each in FIELDS)}
    assert {field for kind in KINDS for field in _fields_of(kind)} <= named


def _fields_of(kind: object) -> Iterator[str]:
    """Every field of a kind of record, those of its parts too."""
    for part in get_args(kind):
        yield from _fields_of(part)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind is not Said:  # a sentence holds itself
        for field in msgspec.structs.fields(kind):
            yield field.name
            yield from _fields_of(field.type)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_change_is_told_by_names_and_titles(tmp_path: Path, language: str) -> None:
    i18n.use(language)
    try:
        with small_office(tmp_path) as office:
            person = next(iter(office.book.table(Person)))
            event = save_event(office, Event(id="", kind="course", title="Lớp Mẫu", day=DAY))
            call(office, event, [person.id])
            open_cycle(office, Opening(key="2025-H1", role="reporter", enter_all=True))
            save_person(office, msgspec.structs.replace(person, position="Cán bộ", born=None), was=person)
            with office.book.change("award.decide", about="1-QĐ/ĐU") as change:
                made = change.put(Decision(id=change.new_id(Decision), number="1-QĐ/ĐU", day=DAY, form="party",
                                           issuer="Thành ủy", title="Giấy khen"))  # fmt: skip
                change.put(Award(id=change.new_id(Award), decision=made.id, person=person.id, prize="party-merit-year",
                                 name=person.name, unit_name="", citation="Mẫu", achieved_from=date(2024, 1, 1),
                                 achieved_to=date(2024, 12, 31), money=100_000))  # fmt: skip
            with office.book.change("award.answer", about="party-merit-year · exemplary · 2024") as change:
                change.put(msgspec.structs.replace(made, place="Mẫu"), was=made)
            for entry in office.book.history():
                told = "\n".join(change_lines(office, entry, DAY))
                _clean(office, told)
                assert not re.search(r"^    [a-z]+_[a-z_]+:", told, re.MULTILINE), told
            say = Spoken(office, DAY)
            assert "2025" in say.about("2025-H1 · final")
            award = next(iter(office.book.table(Award)))
            assert person.name in say.record(award.id)
            cycle = next(iter(office.book.table(Cycle)))
            _clean(office, say.record(cycle.id))
    finally:
        i18n.use("en")


async def test_reasons_and_history_on_the_screen_name_no_record_by_its_code(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(140, 40)) as pilot:
            await see(pilot, "Trần Văn Bình")
            await pilot.press(f"alt+{digit_of('check')}")
            await see(pilot, "› Check against the standard", "Trần Văn Bình", "4 in all")
            await pilot.press("down", "enter")
            told = await see(pilot, "Source:", "Rests on: Appointment")
            _clean(app.office, told)
            await pilot.press("escape")
            await app.run_action("section('history')")
            await see(pilot, "› History of changes", "Appointment entered")
            await pilot.press("enter")
            told = await see(pilot, "Appointment entered", "+ Appointment: ", "Esc")
            _clean(app.office, told)
