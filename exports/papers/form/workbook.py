"""A paper as an Excel file: the same form as its PDF, ready to print on A4 and to go on working in."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from config.settings.styles import Margins
from exports.cells import FONT, CellKind, cell_formats, plain, write_cell, write_text
from exports.files import whole_file
from exports.fonts import open_fonts
from exports.papers.form.bars import BarSection
from exports.papers.form.lines import sensible
from exports.papers.form.paper import Paper, Section
from exports.papers.form.spans import Span, narrower, shares, widths_of
from exports.papers.form.wording import HeadLine, appended_line, grounds_of, head_cells, head_left, head_right, nfc
from exports.sheets import SheetColumn

_LINE = 16.5  # points: one line of 12 point letters
_WIDE = 105.0  # letters: a wider sheet is turned on its side
_NAME = 31  # letters, at most, in the name of a sheet
_INCH = 25.4  # mm
_MM = 72 / 25.4  # points
_PIXELS = 7  # of the letter by which a column is measured
_USUAL = 15.0  # points: a row that nothing is said of
_MANY = 1_000  # rows, from which on a height is only said of those that are higher
_KEPT = 2  # rows of a table that stand with its signatures
_SAFE = 0.97  # of a page's height: programs set it a little otherwise
_NARROWER = 0.93  # of its width: a column on a page of its own is worse than letters a little smaller
_SPARE = 1.02  # times the letters of a text: rather a line too many than one cut
_ORDINAL = 6  # letters: a narrower column of numbers counts rows
_POINTS = 5.25  # of the letter by which a column is measured
_LEAST = 2  # columns: the head has two sides
_SHORT = 12  # letters: no day and no count of rows is longer


def write_paper_xlsx(paper: Paper, path: Path, *, overwrite: bool = False) -> None:
    """Write `paper` to `path`, a sheet for each part with a table, A4, as wide as the page, heads on every page.

    Sums are formulas, heads stay in sight and can be filtered by.

    Raises:
        InputError: for a file already there, a place that cannot be written, or a text too long for a cell.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  # heavy

    with whole_file(path, overwrite=overwrite) as part:
        # In memory first: a full disk would make the library's archive complain a second time when it is thrown away.
        content = BytesIO()
        book = Workbook(content, {"in_memory": True})
        # No clock in the file: the same paper gives the same bytes.
        told = {"title": " ".join(paper.title), "author": paper.office, "created": datetime(2000, 1, 1)}  # noqa: DTZ001  # fixed
        book.set_properties(told)
        taken: set[str] = set()
        for each in [part for part in paper.parts() if part.sections] or [paper]:
            _Sheet(book, each, _sheet_name(each, taken)).fill()
        book.close()
        part.write_bytes(content.getvalue())


def _sheet_name(paper: Paper, taken: set[str]) -> str:
    """A name for the sheet of a paper, that Excel takes and no other sheet of the file has."""
    words = re.sub(r"[\\[\]:*?/']", " ", nfc(paper.title[0] if paper.title else "1"))
    name = " ".join(words.split()).capitalize()[:_NAME].strip() or "1"
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{name[: _NAME - 3]} {number}"
    taken.add(name.casefold())
    return name


class _Place(NamedTuple):
    """Where the values of a column stand: their kind, sheet columns and their letters, how many fit on one line.

    `looks` are the formats of its cells by kind, and of a sum.
    """

    kind: CellKind
    span: Span
    letters: float
    fits: int
    looks: dict[str, Any]

    @classmethod
    def of(cls, column: SheetColumn, span: Span, letters: float, looks: dict[str, Any]) -> _Place:
        number = looks["ordinal" if column.width <= _ORDINAL else "number"]
        return cls(
            column.kind,
            span,
            letters,
            int(_room(letters, 12) / _SPARE),
            looks | {"number": number, "sum": looks["number"]},
        )

    @property
    def is_one(self) -> bool:
        """Whether it has one column of the sheet."""
        return self.span.first == self.span.last

    @property
    def look_of_text(self) -> Any:
        """The format of a text in it."""
        return self.looks["partial" if self.kind == "date" else "text"]

    def lines(self, value: object) -> int:
        """How many lines a value takes; that of a number or a day is found out only where the column is narrow."""
        if type(value) is not str:
            if self.fits >= _SHORT and not isinstance(value, str | Decimal):
                return 1
            value = plain(value)
        if len(value) <= self.fits and "\n" not in value:
            return 1
        return _lines(plain(value), self.letters, 12)


