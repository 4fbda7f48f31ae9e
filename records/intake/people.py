"""People read from the rows of a sheet: drafts to look at, and every refused value with its place and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from config.shapes import Names
from config.text import t
from records.intake.cells import Sheet
from records.intake.columns import Layout, tables_of
from records.intake.drafts import DraftPerson, Refusal, Remark
from records.intake.groups import Group
from records.intake.reader import RowReader
from records.intake.rows import Judged, judge_rows

__all__ = ["DraftPerson", "Progress", "Reading", "Refusal", "Remark", "read_people"]

Progress = Callable[[int, int], None]
_STEP = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet holds.

    Attributes:
        rows: rows that hold a person: every one is a draft or is refused.
        stopped: whether the reader was told to stop; the rest of the sheet was not read then.
    """

    sheet: str
    layout: Layout
    rows: int
    drafts: tuple[DraftPerson, ...]
    refused: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]
    stopped: bool = False


def read_people(
    sheet: Sheet,
    layout: Layout,
    *,
    today: date,
    names: Names | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Reading:
    """Read every person of `sheet`; a row with a refused value is in no draft, and each of its faults is told.

    Args:
        sheet: the sheet.
        layout: where its columns are, from `find_layout`.
        today: no date may lie after it.
        names: what the office knows of names; the shipped settings when left out.
        progress: told (rows done, all rows) now and then.
        stop: asked now and then; true ends the reading, marked as stopped.
    """
    reader: RowReader | None = None
    found = _Found()
    for part, its_layout in tables_of(sheet, layout):
        reader = RowReader(part, its_layout, today, found.group, names)
        judged = judge_rows(part, its_layout)
        for done, each in enumerate(judged):
            if done % _STEP == 0:
                if progress is not None:
                    progress(done, len(judged))
                if stop is not None and stop():
                    found.stopped = True
                    break
            found.take(reader, each)
        found.refused += reader.refused
        found.remarks += reader.remarks
        if progress is not None and not found.stopped:
            progress(len(judged), len(judged))
    return Reading(
        sheet.name, layout, found.rows, tuple(found.drafts), tuple(found.refused), tuple(found.remarks), found.stopped
    )


class _Found:
    """What was read so far, and under which line of a group the rows stand."""

    def __init__(self) -> None:
        self.rows = 0
        self.drafts: list[DraftPerson] = []
        self.refused: list[Refusal] = []
        self.remarks: list[Remark] = []
        self.group = Group()
        self.stopped = False

    def take(self, reader: RowReader, each: Judged) -> None:
        if each.kind == "data":
            self.rows += 1
            if (draft := reader.read(each.row)) is not None:
                self.drafts.append(draft)
        elif each.kind in ("heading", "text") and reader.begin_group(each.row):
            return
        elif each.kind in ("text", "signer"):
            reader.leave_out(each.row, _LEFT_OUT[each.kind])


_LEFT_OUT = {
    "text": t("a line of text, not read as a person"),
    "signer": t("a lone name below the list, taken for a signature and not read as a person"),
}
