"""The base of every screen on a grid: it reads a model, writes what was typed, and drops no cell half typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar, cast

from textual import on
from textual.app import ComposeResult

from config.errors import AppError
from config.i18n import tr
from config.text import Text, t
from tui.screens.base import OfficeScreen
from tui.widgets.frame import StatusLine
from tui.widgets.grid.grid import Grid
from tui.widgets.grid.model import CellEdit, GridModel

M = TypeVar("M", bound=GridModel)


class GridScreen(OfficeScreen, Generic[M]):
    """A grid over a line of counts. Subclasses give `read`, `counts` and `write`.

    A key that shows something else in the cells, or leaves them, does it by `grid.then`: what is being typed is written
    before. Everything that calls `refresh_office` may come while a cell is being typed in; the grid keeps it.

    Attributes:
        empty: what an empty grid says.
        name_width: cells of the column of names; the first `frozen` columns stay beside it.
    """

    empty: ClassVar[Text]
    name_width: ClassVar[int] = 26
    frozen: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self._model: M | None = None

    def names(self) -> Text:
        """Heading of the column of names."""
        return t("Full name")

    @abstractmethod
    def read(self) -> M:
        """What the grid shows, from the book. Raises AppError when that is no more."""

    @abstractmethod
    def counts(self) -> tuple[str, str]:
        """What the line under the grid says on the left and on the right, already spoken."""

    @abstractmethod
    def write(self, model: M, edits: Sequence[CellEdit]) -> object:
        """Let a service write what was typed in `model`, by `enter`."""

    @property
    def model(self) -> M:
        """What the grid shows."""
        assert self._model is not None  # read before the grid is made
        return self._model

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    def body(self) -> ComposeResult:
        """Lay out the grid over its counts."""
        self._model = self.read()
        yield Grid(
            self.model,
            name_title=tr(self.names()),
            name_width=self.name_width,
            frozen=self.frozen,
            empty=tr(self.empty),
        )
        yield StatusLine(id="sheet-status")

    def on_mount(self) -> None:
        """Begin in the first cell to type in."""
        self.grid.focus()
        self.grid.go_to(0, self.frozen)

    def refresh_office(self) -> None:
        """Read again; leave when what the grid shows was taken back."""
        try:
            model = self.read()
        except AppError as error:
            self._shown_at = None
            self.complain(error)
            self.app.call_later(super().action_back)
            return
        self.show(model)

    def show(self, model: M) -> None:
        """Show another model with its counts."""
        self._model = model
        self.grid.set_model(model)
        self.show_counts()
        self.show_place()

    def show_counts(self) -> None:
        """Write the line under the grid."""
        self.query_one("#sheet-status", StatusLine).show_ends(*self.counts())

    # -- writing ------------------------------------------------------------------------------------------------------

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        self.write(cast("M", event.model), event.changes)

    @on(Grid.Finished)
    def _finished(self, event: Grid.Finished) -> None:
        event.act()

    def enter(self, act: Callable[[], object], show: Callable[[], object] | None = None) -> bool:
        """Do `act`, which writes, and show what it wrote, by `show` or all anew; gives whether it was done."""
        done = self.may_write() and self.attempt(act)
        if done:
            self._shown_at = self.moment
            (show or self.refresh_office)()
        self.grid.reload()
        return done

    def action_back(self) -> None:
        """Write what is being typed; then stop what runs, or go back."""
        self.grid.then(super().action_back)
