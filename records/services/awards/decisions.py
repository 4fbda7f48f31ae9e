"""Decisions: one with its awards, entered in the register, printed, taken back. Each is one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from msgspec.structs import replace as replace_struct

from config.errors import InputError
from config.settings.shapes import Prize
from config.text import Text, t
from records.domain.awards.awards import SIGNERS, Award, Decision, Issue
from records.domain.awards.proposals import Candidate
from records.domain.training import Attendance
from records.domain.units import Unit
from records.rules.awards.money import PrizeMoney, plain, prize_money
from records.services.awards.award_checks import (
    Judging,
    doubts,
    judge_number,
    judge_signers,
    judge_words,
    number_doubt,
    pays_both,
    prize_of,
    refusal_of,
    unmet,
    with_other,
)
from records.services.awards.issuing import issued_by
from records.services.awards.registering import next_number
from records.services.office import Office
from records.services.paper_numbers import DECISION, NEXT, body_named, completed, is_next
from records.services.training.results import judge_results


class Printable(Protocol):
    """What a certificate or a card is printed for: an award, an attendance, an appointment."""

    @property
    def id(self) -> str:
        """Its id in the book."""


T = TypeVar("T", bound=Printable)
_FEW = 3
"""Awards of which each is looked up by itself; for more of them all printings are read through."""


HEAD = ("issuer", "issuer_above", "place")
"""Fields of a decision that stand at its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a decision says before it has an id.

    Attributes:
        number: without `Số`, as on the paper: `12-QĐ/BTG` of the Party, `12/QĐ-UBND` of the state; `next` is the next
            one of whoever issues it.
        people: ids of people, or of units where the prize is for collectives, in the order of the decision's list.
        citation: the achievement, letter for letter as on the paper.
        citations, periods: subject's id -> another achievement or its days, where they differ.
        candidates: subject's id -> id of the candidate that is decided with it.
        issuer, issuer_above, place: as at the head of the paper; by the settings where nothing is said, and so are the
            signers where neither they nor the issuer are named.
        received: the day the dossier was received for appraisal, where it was before the decision.
    """

    number: str
    day: date
    prize: str
    people: Sequence[str]
    citation: str
    achieved_from: date
    achieved_to: date
    citations: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    candidates: Mapping[str, str] = field(default_factory=dict)
    signer_mode: str = ""
    signer_body: str = ""
    signer_title: str = ""
    signer_name: str = ""
    signer2_mode: str = ""
    signer2_body: str = ""
    signer2_title: str = ""
    signer2_name: str = ""
    issuer: str = ""
    issuer_above: str = ""
    place: str = ""
    received: date | None = None

    def period(self, subject: str) -> tuple[date, date]:
        """First and last day of what is rewarded of one subject."""
        return self.periods.get(subject, (self.achieved_from, self.achieved_to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a decision would be: its money by subject, and what is to be known before it is entered.

    `asked` are those of the warnings that a person is asked about first: a number not written as decisions are, and a
    title beside a form for one achievement, with what is then paid.
    """

    money: Mapping[str, PrizeMoney]
    warnings: tuple[Text, ...]
    asked: tuple[Text, ...] = ()


def look(office: Office, proposal: Proposal) -> Look:
    """Judge a decision before it is entered; nothing is written. Raises what `decide` raises."""
    proposal = _numbered(office, proposal)
    prize = prize_of(office, proposal.prize)
    _judge_proposal(proposal)
    entered = _decision(office, proposal, prize, "")
    judge_number(office, proposal.number, proposal.day, prize.form, entered.issuer)
    judge_signers(office, {each: getattr(entered, each) for each in SIGNERS}, prize.form, proposal.day)
    for citation in (proposal.citation, *proposal.citations.values()):
        judge_words(prize, citation, proposal.day)
    doubt = number_doubt(office, proposal.number, prize.form, proposal.day)
    asked: list[Text] = [] if doubt is None else [doubt]
    warnings: list[Text] = []
    money: dict[str, PrizeMoney] = {}
    judging = Judging(office, proposal.prize, proposal.day, proposal.received)
    for each in proposal.people:
        period, words = proposal.period(each), proposal.citations.get(each, proposal.citation)
        if refused := refusal_of(office, each, proposal.prize, proposal.day, period, citation=words):
            raise refused
        name = _blank_award(office, each, proposal.day).name
        judgement = judging.judge(each, period[1])
        if refused := unmet(office, name, judgement):
            raise refused
        warnings += doubts(office, name, judgement)
        money[each] = prize_money(prize, office.settings.money, proposal.day)
        for other in with_other(office, each, proposal.prize, period, words):
            told, money[each] = _beside(office, name, other, money[each], proposal.day)
            asked.append(told)
    if prize.ceiling:
        warnings.append(t("“{prize}”: the coefficient is the most that may be paid", prize=prize.title))
    return Look(money=money, warnings=(*asked, *warnings), asked=tuple(asked))


