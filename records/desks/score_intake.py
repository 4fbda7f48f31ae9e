"""A score sheet that comes back as a spreadsheet: what it would write, and what it cannot, by row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.errors import InputError
from config.text import Text, t
from records.desks.cycles import entrants_of, judge_open, subject_names, table_of
from records.desks.intake import limits_of
from records.desks.office import Office
from records.desks.score_sheets import CellText, SheetColumn, cell_problem, cell_text, columns_of, write_cells
from records.domain.emulation import Cycle, Entrant, Stage
from records.domain.names import clean, fold, matching_key
from records.intake.cells import Sheet, letter, shown_cell
from records.intake.naming import read_name
from records.intake.sheets import read_sheets
from records.rules.scoring import read_points

_CODE_HEADS = frozenset({"ma", "ma so", "code"})
_NAME_HEADS = frozenset({"ho va ten", "ho ten", "full name", "don vi", "unit"})
_CYCLE_CODE = re.compile(r"\b[A-Z]{1,6}-KT-\d{5,}\b")


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """A cell or row of the file that cannot be written: its row as the sheet numbers it, its column's head."""

    row: int
    column: str
    value: str
    problem: Text


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What a file would write: `cells` differ from what stands; `rows` is how many rows of the file were read."""

    rows: int
    cells: tuple[CellText, ...]
    refused: tuple[CellRefusal, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    head: int
    code: int
    name: int | None
    columns: tuple[tuple[int, SheetColumn], ...]


def preview_sheet(office: Office, cycle: Cycle, stage: Stage, path: Path) -> SheetPreview:
    """Read a sheet without writing; an empty cell changes nothing.

    Raises:
        InputError: when the file cannot be read, has no codes or no columns of the table, or is of another cycle.
        RefusedError: when the cycle is signed.
    """
    judge_open(cycle)
    known = columns_of(table_of(office, cycle), stage)
    for sheet in read_sheets(path, limits_of(office)):
        layout = _layout(sheet, known)
        if layout is not None:
            _judge_cycle(sheet, layout, cycle, path)
            return _read(office, cycle, stage, sheet, layout)
    raise InputError(
        t("The file has no column of codes with columns of points"),
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
        if code is not None and found:
            name = next((column for column, head in heads.items() if fold(head) in _NAME_HEADS), None)
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
    entrants = {each.subject: each for each in entrants_of(office, cycle)}
    names = subject_names(office, cycle)
    cells: list[CellText] = []
    refused: list[CellRefusal] = []
    seen: set[str] = set()
    for number in range(layout.head + 1, len(sheet.rows) + 1):
        code = shown_cell(sheet.at(number, layout.code))
        scored = any(shown_cell(sheet.at(number, column)) for column, _ in layout.columns)
        numbered = number == layout.head + 1 and code.isdecimal()
        if numbered or not (code or scored):
            continue
        name = shown_cell(sheet.at(number, layout.name)) if layout.name is not None else ""
        if name and cycle.subject == "person":
            name = read_name(name, office.settings.names).value
        problem = _row_problem(code, name, entrants, names.get(code, ""), seen)
        seen.add(code)
        if problem is not None:
            refused.append(CellRefusal(number, letter(layout.code), f"{code} {name}".strip(), problem))
            continue
        for column, meant in layout.columns:
            typed = shown_cell(sheet.at(number, column))
            wrong = cell_problem(meant, typed)
            if wrong is not None:
                refused.append(CellRefusal(number, letter(column), typed, wrong))
            elif typed and not _same(meant, typed, cell_text(meant, entrants[code], stage)):
                cells.append(CellText(entrants[code].id, meant.key, typed))
    return SheetPreview(len(seen), tuple(cells), tuple(refused))


def _row_problem(code: str, name: str, entrants: dict[str, Entrant], known: str, seen: set[str]) -> Text | None:
    if not code:
        return t("the row has points and no code")
    if code in seen:
        return t("this code stands twice; the first row counts")
    if code not in entrants:
        return t("nobody in this cycle has this code")
    if name and matching_key(name) != matching_key(known):
        return t("the code belongs to {name}", name=known)
    return None


def _same(column: SheetColumn, typed: str, held: str) -> bool:
    if column.criterion is None:
        return typed == held
    return read_points(column.criterion, typed) == read_points(column.criterion, held)


def accept_sheet(office: Office, cycle: Cycle, stage: Stage, preview: SheetPreview, *, today: date) -> int:
    """Write what a preview found, as one change; returns how many rows changed. Raises as `write_cells`."""
    return len(write_cells(office, cycle, stage, preview.cells, today=today, action="emulation.import"))
