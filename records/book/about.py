"""What `book.json` says of a book: its format, its office, when it was made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from config.errors import BookError
from config.text import t
from records.book.engine import moment
from records.book.segments import write_durably

FORMAT = 1


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
        write_durably(path / "book.json", orjson.dumps({"format": FORMAT, "office": office, "created": moment(now)}))
    except OSError as error:
        raise _not_made(path, error) from None


def read_about(path: Path) -> dict[str, Any]:
    """What `book.json` says. Raises BookError when the folder is no book of a format this program knows."""
    try:
        about: dict[str, Any] = orjson.loads((path / "book.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise BookError(
            t("This folder is not a book"),
            where=str(path),
            do=t("name a folder made with “book new”, such as office.sovang"),
        ) from None
    if about.get("format") != FORMAT:
        raise BookError(
            t("The book was written by a newer program (format {format})", format=about.get("format")),
            where=str(path),
            do=t("update this program; the book was not touched"),
        )
    return about


def _not_made(path: Path, error: OSError) -> BookError:
    return BookError(
        t("The book cannot be made: {reason}", reason=error.strerror or str(error)),
        where=str(path),
        do=t("choose a folder that can be written"),
    )
