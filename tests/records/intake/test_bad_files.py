from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import AppError, InputError
from records.intake.files.opening import open_file
from records.intake.files.sheets import Sheet, read_sheets
from records.intake.fonts.oldfonts import read_old_fonts
from records.intake.layout.columns import find_layout
from records.intake.people import Reading, read_people
from tests.records.intake.bad_files import OLE, REFUSED, UNREADABLE, Make
from tests.records.intake.building import TODAY, save


@pytest.fixture(autouse=True)
def _sheets_read_here() -> None:
    """Here every file is read by a process of its own, as at the officer's."""


def _read(path: Path) -> Reading:
    return _judge(read_sheets(path)[0])


def _judge(sheet: Sheet) -> Reading:
    sheet, _ = read_old_fonts(sheet)
    return read_people(sheet, find_layout(sheet), today=TODAY)


def test_there_are_enough_bad_files() -> None:
    assert len({name for name, _, _ in (*UNREADABLE, *REFUSED)}) >= 50


@pytest.mark.parametrize(("name", "make", "words"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, name: str, make: Make, words: str) -> None:
    make(tmp_path / name)
    with pytest.raises(InputError) as caught:
        _read(tmp_path / name)
    assert words in str(caught.value)
    assert caught.value.do


@pytest.mark.parametrize(("name", "make", "words"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_row_that_cannot_be_used_is_refused_with_its_place_and_reason(
    tmp_path: Path, name: str, make: Make, words: str
) -> None:
    make(tmp_path / name)
    found = _read(tmp_path / name)
    told = [str(each.problem) for each in found.refused]
    assert any(words in each for each in told), told
    refused = {each.row for each in found.refused}
    assert found.rows == len(found.drafts) + len(refused)
    assert all(each.row > 1 and each.column for each in found.refused)
    assert not refused & {each.row for each in found.drafts}, "a refused row is never entered as well"


def test_a_thousand_columns_with_a_name_are_read_and_the_others_named(tmp_path: Path) -> None:
    head = ["Họ và tên", "Năm sinh", *(f"Cột {n}" for n in range(998))]
    found = _read(save(tmp_path / "wide.xlsx", [head, ["Ma Bến Trà", 1968, *range(998)]]))
    assert [each.name for each in found.drafts] == ["Ma Bến Trà"]
    assert len(found.layout.unread) == 998


def test_a_million_rows_without_values_cost_nothing(tmp_path: Path) -> None:
    whole = save(tmp_path / "list.xlsx", [["Họ và tên", "Năm sinh"], ["Ma Bến Trà", 1968]])
    with zipfile.ZipFile(whole) as source:
        members = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    empty = b"".join(b'<row r="%d" s="1"/>' % n for n in range(3, 1_000_000))
    members[sheet] = members[sheet].replace(b"</sheetData>", empty + b"</sheetData>")
    with zipfile.ZipFile(tmp_path / "long.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    found = _read(tmp_path / "long.xlsx")
    assert [each.name for each in found.drafts] == ["Ma Bến Trà"]
    assert found.rows == 1


_HEADS = (b"", b"PK\x03\x04", OLE, b"<html><table><tr><td>", b"\xff\xfe", b"\xef\xbb\xbf", b"<?xml ", b"a;b\n")
_NAMES = ("a.xlsx", "a.csv", "a.xls", "a.ods", "a.html", "a.tsv")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(_HEADS), st.sampled_from(_NAMES))
def test_whatever_the_bytes_only_an_expected_error_comes_out(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"bytes-{name}"
    path.write_bytes(head + data)
    try:
        found = _judge(open_file(path, path.read_bytes())[0])  # in this process, where a fault of ours is loud
    except AppError as error:
        assert error.do  # noqa: PT017  # either outcome is right
    else:
        assert found.rows == len(found.drafts) + len({each.row for each in found.refused})


_TEXTS = st.one_of(
    st.text(max_size=20),
    st.text("NguyÔn V¨n ¸nhµ­¬Traàn Thò Höông", max_size=20),
    st.sampled_from(["Họ và tên", "Năm sinh", "Nam", "#N/A", "=A1", "1968", "Ma Bến Trà", "Tổng cộng: 1"]),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_TEXTS, max_size=5), max_size=6), st.booleans())
def test_whatever_stands_in_a_web_table_every_row_is_a_draft_or_refused(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]], headed: bool
) -> None:
    lines: list[Any] = [["STT", "Họ và tên", "Năm sinh", "SĐT", "Đơn vị"], *cells] if headed else cells
    inside = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    path = tmp_path_factory.getbasetemp() / "table.xls"
    path.write_text(f"<table>{inside}</table>", "utf-8", errors="replace")
    try:
        found = _judge(open_file(path, path.read_bytes())[0])  # in this process, where a fault of ours is loud
    except AppError as error:
        assert error.do  # noqa: PT017  # either outcome is right
    else:
        assert found.rows == len(found.drafts) + len({each.row for each in found.refused})
