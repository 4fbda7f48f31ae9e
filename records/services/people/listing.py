"""Who is in the book on a day: the people of a scope, in the order of a list.

Lists need a few fields of people, their appointments and units, and of those of twenty thousand people: these fields
are read as columns, and whole records only of who is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, overload

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.appointments import ROLES, Appointment
from records.domain.dates import PartialDate
from records.domain.people.names import clean, fold, matching_key
from records.domain.people.person import Person
from records.domain.units import Stay, Unit, place_on
from records.services.office import Office
from records.services.people.order import in_order
from records.services.privacy.restricting import restricted


class RosterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the roster on a day.

    Attributes:
        person: in the unit of the day.
        appointments: held on the day, expired terms included, in the order of `ROLES`.
        unit_name: the name that held on the day; empty when no unit is known.
    """

    person: Person
    unit_name: str
    appointments: tuple[Appointment, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles held, each once."""
        return tuple(dict.fromkeys(each.role for each in self.appointments))


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Which people are meant; empty fields do not narrow.

    Attributes:
        unit: an id, or a name as it stands in the book.
        holding: only people who hold a role on the day; a role or level asked for asks for that too.
        restricted: also people whose data is restricted on the day, who stand in no list unasked.
        where: conditions as typed, such as `born<1980`; one on a field of appointments asks for a role held too.
    """

    role: str = ""
    level: str = ""
    unit: str = ""
    holding: bool = False
    restricted: bool = False
    where: tuple[str, ...] = ()


class Listed(msgspec.Struct, frozen=True, gc=False):
    """What a list says of one person of the roster on a day.

    Attributes:
        unit_name: the name that held on the day; empty when no unit is known.
        roles: held on the day, each once, in the order of `ROLES`.
        appointments: ids of those held on the day, expired terms included, in the order of `ROLES`.
    """

    id: str
    name: str
    born: PartialDate | None
    phone: str
    unit_name: str
    roles: tuple[str, ...]
    appointments: tuple[str, ...]


_Held = tuple[int, date, int, str, str, str]
"""An appointment held on the day: rank of its role, first day, number, role, id, unit; so they stand in order."""
_Columns = tuple[str, str, PartialDate | str | None, str, str, tuple[Stay, ...], date | None]
_COLUMNS = ("id", "name", "born", "phone", "unit", "before", "left")


class PeopleList(Sequence[Listed]):
    """A list of people whose lines are made when they are asked for: of twenty thousand, a screen shows thirty.

    Attributes:
        ids: of the people, in the order of the list.
    """

    def __init__(
        self, ids: list[str], people: Mapping[str, _Columns], held: Mapping[str, tuple[_Held, ...]], places: _Places
    ) -> None:
        self.ids = ids
        self._people, self._held, self._places = people, held, places

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, number: int) -> Listed: ...

    @overload
    def __getitem__(self, number: slice) -> list[Listed]: ...

    def __getitem__(self, number: int | slice) -> Listed | list[Listed]:
        if isinstance(number, slice):
            return [self._line(each) for each in self.ids[number]]
        return self._line(self.ids[number])

    def roles(self) -> dict[str, tuple[str, ...]]:
        """Person -> the roles held on the day, each once, in the order of `ROLES`; in the order of the list."""
        return {each: _told(self._held.get(each, ()))[0] for each in self.ids}

    def _line(self, person: str) -> Listed:
        code, name, born, phone, unit, before, _ = self._people[person]
        if isinstance(born, str):
            born = PartialDate.stored(born)
        return Listed(code, name, born, phone, self._places.name(unit, before), *_told(self._held.get(code, ())))


class _Places(NamedTuple):
    """Where people and appointments lie on the day."""

    on: date
    names: Mapping[str, str]

    def place(self, unit: str, before: tuple[Stay, ...]) -> str:
        return place_on(unit, before, self.on) if before else unit

    def name(self, unit: str, before: tuple[Stay, ...]) -> str:
        return self.names.get(self.place(unit, before), "")


def listed(office: Office, on: date, scope: Scope | None = None) -> PeopleList:
    """The people of `scope` on `on`, each once, in Vietnamese order of names, as lists show them.

    Raises:
        InputError: for a role, level or unit that is not known, or a condition that cannot be.
    """
    scope = scope or Scope()
    _judge_scope(office, scope)
    unit_ids = _units_meant(office, scope.unit)
    places = _Places(on, office.unit_names(on))
    asked, posts = _asked(office, scope, on)
    held = _held(office, scope, places, posts)
    hidden = set() if scope.restricted else restricted(office, on).keys()
    needed = scope.holding or bool(scope.role or scope.level) or posts is not None
    people: dict[str, _Columns] = {}
    seq = office.book.head()[0]
    everybody = list(office.book.table(Person).columns(*_COLUMNS, late=("born",)))
    there = [each for each in everybody if each[-1] is None or each[-1] >= on]
    if not (needed or hidden or asked is not None or unit_ids is not None):  # as the list is shown first
        people, there = {each[0]: each for each in there}, []
    for each in there:
        code, _, _, _, unit, before, _ = each
        if (needed and code not in held) or code in hidden:
            continue
        if asked is not None and code not in asked:
            continue
        if unit_ids is not None and unit_ids.isdisjoint(
            (places.place(unit, before), *(post[-1] for post in held.get(code, ())))
        ):
            continue
        people[code] = each
    ids = in_order(office.book, seq, (each[:3] for each in everybody))
    return PeopleList([each for each in ids if each in people], people, held, places)


