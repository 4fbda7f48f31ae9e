"""Judges the conditions of a title that the records of a person, a unit or its members decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Any

from msgspec.structs import replace

from config.settings.dated import InForce
from config.settings.titles import (
    AskPeople,
    AwardsInYears,
    AwardTitle,
    ClassInYears,
    CleanRecord,
    HeldBefore,
    Initiatives,
    MembersClean,
    MembersHold,
    NotRewarded,
    OnceOnly,
    PartyMembership,
    RatingKind,
    UnitExists,
)
from config.text import Text, t
from records.domain.appointments import Discipline
from records.domain.awards.awards import Award
from records.domain.awards.initiatives import LEVELS, Initiative
from records.domain.awards.merits import RATINGS, Merits
from records.domain.dates import PartialDate
from records.domain.findings import Verdict
from records.rules.awards.asked import Asked, class_of, is_on
from records.rules.awards.words import LEVEL_WORDS, REGISTRATION_WORDS
from records.rules.emulation.words import KIND_WORDS, RATING_WORDS
from records.rules.standards.answers import Answer, by, listed, met, no_longer


def class_in_years(rule: ClassInYears, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """Classes of the years by the kinds of rating meant, the lowest counts; one that is not rated is unknown."""
    rule_years = rule.years.on(asked.last)
    if rule_years.value is None:
        return no_longer(rule_years)
    kinds = asked.rated(rule.rated, title)
    years = range(asked.year - rule_years.value + 1, asked.year + 1)
    known = {each: found for each in years if (found := class_of(merits, kinds, each)) is not None}
    told = listed(t("{year}: {rating}", year=each, rating=RATING_WORDS[found.rating]) for each, found in known.items())
    records = tuple(each.record for each in known.values() if each.record)
    if any(RATINGS.index(each.rating) < RATINGS.index(rule.at_least) for each in known.values()):
        wanted = RATING_WORDS[rule.at_least]
        reason = t("{told}; “{wanted}” or better is asked of each year", told=told, wanted=wanted)
        return by(rule_years, Verdict.NOT_MET, reason, records=records)
    missing = tuple(_rating_missing(kinds, each) for each in years if each not in known)
    if missing:
        reason = t("{n} of {years} years are rated", n=len(known), years=rule_years.value)
        return by(rule_years, Verdict.UNKNOWN, reason, records=records, missing=missing)
    return by(rule_years, Verdict.MET, told, records=records)


def _rating_missing(kinds: Sequence[RatingKind], year: int) -> Text:
    told = reduce(lambda one, more: t("{one} or {more}", one=one, more=more), (KIND_WORDS[each] for each in kinds))
    return t("the class of {year} ({kind})", year=year, kind=told)


def awards_in_years(rule: AwardsInYears, merits: Merits, _title: AwardTitle, asked: Asked) -> Answer:
    """Prizes by the year of their achievement, each year once."""
    year, times, within = asked.year, rule.times.on(asked.last), rule.within.on(asked.last)
    if times.value is None or within.value is None:
        return no_longer(times)
    held = {asked.calendar.of(each.achieved_to): each for each in merits.awards if each.prize in rule.prizes}
    years = [each for each in range(year - within.value + 1, year + 1) if each in held]
    told = listed(t("{year} (register {register})", year=each, register=held[each].register) for each in years)
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


def held_before(rule: HeldBefore, merits: Merits, _title: AwardTitle, asked: Asked) -> Answer:
    """Whether one of the prizes was ever awarded."""
    held = [each for each in merits.awards if each.prize in rule.prizes and each.achieved_to <= asked.last]
    if not held:
        told = t("None of these is in the register")
        if merits.register_since:
            before = t("the awards before {year}", year=merits.register_since)
            return Answer(Verdict.UNKNOWN, told, missing=(before,))
        return Answer(Verdict.NOT_MET, told)
    told = listed(
        t("{year} (register {register})", year=asked.calendar.of(each.achieved_to), register=each.register)
        for each in held
    )
    return Answer(Verdict.MET, told, records=tuple(each.id for each in held))


def party_membership(_rule: PartyMembership, merits: Merits, _title: AwardTitle, asked: Asked) -> Answer:
    """Membership on the day of the decision; an expulsion ends it, until a later admission."""
    papers, expelled = merits.party, _expelled(merits, asked.day)
    out = max((each.decided for each in expelled if each.decided), default=None)
    joined = [each for each in (papers.probation, papers.official) if each is not None]
    since = [each for each in joined if out is None or each.first_day() > out]
    if out is not None and not since:
        told = t("Expelled from the Party on {day}", day=out)
        return Answer(Verdict.NOT_MET, told, records=tuple(each.id for each in expelled))
    if since:
        return _admitted(min(since), asked.day)
    if papers.member is None:
        missing = (t("the day of admission to the Party"),)
        return Answer(Verdict.UNKNOWN, t("Membership of the Party is not recorded"), missing=missing)
    return Answer(met(papers.member), t("Is a Party member") if papers.member else t("Is not a Party member"))


def _admitted(since: PartialDate, day: date) -> Answer:
    """What a first day of membership says on a day."""
    if since.last_day() <= day:
        return Answer(Verdict.MET, t("Party member since {day}", day=since.shown()))
    if since.first_day() <= day:
        missing = (t("the day of admission to the Party"),)
        return Answer(Verdict.UNKNOWN, t("The day of admission is not known in full"), missing=missing)
    return Answer(Verdict.NOT_MET, t("Admitted to the Party only on {day}", day=since.shown()))


def _expelled(merits: Merits, day: date) -> list[Discipline]:
    return [each for each in merits.discipline if each.measure == "expulsion" and each.decided and each.decided <= day]


def clean_record(rule: CleanRecord, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """Measures within the years rewarded or in force, and matters that are pending, on the day."""
    least = rule.from_measure.on(asked.day)
    if least.value is None:
        return no_longer(least)
    from_end = rule.from_end.on(asked.day) if rule.from_end is not None else None
    for each in merits.discipline:
        found = _standing_against(each, asked.span(title), asked, least, from_end)
        if found is not None:
            return by(found[0], Verdict.NOT_MET, found[1], records=(each.id,))
    return by(least, Verdict.MET, t("Nothing is in force or pending on {day}", day=asked.day))


def _standing_against(
    each: Discipline, span: tuple[date, date], asked: Asked, least: InForce[Any], from_end: InForce[bool] | None
) -> tuple[InForce[Any], Text] | None:
    """Why a matter speaks against an award for `span`, by which value; None when it does not."""
    state = each.state_on(asked.day)
    if state == "pending":
        return least, t("A verification is pending since {day}", day=each.opened)
    if each.decided is None or each.decided > asked.day or not asked.grave(each.measure, least.value or ""):
        return None
    if state == "in_force":
        return least, t("Discipline of {day} is in force until {until}", day=each.decided, until=each.lapses or "…")
    if from_end is not None and is_on(from_end) and each.decided <= span[1] and each.lapses and span[0] < each.lapses:
        told = t("Disciplined on {day}; achievement counts only from {end}", day=each.decided, end=each.lapses)
        return from_end, told
    if span[0] <= each.decided <= span[1]:
        # That a measure counts against its year after it lapsed was read in no text of before July 2025.
        sure = least if state != "lapsed" else replace(least, confidence="to_confirm")
        return sure, t("Disciplined on {day}, within the years rewarded", day=each.decided)
    return None


def not_rewarded(rule: NotRewarded, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """Awards whose time overlaps the years rewarded."""
    first, last = asked.span(title)
    prizes = rule.prizes or (title.prize,)
    found = [
        each
        for each in merits.awards
        if each.prize in prizes and each.achieved_from <= last and first <= each.achieved_to
    ]
    if not found:
        told = t("Nothing was awarded for {first} to {last}", first=first, last=last)
        unseen = _unseen(merits, asked.year - title.years + 1, asked.year)
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


def once_only(_rule: OnceOnly, merits: Merits, title: AwardTitle, _asked: Asked) -> Answer:
    """Whether the prize was never awarded."""
    found = [each for each in merits.awards if each.prize == title.prize]
    if not found:
        told = t("Never awarded before")
        if merits.register_since:
            before = t("the awards before {year}", year=merits.register_since)
            return Answer(Verdict.UNKNOWN, told, missing=(before,))
        return Answer(Verdict.MET, told)
    return Answer(Verdict.NOT_MET, _rewarded(found), records=tuple(each.id for each in found))


def unit_exists(rule: UnitExists, merits: Merits, _title: AwardTitle, asked: Asked) -> Answer:
    """Whether a collective still exists on the day of the decision."""
    rests = rule.asked.on(asked.day) if rule.asked is not None else None
    if rests is not None and not rests.value:
        return no_longer(rests)
    gone = merits.until is not None and merits.until < asked.day
    reason = t("Dissolved on {day}", day=merits.until) if gone else t("It exists on {day}", day=asked.day)
    return by(rests, met(not gone), reason) if rests is not None else Answer(met(not gone), reason)


def initiatives(rule: Initiatives, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """Initiatives recognised by the day of the decision; where the book has too few, what people answered.

    A *no* of people beside enough records is left to people: one of the two is wrong.
    """
    times, within = rule.times.on(asked.last), rule.within.on(asked.last)
    if times.value is None or within.value is None:
        return no_longer(times)
    first = asked.year - within.value + 1
    found = [each for each in merits.initiatives if _counting(each, rule, merits, asked, first)]
    records = tuple(each.id for each in found)
    told = listed(_initiative(each) for each in found)
    reason = t("{n} recognised initiatives in {first}–{last}: {told}; {times} asked",
               n=len(found), first=first, last=asked.year, told=told, times=times.value)  # fmt: skip
    said = merits.answers.get((title.id, rule.id), {}).get(asked.year)
    if len(found) >= times.value and said is False:
        missing = t("which is right: the initiatives in the book, or “no” to: {question}", question=rule.question)
        return by(times, Verdict.UNKNOWN, reason, records=records, missing=(missing,))
    if len(found) >= times.value:
        return by(times, Verdict.MET, reason, records=records)
    if said is not None:
        return Answer(met(said), t("Answered: yes") if said else t("Answered: no"), records=records)
    wanted = t("a recognised initiative in the book, or an answer to: {question}", question=rule.question)
    return Answer(Verdict.UNKNOWN, reason, records=records, missing=(wanted,))


def _counting(each: Initiative, rule: Initiatives, merits: Merits, asked: Asked, first: int) -> bool:
    """Whether an initiative counts for somebody in the years from `first` to the one asked about."""
    if each.recognised is None or each.recognised > asked.day:
        return False
    own, share = each.share_of(merits.subject), rule.share.on(asked.last).value if rule.share is not None else None
    return (
        LEVELS.index(each.scope) >= LEVELS.index(rule.at_least)
        and first <= (each.year or asked.calendar.of(each.recognised)) <= asked.year
        and own is not None
        and (not own or own >= (share or 0))
    )


def _initiative(each: Initiative) -> Text:
    parts = {"title": each.title, "level": LEVEL_WORDS[each.scope], "day": each.recognised or ""}
    if each.number:
        return t("“{title}” ({level}, {number}, {day})", number=each.number, **parts)
    return t("“{title}” ({level}, {day})", **parts)


def registered(rule: InForce[bool], merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """The registration of the title for the year, as it stood on the day of the decision.

    One that is on its way is not approved; that nobody is found says something only where the book has registrations
    of the year.
    """
    found = [each for each in merits.registrations if (each.prize, each.year) == (title.prize, asked.year)]
    if not found and asked.year not in merits.registering:
        missing = t("the registrations of {year}", year=asked.year)
        return by(rule, Verdict.UNKNOWN, t("Not registered: the book has no registration of {year}", year=asked.year),
                  missing=(missing,))  # fmt: skip
    if not found:
        return by(rule, Verdict.NOT_MET, t("Not registered for {year}", year=asked.year))
    best = max(found, key=lambda each: _REGISTERED.index(each.state_on(asked.day)))
    state, records = best.state_on(asked.day), (best.id,)
    told = t("Registration for {year}: {state}", year=asked.year, state=REGISTRATION_WORDS[state])
    if state == "approved":
        return by(rule, Verdict.MET, told, records=records)
    return by(rule, Verdict.UNKNOWN, told, records=records, missing=(t("the approval of the registration"),))


_REGISTERED = ("not_sent", "returned", "sent", "approved")


def ask_people(rule: AskPeople, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """What people answered for the year."""
    answer = merits.answers.get((title.id, rule.id), {}).get(asked.year)
    if answer is None:
        wanted = t("an answer to: {question}", question=rule.question)
        return Answer(Verdict.UNKNOWN, t("Not answered yet"), missing=(wanted,))
    return Answer(met(answer), t("Answered: yes") if answer else t("Answered: no"))


def members_hold(rule: MembersHold, merits: Merits, title: AwardTitle, asked: Asked) -> Answer:
    """How many of the members hold a prize of the year, or a class; one that is not rated may turn it."""
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


def members_clean(rule: MembersClean, merits: Merits, _title: AwardTitle, asked: Asked) -> Answer:
    """Whether no member was disciplined so gravely within the year."""
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
