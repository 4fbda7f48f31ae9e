"""Prize money: coefficient times the base salary in force on the decision's day, rounded, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

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


_ROUNDED = {"up": ROUND_CEILING, "nearest": ROUND_HALF_UP}


def _up(coefficient: Decimal, base: int, product: Decimal, amount: int) -> Text:
    return t(
        "{coefficient} × {base} = {product}, rounded up to {amount}",
        coefficient=coefficient,
        base=base,
        product=product,
        amount=amount,
    )


def _nearest(coefficient: Decimal, base: int, product: Decimal, amount: int) -> Text:
    return t(
        "{coefficient} × {base} = {product}, rounded to {amount}",
        coefficient=coefficient,
        base=base,
        product=product,
        amount=amount,
    )


def _exact(coefficient: Decimal, base: int, product: Decimal, amount: int) -> Text:
    del product
    return t("{coefficient} × {base} = {amount}", coefficient=coefficient, base=base, amount=amount)


_SHOWN = {"up": _up, "nearest": _nearest, "none": _exact}


def prize_money(prize: Prize, money: BaseSalary, decided: date) -> PrizeMoney:
    """The money of `prize` decided on `decided`.

    Raises:
        ConfigError: when no coefficient or base salary holds on that day.
    """
    coefficient, base, step, rounding = (
        prize.coefficient.on(decided),
        money.base_salary.on(decided),
        money.rounding_step.on(decided),
        money.rounding.on(decided),
    )
    if coefficient.value is None or base.value is None or step.value is None or rounding.value is None:
        raise ConfigError(
            t("“{prize}” carries no money on {day}", prize=prize.title.en, day=decided),
            do=t("add its coefficient with its source"),
        )
    product = coefficient.value * base.value
    unit, how = (1, ROUND_HALF_UP) if rounding.value == "none" else (step.value, _ROUNDED[rounding.value])
    amount = int((product / unit).to_integral_value(how)) * unit
    parts = (coefficient, base, step, rounding)
    doubtful = any(each.confidence == "to_confirm" for each in parts)
    return PrizeMoney(
        amount=amount,
        product=product,
        reason=_SHOWN[rounding.value](coefficient.value, base.value, product, amount),
        sources=tuple(dict.fromkeys(each.source for each in parts)),
        confidence="to_confirm" if doubtful else "confirmed",
    )
