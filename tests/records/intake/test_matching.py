from __future__ import annotations

import pytest

from records.domain.dates import PartialDate
from records.intake.drafts import DraftPerson
from records.intake.matching import Duplicate, KnownPerson, find_duplicates, match_people


def _draft(row: int, name: str = "Nguyễn Văn Hùng", born: str = "", unit: str = "", number: str = "") -> DraftPerson:
    day = PartialDate.stored(born) if born else None
    return DraftPerson(row=row, name=name, born=day, unit=unit, national_id=number)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"born": "1968"}, {"born": "1968"}, True),
        ({"born": "1968"}, {"born": "1968-05-03"}, True),
        ({"born": "1968-06"}, {"born": "1968-05-03"}, False),
        ({"born": "1968"}, {"born": "1969"}, False),
        ({"born": "1968", "unit": "Chi bộ 1"}, {"born": "1968", "unit": "Chi bộ 2"}, False),
        ({"born": "1968", "unit": "Chi bộ 1"}, {"born": "1968", "unit": "CHI BỘ 1"}, True),
        ({"born": "1968", "unit": "Xã Văn Lang"}, {"born": "1968", "unit": "Xã Văn Lăng"}, False),
        ({"born": "1968", "unit": "Chi bộ 1"}, {"born": "1968"}, True),
        ({"name": "Lê Hòa", "born": "1968"}, {"name": "LÊ HOÀ", "born": "1968"}, True),
        ({"name": "Lê Hòa", "born": "1968"}, {"name": "Lê Hoa", "born": "1968"}, False),
        ({"number": "019068000001"}, {"name": "Trần Khác", "number": "019068000001"}, True),
        ({"born": "1968", "number": "019068000001"}, {"born": "1968", "number": "019068000002"}, False),
        ({"born": "1968"}, {}, False),
        ({"born": "1968", "unit": "Chi bộ 1"}, {"unit": "Chi bộ 1"}, True),
    ],
)
def test_trap_9_and_11_two_rows_are_one_person_only_where_what_is_known_agrees(
    one: dict[str, str], other: dict[str, str], same: bool
) -> None:
    found = find_duplicates([_draft(7, **one), _draft(9, **other)], [])
    assert found == ((Duplicate(9, "row 7"),) if same else ())


def test_a_person_of_the_book_is_named_by_id() -> None:
    known = KnownPerson("TN-P-00142", "Nguyễn Văn Hùng", PartialDate(1968, 5, 3), "", "Chi bộ 1")
    drafts = [_draft(7, born="1968", unit="Chi bộ 1"), _draft(8, born="1968", unit="Chi bộ 2")]
    assert find_duplicates(drafts, [known]) == (Duplicate(7, "TN-P-00142"),)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"name": "Lý Thị Mỹ", "born": "1970-03-05"}, {"name": "Lí Thị Mĩ", "born": "1970"}, True),
        ({"name": "Trần Quý", "unit": "Phường A"}, {"name": "Trần Quí", "unit": "P. A"}, True),
        ({"name": "Trần Quý", "born": "1970"}, {"name": "Trần Quí", "born": "1971"}, False),
        ({"name": "Trần Quý", "unit": "Phường A"}, {"name": "Trần Quí"}, False),
        ({"name": "Lê Thúy", "born": "1970-03-05"}, {"name": "Lê Thúi", "born": "1970-03-05"}, False),
        (
            {"name": "Trần Quý", "born": "1970", "number": "019068000001"},
            {"name": "Trần Quí", "born": "1970", "number": "019068000002"},
            False,
        ),
    ],
)
def test_names_that_differ_by_i_and_y_are_a_possible_match_and_never_more(
    one: dict[str, str], other: dict[str, str], alike: bool
) -> None:
    found = match_people([_draft(7, **one), _draft(9, **other)], [])
    assert [(each.row, each.of, each.confidence) for each in found] == ([(9, "row 7", "possible")] if alike else [])
