"""Asking before a change is taken back or done again."""

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
    """Take back `entry`, or the newest change that stands, after asking."""
    find = history.next_undo if entry is None else lambda _office: entry
    _ask(app, find, history.undo, (t("Undo this change?"), t("Undo"), t("Undone: {words}")))


def ask_redo(app: AskingApp) -> None:
    """Do again what was undone last, after asking."""
    _ask(app, history.next_redo, history.redo, (t("Take back this undo?"), t("Redo"), t("Done again: {words}")))


def _ask(
    app: AskingApp,
    find: Callable[..., JournalEntry],
    act: Callable[..., object],
    texts: tuple[Text, Text, Text],
) -> None:
    """Show the change that `find` gives for the office, and `act` on its number when the person agrees."""
    title, yes, news = texts
    if not (isinstance(app.screen, OfficeScreen) and app.screen.may_write()):
        return
    try:
        entry = find(app.office)
    except ConflictError as error:
        app.say_news(error.what)
        return
    words = history.action_words(entry)

    def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
        if not agreed:
            return
        act(app.office, entry.seq)
        try:
            if app.office.book.settings.folder.is_dir():  # a rule of the office may have been taken back
                app.take_settings(Office(app.office.book, books.settings_of(app.office.book.path)))
        except AppError as error:
            app.complain(error)
        app.office_changed()
        app.say_news(Text(news.pattern, (("words", words),)))

    lines = [line for line in (tr(words), entry.about, f"{shown_time(entry.time)} · {entry.actor}") if line]
    app.push_screen(Confirm(title, lines, yes=yes, no=t("Leave it")), done)
