"""Rows of a list that could not be entered, as a spreadsheet to mend and to import again: as they stood, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from config.i18n import tr_
from exports.logged import Log, logged_file
from exports.sheets import ListSheet, SheetColumn, write_csv, write_xlsx
from records.domain.lists import ListExport
from records.domain.people.person import SENSITIVE
from records.intake.files.cells import Sheet, shown_cell


def write_refused_rows(
    source: Sheet,
    heads: Mapping[int, tuple[str, str]],
    reasons: Mapping[int, str],
    path: Path,
    *,
    on: date,
    log: Log,
    overwrite: bool,
) -> None:
    """Write the rows of `source` for which there are reasons, with a last column that tells them.

    Args:
        source: the sheet that was read.
        heads: column -> (key it was read as, or empty; heading to write over it).
        reasons: number of a row -> why it was refused.
        path: .xlsx or .csv.
        on: the day, for the log.
        log: enters in the book that the list was written.
        overwrite: whether a file that is there may be replaced.

    Raises:
        InputError: for a file already there or a place that cannot be written.
    """
    widest = max((at + 1 for row in reasons for at, _ in source.filled(row)), default=0)
    columns = range(max((widest, *(at + 1 for at in heads))))
    titles = [SheetColumn(heads.get(at, ("", ""))[1], 18) for at in columns]
    rows = [(*(shown_cell(source.at(row, at)) for at in columns), why) for row, why in sorted(reasons.items())]
    sheet = ListSheet((), (*titles, SheetColumn(tr_("Why it was refused"), 60)), rows)
    keys = tuple(key or head for key, head in heads.values())
    sensitive = tuple(key for key in keys if key in SENSITIVE)
    export = ListExport(id="", file=str(path), sha256="", people=(), columns=keys, on=on, sensitive=sensitive)
    with logged_file(path, export, log, overwrite=overwrite) as part:
        (write_csv if path.suffix.lower() == ".csv" else write_xlsx)(sheet, part)
