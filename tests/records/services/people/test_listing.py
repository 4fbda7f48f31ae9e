"""A list read as columns says what whole records say, one by one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.domain.appointments import ROLES, Appointment
from records.domain.dates import PartialDate
from records.domain.people.names import fold, fold_all, person_key, search_key, search_keys, sort_key
from records.domain.people.person import Person
from records.domain.units import Stay, Unit
from records.services.office import Office
from records.services.people.listing import PeopleList, Scope, listed, roster
from records.store.book import Book
from tests.records.services.conftest import ON, made_office, staff

_NAMES = ("Nguyễn Văn Đức", "Lê Thị An", "Trần Hùng", "Trần Hung", "Y Mỹ", "H'Mẫu Niê", "Lý", "Lí")
_SCOPES = (
    Scope(),
    Scope(holding=True),
    Scope(role="reporter"),
    Scope(level="district", holding=True),
    Scope(where=("born<1980",)),
    Scope(where=("appointment.level=district",)),
)


def _fill(office: Office, random: Random) -> None:
    """People with earlier units, some gone, some namesakes, with none to three appointments each."""
    units = [each.id for each in office.book.table(Unit)][:4]

    def day() -> date:
        return ON + timedelta(days=random.randrange(-900, 900))

    def before() -> tuple[Stay, ...]:
        return tuple(
            Stay(unit=random.choice(units), until=each) for each in sorted(day() for _ in range(random.randrange(3)))
        )

    with office.book.change("fill") as change:
        for _ in range(40):
            born = (None, PartialDate(1980), PartialDate(1980, 5), PartialDate(1975, 5, random.randrange(1, 4)))
            person = change.put(
                Person(
                    id=change.new_id(Person),
                    name=random.choice(_NAMES),
                    born=random.choice(born),
                    phone=random.choice(("", "0900000001")),
                    unit=random.choice((*units, "")),
                    before=before(),
                    left=random.choice((None, None, None, day())),
                )
            )
            for _ in range(random.randrange(4)):
                change.put(
                    Appointment(
                        id=change.new_id(Appointment),
                        person=person.id,
                        role=random.choice(ROLES),
                        level=random.choice(("district", "commune")),
                        unit=random.choice((*units, "")),
                        before=before(),
                        since=random.choice((None, day())),
                        ended=random.choice((None, None, day())),
                    )
                )


def _one_by_one(office: Office, on: date, scope: Scope) -> list[tuple[object, ...]]:
    """The same list from whole records, without columns."""
    names = office.unit_names(on)
    found = []
    for person in office.book.table(Person):
        held = [
            each
            for each in office.book.table(Appointment).where(person=person.id)
            if each.held_on(on) and scope.role in ("", each.role) and scope.level in ("", each.level)
        ]
        held.sort(key=lambda each: (ROLES.index(each.role), each.since or date.min))
        if (person.left is not None and person.left < on) or (
            (scope.holding or scope.role or scope.level) and not held
        ):
            continue
        if scope.where[:1] == ("born<1980",) and not (person.born and person.born.last_day() < date(1980, 1, 1)):
            continue
        if scope.where[:1] == ("appointment.level=district",):
            held = [each for each in held if each.level == "district"]
            if not held:
                continue
        place = names.get(person.unit_on(on), "")
        roles = tuple(dict.fromkeys(each.role for each in held))
        key = (person_key(person.name), str(person.born or ""), person.id)
        found.append(
            (key, (person.id, person.name, person.born, person.phone, place, roles, tuple(each.id for each in held)))
        )
    return [line for _, line in sorted(found)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("scope", _SCOPES)
def test_columns_say_what_whole_records_say(office: Office, seed: int, scope: Scope) -> None:
    _fill(office, Random(seed))
    for on in (ON, ON - timedelta(days=400), ON + timedelta(days=400)):
        expected = _one_by_one(office, on, scope)
        lines = listed(office, on, scope)
        assert [msgspec.structs.astuple(each) for each in lines] == expected
        assert lines.ids == [each[0] for each in expected]
        whole = roster(office, on, scope)
        assert [(each.person.id, each.person.unit, each.unit_name, each.roles) for each in whole] == [
            (each.id, office.person(each.id).unit_on(on), each.unit_name, each.roles) for each in lines
        ]


def test_a_list_is_a_sequence_like_any_other(office: Office) -> None:
    staff(office)
    lines = listed(office, ON)
    assert isinstance(lines, PeopleList)
    assert [each.name for each in lines[1:]] == [lines[1].name, lines[2].name]
    assert lines[-1] == lines[2]
    with pytest.raises(IndexError):
        lines[3]


def test_a_unit_as_scope_is_that_of_the_day(office: Office) -> None:
    _fill(office, Random(9))
    for unit in list(office.book.table(Unit))[:4]:
        for on in (ON, ON - timedelta(days=600)):
            expected = [
                person.id
                for person in (office.person(each.id) for each in listed(office, on))
                if unit.id in {
                    person.unit_on(on),
                    *(a.unit_on(on) for a in office.book.table(Appointment).where(person=person.id) if a.held_on(on)),
                }
            ]  # fmt: skip
            assert listed(office, on, Scope(unit=unit.id)).ids == expected


_TEXT = st.text(alphabet="aáàạâăđĐêƀiíyýỳ ÝLHh'’-.\0\n\tΣ́ß0", max_size=24)


@given(st.lists(_TEXT, max_size=6))
def test_many_texts_are_folded_as_each_is_alone(texts: list[str]) -> None:
    folded = fold_all(texts)
    assert folded == [fold(each) for each in texts]
    assert search_keys(folded) == [search_key(each) for each in folded]


@given(st.text(alphabet="aáàạâăđĐêiíyý ÝLH'’-.ΣŏČß́", max_size=24))
def test_the_key_of_a_name_is_made_of_its_parts(name: str) -> None:
    words = " ".join(name.split()).split(" ")
    parts = (words[-1:], words[1:-1], words[:1])
    assert person_key(name) == tuple(key for part in parts for key in sort_key(" ".join(part)))


@pytest.mark.parametrize(
    "text",
    [
        "1980",
        "1980-05",
        "1980-05-03",
        "1980-5-3",
        "1980-02-30",
        "2020-W01-1",
        "1899-12-31",
        "19800503",
        "",
        "١٩٨٠-٠٥-٠٣",
    ],
)
def test_a_stored_day_is_read_as_by_its_pattern(text: str) -> None:
    import re

    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    try:
        expected = PartialDate(*(int(part) for part in match.groups() if part)) if match else None
    except ValueError:
        expected = None
    if expected is None:
        with pytest.raises(ValueError):
            PartialDate.stored(text)
    else:
        assert PartialDate.stored(text) == expected


def test_births_are_read_of_those_alone_who_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    stored = PartialDate.stored

    def counted(text: str) -> PartialDate:
        read.append(text)
        return stored(text)

    with made_office(tmp_path) as office:
        _fill(office, Random(1))
    with Book.open(office.book.path, actor="thu", read_only=True) as book:
        fresh = Office(book, office.settings)
        monkeypatch.setattr(PartialDate, "stored", counted)
        people = listed(fresh, ON)
        assert len(people) > 1
        assert not read
        born = {each.id: each.born for each in people}
        assert len(read) == sum(day is not None for day in born.values()) > 0
        monkeypatch.undo()
        assert born == {each.id: fresh.person(each.id).born for each in people}
        assert [each.born for each in listed(fresh, ON)] == list(born.values())
