"""The values of a person's fields by their kind: the same from a cell and from what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from config.errors import needs
from records.domain.dates import PartialDate
from records.domain.people.person_fields import FieldKind, PersonField
from records.intake import values
from records.intake.files.cells import Cell, shown_cell
from records.intake.values import Read


def _note(cell: Cell) -> Read[Any]:
    return values.read_text(cell if isinstance(cell, str) else shown_cell(cell))


def _text(cell: Cell) -> Read[Any]:
    read = _note(cell)
    return Read(values.without_end_marks(read.value), read.problem, read.remark)


def _national_id(cell: Cell) -> Read[Any]:
    return values.read_national_id(cell, born=None)


READERS: Mapping[FieldKind, Callable[[Cell], Read[Any]]] = {
    "text": _text,
    "note": _note,
    "unit": _text,
    "phone": values.read_phone,
    "email": values.read_email,
    "national_id": _national_id,
}
"""Kinds whose value is a text read from one cell that is not empty."""


TYPED = frozenset(READERS) - {"unit"}
"""Kinds whose text is judged as it is typed; units are the office's to judge."""


def read_typed(field: PersonField, text: str, born: PartialDate | None = None) -> Read[Any]:
    """What is kept of a text typed into a field; `born` helps with the zeros that an identity number lost.

    Raises:
        InputError: naming the field, when it cannot be one.
    """
    number = field.kind == "national_id"
    found = values.read_national_id(text, born=born) if number else READERS[field.kind](text)
    if found.problem is not None:
        raise needs(field.title, text.strip(), found.problem)
    return found


def typed_value(field: PersonField, text: str, today: date, born: PartialDate | None = None) -> Any:
    """The value that a person typed into a field; names and units are the office's to judge.

    Raises:
        InputError: naming the field, when it cannot be one.
    """
    if field.kind not in READERS:
        return field.typed(text, date.max if field.ahead else today)
    return read_typed(field, text, born).value if text.strip() else ""


def as_read(field: PersonField, value: Any) -> Any:
    """A value of the book as it comes back from a list: older books keep what was typed, end marks and blanks too."""
    read = READERS.get(field.kind)
    return read(value).value if read is not None and value else value
