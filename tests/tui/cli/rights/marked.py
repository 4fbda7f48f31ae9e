"""A demo office in which every sensitive field of every person is marked, and people of every role work."""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from records.domain.appointments import Discipline
from records.domain.dates import PartialDate
from records.domain.people.person import SENSITIVE, Person
from records.services.access import accounts
from records.services.office import Office
from records.store.access import signing
from records.store.book import Book
from tui.present import books

MARK = "⟦"
DAY = date(1911, 11, 11)
"""The day of whatever is sensitive and a day: in the demo office nothing else is so old."""
FOUND = re.compile(r"⟦|11[/.]11[/.]1911|1911-11-11|11/1911")
WORDS = {"lan": "correct horse battery", "binh": "staple paper clip box", "mai": "river stone lamp coat"}
ROLES = {"lan": "keeper", "binh": "officer", "mai": "reader"}
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PHOTO = (250, 3, 251)
"""The colour of everybody's photo."""


def marked_book(small_demo: Path, where: Path) -> Path:
    """A copy of the demo office, marked; lan is keeper, binh officer, mai reader."""
    shutil.copytree(small_demo, where)
    with Book.open(where, actor="lan") as book:
        photo = where.with_name("photo.png")
        Image.new("RGB", (300, 400), PHOTO).save(photo)
        with book.change("roster.correct") as change:
            for each in book.table(Person).all():
                change.put(replace(each, **marks(each)), was=each)
                change.put(
                    Discipline(id=change.new_id(Discipline), person=each.id, opened=DAY, number=f"{MARK}kl {each.id}")
                )
        for each in book.table(Person).all():
            book.files.write(each.photo, photo.read_bytes())
        office = Office(book, books.settings_of(where))
        for name, role in ROLES.items():
            accounts.add(office, name, role, WORDS[name])
    signing.release_all()
    return where


def marks(person: Person) -> dict[str, object]:
    """Every sensitive field of a person with something that nobody else has."""
    made: dict[str, object] = {each: f"{MARK}{each} {person.id}" for each in SENSITIVE}
    day = PartialDate(DAY.year, DAY.month, DAY.day)
    return {
        **made,
        "party_probation": day,
        "party_official": day,
        "party_member": True,
        "photo": f"{person.id}-0123456789abcdef.png",
    }


def secret(folder: Path, name: str) -> Path:
    """A file with the passphrase of an account."""
    path = folder / f"{name}.secret"
    path.write_text(WORDS[name] + "\n", "utf-8")
    return path


def told_in(path: Path) -> list[str]:
    """Everything that can be read in a file: its bytes, what is packed in it, the streams of a PDF.

    Bytes that are packed are not read as they are: a mark is three bytes, which some large picture has by chance.
    """
    content = path.read_bytes()
    if path.suffix == ".png":
        with Image.open(path) as picture:
            return [str(picture.info)]
    found = [] if zipfile.is_zipfile(path) else [_STREAM.sub(b"", content).decode("utf-8", "replace")]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            found += [archive.read(each).decode("utf-8", "replace") for each in archive.namelist()]
    for stream in _STREAM.findall(content):
        with suppress(zlib.error):
            found.append(zlib.decompress(stream).decode("latin-1"))
    return found
