"""A spreadsheet file as plain rows of cells, numbered as the sheet numbers them; nothing is interpreted yet."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import InputError
from config.text import Text, t
from records.intake.cells import Cell, Sheet, tidy_rows
from records.intake.delimited import parse_delimited
from records.intake.faulty import (
    Places,
    coarse_dates,
    faulty_cells,
    fonts_of,
    old_faulty_cells,
    sentence,
    widest_spread,
)
from records.intake.webtable import read_web_tables

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["Cell", "Sheet", "read_sheets"]

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_BIFF = re.compile(rb"\x09\x08\x10\x00.{16}\x2f\x00", re.DOTALL)  # BOF, then FILEPASS
_MOST_BYTES = 100 * 2**20
_MOST_UNPACKED = 600 * 2**20
_MOST_CELLS = 5_000_000
_MOST_ROWS = 200_000
_OLD_FONT = re.compile(rb"\.Vn[A-Z]\w+|VNI-[A-Z]\w+")
_BOOK_ENDINGS = (".xls", ".xlsx", ".ods")
_LEAST_COLUMNS = 2
_TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read every sheet of a spreadsheet, or the one of a text file of columns, or the tables of a web page.

    Workbooks are .xlsx, .xls, .xlsb and .ods; text files .csv, .tsv and .txt; web pages often bear the ending .xls.

    What the file is, is judged by its content and not by its ending. Hidden sheets come last.

    Raises:
        InputError: naming the file, when it is missing, unreadable, cut, protected, empty or no spreadsheet.
    """
    data = _bytes(path)
    if data.startswith(_ZIP):
        _judge_zip(path, data)
        sheets = _with_faults(_workbook(path, data), data)
    elif data.startswith(_OLE):
        _judge_ole(path, data)
        fonts = frozenset(each.decode("latin-1") for each in _OLD_FONT.findall(data.replace(b"\0", b"")))
        sheets = tuple(replace(each, fonts=fonts) for each in _workbook(path, data, old_faulty_cells(data)))
    else:
        sheets = _text(path, data)
    if not any(sheet.rows for sheet in sheets):
        raise _unusable(path, t("The file holds no rows"), t("choose the file that holds the list"))
    return sheets


def _unusable(path: Path, what: Text, do: Text) -> InputError:
    return InputError(what, where=str(path), do=do)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _unusable(path, t("This is a folder, not a file"), t("choose a spreadsheet in it"))
        if not path.exists():
            raise _unusable(path, t("There is no such file"), t("check the name and the folder"))
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise _unusable(path, t("The file is too large for a list of people"), t("choose the list itself"))
        data = path.read_bytes()
    except PermissionError:
        raise _unusable(
            path,
            t("This file may not be read by you"),
            t("close it in other programs, or ask for the right to read it"),
        ) from None
    except OSError:
        raise _unusable(
            path, t("The disk does not give the file"), t("copy the file to this computer and try again")
        ) from None
    if not data:
        raise _unusable(path, t("The file is empty"), t("copy it again from where it came"))
    return data


def _damaged(path: Path) -> InputError:
    return _unusable(
        path,
        t("The file is cut or damaged and cannot be read whole"),
        t("copy it again from where it came, or open it in the spreadsheet program and save it anew"),
    )


def _protected(path: Path) -> InputError:
    return _unusable(
        path,
        t("The file is protected by a password"),
        t("open it in the spreadsheet program, take the password off and save it"),
    )


def _judge_zip(path: Path, data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = {entry.filename: entry.file_size for entry in archive.infolist()}
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in entries else b""
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, KeyError, NotImplementedError, RuntimeError, OSError):
        raise _damaged(path) from None
    if b"encryption-data" in manifest:
        raise _protected(path)
    if sum(entries.values()) > _MOST_UNPACKED:
        raise _unusable(path, t("The file is too large for a list of people"), t("choose the list itself"))
    name, cells = widest_spread(data)
    if cells > _MOST_CELLS * 4:
        raise _unusable(
            path,
            t("Sheet “{name}” has a cell far away from its list", name=name),
            t("delete the empty rows and columns beyond the list and save it"),
        )
    if not any(name.startswith("xl/") or name == "content.xml" for name in entries):
        raise _unusable(path, t("The file is no spreadsheet"), t("choose a file that Excel or LibreOffice Calc saved"))


