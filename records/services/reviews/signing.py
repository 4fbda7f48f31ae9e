"""Signing a review: it locks, and ends, renews and adds appointments as one change; corrections come after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

import msgspec

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.appointments import Appointment, RoleKey
from records.domain.reviews import STAYING, Review, ReviewLine
from records.rules.standards.supposing import suppose_role
from records.services.appointments.appointing import put_post, usual_end, usual_paper
from records.services.appointments.appointment_checks import judge_place
from records.services.awards.award_checks import judge_form, judge_plain_name
from records.services.office import Office
from records.services.paper_numbers import DECISION, judge_free
from records.services.reviews.deciding import judge_unsigned
from records.services.reviews.reviews import line_of, lines_of
from records.services.standards.verdicts import judge_whole
from records.store.contract import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The decision that signs a review.

    Attributes:
        number: as on the paper, without `Số`.
        day: of the decision; `effective` its first day of force.
        renewed_until: last day of new terms; None: the usual term of each role.
        renew: whose terms begin anew: those that have run out by `effective`, or everybody who stays.
    """

    number: str
    day: date
    effective: date
    renewed_until: date | None = None
    renew: str = "expired"
    signer_title: str = ""
    signer_name: str = ""


@dataclass(slots=True)
class _Work:
    """What signing writes; of what ends, how it was and how it is then."""

    ended: list[tuple[Appointment, Appointment]] = field(default_factory=list)
    renewed: list[Appointment] = field(default_factory=list)
    added: list[Appointment] = field(default_factory=list)


def sign(office: Office, review: Review, signature: Signature) -> Review:
    """Lock a review and write what it decides, as one change.

    Raises:
        InputError: for no number, or days in the wrong order.
        RefusedError: when it is signed already, its number is that of another paper, somebody is undecided, an
            appointment was changed since, or a new term would begin at a level or in a unit that is there no more.
    """
    judge_unsigned(review)
    lines = lines_of(office, review)
    _judge_signature(office, review, signature)
    _judge_lines(office, lines)
    work = _Work()
    with office.book.change("review.sign", about=review.title) as change:
        for line in lines:
            _settle(office, change, line, signature, work)
            change.put(msgspec.structs.replace(line, sealed=True), was=line)
        _judge_new(office, (*work.renewed, *work.added))
        for before, after in work.ended:
            change.put(after, was=before)
        for each in (*work.renewed, *work.added):
            put_post(office, change, each)
        signed = msgspec.structs.replace(
            review,
            signed=signature.day,
            number=signature.number.strip(),
            effective=signature.effective,
            renewed_until=signature.renewed_until,
            signer_title=signature.signer_title,
            signer_name=signature.signer_name,
            ended=tuple(each.id for each, _ in work.ended),
            renewed=tuple(each.id for each in work.renewed),
            added=tuple(each.id for each in work.added),
        )
        change.put(signed, was=review)
    return signed


def _judge_new(office: Office, posts: Sequence[Appointment]) -> None:
    for post in posts:
        try:
            judge_place(office, post)
        except RefusedError as error:
            name = office.person(post.person).name
            raise RefusedError(t("{name}: {what}", name=name, what=error.what), do=error.do) from None


def _judge_signature(office: Office, review: Review, signature: Signature) -> None:
    # Whom reporters are recognised by is a committee. One decision may sign several reviews.
    judge_form(office, signature.number, signature.day, "party")
    judge_free(
        office, signature.number, DECISION, "party", signature.day, about=f"reviewed by {signature.number.strip()}"
    )
    judge_plain_name(office, signature.signer_name, signature.day)
    if signature.day < review.on:
        raise InputError(
            t("The decision of {day} is older than the review of {on}", day=signature.day, on=review.on),
            do=t("correct the day"),
        )
    if signature.renewed_until is not None and signature.renewed_until < signature.effective:
        raise InputError(t("The new terms would end before they begin"), do=t("correct one of the two days"))


def _judge_lines(office: Office, lines: Sequence[ReviewLine]) -> None:
    undecided = [each for each in lines if not each.outcome]
    if undecided:
        raise RefusedError(
            t("{n} lines are not decided yet, first {name}", n=len(undecided), name=undecided[0].name),
            do=t("decide on each, or accept what is proposed for the rest"),
        )
    for line in lines:
        held = office.book.table(Appointment).get(line.appointment) if line.appointment else None
        if line.appointment and held is None:
            raise RefusedError(
                t("The appointment of {name} is no longer in the book", name=line.name), do=t("open a new review")
            )
        office.person(line.person)


def _settle(office: Office, change: UnitOfWork, line: ReviewLine, signature: Signature, work: _Work) -> None:
    start = signature.effective
    held = _held_now(office, line, start)
    if held is None:
        if line.outcome == "add":
            work.added.append(_new(office, change, line, None, signature))
        return
    last = held.last_day()
    over = last is not None and last < start
    if line.outcome not in STAYING:
        if held.ended is None:
            work.ended.append((held, _ended(held, start, relieved=True)))
        return
    if over or signature.renew == "all":
        if held.ended is None:
            work.ended.append((held, _ended(held, start, relieved=False)))
        work.renewed.append(_new(office, change, line, held, signature))


