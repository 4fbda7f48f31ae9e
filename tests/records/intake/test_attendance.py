"""Words and ticks of attendance lists: what a row says in each kind of column."""

from __future__ import annotations

import pytest

from records.domain.training import Presence
from records.intake.attendance import PresenceColumns, presence_columns, read_presence
from records.intake.cells import Sheet
from records.intake.columns import find_layout


def row_of(*cells: str | bool) -> Sheet:
    return Sheet("a", (cells,))


@pytest.mark.parametrize(
    ("text", "presence"),
    [("x", "present"), ("Có mặt", "present"), ("V", "absent"), ("KP", "absent"), ("Vắng có phép", "excused"),
     ("P", "excused"), ("muộn", "late"), ("0", "absent"), ("✓", "present"), ("", None)],
)  # fmt: skip
def test_one_column_of_letters(text: str, presence: Presence | None) -> None:
    assert read_presence(row_of(text), 1, PresenceColumns(((0, "any"),))) == (presence, None)


@pytest.mark.parametrize(
    ("cells", "presence"),
    [(("x", "", "", ""), "present"), (("", "x", "", ""), "absent"), (("", "x", "x", ""), "excused"),
     (("", "P", "", ""), "excused"), (("x", "", "", "x"), "late"), (("", "", "", ""), None),
     ((False, "", "", ""), "absent")],
)  # fmt: skip
def test_a_column_for_each_case(cells: tuple[str | bool, ...], presence: Presence | None) -> None:
    columns = PresenceColumns(((0, "present"), (1, "absent"), (2, "excused"), (3, "late")))
    assert read_presence(row_of(*cells), 1, columns) == (presence, None)


def test_a_list_of_absences_only_means_that_the_others_came() -> None:
    columns = PresenceColumns(((0, "absent"), (1, "excused")))
    assert read_presence(row_of("", ""), 1, columns) == ("present", None)
    assert read_presence(row_of("v", ""), 1, columns) == ("absent", None)
    assert read_presence(row_of("không", ""), 1, columns) == ("present", None)


def test_without_a_column_the_note_may_tell() -> None:
    columns = PresenceColumns((), note=0)
    assert read_presence(row_of("vắng có phép"), 1, columns) == ("excused", None)
    assert read_presence(row_of("Bí thư chi bộ"), 1, columns) == ("present", None)


def test_what_can_be_read_two_ways_is_not_read() -> None:
    columns = PresenceColumns(((0, "present"), (1, "absent")))
    for cells in (("v", ""), ("x", "x"), ("hai", "")):
        presence, problem = read_presence(row_of(*cells), 1, columns)
        assert presence is None
        assert problem is not None


def test_columns_are_known_by_their_headings_even_below_a_wider_one() -> None:
    sheet = Sheet(
        "a",
        (
            ("STT", "Mã", "Họ và tên", "Đơn vị", "Có mặt", "Vắng", "", "Ghi chú"),
            ("", "", "", "", "", "Có phép", "Không phép"),
        ),
        ((1, 5, 1, 6), (1, 0, 2, 0), (1, 2, 2, 2), (1, 3, 2, 3)),
    )
    layout, found = presence_columns(sheet, find_layout(sheet))
    assert layout.first_row == 3
    assert found == PresenceColumns(((4, "present"), (5, "excused"), (6, "absent")), code=1, note=7)
