"""Why the book can only be read, in words, and the ways out."""

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
from textual.widgets import Button, Static

from config.i18n import tr, tr_
from config.text import Text, t
from records.services.office import Office
from records.store.safety.copies import restore
from tui.present import books
from tui.screens.base import key, office_app, speak_keys
from tui.screens.files import ChooseFile
from tui.widgets.frame import Leaving

ENDINGS = (".zip",)


class WrongScreen(Leaving[None], ModalScreen[None]):
    """What is wrong with the book, and a button for each way out. Reading on is always one."""

    DEFAULT_CSS = """
    WrongScreen { align: center middle; }
    WrongScreen > Vertical { width: 72; max-width: 96%; height: auto; padding: 1 2; background: $panel; }
    WrongScreen .title { text-style: bold; margin-bottom: 1; }
    WrongScreen .line { height: auto; margin-bottom: 1; }
    WrongScreen Button { width: 100%; margin-bottom: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("dismiss", t("Only read")),
        key("app.focus_previous", t("Up"), show=False),
        key("app.focus_next", t("Down"), show=False),
    ]

    def __init__(self, office: Office) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._office = office
        self._path = office.book.path

    def compose(self) -> ComposeResult:
        """Say what is wrong and what can be done."""
        book = self._office.book
        with Vertical():
            title = t("Something is wrong with the book") if book.damage or book.behind else t("The book is only read")
            yield Static(tr(title), classes="title", markup=False)
            for notice in book.notices or [t("The book can only be read here; nothing can be changed")]:
                yield Static(tr(notice), classes="line", markup=False)
            yield Static(f"{tr_('Book')}: {self._path}", classes="line", markup=False)
            yield Button(tr_("Only read; change nothing"), id="read", compact=True, variant="primary")
            if book.behind is not None:
                yield Button(tr_("This older copy is the right one: go on from here"), id="accept", compact=True)
            if book.damage is not None:
                yield Button(tr_("Repair: set aside what is damaged"), id="repair", compact=True)
                yield Button(tr_("Repair with the help of a backup"), id="mend", compact=True)
            if book.damage is not None or book.behind is not None:
                yield Button(tr_("Restore a backup; this book is kept beside it"), id="restore", compact=True)
            yield Button(tr_("Quit"), id="quit", compact=True)

    def on_mount(self) -> None:
        """The harmless way has the focus."""
        self.query_one("#read", Button).focus()

    @on(Button.Pressed)
    def _chosen(self, event: Button.Pressed) -> None:
        act = event.button.id or ""
        if act == "quit":
            self.app.exit(0)
        elif act == "read":
            self.dismiss()
        elif act in ("mend", "restore"):
            self.app.push_screen(ChooseFile(t("Choose a backup"), ENDINGS), lambda path: self._with(act, path))
        else:
            self._do(lambda: _accept(self._path) if act == "accept" else _repair(self._path, None))

    def _with(self, act: str, source: Path | None) -> None:
        if source is not None:
            self._do(lambda: _repair(self._path, source) if act == "mend" else _restore(self._path, source))

    def _do(self, act: Callable[[], Sequence[Text]]) -> None:
        app, reopen = self.app, office_app(self).reopen
        self.dismiss()
        app.call_later(reopen, act)


def _accept(path: Path) -> list[Text]:
    return [t("From now on the book goes on from change {seq}", seq=books.accept(path)[0])]


def _repair(path: Path, source: Path | None) -> list[Text]:
    return books.mend(path, source, now=datetime.now()).told  # noqa: DTZ005  # the office's own clock


def _restore(path: Path, source: Path) -> list[Text]:
    now = datetime.now()  # noqa: DTZ005  # the office's own clock
    backup, aside = restore(source, path, now=now, actor=books.actor(), replace=True)
    told = [t("Restored the book up to change {n} as {path}", n=backup.seq, path=path), *books.wrong_in(backup)]
    return told + ([t("The book that was there is kept as {path}", path=aside)] if aside else [])
