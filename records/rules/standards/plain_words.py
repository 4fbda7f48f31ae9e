"""A standard in plain words: each criterion as a sentence, its values on a day, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.settings.criteria import AnyCriterion, Standard
from config.settings.dated import Dated, Source
from config.text import Text, t
from records.rules.criteria.register import asked
from records.rules.standards.supposing import values_of
from records.rules.words import CONFIDENCE_WORDS


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line: `depth` of indentation; `criterion` and `value` it is about, where it is."""

    text: Text
    depth: int = 0
    criterion: str = ""
    value: str = ""


def standard_lines(standard: Standard, sources: Mapping[str, Source], on: date) -> Iterator[PlainLine]:
    """The standard as it holds on a day; a value that holds only later says so."""
    yield PlainLine(t("In force since {day}", day=standard.since))
    for criterion in standard.criteria:
        yield from _criterion_lines(criterion, sources, on, 0)


def _criterion_lines(
    criterion: AnyCriterion, sources: Mapping[str, Source], on: date, depth: int
) -> Iterator[PlainLine]:
    sentence = t("{title}: {asks}", title=criterion.title, asks=asked(criterion).asks(on))
    yield PlainLine(sentence, depth, criterion.id)
    for name, value in values_of(criterion).items():
        yield from _value_lines(criterion.id, name, value, sources, depth + 1)
    source = sources[criterion.source].title
    confidence = CONFIDENCE_WORDS[criterion.confidence]
    yield PlainLine(t("Source: {source} ({confidence})", source=source, confidence=confidence), depth + 1, criterion.id)
    for part in asked(criterion).parts:
        yield from _criterion_lines(part, sources, on, depth + 1)


def _value_lines(
    criterion: str, name: str, value: Dated[Any], sources: Mapping[str, Source], depth: int
) -> Iterator[PlainLine]:
    for since, each in sorted(value.values.items()):
        text = t(
            "{name}: {value} since {day} [{source}; {confidence}]",
            name=value.description,
            value=t("no longer asked") if each.value is None else str(each.value),
            day=since,
            source=sources[each.source].title,
            confidence=CONFIDENCE_WORDS[each.confidence or value.confidence],
        )
        yield PlainLine(text, depth, criterion, name)
