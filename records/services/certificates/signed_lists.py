"""Signed lists to hand out: which certificates there are, and which are in force no more.

A list is text in UTF-8, a line each: a head, the rows with tabs between their fields, and the signature over all
lines before it. So it can be looked at with any editor, and checked by the page for browsers.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast, get_args

from config.errors import InputError
from config.reasons import system_reason
from config.text import t
from records.domain.awards.awards import Issue
from records.services.awards.issuing import own
from records.services.certificates.keys import fingerprint, private_key, signed_by
from records.services.certificates.sealed import Sealed, State, Verdict
from records.services.certificates.short_codes import shorts_of, verdict_on
from records.services.office import Office

Kind = Literal["certificates", "revocations"]
MARK = "SVL1"
_SIGNATURE = "signature "


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list whose signature was checked.

    Attributes:
        made: the day it was made.
        issuer: the office that made it.
        rows: short code -> verdict with the words that the list tells.
    """

    kind: Kind
    made: date
    issuer: str
    rows: Mapping[str, Verdict]


def make_list(office: Office, kind: Kind, *, today: date) -> tuple[bytes, list[Sealed]]:
    """A signed list and the records in it: of all certificates printed, or of those no longer in force.

    Of those it tells the short code and the state, and no name: who holds the paper has the name.

    Raises:
        InputError: when the key cannot be read or written.
    """
    key = private_key(office)
    mark = fingerprint(key.public_key())
    printed = {each.award for each in office.book.table(Issue)}
    rows, records = [], []
    for short, record in shorts_of(office, bytes.fromhex(mark)):
        if record.id not in printed:
            continue
        verdict = verdict_on(office, record, bytes.fromhex(mark), today)
        if kind == "certificates":
            told: Sequence[str] = (verdict.name, verdict.number, verdict.issuer, verdict.citation)
        elif verdict.state == "genuine":
            continue
        else:
            told = ("", "", "", "")
        records.append(record)
        rows.append("\t".join([short, verdict.state, *(" ".join(each.split()) for each in told)]))
    head = "\t".join([MARK, kind, today.isoformat(), mark, " ".join(own(office, today).name.split())])
    content = "".join(f"{line}\n" for line in (head, *sorted(rows))).encode()
    signature = base64.urlsafe_b64encode(key.sign(content)).decode().rstrip("=")
    return content + f"{_SIGNATURE}{signature}\n".encode(), records


def read_list(path: Path, kind: Kind, key: Any) -> SignedList:
    """The list in a file, signed by the other half of `key`.

    Raises:
        InputError: when it cannot be read, is another list, was changed, or was signed by another key.
    """
    try:
        content = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise InputError(
            t("The list “{path}” cannot be read: {reason}", path=path, reason=system_reason(error)),
            do=t("check the name"),
        ) from error
    body, found, signature = content.rpartition(_SIGNATURE.encode())
    if not found or not body.endswith(b"\n") or not body.startswith(f"{MARK}\t".encode()):
        raise InputError(t("“{path}” is no signed list", path=path), do=t("give the file as the office handed it out"))
    if not signed_by(key, _unpacked(signature), body):
        raise InputError(
            t("The list “{path}” was changed, or another office signed it", path=path),
            do=t("ask the office for its list again, and give the public key of the same office"),
        )
    head, *lines = body.decode().splitlines()
    _mark, said, made, _key, issuer = head.split("\t")
    if said != kind:
        raise InputError(
            t("“{path}” is a list of another kind", path=path),
            do=t("give lists of certificates by --list and lists of revocations by --revocations"),
        )
    rows = dict(_row(line, issuer, made) for line in lines)
    return SignedList(kind, date.fromisoformat(made), issuer, rows)


def _unpacked(signature: bytes) -> bytes:
    try:
        packed = signature.strip()
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _row(line: str, issuer: str, made: str) -> tuple[str, Verdict]:
    short, state, name, number, by, citation = line.split("\t")
    assert state in get_args(State)
    reason = t("So says the signed list of {issuer} of {day}", issuer=issuer, day=date.fromisoformat(made))
    return short, Verdict(cast("State", state), reason, name=name, number=number, issuer=by, citation=citation)
