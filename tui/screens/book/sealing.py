"""Sealing from the screen: a new passphrase is asked twice, and the recovery key is shown once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import Text, t
from records.services.book.keys import change_key
from records.store.sealing.ring import is_sealed
from records.store.sealing.secrets import judge_new
from records.store.sealing.unlocking import unlocked_by
from tui.present import books
from tui.screens.base import OfficeScreen, key, office_app, speak_keys
from tui.widgets.dialogs import Confirm
from tui.widgets.inputs import VnInput


class NewPassphrase(ModalScreen[str | None]):
    """Asks twice for a new passphrase; answers with it, or None."""

    DEFAULT_CSS = """
    NewPassphrase { align: center middle; }
    NewPassphrase > Vertical { width: 70; max-width: 96%; height: auto; background: $panel; padding: 1 2; }
    NewPassphrase .title { text-style: bold; margin-bottom: 1; }
    NewPassphrase .line { height: auto; margin-top: 1; }
    NewPassphrase #problem { color: $text-error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("leave", t("Back"))]

    def __init__(self, title: Text) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._title = title

    def compose(self) -> ComposeResult:
        """Lay out both fields."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            yield Static(tr_("New passphrase, four or five words"), classes="line", markup=False)
            yield VnInput(password=True, id="first")
            yield Static(tr_("The same once more"), classes="line", markup=False)
            yield VnInput(password=True, id="second")
            yield Static("", id="problem", markup=False)
            yield Static(tr_("Enter: go on · Esc: cancel"), classes="line", markup=False)

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        first, second = (self.query_one(f"#{each}", VnInput) for each in ("first", "second"))
        try:
            judge_new(first.value)
            if event.input is first:
                second.focus()
                return
            _judge_same(first.value, second.value)
        except InputError as error:
            self.query_one("#problem", Static).update(f"{tr(error.what)}: {tr(error.do)}")
            first.value = second.value = ""
            first.focus()
        else:
            self.dismiss(first.value)

    def action_leave(self) -> None:
        """Give none."""
        self.dismiss(None)


def _judge_same(first: str, second: str) -> None:
    if first != second:
        raise InputError(t("The two passphrases are not the same"), do=t("type both again"))


def recovery_told(printed: str) -> list[Text]:
    """The recovery key, to be shown once."""
    return [
        t("Recovery key, shown this once: {key}", key=printed),
        t("Print it or write it down, and lock it away: it opens the book when every passphrase is forgotten"),
    ]


def ask_sealing(screen: OfficeScreen) -> None:
    """Seal the open book, or give whoever opened it another passphrase where it is sealed."""
    if is_sealed(screen.office.book.path):
        screen.app.push_screen(NewPassphrase(t("Another passphrase")), lambda typed: _change(screen, typed))
    else:
        screen.app.push_screen(NewPassphrase(t("Seal the book")), lambda typed: _confirm(screen, typed))


def _change(screen: OfficeScreen, typed: str | None) -> None:
    book = screen.office.book
    by = unlocked_by(book.path)
    if typed and by is not None:
        told = t("The passphrase of {name} is another now", name=by.holder.name)
        screen.behind(t("Another passphrase"), lambda _job: change_key(book, by, typed), lambda _: screen.news(told),
                      writes=True)  # fmt: skip


def _confirm(screen: OfficeScreen, typed: str | None) -> None:
    if not typed:
        return
    lines = [
        t("From now on nobody reads this book without a passphrase or the recovery key, we neither."),
        t("Sealing a book is not taken back"),
    ]
    path, name, reopen = screen.office.book.path, screen.office.book.actor, office_app(screen).reopen

    def answered(yes: bool | None) -> None:  # noqa: FBT001  # as dialogs answer
        if yes:
            screen.app.call_later(reopen, _sealing(path, typed, name))

    screen.app.push_screen(Confirm(t("Seal the book?"), lines, yes=t("Seal it"), danger=True), answered)


def _sealing(path: Path, typed: str, name: str) -> Callable[[], Sequence[Text]]:
    """The act itself, done while the book is closed."""

    def act() -> Sequence[Text]:
        now = datetime.now()  # noqa: DTZ005  # the office's own clock
        done = books.seal(path, typed, name=name, now=now, kept=lambda _printed: None)
        return [t("The book is sealed: {path}", path=path), *recovery_told(done.printed), *done.told]

    return act
