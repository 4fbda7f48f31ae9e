"""The score sheet of a cycle as a spreadsheet: for units without the program, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from exports.logged import Log, logged_file
from exports.sheets import ListSheet, SheetColumn, write_xlsx
from records.domain.emulation import Cycle, Stage
from records.domain.lists import ListExport
from records.rules.emulation.words import STAGE_WORDS, period_words
from records.services.emulation.score_sheets import SheetColumn as Column
from records.services.emulation.score_sheets import cell_text
from records.services.emulation.standings import Row


def write_score_sheet(
    cycle: Cycle,
    stage: Stage,
    columns: Sequence[Column],
    rows: Sequence[Row],
    path: Path,
    *,
    log: Log,
    overwrite: bool = False,
) -> None:
    """Write the sheet of one hand; the head of a column begins with its key, by which it is read back.

    `log` enters in the book that it left.

    Raises:
        InputError: for another ending than .xlsx, a file already there, or a place that cannot be written.
    """
    heads = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Code"), 14, "text"),
        SheetColumn(tr_("Full name") if cycle.subject == "person" else tr_("Unit"), 26, "text"),
        SheetColumn(tr_("Organisation"), 24, "text"),
        *(SheetColumn(_head(each), _width(each), "number" if each.criterion else "text") for each in columns),
    )
    made = [
        (number, row.entrant.subject, row.name, row.unit_name, *(_value(each, row, stage) for each in columns))
        for number, row in enumerate(rows, 1)
    ]
    title = (
        tr_("SCORE SHEET: {title}", title=cycle.title),
        tr_("Cycle {key} · {code} · {stage}", key=period_words(cycle), code=cycle.id, stage=tr(STAGE_WORDS[stage])),
    )
    notes = (
        tr_("Fill in the columns of points; leave a cell empty where nothing is scored. Keep the codes and the heads."),
    )
    keys = ("no", "id", "name", "unit", *(each.key for each in columns))
    _write(cycle, ListSheet(title, heads, made, notes), rows, keys, path, log=log, overwrite=overwrite)


def _write(
    cycle: Cycle,
    sheet: ListSheet,
    rows: Sequence[Row],
    keys: tuple[str, ...],
    path: Path,
    *,
    log: Log,
    overwrite: bool,
) -> None:
    if path.suffix.lower() != ".xlsx":
        raise InputError(
            t("“{ending}” is no kind of sheet", ending=path.suffix), where=str(path), do=t("name it .xlsx")
        )
    people = tuple(row.entrant.subject for row in rows) if cycle.subject == "person" else ()
    export = ListExport(id="", file=str(path), sha256="", people=people, columns=keys, on=cycle.last_day)
    with logged_file(path, export, log, overwrite=overwrite) as part:
        write_xlsx(sheet, part)


def _head(column: Column) -> str:
    if column.criterion is not None:
        title = column.criterion.title.in_language(language())
        return tr_("{id} {title} (most {maximum})", id=column.key, title=title, maximum=column.criterion.maximum)
    if column.question is not None:
        return f"{column.key} {column.question.title.in_language(language())} (x/0)"
    return f"{column.key} " + tr_("Why the points differ")


def _width(column: Column) -> float:
    return 30 if column.kind == "reason" else 12


def _value(column: Column, row: Row, stage: Stage) -> object:
    text = cell_text(column, row.entrant, stage)
    return Decimal(text) if column.criterion is not None and text else text
