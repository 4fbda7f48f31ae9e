"""The code of the office that opens every id of a book, and those it had before.

`book.json` names the first. A book moves to another by one line of the journal: a change of the setting `office.code`
together with every document that bears or names an id. The number in an id stays, and so every old id is still found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson

from records.domain.exchange import Neighbour
from records.domain.kinds import KINDS
from records.domain.rule_changes import CODE_KEY, SettingChange
from records.store.journal.rows import BLOCK, Row, Rows

if TYPE_CHECKING:
    from records.store.journal.engine import Engine

T = TypeVar("T")
_TABLE = KINDS[SettingChange].table
_ID = re.compile(r"([^\W\d_]+)-([A-Z]+)-(\d{1,18})")


_MOST_DIGITS = 18
NEIGHBOURS = KINDS[Neighbour].table
MOST_NEIGHBOURS = 428
"""So many blocks have numbers below 2³², which is what sessions keep of a number."""


class ToldByRows(Generic[T]):
    """What follows from the rows of one table, found out anew only when they changed: codes are asked for all the time.

    Args:
        engine: has the table.
        name: of the table.
        found: finds it out.
    """

    def __init__(self, engine: Engine, name: str, found: Callable[[Mapping[int, Row]], T]) -> None:
        self._engine, self._name, self._found = engine, name, found
        self._held: tuple[Rows | None, int, T] | None = None

    def __call__(self) -> T:
        """It as the rows are now; not to be altered."""
        rows, held = self._engine.tables.get(self._name), self._held
        if held is not None and held[0] is rows and (rows is None or held[1] == rows.turn):
            return held[2]
        with self._engine.lock:  # a line that is being taken in is waited for
            rows = self._engine.tables.get(self._name)
            turn, all_of_them = (0, {}) if rows is None else (rows.turn, rows.all())
            self._held = rows, turn, self._found(all_of_them)
            return self._held[2]


def blocks_of(neighbours: Mapping[int, Mapping[str, Any]]) -> dict[str, int]:
    """Code of another office -> what is added to the number in its ids to have their rows.

    Args:
        neighbours: the rows of the table of other offices.
    """
    return {str(row["code"]): number * BLOCK for number, row in neighbours.items()}


def row_of(record_id: str, blocks: Mapping[str, int]) -> int:
    """Number of the row where a record with this id lies; 0 for what is no id."""
    number = number_in(record_id)
    return number + blocks.get(record_id.partition("-")[0], 0) if blocks and number else number


def number_in(record_id: str) -> int:
    """The number in an id, which is that of its row where it is our own; 0 for what is no id."""
    digits = record_id.rpartition("-")[2]
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else 0


def codes_of(first: str, changes: Mapping[int, Mapping[str, Any]]) -> tuple[str, ...]:
    """Every code of a book, the one in use first.

    Args:
        first: the code in `book.json`.
        changes: the rows of the table of setting changes.
    """
    told = [str(changes[number]["after"]) for number in sorted(changes) if changes[number].get("key") == CODE_KEY]
    return tuple(dict.fromkeys(reversed([first, *told])))


def told_by(engine: Engine, first: str) -> tuple[ToldByRows[tuple[str, ...]], ToldByRows[dict[str, int]]]:
    """Every code of a book that began with `first`, and the blocks of other offices, as its tables tell them."""
    return ToldByRows(engine, _TABLE, partial(codes_of, first)), ToldByRows(engine, NEIGHBOURS, blocks_of)


def same_id(held: str, given: str, codes: tuple[str, ...]) -> bool:
    """Whether `given` is another name of the record with the id `held`: the same but for a code the book once had."""
    one, other = _ID.fullmatch(held), _ID.fullmatch(given.upper())
    return (
        one is not None and other is not None and one[2] == other[2] and int(one[3]) == int(other[3])
        and other[1] in codes
    )  # fmt: skip


def is_own(record_id: str, codes: tuple[str, ...]) -> bool:
    """Whether the office itself made a record with this id: not so of what came from others."""
    return record_id.partition("-")[0] in codes


def current_id(given: str, codes: tuple[str, ...]) -> str:
    """An id as it is now, where it begins with an earlier one of `codes`; anything else as it was given."""
    if len(codes) < 2:
        return given
    found = _ID.fullmatch(given.strip().upper())
    return f"{codes[0]}-{found[2]}-{found[3]}" if found is not None and found[1] in codes[1:] else given


def with_current_ids(text: str, codes: tuple[str, ...]) -> str:
    """A text in which the beginnings of ids, such as `tn-p-`, have the code of now, whatever follows them."""
    if len(codes) < 2:
        return text
    old = "|".join(map(re.escape, codes[1:]))
    return re.sub(rf"(?<![\w-])(?:{old})(?=-[A-Z]{{1,2}}-\d)", codes[0], text, flags=re.IGNORECASE)


def every_name(record_id: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """What a record with this id was ever called in the book; what is no id of it stays alone."""
    found = _ID.fullmatch(record_id)
    if found is None or found[1] not in codes:
        return (record_id,)
    return tuple(f"{code}-{found[2]}-{found[3]}" for code in codes)


def recoded(content: bytes, old: str, new: str) -> bytes:
    """A document as JSON with every whole text that is an id beginning with `old` beginning with `new`."""
    wanted = re.compile(rb'"' + re.escape(old).encode() + rb'(-[A-Z]+-\d{5,}")')
    return wanted.sub(rb'"' + new.encode() + rb"\1", content)


def recoded_rows(
    tables: Mapping[str, Mapping[int, Mapping[str, Any]]], old: str, new: str
) -> Iterator[tuple[str, int, bytes]]:
    """Table, number and new content of every row that bears or names an id which begins with `old`."""
    for table, rows in tables.items():
        for number, row in list(rows.items()):
            content = orjson.dumps(row)
            changed = recoded(content, old, new)
            if changed != content:
                yield table, number, changed
