"""What a paper of a review counts: every line that says something, and none that does not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from config import i18n
from exports.papers.reviews import review_papers, structure_rows
from records.domain.reviews import Review
from records.rules.reviews import Structure
from tests.tui.offices import small_office

SHORT = {("TN-U-00001", "reporter"): (1, 2)}
TOO_FEW = "Units with fewer people than set"


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (SHORT, {}, [(TOO_FEW, 1, 0)]),
        ({}, SHORT, [(TOO_FEW, 0, 1)]),
        (SHORT, SHORT, [(TOO_FEW, 1, 1)]),
        ({}, {}, []),
    ],
)
def test_units_with_too_few_people_are_told_where_there_are_any_before_or_after(
    before: dict[tuple[str, str], tuple[int, int]],
    after: dict[tuple[str, str], tuple[int, int]],
    told: list[tuple[str, int, int]],
) -> None:
    rows = structure_rows(Structure(people=3, short=before), Structure(people=4, short=after))
    assert rows == [("People", 3, 4), ("Units without anyone", 0, 0), *told]


def test_what_one_side_alone_has_is_told_with_nought_on_the_other_and_the_unrecorded_last() -> None:
    old = Structure(people=3, sex=Counter(female=2, male=1), education=Counter({"": 3}), empty=("TN-U-00007",))
    new = Structure(people=2, sex=Counter(female=2), education=Counter(bachelor=2))
    rows = structure_rows(old, new)
    assert [row[1:] for row in rows if row[0].startswith("Sex: ")] == [(1, 0), (2, 2)]
    assert [(row[0], *row[1:]) for row in rows if row[0].startswith("Education: ")][-1] == (
        "Education: not recorded", 3, 0,
    )  # fmt: skip
    assert ("Units without anyone", 1, 0) in rows


def test_only_the_table_of_particulars_is_a_paper_with_sensitive_data(tmp_path: Path) -> None:
    with small_office(tmp_path) as office:
        papers = review_papers(office, Review(id="TN-R-00001", title="Rà soát", on=date(2025, 6, 15)))
    assert {kind: bool(each.sensitive) for kind, each in papers.items()} == {
        "list": False, "summary": False, "annex": False, "decision": False, "profiles": True,
    }  # fmt: skip
    assert [kind for kind, each in papers.items() if each.asks] == ["decision", "profiles"]