def _judge_ole(path: Path, data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data or _LOCKED_BIFF.search(data):
        raise _protected(path)
    if "WordDocument".encode("utf-16-le") in data:
        raise _unusable(path, t("The file is a document of Word, not a spreadsheet"), t("save its table from Excel"))


def _workbook(path: Path, data: bytes, faulty: Sequence[Places] = ()) -> tuple[Sheet, ...]:
    """The sheets of a workbook; `faulty` holds the faulty cells of each sheet in the order of the file, if known."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415  # heavy, and only needed here

    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            known = len(faulty) == len(book.sheets_metadata)
            return tuple(
                _put_back(_sheet(path, book, number), faulty[number] if known else {}) for number in _order(book)
            )
    except PasswordError:
        raise _protected(path) from None
    except MemoryError:
        raise _unusable(path, t("The file is too large for a list of people"), t("choose the list itself")) from None
    except CalamineError:
        raise _damaged(path) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own collapse on a damaged file; no Exception
            raise _damaged(path) from None
        raise


def _with_faults(sheets: tuple[Sheet, ...], data: bytes) -> tuple[Sheet, ...]:
    """The sheets with the cells put back that the reader gives as empty though they hold an error or a formula."""
    found, fonts, coarse = faulty_cells(data), fonts_of(data), coarse_dates(data)
    return tuple(
        _put_back(replace(each, fonts=fonts, coarse=coarse.get(each.name, {})), found.get(each.name, {}))
        for each in sheets
    )


def _put_back(sheet: Sheet, places: Mapping[tuple[int, int], str]) -> Sheet:
    if not places:
        return sheet
    rows: list[list[Cell]] = [list(row) for row in sheet.rows]
    faults = {}
    for (row, column), shown in places.items():
        if row > _MOST_ROWS:
            continue
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([""] * (column + 1 - len(cells)))
        if cells[column] in ("", 0):
            cells[column] = shown
            faults[row, column] = sentence(shown)
    return replace(sheet, rows=tidy_rows(rows), faults=faults)


def _order(book: CalamineWorkbook) -> list[int]:
    """The numbers of the sheets with cells, those a person sees first."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  # heavy, and only needed here

    shown = [each.visible == SheetVisibleEnum.Visible for each in book.sheets_metadata]
    kept = [number for number, each in enumerate(book.sheets_metadata) if each.typ == SheetTypeEnum.WorkSheet]
    return sorted(kept, key=lambda number: not shown[number])


def _sheet(path: Path, book: CalamineWorkbook, number: int) -> Sheet:
    source: CalamineSheet = book.get_sheet_by_index(number)
    if source.start is None:
        return Sheet(source.name, ())
    if source.height * source.width > _MOST_CELLS:
        raise InputError(
            t("Sheet “{name}” spreads over {rows} rows", name=source.name, rows=source.total_height),
            where=str(path),
            do=t("delete the empty rows and columns beyond the list and save it"),
        )
    above, left = source.start
    lead: list[Cell] = [""] * left
    rows: list[list[Cell]] = [[] for _ in range(above)]
    rows += [lead + list(row) for row in source.to_python(skip_empty_area=True)]
    merged = tuple((top + 1, first, bottom + 1, last) for (top, first), (bottom, last) in _merged(source))
    return Sheet(source.name, tidy_rows(rows), merged)


def _merged(source: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return source.merged_cell_ranges or []


def _text(path: Path, data: bytes) -> tuple[Sheet, ...]:
    if data.startswith(b"%PDF"):
        raise _unusable(path, t("The file is a PDF, not a spreadsheet"), t("ask for the list as a spreadsheet (.xlsx)"))
    head = data[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if head.startswith(b"<?xml") and b"schemas-microsoft-com:office:spreadsheet" in data[:4000].replace(b"\0", b""):
        raise _unusable(
            path,
            t("The file is a spreadsheet of 2003 in XML"),
            t("open it in the spreadsheet program and save it as .xlsx"),
        )
    if head.startswith((b"mime-version", b"from:")):
        raise _unusable(
            path,
            t("The file is a web archive"),
            t("open it in the spreadsheet program and save it as .xlsx"),
        )
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<head")) or (
        head.startswith((b"<?xml", b"<!--", b"<div", b"<body")) and b"<table" in data.replace(b"\0", b"").lower()
    ):
        return read_web_tables(path, data)
    if path.suffix.lower() in _TEXT_ENDINGS:
        return (Sheet(path.stem, parse_delimited(path, data)),)
    # Web pages and other programs give a text of columns the ending of a workbook.
    try:
        rows = parse_delimited(path, data)
    except InputError:
        rows = ()
    if sum(len(row) >= _LEAST_COLUMNS for row in rows) < _LEAST_COLUMNS or path.suffix.lower() not in _BOOK_ENDINGS:
        raise _unusable(path, t("The file is no spreadsheet"), t("choose a file that Excel or LibreOffice Calc saved"))
    return (Sheet(path.stem, rows),)
