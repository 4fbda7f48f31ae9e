"""A choice among conditions: how sure it is."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from config.settings.dated import Confidence, Words
from config.settings.loading import load_settings
from config.settings.titles import AnyCondition, NotRewarded
from records.domain.awards.merits import Merits
from records.domain.findings import Verdict
from records.rules.awards.asked import asked
from records.rules.awards.eligibility import eligible

SETTINGS = load_settings()


@pytest.mark.parametrize(
    ("whole", "part", "told"),
    [
        ("confirmed", "confirmed", "confirmed"),
        ("confirmed", "to_confirm", "to_confirm"),
        ("to_confirm", "confirmed", "to_confirm"),
        ("to_confirm", "to_confirm", "to_confirm"),
    ],
)
def test_a_choice_is_no_surer_than_itself_and_what_decided_it(whole: Confidence, part: Confidence, told: str) -> None:
    title = next(each for each in SETTINGS.titles if each.id == "party-merit-year")
    words, source = Words(vi="Một trong", en="One of"), "hd-06-2025"
    ways = tuple(NotRewarded(id=f"way-{number}", title=words, source=source, confidence=part) for number in (1, 2))
    rule = AnyCondition(id="choice", title=words, source=source, confidence=whole, conditions=ways)
    made = msgspec.structs.replace(title, conditions=(rule,))
    (found,) = eligible(made, Merits(subject="TN-P-00001"), asked(SETTINGS, 2025, date(2026, 1, 15))).findings
    assert (found.verdict, found.confidence) == (Verdict.MET, told)
