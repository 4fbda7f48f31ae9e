"""Who looked at which sensitive fields of whom: a chained log of its own, `looks.jsonl`, that readers write as well.

Its lines have the form of those of the journal, sealed and signed like them, with the act `look`. A line of the journal
remembers number and hash of the last look before it, so that the end of the log cannot be cut without a trace.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.domain.access.looking import Look
from records.store.access.gate import Gate
from records.store.access.rights import ACCOUNTS
from records.store.access.signing import is_signed
from records.store.contract import Problem
from records.store.journal import durable
from records.store.journal.chain import FIRST, BrokenLineError, seal, unseal
from records.store.journal.moments import moment
from records.store.journal.segments import Scan
from records.store.sealing.sealer import Sealer

FILE, LOOK = "looks.jsonl", "look"
_END = 65_536
"""Bytes at the end of the log in which its last line stands."""
_PATIENCE = 20.0
"""Seconds after which another program that writes a look is believed to hang."""


class Looks:
    """The log of one book."""

    def __init__(self, folder: Path, gate: Gate, sealer: Sealer | None, now: Callable[[], datetime]) -> None:
        self._path, self._gate, self._sealer, self._now = folder / FILE, gate, sealer, now
        self._number, self._digest, self._end = 0, FIRST, 0

    def note(self, people: Sequence[str], fields: Sequence[str], door: str) -> None:
        """Write that whoever is signed in looks, before anything is shown; one line for each person.

        Raises:
            BookError: when it cannot be written; then nothing must be shown.
        """
        me = self._gate.me()
        who = me.name if me else ""
        try:
            with FileLock(self._path.with_suffix(".lock"), timeout=_PATIENCE, mode=durable.PRIVATE_FILE):
                self._read_on()
                lines = []
                for person in people:
                    told = {"person": person, "fields": list(fields), "door": door}
                    body: dict[str, Any] = {
                        "seq": self._number + 1, "time": moment(self._now()), "actor": who, "action": LOOK,
                        "changes": [("looks", self._number + 1, None, told)], "prev": self._digest,
                    }  # fmt: skip
                    line, self._digest = seal(body, self._sealer, None if me is None else me.sign)
                    self._number += 1
                    lines.append(line)
                self._append(b"".join(lines))
        except OSError as error:
            held = isinstance(error, Timeout)
            reason = t("another program holds the log") if held else system_reason(error)
            raise BookError(
                t("That sensitive data is looked at cannot be noted, so it is not shown: {reason}", reason=reason),
                where=str(self._path),
                do=t("make room, or ask who may write there"),
            ) from None

    def _append(self, content: bytes) -> None:
        handle = durable.disk.open(self._path, make=not self._path.is_file())
        try:
            durable.disk.cut(handle, self._end)  # what a killed program left of a line
            durable.disk.write(handle, content, self._end)
            durable.disk.sync_data(handle)
        finally:
            durable.disk.close(handle)
        self._end += len(content)

    def _read_on(self) -> list[dict[str, Any]]:
        """Read what others noted since. Raises BookError for a log that was altered."""
        if not self._path.is_file():
            self._number, self._digest, self._end = 0, FIRST, 0
            return []
        if os.path.getsize(self._path) < self._end:  # noqa: PTH202  # one call
            raise _altered(self._path)
        scan = Scan(self._path, seq=self._number, prev=self._digest, offset=self._end, sealer=self._sealer)
        bodies: list[dict[str, Any]] = [dict(each) for each in scan]
        if scan.problem:
            raise _altered(self._path)
        self._number, self._digest, self._end = scan.seq, scan.prev, scan.end
        return bodies

    def head(self) -> tuple[int, str] | None:
        """Number and hash of the last look; None where nobody looked yet, or the log cannot be read."""
        try:
            self._read_on()
        except (OSError, BookError):
            return None
        return (self._number, self._digest) if self._number else None

    def last(self) -> str:
        """The moment of the last look; empty where nobody looked yet, or the end of the log cannot be read."""
        with suppress(OSError), durable.open_file(self._path) as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _END))
            for line in reversed(file.read().splitlines()):
                with suppress(BrokenLineError):
                    return unseal(line, sealer=self._sealer)["time"]
        return ""

    def all(self) -> Iterator[Look]:
        """Every look, the oldest first, up to one that cannot be read."""
        if not self._path.is_file():
            return
        for body in Scan(self._path, seq=0, prev=FIRST, sealer=self._sealer):
            for told in (each[3] or {} for each in body["changes"][:1]):
                yield Look(
                    number=body["seq"], time=body["time"], who=body["actor"], person=str(told.get("person", "")),
                    fields=tuple(map(str, told.get("fields", ()))), door=str(told.get("door", "")),
                )  # fmt: skip

    def problems(self, remembered: tuple[int, str] | None) -> list[Problem]:
        """What is wrong with the log.

        Args:
            remembered: number and hash of a look that a line of the journal remembers.

        Raises:
            OSError: when it cannot be read.
        """
        if not self._path.is_file():
            return [] if remembered is None else [Problem(FILE, _cut_words(remembered[0]))]
        scan, found = Scan(self._path, seq=0, prev=FIRST, sealer=self._sealer), remembered is None
        for body in scan:
            if "was" not in body and (wrong := self._unsigned(dict(body))) is not None:
                return [Problem(FILE, wrong)]
            found = found or remembered in [(body["seq"], each) for each in (body["hash"], body.get("was"))]
        if scan.problem:
            return [Problem(FILE, t("The log of looks is damaged after look {n}", n=scan.seq))]
        return [] if found or remembered is None else [Problem(FILE, _cut_words(remembered[0]))]

    def _unsigned(self, body: dict[str, Any]) -> Text | None:
        signed = body.get("signed")
        account = self._gate.row(ACCOUNTS, signed[0]) if signed else None
        if signed is None or account is None:
            return t("Look {n} is signed by nobody whom the book knows", n=body["seq"])
        if account.get("name") != body["actor"] or not is_signed(
            str(account.get("public")), bytes.fromhex(body["proof"]), signed[1]
        ):
            return t("Look {n}: the signature is not of “{name}”", n=body["seq"], name=body["actor"])
        return None


def looks_sealed(path: Path, sealer: Sealer) -> bytes:
    """The lines of a log that was not sealed, sealed. Each holds the hash that it had. Raises OSError."""
    lines, digest = [], FIRST
    for body in Scan(path, seq=0, prev=FIRST):
        told = {key: value for key, value in body.items() if key not in ("prev", "hash", "proof")}
        line, digest = seal({**told, "was": body["hash"], "prev": digest}, sealer)
        lines.append(line)
    return b"".join(lines)


def _cut_words(number: int) -> Text:
    return t("The log of looks is not the one that the journal remembers: look {n} is missing or altered", n=number)


def _altered(path: Path) -> BookError:
    return BookError(
        t("The log of looks is damaged, so nothing sensitive is shown"), where=str(path),
        do=t("see “book verify”, and bring the file back from a backup"),
    )  # fmt: skip
