"""Values that law or the office changes: each holds from its date until the next, and cites its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Generic, Literal, TypeVar

import msgspec

from config.errors import ConfigError
from config.text import t

Confidence = Literal["confirmed", "to_confirm"]

T = TypeVar("T")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label of the configuration, in both languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en

    def in_language(self, language: str) -> str:
        """The label in `vi` or `en`."""
        return self.vi if language == "vi" else self.en


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A legal text or a decision of the office that values rest on.

    Attributes:
        title: number, date and issuer, as cited.
        published: the day it was issued, if known.
        note: what was seen of it, and what was not.
        replaced_on: first day on which another text (`replaced_by`) holds or changes it; what rests on it is to be
            confirmed from then on, until the new text was read.
        received_before: whether dossiers received before that day still go by it.
    """

    title: str
    published: date | None = None
    note: str = ""
    replaced_on: date | None = None
    replaced_by: str = ""
    received_before: bool = False

    def holds_on(self, day: date, received: date | None = None) -> bool:
        """Whether it holds unchanged on `day` for a dossier received on `received` (None: on that day)."""
        asked = min(day, received) if received is not None and self.received_before else day
        return self.replaced_on is None or asked < self.replaced_on


class Cite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a value without dates rests on: key of `sources.yaml`, and whether it was read there."""

    source: str
    confidence: Confidence
    note: str = ""


class DatedValue(msgspec.Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """One value of a parameter, from its date on.

    Attributes:
        value: the value; null when the parameter is no longer required.
        source: key of `sources.yaml`.
        confidence: overrides the parameter's own.
        note: anything a reader should know.
    """

    value: T | None
    source: str
    confidence: Confidence | None = None
    note: str = ""


class InForce(msgspec.Struct, Generic[T], frozen=True):
    """The value that holds on a day, with what it rests on."""

    value: T | None
    since: date
    source: str
    confidence: Confidence


class Dated(msgspec.Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """A parameter with its values by date.

    Attributes:
        description: what it is, for a reader who does not know the program.
        unit: of the value: `percent`, `month`, `year`, `dong`, `coefficient`, `time`, `level`, `name`,
            `hour`, `point`, `day`.
        confidence: of the values that say nothing else.
        values: first day of force -> value.
    """

    description: Words
    unit: Literal["percent", "month", "year", "dong", "coefficient", "time", "level", "name", "hour", "point", "day"]
    confidence: Confidence
    values: dict[date, DatedValue[T]]

    def on(self, day: date) -> InForce[T]:
        """The value in force on `day`.

        Raises:
            ConfigError: before the first date; a missing rule is never taken for no rule.
        """
        since = None
        for begins in self.values:  # asked millions of times
            if begins <= day and (since is None or begins > since):
                since = begins
        if since is None:
            raise ConfigError(
                t("No value of “{name}” holds on {day}", name=self.description, day=day),
                do=t("add a value with its source that begins on or before that day"),
            )
        found = self.values[since]
        return InForce(found.value, since, found.source, found.confidence or self.confidence)


def late_values(wholes: Iterable[tuple[str, date, Any]]) -> list[ConfigError]:
    """Values that begin after the whole they stand in (place, first day, its parts): before them nothing is asked."""
    found = []
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
