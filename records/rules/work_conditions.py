"""Judges the conditions of a title that ask for time in work: newcomers, absences, gaps, moves, years of service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from config.settings.dated import InForce
from config.settings.titles import AwardTitle, MonthsInWork, TransferComment, YearsOfService
from config.text import Text, t
from records.domain.appointments import ROLES, Absence, months_served, spans_served, whole_months
from records.domain.awards.merits import Merits
from records.domain.findings import Verdict
from records.domain.units import Stay
from records.rules.awards.asked import Asked
from records.rules.standards.answers import Answer, by, listed, met, no_longer, sure_as


def months_in_work(rule: MonthsInWork, merits: Merits, _title: AwardTitle, asked: Asked) -> Answer:
    """Calendar months in work by the end of the year; absences and gaps count as the settings say."""
    needed, last = rule.months.on(asked.last), asked.last
    if needed.value is None:
        return no_longer(needed)
    spans = spans_served(merits.appointments, last)
    if not spans:
        if any(each.since for each in merits.appointments):
            return by(needed, Verdict.NOT_MET, t("The work began after {day}", day=last))
        return by(needed, Verdict.UNKNOWN, t("No first day is recorded"), missing=(t("the day the work began"),))
    after = rule.after_gap.on(last) if rule.after_gap is not None and len(spans) > 1 else None
    rested = sure_as(needed, after)
    since = spans[0 if after is None else -1][0]
    months = whole_months(since, last + timedelta(days=1))
    reason = t("{months} months since {day}; {asked} asked", months=months, day=since, asked=needed.value)
    if after is not None:
        reason = t("{reason}; counted from the latest entry, for there was a gap", reason=reason)
        if after.value == "all_months":
            months = sum(whole_months(begun, ended + timedelta(days=1)) for begun, ended in spans[:-1]) + months
            reason = t("{months} months in all, gaps left out; {asked} asked", months=months, asked=needed.value)
    if months < needed.value and _open_start(merits):
        return by(rested, Verdict.UNKNOWN, reason, missing=(t("the first day of every appointment"),))
    return _less_absences(merits, asked, rested, reason, (since, months))


def _less_absences(
    merits: Merits, asked: Asked, needed: InForce[int], reason: Text, counted: tuple[date, int]
) -> Answer:
    """Months in work without the absences that do not count; `counted` are the first day and the months with them."""
    since, months = counted
    away, open_ones, records = 0, 0, []
    for each in merits.absences:
        first, last = max(each.first, since), min(each.last, asked.last)
        rule = absence_counts(each, asked)
        if first > last or rule.value == "yes":
            continue
        needed = sure_as(needed, rule)
        records.append(each.id)
        if rule.value == "by_result" and each.good is None:
            open_ones += whole_months(first, last + timedelta(days=1))
        elif rule.value == "no" or not each.good:
            away += whole_months(first, last + timedelta(days=1))
    if away:
        reason = t("{reason}; {away} months of absence do not count", reason=reason, away=away)
    least = needed.value or 0
    if months - away >= least > months - away - open_ones:
        missing = (t("the result of the study"),)
        return by(needed, Verdict.UNKNOWN, reason, records=tuple(records), missing=missing)
    return by(needed, met(months - away >= least), reason, records=tuple(records))


def absence_counts(each: Absence, asked: Asked) -> InForce[Any]:
    """Whether an absence counts as work: `yes`, `no` or `by_result`, by the rule of the year's last day."""
    kind = asked.practice.absences[each.kind]
    short = kind.short_months.on(asked.last).value if kind.short_months is not None else None
    rule: InForce[Any] = kind.counts.on(asked.last)
    if short is not None and whole_months(each.first, each.last + timedelta(days=1)) < short:
        return replace(rule, value="yes")
    return rule


def _open_start(merits: Merits) -> bool:
    """Whether an appointment has no first day, so that the service may have begun earlier than is known."""
    return any(each.since is None for each in merits.appointments)


def years_of_service(rule: YearsOfService, merits: Merits, _title: AwardTitle, asked: Asked) -> Answer:
    """Years in any role up to the day, overlaps counted once."""
    day = asked.day
    needed = rule.years.on(day)
    if needed.value is None:
        return no_longer(needed)
    one = ROLES[0]
    months = months_served([replace(each, role=one) for each in merits.appointments], one, day)
    if months is None:
        return by(needed, Verdict.UNKNOWN, t("No first day is recorded"), missing=(t("the day the work began"),))
    years = months // 12
    reason = t("{years} years of service by {day}; {asked} asked", years=years, day=day, asked=needed.value)
    if years < needed.value and _open_start(merits):
        return by(needed, Verdict.UNKNOWN, reason, missing=(t("the first day of every appointment"),))
    return by(needed, met(years >= needed.value), reason, records=tuple(each.id for each in merits.appointments))


def transfer_comment(rule: TransferComment, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """Whether who moved within the year, after long enough in the old unit, brought its written comment."""
    needed = rule.months.on(asked.last)
    if needed.value is None:
        return no_longer(needed)
    moved = _long_stays(merits, needed.value, asked)
    if not moved:
        return by(needed, Verdict.MET, t("Did not move within {year} from a unit of long standing", year=asked.year))
    answer = merits.answers.get((title.id, rule.id), {}).get(asked.year)
    days = listed(Text("{day}", (("day", each.until),)) for each in moved)
    reason = t("Moved after {months} months or more in a unit, last day there {days}", months=needed.value, days=days)
    if answer is None:
        return by(needed, Verdict.UNKNOWN, reason, missing=(t("the written comment of the old unit"),))
    told = t("{reason}. Answered: yes", reason=reason) if answer else t("{reason}. Answered: no", reason=reason)
    return by(needed, met(answer), told)


def _long_stays(merits: Merits, months: int, asked: Asked) -> list[Stay]:
    """Units left within the year after at least so many months there; where the beginning is not known it was long."""
    found = []
    begun = min((each.since for each in merits.appointments if each.since), default=None)
    for stay in merits.before:
        within = asked.calendar.first(asked.year) <= stay.until < asked.last
        long = begun is None or whole_months(begun, stay.until + timedelta(days=1)) >= months
        if stay.unit and within and long:
            found.append(stay)
        begun = stay.until + timedelta(days=1)
    return found
