"""The seal on a certificate: a signed code that carries what was printed, and can be checked without a network."""

from __future__ import annotations

from datetime import date
from typing import Any

from config.text import Text, t
from records.domain.exchange import Neighbour
from records.domain.training import Attendance
from records.services.certificates import codes, old_codes
from records.services.certificates.keys import fingerprint, private_key, public_from, public_key, signed_by
from records.services.certificates.sealed import Sealed, Verdict, citation_of, find, lines_of, out_of_force, words_of
from records.services.certificates.short_codes import short_of
from records.services.office import Office

MARKS = (f"{codes.MARK}|", f"{old_codes.MARK}|")
"""What codes begin with."""


def seal(office: Office, record: Sealed, issuer: str = "") -> tuple[str, str]:
    """The signed code of a record, and its short code.

    The key is made when the first certificate is sealed and kept in the book's folder; a book that can only be read and
    has none gives no code.

    Args:
        office: the open book.
        record: what is printed.
        issuer: who issues what has no decision of its own.

    Raises:
        InputError: when the key cannot be read or written.
    """
    if office.book.read_only and public_key(office) is None:
        return "", ""
    key = private_key(office)
    mark = bytes.fromhex(fingerprint(key.public_key()))
    signed = words_of(office, record, issuer, mark)
    payload = codes.payload_of(signed)
    return codes.text_of(payload, key.sign(codes.message_of(payload))), short_of(mark, signed)


def specimen(code: str) -> str:
    """A code of the same size as one that is to be printed, which nobody signed: for what is only looked at."""
    read = codes.parse(code)
    return codes.text_of(read[1], bytes(codes.SIGNATURE)) if read is not None else ""


def is_code(text: str) -> bool:
    """Whether a text is to be read as a signed code."""
    return text.strip().startswith(MARKS)


def check_code(office: Office, code: str, *, on: date) -> Verdict:
    """What the book says of a signed code, on a day. Raises InputError when the key cannot be read."""
    if code.strip().startswith(MARKS[1]):
        maker = old_codes.maker_of(code)
        met = next((each for each in _met(office) if each.code == maker), None)
        return check_alone(code, public_from(met.key)) if met else old_codes.check_old(office, code, on=on, key=None)
    return _check(office, code, on)


def _check(office: Office, code: str, on: date) -> Verdict:
    read = _read(code)
    if isinstance(read, Verdict):
        return read
    signed = read[0]
    for met in _met(office):
        if bytes.fromhex(fingerprint(public_from(met.key))).startswith(signed.key):
            return _check_met(office, code, met, on)
    key = public_key(office)
    if key is None:
        return Verdict("unknown", t("This book has no key yet: it has sealed no certificate"))
    mark = bytes.fromhex(fingerprint(key))
    if not mark.startswith(signed.key):
        reason = t(
            "It calls itself issued by {issuer}, sealed with the key {key}; checking it takes that office's public key",
            issuer=signed.issuer or "—",
            key=signed.key.hex(),
        )
        return Verdict("unknown", reason)
    if (broken := _broken(key, read)) is not None:
        return broken
    return _compare(office, signed, mark, on, office.book.codes)


def _met(office: Office) -> list[Neighbour]:
    """The offices whose keys were compared."""
    return [each for each in office.book.table(Neighbour) if each.key and each.met]


def _check_met(office: Office, code: str, met: Neighbour, on: date) -> Verdict:
    """What is known of a certificate of another office: its record, where that office sent it, else the words alone."""
    key = public_from(met.key)
    alone = check_alone(code, key)
    signed = alone.signed
    if signed is None or find(office, signed.kind, signed.number, signed.register, (met.code,)) is None:
        return alone
    return _compare(office, signed, bytes.fromhex(fingerprint(key)), on, (met.code,))


def check_alone(code: str, key: Any) -> Verdict:
    """What a public key alone says of a signed code: which words were signed, and by whom."""
    if code.strip().startswith(MARKS[1]):
        return old_codes.check_old(None, code, on=date.min, key=key)
    read = _read(code)
    if isinstance(read, Verdict):
        return read
    signed, _payload, _signature = read
    if not bytes.fromhex(fingerprint(key)).startswith(signed.key):
        reason = t("It was sealed with the key {key}, which is not the one given", key=signed.key.hex())
        return Verdict("unknown", reason)
    if (broken := _broken(key, read)) is not None:
        return broken
    reason = t(
        "These words were signed by {issuer} (key {key}); whether it is in force, only its book or its list of"
        " revocations says",
        issuer=signed.issuer or "—",
        key=fingerprint(key)[:16],
    )
    return _of_signed(Verdict("genuine", reason), signed)


def _read(code: str) -> tuple[codes.Signed, bytes, bytes] | Verdict:
    if not code.strip().startswith(MARKS[0]):
        return Verdict("unknown", t("This is not a code of a certificate from this program"))
    return codes.parse(code) or Verdict("altered", t("The code is damaged or was changed"))


def _broken(key: Any, read: tuple[codes.Signed, bytes, bytes]) -> Verdict | None:
    _signed, payload, signature = read
    if signed_by(key, signature, codes.message_of(payload)):
        return None
    return Verdict("altered", t("The signature is not that of this key: the code was changed or made elsewhere"))


def _of_signed(verdict: Verdict, signed: codes.Signed, citation: str = "") -> Verdict:
    return Verdict(
        verdict.state,
        verdict.reason,
        verdict.record,
        verdict.said,
        name=signed.name,
        number=signed.number,
        issuer=signed.issuer,
        citation=signed.citation or citation,
        signed=signed,
    )


def _compare(office: Office, signed: codes.Signed, mark: bytes, on: date, own: tuple[str, ...]) -> Verdict:
    record = find(office, signed.kind, signed.number, signed.register, own)
    if record is None:
        reason = t(
            "Signed here, but the book has no {number}, register {register}",
            number=signed.number or "—",
            register=signed.register,
        )
        return _of_signed(Verdict("unknown", reason), signed)
    citation = citation_of(office, record)
    verdict = Verdict("genuine", t("Genuine and in force"), record, lines_of(office, record))
    verdict = _of_signed(verdict, signed, citation if signed.bears(citation) else "")
    if (earlier := _renewed(record, signed)) is not None:
        return verdict.but("replaced", earlier)
    if (other := _differs(words_of(office, record, signed.issuer, mark), signed)) is not None:
        return verdict.but("altered", other)
    ended = out_of_force(office, record, on)
    return verdict.but(*ended) if ended else verdict


def _renewed(record: Sealed, signed: codes.Signed) -> Text | None:
    """That the certificate of a class was replaced by one of another number."""
    if not isinstance(record, Attendance) or record.certificate == signed.number:
        return None
    for each in record.earlier:
        if each.number == signed.number:
            return t("Replaced on {day} by certificate {number}", day=each.replaced, number=record.certificate)
    return None


def _differs(now: codes.Signed, signed: codes.Signed) -> Text | None:
    """What the book says otherwise than was signed."""
    for said, was in ((now.name, signed.name), (now.number, signed.number), (now.issuer, signed.issuer)):
        if said != was:
            return t("“{signed}” was signed, and the book says “{now}”", signed=was or "—", now=said or "—")
    if (now.day, now.digest, now.rest) != (signed.day, signed.digest, signed.rest):
        return t("What was signed is not what the book says of it")
    return None
