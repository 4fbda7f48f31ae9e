"""The cells of one row after another, with what is refused of them and what is remarked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from config.text import Text, t
from records.domain.dates import PartialDate
from records.intake import values, words
from records.intake.drafts import Refusal, Remark, shortened
from records.intake.files.cells import Cell, Sheet, letter, shown_cell
from records.intake.formats.faulty import is_error, sentence
from records.intake.layout.columns import Layout
from records.intake.layout.headings import NAME_KEYS

_SHARED = (
    "unit", "level", "role", "reporter", "communicator", "collaborator", "decision_number", "decision_date", "since",
    "until", "term", "recognised_by", "managed_by", "sex", "ethnicity", "religion", "native_place", "residence",
    "position", "education", "profession", "field_of_study", "political_theory", "note",
)  # fmt: skip
"""What several people may have in common, and what is so merged over their rows. Numbers and days are one person's."""


class RowCells:
    """Reads the cells of a row; `refused` and `remarks` grow as it goes."""

    def __init__(self, sheet: Sheet, layout: Layout, today: date) -> None:
        self.sheet, self.layout, self.today = sheet, layout, today
        self.refused: list[Refusal] = []
        self.remarks: list[Remark] = []
        self._row = 0
        self._told: set[str] = set()
        self._columns = tuple(layout.columns.items())
        self._cells: dict[str, Cell] = {}
        self._texts: dict[str, str] = {}
        self._above = self._shared_cells()
        self._wide: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, left, last, right in sheet.merged:
            if right > left:
                for row in range(max(first, layout.first_row), min(last, len(sheet.rows)) + 1):
                    self._wide[row].append((left, right))

    def _shared_cells(self) -> dict[tuple[int, int], int]:
        """(row, column) -> row that holds the value, where a cell is merged down.

        A unit or a decision is merged over several people, and a name over several appointments of one: what else is
        merged over the same rows is that person's.
        """
        shared = {self.layout.columns[key] for key in _SHARED if key in self.layout.columns}
        known = set(self.layout.columns.values())
        of_one = continued_rows(self.sheet, self.layout)
        self._alone = {
            (row, left): first
            for first, left, last, _ in self.sheet.merged
            if left in known - shared and first >= self.layout.first_row
            for row in range(first + 1, min(last, len(self.sheet.rows)) + 1)
            if row not in of_one
        }
        return {
            (row, left): first
            for first, left, last, _ in self.sheet.merged
            if left in known and first >= self.layout.first_row
            for row in range(first + 1, min(last, len(self.sheet.rows)) + 1)
            if left in shared or row in of_one
        }

    def _begin(self, row: int) -> None:
        """Turn to a row."""
        self._row, self._cells, self._texts, self._told = row, self._filled(row), {}, set()

    def _filled(self, row: int) -> dict[str, Cell]:
        """Key -> cell of a row, for the keys that it fills, by itself or by an area merged down."""
        cells = self.sheet.rows[row - 1]
        width = len(cells)
        if not self._above:
            return {key: cell for key, column in self._columns if column < width and (cell := cells[column]) != ""}
        found: dict[str, Cell] = {}
        for key, column in self._columns:
            cell = self.sheet.at(self._above.get((row, column), row), column)
            if cell != "":
                found[key] = cell
        return found

    def _cell(self, key: str) -> Cell:
        return self._cells.get(key, "")

    def _text(self, key: str) -> str:
        cell = self._cells.get(key, "")
        if cell == "" or (type(cell) is str and cell.isascii() and cell.isalnum()):
            return str(cell)  # there is nothing to be cleaned in it
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = values.without_end_marks(shown_cell(cell))
        return text

    def _plain(self, key: str) -> str:
        cell = self._cell(key)
        if cell == "":
            return ""
        read = values.read_text(cell if isinstance(cell, str) else shown_cell(cell))
        text: str = self._taken(key, read) or ""
        return text if key == "note" else values.without_end_marks(text)

    def _judge_cells(self) -> None:
        """Refuse cells that hold no value of their own: faults known before, errors of formulas, merged areas."""
        wide, faults = self._wide.get(self._row, ()), self.sheet.faults
        for key, cell in self._cells.items():
            fault = faults.get((self._row, self.layout.columns[key])) if faults else None
            if fault is None and isinstance(cell, str) and is_error(cell):
                fault = sentence(cell)
            if fault is not None:
                self._refuse(key, fault)
        for key, column in self.layout.columns.items() if self._alone else ():
            if (first := self._alone.get((self._row, column))) is not None:
                told = t("the cell is merged with that of row {row}, and counts for that row alone", row=first)
                self.remarks.append(Remark(self._row, self.layout.label(key), told))
        for key, column in self.layout.columns.items() if wide else ():
            if any(left == column and self._covers(left, right) for left, right in wide):
                self._refuse(key, t("the cell is merged over several columns; split it in the spreadsheet program"))

    def _covers(self, left: int, right: int) -> bool:
        return sum(left <= column <= right for column in set(self.layout.columns.values())) > 1

    def _refuse(self, key: str, problem: Text, value: str | None = None) -> None:
        """Note what is wrong with a cell; what is wrong with it first is told, for the rest follows from it."""
        if key in self._told:
            return
        self._told.add(key)
        shown = self._text(key) if value is None else value
        column = self.layout.columns.get(key)
        cell = "" if column is None else f"{letter(column)}{self._row}"
        self.refused.append(Refusal(self._row, self.layout.label(key), shortened(shown), problem, cell=cell))

    def _name_refusals(self, since: int, name: str) -> None:
        """Say of the refusals from the one with number `since` on whose row it is."""
        self.refused[since:] = [replace(each, name=name) for each in self.refused[since:]]

    def _remark(self, key: str, remark: Text) -> None:
        self.remarks.append(Remark(self._row, self.layout.label(key), remark))

    def _taken(self, key: str, read: values.Read[Any]) -> Any:
        """The value of a reading, after its problem or remark was noted; None when refused."""
        if read.problem is not None:
            self._refuse(key, read.problem)
            return None
        if read.remark is not None:
            self._remark(key, read.remark)
        return read.value

    def _value(self, key: str, read: Callable[[Cell], values.Read[Any]]) -> Any:
        return self._taken(key, read(self._cells[key])) if self._says(key) else None

    def _says(self, key: str) -> bool:
        """Whether a cell says anything: a dash, or “không”, “chưa có”, is how lists leave one empty."""
        cell = self._cells.get(key, "")
        return isinstance(cell, date) or (cell != "" and not words.is_no(self._text(key)))

    def _date(self, key: str, *, ahead: bool = False) -> PartialDate | None:
        """A date as far as the sheet shows it; one that may lie `ahead` is then remarked on."""
        today = date.max if ahead else self.today
        found: PartialDate | None = self._value(
            key, lambda cell: values.read_date(cell, today=today, epoch=self.sheet.epoch)
        )
        if found is not None and found.first_day() > self.today:
            self._remark(key, t("this day is still to come"))
        shown = self.sheet.coarse.get((self._row, self.layout.columns.get(key, -1)))
        if shown is None or found is None or not found.day:
            return found
        kept = PartialDate(found.year, found.month if shown == "month" else 0)
        self._remark(key, t("the sheet shows no day; read as {day}", day=kept.shown()))
        return kept


def continued_rows(sheet: Sheet, layout: Layout) -> frozenset[int]:
    """Rows below the first of a merged name: further appointments of the person above."""
    names = {layout.columns[key] for key in NAME_KEYS if key in layout.columns}
    return frozenset(
        row
        for first, left, last, _ in sheet.merged
        if left in names and first >= layout.first_row
        for row in range(first + 1, last + 1)
    )
