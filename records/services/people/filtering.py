"""Conditions on any field of people and their appointments, as typed: `born<1980`, `phone=`, `until<30/6/2026`.

The fields of people are those of their one table, `person_fields`, and what a person has besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from config.errors import InputError
from config.i18n import LANGUAGES, in_language
from config.text import t
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate, parse_partial
from records.domain.people.names import clean, fold
from records.domain.people.person import SENSITIVE, Person
from records.domain.people.person_fields import FIELD, FIELDS, PersonField
from records.domain.units import Unit
from records.services.office import Office
from records.store.conditions import Condition, Operator

_TYPED = re.compile(r"\s*([\w.]+)\s*(!=|=|<|>|~)(.*)", re.DOTALL)
_POST = "appointment."
_YES, _NO = ("yes", "true", "co"), ("no", "false", "khong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What people, and one of their appointments, must be; ids of units are looked at on the day asked about."""

    person: tuple[Condition, ...] = ()
    appointment: tuple[Condition, ...] = ()


def read_conditions(office: Office, typed: Iterable[str], today: date) -> Conditions:
    """Read conditions as typed: a field of people, or else of appointments, an operator and a value.

    Raises:
        InputError: for a text that is no condition, an unknown field, or a value that the field cannot have.
    """
    person: list[Condition] = []
    appointment: list[Condition] = []
    for each in typed:
        match = _TYPED.fullmatch(each)
        if match is None:
            raise InputError(
                t("“{given}” is no condition", given=each),
                do=t("write FIELD=VALUE, or one of != < > ~ in place of =, such as born<1980"),
            )
        name, operator, value = match[1], cast("Operator", match[2]), clean(match[3])
        field, known = _named(name)
        of_post = known is _POSTS
        if not of_post and field in SENSITIVE:
            office.book.access.judge("sensitive")
        row = None if of_post else FIELD.get(field)
        if row is not None and row.kind in ("sex", "level"):
            condition = _of_choices(row, operator, value)
        else:
            meant = _value(office, field, operator, value, known[field], today)
            condition = Condition(field=field, operator=operator, value=meant)
        (appointment if of_post else person).append(condition)
    return Conditions(person=tuple(person), appointment=tuple(appointment))


def _named(name: str) -> tuple[str, dict[str, Any]]:
    """The field of a name and those it is one of: of people, or else of appointments. Raises InputError."""
    field = name.removeprefix(_POST)
    known = _POSTS if name.startswith(_POST) or name not in _PEOPLE else _PEOPLE
    if field not in known:
        told = ", ".join([*_PEOPLE, *(f"{_POST}{one}" if one in _PEOPLE else one for one in _POSTS)])
        raise InputError(t("There is no field “{given}”", given=name), do=t("use one of: {known}", known=told))
    return field, known


def _of_choices(field: PersonField, operator: Operator, value: str) -> Condition:
    """A condition on a field of few values, named by their key or their words; levels also have an order."""
    if not value and operator in ("=", "!="):
        return Condition(field=field.key, operator=operator, value="")
    asked = fold(value)
    words = {
        key: {fold(key), *(fold(in_language(told, each)) for each in LANGUAGES)}
        for key, told in (field.choices or {}).items()
    }
    if operator == "~":
        parts = frozenset(key for key, each in words.items() if any(asked in one for one in each))
        return Condition(field=field.key, operator=operator, value=parts)
    key = next((key for key, each in words.items() if asked in each), None)
    if key is None:
        raise InputError(t("“{given}” is not known", given=value), do=t("use one of: {known}", known=", ".join(words)))
    if operator in ("=", "!="):
        return Condition(field=field.key, operator=operator, value=key)
    if field.kind != "level":
        raise _unfit(field.key, operator, "= != ~")
    order, place = list(words), list(words).index(key)
    return Condition(
        field=field.key, operator="=", value=frozenset(order[:place] if operator == "<" else order[place + 1 :])
    )


