"""Forms of service: an appointment entered or corrected, renewed, ended; people moved, or leaving the roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.appointments import Appointment
from records.domain.dates import shown
from records.domain.people.names import clean
from records.domain.units import Unit
from records.services.appointments.appointing import END_REASONS, Term, appoint, end, leave, renew, transfer, usual_end
from tui.screens.appointments.fields import appointment_of, none_option, service_fields
from tui.screens.filters import unit_options
from tui.screens.form import OfficeForm, day_field
from tui.widgets.fields import Field

LEAVING = ("retired", "died", "removed", "resigned", "transferred")


class AppointmentForm(OfficeForm):
    """Enters an appointment of a person, or corrects one."""

    def __init__(self, person_id: str, post: Appointment | None = None) -> None:
        super().__init__()
        self._person_id, self._post = person_id, post

    def heading(self) -> str:
        """Whom it is about."""
        name = self.office.person(self._person_id).name
        if self._post is not None:
            return tr_("Correct an appointment of {name}", name=name)
        return tr_("Enter an appointment of {name}", name=name)

    def fields(self) -> list[Field]:
        """Role, level and unit, then the paper and its term."""
        keep = self._post.unit if self._post else ""
        level = self._post.level if self._post else ""
        units = [none_option(), *unit_options(self.office, self.on, keep=keep)]
        papers = [none_option(), ("decision", tr_("decision")), ("contract", tr_("contract"))]
        role = self._post.role if self._post else ""
        role_and_level, paper = service_fields(self.office, self.on, keep=level, role=role)
        found = [
            *role_and_level,
            Field("unit", t("Unit"), "choice", options=units),
            Field("instrument", t("Kind of paper"), "choice", options=papers),
            *paper,
            Field("recognised_by", t("Recognised by"), "text"),
            Field("managed_by", t("Managed by"), "text"),
            Field("note", t("Note"), "text"),
        ]
        if self._post is None or self._post.ended is None:
            return found
        reasons = [none_option(), *((key, tr(words)) for key, words in END_REASONS.items())]
        return [
            *found,
            day_field("ended", t("Ended on"), self.on),
            Field("end_reason", t("Why"), "choice", options=reasons),
        ]

    def first_values(self) -> dict[str, str]:
        """The appointment as it is; for a new one the unit the person belongs to."""
        if self._post is not None:
            return {each.key: _typed(getattr(self._post, each.key)) for each in self.fields()}
        unit = self.office.book.table(Unit).get(self.office.person(self._person_id).unit)
        return {"unit": unit.id if unit and unit.exists_on(self.on) else ""}

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter or correct the appointment."""
        post = appointment_of(values, self._person_id, self.on)
        if post is None:
            raise InputError(t("No role is chosen"), do=t("choose the role and the level"))
        if self._post is not None:
            over = self._post.ended is not None
            ended = values.get("ended") if over else None
            reason = (values.get("end_reason") or "") if over else ""
            post = replace(post, id=self._post.id, before=self._post.before, ended=ended, end_reason=reason)
        return appoint(self.office, post, was=self._post).person


class RenewForm(OfficeForm):
    """Renews an appointment."""

    def __init__(self, post: Appointment) -> None:
        super().__init__()
        self._post = post

    def heading(self) -> str:
        """Whom it is about."""
        return tr_("Renew an appointment of {name}", name=self.office.person(self._post.person).name)

    def fields(self) -> list[Field]:
        """The new term and its paper."""
        return [
            Field("number", t("Decision or contract no."), "text"),
            day_field("decided", t("Signed on"), self.on),
            day_field("since", t("From"), self.on, needed=True),
            day_field("until", t("To"), self.on),
        ]

    def first_values(self) -> dict[str, str]:
        """The day after the old term, and the role's usual term."""
        since = date.fromordinal(self._post.until.toordinal() + 1) if self._post.until else self.on
        return {"since": shown(since), "until": shown(usual_end(self.office, self._post.role, since))}

    def store(self, values: Mapping[str, Any]) -> str:
        """Renew."""
        number = clean(str(values["number"]))
        term = Term(since=values["since"], until=values["until"], number=number, decided=values["decided"])
        return renew(self.office, self._post.id, term).person


class EndForm(OfficeForm):
    """Ends an appointment, or (`post` None) lets a person leave the roster."""

    def __init__(self, person_id: str, post: Appointment | None) -> None:
        super().__init__()
        self._person_id, self._post = person_id, post

    def heading(self) -> str:
        """Whom it is about."""
        name = self.office.person(self._person_id).name
        if self._post is None:
            return tr_("{name} leaves the roster; every open appointment ends", name=name)
        return tr_("End an appointment of {name}", name=name)

    def fields(self) -> list[Field]:
        """The last day and the reason."""
        known = LEAVING if self._post is None else tuple(each for each in END_REASONS if each != "renewed")
        reasons = [(key, tr(words)) for key, words in END_REASONS.items() if key in known]
        return [
            day_field("day", t("Last day"), self.on, needed=True),
            Field("reason", t("Why"), "choice", options=reasons),
        ]

    def first_values(self) -> dict[str, str]:
        """The day asked about."""
        return {"day": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """End it."""
        if self._post is None:
            return leave(self.office, self._person_id, day=values["day"], reason=values["reason"]).id
        return end(self.office, self._post.id, day=values["day"], reason=values["reason"]).person


class TransferForm(OfficeForm):
    """Moves people to another unit, as one change."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__()
        self._people = list(people)

    def heading(self) -> str:
        """Who moves."""
        name = self.office.person(self._people[0]).name
        if len(self._people) == 1:
            return tr_("Transfer {name}", name=name)
        return tr_("Transfer {n} people, such as {name}", n=len(self._people), name=name)

    def fields(self) -> list[Field]:
        """Where to, from when, and what becomes of the appointments in the old unit."""
        roles = [("", tr_("go along")), ("end", tr_("end, as transferred"))]
        return [
            Field("unit", t("To unit"), "choice", options=unit_options(self.office, self.on)),
            day_field("day", t("From"), self.on, needed=True),
            Field("roles", t("Appointments there"), "choice", options=roles),
        ]

    def first_values(self) -> dict[str, str]:
        """The day asked about."""
        return {"day": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Move them."""
        unit = str(values["unit"])
        moved = transfer(self.office, self._people, unit, day=values["day"], end_roles=values["roles"] == "end")
        return moved[0].id


def _typed(value: object) -> str:
    return shown(value) if isinstance(value, date) else str(value or "")
