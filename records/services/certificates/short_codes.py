"""Short codes: twelve letters beside the code, to be read over the telephone; the book or a signed list answers them.

Eleven letters are the beginning of a digest of which certificate it is, the twelfth checks them: one letter misheard,
or two neighbours changed about, are found. A short code carries no words and no signature.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from config.errors import InputError
from config.text import t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision, Issue
from records.domain.training import Attendance
from records.services.awards.issuing import own
from records.services.certificates.codes import Signed
from records.services.certificates.keys import fingerprint, public_key
from records.services.certificates.sealed import Sealed, Verdict, citation_of, lines_of, out_of_force, words_of
from records.services.office import Office
from records.store.codes import every_name
from records.store.contract import Repository

LETTERS = "ABCDEFGHJKLNPRSTUVZ"
"""Letters that are neither read nor heard for one another: no I, O and Q, no Y beside I, X beside S, M beside N, and no
W, which is too wide. There is a prime number of them, so that the check letter finds every exchange."""
SPECIMEN = "AAAA-AAAA-AAAA"
"""For what is only looked at: no book has it."""
_LENGTH = 12
_TYPED = re.compile(r"[A-Za-z]{4}[- ]?[A-Za-z]{4}[- ]?[A-Za-z]{4}")


def short_of(mark: bytes, signed: Signed) -> str:
    """The short code of a certificate (`ABCD-EFGH-JKLM`); `mark` is the SHA-256 of the public key."""
    number = signed.number if signed.kind == "award" else ""
    return _short(mark, signed.kind, number, signed.register)


def _short(mark: bytes, kind: str, number: str, register: str) -> str:
    digest = int.from_bytes(hashlib.sha256(b"\n".join([mark, *map(str.encode, (kind, number, register))])).digest())
    letters = []
    for _ in range(_LENGTH - 1):
        digest, place = divmod(digest, len(LETTERS))
        letters.append(LETTERS[place])
    whole = "".join(letters) + _check_letter("".join(letters))
    return "-".join(whole[start : start + 4] for start in range(0, _LENGTH, 4))


def _check_letter(letters: str) -> str:
    total = sum(place * LETTERS.index(letter) for place, letter in enumerate(letters, 1))
    return LETTERS[total % len(LETTERS)]


def read_short(typed: str) -> str:
    """A short code as it was typed, in its one form; nothing for what does not look like one.

    Raises:
        InputError: for one that is mistyped.
    """
    if not _TYPED.fullmatch(typed.strip()):
        return ""
    letters = re.sub("[- ]", "", typed.strip()).upper()
    if set(letters) - set(LETTERS) or _check_letter(letters[:-1]) != letters[-1]:
        raise InputError(
            t("“{code}” is no short code: a letter is wrong", code=typed.strip()),
            do=t("have it read again; it has twelve letters, and never I, M, O, Q, W, X or Y"),
        )
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def shorts_of(office: Office, mark: bytes) -> Iterator[tuple[str, Sealed]]:
    """Every short code that the book can have printed, with what it names; one for each code the office ever had."""
    numbers = {each.id: each.number for each in office.book.table(Decision)}
    for award in office.book.table(Award):
        if award.register:
            yield _short(mark, "award", numbers.get(award.decision, ""), award.register), award
    others: tuple[tuple[str, Repository[Any]], ...] = (
        ("course", office.book.table(Attendance)),
        ("appointment", office.book.table(Appointment)),
    )
    for kind, table in others:
        for record in table:
            for called in every_name(record.id, office.book.codes):
                yield _short(mark, kind, "", called), record


def check_short(office: Office, short: str, *, on: date) -> Verdict:
    """What the book says of a short code. Raises InputError when the key cannot be read."""
    key = public_key(office)
    if key is None:
        return Verdict("unknown", t("This book has no key yet: it has sealed no certificate"))
    mark = bytes.fromhex(fingerprint(key))
    record = next((found for code, found in shorts_of(office, mark) if code == short), None)
    if record is None:
        return Verdict("unknown", t("The book has no certificate with the short code {code}", code=short))
    verdict = verdict_on(office, record, mark, on)
    if not office.book.table(Issue).where(award=record.id):
        return verdict.but("unknown", t("The book has it, but nothing was ever printed under this short code"))
    if verdict.state != "genuine":
        return verdict
    return verdict.but("genuine", t("Printed under this short code and in force; compare every word with the paper"))


def verdict_on(office: Office, record: Sealed, mark: bytes, on: date) -> Verdict:
    """Whether a record is in force on a day, with the words it is printed with."""
    words = words_of(office, record, own(office, on).name, mark)
    verdict = Verdict(
        *("genuine", t("Genuine and in force")),
        record=record,
        said=lines_of(office, record),
        name=words.name,
        number=words.number,
        issuer=words.issuer,
        citation=citation_of(office, record),
    )
    ended = out_of_force(office, record, on)
    return verdict.but(*ended) if ended else verdict
