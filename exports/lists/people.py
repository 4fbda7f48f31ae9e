"""Lists of people out: the columns chosen, as Excel, CSV or PDF, logged before the file is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.errors import InputError, RefusedError
from config.i18n import tr, tr_
from config.settings.loading import Settings
from config.text import t
from exports.lists.people_columns import Known, PersonColumn
from exports.logged import Log, logged_file
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.form.pdf import write_paper_pdf
from exports.papers.form.workbook import write_paper_xlsx
from exports.sheets import ListSheet, SheetColumn, write_csv
from records.domain.lists import ListExport
from records.services.people.roster import RosterLine
from records.services.unwatched import paused

ENDINGS = (".xlsx", ".csv", ".pdf")
_UPRIGHT = 98  # letters across a page that stands upright


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleList:
    """A list of people to write.

    Attributes:
        heading: second line of the title; empty for none.
        on: the day the list is of; `day` the date it bears.
        signer: lines above the signature; nobody signs when it and `signer_name` are empty.
        mark: small print at the foot.
    """

    lines: Sequence[RosterLine]
    columns: tuple[PersonColumn, ...]
    known: Known
    on: date
    day: date
    heading: str = ""
    signer: tuple[str, ...] = ()
    signer_name: str = ""
    mark: str = ""


def write_people(
    people: PeopleList,
    path: Path,
    *,
    overwrite: bool = False,
    log: Log,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> None:
    """Write `people` to `path`: `.xlsx`, `.csv` or `.pdf` by its ending.

    Args:
        people: whom, which columns and what stands around them.
        path: the file to make.
        overwrite: whether it may take the place of a file already there.
        log: enters the export in the book (see `logged_file`).
        progress: told rows done and rows in all.
        stop: asked now and then; a stopped export leaves nothing.

    Raises:
        InputError: for no columns, another ending, a file already there or a letter no font has.
        RefusedError: when it was stopped.
    """
    judge_path(path)
    if not people.columns:
        raise InputError(t("A list needs a column"), do=t("choose at least one column"))
    with paused(len(people.lines)):
        _write_judged(people, path, overwrite=overwrite, log=log, progress=progress, stop=stop)


def _write_judged(
    people: PeopleList,
    path: Path,
    *,
    overwrite: bool,
    log: Log,
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool] | None,
) -> None:
    rows = _rows(people, progress, stop)
    export = ListExport(
        id="",
        file=str(path),
        sha256="",
        people=tuple(line.person.id for line in people.lines),
        columns=tuple(column.key for column in people.columns),
        sensitive=tuple(column.key for column in people.columns if column.sensitive),
        on=people.on,
    )
    with logged_file(path, export, log, overwrite=overwrite) as part:
        _write(people, rows, part, path.suffix.lower())
        _check_stop(stop)


def judge_path(path: Path) -> None:
    """Refuse a name whose ending says no kind of list. Raises InputError."""
    if path.suffix.lower() not in ENDINGS:
        raise InputError(
            t("“{ending}” is no kind of list", ending=path.suffix),
            where=str(path),
            do=t("name the file .xlsx, .csv or .pdf"),
        )


def _rows(
    people: PeopleList, progress: Callable[[int, int], None] | None, stop: Callable[[], bool] | None
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    whole, known, values = len(people.lines), people.known, [column.value for column in people.columns]
    for number, line in enumerate(people.lines, 1):
        rows.append(tuple([value(line, known, number) for value in values]))
        if number % 100 == 0 or number == whole:
            _check_stop(stop)
            if progress is not None:
                progress(number, whole)
    return rows


def _check_stop(stop: Callable[[], bool] | None) -> None:
    if stop is not None and stop():
        raise RefusedError(t("Writing was stopped; nothing was written"))


def _write(people: PeopleList, rows: list[tuple[object, ...]], part: Path, ending: str) -> None:
    if ending == ".csv":
        # One row of heads: what reads it next is a program.
        columns = tuple(SheetColumn(tr(each.label), each.width, each.kind) for each in people.columns)
        write_csv(ListSheet((), columns, rows), part)
    else:
        write = write_paper_pdf if ending == ".pdf" else write_paper_xlsx
        write(paper_of(people, rows), part)


def paper_of(people: PeopleList, rows: Sequence[Sequence[object]]) -> Paper:
    """The list as a paper of the office, of the Party's form."""
    columns = tuple(
        SheetColumn(tr(each.title), each.width, each.kind, tr(each.group) if each.group else "")
        for each in people.columns
    )
    titles = (tr_("LIST OF PEOPLE"), people.heading, tr_("As of {day}", day=people.on))
    office: Settings = people.known.settings
    signed = people.signer or people.signer_name
    return Paper(
        style=office.styles.on("party", people.day),
        office=office.office.name.on(people.day).value or "",
        parent=office.office.superior.on(people.day).value or "",
        place=office.office.place_on(people.day),
        day=people.day,
        title=tuple(filter(None, titles)),
        sections=(Section(columns, rows, notes=(tr_("The list has {n} people.", n=len(rows)),)),),
        signers=(Signer(people.signer, people.signer_name),) if signed else (),
        mark=people.mark,
        landscape=sum(column.width for column in columns) > _UPRIGHT,
    )
