"""The score sheet: a cycle at one hand, typed in like a spreadsheet, with totals and classes that follow at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.emulation import STAGES, Cycle, Entrant, Stage
from records.intake.drafts import Refusal
from records.rules.emulation.words import RATING_WORDS, STAGE_WORDS, period_words
from records.services.emulation import registration, score_sheets
from records.services.emulation.cycles import cycle_named, subject_names
from records.services.emulation.score_sheets import CellText
from records.services.imports import scores
from records.services.lists import log_export
from tui.present.scores import row_lines
from tui.screens.base import Act, key
from tui.screens.emulation.ranking import RankingScreen
from tui.screens.emulation.score_model import FROZEN, ScoreModel
from tui.screens.files import ChooseFile
from tui.screens.filters import ask_export
from tui.screens.grid_screen import GridScreen
from tui.screens.imports.rows import ask_entering
from tui.widgets.dialogs import AskText, Choose, Report
from tui.widgets.grid.model import CellEdit

_MOST_ASKED = 10
_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


def export_sheet(screen: ScoreSheetScreen) -> None:
    """Ask where to, and write the sheet of the hand shown."""
    from exports.lists.score_sheets import write_score_sheet  # noqa: PLC0415  # spreadsheets are heavy

    model, cycle, office = screen.model, screen.cycle, screen.office
    if not screen.may_write():
        return
    name = f"{tr_('score sheet')} {tr(period_words(cycle))} {tr(STAGE_WORDS[model.stage])}"
    ask_export(
        screen,
        name,
        lambda path, overwrite: write_score_sheet(
            cycle,
            model.stage,
            model.typed,
            model.rows,
            path,
            log=lambda made: log_export(office, made),
            overwrite=overwrite,
        ),
    )


def import_sheet(screen: ScoreSheetScreen) -> None:
    """Ask which file, and read it."""

    def take(path: Path | None) -> None:
        if path is not None:
            office, cycle, stage = screen.office, screen.cycle, screen.stage
            screen.behind(
                t("Reading the sheet"),
                lambda job: scores.preview_sheet(office, cycle, stage, path, stop=job.is_stopped),
                lambda seen: _preview(screen, stage, seen),
                on_stop=t("Stopped; nothing was written"),
            )

    if screen.may_write():
        screen.app.push_screen(ChooseFile(t("Import a sheet"), _ENDINGS), take)


def _preview(screen: ScoreSheetScreen, stage: Stage, seen: scores.SheetPreview) -> None:
    counts = [t("{n} cells of {rows} rows", n=len(seen.cells), rows=seen.rows), t("refused {n}", n=len(seen.refused))]
    refusals = [_refusal(each) for each in seen.refused]
    if not seen.cells:
        screen.app.push_screen(Report(t("There is nothing to enter"), [*counts, *refusals]))
        return

    def enter() -> None:
        changed = screen.write_cells(stage, list(seen.cells), "emulation.import")
        screen.news(t("Filled in {n} rows. Ctrl+Z takes it back", n=len(changed)))
        if refusals:
            screen.app.push_screen(Report(t("What the sheet holds that cannot be entered"), refusals))

    more = [t("… and {n} more", n=len(refusals) - _MOST_ASKED)] if len(refusals) > _MOST_ASKED else []
    lines = [*counts, *refusals[:_MOST_ASKED], *more, t("Ctrl+Z afterwards takes all of it back")]
    title, yes = t("Enter {n} points into the sheet?", n=len(seen.cells)), t("Enter {n} points", n=len(seen.cells))
    ask_entering(screen, title, lines, yes=yes, enter=enter, closed=t("Nothing was entered"))


def _refusal(each: Refusal) -> Text:
    return t(
        "Row {row}, column {column}: “{value}”: {problem}",
        row=each.row,
        column=each.column,
        value=each.value,
        problem=each.problem,
    )


def register_one(screen: ScoreSheetScreen) -> None:
    """Choose somebody whom the cycle concerns and who is not in it yet, ask for the pledge, and enter it."""
    names = subject_names(screen.office, screen.cycle)
    missing = registration.unregistered(screen.office, screen.cycle)
    if not missing:
        screen.news(t("Everybody whom the cycle concerns is registered"))
        return

    def chosen(subject: str | None) -> None:
        if subject is None:
            return

        def pledged(typed: str | None) -> None:
            if typed is not None and screen.attempt(
                lambda: registration.register(screen.office, screen.cycle, [subject], day=screen.on, pledge=typed)
            ):
                screen.refresh_office()
                screen.news(t("{name} is registered. Ctrl+Z takes it back", name=names[subject]))

        screen.app.push_screen(AskText(names[subject], t("What is pledged (may stay empty)")), pledged)

    options = [(each.subject, names[each.subject], each.subject) for each in missing]
    screen.app.push_screen(Choose(t("Who registers?"), options), chosen)


def withdraw_one(screen: ScoreSheetScreen) -> None:
    """Take the row under the cursor out of the cycle, with a reason."""
    if not screen.model.rows:
        return
    row = screen.model.rows[screen.grid.row]

    def take(reason: str | None) -> None:
        if reason is not None and screen.attempt(
            lambda: registration.withdraw(screen.office, screen.cycle, [row.entrant.id], reason=reason)
        ):
            screen.refresh_office()
            screen.news(t("{name} is out of the cycle. Ctrl+Z takes it back", name=row.name))

    words = tr_("Why does {name} leave the cycle? The points go too; the history keeps them.", name=row.name)
    screen.app.push_screen(AskText(t("Take out of the cycle"), words, judge=_reason), take)


def _reason(typed: str) -> Text | None:
    return None if typed.strip() else t("write why, in a few words")


class ScoreSheetScreen(GridScreen[ScoreModel]):
    """One cycle's sheet. Every entry is one change of the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("next_stage", t("Hand")),
        key("why", t("Why")),
        key("ranking", t("Ranks")),
        key("more", t("Fill in and more")),
        key("find", t("Find"), show=False),
        key("cluster", t("Cluster"), show=False),
        key("register", t("Register"), show=False),
        key("withdraw_row", t("Take out of the cycle"), show=False),
        key("export", t("Export the sheet"), show=False),
        key("import", t("Import a sheet"), show=False),
        key("back", t("Back")),
    ]
    more_acts = (Act("fill", t("Fill in")), Act("evidence", t("Evidence")))
    empty = t("Nobody is registered here. Ins: register · F4: another cluster")
    frozen = FROZEN

    def __init__(self, cycle: str) -> None:
        super().__init__()
        self._cycle_id = cycle
        self.stage: Stage = "own"
        self._cluster = ""

    @property
    def cycle(self) -> Cycle:
        """The cycle as it stands in the book."""
        return cycle_named(self.office, self._cycle_id)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        cycle = self.cycle
        locked = (tr_("signed, locked"),) if cycle.signed else ()
        return (tr_("Emulation"), tr(STAGE_WORDS[self.stage]), *locked, tr(period_words(cycle)))

    def names(self) -> Text:
        """Of people, or of units."""
        return super().names() if self.cycle.subject == "person" else t("Unit")

    def read(self) -> ScoreModel:
        """The rows at the hand shown; the cycle may have been taken back, or its table taken out of the settings."""
        return ScoreModel(self.office, self.cycle, self.stage, cluster=self._cluster)

    def counts(self) -> tuple[str, str]:
        """How many are scored, the classes, and what narrows the sheet."""
        rows = self.model.rows
        whole = [row for row in rows if not row.totals.missing]
        classes: Counter[str] = Counter(row.classed.rating for row in whole)
        words = [f"{tr(RATING_WORDS[each])} {classes[each]}" for each in RATING_WORDS if classes[each]]
        parts = [tr_("scored {done} of {all}", done=len(whole), all=len(rows)), *words]
        confirm = tr_("table to confirm") if self.model.table.confidence == "to_confirm" else ""
        return " · ".join(parts), " · ".join(part for part in (self._cluster, confirm) if part)

    # -- typing -------------------------------------------------------------------------------------------------------

    def write(self, model: ScoreModel, edits: Sequence[CellEdit]) -> None:
        """Write points at the hand at which they were typed."""
        self.write_cells(model.stage, model.cells(edits))

    def write_cells(self, stage: Stage, cells: list[CellText], action: str = "emulation.set") -> list[Entrant]:
        """Let the service write cells, and show what they add up to; gives the rows that changed."""
        changed: list[Entrant] = []
        self._enter(
            changed,
            lambda: score_sheets.write_cells(self.office, self.cycle, stage, cells, today=self.today, action=action),
        )
        return changed

    def _enter(self, changed: list[Entrant], act: Callable[[], Iterable[Entrant]]) -> bool:
        """Do `act`, note in `changed` which rows it changed, and show them: the others stand."""

        def show() -> None:
            self.model.take(changed)
            self.show_counts()

        return self.enter(lambda: changed.extend(act()), show)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_next_stage(self) -> None:
        """Show the next hand: own, appraised, final."""
        self.grid.then(self._turn)

    def _turn(self) -> None:
        self.stage = STAGES[(STAGES.index(self.stage) + 1) % len(STAGES)]
        self.refresh_office()

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

        options = [("", tr_("all"), str(len(every))), *((each, each, str(counts[each])) for each in sorted(counts))]
        self.grid.then(lambda: self.app.push_screen(Choose(t("Cluster"), options), take))

    def action_ranking(self) -> None:
        """Show ranks and the quota's line by the points of this hand."""
        self.grid.then(lambda: self.app.push_screen(RankingScreen(self._cycle_id, self.stage)))

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
                self._compute()
            elif chosen == "before":
                self._carry()

        options = [("records", tr_("From the records, computed cells"), "")]
        if self.stage != STAGES[0]:
            before = tr(STAGE_WORDS[STAGES[STAGES.index(self.stage) - 1]])
            options.insert(0, ("before", tr_("From the hand before"), before))
        self.app.push_screen(Choose(t("Fill the empty cells"), options), take)

    def _carry(self) -> None:
        changed: list[int] = []
        if self.attempt(
            lambda: changed.append(score_sheets.carry(self.office, self.cycle, self.stage, today=self.today))
        ):
            self.refresh_office()
            self.news(t("Filled in {n} rows. Ctrl+Z takes it back", n=changed[0]))

    def _compute(self) -> None:
        office, cycle, stage = self.office, self.cycle, self.stage
        self.behind(
            t("Reading the records"),
            lambda job: score_sheets.computed_cells(office, cycle, stage, progress=job.progress, stop=job.is_stopped),
            lambda cells: self._computed(stage, cells),
            on_stop=t("Stopped; nothing was written"),
        )

    def _computed(self, stage: Stage, cells: list[CellText]) -> None:
        changed: list[Entrant] = []
        if self._enter(
            changed, lambda: score_sheets.fill_cells(self.office, self.cycle, stage, cells, today=self.today)
        ):
            self.news(t("Filled in {n} rows. Ctrl+Z takes it back", n=len(changed)))

    # -- who is in it -------------------------------------------------------------------------------------------------

    def action_register(self) -> None:
        """Register somebody who is not in the sheet yet."""
        if self.may_write():
            register_one(self)

    def action_withdraw_row(self) -> None:
        """Take the row under the cursor out, with a reason."""
        if self.may_write():
            withdraw_one(self)

    # -- out and in ---------------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write the sheet, to be filled in elsewhere."""
        self.grid.then(lambda: export_sheet(self))

    def action_import(self) -> None:
        """Read a filled-in sheet back, after showing what it would write and what it cannot."""
        import_sheet(self)
