"""What a list costs before it is decided: each prize with its multiplication, sums by prize and by fund."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from records.domain.awards.proposals import Candidate
from records.rules.awards.money import PrizeMoney, prize_money
from records.services.awards.award_checks import prize_of
from records.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """So many of one prize: `money` is of one, `total` of all; đồng."""

    prize: str
    title: str
    count: int
    money: PrizeMoney
    total: int
    fund: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What everything costs if it is decided on `day`; đồng."""

    day: date
    lines: tuple[BudgetLine, ...]
    total: int
    by_fund: dict[str, int]


def budget(office: Office, candidates: Sequence[Candidate], day: date) -> Budget:
    """The cost of candidates by the base salary of `day`. Raises ConfigError when a value holds only later."""
    counts = Counter(each.prize for each in candidates)
    lines = []
    for key, prize in office.settings.prizes.prizes.items():
        if count := counts[key]:
            money = prize_money(prize_of(office, key), office.settings.money, day)
            fund = office.settings.procedure.funds[prize.form].on(day).value or ""
            lines.append(
                BudgetLine(
                    prize=key, title=prize.title.vi, count=count, money=money, total=count * money.amount, fund=fund
                )
            )
    funds: Counter[str] = Counter()
    for line in lines:
        funds[line.fund] += line.total
    return Budget(day=day, lines=tuple(lines), total=sum(each.total for each in lines), by_fund=dict(funds))
