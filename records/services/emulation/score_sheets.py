"""The score sheet of a cycle: its columns, judging a cell, writing cells, and points that records give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from config.errors import InputError
from config.settings.criteria import ByHand
from config.settings.scoring import ScoreCriterion, ScoreTable
from config.text import Text, t
from records.domain.emulation import STAGES, Cycle, Entrant, Marks, Stage
from records.domain.people.names import clean, fold
from records.rules.emulation.measures import Measured, measure
from records.rules.emulation.scoring import read_points
from records.rules.emulation.words import key_words
from records.services.emulation.cycles import entrants_of, judge_open, table_of
from records.services.office import Office

_YES = frozenset({"x", "co", "c", "1", "yes", "y", "dat"})
_NO = frozenset({"khong", "k", "0", "no", "n"})
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column that can be typed in.

    Attributes:
        key: id of the criterion or of the condition answered by hand, or `reason`.
        criterion: for points; `question` for answers.
    """

    key: str
    kind: Literal["points", "answer", "reason"]
    criterion: ScoreCriterion | None = None
    question: ByHand | None = None


class CellText(NamedTuple):
    """A cell of the sheet, by entrant and column, and the text it should hold; empty text clears it."""

    entrant: str
    column: str
    typed: str


def columns_of(table: ScoreTable, stage: Stage) -> tuple[SheetColumn, ...]:
    """The columns of a stage: the criteria, from the second hand on also the answers and the reason."""
    points = tuple(SheetColumn(each.id, "points", criterion=each) for each in table.criteria())
    if stage == "own":
        return points
    asked = [each for one in table.classes for each in one.conditions if isinstance(each, ByHand)]
    answers = tuple(SheetColumn(each.id, "answer", question=each) for each in asked)
    return (*points, *answers, SheetColumn("reason", "reason"))


def cell_text(column: SheetColumn, entrant: Entrant, stage: Stage) -> str:
    """What a cell holds, as a person types it in Vietnamese or English: comma or point is left to the caller."""
    marks = entrant.marks(stage)
    if column.kind == "reason":
        return marks.reason
    if column.kind == "answer":
        answer = entrant.answers.get(column.key)
        return "" if answer is None else "x" if answer else "0"
    points = marks.points.get(column.key)
    return "" if points is None else format(points.normalize(), "f")


def cell_problem(column: SheetColumn, typed: str) -> Text | None:
    """Why a cell cannot hold `typed`, or None."""
    if column.criterion is not None:
        return read_points(column.criterion, typed)[1]
    if column.kind == "answer" and fold(typed) not in _YES | _NO | {""}:
        return t("answer x for yes or 0 for no")
    return t("the text is longer than {n} letters", n=_LONGEST) if len(typed) > _LONGEST else None


def write_cells(
    office: Office, cycle: Cycle, stage: Stage, cells: Sequence[CellText], *, today: date, action: str = "emulation.set"
) -> list[Entrant]:
    """Write cells of one stage as one change; returns the rows that changed.

    Raises:
        RefusedError: when the cycle is signed.
        InputError: for a row or column that is not in the sheet, or a text that cannot stand; nothing is written.
    """
    judge_open(office.book.table(Cycle)[cycle.id])
    known = {each.key: each for each in columns_of(table_of(office, cycle), stage)}
    rows: dict[str, Entrant] = {}
    held: dict[str, Entrant] = {}
    for cell in cells:
        column = known.get(cell.column)
        if column is None:
            raise InputError(t("There is no column “{key}”", key=cell.column), do=t("use a criterion of the table"))
        problem = cell_problem(column, cell.typed)
        if problem is not None:
            raise InputError(
                problem, where=t("row {row}, column {column}", row=cell.entrant, column=cell.column), do=t("correct it")
            )
        row = rows.get(cell.entrant) or _row(office, cycle, cell.entrant)
        held.setdefault(cell.entrant, row)
        rows[cell.entrant] = _written(row, column, stage, cell.typed)
    return _put(office, cycle, stage, [(held[key], row) for key, row in rows.items()], today=today, action=action)


def _row(office: Office, cycle: Cycle, entrant: str) -> Entrant:
    found = office.book.table(Entrant)[entrant]
    if found.cycle != cycle.id:
        raise InputError(t("{id} is not in cycle {key}", id=entrant, key=key_words(cycle.key)), do=t("check the code"))
    return found


def _put(
    office: Office, cycle: Cycle, stage: Stage, rows: Iterable[tuple[Entrant, Entrant]], *, today: date, action: str
) -> list[Entrant]:
    changed = [(before, after) for before, after in rows if before != after]
    if not changed:
        return []
    about = f"{cycle.key} · {stage}"
    with office.book.change(action, about=about) as change:
        by = office.book.actor
        return [change.put(_stamped(row, stage, by=by, today=today), was=before) for before, row in changed]


def _stamped(row: Entrant, stage: Stage, *, by: str, today: date) -> Entrant:
    marks = msgspec.structs.replace(row.marks(stage), by=by, day=today)
    return msgspec.structs.replace(row, **{stage: marks})


