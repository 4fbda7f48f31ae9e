"""Who may be commended with what: a title's conditions judged over the merits of a person or unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
    TransferComment,
    UnitExists,
    YearsOfService,
)
from config.text import t
from records.domain.awards.awards import Award
from records.domain.awards.merits import Merits, YearClass
from records.domain.dates import add_years
from records.domain.findings import Finding, Judgement, Verdict, overall
from records.rules import work_conditions
from records.rules.awards import conditions
from records.rules.awards.asked import Asked
from records.rules.standards.answers import Answer, answered, least_sure


class Judge(NamedTuple):
    """Judges one kind of condition by what the merits tell under these names, and by how far the register tells.

    Attributes:
        private: it looks at sensitive data: discipline, or membership of the Party.
    """

    answer: Callable[[Any, Merits, AwardTitle, Asked], Answer]
    reads: tuple[str, ...]
    private: bool


JUDGES: Mapping[type, Judge] = {
    ClassInYears: Judge(conditions.class_in_years, ("ratings",), private=False),
    AwardsInYears: Judge(conditions.awards_in_years, ("awards",), private=False),
    HeldBefore: Judge(conditions.held_before, ("awards",), private=False),
    MonthsInWork: Judge(work_conditions.months_in_work, ("appointments", "absences"), private=False),
    YearsOfService: Judge(work_conditions.years_of_service, ("appointments",), private=False),
    CleanRecord: Judge(conditions.clean_record, ("discipline",), private=True),
    NotRewarded: Judge(conditions.not_rewarded, ("awards",), private=False),
    OnceOnly: Judge(conditions.once_only, ("awards",), private=False),
    UnitExists: Judge(conditions.unit_exists, ("until",), private=False),
    AskPeople: Judge(conditions.ask_people, ("answers",), private=False),
    Initiatives: Judge(conditions.initiatives, ("initiatives", "answers"), private=False),
    PartyMembership: Judge(conditions.party_membership, ("party", "discipline"), private=True),
    TransferComment: Judge(work_conditions.transfer_comment, ("before", "appointments", "answers"), private=False),
    MembersHold: Judge(conditions.members_hold, ("members",), private=False),
    MembersClean: Judge(conditions.members_clean, ("members",), private=True),
}
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
    if any(getattr(merits, each) for each in JUDGES[type(rule)].reads):
        return _finding(rule, title, merits, asked)
    key = id(title), id(rule), merits.register_since
    if (known := asked.of_nothing.get(key)) is None:  # the title is kept too, that its id stays its own
        known = asked.of_nothing[key] = title, _finding(rule, title, merits, asked)
    return known[1]


def _finding(rule: AnyAwardCondition, title: AwardTitle, merits: Merits, asked: Asked) -> Finding:
    judge = JUDGES[type(rule)]
    answer = answered(lambda: judge.answer(rule, merits, title, asked))
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
        private=judge.private,
    )


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
