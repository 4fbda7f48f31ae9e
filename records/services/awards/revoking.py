"""After the decision: awards revoked with their ground, and words corrected by a new decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.awards.awards import SIGNERS, Award, Decision, standing
from records.domain.people.names import clean
from records.services.awards.award_checks import judge_number, judge_signers, judge_words, refusal_of
from records.services.awards.issuing import issued_by
from records.services.awards.paying import judge_any
from records.services.awards.registering import next_number
from records.services.office import Office
from records.services.paper_numbers import DECISION, judge_free


def revoke(office: Office, awards: Sequence[Award], day: date, ground: str, *, number: str = "") -> list[Award]:
    """Take awards back on a ground of the law, as one change; they stay in the register and count no more.

    Raises:
        InputError: for an unknown ground, or a day before the decision.
        RefusedError: for an award revoked or corrected before, or a number that another paper has.
    """
    judge_any(awards)
    grounds = office.settings.procedure.grounds
    if ground not in grounds:
        raise InputError(
            t("There is no ground “{key}”", key=ground), do=t("use one of: {known}", known=", ".join(grounds))
        )
    counting = {each.id for each in standing(office.book.table(Award))}
    for each in awards:
        if each.id not in counting:
            raise RefusedError(
                t("The award of {name} does not count any more", name=each.name), do=t("it was revoked or corrected")
            )
        if day < office.book.table(Decision)[each.decision].day:
            raise InputError(t("The revocation lies before the decision"), do=t("correct the day"))
    if clean(number):
        form = office.book.table(Decision)[awards[0].decision].form
        judge_free(office, number, DECISION, form, day, about=f"revoked {clean(number)}")
    told, source = grounds[ground], office.settings.source(grounds[ground].source)
    words = f"{told.title.vi} ({told.article}, {source.title})"
    with office.book.change("award.revoke", about=clean(number)) as change:
        return [
            change.put(replace(each, revoked=day, revoked_ground=words, revoked_number=clean(number)), was=each)
            for each in awards
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A new decision that puts the words of one award right.

    Attributes:
        right: field of the award -> what it should have said: `name`, `unit_name`, `position`, `citation`,
            `achieved_from`, `achieved_to`.
        signers: field of the decision -> who signed it; as on the decision corrected where nothing is said.
        head: `issuer`, `issuer_above` and `place` of the new decision; by the settings where nothing is said.
    """

    number: str
    day: date
    right: Mapping[str, Any]
    signers: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)


CORRECTABLE = ("name", "unit_name", "position", "citation", "achieved_from", "achieved_to")


def correct(office: Office, award: Award, correction: Correction) -> tuple[Decision, Award]:
    """Enter a decision that corrects an award; the old entry stays in the register and points to the new one.

    The money stays what it was, and what was paid counts for the corrected award.

    Raises:
        InputError: when nothing is different, a field cannot be corrected, or the number or day is wrong.
        RefusedError: for an award that does not count any more, or a period rewarded before.
    """
    old = office.book.table(Decision)[award.decision]
    new = _righted(office, award, old, correction)
    usual = issued_by(office, correction.number, old.form, award.prize, correction.day)
    head = {"issuer": usual.name, "issuer_above": usual.above, "place": usual.place}
    head |= {name: given for name, given in correction.head.items() if given}
    with office.book.change("award.correct", about=correction.number) as change:
        decision = change.put(
            replace(
                old,
                id=change.new_id(Decision),
                number=correction.number,
                day=correction.day,
                corrects=old.id,
                **head,
                **_signers(old, correction),
            )
        )
        corrected = replace(
            new,
            id=change.new_id(Award),
            decision=decision.id,
            corrects=award.id,
            register_year=correction.day.year,
            register_number=next_number(office.book, correction.day.year),
        )
        return decision, change.put(corrected)


def _signers(old: Decision, correction: Correction) -> dict[str, str]:
    """Who signs the correction: as on the decision it corrects, where it says nothing else."""
    return {each: correction.signers.get(each, getattr(old, each)) for each in SIGNERS}


def _righted(office: Office, award: Award, old: Decision, correction: Correction) -> Award:
    """The award with its words put right; raises what `correct` does."""
    right = {name: value for name, value in correction.right.items() if getattr(award, name, None) != value}
    if not right or not set(right) <= set(CORRECTABLE):
        raise InputError(
            t("The correction changes nothing that a decision says"),
            do=t("give what should be otherwise: {known}", known=", ".join(CORRECTABLE)),
        )
    if award.id not in {each.id for each in standing(office.book.table(Award))}:
        raise RefusedError(
            t("The award of {name} does not count any more", name=award.name), do=t("it was revoked or corrected")
        )
    if correction.day < old.day:
        raise InputError(t("The correction lies before the decision it corrects"), do=t("correct the day"))
    usual = issued_by(office, correction.number, old.form, award.prize, correction.day)
    judge_number(office, correction.number, correction.day, old.form, correction.head.get("issuer") or usual.name)
    judge_signers(office, _signers(old, correction), old.form, correction.day)
    new = replace(award, **right)
    if "citation" in right and award.prize in office.settings.prizes.prizes:
        judge_words(office.settings.prizes.prizes[award.prize], new.citation, correction.day)
    if new.achieved_to < new.achieved_from:
        raise InputError(t("The achievement period ends before it begins"), do=t("correct one of the two days"))
    period = (new.achieved_from, new.achieved_to)
    if {"achieved_from", "achieved_to", "citation"} & set(right):
        refused = refusal_of(
            office, award.subject, award.prize, correction.day, period, citation=new.citation, ignoring=award.id
        )
        if refused:
            raise refused
    return new
