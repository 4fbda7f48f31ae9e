"""The previews of imports: the whole row, refused cells put right in place, refused rows written out, and the question.

Real keys on real files; nothing is in the book before the question is answered, and the file is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from textual.pilot import Pilot

from config import i18n
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS
from records.domain.training import Event
from records.services.imports import intake
from records.services.lists import exports_made
from records.services.training import events
from tests.records.intake.building import save
from tests.tui.offices import DAY, cells_of, see, seen, small_app, small_office, until
from tui.app.app import SoVangApp
from tui.present.imports import draft_fields
from tui.widgets.inputs import VnInput

_HEAD = ("STT", "Họ và tên", "Giới tính", "Ngày sinh", "Đơn vị", "Chức vụ", "Điện thoại", "Email", "LLCT", "Mã riêng")
_WHOLE = (1, "Ma Bến Trà", "Nữ", "05/02/1968", "Tổ Hoa", "Bí thư chi bộ", "0922222222", "tra@mau.vn", "Trung cấp", "M1")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


async def _open(pilot: Pilot[int], path: Path, *words: str) -> SoVangApp:
    """Open the roster's import with a file, typed as a person does."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await until(pilot, lambda: app.is_open, "the book opens")
    await app.action_section("import")
    await until(pilot, lambda: "Ins:" in seen(app), "the section is shown")
    await pilot.press("insert")
    await until(pilot, lambda: app.screen.query(VnInput) and len(app.screen_stack) > 1, "the chooser opens")
    app.screen.query_one(VnInput).value = str(path)
    await pilot.press("enter")
    await see(pilot, *words)
    return app


def _people(app: SoVangApp) -> list[str]:
    return sorted(each.name for each in app.office.book.table(Person))


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_enter_opens_every_field_that_will_be_written_and_what_will_not(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = save(tmp_path / "list.xlsx", [_HEAD, _WHOLE])
    app = small_app(tmp_path)
    async with app.run_test(size=size) as pilot:
        await _open(pilot, path, "Ma Bến Trà", "preview, not entered")
        assert "● saved" not in seen(app)
        await pilot.press("enter")
        await see(pilot, "Row 2: Ma Bến Trà", "Sex: female", "Born: 05/02/1968", "Unit: Tổ Hoa (a new unit)")
        await see(pilot, "Position: Bí thư chi bộ", "Phone: 0922222222", "Email: tra@mau.vn")
        await pilot.press("end")
        await see(pilot, "Political theory: intermediate", "Mã riêng (J): M1", "Esc: close")


def test_a_card_leaves_no_field_of_a_row_out(tmp_path: Path) -> None:
    path = save(tmp_path / "list.xlsx", [_HEAD, _WHOLE])
    with small_office(tmp_path) as office:
        shown = intake.preview(office, path, today=DAY)
        (draft,) = shown.accepted
        told = dict(draft_fields(office, shown, draft))
        filled = [each for each in FIELDS if each.of(draft) not in (None, "", ())]
        assert {str(each.title) for each in filled} <= told.keys()
        assert len(told) == len(filled) + bool(draft.posts) + bool(draft.code)


_REFUSED = {  # its place, the state, the counts before and after
    "en": ("Ngày sinh (column D, row 3): 31/02/1980 – ", "preview, not entered", "refused 1", "refused 0"),
    "vi": ("Ngày sinh (cột D, dòng 3): 31/02/1980 – ", "xem trước, chưa ghi", "từ chối 1", "từ chối 0"),
}


@pytest.mark.parametrize("language", ["en", "vi"])
async def test_a_refused_row_bears_its_name_and_place_and_is_put_right_in_memory(tmp_path: Path, language: str) -> None:
    i18n.use(language)
    place, state, before, after = _REFUSED[language]
    path = save(tmp_path / "list.xlsx", [_HEAD, _WHOLE, (2, "Ma Hoa Sim", "Nữ", "31/02/1980", "Tổ Hoa")])
    held = _bytes(path)
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await _open(pilot, path, before, state)
        await pilot.press("end")
        await see(pilot, f"3  Ma Hoa Sim  ✗ {place}")
        await pilot.press("f2")
        await until(pilot, lambda: len(app.screen_stack) == 2, "the cell is asked for")
        assert app.screen.query_one(VnInput).value == "31/02/1980"
        await pilot.press("end", "ctrl+u", *"30/02/1980", "enter")
        await see(pilot, place.replace("31/02", "30/02"), before)
        await pilot.press("f2")
        await until(pilot, lambda: len(app.screen_stack) == 2, "the cell is asked for again")
        await pilot.press("end", "ctrl+u", *"28/02/1980", "enter")
        await see(pilot, after, state)
        assert _people(app) == sorted(name for name, *_ in _four())
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(app.screen_stack) == 2, "it is asked")
        await pilot.press("enter")
        await until(pilot, lambda: "Ma Hoa Sim" in _people(app), "it is entered")
        (made,) = (each for each in app.office.book.table(Person) if each.name == "Ma Hoa Sim")
        assert (str(made.born), _bytes(path)) == ("1980-02-28", held)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: len(app.screen_stack) == 2, "undoing is asked")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: "Ma Hoa Sim" not in _people(app), "one undo takes all of it back")


