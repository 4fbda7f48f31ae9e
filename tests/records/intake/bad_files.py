"""Files that go wrong in every way an office has met, each with words that its message must hold.

Real files wherever a library can write them; every name in them is made up.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.records.intake.building import save

Make = Callable[[Path], object]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES = Path(__file__).parent / "files"
_HEAD = ["STT", "Họ và tên", "Ngày sinh", "CCCD", "SĐT", "Đơn vị"]
_GOOD = [1, "Ma Bến Trà", "03/05/1968", "019068000001", "0900000001", "Chi bộ 1"]


def content(data: bytes) -> Make:
    """A file of these bytes."""
    return lambda path: path.write_bytes(data)


def text(words: str, encoding: str = "utf-8") -> Make:
    """A file of this text."""
    return content(words.encode(encoding))


def rows(*given: Sequence[Any], merged: Sequence[str] = ()) -> Make:
    """A workbook of the usual headings and these rows."""
    return lambda path: save(path, [_HEAD, *given], merged)


def person(**cells: Any) -> Make:
    """A workbook of one person, right except for these cells."""
    keys = ("number", "name", "born", "id", "phone", "unit")
    return rows([cells.get(key, good) for key, good in zip(keys, _GOOD, strict=True)])


def fixture(name: str) -> Make:
    """A copy of a file kept with the tests."""
    return lambda path: shutil.copy(FILES / name, path)


def _cut(path: Path) -> None:
    rows(_GOOD)(path)
    path.write_bytes(path.read_bytes()[:-900])


def _damaged(path: Path) -> None:
    rows(_GOOD)(path)
    data = bytearray(path.read_bytes())
    for at in range(200, len(data) - 1500, 7):
        data[at] ^= 0xFF
    path.write_bytes(data)


def archive(**members: bytes) -> Make:
    """A zip with these members; `__` in a name is a slash and `_dot_` a dot."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in members.items():
                made.writestr(name.replace("__", "/").replace("_dot_", "."), data)

    return make


def _with_sheet(change: Callable[[str], str]) -> Make:
    """A good workbook whose first sheet's XML was changed by hand."""

    def make(path: Path) -> None:
        whole = path.with_suffix(".whole")
        save(whole.with_suffix(".xlsx"), [_HEAD, _GOOD])
        with zipfile.ZipFile(whole.with_suffix(".xlsx")) as source:
            members = {name: source.read(name) for name in source.namelist()}
        name = "xl/worksheets/sheet1.xml"
        changed = change(members[name].decode())
        assert changed != members[name].decode()
        members[name] = changed.encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for each, data in members.items():
                made.writestr(each, data)

    return make


def _far_row(sheet: str) -> str:
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return sheet.replace("</sheetData>", far)


def _error_cell(sheet: str) -> str:
    cells = '<c r="A3"><v>2</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    return sheet.replace("</sheetData>", f'<row r="3">{cells}</row></sheetData>')


def _bare_formula(sheet: str) -> str:
    cells = '<c r="A3"><v>2</v></c><c r="B3"><f>UPPER(B2)</f><v></v></c>'
    return sheet.replace("</sheetData>", f'<row r="3">{cells}</row></sheetData>')


def _wide(path: Path) -> None:
    save(path, [[f"Cột {n}" for n in range(1000)], list(range(1000))])


