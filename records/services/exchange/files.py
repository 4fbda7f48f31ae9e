"""Files that come along with records: photos of people and files of dossiers, each named as this book would name it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from config.errors import BookError, InputError
from config.reasons import system_reason
from config.text import Text, t
from records.domain.awards.dossiers import DossierFile
from records.domain.people.person import Person
from records.services.certificates.pictures import judge_photo
from records.services.exchange.differences import Compared
from records.services.movements import dossiers
from records.services.office import Office

_PHOTO = re.compile(r"([A-Z]{1,6}-P-\d{5,})-([0-9a-f]{16})(\.jpg|\.png)")
_OF_DOSSIER = re.compile(r"[A-Z]{1,6}-HS-\d{5,}-([0-9a-f]{16})(\.[a-z]{3,4})")
_LARGEST_PHOTO, _LONGEST_NAME = 5_000_000, 255
_WITH_BYTES = ("file", "size")
"""Fields of a file of a dossier that go with its digest: ours all, or theirs all."""


class FilesIn:
    """The files in one package, and which of them the book is to keep."""

    def __init__(self, office: Office, parts: Mapping[str, bytes]) -> None:
        self._office = office
        self._parts = {name.removeprefix("files/"): content for name, content in parts.items()
                       if name.startswith("files/")}  # fmt: skip
        self._there: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()
        self.kept: dict[str, bytes] = {}

    def renamed(self, record: Any, *, linked: bool) -> Any:
        """A record with its file named as it would be here; `linked`: the sender keeps it under another id."""
        if isinstance(record, Person) and linked and (found := _PHOTO.fullmatch(record.photo)):
            return self._named(record, "photo", f"{record.id}-{found[2]}{found[3]}")
        if isinstance(record, DossierFile) and (found := _OF_DOSSIER.fullmatch(record.file)):
            return self._named(record, "file", f"{record.id}-{found[1]}{found[2]}")
        return record

    def _named(self, record: Any, field: str, name: str) -> Any:
        self._there[name] = getattr(record, field)
        return msgspec.structs.replace(record, **{field: name})

    def take(self, record: Any, was: Any) -> Any:
        """A record that is to be kept, with its file; or why it cannot be.

        A person is kept without a photo that is none; a file of a dossier without its bytes is nothing.
        """
        if isinstance(record, Person):
            return self._with_photo(record, was)
        if isinstance(record, DossierFile) and (was is None or was.sha256 != record.sha256):
            return self._problem(record, was) or record
        return record

    def _with_photo(self, person: Person, was: Person | None) -> Person:
        before = was.photo if was else ""
        if not person.photo or person.photo == before:
            return person
        there = self._there.get(person.photo, person.photo)
        name = _photo_name(person, self._parts.get(there) or self._office.book.files.read(person.photo))
        if name and there in self._parts:
            self.kept[name] = self._parts[there]
        return msgspec.structs.replace(person, photo=name or before)

    def _problem(self, file: DossierFile, was: DossierFile | None) -> Text | None:
        """Why a file of a dossier cannot be kept; None when it can, and is to be."""
        found = _OF_DOSSIER.fullmatch(file.file)
        if found is None or file.sha256[:16] != found[1] or not _is_name(file.title):
            return t("it is not named as a file of a dossier is")
        content = self._parts.get(self._there.get(file.file, file.file))
        if content is None:
            return t("the file “{name}” did not come along: the book of the sender has it no more", name=file.title)
        if hashlib.sha256(content).hexdigest() != file.sha256 or len(content) != file.size:
            return t("the file “{name}” is not what its digest says", name=file.title)
        if not dossiers.is_kept(file.file, content):
            return t("“{name}” is of no kind that a dossier keeps, or too large", name=file.title)
        if was is None:
            self._numbers[file.about] += 1
        if len(dossiers.files_of(self._office, file.about)) + self._numbers[file.about] > dossiers.MOST:
            return t("A dossier has at most {n} files", n=dossiers.MOST)
        self.kept[file.file] = content
        return None

    def write(self) -> None:
        """Keep the files. Raises BookError when there is no room for them."""
        try:
            for name, content in self.kept.items():
                self._office.book.files.write(name, content)
        except OSError as error:
            raise BookError(
                t("The file cannot be kept: {reason}", reason=system_reason(error)), do=t("make room, then try again")
            ) from None


def of_one_piece(ours: DossierFile, theirs: DossierFile, told: Compared) -> Compared:
    """What becomes of a file of a dossier: its name and size are of whoever's bytes it has."""
    held = theirs if told.record.sha256 == theirs.sha256 else ours
    return Compared(
        record=msgspec.structs.replace(told.record, **{name: getattr(held, name) for name in _WITH_BYTES}),
        conflicts=tuple(each for each in told.conflicts if each.field not in _WITH_BYTES),
        kept={name: value for name, value in told.kept.items() if name not in _WITH_BYTES},
    )


def _is_name(title: str) -> bool:
    """Whether a file may be given out under this name."""
    return 0 < len(title) <= _LONGEST_NAME and PurePosixPath(title).name == title and not {"\\", ":"} & set(title)


def _photo_name(person: Person, content: bytes | None) -> str:
    """The name of a photo as this book would give it; empty where it is none, or not the one that is named."""
    found = _PHOTO.fullmatch(person.photo)
    if found is None or content is None or len(content) > _LARGEST_PHOTO:
        return ""
    digest = hashlib.sha256(content).hexdigest()[:16]
    try:
        judge_photo(content, Path(person.photo))
    except InputError:
        return ""
    return f"{person.id}-{digest}{found[3]}" if digest == found[2] else ""
