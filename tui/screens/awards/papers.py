"""Asking for a paper of commendation and where it goes, and writing it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from config.i18n import tr
from config.paths import typed_path
from config.text import t
from records.domain.awards.awards import Decision
from records.domain.awards.proposals import ProposalList
from records.services.lists import log_export
from tui.screens.base import OfficeScreen
from tui.screens.filters import documents_folder
from tui.screens.paper_out import judge_new_paper
from tui.widgets.dialogs import AskText, Choose

if TYPE_CHECKING:
    from exports.papers.award_papers import AwardPaper


def ask_list(screen: OfficeScreen, proposals: ProposalList) -> None:
    """The proposal or the votes of a list."""
    from exports.papers.award_papers import list_papers  # noqa: PLC0415  # pages are heavy

    _ask(screen, list_papers(screen.office, proposals, screen.on))


def ask_decision(screen: OfficeScreen, decision: Decision) -> None:
    """The annexed list or the money of a decision."""
    from exports.papers.award_papers import decision_papers  # noqa: PLC0415  # pages are heavy

    _ask(screen, decision_papers(screen.office, decision, screen.on))


def ask_register(screen: OfficeScreen, year: int) -> None:
    """The register of a year."""
    from exports.papers.award_papers import register_of_year  # noqa: PLC0415  # pages are heavy

    _place(screen, register_of_year(screen.office, year, screen.on))


def _ask(screen: OfficeScreen, papers: dict[str, AwardPaper]) -> None:
    def chosen(kind: str | None) -> None:
        if kind:
            _place(screen, papers[kind])

    options = [(each, tr(paper.title)) for each, paper in papers.items()]
    screen.app.push_screen(Choose(t("Papers"), options), chosen)


def _place(screen: OfficeScreen, paper: AwardPaper) -> None:
    def write(typed: str | None) -> None:
        if not typed or not screen.may_write():
            return
        path, log = typed_path(typed), partial(log_export, screen.office)
        if screen.attempt(lambda: paper.write(path, log=log)):
            screen.catch_up()
            screen.news(t("Written: {path}", path=path))

    default = documents_folder() / f"{paper.stem}.pdf"
    screen.app.push_screen(AskText(paper.title, t("File (.pdf or .xlsx)"), str(default), judge=judge_new_paper), write)
