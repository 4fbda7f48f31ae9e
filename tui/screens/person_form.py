"""Forms that enter or correct a person, and enter an appointment; the domain judges every value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

import msgspec

from config.errors import InputError, needs
from config.speech import language, say, say_
from config.text import Text, t
from records.desks.office import Office
from records.desks.roster import appoint, judge_person, save_person
from records.domain.dates import PartialDate, parse_day, parse_partial, shown
from records.domain.names import clean, is_name
from records.domain.people import EDUCATION, POLITICAL_THEORY, Credential, Person
from records.domain.service import Appointment, RoleKey
from records.domain.units import Unit
from records.rules.words import EDUCATION_WORDS, POLITICAL_THEORY_WORDS, SEX_WORDS
from tui.screens.filters import unit_options
from tui.screens.office_form import OfficeForm
from tui.widgets.fields import Field

_TEXTS = ("phone", "email", "ethnicity", "religion", "native_place", "residence", "position", "party_card", "note")
_DATES = ("born", "party_probation", "party_official")
Option = tuple[str, str]


class PersonForm(OfficeForm):
    """Enters a person (None), with a first appointment, or corrects one."""

    def __init__(self, person: Person | None) -> None:
        super().__init__()
        self._person = person

    def heading(self) -> str:
        """Whom it is about."""
        return say_("Correct {name}", name=self._person.name) if self._person else say_("Enter a person")

    def fields(self) -> list[Field]:
        """Identity first, then what proves a level; a new person also gets a role."""
        unit = self._person.unit if self._person else ""
        found = [
            Field("name", t("Full name"), "text", judge=judge_name),
            Field("sex", t("Sex"), "choice", options=[_none(), *((k, say(v)) for k, v in SEX_WORDS.items())]),
            Field("born", t("Born"), "date", judge=self._partial(t("Born"))),
            Field("unit", t("Unit"), "choice", options=[_none(), *unit_options(self.office, self.on, keep=unit)]),
            Field("position", t("Position"), "text"),
            Field("phone", t("Phone"), "text"),
            Field("national_id", t("National id"), "text", judge=judge_national_id),
            Field("education", t("Education"), "choice", options=_levels(EDUCATION, EDUCATION_WORDS)),
            Field(
                "political_theory",
                t("Political theory"),
                "choice",
                options=_levels(POLITICAL_THEORY, POLITICAL_THEORY_WORDS),
            ),
            Field("party_probation", t("Party probation"), "date", judge=self._partial(t("Party probation"))),
            Field("party_official", t("Party official"), "date", judge=self._partial(t("Party official"))),
            Field("party_card", t("Party card"), "text"),
            Field("email", t("Email"), "text"),
            Field("ethnicity", t("Ethnicity"), "text"),
            Field("religion", t("Religion"), "text"),
            Field("native_place", t("Native place"), "text"),
            Field("residence", t("Residence"), "text"),
            Field("note", t("Note"), "text"),
        ]
        return found if self._person else [*found[:4], *_service_fields(self.office, self.on, found[3]), *found[4:]]

    def _partial(self, label: Text) -> Callable[[str], object]:
        def judge(typed: str) -> object:
            return parse_partial(typed, field=say(label), today=self.on) if typed.strip() else None

        return judge

    def first_values(self) -> dict[str, str]:
        """What is known of the person."""
        person = self._person
        if person is None:
            return {}
        values = {name: str(getattr(person, name)) for name in (*_TEXTS, "name", "national_id", "unit")}
        values |= {name: shown(getattr(person, name)) for name in _DATES}
        for kind in ("education", "political_theory"):
            best = person.best(kind)
            values[kind] = best.level if best else ""
        return {**values, "sex": person.sex or ""}

    def store(self, values: Mapping[str, Any]) -> str:
        """Save the person, then the first appointment of a new one."""
        given = {name: clean(str(values.get(name) or "")) for name in (*_TEXTS, "name", "national_id", "unit")}
        dates = {name: _as_partial(values.get(name), self.on) for name in _DATES}
        before = self._person or Person(id="", name=given["name"])
        credentials = before.credentials
        for kind in ("education", "political_theory"):
            credentials = _with_level(before, credentials, kind, str(values.get(kind) or ""))
        sex = values.get("sex") or None
        person = msgspec.structs.replace(before, **given, **dates, sex=sex, credentials=credentials)
        judge_person(person)
        post = None if self._person else appointment_of(values, "", self.on)
        saved = save_person(self.office, person)
        if post is not None:
            unit = post.unit or saved.unit
            appoint(self.office, msgspec.structs.replace(post, person=saved.id, unit=unit))
        return saved.id


class AppointmentForm(OfficeForm):
    """Enters an appointment of a person."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id

    def heading(self) -> str:
        """Whom it is about."""
        return say_("Enter an appointment of {name}", name=self.office.person(self._person_id).name)

    def fields(self) -> list[Field]:
        """Role, level and unit, then the paper and its term."""
        unit = Field("unit", t("Unit"), "choice", options=[_none(), *unit_options(self.office, self.on)])
        return [
            *_service_fields(self.office, self.on, unit)[:2],
            unit,
            *_service_fields(self.office, self.on, unit)[2:],
        ]

    def first_values(self) -> dict[str, str]:
        """The unit the person belongs to."""
        unit = self.office.book.table(Unit).get(self.office.person(self._person_id).unit)
        return {"unit": unit.id if unit and unit.exists_on(self.on) else ""}

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter the appointment."""
        post = appointment_of(values, self._person_id, self.on)
        if post is None:
            raise InputError(t("No role is chosen"), do=t("choose the role and the level"))
        return appoint(self.office, post).person


def judge_name(typed: str) -> str:
    """The name, cleaned. Raises InputError when it cannot be one."""
    name = clean(typed)
    if not is_name(name):
        raise needs(say_("Full name"), typed, t("enter the name as it stands on the identity card"))
    return name


def judge_national_id(typed: str) -> str:
    """The number. Raises InputError when it cannot be one."""
    number = clean(typed)
    if number:
        judge_person(Person(id="", name="A", national_id=number))
    return number


def appointment_of(values: Mapping[str, Any], person_id: str, on: date) -> Appointment | None:
    """The appointment that a form describes, or None when it names no role. Raises InputError for half a one."""
    role, level = str(values.get("role") or ""), str(values.get("level") or "")
    if not role and not level:
        return None
    if not (role and level):
        raise InputError(t("A role needs a level, and a level a role"), do=t("choose both"))
    days = [_as_day(values.get(name), on) for name in ("decided", "since", "until")]
    number = clean(str(values.get("number") or ""))
    return Appointment(
        id="",
        person=person_id,
        role=cast("RoleKey", role),
        level=level,
        unit=str(values.get("unit") or ""),
        instrument=("contract" if role == "collaborator" else "decision") if number else "",
        number=number,
        decided=days[0],
        since=days[1],
        until=days[2],
    )


def _service_fields(office: Office, on: date, _unit: Field) -> list[Field]:
    settings = office.settings
    roles = [(each, role.title.in_language(language())) for each, role in settings.roles.roles.items()]
    levels = [
        (each, level.title.in_language(language()))
        for each, level in settings.levels.levels.items()
        if level.until is None or level.until >= on
    ]

    def day(label: Text) -> Callable[[str], object]:
        return lambda typed: parse_day(typed, field=say(label), today=on) if typed.strip() else None

    return [
        Field("role", t("Role"), "choice", options=[_none(), *roles]),
        Field("level", t("Level"), "choice", options=[_none(), *levels]),
        Field("number", t("Decision or contract no."), "text"),
        Field("decided", t("Signed on"), "date", judge=day(t("Signed on"))),
        Field("since", t("From"), "date", judge=day(t("From"))),
        Field("until", t("To"), "date", judge=day(t("To"))),
    ]


def _none() -> Option:
    return "", say_("not known")


def _levels(levels: tuple[str, ...], words: Mapping[str, Text]) -> list[Option]:
    return [_none(), *((level, say(words[level])) for level in levels)]


def _typed(value: object) -> str:
    return shown(value) if isinstance(value, (date, PartialDate)) else str(value or "").strip()


def _as_day(value: object, today: date) -> date | None:
    if value is None or isinstance(value, date):
        return value
    typed = _typed(value)
    return parse_day(typed, field=say_("Day"), today=today) if typed else None


def _as_partial(value: object, today: date) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    typed = _typed(value)
    return parse_partial(typed, field=say_("Day"), today=today) if typed else None


def _with_level(person: Person, credentials: tuple[Credential, ...], kind: Any, level: str) -> tuple[Credential, ...]:
    best = person.best(kind)
    if (best.level if best else "") == level:
        return credentials
    others = tuple(each for each in credentials if each is not best)
    return (*others, Credential(kind=kind, level=level)) if level else others
