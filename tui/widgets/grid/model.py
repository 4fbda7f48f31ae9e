"""What a grid shows and asks: columns, rows, whether a cell may hold what was typed; and blocks of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from config.text import Text


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a grid.

    Attributes:
        key: what the column means, in every model of the same screen: another month is another key.
        title: as it stands over the column, already spoken; it may be cut where there is no room.
        width: in cells of the terminal.
        hint: what the foot of the grid says of a cell here: the whole title, the bounds.
        group: neighbours of the same group stand under one heading.
    """

    key: str
    title: str
    width: int = 8
    align: Literal["left", "right"] = "right"
    hint: str = ""
    group: str = ""


class CellEdit(NamedTuple):
    """A cell, and the text it should hold from now on; empty text clears it."""

    row: int
    column: int
    typed: str


class Refusal(NamedTuple):
    """A cell that could not take what was typed or pasted, and why."""

    row: int
    column: int
    typed: str
    problem: Text


class GridModel(Protocol):
    """What a grid is filled from. Rows and columns are numbered from 0; texts are shown as they are."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The columns beside the frozen one."""

    def row_id(self, row: int) -> str:
        """Whose row it is, wherever it stands in another model of the same screen."""

    def row_title(self, row: int) -> str:
        """What stands in the frozen column: the name of the person or unit."""

    def text(self, row: int, column: int) -> str:
        """What a cell shows, and what editing it begins with."""

    def editable(self, row: int, column: int) -> bool:
        """Whether a cell may be changed."""

    def judge(self, row: int, column: int, typed: str) -> Text | None:
        """Why a cell cannot hold `typed`, or None when it can; empty text means clearing it."""


@runtime_checkable
class StyledModel(Protocol):
    """A model that also colours its cells."""

    def look(self, row: int, column: int) -> str:
        """`good`, `bad`, `warn`, `dim`, or empty for plain."""


@runtime_checkable
class CodedModel(Protocol):
    """A model whose cells hold codes: one is taken as soon as it is typed, and the cursor goes down."""

    def is_code(self, typed: str) -> bool:
        """Whether this is a whole code."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells, both corners in it."""

    start_row: int
    start_column: int
    end_row: int
    end_column: int

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.start_row, self.end_row + 1)

    @property
    def cols(self) -> range:
        """Its columns."""
        return range(self.start_column, self.end_column + 1)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return row in self.rows and column in self.cols
