"""What a kind of criterion is made of: judge, sentence, what can be done, whether it is private; none has a default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from config.settings.criteria import AnyCriterion
from config.settings.dated import Dated
from config.text import Text, t
from records.domain.findings import Finding
from records.domain.people.dossier import Dossier
from records.rules.standards.answers import Answer

C = TypeVar("C")

TRAINING_WORDS = {
    "conference": t("conferences"),
    "briefing": t("briefings"),
    "course": t("courses"),
    "contest": t("contests"),
    "visit": t("field visits"),
}

PAGE = t("look at the person's page")
"""What is to be done where nothing else than that is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion with what its kind knows to do with it.

    Attributes:
        parts: the criteria it is made of; none unless it is compound.
        judge: dossier, role and the findings on its parts → the answer.
        asks: what it asks for on a day, as the end of a sentence.
        act: what can be done before somebody loses it.
        private: it looks at sensitive data.
    """

    parts: tuple[AnyCriterion, ...]
    judge: Callable[[Dossier, str, tuple[Finding, ...]], Answer]
    asks: Callable[[date], Text]
    act: Text
    private: bool


@dataclass(frozen=True, slots=True)
class Kind(Generic[C]):
    """A kind of criterion that looks at a dossier: as `Asked`, of any criterion of this kind."""

    judge: Callable[[C, Dossier, str], Answer]
    asks: Callable[[C, date], Text]
    act: Text
    private: bool

    def of(self, criterion: C) -> Asked:
        """This kind, of one criterion."""
        return Asked(
            (),
            lambda dossier, role, _: self.judge(criterion, dossier, role),
            lambda on: self.asks(criterion, on),
            self.act,
            self.private,
        )


@dataclass(frozen=True, slots=True)
class Compound(Generic[C]):
    """A kind of criterion that looks only at the findings on its parts: what is private, its parts say."""

    parts: Callable[[C], tuple[AnyCriterion, ...]]
    judge: Callable[[tuple[Finding, ...]], Answer]
    sentence: Text

    def of(self, criterion: C) -> Asked:
        """This kind, of one criterion."""
        parts = self.parts(criterion)
        return Asked(parts, lambda _, __, findings: self.judge(findings), lambda _: self.sentence, PAGE, private=False)


def shown_on(value: Dated[Any], on: date) -> object:
    """The value on a day, in the words of someone who reads it."""
    if on < min(value.values):
        return t("(only from {day})", day=min(value.values))
    held = value.on(on).value
    return t("(no longer asked)") if held is None else held


def training_words(kinds: tuple[str, ...]) -> Text:
    """Kinds of training, one or another."""
    words = [TRAINING_WORDS[each] for each in kinds]
    joined = words[0]
    for each in words[1:]:
        joined = t("{one} or {other}", one=joined, other=each)
    return joined
