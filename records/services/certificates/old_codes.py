"""Codes as they were first printed, `SV1|office|number|register|digest and signature`: read for ever, made no more."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import date
from typing import Any

from config.text import t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.services.certificates.keys import public_key, signed_by
from records.services.certificates.sealed import Sealed, Verdict, find, lines_of, out_of_force, words_of
from records.services.office import Office

MARK = "SV1"
"""What every such code begins with."""

_DIGEST = 12  # bytes of the digest in the code; the signature follows it
_SIGNATURE = 64


def check_old(office: Office | None, code: str, *, on: date, key: Any) -> Verdict:
    """What the book says of such a code, or the public key `key` alone where there is no book."""
    parts = code.strip().split("|")
    raw = _unpacked(parts[4]) if len(parts) == 5 else b""
    if len(raw) != _DIGEST + _SIGNATURE:
        return Verdict("altered", t("The code is damaged or was changed"))
    known = key if office is None else public_key(office)
    if known is None:
        return Verdict("unknown", t("This book has no key yet: it has sealed no certificate"))
    maker = parts[1]
    if office is not None and maker not in (office.settings.office.code, *office.book.codes):
        reason = t("The office {code} printed it; checking it takes that office's public key", code=maker)
        return Verdict("unknown", reason)
    digest, signature = raw[:_DIGEST], raw[_DIGEST:]
    if not signed_by(known, signature, "|".join(parts[:4]).encode() + b"|" + digest):
        return Verdict("altered", t("The signature is not that of this key: the code was changed or made elsewhere"))
    if office is None:
        reason = t(
            "Signed by the office {code}; this older code does not carry the words, and whether it is in force only"
            " the book says",
            code=maker,
        )
        return Verdict("genuine", reason, number=parts[2], issuer=maker)
    return _compare(office, (parts[2], parts[3], digest), on)


def maker_of(code: str) -> str:
    """The code of the office that printed it, as it calls itself."""
    return code.strip().split("|")[1] if "|" in code else ""


def _unpacked(packed: str) -> bytes:
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _compare(office: Office, told: tuple[str, str, bytes], on: date) -> Verdict:
    number, register, digest = told
    found = (find(office, kind, number, register, office.book.codes) for kind in ("course", "appointment", "award"))
    record = next((each for each in found if each is not None), None)
    if record is None:
        reason = t("Signed here, but the book has no {number}, register {register}", number=number, register=register)
        return Verdict("unknown", reason, number=number)
    lines = signed_lines(office, record)
    # It may have been sealed under a code that the office had before, with which the ids of that time began.
    if digest not in (digest_of(tuple(_under(code, record.id, line) for line in lines)) for code in office.book.codes):
        return Verdict("altered", t("What was signed is not what the book says of it"), record)
    words = words_of(office, record, "", bytes(32))
    verdict = Verdict(
        *("genuine", t("Genuine and in force")),
        record=record,
        said=lines_of(office, record),
        name=words.name,
        number=words.number,
        issuer=words.issuer,
        citation=lines[4] if isinstance(record, Award) else words.citation,
    )
    ended = out_of_force(office, record, on)
    return verdict.but(*ended) if ended else verdict


def signed_lines(office: Office, record: Sealed) -> tuple[str, ...]:
    """Every line that was signed: kind and id first, then what is printed."""
    if isinstance(record, Award):
        decision = office.book.table(Decision).get(record.decision)
        number, day = (decision.number, decision.day.isoformat()) if decision else ("", "")
        return ("award", f"{record.id} {day}", record.name, record.unit_name, record.citation, number, record.register)
    person = office.book.table(Person).get(record.person)
    name = person.name if person else ""
    if isinstance(record, Attendance):
        event = office.book.table(Event).get(record.event)
        return "course", f"{record.id} {record.day}", name, event.title if event else ""
    assert isinstance(record, Appointment)
    return "appointment", f"{record.id} {record.since} {record.until} {record.level}", name, record.id


def _under(code: str, record_id: str, line: str) -> str:
    """A line as it was while ids began with `code`: only the record's own id stands in it."""
    _, _, rest = record_id.partition("-")
    return f"{code}-{rest}{line.removeprefix(record_id)}" if line.startswith(record_id) else line


def digest_of(lines: tuple[str, ...]) -> bytes:
    """What stands in the code for the lines."""
    return hashlib.sha256("\n".join(lines).encode("utf-8")).digest()[:_DIGEST]