def _four() -> Sequence[tuple[Any, ...]]:
    from tests.tui.offices import PEOPLE  # the made-up office of all these tests

    return PEOPLE


async def test_of_several_bad_cells_one_is_chosen_and_what_was_put_right_is_not_lost_unasked(tmp_path: Path) -> None:
    bad = (1, "Ma Hoa Sim", "Nu?", "31/02/1980", "", "", "12", "", "", "")
    path = save(tmp_path / "list.xlsx", [_HEAD, bad])
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await _open(pilot, path, "refused 1", "Giới tính (column C, row 2)", "Điện thoại (column G, row 2)")
        for fix, gone in (("Nữ", "Giới tính (column C, row 2)"), ("28/02/1980", "Ngày sinh (column D, row 2)")):
            await see(pilot, gone)
            await pilot.press("f2")
            await see(pilot, "Row 2: which cell is to be put right?")
            await pilot.press("enter")
            await see(pilot, "Row 2, Ma Hoa Sim: ")
            await pilot.press("end", "ctrl+u", *fix, "enter")
            await until(pilot, lambda: len(app.screen_stack) == 1 and gone not in seen(app), "judged again")  # noqa: B023
        await pilot.press("f2")
        await see(pilot, "Row 2, Ma Hoa Sim: Điện thoại (G)")
        await pilot.press("end", "ctrl+u", "enter")
        await see(pilot, "to enter 1", "Điện thoại (G): put right", "here, now “”")
        await pilot.press("escape")
        await see(pilot, "Close the preview?", "3 cells were put right; that would be lost")
        await pilot.press("tab", "enter")
        await see(pilot, "Closed; nothing was entered", "● saved")


async def test_refused_rows_are_written_out_with_reasons_and_come_back_when_mended(tmp_path: Path) -> None:
    rows = [
        ("TT", "Họ và tên", "Ngày sinh", None, "Đơn vị", "SĐT"),
        (None, None, "Nam", "Nữ", None, None),
        (1, "Ma Bến Trà", None, "1968", "Tổ Hoa", "0922222222"),
        (2, "Ma Hoa Sim", None, "31/02/1980", "Tổ Hoa", "0922222223"),
        (3, "Ma Văn Tre", "1971", None, "Tổ Hoa", "12"),
    ]
    path = save(tmp_path / "list.xlsx", rows, ("C1:D1", "A1:A2", "B1:B2", "E1:E2", "F1:F2"))
    out = tmp_path / "again.xlsx"
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await _open(pilot, path, "to enter 1", "refused 2")
        await pilot.press("ctrl+e")
        await see(pilot, "Write the list")
        app.screen.query_one(VnInput).value = str(out)
        await pilot.press("enter")
        await see(pilot, f"Written: {out}", "preview, not entered")
        (made,) = exports_made(app.office)
        assert made.export.people == ()
    told = cells_of(out)
    assert [each for each in told if each.startswith("Ma ")] == ["Ma Hoa Sim", "Ma Văn Tre"]
    assert "Ngày sinh / Nữ (column D, row 4): 31/02/1980" in " ".join(told)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    assert sheet.cell(1, 7).value == "Why it was refused"
    sheet.cell(2, 4, "28/02/1980")
    sheet.cell(3, 6, "0922222224")
    book.save(out)
    (tmp_path / "other").mkdir()
    with small_office(tmp_path / "other") as office:
        again = intake.preview(office, out, today=DAY)
        assert [(each.name, each.sex, str(each.born), each.phone) for each in again.accepted] == [
            ("Ma Hoa Sim", "female", "1980-02-28", "0922222223"),
            ("Ma Văn Tre", "male", "1971", "0922222224"),
        ]


