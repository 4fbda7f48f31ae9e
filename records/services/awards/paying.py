"""Money of awards: handed out, and taken back after a revocation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.awards.awards import Award, Decision, standing
from records.domain.awards.proposals import Payment
from records.domain.people.names import clean
from records.rules.awards.words import dong
from records.services.movements import fund as fund_service
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


def owed(office: Office, award: Award) -> int:
    """đồng of an award that still counts which were not handed out yet."""
    return max(award.money - outstanding(office, award), 0)


def pay(
    office: Office, awards: Sequence[Award], day: date, *, voucher: str = "", fund: str = "", amount: int | None = None
) -> list[Payment]:
    """Record that the money of awards was handed out, as one change.

    Args:
        office: the open book.
        awards: for which.
        day: of the payment.
        voucher: number of the paper of payment.
        fund: the source, by name; that of the settings when left out.
        amount: đồng for each, where it is only a part; what is still owed when left out.

    Raises:
        InputError: when nothing is named, the day lies before the decision, or for an unknown source.
        RefusedError: for an award that does not count any more, carries no money or was paid; for more than is still
            owed; for more than the source has.
    """
    judge_any(awards)
    source = fund_service.source_named(office, fund) if fund else ""
    counting = {each.id for each in standing(office.book.table(Award))}
    planned = []
    for each in awards:
        _judge_payable(office, each, day, counting=each.id in counting)
        left = owed(office, each)
        if amount is not None and not 0 < amount <= left:
            raise RefusedError(
                t("{name}: {amount} đ are more than the {owed} đ still owed", name=each.name, amount=dong(amount),
                  owed=dong(left)) if amount > 0 else t("The amount is not above zero"),
                do=t("pay no more than that; nothing was recorded"),
            )  # fmt: skip
        planned.append((each, left if amount is None else amount, source or _usual_fund(office, each, day)))
    _judge_funds(office, planned, day)
    return _record(office, "award.pay", planned, day, "paid", voucher)


def _judge_payable(office: Office, award: Award, day: date, *, counting: bool) -> None:
    if not counting:
        raise RefusedError(
            t("The award of {name} does not count any more", name=award.name),
            do=t("nothing is paid for an award that was revoked or corrected"),
        )
    if not owed(office, award):
        reason = t("paid already") if award.money else t("this award carries no money")
        raise RefusedError(
            t("{name}: {reason}", name=award.name, reason=reason), do=t("leave it out; nothing was recorded")
        )
    decision = office.book.table(Decision)[award.decision]
    if day < decision.day:
        raise InputError(
            t("{day} lies before the decision of {decided}", day=day, decided=decision.day),
            do=t("correct the day of payment"),
        )


def _judge_funds(office: Office, planned: Sequence[tuple[Award, int, str]], day: date) -> None:
    asked = Counter[str]()
    for _, amount, fund in planned:
        asked[fund] += amount
    for fund, total in asked.items():
        fund_service.judge_enough(office, fund, total, day)


def _usual_fund(office: Office, award: Award, day: date) -> str:
    """The source that the settings name for awards of its form."""
    form = office.book.table(Decision)[award.decision].form
    return office.settings.procedure.funds[form].on(day).value or ""


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
    planned = [
        (each, left, fund) for each in awards for fund, left in _by_fund(office, each).items() if left > 0
    ]  # fmt: skip
    return _record(office, "award.recover", planned, day, "recovered", voucher)


def _by_fund(office: Office, award: Award) -> dict[str, int]:
    """Source -> đồng handed out from it for an award and not taken back."""
    found = Counter[str]()
    for each in payments_of(office, award):
        found[each.fund] += each.amount if each.kind == "paid" else -each.amount
    return found


def _record(  # one payment each
    office: Office, action: str, planned: Sequence[tuple[Award, int, str]], day: date, kind: Any, voucher: str
) -> list[Payment]:
    with office.book.change(action, about=voucher) as change:
        return [
            change.put(
                Payment(
                    id=change.new_id(Payment),
                    award=each.id,
                    day=day,
                    kind=kind,
                    amount=amount,
                    fund=fund,
                    voucher=clean(voucher),
                )
            )
            for each, amount, fund in planned
        ]


def judge_any(awards: Sequence[Award]) -> None:
    """Raises InputError when no award is named."""
    if not awards:
        raise InputError(t("No award is named"), do=t("mark awards first, or name them"))
