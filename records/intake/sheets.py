"""A spreadsheet file as plain rows of cells, numbered as the sheet numbers them; nothing is interpreted yet."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import InputError
from config.text import Text, t
from records.intake.cells import Cell, Sheet, tidy_rows
from records.intake.delimited import parse_delimited

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["Cell", "Sheet", "read_sheets"]

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 100 * 2**20
_MOST_UNPACKED = 600 * 2**20
_MOST_CELLS = 5_000_000
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read every sheet of a spreadsheet (.xlsx, .xls, .xlsb, .ods) or a text file of columns (.csv, .tsv, .txt).

    What the file is, is judged by its content and not by its ending. Hidden sheets come last.

    Raises:
        InputError: naming the file, when it is missing, unreadable, cut, protected, empty or no spreadsheet.
    """
    data = _bytes(path)
    if data.startswith(_ZIP):
        _judge_zip(path, data)
        sheets = _workbook(path, data)
    elif data.startswith(_OLE):
        _judge_ole(path, data)
        sheets = _workbook(path, data)
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
    if not any(name.startswith("xl/") or name == "content.xml" for name in entries):
        raise _unusable(path, t("The file is no spreadsheet"), t("choose a file that Excel or LibreOffice Calc saved"))


def _judge_ole(path: Path, data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _protected(path)
    if "WordDocument".encode("utf-16-le") in data:
        raise _unusable(path, t("The file is a document of Word, not a spreadsheet"), t("save its table from Excel"))


def _workbook(path: Path, data: bytes) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415  # heavy, and only needed here

    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return tuple(_sheet(path, book, number) for number in _order(book))
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
    if data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype html", b"<table")):
        raise _unusable(
            path,
            t("The file is a web page under a spreadsheet's name"),
            t("open it in the spreadsheet program and save it as .xlsx"),
        )
    if path.suffix.lower() not in _TEXT_ENDINGS:
        raise _unusable(path, t("The file is no spreadsheet"), t("choose a file that Excel or LibreOffice Calc saved"))
    return (Sheet(path.stem, parse_delimited(path, data)),)
