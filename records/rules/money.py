"""Prize money: coefficient times the base salary in force on the decision's day, rounded up, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from config.dated import Confidence
from config.errors import ConfigError
from config.shapes import BaseSalary, Prize
from config.text import Text, t


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeMoney:
    """What a prize costs.

    Attributes:
        amount: whole đồng, rounded.
        product: đồng before rounding, shown beside it.
        reason: the multiplication in words.
        sources: keys of the texts it rests on.
    """

    amount: int
    product: Decimal
    reason: Text
    sources: tuple[str, ...]
    confidence: Confidence


def prize_money(prize: Prize, money: BaseSalary, decided: date) -> PrizeMoney:
    """The money of `prize` decided on `decided`.

    Raises:
        ConfigError: when no coefficient or base salary holds on that day.
    """
    coefficient, base, step = (
        prize.coefficient.on(decided),
        money.base_salary.on(decided),
        money.rounding_step.on(decided),
    )
    if coefficient.value is None or base.value is None or step.value is None:
        raise ConfigError(
            t("“{prize}” carries no money on {day}", prize=prize.title.en, day=decided),
            do=t("add its coefficient with its source"),
        )
    product = coefficient.value * base.value
    amount = int((product / step.value).to_integral_value(ROUND_CEILING)) * step.value
    doubtful = "to_confirm" in (coefficient.confidence, base.confidence, step.confidence)
    return PrizeMoney(
        amount=amount,
        product=product,
        reason=t(
            "{coefficient} × {base} = {product}, rounded up to {amount}",
            coefficient=coefficient.value,
            base=base.value,
            product=product,
            amount=amount,
        ),
        sources=(coefficient.source, base.source, step.source),
        confidence="to_confirm" if doubtful else "confirmed",
    )
