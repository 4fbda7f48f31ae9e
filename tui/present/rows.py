"""What a table is made of: columns and rows, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from records.domain.people.names import fold, search_key


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


class Finder:
    """Tells which rows hold every word looked for, whatever its accents; `Lý` finds `Lí`, and `hmau` finds `H'Mẫu`."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._words: list[str] = []
        self._twins: list[str] | None = None

    def take(self, rows: list[Row]) -> None:
        """Look in these rows from now on."""
        self._rows, self._twins = rows, None

    def look_for(self, text: str) -> bool:
        """Look for these words from now on; whether they can only narrow what the words before let through."""
        words = fold(text).split()
        narrower = len(words) >= len(self._words) and all(
            new.startswith(old) and search_key(new).startswith(search_key(old))
            for old, new in zip(self._words, words, strict=False)
        )
        self._words = words
        return narrower

    def holds(self, number: int) -> bool:
        """Whether the row of this number holds every word, as it is written or as it might be."""
        if not self._words:
            return True
        if self._twins is None:
            self._twins = [search_key(row.find) for row in self._rows]
        found, twin = self._rows[number].find, self._twins[number]
        return all(word in found or search_key(word) in twin for word in self._words)
