"""What the screen of imports begins with and asks: known codes, hidden rows, units that ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import openpyxl
import pytest

from config import i18n
from records.domain.people.person import Person
from records.domain.units import Unit, UnitName
from tests.records.intake.building import save
from tests.tui.offices import choose, more, see, seen, small_app, until
from tests.tui.screens.test_import_preview import _open
from tui.app.app import SoVangApp
from tui.widgets.inputs import VnInput


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def _named(app: SoVangApp, name: str) -> Person:
    return next(each for each in app.office.book.table(Person) if each.name == name)


async def test_rows_with_our_code_begin_as_updates_and_are_not_counted_as_decided(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: app.is_open, "the book opens")
        one, other = _named(app, "Nguyễn Thị Ánh"), _named(app, "Trần Văn Bình")
        rows = [("Mã số", "Họ và tên", "Điện thoại"), (one.id, one.name, "0912345678"), (other.id, other.name, "")]
        await _open(pilot, save(tmp_path / "codes.xlsx", rows), "known 2")
        await see(pilot, f"updates {one.id} Nguyễn Thị Ánh, known by our code", f"known: {other.id}")
        await pilot.press("escape")
        await see(pilot, "Closed; nothing was entered")
        await _open(pilot, tmp_path / "codes.xlsx", "known 2")
        await pilot.press("ctrl+s")
        await see(pilot, "update 1")
        await pilot.press("enter")
        await until(pilot, lambda: _named(app, one.name).phone == "0912345678", "it is updated")


async def test_a_row_of_our_code_can_be_left_out_by_hand(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: app.is_open, "the book opens")
        one = _named(app, "Nguyễn Thị Ánh")
        rows = [("Mã số", "Họ và tên", "Điện thoại"), (one.id, one.name, "0912345678")]
        await _open(pilot, save(tmp_path / "codes.xlsx", rows), "known by our code")
        await pilot.press("f2")
        await see(pilot, "who are they?")
        await pilot.press(*"leave", "enter")
        await choose(pilot, "who are they?") if len(app.screen_stack) > 1 else None
        await see(pilot, "left out")
        await pilot.press("ctrl+s")
        await see(pilot, "There is nothing to enter")


async def test_hidden_rows_are_told_by_number_and_taken_on_request(tmp_path: Path) -> None:
    rows = [("Họ và tên", "Ngày sinh"), ("Sùng A Páo", "1980"), ("Giàng Thị Mỷ", "1981"), ("Vàng A Sử", "1982")]
    path = save(tmp_path / "hidden.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book["Danh sách"].row_dimensions[3].hidden = True
    book.save(path)
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await _open(pilot, path, "to enter 2", "left out: rows 3", "Ctrl+T")
        await pilot.press("ctrl+s")
        await see(pilot, "1 rows hidden or struck out are left out: 3; Ctrl+T takes")
        await pilot.press("escape", "ctrl+t")
        await see(pilot, "Rows hidden or struck out: 3", "take them like the others")
        await choose(pilot, "hidden rows")
        await see(pilot, "to enter 3", "read all the same: rows 3")
        await pilot.press("ctrl+s")
        await see(pilot, "1 rows hidden or struck out are entered too: 3")
        await pilot.press("enter")
        await until(pilot, lambda: any(each.name == "Giàng Thị Mỷ" for each in app.office.book.table(Person)), "in")


def _merge(app: SoVangApp, name: str) -> tuple[Unit, Unit]:
    """Two new units of the book: one that ended into the other."""
    with app.office.book.change("unit.merge", about=name) as change:
        heir = Unit(id=change.new_id(Unit), names=(UnitName(name=f"{name} mới"),), kind="commune")
        old = Unit(id="", names=(UnitName(name=name),), kind="commune", until=date(2025, 5, 31), into=(heir.id,))
        change.put(heir)
        return change.put(msgspec.structs.replace(old, id=change.new_id(Unit))), heir


async def test_people_of_an_ended_unit_go_where_the_officer_says(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: app.is_open, "the book opens")
        old, heir = _merge(app, "Xã Bản Mẫu")
        rows = [("Họ và tên", "Ngày sinh", "Đơn vị"), ("Ksor H'Lan", "1980", old.name)]
        await _open(pilot, save(tmp_path / "old.xlsx", rows), "to enter 1", "no longer exists")
        await pilot.press("ctrl+s")
        await see(pilot, f"{old.name} ended on 31/05/2025: where do the people of 1", f"into {heir.name}")
        await pilot.press("escape")
        await see(pilot, "Nothing was entered; the preview is still open")
        await pilot.press("ctrl+s")
        await see(pilot, f"into {heir.name}")
        await choose(pilot, "units")
        await see(pilot, f"People of {old.name} are entered in {heir.name}")
        await pilot.press("enter")
        await until(pilot, lambda: any(each.name == "Ksor H'Lan" for each in app.office.book.table(Person)), "in")
        assert _named(app, "Ksor H'Lan").unit == heir.id


async def test_several_ended_units_are_asked_in_one_question(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.is_open, "the book opens")
        ended = [_merge(app, "Xã Bản Mẫu"), _merge(app, "Xã Buôn Mẫu")]
        rows = [("Họ và tên", "Ngày sinh", "Đơn vị")]
        rows += [(f"Rmah {name}", "1980", old.name) for name, (old, _) in zip(("Blao", "Thoan"), ended, strict=True)]
        await _open(pilot, save(tmp_path / "old.xlsx", rows), "to enter 2")
        await pilot.press("ctrl+s")
        await see(pilot, "2 units of the list no longer exist")
        await choose(pilot, "units")
        await see(pilot, "Enter 2 people")
        await pilot.press("enter")
        await until(pilot, lambda: any(each.name == "Rmah Thoan" for each in app.office.book.table(Person)), "in")
        assert [_named(app, f"Rmah {name}").unit for name in ("Blao", "Thoan")] == [heir.id for _, heir in ended]


async def test_a_role_chosen_for_one_file_is_not_that_of_the_next(tmp_path: Path) -> None:
    first = save(tmp_path / "one.xlsx", [("Họ và tên", "Ngày sinh"), ("Sùng A Páo", "1980")])
    then = save(tmp_path / "two.xlsx", [("Họ và tên", "Ngày sinh"), ("Vàng A Sử", "1982")])
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: app.is_open, "the book opens")
        await app.action_section("import")
        await more(pilot, "Role and level")
        await see(pilot, "Choose a file first")
        await _open(pilot, first, "Sùng A Páo", "no role")
        await more(pilot, "Role and level")
        await see(pilot, "Role of rows that name none")
        await pilot.press(*"communicator", "enter")
        await choose(pilot, "role") if "Role of rows" in seen(app) else None
        await see(pilot, "Level of rows that name none")
        await pilot.press("escape")
        await see(pilot, "Rows that name none get")
        await pilot.press("insert")
        await until(pilot, lambda: app.screen.query(VnInput) and len(app.screen_stack) > 1, "the chooser opens")
        app.screen.query_one(VnInput).value = str(then)
        await pilot.press("enter")
        await see(pilot, "Vàng A Sử", "no role")
        assert "Rows that name none get" not in seen(app)
