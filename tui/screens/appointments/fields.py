"""Fields that several forms share: a role with its level, its paper and its term; days; and what they make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from config.errors import InputError
from config.i18n import language, tr_
from config.text import t
from records.domain.appointments import Appointment, RoleKey
from records.domain.dates import parse_day
from records.services.office import Office
from tui.screens.form import day_field
from tui.widgets.fields import Field


def none_option() -> tuple[str, str]:
    """The option of not knowing."""
    return "", tr_("not known")


def service_fields(office: Office, on: date, *, keep: str = "", role: str = "") -> tuple[list[Field], list[Field]]:
    """Role and level, then the paper and the term.

    Left out are levels that ended before `on`, but not `keep`, and roles the office does not use, but not `role`.
    """
    settings = office.settings
    roles = [(each, known.title.in_language(language())) for each, known in settings.roles_in_use(role).items()]
    levels = [
        (each, level.title.in_language(language()))
        for each, level in settings.levels.levels.items()
        if level.until is None or level.until >= on or each == keep
    ]
    place = [
        Field("role", t("Role"), "choice", options=[none_option(), *roles]),
        Field("level", t("Level"), "choice", options=[none_option(), *levels]),
    ]
    paper = [
        Field("number", t("Decision or contract no."), "text"),
        day_field("decided", t("Signed on"), on),
        day_field("since", t("From"), on),
        day_field("until", t("To"), on),
    ]
    return place, paper


def appointment_of(values: Mapping[str, Any], person_id: str, on: date) -> Appointment | None:
    """The appointment that a form describes, or None when it names no role. Raises InputError for half a one."""
    role, level = str(values.get("role") or ""), str(values.get("level") or "")
    if not role and not level:
        return None
    if not (role and level):
        raise InputError(t("A role needs a level, and a level a role"), do=t("choose both"))
    days = [_as_day(values.get(name), on) for name in ("decided", "since", "until")]
    texts: dict[str, Any] = {
        name: str(values.get(name) or "") for name in ("number", "recognised_by", "managed_by", "note")
    }
    return Appointment(
        id="",
        person=person_id,
        role=cast("RoleKey", role),
        level=level,
        unit=str(values.get("unit") or ""),
        instrument=values.get("instrument") or "",
        decided=days[0],
        since=days[1],
        until=days[2],
        **texts,
    )


def _as_day(value: object, today: date) -> date | None:
    if value is None or isinstance(value, date):
        return value
    typed = str(value).strip()
    return parse_day(typed, field=tr_("Day"), today=today) if typed else None
