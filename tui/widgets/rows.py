"""What a table is made of: columns and rows, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `width` in cells, more where it may `grow`; `sort` makes a key of a cell, None forbids sorting."""

    key: str
    title: str
    width: int
    align: str = "left"
    sort: Callable[[Any], Any] | None = None
    grow: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `find` is its folded search text, `styles` maps a cell's number to good, bad, warn or dim."""

    id: str
    cells: tuple[str, ...]
    styles: Mapping[int, str] = field(default_factory=dict)
    find: str = ""
    data: object = None
