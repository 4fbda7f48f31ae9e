"""A score sheet out to a spreadsheet, and back after showing what it would write and what it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import InputError
from config.speech import say_
from config.text import Text, t
from records.desks import score_intake
from records.desks.lists import log_export
from records.desks.standings import Ranking
from records.domain.emulation import Cycle, Stage
from records.intake.drafts import Refusal
from tui.screens import filters
from tui.screens.files import ChooseFile
from tui.screens.filters import ask_export
from tui.screens.import_rows import ask_entering
from tui.widgets.dialogs import AskText, Report

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen
    from tui.screens.score_sheet import ScoreSheetScreen

_MOST_ASKED = 10
_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


def export_sheet(screen: ScoreSheetScreen) -> None:
    """Ask where to, and write the sheet of the hand shown."""
    from exports.score_sheets import write_score_sheet  # noqa: PLC0415  # spreadsheets are heavy

    model, cycle, office = screen.model, screen.cycle, screen.office
    if not screen.may_write():
        return
    name = f"{say_('score sheet')} {cycle.key} {model.stage}"
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


def export_ranking(screen: DeskScreen, cycle: Cycle, stage: Stage, ranked: Ranking) -> None:
    """Ask where to, and write a ranking as a paper, PDF or Excel."""
    from exports.rankings import judge_ranking_path, write_ranking  # noqa: PLC0415  # ReportLab is heavy

    office, day = screen.office, screen.on

    def judge(typed: str) -> Text | str | None:
        path = Path(typed.strip()).expanduser()
        try:
            judge_ranking_path(path)
        except InputError as error:
            return error.do
        return t("There is a file of this name already; choose another") if path.exists() else None

    def take(typed: str | None) -> None:
        if typed is None:
            return
        path = Path(typed.strip()).expanduser()
        if screen.attempt(
            lambda: write_ranking(
                office, cycle, stage, ranked, path, day=day, log=lambda made: log_export(office, made)
            )
        ):
            screen.news(t("Written: {path}", path=path))

    default = filters.documents_folder() / f"{say_('ranking')} {cycle.key}.pdf"
    screen.app.push_screen(AskText(t("Write the ranking (.pdf or .xlsx)"), t("File"), str(default), judge=judge), take)


def import_sheet(screen: ScoreSheetScreen) -> None:
    """Ask which file, and read it."""

    def take(path: Path | None) -> None:
        if path is not None:
            screen.attempt(lambda: _preview(screen, path))

    if screen.may_write():
        screen.app.push_screen(ChooseFile(t("Import a sheet"), _ENDINGS), take)


def _preview(screen: ScoreSheetScreen, path: Path) -> None:
    seen = score_intake.preview_sheet(screen.office, screen.cycle, screen.stage, path)
    counts = [t("{n} cells of {rows} rows", n=len(seen.cells), rows=seen.rows), t("refused {n}", n=len(seen.refused))]
    refusals = [_refusal(each) for each in seen.refused]
    if not seen.cells:
        screen.app.push_screen(Report(t("There is nothing to enter"), [*counts, *refusals]))
        return

    def enter() -> None:
        changed = screen.write(list(seen.cells), "emulation.import")
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
