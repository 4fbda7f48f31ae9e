"""Membership of the Party, on the day of an expulsion itself."""

from __future__ import annotations

from datetime import date

import pytest

from config.settings.loading import load_settings
from records.domain.appointments import Discipline
from records.domain.awards.merits import Merits, PartyPapers
from records.domain.dates import PartialDate
from records.domain.findings import Verdict
from records.rules.awards.asked import asked
from records.rules.awards.eligibility import eligible

SETTINGS = load_settings()


@pytest.mark.parametrize(("day", "verdict"), [(14, Verdict.MET), (15, Verdict.NOT_MET), (16, Verdict.NOT_MET)])
def test_who_is_expelled_is_no_member_from_that_day_on(day: int, verdict: Verdict) -> None:
    decided = date(2026, 1, 15)
    expelled = Discipline(id="TN-K-1", person="TN-P-1", opened=decided, decided=decided, measure="expulsion")
    party = PartyPapers(official=PartialDate.stored("2010-01-01"))
    merits = Merits(subject="TN-P-1", discipline=(expelled,), party=party)
    title = next(each for each in SETTINGS.titles if each.id == "party-merit-year")
    findings = eligible(title, merits, asked(SETTINGS, 2025, date(2026, 1, day))).findings
    assert [each.verdict for each in findings if each.criterion == "party-member"] == [verdict]
