"""What a spoilt spreadsheet may do: be refused in words, or give rows of which no cell is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from config.errors import InputError
from records.domain.people.person_fields import FIELD
from records.intake import words
from records.intake.drafts import DraftPerson
from records.intake.files.cells import Sheet, shown_cell
from records.intake.files.opening import open_file
from records.intake.files.sheets import read_sheets
from records.intake.fonts.oldfonts import read_old_fonts
from records.intake.layout.columns import Layout, find_layout, tables_of
from records.intake.layout.rows import judge_rows
from records.intake.people import Reading, read_people
from records.intake.values import without_end_marks

_TODAY = date(2026, 11, 27)
_PERSON = {
    **dict.fromkeys(("name", "family_and_middle", "middle", "given"), "name"),
    **dict.fromkeys(("born", "born_day", "born_month", "born_year", "born_male", "born_female"), "born"),
    "profession": "education",
    **{key: key for key in FIELD},
}
_POST = {
    **dict.fromkeys(("role", "reporter", "communicator", "collaborator"), "role"),
    "level": "level", "decision_number": "number", "decision_date": "decided",
}  # fmt: skip


def _value(draft: DraftPerson, key: str) -> object:
    """What a row tells in a column of this key."""
    if key in _PERSON:
        return FIELD[_PERSON[key]].of(draft)
    return [told for post in draft.posts if (told := getattr(post, _POST[key]))]


def faults_of(path: Path, *, apart: bool) -> list[str]:
    """What is wrong with how a file is read: lost cells, or an error that says nothing; whatever else is raised.

    Args:
        path: the file.
        apart: read it in a process of its own, as the program does; else here, where a fault of ours is raised.
    """
    data = path.read_bytes()
    try:
        sheets = read_sheets(path) if apart else open_file(path, data)
    except InputError as error:
        return [] if str(error.what) and str(error.do) else ["an error without words"]
    found = [] if apart else list(_lost_by_reader(data, sheets))
    for sheet in sheets:
        with suppress(InputError):  # no heading row
            now, _ = read_old_fonts(sheet)
            layout = find_layout(now)
            reading = read_people(now, layout, today=_TODAY, take_unseen=False)
            for part, its_layout in tables_of(now, layout):
                found += _lost_by_judge(part, its_layout, reading)
    return found


def _lost_by_reader(data: bytes, sheets: tuple[Sheet, ...]) -> Iterator[str]:
    """Cells that another reader finds filled and ours does not."""
    if not data.startswith((b"PK", b"\xd0\xcf")):
        return
    ours = {sheet.name: sheet for sheet in sheets}
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            theirs = {each.name: book.get_sheet_by_name(each.name).to_python(skip_empty_area=False)
                      for each in book.sheets_metadata if each.name in ours}  # fmt: skip
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return  # what it cannot read says nothing of us
    for name, rows in theirs.items():
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if str(cell).strip() and ours[name].at(row, column) == "" and (row, column) not in ours[name].faults:
                    yield f"{name}, row {row}, column {column}: {cell!r} was not read"


def _lost_by_judge(sheet: Sheet, layout: Layout, reading: Reading) -> Iterator[str]:
    """Filled cells of recognised columns that are in no person, refusal, remark or notice."""
    people = {each.row: each for each in reading.drafts}
    told = {each.row for each in reading.refused} | {*reading.hidden, *reading.struck}
    remarked = {(each.row, each.column) for each in reading.remarks}
    for each in judge_rows(sheet, layout):
        if each.kind != "data" or each.row in told or any(each.row == row for row, _ in remarked if row not in people):
            continue
        if each.row not in people:
            if not reading.stopped and len(reading.drafts):
                yield f"row {each.row} is in no list"
            continue
        for key, column in layout.columns.items():
            text = without_end_marks(shown_cell(sheet.at(each.row, column)))
            silent = not text or words.is_no(text) or key not in {**_PERSON, **_POST}
            if not silent and not _value(people[each.row], key) and (each.row, layout.label(key)) not in remarked:
                yield f"row {each.row}: {key} {text[:40]!r} was lost"
