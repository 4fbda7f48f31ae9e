"""Judging an appointment before it is entered: its term, its level, its unit, its paper, and its neighbours."""

from __future__ import annotations

from datetime import date

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.appointments import Appointment
from records.domain.units import Unit
from records.services.office import Office


def judge_post(office: Office, post: Appointment, *, without: str = "") -> None:
    """Refuse what cannot be; `without` is the id of an appointment that this one follows.

    Raises:
        InputError: for a term, role or level that cannot be right.
        RefusedError: when the level or the unit did not exist, the instrument is not one of the role's, or the person
            holds the same role at the same level in that time.
    """
    _judge_codes(office, post)
    _judge_term(post)
    judge_place(office, post)
    described = office.settings.roles.roles[post.role]
    if post.instrument and post.instrument not in described.instruments:
        raise RefusedError(
            t(
                "{role}: not appointed by {instrument}",
                role=described.title,
                instrument=_INSTRUMENTS[post.instrument],
            ),
            do=t("choose the kind of paper that the settings of the role name"),
        )
    _judge_overlap(office, post, without)


def judge_place(office: Office, post: Appointment) -> None:
    """Refuse a level or a unit that is not there when an appointment begins. Raises RefusedError."""
    begun = post.since or post.decided
    if begun is None:
        return
    _judge_level(office, post, begun)
    unit = office.book.table(Unit).get(post.unit) if post.unit and not post.before else None
    if unit is not None and not unit.exists_on(begun):
        raise RefusedError(
            t("{name} does not exist on {day}", name=unit.name, day=begun),
            do=t("name a unit that exists on that day, or transfer the person first"),
        )


_INSTRUMENTS = {"decision": t("decision"), "contract": t("contract")}


def _judge_codes(office: Office, post: Appointment) -> None:
    for given, known in ((post.role, office.settings.roles.roles), (post.level, office.settings.levels.levels)):
        if given not in known:
            raise InputError(
                t("“{given}” is not known", given=given), do=t("use one of: {known}", known=", ".join(known))
            )


def _judge_term(post: Appointment) -> None:
    if post.since and post.until and post.until < post.since:
        raise InputError(
            t("The term would end on {until}, before it begins on {since}", until=post.until, since=post.since),
            do=t("correct one of the two days"),
        )
    if post.since and post.ended and post.ended < post.since:
        raise InputError(
            t("The appointment would end on {day}, before it begins on {since}", day=post.ended, since=post.since),
            do=t("correct the day"),
        )


def _judge_level(office: Office, post: Appointment, begun: date) -> None:
    level = office.settings.levels.levels[post.level]
    if level.until is not None and begun > level.until:
        raise RefusedError(
            t("The level “{level}” ended on {day}", level=level.title, day=level.until),
            do=t("choose another level, or correct the first day"),
        )


def _judge_overlap(office: Office, post: Appointment, without: str) -> None:
    first, last = _span(post)
    for other in office.book.table(Appointment).where(person=post.person):
        same = other.role == post.role and other.level == post.level
        if not same or other.id in (post.id, without):
            continue
        begins, ends = _span(other)
        if first <= ends and begins <= last:
            raise RefusedError(
                t(
                    "The person holds this role at this level already: {number}, from {since} to {until}",
                    number=other.number or other.id,
                    since=other.since or "…",
                    until=other.last_day() or "…",
                ),
                do=t("renew that appointment, or end it first"),
            )


def _span(post: Appointment) -> tuple[date, date]:
    return post.since or post.decided or date.min, post.last_day() or date.max
