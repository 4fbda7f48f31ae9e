"""Forms that enter or correct a person, and enter an appointment; the domain judges every value."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

import msgspec
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import PartialDate
from records.domain.people.hints import hints
from records.domain.people.names import clean
from records.domain.people.person import Credential, Person
from records.domain.people.person_fields import FIELD, FIELDS, PersonField
from records.intake.names.naming import read_name
from records.intake.person_values import TYPED, read_typed
from records.services.people.roster import enter, save_person, typed_value
from records.services.privacy.correcting import rectify
from tui.screens.appointments.fields import appointment_of, none_option, service_fields
from tui.screens.base import key
from tui.screens.filters import unit_options
from tui.screens.form import OfficeForm
from tui.screens.people.credentials import CredentialsScreen
from tui.widgets.fields import Field, Form

_FIRST = ("name", "sex", "born", "unit")
"""What is asked of a new person before the first appointment."""
_LEVELS = tuple(each for each in FIELDS if each.in_credentials)


class PersonForm(OfficeForm):
    """Enters a person (None), with a first appointment, or corrects one."""

    BINDINGS: ClassVar[list[BindingType]] = [key("credentials", t("Levels and papers"))]

    def __init__(self, person: Person | None, *, request: str = "") -> None:
        """`request`: on which request of theirs a person is corrected; of that a paper can be made."""
        super().__init__()
        self._person, self._request = person, request
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
            for field in _LEVELS:
                self.query_one(Form).put(field.key, field.text(field.of(held)))

        self.app.push_screen(CredentialsScreen(self._now().credentials), take)

    def _now(self) -> Person:
        """The person, as far as the form can be read."""
        person = msgspec.structs.replace(self._person or Person(id="", name=""), credentials=self._credentials)
        form = self.query_one(Form)
        for field in FIELDS:
            with suppress(InputError):
                person = field.put(person, self._judged(field, form.text(field.key)))
        return person

    def remarks(self, texts: Mapping[str, str]) -> Mapping[str, Text]:
        """What does not agree within the person, such as the digits of the id with the year of birth."""
        found = dict(hints(self._now(), self.office.settings.practice, self.on))
        return {**found, **self._remarks(texts)}

    def _remarks(self, texts: Mapping[str, str]) -> dict[str, Text]:
        """What is kept differently from how it was typed."""
        found: dict[str, Text] = {}
        if (remark := self._name_remark(texts["name"])) is not None:
            found["name"] = remark
        for field in (each for each in FIELDS if each.kind in TYPED):
            typed = texts[field.key].strip()
            if not typed or (self._person and clean(typed) == field.text(field.of(self._person))):
                continue
            with suppress(InputError):
                if (remark := read_typed(field, typed, self._born()).remark) is not None:
                    found[field.key] = remark
        return found

    def _born(self) -> PartialDate | None:
        with suppress(InputError):
            born: PartialDate | None = FIELD["born"].typed(self.query_one(Form).text("born"), self.on)
            return born
        return None

    def heading(self) -> str:
        """Whom it is about."""
        if self._person and self._request:
            return tr_("Correct {name} on request: {request}", name=self._person.name, request=self._request)
        return tr_("Correct {name}", name=self._person.name) if self._person else tr_("Enter a person")

    def fields(self) -> list[Field]:
        """Identity first, then what proves a level; a new person also gets a role."""
        found = [self._field(each) for each in FIELDS]
        if self._person:
            return found
        place, paper = service_fields(self.office, self.on)
        first = [each for each in found if each.key in _FIRST]
        return [*first, *place, *paper, *(each for each in found if each not in first)]

    def _field(self, field: PersonField) -> Field:
        """The line of a field: chosen where there are choices, else typed."""
        options: list[tuple[str, str]] = []
        if field.kind == "unit":
            keep = self._person.unit if self._person else ""
            options = [none_option(), *unit_options(self.office, self.on, keep=keep)]
        elif field.choices is not None:
            options = [none_option(), *((key, tr(told)) for key, told in field.choices.items())]
            held = field.text(field.of(self._person)) if self._person else ""
            options += [(held, held)] if held and held not in field.choices else []
        kind = "choice" if options else "date" if field.kind == "date" else "text"
        return Field(field.key, field.title, kind, options, judge=partial(self._judged, field))

    def _judged(self, field: PersonField, typed: str) -> Any:
        """The value of a field; what the book holds already is not judged anew. Raises InputError."""
        held = field.of(self._person) if self._person else None
        if field.kind == "unit" or (self._person and clean(typed) == field.text(held)):
            return typed if field.kind == "unit" else held
        return typed_value(self.office, field, typed, self.on, self._born())

    def _name_remark(self, typed: str) -> Text | None:
        if self._person is not None and clean(typed) == self._person.name:
            return None
        return read_name(typed, self.office.settings.names).remark if clean(typed) else None

    def first_values(self) -> dict[str, str]:
        """What is known of the person."""
        return {each.key: each.text(each.of(self._person)) for each in FIELDS} if self._person else {}

    def store(self, values: Mapping[str, Any]) -> str:
        """Save the person, then the first appointment of a new one."""
        person = msgspec.structs.replace(self._person or Person(id="", name=""), credentials=self._credentials)
        for field in FIELDS:
            person = field.put(person, values[field.key])
        # A remark was shown only if its field was left; a key may save from within it.
        form = self.query_one(Form)
        for remark in self._remarks({each.key: form.text(each.key) for each in FIELDS}).values():
            self.notify(tr(remark), markup=False)
        if self._person and self._request:
            today = self.today
            return rectify(self.office, person, self._request, today=today, was=self._person).after.id
        if self._person:
            return save_person(self.office, person, was=self._person).id
        post = {key: value for key, value in values.items() if key == "unit" or key not in FIELD}
        return enter(self.office, person, appointment_of(post, "", self.on)).id