def left_out(office: Office, on: date, scope: Scope | None = None) -> list[str]:
    """Ids of those whom `listed` leaves out only because their data is restricted on the day, in the order of lists."""
    scope = scope or Scope()
    hidden = {} if scope.restricted else restricted(office, on)
    if not hidden:
        return []
    return [each for each in listed(office, on, msgspec.structs.replace(scope, restricted=True)).ids if each in hidden]


def _asked(office: Office, scope: Scope, on: date) -> tuple[set[str] | None, set[str] | None]:
    """Ids of the people and of the appointments that meet the conditions typed; None where there are none."""
    if not scope.where:
        return None, None
    from records.services.people import filtering  # noqa: PLC0415  # few lists have conditions on any field

    asked = filtering.read_conditions(office, scope.where, on)
    people = {each.id for each in filtering.people_met(office, asked, on)} if asked.person else None
    posts = {each.id for each in filtering.appointments_met(office, asked, on)} if asked.appointment else None
    return people, posts


def _held(office: Office, scope: Scope, places: _Places, wanted: set[str] | None) -> dict[str, tuple[_Held, ...]]:
    """Person -> the appointments of the scope held on the day."""
    held: dict[str, tuple[_Held, ...]] = {}
    on, ranks, meant = places.on, {role: rank for rank, role in enumerate(ROLES)}, (scope.role, scope.level)
    columns = office.book.table(Appointment).columns(
        "id", "person", "role", "level", "unit", "before", "since", "ended"
    )
    for number, (code, person, role, level, unit, before, since, ended) in enumerate(columns):
        if (since is not None and since > on) or (ended is not None and ended < on):
            continue
        if meant != ("", "") and (scope.role not in ("", role) or scope.level not in ("", level)):
            continue
        if wanted is not None and code not in wanted:
            continue
        post = (ranks[role], since or date.min, number, role, code, places.place(unit, before) if before else unit)
        held[person] = (*held[person], post) if person in held else (post,)
    return held


def _told(held: Sequence[_Held]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Roles and ids of appointments, in order."""
    if len(held) == 1:  # as most have
        return held[0][3:4], held[0][4:5]
    ordered = sorted(held)
    return tuple(dict.fromkeys(each[3] for each in ordered)), tuple(each[4] for each in ordered)


def roster(office: Office, on: date, scope: Scope | None = None) -> list[RosterLine]:
    """The people of `scope` on `on` as whole records, each once, in Vietnamese order of names.

    Raises:
        InputError: for a role, level or unit that is not known, or a condition that cannot be.
    """
    people, appointments = office.book.table(Person), office.book.table(Appointment)
    return [
        RosterLine(
            person=people[each.id].as_of(on),
            unit_name=each.unit_name,
            appointments=tuple(appointments[one] for one in each.appointments),
        )
        for each in listed(office, on, scope)
    ]


def subjects_of_unit(office: Office, given: str, on: date) -> list[str]:
    """Ids of a unit, named by its code or name, and of those who hold a role in it on the day.

    Raises:
        InputError: for a unit that is not known, or may be any of several.
    """
    people = listed(office, on, Scope(unit=given, holding=True)).ids
    return [*sorted(_units_meant(office, given) or ()), *people]


def _judge_scope(office: Office, scope: Scope) -> None:
    if scope.role:
        _judge_known(scope.role, office.settings.roles.roles, t("role"))
    if scope.level:
        _judge_known(scope.level, office.settings.levels.levels, t("level"))


def _judge_known(given: str, known: Iterable[str], what: Text) -> None:
    if given not in known:
        raise InputError(
            t("There is no {what} “{given}”", what=what, given=given),
            do=t("use one of: {known}", known=", ".join(known)),
        )


def _units_meant(office: Office, given: str) -> set[str] | None:
    if not given:
        return None

    units = office.book.table(Unit).all()
    exact = {unit.id for unit in units if given == unit.id or clean(given) in [each.name for each in unit.names]}
    if exact:
        return exact
    loose = [unit for unit in units if any(fold(given) == fold(each.name) for each in unit.names)]
    meant = {matching_key(each.name) for unit in loose for each in unit.names if fold(given) == fold(each.name)}
    if len(meant) > 1:
        listed = ", ".join(f"{unit.id} {unit.name}" for unit in loose)
        raise InputError(
            t("“{given}” may be any of: {listed}", given=given, listed=listed), do=t("name the unit by its code")
        )
    if not loose:
        raise InputError(
            t("There is no unit “{given}”", given=given),
            do=t("write the name as it stands in the book, with its type, such as “Phường Túc Duyên”"),
        )
    return {unit.id for unit in loose}
