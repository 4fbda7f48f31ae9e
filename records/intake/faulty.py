"""Cells of a workbook that hold no value: formulas with an error, or whose result was never worked out.

The reader of workbooks gives such cells as empty; nothing may be lost silently, so they are looked up in the file.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections.abc import Mapping
from html import unescape
from io import BytesIO

from config.text import Text, t

Places = dict[tuple[int, int], str]
ERROR_WORDS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"})
_MOST_BYTES = 200 * 2**20
_UNREADABLE = (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, RuntimeError, NotImplementedError)
_CELL = re.compile(rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"")
_XF = re.compile(rb"<xf\b[^>]*numFmtId=\"(\d+)\"")
_NUMBER_FORMAT = re.compile(rb"<numFmt\b[^>]*numFmtId=\"(\d+)\"[^>]*formatCode=\"([^\"]*)\"")
_STYLED = re.compile(rb"\bs=\"(\d+)\"")
_LITERAL = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_FORMULA = re.compile(rb"<f[^>]*>([^<]*)</f>")
_SHEET = re.compile(r"<sheet\b[^>]*>")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)=\"([^\"]*)\"")
_BIFF_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BIFF_SHEET = re.compile(rb"\x09\x08\x10\x00\x00\x06\x10\x00")
_BIFF_ERROR = re.compile(rb"\x05\x02\x08\x00(..)(..)..([\x00\x07\x0f\x17\x1d\x24\x2a])\x01", re.DOTALL)
_BIFF_FORMULA = re.compile(rb"\x06\x00..(..)(..)..\x02.([\x00\x07\x0f\x17\x1d\x24\x2a])...\xff\xff", re.DOTALL)
_FONT = re.compile(rb"<(?:name|rFont)\s+val=\"([^\"]{1,60})\"")


def faulty_cells(data: bytes) -> Mapping[str, Places]:
    """Sheet name -> place (row from 1, column from 0) -> what stands there: `#DIV/0!`, or `=A1+1` without a result.

    Only of .xlsx; anything that cannot be followed gives nothing.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = {each.filename: each.file_size for each in archive.infolist()}
            if "xl/workbook.xml" not in entries or "xl/_rels/workbook.xml.rels" not in entries:
                return {}
            return {
                name: _places(archive.read(member))
                for name, member in _members(archive)
                if entries.get(member, _MOST_BYTES + 1) <= _MOST_BYTES
            }
    except _UNREADABLE:
        return {}


def old_faulty_cells(data: bytes) -> list[Places]:
    """Like `faulty_cells`, of an old .xls: a map for each worksheet, in the order in which they stand in the file.

    The records are looked up by their form ([MS-XLS] 2.4.21 BOF, 2.4.24 BoolErr, 2.4.127 Formula), not followed.
    """
    starts = [found.start() for found in _BIFF_SHEET.finditer(data)]
    sheets: list[Places] = [{} for _ in starts]
    for pattern in (_BIFF_ERROR, _BIFF_FORMULA):
        for found in pattern.finditer(data):
            at = bisect_right(starts, found.start()) - 1
            if at >= 0:
                row, column = (int.from_bytes(found[group], "little") for group in (1, 2))
                sheets[at][row + 1, column] = _BIFF_WORDS[found[3][0]]
    return sheets


def widest_spread(data: bytes) -> tuple[str, int]:
    """The name of the sheet of a .xlsx whose cells lie farthest apart, and the cells of the rectangle round them.

    Asked before the reader makes that rectangle: one stray cell in the last corner would take all memory there is.
    """
    worst = ("", 0)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name, member in _members(archive) if "xl/workbook.xml" in archive.namelist() else ():
                places = _PLACE.findall(archive.read(member))
                # A column or a row is worked out once, and not for each of its cells.
                columns = [_column(each) for each in {letters for letters, _ in places}]
                rows = [int(each) for each in {row for _, row in places}]
                if places:
                    cells = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
                    worst = max(worst, (name, cells), key=lambda each: each[1])
    except _UNREADABLE:
        pass
    return worst


def coarse_dates(data: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Sheet name -> place -> `month` or `year`, for the days of a .xlsx of which the sheet shows no more than that.

    Excel makes a day of a typed `5/1975`, and shows it as `May-75`.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            known = _coarse_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in archive.namelist() else {}
            members = _members(archive) if known else ()
            return {name: _coarse_places(archive.read(member), known) for name, member in members}
    except _UNREADABLE:
        return {}


def _coarse_styles(styles: bytes) -> dict[int, str]:
    """Number of a cell style -> `month` or `year`, for those that show a date without its day."""
    codes = {int(number): unescape(code.decode("utf-8", "replace")) for number, code in _NUMBER_FORMAT.findall(styles)}
    codes.setdefault(17, "mmm-yy")
    start = styles.find(b"<cellXfs")
    found = {}
    for style, number in enumerate(_XF.findall(styles[start : styles.find(b"</cellXfs>")] if start >= 0 else b"")):
        letters = set(_LITERAL.sub("", codes.get(int(number), "")).lower())
        if "y" in letters and not letters & set("dhs0#"):
            found[style] = "month" if "m" in letters else "year"
    return found


def _coarse_places(sheet: bytes, known: Mapping[int, str]) -> dict[tuple[int, int], str]:
    found = {}
    for match in _CELL.finditer(sheet):
        style = _STYLED.search(match[3])
        if style is not None and int(style[1]) in known:
            found[int(match[2]), _column(match[1])] = known[int(style[1])]
    return found


def fonts_of(data: bytes) -> frozenset[str]:
    """Names of the fonts that a .xlsx file defines."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "xl/styles.xml" in archive.namelist():
                return frozenset(
                    each.decode("utf-8", "replace") for each in _FONT.findall(archive.read("xl/styles.xml"))
                )
    except _UNREADABLE:
        pass
    return frozenset()


def sentence(shown: str) -> Text:
    """Why a cell that holds an error or an unreckoned formula cannot be used."""
    if shown.startswith("="):
        return t("the formula has no result in the file; open it in the spreadsheet program and save it")
    return t("the formula gives the error {error}; put the value itself there", error=shown)


def _members(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name of the sheet, its file in the archive)."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    relations = [dict(_ATTRIBUTE.findall(each)) for each in _RELATION.findall(links)]
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    found = []
    for each in _SHEET.findall(book):
        given = dict(_ATTRIBUTE.findall(each))
        target = targets.get(given.get("r:id", ""), "")
        found.append((unescape(given.get("name", "")), target.lstrip("/") if target[:1] == "/" else f"xl/{target}"))
    return found


def _places(sheet: bytes) -> Places:
    if b't="e"' not in sheet and b"<f" not in sheet:
        return {}
    found: Places = {}
    for match in _CELL.finditer(sheet):
        letters, row, attributes, inside = match.groups(b"")
        value = _VALUE.search(inside)
        text = value[1].decode("utf-8", "replace") if value else ""
        formula = _FORMULA.search(inside)
        if b't="e"' in attributes:
            found[int(row), _column(letters)] = text or "#VALUE!"
        elif formula and not text and b't="str"' not in attributes:
            found[int(row), _column(letters)] = "=" + unescape(formula[1].decode("utf-8", "replace"))
    return found


def _column(letters: bytes) -> int:
    column = 0
    for each in letters:
        column = column * 26 + each - 64
    return column - 1
