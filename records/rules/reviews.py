"""What a review proposes, and what a roster is made of before and after. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.settings.criteria import AllOf, AnyCriterion, AnyOf, Not, Standard
from config.settings.dated import Confidence
from config.settings.procedure import ProposalRule, ReviewRules
from records.domain.findings import Finding, Judgement
from records.domain.reviews import STAYING, Outcome, ReviewLine


@dataclass(frozen=True, slots=True)
class Proposal:
    """An outcome with the rule that proposes it; `rule` is empty where none fits and the person is kept."""

    outcome: Outcome
    rule: str = ""
    source: str = ""
    confidence: Confidence = "to_confirm"


def propose(judged: Judgement, standard: Standard | None, rules: ReviewRules) -> Proposal:
    """What the rules propose for a person judged; they are read as of the day of the judgement.

    Raises:
        ConfigError: when a rule has no value yet on that day.
    """
    kinds = dict(_kinds(standard.criteria)) if standard else {}
    for rule in rules.rules:
        if any(_fits(rule, finding, kinds) for finding in judged.findings):
            value = rule.propose.on(judged.on)
            if value.value is not None:
                return Proposal(value.value, rule.id, value.source, value.confidence)
    return Proposal("keep")


def _fits(rule: ProposalRule, finding: Finding, kinds: Mapping[str, str]) -> bool:
    named = not rule.criteria or finding.criterion in rule.criteria
    return named and finding.verdict == rule.verdict and kinds.get(finding.criterion) in rule.kinds


def _kinds(criteria: Iterable[AnyCriterion]) -> Iterator[tuple[str, str]]:
    for each in criteria:
        yield each.id, str(type(each).__struct_config__.tag)
        if isinstance(each, AllOf | AnyOf):
            yield from _kinds(each.criteria)
        elif isinstance(each, Not):
            yield from _kinds((each.criterion,))


@dataclass(frozen=True, slots=True)
class Structure:
    """What a roster is made of; people are counted once, whatever the number of roles.

    Attributes:
        sex, ages, ethnicity, education, political_theory: key -> people; the empty key is what is not recorded.
        units: unit id -> people.
        short: (unit id, role) -> (people, places) where there are fewer than the office set.
        empty: ids of units of the scope without anyone.
    """

    people: int
    sex: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)
    ethnicity: Counter[str] = field(default_factory=Counter)
    education: Counter[str] = field(default_factory=Counter)
    political_theory: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    short: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    empty: tuple[str, ...] = ()


def structure(
    lines: Iterable[ReviewLine], units: Sequence[str], rules: ReviewRules, on: date, *, after: bool
) -> Structure:
    """The structure before the review, or after it if every line goes as it stands.

    Args:
        lines: of one review; candidates count only afterwards.
        units: ids of the units that should have somebody.
        rules: the age bands, the majority and the places of units.
        on: the day ages are counted on.
        after: whether outcomes count.
    """
    counted = [each for each in lines if (each.stands in STAYING if after else not each.candidate)]
    people = list({each.person: each for each in counted}.values())
    held = Counter((each.unit, each.role) for each in {(line.person, line.role): line for line in counted}.values())
    by_unit = Counter(each.unit for each in people)
    short: dict[tuple[str, str], tuple[int, int]] = {}
    for role, places in rules.places.items():
        asked = places.on(on).value
        if asked is not None:
            short |= {(unit, role): (held[unit, role], asked) for unit in units if held[unit, role] < asked}
    return Structure(
        people=len(people),
        sex=Counter(each.sex or "" for each in people),
        ages=Counter(_band(each, rules.age_bands, on) for each in people),
        ethnicity=Counter("" if each.majority is None else ("other", "majority")[each.majority] for each in people),
        education=Counter(each.education for each in people),
        political_theory=Counter(each.political_theory for each in people),
        units=by_unit,
        short=short,
        empty=tuple(unit for unit in units if not by_unit[unit]),
    )


def _band(line: ReviewLine, bands: Sequence[int], on: date) -> str:
    """The band of an age, as `30-39`; empty where what is known of the birth leaves it open."""
    if line.born is None:
        return ""
    places = {sum(first <= years for first in bands) for years in line.born.years_until(on)}
    if len(places) > 1:
        return ""
    place = places.pop()
    if place == 0:
        return f"<{bands[0]}" if bands else ""
    return f"{bands[place - 1]}-{bands[place] - 1}" if place < len(bands) else f"{bands[-1]}+"


@dataclass(frozen=True, slots=True)
class Difference:
    """How two states of the same roster differ; each line is (person, role)."""

    came: tuple[ReviewLine, ...]
    went: tuple[ReviewLine, ...]
    changed: tuple[tuple[ReviewLine, ReviewLine], ...]


def compare(before: Iterable[ReviewLine], now: Iterable[ReviewLine]) -> Difference:
    """Who came, who went, and whose verdict or outcome is another; `before` and `now` may be of different days."""
    old = {(each.person, each.role): each for each in before}
    new = {(each.person, each.role): each for each in now}
    return Difference(
        came=tuple(each for key, each in new.items() if key not in old),
        went=tuple(each for key, each in old.items() if key not in new),
        changed=tuple(
            (old[key], each)
            for key, each in new.items()
            if key in old and (old[key].verdict, old[key].stands) != (each.verdict, each.stands)
        ),
    )
