"""The set words of official papers, and cells as they are printed: the same for PDF and Excel.

What is law in it, words, sizes and zeros, comes from `styles.yaml` by the paper's side and day. Those words are not
language: they stay Vietnamese whatever language the program speaks.
"""

from __future__ import annotations

import re
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

_DOTS = "……"
_VIETNAMESE_MARKS = str.maketrans(",.", ".,")


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
    head = paper.style.head
    lines = [HeadLine(nfc(paper.parent).upper(), head.above_size)] if paper.parent else []
    lines.append(
        HeadLine(nfc(short_issuer(paper.office, paper.parent)).upper(), head.issuer_size, "-bold", head.issuer_rule)
    )
    if head.mark:
        lines.append(HeadLine(head.mark, head.issuer_size))
    if number := number_line(paper):
        lines.append(HeadLine(number, head.number_size))
    return tuple(lines)


def head_right(paper: Paper) -> tuple[HeadLine, ...]:
    """The name of the Party, or of the State with its motto, then place and day."""
    head = paper.style.head
    said = (HeadLine(nfc(each.words), each.size, "-bold" if each.bold else "", each.rule) for each in head.right)
    return (*said, HeadLine(place_and_day(paper), head.day_size, "-italic"))


def number_line(paper: Paper) -> str:
    """`Số 12-TTr/BTG` of the Party, `Số: 12/TTr-UBND` of the State; dots where a signed paper has no number yet."""
    number = nfc(paper.number) or (_DOTS if paper.signers and paper.numbered and not paper.appended_to else "")
    return paper.style.head.number.replace("{number}", number) if number else ""


def place_and_day(paper: Paper) -> str:
    """`Thái Nguyên, ngày 05 tháng 7 năm 2026`."""
    day = in_words(paper.day, paper.style.zeros)
    return f"{nfc(paper.place)}, {day}" if paper.place else day.capitalize()


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
    if type(value) is str:
        return value if value.isascii() else nfc(value)
    if value is None:
        return ""
    if isinstance(value, date | PartialDate):
        return shown(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and kind != "year":
        text = format(value, ",f" if isinstance(value, Decimal) else ",")
        return text.translate(_VIETNAMESE_MARKS) if language() == "vi" else text
    return nfc(str(value))


def nfc(text: str) -> str:
    """`text` in its composed form, as official papers have it."""
    return unicodedata.normalize("NFC", text)


_LEAD = re.compile(r"(Điều \d+\.)\s+")
_HEADING = re.compile(r"[IVX]+\. ")
_GAP = re.compile(r"(\[[^\[\]]*\])")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its style (``, `-bold`, `-italic`), and whether it is red."""

    text: str
    style: str = ""
    red: bool = False


Rich = list[Word]
"""A paragraph."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph of one style."""

    text: str
    bold: bool = False
    italic: bool = False
    red: bool = False


def runs(text: str, *, italic: bool = False, gaps: bool = False) -> list[Run]:
    """A paragraph in pieces of one style each."""
    found, rest = [], nfc(text)
    if _HEADING.match(rest) and rest == rest.upper():
        return [Run(rest, bold=True)]
    if lead := _LEAD.match(rest):
        found.append(Run(f"{lead[1]} ", bold=True))
        rest = rest[lead.end() :]
    for number, piece in enumerate(_GAP.split(rest) if gaps else [rest]):
        if piece:
            found.append(Run(piece, italic=italic, red=bool(number % 2)))
    return found


def rich(text: str, *, italic: bool = False, gaps: bool = False) -> list[Rich]:
    """The paragraphs of a text, in words."""
    made = []
    for part in text.split("\n"):
        words: Rich = []
        open_end = False
        for run in runs(part, italic=italic, gaps=gaps):
            style = "-bold" if run.bold else "-italic" if run.italic else ""
            pieces = run.text.split()
            if open_end and pieces and not run.text[0].isspace() and words and words[-1].style == style:
                # What stands without a blank after a gap, such as a comma, goes with its last word.
                first, *pieces = pieces
                words[-1] = Word(words[-1].text + first, style, words[-1].red)
            words += [Word(piece, style, run.red) for piece in pieces]
            open_end = not run.text[-1:].isspace()
        made.append(words)
    return made


def grounds_of(paper: Paper) -> list[str]:
    """The grounds as they are set: with what each begins with in the paper's style."""
    begun = paper.style.text.ground
    return [each if begun and each.startswith(begun.strip()) else f"{begun}{each}" for each in paper.grounds]
