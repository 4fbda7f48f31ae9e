"""Asking for a paper of commendation and where it goes, and writing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from config.i18n import tr
from config.text import Text, t
from records.domain.awards.awards import Award, Decision
from records.domain.awards.proposals import ProposalList
from records.services.awards import decisions, proposing
from records.services.lists import log_export
from tui.screens.base import DeskScreen
from tui.screens.filters import documents_folder
from tui.widgets.dialogs import AskText, Choose

if TYPE_CHECKING:
    from exports.papers.form.paper import Paper

Make = Callable[[], "Paper"]


def ask_list(screen: DeskScreen, proposals: ProposalList) -> None:
    """The proposal or the votes of a list."""
    from exports.papers import commendations  # noqa: PLC0415  # pages are heavy

    people = [each.subject for each in proposing.candidates_of(screen.office, proposals)]
    papers: dict[str, tuple[Text, Make]] = {
        "proposal": (
            t("Proposal with its list"),
            lambda: commendations.proposal_paper(screen.office, proposals, screen.on),
        ),
        "votes": (t("List of votes"), lambda: commendations.votes_paper(screen.office, proposals, screen.on)),
    }
    _ask(screen, papers, proposals.id, people)


def ask_decision(screen: DeskScreen, decision: Decision) -> None:
    """The annexed list or the money of a decision."""
    from exports.papers import commendations  # noqa: PLC0415  # pages are heavy

    people = [each.person for each in decisions.awards_of(screen.office, decision) if each.person]
    papers: dict[str, tuple[Text, Make]] = {
        "decision": (t("List annexed to the decision"), lambda: commendations.decision_paper(screen.office, decision)),
        "money": (t("List of prize money"), lambda: commendations.money_paper(screen.office, decision)),
    }
    _ask(screen, papers, decision.number.replace("/", "-"), people)


def ask_register(screen: DeskScreen, year: int) -> None:
    """The register of a year."""
    from exports.papers import award_register  # noqa: PLC0415  # pages are heavy

    people = [each.person for each in screen.office.book.table(Award) if each.register_year == year and each.person]
    make = lambda: award_register.register_paper(screen.office, year, screen.on)  # noqa: E731  # one of a kind
    _place(screen, t("Register of commendation"), make, f"register-{year}", people)


def _ask(screen: DeskScreen, papers: dict[str, tuple[Text, Make]], stem: str, people: Sequence[str]) -> None:
    def chosen(kind: str | None) -> None:
        if kind:
            _place(screen, *papers[kind], f"{stem}-{kind}", people)

    options = [(each, tr(words)) for each, (words, _) in papers.items()]
    screen.app.push_screen(Choose(t("Papers"), options), chosen)


def _place(screen: DeskScreen, title: Text, make: Make, stem: str, people: Sequence[str]) -> None:
    from exports.papers.commendations import write_award_paper  # noqa: PLC0415  # pages are heavy

    def write(typed: str | None) -> None:
        if not typed or not screen.may_write():
            return
        path, log = Path(typed.strip()).expanduser(), partial(log_export, screen.office)
        if screen.attempt(lambda: write_award_paper(make(), path, people=people, on=screen.on, log=log)):
            screen.catch_up()
            screen.news(t("Written: {path}", path=path))

    default = documents_folder() / f"{stem}.pdf"
    screen.app.push_screen(AskText(title, t("File (.pdf or .xlsx)"), str(default), judge=judge_paper), write)


def judge_paper(typed: str) -> Text | None:
    """Why a paper cannot be written there, or None."""
    path = Path(typed.strip()).expanduser()
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        return t("name the file .xlsx or .pdf")
    return t("There is a file of this name already; choose another") if path.exists() else None
