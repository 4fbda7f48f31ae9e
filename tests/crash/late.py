"""Commands of exchange, reports, movements, privacy, accounts and keys for a full disk, and the books they work on."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

import main
from exports.packages import write_identity, write_package
from records.domain.dates import PartialDate
from records.services.exchange.contents import wanted
from records.services.exchange.packing import pack
from records.store.sealing.converting import seal_book
from tests.records.services.exchange.offices import now, office_of, person
from tests.records.store.sealing.sealed import unlocked_ring

_PERSON = "TN-P-00001"
PLAIN: dict[str, Sequence[str]] = {
    "identity": ("exchange", "identity", "--out", "{disk}/own.json"),
    "meeting an office": ("exchange", "meet", "{outside}/pt.json", "--yes"),
    "package": ("exchange", "pack", "--for", "SC", "--what", "roster", "--out", "{disk}/out.svx"),
    "package taken": ("exchange", "take", "{outside}/sc.svx"),
    "package returned": ("exchange", "return", "{outside}/sc.svx", "--why", "Thiếu chữ ký"),
    "request": ("exchange", "request", "--for", "Phường Gia Sàng", "--out", "{disk}/out.xlsx"),
    "form as Word": ("report", "fill", "commendation", "--period", "2024", "--out", "{disk}/out.docx"),
    "form as workbook": ("report", "fill", "commendation", "--period", "2024", "--out", "{disk}/out.xlsx"),
    "form as PDF": ("report", "fill", "team", "--period", "2024", "--out", "{disk}/out.pdf"),
    "registration": ("registration", "add", "TN-P-00003", "--title", "advanced-worker", "--year", "2026"),
    "registration sent": ("registration", "send", "TN-DT-00001", "--number", "3-CV/BTG"),
    "registration withdrawn": ("registration", "withdraw", "TN-DT-00001", "--reason", "Thôi việc"),
    "registrations as Word": ("registration", "export", "--year", "2026", "--out", "{disk}/out.docx"),
    "registrations as PDF": ("registration", "export", "--year", "2026", "--out", "{disk}/out.pdf"),
    "empty list": ("registration", "template", "--out", "{disk}/empty.xlsx"),
    "initiative": ("initiative", "add", "--title", "Sáng kiến hai", "--authors", f"{_PERSON}=100"),
    "initiative recognised": ("initiative", "recognise", "TN-SK-00001", "--number", "9-QĐ/UBND", "--by", "UBND"),
    "income": ("fund", "income", "Quỹ", "--amount", "5000000"),
    "spending": ("fund", "spend", "Quỹ", "--amount", "1000"),
    "fund as Word": ("fund", "export", "--out", "{disk}/out.docx"),
    "fund as PDF": ("fund", "export", "--out", "{disk}/out.pdf"),
    "held as a file": ("roster", "held", _PERSON, "--out", "{disk}/out.json"),
    "held as PDF": ("roster", "held", _PERSON, "--out", "{disk}/out.pdf"),
    "restriction": ("roster", "restrict", _PERSON, "--reason", "Người đó đề nghị"),
    "page for browsers": ("certificate", "verifier", "--out", "{disk}/verify.html"),
    "signed list": ("certificate", "list", "--out", "{disk}/list.json"),
    "public key": ("certificate", "key", "--out", "{disk}/own.pub"),
    "template given": ("certificate", "templates", "--export", "party-merit", "--out", "{disk}/party.zip"),
    "printer lined up": (
        *("certificate", "calibrate", "--name", "Máy", "--right", "1", "--down", "0"),
        *("--ruler", "{disk}/out.pdf"),
    ),
    "first account": (
        *("access", "add", "lan", "--role", "keeper"),
        *("--passphrase-file", "{outside}/words", "--new-passphrase-file", "{outside}/words"),
    ),
}
"""On a book with a known neighbour, a registration, an initiative and money."""
_SIGNED = ("--sign-as", "lan", "--passphrase-file", "{outside}/words")
ACCOUNTS: dict[str, Sequence[str]] = {
    "account": (*_SIGNED, "access", "add", "mai", "--role", "officer", "--new-passphrase-file", "{outside}/other"),
    "account reset": (*_SIGNED, "access", "reset", "binh", "--new-passphrase-file", "{outside}/other"),
    "right taken": (*_SIGNED, "access", "deny", "officer", "export"),
}
"""On a book with two accounts."""
SEALED: dict[str, Sequence[str]] = {
    "key": (
        *("book", "key", "add", "mai"),
        *("--passphrase-file", "{outside}/words", "--new-passphrase-file", "{outside}/other"),
    ),
    "erasure": (
        *("roster", "erase", "TN-P-00005", "--reason", "Người đó đề nghị", "--yes"),
        *("--passphrase-file", "{outside}/words"),
    ),
    "recovery key": ("book", "key", "print", "--passphrase-file", "{outside}/words"),
}
"""On a sealed book."""
LATE = {**PLAIN, **ACCOUNTS, **SEALED}
WRITES_NO_LINE = {
    *("form as Word", "form as workbook", "form as PDF", "empty list", "identity", "request"),
    *("page for browsers", "public key", "template given"),
}
"""What leaves the journal as it was, as far as it is done."""


def said(book: Path, *words: str) -> str:
    """Run a command that must be done; gives what it said."""
    heard = io.StringIO()
    with redirect_stdout(heard):
        code = main.main(["--lang", "en", "--book", str(book), *words])
    assert code == 0, (words, heard.getvalue())
    return heard.getvalue()


def neighbours(outside: Path) -> None:
    """Two other offices: one to be met, one that also sent a package of a person."""
    with office_of(outside, "PT", "Ban Mẫu Phổ Yên") as other:
        write_identity(other, outside / "pt.json", now=now())
    with office_of(outside, "SC", "Ban Mẫu Sông Công") as other:
        write_identity(other, outside / "sc.json", now=now())
        person(other, "Hoàng Thị Ví Dụ", born=PartialDate(1990, 2, 3))
        made = pack(other, wanted("roster", "2026"), "TN", now=now())
        write_package(other, made, outside / "sc.svx", day=now().date())


def at_work(book: Path, outside: Path) -> None:
    """Let a book know its neighbour, and hold what the commands of `PLAIN` speak of."""
    neighbours(outside)
    said(book, "exchange", "meet", str(outside / "sc.json"), "--yes")
    said(book, "registration", "add", _PERSON, "--title", "advanced-worker", "--year", "2026")
    said(book, "initiative", "add", "--title", "Sáng kiến", "--authors", f"{_PERSON}=100")
    said(book, "fund", "income", "Quỹ", "--amount", "9000000")


def with_accounts(book: Path, outside: Path) -> Path:
    """A copy of a book in which somebody keeps the accounts and another works."""
    made = outside / "accounts.sovang"
    shutil.copytree(book, made)
    words = ("--new-passphrase-file", str(outside / "words"))
    said(made, "access", "add", "lan", "--role", "keeper", *words)
    signed = ("--sign-as", "lan", "--passphrase-file", str(outside / "words"))
    said(made, *signed, "access", "add", "binh", "--role", "officer", *words)
    return made


def sealed(book: Path, outside: Path) -> Path:
    """A sealed copy of a book, unlocked."""
    made = outside / "sealed.sovang"
    shutil.copytree(book, made)
    seal_book(made, unlocked_ring(), actor="x", now=now())
    return made
