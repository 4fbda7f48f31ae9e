"""The form of an event, or of a series of months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

import msgspec

from config.errors import InputError, needs
from config.i18n import language, tr, tr_
from config.settings.criteria import TrainingKind
from config.text import t
from records.domain.dates import shown
from records.domain.people.names import clean
from records.domain.training import TRAINING_KINDS, Event
from records.rules.training.words import EVENT_WORDS
from records.services.people.roster import Scope
from records.services.training import events
from tui.present.words import decimal_cell, level_title, role_title
from tui.screens.form import OfficeForm, day_field
from tui.widgets.fields import Field

_EVERYBODY = "*"


class EventForm(OfficeForm):
    """Enters an event, or a series of months, or corrects one; answers with the id of the (first) event."""

    def __init__(self, event: Event | None, *, day: date | None = None) -> None:
        super().__init__()
        self._event, self._first_day = event, day

    def heading(self) -> str:
        """What the form is for."""
        if self._event is not None:
            return tr_("Correct {name}", name=self._event.title)
        month, year = ("{tháng}", "{năm}") if language() == "vi" else ("{month}", "{year}")
        return tr_("Enter an event; a title of a series may hold {month} and {year}", month=month, year=year)

    def fields(self) -> list[Field]:
        """What it is, when and where, then how often."""
        found = [
            Field("kind", t("Kind"), "choice", options=[(kind, tr(EVENT_WORDS[kind])) for kind in TRAINING_KINDS]),
            Field("title", t("Title")),
            day_field("day", t("Day"), self.on),
            day_field("last_day", t("Last day"), self.on),
            Field("hours", t("Hours"), judge=_number),
            Field("organiser", t("Organiser")),
            Field("place", t("Place")),
            Field("topic", t("Topic")),
            Field("online_places", t("Places online"), judge=_number),
        ]
        levels = [(each, level_title(self.office, each)) for each in self.office.settings.levels.levels]
        level = Field("level", t("Level"), "choice", options=[("", tr_("all")), *levels])
        return [*found, level] if self._event else [*found, *self._once_fields(), level]

    def _once_fields(self) -> list[Field]:
        """What is asked only where an event is new: how often, and who is called at once."""
        roles = [(each, role_title(self.office, each)) for each in self.office.settings.roles_in_use()]
        called = [("", tr_("nobody yet")), (_EVERYBODY, tr_("everybody on the roster")), *roles]
        return [
            Field("times", t("How many months"), judge=_number),
            Field("call", t("Call at once"), "choice", options=called),
        ]

    def first_values(self) -> dict[str, str]:
        """What is known of the event."""
        event = self._event
        if event is None:
            return {"kind": "conference", "day": shown(self._first_day or self.on), "times": "1"}
        return {
            "kind": event.kind,
            "title": event.title,
            "day": shown(event.day),
            "last_day": shown(event.last_day),
            "hours": decimal_cell(event.hours or None),
            "organiser": event.organiser,
            "place": event.place,
            "topic": event.topic,
            "online_places": str(event.online_places or ""),
            "level": event.level,
        }

    def store(self, values: Mapping[str, Any]) -> str:
        """Let the service enter it. Raises AppError when it refuses."""
        if values["day"] is None:
            raise InputError(t("The event has no day"), do=t("enter the first day"))
        before = self._event or Event(id="", kind="conference", title="", day=values["day"])
        event = msgspec.structs.replace(
            before,
            kind=cast("TrainingKind", values["kind"]),
            day=values["day"],
            last_day=values["last_day"],
            hours=values["hours"] or Decimal(0),
            online_places=int(values["online_places"] or 0),
            level=str(values["level"] or ""),
            **{name: clean(str(values[name])) for name in ("title", "organiser", "place", "topic")},
        )
        return self.store_event(event, values)

    def store_event(self, event: Event, values: Mapping[str, Any]) -> str:
        """Enter the event, or a series of months where that was asked for. Raises AppError when the service refuses."""
        times, called = int(values.get("times") or 1), str(values.get("call") or "")
        if self._event is None and (times > 1 or called):
            role = "" if called == _EVERYBODY else called
            scope = Scope(role=role, holding=True) if called else None
            return events.open_series(self.office, event, times=times, scope=scope)[0].id
        return events.save_event(self.office, event, was=self._event).id


def _number(typed: str) -> Decimal | None:
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise needs(tr_("Number"), typed, t("enter a number, or nothing")) from None
    if not number.is_finite() or number < 0:
        raise needs(tr_("Number"), typed, t("enter a number, or nothing"))
    return number
