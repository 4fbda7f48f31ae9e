"""A list shown before it is entered: what is told of all of it, its rows, what is told of the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from config.i18n import tr_
from config.text import t
from records.intake.drafts import Remark
from records.services.imports.intake import Opened
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import Confirm, Report


class PreviewScreen(ListScreen):
    """What a list would enter; nothing is written before Ctrl+S."""

    DEFAULT_CSS = """
    PreviewScreen #list-head { height: auto; max-height: 6; padding: 0 1; color: $text-muted; }
    PreviewScreen #list-why { height: auto; max-height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._opened: Opened | None = None
        self._entered = False

    def pending(self) -> str:
        """A preview is not in the book."""
        return "" if self._entered else tr_("preview, not entered")

    def unsaved(self) -> bool:
        """Whether what was said of rows would be lost."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Lay out what is told of the whole list, over its rows."""
        yield Static("", id="list-head", markup=False)
        yield from super().body()
        yield Static("", id="list-why", markup=False)

    def _keep(self, opened: Opened) -> None:
        """Keep what was read, so that no other look at the same file reads it again."""
        self._opened = opened

    def _tell_left_out(self, remarks: Iterable[Remark]) -> None:
        """Show which lines were not taken, and what was read differently."""
        lines = [
            tr_("Row {row}, {column}: {remark}", row=each.row, column=each.column, remark=each.remark)
            for each in remarks
        ]
        self.app.push_screen(Report(t("Lines left out"), lines or [tr_("None")]))

    def action_back(self) -> None:
        """Go back; says that nothing was entered, and asks where something would be lost."""
        if not self.unsaved():
            self._leave()
            return

        def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if agreed:
                self._leave()

        lines = (t("What you said of its rows and columns would be lost"),)
        self.app.push_screen(Confirm(t("Close the preview?"), lines, yes=t("Close without entering")), done)

    def _leave(self) -> None:
        entered = self._entered
        self.dismiss()
        if not entered:
            self.app.call_later(self.office_app.say_news, t("Closed; nothing was entered"))
