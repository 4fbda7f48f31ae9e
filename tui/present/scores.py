"""A row of a score sheet in words (three hands, what records say, the class and why), and its cells in a ranking."""

from __future__ import annotations

from decimal import Decimal

from config.i18n import language, tr, tr_, tr_number
from config.text import Text, t
from records.domain.emulation import STAGES, Entrant
from records.rules.emulation.quotas import Line
from records.rules.emulation.words import RATING_WORDS, SCOPE_WORDS, STAGE_WORDS
from records.services.emulation.score_sheets import measured
from records.services.emulation.standings import Row, Scorer
from tui.present.rows import Column
from tui.present.words import finding_lines, finding_title

RATING_LOOKS = {"excellent": "good", "good": "", "completed": "warn", "not_completed": "bad", "": "dim"}
"""How a class looks wherever it stands."""
_CELL = 6
_INDENT = " " * (3 * _CELL + 8)


def row_lines(scorer: Scorer, row: Row) -> list[str]:
    """The lines of a row, for reading."""
    entrant, totals = row.entrant, row.totals
    place = " · ".join(part for part in (entrant.subject, row.unit_name, entrant.cluster) if part)
    lines = [place]
    if entrant.registered:
        pledge = f": {entrant.pledge}" if entrant.pledge else ""
        lines.append(tr_("Registered on {day}", day=entrant.registered) + pledge)
    missing = ["  " + tr_("not scored: {ids}", ids=", ".join(totals.missing))] if totals.missing else []
    lines += [sum_shown(row), *missing, _class_line(row)]
    heads = (tr_("Own"), tr_("Appr."), tr_("Fin."))
    lines += ["", " ".join(head.rjust(_CELL) for head in heads)]
    records = measured(scorer.office, scorer.cycle, entrant)
    asked = {each.id for group in scorer.table.groups for each in group.criteria}
    for each in scorer.table.criteria():
        if each.id not in asked and not any(each.id in entrant.marks(stage).points for stage in STAGES):
            continue  # bonus and penalty that nobody gave
        cells = " ".join(_cell(entrant, stage, each.id).rjust(_CELL) for stage in STAGES)
        lines.append(f"{cells}  {each.id} {each.title.in_language(language())} ({tr_number(each.maximum)})")
        if each.id in records:
            found = records[each.id]
            given = "–" if found.points is None else tr_number(found.points)
            lines.append(_INDENT + tr_("Records: {reason} → {points}", reason=found.reason, points=given))
        if each.id in entrant.evidence:
            lines.append(_INDENT + tr_("Evidence: {reference}", reference=entrant.evidence[each.id]))
    lines += ["", *_hands(entrant), ""]
    return [*lines, *_class_lines(scorer, row)]


def _cell(entrant: Entrant, stage: str, criterion: str) -> str:
    points = getattr(entrant, stage).points.get(criterion)
    return "" if points is None else tr_number(points)


def _hands(entrant: Entrant) -> list[str]:
    lines = []
    for stage in STAGES:
        marks = entrant.marks(stage)
        who = " · ".join(part for part in (marks.by, f"{marks.day:%d/%m/%Y}" if marks.day else "") if part)
        if who or marks.reason:
            why = f" · {tr_('Reason')}: {marks.reason}" if marks.reason else ""
            lines.append(f"{tr(STAGE_WORDS[stage])}: {who}{why}")
    return lines


def sum_shown(row: Row) -> str:
    """The sum of a row, part by part."""
    return tr_(
        "Base {base} + bonus {bonus} − penalty {penalty} = {total}",
        base=row.totals.base,
        bonus=row.totals.bonus,
        penalty=row.totals.penalty,
        total=row.totals.total,
    )


def _class_line(row: Row) -> str:
    classed = row.classed
    told = tr_("By points: {rating}", rating=RATING_WORDS[classed.band])
    if classed.rating:
        told += " · " + tr_("Class: {rating}", rating=RATING_WORDS[classed.rating])
    elif classed.held:
        told += " · " + tr_("The class stays open until the conditions are answered")
    return told + (f" ({tr_('to confirm')})" if classed.confidence == "to_confirm" else "")


def _class_lines(scorer: Scorer, row: Row) -> list[str]:
    lines = []
    for finding in row.classed.findings:
        lines += [finding_title(finding).text, *(line.text for line in finding_lines(scorer.office, finding))]
    source = scorer.office.settings.source(scorer.table.source).title
    title = scorer.table.title.in_language(language())
    confidence = tr_("confirmed") if scorer.table.confidence == "confirmed" else tr_("to confirm")
    return [*lines, "", tr_("Score table: {title}", title=title), f"  {tr_('Source')}: {source} ({confidence})"]


def line_shown(line: Line, per: str) -> str:
    """The quota of a group in a sentence, with whether the office confirmed it."""
    group = line.group or tr_("no group") if per == "cluster" else line.group
    percent = "–" if line.percent is None else tr_number(line.percent)
    words = tr_(
        "{group}: {allowed} of {candidates} may keep it ({percent} % of {counted})",
        group=group or tr(SCOPE_WORDS["cycle"]),
        allowed=line.allowed,
        candidates=line.candidates,
        percent=percent,
        counted=line.counted,
    )
    return words + (f" · {tr_('to confirm')}" if line.confidence == "to_confirm" else "")


def quota_cell(row: Row, line: Line | None) -> tuple[str, str]:
    """Where a row stands to the line and by how much, and how that looks."""
    if line is None:
        short = bool(row.classed.rating) and row.classed.rating != row.classed.band
        return (f"! {tr_('conditions')}", "warn") if short else ("", "")
    gap = line.gap(row.totals.total)
    far = "" if gap is None else f" {'+' if gap > 0 else ''}{tr_number(gap)}".replace("-", "−")
    if row.entrant.id in line.within:
        return f"✓ {tr_('above')}{far}", "good"
    if row.entrant.id in line.cut:
        return f"= {tr_('at the line')}", "warn"
    return f"✗ {tr_('below')}{far}", "bad"


def drawn_line(line: Line) -> str:
    """What stands on the line drawn in the list."""
    return tr_("line {allowed}/{candidates}", allowed=line.allowed, candidates=line.candidates)


def typed_number(typed: str) -> Decimal | None:
    """A number typed with either decimal sign, or None."""
    text = typed.strip().replace(",", ".")
    plain = text.replace(".", "", 1)
    return Decimal(text) if plain.isdecimal() and plain.isascii() and len(plain) < 8 else None


def judge_number(typed: str) -> Text | None:
    """Why what was typed is no number, or None."""
    return None if typed_number(typed) is not None else t("write a number such as 92,5")


def ranking_columns() -> list[Column]:
    """The columns of a ranking."""
    return [
        Column("rank", tr_("Rank"), 5, align="right"),
        Column("name", tr_("Full name"), 20, grow=True),
        Column("total", tr_("Total"), 6, align="right"),
        Column("class", tr_("Class"), 11),
        Column("quota", tr_("Quota"), 14),
        Column("cluster", tr_("Cluster"), 8),
        Column("in_cluster", tr_("In it"), 6, align="right"),
        Column("unit", tr_("Organisation"), 20, grow=True),
    ]
