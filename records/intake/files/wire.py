"""Sheets and sentences as bytes, from the process that reads a file to the one that asked for it.

MessagePack without any type that could do something: days and times are numbers with a tag.
"""

from __future__ import annotations

import struct
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec

from config.errors import InputError
from config.text import Text
from records.intake.files.cells import Cell, Sheet

_DAY, _MOMENT, _TIME, _SPAN = 1, 2, 3, 4
_MICROSECOND = timedelta(microseconds=1)
_PLAIN = frozenset({str, int, float, bool})
_START = datetime(1, 1, 1)  # noqa: DTZ001  # a workbook knows no time zones
_Place = tuple[int, int]
_Sentence = tuple[str, list[tuple[str, str | int]]]


class _Sheet(msgspec.Struct, array_like=True):
    name: str
    rows: tuple[tuple[Any, ...], ...]
    merged: list[tuple[int, int, int, int]]
    fonts: list[str]
    faults: list[tuple[int, int, _Sentence]]
    coarse: list[tuple[int, int, str]]
    hidden_rows: list[int]
    hidden_columns: list[int]
    struck: list[_Place]
    filtered: bool
    hidden: bool
    epoch: int


class _Answer(msgspec.Struct, array_like=True):
    sheets: list[_Sheet]
    problem: tuple[_Sentence, _Sentence] | None = None


def pack(sheets: tuple[Sheet, ...]) -> bytes:
    """The bytes of sheets."""
    return msgspec.msgpack.encode(_Answer([_packed(sheet) for sheet in sheets]))


def pack_problem(error: InputError) -> bytes:
    """The bytes of what is wrong with a file and what to do; its place is known to who asked."""
    return msgspec.msgpack.encode(_Answer([], (_sentence(error.what), _sentence(error.do))))


def unpack(path: Path, data: bytes) -> tuple[Sheet, ...]:
    """The sheets of bytes that `pack` made.

    Raises:
        InputError: the one that `pack_problem` was given, with `path` as its place.
        msgspec.MsgspecError: when the bytes are none of both.
    """
    answer = _DECODER.decode(data)
    if answer.problem is not None:
        what, do = (Text(pattern, tuple(blanks)) for pattern, blanks in answer.problem)
        raise InputError(what, where=str(path), do=do)
    return tuple(_unpacked(sheet) for sheet in answer.sheets)


def _packed(sheet: Sheet) -> _Sheet:
    return _Sheet(
        sheet.name,
        tuple([tuple([cell if type(cell) in _PLAIN else _tagged(cell) for cell in row]) for row in sheet.rows]),
        list(sheet.merged),
        sorted(sheet.fonts),
        [(*place, _sentence(problem)) for place, problem in sheet.faults.items()],
        [(*place, shown) for place, shown in sheet.coarse.items()],
        sorted(sheet.hidden_rows),
        sorted(sheet.hidden_columns),
        sorted(sheet.struck),
        sheet.filtered,
        sheet.hidden,
        sheet.epoch,
    )


def _unpacked(sheet: _Sheet) -> Sheet:
    return Sheet(
        sheet.name,
        sheet.rows,
        tuple(sheet.merged),
        frozenset(sheet.fonts),
        {(row, column): Text(pattern, tuple(blanks)) for row, column, (pattern, blanks) in sheet.faults},
        {(row, column): shown for row, column, shown in sheet.coarse},
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        struck=frozenset(sheet.struck),
        filtered=sheet.filtered,
        hidden=sheet.hidden,
        epoch=sheet.epoch,
    )


def _sentence(text: Text | str) -> _Sentence:
    if isinstance(text, str):
        return text, []
    return text.pattern, [(key, value if isinstance(value, int) else str(value)) for key, value in text.blanks]


def _tagged(cell: Cell) -> msgspec.msgpack.Ext:
    if isinstance(cell, datetime):
        return msgspec.msgpack.Ext(_MOMENT, struct.pack("<q", (cell.replace(tzinfo=None) - _START) // _MICROSECOND))
    if isinstance(cell, date):
        return msgspec.msgpack.Ext(_DAY, struct.pack("<q", cell.toordinal()))
    if isinstance(cell, time):
        since = datetime.combine(_START, cell.replace(tzinfo=None)) - _START
        return msgspec.msgpack.Ext(_TIME, struct.pack("<q", since // _MICROSECOND))
    if isinstance(cell, timedelta):
        return msgspec.msgpack.Ext(_SPAN, struct.pack("<q", cell // _MICROSECOND))
    raise TypeError(type(cell).__name__)


def _untagged(code: int, data: memoryview) -> Cell:
    number: int = struct.unpack("<q", data)[0]
    if code == _DAY:
        return date.fromordinal(number)
    if code == _MOMENT:
        return _START + number * _MICROSECOND
    if code == _TIME:
        return (_START + number * _MICROSECOND).time()
    if code == _SPAN:
        return number * _MICROSECOND
    raise ValueError(code)


_DECODER = msgspec.msgpack.Decoder(_Answer, ext_hook=_untagged)