def _beside(office: Office, name: str, other: Award, money: PrizeMoney, day: date) -> tuple[Text, PrizeMoney]:
    """What is told of a title beside a form for one achievement, and the money that is then paid."""
    title = prize_of(office, other.prize).title
    parts: dict[str, object] = {"name": name, "title": title, "register": other.register}
    if pays_both(office, day):
        return t("{name} has “{title}” for the same achievement (register {register}); both are paid", **parts), money
    rest = max(money.amount - other.money, 0)
    told = t("{name} has “{title}” for the same achievement (register {register}); only the higher is paid", **parts)
    note = f"{money.note} − {plain(Decimal(other.money))} = {plain(Decimal(rest))}"
    return told, replace(money, amount=rest, note=note)


def decide(office: Office, proposal: Proposal) -> tuple[Decision, list[Award]]:
    """Enter a signed decision and register its awards, gapless in the year, as one change.

    Everybody is judged as by `award eligible`; what is *not enough data* does not stop it, and `look` tells it.

    Raises:
        InputError: when somebody, the prize, the number, a signer or a date is wrong.
        UnmetError: when somebody may not be commended: under discipline, a period or an achievement rewarded before, a
            unit that is dissolved, a condition of the title that is not met.
        RefusedError: for the same number twice.
    """
    proposal = _numbered(office, proposal)
    seen = look(office, proposal)
    prize = prize_of(office, proposal.prize)
    with office.book.change("award.decide", about=proposal.number) as change:
        decision = change.put(_decision(office, proposal, prize, change.new_id(Decision)))
        first = next_number(office.book, proposal.day.year)
        made = []
        for number, subject in enumerate(proposal.people, first):
            begun, ended = proposal.period(subject)
            award = replace_struct(
                _blank_award(office, subject, proposal.day),
                id=change.new_id(Award),
                decision=decision.id,
                prize=proposal.prize,
                citation=proposal.citations.get(subject, proposal.citation),
                achieved_from=begun,
                achieved_to=ended,
                register_year=proposal.day.year,
                register_number=number,
                money=seen.money[subject].amount,
                money_note=seen.money[subject].note,
            )
            made.append(change.put(award))
            if candidate := office.book.table(Candidate).get(proposal.candidates.get(subject, "")):
                change.put(replace_struct(candidate, award=award.id), was=candidate)
    return decision, made


def _blank_award(office: Office, subject: str, day: date) -> Award:
    """An award that says only whom it commends, as the decision's day knows them."""
    names = office.unit_names(day)
    blank = Award(
        id="", decision="", person="", prize="", name="", unit_name="", citation="", achieved_from=day, achieved_to=day
    )
    unit = office.book.table(Unit).get(subject)
    if unit is not None:
        return replace_struct(blank, unit=unit.id, name=unit.name_on(day), unit_name=names.get(unit.parent_on(day), ""))
    person = office.person(subject)
    unit_name = names.get(person.unit_on(day), "")
    return replace_struct(blank, person=person.id, name=person.name, unit_name=unit_name, position=person.position)


def _numbered(office: Office, proposal: Proposal) -> Proposal:
    """A proposal with the next number for `next`; any other is taken letter for letter."""
    if not is_next(proposal.number):
        return proposal
    form = prize_of(office, proposal.prize).form
    issuer = proposal.issuer or issued_by(office, "", form, proposal.prize, proposal.day).name
    body = body_named(office, issuer, proposal.day)
    return replace(proposal, number=completed(office, NEXT, DECISION, form, proposal.day, body=body))


