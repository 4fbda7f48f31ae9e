"""The set words of official papers, and cells as they are printed: the same for PDF and Excel.

Party papers follow Hướng dẫn 36-HD/VPTW (2018), state papers Nghị định 30/2020/NĐ-CP. These words are law, not
language: they stay Vietnamese whatever language the program speaks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from config.i18n import language
from exports.cells import CellKind
from exports.heads import short_issuer
from exports.papers.form.paper import Paper
from exports.sheets import SheetColumn
from records.domain.dates import PartialDate, in_words, shown

RECIPIENTS = "Nơi nhận:"
_DOTS = "……"
_NATION, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_VIETNAMESE_MARKS = str.maketrans(",.", ".,")
_PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of a paper's head: its size in points, its style, and what is ruled under it."""

    text: str
    size: float
    style: str = ""
    rule: float = 0
    """Length of the rule below, as a part of the text's length; 0 for none."""


def head_left(paper: Paper) -> tuple[HeadLine, ...]:
    """The body above, the body that issues, and the paper's number."""
    party = paper.form == "party"
    size = 14 if party else 13
    lines = [HeadLine(nfc(paper.parent).upper(), size)] if paper.parent else []
    lines.append(HeadLine(nfc(short_issuer(paper.office, paper.parent)).upper(), size, "-bold", 0 if party else 0.4))
    if party:
        lines.append(HeadLine("*", 14))
    if number := number_line(paper):
        lines.append(HeadLine(number, size))
    return tuple(lines)


def head_right(paper: Paper) -> tuple[HeadLine, ...]:
    """The name of the Party, or of the State with its motto, then place and day."""
    day = HeadLine(place_and_day(paper), 14, "-italic")
    if paper.form == "party":
        return (HeadLine(_PARTY, 15, "-bold", 1), day)
    return (HeadLine(_NATION, 13, "-bold"), HeadLine(_MOTTO, 14, "-bold", 1), day)


def number_line(paper: Paper) -> str:
    """`Số 12-TTr/BTG` of the Party, `Số: 12/TTr-UBND` of the State; dots where a signed paper has no number yet."""
    number = nfc(paper.number) or (_DOTS if paper.signers and not paper.appended_to else "")
    if not number:
        return ""
    return f"Số {number}" if paper.form == "party" else f"Số: {number}"


def place_and_day(paper: Paper) -> str:
    """`Thái Nguyên, ngày 05 tháng 7 năm 2026`."""
    return f"{nfc(paper.place)}, {in_words(paper.day)}" if paper.place else in_words(paper.day).capitalize()


def appended_line(paper: Paper) -> str:
    """What an annexed list says of the paper it belongs to; empty for others."""
    return f"({nfc(paper.appended_to)})" if paper.appended_to else ""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One head of a table, over the columns `first` to `last`, in row 0 or 1 or both (`rows` 2)."""

    text: str
    first: int
    last: int
    row: int = 0
    rows: int = 1


def head_cells(columns: Sequence[SheetColumn]) -> list[HeadCell]:
    """The heads of a table: neighbours of one group under a shared head, the others as high as both rows."""
    deep = 2 if any(column.group for column in columns) else 1
    cells: list[HeadCell] = []
    for group, numbered in groupby(enumerate(columns), key=lambda each: each[1].group):
        members = list(numbered)
        if group:
            cells.append(HeadCell(nfc(group), members[0][0], members[-1][0]))
            cells += [HeadCell(nfc(column.title), place, place, row=1) for place, column in members]
        else:
            cells += [HeadCell(nfc(column.title), place, place, rows=deep) for place, column in members]
    return cells


def cell_text(value: object, kind: CellKind = "text") -> str:
    """A value as it is printed: days as dd/mm/yyyy, numbers with the marks of the language in use, but for years."""
    if value is None:
        return ""
    if isinstance(value, date | PartialDate):
        return shown(value)
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | Decimal):
        if kind == "year":
            return str(value)
        text = format(value, ",f" if isinstance(value, Decimal) else ",")
        return text.translate(_VIETNAMESE_MARKS) if language() == "vi" else text
    return nfc(str(value))


def nfc(text: str) -> str:
    """`text` in its composed form, as official papers have it."""
    return unicodedata.normalize("NFC", text)
