from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from config.errors import InputError, RefusedError
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate
from records.domain.layouts import SheetLayout
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.book import history
from records.services.imports import entering, intake
from records.services.imports.entering import NEW, SKIP, accept, plan
from records.services.imports.intake import How, Preview, preview
from records.services.imports.updates import plan_update
from records.services.office import Office
from records.services.units.named_units import new_units
from tests.records.intake.building import save
from tests.records.services.conftest import ON, staff

_HEAD = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Điện thoại", "Trình độ LLCT", "Vai trò"]
_WARD = "Phường Túc Duyên"


def _seen(office: Office, tmp_path: Path, *rows: Sequence[Any], **how: Any) -> Preview:
    path = save(tmp_path / "list.xlsx", [_HEAD, *rows])
    return preview(office, path, today=ON, how=How(**how))


def _people(office: Office) -> dict[str, Person]:
    return {each.name: each for each in office.book.table(Person)}


def test_known_people_are_left_out_unless_a_person_decides_otherwise(office: Office, tmp_path: Path) -> None:
    an, duc, _ = staff(office)
    seen = _seen(
        office,
        tmp_path,
        [1, "Lê Thị An", "1982", _WARD, "0900000001"],
        [2, "Nguyễn Văn Đức", "03/1970", "Chi bộ mới"],
        [3, "Ma Bến Trà", "1968", _WARD],
    )
    assert [(each.row, each.of, each.confidence) for each in seen.duplicates] == [(2, an.id, "likely")]
    assert [(each.row, each.of, each.confidence) for each in seen.similar] == [(3, duc.id, "possible")]
    assert "another unit" in str(seen.similar[0].why)
    assert [each.name for each in plan(office, seen).new] == ["Nguyễn Văn Đức", "Ma Bến Trà"]
    chosen = plan(office, seen, {2: an.id, 3: SKIP, 4: SKIP})
    assert not chosen.new
    assert [each.before.id for each in chosen.updates] == [an.id]
    assert not chosen.units, "a unit that only a skipped row names is not added"
    assert next(each.name for each in plan(office, seen, {2: NEW}).new) == "Lê Thị An"


def test_an_update_shows_each_field_and_an_empty_cell_never_erases(office: Office, tmp_path: Path) -> None:
    an, _, _ = staff(office)
    with office.book.change("test.phone") as change:
        an = change.put(msgspec.structs.replace(an, phone="0911111111", email="an@example.org", note="cũ"), was=an)
    row = [1, "LÊ THỊ AN", "1982", _WARD, "0900000001", "Cao cấp", "CTV"]
    seen = _seen(office, tmp_path, row)
    update = plan_update(office, seen, 2, an.id)
    assert [(each.field, each.before, each.after) for each in update.changes] == [
        ("phone", "0911111111", "0900000001"),
        ("political_theory", "", "advanced"),
    ]
    assert [key for key, _ in update.kept] == ["name", "born"]
    assert update.roles == ("collaborator",)
    assert accept(office, seen, {2: an.id}) == entering.Entered(0, 1)
    after = office.person(an.id)
    assert (after.name, after.phone, after.email, after.note) == ("Lê Thị An", "0900000001", "an@example.org", "cũ")
    assert after.born == PartialDate(1982, 3, 1), "the more precise day stays"
    roles = {each.role for each in office.book.table(Appointment).where(person=an.id)}
    assert roles == {"reporter", "collaborator"}


def test_another_unit_in_a_list_is_a_move_from_its_day_on_and_no_rewriting_of_the_past(
    office: Office, tmp_path: Path
) -> None:
    an, _, _ = staff(office)
    seen = _seen(office, tmp_path, [1, "Lê Thị An", "01/3/1982", "Phường Đồng Quang"])
    accept(office, seen, {2: an.id})
    after, names = office.person(an.id), office.unit_names(seen.on)
    assert names[after.unit] == "Phường Đồng Quang"
    assert after.unit_on(seen.on - timedelta(days=1)) == an.unit
    (post,) = office.book.table(Appointment).where(person=an.id)
    assert (post.unit_on(date(2021, 1, 1)), post.unit) == (an.unit, after.unit)


