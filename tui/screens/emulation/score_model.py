"""A score sheet as the grid sees it: rows of a cycle at one hand, with totals and classes that follow every entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.i18n import language, tr, tr_, tr_number
from config.settings.scoring import ScoreCriterion, ScoreTable
from config.text import Text
from records.domain.emulation import Cycle, Entrant, Stage
from records.rules.emulation.words import RATING_WORDS
from records.services.emulation.score_sheets import CellText, SheetColumn, cell_problem, cell_text, columns_of
from records.services.emulation.standings import Row, Scorer
from records.services.office import Office
from tui.present.scores import RATING_LOOKS
from tui.widgets.grid.model import CellEdit, GridColumn

FROZEN = 2


class ScoreModel:
    """Rows of `cycle` at `stage`; the first two columns are the total and the class, the others are typed in."""

    def __init__(self, office: Office, cycle: Cycle, stage: Stage, *, cluster: str = "") -> None:
        self.cycle, self.stage = cycle, stage
        self.scorer = Scorer(office, cycle, stage)
        self.table: ScoreTable = self.scorer.table
        self.typed: tuple[SheetColumn, ...] = columns_of(self.table, stage)
        self.rows: list[Row] = [row for row in self.scorer.rows() if cluster in ("", row.entrant.cluster)]
        self._places = {row.entrant.id: number for number, row in enumerate(self.rows)}
        self._columns = [*_frozen_columns(), *(_column(each, self.table) for each in self.typed)]

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def columns(self) -> Sequence[GridColumn]:
        """Total, class, then what is typed."""
        return self._columns

    def row_id(self, row: int) -> str:
        """Whose row, at which hand: points typed at one hand are never another's."""
        return f"{self.rows[row].entrant.id} {self.stage}"

    def row_title(self, row: int) -> str:
        """The name of the person or unit."""
        return self.rows[row].name

    def text(self, row: int, column: int) -> str:
        """What a cell shows; numbers with the decimal sign of the language."""
        found = self.rows[row]
        if column == 0:
            return points_shown(found)
        if column == 1:
            return rating_shown(found)
        meant = self.typed[column - FROZEN]
        text = cell_text(meant, found.entrant, self.stage)
        return text.replace(".", ",") if meant.kind == "points" and language() == "vi" else text

    def editable(self, row: int, column: int) -> bool:  # noqa: ARG002  # the grid asks for a cell
        """Whether a cell may be typed in: not the totals, and nothing once the cycle is signed."""
        return column >= FROZEN and self.cycle.signed is None

    def judge(self, row: int, column: int, typed: str) -> Text | None:  # noqa: ARG002  # the grid asks for a cell
        """Why a cell cannot hold `typed`, or None."""
        return cell_problem(self.typed[column - FROZEN], typed)

    def look(self, row: int, column: int) -> str:
        """Classes by colour; points that differ from the hand before, warned of until a reason stands beside them."""
        found = self.rows[row]
        if column < FROZEN:
            return "dim" if found.totals.missing else RATING_LOOKS[found.classed.rating] if column else ""
        if self.typed[column - FROZEN].key in found.entrant.differing(self.stage):
            return "good" if found.entrant.marks(self.stage).reason else "warn"
        return ""

    def cells(self, edits: Iterable[CellEdit]) -> list[CellText]:
        """What was typed in the grid, as the service takes it."""
        return [
            CellText(self.rows[each.row].entrant.id, self.typed[each.column - FROZEN].key, each.typed) for each in edits
        ]

    def take(self, changed: Iterable[Entrant]) -> None:
        """Add up rows anew that were written."""
        for entrant in changed:
            place = self._places.get(entrant.id)
            if place is not None:
                self.rows[place] = self.scorer.row(entrant)


def points_shown(row: Row) -> str:
    """The total; with a dash before it while something is missing."""
    shown = tr_number(row.totals.total)
    return f"~{shown}" if row.totals.missing else shown


def rating_shown(row: Row) -> str:
    """The class; with a question mark while a condition of it waits for an answer."""
    if row.totals.missing:
        return "…"
    if row.classed.held:
        return f"{tr(RATING_WORDS[row.classed.band])} ?"
    return tr(RATING_WORDS[row.classed.rating])


def _frozen_columns() -> list[GridColumn]:
    hint = tr_("Class by points and conditions; ? waits for an answer")
    return [
        GridColumn("total", tr_("Total"), 7, hint=tr_("Total; ~ while something is not scored")),
        GridColumn("class", tr_("Class"), 11, "left", hint=hint),
    ]


def _column(column: SheetColumn, table: ScoreTable) -> GridColumn:
    if column.criterion is not None:
        title = column.criterion.title.in_language(language())
        hint = tr_(
            "{id} {title}: most {maximum}, step {step}",
            id=column.key,
            title=title,
            maximum=column.criterion.maximum,
            step=column.criterion.step,
        )
        if column.criterion.computed:
            hint += " · " + tr_("from records with F8")
        return GridColumn(column.key, column.key, 5, hint=hint, group=_group(column.criterion, table))
    if column.question is not None:
        question = column.question.question.in_language(language())
        return GridColumn(column.key, _short(column, table), 4, hint=f"{question} (x/0)", group=tr_("Cond."))
    return GridColumn("reason", tr_("Why the points differ"), 26, "left", hint=tr_("Why the points differ"))


def _short(column: SheetColumn, table: ScoreTable) -> str:
    asked = [each.id for one in table.classes for each in one.conditions]
    return f"{tr_('C')}{asked.index(column.key) + 1}"


def _group(criterion: ScoreCriterion, table: ScoreTable) -> str:
    for group in table.groups:
        if criterion in group.criteria:
            return tr_("{title} ({maximum})", title=group.title.in_language(language()), maximum=group.maximum)
    if table.bonus is not None and criterion in table.bonus.criteria:
        return tr_("Bonus")
    return tr_("Penalty")
