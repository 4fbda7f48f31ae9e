"""Every byte of every file of a small book changed, every file cut at every length: who notices, and when."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from config.errors import AppError
from config.settings.loading import Settings, load_settings
from records.services.book.backups import verify
from records.services.office import Office
from records.store.book import Book
from records.store.safety.rollback_guard import RollbackGuard

FIXTURE = Path(__file__).parents[1] / "records" / "store" / "fixtures" / "format-2.zip"
CACHE = ("index.sqlite", "writer.lock")
"""Nothing depends on these: they are made again."""


def made(folder: Path) -> Path:
    """A book with a register, papers, an undone line, a snapshot, a key and an index; its head is kept outside."""
    path = folder / "a.sovang"
    with zipfile.ZipFile(FIXTURE) as zipped:
        zipped.extractall(path)
    heads = RollbackGuard(folder / "state")
    with Book.open(path, actor="x", heads=heads) as book:
        book.undo(15)
        book.snapshot()
        book.redo()
        book.note("certificate.key", about=_fingerprint(path))
        book.history(limit=1)
    return path


def _fingerprint(path: Path) -> str:
    import hashlib

    from cryptography.hazmat.primitives import serialization

    key = serialization.load_pem_public_key((path / "files/keys/certificates.pub").read_bytes())
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()  # type: ignore[union-attr]


def noticed(path: Path, settings: Settings | None = None) -> str:
    """When damage is noticed: at `open`, by `verify`, or `never`."""
    try:
        with Book.open(path, actor="x", read_only=True, heads=RollbackGuard(path.parent / "state")) as book:
            book.settled()
            if book.damage or book.behind or book.notices:
                return "open"
            report = verify(Office(book, settings or load_settings(path / "config")))
            return "never" if report.whole and len(report.lines) == 2 else "verify"
    except AppError:
        return "open"


def harmed(content: bytes, every: int) -> Iterator[bytes]:
    """The content with one byte changed, or cut."""
    for at in range(0, len(content), every):
        yield content[:at] + bytes((content[at] ^ (1 << at % 8),)) + content[at + 1 :]
        yield content[:at]


def table(folder: Path, every: int = 1) -> dict[str, Counter[str]]:
    """File -> how often damage was noticed when. Every `every`-th byte of each file is tried."""
    path, settings = made(folder), load_settings()
    counted: dict[str, Counter[str]] = {}
    kept = {each: each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}
    for file, content in kept.items():
        name = file.relative_to(path).as_posix()
        counted[name] = Counter()
        for bad in harmed(content, every):
            file.write_bytes(bad)
            counted[name][noticed(path, None if name.startswith("config/") else settings)] += 1
        for each, bytes_then in kept.items():
            each.write_bytes(bytes_then)
    return counted
