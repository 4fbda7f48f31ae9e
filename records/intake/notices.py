"""What is said of a whole sheet before anybody takes it in: what it hides, and days that look turned about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from config.text import Text, t
from records.intake.files.cells import Sheet, letter, shown_cell
from records.intake.layout.columns import Layout

_DATES = ("born", "born_male", "born_female", "party_probation", "party_official", "decision_date")
_WRITTEN = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*\d{4}")
_LEAST_DATES = 3
_LAST_MONTH = 12


def notices_of(sheet: Sheet, layout: Layout, rows: Sequence[int], unseen: Unseen, *, taken: bool) -> tuple[Text, ...]:
    """Every notice on a sheet.

    Args:
        sheet: the sheet.
        layout: where its columns are.
        rows: numbers of the rows that hold people, hidden ones too.
        unseen: those of them that nobody sees as people of the list.
        taken: whether those were read all the same.
    """
    told: list[Text] = []
    if sheet.hidden:
        told.append(t("Sheet “{name}” is hidden in the file, and was read", name=sheet.name))
    told += unseen.notices(taken=taken)
    told += hidden_columns(sheet, layout)
    told += (each for key in _DATES if (each := _swapped(sheet, layout, key, rows)) is not None)
    return tuple(told)


class Unseen:
    """Rows of people that the sheet hides, or whose name is struck out."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.hidden: list[int] = []
        self.struck: list[int] = []
        self._sheet = sheet
        self._names = [layout.columns[key] for key in ("name", "family_and_middle", "given") if key in layout.columns]

    def takes(self, row: int) -> bool:
        """Note the row of a person if it is such a row; gives whether it is."""
        if row in self._sheet.hidden_rows:
            self.hidden.append(row)
            return True
        if not self._sheet.struck:
            return False
        names = [column for column in self._names if self._sheet.at(row, column) != ""]
        if names and all((row, column) in self._sheet.struck for column in names):
            self.struck.append(row)
            return True
        return False

    def notices(self, *, taken: bool) -> list[Text]:
        """What is said of them."""
        told = []
        if self.hidden:
            rows = spans(self.hidden)
            told.append(
                t("The sheet hides rows that hold people; they were read all the same: rows {rows}", rows=rows)
                if taken
                else t("The sheet hides rows that hold people; they were left out: rows {rows}", rows=rows)
            )
        if self.struck:
            rows = spans(self.struck)
            told.append(
                t("Names are struck out; their rows were read all the same: rows {rows}", rows=rows)
                if taken
                else t("Names are struck out; their rows were left out: rows {rows}", rows=rows)
            )
        return told


def hidden_columns(sheet: Sheet, layout: Layout) -> list[Text]:
    """What is said of columns that the sheet hides: whether each was read."""
    used = {column: key for key, column in layout.columns.items()}
    told = []
    for column in sorted(sheet.hidden_columns & layout.headings.keys() | sheet.hidden_columns & used.keys()):
        heading = layout.headings.get(column, "")
        if column in used:
            told.append(
                t("Column “{heading}” ({column}) is hidden, and was read", heading=heading, column=letter(column))
            )
        else:
            told.append(
                t("Column “{heading}” ({column}) is hidden, and was not read", heading=heading, column=letter(column))
            )
    return told


def _swapped(sheet: Sheet, layout: Layout, key: str, rows: Iterable[int]) -> Text | None:
    """A word on a column whose real days could all be months, while no written one could: Excel turned them about.

    An American Excel reads 05/03 as 3 May, and leaves 25/03, which is no American day, as a text.
    """
    column = layout.columns.get(key)
    if column is None:
        return None
    real: list[int] = []
    written = 0
    for row in rows:
        cell = sheet.at(row, column)
        if isinstance(cell, date):
            if cell.day > _LAST_MONTH:
                return None
            if (row, column) not in sheet.coarse:
                real.append(row)
        elif (told := _WRITTEN.fullmatch(shown_cell(cell))) is not None:
            if max(int(told[1]), int(told[2])) <= _LAST_MONTH:
                return None
            written += 1
    if not real or not written or len(real) + written < _LEAST_DATES:
        return None
    return t(
        "{column}: day and month look turned about by an American Excel, for no real date has a day above 12 and every "
        "written one has; compare rows {rows} with the papers",
        column=layout.label(key),
        rows=spans(real),
    )


def spans(rows: Iterable[int]) -> str:
    """Numbers as people write many of them: `3, 5-9`."""
    found: list[list[int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
