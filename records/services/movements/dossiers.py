"""Files of dossiers: taken into the book, given out as they were, taken out of the dossier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from config.errors import BookError, InputError, RefusedError
from config.reasons import system_reason
from config.text import t
from records.domain.awards.awards import Award
from records.domain.awards.dossiers import DossierFile
from records.domain.awards.initiatives import Initiative
from records.domain.awards.proposals import Candidate, ProposalList
from records.domain.awards.registrations import TitleRegistration
from records.domain.emulation import Movement
from records.domain.people.names import clean
from records.services.office import Office

LARGEST, MOST = 20_000_000, 50
"""Bytes of one file, and files of one dossier."""
_ZIP = b"PK\x03\x04"
_KINDS = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".docx": _ZIP,
    ".xlsx": _ZIP,
}
"""What is taken, by its ending and how its bytes begin."""
ABOUT: tuple[type[Any], ...] = (Candidate, ProposalList, TitleRegistration, Initiative, Movement, Award)
"""Kinds of records that have a dossier."""


def attach(office: Office, about: str, files: Sequence[Path], day: date) -> list[DossierFile]:
    """Take files into the dossier of a record, as one change; one that it has already is not taken twice.

    Raises:
        InputError: for an unknown record, a file that cannot be read, is too large or of another kind.
        RefusedError: when the dossier would have too many files.
        BookError: when the copy cannot be kept.
    """
    judge_about(office, about)
    if not files:
        raise InputError(t("No file is named"), do=t("name at least one"))
    held = files_of(office, about)
    known = {each.sha256 for each in held}
    read = {sha256(content).hexdigest(): (path, content) for path in files for content in [_read(path)]}
    new = {digest: each for digest, each in read.items() if digest not in known}
    if len(held) + len(new) > MOST:
        raise RefusedError(
            t("A dossier has at most {n} files", n=MOST), do=t("put several papers into one PDF, or leave some out")
        )
    if not new:
        return []
    with office.book.change("dossier.attach", about=", ".join(path.name for path, _ in new.values())) as change:
        made = []
        for digest, (path, content) in new.items():
            record = change.new_id(DossierFile)
            name = f"{record}-{digest[:16]}{path.suffix.lower()}"
            _keep(office, name, content)
            made.append(
                change.put(
                    DossierFile(
                        id=record, about=about, title=clean(path.name), file=name, sha256=digest, size=len(content),
                        day=day,
                    )
                )
            )  # fmt: skip
        return made


def _read(path: Path) -> bytes:
    """The bytes of a file that may be taken. Raises InputError."""
    kinds = ", ".join(_KINDS)
    opening = _KINDS.get(path.suffix.lower())
    if opening is None:
        raise InputError(
            t("“{name}” is of no kind that a dossier keeps", name=path.name), where=str(path),
            do=t("use one of: {known}", known=kinds),
        )  # fmt: skip
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                t("“{name}” is larger than {n} MB", name=path.name, n=LARGEST // 1_000_000), where=str(path),
                do=t("scan it with fewer dots, or split it"),
            )  # fmt: skip
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            t("The file cannot be read: {reason}", reason=system_reason(error)), where=str(path), do=t("check the file")
        ) from None
    if not content.startswith(opening):
        raise InputError(
            t("“{name}” is not what its ending says", name=path.name), where=str(path),
            do=t("save it anew as one of: {known}", known=kinds),
        )  # fmt: skip
    return content


def _keep(office: Office, name: str, content: bytes) -> None:
    try:
        office.book.files.write(name, content)
    except OSError as error:
        raise BookError(
            t("The file cannot be kept: {reason}", reason=system_reason(error)), do=t("make room, then try again")
        ) from None


def judge_about(office: Office, about: str) -> None:
    """Refuse what has no dossier. Raises InputError."""
    if subject_record(office, about) is None:
        raise InputError(
            t("There is no dossier of “{id}”", id=about),
            do=t("name a candidate, a list, a registration, an initiative, a movement or an award by its code"),
        )


def subject_record(office: Office, about: str) -> Any:
    """The record that a dossier is of; None where there is none of this id."""
    for kind in ABOUT:
        record: Any = office.book.table(kind).get(about)
        if record is not None:
            return record
    return None


def is_kept(name: str, content: bytes) -> bool:
    """Whether a dossier keeps a file of this ending, with these bytes."""
    opening = _KINDS.get(PurePosixPath(name).suffix)
    return opening is not None and content.startswith(opening) and len(content) <= LARGEST


def files_of(office: Office, about: str) -> list[DossierFile]:
    """The files of a record's dossier, in the order in which they came."""
    return sorted(office.book.table(DossierFile).where(about=about), key=lambda each: each.id)


def file_named(office: Office, named: str) -> DossierFile:
    """The file with this id. Raises InputError when there is none."""
    found = office.book.table(DossierFile).get(named)
    if found is None:
        raise InputError(t("There is no file “{name}” in a dossier", name=named), do=t("see “dossier list”"))
    return found


def content_of(office: Office, file: DossierFile) -> bytes:
    """Its bytes, as they were handed in. Raises BookError when they are missing or not the same."""
    content = office.book.files.read(file.file)
    if content is None or sha256(content).hexdigest() != file.sha256:
        what = t("The file {name} is missing: bring it back from a backup", name=file.file)
        if content is not None:
            what = t("The file {name} is not what was kept: bring it back from a backup", name=file.file)
        raise BookError(what, do=t("see “book verify”"))
    return content


def remove(office: Office, file: DossierFile) -> None:
    """Take a file out of its dossier, as one change; its bytes stay in the book, so that it can be undone."""
    with office.book.change("dossier.remove", about=file.title) as change:
        change.remove(file)


def subject_of(office: Office, file: DossierFile) -> str:
    """Id of the person or unit a dossier is about; empty where it is about several or nobody."""
    for kind in (Candidate, TitleRegistration, Award):
        record: Any = office.book.table(kind).get(file.about)
        if record is not None:
            return str(record.subject)
    return ""
