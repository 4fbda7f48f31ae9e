"""One act in the making: what it will put and remove, and the codes it gives out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from records.book.records import to_document

T = TypeVar("T")


class Change:
    """What one act will change; nothing happens before its block ends well."""

    def __init__(self, office: str, kinds: Mapping[type, tuple[str, str]], counters: Mapping[str, int]) -> None:
        self._office, self._kinds = office, kinds
        self._numbers = dict(counters)
        self.staged: dict[tuple[str, int], dict[str, Any] | None] = {}

    def new_id(self, kind: type) -> str:
        """A code never used before, such as `TN-P-00142`."""
        table, letter = self._kinds[kind]
        self._numbers[table] = self._numbers.get(table, 0) + 1
        return f"{self._office}-{letter}-{self._numbers[table]:05d}"

    def put(self, record: T) -> T:
        """Enter or replace a record by its id; gives it back."""
        table, _ = self._kinds[type(record)]
        self.staged[table, _number(record.id)] = to_document(record)  # type: ignore[attr-defined]  # kinds have an id
        return record

    def remove(self, kind: type, record_id: str) -> None:
        """Take a record out; its id is not used again."""
        self.staged[self._kinds[kind][0], _number(record_id)] = None


def _number(record_id: str) -> int:
    return int(record_id.rpartition("-")[2])
