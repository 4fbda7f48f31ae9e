"""What a table is made of: columns and rows, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, overload

import msgspec

from records.domain.people.names import fold, fold_all, search_key, search_keys


class Column(msgspec.Struct, frozen=True):
    """A column: `width` in cells, more where it may `grow`; `sort` makes a key of a cell, None forbids sorting."""

    key: str
    title: str
    width: int
    align: str = "left"
    sort: Callable[[Any], Any] | None = None
    grow: bool = False


class Row(msgspec.Struct, frozen=True):
    """A row: `find` is the text it is found by, `styles` maps a cell's number to good, bad, warn or dim."""

    id: str
    cells: tuple[str, ...]
    styles: Mapping[int, str] = msgspec.field(default_factory=dict)
    find: str = ""
    data: object = None


class LateRows(Sequence[Row]):
    """Rows that are made when they are first asked for: of twenty thousand, a screen draws thirty.

    Args:
        ids: of the rows, in their order.
        make: makes the row of a number.
        texts: gives what is looked through to find each row; asked when somebody looks for something.
    """

    def __init__(self, ids: list[str], make: Callable[[int], Row], texts: Callable[[], Iterable[str]]) -> None:
        self.ids, self.texts = ids, texts
        self._make = make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, number: int) -> Row: ...

    @overload
    def __getitem__(self, number: slice) -> list[Row]: ...

    def __getitem__(self, number: int | slice) -> Row | list[Row]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        place = range(len(self.ids))[number]  # raises IndexError, and counts from the end too
        row = self._made.get(place)
        if row is None:
            row = self._made[place] = self._make(place)
        return row


def share_bar(percent: Decimal | None, cells: int) -> str:
    """A share as a line of `cells` cells, heavy as far as it goes, to half a cell; empty where it is not known."""
    if percent is None:
        return ""
    full, half = divmod(int(percent * cells * 2 / 100), 2)
    return ("━" * full + "╸" * half).ljust(cells, "─")


class Finder:
    """Tells which rows hold every word looked for, whatever its accents; `Lý` finds `Lí`, and `hmau` finds `H'Mẫu`."""

    def __init__(self) -> None:
        self._texts: Callable[[], Iterable[str]] = tuple
        self._words: list[tuple[str, str]] = []
        self._folded: tuple[list[str], list[str]] | None = None

    def take(self, texts: Callable[[], Iterable[str]]) -> None:
        """Look in these texts, one a row, from now on."""
        self._texts, self._folded = texts, None

    def look_for(self, text: str) -> bool:
        """Look for these words from now on; whether they can only narrow what the words before let through."""
        words = [(word, search_key(word)) for word in fold(text).split()]
        narrower = len(words) >= len(self._words) and all(
            new[0].startswith(old[0]) and new[1].startswith(old[1])
            for old, new in zip(self._words, words, strict=False)
        )
        self._words = words
        return narrower

    def get_ready(self) -> None:
        """Fold the texts, which takes a moment where they are many."""
        if self._folded is None:
            folded = fold_all(self._texts())
            self._folded = folded, search_keys(folded)

    def among(self, numbers: Iterable[int]) -> list[int]:
        """Those of the rows of these numbers that hold every word, as it is written or as it might be."""
        if not self._words:
            return list(numbers)
        self.get_ready()
        texts, twins = self._folded or ([], [])
        for word, twin in self._words:
            numbers = [number for number in numbers if word in texts[number] or twin in twins[number]]
        return list(numbers)