def _written(row: Entrant, column: SheetColumn, stage: Stage, typed: str) -> Entrant:
    if column.kind == "answer":
        answers = {name: yes for name, yes in row.answers.items() if name != column.key}
        if fold(typed):
            answers[column.key] = fold(typed) in _YES
        return msgspec.structs.replace(row, answers=answers)
    marks = row.marks(stage)
    if column.criterion is None:
        return msgspec.structs.replace(row, **{stage: msgspec.structs.replace(marks, reason=clean(typed))})
    points, _ = read_points(column.criterion, typed)
    return _pointed(row, stage, marks, {column.key: points})


def _pointed(row: Entrant, stage: Stage, marks: Marks, given: dict[str, Decimal | None]) -> Entrant:
    merged = {**marks.points, **given}
    # In the order of their names, so that the order of entry leaves no trace in the record.
    points = {name: merged[name] for name in sorted(merged) if merged[name] is not None}
    return msgspec.structs.replace(row, **{stage: msgspec.structs.replace(marks, points=points)})


def carry(office: Office, cycle: Cycle, stage: Stage, *, today: date) -> int:
    """Fill the empty cells of `stage` with the points of the hand before, as one change; returns how many rows.

    Raises:
        RefusedError: when the cycle is signed.
        InputError: for the first hand, which has none before it.
    """
    judge_open(office.book.table(Cycle)[cycle.id])
    if stage == STAGES[0]:
        raise InputError(t("Nobody scored before this hand"), do=t("choose the appraised or the final points"))
    filled = [
        (row, _pointed(row, stage, row.marks(stage), {**row.before(stage), **row.marks(stage).points}))
        for row in entrants_of(office, cycle)
    ]
    return len(_put(office, cycle, stage, filled, today=today, action="emulation.carry"))


def measured(office: Office, cycle: Cycle, entrant: Entrant) -> dict[str, Measured]:
    """Criterion -> what records of the cycle say of this person; empty for units."""
    computed = [each for each in table_of(office, cycle).criteria() if each.computed]
    if cycle.subject == "unit" or not computed:
        return {}
    dossier = office.dossier(entrant.subject, cycle.last_day)
    return {each.id: measure(each, dossier, cycle.first_day, cycle.last_day) for each in computed}


def computed_cells(
    office: Office,
    cycle: Cycle,
    stage: Stage,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[CellText]:
    """What records of the cycle give for the empty computed cells of `stage`; only reads, and none when stopped.

    What was typed stays; a criterion on which the records are silent stays empty.
    """
    rows = entrants_of(office, cycle)
    found = []
    for number, row in enumerate(rows):
        if stop():
            return []
        given = row.marks(stage).points
        for name, each in measured(office, cycle, row).items():
            if name not in given and each.points is not None:
                found.append(CellText(row.id, name, str(each.points)))
        if number % 50 == 0:
            progress(number, len(rows))
    return found


def fill_cells(office: Office, cycle: Cycle, stage: Stage, cells: Sequence[CellText], *, today: date) -> list[Entrant]:
    """Write `computed_cells` into those that are still empty, as one change; returns the rows that changed.

    Between the reading and the writing somebody may have typed into a cell, or taken a row out; what a person typed
    stays, and a row that is gone is passed over.

    Raises:
        RefusedError: when the cycle is signed.
    """
    rows = office.book.table(Entrant)
    empty = [
        each
        for each in cells
        if (row := rows.get(each.entrant)) is not None and each.column not in row.marks(stage).points
    ]
    return write_cells(office, cycle, stage, empty, today=today, action="emulation.compute")


def compute(office: Office, cycle: Cycle, stage: Stage, *, today: date) -> int:
    """Fill the empty computed cells of `stage` from the records, as one change; returns how many rows changed.

    Raises:
        RefusedError: when the cycle is signed.
    """
    cells = computed_cells(office, cycle, stage)
    return len(fill_cells(office, cycle, stage, cells, today=today))


def set_evidence(office: Office, cycle: Cycle, entrant: str, criterion: str, reference: str) -> Entrant:
    """Note where the proof of a criterion is (a paper's number and date), as one change; empty takes it away.

    Raises:
        RefusedError: when the cycle is signed.
        InputError: for a row or criterion that is not in the sheet.
    """
    judge_open(office.book.table(Cycle)[cycle.id])
    if criterion not in {each.id for each in table_of(office, cycle).criteria()}:
        raise InputError(t("There is no column “{key}”", key=criterion), do=t("use a criterion of the table"))
    row = _row(office, cycle, entrant)
    evidence = {name: text for name, text in row.evidence.items() if name != criterion}
    if clean(reference):
        evidence[criterion] = clean(reference)[:_LONGEST]
    with office.book.change("emulation.evidence", about=f"{cycle.key} · {criterion}") as change:
        return change.put(msgspec.structs.replace(row, evidence=evidence), was=row)
