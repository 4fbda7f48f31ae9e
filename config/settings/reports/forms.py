"""Report forms (`reports/*.yaml`): rows, columns and what each counts, filled from the book and sent up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from config.errors import ConfigError
from config.i18n import tr_
from config.settings.dated import Confidence, Words
from config.settings.explaining import Place, at, meant
from config.settings.reading import marks_of
from config.settings.shapes import Shape
from config.text import t

Base = Literal[
    "people", "awards", "trainings", "events", "registrations", "initiatives", "ratings", "discipline", "units"
]
Measure = Literal["records", "subjects", "money", "hours"]
Value = str | bool | int
UNKNOWN = "unknown"
"""The value of a field of which the book says nothing."""

_YES_NO, _SUBJECT = ("yes", "no"), ("individual", "collective")
_OF_PEOPLE: Mapping[str, tuple[str, ...] | type[int] | None] = {
    "role": None, "level": None, "unit": None, "sex": ("male", "female"), "party": _YES_NO, "age": int,
    "education": ("none", "lower_secondary", "upper_secondary", "college", "bachelor", "master", "doctor"),
    "political_theory": ("elementary", "intermediate", "advanced"),
}  # fmt: skip
_CLASSES = ("excellent", "good", "completed", "not_completed")
FIELDS: Mapping[Base, Mapping[str, tuple[str, ...] | type[int] | None]] = {
    "people": {**_OF_PEOPLE, "new": _YES_NO},
    "awards": {**_OF_PEOPLE, "prize": None, "form": ("party", "state", "office"), "type": ("title", "form"),
               "subject": _SUBJECT},
    "trainings": {**_OF_PEOPLE, "kind": ("conference", "briefing", "course", "contest", "visit"),
                  "presence": ("present", "absent", "excused", "late", "called")},
    "events": {"kind": ("conference", "briefing", "course", "contest", "visit"), "level": None},
    "registrations": {**_OF_PEOPLE, "prize": None, "subject": _SUBJECT, "movement": None,
                      "state": ("not_sent", "sent", "returned", "approved")},
    "initiatives": {"scope": ("grassroots", "province", "national"), "state": ("open", "recognised", "refused")},
    "ratings": {**_OF_PEOPLE, "kind": ("party", "official", "worker"), "rating": _CLASSES, "subject": _SUBJECT},
    "discipline": {**_OF_PEOPLE, "measure": ("reprimand", "warning", "removal", "expulsion"), "subject": _SUBJECT},
    "units": {"kind": ("province", "city", "ward", "commune", "party_organisation", "office")},
}  # fmt: skip
"""What is counted -> its fields, each with its values; None: keys of the settings or ids, `int`: a number."""
EACH = ("role", "level", "prize", "unit", "movement")
"""Fields for each value of which a form can have a row."""
SUMS: Mapping[str, frozenset[str]] = {"money": frozenset({"awards"}), "hours": frozenset({"events", "trainings"})}
"""Measures that only some kinds have."""


class Between(Shape, frozen=True, kw_only=True):
    """A number from `at_least` to `at_most`, both included."""

    at_least: int | None = None
    at_most: int | None = None

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise ValueError(tr_("the range has no end: write at_least or at_most"))
        if self.at_least is not None and self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(tr_("the range ends before it begins"))


Wanted = Value | tuple[Value, ...] | Between


class Counted(Shape, frozen=True, kw_only=True):
    """What a row, a column or the whole form counts; what is left out is said by the others.

    Attributes:
        of: what is counted.
        count: records, different people or units (as usual of people), or a sum.
        where: field -> the value, or one of several, or a range that it must have; all of them must hold.
    """

    of: Base | None = None
    count: Measure | None = None
    where: Mapping[str, Wanted] = msgspec.field(default_factory=dict)


class ReportRow(Counted, frozen=True, kw_only=True):
    """One row; with `each`, one for every value of that field which the period has."""

    id: str
    title: Words
    each: str = ""


class ReportColumn(Counted, frozen=True, kw_only=True):
    """One column; with `percent_of`, its count in percent of that column's. `group`: a merged head above."""

    id: str
    title: Words
    percent_of: str = ""
    group: Words | None = None


