"""Which papers of commendation can be asked for on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from records.domain.awards.awards import Decision
from records.domain.awards.proposals import ProposalList
from tui.screens.base import OfficeScreen
from tui.screens.paper_form import ask_papers


def ask_list(screen: OfficeScreen, proposals: ProposalList) -> None:
    """The submission, the minutes or the votes of a list."""
    from exports.papers.award_papers import list_papers  # noqa: PLC0415  # pages are heavy

    ask_papers(screen, lambda given: list_papers(screen.office, proposals, screen.on, given))


def ask_decision(screen: OfficeScreen, decision: Decision) -> None:
    """A decision, its list, its notice or its money."""
    from exports.papers.award_papers import decision_papers  # noqa: PLC0415  # pages are heavy

    ask_papers(screen, lambda given: decision_papers(screen.office, decision, screen.on, given))


def ask_register(screen: OfficeScreen, year: int) -> None:
    """The register of a year, or its summary for the body above."""
    from exports.papers.award_papers import year_papers  # noqa: PLC0415  # pages are heavy

    ask_papers(screen, lambda given: year_papers(screen.office, year, screen.on, given))


def ask_people(screen: OfficeScreen, subjects: Sequence[str]) -> None:
    """The report of achievements or the particulars of people or units."""
    from exports.papers.award_papers import people_papers  # noqa: PLC0415  # pages are heavy

    ask_papers(screen, lambda given: people_papers(screen.office, subjects, screen.on, given))
