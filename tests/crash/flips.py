"""Every byte of every file of a small book changed, every file cut at every length: who notices, and when."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from PIL import Image

from config.errors import AppError
from config.settings.loading import load_settings
from records.domain.people.person import Person
from records.services.book.backups import verify
from records.services.book.keys import renew_book_key
from records.services.office import Office
from records.services.people.photos import attach
from records.store.book import Book
from records.store.journal import packing
from records.store.safety.repair import repair
from records.store.safety.rollback_guard import RollbackGuard
from records.store.sealing.converting import seal_book
from tests.records.store.sealing.sealed import unlocked_ring

FIXTURE = Path(__file__).parents[1] / "records" / "store" / "fixtures" / "format-2.zip"


def _picture() -> bytes:
    out = BytesIO()
    Image.new("1", (90, 90)).save(out, "PNG", optimize=True)
    return out.getvalue()


_PICTURE = _picture()


def made(folder: Path) -> Path:
    """A book with every kind of file: a register, papers, an undone line, segments open, closed and packed, snapshots,
    a key, a photo, settings of its own and an index; its head is kept outside.
    """
    path = folder / "a.sovang"
    with zipfile.ZipFile(FIXTURE) as zipped:
        zipped.extractall(path)
    (folder / "photo.png").write_bytes(_PICTURE)
    with Book.open(path, actor="x", heads=RollbackGuard(folder / "state")) as book:
        book.undo(15)
        book.snapshot()
        book.redo()
        book.note("certificate.key", about=_fingerprint(path))
        attach(Office(book, load_settings(path / "config")), book.table(Person).all()[0].id, folder / "photo.png")
        book.history(limit=1)
        book.settled()
        _pack(path / "journal-000000001.jsonl")
    return path


def sealed(folder: Path) -> Path:
    """The same book sealed, with a line and a snapshot behind its sealing, and a new key behind both."""
    path = made(folder)
    seal_book(path, unlocked_ring(), actor="x", now=datetime(2026, 5, 4, 7, 30))
    with Book.open(path, actor="x", heads=RollbackGuard(folder / "state")) as book:
        book.note("test.note", about="x")
        book.snapshot()
        book.note("test.note", about="y")
        renew_book_key(book, datetime(2026, 5, 5, 7, 30))
        book.snapshot()
        book.note("test.note", about="z")
        book.history(limit=1)
        book.settled()
        _pack(path / "journal-000000001.jsonl")
    for kept in (folder / "state").glob("*.json"):
        if kept.stem != book.id:  # of the book as it was before
            kept.unlink()
    return path


def _pack(path: Path) -> None:
    worth, packing._WORTH = packing._WORTH, 0
    try:
        assert packing.pack(path)
    finally:
        packing._WORTH = worth


def begun_anew(folder: Path) -> Path:
    """A book whose beginning was lost and which was repaired: it begins with a state kept as a file."""
    path = made(folder)
    packed = next(path.glob("journal-*.gz"))
    packed.write_bytes(packed.read_bytes()[:1500])
    repair(path, actor="x", now=datetime(2026, 5, 4, 7, 30))
    with Book.open(path, actor="x", heads=RollbackGuard(folder / "state")) as book:
        assert list(path.glob("base-*.json"))
        assert book.damage is None
        book.history(limit=1)
    for aside in path.glob("aside-*"):  # kept for people; nothing of it is read
        shutil.rmtree(aside)
    return path


def _fingerprint(path: Path) -> str:
    key = serialization.load_pem_public_key((path / "files/keys/certificates.pub").read_bytes())
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()  # type: ignore[union-attr]


def noticed(path: Path, *, settings: bool = True) -> str:
    """When damage is noticed: at `open`, which reads the `settings` as well, by `verify`, or `never`."""
    try:
        with Book.open(path, actor="x", read_only=True, heads=RollbackGuard(path.parent / "state")) as book:
            book.settled()
            if book.damage or book.behind or book.notices:
                return "open"
            if settings:
                load_settings(path / "config")
            report = verify(book)
            remarks = [each for each in report.lines if "damaged once" not in str(each)]
            return "never" if report.whole and len(remarks) == 2 else "verify"
    except AppError:
        return "open"


def harmed(content: bytes, every: int) -> Iterator[bytes]:
    """The content with one byte changed, or cut."""
    for at in range(0, len(content), every):
        yield content[:at] + bytes((content[at] ^ (1 << at % 8),)) + content[at + 1 :]
        yield content[:at]


def table(path: Path, every: int = 1) -> dict[str, Counter[str]]:
    """File -> how often damage was noticed when. Every `every`-th byte of each file is tried."""
    counted: dict[str, Counter[str]] = {}
    kept = {each: each.read_bytes() for place in (path, path.parent / "state") for each in _files(place)}
    assert noticed(path) == "never", "the book is whole"
    for file, content in kept.items():
        name = file.relative_to(path.parent).as_posix().removeprefix(f"{path.name}/")
        counted[name] = Counter()
        for bad in harmed(content, every):
            file.write_bytes(bad)
            counted[name][noticed(path, settings=name.startswith("config/"))] += 1
        for each, bytes_then in kept.items():
            each.write_bytes(bytes_then)
    return counted


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file() and each.name != "writer.lock")
