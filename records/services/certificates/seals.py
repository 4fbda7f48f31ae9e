"""The seal on a certificate: a short signed code that says what was printed, and can be checked without a network."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.exchange import Neighbour
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.services.certificates.keys import private_key, public_from, public_key, signed_by
from records.services.office import Office
from records.store.codes import is_own

MARK = "SV1"
"""What every code begins with: the program and the way it is made."""

_DIGEST = 12  # bytes of the digest in the code; the signature follows it
_SIGNATURE = 64

State = Literal["genuine", "revoked", "unknown", "altered"]
Sealed = Award | Attendance | Appointment


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a code is worth.

    Attributes:
        state: genuine and in force; revoked; not known to this book; or altered.
        reason: one sentence.
        record: what the code speaks of, when the book has it.
        said: what must stand on the page, letter for letter.
    """

    state: State
    reason: Text
    record: Sealed | None = None
    said: tuple[str, ...] = ()


def seal(office: Office, record: Sealed) -> str:
    """The code of a record: `SV1|office|number|register|digest and signature`.

    The key is made when the first certificate is sealed and kept in the book's folder; a book that can only be read and
    has none gives no code.

    Raises:
        InputError: when the key cannot be read or written.
    """
    if office.book.read_only and public_key(office, None) is None:
        return ""
    number, register, lines = _told(office, record)
    digest = _digest(lines)
    head = f"{MARK}|{office.settings.office.code}|{number}|{register}"
    signature = private_key(office).sign(head.encode() + b"|" + digest)
    return f"{head}|{base64.urlsafe_b64encode(digest + signature).decode().rstrip('=')}"


def check_code(office: Office, code: str, *, on: date, public: Path | None = None) -> Verdict:
    """What the book says of a code.

    Args:
        office: with its key.
        code: as read from a certificate.
        on: the day asked about, for what ends by itself.
        public: the public key of the office that printed it, when it is not this one.

    Raises:
        InputError: when a key cannot be read.
    """
    parts = code.strip().split("|")
    if len(parts) != 5 or parts[0] != MARK:
        return Verdict("unknown", t("This is not a code of a certificate from this program"))
    raw = _unpacked(parts[4])
    if len(raw) != _DIGEST + _SIGNATURE:
        return Verdict("altered", t("The code is damaged or was changed"))
    return _judge(office, (parts, raw), on, public)


def _judge(office: Office, code: tuple[list[str], bytes], on: date, public: Path | None) -> Verdict:
    parts, raw = code
    maker = parts[1]
    codes = tuple(dict.fromkeys((office.settings.office.code, *office.book.codes)))
    met = _met(office, maker) if public is None and maker not in codes else None
    key = public_key(office, public) if met is None else public_from(met.key)
    if key is None:
        return Verdict("unknown", t("This book has no key yet: it has sealed no certificate"))
    if public is None and met is None and maker not in codes:
        reason = t("The office {code} printed it; checking it takes that office's public key", code=maker)
        return Verdict("unknown", reason)
    digest, signature = raw[:_DIGEST], raw[_DIGEST:]
    if not signed_by(key, signature, "|".join(parts[:4]).encode() + b"|" + digest):
        return Verdict("altered", t("The signature is not that of this key: the code was changed or made elsewhere"))
    if public is not None:
        reason = t("Signed by this key; whether it is in force, only the book of {code} says", code=maker)
        return Verdict("genuine", reason)
    if met is not None and _find(office, parts[2], parts[3], (met.code,)) is None:
        reason = t("Signed by the key of {code} ({name}); whether it is in force, only its book says", code=met.code,
                   name=met.name)  # fmt: skip
        return Verdict("genuine", reason)
    return _compare(office, (parts[2], parts[3], digest), on, office.book.codes if met is None else (met.code,))


def _met(office: Office, maker: str) -> Neighbour | None:
    """The office with this code whose key was compared, or None."""
    return next((each for each in office.book.table(Neighbour) if each.key and each.met and each.code == maker), None)


def _unpacked(packed: str) -> bytes:
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _compare(office: Office, told: tuple[str, str, bytes], on: date, codes: tuple[str, ...]) -> Verdict:
    number, register, digest = told
    record = _find(office, number, register, codes)
    if record is None:
        reason = t("Signed here, but the book has no {number}, register {register}", number=number, register=register)
        return Verdict("unknown", reason)
    lines = _told(office, record)[2]
    # It may have been sealed under a code that the office had before, with which the ids of that time began.
    if digest not in (_digest(tuple(_under(code, record.id, line) for line in lines)) for code in codes):
        return Verdict("altered", t("What was signed is not what the book says of it"), record)
    said = tuple(line for line in lines[2:] if line)
    if isinstance(record, Award) and record.revoked is not None:
        ground = record.revoked_ground or "—"
        return Verdict("revoked", t("Revoked on {day}: {ground}", day=record.revoked, ground=ground), record, said)
    if isinstance(record, Award) and (later := _corrected_by(office, record)) is not None:
        reason = t("Replaced on {day} by decision {number}, which corrects it", day=later.day, number=later.number)
        return Verdict("revoked", reason, record, said)
    if isinstance(record, Appointment) and not record.in_force_on(on):
        last = record.last_day()
        reason = t("The appointment ended on {day}", day=last) if last else t("The appointment has not begun")
        return Verdict("revoked", reason, record, said)
    return Verdict("genuine", t("Genuine and in force"), record, said)


def _corrected_by(office: Office, award: Award) -> Decision | None:
    """The decision whose award puts this one's words right, while it stands."""
    for later in office.book.table(Award).where(corrects=award.id):
        if later.revoked is None:
            return office.book.table(Decision).get(later.decision)
    return None


def _find(office: Office, number: str, register: str, codes: tuple[str, ...]) -> Sealed | None:
    """The record of an office with these codes; another office may have given the same numbers."""
    for kind in (Attendance, Appointment):
        found: Any = office.book.table(kind).get(register)
        if found is not None and is_own(found.id, codes):
            return found  # type: ignore[no-any-return]  # a table gives its own kind
    for decision in office.book.table(Decision).where(number=number):
        for award in office.book.table(Award).where(decision=decision.id):
            if award.register == register and is_own(award.id, codes):
                return award
    return None


def _told(office: Office, record: Sealed) -> tuple[str, str, tuple[str, ...]]:
    """Number, register number, and every line that was signed: kind and id first, then what is printed."""
    if isinstance(record, Award):
        decision = office.book.table(Decision).get(record.decision)
        number, day = (decision.number, decision.day.isoformat()) if decision else ("", "")
        lines = ("award", f"{record.id} {day}", record.name, record.unit_name, record.citation, number, record.register)
        return number, record.register, lines
    person = office.book.table(Person).get(record.person)
    name = person.name if person else ""
    if isinstance(record, Attendance):
        event = office.book.table(Event).get(record.event)
        title = event.title if event else ""
        return record.certificate or "-", record.id, ("course", f"{record.id} {record.day}", name, title)
    about = ("appointment", f"{record.id} {record.since} {record.until} {record.level}", name, record.id)
    return record.number or "-", record.id, about


def _under(code: str, record_id: str, line: str) -> str:
    """A line as it was while ids began with `code`: only the record's own id stands in it."""
    _, _, rest = record_id.partition("-")
    return f"{code}-{rest}{line.removeprefix(record_id)}" if line.startswith(record_id) else line


def _digest(lines: tuple[str, ...]) -> bytes:
    return hashlib.sha256("\n".join(lines).encode("utf-8")).digest()[:_DIGEST]
