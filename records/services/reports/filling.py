"""Filling a report form from the book: each cell with its number and the records behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace as struct_replace

from config.errors import InputError
from config.settings.dated import Words
from config.settings.loading import load_reports
from config.settings.reports.forms import (
    UNKNOWN,
    Between,
    Counted,
    ReportColumn,
    ReportForm,
    ReportRow,
    Wanted,
    values_of,
)
from config.text import Text, t
from records.domain.emulation import Movement, period_of
from records.domain.people.names import sort_key
from records.domain.units import Unit
from records.services.office import Office
from records.services.reports.facts import Facts, Item
from records.services.units.units import find_unit

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One cell: its number (None where there is nothing to take percent of) and what it counts."""

    value: int | Decimal | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One row: its id and name; those of a row for each value have that value behind the id."""

    id: str
    title: Words | Text
    cells: tuple[ReportCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A form, filled for a period."""

    form: ReportForm
    period: str
    first: date
    last: date
    lines: tuple[ReportLine, ...]

    def cell(self, row: str, column: str) -> tuple[ReportLine, ReportColumn, ReportCell]:
        """A cell by the numbers of row and column from 1, or by their ids. Raises InputError when there is none."""
        at_row = _place(row, [each.id for each in self.lines], t("row"))
        at_column = _place(column, [each.id for each in self.form.columns], t("column"))
        line = self.lines[at_row]
        return line, self.form.columns[at_column], line.cells[at_column]


def _place(given: str, ids: Sequence[str], what: object) -> int:
    if given in ids:
        return ids.index(given)
    if given.isdecimal() and 1 <= int(given) <= len(ids):
        return int(given) - 1
    raise InputError(
        t("There is no {what} “{given}”", what=what, given=given),
        do=t("use a number from 1 to {n}, or one of: {known}", n=len(ids), known=", ".join(ids)),
    )


def forms(office: Office) -> list[ReportForm]:
    """The forms there are, the office's own among them. Raises ConfigError for a wrong one, with file and line."""
    return load_reports(office.settings, office.book.settings.folder)


def form_named(office: Office, name: str) -> ReportForm:
    """The form with this id. Raises ConfigError when there is none, or it is wrong."""
    return load_reports(office.settings, office.book.settings.folder, name=name)[0]


def fill(office: Office, form: ReportForm, period: str) -> Report:
    """Fill a form.

    Args:
        office: the open book.
        form: of the settings.
        period: `2025`, `2025-H1`, `2025-Q2` or `2025-03`.

    Raises:
        InputError: for a period that is none, or a unit of the form that the book does not have.
    """
    kind, first, last = period_of(period)
    assert kind != "theme"  # has no days of its own, and is refused
    facts = Facts(office, first, last)
    lines = tuple(_line(facts, form, row, title) for row, title in _rows(facts, form))
    return Report(form=form, period=period.strip(), first=first, last=last, lines=lines)


def _line(facts: Facts, form: ReportForm, row: ReportRow, title: Words | Text) -> ReportLine:
    cells: dict[str, ReportCell] = {}
    for column in sorted(form.columns, key=lambda each: bool(each.percent_of)):
        found = tuple(_items(facts, form, row, column))
        if form.measure(row, column) == "subjects":  # each once, so that the number is that of the records shown
            found = tuple({each.subject: each for each in reversed(found) if each.subject}.values())[::-1]
        value: int | Decimal | None = _number(form, row, column, found)
        if column.percent_of:
            value = _percent(value or 0, cells[column.percent_of].value or 0)
        cells[column.id] = ReportCell(value, found)
    ordered = tuple(cells[each.id] for each in form.columns)
    return ReportLine(row.id, title, ordered)


def _percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    return (Decimal(100) * part / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None


def _number(form: ReportForm, row: ReportRow, column: ReportColumn, found: Sequence[Item]) -> int | Decimal:
    measure = form.measure(row, column)
    if measure in ("records", "subjects"):
        return len(found)
    total = sum((each.amounts.get(measure, Decimal(0)) for each in found), Decimal(0))
    return int(total) if total == total.to_integral_value() else total


def _items(facts: Facts, form: ReportForm, row: ReportRow, column: ReportColumn) -> Iterator[Item]:
    asked = [(name, wanted) for part in (form, row, column) for name, wanted in _meant(facts.office, part, facts.last)]
    for item in facts.items(form.base(row, column)):
        if all(_fits(item.values.get(name), wanted) for name, wanted in asked):
            yield item


def _meant(office: Office, part: Counted, day: date) -> Iterator[tuple[str, Wanted]]:
    """The conditions of a part of a form, units by their ids."""
    for name, wanted in part.where.items():
        if name == "unit":
            named = [each for each in values_of(wanted) if each != UNKNOWN]
            ids = tuple(find_unit(office, each, day).id for each in named)
            yield name, ids + ((UNKNOWN,) if len(named) < len(values_of(wanted)) else ())
        else:
            yield name, wanted


def _fits(value: tuple[str, ...] | int | None, wanted: Wanted) -> bool:
    if isinstance(wanted, Between):
        if not isinstance(value, int):
            return False
        low = wanted.at_least is None or wanted.at_least <= value
        return low and (wanted.at_most is None or value <= wanted.at_most)
    asked = values_of(wanted)
    return UNKNOWN in asked if value is None else isinstance(value, tuple) and any(each in asked for each in value)


# -- rows of their own for each value ---------------------------------------------------------------------------------


def _rows(facts: Facts, form: ReportForm) -> Iterator[tuple[ReportRow, Words | Text]]:
    for row in form.rows:
        if row.each:
            yield from _each(facts, form, row)
        else:
            yield row, row.title


def _each(facts: Facts, form: ReportForm, row: ReportRow) -> Iterator[tuple[ReportRow, Words | Text]]:
    """A row for every value of a field that the period has, in the order of the settings; what says nothing is last."""
    seen: set[str] = set()
    for column in form.columns:
        for item in _items(facts, form, row, column):
            value = item.values.get(row.each)
            seen |= set(value) if isinstance(value, tuple) else {UNKNOWN}
    names = _names(facts, row.each)
    order = {value: place for place, value in enumerate(names)}
    for one in sorted(seen, key=lambda value: (value == UNKNOWN, order.get(value, len(order)), value)):
        where = {**row.where, row.each: one}
        title: Words | Text = t("Not known") if one == UNKNOWN else names.get(one, Words(vi=one, en=one))
        yield struct_replace(row, id=f"{row.id}:{one}", each="", where=where), title


def _names(facts: Facts, field: str) -> Mapping[str, Words]:
    """Value of a field -> what it is called, in the order of the settings, or of names."""
    settings = facts.office.settings
    titled: Mapping[str, Mapping[str, Words]] = {
        "role": {key: each.title for key, each in settings.roles.roles.items()},
        "level": {key: each.title for key, each in settings.levels.levels.items()},
        "prize": {key: each.title for key, each in settings.prizes.prizes.items()},
    }
    named: dict[str, str] = {}
    if field == "unit":
        named = {each.id: each.name_on(facts.last) for each in facts.office.book.table(Unit)}
    elif field == "movement":
        named = {each.id: each.title for each in facts.office.book.table(Movement)}
    own = {key: Words(vi=name, en=name) for key, name in sorted(named.items(), key=lambda each: sort_key(each[1]))}
    return titled.get(field, own)