async def test_closing_the_question_says_that_nothing_was_entered(tmp_path: Path) -> None:
    i18n.use("vi")
    path = save(tmp_path / "list.xlsx", [_HEAD, _WHOLE])
    app = small_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, path, "Ma Bến Trà", "xem trước, chưa ghi")
        head = app.office.book.head()
        await pilot.press("ctrl+s")
        await see(pilot, "Nhập 1 người vào sổ?", "Nhập 1 người", "1 đơn vị mới: Tổ Hoa", "Ctrl+Z hoàn tác")
        await pilot.press("escape")
        await see(pilot, "Chưa nhập gì", "xem trước, chưa ghi")
        assert app.office.book.head() == head
        await pilot.press("ctrl+s")
        await see(pilot, "Nhập 1 người vào sổ?")
        await pilot.press("enter")
        await see(pilot, "Đã nhập 1 người; 0 dòng chưa nhập. Ctrl+Z", "● đã lưu")
        assert "Ma Bến Trà" in _people(app)


# -- attendance lists -------------------------------------------------------------------------------------------------


async def _attend(pilot: Pilot[int], path: Path) -> tuple[SoVangApp, Event]:
    """Open an attendance list of a conference with a file, typed as a person does."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await until(pilot, lambda: app.is_open, "the book opens")
    event = events.save_event(app.office, Event(id="", kind="conference", title="Conference", day=DAY))
    await app.run_action("section('training')")
    await see(pilot, "TN-E-00001")
    await pilot.press("enter")
    await see(pilot, "Nobody is called yet")
    await pilot.press("ctrl+o")
    await see(pilot, "Import an attendance list")
    await pilot.press(*str(path), "enter")
    return app, event


def _came(app: SoVangApp, event: Event) -> dict[str, str]:
    return {person[-1]: each.presence for person, each in events.attendance_of(app.office, event.id).items()}


_LIST = (
    ("TT", "Họ và tên", "Ngày sinh", "Ghi chú", "Phiếu"),
    (1, "Nguyễn Thị Ánh", "05/02/1980", None, "Ánh"),
    (2, "Trần Văn Bình", 1975, "vắng", None),
    (3, "Đỗ Hồng Đào", "30/12/1990", None, None),
)


async def test_a_list_that_says_nothing_asks_and_no_leaves_everybody_unknown(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            _, event = await _attend(pilot, save(tmp_path / "list.xlsx", _LIST))
            await see(pilot, "2 people have no mark in the list: did all of them come?")
            await pilot.press("enter")
            await see(pilot, "Nobody is taken to have come. F7", "says nothing 2", "enter 1", "preview, not entered")
            await pilot.press("ctrl+s")
            await see(pilot, "Enter the attendance of 1 people?", "absent: 1 people", "says nothing: 2 rows")
            await pilot.press("escape")
            await see(pilot, "Nothing was entered")
            assert _came(app, event) == {}
            await pilot.press("escape")
            await see(pilot, "Closed; nothing was entered", "● saved")


async def test_all_are_entered_as_present_only_where_a_person_says_so(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            _, event = await _attend(pilot, save(tmp_path / "list.xlsx", _LIST))
            await see(pilot, "2 people have no mark in the list")
            await pilot.press("right", "enter")
            await see(pilot, "enter 3", "as was said")
            await pilot.press("ctrl+s")
            await see(pilot, "Enter the attendance of 3 people?", "present: 2 people", "all are taken to have come")
            await pilot.press("enter")
            await see(pilot, "Entered 3 rows; 0 were not. Ctrl+Z", "● saved")
            assert _came(app, event) == {"1": "present", "2": "absent", "3": "present"}


async def test_f7_says_which_column_people_signed_and_f2_decides_who_is_left(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            _, event = await _attend(pilot, save(tmp_path / "list.xlsx", _LIST))
            await see(pilot, "2 people have no mark in the list")
            await pilot.press("escape", "f7")
            await see(pilot, "Columns of sheet", "Phiếu", "not read")
            await pilot.press("end", "enter")
            await see(pilot, "Column E is read as")
            await pilot.press(*"Signature", "enter")
            await until(pilot, lambda: "Signature: who signed came" in seen(app), "the field is chosen")
            await pilot.press("ctrl+s")
            await see(pilot, "enter 2", "says nothing 1")
            await pilot.press("home", "enter")
            await see(pilot, "Row 4: Đỗ Hồng Đào", "not known whether the person came", "Ngày sinh (C): 30/12/1990")
            await pilot.press("escape", "f2")
            await see(pilot, "1 rows: did they come?")
            await pilot.press(*"leave", "enter")
            await see(pilot, "enter 3")
            await pilot.press("ctrl+s")
            await see(pilot, "Enter the attendance of 3 people?")
            await pilot.press("enter")
            await see(pilot, "Entered 3 rows; 0 were not")
            assert _came(app, event) == {"1": "present", "2": "absent", "3": "excused"}


async def test_a_bad_cell_of_an_attendance_list_is_put_right_in_place(tmp_path: Path) -> None:
    rows = (("TT", "Họ và tên", "Ngày sinh", "Ký tên"), (1, "Nguyễn Thị Ánh", "31/02/1980", "Ánh"))
    path = save(tmp_path / "list.xlsx", rows)
    held = _bytes(path)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            _, event = await _attend(pilot, path)
            await see(pilot, "cannot be entered 1", "Row 2, Nguyễn Thị Ánh: Ngày sinh (column C, row 2): 31/02/1980")
            await pilot.press("ctrl+e")
            await see(pilot, "Write the list")
            out = tmp_path / "again.xlsx"
            app.screen.query_one(VnInput).value = str(out)
            await pilot.press("enter")
            await see(pilot, f"Written: {out}")
            assert cells_of(out)[:5] == ["TT", "Họ và tên", "Ngày sinh", "Ký tên", "Why it was refused"]
            assert cells_of(out)[6:9] == ["Nguyễn Thị Ánh", "31/02/1980", "Ánh"]
            await pilot.press("f2")
            await see(pilot, "Row 2, Nguyễn Thị Ánh: Ngày sinh (C)")
            await pilot.press("end", "ctrl+u", *"05/02/1980", "enter")
            await see(pilot, "enter 1")
            await pilot.press("ctrl+s")
            await see(pilot, "Enter the attendance of 1 people?")
            await pilot.press("enter")
            await see(pilot, "Entered 1 rows")
            assert (_came(app, event), _bytes(path)) == ({"1": "present"}, held)


async def test_a_list_without_headings_lets_a_person_say_its_columns(tmp_path: Path) -> None:
    path = save(tmp_path / "bare.xlsx", [(1, "Nguyễn Thị Ánh", "x"), (2, "Trần Văn Bình", "v")])
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            await _attend(pilot, path)
            await see(pilot, "Columns of sheet", "First values")
            await pilot.press("home", "down", "enter")
            await see(pilot, "Column B is read as")
            await pilot.press(*"Full", "enter")
            await until(pilot, lambda: "Column B" not in seen(app), "the field is chosen")
            await pilot.press("end", "enter")
            await see(pilot, "Column C is read as")
            await pilot.press(*"Attendance", "enter")
            await until(pilot, lambda: "Column C" not in seen(app), "the field is chosen")
            await pilot.press("ctrl+s")
            await see(pilot, "who is it? 2", "Nguyễn Thị Ánh", "present", "absent")
