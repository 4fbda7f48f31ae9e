"""Choosing by eye: a list at the left, and at the right what a certificate looks like with the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text
from tui.present.errors import in_words
from tui.widgets.behind import Job, begin
from tui.widgets.frame import Leaving
from tui.widgets.preview import Preview


class Swatches(OptionList):
    """A list of which each may show its colour."""

    @staticmethod
    def option(key: str, title: str, colours: Sequence[str]) -> Option:
        """A row: a block of each colour before its title."""
        words = RichText()
        for each in colours:
            words.append("██", style=each)
        return Option(words.append(f" {title}" if colours else title), id=key)


class ChooseSeen(Leaving[str | None], ModalScreen[str | None]):
    """Answers with the key chosen; options are (key, title, colours), and `draw` gives the picture of a key."""

    DEFAULT_CSS = """
    ChooseSeen { align: center middle; }
    ChooseSeen > Vertical { width: 96%; max-width: 130; height: 90%; background: $panel; padding: 0 1; }
    ChooseSeen .title { text-style: bold; height: 1; margin-bottom: 1; }
    ChooseSeen Horizontal { height: 1fr; }
    ChooseSeen OptionList { width: 40; height: 100%; border: none; background: $surface; padding: 0; }
    ChooseSeen .line { height: 1; color: $text-muted; }
    """
    BINDINGS = [Binding("escape", "leave", show=False)]

    def __init__(
        self, title: Text, options: Sequence[tuple[str, Text, Sequence[str]]], first: str, draw: Callable[[str], Any]
    ) -> None:
        super().__init__()
        self._title, self._options, self._first, self._draw = title, options, first, draw
        self._preview = Preview()
        self._preview.can_focus = False
        self._job: Job | None = None

    def compose(self) -> ComposeResult:
        """Lay out the list beside the picture."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            with Horizontal():
                yield Swatches(*(Swatches.option(key, tr(title), colours) for key, title, colours in self._options))
                yield self._preview
            yield Static(tr_("↑ ↓: look · Enter: take it · Esc: cancel"), classes="line", markup=False)

    def on_mount(self) -> None:
        """Begin at the one in force."""
        keys = [key for key, _, _ in self._options]
        swatches = self.query_one(Swatches)
        swatches.focus()
        swatches.highlighted = keys.index(self._first) if self._first in keys else 0

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        key = event.option_id or ""
        if self._job is not None:
            self._job.stop()
        job = self._job = Job(self.app)

        def done(picture: Any) -> None:
            if self._job is job and self.is_mounted and picture is not None:
                self._preview.show(picture)

        def failed(error: Exception) -> None:
            if not isinstance(error, (AppError, OSError)):
                raise error
            if self._job is job and self.is_mounted:
                self.query_one(".line", Static).update(tr(in_words(error).what))

        begin(job, lambda _job: self._draw(key), done=done, failed=failed)

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
