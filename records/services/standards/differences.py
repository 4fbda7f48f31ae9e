"""What differs between settings as they are and as a file would have them: each value, where, and by what source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import msgspec

from config.settings.dated import Dated, Words
from config.settings.loading import Settings
from config.text import Text, t
from records.rules.emulation.words import RATING_WORDS
from records.rules.training.words import EVENT_WORDS
from records.rules.words import CONFIDENCE_WORDS

FIELDS: dict[str, Text] = {
    "source": t("source"),
    "confidence": t("confirmed or not"),
    "note": t("note"),
    "title": t("title"),
    "name": t("title"),
    "vi": t("in Vietnamese"),
    "en": t("in English"),
    "since": t("in force since"),
    "until": t("in force until"),
    "reviewed_on": t("the text was looked at on"),
    "decided_by": t("decided by"),
    "years": t("years rewarded"),
    "prize": t("prize"),
    "form": t("form"),
    "subject": t("subject"),
    "type": t("title or form"),
    "ceiling": t("the coefficient is a ceiling"),
    "levels": t("levels"),
    "role": t("role"),
    "roles": t("roles"),
    "at_least": t("at least"),
    "rated": t("kinds of rating that count"),
    "cites": t("sources"),
    "maximum": t("points at most"),
    "weight": t("weight"),
    "step": t("step"),
    "question": t("question"),
    "description": t("description"),
    "quota": t("quota"),
    "id": t("name of the file or part"),
    "credential": t("what is asked to be proved"),
    "evidence": t("a proof is asked"),
    "probation": t("probationary members count"),
    "kinds": t("kinds of events"),
    "document": t("document"),
    "criterion": t("criterion"),
    "more_than": t("more than, not just as many"),
    "of": t("of whom or what"),
    "scale": t("points in all"),
    "computed": t("computed from the records"),
    "kind": t("from what it is computed"),
    "bands": t("bands of points"),
    "points": t("points"),
    "linear_from": t("no points up to (%)"),
    "linear_to": t("all points from (%)"),
    "rating": t("class"),
    "rounding": t("rounding"),
    "mode": t("way"),
    "bonus": t("bonus points"),
    "penalty": t("penalty points"),
    "classes_count": t("what the class counts"),
    "quotas": t("quotas"),
    "per": t("counted within"),
    "old_words": t("words no longer used"),
    "words": t("words"),
    "instead": t("said instead"),
}
SILENT = frozenset({"value", "values", "conditions", "criteria", "prizes", "groups", "classes"})
"""Parts of a place that say nothing more where something follows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A value that differs.

    Attributes:
        place: keys of the file, joined by dots.
        label: the place in words, from the outside in.
        before, after: the values as the file has them; None: not there.
        source: what the new value rests on; of the old one where it goes.
    """

    place: str
    before: Any
    after: Any
    source: str
    label: Text


@dataclass(frozen=True, slots=True)
class _Leaf:
    value: Any
    source: str
    label: tuple[Text, ...]


def differences(old: Any, new: Any, settings: Settings) -> Iterator[Changed]:
    """Every value in which two settings of one shape differ; `old` may be None, where there was nothing."""
    before, after = dict(_leaves(old, "", _Leaf(None, "", ()))), dict(_leaves(new, "", _Leaf(None, "", ())))
    for place in dict.fromkeys((*before, *after)):
        was, now = before.get(place), after.get(place)
        if (was.value if was else None) != (now.value if now else None):
            told = now or was
            text = settings.sources.sources.get(told.source) if told else None
            yield Changed(
                place=place,
                before=was.value if was else None,
                after=now.value if now else None,
                source=text.title if text else (told.source if told else ""),
                label=_joined(told.label if told else ()),
            )


def _leaves(value: Any, place: str, known: _Leaf) -> Iterator[tuple[str, _Leaf]]:
    """Place -> what stands there, with the key of the source nearest to it and its place in words."""
    if isinstance(value, msgspec.Struct):
        source = str(getattr(value, "source", "") or known.source)
        own = value.description if isinstance(value, Dated) else getattr(value, "title", None)
        label = (*known.label[:-1], plain(own)) if isinstance(own, Words) and known.label else known.label
        parts = _parts_of(value)
    elif isinstance(value, dict):
        source, label, parts = known.source, known.label, {str(key): each for key, each in value.items()}
    elif isinstance(value, tuple):
        source, label = known.source, known.label
        parts = {str(_id(each, number)): each for number, each in enumerate(value)}
    else:
        if value is not None:
            kept = value if isinstance(value, str | int | bool) else str(value)
            yield place, _Leaf(kept, known.source, known.label)
        return
    for key, each in parts.items():
        inner = label if key in SILENT else (*label, _said(key))
        yield from _leaves(each, f"{place}.{key}" if place else key, _Leaf(None, source, inner))


def _parts_of(value: msgspec.Struct) -> dict[str, Any]:
    kind = value.__struct_config__.tag
    return {**({"kind": kind} if kind else {}), **{each: getattr(value, each) for each in value.__struct_fields__}}


def _said(key: str) -> Text:
    if key.isdecimal():
        return t("no. {n}", n=int(key) + 1)
    try:
        return t("from {day}", day=date.fromisoformat(key))
    except ValueError:
        return FIELDS.get(key, plain(key))


def plain(words: Words | str) -> Text:
    """Words of the settings, or data, as a sentence that says just that."""
    return Text("{words}", (("words", words),))


def _joined(parts: tuple[Text, ...]) -> Text:
    if not parts:
        return plain("")
    return reduce(lambda one, more: Text("{one} · {more}", (("one", one), ("more", more))), parts)


def _id(value: Any, number: int) -> Any:
    return getattr(value, "id", None) or getattr(value, "rating", None) or number


def value_words(value: Any, settings: Settings) -> Text:
    """A value of a file as people read it; — where there is none."""
    if value is None or isinstance(value, bool):
        return plain("—") if value is None else t("yes") if value else t("no")
    text = str(value)
    known: dict[str, Text] = {
        **{key: plain(each.title) for key, each in settings.sources.sources.items()},
        **{key: plain(each.title) for key, each in settings.prizes.prizes.items()},
        **CONFIDENCE_WORDS,
        **RATING_WORDS,
        **EVENT_WORDS,
    }
    try:
        return known[text] if text in known else Text("{day}", (("day", date.fromisoformat(text)),))
    except ValueError:
        return plain(text)
