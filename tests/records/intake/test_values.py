"""Single values as people and programs write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from records.domain.dates import PartialDate
from records.intake.files.cells import unguarded
from records.intake.values import read_date, read_email, read_national_id, read_phone, without_end_marks
from tests.records.intake.building import TODAY


@pytest.mark.parametrize(
    ("written", "born"),
    [
        ("05 tháng 3 năm 1970", "1970-03-05"), ("ngày 05 tháng 3 năm 1970", "1970-03-05"),
        ("05/03/1970.", "1970-03-05"), ("Ngày 05, tháng 03, năm 1970", "1970-03-05"),
        ("Sinh ngày 5/3/1970", "1970-03-05"), ("5-Thg3-1970", "1970-03-05"),
        ("05-Mar-1970", "1970-03-05"), ("May-1975", "1975-05"), ("1970-03-05T00:00:00", "1970-03-05"),
        ("1970-03-05 00:00:00+07:00", "1970-03-05"), ("05/03/1970 12:00:00 AM", "1970-03-05"), ("1970.", "1970"),
        ("\u200b05/03/1970\u00a0", "1970-03-05"), ("０５/０３/１９７０", "1970-03-05"), ("05‑03‑1970", "1970-03-05"),
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(written: str, born: str) -> None:
    read = read_date(written, today=TODAY)
    assert (str(read.value), read.problem, read.remark) == (born, None, None)


@pytest.mark.parametrize(
    "cell", [datetime(1970, 3, 4, 17), "1970-03-04T17:00:00.000Z", "04/03/1970 17:00", "1970-03-04 16:59:30"]
)
def test_a_time_near_the_end_of_a_day_is_said_to_look_shifted(cell: datetime | str) -> None:
    read = read_date(cell, today=TODAY)
    assert str(read.value) == "1970-03-04"
    assert "perhaps 05/03/1970" in str(read.remark)


def test_another_time_behind_a_day_is_said_too() -> None:
    assert "09:30" in str(read_date(datetime(1970, 3, 4, 9, 30), today=TODAY).remark)
    assert read_date("04/03/1970 24:61", today=TODAY).problem is not None


def test_a_bare_number_is_counted_in_the_calendar_of_its_workbook() -> None:
    assert str(read_date(24_170, today=TODAY, epoch=1904).value) == "1970-03-05"
    assert str(read_date(25_632, today=TODAY).value) == "1970-03-05"


@pytest.mark.parametrize(
    ("written", "year", "number"),
    [
        ("1070000001", 1970, "001070000001"), ("19070000001", 1970, "019070000001"),
        ("019070000001.", 1970, "019070000001"),
        ("1070000001", 1971, ""), ("1070000001", None, ""), ("1070000001", 1970 + 100, ""),
    ],
)  # fmt: skip
def test_lost_zeros_come_back_where_province_and_year_agree(written: str, year: int | None, number: str) -> None:
    read = read_national_id(written, born=PartialDate(year) if year else None)
    assert (read.value if read.problem is None else "") == number
    if number and len(written) < 12:
        assert read.remark is not None


@pytest.mark.parametrize("written", ["1234", 1234, "0123", "3855", "0900000001; 3855", "0900000001/1234", "113"])
def test_a_number_of_a_few_digits_is_no_telephone(written: str | int) -> None:
    assert read_phone(written).problem is not None


def test_marks_at_the_end_are_left_out() -> None:
    assert [without_end_marks(each) for each in ("Phường A.", "Phường A ,", "Chi bộ 5.;", "A. B", "")] == [
        "Phường A", "Phường A", "Chi bộ 5", "A. B", "",
    ]  # fmt: skip
    assert read_email("a@b.vn.").value == "a@b.vn"
    assert read_phone("0900 000 001.").value == "0900000001"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [('="0190"', "0190"), ('= "a""b"', 'a"b'), ("'=1", "=1"), ("'+84", "+84"), ("'x", "'x"), ("=1+1", "=1+1")],
)  # fmt: skip
def test_what_keeps_excel_from_changing_a_cell_is_taken_off(cell: str, kept: str) -> None:
    assert unguarded(cell) == kept
