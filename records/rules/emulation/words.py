"""Words of emulation: hands, classes, kinds of cycles. Made of `Text`, spoken later."""

from __future__ import annotations

from config.text import Text, t
from records.domain.emulation import Cycle
from records.rules.emulation.quotas import Line

STAGE_WORDS = {"own": t("Own score"), "appraised": t("Appraised"), "final": t("Final")}
RATING_WORDS = {
    "": t("open"),
    "excellent": t("Excellent"),
    "good": t("Good"),
    "completed": t("Completed"),
    "not_completed": t("Not completed"),
}
KIND_WORDS = {
    "party": t("rating of a Party member or organisation"),
    "official": t("rating of an official"),
    "worker": t("rating of a worker"),
    "office": t("score of the office"),
}
"""Kinds of yearly ratings."""
CYCLE_WORDS = {
    "year": t("Year"),
    "half": t("Half year"),
    "quarter": t("Quarter"),
    "month": t("Month"),
    "theme": t("Theme"),
}
SCOPE_WORDS = {
    "cycle": t("whole cycle"),
    "cluster": t("cluster"),
    "level": t("level"),
    "organisation": t("organisation"),
}


def period_words(cycle: Cycle) -> Text:
    """The time a cycle scores, as people say it; a theme by the office's own name for it."""
    year, month = cycle.key[:4], cycle.key[5:]
    if cycle.kind == "half":
        return t("first half of {year}", year=year) if month == "H1" else t("second half of {year}", year=year)
    if cycle.kind == "quarter":
        return t("quarter {n} of {year}", n=("I", "II", "III", "IV")[int(month[1:]) - 1], year=year)
    if cycle.kind == "month":
        return t("month {month} of {year}", month=int(month), year=year)
    return t("year {year}", year=year) if cycle.kind == "year" else Text("{key}", (("key", cycle.key),))


def line_words(line: Line) -> Text:
    """The quota of a group in a sentence."""
    return t(
        "{group}: {allowed} of {candidates} may keep it ({percent} % of {counted})",
        group=line.group or t("no group"),
        allowed=line.allowed,
        candidates=line.candidates,
        percent="–" if line.percent is None else line.percent,
        counted=line.counted,
    )
