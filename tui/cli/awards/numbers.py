"""`award numbers`: the numbers of papers by kind and by year or term, the next of each, and those left out."""

from __future__ import annotations

import argparse
from itertools import pairwise
from typing import Any

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import shown
from records.services.paper_numbers import Series, all_series
from tui.cli import context

_MOST = 12


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb."""
    numbers = actions.add_parser("numbers", help=tr_("numbers of papers, and the next of each kind"), parents=[shared])
    numbers.add_argument("--day", default="", help=tr_("day; today when left out"))
    numbers.set_defaults(run=show_numbers)


def show_numbers(args: argparse.Namespace) -> int:
    """List the series that have a number in the year or term of the day."""
    day = context.day_given(args, "day", "--day")
    with context.office(args) as office:
        found = all_series(office, day)
        rows = [_row(each) for each in found]
        lines = [line for each in found for line in _lines(each)]
        context.answer(args, {"series": rows}, lines or [tr_("No paper of this year or term has a number in the book")])
    return context.DONE


def _row(series: Series) -> dict[str, Any]:
    return {
        "series": series.tail,
        "kind": series.sign,
        "term": series.term,
        "first": series.first.isoformat(),
        "last": None if series.last is None else series.last.isoformat(),
        "given": len(series.given),
        "highest": series.given[-1].number,
        "next": series.next(),
        "free": series.free(),
    }


def _lines(series: Series) -> list[str]:
    within = tr(t("term {term}", term=series.term)) if series.term else str(series.first.year)
    since = tr_("{within}, since {day}", within=within, day=shown(series.first))
    told = tr_("last {last}, next {next}", last=series.given[-1].number, next=series.next())
    lines = [f"{series.tail:<14} {since} · {told}"]
    if series.free():
        lines.append(f"{'':<14} {tr(_free(series.free()))}")
    return lines


def _free(numbers: list[int]) -> Text:
    """The numbers that are not in the book, neighbours as a range."""
    runs = [[numbers[0]]]
    for before, each in pairwise(numbers):
        if each == before + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    listed = ", ".join(words[:_MOST])
    if len(words) > _MOST:
        return t("not in the book: {list} and more", list=listed)
    return t("not in the book: {list}", list=listed)
