"""Money of awards: handed out, and taken back after a revocation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.awards.awards import Award, Decision, standing
from records.domain.awards.proposals import Payment
from records.domain.people.names import clean
from records.services.office import Office


def chain_of(office: Office, award: Award) -> list[Award]:
    """The award and those it corrects, newest first."""
    found = [award]
    while found[-1].corrects:
        found.append(office.book.table(Award)[found[-1].corrects])
    return found


def payments_of(office: Office, award: Award) -> list[Payment]:
    """Money paid and recovered for an award, also under the entry it corrects."""
    table = office.book.table(Payment)
    return [each for part in reversed(chain_of(office, award)) for each in table.where(award=part.id)]


def outstanding(office: Office, award: Award) -> int:
    """đồng handed out for an award and not taken back."""
    return sum(each.amount if each.kind == "paid" else -each.amount for each in payments_of(office, award))


def pay(office: Office, awards: Sequence[Award], day: date, *, voucher: str = "") -> list[Payment]:
    """Record that the money of awards was handed out, as one change.

    Raises:
        InputError: when nothing is named, or the day lies before the decision.
        RefusedError: for an award that does not count any more, carries no money, or was paid.
    """
    judge_any(awards)
    counting = {each.id for each in standing(office.book.table(Award))}
    for each in awards:
        decision = office.book.table(Decision)[each.decision]
        if each.id not in counting:
            raise RefusedError(
                t("The award of {name} does not count any more", name=each.name),
                do=t("nothing is paid for an award that was revoked or corrected"),
            )
        if not each.money or outstanding(office, each):
            reason = t("paid already") if each.money else t("this award carries no money")
            raise RefusedError(
                t("{name}: {reason}", name=each.name, reason=reason), do=t("leave it out; nothing was recorded")
            )
        if day < decision.day:
            raise InputError(
                t("{day} lies before the decision of {decided}", day=day, decided=decision.day),
                do=t("correct the day of payment"),
            )
    return _record(office, "award.pay", awards, day, "paid", voucher)


def recover(office: Office, awards: Sequence[Award], day: date, *, voucher: str = "") -> list[Payment]:
    """Record that the money of revoked awards was taken back, as one change.

    Raises:
        InputError: when nothing is named.
        RefusedError: for an award that is not revoked, or of which nothing is outstanding.
    """
    judge_any(awards)
    for each in awards:
        if each.revoked is None or not outstanding(office, each):
            reason = t("nothing is outstanding") if each.revoked else t("it is not revoked")
            raise RefusedError(
                t("{name}: {reason}", name=each.name, reason=reason), do=t("leave it out; nothing was recorded")
            )
    return _record(office, "award.recover", awards, day, "recovered", voucher)


def _record(office: Office, action: str, awards: Sequence[Award], day: date, kind: Any, voucher: str) -> list[Payment]:
    decisions, funds = office.book.table(Decision), office.settings.procedure.funds
    with office.book.change(action, about=voucher) as change:
        return [
            change.put(
                Payment(
                    id=change.new_id(Payment),
                    award=each.id,
                    day=day,
                    kind=kind,
                    amount=each.money if kind == "paid" else outstanding(office, each),
                    fund=funds[decisions[each.decision].form].on(day).value or "",
                    voucher=clean(voucher),
                )
            )
            for each in awards
        ]


def judge_any(awards: Sequence[Award]) -> None:
    """Raises InputError when no award is named."""
    if not awards:
        raise InputError(t("No award is named"), do=t("mark awards first, or name them"))