def test_the_whole_import_is_one_change_that_one_undo_takes_back(office: Office, tmp_path: Path) -> None:
    an, _, _ = staff(office)
    people, held = _people(office), len(office.book.table(Appointment))
    seen = _seen(
        office,
        tmp_path,
        [1, "Lê Thị An", "1982", _WARD, "0900000001"],
        [2, "Ma Bến Trà", 1968, "Chi bộ 9", "", "", "BCV"],
    )
    accept(office, seen, {2: an.id})
    assert set(_people(office)) == {*people, "Ma Bến Trà"}
    history.undo(office)
    assert _people(office) == people
    assert len(office.book.table(Appointment)) == held


def test_two_rows_never_update_one_person(office: Office, tmp_path: Path) -> None:
    an, _, _ = staff(office)
    seen = _seen(office, tmp_path, [1, "Lê Thị An", "1982", _WARD], [2, "Lê Thị An", "3/1982", _WARD])
    with pytest.raises(InputError, match="both update"):
        plan(office, seen, {2: an.id, 3: an.id})


def test_a_choice_for_a_refused_row_is_refused(office: Office, tmp_path: Path) -> None:
    seen = _seen(office, tmp_path, [1, "Ma Bến Trà", "31/02/1970"])
    with pytest.raises(InputError, match="neither new nor known"):
        plan(office, seen, {2: NEW})


def test_two_people_who_fit_are_both_named(office: Office, tmp_path: Path) -> None:
    staff(office)
    with office.book.change("test.twins") as change:
        twins = [
            change.put(Person(id=change.new_id(Person), name="Ma Sao Hôm", born=PartialDate(1970))).id for _ in range(2)
        ]
    (found,) = _seen(office, tmp_path, [1, "Ma Sao Hôm", "1970"]).duplicates
    assert (found.of, *found.others) == tuple(twins)
    assert "say which" in str(found.why)


def test_columns_that_a_person_said_are_remembered_for_the_same_layout(office: Office, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["STT", "Họ và tên", "Mã", "Ra đời"], [1, "Ma Bến Trà", "0900000001", "1968"]]
    path = save(tmp_path / "first.xlsx", rows)
    assert preview(office, path, today=ON).layout.unread == ("Mã (C)", "Ra đời (D)")
    columns = {"name": "B", "phone": "C", "born": "D"}
    accept(office, preview(office, path, today=ON, how=How(columns=columns, whole=True)))
    rows[1] = [1, "Ma Hoa Sim", "0900000002", "1970"]
    again = preview(office, save(tmp_path / "second.xlsx", rows), today=ON)
    assert again.remembered
    assert [(each.phone, str(each.born)) for each in again.accepted] == [("0900000002", "1970")]
    rows[0] = ["STT", "Họ và tên", "Mã số", "Ra đời"]
    assert not preview(office, save(tmp_path / "third.xlsx", rows), today=ON).remembered
    (kept,) = office.book.table(SheetLayout)
    assert kept.columns == columns


def test_a_column_can_be_left_out(office: Office, tmp_path: Path) -> None:
    seen = _seen(office, tmp_path, [1, "Ma Bến Trà", "hồi đó"], columns={"born": "-"})
    assert [each.born for each in seen.accepted] == [None]
    assert "Ngày sinh (C)" in seen.layout.unread


def test_a_stopped_preview_cannot_be_accepted_and_a_stopped_import_writes_nothing(
    office: Office, tmp_path: Path
) -> None:
    rows = [[n, f"Ma Bến {chr(65 + n % 26)}", 1900 + n % 100, f"Chi bộ {n}"] for n in range(400)]
    path = save(tmp_path / "long.xlsx", [_HEAD, *rows])
    stopped = preview(office, path, today=ON, stop=lambda: True)
    assert stopped.stopped
    head = office.book.head()
    with pytest.raises(RefusedError, match="stopped"):
        accept(office, stopped)
    told: list[int] = []
    whole = preview(office, path, today=ON)
    with pytest.raises(RefusedError, match="nothing was entered"):
        accept(office, whole, progress=lambda done, _: told.append(done), stop=lambda: len(told) > 2)
    assert told == [0, 100, 200]
    assert office.book.head() == head
    assert not _people(office)


