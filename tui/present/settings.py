"""The office of a book and its settings: a book made with them, and their values in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.settings.offices import ALWAYS
from config.text import Text, t
from records.domain.dates import shown
from records.services.office import Office
from records.services.settings.founding import UNSET_CODE, Founding, establish
from records.services.settings.keys import SettingKey, as_typed
from records.store.book import Book
from records.store.journal.moments import moment
from records.store.safety.copies import made
from records.store.safety.rollback_guard import Head
from records.store.sealing.ring import Ring
from tui.present import books

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Made:
    """A book that was made: where, how many records of each kind it begins with, and what should be known."""

    path: Path
    counts: dict[str, int]
    notices: tuple[Text, ...]


def make_book(path: Path, founding: Founding, *, today: date, ring: Ring | None = None) -> Made:
    """Make a book at `path` with its office and its first units; nothing stays when anything is wrong.

    With a ring of keys, which was unlocked, it is a sealed one.

    Raises:
        InputError: for what is no value, or a list of units with a fault.
        BookError: when there is something at `path` already, or it cannot be written.
    """
    settings = books.settings_of(None)
    code = founding.code
    if path.is_dir() and not any(path.iterdir()):
        path.rmdir()
    heads = books.heads(settings)
    # Made under another name, so that a half-made book is never taken for one.
    with made(path, replace=False) as part:
        with Book.create(part, office=code or UNSET_CODE, actor=books.actor(), heads=heads, ring=ring) as book:
            establish(Office(book, books.settings_of(part)), founding, today=today)
            counts = book.counts()
        heads.keep(book.id, Head(*book.head(), moment(datetime.now())), office=code, path=path)  # noqa: DTZ005  # the office's own clock
        (part / "writer.lock").unlink(missing_ok=True)
    return Made(path, counts, tuple(same_code(code, path)))


def same_code(code: str, path: Path) -> list[Text]:
    """A warning where another book seen on this computer has the same code."""
    others = books.heads().others(code, path) if code else []
    return [
        t("Another book on this computer has the code {code} too: {path}. Two offices with one code have the same"
          " numbers; “config set office.code” gives this book another", code=code, path=each)
        for each in others[:1]
    ]  # fmt: skip


def judge_place(path: Path) -> None:
    """Refuse a place where no book can be made. Raises InputError."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(t("There is already something at this place"), do=t("name a folder that does not exist"))


def shown_value(key: SettingKey, value: Any) -> str:
    """A value of a setting as people read it."""
    if isinstance(value, bool):
        return tr_("yes") if value else tr_("no")
    if isinstance(value, date):
        return shown(value)
    words = dict(key.choices).get(str(value))
    return tr(words) if words is not None else as_typed(value) or NOTHING


def since_words(since: date) -> Text:
    """From when a value holds."""
    return t("from the beginning") if since == ALWAYS else t("from {day}", day=since)
