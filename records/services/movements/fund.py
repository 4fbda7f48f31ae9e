"""The prize fund: what came in, what went out, what is left of each source in each year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.awards.awards import Award
from records.domain.awards.fund import FundEntry
from records.domain.awards.proposals import Payment
from records.domain.people.names import clean, fold, sort_key
from records.rules.awards.words import dong
from records.services.office import Office

Kind = Literal["income", "spent", "paid", "recovered"]
KINDS: tuple[Kind, ...] = ("income", "spent", "paid", "recovered")
_IN = frozenset(("income", "recovered"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLine:
    """One movement of money.

    Attributes:
        record: id of the entry or the payment.
        amount: whole đồng, below zero where it went out.
        about: for what: the name of who was commended, or the note of the entry.
    """

    record: str
    fund: str
    day: date
    kind: Kind
    amount: int
    number: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a source had and has in a year; whole đồng, each kind positive."""

    fund: str
    year: int
    opening: int
    income: int
    recovered: int
    paid: int
    spent: int
    closing: int


def enter(office: Office, entry: FundEntry) -> FundEntry:
    """Enter income or spending, as one change; its `id` is given here.

    Raises:
        InputError: without a source or an amount above zero.
        RefusedError: when more would be spent than is there.
    """
    name = clean(entry.fund)
    if not name:
        raise InputError(t("The source of the money is missing"), do=t("name it, such as “Quỹ thi đua, khen thưởng”"))
    known = {fold(each): each for each in sources(office)}
    entry = replace(entry, fund=known.get(fold(name), name), number=clean(entry.number), note=clean(entry.note))
    if entry.amount <= 0:
        raise InputError(t("The amount is not above zero"), do=t("write it in whole đồng, such as 10.000.000"))
    if entry.kind == "spent":
        judge_enough(office, entry.fund, entry.amount, entry.day, always=True)
    with office.book.change(f"fund.{entry.kind}", about=f"{entry.fund}: {dong(entry.amount)}") as change:
        return change.put(replace(entry, id=change.new_id(FundEntry)))


def remove(office: Office, entry: FundEntry) -> None:
    """Take an entry out that was made by mistake, as one change. Raises RefusedError when its money is paid out."""
    if entry.kind == "income":
        judge_enough(office, entry.fund, entry.amount, entry.day, always=True)
    with office.book.change("fund.remove", about=f"{entry.fund}: {dong(entry.amount)}") as change:
        change.remove(entry)


def entry_named(office: Office, named: str) -> FundEntry:
    """The entry with this id. Raises InputError when there is none."""
    found = office.book.table(FundEntry).get(named)
    if found is None:
        raise InputError(t("There is no entry “{name}” of the fund", name=named), do=t("see “fund list”"))
    return found


def sources(office: Office) -> list[str]:
    """Names of the sources: of the settings, and of what was entered and paid, in Vietnamese order."""
    told = {each.value for one in office.settings.procedure.funds.values() for each in one.values.values()}
    entered = {each.fund for each in office.book.table(FundEntry)} | {each.fund for each in office.book.table(Payment)}
    return sorted({each for each in told | entered if each}, key=sort_key)


def kept_sources(office: Office) -> list[str]:
    """The sources of which income was entered, and which are therefore judged, in Vietnamese order."""
    return sorted({each.fund for each in office.book.table(FundEntry) if each.kind == "income"}, key=sort_key)


def source_named(office: Office, named: str) -> str:
    """The source of this name, whatever its capitals and accents. Raises InputError naming those there are."""
    known = {fold(each): each for each in sources(office)}
    if fold(clean(named)) not in known:
        raise InputError(
            t("There is no source “{name}”", name=named), do=t("use one of: {known}", known=" | ".join(known.values()))
        )
    return known[fold(clean(named))]


def lines(office: Office, *, fund: str = "", year: int = 0) -> list[FundLine]:
    """Every movement of money by day; of one source, of one year."""
    found = [
        each for each in _lines(office) if fund in ("", each.fund) and year in (0, each.day.year)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.day, each.kind not in _IN, each.record))


def _lines(office: Office) -> Iterator[FundLine]:
    awards = office.book.table(Award)
    for each in office.book.table(FundEntry):
        amount = each.amount if each.kind in _IN else -each.amount
        yield FundLine(record=each.id, fund=each.fund, day=each.day, kind=each.kind, amount=amount,
                       number=each.number, about=each.note)  # fmt: skip
    for one in office.book.table(Payment):
        award = awards.get(one.award)
        amount = one.amount if one.kind in _IN else -one.amount
        yield FundLine(record=one.id, fund=one.fund, day=one.day, kind=one.kind, amount=amount,
                       number=one.voucher, about=award.name if award else "")  # fmt: skip


def balances(office: Office, year: int) -> list[Balance]:
    """What each source had and has in a year, in order of names; those that nothing is known of are left out."""
    every = lines(office)
    return [_balance(each, year, every) for each in sources(office) if any(line.fund == each for line in every)]


def _balance(fund: str, year: int, every: list[FundLine]) -> Balance:
    own = [each for each in every if each.fund == fund]
    opening = sum(each.amount for each in own if each.day.year < year)
    sums = {kind: sum(abs(each.amount) for each in own if (each.kind, each.day.year) == (kind, year)) for kind in KINDS}
    return Balance(
        fund=fund, year=year, opening=opening, income=sums["income"], recovered=sums["recovered"], paid=sums["paid"],
        spent=sums["spent"], closing=opening + sum(each.amount for each in own if each.day.year == year),
    )  # fmt: skip


def judge_enough(office: Office, fund: str, amount: int, day: date, *, always: bool = False) -> None:
    """Refuse to take more from a source than it has on the day, and than it has left after all that came later.

    A source of which no income was ever entered is not kept here, and is not judged, unless `always`.

    Raises:
        RefusedError: naming what is there.
    """
    if not always and fund not in kept_sources(office):
        return
    own = lines(office, fund=fund)
    left = min(sum(each.amount for each in own if each.day <= day), sum(each.amount for each in own))
    if amount > left:
        raise RefusedError(
            t("“{fund}” has {left} đ on {day}, and {amount} đ are asked", fund=fund, left=dong(left), day=day,
              amount=dong(amount)),
            do=t("enter its income first: “fund income”, or pay from another source"),
        )  # fmt: skip
