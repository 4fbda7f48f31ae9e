"""One act in the making: what it will put and remove, and the codes it gives out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import orjson

from config.errors import ConflictError
from config.text import t
from records.store.journal.rows import Row
from records.store.tables import encoded

T = TypeVar("T")


class Change:
    """What one act will change; nothing happens before its block ends well."""

    def __init__(
        self,
        office: str,
        kinds: Mapping[type, tuple[str, str]],
        counters: Mapping[str, int],
        row: Callable[[str, int], Row | None],
    ) -> None:
        self._office, self._kinds, self._row = office, kinds, row
        self._numbers = dict(counters)
        self.staged: dict[tuple[str, int], bytes | None] = {}
        """What each document becomes, as the bytes the journal will hold."""

    def new_id(self, kind: type) -> str:
        """A code never used before, such as `TN-P-00142`."""
        table, letter = self._kinds[kind]
        self._numbers[table] = self._numbers.get(table, 0) + 1
        return f"{self._office}-{letter}-{self._numbers[table]:05d}"

    def put(self, record: T, *, was: T | None = None) -> T:
        """Enter or replace a record by its id; gives it back.

        Args:
            record: what shall be there.
            was: the record as it was read, where it matters that nobody changed it since.

        Raises:
            ConflictError: when the book holds something else than `was`.
        """
        table, _ = self._kinds[type(record)]
        record_id: str = record.id  # type: ignore[attr-defined]  # kinds have an id
        key = _number(record_id)
        if was is not None and self._row(table, key) != orjson.loads(encoded(was)):
            raise ConflictError(
                t("{id} was changed elsewhere since it was opened", id=record_id),
                do=t("open it again and enter the change anew; nothing was overwritten"),
            )
        self.staged[table, key] = encoded(record)
        return record

    def remove(self, kind: type, record_id: str) -> None:
        """Take a record out; its id is not used again."""
        self.staged[self._kinds[kind][0], _number(record_id)] = None


def _number(record_id: str) -> int:
    return int(record_id.rpartition("-")[2])
