"""People read from the rows of a sheet: drafts to look at, and every refused value with its place and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from config.text import t
from records.intake.cells import Sheet
from records.intake.columns import Layout
from records.intake.drafts import DraftPerson, Refusal, Remark
from records.intake.reader import RowReader
from records.intake.rows import judge_rows

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
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Reading:
    """Read every person of `sheet`; a row with a refused value is in no draft, and each of its faults is told.

    Args:
        sheet: the sheet.
        layout: where its columns are, from `find_layout`.
        today: no date may lie after it.
        progress: told (rows done, all rows) now and then.
        stop: asked now and then; true ends the reading, marked as stopped.
    """
    judged = judge_rows(sheet, layout)
    reader = RowReader(sheet, layout, today)
    drafts: list[DraftPerson] = []
    rows = 0
    stopped = False
    for done, each in enumerate(judged):
        if done % _STEP == 0:
            if progress is not None:
                progress(done, len(judged))
            if stop is not None and stop():
                stopped = True
                break
        if each.kind == "data":
            rows += 1
            if (draft := reader.read(each.row)) is not None:
                drafts.append(draft)
        elif each.kind in ("text", "signer"):
            reader.leave_out(each.row, _LEFT_OUT[each.kind])
    if progress is not None and not stopped:
        progress(len(judged), len(judged))
    return Reading(sheet.name, layout, rows, tuple(drafts), tuple(reader.refused), tuple(reader.remarks), stopped)


_LEFT_OUT = {
    "text": t("a line of text, not read as a person"),
    "signer": t("a lone name below the list, taken for a signature and not read as a person"),
}