def _bomb(path: Path) -> None:
    """A sheet of 601 MB, more than may be unpacked, of which no more than one is ever held here."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        made.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(601):
            sheet.write(b" " * 2**20)


UNREADABLE: tuple[tuple[str, Make, str], ...] = (
    ("missing.xlsx", lambda _: None, "no such file"),
    ("folder.xlsx", lambda path: path.mkdir(), "a folder"),
    ("empty.xlsx", content(b""), "is empty"),
    ("cut.xlsx", _cut, "cut or damaged"),
    ("damaged.xlsx", _damaged, "cut or damaged"),
    ("words.xlsx", text("Xin chào"), "no spreadsheet"),
    ("paper.xlsx", content(b"%PDF-1.7\n"), "a PDF"),
    ("image.xls", content(b"\x89PNG\r\n\x1a\n" + b"\0" * 90), "a picture"),
    ("letter.docx", archive(word__document_dot_xml=b"<w/>"), "document of Word"),
    ("letter.xls", content(OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le")), "document of Word"),
    ("half.xlsx", archive(xl__workbook_dot_xml=b"x"), "cut or damaged"),
    ("locked.xlsx", content(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")), "password"),
    ("locked.xls", fixture("locked.xls"), "password"),
    (
        "locked.ods",
        archive(content_dot_xml=b"x", **{"META-INF__manifest_dot_xml": b"<manifest:encryption-data/>"}),
        "password",
    ),
    ("head.xls", content(OLE + b"\0" * 900), "cut or damaged"),
    ("bomb.xlsx", _bomb, "too large"),
    ("far.xlsx", _with_sheet(_far_row), "empty rows"),
    ("no-rows.xlsx", lambda path: save(path, []), "no rows"),
    ("no-rows.csv", content(b"\n;;\n \n"), "no rows"),
    ("quotes.csv", content(b'a;b\n"c;d\n'), "quotation marks"),
    ("zeros.csv", content(b"a;b\n\0\0;c"), "no text"),
    ("mixed.csv", content("Họ;Tên\n".encode() + b"Nguy\xd4n;A\n"), "line 2"),
    ("page.xls", text("<html><body>Xin chào</body></html>"), "without a table"),
    ("archive.xls", text("MIME-Version: 1.0\nX-Document-Type: Workbook\n"), "web archive"),
    (
        "old.xls",
        text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        "2003 in XML",
    ),
    ("headless.xlsx", lambda path: save(path, [[1, "Ma Bến Trà", 1968], [2, "Ma Hoa Sim", 1970]]), "No heading row"),
    ("wide.xlsx", _wide, "No heading row"),
)
"""Files that cannot be read at all: name, how to make it, words of the error."""

REFUSED: tuple[tuple[str, Make, str], ...] = (
    ("two-in-a-cell.xlsx", person(name="Ma Bến Trà\nMa Hoa Sim"), "two people"),
    ("two-with-and.xlsx", person(name="Ma Bến Trà và Ma Hoa Sim"), "two people"),
    ("two-with-semicolon.xlsx", person(name="Ma Bến Trà; Ma Hoa Sim"), "two people"),
    ("long-name.xlsx", person(name="Ma " * 70), "longer than 100"),
    ("emoji.xlsx", person(name="Ma Bến Trà 🌸"), "letters only"),
    ("right-to-left.xlsx", person(name="Ma \u202eBến Trà"), "hidden character"),
    ("formula-name.csv", text("STT;Họ và tên;Năm sinh\n1;=1+2;1968\n"), "no digits"),
    ("formula-link.csv", text('STT;Họ và tên;Năm sinh\n1;"=HYPERLINK(A)";1968\n'), "letters only"),
    ("error-cell.xlsx", _with_sheet(_error_cell), "#DIV/0!"),
    ("formula-unreckoned.xlsx", _with_sheet(_bare_formula), "has no result"),
    ("error-cell.xls", fixture("error.xls"), "#REF!"),
    ("error-word.csv", text("STT;Họ và tên;SĐT\n1;Ma Bến Trà;#N/A\n"), "#N/A"),
    ("calc-error.csv", text("STT;Họ và tên;SĐT\n1;Ma Bến Trà;Err:502\n"), "Err:502"),
    ("digits.xlsx", person(name="Ma Bến Tr4"), "no digits"),
    ("cyrillic.xlsx", person(name="Mа Bến Trà"), "another script"),
    ("nameless.xlsx", person(name=None), "name is missing"),
    ("no-such-day.xlsx", person(born="31/02/1970"), "a day that exists"),
    ("two-digit-year.xlsx", person(born="3/5/68"), "two digits"),
    ("negative-year.xlsx", person(born="-1968"), "no date"),
    ("minus-number.xlsx", person(born=-1968), "no date"),
    ("tomorrow.xlsx", person(born=date(2031, 1, 1)), "in the future"),
    ("far-year.xlsx", person(born="03/05/9999"), "a day that exists"),
    ("word-date.xlsx", person(born="khoảng đầu thập kỷ 80"), "enter a date"),
    ("short-id.xlsx", person(id="01906800"), "12 digits"),
    ("id-of-letters.xlsx", person(id="O19068000001"), "digits only"),
    ("phone-of-words.xlsx", person(phone="hỏi anh Ba"), "digits only"),
    ("short-phone.xlsx", person(phone="0900"), "10 digits"),
    ("long-unit.xlsx", person(unit="Chi bộ " * 200), "longer than 1000"),
    ("unprintable-unit.xlsx", person(unit="Chi bộ \ue000"), "cannot be printed"),
    ("merged-over.xlsx", rows([1, "Ma Bến Trà", None, None, "0900000001"], merged=("B2:C2",)), "merged over"),
    (
        "both-ways.csv",
        text("STT;Họ và tên;Ghi chú\n1;Hå Bé;được\n2;TrÇn ¸nh;\n3;NguyÔn H­¬ng;\n4;Ma Hải;\n5;Ma Bé;\n"),
        "type it anew",
    ),
)
"""Lists that can be read, but not this row of them: name, how to make it, words of the refusal."""
