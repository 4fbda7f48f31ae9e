"""What a review adds up to: outcomes by unit and level, the structure before and after, and against another state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from records.domain.people.names import sort_key
from records.domain.reviews import Review, ReviewLine
from records.domain.units import Unit
from records.rules.reviews import Difference, Structure, compare, structure
from records.services.access.telling import told_lines
from records.services.office import Office
from records.services.people.roster import Scope
from records.services.reviews.reviews import lines_of, survey


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a review is: lines, people, those decided, and lines by the outcome that stands."""

    lines: int
    people: int
    decided: int
    outcomes: Counter[str]


def tally(lines: Sequence[ReviewLine]) -> Tally:
    """Count lines; the outcomes add up to the lines."""
    return Tally(
        lines=len(lines),
        people=len({each.person for each in lines}),
        decided=sum(bool(each.outcome) for each in lines),
        outcomes=Counter(each.stands for each in lines),
    )


def by_unit_and_level(lines: Sequence[ReviewLine]) -> list[tuple[str, str, Counter[str]]]:
    """(unit name, level, lines by outcome), units in Vietnamese order."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for each in lines:
        counted.setdefault((each.unit_name, each.level), Counter())[each.stands] += 1
    return [(*key, counted[key]) for key in sorted(counted, key=lambda key: (sort_key(key[0]), key[1]))]


def structures(office: Office, review: Review, lines: Sequence[ReviewLine]) -> tuple[Structure, Structure]:
    """The structure before the review and after it, as its lines stand."""
    units = units_in_scope(office, review)
    rules = office.settings.review
    return (
        structure(lines, units, rules, review.on, after=False),
        structure(lines, units, rules, review.on, after=True),
    )


def units_in_scope(office: Office, review: Review) -> list[str]:
    """Units that should have somebody: those of the scope in being on the day, provinces and cities left out."""
    if review.unit:
        return [each.id for each in office.book.table(Unit) if review.unit in (each.id, each.name_on(review.on))]
    above = ("province", "city")
    return [each.id for each in office.book.table(Unit) if each.exists_on(review.on) and each.kind not in above]


def compare_reviews(office: Office, before: Review, now: Review) -> Difference:
    """How a review differs from an earlier one."""
    return compare(*(told_lines(office, lines_of(office, each)) for each in (before, now)))


def compare_with_day(office: Office, review: Review, day: date) -> Difference:
    """How the roster of another day differs from a review: what came and went between the two, and whose verdict."""
    scope = Scope(role=review.role, level=review.level, unit=review.unit)
    held = told_lines(office, [each for each in lines_of(office, review) if not each.candidate])
    other = told_lines(office, survey(office, day, scope))
    return compare(other, held) if day <= review.on else compare(held, other)
