"""Rows of a list that fall into a closed year: told before they are entered, and named when the gate refuses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from config.errors import ClosedYearError
from config.text import Text, t
from records.domain.years.closing import YearMark, closed_years
from records.domain.years.deciding import facts_of, touched
from records.services.office import Office
from records.store.closed_years import WAY_OUT, closed_words
from records.store.contract import Store

T = TypeVar("T")
_NAMED = 12


class _Around:
    """The records of the book, with some that are not entered yet before them."""

    def __init__(self, book: Store, more: Mapping[str, Any]) -> None:
        self._book, self._more = book, more

    def get(self, kind: type[T], record_id: str) -> T | None:
        """The record with this id, or None."""
        found = self._more.get(record_id)
        return found if isinstance(found, kind) else self._book.table(kind).get(record_id)

    def every(self, kind: type[T]) -> Iterable[T]:
        """Every record of a kind."""
        return [*self._book.table(kind), *(each for each in self._more.values() if isinstance(each, kind))]


class ClosedYears:
    """Closed years while the rows of a list are read; none counts where a decision of correction is given."""

    def __init__(self, office: Office) -> None:
        self._book = office.book
        self._marks = {} if office.book.correction else closed_years(office.book.table(YearMark))

    def __bool__(self) -> bool:
        """Whether any year counts as closed."""
        return bool(self._marks)

    def problem(self, records: Iterable[Any], more: Mapping[str, Any] | None = None) -> Text | None:
        """Why these records cannot be entered, or take the place of those of the book; None where they can.

        Args:
            records: as they would be.
            more: id -> a record of the same list above, that they may name.
        """
        if not self._marks:
            return None
        own = list(records)
        after = _Around(self._book, {**(more or {}), **{str(each.id): each for each in own}})
        before = _Around(self._book, {})
        for each in own:
            held = self._book.table(type(each)).get(each.id) if "-" in each.id else None
            for fact in touched(facts_of(held, before), facts_of(each, after), self._marks):
                return t("{what}; {do}", what=closed_words(type(each), fact, self._marks[fact.year]), do=WAY_OUT)
        return None


@contextmanager
def rows_named(rows: Mapping[str, int]) -> Iterator[None]:
    """Name the rows of a list in the refusal of what it would change in a closed year.

    Args:
        rows: id of each record that is written -> its row; filled in until the end of the block.

    Raises:
        ClosedYearError: as the block, with the rows.
    """
    try:
        yield
    except ClosedYearError as error:
        found = sorted({rows[each] for each in error.touched if each in rows})
        if not found:
            raise
        told = ", ".join(map(str, found[:_NAMED])) + (" …" if len(found) > _NAMED else "")
        what = t("rows {rows}: {what}; nothing was entered", rows=told, what=error.what)
        raise ClosedYearError(what, where=error.where, do=error.do, touched=error.touched) from None
