"""Judges the conditions of a title that a person's or unit's own records decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import reduce

from msgspec.structs import replace

from config.award_titles import (
    AskPeople,
    AwardsInYears,
    AwardTitle,
    ClassInYears,
    CleanRecord,
    HeldBefore,
    MonthsInWork,
    NotRewarded,
    OnceOnly,
    UnitExists,
    YearsOfService,
)
from config.text import Text, t
from records.domain.awards import Award
from records.domain.findings import Verdict
from records.domain.merits import RATINGS, Merits
from records.domain.service import ROLES, Discipline, months_served
from records.rules.answers import Answer, by, met, no_longer
from records.rules.score_words import RATING_WORDS

_GRAVE = ("reprimand", "warning", "removal", "expulsion")


def end_of(year: int) -> date:
    """The last day of a year: the rules in force on it are those of its achievements."""
    return date(year, 12, 31)


def class_in_years(rule: ClassInYears, merits: Merits, _title: AwardTitle, year: int, _day: date) -> Answer:
    """Classes of the years, the lowest counts; one that is not rated is unknown."""
    asked = rule.years.on(end_of(year))
    if asked.value is None:
        return no_longer(asked)
    years = range(year - asked.value + 1, year + 1)
    known = {each: merits.classes[each] for each in years if each in merits.classes}
    told = _listed(t("{year}: {rating}", year=each, rating=RATING_WORDS[found.rating]) for each, found in known.items())
    records = tuple(each.record for each in known.values() if each.record)
    if any(RATINGS.index(each.rating) < RATINGS.index(rule.at_least) for each in known.values()):
        wanted = RATING_WORDS[rule.at_least]
        reason = t("{told}; “{wanted}” or better is asked of each year", told=told, wanted=wanted)
        return by(asked, Verdict.NOT_MET, reason, records=records)
    missing = tuple(t("the class of {year}", year=each) for each in years if each not in known)
    if missing:
        reason = t("{n} of {years} years are rated", n=len(known), years=asked.value)
        return by(asked, Verdict.UNKNOWN, reason, records=records, missing=missing)
    return by(asked, Verdict.MET, told, records=records)


def awards_in_years(rule: AwardsInYears, merits: Merits, _title: AwardTitle, year: int, _day: date) -> Answer:
    """Prizes by the year of their achievement, each year once."""
    times, within = rule.times.on(end_of(year)), rule.within.on(end_of(year))
    if times.value is None or within.value is None:
        return no_longer(times)
    held = {award.achieved_to.year: award for award in merits.awards if award.prize in rule.prizes}
    years = [each for each in range(year - within.value + 1, year + 1) if each in held]
    told = _listed(t("{year} (register {register})", year=each, register=held[each].register) for each in years)
    if not years:
        told = t("none")
    reason = t(
        "{n} in the years {first}–{last}: {told}; {times} asked",
        n=len(years),
        first=year - within.value + 1,
        last=year,
        told=told,
        times=times.value,
    )
    records = tuple(held[each].id for each in years)
    unseen = [each for each in _unseen(merits, year - within.value + 1, year) if each not in held]
    if len(years) < times.value <= len(years) + len(unseen):
        return by(times, Verdict.UNKNOWN, reason, records=records, missing=(_register_of(unseen),))
    return by(times, met(len(years) >= times.value), reason, records=records)


def _unseen(merits: Merits, first: int, last: int) -> list[int]:
    """Years of which the register does not tell every award."""
    return [each for each in range(first, last + 1) if each < merits.register_since]


def _register_of(years: Sequence[int]) -> Text:
    return t("the awards of {years}", years=", ".join(str(each) for each in years))


def held_before(rule: HeldBefore, merits: Merits, _title: AwardTitle, year: int, _day: date) -> Answer:
    """Whether one of the prizes was ever awarded."""
    held = [each for each in merits.awards if each.prize in rule.prizes and each.achieved_to.year <= year]
    if not held:
        told = t("None of these is in the register")
        if merits.register_since:
            before = t("the awards before {year}", year=merits.register_since)
            return Answer(Verdict.UNKNOWN, told, missing=(before,))
        return Answer(Verdict.NOT_MET, told)
    told = _listed(
        t("{year} (register {register})", year=each.achieved_to.year, register=each.register) for each in held
    )
    return Answer(Verdict.MET, told, records=tuple(each.id for each in held))


def months_in_work(rule: MonthsInWork, merits: Merits, _title: AwardTitle, year: int, _day: date) -> Answer:
    """Calendar months from the first appointment to the end of the year; leave is never subtracted."""
    asked = rule.months.on(end_of(year))
    if asked.value is None:
        return no_longer(asked)
    first = min((each.since for each in merits.appointments if each.since), default=None)
    if first is None:
        return by(asked, Verdict.UNKNOWN, t("No first day is recorded"), missing=(t("the day the work began"),))
    day = end_of(year) + timedelta(days=1)
    months = (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)
    reason = t("{months} months since {day}; {asked} asked", months=max(months, 0), day=first, asked=asked.value)
    if months < asked.value and _open_start(merits):
        return by(asked, Verdict.UNKNOWN, reason, missing=(t("the first day of every appointment"),))
    return by(asked, met(months >= asked.value), reason)


def _open_start(merits: Merits) -> bool:
    """Whether an appointment has no first day, so that the service may have begun earlier than is known."""
    return any(each.since is None for each in merits.appointments)


def years_of_service(rule: YearsOfService, merits: Merits, _title: AwardTitle, _year: int, day: date) -> Answer:
    """Years in any role up to the day, overlaps counted once."""
    asked = rule.years.on(day)
    if asked.value is None:
        return no_longer(asked)
    one = ROLES[0]
    months = months_served([replace(each, role=one) for each in merits.appointments], one, day)
    if months is None:
        return by(asked, Verdict.UNKNOWN, t("No first day is recorded"), missing=(t("the day the work began"),))
    years = months // 12
    reason = t("{years} years of service by {day}; {asked} asked", years=years, day=day, asked=asked.value)
    if years < asked.value and _open_start(merits):
        return by(asked, Verdict.UNKNOWN, reason, missing=(t("the first day of every appointment"),))
    return by(asked, met(years >= asked.value), reason, records=tuple(each.id for each in merits.appointments))


def clean_record(rule: CleanRecord, merits: Merits, title: AwardTitle, year: int, day: date) -> Answer:
    """Measures within the years rewarded or in force, and matters that are pending, on the day."""
    asked = rule.from_measure.on(day)
    if asked.value is None:
        return no_longer(asked)
    first = date(year - title.years + 1, 1, 1)
    for each in merits.discipline:
        told = _standing_against(each, first, end_of(year), day, asked.value)
        if told is not None:
            # That a measure counts against its year after it lapsed was read in no text.
            sure = asked if each.state_on(day) != "lapsed" else replace(asked, confidence="to_confirm")
            return by(sure, Verdict.NOT_MET, told, records=(each.id,))
    return by(asked, Verdict.MET, t("Nothing is in force or pending on {day}", day=day))


def _standing_against(each: Discipline, first: date, last: date, day: date, from_measure: str) -> Text | None:
    """Why a matter speaks against an award decided on `day` for `first` to `last`; None when it does not."""
    state = each.state_on(day)
    if state == "pending":
        return t("A verification is pending since {day}", day=each.opened)
    if each.decided is None or each.decided > day or not grave(each, from_measure):
        return None
    if state == "in_force":
        return t("Discipline of {day} is in force until {until}", day=each.decided, until=each.lapses or "…")
    if first <= each.decided <= last:
        return t("Disciplined on {day}, within the years rewarded", day=each.decided)
    return None


def grave(each: Discipline, from_measure: str) -> bool:
    """Whether a measure is this one or a graver one; one that is not told counts as grave."""
    return not each.measure or _GRAVE.index(each.measure) >= _GRAVE.index(from_measure)


def not_rewarded(rule: NotRewarded, merits: Merits, title: AwardTitle, year: int, _day: date) -> Answer:
    """Awards whose time overlaps the years rewarded."""
    first, last = date(year - title.years + 1, 1, 1), end_of(year)
    prizes = rule.prizes or (title.prize,)
    found = [
        each
        for each in merits.awards
        if each.prize in prizes and each.achieved_from <= last and first <= each.achieved_to
    ]
    if not found:
        told = t("Nothing was awarded for {first} to {last}", first=first, last=last)
        unseen = _unseen(merits, first.year, year)
        return Answer(Verdict.UNKNOWN, told, missing=(_register_of(unseen),)) if unseen else Answer(Verdict.MET, told)
    return Answer(Verdict.NOT_MET, _rewarded(found), records=tuple(each.id for each in found))


def _rewarded(found: Sequence[Award]) -> Text:
    first = found[0]
    return t(
        "Rewarded already for {start} to {end} (register {register})",
        start=first.achieved_from,
        end=first.achieved_to,
        register=first.register,
    )


def once_only(_rule: OnceOnly, merits: Merits, title: AwardTitle, _year: int, _day: date) -> Answer:
    """Whether the prize was never awarded."""
    found = [each for each in merits.awards if each.prize == title.prize]
    if not found:
        told = t("Never awarded before")
        if merits.register_since:
            before = t("the awards before {year}", year=merits.register_since)
            return Answer(Verdict.UNKNOWN, told, missing=(before,))
        return Answer(Verdict.MET, told)
    return Answer(Verdict.NOT_MET, _rewarded(found), records=tuple(each.id for each in found))


def unit_exists(_rule: UnitExists, merits: Merits, _title: AwardTitle, _year: int, day: date) -> Answer:
    """Whether a collective still exists."""
    if merits.until is not None and merits.until < day:
        return Answer(Verdict.NOT_MET, t("Dissolved on {day}", day=merits.until))
    return Answer(Verdict.MET, t("It exists on {day}", day=day))


def ask_people(rule: AskPeople, merits: Merits, title: AwardTitle, year: int, _day: date) -> Answer:
    """What people answered for the year."""
    answer = merits.answers.get((title.id, rule.id), {}).get(year)
    if answer is None:
        asked = t("an answer to: {question}", question=rule.question)
        return Answer(Verdict.UNKNOWN, t("Not answered yet"), missing=(asked,))
    return Answer(met(answer), t("Answered: yes") if answer else t("Answered: no"))


def _listed(parts: Iterable[Text]) -> Text:
    """Texts one after another, with commas."""
    found = list(parts)
    return reduce(lambda one, more: t("{one}, {more}", one=one, more=more), found) if found else t("none")
