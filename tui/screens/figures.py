"""Figures of attendance as bars of text, the highest share first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from config.speech import say_
from records.desks import training
from records.desks.office import Office
from records.domain.names import sort_key
from records.domain.training import Event
from records.rules.rates import Rate
from tui.screens.words import level_title, role_title

_BAR = 30


def figure_lines(office: Office, wanted: Sequence[Event], *, by: str, on: date) -> list[str]:
    """Group, bar, share, and how many of how many, one line each."""
    found = training.rates_by(office, wanted, by=by, on=on)
    titles = {each.id: f"{each.day:%d/%m/%Y} {each.title}" for each in wanted}
    named = [(_name(office, group, by, titles), rate) for group, rate in found.items()]
    named.sort(key=lambda pair: (-(pair[1].percent or 0), sort_key(pair[0])))
    width = min(max((len(name) for name, _ in named), default=0), 40)
    return [_line(name, rate, width) for name, rate in named] or [say_("Nothing is recorded yet")]


def _name(office: Office, group: str, by: str, titles: dict[str, str]) -> str:
    if not group:
        return say_("not known")
    if by == "role":
        return role_title(office, group)
    if by == "level":
        return level_title(office, group)
    return titles.get(group, group)


def _line(name: str, rate: Rate, width: int) -> str:
    percent = rate.percent
    filled = 0 if percent is None else int(percent * _BAR / 100)
    share = "  –  " if percent is None else f"{percent:>5}"
    told = say_("{came} of {asked}", came=rate.came, asked=rate.recorded - rate.excused)
    return f"{name[:width]:<{width}} {'█' * filled}{'░' * (_BAR - filled)} {share} %  {told}"
