"""Which papers of commendation there are, with the people whose data each holds: asked by screen and command alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from config.text import Text, t
from exports.logged import Log
from exports.papers import award_register, commendations
from exports.papers.form.paper import Paper
from records.domain.awards.awards import Award, Decision
from records.domain.awards.proposals import ProposalList
from records.services.awards import decisions, proposing
from records.services.office import Office


@dataclass(frozen=True, slots=True)
class AwardPaper:
    """One paper that can be written.

    Attributes:
        title: its name, for whoever chooses it.
        make: makes it from the book as it then is.
        people: ids of those whose data it holds, for the line in the book.
        stem: of the name of its file.
        on: the day for which it speaks.
    """

    title: Text
    make: Callable[[], Paper]
    people: tuple[str, ...]
    stem: str
    on: date

    def write(self, path: Path, *, log: Log, overwrite: bool = False) -> None:
        """Write it as `.pdf` or `.xlsx`. Raises as `commendations.write_award_paper`."""
        commendations.write_award_paper(
            self.make(), path, people=list(self.people), on=self.on, log=log, overwrite=overwrite
        )


def list_papers(office: Office, proposals: ProposalList, on: date) -> dict[str, AwardPaper]:
    """The papers of a proposal list by kind: `proposal`, `votes`."""
    people = _known(each.subject for each in proposing.candidates_of(office, proposals))
    kinds = {
        "proposal": (t("Proposal with its list"), commendations.proposal_paper),
        "votes": (t("List of votes"), commendations.votes_paper),
    }
    return {
        kind: AwardPaper(title, partial(make, office, proposals, on), people, f"{proposals.id}-{kind}", on)
        for kind, (title, make) in kinds.items()
    }


def decision_papers(office: Office, decision: Decision, on: date) -> dict[str, AwardPaper]:
    """The papers of a decision by kind: `decision` (the annexed list), `money`."""
    people = _known(each.person for each in decisions.awards_of(office, decision))
    kinds = {
        "decision": (t("List annexed to the decision"), commendations.decision_paper),
        "money": (t("List of prize money"), commendations.money_paper),
    }
    stem = decision.number.replace("/", "-")
    return {
        kind: AwardPaper(title, partial(make, office, decision), people, f"{stem}-{kind}", on)
        for kind, (title, make) in kinds.items()
    }


def register_of_year(office: Office, year: int, on: date) -> AwardPaper:
    """The register of a year."""
    people = _known(each.person for each in office.book.table(Award) if each.register_year == year)
    make = partial(award_register.register_paper, office, year, on)
    return AwardPaper(t("Register of commendation"), make, people, f"register-{year}", on)


def _known(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in people if each)
