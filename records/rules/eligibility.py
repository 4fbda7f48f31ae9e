"""Who may be commended with what: a title's conditions judged over the merits of a person or unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from config.award_titles import (
    AllConditions,
    AnyAwardCondition,
    AnyCondition,
    AskPeople,
    AwardsInYears,
    AwardTitle,
    ClassInYears,
    CleanRecord,
    HeldBefore,
    MembersClean,
    MembersHold,
    MonthsInWork,
    NotRewarded,
    OnceOnly,
    UnitExists,
    YearsOfService,
)
from config.text import t
from records.domain.awards import Award
from records.domain.dates import add_years
from records.domain.findings import Finding, Judgement, Verdict, overall
from records.domain.merits import RATINGS, Merits
from records.rules import award_conditions as conditions
from records.rules.answers import Answer, by, least_sure, met, no_longer

_JUDGES: dict[type, Callable[[Any, Merits, AwardTitle, int, date], Answer]] = {
    ClassInYears: conditions.class_in_years,
    AwardsInYears: conditions.awards_in_years,
    HeldBefore: conditions.held_before,
    MonthsInWork: conditions.months_in_work,
    YearsOfService: conditions.years_of_service,
    CleanRecord: conditions.clean_record,
    NotRewarded: conditions.not_rewarded,
    OnceOnly: conditions.once_only,
    UnitExists: conditions.unit_exists,
    AskPeople: conditions.ask_people,
}
_BEST_FIRST = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)


def eligible(title: AwardTitle, merits: Merits, year: int, day: date) -> Judgement:
    """Whether somebody may be proposed for a title.

    Args:
        title: with its conditions; those in force at the end of `year` count.
        merits: of the person or unit.
        year: the last year rewarded.
        day: of the decision: discipline, service and the unit's existence are seen on it.

    Returns:
        A judgement whose `standard` is the title; not applicable outside its time.

    Raises:
        ConfigError: when a value of a condition holds only later.
    """
    last = conditions.end_of(year)
    in_time = title.since <= last and (title.until is None or last <= title.until)
    findings = tuple(_find(each, title, merits, year, day) for each in title.conditions) if in_time else ()
    return Judgement(
        person=merits.subject,
        role="",
        level="",
        on=day,
        standard=title.id,
        verdict=overall(findings) if in_time else Verdict.NOT_APPLICABLE,
        findings=findings,
    )


def outlook(title: AwardTitle, merits: Merits, year: int, day: date, granted: tuple[str, ...]) -> Judgement:
    """The same a year later, supposing the year's class is reached again and `granted` awarded for both years.

    The title itself is supposed for `year` only: it is what the later year is judged for.
    """
    classes = dict(merits.classes)
    if year in classes:
        classes[year + 1] = replace(classes[year], record="")
    again = replace(merits, classes=classes)
    later = _with(again, granted, year, "")
    return eligible(title, _with(later, granted, year + 1, title.prize), year + 1, add_years(day, 1))


def supposed(title: AwardTitle, merits: Merits, year: int, day: date, granted: tuple[str, ...]) -> Judgement:
    """`eligible`, supposing that `granted` prizes are awarded for `year`."""
    return eligible(title, _with(merits, granted, year, ""), year, day)


def _with(merits: Merits, granted: tuple[str, ...], year: int, but: str) -> Merits:
    """The merits with prizes supposed for a year, `but` one and those held for it."""
    held = {each.prize for each in merits.awards if each.achieved_to.year == year}
    more = tuple(
        Award(
            id="",
            decision="",
            person=merits.subject,
            prize=each,
            name="",
            unit_name="",
            citation="",
            achieved_from=date(year, 1, 1),
            achieved_to=conditions.end_of(year),
        )
        for each in granted
        if each not in held and each != but
    )
    return replace(merits, awards=(*merits.awards, *more))


def _find(rule: AnyAwardCondition, title: AwardTitle, merits: Merits, year: int, day: date) -> Finding:
    if isinstance(rule, AnyCondition | AllConditions):
        return _compound(rule, title, merits, year, day)
    if isinstance(rule, MembersHold):
        answer = _members_hold(rule, merits, year)
    elif isinstance(rule, MembersClean):
        answer = _members_clean(rule, merits, year)
    else:
        answer = _JUDGES[type(rule)](rule, merits, title, year, day)
    doubtful = "to_confirm" in (rule.confidence, answer.confidence)
    return Finding(
        criterion=rule.id,
        title=rule.title,
        verdict=answer.verdict,
        reason=answer.reason,
        source=answer.source or rule.source,
        confidence="to_confirm" if doubtful else "confirmed",
        records=tuple(each for each in answer.records if each),
        missing=answer.missing,
    )


def _compound(rule: AnyCondition | AllConditions, title: AwardTitle, merits: Merits, year: int, day: date) -> Finding:
    parts = tuple(_find(each, title, merits, year, day) for each in rule.conditions)
    verdicts = {each.verdict for each in parts}
    if isinstance(rule, AllConditions):
        verdict, reason = overall(parts), t("All {n} are asked", n=len(parts))
    else:
        verdict = next(each for each in _BEST_FIRST if each in verdicts)
        reason = t("One of {n} is enough", n=len(parts))
    deciding = [each for each in parts if each.verdict is verdict]
    return Finding(
        criterion=rule.id,
        title=rule.title,
        verdict=verdict,
        reason=reason,
        source=rule.source,
        confidence="to_confirm" if rule.confidence == "to_confirm" else least_sure(deciding or parts),
        parts=parts,
    )


def _members_hold(rule: MembersHold, merits: Merits, year: int) -> Answer:
    asked = rule.percent.on(conditions.end_of(year))
    if asked.value is None:
        return no_longer(asked)
    everybody = len(merits.members)
    if not everybody:
        return by(asked, Verdict.UNKNOWN, t("No member is recorded"), missing=(t("the members of the unit"),))
    unrated = [] if rule.prizes else [each for each in merits.members if year not in each.classes]
    held = sum(_counts(rule, each, year) for each in merits.members)
    reason = t("{held} of {n} members; {percent} % asked", held=held, n=everybody, percent=asked.value)
    if rule.more_than:
        reason = t("{held} of {n} members; more than {percent} % asked", held=held, n=everybody, percent=asked.value)

    def enough(holders: int) -> bool:
        share, least = holders * 100, (asked.value or 0) * everybody
        return share > least if rule.more_than else share >= least

    reached = enough(held)
    if not reached and enough(held + len(unrated)):
        return by(asked, Verdict.UNKNOWN, reason, missing=(t("the class of {n} members", n=len(unrated)),))
    return by(asked, met(reached), reason)


def _counts(rule: MembersHold, member: Merits, year: int) -> bool:
    if rule.prizes:
        return any(each.prize in rule.prizes and each.achieved_to.year == year for each in member.awards)
    found = member.classes.get(year)
    return found is not None and RATINGS.index(found.rating) >= RATINGS.index(rule.at_least or "completed")


def _members_clean(rule: MembersClean, merits: Merits, year: int) -> Answer:
    asked = rule.from_measure.on(conditions.end_of(year))
    if asked.value is None:
        return no_longer(asked)
    found = [
        each
        for member in merits.members
        for each in member.discipline
        if each.decided and each.decided.year == year and conditions.grave(each, asked.value)
    ]
    reason = t("{n} members were disciplined in {year}", n=len(found), year=year)
    return by(asked, met(not found), reason, records=tuple(each.id for each in found))
