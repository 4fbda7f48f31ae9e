"""What the preview of a list says: its rows, a whole row, and what entering would do."""

from __future__ import annotations

from collections.abc import Iterator

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.people.names import fold
from records.intake.files.cells import shown_cell
from records.intake.mending import Mends, name_in_row
from records.services.imports.list_intake import Entry, ListReading
from records.services.imports.listed_people import PERSON
from records.services.office import Office
from tui.present.changes import Spoken
from tui.present.imports import cells_told, fault_told, faults_by_row, mends_told
from tui.present.rows import Column, Row

_WHO = frozenset((*(each.key for each in PERSON), "collective"))
"""Columns that say whom a row is about."""


def list_columns() -> list[Column]:
    """The columns of the preview."""
    return [
        Column("row", tr_("Row"), 4, align="right", sort=int),
        Column("fate", tr_("Becomes"), 12, sort=str),
        Column("name", tr_("Name"), 20, grow=True),
        Column("says", tr_("Says"), 26, grow=True),
        Column("code", tr_("Code"), 11),
    ]


def list_rows(office: Office, seen: ListReading) -> Iterator[Row]:
    """The rows of the preview in the order of the sheet."""
    spoken, refused = Spoken(office), faults_by_row(seen.refused)
    rows = {each.row: _entry_row(seen, spoken, each) for each in seen.entries}
    for row, faults in refused.items():
        name = faults[0].name or name_in_row(seen.source, seen.layout, row)
        why = "; ".join(fault_told(each, seen.layout) for each in faults)
        rows[row] = _row(row, (tr_("refused"), name, why, ""), "bad")
    yield from (rows[row] for row in sorted(rows))


def _entry_row(seen: ListReading, spoken: Spoken, each: Entry) -> Row:
    fate, look = (tr_("new"), "good") if each.new else (tr_("changed"), "warn")
    fate, look = (fate, look) if each.records else (tr_("already there"), "dim")
    says = _says(seen, each.row) if each.new or not each.records else "; ".join(change_lines(spoken, each))
    return _row(each.row, (fate, each.name, says, each.subject.removeprefix("?")), look)


def _row(number: int, cells: tuple[str, ...], look: str) -> Row:
    row = (str(number), *cells)
    return Row(id=str(number), cells=row, styles={1: look, 4: "dim"}, find=fold(" ".join(row)))


def _says(seen: ListReading, row: int) -> str:
    """What the row says beside whom it is about, in the words of the sheet."""
    at = [column for key, column in seen.layout.columns.items() if key not in _WHO]
    texts = (shown_cell(seen.source.at(row, column)) for column in sorted(at))
    return " · ".join(each for each in texts if each)


def change_lines(spoken: Spoken, each: Entry) -> list[str]:
    """What a row changes in a record that the book has."""
    return [
        tr_("{field}: {before} → {after}", field=spoken.title(one.field), before=spoken.value(one.field, one.before),
            after=spoken.value(one.field, one.after))
        for one in each.changes
    ]  # fmt: skip


def card(office: Office, seen: ListReading, row: int, mends: Mends) -> list[str]:
    """A whole row: what it changes, what is wrong with it, what was read otherwise, and the cells as they stand."""
    spoken = Spoken(office)
    lines = [line for each in seen.entries if each.row == row for line in change_lines(spoken, each)]
    lines += [fault_told(each, seen.layout) for each in seen.refused if each.row == row]
    alike = [each for each in seen.matches if each.row == row]
    lines += [tr_("looks like {of}: {why}", of=spoken.record(each.of), why=each.why) for each in alike]
    lines += [tr_("{column}: {remark}", column=each.column, remark=each.remark)
              for each in seen.remarks if each.row == row]  # fmt: skip
    lines += [told for at, told in mends_told(mends, seen.layout) if at == row]
    lines += [""] if lines else []
    return [*lines, tr_("The row as it stands in the sheet:"), *cells_told(seen.source, seen.layout, row)]


def numbers(seen: ListReading) -> list[Text]:
    """What entering would do, in numbers."""
    new = sum(each.new for each in seen.entries)
    changed, same = len(seen.writing) - new, len(seen.entries) - len(seen.writing)
    refused = len({each.row for each in seen.refused})
    told = (
        (new, t("{n} rows are entered as one change", n=new)),
        (changed, t("{n} rows change what the book has", n=changed)),
        (same, t("{n} rows say what the book has already", n=same)),
        (refused, t("{n} refused rows are not entered; Ctrl+E writes them to a file first", n=refused)),
    )
    return [*(words for n, words in told if n), t("Ctrl+Z afterwards takes all of it back")]


def counts(seen: ListReading) -> str:
    """The same over the list."""
    new, refused = sum(each.new for each in seen.entries), len({each.row for each in seen.refused})
    changed, same = len(seen.writing) - new, len(seen.entries) - len(seen.writing)
    return tr(
        t("New {new} · changed {changed} · already there {same} · refused {refused}",
          new=new, changed=changed, same=same, refused=refused)
    )  # fmt: skip