def _value(office: Office, field: str, operator: Operator, value: str, kind: Any, today: date) -> Any:
    if not value and operator in ("=", "!="):
        return frozenset({""}) if field == "unit" else value
    if field == "unit":
        return _units(office, operator, value)
    if kind in (date, PartialDate):
        if operator == "~":
            raise _unfit(field, operator, "= != < >")
        return parse_partial(value, field=field, today=today)
    if kind is bool:
        if operator not in ("=", "!=") or fold(value) not in (*_YES, *_NO):
            raise InputError(t("“{given}” is not known", given=value), do=t("use one of: {known}", known="yes, no"))
        return fold(value) in _YES
    allowed = [each for each in get_args(kind) if each] if get_origin(kind) is Literal else []
    if allowed and operator in ("=", "!=") and value not in allowed:
        raise InputError(
            t("“{given}” is not known", given=value), do=t("use one of: {known}", known=", ".join(allowed))
        )
    return value


def _units(office: Office, operator: Operator, value: str) -> frozenset[str]:
    """Ids of the units meant by a code or a name, or with `~` by a part of one."""
    if operator in ("<", ">"):
        raise _unfit("unit", operator, "= != ~")
    units = office.book.table(Unit).all()
    if operator == "~":
        return frozenset(each.id for each in units if any(fold(value) in fold(one.name) for one in each.names))
    meant = [each.id for each in units if value == each.id or value in [one.name for one in each.names]]
    meant = meant or [each.id for each in units if fold(value) in [fold(one.name) for one in each.names]]
    if not meant:
        raise InputError(
            t("There is no unit “{given}”", given=value),
            do=t("write the name as it stands in the book, with its type, such as “Phường Túc Duyên”"),
        )
    return frozenset(meant)


def _unfit(field: str, operator: str, fit: str) -> InputError:
    return InputError(
        t("“{operator}” cannot be asked of the field “{field}”", operator=operator, field=field),
        do=t("use one of: {known}", known=fit),
    )


def people_met(office: Office, conditions: Conditions, on: date) -> list[Person]:
    """The people of the book who meet the conditions on people, whether or not they are on the roster of the day."""
    places, rest = _parted(conditions.person)
    papers = [(FIELD[each.field], each) for each in rest if each.field not in Person.__struct_fields__]
    found = office.book.table(Person).matching(*(each for each in rest if each.field in Person.__struct_fields__))
    return [
        each
        for each in found
        if all(one.holds(each.unit_on(on)) for one in places)
        and all(_met(one, field.of(each)) for field, one in papers)
    ]


def _met(condition: Condition, value: Any) -> bool:
    """Whether a value kept among the credentials meets it; of several values one is enough, and none may be denied."""
    several = (value or ("",)) if isinstance(value, tuple) else (value,)
    return (all if condition.operator == "!=" else any)(condition.holds(each) for each in several)


def appointments_met(office: Office, conditions: Conditions, on: date) -> list[Appointment]:
    """The appointments of the book that meet the conditions on them, whether or not they are held on the day."""
    places, rest = _parted(conditions.appointment)
    found = office.book.table(Appointment).matching(*rest)
    return [each for each in found if all(one.holds(each.unit_on(on)) for one in places)]


def _parted(conditions: Iterable[Condition]) -> tuple[list[Condition], list[Condition]]:
    """Those on the unit, which depends on the day, and the others."""
    every = list(conditions)
    return [each for each in every if each.field == "unit"], [each for each in every if each.field != "unit"]


def _fields(kind: type) -> dict[str, Any]:
    """Field -> type, of those with one value; those of several parts cannot be asked in a word."""
    kinds = {name: _plain(hint) for name, hint in get_type_hints(kind).items()}
    plain = (str, bool, date, PartialDate)
    return {name: each for name, each in kinds.items() if each in plain or get_origin(each) is Literal}


def _plain(hint: Any) -> Any:
    """The type of a value that may be unknown."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) in (UnionType, Union):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


_KINDS = {"date": PartialDate, "member": bool}
_POSTS = _fields(Appointment)
_PEOPLE = {each.key: _KINDS.get(each.kind, str) for each in FIELDS}
_PEOPLE |= {name: kind for name, kind in _fields(Person).items() if name not in _PEOPLE}
