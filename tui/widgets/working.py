"""A long job over a screen: nothing else can be done meanwhile, and Esc stops it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from config.i18n import tr, tr_
from config.text import Text
from tui.widgets.frame import Leaving, ProgressLine


class Working(Leaving[None], ModalScreen[None]):
    """Shows a job's progress; `stopped` becomes true when a person asks to stop."""

    DEFAULT_CSS = """
    Working { align: center middle; }
    Working > Vertical { width: 64; max-width: 96%; height: auto; background: $panel; padding: 1 2; }
    Working .line { height: auto; margin-top: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]

    def __init__(self, label: Text) -> None:
        super().__init__()
        self._label = tr(label)
        self.stopped = False

    def compose(self) -> ComposeResult:
        """Lay out the line of progress."""
        with Vertical():
            yield ProgressLine()
            yield Static(tr_("Esc: stop; nothing of it is written then"), classes="line", markup=False)

    def on_mount(self) -> None:
        """Begin at nothing."""
        self.show(0, 0)

    def show(self, done: int, total: int) -> None:
        """Show how far the job is."""
        if self.is_mounted:
            self.query_one(ProgressLine).show(self._label, done, total)

    def action_stop(self) -> None:
        """Ask the job to stop; it ends by itself."""
        self.stopped = True
