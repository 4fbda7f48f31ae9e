"""Reviews of the roster: open a review, decide on people, bring candidates in. Each act is one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.findings import Judgement, Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.names import person_key
from records.domain.reviews import Review, ReviewLine, Said, Seen
from records.rules.reviews import propose
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.standards.verdicts import judge_whole

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a review is opened with: its title, its day and its scope."""

    title: str
    on: date
    scope: Scope = Scope()  # noqa: RUF009  # frozen


def open_review(
    office: Office, opening: Opening, *, progress: Progress | None = None, stop: Stop | None = None
) -> Review | None:
    """Take the snapshot of a scope on a day, judge everybody, propose outcomes; one change. None when stopped.

    Raises:
        InputError: for no title, an unknown scope, or a scope with nobody in it.
        RefusedError: while another review of the same scope is open.
    """
    judge_opening(office, opening)
    lines = survey(office, opening.on, opening.scope, progress=progress, stop=stop)
    return None if stop is not None and stop() else enter_review(office, opening, lines)


def judge_opening(office: Office, opening: Opening) -> None:
    """Refuse a review without a title, or of a scope of which one is open. Raises InputError or RefusedError."""
    if not opening.title.strip():
        raise InputError(t("The review has no title"), do=t("name it, such as “Rà soát 6 tháng đầu năm 2025”"))
    _judge_open(office, opening.scope)


def enter_review(office: Office, opening: Opening, lines: Sequence[ReviewLine]) -> Review:
    """Enter the review whose lines `survey` made, as one change. Raises InputError when there are none."""
    judge_opening(office, opening)
    if not lines:
        raise InputError(
            t("Nobody holds a role in this scope on {day}", day=opening.on), do=t("choose another scope or day")
        )
    scope = opening.scope
    before = previous_of(office, scope, opening.on)
    with office.book.change("review.open", about=opening.title.strip()) as change:
        review = Review(
            id=change.new_id(Review),
            title=opening.title.strip(),
            on=opening.on,
            role=scope.role,
            level=scope.level,
            unit=scope.unit,
            previous=before.id if before else "",
        )
        change.put(review)
        for each in lines:
            change.put(msgspec.structs.replace(each, id=change.new_id(ReviewLine), review=review.id))
    return review


def survey(
    office: Office, on: date, scope: Scope, *, progress: Progress | None = None, stop: Stop | None = None
) -> list[ReviewLine]:
    """The roster of a scope on a day as lines of no review; nothing is written. Raises InputError like `roster`."""
    people = roster(office, on, _holding(scope))
    wanted = {line.person.id: line.roles for line in people}
    units = office.unit_names(on)
    order = {line.person.id: number for number, line in enumerate(people)}
    made: list[ReviewLine] = []
    done = 0
    for dossier in office.dossiers(on):
        if dossier.person.id not in wanted:
            continue
        if stop is not None and stop():
            break
        made += [
            line_of(office, dossier, judge_whole(office, dossier, role), units) for role in wanted[dossier.person.id]
        ]
        done += 1
        if progress is not None and (done % 50 == 0 or done == len(people)):
            progress(done, len(people))
    return sorted(made, key=lambda line: order[line.person])


def _holding(scope: Scope) -> Scope:
    """The scope, narrowed to people who hold a role."""
    return Scope(role=scope.role, level=scope.level, unit=scope.unit, holding=True)


def line_of(office: Office, dossier: Dossier, judged: Judgement, units: Mapping[str, str]) -> ReviewLine:
    """A line for a person judged in a role, without its ids."""
    settings, person = office.settings, dossier.person
    standard = settings.standard_for(judged.role, judged.level, judged.on)
    proposal = propose(judged, standard, settings.review)
    latest = dossier.latest(judged.role)
    unit = (latest.unit_on(judged.on) if latest else "") or person.unit
    education, theory = person.best("education"), person.best("political_theory")
    return ReviewLine(
        id="",
        review="",
        person=person.id,
        role=judged.role,
        level=judged.level,
        name=person.name,
        appointment=latest.id if latest else "",
        unit=unit,
        unit_name=units.get(unit, ""),
        sex=person.sex,
        born=person.born,
        majority=person.ethnicity.casefold() == settings.review.majority.casefold() if person.ethnicity else None,
        education=education.level if education else "",
        political_theory=theory.level if theory else "",
        standard=judged.standard,
        verdict=_kept(judged.verdict),
        seen=tuple(
            Seen(
                criterion=each.criterion,
                verdict=_kept(each.verdict),
                title_vi=each.title.vi,
                title_en=each.title.en,
                reason=Said.of(each.reason),
                source=each.source,
                confirmed=each.confidence == "confirmed",
            )
            for each in judged.findings
        ),
        proposed=proposal.outcome,
        rule=proposal.rule,
    )


def _kept(verdict: Verdict) -> Literal["met", "not_met", "unknown", "not_applicable"]:
    """A verdict as a review keeps it: what was judged, never that it is withheld from somebody."""
    if verdict is Verdict.WITHHELD:
        raise AssertionError("a judgement as it is told to somebody is kept nowhere")
    kept: Literal["met", "not_met", "unknown", "not_applicable"] = verdict.value  # type: ignore[assignment]  # as above
    return kept


def the_review(office: Office, review_id: str) -> Review:
    """The review with this id; the one opened last for `last`. Raises InputError when there is none."""
    table = office.book.table(Review)
    found = max(table, key=lambda each: each.id, default=None) if review_id == "last" else table.get(review_id)
    if found is None and review_id == "last":
        raise InputError(t("No review was opened yet"), do=t("open one with “review open”"))
    if found is None:
        raise InputError(t("There is no review “{id}”", id=review_id), do=t("list them with “review show”"))
    return found


def lines_of(office: Office, review: Review) -> list[ReviewLine]:
    """The lines of a review, in Vietnamese order of names."""
    lines = office.book.table(ReviewLine).where(review=review.id)
    return sorted(lines, key=lambda each: (person_key(each.name), each.person, each.role))


def previous_of(office: Office, scope: Scope, on: date) -> Review | None:
    """The last signed review of a scope before a day."""
    same = [
        each
        for each in office.book.table(Review)
        if each.signed
        and not each.corrects
        and each.on <= on
        and (each.role, each.level, each.unit) == (scope.role, scope.level, scope.unit)
    ]
    return max(same, key=lambda each: (each.on, each.id), default=None)


def _judge_open(office: Office, scope: Scope) -> None:
    for each in office.book.table(Review):
        same = (each.role, each.level, each.unit) == (scope.role, scope.level, scope.unit)
        if each.signed is None and not each.corrects and same:
            raise RefusedError(
                t("A review of this scope is still open: “{title}”", title=each.title),
                do=t("sign it, or take it back with undo"),
            )
