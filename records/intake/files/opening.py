"""What a file is, judged by its bytes, and its sheets by the reader of its kind.

Reads whatever comes, within the process that calls it: `records.intake.files.sheets` does so in a process of its own.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from config.errors import InputError
from config.text import t
from records.intake.files import troubles
from records.intake.files.cells import Sheet
from records.intake.files.troubles import DamagedError, FarCellError, unusable
from records.intake.formats.delimited import parse_delimited
from records.intake.formats.grid import clipped
from records.intake.formats.ods import read_fods, read_ods
from records.intake.formats.webtable import read_web_tables
from records.intake.formats.xls import LockedError, read_xls
from records.intake.formats.xlsb import read_xlsb
from records.intake.formats.xlsx import read_xlsx
from records.intake.formats.xmlparts import Parts

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00[\x00\x02-\x08][\x00-\x06]")
_MOST_UNPACKED = 600 * 2**20
_BOOK_ENDINGS = (".xls", ".xlsx", ".ods")
_LEAST_COLUMNS = 2
_TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")


def open_file(path: Path, data: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a spreadsheet, or the one of a text file of columns, or the tables of a web page.

    Hidden sheets come last.

    Args:
        path: names the file in errors, and the sheet of a text file; the disk is not asked.
        data: the whole file.

    Raises:
        InputError: naming the file, when it is damaged, protected, empty or no spreadsheet.
    """
    try:
        if data.startswith(_ZIP):
            sheets = _zipped(path, data)
        elif data.startswith(_OLE):
            sheets = _old(path, data)
        elif _BARE_BIFF.match(data):
            sheets = read_xls(data)
        else:
            sheets = [clipped(sheet) for sheet in _text(path, data)]
    except DamagedError:
        raise troubles.damaged(path) from None
    except LockedError:
        raise troubles.protected(path) from None
    except FarCellError as error:
        raise troubles.far(path, error) from None
    if not any(sheet.rows for sheet in sheets):
        raise unusable(path, t("The file holds no rows"), t("choose the file that holds the list"))
    return tuple(sorted(sheets, key=lambda sheet: sheet.hidden))


def _zipped(path: Path, data: bytes) -> list[Sheet]:
    parts = Parts(data)
    if "META-INF/manifest.xml" in parts and b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise troubles.protected(path)
    if parts.size > _MOST_UNPACKED:
        raise troubles.too_large(path)
    if any(name.endswith("workbook.bin") for name in parts.names):
        return read_xlsb(data)
    if any(name.startswith("xl/") for name in parts.names):
        return read_xlsx(parts)
    kind = parts.read("mimetype").decode("latin-1").strip() if "mimetype" in parts else ""
    if "content.xml" in parts and kind.rpartition(".")[2] in ("spreadsheet", "spreadsheet-template", ""):
        return read_ods(parts)
    raise _no_workbook(path, parts.names, kind)


def _no_workbook(path: Path, names: frozenset[str], kind: str) -> InputError:
    """What a zip is that holds no workbook."""
    if any(name.startswith("word/") for name in names) or kind.endswith("text"):
        return _a_document(path)
    if any(name.startswith("ppt/") for name in names) or kind.endswith("presentation"):
        return unusable(
            path, t("The file is a presentation, not a spreadsheet"), t("ask for the list as a spreadsheet (.xlsx)")
        )
    lists = (name for name in names if name.endswith((*_BOOK_ENDINGS, *_TEXT_ENDINGS)))
    inside = sorted(lists, key=lambda name: (not name.endswith(_BOOK_ENDINGS), name))
    if inside:
        return unusable(
            path,
            t("The file is a packed folder (zip), not a spreadsheet; {name} lies in it", name=inside[0]),
            t("unpack it and choose the list"),
        )
    return unusable(
        path,
        t("The file is a packed folder (zip) and no spreadsheet"),
        t("choose a file that Excel or LibreOffice Calc saved"),
    )


def _a_document(path: Path) -> InputError:
    return unusable(path, t("The file is a document of Word, not a spreadsheet"), t("save its table from Excel"))


def _old(path: Path, data: bytes) -> list[Sheet]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise troubles.protected(path)
    if "WordDocument".encode("utf-16-le") in data:
        raise _a_document(path)
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise unusable(
            path, t("The file is a presentation, not a spreadsheet"), t("ask for the list as a spreadsheet (.xlsx)")
        )
    return read_xls(data)


_NAMED = (
    (b"%PDF", t("The file is a PDF, not a spreadsheet"), t("ask for the list as a spreadsheet (.xlsx)")),
    (b"{\\rtf", t("The file is a document of Word, not a spreadsheet"), t("save its table from Excel")),
    *(
        (head, t("The file is a picture, no spreadsheet"), t("ask for the list as a spreadsheet (.xlsx)"))
        for head in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
    ),
    *(
        (head, t("The file is packed (rar, 7z, gz) and no spreadsheet"), t("unpack it and choose the list"))
        for head in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
    ),
    *(
        (head, t("The file is a web archive"), t("open it in the spreadsheet program and save it as .xlsx"))
        for head in (b"MIME-Version", b"From:")
    ),
)
"""First bytes of a file -> what it is, and what to do."""


def _text(path: Path, data: bytes) -> list[Sheet]:
    head = data[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    for first, what, do in _NAMED:
        if data.startswith(first) or head.startswith(first.lower()):
            raise unusable(path, what, do)
    if head.startswith(b"<?xml") and b"schemas-microsoft-com:office:spreadsheet" in data[:4000].replace(b"\0", b""):
        raise unusable(
            path,
            t("The file is a spreadsheet of 2003 in XML"),
            t("open it in the spreadsheet program and save it as .xlsx"),
        )
    if head.startswith((b"<?xml", b"<office:document")) and b"opendocument:xmlns:office" in data[:4000]:
        return read_fods(BytesIO(data))
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<head")) or (
        head.startswith((b"<?xml", b"<!--", b"<div", b"<body")) and b"<table" in data.replace(b"\0", b"").lower()
    ):
        return list(read_web_tables(path, data))
    if path.suffix.lower() in _TEXT_ENDINGS:
        return [Sheet(path.stem, parse_delimited(path, data))]
    return [_columns(path, data)]


def _columns(path: Path, data: bytes) -> Sheet:
    """Web pages and other programs give a text of columns the ending of a workbook."""
    try:
        rows = parse_delimited(path, data)
    except InputError:
        rows = ()
    if sum(len(row) >= _LEAST_COLUMNS for row in rows) < _LEAST_COLUMNS or path.suffix.lower() not in _BOOK_ENDINGS:
        raise unusable(path, t("The file is no spreadsheet"), t("choose a file that Excel or LibreOffice Calc saved"))
    return Sheet(path.stem, rows)
