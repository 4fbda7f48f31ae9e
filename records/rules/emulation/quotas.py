"""Quotas: a share of those who end up rated so, taken in each group by itself, and never rounded up past it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.settings.dated import Confidence
from config.settings.scoring import Counting, Quota, ScoreTable
from records.domain.awards.awards import Rating
from records.rules.emulation.ranking import Standing, equals_of, ordered


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where the quota is drawn in one group.

    Attributes:
        group: id or name of the group; empty for those of whom it is not known, or for the whole cycle.
        percent: in force; None when no quota is asked any more.
        candidates: how many have the class by points and conditions.
        allowed: how many may keep it; `counted` is the number the percentage is taken of, once the rest have fallen.
        within: entrants above the line; `beyond` those below it, highest first.
        cut: equals that the line would part; they stay below it until the council puts them in order.
        lowest: total of the last above the line; `next` of the first below.
    """

    group: str
    percent: Decimal | None
    source: str
    confidence: Confidence
    candidates: int
    allowed: int
    counted: int
    within: tuple[str, ...]
    beyond: tuple[str, ...]
    cut: tuple[str, ...]
    lowest: Decimal | None
    next: Decimal | None

    def gap(self, total: Decimal) -> Decimal | None:
        """How far a total is above (or, negative, below) the other side of the line; None with nobody there."""
        if self.lowest is not None and total < self.lowest:
            return total - self.lowest
        return None if self.next is None else total - self.next


def lines(
    quota: Quota, table: ScoreTable, standings: Sequence[Standing], day: date, *, percent: Decimal | None = None
) -> list[Line]:
    """The line of every group that has candidates, in the order of the groups' names.

    `percent` stands in for the one in force, to try another.

    Raises:
        ConfigError: when the quota holds only from a later day.
    """
    rule = quota.percent.on(day)
    asked = rule.value if percent is None else percent
    groups: dict[str, list[Standing]] = {}
    for each in standings:
        groups.setdefault(each.group(quota.per), []).append(each)
    counting, sure = counted_ratings(quota, table, day)
    confidence: Confidence = "to_confirm" if "to_confirm" in (rule.confidence, sure) else "confirmed"
    return [
        _line(quota, table, (name, groups[name]), asked, counting=counting, source=rule.source, confidence=confidence)
        for name in sorted(groups)
        if any(each.rating == quota.rating for each in groups[name])
    ]


def _line(
    quota: Quota,
    table: ScoreTable,
    group: tuple[str, list[Standing]],
    percent: Decimal | None,
    *,
    counting: set[Rating],
    source: str,
    confidence: Confidence,
) -> Line:
    name, standings = group
    candidates = ordered(each for each in standings if each.rating == quota.rating)
    allowed, counted = len(candidates), 0
    if percent is not None:
        allowed, counted = _allowed(quota, table, standings, len(candidates), percent, counting=counting)
    within: list[Standing] = []
    cut: list[Standing] = []
    for equals in equals_of(candidates):
        if len(within) + len(equals) > allowed:
            cut = equals if len(within) < allowed else []
            break
        within += equals
    beyond = candidates[len(within) :]
    return Line(
        group=name,
        percent=percent,
        source=source,
        confidence=confidence,
        candidates=len(candidates),
        allowed=allowed,
        counted=counted,
        within=tuple(each.entrant for each in within),
        beyond=tuple(each.entrant for each in beyond),
        cut=tuple(each.entrant for each in cut),
        lowest=within[-1].total if within else None,
        next=beyond[0].total if beyond else None,
    )


def counted_ratings(quota: Quota, table: ScoreTable, day: date) -> tuple[set[Rating], Confidence]:
    """The classes of which the percentage is taken on `day`, and how sure that is. Raises ConfigError as `lines`."""
    order: list[Rating] = [each.rating for each in table.classes]
    if isinstance(quota.counting, str):
        how, sure = quota.counting, table.confidence
    else:
        held = quota.counting.on(day)
        how, sure = held.value or "exactly", held.confidence
    counting: dict[Counting, set[Rating]] = {
        "exactly": {quota.of},
        "and_above": set(order[: order.index(quota.of) + 1]),
        "all": set(order),
    }
    return counting[how], sure


def _allowed(
    quota: Quota,
    table: ScoreTable,
    standings: Sequence[Standing],
    candidates: int,
    percent: Decimal,
    *,
    counting: set[Rating],
) -> tuple[int, int]:
    """The largest number that keeps the quota once the others have fallen to the next class, and what it is of."""
    fixed = sum(each.rating in counting and each.rating != quota.rating for each in standings)
    lands = fallen(table, quota.rating) in counting
    for kept in range(candidates, 0, -1):
        counted = fixed + (candidates - kept if lands else 0) + (kept if quota.rating in counting else 0)
        if kept * 100 <= percent * counted:
            return kept, counted
    return 0, fixed + (candidates if lands else 0)


def fallen(table: ScoreTable, rating: Rating) -> Rating:
    """The class under `rating`, to which somebody beyond a quota falls."""
    order = [each.rating for each in table.classes]
    return order[min(order.index(rating) + 1, len(order) - 1)] if rating in order else rating


def final_ratings(
    table: ScoreTable, standings: Sequence[Standing], day: date, *, percent: Decimal | None = None
) -> tuple[dict[str, Rating], list[Line]]:
    """Entrant -> class after every quota of the table, and the lines drawn. Raises ConfigError as `lines`."""
    ratings: dict[str, Rating] = {each.entrant: each.rating for each in standings}
    drawn: list[Line] = []
    for quota in table.quotas:
        found = lines(quota, table, standings, day, percent=percent)
        for line in found:
            ratings.update(dict.fromkeys(line.beyond, fallen(table, quota.rating)))
        drawn += found
    return ratings, drawn
