"""Spreadsheets of LibreOffice (.ods, and .fods in one piece).

Source: OpenDocument 1.3 part 3, 9 (tables), 6.1 (white space in text), 16.27 (date styles), 19.385 (value types).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from records.intake.files.cells import Cell, Sheet
from records.intake.files.troubles import DamagedError, FarCellError
from records.intake.formats.faulty import is_error
from records.intake.formats.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid
from records.intake.formats.xmlparts import PASS, Attributes, Handler, Parts, Source, Start, parse, pass_over

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 {}"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_SPAN = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_MOST_SPACES = 1_000
_NAUGHT = datetime(1, 1, 1)  # noqa: DTZ001  # a workbook knows no time zones
_DEEPEST = 20
"""Styles that a style may rest on."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_YEAR_SHOWN = re.compile(r"\d{4}")
_MONTH_SHOWN = re.compile(r"\d{1,2}[/.-]\d{4}|[^\W\d]+[ .-]*\d{2,4}")


def _n(space: str, name: str) -> str:
    return _URN.format("datastyle" if space == "number" else space, name)


_STYLE = _n("table", "style-name")


def read_ods(parts: Parts) -> list[Sheet]:
    """Every sheet in the order of the tabs, hidden ones too.

    Raises:
        DamagedError: when a part is missing or broken.
        FarCellError: when a sheet spreads too far.
    """
    document = _Document()
    if "styles.xml" in parts:
        parts.parse("styles.xml", document)
    parts.parse("content.xml", document)
    return document.sheets()


def read_fods(source: Source) -> list[Sheet]:
    """The same from a document in one piece."""
    document = _Document()
    parse(source, document)
    return document.sheets()


@dataclass(slots=True)
class _Look:
    """What a style of cells, texts or sheets says; `parent` says the rest."""

    parent: str = ""
    day: str = ""
    struck: bool | None = None
    shown: bool = True


