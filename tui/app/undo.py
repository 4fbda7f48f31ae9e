"""Taking a change back or doing it again: at once, or after asking where it was an import or something signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from textual.screen import Screen

from config.errors import AppError, ConflictError
from config.i18n import tr
from config.text import Text, t
from records.domain.dates import shown_time
from records.services.book import history
from records.services.office import Office
from records.store.contract import JournalEntry
from tui.present import books
from tui.screens.base import OfficeApp, OfficeScreen
from tui.widgets.dialogs import Confirm


class AskingApp(OfficeApp, Protocol):
    """What this needs of the app."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen in front."""

    def take_settings(self, office: Office) -> None:
        """Work on with the settings of `office`."""

    def push_screen(self, screen: Screen[bool], callback: Callable[[bool | None], None]) -> object:
        """Show a screen, and call back with its answer."""


def ask_undo(app: AskingApp, entry: JournalEntry | None = None) -> None:
    """Take back `entry`, or the newest change that stands; an import or a signed act only after asking."""
    find = history.next_undo if entry is None else lambda _office: entry
    _ask(app, find, history.undo, (t("Undo this change?"), t("Undo it"), t("Undone: {what}")))


def ask_redo(app: AskingApp) -> None:
    """Do again what was undone last; an import or a signed act only after asking."""
    _ask(app, history.next_redo, history.redo, (t("Take back this undo?"), t("Do it again"), t("Done again: {what}")))


def _ask(
    app: AskingApp,
    find: Callable[..., JournalEntry],
    act: Callable[..., object],
    texts: tuple[Text, Text, Text],
) -> None:
    """Act on the change that `find` gives for the office, or ask first, and say which it was."""
    title, yes, news = texts
    if not (isinstance(app.screen, OfficeScreen) and app.screen.may_write()):
        return
    try:
        entry = find(app.office)
    except ConflictError as error:
        app.say_news(error.what)
        return
    meant = history.meant_by(app.office, entry)
    told = [part for part in (tr(history.action_words(meant)), meant.about) if part]

    def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
        if agreed:
            act(app.office, entry.seq)
            _catch_up(app)
            app.say_news(Text(news.pattern, (("what", ", ".join(told)),)))

    if history.is_weighty(meant):
        lines = [*told, f"{shown_time(meant.time)} · {meant.actor}"]
        app.push_screen(Confirm(title, lines, yes=yes), done)
        return
    try:
        done(agreed=True)
    except ConflictError as error:
        app.complain(error)


def _catch_up(app: AskingApp) -> None:
    """Show the office as it is now: a rule of its own may have been taken back too."""
    try:
        if app.office.book.settings.folder.is_dir():
            app.take_settings(Office(app.office.book, books.settings_of(app.office.book.path)))
    except AppError as error:
        app.complain(error)
    app.office_changed()
