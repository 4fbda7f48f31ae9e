"""Options and answers that the verbs of `emulation` share."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from config.errors import InputError
from config.i18n import language, tr, tr_, tr_number
from config.text import t
from records.domain.emulation import STAGES, Cycle, Entrant
from records.domain.findings import Verdict
from records.rules.emulation.words import RATING_WORDS, STAGE_WORDS, key_words
from records.rules.words import VERDICT_WORDS
from records.services.emulation.cycles import cycle_named
from records.services.emulation.standings import Row, Scorer
from records.services.office import Office


def add_cycle(parser: argparse.ArgumentParser) -> None:
    """Add the cycle meant, and for whom where a key alone does not say it."""
    parser.add_argument("cycle", metavar="CYCLE", help=tr_("key or code of the cycle"))
    parser.add_argument("--role", default=None, help=tr_("whose cycle: a role, or “unit”"))


def add_stage(parser: argparse.ArgumentParser, usual: str) -> None:
    """Add the hand meant."""
    words = ", ".join(f"{each}: {tr(STAGE_WORDS[each])}" for each in STAGES)
    parser.add_argument("--stage", choices=STAGES, default=usual, help=words)


def chosen_cycle(office: Office, args: argparse.Namespace) -> Cycle:
    """The cycle that the options of `add_cycle` name. Raises InputError."""
    return cycle_named(office, args.cycle, "" if args.role == "unit" else args.role)


def entrant_named(office: Office, cycle: Cycle, code: str) -> Entrant:
    """The row of a person or unit, by its own code or the row's. Raises InputError."""
    for each in office.book.table(Entrant).where(cycle=cycle.id):
        if code in (each.id, each.subject):
            return each
    raise InputError(t("{id} is not in cycle {key}", id=code, key=key_words(cycle.key)), do=t("check the code"))


def plain(value: Decimal) -> str:
    """A number as JSON and columns have it."""
    return format(value.normalize(), "f")


def total_line(told: Mapping[str, Any]) -> str:
    """The total and the class of a row, from what `row_told` gives."""
    rating = RATING_WORDS[told["rating"]]
    return tr_("{name}: total {total}, {rating}", name=told["name"], total=Decimal(told["total"]), rating=rating)


def row_lines(told: Mapping[str, Any]) -> list[str]:
    """What `row_told` gives, to read."""
    lines = [f"{told['subject']}  {told['name']} · {told['unit']}", total_line(told)]
    if told["missing"]:
        lines.append(tr_("not scored: {ids}", ids=", ".join(told["missing"])))
    for stage, hand in told["hands"].items():
        points = ", ".join(f"{name} = {tr_number(Decimal(each))}" for name, each in hand["points"].items())
        reason = f" · {hand['reason']}" if hand["reason"] else ""
        lines.append(f"  {tr(STAGE_WORDS[stage])}: {points or '—'}{reason}")
    found = [(tr(VERDICT_WORDS[Verdict(each["verdict"])]), each) for each in told["findings"]]
    return [*lines, *(f"  {verdict}: {each['title']} · {each['reason']}" for verdict, each in found)]


def row_told(scorer: Scorer, row: Row) -> dict[str, Any]:
    """Everything of a row: the three hands, totals, class, and why."""
    entrant = row.entrant
    return {
        "id": entrant.id,
        "subject": entrant.subject,
        "name": row.name,
        "unit": row.unit_name,
        "cluster": entrant.cluster,
        "registered": entrant.registered.isoformat() if entrant.registered else "",
        "pledge": entrant.pledge,
        "base": plain(row.totals.base),
        "bonus": plain(row.totals.bonus),
        "penalty": plain(row.totals.penalty),
        "total": plain(row.totals.total),
        "missing": list(row.totals.missing),
        "band": row.classed.band,
        "rating": row.classed.rating,
        "held": row.classed.held,
        "confidence": row.classed.confidence,
        "findings": [
            {
                "condition": each.criterion,
                "title": each.title.in_language(language()),
                "verdict": each.verdict.value,
                "reason": tr(each.reason),
                "source": scorer.office.settings.source(each.source).title,
                "confidence": each.confidence,
            }
            for each in row.classed.findings
        ],
        "hands": {stage: _hand(entrant, stage) for stage in STAGES},
        "evidence": entrant.evidence,
    }


def _hand(entrant: Entrant, stage: Any) -> dict[str, Any]:
    marks = entrant.marks(stage)
    return {
        "points": {name: plain(each) for name, each in marks.points.items()},
        "reason": marks.reason,
        "by": marks.by,
        "day": marks.day.isoformat() if marks.day else "",
    }
