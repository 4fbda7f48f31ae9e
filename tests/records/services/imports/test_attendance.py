"""Attendance lists: real files, people matched, doubt shown, nothing dropped, and a second import changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from config.errors import InputError
from config.settings.loading import load_settings
from records.domain.people.person import Person
from records.domain.training import Event
from records.services.book import history
from records.services.imports.attendance import ListHow, accept_list, preview_list
from records.services.imports.attendance_matching import Decided
from records.services.office import Office, furnish
from records.services.training import events
from records.services.training.results import ResultCell, write_results
from records.store.book import Book
from tests.records.intake.building import save
from tests.records.services.conftest import ON, staff

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Có mặt", "Vắng", "Ghi chú")


def conference(office: Office) -> Event:
    return events.save_event(office, Event(id="", kind="conference", title="Hội nghị", day=ON))


def namesake(office: Office) -> Person:
    """Another Trần Hùng, with no birth."""
    with office.book.change("test.person") as change:
        return change.put(Person(id=change.new_id(Person), name="Trần Hùng"))


def table(path: Path, *rows: Sequence[object], head: Sequence[object] = HEAD) -> Path:
    return save(path, [("DANH SÁCH ĐIỂM DANH",), (), head, *rows])


def test_a_list_is_shown_row_by_row_and_entered_in_one_change(office: Office, tmp_path: Path) -> None:
    people = staff(office)
    event = conference(office)
    path = table(
        tmp_path / "list.xlsx",
        (1, "Nguyễn Văn Đức", "01/03/1970", "Phường Túc Duyên", "x", None),
        (2, "Lê Thị An", 1982, None, None, "P"),
        (3, "Trần Hùng", "1990", None, None, None),
        (4, "Người Lạ", "1990", None, "x", None),
        (5, "NGUYỄN VĂN ĐỨC", "1970", None, None, "x"),
        (6, "Trần Hùng", "31/02/1990", None, "x", None),
        (None, "Cộng: 6 người"),
        (None, "NGƯỜI LẬP BIỂU"),
    )
    seen = preview_list(office, event, path, today=ON)
    told = [(each.row, each.fate, each.person, each.presence) for each in seen.rows]
    assert told == [
        (4, "enter", people[1].id, "present"),
        (5, "enter", people[0].id, "excused"),
        (6, "silent", people[2].id, None),
        (7, "refused", "", "present"),
        (8, "refused", people[1].id, None),
        (9, "refused", "", None),
    ]
    assert events.attendance_of(office, event.id) == {}
    assert accept_list(office, seen, today=ON) == 2
    sheet = events.attendance_of(office, event.id)
    assert {person: each.presence for person, each in sheet.items()} == {
        people[0].id: "excused",
        people[1].id: "present",
    }
    again = preview_list(office, event, path, today=ON)
    assert [each.fate for each in again.rows] == ["same", "same", "silent", "refused", "refused", "refused"]
    assert accept_list(office, again, today=ON) == 0
    history.undo(office)
    assert events.attendance_of(office, event.id) == {}


def test_a_name_in_columns_of_its_parts_is_read_whole(office: Office, tmp_path: Path) -> None:
    people = staff(office)
    head = ("STT", "Họ", "Đệm", "Tên", "Đơn vị", "Có mặt")
    rows = ((1, "Nguyễn", "Văn", "Đức", None, "x"), (2, "Lê", "Thị", "An", None, "x"))
    path = table(tmp_path / "list.xlsx", *rows, head=head)
    seen = preview_list(office, conference(office), path, today=ON)
    assert [each.name for each in seen.rows] == [people[1].name, people[0].name]


def test_of_two_namesakes_the_called_one_is_meant_else_somebody_is_asked(office: Office, tmp_path: Path) -> None:
    first = staff(office)[2]
    second = namesake(office)
    event = conference(office)
    path = table(tmp_path / "list.xlsx", ("Trần Hùng", "x"), head=("Họ tên", "Điểm danh"))
    (row,) = preview_list(office, event, path, today=ON).rows
    assert (row.fate, set(row.candidates)) == ("unsure", {first.id, second.id})
    (row,) = preview_list(office, event, path, today=ON, how=ListHow(decided=Decided(who={row.row: second.id}))).rows
    assert (row.fate, row.person) == ("enter", second.id)
    events.call(office, event, [first.id])
    (row,) = preview_list(office, event, path, today=ON).rows
    assert (row.fate, row.person) == ("enter", first.id)


def test_a_namesake_who_had_left_is_not_meant(office: Office, tmp_path: Path) -> None:
    first = staff(office)[2]
    gone = namesake(office)
    with office.book.change("test.left") as change:
        change.put(msgspec.structs.replace(gone, left=ON - timedelta(days=1)), was=gone)
    path = table(tmp_path / "list.xlsx", ("Trần Hùng", "1990", "x"), head=("Họ tên", "Năm sinh", "Điểm danh"))
    (row,) = preview_list(office, conference(office), path, today=ON).rows
    assert (row.fate, row.person) == ("enter", first.id)


def test_a_code_finds_its_person_only_under_the_right_name(office: Office, tmp_path: Path) -> None:
    people = staff(office)
    namesake(office)
    event = conference(office)
    path = table(
        tmp_path / "list.xlsx",
        (people[2].id, "Trần Hùng", "x"),
        (people[0].id.lower(), "Lê Thị An", "m"),
        (people[1].id, "Lê Thị Am", "x"),
        ("TN-P-09999", "Ai Đó", "x"),
        head=("Mã", "Họ và tên", "Có mặt"),
    )
    rows = preview_list(office, event, path, today=ON).rows
    assert [(each.fate, each.person) for each in rows] == [
        ("enter", people[2].id),
        ("enter", people[0].id),
        ("refused", ""),
        ("refused", ""),
    ]


def test_an_accent_of_difference_is_asked_about_and_never_taken(office: Office, tmp_path: Path) -> None:
    people = staff(office)
    event = conference(office)
    events.call(office, event, [people[2].id])
    path = table(tmp_path / "list.xlsx", (1, "Trần Hưng", "01/03/1990", None, "x"))
    (row,) = preview_list(office, event, path, today=ON).rows
    assert (row.fate, row.candidates) == ("unsure", (people[2].id,))


def test_text_files_and_lists_without_marks(office: Office, tmp_path: Path) -> None:
    people = staff(office)
    event = conference(office)
    path = tmp_path / "list.csv"
    path.write_text("Họ và tên;Năm sinh\nLê Thị An;1982\nTrần Hùng;1990\n", "utf-8")
    seen = preview_list(office, event, path, today=ON)
    assert [(each.fate, each.presence) for each in seen.rows] == [("silent", None), ("silent", None)]
    assert (seen.columns.asks, accept_list(office, seen, today=ON)) == (True, 0)
    seen = preview_list(office, event, path, today=ON, how=ListHow(all_came=True))
    assert [(each.person, each.presence) for each in seen.rows] == [
        (people[0].id, "present"),
        (people[2].id, "present"),
    ]
    assert len(seen.notices) == 1


def test_a_result_is_not_lost_to_a_list(office: Office, tmp_path: Path) -> None:
    people = staff(office)
    event = conference(office)
    events.mark(office, {(event.id, people[0].id): "present"})
    row = events.attendance_of(office, event.id)[people[0].id]
    write_results(office, [ResultCell(row.id, "result", "đ")], today=ON)
    path = table(tmp_path / "list.xlsx", (1, "Lê Thị An", "1982", None, None, "x"))
    assert [each.fate for each in preview_list(office, event, path, today=ON).rows] == ["refused"]


def test_a_list_of_results_brings_scores_and_certificates_in_the_same_change(office: Office, tmp_path: Path) -> None:
    people = staff(office)
    event = events.save_event(office, Event(id="", kind="course", title="Lớp", day=date(2025, 6, 2)))
    path = table(
        tmp_path / "results.xlsx",
        (1, "Lê Thị An", "1982", "Đạt", 8.5, "Giỏi", "12/GCN", date(2025, 6, 10)),
        (2, "Nguyễn Văn Đức", "1970", "Không đạt", 4, None, None, None),
        (3, "Trần Hùng", "1990", "Đạt", "chín", None, "13/GCN", None),
        head=("STT", "Họ và tên", "Năm sinh", "Kết quả", "Điểm", "Xếp loại", "Số GCN", "Ngày cấp"),
    )
    seen = preview_list(office, event, path, today=ON)
    assert [each.fate for each in seen.rows] == ["enter", "enter", "refused"]
    assert accept_list(office, seen, today=ON) == 2
    sheet = events.attendance_of(office, event.id)
    an, duc = sheet[people[0].id], sheet[people[1].id]
    assert (an.presence, an.result, an.score, an.rank, an.certificate) == (
        "present",
        "completed",
        Decimal("8.5"),
        "Giỏi",
        "12/GCN",
    )
    assert an.certificate_day == date(2025, 6, 10)
    assert (duc.result, duc.certificate) == ("not_completed", "")
    assert [each.fate for each in preview_list(office, event, path, today=ON).rows] == ["same", "same", "refused"]
    history.undo(office)
    assert events.attendance_of(office, event.id) == {}


def test_who_was_absent_has_no_result_and_identity_cards_are_no_certificates(office: Office, tmp_path: Path) -> None:
    staff(office)
    event = events.save_event(office, Event(id="", kind="course", title="Lớp", day=date(2025, 6, 2)))
    head = ("Họ và tên", "Năm sinh", "Số CCCD", "Ngày cấp", "Điểm danh", "Số GCN")
    path = table(
        tmp_path / "results.xlsx",
        ("Lê Thị An", "1982", None, "01/01/2021", "x", "12/GCN"),
        ("Trần Hùng", "1990", None, "01/01/2021", "v", "13/GCN"),
        head=head,
    )
    first, second = preview_list(office, event, path, today=ON).rows
    assert (first.fate, first.results) == ("enter", (("certificate", "12/GCN"),))
    assert second.fate == "refused"


def test_a_file_that_is_no_list_is_refused(office: Office, tmp_path: Path) -> None:
    event = conference(office)
    with pytest.raises(InputError, match="no such file"):
        preview_list(office, event, tmp_path / "none.xlsx", today=ON)
    path = save(tmp_path / "other.xlsx", [("a", "b"), (1, 2)])
    with pytest.raises(InputError, match="heading"):
        preview_list(office, event, path, today=ON)
    with pytest.raises(InputError, match="no sheet"):
        preview_list(office, event, path, today=ON, how=ListHow(sheet="Khác"))


names = st.sampled_from(["Nguyễn Văn Đức", "Lê Thị An", "Trần Hùng", "Người Lạ", "Lê Thị Ân"])
births = st.sampled_from(["1970", "1982", "01/03/1990", "", "31/02/1990"])
marks = st.sampled_from(["x", "v", "p", "m", "", "?", "co mat"])


@example([("Nguyễn Văn Đức", "", "x"), ("Nguyễn Văn Đức", "1970", "v")])
@settings(max_examples=25)
@given(st.lists(st.tuples(names, births, marks), min_size=1, max_size=8))
def test_no_row_is_dropped_and_importing_twice_is_importing_once(rows: list[tuple[str, str, str]]) -> None:
    shipped = load_settings()
    with (
        TemporaryDirectory() as folder,
        Book.create(Path(folder) / "a.sovang", office=shipped.office.code, actor="tester", lasting=False) as book,
    ):
        office = Office(book, shipped)
        furnish(office)
        staff(office)
        event = conference(office)
        head = ("STT", "Họ và tên", "Ngày sinh", "Điểm danh")
        path = table(Path(folder) / "list.xlsx", *((n, *each) for n, each in enumerate(rows, 1)), head=head)
        seen = preview_list(office, event, path, today=ON)
        assert [each.row for each in seen.rows] == list(range(4, 4 + len(rows)))
        assert all(each.person and each.presence for each in seen.rows if each.fate == "enter")
        accept_list(office, seen, today=ON)
        held = {person: each.presence for person, each in events.attendance_of(office, event.id).items()}
        again = preview_list(office, event, path, today=ON)
        assert again.count("enter") == 0
        entered = [each.person for each in seen.rows if each.fate == "enter"]
        assert [each.person for each in again.rows if each.fate == "same"] == entered
        assert accept_list(office, again, today=ON) == 0
        assert {person: each.presence for person, each in events.attendance_of(office, event.id).items()} == held
