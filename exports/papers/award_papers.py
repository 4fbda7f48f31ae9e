"""Which papers of commendation there are, with the people whose data each holds: asked by screen and command alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from config.errors import InputError, RefusedError
from config.text import Text, t
from exports.logged import Log
from exports.papers import award_register, commendations
from exports.papers.form.kept import packed, unpacked
from exports.papers.form.paper import Paper
from exports.papers.kinds import about_people, commending, summing
from exports.papers.kinds.composing import NOTHING, Given
from records.domain.awards.awards import Decision
from records.domain.awards.proposals import ProposalList
from records.domain.lists import ListExport
from records.domain.papers import IssuedPaper
from records.services import papers
from records.services.awards import decisions, proposing
from records.services.awards.registering import own_awards
from records.services.lists import judge_leaving
from records.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPaper:
    """One paper that can be written.

    Attributes:
        office: whose book it is made from.
        title: its name, for whoever chooses it.
        kind: its key; `about` id of what it is of, with which it is kept once it was issued; empty: it is not kept.
        make: makes it from the book as it then is.
        people: ids of those whose data it holds, for the line in the book.
        stem: of the name of its file.
        on: the day for which it speaks.
        asks: whether number, addressee and signer are asked for: it is more than a list.
        sensitive: fields of people that it bears and that no list has unasked.
    """

    office: Office
    title: Text
    kind: str
    make: Callable[[], Paper]
    people: tuple[str, ...]
    stem: str
    on: date
    about: str = ""
    asks: bool = False
    sensitive: tuple[str, ...] = ()

    def kept(self) -> IssuedPaper | None:
        """The paper as it was issued, or None."""
        return papers.issued(self.office, self.kind, self.about) if self.about else None

    def paper(self, *, anew: bool = False) -> Paper:
        """The paper as it was issued, else as the book would have it; `anew`: as the book has it in any case."""
        kept = None if anew else self.kept()
        skeletons = self.office.book.settings.folder / "skeletons"
        return self.make() if kept is None else unpacked(kept.said, skeletons)

    def write(
        self,
        path: Path,
        *,
        log: Log,
        overwrite: bool = False,
        issue: bool = False,
        anew: bool = False,
        said: bool = False,
    ) -> None:
        """Write it as `.pdf`, `.docx` or `.xlsx`.

        Args:
            path: the file to make.
            log: enters in the book that it left.
            overwrite: whether it may take the place of a file already there.
            issue: keep it as it is now: from then on it is written so.
            anew: write it as the book is now, whatever was issued.
            said: whether `make` was told anything that the book does not say.

        Raises:
            InputError: as `commendations.write_award_paper`, and for a paper that is not kept.
            RefusedError: when something is said of a paper that was issued, or for a right that is missing.
        """
        self._judge(issue=issue, changed=said and not (issue or anew))
        made = self.paper(anew=issue or anew)

        commendations.write_award_paper(
            made,
            path,
            people=list(self.people),
            on=self.on,
            log=self._issuing(made, log) if issue else log,
            overwrite=overwrite,
            sensitive=self.sensitive,
        )

    def _judge(self, *, issue: bool, changed: bool) -> None:
        judge_leaving(self.office, sensitive=bool(self.sensitive))
        if issue and not self.about:
            raise InputError(t("A paper of this kind is not kept"), do=t("leave out --issue"))
        if changed and self.kept() is not None:
            raise RefusedError(
                t("This paper was issued, and is kept as it was"),
                do=t("write it without changes; --issue issues it anew, --anew writes it as the book is now"),
            )

    def _issuing(self, made: Paper, log: Log) -> Log:
        """Keeps the paper as issued when it is whole, and logs it."""

        def note(export: ListExport) -> object:
            kept = IssuedPaper(
                id="", kind=self.kind, about=self.about, day=made.day, said=packed(made), number=made.number
            )
            papers.issue(self.office, kept)
            return log(export)

        return note


def list_papers(office: Office, proposals: ProposalList, on: date, given: Given = NOTHING) -> dict[str, BookPaper]:
    """The papers of a proposal list by kind: `proposal`, `minutes`, `votes`."""
    people = _known(each.subject for each in proposing.candidates_of(office, proposals))
    kinds: dict[str, tuple[Text, Callable[[], Paper]]] = {
        "proposal": (
            t("Submission with its list"),
            partial(commending.proposal_paper, office, proposals, on, given),
        ),
        "minutes": (t("Minutes of the council"), partial(commending.minutes_paper, office, proposals, given)),
        "votes": (t("List of votes"), partial(commendations.votes_paper, office, proposals, on)),
    }
    return _papers(office, kinds, people, proposals.id, on, about=proposals.id)


def decision_papers(office: Office, decision: Decision, on: date, given: Given = NOTHING) -> dict[str, BookPaper]:
    """The papers of a decision by kind: `decision`, `annex` (its list alone), `notice`, `money`."""
    people = _known(each.person for each in decisions.awards_of(office, decision))
    kinds: dict[str, tuple[Text, Callable[[], Paper]]] = {
        "decision": (t("Decision with its list"), partial(commending.decision_paper, office, decision, given)),
        "annex": (t("List annexed to the decision"), partial(commendations.awards_list, office, decision)),
        "notice": (t("Notice of the decision"), partial(commending.notice_paper, office, decision, on, given)),
        "money": (t("List of prize money"), partial(commendations.money_paper, office, decision)),
    }
    stem = decision.number.replace("/", "-")
    return _papers(office, kinds, people, stem, on, about=decision.id)


def register_of_year(office: Office, year: int, on: date) -> BookPaper:
    """The register of a year."""
    people = _known(each.person for each in own_awards(office.book) if each.register_year == year)
    make = partial(award_register.register_paper, office, year, on)
    title = t("Register of commendation")
    return BookPaper(
        office=office, title=title, kind="register", make=make, people=people, stem=f"register-{year}", on=on
    )


def summary_of_year(office: Office, year: int, on: date, given: Given = NOTHING) -> BookPaper:
    """The table of a year for the body above."""
    make = partial(summing.summary_paper, office, year, on, given)
    title = t("Summary for the body above")
    return BookPaper(
        office=office, title=title, kind="summary", make=make, people=(), stem=f"summary-{year}", on=on, asks=True
    )


def year_papers(office: Office, year: int, on: date, given: Given = NOTHING) -> dict[str, BookPaper]:
    """The papers of a year: `register`, `summary`."""
    return {"register": register_of_year(office, year, on), "summary": summary_of_year(office, year, on, given)}


def people_papers(office: Office, subjects: Sequence[str], on: date, given: Given = NOTHING) -> dict[str, BookPaper]:
    """The papers about people or units by kind: `achievement` and `profile` of the first, `profiles` of all."""
    first, people = subjects[0], tuple(subjects)
    kinds: dict[str, tuple[Text, Callable[[], Paper]]] = {
        "achievement": (t("Report of achievements"), partial(about_people.achievement_paper, office, first, on, given)),
        "profile": (t("Curriculum vitae"), partial(about_people.profile_paper, office, first, on, given)),
        "profiles": (t("Table of particulars"), partial(about_people.profiles_paper, office, people, on, given)),
    }
    made = _papers(office, kinds, people[:1], first, on)
    made["profiles"] = replace(made["profiles"], people=people)
    return {
        kind: replace(each, asks=kind == "profiles", sensitive=about_people.SENSITIVE) for kind, each in made.items()
    }


_LISTS = frozenset(("votes", "annex", "money", "list"))
"""Kinds that are lists: nothing is asked but where they go."""


def _papers(
    office: Office,
    kinds: dict[str, tuple[Text, Callable[[], Paper]]],
    people: tuple[str, ...],
    stem: str,
    on: date,
    *,
    about: str = "",
) -> dict[str, BookPaper]:
    return {
        kind: BookPaper(
            office=office,
            title=title,
            kind=kind,
            make=make,
            people=people,
            stem=f"{stem}-{kind}",
            on=on,
            about=about,
            asks=kind not in _LISTS,
        )
        for kind, (title, make) in kinds.items()
    }


def _known(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in people if each)
