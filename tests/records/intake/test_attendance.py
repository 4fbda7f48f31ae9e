"""Words and ticks of attendance lists: what a row says in each kind of column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from records.domain.training import Presence
from records.intake.attendance import PresenceColumns, Said, presence_columns, read_presence, unread_marks
from records.intake.files.cells import Sheet
from records.intake.layout.columns import find_layout


def row_of(*cells: str | bool) -> Sheet:
    return Sheet("a", (cells,))


@pytest.mark.parametrize(
    ("text", "presence"),
    [("x", "present"), ("Có mặt", "present"), ("V", "absent"), ("KP", "absent"), ("Vắng có phép", "excused"),
     ("P", "excused"), ("muộn", "late"), ("0", "absent"), ("✓", "present"), ("", None),
     ("✔\ufe0f", "present"), ("V (P)", "excused"), ("v-k", "absent"), ("k.p", "absent"), ("P (ốm)", "excused"),
     ("v (ốm)", "absent"), ("-", "absent"), ("đến trễ 10p", "late"), ("x.", "present"), ("Vắng: họp xã", "absent")],
)  # fmt: skip
def test_one_column_of_letters(text: str, presence: Presence | None) -> None:
    assert read_presence(row_of(text), 1, PresenceColumns(((0, "any"),))) == Said(presence)


@pytest.mark.parametrize(
    ("cells", "presence"),
    [(("x", "", "", ""), "present"), (("", "x", "", ""), "absent"), (("", "x", "x", ""), "excused"),
     (("", "P", "", ""), "excused"), (("x", "", "", "x"), "late"), (("", "", "", ""), None),
     ((False, "", "", ""), "absent")],
)  # fmt: skip
def test_a_column_for_each_case(cells: tuple[str | bool, ...], presence: Presence | None) -> None:
    columns = PresenceColumns(((0, "present"), (1, "absent"), (2, "excused"), (3, "late")))
    assert read_presence(row_of(*cells), 1, columns) == Said(presence)


def test_a_list_of_absences_only_means_that_the_others_came() -> None:
    columns = PresenceColumns(((0, "absent"), (1, "excused")))
    assert read_presence(row_of("", ""), 1, columns) == Said("present")
    assert read_presence(row_of("v", ""), 1, columns) == Said("absent")
    assert read_presence(row_of("không", ""), 1, columns) == Said("present")


def test_without_a_column_the_note_may_tell_and_nobody_else_is_taken_to_have_come() -> None:
    columns = PresenceColumns(notes=(0,))
    assert columns.asks
    assert read_presence(row_of("vắng có phép"), 1, columns) == Said("excused")
    assert read_presence(row_of("Bí thư chi bộ"), 1, columns) == Said(None)
    agreed = replace(columns, all_came=True)
    assert read_presence(row_of("Bí thư chi bộ"), 1, agreed) == Said("present")
    assert read_presence(row_of("vắng"), 1, agreed) == Said("absent")


@pytest.mark.parametrize(
    ("text", "presence"),
    [("Hà", "present"), ("hà", "present"), ("B", None), ("H", "present"), ("TTH", "present"), ("N.T.T.Hà", "present"),
     ("Hà (đã ký)", "present"), ("đã ký", "present"), ("x", "present"), ("✓", "present"), (True, "present"),
     ("vắng", "absent"), ("Vắng (ốm)", "absent"), ("vắng không phép", "absent"), ("k", "absent"), ("v", "absent"),
     ("p", "excused"), ("có phép", "excused"), ("Vắng có lý do", "excused"), ("xin phép vắng", "excused"),
     ("vang co phep", "excused"), ("muộn", "late"), ("đến muộn 15 phút", "late"), ("Có mặt (muộn)", "late"),
     ("", None), ("chưa ký", None), ("-", None), ("Lan", None), ("Lan ký thay", None), ("?", None), ("Hà?", None),
     ("7h45", None), ("vắng?", None), ("Vàng", None), ("muốn", None)],
)  # fmt: skip
def test_where_people_sign_a_signature_is_their_own_and_anything_else_is_asked(
    text: str | bool, presence: Presence | None
) -> None:
    columns = PresenceColumns(((0, "signed"),))
    assert read_presence(row_of(text), 1, columns, "Nông Thị Thu Hà").presence == presence


@pytest.mark.parametrize("text", ["v", "p", "m", "k"])
def test_a_letter_that_is_also_the_initial_of_the_given_name_is_asked(text: str) -> None:
    names = {"v": "Lê Thị Vân", "p": "Lê Văn Phương", "m": "Lê Thị Mai", "k": "Lê Văn Khánh"}
    said = read_presence(row_of(text), 1, PresenceColumns(((0, "signed"),)), names[text])
    assert said.presence is None
    assert said.problem is not None
    assert read_presence(row_of(text), 1, PresenceColumns(((0, "signed"),)), "Lê Văn An").presence is not None


@pytest.mark.parametrize(
    ("signed", "note", "presence"),
    [("Hà", "vắng buổi chiều", None), ("", "vắng", "absent"), ("", "p", "excused"), ("Hà", "Bí thư", "present"),
     ("", "có phép", "excused"), ("", "x", "present"), ("Hà", "đi muộn", "late"), ("x", "ông Lan dự thay", None),
     ("x", "xin phép vắng", None), ("", "k", "absent"), ("", "Giấy phép số 3", None),
     ("x", "Huy chương vàng", "present")],
)  # fmt: skip
def test_words_beside_the_column_of_signatures_count_and_contradictions_are_asked(
    signed: str, note: str, presence: Presence | None
) -> None:
    columns = PresenceColumns(((0, "signed"),), notes=(1,))
    assert read_presence(row_of(signed, note), 1, columns, "Nông Thị Thu Hà").presence == presence


def test_a_word_in_a_column_of_something_else_may_take_somebody_out_and_never_in() -> None:
    columns = PresenceColumns(((0, "signed"),), others=(1,))
    for text, presence in (("vắng", "absent"), ("đã dự", None), ("đủ", None), ("x", None), ("không phép", "absent")):
        assert read_presence(row_of("", text), 1, columns, "Nông Thị Thu Hà").presence == presence


def test_one_of_two_signatures_missing_is_asked() -> None:
    columns = PresenceColumns(((0, "signed"), (1, "signed")))
    assert read_presence(row_of("Hà", "Hà"), 1, columns, "Lê Hà") == Said("present")
    assert read_presence(row_of("", ""), 1, columns, "Lê Hà") == Said(None)
    said = read_presence(row_of("Hà", ""), 1, columns, "Lê Hà")
    assert (said.presence, said.at) == (None, 1)
    assert said.problem is not None


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [("Ký tên", "signed"), ("Chữ ký", "signed"), ("KÝ NHẬN", "signed"), ("Chữ kí", "signed"), ("Ky ten", "signed"),
     ("Ký (ghi rõ họ tên)", "signed"), ("Ký xác nhận", "signed"), ("Ký tên buổi sáng", "signed"),
     ("Chữ ký ĐB", "signed"),
     ("Điểm danh", "any"), ("Điểm danh 9/6", "any"), ("Có mặt/vắng", "any"), ("Có mặt", "present"),
     ("Kỳ họp", None), ("Chu kỳ", None), ("Kỳ", None), ("Ký hiệu", None), ("Chữ ký thủ trưởng", None),
     ("Ngày ký", None), ("Kỷ luật", None)],
)  # fmt: skip
def test_headings_of_signatures_are_known_by_their_accents(heading: str, meaning: str | None) -> None:
    sheet = Sheet("a", (("STT", "Họ và tên", "Đơn vị", heading), (1, "Lê Thị An", "Phường Thử", "An")))
    _, found = presence_columns(sheet, find_layout(sheet))
    assert found.meanings == (((3, meaning),) if meaning else ())


def test_one_signature_for_each_half_of_the_day_stands_under_a_wider_heading() -> None:
    sheet = Sheet(
        "a",
        (("STT", "Họ và tên", "Đơn vị", "Ký tên"), ("", "", "", "Sáng", "Chiều"), (1, "Lê Thị An", "", "An", "An")),
        ((1, 3, 1, 4), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)),
    )  # fmt: skip
    _, found = presence_columns(sheet, find_layout(sheet))
    assert found.meanings == ((3, "signed"), (4, "signed"))


def test_marks_without_a_heading_or_among_the_notes_say_who_came() -> None:
    for head in (("STT", "Họ và tên", "Đơn vị"), ("STT", "Họ và tên", "Đơn vị", "Ghi chú")):
        rows = ((1, "Lê Thị An", "Tổ 1", "x"), (2, "Lê Thị Ba", "Tổ 1"), (3, "Lê Tư", "Tổ 1", "p"))
        sheet = Sheet("a", (head, *rows))
        _, found = presence_columns(sheet, find_layout(sheet))
        assert (found.marked, found.asks) == (True, False)
        assert [read_presence(sheet, row, found).presence for row in (2, 3, 4)] == ["present", None, "excused"]


def test_what_can_be_read_two_ways_is_not_read() -> None:
    columns = PresenceColumns(((0, "present"), (1, "absent")))
    for cells in (("v", ""), ("x", "x"), ("hai", "")):
        said = read_presence(row_of(*cells), 1, columns)
        assert said.presence is None
        assert said.problem is not None


def test_columns_are_known_by_their_headings_even_below_a_wider_one() -> None:
    sheet = Sheet(
        "a",
        (
            ("STT", "Mã", "Họ và tên", "Đơn vị", "Có mặt", "Vắng", "", "Ghi chú"),
            ("", "", "", "", "", "Có phép", "Không phép"),
            ("1", "", "Lê Thị An", "Phường Thử", "x", "", "", "Tổ trưởng"),
        ),
        ((1, 5, 1, 6), (1, 0, 2, 0), (1, 2, 2, 2), (1, 3, 2, 3)),
    )
    layout, found = presence_columns(sheet, find_layout(sheet))
    assert layout.first_row == 3
    assert found == PresenceColumns(((4, "present"), (5, "excused"), (6, "absent")), code=1, notes=(7,))


def _sheet(*heads: str, rows: tuple[tuple[str, ...], ...], hidden: frozenset[int] = frozenset()) -> Sheet:
    people = tuple(
        (str(n), f"Lê Thị {name}", *row) for n, (name, row) in enumerate(zip("ABCDE", rows, strict=False), 1)
    )
    return Sheet("a", (("STT", "Họ và tên", *heads), *people), hidden_columns=hidden)


def _said(sheet: Sheet) -> list[Presence | None]:
    _, found = presence_columns(sheet, find_layout(sheet))
    return [read_presence(sheet, row, found).presence for row in range(2, len(sheet.rows) + 1)]


@pytest.mark.parametrize("heads", [("Sáng", "Chiều"), ("Ngày 1", "Ngày 2"), ("10/01", "11/01"), ("Theo dõi 1", "Th.2")])
def test_columns_of_marks_say_who_came_under_any_heading_of_a_session(heads: tuple[str, str]) -> None:
    rows = (("x", "x"), ("v", "v"), ("x", "v"), ("", ""), ("p", "p"))
    assert _said(_sheet(*heads, rows=rows)) == ["present", "absent", None, None, "excused"]


def test_a_blank_column_of_signatures_does_not_silence_the_marks_beside_it() -> None:
    rows = (("x", ""), ("v", ""), ("muộn", ""))
    assert _said(_sheet("Buổi 1", "Ký nhận tài liệu", rows=rows)) == ["present", "absent", "late"]


@pytest.mark.parametrize("head", ["Ăn trưa", "Hội viên", "Đã nộp bài"])
def test_ticks_alone_under_another_heading_are_told_and_are_no_presence(head: str) -> None:
    sheet = _sheet(head, rows=(("x",), ("",), ("x",)))
    layout, found = presence_columns(sheet, find_layout(sheet))
    assert found.asks
    assert head in str(unread_marks(sheet, layout, found))


def test_counts_under_another_heading_are_no_marks() -> None:
    sheet = _sheet("Số con", rows=(("1",), ("0",), ("1",)))
    layout, found = presence_columns(sheet, find_layout(sheet))
    assert found.asks
    assert unread_marks(sheet, layout, found) is None


def test_a_hidden_column_does_not_speak_against_what_everybody_sees() -> None:
    sheet = _sheet("Điểm danh", "Ký tên", rows=(("v", "x"), ("v", "x")), hidden=frozenset({2}))
    assert _said(sheet) == ["present", "present"]


@pytest.mark.parametrize("head", ["Không dự", "Không tham dự", "Không đến", "Nghỉ", "Không có mặt"])
def test_a_tick_under_not_coming_is_an_absence(head: str) -> None:
    assert _said(_sheet("Dự", head, rows=(("x", ""), ("", "x"), ("", "")))) == ["present", "absent", None]
