"""Forms that enter or correct a person, and enter an appointment; the domain judges every value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, Literal, cast

import msgspec
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import PartialDate, parse_partial, shown
from records.domain.people.hints import hints
from records.domain.people.names import clean
from records.domain.people.person import EDUCATION, POLITICAL_THEORY, Credential, Person, Sex
from records.intake.names.naming import read_name
from records.intake.values import Read
from records.rules.words import EDUCATION_WORDS, POLITICAL_THEORY_WORDS, SEX_WORDS
from records.services.people.roster import TEXTS, enter, judge_name, judge_typed, save_person
from tui.screens.appointments.fields import appointment_of, none_option, service_fields
from tui.screens.base import key
from tui.screens.filters import unit_options
from tui.screens.form import OfficeForm
from tui.screens.people.credentials import CredentialsScreen
from tui.widgets.fields import Field, Form

_NUMBERS = ("phone", "national_id", "email")
_QUICK: tuple[Literal["education", "political_theory"], ...] = ("education", "political_theory")
_DATES = ("born", "party_probation", "party_official")


class PersonForm(OfficeForm):
    """Enters a person (None), with a first appointment, or corrects one."""

    BINDINGS: ClassVar[list[BindingType]] = [key("f7", "credentials", t("Levels and papers"))]

    def __init__(self, person: Person | None) -> None:
        super().__init__()
        self._person = person
        self._credentials = person.credentials if person else ()

    def unsaved(self) -> bool:
        """Whether something was typed, or a level changed."""
        return super().unsaved() or self._credentials != (self._person.credentials if self._person else ())

    def action_credentials(self) -> None:
        """Edit every level with its paper."""

        def take(made: tuple[Credential, ...] | None) -> None:
            if made is None:
                return
            self._credentials = made
            held = Person(id="", name="", credentials=made)
            for kind in _QUICK:
                best = held.best(kind)
                self.query_one(Form).put(kind, best.level if best else "")

        self.app.push_screen(CredentialsScreen(self._now()), take)

    def _now(self) -> tuple[Credential, ...]:
        """The credentials with the two levels as the form shows them."""
        made = self._credentials
        for kind in _QUICK:
            made = _with_level(made, kind, self.query_one(Form).text(kind))
        return made

    def remarks(self, texts: Mapping[str, str]) -> Mapping[str, Text]:
        """What does not agree within the person, such as the digits of the id with the year of birth."""
        days = {}
        for name in _DATES:
            try:
                days[name] = _as_partial(texts[name], self.on)
            except InputError:
                days[name] = None
        sex: Sex | None = cast("Sex", texts["sex"]) if texts["sex"] else None
        number = self._number(texts["national_id"])
        typed = Person(id="", name="", sex=sex, national_id=number)
        found = dict(hints(msgspec.structs.replace(typed, **days), self.office.settings.practice, self.on))
        return {**found, **self._remarks(texts)}

    def _number(self, typed: str) -> str:
        try:
            return self._read("national_id", typed).value
        except InputError:
            return clean(typed)

    def _remarks(self, texts: Mapping[str, str]) -> dict[str, Text]:
        """What is kept differently from how it was typed."""
        found: dict[str, Text] = {}
        if (remark := self._name_remark(texts["name"])) is not None:
            found["name"] = remark
        for name in _NUMBERS:
            try:
                remark = self._read(name, texts[name]).remark
            except InputError:
                continue
            if remark is not None:
                found[name] = remark
        return found

    def heading(self) -> str:
        """Whom it is about."""
        return tr_("Correct {name}", name=self._person.name) if self._person else tr_("Enter a person")

    def fields(self) -> list[Field]:
        """Identity first, then what proves a level; a new person also gets a role."""
        unit = self._person.unit if self._person else ""
        found = [
            Field("name", t("Full name"), "text", judge=self._judged_name),
            Field("sex", t("Sex"), "choice", options=[none_option(), *((k, tr(v)) for k, v in SEX_WORDS.items())]),
            Field("born", t("Born"), "date", judge=self._partial(t("Born"))),
            Field("unit", t("Unit"), "choice", options=[none_option(), *unit_options(self.office, self.on, keep=unit)]),
            Field("position", t("Position"), "text"),
            Field("phone", t("Phone"), "text", judge=self._judged("phone")),
            Field("national_id", t("National id"), "text", judge=self._judged("national_id")),
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
            Field("email", t("Email"), "text", judge=self._judged("email")),
            Field("ethnicity", t("Ethnicity"), "text"),
            Field("religion", t("Religion"), "text"),
            Field("native_place", t("Native place"), "text"),
            Field("residence", t("Residence"), "text"),
            Field("note", t("Note"), "text"),
        ]
        if self._person:
            return found
        place, paper = service_fields(self.office, self.on)
        return [*found[:4], *place, *paper, *found[4:]]

    def _partial(self, label: Text) -> Callable[[str], object]:
        def judge(typed: str) -> object:
            return parse_partial(typed, field=tr(label), today=self.on) if typed.strip() else None

        return judge

    def _judged(self, key: str) -> Callable[[str], str]:
        def judge(typed: str) -> str:
            return self._read(key, typed).value

        return judge

    def _read(self, key: str, typed: str) -> Read[str]:
        """The text to keep of a field. Raises InputError; what the book holds already stays as it is."""
        if self._person is not None and clean(typed) == getattr(self._person, key):
            return Read(clean(typed))
        return judge_typed(key, typed, self._born())

    def _born(self) -> PartialDate | None:
        try:
            return _as_partial(self.query_one(Form).text("born"), self.on)
        except InputError:
            return None

    def _judged_name(self, typed: str) -> str:
        if self._person is not None and clean(typed) == self._person.name:
            return self._person.name
        return judge_name(self.office, typed).value

    def _name_remark(self, typed: str) -> Text | None:
        if self._person is not None and clean(typed) == self._person.name:
            return None
        return read_name(typed, self.office.settings.names).remark if clean(typed) else None

    def first_values(self) -> dict[str, str]:
        """What is known of the person."""
        person = self._person
        if person is None:
            return {}
        values = {name: str(getattr(person, name)) for name in (*TEXTS, "name", "unit")}
        values |= {name: shown(getattr(person, name)) for name in _DATES}
        for kind in _QUICK:
            best = person.best(kind)
            values[kind] = best.level if best else ""
        return {**values, "sex": person.sex or ""}

    def store(self, values: Mapping[str, Any]) -> str:
        """Save the person, then the first appointment of a new one."""
        given = {name: clean(str(values.get(name) or "")) for name in (*TEXTS, "name", "unit")}
        dates = {name: _as_partial(values.get(name), self.on) for name in _DATES}
        before = self._person or Person(id="", name=given["name"])
        credentials = self._now()
        sex = values.get("sex") or None
        person = msgspec.structs.replace(before, **given, **dates, sex=sex, credentials=credentials)
        # A remark was shown only if its field was left; a key may save from within it.
        form = self.query_one(Form)
        for remark in self._remarks({name: form.text(name) for name in ("name", *_NUMBERS)}).values():
            self.notify(tr(remark))
        if self._person:
            return save_person(self.office, person).id
        return enter(self.office, person, appointment_of(self.office, values, "", self.on)).id


def _levels(levels: tuple[str, ...], words: Mapping[str, Text]) -> list[tuple[str, str]]:
    return [none_option(), *((level, tr(words[level])) for level in levels)]


def _typed(value: object) -> str:
    return shown(value) if isinstance(value, (date, PartialDate)) else str(value or "").strip()


def _as_partial(value: object, today: date) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    typed = _typed(value)
    return parse_partial(typed, field=tr_("Day"), today=today) if typed else None


def _with_level(credentials: tuple[Credential, ...], kind: Any, level: str) -> tuple[Credential, ...]:
    best = Person(id="", name="", credentials=credentials).best(kind)
    if (best.level if best else "") == level:
        return credentials
    others = tuple(each for each in credentials if each is not best)
    field = best.field if best else ""
    return (*others, Credential(kind=kind, level=level, field=field)) if level else others
