"""Workbooks of Excel (.xlsx, .xlsm): Office Open XML, transitional and strict, with any prefix and any order.

Source: ECMA-376 part 1, 18.2 to 18.18. Values are the ones that the file holds; no formula is reckoned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from posixpath import join, normpath

from records.intake.files.cells import Cell, Sheet
from records.intake.files.troubles import DamagedError
from records.intake.formats.grid import MOST_COLUMNS, MOST_ROWS, Grid
from records.intake.formats.moments import Shows, moment, shows
from records.intake.formats.xmlparts import PASS, Attributes, Handler, Parts, is_on, named, pass_over

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_LINKS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_LONGEST_NUMBER = 15
"""Digits that Excel keeps of a number."""
_MOST_MERGED = 100_000


def read_xlsx(parts: Parts) -> list[Sheet]:
    """Every worksheet in the order of the tabs, hidden ones too.

    Raises:
        DamagedError: when a part is missing or is not what it should be.
        FarCellError: when a sheet spreads too far.
    """
    book = _Book(parts)
    looks = _Looks()
    if (styles := book.linked("styles")) and styles in parts:
        parts.parse(styles, looks)
    strings = _Strings(looks)
    if (shared := book.linked("sharedStrings")) and shared in parts:
        parts.parse(shared, strings)
    sheets = []
    for tab in book.tabs:
        link = book.links.get(tab.link)
        if link is None:
            raise DamagedError
        if link.kind == "worksheet":
            grid = Grid(tab.name, hidden=tab.hidden, epoch=book.epoch)
            parts.parse(link.target, _SheetParser(grid, looks, strings))
            sheets.append(grid.sheet(looks.font_names))
    return sheets


@dataclass(frozen=True, slots=True)
class _Tab:
    name: str
    link: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Link:
    kind: str
    target: str


class _Links(Handler):
    """A part of relationships: what other parts a part uses."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.found: dict[str, _Link] = {}
        self._folder = folder
        self.starts = named(_LINKS, {"Relationship": self._link})

    def _link(self, given: Attributes) -> None:
        target = given.get("Target", "").replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else normpath(join(self._folder, target))
        self.found[given.get("Id", "")] = _Link(given.get("Type", "").rpartition("/")[2], whole)


def _links(parts: Parts, part: str) -> dict[str, _Link]:
    """The relationships of a part (of the package for the empty name)."""
    folder, _, name = part.rpartition("/")
    links = _Links(folder)
    at = join(folder, "_rels", f"{name}.rels")
    if at in parts:
        parts.parse(at, links)
    return links.found


