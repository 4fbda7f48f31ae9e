"""Signing a cycle: what keeps it from being signed, the lock with the yearly outcomes, and opening it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from config.errors import RefusedError
from config.text import Text, t
from records.domain.awards.awards import Rating, Score
from records.domain.emulation import STAGES, Cycle, Entrant, Stage, Unlocking
from records.domain.people.names import clean
from records.rules.emulation.scoring import total
from records.rules.emulation.words import key_words
from records.services.emulation.cycles import judge_open, judge_reason, table_of
from records.services.emulation.standings import Ranking, Row, ranking
from records.services.office import Office
from records.store.contract import UnitOfWork


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a row keeps the cycle from being signed."""

    entrant: str
    name: str
    problem: Text


def hindrances(office: Office, cycle: Cycle, ranked: Ranking | None = None) -> list[Hindrance]:
    """What must be settled before signing, in the order of the ranking: points, answers, reasons, ties at a line."""
    found = ranked or ranking(office, cycle)
    cut = {entrant for line in found.lines for entrant in line.cut}
    told = []
    for row in found.rows:
        told += [Hindrance(row.entrant.id, row.name, problem) for problem in _problems(row, cut)]
    return told


def _problems(row: Row, cut: set[str]) -> list[Text]:
    found = []
    if row.totals.missing:
        found.append(t("not scored: {ids}", ids=", ".join(row.totals.missing)))
    if row.classed.held:
        found.append(t("a condition of the class is not answered"))
    for stage in STAGES[1:]:
        differing = row.entrant.differing(stage)
        if differing and not row.entrant.marks(stage).reason:
            found.append(t("points differ without a reason: {ids}", ids=", ".join(differing)))
    if row.entrant.id in cut:
        found.append(t("equals at the line of the quota: the council decides"))
    return found


def sign(office: Office, cycle: Cycle, *, day: date, signer: str = "") -> list[Score]:
    """Lock a cycle and enter everybody's outcome, as one change; returns the outcomes.

    Raises:
        RefusedError: when it is signed already, has nobody in it, or something is not settled.
    """
    judge_open(office.book.table(Cycle)[cycle.id])
    found = ranking(office, cycle)
    if not found.rows:
        raise RefusedError(
            t("Nobody is registered in cycle {key}", key=key_words(cycle.key)), do=t("register people first")
        )
    unsettled = hindrances(office, cycle, found)
    if unsettled:
        first = unsettled[0]
        raise RefusedError(
            t("{n} things are not settled; the first: {problem}", n=len(unsettled), problem=first.problem),
            where=first.name,
            do=t("settle them; “emulation sign --dry-run” lists them all"),
        )
    signed = msgspec.structs.replace(cycle, signed=day, signed_by=clean(signer) or office.book.actor)
    with office.book.change("emulation.sign", about=cycle.key) as change:
        change.put(signed, was=cycle)
        return [_score(office, change, cycle, row, found.ratings[row.entrant.id]) for row in found.rows]


def _score(office: Office, change: UnitOfWork, cycle: Cycle, row: Row, rating: Rating) -> Score:
    person = row.entrant.subject if cycle.subject == "person" else ""
    unit = "" if person else row.entrant.subject
    known = _outcome(office, cycle, person, unit)
    return change.put(
        Score(
            id=known.id if known else change.new_id(Score),
            person=person,
            unit=unit,
            cycle=cycle.key,
            role=cycle.role,
            own=_sum(office, cycle, row, "own"),
            appraised=_sum(office, cycle, row, "appraised"),
            final=row.totals.total,
            rating=rating,
            reason=row.entrant.final.reason or row.entrant.appraised.reason,
        ),
        was=known,
    )


def _sum(office: Office, cycle: Cycle, row: Row, stage: Stage) -> Decimal | None:
    points = row.entrant.marks(stage).points
    return total(table_of(office, cycle), points, cycle.last_day).total if points else None


def _outcome(office: Office, cycle: Cycle, person: str, unit: str) -> Score | None:
    scores = office.book.table(Score)
    found = scores.where(person=person) if person else scores.where(unit=unit)
    return next((each for each in found if (each.cycle, each.role) == (cycle.key, cycle.role)), None)


def unlock(office: Office, cycle: Cycle, *, day: date, reason: str) -> Cycle:
    """Open a signed cycle again, as one change; its outcomes are taken out until it is signed anew.

    Raises:
        InputError: without a reason.
        RefusedError: when it is not signed.
    """
    judge_reason(reason)
    if cycle.signed is None:
        raise RefusedError(t("Cycle {key} is not signed", key=key_words(cycle.key)), do=t("it can be changed as it is"))
    note = Unlocking(day=day, by=office.book.actor, reason=clean(reason))
    opened = msgspec.structs.replace(cycle, signed=None, signed_by="", unlocked=(*cycle.unlocked, note))
    with office.book.change("emulation.unlock", about=f"{cycle.key}: {clean(reason)}") as change:
        for entrant in office.book.table(Entrant).where(cycle=cycle.id):
            person = entrant.subject if cycle.subject == "person" else ""
            known = _outcome(office, cycle, person, "" if person else entrant.subject)
            if known is not None:
                change.remove(known)
        return change.put(opened, was=cycle)