def test_a_list_in_an_old_font_says_so_in_the_preview(office: Office) -> None:
    path = Path(__file__).parents[2] / "intake" / "files" / "tcvn3.xls"
    seen = preview(office, path, today=ON)
    assert seen.sheets == ("Bìa", "DS")
    assert seen.sheet == "DS"
    assert "Nguyễn Văn Ánh" in {each.name for each in seen.accepted}
    assert any("TCVN3" in str(each) for each in seen.notices)
    with pytest.raises(InputError, match="no sheet"):
        preview(office, path, today=ON, how=How(sheet="Khác"))
    with pytest.raises(intake.HeadingsError):
        preview(office, path, today=ON, how=How(sheet="Bìa"))


@pytest.mark.parametrize(("day", "seed"), [("2025-06-15", "phuong-gia-sang"), ("2025-07-15", "phuong-gia-sang-2025")])
def test_a_name_that_two_wards_bore_means_the_one_of_the_day_and_is_said(
    office: Office, tmp_path: Path, day: str, seed: str
) -> None:
    path = save(tmp_path / "list.xlsx", [_HEAD, [1, "Ma Thị Ví Dụ", "1982", "Phường Gia Sàng"]])
    seen = preview(office, path, today=date.fromisoformat(day))
    assert any("several units at different times" in str(each) for each in seen.notices)
    accept(office, seen)
    unit = office.book.table(Unit)[_people(office)["Ma Thị Ví Dụ"].unit]
    assert unit.seed == seed


def test_the_first_sheet_with_people_is_read_and_other_lists_are_named(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Bìa"
    for row in (["STT", "Tên", "Ghi chú"], [1, "Danh sách báo cáo viên", "12 trang"]):
        cover.append(row)
    for title, name in (("Mẫu", ""), ("BCV", "Nguyễn Văn An"), ("CTV", "Trần Thị Bình")):
        sheet = book.create_sheet(title)
        sheet.append(["STT", "Họ và tên", "Năm sinh", "Đơn vị"])
        if name:
            sheet.append([1, name, 1970, "Phường A"])
    book.save(tmp_path / "many.xlsx")
    seen = preview(office, tmp_path / "many.xlsx", today=ON)
    assert (seen.sheet, [each.name for each in seen.accepted]) == ("BCV", ["Nguyễn Văn An"])
    assert [str(each) for each in seen.notices if "CTV" in str(each)] != []
    assert not any("Mẫu" in str(each) or "Bìa" in str(each) for each in seen.notices)


def test_a_point_or_a_short_kind_makes_no_unit_of_its_own(office: Office, tmp_path: Path) -> None:
    units = ["P. Thử", "Phường Thử.", "Phường Thử,", "phường Thử (cũ)", "P Thử", "Phường Thử"]
    rows = [[number, name, unit] for number, (name, unit) in enumerate(zip(_SIX, units, strict=True), 1)]
    path = save(tmp_path / "units.xlsx", [["STT", "Họ và tên", "Đơn vị"], *rows])
    shown = preview(office, path, today=ON)
    assert new_units(office, shown.accepted, ON) == ("Phường Thử",)
    accept(office, shown)
    assert [each.name for each in office.book.table(Unit)].count("Phường Thử") == 1
    assert len({each.unit for each in office.book.table(Person) if each.name in _SIX}) == 1


_SIX = ("Ma Bến Trà", "Ma Hoa Sim", "Lường Cỏ May", "Âu Trầm Hương", "Hồ Nắng Hạ", "Trần Thị Sương Mai")
