"""Looking over settings that can be used: values that begin late, texts nobody looked at, values without a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from config.errors import ConfigError
from config.settings.dated import Dated
from config.settings.shapes import Cited
from config.text import Text, t

if TYPE_CHECKING:
    from config.settings.loading import Settings


def late_values(settings: Settings) -> list[ConfigError]:
    """Values of standards and titles that begin after the standard or title itself: before them nothing is asked."""
    found = []
    wholes: list[tuple[str, date, Any]] = [
        (f"standards/{each.id}", each.since, each.criteria) for each in settings.standards
    ]
    wholes += [(f"awards/titles/{each.id}", each.since, each.conditions) for each in settings.titles]
    for place, since, parts in wholes:
        for path, value in _dated(parts):
            first = min(value.values)
            if first > since and _needed(path):
                found.append(
                    ConfigError(
                        t("“{name}” has no value before {first}, but is asked since {since}",
                          name=value.description, first=first, since=since),
                        where=f"{place}: {'.'.join(path)}",
                        do=t("add a value with its source that begins on or before that day"),
                    )
                )  # fmt: skip
    return found


def _needed(path: tuple[str, ...]) -> bool:
    """Whether judging asks for it on every day: what is seen on the day of the decision may begin with the law."""
    return path[-1] not in ("from_end", "after_gap", "asked")


def _dated(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Dated[Any]]]:
    if isinstance(value, Dated):
        yield path, value
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _dated(each, (*path, str(getattr(each, "id", number))))
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from _dated(getattr(value, name), (*path, name))


def unreviewed(settings: Settings, today: date) -> list[tuple[str, int]]:
    """(file, whole months) of texts that nobody has looked at for longer than the settings allow."""
    most = settings.practice.review_months.on(today).value
    if most is None:
        return []
    files: list[tuple[str, date]] = [(f"standards/{each.id}", each.reviewed_on) for each in settings.standards]
    files += [(f"awards/titles/{each.id}", each.reviewed_on) for each in settings.titles]
    files += [(f"scoring/{each.id}", each.reviewed_on) for each in settings.tables]
    months = [(place, _months(day, today)) for place, day in files]
    return [(place, each) for place, each in months if each >= most]


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def uncited(settings: Settings) -> list[str]:
    """Values that decide something and name no source, as `file: field`."""
    named: list[tuple[str, Cited]] = [("review", settings.review)]
    named += [(f"roles/{key}", each) for key, each in settings.roles.roles.items()]
    named += [(f"awards/prizes/{key}", each) for key, each in settings.prizes.prizes.items()]
    named += [(f"awards/titles/{each.id}", each) for each in settings.titles]
    named += [(f"scoring/{each.id}", each) for each in settings.tables]
    return [f"{place}: {field}" for place, each in named for field in each.DECIDING if field not in each.cites]


def notices(settings: Settings, today: date) -> list[Text]:
    """What is right but should be looked at, in sentences."""
    told = [
        t("Nobody has checked this text for {n} months: {place}", n=months, place=place)
        for place, months in unreviewed(settings, today)
    ]
    return [*told, *(t("No source is named: {place}", place=each) for each in uncited(settings))]
