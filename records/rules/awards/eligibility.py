"""Who may be commended with what: a title's conditions judged over the merits of a person or unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from config.settings.titles import (
    AllConditions,
    AnyAwardCondition,
    AnyCondition,
    AskPeople,
    AwardsInYears,
    AwardTitle,
    ClassInYears,
    CleanRecord,
    HeldBefore,
    Initiatives,
    MembersClean,
    MembersHold,
    MonthsInWork,
    NotRewarded,
    OnceOnly,
    PartyMembership,
    RatingKind,
    TransferComment,
    UnitExists,
    YearsOfService,
)
from config.text import t
from records.domain.awards.awards import Award
from records.domain.awards.merits import RATINGS, Merits, YearClass
from records.domain.dates import add_years
from records.domain.findings import Finding, Judgement, Verdict, overall
from records.rules import work_conditions
from records.rules.awards import conditions
from records.rules.awards.asked import Asked, class_of
from records.rules.standards.answers import Answer, answered, by, least_sure, met, no_longer


class Judge(NamedTuple):
    """Judges one kind of condition by what the merits tell under these names, and by how far the register tells."""

    answer: Callable[[Any, Merits, AwardTitle, Asked], Answer]
    reads: tuple[str, ...]


JUDGES: Mapping[type, Judge] = {
    ClassInYears: Judge(conditions.class_in_years, ("ratings",)),
    AwardsInYears: Judge(conditions.awards_in_years, ("awards",)),
    HeldBefore: Judge(conditions.held_before, ("awards",)),
    MonthsInWork: Judge(work_conditions.months_in_work, ("appointments", "absences")),
    YearsOfService: Judge(work_conditions.years_of_service, ("appointments",)),
    CleanRecord: Judge(conditions.clean_record, ("discipline",)),
    NotRewarded: Judge(conditions.not_rewarded, ("awards",)),
    OnceOnly: Judge(conditions.once_only, ("awards",)),
    UnitExists: Judge(conditions.unit_exists, ("until",)),
    AskPeople: Judge(conditions.ask_people, ("answers",)),
    Initiatives: Judge(conditions.initiatives, ("initiatives", "answers")),
    PartyMembership: Judge(conditions.party_membership, ("party", "discipline")),
    TransferComment: Judge(work_conditions.transfer_comment, ("before", "appointments", "answers")),
}
"""Kind of condition -> its judge; shares of members are judged beside them."""
_PRIVATE = (CleanRecord, MembersClean, PartyMembership)
"""Conditions that look at sensitive data: discipline, and membership of the Party."""
_COMPOUND = (AnyCondition, AllConditions)
_BEST_FIRST = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)


def eligible(title: AwardTitle, merits: Merits, asked: Asked) -> Judgement:
    """Whether somebody may be proposed for a title.

    Args:
        title: with its conditions; those in force at the end of the year asked about count.
        merits: of the person or unit.
        asked: the last year rewarded, and the day of the decision: discipline, service, membership and the unit's
            existence are seen on it.

    Returns:
        A judgement whose `standard` is the title; not applicable outside its time.
    """
    in_time = title.since <= asked.last and (title.until is None or asked.last <= title.until)
    findings = tuple(_find(each, title, merits, asked) for each in title.conditions) if in_time else ()
    findings += tuple(_registration(title, merits, asked)) if in_time else ()
    return Judgement(
        person=merits.subject,
        role="",
        level="",
        on=asked.day,
        standard=title.id,
        verdict=overall(findings) if in_time else Verdict.NOT_APPLICABLE,
        findings=findings,
    )


def _registration(title: AwardTitle, merits: Merits, asked: Asked) -> Iterator[Finding]:
    """Whether the title was registered for the year, where the settings of its end ask for that."""
    begun = title.registration is not None and min(title.registration.values) <= asked.last
    rule = title.registration.on(asked.last) if title.registration is not None and begun else None
    if title.registration is None or rule is None or not rule.value:
        return
    answer = conditions.registered(rule, merits, title, asked)
    yield Finding(
        criterion="registration",
        title=title.registration.description,
        verdict=answer.verdict,
        reason=answer.reason,
        source=answer.source,
        confidence=asked.sure(answer.source, answer.confidence),
        records=answer.records,
        missing=answer.missing,
    )


def outlook(title: AwardTitle, merits: Merits, asked: Asked, granted: tuple[str, ...]) -> Judgement:
    """The same a year later, supposing the year's classes are reached again and `granted` awarded for both years.

    The title itself is supposed for the year asked about only: it is what the later year is judged for.
    """
    again = replace(merits, ratings={kind: _repeated(years, asked.year) for kind, years in merits.ratings.items()})
    later = replace(asked, year=asked.year + 1, day=add_years(asked.day, 1))
    supposed_now = _with(again, granted, asked, "")
    return eligible(title, _with(supposed_now, granted, later, title.prize), later)


def _repeated(years: Mapping[int, YearClass], year: int) -> Mapping[int, YearClass]:
    """The class of a year supposed for the next one too."""
    return {**years, year + 1: replace(years[year], record="")} if year in years else years


def supposed(title: AwardTitle, merits: Merits, asked: Asked, granted: tuple[str, ...]) -> Judgement:
    """`eligible`, supposing that `granted` prizes are awarded for the year."""
    return eligible(title, _with(merits, granted, asked, ""), asked)


def _with(merits: Merits, granted: tuple[str, ...], asked: Asked, but: str) -> Merits:
    """The merits with prizes supposed for a year, `but` one and those held for it."""
    held = {each.prize for each in merits.awards if asked.calendar.of(each.achieved_to) == asked.year}
    more = tuple(
        Award(
            id="",
            decision="",
            person=merits.subject,
            prize=each,
            name="",
            unit_name="",
            citation="",
            achieved_from=asked.calendar.first(asked.year),
            achieved_to=asked.last,
        )
        for each in granted
        if each not in held and each != but
    )
    return replace(merits, awards=(*merits.awards, *more))


def _find(rule: AnyAwardCondition, title: AwardTitle, merits: Merits, asked: Asked) -> Finding:
    """The verdict on one condition; of all of whom nothing is recorded that it depends on, it is made once."""
    if isinstance(rule, _COMPOUND):
        return _compound(rule, title, merits, asked)
    judge = JUDGES.get(type(rule))
    if judge is None or any(getattr(merits, each) for each in judge.reads):
        return _finding(rule, title, merits, asked)
    key = id(title), id(rule), merits.register_since
    if (known := asked.of_nothing.get(key)) is None:  # the title is kept too, that its id stays its own
        known = asked.of_nothing[key] = title, _finding(rule, title, merits, asked)
    return known[1]


def _finding(rule: AnyAwardCondition, title: AwardTitle, merits: Merits, asked: Asked) -> Finding:
    answer = answered(lambda: _judge(rule, title, merits, asked))
    sure = asked.sure(rule.source, rule.confidence), asked.sure(answer.source, answer.confidence)
    return Finding(
        criterion=rule.id,
        title=rule.title,
        verdict=answer.verdict,
        reason=answer.reason,
        source=answer.source or rule.source,
        confidence="to_confirm" if "to_confirm" in sure else "confirmed",
        records=tuple(filter(None, answer.records)),
        missing=answer.missing,
        private=isinstance(rule, _PRIVATE),
    )


def _judge(rule: AnyAwardCondition, title: AwardTitle, merits: Merits, asked: Asked) -> Answer:
    if isinstance(rule, MembersHold):
        return _members_hold(rule, merits, title, asked)
    if isinstance(rule, MembersClean):
        return _members_clean(rule, merits, asked)
    return JUDGES[type(rule)].answer(rule, merits, title, asked)


def _compound(rule: AnyCondition | AllConditions, title: AwardTitle, merits: Merits, asked: Asked) -> Finding:
    parts = tuple(_find(each, title, merits, asked) for each in rule.conditions)
    verdicts = {each.verdict for each in parts}
    if isinstance(rule, AllConditions):
        verdict, reason = overall(parts), t("All {n} are asked", n=len(parts))
    else:
        verdict = next(each for each in _BEST_FIRST if each in verdicts)
        reason = t("One of {n} is enough", n=len(parts))
    deciding = [each for each in parts if each.verdict is verdict]
    sure = asked.sure(rule.source, rule.confidence)
    return Finding(
        criterion=rule.id,
        title=rule.title,
        verdict=verdict,
        reason=reason,
        source=rule.source,
        confidence="to_confirm" if sure == "to_confirm" else least_sure(deciding or parts),
        parts=parts,
        private=any(each.private for each in parts),
    )


def _members_hold(rule: MembersHold, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    share = rule.percent.on(asked.last)
    if share.value is None:
        return no_longer(share)
    everybody = len(merits.members)
    if not everybody:
        return by(share, Verdict.UNKNOWN, t("No member is recorded"), missing=(t("the members of the unit"),))
    kinds = asked.rated(rule.rated, title)
    unrated = [] if rule.prizes else [each for each in merits.members if class_of(each, kinds, asked.year) is None]
    held = sum(_counts(rule, each, kinds, asked) for each in merits.members)
    reason = t("{held} of {n} members; {percent} % asked", held=held, n=everybody, percent=share.value)
    if rule.more_than:
        reason = t("{held} of {n} members; more than {percent} % asked", held=held, n=everybody, percent=share.value)

    def enough(holders: int) -> bool:
        reached, least = holders * 100, (share.value or 0) * everybody
        return reached > least if rule.more_than else reached >= least

    reached = enough(held)
    if not reached and enough(held + len(unrated)):
        return by(share, Verdict.UNKNOWN, reason, missing=(t("the class of {n} members", n=len(unrated)),))
    return by(share, met(reached), reason)


def _counts(rule: MembersHold, member: Merits, kinds: Sequence[RatingKind], asked: Asked) -> bool:
    if rule.prizes:
        held = (each for each in member.awards if each.prize in rule.prizes)
        return any(asked.calendar.of(each.achieved_to) == asked.year for each in held)
    found = class_of(member, kinds, asked.year)
    return found is not None and RATINGS.index(found.rating) >= RATINGS.index(rule.at_least or "completed")


def _members_clean(rule: MembersClean, merits: Merits, asked: Asked) -> Answer:
    least = rule.from_measure.on(asked.last)
    if least.value is None:
        return no_longer(least)
    found = [
        each
        for member in merits.members
        for each in member.discipline
        if each.decided and asked.calendar.of(each.decided) == asked.year and asked.grave(each.measure, least.value)
    ]
    reason = t("{n} members were disciplined in {year}", n=len(found), year=asked.year)
    return by(least, met(not found), reason, records=tuple(each.id for each in found))