class _Styles(Handler):
    """The styles of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.looks: dict[str, _Look] = {}
        self.fonts: set[str] = set()
        self._days: dict[str, set[str]] = {}
        self._look = _Look()
        self._day: set[str] = set()
        self.starts |= {
            _n("style", "style"): self._style,
            _n("style", "default-style"): self._style,
            _n("style", "text-properties"): self._text_look,
            _n("style", "table-properties"): self._table_look,
            _n("style", "font-face"): lambda given: self.fonts.add(given.get(_n("style", "name"), "")),
            _n("number", "date-style"): self._date_style,
            _n("number", "day"): lambda _: self._day.add("day"),
            _n("number", "month"): lambda _: self._day.add("month"),
            _n("number", "year"): lambda _: self._day.add("year"),
        }

    def _style(self, given: Attributes) -> None:
        parent, day = given.get(_n("style", "parent-style-name"), ""), given.get(_n("style", "data-style-name"), "")
        self._look = self.looks[given.get(_n("style", "name"), "")] = _Look(parent, day)

    def _text_look(self, given: Attributes) -> None:
        for key in ("text-line-through-style", "text-line-through-type"):
            if (value := given.get(_n("style", key))) is not None:
                self._look.struck = value != "none"

    def _table_look(self, given: Attributes) -> None:
        self._look.shown = given.get(_n("table", "display"), "true") != "false"

    def _date_style(self, given: Attributes) -> None:
        self._day = self._days.setdefault(given.get(_n("style", "name"), ""), set())

    def shown(self, name: str) -> str:
        """`month` or `year` where a style of cells shows no more of a day; else empty."""
        parts = next((self._days.get(look.day, set()) for look in self._chain(name) if look.day), set())
        if "day" in parts or "year" not in parts:
            return ""
        return "month" if "month" in parts else "year"

    def struck(self, name: str) -> bool:
        """Whether a style of cells or texts strikes out."""
        return next((look.struck for look in self._chain(name) if look.struck is not None), False)

    def _chain(self, name: str) -> Iterator[_Look]:
        for _ in range(_DEEPEST):
            look = self.looks.get(name)
            if look is None:
                return
            yield look
            name = look.parent


@dataclass(slots=True)
class _At:
    """The cell that is being read, and what holds for its row and the columns."""

    row: int = 0
    rows: int = 1
    row_style: str = ""
    column: int = 0
    columns: int = 1
    given: Attributes = field(default_factory=dict)
    column_styles: list[str] = field(default_factory=list)


class _Document(_Styles):
    """The styles and the tables of a document; what is drawn, noted or nested in a table is passed over."""

    def __init__(self) -> None:
        super().__init__()
        self._grids: list[Grid] = []
        self._at = _At()
        self._words: list[str] | None = None
        self._spans: list[bool] = []
        self._struck: set[bool] = set()
        starts: dict[tuple[str, str], Start] = {
            ("table", "table"): self._table, ("table", "table-row"): self._row,
            ("table", "table-column"): self._column, ("table", "table-cell"): self._cell,
            ("table", "covered-table-cell"): self._cell, ("table", "shapes"): pass_over,
            ("table", "tracked-changes"): pass_over, ("office", "annotation"): pass_over,
            ("text", "p"): self._line, ("text", "s"): self._spaces, ("text", "span"): self._span,
            ("text", "tab"): lambda _: self._add("\t"), ("text", "line-break"): lambda _: self._add("\n"),
            ("table", "database-range"): self._range, ("table", "null-date"): self._null_date,
        }  # fmt: skip
        self.starts |= {_n(*name): call for name, call in starts.items()}
        self.ends |= {
            _n("table", "table"): self._table_end,
            _n("table", "table-row"): self._row_end,
            _n("table", "table-cell"): self._cell_end,
            _n("table", "covered-table-cell"): self._cell_end,
            _n("text", "p"): self._line_end,
            _n("text", "span"): self._span_end,
        }
        self._grid: Grid | None = None
        self._epoch = 1900

    def sheets(self) -> list[Sheet]:
        """All sheets. Raises DamagedError when there is none."""
        if not self._grids:
            raise DamagedError
        return [grid.sheet(self.fonts) for grid in self._grids]

    def _table(self, given: Attributes) -> object:
        if self._grid is not None:
            return PASS  # a table within a cell
        look = self.looks.get(given.get(_STYLE, ""))
        hidden = look is not None and not look.shown
        self._grid = Grid(given.get(_n("table", "name"), ""), hidden=hidden, epoch=self._epoch)
        self._grids.append(self._grid)
        self._at = _At()
        return None

    def _null_date(self, given: Attributes) -> None:
        """The day from which the document counts others; it stands before all tables."""
        if given.get(_n("table", "date-value"), "").startswith("1904"):
            self._epoch = 1904

    def _table_end(self) -> None:
        self._grid = None

    def _range(self, given: Attributes) -> None:
        if given.get(_n("table", "display-filter-buttons")) == "true":
            name = given.get(_n("table", "target-range-address"), "").rpartition(":")[0].rpartition(".")[0].strip("'$")
            for grid in self._grids:
                grid.filtered |= grid.name == name.replace("''", "'")

    def _column(self, given: Attributes) -> None:
        at = self._at
        first = len(at.column_styles)
        many = min(_count(given, "number-columns-repeated"), MOST_COLUMNS - first)
        at.column_styles += [given.get(_n("table", "default-cell-style-name"), "")] * many
        if self._grid is not None and given.get(_n("table", "visibility"), "visible") != "visible":
            self._grid.hidden_columns.update(range(first, first + many))

    def _row(self, given: Attributes) -> None:
        at = self._at
        at.row, at.rows, at.column = at.row + 1, _count(given, "number-rows-repeated"), 0
        at.row_style = given.get(_n("table", "default-cell-style-name"), "")
        if self._grid is not None and given.get(_n("table", "visibility"), "visible") != "visible":
            self._grid.hidden_rows.update(range(at.row, min(at.row + at.rows, MOST_ROWS + 1)))

    def _row_end(self) -> None:
        """A row that stands for many is told once and copied."""
        at, grid = self._at, self._grid
        if grid is not None and at.rows > 1 and at.row in grid.rows:
            if at.rows * len(grid.rows[at.row]) > MOST_CELLS:
                raise FarCellError(grid.name, at.rows, lone=False)
            for row in range(at.row + 1, at.row + at.rows):
                for column, cell in enumerate(grid.rows[at.row]):
                    self._copy((at.row, column), (row, column), cell)
        at.row += at.rows - 1

    def _copy(self, known: tuple[int, int], to: tuple[int, int], cell: Cell) -> None:
        grid = self._grid
        if grid is None or cell == "":
            return
        grid.put(*to, cell)
        if known in grid.faults:
            grid.faults[to] = grid.faults[known]
        if known in grid.coarse:
            grid.coarse[to] = grid.coarse[known]
        if known in grid.struck:
            grid.struck.add(to)

    def _cell(self, given: Attributes) -> None:
        at = self._at
        at.given, at.columns = given, _count(given, "number-columns-repeated")
        self._words, self._struck, self.text = None, set(), []
        down, across = _count(given, "number-rows-spanned"), _count(given, "number-columns-spanned")
        if self._grid is not None and (down > 1 or across > 1):
            self._grid.merged.append((at.row, at.column, at.row + down - 1, at.column + across - 1))

    def _line(self, _: Attributes) -> None:
        if self._grid is None:
            return
        self._take_loose()
        if self._words is None:
            self._words = []
        else:
            self._words.append("\n")

    def _line_end(self) -> None:
        self._take()

    def _take_loose(self) -> None:
        """Text that stands in a cell without a paragraph, as no program should write it."""
        loose = "".join(self.text or ()).strip()
        if loose:
            self._words = [*(self._words or ()), loose]
        self.text = []

    def _take(self) -> None:
        """Text is one with single blanks, and blanks of its own are elements."""
        if self.text and self._words is not None:
            found = _BLANKS.sub(" ", "".join(self.text))
            if found.strip():
                self._struck.add(any(self._spans))
            self._words.append(found)
        if self.text:
            self.text = []

    def _add(self, sign: str) -> None:
        self._take()
        if self._words is not None and self.text is not None:
            self._words.append(sign)

    def _spaces(self, given: Attributes) -> None:
        self._add(" " * min(int(given.get(_n("text", "c"), "1")), _MOST_SPACES))

    def _span(self, given: Attributes) -> None:
        self._take()
        self._spans.append(self.struck(given.get(_n("text", "style-name"), "")))

    def _span_end(self) -> None:
        self._take()
        self._spans.pop()

    def _cell_end(self) -> None:
        at, grid = self._at, self._grid
        self._take_loose()
        self.text = None
        shown = "".join(self._words or ())
        if grid is not None:
            cell, fault = self._value(shown)
            for column in range(at.column, at.column + (at.columns if cell != "" or fault else 0)):
                if fault:
                    grid.fail(at.row, column, fault)
                else:
                    self._write(grid, column, cell)
        at.column += at.columns

    def _write(self, grid: Grid, column: int, cell: Cell) -> None:
        at = self._at
        styles = at.column_styles[column] if column < len(at.column_styles) else ""
        style = at.given.get(_STYLE) or at.row_style or styles
        grid.put(at.row, column, cell)
        if isinstance(cell, date) and (coarse := self.shown(style) or _coarse_text("".join(self._words or ()))):
            grid.coarse[at.row, column] = coarse
        if self._struck == {True} or (self.struck(style) and True not in self._struck):
            grid.struck.add((at.row, column))

    def _value(self, shown: str) -> tuple[Cell, str]:
        """The value of the cell, and what stands there where a formula gave an error or nothing."""
        given = self._at.given
        kind = given.get(_n("office", "value-type"), "")
        formula = given.get(_n("table", "formula"))
        if given.get(_CALC) == "error" or (formula is not None and is_error(shown)):
            return "", shown or "#VALUE!"
        if not kind and formula is not None and not shown:
            return "", f"={formula}"
        if kind == "boolean":
            return given.get(_n("office", "boolean-value")) == "true", ""
        if kind in _VALUES:
            attribute, read = _VALUES[kind]
            return read(given.get(_n("office", attribute), ""), shown), ""
        return (given.get(_n("office", "string-value"), "") if self._words is None else shown), ""


def _count(given: Attributes, name: str) -> int:
    return max(1, int(given.get(_n("table", name), "1")))


def _number(value: str, shown: str) -> Cell:
    try:
        number = float(value)
    except ValueError:
        return shown
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _day(value: str, shown: str) -> Cell:
    try:
        found = datetime.fromisoformat(value.removesuffix("Z"))
    except ValueError:
        return shown
    return found.date() if found.time() == time() else found


def _time(value: str, shown: str) -> Cell:
    told = _SPAN.fullmatch(value)
    if told is None:
        return shown
    days, hours, minutes, seconds = (int(each or 0) for each in told.groups())
    try:
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return (_NAUGHT + span).time() if span < timedelta(days=1) else span
    except OverflowError:
        return shown


def _coarse_text(shown: str) -> str:
    """`month` or `year` where the text beside a day shows no more, as programs write it that give no styles."""
    if _YEAR_SHOWN.fullmatch(shown):
        return "year"
    return "month" if _MONTH_SHOWN.fullmatch(shown) else ""


_VALUES: dict[str, tuple[str, Callable[[str, str], Cell]]] = {
    **dict.fromkeys(("float", "percentage", "currency"), ("value", _number)),
    "date": ("date-value", _day),
    "time": ("time-value", _time),
}
"""Kind of a value -> the attribute that holds it, and how it is read; what is shown stands in for what cannot be."""
