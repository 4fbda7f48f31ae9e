"""The base of every screen on a list: its columns, the counts over it, and whom the person means."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

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
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("open_row", t("Open"), show=False)]
    empty: ClassVar[Text] = t("Nothing here")
    counted: ClassVar[bool] = False

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """The columns, those first that 80 columns of a terminal show."""

    def body(self) -> ComposeResult:
        """Lay out the counts over the list."""
        if self.counted:
            yield Static("", id="counts", markup=False)
        yield Listing(self.columns(), empty=self.empty)

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
        """Write the counts over the list."""
        self.query_one("#counts", Static).update(told)
