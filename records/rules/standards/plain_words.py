"""A standard in plain words: each criterion as a sentence, its values on a day, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.settings.criteria import (
    AgeBetween,
    AllOf,
    AnyCriterion,
    AnyOf,
    AppointmentInForce,
    AttendanceAtLeast,
    ByHand,
    CredentialAtLeast,
    DocumentPresent,
    NoDiscipline,
    Not,
    PartyMember,
    ServiceAtLeast,
    Standard,
    TrainingWithin,
)
from config.settings.dated import Dated, Source
from config.text import Text, t
from records.rules.standards.supposing import values_of
from records.rules.words import CONFIDENCE_WORDS, document_words, level_words

TRAINING_WORDS = {
    "conference": t("conferences"),
    "briefing": t("briefings"),
    "course": t("courses"),
    "contest": t("contests"),
    "visit": t("field visits"),
}


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
    sentence = t("{title}: {asks}", title=criterion.title, asks=asks(criterion, on))
    yield PlainLine(sentence, depth, criterion.id)
    for name, value in values_of(criterion).items():
        yield from _value_lines(criterion.id, name, value, sources, depth + 1)
    source = sources[criterion.source].title
    confidence = CONFIDENCE_WORDS[criterion.confidence]
    yield PlainLine(t("Source: {source} ({confidence})", source=source, confidence=confidence), depth + 1, criterion.id)
    parts = criterion.criteria if isinstance(criterion, AllOf | AnyOf) else ()
    if isinstance(criterion, Not):
        parts = (criterion.criterion,)
    for part in parts:
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


def asks(criterion: AnyCriterion, on: date) -> Text:  # noqa: PLR0911  # one for each kind
    """What a criterion asks for on a day, as the end of a sentence."""
    match criterion:
        case CredentialAtLeast():
            level = _on(criterion.at_least, on)
            words = level_words(criterion.credential, level) if isinstance(level, str) else level
            with_paper = t("at least {level}, proved by a diploma or confirmation", level=words)
            return with_paper if criterion.evidence else t("at least {level}", level=words)
        case PartyMember():
            return t("full member for at least {months} months", months=_on(criterion.months, on))
        case AgeBetween():
            low, high = (_on(each, on) if each else "…" for each in (criterion.at_least, criterion.at_most))
            return t("{low} to {high} years old", low=low, high=high)
        case ServiceAtLeast():
            return t("at least {months} months in the role", months=_on(criterion.months, on))
        case TrainingWithin():
            times, months = _on(criterion.times, on), _on(criterion.months, on)
            kinds = _kinds(criterion.kinds)
            return t(
                "at least {times} completed within {months} months: {kinds}", times=times, months=months, kinds=kinds
            )
        case AttendanceAtLeast():
            percent, months = _on(criterion.percent, on), _on(criterion.months, on)
            kinds = _kinds(criterion.kinds)
            return t(
                "at least {percent} % within {months} months: {kinds}", percent=percent, months=months, kinds=kinds
            )
        case _:
            return _asks_plainly(criterion)


def _asks_plainly(criterion: AnyCriterion) -> Text:  # noqa: PLR0911  # one for each kind
    match criterion:
        case AppointmentInForce():
            return t("an appointment within its term")
        case NoDiscipline():
            return t("no measure in force and no verification pending")
        case DocumentPresent():
            return t("in the dossier: {document}", document=document_words(criterion.document))
        case ByHand():
            return t("answered by the office: {question}", question=criterion.question)
        case AllOf():
            return t("all of the following")
        case AnyOf():
            return t("one of the following")
        case _:
            return t("the opposite of the following")


def _on(value: Dated[Any], on: date) -> object:
    """The value on a day, in the words of someone who reads it."""
    if on < min(value.values):
        return t("(only from {day})", day=min(value.values))
    held = value.on(on).value
    return t("(no longer asked)") if held is None else held


def _kinds(kinds: tuple[str, ...]) -> Text:
    words = [TRAINING_WORDS[each] for each in kinds]
    joined = words[0]
    for each in words[1:]:
        joined = t("{one} or {other}", one=joined, other=each)
    return joined
