"""Empty workbooks to fill in: the headings that the imports of this program read, and nothing below them."""

from __future__ import annotations

from pathlib import Path

from config.errors import InputError
from config.i18n import tr
from config.text import t
from exports.cells import CellKind
from exports.sheets import ListSheet, SheetColumn, write_csv, write_xlsx
from records.intake.tables import Table


def write_template(table: Table, path: Path, *, overwrite: bool = False) -> None:
    """Write the empty list of a kind as `.xlsx` or `.csv`.

    Raises:
        InputError: for another ending, a file already there or a place that cannot be written.
    """
    kind: CellKind = "text"
    columns = tuple(SheetColumn(tr(each.title), each.width, kind) for each in table.columns)
    if path.suffix.lower() == ".csv":
        write_csv(ListSheet((), columns, ()), path, overwrite=overwrite)
    elif path.suffix.lower() == ".xlsx":
        write_xlsx(ListSheet((tr(table.title),), columns, ()), path, overwrite=overwrite)
    else:
        raise InputError(
            t("“{ending}” is no spreadsheet to fill in", ending=path.suffix),
            where=str(path),
            do=t("name the file .xlsx or .csv"),
        )
