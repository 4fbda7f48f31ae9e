"""What `book.json` says of a book: its format, its office, when it was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from config.errors import BookError, system_reason
from config.text import t
from records.book.engine import moment
from records.book.segments import sync_folder, write_durably

FORMAT = 2
"""1: the first. 2: a book has an id of its own, by which its head is known outside."""


def write_about(path: Path, about: Mapping[str, Any]) -> None:
    """Write what `book.json` says."""
    write_durably(path / "book.json", orjson.dumps(about))


def new_id() -> str:
    """An id that no other book has."""
    return uuid4().hex


def lay_out(path: Path, *, office: str, now: datetime) -> None:
    """Make the folders of a new book and say what it is. Raises BookError where there is something already."""
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise BookError(
                t("There is already something at this place"),
                where=str(path),
                do=t("name a folder that does not exist"),
            )
        for folder in (path, path / "config", path / "files"):
            folder.mkdir(parents=True, exist_ok=True)
        write_about(path, {"format": FORMAT, "office": office, "id": new_id(), "created": moment(now)})
        sync_folder(path.parent)
    except OSError as error:
        raise _not_made(path, error) from None


def read_about(path: Path) -> dict[str, Any]:
    """What `book.json` says. Raises BookError when the folder is no book of a format this program knows."""
    try:
        about = orjson.loads((path / "book.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise BookError(
            t("This folder is not a book"),
            where=str(path),
            do=t("name a folder made with “book new”, such as office.sovang"),
        ) from None
    if not isinstance(about, dict) or not isinstance(about.get("format"), int) or "office" not in about:
        raise BookError(
            t("The file {name} of this book cannot be understood", name="book.json"),
            where=str(path),
            do=t("restore a backup; the journal beside it was not touched"),
        )
    if about["format"] > FORMAT:
        raise BookError(
            t("The book was written by a newer program (format {format})", format=about.get("format")),
            where=str(path),
            do=t("update this program; the book was not touched"),
        )
    return {str(key): value for key, value in about.items()}


def _not_made(path: Path, error: OSError) -> BookError:
    return BookError(
        t("The book cannot be made: {reason}", reason=system_reason(error)),
        where=str(path),
        do=t("choose a folder that can be written"),
    )
