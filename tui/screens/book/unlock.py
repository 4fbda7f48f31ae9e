"""Passphrases: that of a sealed book before anything of it is shown; of who was at work, over a locked screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Protocol, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.services.access.presence import Presence
from records.store.sealing.ring import read_ring
from records.store.sealing.secrets import WrongPassphraseError
from records.store.sealing.tries import Opened, open_ring, tries_told
from tui.present import books
from tui.present.errors import in_words
from tui.screens.base import key, speak_keys
from tui.widgets.behind import Job, begin
from tui.widgets.frame import Breadcrumb, KeyLine, Leaving
from tui.widgets.inputs import VnInput

_PASSPHRASE, _RECOVERY = t("Passphrase of the book"), t("Recovery key, as it is printed")


class UnlockingApp(Protocol):
    """What this screen asks of the app."""

    def unlocked(self, told: list[Text]) -> None:
        """Go on: the book can be opened. `told` is to be said when it is."""


class PassphraseScreen(Leaving[None]):
    """Asks for a passphrase before anything is shown. A wrong one is answered slowly, and counted.

    Subclasses say what is asked, try what was typed (`attempt`, in a thread), and go on (`passed`).
    """

    DEFAULT_CSS = """
    PassphraseScreen Vertical { height: 1fr; padding: 1 2; }
    PassphraseScreen .line { height: auto; margin-bottom: 1; }
    PassphraseScreen VnInput { width: 60; max-width: 100%; background: $surface; }
    PassphraseScreen #wrong { height: auto; margin-top: 1; color: $text-error; }
    PassphraseScreen KeyLine { dock: bottom; }
    """
    again = t("Type it again.")

    def __init__(self, title: Text, line: Text, asked: Text) -> None:
        super().__init__()
        self._title, self._line, self._asked = title, line, asked
        speak_keys(self._bindings)

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        yield Breadcrumb(id="breadcrumb")
        with Vertical():
            yield Static(tr(self._line), classes="line", markup=False)
            yield Static(tr(self._asked), id="asked", markup=False)
            yield VnInput(password=True)
            yield Static("", id="wrong", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """The field is ready."""
        self.query_one("#breadcrumb", Breadcrumb).show((tr_("Sổ Vàng"), tr(self._title)), "")
        self.query_one(VnInput).focus()

    def attempt(self, typed: str) -> Any:
        """Try what was typed; in a thread of its own. Raises AppError, OSError."""
        raise NotImplementedError

    def passed(self, found: Any) -> None:
        """It was right: `found` is what `attempt` gave."""
        raise NotImplementedError

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        field, typed = self.query_one(VnInput), event.value
        if not typed or field.disabled:
            return
        field.value, field.disabled = "", True
        self._say(tr_("Opening the book…"))
        work = Job(self.app, unlocks=True)
        begin(work, lambda _job: self.attempt(typed), done=self.passed, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, AppError | OSError):
            raise error
        wrong = in_words(error)
        field = self.query_one(VnInput)
        field.disabled = False
        field.focus()
        do = tr(self.again if isinstance(error, WrongPassphraseError) else wrong.do)
        self._say(f"{tr(wrong.what)}. {do}")

    def _say(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)


class LockScreen(PassphraseScreen):
    """Stands over everything until who was at work is back; `returned` is told their name and how many tried before."""

    DEFAULT_CSS = "LockScreen ToastRack, LockScreen Toast { visibility: hidden; }"

    def __init__(self, here: Presence, returned: Callable[[str, int], object]) -> None:
        asked = t("Passphrase of {name}", name=here.name) if here.name else _RECOVERY
        line = t("The screen is locked. What was typed stays; long work goes on. Ctrl+Q leaves")
        super().__init__(t("Locked"), line, asked)
        self._here, self._returned = here, returned

    def attempt(self, typed: str) -> int:
        """Whether it is the same person."""
        return self._here.prove(typed)

    def passed(self, found: int) -> None:
        """It is."""
        self._returned(self._here.name, found)


class UnlockScreen(PassphraseScreen):
    """Asks for what opens the book at `path`."""

    BINDINGS: ClassVar[list[BindingType]] = [key("recovery_key", t("Recovery key")), key("leave", t("Quit"))]
    again = t("Type it again. Forgotten: F6 takes the printed recovery key; without it nobody opens the book.")

    def __init__(self, path: Path) -> None:
        super().__init__(t("Sealed book"), t("This book is sealed: {path}", path=path), _PASSPHRASE)
        self._path, self._recovery = path, False

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

    def attempt(self, typed: str) -> Opened:
        """Open the book by a passphrase or the recovery key."""
        return open_ring(read_ring(self._path), typed, books.state_folder(), recovery=self._recovery)

    def passed(self, found: Opened) -> None:
        """Go on with the open book."""
        told = tries_told(found)
        if found.unlocked.holder.kind == "recovery":
            told.append(t("Opened by the recovery key: give a passphrase anew with “book key recover NAME”"))
        cast("UnlockingApp", self.app).unlocked(told)