class _Book(Handler):
    """The workbook: its tabs, its calendar and the parts that belong to it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.tabs: list[_Tab] = []
        self.epoch = 1900
        self.starts = named(_MAIN, {"sheet": self._tab, "workbookPr": self._properties})
        part = next((each.target for each in _links(parts, "").values() if each.kind == "officeDocument"), "")
        part = part if part in parts else "xl/workbook.xml"
        self.links = _links(parts, part)
        parts.parse(part, self)
        if not self.tabs:
            raise DamagedError

    def linked(self, kind: str) -> str:
        """The one part of a kind; empty when there is none."""
        return next((each.target for each in self.links.values() if each.kind == kind), "")

    def _tab(self, given: Attributes) -> None:
        link = next((value for key, value in given.items() if key.endswith(" id")), "")
        self.tabs.append(_Tab(given.get("name", ""), link, given.get("state", "visible") != "visible"))

    def _properties(self, given: Attributes) -> None:
        if is_on(given.get("date1904")):
            self.epoch = 1904


class _Looks(Handler):
    """The styles: what each shows of a day, whether it strikes out, and the names of the fonts."""

    def __init__(self) -> None:
        super().__init__()
        self.font_names: set[str] = set()
        self.shown: list[Shows] = []
        self.strikes: list[bool] = []
        self._codes: dict[int, str] = {}
        self._fonts: list[bool] = []
        self._within = False
        self.starts = named(
            _MAIN,
            {
                "numFmt": self._format,
                "font": lambda _: self._fonts.append(False),
                "strike": self._strike,
                "name": self._name,
                "rFont": self._name,
                "cellXfs": lambda _: self._enter(within=True),
                "xf": self._style,
            },
        )
        self.ends = named(_MAIN, {"cellXfs": lambda: self._enter(within=False)})

    def _enter(self, *, within: bool) -> None:
        self._within = within

    def _format(self, given: Attributes) -> None:
        self._codes.setdefault(int(given.get("numFmtId", "-1")), given.get("formatCode", ""))

    def _strike(self, given: Attributes) -> None:
        if self._fonts and is_on(given.get("val", "1")):
            self._fonts[-1] = True

    def _name(self, given: Attributes) -> None:
        self.font_names.add(given.get("val", ""))

    def _style(self, given: Attributes) -> None:
        if not self._within:
            return
        number, font = int(given.get("numFmtId", "0")), int(given.get("fontId", "0"))
        self.shown.append(shows(self._codes.get(number, ""), number))
        self.strikes.append(0 <= font < len(self._fonts) and self._fonts[font])


class _Strings(Handler):
    """Shared strings: their text without reading aids, and which are struck out from end to end."""

    def __init__(self, looks: _Looks) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.struck: set[int] = set()
        self._looks = looks
        self._rich = _Rich(self)
        self.starts = named(_MAIN, {"si": self._begin} | self._rich.starts)
        self.ends = named(_MAIN, {"si": self._end} | self._rich.ends)

    def _begin(self, _: Attributes) -> None:
        self._rich.begin()

    def _end(self) -> None:
        if self._rich.struck:
            self.struck.add(len(self.texts))
        self.texts.append(self._rich.text)
        self._looks.font_names.update(self._rich.fonts)


class _Rich:
    """One text that may change its looks from run to run: `t`, or several `r` with a `t` each."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self.fonts: set[str] = set()
        self.starts = {
            "t": self._text,
            "r": self._run,
            "strike": self._strike,
            "rFont": lambda given: self.fonts.add(given.get("val", "")),
            "rPh": pass_over,  # how to read the text aloud
        }
        self.ends = {"t": self._text_end}
        self.begin()

    def begin(self) -> None:
        self._parts: list[str] = []
        self._run_struck = False
        self._all_struck = True

    @property
    def text(self) -> str:
        whole = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
        return _unescaped(whole)

    @property
    def struck(self) -> bool:
        return bool(self._parts) and self._all_struck

    def _run(self, _: Attributes) -> None:
        self._run_struck = False

    def _strike(self, given: Attributes) -> None:
        self._run_struck = is_on(given.get("val", "1"))

    def _text(self, _: Attributes) -> None:
        self._handler.text = []

    def _text_end(self) -> None:
        text = "".join(self._handler.text or ())
        if text:
            self._parts.append(text)
            self._all_struck &= self._run_struck
        self._handler.text = None


@dataclass(slots=True)
class _At:
    """The cell that is being read."""

    row: int = 0
    column: int = -1
    given: Attributes = field(default_factory=dict)
    value: str | None = None
    formula: str | None = None
    inline: bool = False