class ReportForm(Counted, frozen=True, kw_only=True):
    """A form: everything in it is counted for one period, people as they were on its last day.

    Attributes:
        id: name of the file.
        addressee: to whom it goes, in words.
    """

    id: str
    title: Words
    source: str
    confidence: Confidence
    rows: tuple[ReportRow, ...]
    columns: tuple[ReportColumn, ...]
    addressee: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.rows or not self.columns:
            raise ValueError(tr_("the form has no rows or no columns"))
        for parts in (self.rows, self.columns):
            ids = [each.id for each in parts]
            for doubled in (each for each in ids if ids.count(each) > 1):
                raise ValueError(tr_("“{id}” stands twice", id=doubled))
        for column in self.columns:
            if column.percent_of and column.percent_of not in {each.id for each in self.columns if not each.percent_of}:
                raise ValueError(tr_("“{id}” is in percent of a column that is not there", id=column.id))
        for row in self.rows:
            for column in self.columns:
                self._judge(row, column)

    def _judge(self, row: ReportRow, column: ReportColumn) -> None:
        """Refuse a cell that cannot be counted; the part at fault is named by its id."""
        said = [each for each in (row, column, self) if each.of]
        if not said:
            raise ValueError(tr_("“{id}” does not say what is counted: write of: people", id=row.id))
        if len({each.of for each in said if each is not self}) > 1:
            raise ValueError(tr_("“{id}” and its columns count different things", id=row.id))
        base = self.base(row, column)
        for part in (row, column, self):
            for field in (*part.where, *([row.each] if part is row and row.each else [])):
                if field not in FIELDS[base]:
                    raise ValueError(
                        tr_("“{id}”: {base} have no field “{field}”, only {known}", id=part.id, base=base, field=field,
                            known=", ".join(FIELDS[base]))
                    )  # fmt: skip
            for field, wanted in part.where.items():
                _judge_value(part.id, field, wanted, FIELDS[base][field])
        if row.each and row.each not in EACH:
            raise ValueError(
                tr_("“{id}”: there is no row for each {field}, only for {known}", id=row.id, field=row.each,
                    known=", ".join(EACH))
            )  # fmt: skip
        measure = self.measure(row, column)
        if measure in SUMS and base not in SUMS[measure]:
            raise ValueError(tr_("“{id}”: {base} have no {measure}", id=column.id, base=base, measure=measure))

    def base(self, row: ReportRow, column: ReportColumn) -> Base:
        """What a cell counts."""
        found = row.of or column.of or self.of
        assert found is not None  # judged when the form was read
        return found

    def measure(self, row: ReportRow, column: ReportColumn) -> Measure:
        """How a cell counts."""
        return (
            column.count or row.count or self.count or ("subjects" if self.base(row, column) == "people" else "records")
        )


def values_of(wanted: Wanted) -> tuple[str, ...]:
    """The values of a condition that is no range, as items have them."""
    several = wanted if isinstance(wanted, tuple) else () if isinstance(wanted, Between) else (wanted,)
    return tuple({True: "yes", False: "no"}[each] if isinstance(each, bool) else str(each) for each in several)


def _judge_value(owner: str, field: str, wanted: Wanted, known: tuple[str, ...] | type[int] | None) -> None:
    if isinstance(wanted, Between) != (known is int) and wanted != UNKNOWN:
        raise ValueError(
            tr_("“{id}”: {field} needs a number from … to …, and only a number does", id=owner, field=field)
        )
    if isinstance(wanted, tuple) and not wanted:
        raise ValueError(tr_("“{id}”: {field} has no value", id=owner, field=field))
    if isinstance(known, tuple):
        for each in values_of(wanted):
            if each not in (*known, UNKNOWN):
                told = ", ".join(known)
                raise ValueError(
                    tr_(
                        "“{id}”: “{given}” is no {field}; there are {known}",
                        id=owner,
                        given=each,
                        field=field,
                        known=told,
                    )
                )


def form_problems(
    path: Path, form: ReportForm, keys: Mapping[str, set[str]], sources: set[str]
) -> Iterator[ConfigError]:
    """What is wrong with the form of a file beside the settings, each with its line.

    Args:
        path: of the file.
        form: as read from it.
        keys: field -> the values that the settings know, of `role`, `level` and `prize`.
        sources: keys of the legal texts.
    """
    marks = marks_of(path)
    if form.id != path.stem:
        what = t("The form is not called as its file: {name}", name=path.stem)
        yield at(path, marks[("id",)], "id", what, t("write id: {name}", name=path.stem))
    if form.source not in sources:
        what = t("The source “{key}” is not in sources.yaml", key=form.source)
        yield at(path, marks[("source",)], "source", what, meant(form.source, sources))
    parts: tuple[tuple[Place, Counted], ...] = (
        ((), form),
        *((("rows", number), each) for number, each in enumerate(form.rows)),
        *((("columns", number), each) for number, each in enumerate(form.columns)),
    )
    for place, part in parts:
        for field, wanted in part.where.items():
            for value in values_of(wanted):
                if field in keys and value not in keys[field] | {UNKNOWN}:
                    mark = marks[(*place, "where", field)]
                    yield at(path, mark, field, t("“{given}” is not known", given=value), meant(value, keys[field]))
