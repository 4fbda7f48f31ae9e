"""Spoilt spreadsheets: a whole one of each format, changed in one to six places; a seed makes the same file again."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

FORMATS = ("xlsx", "xls", "ods", "csv", "html")
_INTAKE = Path(__file__).parents[1] / "records" / "intake"
_HEADS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "CCCD",
    "Điện thoại",
    "Đơn vị",
    "Vai trò",
    "Trình độ",
    "Ghi chú",
)
_ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "Mẫu Văn Một", date(1970, 3, 5), "Nam", "019070000001", "0900000001", "Phường A", "BCV", "Đại học", "được"),
    (2, "Mẫu Thị Hai", "05/03/1971", "Nữ", 19171000002, 900000002, "Phường B", "TTV", "12/12", None),
    (3, "Mẫu Văn Ba", 1972, "Nam", None, "0900000003; 0900000004", "Phường A.", "CTV", None, "x"),
    (4, "Mẫu Thị Bốn", datetime(1973, 4, 5, 17, 0), "Nữ", "019173000004", None, "Xã C", "BCV cấp xã", "Thạc sĩ", None),
)
_ODD = (
    "", " ", "0", "-", "x", "không", "#N/A", "#REF!", "Err:502", "=1+1", '="019070000001"', "05/1970", "31/02/1970",
    "ngày 5 tháng 3 năm 1970", "1,97E+10", "1e400", "NaN", "99999999999999999999", "Mẫu\u200b Văn", "\ufeff",
    "A" * 40_000, "Ông", "Tổng cộng: 4", "I. Phường A", "T/M BAN", "&amp;#x10FFFF;", "]]>", "'", '"', ";;;", "\t",
    "TrÇn V¨n Ba",
    "🌸",
)  # fmt: skip
_HOW_MANY = (1, 1, 1, 2, 4)
_INTO_XML = (
    b"<", b">", b"&", b'"', b"/>", b"<c/>", b"<v>9</v>", b"</row>", b"<row>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;",
    b'r="XFD1048576"', b't="e"', b't="s"', b's="9999"', b"<f>A1</f>", b"<is><t>q</t></is>", b'hidden="1"', b"\xff",
    b"\0",    b'table:number-columns-repeated="999999"', b'table:number-rows-repeated="999999"', b"<text:p>q</text:p>",
)  # fmt: skip


def whole(kind: str, chance: random.Random) -> bytes:
    """A file of a format that nothing is wrong with."""
    if kind == "xlsx":
        if chance.random() < 0.5:
            return chance.choice(sorted((_INTAKE / "cases").glob("*.xlsx"))).read_bytes()
        return _workbook()
    if kind == "xls":
        return chance.choice(
            sorted([*(_INTAKE / "cases").glob("*.xls"), *(_INTAKE / "files").glob("*.xls")])
        ).read_bytes()
    if kind == "ods":
        return _open_document() if chance.random() < 0.5 else (_INTAKE / "cases" / "32-ods.ods").read_bytes()
    rows = [[_text(cell) for cell in row] for row in (_HEADS, *_ROWS)]
    if kind == "csv":
        return "\r\n".join(";".join(row) for row in rows).encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><table>{body}</table></html>".encode()


def spoilt(kind: str, seed: int) -> bytes:
    """A file of a format with one to four things wrong."""
    chance = random.Random(f"{kind}{seed}")
    data = whole(kind, chance)
    if data.startswith(b"PK") and chance.random() < 0.9:
        return _spoil_parts(data, chance)
    for _ in range(chance.choice(_HOW_MANY)):
        if kind in ("csv", "html") and chance.random() < 0.7:
            data = _retold(data, chance, (b"<td>", b"</td>") if kind == "html" else (b";", b";"))
        elif chance.random() < 0.7:
            data = _flipped(data, chance)
        else:
            data = _spoil(data, chance, chance.choice(_ODD).encode() or chance.randbytes(4))
    return data


def _spoil_parts(data: bytes, chance: random.Random) -> bytes:
    """Spoil what is packed in a zip and pack it again, so that it is the XML that is wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    likely = [name for name in parts if "sheet" in name.lower() or name.endswith(("content.xml", "Strings.xml"))]
    for _ in range(chance.choice(_HOW_MANY)):
        name = chance.choice(likely or sorted(parts)) if chance.random() < 0.8 else chance.choice(sorted(parts))
        if chance.random() < 0.7:
            parts[name] = _retold(parts[name], chance, (b">", b"</"))
        else:
            parts[name] = _spoil(parts[name], chance, chance.choice(_INTO_XML))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return made.getvalue()


def _retold(part: bytes, chance: random.Random, marks: tuple[bytes, bytes]) -> bytes:
    """Another text in one cell, between two marks; all else stays whole."""
    before, after = marks
    starts = [at + len(before) for at in range(len(part)) if part.startswith(before, at)]
    if not starts:
        return part
    start = chance.choice(starts)
    end = part.find(after, start)
    odd = chance.choice(_ODD)
    if after != b";":
        odd = odd.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")
    return part[:start] + odd.encode() + part[end:] if end >= 0 and b"<" not in part[start:end] else part


def _flipped(data: bytes, chance: random.Random) -> bytes:
    """One to four bytes are others; nothing moves."""
    at, length = chance.randrange(len(data)), chance.choice([1, 1, 2, 4])
    return (
        data[:at]
        + bytes(each ^ chance.choice([1, 32, 128, 255]) for each in data[at : at + length])
        + data[at + length :]
    )


def _spoil(data: bytes, chance: random.Random, odd: bytes) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.choice([1, 2, 8, 60, 400])
    piece = data[at : at + length]
    return chance.choice(
        (
            data[:at] + odd + data[at:],
            data[:at] + odd + data[at + len(odd) :],
            data[:at] + data[at + length :],
            data[:at] + piece * chance.choice([2, 3, 200]) + data[at + length :],
            data[:at] + bytes(each ^ chance.choice([1, 32, 128, 255]) for each in piece) + data[at + length :],
            data[:at] if chance.random() < 0.2 else data[:at] + bytes(len(piece)) + data[at + length :],
        )
    )


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (_HEADS, *_ROWS):
        sheet.append(row)
    sheet["C2"].number_format = "mm/yyyy"
    sheet.row_dimensions[4].hidden = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _open_document() -> bytes:
    def cell(value: object) -> str:
        text = _text(value)
        if isinstance(value, int):
            told = f'office:value-type="float" office:value="{value}"'
            return f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"
        if isinstance(value, date):
            told = f'office:value-type="date" office:date-value="{value.isoformat()}"'
            return f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in (_HEADS, *_ROWS))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="DS">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return made.getvalue()


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)
