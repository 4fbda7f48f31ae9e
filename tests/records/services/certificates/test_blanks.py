"""Profiles of blanks: kept in the book, one to a name, and only moves that can be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from config.errors import InputError
from records.services.certificates.blanks import keep_profile, profile_named, profiles
from records.services.office import Office


def test_a_profile_is_kept_and_replaced_under_its_name_and_can_be_undone(office: Office) -> None:
    first = keep_profile(office, " HP  tầng 2 ", "party-merit", (Decimal("1.5"), Decimal(-2)), {})
    assert first.name == "HP tầng 2"
    second = keep_profile(
        office, "HP tầng 2", "party-merit", (Decimal(3), Decimal(0)), {"name": (Decimal(0), Decimal(1))}
    )
    assert second.id == first.id
    assert profiles(office) == [second]
    assert profile_named(office, "HP tầng 2").shifts[0].element == "name"
    office.book.undo()
    assert profiles(office, "party-merit") == [first]
    assert profiles(office, "state-merit") == []


@pytest.mark.parametrize("number", ["51", "-50.1", "NaN", "Infinity"])
def test_a_move_that_cannot_be_is_a_sentence(office: Office, number: str) -> None:
    with pytest.raises(InputError, match="cannot be right"):
        keep_profile(office, "HP", "party-merit", (Decimal(number), Decimal(0)), {})
    with pytest.raises(InputError, match="no name"):
        keep_profile(office, "  ", "party-merit", (Decimal(0), Decimal(0)), {})
    with pytest.raises(InputError, match="no blank “HP”"):
        profile_named(office, "HP")