class _Sheet:
    """One worksheet being filled from the top; `row` is the next free one."""

    def __init__(self, book: Any, paper: Paper, name: str) -> None:
        self._book, self._paper = book, paper
        self._fonts = open_fonts(("serif", "serif-bold")).names
        self._page = book.add_worksheet(name)
        self._widths = widths_of(paper.sections, least=max(_LEAST, len(paper.signers) + bool(paper.recipients)))
        self._most = max((len(section.columns) for section in paper.sections), default=0)
        self._cells = cell_formats(book)
        self._bold = cell_formats(book)
        for look in self._bold.values():
            look.set_bold()
        self._heights: dict[int, float] = {}
        self._repeated = (0, 0)
        self._near: int | None = None
        self._usual = _USUAL
        if max((len(section.rows) for section in paper.sections), default=0) > _MANY:
            self._usual = _LINE + 3  # to say it of each takes a tenth of the time of a long list
            self._page.set_default_row(self._usual)
        self.row = 0
        self._set_page()

    def _set_page(self) -> None:
        page, paper = self._page, self._paper
        wide = sum(self._widths) > _WIDE if paper.landscape is None else paper.landscape
        if wide:
            page.set_landscape()
        page.set_paper(9)
        margins = paper.style.margins_wide if wide else paper.style.margins
        sides = ("left", "right", "top", "bottom")
        page.set_margins(**{side: getattr(margins, side) / _INCH for side in sides})
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        mark = paper.mark.replace("&", "&&")
        page.set_footer(f"&L&8{mark}&R&P/&N" if mark else "&R&P/&N")
        page.hide_gridlines(2)
        for number, width in enumerate(self._widths):
            page.set_column(number, number, width)
        self._room = paper_room(margins, wide=wide)

    def fill(self) -> None:
        """Write the whole paper."""
        self._head()
        self._title()
        paper = self._paper
        for text in paper.addressees:
            self._across(text, align="center")
        if paper.enactor:
            self._across(paper.enactor, align="center", bold=True)
        for text in (*grounds_of(paper), *paper.opening):
            self._across(text, align="left", indent=1)
        if paper.enacts:
            self._across(paper.enacts, align="center", bold=True)
        for text in paper.articles:
            self._across(text, align="left", indent=1)
        for section in self._paper.sections:
            self._section(section)
        for text in self._paper.closing:
            self._across(text, align="left", indent=1)
        self.row += 1
        self._ending()
        self._keep_together()

    def _look(self, **other: Any) -> Any:
        base = {"font_name": FONT, "font_size": 12, "valign": "vcenter", "text_wrap": True}
        return self._book.add_format({**base, **other})

    def _write(self, row: int, span: Span, text: str, look: Any) -> None:
        if span.first < span.last:
            self._page.merge_range(row, span.first, row, span.last, "", look)
        write_text(self._page, (row, span.first), text, look)

    def _set_high(self, row: int, height: float) -> None:
        self._page.set_row(row, height)
        self._heights[row] = height

    def _keep_together(self) -> None:
        """Begin a page before the last two rows of the last table where it would end between them and a signature.

        A sheet that is made as wide as the page knows no such break: its scale is then said outright.
        """
        if self._near is None or not self._paper.signers:
            return
        width = sum(int(each * _PIXELS + 0.5) + 5 for each in self._widths) * 0.75
        scale = min(100, int(100 * _NARROWER * self._room[0] / width))
        if self._page_of(self.row, scale) > self._page_of(self._near, scale):
            self._page.set_print_scale(scale)
            self._page.set_h_pagebreaks([self._near])

    def _page_of(self, wanted: int, scale: int) -> int:
        """On which page a row stands, as far as its height and those before it tell; pages are counted from 0."""
        room, repeated = self._room[1] * _SAFE * 100 / scale, self._repeated
        known, usual = self._heights.get, self._usual
        taken, page = 0.0, 0
        for row in range(wanted + 1):
            height = known(row, usual)
            if taken + height > room:
                page += 1
                taken = sum(known(each, usual) for each in range(*repeated)) if row >= repeated[1] else 0
            taken += height
        return page

    def _letters(self, span: Span) -> float:
        return sum(self._widths[span.first : span.last + 1])

    def _across(self, text: str, **style: Any) -> None:
        """A line or paragraph over all columns, as high as it needs: merged cells do not grow by themselves."""
        span = Span(0, len(self._widths) - 1)
        size = style.get("font_size", 12)
        self._write(self.row, span, text, self._look(**style))
        self._set_high(self.row, _lines(text, self._letters(span), size) * _LINE * size / 12 + 2)
        self.row += 1

    def _head(self) -> None:
        left, right = head_left(self._paper), head_right(self._paper)
        spans = shares(self._widths, (0.45, 0.55))
        heights: dict[int, float] = {}
        for lines, span in zip((left, right), spans, strict=True):
            for row, line in enumerate(lines):
                text = self._named(line, span) if lines is left else line.text
                style: dict[str, Any] = {"align": "center", "font_size": line.size - 1}
                style |= {"bold": "bold" in line.style, "italic": "italic" in line.style}
                if line.rule:
                    style["underline"] = 1
                self._write(row, span, text, self._look(**style))
                size = line.size * (1.1 if line.text.isupper() else 1)
                needed = _lines(text, self._letters(span), size) * _LINE * line.size / 12
                heights[row] = max(heights.get(row, 0), needed)
        for row, height in heights.items():
            self._set_high(row, height)
        self.row = max(len(left), len(right)) + 1

    def _named(self, line: HeadLine, span: Span) -> str:
        """The name of a body, broken where the sense does."""
        font = self._fonts["serif-bold" if "bold" in line.style else "serif"]
        return "\n".join(sensible(line.text, font, line.size - 1, self._letters(span) * _POINTS))

    def _title(self) -> None:
        for number, text in enumerate(self._paper.title):
            self._across(text, align="center", bold=True, font_size=13 if number else 14)
        if appended := appended_line(self._paper):
            self._across(appended, align="center", italic=True)
        self.row += 1

    def _section(self, section: Section) -> None:
        begun = self.row
        if section.heading:
            self._across(section.heading, bold=True)
        spans = narrower(section.columns, self._most)
        alone = len(self._paper.sections) == 1
        self._heads(section, spans, alone=alone)
        top, places = self.row, self._places(section, spans, self._cells)
        self._rows(section.rows, places)
        if alone and section.rows and all(span.first == span.last for span in spans):
            self._page.autofilter(top - 1, 0, self.row - 1, len(section.columns) - 1)
        if section.rows:
            self._near = self.row - _KEPT if self.row - _KEPT > top else begun
        if section.totals:
            self._totals(section, self._places(section, spans, self._bold), top)
        for note in section.notes:
            self._across(note, italic=True)
        if isinstance(section, BarSection) and section.rows:
            self._chart(section, spans, top)
        self.row += 1

    def _heads(self, section: Section, spans: Sequence[Span], *, alone: bool) -> None:
        """The heads of a table; those of the only one stay in sight, and stand on every page."""
        first = self.row
        for cell in head_cells(section.columns):
            top, bottom = first + cell.row, first + cell.row + cell.rows - 1
            span = Span(spans[cell.first].first, spans[cell.last].last)
            if span.first < span.last or top < bottom:
                self._page.merge_range(top, span.first, bottom, span.last, "", self._cells["head"])
            write_text(self._page, (top, span.first), cell.text, self._cells["head"])
            self.row = max(self.row, bottom + 1)
        for row in range(first, self.row):
            self._set_high(row, _head_lines(section, self._widths, spans) * _LINE + 4)
        if alone:
            self._page.repeat_rows(first, self.row - 1)
            self._repeated = (first, self.row)
            self._page.freeze_panes(self.row, 0)

    def _chart(self, section: BarSection, spans: Sequence[Span], top: int) -> None:
        """A chart of the rows from `top` on, below the table: bars from the top down as in the table."""
        name, last = self._page.get_name(), top + len(section.rows) - 1
        label, value = spans[section.label].first, spans[section.value].first
        chart = self._book.add_chart({"type": "bar"})
        series = {"categories": [name, top, label, last, label], "values": [name, top, value, last, value]}
        chart.add_series({**series, "fill": {"color": "#808080"}, "gap": 40, "data_labels": {"value": True}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"min": 0, "max": float(section.longest()), "crossing": "max", "label_position": "low"})
        width, height = sum(self._widths) * 7, 60 + 22 * len(section.rows)
        chart.set_size({"width": width, "height": height})
        self.row += 1
        self._page.insert_chart(self.row, 0, chart)
        self.row += math.ceil(height / 20) + 1

    def _places(self, section: Section, spans: Sequence[Span], looks: dict[str, Any]) -> list[_Place]:
        pairs = zip(section.columns, spans, strict=True)
        return [_Place.of(column, span, self._letters(span), looks) for column, span in pairs]

    def _rows(self, rows: Sequence[Sequence[object]], places: Sequence[_Place]) -> None:
        """The rows of a table, each as high as its text. Most cells hold a text that fits on a line."""
        write, normal, usual, row = self._page.write_string, unicodedata.normalize, self._usual, self.row
        plan = [(place, place.span.first, place.fits if place.is_one else 0, place.look_of_text) for place in places]
        for values in rows:
            lines = 1
            for value, (place, column, fits, look) in zip(values, plan, strict=True):
                if type(value) is str and 0 < len(value) <= fits and "\n" not in value:
                    write(row, column, normal("NFC", value), look)
                elif (taken := self._cell(row, place, value)) > lines:
                    lines = taken
            if (height := lines * _LINE + 3) != usual:
                self._set_high(row, height)
            row += 1
        self.row = row

    def _cell(self, row: int, place: _Place, value: object, formula: str = "") -> int:
        """Write a value, or a formula that gives it, where it belongs; gives how many lines the value takes."""
        first, last = place.span
        if first < last:
            self._page.merge_range(row, first, row, last, "", place.looks[place.kind])
        if formula:
            self._page.write_formula(row, first, formula, place.looks["sum"], value)
        else:
            write_cell(self._page, (row, first), value, place.kind, place.looks)
        return place.lines(value)

    def _totals(self, section: Section, places: Sequence[_Place], top: int) -> None:
        """The row of totals under the rows from `top` on: a whole number is the sum of its column."""
        lines, under = 1, self.row
        for value, place in zip(section.totals, places, strict=True):
            summed = place.kind == "number" and isinstance(value, int) and under > top
            letter = _letter(place.span.first)
            formula = f"=SUM({letter}{top + 1}:{letter}{under})" if summed else ""
            lines = max(lines, self._cell(under, place, value, formula))
        self._set_high(under, lines * _LINE + 3)
        self.row += 1

    def _ending(self) -> None:
        paper = self._paper
        first = self.row
        self.row += max((len(each.titles) + 5 for each in paper.signers), default=0)
        beside = bool(paper.recipients)
        places = max(len(paper.signers) + beside, 2)
        spans = shares(self._widths, [1 / places] * places)
        top = first
        titles = max((len(signer.titles) for signer in paper.signers), default=0)
        for signer, span in zip(paper.signers, spans[places - len(paper.signers) :], strict=True):
            for number, title in enumerate(signer.titles):
                bold = not number or paper.style.signature.office_bold
                self._write(top + number, span, title, self._look(align="center", bold=bold))
            self._write(top + titles + 4, span, signer.name, self._look(align="center", bold=True))
        told = paper.style.recipients
        heading = {"italic": told.italic, "bold": told.bold, "underline": told.underlined}
        for number, text in enumerate((told.words, *paper.recipients) if beside else ()):
            style = {} if number else heading
            self._write(top + number, spans[0], text, self._look(valign="top", **style))
            self._set_high(top + number, _lines(text, self._letters(spans[0]), 12) * _LINE)


def paper_room(margins: Margins, *, wide: bool) -> tuple[float, float]:
    """Width and height in points that a page of A4 leaves within its margins."""
    width, height = (297, 210) if wide else (210, 297)
    return (width - margins.left - margins.right) * _MM, (height - margins.top - margins.bottom) * _MM


def _lines(text: str, letters: float, size: float) -> int:
    """How many lines a text takes in a cell so many letters wide; rather one too many than one cut."""
    room = _room(letters, size)
    return sum(max(1, math.ceil(len(part) * _SPARE / room)) for part in text.split("\n"))


def _room(letters: float, size: float) -> float:
    """How many letters of this size stand on one line of a cell that is so many letters of 12 points wide."""
    return max(letters - 1, 1) * 12 / size


def _head_lines(section: Section, widths: Sequence[float], spans: Sequence[Span]) -> int:
    return max(
        (
            _lines(column.title, sum(widths[span.first : span.last + 1]) * 0.9, 12)
            for column, span in zip(section.columns, spans, strict=True)
        ),
        default=1,
    )


def _letter(column: int) -> str:
    """The letters of a column, from 0: `A`, `Z`, `AA`."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
