"""The one gate before a closed year: whatever changes the book, a service, a list, an undo, passes here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import orjson

from config.errors import ClosedYearError, ConflictError
from config.text import Text, t
from records.domain.dates import shown
from records.domain.kinds import KINDS, from_document
from records.domain.rule_changes import CODE_KEY, SettingChange
from records.domain.years.closing import Correction, YearMark, closed_years
from records.domain.years.deciding import DECIDING, Fact, facts_of, touched
from records.store.codes import NEIGHBOURS, blocks_of, row_of

T = TypeVar("T")
Row = Mapping[str, Any]
Planned = tuple[str, int, Any, bytes | None]
Rows = Callable[[str], Mapping[int, Row]]
_KIND_OF = {kind.table: each for each, kind in KINDS.items()}
_ID = re.compile(r"[^\W\d_]+(?=-[A-Z]+-\d{5,})")
WAY_OUT = t(
    "make it by a decision of correction (--correction and --correction-day, or F6 and F2 in the section “The book”), "
    "or open the year again (“book open-year”, or F6 and F8 there)"
)


class _Side:
    """The records as they are before a change, or after it."""

    def __init__(self, rows: Rows, staged: Mapping[str, Mapping[int, Row | None]]) -> None:
        self._rows, self._staged = rows, staged
        self._known: dict[type, list[Any]] = {}
        self._of_others: dict[str, int] | None = None

    def _blocks(self) -> dict[str, int]:
        if self._of_others is None:
            staged = {key: row for key, row in self._staged.get(NEIGHBOURS, {}).items() if row is not None}
            self._of_others = blocks_of({**self._rows(NEIGHBOURS), **staged})
        return self._of_others

    def get(self, kind: type[T], record_id: str) -> T | None:
        """The record with this id, or None."""
        number = row_of(record_id, self._blocks())
        if not number:
            return None
        table = KINDS[kind].table
        staged = self._staged.get(table, {})
        row = staged[number] if number in staged else self._rows(table).get(number)
        return _read(row, kind)

    def every(self, kind: type[T]) -> Iterable[T]:
        """Every record of a kind."""
        if kind not in self._known:
            table = KINDS[kind].table
            rows = {**self._rows(table), **self._staged.get(table, {})}
            self._known[kind] = [record for row in rows.values() if (record := _read(row, kind)) is not None]
        return self._known[kind]


def _read(row: Row | None, kind: type[T]) -> T | None:
    """A row as a record; None where it is none, which TinyDB may have written too."""
    try:
        return None if row is None else from_document(dict(row), kind)
    except (msgspec.ValidationError, ValueError):
        return None


def judge_years(changes: Sequence[Planned], rows: Rows, correction: Correction | None) -> Correction | None:
    """Refuse a change that touches a closed year; gives the decision that allows it, with the years it touched.

    Args:
        changes: table, number, document before, and document after as JSON.
        rows: the rows of a table as they are before the change.
        correction: the decision by which the change is made, or None.

    Raises:
        ClosedYearError: where there is no such decision, or it is older than the closing.
        ConflictError: for a mark of a year that would be taken away or altered.
    """
    if not rows(KINDS[YearMark].table):
        return None
    told = [(name, key, old, None if new is None else orjson.loads(new)) for name, key, old, new in changes]
    moved = any(_moves_code(name, old, new) for name, _, old, new in told)
    _judge_marks(told, moved=moved)
    marks = closed_years(_Side(rows, {}).every(YearMark))
    found = _touched(told, rows, marks, moved=moved) if marks else []
    if not found:
        return None
    years = sorted({fact.year for _, _, fact in found})
    if correction is None:
        raise _closed(found, marks)
    newest = max(marks[year].day for year in years)
    if correction.day < newest:
        raise ClosedYearError(
            t(
                "The decision of correction of {day} is older than the closing of {closed}",
                day=correction.day,
                closed=newest,
            ),
            do=t("give the decision that came after it"),
            touched=tuple(record for _, record, _ in found),
        )
    return msgspec.structs.replace(correction, years=tuple(years))


def _moves_code(name: str, old: Row | None, new: Row | None) -> bool:
    return name == KINDS[SettingChange].table and CODE_KEY in ((old or {}).get("key"), (new or {}).get("key"))


def _says_the_same(old: Row, new: Row | None) -> bool:
    return {**old, "id": ""} == {**(new or {}), "id": ""}


def _judge_marks(told: Sequence[tuple[str, int, Any, Any]], *, moved: bool) -> None:
    for name, _, old, new in told:
        if name == KINDS[YearMark].table and old is not None and not (moved and _says_the_same(old, new)):
            raise ConflictError(
                t("That a year was closed, or opened again, is not taken back"),
                do=t(
                    "open the year again, which says why: “book open-year {year} --why …”, or F6 and F8 in the "
                    "section “The book”",
                    year=old.get("year", ""),
                ),
            )


def _touched(
    told: Sequence[tuple[str, int, Any, Any]], rows: Rows, years: Mapping[int, YearMark], *, moved: bool
) -> list[tuple[type, str, Fact]]:
    """Kind, id and fact of everything by which a change touches one of the years."""
    staged: dict[str, dict[int, Row | None]] = {}
    for name, key, _, new in told:
        staged.setdefault(name, {})[key] = new
    before, after = _Side(rows, {}), _Side(rows, staged)
    found = []
    for name, _, old, new in told:
        kind = _KIND_OF.get(name)
        if kind is None or not DECIDING[kind].facts:
            continue
        one, other = facts_of(_read(old, kind), before), facts_of(_read(new, kind), after)
        if moved:  # a book that goes to another code says the same by other ids
            one, other = _without_code(one), _without_code(other)
        record = str((new or old or {}).get("id", ""))
        found += [(kind, record, fact) for fact in touched(one, other, years)]
    return found


def _without_code(facts: Iterable[Fact]) -> list[Fact]:
    return [Fact(each.year, each.day, _ID.sub("", each.said)) for each in facts]


def closed_words(kind: type, fact: Fact, mark: YearMark) -> Text:
    """Why something cannot be entered, changed or taken out: its year is closed."""
    words = DECIDING[kind].words
    if fact.day is None:
        return t("{year} was closed on {closed}: {what} of that year stays as it is", year=str(fact.year),
                 closed=mark.day, what=words)  # fmt: skip
    return t("{year} was closed on {closed}: {what} of {day} stays as it is", year=str(fact.year), closed=mark.day,
             what=words, day=shown(fact.day))  # fmt: skip


def _closed(found: Sequence[tuple[type, str, Fact]], marks: Mapping[int, YearMark]) -> ClosedYearError:
    kind, record, fact = found[0]
    records = tuple(dict.fromkeys(each for _, each, _ in found))
    what = closed_words(kind, fact, marks[fact.year])
    if len(records) > 1:
        what = t("{what}; with it {n} more", what=what, n=len(records) - 1)
    return ClosedYearError(what, where=record, do=WAY_OUT, touched=records)