def _held_now(office: Office, line: ReviewLine, start: date) -> Appointment | None:
    """The appointment reviewed, or the one that took its place since: renewed elsewhere, it is not renewed again."""
    held = office.book.table(Appointment).get(line.appointment) if line.appointment else None
    if held is None or held.end_reason != "renewed":
        return held
    later = [
        each
        for each in office.book.table(Appointment).where(person=line.person)
        if each.role == line.role and (each.since or date.min) > (held.since or date.min) and each.held_on(start)
    ]
    return max(later, key=lambda each: each.since or date.min, default=held)


def gaps(office: Office, review: Review) -> list[tuple[str, date, date]]:
    """Of a signed review: whose new term begins later than the day after the old one ended; (name, ended, begins)."""
    found = []
    for new in (office.book.table(Appointment).get(each) for each in review.renewed):
        if new is None or new.since is None:
            continue
        ends = [
            last
            for each in office.book.table(Appointment).where(person=new.person)
            if each.role == new.role and each.id != new.id and (last := each.last_day()) is not None
        ]
        last = max((each for each in ends if each < new.since), default=None)
        if last is not None and last + timedelta(days=1) < new.since:
            found.append((office.person(new.person).name, last, new.since))
    return found


def _ended(held: Appointment, start: date, *, relieved: bool) -> Appointment:
    """The appointment ended on the eve of `start`, or on its last day where its term ran out before."""
    eve = start - timedelta(days=1)
    ran_out = held.until is not None and held.until <= eve
    ended = held.until if ran_out else max(eve, held.since or eve)
    reason = "relieved" if relieved and not ran_out else "term_ended"
    return msgspec.structs.replace(held, ended=ended, end_reason=reason)


def _new(
    office: Office, change: UnitOfWork, line: ReviewLine, held: Appointment | None, signature: Signature
) -> Appointment:
    """A new term. A contract is signed one by one, so its number stays open; a decision carries the review's.

    What it does not say, such as the bodies, is completed where it is written.
    """
    role = cast("RoleKey", line.role)
    instrument = (held.instrument if held else "") or usual_paper(office, role)
    by_decision = instrument == "decision"
    return Appointment(
        id=change.new_id(Appointment),
        person=line.person,
        role=role,
        level=line.level,
        unit=_unit_then(office, line, held, signature.effective),
        instrument=instrument,
        number=signature.number.strip() if by_decision else "",
        decided=signature.day if by_decision else None,
        managed_by=held.managed_by if held else "",
        since=signature.effective,
        until=signature.renewed_until or usual_end(office, line.role, signature.effective),
    )


def _unit_then(office: Office, line: ReviewLine, held: Appointment | None, start: date) -> str:
    """The unit a new term begins in: where the person is by then, for units were merged or people moved since."""
    then = held.unit_on(start) if held else office.person(line.person).unit_on(start)
    return then or line.unit


def open_correction(office: Office, review: Review, people: Sequence[str], note: str, on: date) -> Review:
    """Open a correction of a signed review for some of its people, judged anew on `on`; one change.

    Raises:
        InputError: for nobody, somebody who is not in the review, or no reason.
        RefusedError: when the review is not signed.
    """
    if review.signed is None:
        raise RefusedError(
            t("The review “{title}” is not signed", title=review.title),
            do=t("change its outcomes in the review itself"),
        )
    lines = {(each.person, each.role): each for each in lines_of(office, review)}
    chosen = [each for each in lines.values() if each.person in people]
    strangers = [each for each in people if each not in {line.person for line in chosen}]
    if strangers or not chosen:
        given = ", ".join(strangers) or "…"
        raise InputError(
            t("{given} is not in the review", given=given), do=t("name people of the review by their code")
        )
    if not note.strip():
        raise InputError(t("The correction has no reason"), do=t("say what was wrong"))
    with office.book.change("review.correct", about=review.title) as change:
        opened = Review(
            id=change.new_id(Review),
            title=review.title,
            on=on,
            role=review.role,
            level=review.level,
            unit=review.unit,
            previous=review.id,
            corrects=review.id,
            note=note.strip(),
        )
        change.put(opened)
        for line in chosen:
            made = _anew(office, line, on)
            change.put(msgspec.structs.replace(made, id=change.new_id(ReviewLine), review=opened.id))
    return opened


def _anew(office: Office, line: ReviewLine, on: date) -> ReviewLine:
    dossier = office.dossier(line.person, on)
    latest = dossier.latest(line.role)
    basis = dossier if latest else suppose_role(dossier, line.role, line.level)
    made = line_of(office, basis, judge_whole(office, basis, line.role), office.unit_names(on))
    appointment = latest.id if latest else line.appointment
    return msgspec.structs.replace(
        made, appointment=appointment, proposed=made.proposed if appointment else "add", rule=made.rule
    )
