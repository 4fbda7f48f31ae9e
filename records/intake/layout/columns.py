"""Where the headings of a list stand and which column holds what."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from config.errors import InputError
from config.text import t
from records.domain.people.names import fold
from records.intake.files.cells import Cell, Sheet, headed, letter, shown_cell
from records.intake.layout.evidence import by_what_stands_below, holds_names
from records.intake.layout.headings import KEYS, NAME_PARTS, meaning, plain

_LOOKED_AT = 60
_DEEPEST = 3
_LEAST_KNOWN = 3
_LEAST_HEADINGS = 2
_LONGEST_HEADING = 120
_ROLE_WORDS = re.compile(r"\b(bcv|ttv|ctv|bao cao vien|tuyen truyen vien|cong tac vien|reporter|communicator)\b")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is laid out.

    Attributes:
        sheet: name of the sheet.
        header_rows: numbers (from 1) of the rows that hold the headings; none when every column was given.
        first_row: the first row (from 1) below the headings.
        columns: key -> column (A is 0).
        headings: column -> heading as it stands in the sheet, the wider one first (`Ngày sinh / Nam`).
        unread: headings, with their letter, of columns that nothing is read from.
    """

    sheet: str
    header_rows: tuple[int, ...]
    first_row: int
    columns: Mapping[str, int]
    headings: Mapping[int, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def label(self, key: str) -> str:
        """The heading and letter of a key's column, `Ngày sinh (C)`; the key when it has no column."""
        column = self.columns.get(key)
        if column is None:
            return key
        return headed(self.headings.get(column, ""), column)

    def letters(self) -> dict[str, str]:
        """Key -> letter of its column, as a column map says it."""
        return {key: letter(column) for key, column in self.columns.items()}

    def fingerprint(self) -> str:
        """The same for sheets with the same headings in the same columns, whatever stands below."""
        told = "|".join(f"{letter(at)}:{fold(text)}" for at, text in sorted(self.headings.items()))
        return hashlib.sha256(told.encode()).hexdigest()[:24]


class HeadingsError(InputError):
    """No heading row was found; a column map can still say what stands where."""


@dataclass(frozen=True, slots=True)
class _Guess:
    rows: tuple[int, ...]
    columns: dict[str, int]
    headings: dict[int, str]


def find_layout(sheet: Sheet, given: Mapping[str, str] | None = None, *, whole: bool = False) -> Layout:
    """Find the heading rows of `sheet`, wherever they are, and the column of each key.

    Args:
        sheet: the sheet.
        given: key -> letter of the column, or `-` where the key is to be read from none; wins over the headings.
        whole: `given` says everything; the headings tell only where the list begins.

    Raises:
        HeadingsError: when no heading row with a column of names is found.
        InputError: when `given` names no key or no column.
    """
    told = _told(sheet, given or {})
    best = _best(sheet, least=1 if given else 2) or _named(sheet)
    guessed = dict(best.columns) if best and not whole else {}
    columns = {key: at for key, at in guessed.items() if at not in told.values() and key not in (given or {})} | told
    if not _names_people(columns):
        raise _no_header(sheet)
    rows = best.rows if best else ()
    headings = best.headings if best else {}
    layout = _laid_out(sheet, _Guess(rows, columns, headings))
    return layout if whole else _with_role(sheet, layout, told)


def tables_of(sheet: Sheet, layout: Layout) -> list[tuple[Sheet, Layout]]:
    """The lists of a sheet from the top, each cut off where the next begins.

    They are that of `layout`, those above it, and those below whose headings stand in other columns.
    """
    if not layout.header_rows:
        return [(sheet, layout)]
    found = {layout.header_rows[0]: layout}
    for row in range(1, len(sheet.rows) + 1):
        if row > layout.first_row and isinstance(sheet.at(row, layout.columns.get("number", -1)), int | float):
            continue  # a person with a number; and most rows are
        if row in layout.header_rows or sum(1 for _ in sheet.filled(row)) < _LEAST_KNOWN:
            continue
        guess = next((each for each in _guesses(sheet, row, _LEAST_KNOWN) if _names_people(each.columns)), None)
        same = guess and all(layout.columns.get(key, at) == at for key, at in guess.columns.items())
        if guess and not (same and row > layout.first_row):
            found[row] = _with_role(sheet, _laid_out(sheet, guess), {})
    starts = [*sorted(found), len(sheet.rows) + 1]
    return [(replace(sheet, rows=sheet.rows[: end - 1]), found[start]) for start, end in pairwise(starts)]


def _names_people(columns: Mapping[str, int]) -> bool:
    return "name" in columns or {"family_and_middle", "given"} <= columns.keys()


def _laid_out(sheet: Sheet, guess: _Guess) -> Layout:
    used = set(guess.columns.values())
    unread = tuple(headed(text, at) for at, text in sorted(guess.headings.items()) if at not in used)
    first = guess.rows[-1] + 1 if guess.rows else 1
    return Layout(sheet.name, guess.rows, first, guess.columns, guess.headings, unread)


def _no_header(sheet: Sheet) -> HeadingsError:
    return HeadingsError(
        t(
            "No heading row was found in sheet “{sheet}”: looked for {looked} in the first {n} rows",
            sheet=sheet.name,
            looked="“Họ và tên”, “Ngày sinh”, “Giới tính”, “CCCD”, “Điện thoại”, “Đơn vị”, “Chức vụ”, “Vai trò”",
            n=_LOOKED_AT,
        ),
        do=t("write the headings above the list, or say in a column map which letter holds the name"),
    )


def _told(sheet: Sheet, given: Mapping[str, str]) -> dict[str, int]:
    widest = max((len(row) for row in sheet.rows), default=0)
    told: dict[str, int] = {}
    for key, name in given.items():
        if key not in KEYS:
            raise InputError(t("“{key}” is no column we know", key=key), do=t("use: {keys}", keys=", ".join(KEYS)))
        if str(name).strip() in ("", "-"):
            continue
        column = column_of(str(name))
        if column is None or column >= widest:
            raise InputError(
                t("{key}: sheet “{sheet}” has no column “{name}”", key=key, sheet=sheet.name, name=name),
                do=t("use a letter from A to {last}", last=letter(max(widest - 1, 0))),
            )
        told[key] = column
    return told


def column_of(name: str) -> int | None:
    """The column under a letter, A is 0; None where `name` is no letter of a column."""
    text = name.strip().upper()
    if not re.fullmatch(r"[A-Z]{1,3}", text):
        return None
    column = 0
    for each in text:
        column = column * 26 + ord(each) - 64
    return column - 1


def _best(sheet: Sheet, *, least: int) -> _Guess | None:
    """The best reading of the headings in which at least so many columns mean something."""
    best: _Guess | None = None
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        for guess in _guesses(sheet, row, least):
            known = len(guess.columns) - ("number" in guess.columns)
            if _names_people(guess.columns) and known >= least and (best is None or _rank(guess) > _rank(best)):
                best = guess
    return best


def _named(sheet: Sheet) -> _Guess | None:
    """A heading of names beside headings that say nothing we know, with names below it."""
    found = _best(sheet, least=1)
    if found is None or "name" not in found.columns or len(found.headings) < _LEAST_HEADINGS:
        return None
    return found if holds_names(sheet, found.rows[-1] + 1, found.columns["name"]) else None


def _rank(guess: _Guess) -> tuple[int, int]:
    """More columns are better; among equals, fewer rows."""
    return len(guess.columns), -len(guess.rows)


def _guesses(sheet: Sheet, top: int, least: int) -> Iterator[_Guess]:
    """The readings of the headings that begin in row `top`, one to three rows deep."""
    if sum(bool(meaning(_heading(sheet, top, column))) for column, _ in sheet.filled(top)) < least:
        return
    merged = max((last for first, _, last, _ in sheet.merged if first == top), default=top)
    least_depth = min(merged - top + 1, _DEEPEST)  # what is merged down from the first row of headings is a heading
    for depth in range(1, _DEEPEST + 1):
        bottom = top + depth - 1
        if bottom > len(sheet.rows) or (depth > 1 and not _is_lower_heading(sheet, top, bottom)):
            return
        if depth >= least_depth:
            yield _read(sheet, top, bottom)


def _is_lower_heading(sheet: Sheet, top: int, row: int) -> bool:
    """Whether `row` continues the headings begun in `top`: words only, and at least one that means something there."""
    cells = list(sheet.filled(row))
    if not cells or any(not isinstance(cell, str) for _, cell in cells):
        return False
    if any(first < row <= last for first, _, last, _ in sheet.merged if first >= top):
        return True
    known = sum(bool(meaning(str(cell), _above(sheet, top, row, column))) for column, cell in cells)
    return known * 2 >= len(cells)


def _read(sheet: Sheet, top: int, bottom: int) -> _Guess:
    columns: dict[str, int] = {}
    headings: dict[int, str] = {}
    widest = max(len(sheet.rows[row - 1]) for row in range(top, bottom + 1))
    for column in range(widest):
        filled = [row for row in range(top, bottom + 1) if _heading(sheet, row, column)]
        if not filled:
            continue
        lowest = _heading(sheet, filled[-1], column)
        above = _above(sheet, top, filled[-1], column)
        headings[column] = " / ".join(part for part in (above, lowest) if part)
        key = meaning(lowest, above)
        if key and (
            key not in columns or (columns[key] in sheet.hidden_columns and column not in sheet.hidden_columns)
        ):
            columns[key] = column
    _split_name(sheet, top, bottom, columns)
    _settle(columns)
    by_what_stands_below(sheet, bottom + 1, columns, headings)
    return _Guess(tuple(range(top, bottom + 1)), columns, headings)


def _settle(columns: dict[str, int]) -> None:
    """A lone `Tên` is the whole name; a lone `Họ` is none."""
    if "given" in columns and "family_and_middle" not in columns and "name" not in columns:
        columns["name"] = columns.pop("given")
    if "name" in columns and not {"family_and_middle", "given"} <= columns.keys():
        for part in NAME_PARTS:
            columns.pop(part, None)


def _split_name(sheet: Sheet, top: int, bottom: int, columns: dict[str, int]) -> None:
    """`Họ và tên` over two columns with nothing below: family and middle names left, given name right."""
    at = columns.get("name")
    if at is None:
        return
    for first, left, last, right in sheet.merged:
        two = left == at and right == at + 1 and top <= first <= bottom
        if two and last <= bottom and any(sheet.at(row, at + 1) != "" for row in range(bottom + 1, bottom + 8)):
            del columns["name"]
            columns |= {"family_and_middle": left, "given": right}
            return


def _heading(sheet: Sheet, row: int, column: int) -> str:
    cell: Cell = sheet.at(row, column)
    text = shown_cell(cell) if isinstance(cell, str) else ""
    return text if len(text) <= _LONGEST_HEADING else ""


def _above(sheet: Sheet, top: int, row: int, column: int) -> str:
    """The headings that stand over a cell of a lower heading row, through merged areas or blanks to the left."""
    found = []
    for above in range(top, row):
        text = _heading(sheet, above, column)
        if not text:
            for first, left, last, right in sheet.merged:
                if first <= above <= last and left <= column <= right and first >= top:
                    text = _heading(sheet, first, left)
        if not text and not sheet.merged:
            text = _left_of(sheet, above, column)
        found.append(text)
    return " ".join(dict.fromkeys(text for text in found if text))


def _left_of(sheet: Sheet, row: int, column: int) -> str:
    return next((text for at in range(column - 1, max(column - 3, -1), -1) if (text := _heading(sheet, row, at))), "")


def _with_role(sheet: Sheet, layout: Layout, told: Mapping[str, int]) -> Layout:
    """`Chức danh` may be a post or a role: the first rows below it tell which."""
    at = layout.columns.get("position")
    if at is None or "position" in told or "role" in layout.columns:
        return layout
    if plain(layout.headings.get(at, "").rpartition(" / ")[2]) != "chuc danh":
        return layout
    below = [shown_cell(sheet.at(row, at)) for row in range(layout.first_row, layout.first_row + 40)]
    if not any(_ROLE_WORDS.search(fold(text)) for text in below):
        return layout
    columns = {("role" if key == "position" else key): column for key, column in layout.columns.items()}
    return Layout(layout.sheet, layout.header_rows, layout.first_row, columns, layout.headings, layout.unread)
