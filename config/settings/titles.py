"""The closed set of conditions a title or form of commendation is made of, and the titles themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from config.settings.dated import Confidence, Dated, Words
from config.settings.shapes import Cited, Shape

Class = Literal["excellent", "good", "completed"]
Measure = Literal["reprimand", "warning"]
RatingKind = Literal["party", "official", "worker", "office"]
"""Of a Party member or organisation, of an official, of a worker, or the office's own scores of its people and units.

None is ever read for another.
"""


class Condition(Shape, frozen=True, tag_field="kind"):
    """What every condition says of itself.

    Attributes:
        id: unique in its title.
        title: the rule in a few plain words.
        source: key of `sources.yaml`.
        confidence: whether the office has confirmed it.
    """

    id: str
    title: Words
    source: str
    confidence: Confidence


class ClassInYears(Condition, frozen=True, tag="class_in_years"):
    """At least a class in each of so many years one after another, the last being the year rewarded.

    `rated` are the kinds of rating that count; where somebody has several for a year, the lowest does. A file that
    names none means the yearly rating of the Party for a Party prize, and those of officials and workers for others.
    """

    at_least: Class
    years: Dated[int]
    rated: tuple[RatingKind, ...] = ()


class AwardsInYears(Condition, frozen=True, tag="awards_in_years"):
    """One of the prizes held for `times` of the last `within` years of achievement, the year rewarded included.

    The year is that of the achievement, never of the decision. With `times` equal to `within` there is no gap.
    """

    prizes: tuple[str, ...]
    times: Dated[int]
    within: Dated[int]


class HeldBefore(Condition, frozen=True, tag="held_before"):
    """One of the prizes was ever awarded for an achievement up to the year rewarded."""

    prizes: tuple[str, ...]


class MonthsInWork(Condition, frozen=True, tag="months_in_work"):
    """At least so many months in work at the end of the year rewarded (newcomers).

    `after_gap` says what counts of somebody who came back: the months since the latest entry, or all of them.
    """

    months: Dated[int]
    after_gap: Dated[Literal["latest_entry", "all_months"]] | None = None


class TransferComment(Condition, frozen=True, tag="transfer_comment"):
    """Who moved within the year, after at least so many months in the old unit, brings that unit's written comment."""

    months: Dated[int]
    question: Words


class PartyMembership(Condition, frozen=True, tag="party_membership"):
    """A Party member on the day of the decision, probation included; whom the Party expelled is none."""


class YearsOfService(Condition, frozen=True, tag="years_of_service"):
    """At least so many years in the roles, overlaps counted once, on the day of the decision."""

    years: Dated[int]


class CleanRecord(Condition, frozen=True, tag="clean_record"):
    """No measure from this one up within the years rewarded or in force, and nothing pending, on the day.

    Where `from_end` holds, achievement counts only from the day a measure ended: none may reach into the years.
    """

    from_measure: Dated[Measure]
    from_end: Dated[bool] | None = None


class NotRewarded(Condition, frozen=True, tag="not_rewarded"):
    """No award of one of the prizes (of this one where none is named) for a time that overlaps the years rewarded."""

    prizes: tuple[str, ...] = ()


class OnceOnly(Condition, frozen=True, tag="once_only"):
    """Never awarded before."""


class UnitExists(Condition, frozen=True, tag="unit_exists"):
    """A collective that was not dissolved by the day of the decision; `asked` tells since when that is asked."""

    asked: Dated[bool] | None = None


class MembersHold(Condition, frozen=True, tag="members_hold"):
    """Of a collective's members at the end of the year, at least (or more than) so many percent hold a prize for it.

    Without `prizes` at least a class counts.
    """

    percent: Dated[Decimal]
    prizes: tuple[str, ...] = ()
    at_least: Class | None = None
    rated: tuple[RatingKind, ...] = ()
    more_than: bool = False


class MembersClean(Condition, frozen=True, tag="members_clean"):
    """No member of a collective was disciplined within the year by this measure or a graver one."""

    from_measure: Dated[Measure]


class AskPeople(Condition, frozen=True, tag="ask_people"):
    """A question only people can answer (an initiative recognised); unknown until somebody has."""

    question: Words


class Initiatives(Condition, frozen=True, tag="initiatives"):
    """At least `times` initiatives recognised at a level or a higher one, in the last `within` years of achievement.

    Where the book has fewer, what people answered to the `question` counts, as it does for `AskPeople`. `share`:
    percent of an initiative that must be somebody's own for it to count for them; one without shares counts.
    """

    at_least: Literal["grassroots", "province", "national"]
    times: Dated[int]
    within: Dated[int]
    question: Words
    share: Dated[int] | None = None


class AnyCondition(Condition, frozen=True, tag="any_condition"):
    """Met when one part is met."""

    conditions: tuple[AnyAwardCondition, ...]


class AllConditions(Condition, frozen=True, tag="all_conditions"):
    """Met when each part is met; one way among several asks for more than one thing."""

    conditions: tuple[AnyAwardCondition, ...]


AnyAwardCondition = (
    ClassInYears
    | AwardsInYears
    | HeldBefore
    | MonthsInWork
    | TransferComment
    | PartyMembership
    | YearsOfService
    | CleanRecord
    | NotRewarded
    | OnceOnly
    | UnitExists
    | MembersHold
    | MembersClean
    | AskPeople
    | Initiatives
    | AnyCondition
    | AllConditions
)


class Quota(Shape, frozen=True):
    """At most so many percent of those who hold a prize for the same year; never rounded up past it."""

    of: str
    percent: Dated[Decimal]


class AwardTitle(Cited, frozen=True):
    """`awards/titles/*.yaml`: who may be proposed for a prize, while the title is in force.

    Attributes:
        id: name of the file.
        name: that tells it from others whose prize is printed alike.
        prize: key of `prizes.yaml`, which says its form, its subject and its money.
        years: how many years one award rewards, the last being the year asked about.
        decided_by: who decides, in words.
        registration: whether only who registered for the year may have it; not asked where nothing is said.
    """

    DECIDING = ("since", "years", "decided_by")

    id: str
    name: Words
    prize: str
    since: date
    reviewed_on: date
    conditions: tuple[AnyAwardCondition, ...]
    decided_by: Words
    years: int = 1
    until: date | None = None
    quota: Quota | None = None
    registration: Dated[bool] | None = None
    note: str = ""
