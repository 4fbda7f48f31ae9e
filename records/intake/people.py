"""People read from the rows of a sheet: drafts to look at, and every refused value with its place and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from config.settings.shapes import Names
from config.text import Text, t
from records.intake.drafts import DraftPerson, Refusal, Remark
from records.intake.files.cells import Sheet
from records.intake.layout.columns import Layout, tables_of
from records.intake.layout.groups import Group
from records.intake.layout.rows import Judged, judge_rows
from records.intake.notices import Unseen, notices_of
from records.intake.reader import RowReader

__all__ = ["DraftPerson", "Progress", "Reading", "Refusal", "Remark", "read_people"]

Progress = Callable[[int, int], None]
_STEP = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet holds.

    Attributes:
        rows: rows that hold a person: every one is a draft or is refused.
        notices: what is said of the whole sheet.
        hidden: rows that the sheet hides, and `struck` those whose name is struck out, among those that hold people;
            left out unless they were to be taken.
        stopped: whether the reader was told to stop; the rest of the sheet was not read then.
    """

    sheet: str
    layout: Layout
    rows: int
    drafts: tuple[DraftPerson, ...]
    refused: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]
    stopped: bool = False
    notices: tuple[Text, ...] = ()
    hidden: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()


def read_people(
    sheet: Sheet,
    layout: Layout,
    *,
    today: date,
    names: Names | None = None,
    take_unseen: bool = True,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Reading:
    """Read every person of `sheet`; a row with a refused value is in no draft, and each of its faults is told.

    Args:
        sheet: the sheet.
        layout: where its columns are, from `find_layout`.
        today: no date may lie after it.
        names: what the office knows of names; the shipped settings when left out.
        take_unseen: read people whose row is hidden or struck out too; they are told in any case.
        progress: told (rows done, all rows) now and then.
        stop: asked now and then; true ends the reading, marked as stopped.
    """
    found = _Found(today, names, progress, stop, take_unseen=take_unseen)
    for part, its_layout in tables_of(sheet, layout):
        found.read(part, its_layout)
    return Reading(
        sheet.name,
        layout,
        found.rows,
        tuple(found.drafts),
        tuple(found.refused),
        tuple(found.remarks),
        found.stopped,
        tuple(dict.fromkeys(found.notices)),
        tuple(found.hidden),
        tuple(found.struck),
    )


class _Found:
    """What was read so far, and under which line of a group the rows stand."""

    def __init__(
        self,
        today: date,
        names: Names | None,
        progress: Progress | None,
        stop: Callable[[], bool] | None,
        *,
        take_unseen: bool,
    ) -> None:
        self.rows = 0
        self.drafts: list[DraftPerson] = []
        self.refused: list[Refusal] = []
        self.remarks: list[Remark] = []
        self.notices: list[Text] = []
        self.hidden: list[int] = []
        self.struck: list[int] = []
        self.group = Group()
        self.stopped = False
        self._today, self._names, self._progress, self._stop = today, names, progress, stop
        self._take_unseen = take_unseen

    def read(self, sheet: Sheet, layout: Layout) -> None:
        """Read one list of the sheet, until it ends or the reader is told to stop."""
        reader, unseen = RowReader(sheet, layout, self._today, self.group, self._names), Unseen(sheet, layout)
        judged = judge_rows(sheet, layout)
        for done, each in enumerate(judged):
            if done % _STEP == 0 and self._stops(done, len(judged)):
                break
            left_out = each.kind == "data" and unseen.takes(each.row) and not self._take_unseen
            if not left_out:
                self.take(reader, each)
        self.refused += reader.refused
        self.remarks += reader.remarks
        people = [each.row for each in judged if each.kind == "data"]
        self.notices += notices_of(sheet, layout, people, unseen, taken=self._take_unseen)
        self.hidden += unseen.hidden
        self.struck += unseen.struck
        if self._progress is not None and not self.stopped:
            self._progress(len(judged), len(judged))

    def _stops(self, done: int, every: int) -> bool:
        if self._progress is not None:
            self._progress(done, every)
        self.stopped = self._stop is not None and self._stop()
        return self.stopped

    def take(self, reader: RowReader, each: Judged) -> None:
        """Read one row for what it is."""
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
