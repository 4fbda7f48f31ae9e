"""Where everybody stands in a cycle: totals, classes, ranks, and the lines of the quotas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from config.errors import InputError
from config.settings.criteria import ByHand
from config.settings.scoring import AnyCondition, PointsAtLeast, ScoreTable
from config.text import t
from records.domain.awards.awards import Rating
from records.domain.emulation import Cycle, Entrant, Stage, TieRuling
from records.domain.findings import Finding
from records.domain.people.names import clean
from records.rules.emulation.class_conditions import condition_finding
from records.rules.emulation.quotas import Line, final_ratings
from records.rules.emulation.ranking import SCOPES, Place, Scope, Standing, order_holds, ranks, ties, with_rulings
from records.rules.emulation.scoring import Classed, Totals, classify, total
from records.services.access.telling import told_findings
from records.services.emulation.cycles import entrants_of, judge_open, judge_reason, subject_names, table_of
from records.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a cycle with what it adds up to at a stage."""

    entrant: Entrant
    name: str
    unit_name: str
    totals: Totals
    classed: Classed

    def standing(self) -> Standing:
        """The row as ranks and quotas see it; without a total while something is missing."""
        return Standing(
            entrant=self.entrant.id,
            total=None if self.totals.missing else self.totals.total,
            rating=self.classed.rating,
            organisation=self.entrant.organisation,
            cluster=self.entrant.cluster,
            level=self.entrant.level,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Something tried and not written: another percentage, or another total of some rows."""

    percent: Decimal | None = None
    totals: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A whole cycle in order.

    Attributes:
        rows: the highest first, equals by the council's ruling, rows without a total last.
        places: entrant -> rank in the whole cycle and in each of its groups.
        ratings: entrant -> class after the quotas.
        lines: where the quotas are drawn.
        tied: sets of equals that no ruling parts, each within a group in which the quota is taken.
    """

    rows: tuple[Row, ...]
    places: Mapping[Scope, Mapping[str, Place]]
    ratings: Mapping[str, Rating]
    lines: tuple[Line, ...]
    tied: tuple[tuple[str, ...], ...]


class Scorer:
    """Adds up and classes rows of one cycle; reads a person's records only where a condition asks for them."""

    def __init__(self, office: Office, cycle: Cycle, stage: Stage) -> None:
        self.office, self.cycle, self.stage = office, cycle, stage
        self.table: ScoreTable = table_of(office, cycle)
        self._names = subject_names(office, cycle)
        self._units = office.unit_names(cycle.last_day)

    def row(self, entrant: Entrant, *, instead: Decimal | None = None) -> Row:
        """The row of an entrant; `instead` stands in for its total, to try another. Raises ConfigError."""
        points = entrant.marks(self.stage).points
        totals = total(self.table, points, self.cycle.last_day)
        if instead is not None:
            totals = Totals(base=instead, bonus=Decimal(0), penalty=Decimal(0), total=instead, missing=())
        return Row(
            entrant=entrant,
            name=self._names.get(entrant.subject, entrant.subject),
            unit_name=self._units.get(entrant.organisation, ""),
            totals=totals,
            classed=self._classed(totals, entrant),
        )

    def rows(self, what_if: WhatIf | None = None) -> list[Row]:
        """Every row, in Vietnamese order of names."""
        tried = what_if.totals if what_if else {}
        return [self.row(each, instead=tried.get(each.id)) for each in entrants_of(self.office, self.cycle)]

    def _classed(self, totals: Totals, entrant: Entrant) -> Classed:
        """The class, with findings as whoever is signed in may know them."""
        whole = classify(self.table, totals, self.cycle.last_day, lambda each: self._judge(each, entrant))
        return replace(whole, findings=told_findings(self.office, whole.findings))

    def _judge(self, condition: AnyCondition, entrant: Entrant) -> Finding:
        day = self.cycle.last_day
        of_sheet = isinstance(condition, ByHand | PointsAtLeast) or self.cycle.subject == "unit"
        person = None if of_sheet else self.office.dossier(entrant.subject, day)
        points = entrant.marks(self.stage).points
        return condition_finding(condition, self.table, points, entrant.answers, person, role=self.cycle.role, day=day)


def ranking(office: Office, cycle: Cycle, stage: Stage = "final", what_if: WhatIf | None = None) -> Ranking:
    """Rank a cycle by the points of one hand.

    Raises:
        InputError: when the table is gone.
        ConfigError: when a rule of the table holds only from a later day.
    """
    scorer = Scorer(office, cycle, stage)
    rows = scorer.rows(what_if)
    standings = with_rulings([row.standing() for row in rows], [each.order for each in rulings(office, cycle)])
    percent = what_if.percent if what_if else None
    ratings, lines = final_ratings(scorer.table, standings, cycle.last_day, percent=percent)
    places = {scope: ranks(standings, scope) for scope in SCOPES}
    ruled = {each.entrant: each.ruling for each in standings}

    def place(row: Row) -> tuple[bool, Decimal, int]:
        return bool(row.totals.missing), -row.totals.total, ruled[row.entrant.id]

    return Ranking(
        rows=tuple(sorted(rows, key=place)),
        places=places,
        ratings=ratings,
        lines=tuple(lines),
        tied=tuple(tuple(each.entrant for each in equals) for equals in ties(standings, quota_scope(scorer.table))),
    )


def quota_scope(table: ScoreTable) -> Scope:
    """The groups in which the table's quota is taken; the whole cycle without one."""
    return table.quotas[0].per if table.quotas else "cycle"


def rulings(office: Office, cycle: Cycle) -> list[TieRuling]:
    """The council's rulings of a cycle, oldest first."""
    return sorted(office.book.table(TieRuling).where(cycle=cycle.id), key=lambda each: each.id)


def resolve_tie(
    office: Office, cycle: Cycle, order: Sequence[str], *, reason: str, day: date, stage: Stage = "final"
) -> TieRuling:
    """Record the council's order among equals, as one change.

    `order` holds the ids of all equals by the points of `stage`, in the whole cycle or in one group, the first ranks
    first; `day` is that of the council's meeting, and `reason` as in its minutes.

    Raises:
        RefusedError: when the cycle is signed.
        InputError: without a reason, or when these are not exactly the equals.
    """
    judge_open(office.book.table(Cycle)[cycle.id])
    judge_reason(reason)
    standings = [row.standing() for row in Scorer(office, cycle, stage).rows()]
    if not order_holds(standings, order):
        raise InputError(
            t("These are not all those with the same total"),
            do=t("name every one of the equals once, in the council's order"),
        )
    with office.book.change("emulation.tie", about=cycle.key) as change:
        return change.put(
            TieRuling(
                id=change.new_id(TieRuling),
                cycle=cycle.id,
                order=tuple(order),
                reason=clean(reason),
                day=day,
                by=office.book.actor,
            )
        )
