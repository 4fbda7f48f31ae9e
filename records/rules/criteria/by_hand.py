"""A question that only people can answer."""

from __future__ import annotations

from datetime import date

from config.settings.criteria import ByHand
from config.text import Text, t
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.rules.criteria.kind import PAGE, Kind
from records.rules.standards.answers import Answer


def _judge(criterion: ByHand, dossier: Dossier, role: str) -> Answer:
    given = [each for each in dossier.answers if each.criterion == criterion.id and each.role == role]
    if not given:
        missing = (t("the office's answer: {question}", question=criterion.question),)
        return Answer(Verdict.UNKNOWN, t("To be answered by the office: no answer is recorded"), missing=missing)
    last = given[-1]
    reason = t("Answered by {who} on {day}: {note}", who=last.by, day=last.day, note=last.note or "…")
    return Answer(Verdict.MET if last.yes else Verdict.NOT_MET, reason, records=(last.id,))


def _asks(criterion: ByHand, on: date) -> Text:  # noqa: ARG001  # one signature
    return t("answered by the office: {question}", question=criterion.question)


KIND = Kind(_judge, _asks, PAGE, private=False)