def _judge_proposal(proposal: Proposal) -> None:
    if not proposal.people:
        raise InputError(t("The decision names nobody"), do=t("mark people first, or name them with --people"))
    if len(set(proposal.people)) != len(proposal.people):
        raise InputError(t("The decision names somebody twice"), do=t("name each person once"))
    if not proposal.citation.strip():
        raise InputError(t("The achievement is empty"), do=t("enter it letter for letter as in the decision"))
    for begun, ended in ((proposal.achieved_from, proposal.achieved_to), *proposal.periods.values()):
        if not begun <= min(ended, proposal.day):
            raise InputError(t("The achievement ends, or is rewarded, before it begins"), do=t("correct the days"))


def _decision(office: Office, proposal: Proposal, prize: Prize, new_id: str) -> Decision:
    usual = issued_by(office, proposal.number, prize.form, proposal.prize, proposal.day)
    given = {each: getattr(proposal, each) for each in SIGNERS}
    return Decision(
        id=new_id,
        number=proposal.number,
        day=proposal.day,
        form=prize.form,
        issuer=proposal.issuer or usual.name,
        issuer_above=proposal.issuer_above or ("" if proposal.issuer else usual.above),
        title=prize.title.vi,
        place=proposal.place or usual.place,
        **(given if any(given.values()) or proposal.issuer else usual.signer_fields()),
    )


def decision_by_number(office: Office, number: str, year: int = 0) -> Decision:
    """The decision with this number (of the latest year that has it, when `year` is 0). Raises InputError."""
    found = [
        each for each in office.book.table(Decision) if number in (each.number, each.id) and year in (0, each.day.year)
    ]
    if not found:
        raise InputError(t("There is no decision {number}", number=number), do=t("list decisions with “award list”"))
    return max(found, key=lambda each: each.day)


def awards_of(office: Office, decision: Decision) -> list[Award]:
    """The awards of a decision in the order of the register."""
    return sorted(office.book.table(Award).where(decision=decision.id), key=lambda each: each.register_number)


def printed_before(office: Office, awards: Sequence[T]) -> list[T]:
    """Those of `awards` (or attendances, or appointments) for which a certificate was printed already."""
    issues = office.book.table(Issue)
    if len(awards) <= _FEW:
        return [each for each in awards if issues.where(award=each.id)]
    printed = {award for (award,) in issues.columns("award")}  # each looked up by itself would be read apart
    return [each for each in awards if each.id in printed]


def last_print(office: Office, record: Printable) -> Issue | None:
    """How the certificate of a record was printed last."""
    return max(office.book.table(Issue).where(award=record.id), key=lambda each: (each.printed, each.id), default=None)


def record_print(
    office: Office,
    awards: Sequence[Printable],
    *,
    template: str,
    hashes: Sequence[str],
    today: date,
    numbered: Sequence[tuple[Attendance, Attendance]] = (),
    spoilt: str = "",
) -> None:
    """Note that certificates were printed, as one change; a second printing is noted as a re-issue.

    Args:
        office: the open book.
        awards: what was printed.
        template: its name.
        hashes: the SHA-256 of the file, or of each certificate's own where they lie in files of their own.
        today: the day it was printed.
        numbered: attendances as they were, and with the number that the printing gave them.
        spoilt: what happened to the sheets printed before, where these take their place as they were.

    Raises:
        InputError: for a number that the same issuer gave to somebody else that year.
    """
    last = {each.id: last_print(office, each) for each in awards}
    each_own = list(hashes) if len(hashes) == len(awards) else [*hashes[:1]] * len(awards)
    if numbered:
        judge_results(office, [after for _, after in numbered])
    with office.book.change("certificate.print", about=template) as change:
        for before, after in numbered:
            change.put(after, was=before)
        for award, sha256 in zip(awards, each_own or [""] * len(awards), strict=True):
            again = _marked(last[award.id], spoilt)
            made = Issue(id=change.new_id(Issue), award=award.id, printed=today, template=template)
            change.put(replace_struct(made, reissue=again, sha256=sha256, spoilt=spoilt))


def _marked(last: Issue | None, spoilt: str) -> bool:
    """Whether a printing is a re-issue: a second original is; the same in place of a spoilt sheet is what that was."""
    return last is not None and (last.reissue or not spoilt)
