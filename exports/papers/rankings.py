"""The ranking of a cycle as a paper of the office: the three hands' totals, ranks, classes, and the quota's line."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from config.i18n import language, tr, tr_
from config.settings.dated import Confidence
from config.settings.scoring import ScoreTable
from exports.logged import Log
from exports.papers.commendations import headed
from exports.papers.form.logged_paper import judge_paper_path, write_paper
from exports.papers.form.paper import Paper, Section, Signer
from exports.sheets import SheetColumn
from records.domain.emulation import STAGES, Cycle, Stage
from records.domain.lists import ListExport
from records.rules.emulation.scoring import total
from records.rules.emulation.words import RATING_WORDS, STAGE_WORDS, line_words
from records.services.emulation.cycles import table_of
from records.services.emulation.standings import Ranking, Row
from records.services.office import Office

_COLUMNS = ("no", "rank", "id", "name", "unit", *STAGES, "bonus", "penalty", "rating", "note")


def write_ranking(
    office: Office,
    cycle: Cycle,
    stage: Stage,
    ranked: Ranking,
    path: Path,
    *,
    day: date,
    log: Log,
    overwrite: bool,
) -> None:
    """Write a ranking to `path`; `day` is that of the paper, and `log` enters in the book that it left.

    Raises:
        InputError: for another ending than .pdf and .xlsx, a file already there, or a place that cannot be written.
    """
    judge_paper_path(path)
    paper = ranking_paper(office, cycle, stage, ranked, day)
    people = tuple(row.entrant.subject for row in ranked.rows) if cycle.subject == "person" else ()
    export = ListExport(id="", file=str(path), sha256="", people=people, columns=_COLUMNS, on=cycle.last_day)
    write_paper(paper, export, path, log=log, overwrite=overwrite)


def ranking_paper(office: Office, cycle: Cycle, stage: Stage, ranked: Ranking, day: date) -> Paper:
    """The ranking by the points of `stage` as a paper dated `day`; a cycle that is not signed is marked a draft."""
    table = table_of(office, cycle)
    state = tr_("signed on {day}", day=cycle.signed) if cycle.signed else tr_("DRAFT, NOT SIGNED")
    period = tr_("From {start} to {end}", start=cycle.first_day, end=cycle.last_day)
    rows = [_row(number, row, ranked, cycle, table) for number, row in enumerate(ranked.rows, 1)]
    return replace(
        headed(office, day, "party"),
        title=(tr_("RANKING OF EMULATION"), cycle.title, f"{period} · {tr(STAGE_WORDS[stage])} · {state}"),
        sections=(Section(_columns(cycle), rows, notes=_notes(office, ranked, table)),),
        signers=(
            Signer((tr_("PREPARED BY"),)),
            Signer((tr_("FOR THE COUNCIL"),), cycle.signed_by if cycle.signed else ""),
        ),
        landscape=True,
    )


def _columns(cycle: Cycle) -> tuple[SheetColumn, ...]:
    points = tr_("Total")
    return (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Rank"), 6, "number"),
        SheetColumn(tr_("Code"), 12),
        SheetColumn(tr_("Full name") if cycle.subject == "person" else tr_("Unit"), 24),
        SheetColumn(tr_("Organisation"), 24),
        *(SheetColumn(tr(STAGE_WORDS[stage]), 9, "number", points) for stage in STAGES),
        SheetColumn(tr_("Bonus"), 7, "number"),
        SheetColumn(tr_("Penalty"), 7, "number"),
        SheetColumn(tr_("Class"), 13),
        SheetColumn(tr_("Note"), 20),
    )


def _row(number: int, row: Row, ranked: Ranking, cycle: Cycle, table: ScoreTable) -> tuple[object, ...]:
    place = ranked.places["cycle"].get(row.entrant.id)
    return (
        number,
        place.rank if place else None,
        row.entrant.subject,
        row.name,
        row.unit_name,
        *(_sum(row, stage, cycle, table) for stage in STAGES),
        row.totals.bonus or None,
        row.totals.penalty or None,
        tr(RATING_WORDS[ranked.ratings[row.entrant.id]]),
        _note(row, ranked),
    )


def _sum(row: Row, stage: Stage, cycle: Cycle, table: ScoreTable) -> Decimal | None:
    points = row.entrant.marks(stage).points
    return total(table, points, cycle.last_day).total.normalize() if points else None


def _note(row: Row, ranked: Ranking) -> str:
    line = next((each for each in ranked.lines if row.entrant.id in each.beyond), None)
    if row.totals.missing:
        return tr_("not scored: {ids}", ids=", ".join(row.totals.missing))
    if row.classed.held:
        return tr_("a condition of the class is not answered")
    if line is not None:
        return tr_("beyond the quota")
    short = [each.title.in_language(language()) for each in row.classed.findings if each.verdict == "not_met"]
    return "; ".join(short)


def _notes(office: Office, ranked: Ranking, table: ScoreTable) -> tuple[str, ...]:
    counts: Counter[str] = Counter(ranked.ratings.values())
    words = " · ".join(f"{tr(each)}: {counts[rating]}" for rating, each in RATING_WORDS.items() if counts[rating])
    told = [
        tr_("{n} in all: {words}", n=len(ranked.rows), words=words),
        tr_("Score table: {title}", title=table.title.in_language(language()))
        + f"; {_cited(office, table.source, table.confidence)}",
    ]
    for source, confidence in dict.fromkeys((each.source, each.confidence) for each in ranked.lines):
        told.append(f"{tr_('Quota')}: {_cited(office, source, confidence)}")
    return (*told, *(tr(line_words(each)) for each in ranked.lines))


def _cited(office: Office, source: str, confidence: Confidence) -> str:
    title, doubt = office.settings.source(source).title, tr_("to confirm")
    return title if confidence == "confirmed" or doubt in title else f"{title} ({doubt})"
