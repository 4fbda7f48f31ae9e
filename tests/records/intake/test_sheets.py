from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest

from config.errors import InputError
from records.intake.files.sheets import read_sheets
from tests.records.intake.building import office_list, read, save


@pytest.fixture(autouse=True)
def _sheets_read_here() -> None:
    """Here every file is read by a process of its own, as at the officer's."""


@pytest.mark.parametrize(
    ("name", "words"), [("bad\0name.xlsx", "no such file"), ("n" * 400 + ".xlsx", "disk does not give")]
)
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_sheets(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office_list(tmp_path / "held.xlsx")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
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


@pytest.mark.parametrize("encoding", ["cp1258", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", "|"])
def test_text_files_of_other_programs_are_read_too(tmp_path: Path, encoding: str, delimiter: str) -> None:
    words = delimiter.join(("STT", "Họ và tên", "Năm sinh")) + "\n" + delimiter.join(("1", "Ma Bến Trà", "1968"))
    if encoding == "cp1258":  # accents of tones stand behind their letter there
        words = "".join(_windows(each) for each in words)
    (tmp_path / "list.csv").write_bytes(words.encode(encoding))
    assert [each.name for each in read(tmp_path / "list.csv").drafts] == ["Ma Bến Trà"]


def _windows(letter: str) -> str:
    for form in (letter, unicodedata.normalize("NFD", letter)):
        for cut in range(len(form), 0, -1):
            whole = unicodedata.normalize("NFC", form[:cut]) + form[cut:]
            try:
                whole.encode("cp1258")
            except UnicodeEncodeError:
                continue
            return whole
    return letter[0] + unicodedata.normalize("NFD", letter)[-1]


_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><table>
<tr><td colspan=4>DANH SÁCH &amp; GHI CHÚ</td></tr>
<tr><th rowspan=2>STT</th><th rowspan=2>Họ và tên</th><th colspan=2>Ngày sinh</th></tr>
<tr><th>Nam</th><th>Nữ</th></tr>
<tr><td>1<td>Ma&nbsp;Bến Trà<td><td>1/2/1990</tr>
<tr><td>2</td><td>Ma Sao<br>Hôm</td><td>1991</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_web_page_under_a_spreadsheets_name_is_read_with_its_merged_headings(tmp_path: Path, charset: str) -> None:
    (tmp_path / "list.xls").write_bytes(_PAGE.format(charset=charset).encode(charset))
    found = read(tmp_path / "list.xls")
    told = [(each.row, each.name, each.sex, str(each.born)) for each in found.drafts]
    assert told == [(4, "Ma Bến Trà", "female", "1990-02-01"), (5, "Ma Sao Hôm", "male", "1991")]


def test_a_page_with_two_tables_has_two_sheets(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text("<table><tr><td>a</table><table><tr><td>b</td></tr></table>", "utf-8")
    assert [(each.name, each.at(1, 0)) for each in read_sheets(tmp_path / "list.html")] == [
        ("list 1", "a"),
        ("list 2", "b"),
    ]


_TEXT_CELL = '<table:table-cell office:value-type="string">'


def test_a_spreadsheet_of_libreoffice_is_read_with_its_dates(tmp_path: Path) -> None:
    cells = (
        "<table:table-row>"
        + "".join(f"{_TEXT_CELL}<text:p>{head}</text:p></table:table-cell>" for head in ("Họ và tên", "Ngày sinh"))
        + f"</table:table-row><table:table-row>{_TEXT_CELL}<text:p>Ma Bến Trà</text:p></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="1968-05-03"><text:p>3/5</text:p>'
        "</table:table-cell></table:table-row>"
    )
    names = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    sheet = f'<table:table table:name="DS">{cells}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(tmp_path / "list.ods", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "content.xml", f'<?xml version="1.0"?><office:document-content {names}>{body}</office:document-content>'
        )
        made.writestr("META-INF/manifest.xml", "<manifest/>")
    (person,) = read(tmp_path / "list.ods").drafts
    assert (person.name, str(person.born)) == ("Ma Bến Trà", "1968-05-03")