class _SheetParser(Handler):
    """One sheet into a grid."""

    def __init__(self, grid: Grid, looks: _Looks, strings: _Strings) -> None:
        super().__init__()
        self._grid, self._looks, self._strings = grid, looks, strings
        self._at = _At()
        self._inside = False
        self._columns: dict[str, int] = {}
        self._styles: dict[str, bool] = {}
        self._numbered = "", 0
        """The number of the row, as its cells bear it behind their letters."""
        self._rich = _Rich(self)
        self.starts = named(
            _MAIN,
            {
                **self._rich.starts,
                "row": self._row,
                "c": self._cell,
                "v": self._collect,
                "f": self._collect,
                "is": self._inline,
                "col": self._col,
                "mergeCell": self._merge,
                "autoFilter": self._filter,
            },
        )
        self.ends = named(_MAIN, {**self._rich.ends, "c": self._cell_end, "v": self._value_end, "f": self._formula_end})

    def _row(self, given: Attributes) -> None:
        at = self._at
        at.row = int(given["r"]) if "r" in given else at.row + 1
        at.column = -1
        self._numbered = str(at.row) if at.row > 0 else "", at.row
        if (is_on(given.get("hidden")) or given.get("ht") == "0") and at.row <= MOST_ROWS:
            self._grid.hidden_rows.add(at.row)

    def _col(self, given: Attributes) -> None:
        if is_on(given.get("hidden")) or given.get("width") == "0":
            first, last = int(given.get("min", "1")), min(int(given.get("max", "0")), MOST_COLUMNS)
            self._grid.hidden_columns.update(range(first - 1, last))

    def _filter(self, _: Attributes) -> None:
        self._grid.filtered = True

    def _merge(self, given: Attributes) -> None:
        first, _, last = given.get("ref", "").partition(":")
        if last and len(self._grid.merged) < _MOST_MERGED:
            (top, left), (bottom, right) = self._place(first), self._place(last)
            self._grid.merged.append((top, left, bottom, right))

    def _place(self, name: str) -> tuple[int, int]:
        """Row from 1 and column from 0 of `AB12`."""
        digits, row = self._numbered
        if digits and name.endswith(digits) and (column := self._columns.get(name[: -len(digits)])) is not None:
            return row, column  # as in all rows whose cells stand in them
        letters = name.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column(letters)
        return int(name[len(letters) :]), column

    def _cell(self, given: Attributes) -> object:
        if self._inside:
            return PASS  # no cell stands in a cell
        self._inside = True
        at = self._at
        if (name := given.get("r")) is not None:
            at.row, at.column = self._place(name)
        else:
            at.column += 1
        at.given, at.value, at.formula, at.inline = given, None, None, False
        return None

    def _collect(self, _: Attributes) -> object:
        if self.text is not None:
            return PASS  # nor a value in a text
        self.text = []
        return None

    def _value_end(self) -> None:
        self._at.value = self._taken()

    def _formula_end(self) -> None:
        self._at.formula = self._taken()

    def _taken(self) -> str:
        data, self.text = self.text or [], None
        return data[0] if len(data) == 1 else "".join(data)

    def _inline(self, _: Attributes) -> None:
        self._at.inline = True
        self._rich.begin()

    def _cell_end(self) -> None:
        self._inside = False
        at = self._at
        kind, value = at.given.get("t", "n"), at.value
        if kind == "s" and value:
            self._shared(int(value))
        elif at.inline:
            self._write(self._rich.text)
            if self._rich.struck:
                self._grid.struck.add((at.row, at.column))
        elif kind == "e":
            self._grid.fail(at.row, at.column, value or "#VALUE!")
        elif not value:
            self._no_value(kind)
        elif kind == "n":
            self._number(value)
        elif kind == "b":
            self._write(value == "1" or value.lower() == "true")
        elif kind == "d":
            self._written_day(value)
        else:
            self._write(_unescaped(value))
        if at.value or at.inline:
            self._judge_strike()

    def _no_value(self, kind: str) -> None:
        """A formula that was never worked out; one that gives an empty text has a value that is empty."""
        at = self._at
        if at.formula is not None and not (kind == "str" and at.value is not None):
            self._grid.fail(at.row, at.column, f"={at.formula}")

    def _shared(self, number: int) -> None:
        if not 0 <= number < len(self._strings.texts):
            raise DamagedError
        self._write(self._strings.texts[number])
        if number in self._strings.struck:
            self._grid.struck.add((self._at.row, self._at.column))

    def _judge_strike(self) -> None:
        style = self._at.given.get("s", "0")
        struck = self._styles.get(style)
        if struck is None:
            number, strikes = int(style), self._looks.strikes
            struck = self._styles[style] = 0 <= number < len(strikes) and strikes[number]
        if struck:
            self._grid.struck.add((self._at.row, self._at.column))

    def _write(self, cell: Cell) -> None:
        if cell != "":
            self._grid.put(self._at.row, self._at.column, cell)

    def _number(self, value: str) -> None:
        if value.isdecimal() and len(value) <= _LONGEST_NUMBER:
            number: float = int(value)
        else:
            try:
                number = float(value)
            except ValueError:
                self._write(value)
                return
        style = int(self._at.given.get("s", "0"))
        shown = self._looks.shown[style] if 0 <= style < len(self._looks.shown) else ""
        found = moment(number, shown, self._grid.epoch) if shown else None
        self._write(number if found is None else found)
        self._note_coarse(shown, found)

    def _note_coarse(self, shown: str, found: object) -> None:
        if found is not None and shown in ("month", "year"):
            self._grid.coarse[self._at.row, self._at.column] = shown

    def _written_day(self, value: str) -> None:
        """A day written out (18.18.11, type d), as strict workbooks have it."""
        try:
            found: date | time = (
                datetime.fromisoformat(value.removesuffix("Z")) if "T" in value else date.fromisoformat(value)
            )
        except ValueError:
            self._write(value)
            return
        if isinstance(found, datetime) and found.time() == time():
            found = found.date()
        self._write(found)
        style = int(self._at.given.get("s", "0"))
        self._note_coarse(self._looks.shown[style] if 0 <= style < len(self._looks.shown) else "", found)


def _unescaped(text: str) -> str:
    """Signs that XML cannot hold are written `_x000D_` (22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _column(letters: str) -> int:
    """The column (from 0) of `AB`. Raises DamagedError for what names none."""
    column = 0
    for each in letters.replace("$", "").upper():
        if not "A" <= each <= "Z" or column > MOST_COLUMNS:
            raise DamagedError
        column = column * 26 + ord(each) - 64
    return column - 1
