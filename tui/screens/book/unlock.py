"""The first screen of a sealed book: its passphrase, or the printed recovery key, before anything of it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Protocol, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.store.sealing.ring import read_ring
from records.store.sealing.secrets import WrongPassphraseError
from records.store.sealing.tries import Opened, open_ring, tries_told
from tui.present import books
from tui.present.errors import in_words
from tui.screens.base import key, speak_keys
from tui.widgets.behind import Job, begin
from tui.widgets.frame import Breadcrumb, KeyLine
from tui.widgets.inputs import VnInput

_PASSPHRASE, _RECOVERY = t("Passphrase of the book"), t("Recovery key, as it is printed")


class UnlockingApp(Protocol):
    """What this screen asks of the app."""

    def unlocked(self, told: list[Text]) -> None:
        """Go on: the book can be opened. `told` is to be said when it is."""


class UnlockScreen(Screen[None]):
    """Asks for what opens the book at `path`. A wrong passphrase is answered slowly, and counted."""

    DEFAULT_CSS = """
    UnlockScreen Vertical { height: 1fr; padding: 1 2; }
    UnlockScreen .line { height: auto; margin-bottom: 1; }
    UnlockScreen VnInput { width: 60; max-width: 100%; background: $surface; }
    UnlockScreen #wrong { height: auto; margin-top: 1; color: $text-error; }
    UnlockScreen KeyLine { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("recovery_key", t("Recovery key")), key("leave", t("Quit"))]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self._recovery = path, False
        speak_keys(self._bindings)

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        yield Breadcrumb(id="breadcrumb")
        with Vertical():
            yield Static(f"{tr_('This book is sealed')}: {self._path}", classes="line", markup=False)
            yield Static(tr(_PASSPHRASE), id="asked", markup=False)
            yield VnInput(password=True)
            yield Static("", id="wrong", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """The field is ready."""
        self.query_one("#breadcrumb", Breadcrumb).show((tr_("Sổ Vàng"), tr_("Sealed book")), "")
        self.query_one(VnInput).focus()

    def action_recovery_key(self) -> None:
        """Ask for the recovery key instead, or for the passphrase again."""
        self._recovery = not self._recovery
        field = self.query_one(VnInput)
        field.value, field.password = "", not self._recovery
        self.query_one("#asked", Static).update(tr(_RECOVERY if self._recovery else _PASSPHRASE))
        self._say("")

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit(0)

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        field, typed, recovery = self.query_one(VnInput), event.value, self._recovery
        if not typed or field.disabled:
            return
        field.value, field.disabled = "", True
        self._say(tr_("Opening the book…"))

        def work(_job: Job) -> Opened:
            return open_ring(read_ring(self._path), typed, books.state_folder(), recovery=recovery)

        begin(Job(self.app), work, done=self._opened, failed=self._failed)

    def _opened(self, opened: Opened) -> None:
        told = tries_told(opened)
        if opened.unlocked.holder.kind == "recovery":
            told.append(t("Opened by the recovery key: give a passphrase anew with “book key recover NAME”"))
        cast("UnlockingApp", self.app).unlocked(told)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, AppError | OSError):
            raise error
        wrong = in_words(error)
        field = self.query_one(VnInput)
        field.disabled = False
        field.focus()
        if isinstance(error, WrongPassphraseError):
            do = tr_("Type it again. Forgotten: F6 takes the printed recovery key; without it nobody opens the book.")
            self._say(f"{tr(wrong.what)}. {do}")
        else:
            self._say(f"{tr(wrong.what)}. {tr(wrong.do)}")

    def _say(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)
