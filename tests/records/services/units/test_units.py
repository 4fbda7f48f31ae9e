"""Units by day: the tree, new names, and names that only accents tell apart."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from config.errors import InputError, RefusedError
from records.domain.units import Stay, Unit, UnitName, place_on
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.units.units import find_unit, rename, save_unit, tree
from tests.records.services.conftest import ON, staff

LATER = date(2026, 1, 1)


def commune(name: str, parent: str = "") -> Unit:
    return Unit(id="", names=(UnitName(name=name),), kind="commune", parent=parent)


def test_the_tree_shows_the_units_of_the_day_with_their_people(office: Office) -> None:
    staff(office)
    lines = {line.name: line for line in tree(office, ON)}
    assert len(lines) == 32
    assert len(lines["Phường Túc Duyên"].people) == 3
    later = tree(office, LATER)
    assert [(line.name, len(line.people)) for line in later if line.ended] == [("Phường Túc Duyên", 3)]
    assert len(later) == 9
    assert len(tree(office, LATER, ended=True)) == 40


def test_people_of_units_below_are_counted_once(office: Office) -> None:
    city = save_unit(office, Unit(id="", names=(UnitName(name="Thành phố Mẫu"),), kind="city"), on=ON)
    staff(office)
    ward = find_unit(office, "Phường Túc Duyên")
    save_unit(office, msgspec.structs.replace(ward, parent=city.id), on=ON, was=ward)
    lines = {line.name: line for line in tree(office, ON)}
    assert (lines["Thành phố Mẫu"].depth, lines["Phường Túc Duyên"].depth) == (0, 1)
    assert (len(lines["Thành phố Mẫu"].people), len(lines["Thành phố Mẫu"].below)) == (0, 3)


def test_a_new_name_holds_from_its_day(office: Office) -> None:
    staff(office)
    ward = find_unit(office, "Phường Túc Duyên")
    day = date(2025, 1, 1)
    rename(office, ward.id, " Phường  Túc Duyên Mới ", since=day)
    assert {line.unit_name for line in roster(office, date(2024, 12, 31))} == {"Phường Túc Duyên"}
    assert {line.unit_name for line in roster(office, day)} == {"Phường Túc Duyên Mới"}
    with pytest.raises(InputError, match="already"):
        rename(office, ward.id, "Phường Túc Duyên Mới", since=ON)
    with pytest.raises(InputError, match="only since"):
        rename(office, ward.id, "Phường Khác", since=day)
    with pytest.raises(RefusedError, match="does not exist"):
        rename(office, ward.id, "Phường Khác", since=LATER)
    with pytest.raises(RefusedError, match="already a unit"):
        rename(office, ward.id, "Phường Quang Vinh", since=ON)


def test_trap_30_names_told_apart_by_an_accent_stay_apart(office: Office) -> None:
    lang = save_unit(office, commune("Xã Văn Lang"), on=ON)
    lawng = save_unit(office, commune("Xã Văn Lăng"), on=ON)
    assert find_unit(office, "xã văn lang").id == lang.id
    assert find_unit(office, "Xã Văn Lăng").id == lawng.id
    with pytest.raises(InputError, match="may be any of"):
        find_unit(office, "xa van lang")
    with pytest.raises(InputError, match="may be any of"):
        roster(office, ON, Scope(unit="xa van lang"))


def test_the_unit_of_the_day_is_meant_where_two_bear_a_name(office: Office) -> None:
    old, new = (find_unit(office, "Phường Gia Sàng", day) for day in (ON, LATER))
    assert (old.code, new.code) == ("05461", "05467")
    with pytest.raises(InputError, match="may be any of"):
        find_unit(office, "Phường Gia Sàng")
    with pytest.raises(InputError, match="There is no unit"):
        find_unit(office, "Phường Không Có")


def test_a_unit_cannot_lie_below_itself(office: Office) -> None:
    upper = save_unit(office, commune("Xã Mẫu"), on=ON)
    lower = save_unit(office, commune("Xã Mẫu Hai", upper.id), on=ON)
    with pytest.raises(InputError, match="below itself"):
        save_unit(office, msgspec.structs.replace(upper, parent=lower.id), on=ON)


def test_a_place_of_a_day_is_the_first_that_had_not_ended() -> None:
    before = (Stay(unit="A", until=date(2020, 1, 1)), Stay(unit="B", until=date(2022, 1, 1)))
    days = (date(2019, 1, 1), date(2020, 1, 1), date(2020, 1, 2), date(2022, 1, 2))
    assert [place_on("C", before, day) for day in days] == ["A", "A", "B", "C"]
