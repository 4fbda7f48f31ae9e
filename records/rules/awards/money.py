"""Prize money: coefficient times the base salary in force on the decision's day, rounded, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from config.errors import ConfigError
from config.settings.dated import Confidence
from config.settings.shapes import BaseSalary, Prize
from config.text import Text, t
from records.rules.awards.words import dong


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeMoney:
    """What a prize costs.

    Attributes:
        amount: whole đồng, rounded.
        product: đồng before rounding, shown beside it.
        reason: the multiplication in words; `note` is the same in figures alone, in no language.
        sources: keys of the texts it rests on.
    """

    amount: int
    product: Decimal
    reason: Text
    note: str
    sources: tuple[str, ...]
    confidence: Confidence


_ROUNDED = {"up": ROUND_CEILING, "nearest": ROUND_HALF_UP}


def plain(number: Decimal) -> str:
    """A decimal as Vietnamese papers write it: `0,3`, `702.000`."""
    whole, _, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def _reason(rounding: str, coefficient: Decimal, base: int, product: Decimal, amount: int) -> Text:
    parts = {"coefficient": plain(coefficient), "base": dong(base), "product": plain(product), "amount": dong(amount)}
    if rounding == "up":
        return t("{coefficient} × {base} = {product}, rounded up to {amount}", **parts)
    if rounding == "nearest":
        return t("{coefficient} × {base} = {product}, rounded to {amount}", **parts)
    return t("{coefficient} × {base} = {amount}", **parts)


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
        reason=_reason(rounding.value, coefficient.value, base.value, product, amount),
        note=f"{plain(coefficient.value)} × {dong(base.value)} = {plain(product)} ({dong(amount)})",
        sources=tuple(dict.fromkeys(each.source for each in parts)),
        confidence="to_confirm" if doubtful else "confirmed",
    )
