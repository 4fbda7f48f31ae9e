"""What can be sealed: the words of each record, where it is found again, and whether it is still in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.services.certificates import codes
from records.services.office import Office
from records.store.codes import is_own

State = Literal["genuine", "revoked", "replaced", "altered", "unknown"]
Sealed = Award | Attendance | Appointment


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a code is worth.

    Attributes:
        state: genuine and in force; revoked, or ended; replaced by a later one; altered; or not known here.
        reason: one sentence.
        record: what the code speaks of, when the book has it.
        said: what must stand on the page, letter for letter.
        name, number, issuer, citation: the words that were signed, as far as they are known; empty where nothing signed
            says them.
        signed: what the code itself carries, where its signature holds.
    """

    state: State
    reason: Text
    record: Sealed | None = None
    said: tuple[str, ...] = ()
    name: str = ""
    number: str = ""
    issuer: str = ""
    citation: str = ""
    signed: codes.Signed | None = None

    def but(self, state: State, reason: Text) -> Verdict:
        """Another verdict on the same words."""
        return replace(self, state=state, reason=reason)


def kind_of(record: Sealed) -> str:
    """Its kind, as codes name it."""
    return codes.KINDS[0 if isinstance(record, Award) else 1 if isinstance(record, Attendance) else 2]


def find(office: Office, kind: str, number: str, register: str, own: tuple[str, ...]) -> Sealed | None:
    """The record that a code names; an award by the number of its decision and its number in the register.

    Only among the records of the office with these codes: another may have given the same numbers.
    """
    found: Sealed | None = None
    if kind == "course":
        found = office.book.table(Attendance).get(register)
    elif kind == "appointment":
        found = office.book.table(Appointment).get(register)
    else:
        for decision in office.book.table(Decision).where(number=number):
            awards = office.book.table(Award).where(decision=decision.id)
            found = found or next((each for each in awards if each.register == register and is_own(each.id, own)), None)
    return found if found is not None and is_own(found.id, own) else None


def words_of(office: Office, record: Sealed, issuer: str, key: bytes) -> codes.Signed:
    """What is signed for a record.

    Args:
        office: the open book.
        record: what is sealed.
        issuer: who issues what has no decision of its own.
        key: SHA-256 of the public key.
    """
    if isinstance(record, Award):
        return _words_of_award(office, record, key)
    person = office.book.table(Person).get(record.person)
    name = person.name if person else ""
    if isinstance(record, Attendance):
        return codes.told(
            *("course", key, record.day),
            name=name,
            number=record.certificate,
            register=record.id,
            issuer=issuer or record.certificate_issuer,
            citation=_title_of(office, record),
            rest=(),
        )
    levels = office.settings.levels.levels
    level = levels[record.level].title.vi if record.level in levels else record.level
    return codes.told(
        *("appointment", key, record.until),
        name=name,
        number=record.number,
        register=record.id,
        issuer=issuer,
        citation=f"Báo cáo viên {level.lower()}".strip(),
        rest=(f"{record.since} {record.level}",),
    )


def _words_of_award(office: Office, award: Award, key: bytes) -> codes.Signed:
    decision = office.book.table(Decision).get(award.decision)
    return codes.told(
        *("award", key, decision.day if decision else None),
        name=award.name,
        number=decision.number if decision else "",
        register=award.register,
        issuer=decision.issuer if decision else "",
        citation=award.citation,
        rest=(award.unit_name,),
    )


def _title_of(office: Office, record: Attendance) -> str:
    event = office.book.table(Event).get(record.event)
    return event.title if event else ""


def lines_of(office: Office, record: Sealed) -> tuple[str, ...]:
    """What must stand on the page, letter for letter, and nothing that is empty."""
    words = words_of(office, record, "", bytes(32))
    if isinstance(record, Award):
        lines: tuple[str, ...] = (record.name, record.unit_name, record.citation, words.number, record.register)
    elif isinstance(record, Attendance):
        lines = (words.name, _title_of(office, record))
    else:
        lines = (words.name, record.id)
    return tuple(filter(None, lines))


def citation_of(office: Office, record: Sealed) -> str:
    """The citation in full, as `words_of` signs it."""
    if isinstance(record, Award):
        return record.citation
    if isinstance(record, Attendance):
        return _title_of(office, record)
    return words_of(office, record, "", bytes(32)).citation


def out_of_force(office: Office, record: Sealed, on: date) -> tuple[State, Text] | None:
    """Why a record does not count on a day, or None while it does."""
    if isinstance(record, Award) and record.revoked is not None:
        return "revoked", t("Revoked on {day}: {ground}", day=record.revoked, ground=record.revoked_ground or "—")
    if isinstance(record, Award) and (later := _corrected_by(office, record)) is not None:
        return "replaced", t(
            "Replaced on {day} by decision {number}, which corrects it", day=later.day, number=later.number
        )
    if isinstance(record, Appointment) and not record.in_force_on(on):
        last = record.last_day()
        return "revoked", (
            t("The appointment ended on {day}", day=last) if last else t("The appointment has not begun")
        )
    return None


def _corrected_by(office: Office, award: Award) -> Decision | None:
    """The decision whose award puts this one's words right, while it stands."""
    for later in office.book.table(Award).where(corrects=award.id):
        if later.revoked is None:
            return office.book.table(Decision).get(later.decision)
    return None
