"""Which papers of commendation there are, with the people whose data each holds: asked by screen and command alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from config.text import Text, t
from exports.logged import Log
from exports.papers import award_register, commendations
from exports.papers.form.paper import Paper
from exports.papers.kinds import about_people, commending, summing
from exports.papers.kinds.composing import NOTHING, Given
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
        about: what it is of, with which the book keeps it once it was issued; empty: it is not kept.
        sensitive: fields of people that it bears and that no list has unasked.
    """

    title: Text
    make: Callable[[], Paper]
    people: tuple[str, ...]
    stem: str
    on: date
    about: str = ""
    sensitive: tuple[str, ...] = ()

    def write(self, path: Path, *, log: Log, overwrite: bool = False) -> None:
        """Write it as `.pdf`, `.docx` or `.xlsx`. Raises as `commendations.write_award_paper`."""
        commendations.write_award_paper(
            self.make(),
            path,
            people=list(self.people),
            on=self.on,
            log=log,
            overwrite=overwrite,
            sensitive=self.sensitive,
        )


def list_papers(office: Office, proposals: ProposalList, on: date, given: Given = NOTHING) -> dict[str, AwardPaper]:
    """The papers of a proposal list by kind: `proposal`, `minutes`, `votes`."""
    people = _known(each.subject for each in proposing.candidates_of(office, proposals))
    kinds: dict[str, tuple[Text, Callable[[], Paper]]] = {
        "proposal": (
            t("Submission with its list"),
            partial(commending.proposal_paper, office, proposals, on, given),
        ),
        "minutes": (t("Minutes of the council"), partial(commending.minutes_paper, office, proposals, on, given)),
        "votes": (t("List of votes"), partial(commendations.votes_paper, office, proposals, on)),
    }
    return {
        kind: AwardPaper(title, make, people, f"{proposals.id}-{kind}", on, proposals.id)
        for kind, (title, make) in kinds.items()
    }


def decision_papers(office: Office, decision: Decision, on: date, given: Given = NOTHING) -> dict[str, AwardPaper]:
    """The papers of a decision by kind: `decision`, `annex` (its list alone), `notice`, `money`."""
    people = _known(each.person for each in decisions.awards_of(office, decision))
    kinds: dict[str, tuple[Text, Callable[[], Paper]]] = {
        "decision": (t("Decision with its list"), partial(commending.decision_paper, office, decision, given)),
        "annex": (t("List annexed to the decision"), partial(commendations.awards_list, office, decision)),
        "notice": (t("Notice of the decision"), partial(commending.notice_paper, office, decision, on, given)),
        "money": (t("List of prize money"), partial(commendations.money_paper, office, decision)),
    }
    stem = decision.number.replace("/", "-")
    return {
        kind: AwardPaper(title, make, people, f"{stem}-{kind}", on, decision.id)
        for kind, (title, make) in kinds.items()
    }


def register_of_year(office: Office, year: int, on: date) -> AwardPaper:
    """The register of a year."""
    people = _known(each.person for each in office.book.table(Award) if each.register_year == year)
    make = partial(award_register.register_paper, office, year, on)
    return AwardPaper(t("Register of commendation"), make, people, f"register-{year}", on)


def summary_of_year(office: Office, year: int, on: date, given: Given = NOTHING) -> AwardPaper:
    """The table of a year for the body above."""
    make = partial(summing.summary_paper, office, year, on, given)
    return AwardPaper(t("Summary for the body above"), make, (), f"summary-{year}", on)


def people_papers(office: Office, subjects: Sequence[str], on: date, given: Given = NOTHING) -> dict[str, AwardPaper]:
    """The papers about people or units by kind: `achievement` and `profile` of the first, `profiles` of all."""
    first, people = subjects[0], tuple(subjects)
    kinds: dict[str, tuple[Text, Callable[[], Paper], tuple[str, ...]]] = {
        "achievement": (
            t("Report of achievements"),
            partial(about_people.achievement_paper, office, first, on, given),
            people[:1],
        ),
        "profile": (
            t("Curriculum vitae"),
            partial(about_people.profile_paper, office, first, on, given),
            people[:1],
        ),
        "profiles": (
            t("Table of particulars"),
            partial(about_people.profiles_paper, office, people, on, given),
            people,
        ),
    }
    return {
        kind: AwardPaper(title, make, whose, f"{first}-{kind}", on, sensitive=about_people.SENSITIVE)
        for kind, (title, make, whose) in kinds.items()
    }


def _known(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in people if each)
