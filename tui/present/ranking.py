"""Cells of a ranking: where a row stands to the quota's line, and numbers tried."""

from __future__ import annotations

from decimal import Decimal

from config.i18n import tr_, tr_number
from config.text import Text, t
from records.rules.emulation.quotas import Line
from records.services.emulation.standings import Row as Ranked
from tui.present.rows import Column


def quota_cell(row: Ranked, line: Line | None) -> tuple[str, str]:
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
