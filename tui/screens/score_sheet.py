"""The score sheet: a cycle at one hand, typed in like a spreadsheet, with totals and classes that follow at once."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker, get_current_worker

from config.errors import AppError
from config.speech import say, say_
from config.text import t
from records.desks import score_sheets
from records.desks.cycles import cycle_named
from records.desks.score_sheets import CellText
from records.domain.emulation import STAGES, Cycle, Entrant, Stage
from records.rules.score_words import RATING_WORDS, STAGE_WORDS
from tui.screens.base import DeskScreen, key
from tui.screens.ranking import RankingScreen
from tui.screens.score_exchange import export_sheet, import_sheet
from tui.screens.score_model import FROZEN, ScoreModel
from tui.screens.score_register import register_one, withdraw_one
from tui.screens.score_words import row_lines
from tui.widgets.dialogs import AskText, Choose, Report
from tui.widgets.frame import StatusLine
from tui.widgets.grid import Grid


class ScoreSheetScreen(DeskScreen):
    """One cycle's sheet. Every entry is one change of the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f6", "next_stage", t("Hand")),
        key("f3", "why", t("Why")),
        key("f8", "fill", t("Fill in")),
        key("f7", "ranking", t("Ranks")),
        key("ctrl+f", "find", t("Find"), show=False),
        key("f4", "cluster", t("Cluster"), show=False),
        key("f9", "evidence", t("Evidence"), show=False),
        key("insert", "register", t("Register"), show=False),
        key("shift+delete", "withdraw", t("Take out of the cycle"), show=False),
        key("ctrl+e", "export", t("Export the sheet"), show=False),
        key("ctrl+o", "import", t("Import a sheet"), show=False),
        key("escape", "back", t("Back")),
    ]

    def __init__(self, cycle: str) -> None:
        super().__init__()
        self._cycle_id = cycle
        self.stage: Stage = "own"
        self._cluster = ""
        self._model: ScoreModel | None = None
        self._job: Worker[None] | None = None

    @property
    def cycle(self) -> Cycle:
        """The cycle as it stands in the book."""
        return cycle_named(self.office, self._cycle_id)

    @property
    def model(self) -> ScoreModel:
        """What the grid shows."""
        assert self._model is not None  # made before the grid
        return self._model

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        cycle = self.cycle
        locked = (say_("signed, locked"),) if cycle.signed else ()
        return (say_("Emulation"), cycle.key, say(STAGE_WORDS[self.stage]), *locked)

    def body(self) -> ComposeResult:
        """Lay out the grid over its counts."""
        self._model = ScoreModel(self.office, self.cycle, self.stage)
        title = say_("Full name") if self.cycle.subject == "person" else say_("Unit")
        empty = say_("Nobody is registered here. Ins: register · F4: another cluster")
        yield Grid(self._model, name_title=title, frozen=FROZEN, empty=empty)
        yield StatusLine(id="sheet-status")

    def on_mount(self) -> None:
        """Begin in the grid, at the hand that has most to do."""
        self.grid.focus()

    def refresh_office(self) -> None:
        """Read the cycle again; it may have been taken back."""
        try:
            cycle = self.cycle
        except AppError:
            self.app.call_later(self.action_back)
            return
        self._model = ScoreModel(self.office, cycle, self.stage, cluster=self._cluster)
        self.grid.set_model(self._model)
        self._count()

    def _count(self) -> None:
        rows = self.model.rows
        whole = [row for row in rows if not row.totals.missing]
        classes: Counter[str] = Counter(row.classed.rating for row in whole)
        words = [f"{say(RATING_WORDS[each])} {classes[each]}" for each in RATING_WORDS if classes[each]]
        parts = [say_("scored {done} of {all}", done=len(whole), all=len(rows)), *words]
        confirm = say_("table to confirm") if self.model.table.confidence == "to_confirm" else ""
        self.query_one("#sheet-status", StatusLine).show_ends(
            " · ".join(parts), " · ".join(part for part in (self._cluster, confirm) if part)
        )

    # -- typing -------------------------------------------------------------------------------------------------------

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        self.write(self.model.cells(event.changes))

    def write(self, cells: list[CellText], action: str = "emulation.set") -> list[Entrant]:
        """Let the desk write cells, and show what they add up to; gives the rows that changed."""
        changed: list[Entrant] = []

        def act() -> None:
            changed.extend(
                score_sheets.write_cells(self.office, self.cycle, self.stage, cells, today=self.on, action=action)
            )

        if self.may_write() and self.attempt(act):
            self.model.take(changed)
            # What was just written is shown already: no need to read the whole cycle again.
            self._stamp = (*self.office.book.head(), self.on)
            self._count()
        self.grid.reload()
        return changed

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Stop what runs, else go back to the cycles."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.end_progress()
            self.news(t("Stopped; nothing was written"))
        elif self.app.screen is self:
            self.dismiss()

    def action_next_stage(self) -> None:
        """Show the next hand: own, appraised, final."""
        if self.grid.finish():
            self.stage = STAGES[(STAGES.index(self.stage) + 1) % len(STAGES)]
            self.refresh_office()
            self.show_place()

    def action_why(self) -> None:
        """Show everything of the row: three hands, records, class and why."""
        if self.model.rows:
            row = self.model.rows[self.grid.row]
            self.app.push_screen(Report(row.name, row_lines(self.model.scorer, row)))

    def action_find(self) -> None:
        """Find a row by name."""

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.grid.go_to(int(chosen), self.grid.column)

        options = [(str(n), row.name, row.entrant.subject) for n, row in enumerate(self.model.rows)]
        self.app.push_screen(Choose(t("Find in the sheet"), options), take)

    def action_cluster(self) -> None:
        """Show one cluster, or all."""
        every = [row.entrant.cluster for row in self.model.scorer.rows()]
        counts = Counter(each for each in every if each)

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._cluster = chosen
                self.refresh_office()

        options = [("", say_("all"), str(len(every))), *((each, each, str(counts[each])) for each in sorted(counts))]
        self.app.push_screen(Choose(t("Cluster"), options), take)

    def action_ranking(self) -> None:
        """Show ranks and the quota's line by the points of this hand."""
        if self.grid.finish():
            self.app.push_screen(RankingScreen(self._cycle_id, self.stage))

    def action_evidence(self) -> None:
        """Note where the proof of the criterion under the cursor is."""
        column = self.model.typed[self.grid.column - FROZEN] if self.grid.column >= FROZEN else None
        if column is None or column.criterion is None or not self.model.rows or not self.may_write():
            self.news(t("Put the cursor on the points of a criterion first"))
            return
        row, criterion = self.model.rows[self.grid.row], column.key

        def take(typed: str | None) -> None:
            if typed is not None and self.attempt(
                lambda: score_sheets.set_evidence(self.office, self.cycle, row.entrant.id, criterion, typed)
            ):
                self.refresh_office()
                self.news(t("Evidence noted for {name}, {id}", name=row.name, id=criterion))

        words = t("Number and date of the paper that proves {id}", id=criterion)
        self.app.push_screen(AskText(row.name, words, row.entrant.evidence.get(criterion, "")), take)

    # -- filling in ---------------------------------------------------------------------------------------------------

    def action_fill(self) -> None:
        """Fill the empty cells from the records or from the hand before."""
        if not self.may_write():
            return

        def take(chosen: str | None) -> None:
            if chosen == "records":
                self._job = self._compute()
            elif chosen == "before":
                self._carry()

        options = [("records", say_("From the records, computed cells"), "")]
        if self.stage != STAGES[0]:
            before = say(STAGE_WORDS[STAGES[STAGES.index(self.stage) - 1]])
            options.insert(0, ("before", say_("From the hand before"), before))
        self.app.push_screen(Choose(t("Fill the empty cells"), options), take)

    def _carry(self) -> None:
        changed: list[int] = []
        if self.attempt(lambda: changed.append(score_sheets.carry(self.office, self.cycle, self.stage, today=self.on))):
            self.refresh_office()
            self.news(t("Filled in {n} rows. Ctrl+Z takes it back", n=changed[0]))

    @work(thread=True, exclusive=True, group="compute")
    def _compute(self) -> None:
        worker, tell = get_current_worker(), self.app.call_from_thread

        def progress(done: int, all_: int) -> None:
            if not worker.is_cancelled:
                tell(self.progress, t("Reading the records"), done, all_)

        office, cycle, stage = self.office, self.cycle, self.stage
        try:
            cells = self.steadily(
                lambda: score_sheets.computed_cells(
                    office, cycle, stage, progress=progress, stop=lambda: worker.is_cancelled
                )
            )
        except AppError as error:
            tell(self.complain, error)
            cells = None
        if not worker.is_cancelled:
            tell(self._computed, cells)

    def _computed(self, cells: list[CellText] | None) -> None:
        self._job = None
        if not self.is_mounted:
            return
        self.end_progress()
        if cells is not None:
            changed = self.write(cells, "emulation.compute") if cells else []
            self.news(t("Filled in {n} rows. Ctrl+Z takes it back", n=len(changed)))

    # -- who is in it -------------------------------------------------------------------------------------------------

    def action_register(self) -> None:
        """Register somebody who is not in the sheet yet."""
        if self.may_write():
            register_one(self)

    def action_withdraw(self) -> None:
        """Take the row under the cursor out, with a reason."""
        if self.may_write():
            withdraw_one(self)

    # -- out and in ---------------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write the sheet, to be filled in elsewhere."""
        export_sheet(self)

    def action_import(self) -> None:
        """Read a filled-in sheet back, after showing what it would write and what it cannot."""
        import_sheet(self)
