"""A title of commendation in plain words: its conditions, their values on a day, what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from config.settings.dated import Dated, Source
from config.settings.titles import AllConditions, AnyAwardCondition, AnyCondition, AskPeople, AwardTitle, Initiatives
from config.text import Text, t
from records.rules.words import CONFIDENCE_WORDS


def title_lines(title: AwardTitle, sources: Mapping[str, Source], on: date) -> Iterator[tuple[int, Text]]:
    """(indentation, line) of a title as it holds on a day."""
    yield 0, t("Decided by: {who}", who=title.decided_by)
    yield 0, t("In force since {day}", day=title.since)
    if title.note:
        yield 0, t("Note: {note}", note=title.note)
    for each in title.conditions:
        yield from _condition_lines(each, sources, on, 0)
    if title.registration is not None and min(title.registration.values) <= on:
        asks = title.registration.on(on)
        said = t("Asks for a registration of the year") if asks.value else t("Asks for no registration of the year")
        yield 0, t("{told} ({confidence})", told=said, confidence=CONFIDENCE_WORDS[asks.confidence])
    if title.quota:
        told = title.quota.percent.on(on)
        yield 0, t("Quota: at most {percent} % of those with “{prize}”", percent=told.value, prize=title.quota.of)


def _condition_lines(
    rule: AnyAwardCondition, sources: Mapping[str, Source], on: date, depth: int
) -> Iterator[tuple[int, Text]]:
    yield depth, t("• {title}", title=rule.title)
    source = sources[rule.source].title if rule.source in sources else rule.source
    yield depth + 1, t("{source} ({confidence})", source=source, confidence=CONFIDENCE_WORDS[rule.confidence])
    if isinstance(rule, AskPeople | Initiatives):
        yield depth + 1, t("Asked: {question}", question=rule.question)
    if isinstance(rule, AnyCondition | AllConditions):
        for part in rule.conditions:
            yield from _condition_lines(part, sources, on, depth + 1)
        return
    for name in rule.__struct_fields__:
        value = getattr(rule, name)
        if isinstance(value, Dated):
            yield depth + 1, _value(value, on)


def _value(value: Dated[object], on: date) -> Text:
    begun = [since for since in value.values if since <= on]
    if not begun:
        return t("{what}: holds only from {day}", what=value.description, day=min(value.values))
    now = value.on(on)
    return t(
        "{what}: {value} since {day} ({confidence})",
        what=value.description,
        value=now.value if now.value is not None else "—",
        day=now.since,
        confidence=CONFIDENCE_WORDS[now.confidence],
    )
