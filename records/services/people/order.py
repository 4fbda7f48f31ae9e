"""The order of people in lists: found once from all names, kept in step with each change, and for the next opening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from records.domain.dates import PartialDate
from records.domain.kinds import KINDS
from records.domain.people.names import person_key
from records.domain.people.person import Person
from records.store.contract import Store

_CACHE = "order"
_WORTH = 300
"""People of whom putting them in order takes longer than a glance."""
_FORM = "1"
_TABLE = KINDS[Person].table
_DECIDES = ("id", "name", "born")
Named = tuple[str, str, PartialDate | str | None]
"""Id, name and birth, or the text it is kept as, of somebody: they decide where who stands."""


class _Kept(msgspec.Struct):
    """What is kept for the next opening: ids alone, and no names."""

    form: str
    ids: list[str]


_KEPT, _TAKEN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Kept)


class _Order:
    """The order of everybody in one book; may be asked from any thread."""

    def __init__(self, book: Store) -> None:
        self._seq = -1
        self._ids: list[str] = []
        self._lock = Lock()
        book.at_close(_CACHE, self.kept)

    def of(self, book: Store, seq: int, everybody: Iterable[Named]) -> list[str]:
        """The ids of everybody; the list is not to be altered."""
        with self._lock:
            first = self._seq < 0
            last, changes = book.changes_since(self._seq)
            if changes is not None and not any(_moves(*each) for each in changes):
                self._seq = last
                return self._ids
            self._ids = (self._recalled(book) if first else []) or _sorted(everybody)
            self._seq = seq  # what came since they were read is heard of once more
            return self._ids

    def kept(self, book: Store) -> bytes | None:
        """The order for the next opening; None where finding it again is quick."""
        if len(self._ids) < _WORTH:
            return None
        seq = book.head()[0]
        return _KEPT.encode(_Kept(_FORM, self.of(book, seq, book.table(Person).columns(*_DECIDES, late=("born",)))))

    @staticmethod
    def _recalled(book: Store) -> list[str]:
        content = book.recall(_CACHE)
        if content is None:
            return []
        try:
            kept = _TAKEN.decode(content)
        except msgspec.DecodeError:  # another program's
            return []
        return kept.ids if kept.form == _FORM else []


def in_order(book: Store, seq: int, everybody: Iterable[Named]) -> list[str]:
    """The ids of everybody in the Vietnamese order of names, of the same name the elder first.

    Args:
        book: the book; whoever is in it is among `everybody`.
        seq: the last change before everybody was read.
        everybody: read only where the order is not known.
    """
    with _MAKING:
        order = _KNOWN.get(book)
        if order is None:
            order = _KNOWN[book] = _Order(book)
    return order.of(book, seq, everybody)


def _sorted(everybody: Iterable[Named]) -> list[str]:
    known = sorted(everybody, key=itemgetter(0))  # of the same name and day in the order of their codes
    # Names come again and again: their places are compared at once, their keys text by text.
    keys = {name: person_key(name) for name in {each[1] for each in known}}
    places = {key: f"{place:08} " for place, key in enumerate(sorted(set(keys.values())))}
    of = {name: places[key] for name, key in keys.items()}
    stands = [of[name] if born is None else of[name] + str(born) for _, name, born in known]
    return [known[number][0] for number in sorted(range(len(known)), key=stands.__getitem__)]


def _moves(table: str, _number: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> bool:
    """Whether a change puts somebody elsewhere in the order, in it, or out of it."""
    if table != _TABLE:
        return False
    return before is None or after is None or any(before.get(each) != after.get(each) for each in _DECIDES)


_KNOWN: WeakKeyDictionary[Store, _Order] = WeakKeyDictionary()
_MAKING = Lock()
