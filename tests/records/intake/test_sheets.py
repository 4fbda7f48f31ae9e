from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import InputError
from records.intake.sheets import read_sheets
from tests.records.intake.building import office_list, read, save

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _cut(path: Path) -> None:
    whole = office_list(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _damaged_inside(path: Path) -> None:
    office_list(path)
    data = bytearray(path.read_bytes())
    for at in range(200, len(data) - 1500, 7):
        data[at] ^= 0xFF
    path.write_bytes(data)


def _zip_of(name: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")

    return make


def _no_rows(path: Path) -> None:
    openpyxl.Workbook().save(path)


def _bytes(data: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("missing.xlsx", lambda path: None, "no such file"),
        ("folder.xlsx", Path.mkdir, "a folder"),
        ("empty.xlsx", _bytes(b""), "is empty"),
        ("cut.xlsx", _cut, "cut or damaged"),
        ("damaged.xlsx", _damaged_inside, "cut or damaged"),
        ("text.xlsx", _bytes("Xin chào".encode()), "no spreadsheet"),
        ("paper.xlsx", _bytes(b"%PDF-1.7\n"), "a PDF"),
        ("page.xls", _bytes(b"<html><table></table></html>"), "a web page"),
        ("word.xlsx", _zip_of("word/document.xml"), "no spreadsheet"),
        ("half.xlsx", _zip_of("xl/workbook.xml"), "cut or damaged"),
        ("locked.xlsx", _bytes(_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600), "password"),
        ("word.doc", _bytes(_OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le")), "document of Word"),
        ("old.xls", _bytes(_OLE + b"\0" * 900), "cut or damaged"),
        ("none.xlsx", _no_rows, "no rows"),
        ("blank.csv", _bytes(b"\n;;\n \n"), "no rows"),
        ("legacy.csv", _bytes("Họ;Tên\n".encode() + b"Nguy\xd4n;A\n"), "line 2"),
        ("quotes.csv", _bytes(b'a;b\n"c;d\n'), "quotation marks"),
        ("binary.csv", _bytes(b"a;b\n\0\0;c"), "no text"),
        ("bad\0name.xlsx", lambda path: None, "no such file"),
        ("n" * 400 + ".xlsx", lambda path: None, "disk does not give"),
    ],
    ids=lambda value: value[:12].replace("\0", "0") if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_says_why_where_and_what_to_do(
    tmp_path: Path, name: str, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(InputError) as caught:
        read_sheets(path)
    assert words in str(caught.value.what)
    assert caught.value.where == str(path)
    assert caught.value.do


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office_list(tmp_path / "held.xlsx")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="may not be read"):
        read_sheets(path)


def test_rows_and_columns_are_numbered_as_the_sheet_numbers_them(tmp_path: Path) -> None:
    path = save(tmp_path / "far.xlsx", [[], [], [None, None, "x", None, 5], [], [None, "y"]], ("C3:E3",))
    (sheet,) = read_sheets(path)
    assert (sheet.at(3, 2), sheet.at(5, 1), sheet.at(1, 0), sheet.at(99, 9)) == ("x", "y", "", "")
    assert sheet.merged == ((3, 2, 3, 4),)


def test_hidden_sheets_come_last(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Cũ", 0)["A1"] = "x"
    book["Cũ"].sheet_state = "hidden"
    book["Sheet"]["A1"] = "y"
    book.active = 1
    book.save(tmp_path / "two.xlsx")
    assert [each.name for each in read_sheets(tmp_path / "two.xlsx")] == ["Sheet", "Cũ"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_are_read_in_their_own_letters_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [("STT", "Họ và tên", "Ngày sinh", "SĐT"), ("1", "Ma Bến Trà", "3/5/1968", "0900000001")]
    path = tmp_path / "list.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    (person,) = read(path).drafts
    assert (person.row, person.name, str(person.born), person.phone) == (2, "Ma Bến Trà", "1968-05-03", "0900000001")


def test_a_workbook_under_another_ending_is_still_a_workbook(tmp_path: Path) -> None:
    office_list(tmp_path / "list.xlsx").rename(tmp_path / "list.xls")
    assert read(tmp_path / "list.xls").rows == 4


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", _OLE]), st.sampled_from(["a.xlsx", "a.csv", "a.xls"])
)
def test_any_bytes_are_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(head + data)
    try:
        assert read_sheets(path)
    except InputError as error:
        assert error.do  # noqa: PT017  # either outcome is right
