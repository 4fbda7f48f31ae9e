"""What readers of workbooks tell of cells, in the ways that programs write them; every name is made up."""

from __future__ import annotations

import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from config.errors import InputError
from records.intake.files.cells import Sheet
from records.intake.files.opening import open_file
from records.intake.files.sheets import read_sheets
from records.intake.formats.moments import moment, shows
from tests.records.intake.building import read, save
from tests.tui.cli.conftest import OFFICE

_BOOK = (
    '<{p}workbook xmlns{c}="{main}" xmlns:z="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<{p}workbookPr date1904="{epoch}"/><{p}sheets><{p}sheet name="DS" sheetId="1" z:id="q"/></{p}sheets></{p}workbook>'
)
_LINK = '<Relationship Target="{to}" Id="q" Type="http://x/officeDocument/2006/relationships/{kind}"/>'
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def _sheet(tmp_path: Path, inside: str, *, prefix: str = "", main: str = _MAIN, epoch: int = 0) -> Sheet:
    """A workbook written by hand, with parts in places of their own."""
    kinds = {"p": f"{prefix}:" if prefix else "", "c": f":{prefix}" if prefix else "", "main": main, "epoch": epoch}
    sheet = f"<{{p}}worksheet xmlns{{c}}='{{main}}'>{inside}</{{p}}worksheet>".format_map(kinds)
    path = tmp_path / "hand.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("_rels/.rels", _LINKS.format(_LINK.format(to="odd/Book.xml", kind="officeDocument")))
        made.writestr("odd/Book.xml", _BOOK.format_map(kinds))
        made.writestr("odd/_rels/book.xml.rels", _LINKS.format(_LINK.format(to="/XL/s.xml", kind="worksheet")))
        made.writestr("xl\\S.xml", sheet)
    return open_file(path, path.read_bytes())[0]


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("main", [_MAIN, _STRICT])
def test_cells_are_found_however_the_xml_is_written(tmp_path: Path, prefix: str, main: str) -> None:
    cells = (
        "<{p}sheetData><{p}row><{p}c t='inlineStr'><{p}is><{p}r><{p}t>Ma </{p}t></{p}r><{p}rPh><{p}t>đọc</{p}t>"
        "</{p}rPh>"
        "<{p}r><{p}t>Bến</{p}t></{p}r></{p}is></{p}c><{p}c><{p}f>A1</{p}f></{p}c><{p}c t='e'><{p}v>#N/A</{p}v></{p}c>"
        "<{p}c t='str'><{p}f>B1</{p}f><{p}v></{p}v></{p}c><{p}c t='b'><{p}v>1</{p}v></{p}c></{p}row>"
        "<{p}row r='5'><{p}c  t = 'str'  r='C5' ><{p}v>a_x000D_b&#10;c</{p}v></{p}c>"
        "<{p}c><{p}v>1E2</{p}v></{p}c></{p}row>"
        "<{p}row><{p}c><{p}f t='shared' si='0'/></{p}c></{p}row></{p}sheetData>"
    )
    sheet = _sheet(tmp_path, cells, prefix=prefix, main=main)
    assert sheet.rows[0] == ("Ma Bến", "=A1", "#N/A", "", True)
    assert sheet.rows[4] == ("", "", "a\rb\nc", 100.0)
    assert sheet.faults.keys() == {(1, 1), (1, 2), (6, 0)}


def test_the_calendar_of_the_workbook_counts(tmp_path: Path) -> None:
    day = "<{p}sheetData><{p}row><{p}c t='d'><{p}v>1970-03-05T00:00:00Z</{p}v></{p}c></{p}row></{p}sheetData>"
    assert _sheet(tmp_path, day, epoch=1).epoch == 1904
    assert _sheet(tmp_path, day).rows == ((date(1970, 3, 5),),)
    assert moment(24_170, "day", 1904) == moment(25_632, "day") == date(1970, 3, 5)
    assert moment(0.5, "time") == time(12)
    assert [moment(each, "day") for each in (-1, 60, 1e9)] == [None, None, None]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", ""), ("0.00", ""), ("@", ""), ('#,##0 "ngày"', ""), ("dd/mm/yyyy", "day"), ("mm/yyyy", "month"),
        ("[$-42A]mmm-yy;@", "month"), ("yyyy", "year"), ('"năm" yyyy', "year"), ("h:mm AM/PM", "time"),
        ("[h]:mm", "time"),         ("mm:ss.0", "time"), ("d\\-m\\-yy", "day"), ("#,##0_d", ""), ("[Red]0", ""),
    ],
)  # fmt: skip
def test_a_format_tells_how_much_of_a_day_is_shown(code: str, shown: str) -> None:
    assert shows(code) == shown


def _workbook(path: Path, change: Any) -> Path:
    head = ["STT", "Họ và tên", "Đơn vị", "Năm sinh", "Đơn vị"]
    save(path, [head, *([n, f"Ma Bến {word}", "Cũ", 1970, "Mới"] for n, word in enumerate(("Trà", "Tre", "Nứa"), 1))])
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)
    return path


