"""A score sheet that comes back as a spreadsheet: what it would write, and what it cannot, by row and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from config.errors import InputError
from config.text import Text, t
from records.domain.emulation import Cycle, Entrant, Stage
from records.domain.people.names import clean, fold, matching_key
from records.domain.unit_names import unit_key
from records.intake.drafts import Refusal, Remark
from records.intake.files.cells import Sheet, letter, shown_cell
from records.intake.matching import BY_CODE, Duplicate
from records.intake.names.naming import read_name
from records.rules.emulation.scoring import read_points
from records.services.emulation.cycles import entrants_of, judge_open, subject_names, table_of
from records.services.emulation.score_sheets import (
    CellText,
    SheetColumn,
    cell_problem,
    cell_text,
    columns_of,
    write_cells,
)
from records.services.imports.intake import open_sheets
from records.services.office import Office

_CODE_HEADS = frozenset({"ma", "ma so", "code"})
_NAME_HEADS = frozenset({"ho va ten", "ho ten", "full name", "don vi", "unit"})
_CYCLE_CODE = re.compile(r"\b[A-Z]{1,6}-KT-\d{5,}\b")


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What a file would write: `cells` differ from what stands; `rows` is how many rows of the file were read.

    `matches` tell whose a row is; columns of refused cells are told by their letter. `remarks` tell what was read
    otherwise or left out, `notices` what was done to the whole sheet.
    """

    rows: int
    cells: tuple[CellText, ...]
    refused: tuple[Refusal, ...]
    matches: tuple[Duplicate, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Layout:
    head: int
    code: int | None
    name: int | None
    columns: tuple[tuple[int, SheetColumn], ...]


def preview_sheet(
    office: Office, cycle: Cycle, stage: Stage, path: Path, *, stop: Callable[[], bool] | None = None
) -> SheetPreview:
    """Read a sheet without writing; an empty cell changes nothing. `stop` is asked while the file is opened.

    Raises:
        InputError: when the file cannot be read, has no codes or no columns of the table, or is of another cycle.
        RefusedError: when the cycle is signed, or the reading was stopped.
    """
    judge_open(cycle)
    known = columns_of(table_of(office, cycle), stage)
    sheets, notices = open_sheets(office, path, stop)
    for sheet in sheets:
        layout = _layout(sheet, known)
        if layout is not None:
            _judge_cycle(sheet, layout, cycle, path)
            seen = _read(office, cycle, stage, sheet, layout)
            return replace(seen, sheets=tuple(each.name for each in sheets), notices=notices[sheet.name])
    raise InputError(
        t("The file has no column of codes or names with columns of points"),
        where=str(path),
        do=t("export the sheet from here, fill it in, and keep its heads"),
    )


def _layout(sheet: Sheet, known: tuple[SheetColumn, ...]) -> _Layout | None:
    by_key = {each.key: each for each in known}
    for number in range(1, min(len(sheet.rows), 40) + 1):
        heads = {column: clean(str(cell)) for column, cell in sheet.filled(number)}
        code = next((column for column, head in heads.items() if fold(head) in _CODE_HEADS), None)
        found = tuple(
            (column, by_key[head.split(" ")[0]]) for column, head in heads.items() if head.split(" ")[0] in by_key
        )
        name = next((column for column, head in heads.items() if fold(head) in _NAME_HEADS), None)
        if found and (code is not None or name is not None):
            return _Layout(number, code, name, found)
    return None


def _judge_cycle(sheet: Sheet, layout: _Layout, cycle: Cycle, path: Path) -> None:
    above = " ".join(str(cell) for number in range(1, layout.head) for _, cell in sheet.filled(number))
    for code in _CYCLE_CODE.findall(above):
        if code != cycle.id:
            raise InputError(
                t("The sheet is of cycle {code}, not of {this}", code=code, this=cycle.id),
                where=str(path),
                do=t("choose the other cycle, or the right file"),
            )


def _read(office: Office, cycle: Cycle, stage: Stage, sheet: Sheet, layout: _Layout) -> SheetPreview:
    rows = _Rows(office, cycle, sheet, layout)
    cells: list[CellText] = []
    for number in range(layout.head + 1, len(sheet.rows) + 1):
        entrant = rows.entrant(number)
        for column, meant in layout.columns if entrant is not None else ():
            typed = shown_cell(sheet.at(number, column))
            wrong = cell_problem(meant, typed)
            if wrong is not None:
                rows.refuse(number, column, typed, wrong)
            elif entrant is not None and typed and not _same(meant, typed, cell_text(meant, entrant, stage)):
                cells.append(CellText(entrant.id, meant.key, typed))
    return SheetPreview(
        rows=rows.count, cells=tuple(cells), refused=tuple(rows.refused), matches=tuple(rows.matches),
        sheet=sheet.name, remarks=tuple(rows.remarks),
    )  # fmt: skip


class _Rows:
    """Says whose each row is: by the code first, else by a name that one entrant alone bears."""

    def __init__(self, office: Office, cycle: Cycle, sheet: Sheet, layout: _Layout) -> None:
        self.sheet, self.layout, self.count = sheet, layout, 0
        self.refused: list[Refusal] = []
        self.matches: list[Duplicate] = []
        self.remarks: list[Remark] = []
        self._entrants = {each.subject: each for each in entrants_of(office, cycle)}
        self._names = subject_names(office, cycle)
        self._known = office.settings.names if cycle.subject == "person" else None
        self._key = matching_key if cycle.subject == "person" else unit_key
        self._seen: set[str] = set()

    def entrant(self, number: int) -> Entrant | None:
        """Whose a row is; None where it is no row of the sheet, or is refused."""
        code = self._text(number, self.layout.code).upper()
        scored = any(shown_cell(self.sheet.at(number, column)) for column, _ in self.layout.columns)
        numbered = number == self.layout.head + 1 and code.isdecimal()
        if numbered or not (code or scored):
            self._leave_out(number, numbered=numbered)
            return None
        self.count += 1
        name = self._name(number)
        found = self._by_code(code, name) if code else self._by_name(name)
        if isinstance(found, Text):
            at = self.layout.code if self.layout.code is not None else self.layout.name
            self.refuse(number, at or 0, f"{code} {name}".strip(), found)
            return None
        self._seen.add(found.subject)
        why = BY_CODE if code else t("the only one of this name in the cycle")
        self.matches.append(Duplicate(number, found.subject, "certain", why))
        return found

    def _by_code(self, code: str, name: str) -> Entrant | Text:
        if code in self._seen:
            return t("this code stands twice; the first row counts")
        if code not in self._entrants:
            return t("nobody in this cycle has this code")
        if name and self._key(name) != self._key(self._names.get(code, "")):
            return t("the code belongs to {name}", name=self._names.get(code, ""))
        return self._entrants[code]

    def _by_name(self, name: str) -> Entrant | Text:
        if not name:
            return t("the row has points and no code")
        alike = [key for key in self._entrants if self._key(self._names.get(key, "")) == self._key(name)]
        if not alike:
            return t("nobody in this cycle bears this name")
        if len(alike) > 1:
            return t("several in this cycle bear this name: {codes}; write the code", codes=", ".join(alike))
        if alike[0] in self._seen:
            return t("this name stands twice; the first row counts")
        return self._entrants[alike[0]]

    def _leave_out(self, number: int, *, numbered: bool) -> None:
        """Tell of a name that no row of the sheet bears: somebody without code and points, a signature."""
        if self._text(number, self.layout.name) and self.layout.name is not None and not numbered:
            told = t("a line without a code and without points; left out")
            self.remarks.append(Remark(number, letter(self.layout.name), told))

    def _name(self, number: int) -> str:
        name, column = self._text(number, self.layout.name), self.layout.name
        if not name or column is None or self._known is None:
            return name
        read = read_name(name, self._known)
        if read.remark is not None and read.value != name:
            self.remarks.append(Remark(number, letter(column), read.remark))
        return read.value

    def _text(self, number: int, column: int | None) -> str:
        return "" if column is None else shown_cell(self.sheet.at(number, column))

    def refuse(self, number: int, column: int, value: str, problem: Text) -> None:
        """Note a value that cannot be written."""
        name, place = self._text(number, self.layout.name), letter(column)
        self.refused.append(Refusal(number, place, value, problem, name=name, cell=f"{place}{number}"))


def _same(column: SheetColumn, typed: str, held: str) -> bool:
    if column.criterion is None:
        return typed == held
    return read_points(column.criterion, typed) == read_points(column.criterion, held)


def accept_sheet(office: Office, cycle: Cycle, stage: Stage, preview: SheetPreview, *, today: date) -> int:
    """Write what a preview found, as one change; returns how many rows changed. Raises as `write_cells`."""
    return len(write_cells(office, cycle, stage, preview.cells, today=today, action="emulation.import"))
