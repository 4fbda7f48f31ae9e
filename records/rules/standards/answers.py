"""What the judge of one criterion answers, before it becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from config.errors import ConfigError
from config.settings.dated import Confidence, InForce
from config.text import Text, t
from records.domain.findings import Finding, Verdict

T = TypeVar("T")


class Answer(msgspec.Struct, frozen=True, gc=False):
    """Verdict and reason of one criterion; `source` and `confidence` come from the value that decided, if any."""

    verdict: Verdict
    reason: Text
    source: str = ""
    confidence: Confidence = "confirmed"
    until: date | None = None
    records: tuple[str, ...] = ()
    missing: tuple[Text, ...] = ()


def by(
    rule: InForce[Any],
    verdict: Verdict,
    reason: Text,
    *,
    until: date | None = None,
    records: tuple[str, ...] = (),
    missing: tuple[Text, ...] = (),
) -> Answer:
    """An answer that rests on the dated value `rule`."""
    return Answer(verdict, reason, rule.source, rule.confidence, until, records, missing)


def answered(judge: Callable[[], Answer]) -> Answer:
    """What a judge answers; *not enough data* in one sentence where a value that it needs holds only later."""
    try:
        return judge()
    except ConfigError as error:
        return Answer(
            Verdict.UNKNOWN, error.what, confidence="to_confirm", missing=(Text("{do}", (("do", error.do),)),)
        )


def sure_as(first: InForce[T], *others: InForce[Any] | None) -> InForce[T]:
    """The first of several values that decide together, as sure as the least sure of them."""
    if all(each is None or each.confidence == "confirmed" for each in others):
        return first
    return replace(first, confidence="to_confirm")


def least_sure(findings: Iterable[Finding]) -> Confidence:
    """How sure a verdict is that rests on several findings."""
    return "to_confirm" if any(each.confidence == "to_confirm" for each in findings) else "confirmed"


def no_longer(rule: InForce[Any]) -> Answer:
    """The answer where a dated value is null: the rule asks for nothing any more."""
    return by(rule, Verdict.NOT_APPLICABLE, t("No longer asked since {day}", day=rule.since))


def met(yes: bool) -> Verdict:  # noqa: FBT001  # a verdict is exactly one yes or no
    """MET or NOT_MET."""
    return Verdict.MET if yes else Verdict.NOT_MET


def listed(parts: Iterable[Text]) -> Text:
    """Texts one after another, with commas."""
    found = list(parts)
    return reduce(lambda one, more: t("{one}, {more}", one=one, more=more), found) if found else t("none")
