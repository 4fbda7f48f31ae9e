"""Where a book lies, who writes in it and by which settings: the same for screens and commands."""

from __future__ import annotations

import getpass
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from config.i18n import spoken_at
from config.paths import typed_path
from config.plain import visible

if TYPE_CHECKING:
    from config.settings.loading import Settings
    from records.services.office import Office
    from records.store.book import Book
    from records.store.safety.rollback_guard import RollbackGuard

# The screen asks who is at the keyboard before it paints itself: what a book needs is imported by who opens one.


def actor() -> str:
    """Who is at the keyboard, as the journal names them."""
    try:
        return visible(os.environ.get("SOVANG_USER") or getpass.getuser())
    except (OSError, KeyError):
        return "?"


def heads(settings: Settings | None = None) -> RollbackGuard:
    """Where heads of books are kept outside: SOVANG_STATE, else this user's folder; and a second that settings name."""
    from records.store.safety.rollback_guard import RollbackGuard  # noqa: PLC0415

    second = typed_path(settings.office.backups.heads) if settings and settings.office.backups.heads else None
    return RollbackGuard(state_folder(), second)


def state_folder() -> Path:
    """Where this user's program remembers the books it saw: SOVANG_STATE, else a folder of the system."""
    if given := os.environ.get("SOVANG_STATE"):
        return Path(given)
    from platformdirs import user_state_path  # noqa: PLC0415  # only needed when nothing is named

    return user_state_path("sovang", appauthor=False) / "heads"


def backup_folder(path: Path, settings: Settings) -> Path:
    """Where backups of the book at `path` go: SOVANG_BACKUPS, else what the settings say, else a folder beside it."""
    given = os.environ.get("SOVANG_BACKUPS") or settings.office.backups.folder
    return typed_path(given) if given else path.absolute().parent / f"{path.stem}-backups"


def settings_of(path: Path | None) -> Settings:
    """The shipped settings under those of the book at `path`, if it has its own."""
    from config.kept import kept_settings  # noqa: PLC0415

    own = path / "config" if path else None
    return kept_settings(cache_folder(), *([own] if own and own.is_dir() else []))


def cache_folder() -> Path:
    """Where what can be made anew is kept between two starts: under SOVANG_STATE, else this user's folder."""
    if given := os.environ.get("SOVANG_STATE"):
        return Path(given) / "cache"
    from platformdirs import user_cache_path  # noqa: PLC0415  # only needed when nothing is named

    return user_cache_path("sovang", appauthor=False)


def take_example(book: Book) -> None:
    """Give a made-up book the shipped office, which is an example."""
    from config.settings.loading import SHIPPED  # noqa: PLC0415

    for name in ("office.yaml", "issuers.yaml"):
        book.settings.write(name, (SHIPPED / name).read_bytes())


@contextmanager
def demo_office(parent: Path) -> Iterator[Office]:
    """A demo office in a temporary folder under `parent`, removed at the end."""
    from records.demo.fill import fill  # noqa: PLC0415  # it works with every service, and only the demo needs it
    from records.services.office import Office, furnish  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="sovang-", dir=parent, ignore_cleanup_errors=True) as folder:
        settings = settings_of(None)
        with Book.create(
            Path(folder) / "demo.sovang", office=settings.office.code, actor="demo", lasting=False
        ) as book:
            take_example(book)
            made_up = Office(book, settings)
            furnish(made_up)
            fill(made_up)
            yield made_up


def language_of(path: Path) -> str | None:
    """The language that the book at `path` is opened in, read before anything else is; None where it says nothing."""
    return spoken_at(path / "config" / "screen.yaml")


@contextmanager
def empty_office() -> Iterator[Office]:
    """An office with nobody in it, for reading a spreadsheet where there is no book yet."""
    from records.services.office import Office, furnish  # noqa: PLC0415
    from records.store.book import Book  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="sovang-", ignore_cleanup_errors=True) as folder:
        settings = settings_of(None)
        with Book.create(
            Path(folder) / "empty.sovang", office=settings.office.code, actor="preview", lasting=False
        ) as book:
            made = Office(book, settings)
            furnish(made)
            yield made
