"""No measure in force and none pending."""

from __future__ import annotations

from datetime import date, timedelta

from config.settings.criteria import NoDiscipline
from config.text import Text, t
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.rules.criteria.kind import Kind
from records.rules.standards.answers import Answer

_STANDING = ("in_force", "pending")


def _judge(criterion: NoDiscipline, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """A pending verification weighs like a measure in force; a lapsed one no longer counts."""
    standing = {
        state: [each for each in dossier.discipline if each.state_on(dossier.on) == state] for state in _STANDING
    }
    records = tuple(each.id for found in standing.values() for each in found)
    if found := standing["in_force"]:
        ends = [_eve(each.lapses) for each in found]
        until = None if None in ends or standing["pending"] else max(filter(None, ends))
        reason = t("Under discipline since {day}", day=found[0].decided)
        return Answer(Verdict.NOT_MET, reason, until=until, records=records)
    if found := standing["pending"]:
        reason = t("A verification is pending since {day}", day=found[0].opened)
        return Answer(Verdict.NOT_MET, reason, records=records)
    return Answer(Verdict.MET, t("No discipline in force and none pending"))


def _eve(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def _asks(criterion: NoDiscipline, on: date) -> Text:  # noqa: ARG001  # one signature
    return t("no measure in force and no verification pending")


KIND = Kind(_judge, _asks, t("look at the matter"), private=True)