def test_hidden_and_struck_rows_are_named_and_left_out_unless_told(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet["B3"].font = Font(strike=True)
        sheet.column_dimensions["C"].hidden = True

    path = _workbook(tmp_path / "list.xlsx", change)
    left, taken = read(path, take_unseen=False), read(path)
    assert [each.row for each in left.drafts] == [4]
    assert [each.row for each in taken.drafts] == [2, 3, 4]
    assert (left.hidden, left.struck) == ((2,), (3,))
    assert {each.unit for each in taken.drafts} == {"Mới"}
    told = "\n".join(map(str, left.notices))
    assert "left out: rows 2" in told
    assert "struck out; their rows were left out: rows 3" in told
    assert "Column “Đơn vị” (C) is hidden, and was not read" in told
    assert "read all the same: rows 2" in "\n".join(map(str, taken.notices))


def test_the_command_line_leaves_hidden_rows_out_or_takes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    import main

    path = _workbook(
        tmp_path / "list.xlsx", lambda sheet: sheet.row_dimensions.__getitem__(3).__setattr__("hidden", True)
    )
    book = str(tmp_path / "book")
    assert main.main(["book", "new", book, *OFFICE]) == 0
    found = []
    for choice in ([], ["--hidden", "take"]):
        capsys.readouterr()
        main.main(["roster", "import", str(path), "--book", book, "--dry-run", "--json", *choice])
        found.append(json.loads(capsys.readouterr().out))
    assert [[each["row"] for each in answer["people"]] for answer in found] == [[2, 4], [2, 3, 4]]
    assert [answer["hidden"] for answer in found] == [[3], [3]]


def _ods(path: Path, body: str, styles: str = "", before: str = "") -> Path:
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for each, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
                           ("number", "datastyle"), ("fo", "xsl-fo-compatible"))
    )  # fmt: skip
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f'<office:body><office:spreadsheet>{before}<table:table table:name="DS">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


_ONE = '<table:table-cell office:value-type="float" office:value="1"/>'
_MANY = _ONE.replace("/>", ' table:number-columns-repeated="16384"/>')
_STYLES = (
    '<number:date-style style:name="N1"><number:month/><number:text>/</number:text><number:year/></number:date-style>'
    '<style:style style:name="P"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="C" style:parent-style-name="P" style:data-style-name="N1"/>'
)


def test_an_ods_tells_precision_strikes_hiding_and_white_space(tmp_path: Path) -> None:
    body = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-row table:visibility="filter"><table:table-cell office:value-type="date" '
        'office:date-value="1970-03-01T00:00:00" table:style-name="C"><text:p>03/70</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>a<text:tab/>b<text:s text:c="3"/>c'
        "<text:line-break/>d</text:p>"
        '<text:p>e <text:span text:style-name="P">f</text:span></text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=A1"/><table:table-cell table:number-columns-repeated="2"'
        ' office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="time"'
        ' office:time-value="PT26H00M00S"/><table:table-cell office:value-type="string"><text:p>Err:502</text:p>'
        "</table:table-cell></table:table-row>"
    )
    (sheet,) = read_sheets(_ods(tmp_path / "list.ods", body, _STYLES))
    assert sheet.rows[0] == (date(1970, 3, 1), "a\tb   c\nd\ne f", "=of:=A1", 7, 7)
    assert (dict(sheet.coarse), set(sheet.struck)) == ({(1, 0): "month"}, {(1, 0)})
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns), set(sheet.faults)) == ({1}, {2}, {(1, 2)})
    assert [row[1] for row in sheet.rows[1:]] == ["Err:502"] * 3


@pytest.mark.parametrize(
    "body",
    [
        (f"<table:table-row table:number-rows-repeated='1048576'>{_MANY}</table:table-row>"),
        (f"<table:table-row><table:table-cell table:number-columns-repeated='999999999'/>{_ONE}</table:table-row>"),
    ],
)
def test_a_bomb_of_repeated_cells_is_one_sentence(tmp_path: Path, body: str) -> None:
    with pytest.raises(InputError, match=r"far away|spreads over|too large"):
        read_sheets(_ods(tmp_path / "bomb.ods", body))


@pytest.mark.parametrize(
    ("name", "members", "words"),
    [
        ("a.xlsx", ("word/document.xml",), "document of Word"),
        ("a.xlsx", ("ppt/presentation.xml",), "presentation"),
        ("a.xlsx", ("folder/list.xlsx", "b.txt"), "packed folder.*folder/list.xlsx"),
        ("a.zip", ("photo.jpg",), "packed folder"),
    ],
)
def test_a_packed_file_is_named_for_what_it_is(tmp_path: Path, name: str, members: tuple[str, ...], words: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as made:
        for each in members:
            made.writestr(each, "x")
    with pytest.raises(InputError, match=words):
        read_sheets(tmp_path / name)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"{\\rtf1", "Word"), (b"\xff\xd8\xff\xe0", "picture"), (b"Rar!\x1a\x07", "packed"), (b"%PDF-1.7", "PDF")],
)
def test_another_file_is_named_for_what_it_is(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "list.xlsx").write_bytes(data)
    with pytest.raises(InputError, match=words):
        read_sheets(tmp_path / "list.xlsx")


def test_an_ods_counts_days_from_its_own_epoch(tmp_path: Path) -> None:
    epoch = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="24171"/></table:table-row>'
    assert [each.epoch for each in read_sheets(_ods(tmp_path / "new.ods", row, before=epoch))] == [1904]
    assert [each.epoch for each in read_sheets(_ods(tmp_path / "old.ods", row))] == [1900]
