"""Photos of people: a copy among the files of the book, named by what it holds."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec

from config.errors import BookError, InputError
from config.reasons import system_reason
from config.text import t
from records.domain.people.person import Person
from records.services.certificates.pictures import judge_photo
from records.services.office import Office

_LARGEST = 5_000_000
_KINDS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}


def attach(office: Office, person_id: str, file: Path) -> Person:
    """Copy a photo into the book and enter it; the file of an earlier one stays. One change.

    Raises:
        InputError: when there is no such person, or the file is no whole JPEG or PNG of at most 5 MB.
        BookError: when the copy cannot be written.
    """
    person = office.person(person_id)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(
            t("The photo cannot be read: {reason}", reason=system_reason(error)),
            where=str(file),
            do=t("check the file"),
        ) from None
    ending = next((kind for opening, kind in _KINDS.items() if content.startswith(opening)), "")
    if not ending or len(content) > _LARGEST:
        raise InputError(
            t("The file is no JPEG or PNG of at most 5 MB"), where=str(file), do=t("save the photo as JPEG first")
        )
    judge_photo(content, file)
    name = f"{person.id}-{sha256(content).hexdigest()[:16]}{ending}"
    with office.book.change("roster.photo", about=person.name) as change:
        try:
            office.book.files.write(name, content)
        except OSError as error:
            raise BookError(
                t("The photo cannot be kept: {reason}", reason=system_reason(error)), do=t("make room, then try again")
            ) from None
        return change.put(msgspec.structs.replace(person, photo=name), was=person)
