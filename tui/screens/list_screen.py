"""The base of every screen on a list: its columns, the counts over it, and whom the person means."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from config.i18n import tr
from config.text import Text, t
from tui.present.rows import Column
from tui.screens.base import OfficeScreen, key
from tui.widgets.listing import Listing


class ListScreen(OfficeScreen):
    """One list, under a line or two of counts where it is `counted`. Subclasses give `columns` and `refresh_office`.

    Attributes:
        empty: what an empty list says.
    """

    DEFAULT_CSS = """
    ListScreen #counts { height: auto; max-height: 3; padding: 0 1; background: $panel; text-style: bold; }
    ListScreen #counts.-late { color: $text-muted; text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("open_row", t("Open"), show=False)]
    AUTO_FOCUS = "VirtualTable"
    empty: ClassVar[Text] = t("Nothing here")
    counted: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Text | None = None
        self._told = ""

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """The columns, those first that 80 columns of a terminal show."""

    def body(self) -> ComposeResult:
        """Lay out the counts over the list."""
        if self.counted:
            yield Static("", id="counts", markup=False)
        yield Listing(self.columns(), empty=self.empty, focused=True)

    @property
    def listing(self) -> Listing:
        """The list."""
        return self.query_one(Listing)

    def action_open_row(self) -> None:
        """Open what the cursor is on, as Enter does."""
        self.listing.table.action_open()

    def chosen_ids(self) -> list[str]:
        """Ids of the marked rows, else of the one under the cursor."""
        table = self.listing.table
        return table.marked_ids or ([table.cursor_id] if table.cursor_id else [])

    def show_counts(self, told: str) -> None:
        """Write the counts over the list; while others are being found, the old ones stand dimmed behind that."""
        self._told = told
        if self.counted:
            waiting = tr(self._waiting or "")
            counts = self.query_one("#counts", Static)
            counts.set_class(bool(waiting), "-late")
            counts.update(" · ".join(part for part in (waiting, told) if part))

    def numbers_wait(self, words: Text | None) -> None:
        """Dim the rows and the counts that are not known yet, and say so."""
        if self.query(Listing):
            self._waiting = words
            self.listing.wait(words)
            self.show_counts(self._told)
