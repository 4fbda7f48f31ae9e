"""One row of a list after another turned into a draft person, with what is refused and what is remarked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any, Literal

from config.settings.shapes import Names
from config.text import Text, t
from records.domain.dates import PartialDate
from records.domain.people.names import clean
from records.domain.people.person import Credential
from records.domain.people.person_fields import FIELDS, PersonField
from records.intake import values, words
from records.intake.drafts import DraftPerson, Remark
from records.intake.files.cells import Cell, Sheet, letter, shown_cell
from records.intake.fonts.legacy import restore_capitals
from records.intake.formats.faulty import is_error
from records.intake.layout.columns import Layout
from records.intake.layout.groups import Group
from records.intake.layout.headings import NAME_PARTS
from records.intake.names.naming import read_name
from records.intake.person_values import READERS
from records.intake.posts import POST_COLUMNS, PostCells

Sex = Literal["male", "female"]
_BY_SEX = ("born_male", "born_female")
_SILENT = ("", None, ())
_TOGETHER = frozenset(("name", "sex", "born", "national_id", "unit", "education", "field_of_study"))
"""Fields that several columns tell together, or that others are held against."""
_STUDIES = frozenset(("profession", "field_of_study", "education"))
_IN_CREDENTIALS = {field.key: field for field in FIELDS if field.in_credentials}
_PLAIN_TYPES = frozenset((str, int, date))
"""Types of cells of which no two values are equal and yet say something else, as 1, 1.0 and true are."""
_NEW, _UNSURE, _SHARED = object(), object(), object()
"""Of a cell: not seen before; not plain by itself; told together with others."""


@lru_cache(maxsize=4096)
def _credentials(levels: tuple[tuple[str, Any], ...]) -> tuple[Credential, ...]:
    """The credentials of a row that tells these levels and this field of study: few go together in a whole list."""
    bare = DraftPerson(row=0, name="")
    for key, value in levels:
        bare = _IN_CREDENTIALS[key].put(bare, value)
    return bare.credentials


class RowReader(PostCells):
    """Reads rows; `refused` and `remarks` grow as it goes.

    What a cell says alone, and plainly, is kept by its column, for most cells of a list say what others said before.
    A row of such cells is put together of what is kept; of any other row each cell is read and judged.
    """

    def __init__(
        self, sheet: Sheet, layout: Layout, today: date, group: Group | None = None, names: Names | None = None
    ) -> None:
        super().__init__(sheet, layout, today)
        self._group, self._names = group or Group(), names
        self._alone_fields = [each for each in FIELDS if each.key in layout.columns and each.key not in _TOGETHER]
        self._makers = self._cells_alone()
        self._known: dict[str, dict[Cell, Any]] = {key: {} for key in self._makers}
        """Key -> cell -> its value, None where it says nothing, `_UNSURE` where more has to be looked at."""
        self._known_together: dict[tuple[Any, ...], dict[str, Any] | None] = {}
        places = (sheet.faults, sheet.coarse, sheet.old, self._alone)
        self._marked = {row for each in places for row, _ in each} | self._wide.keys()
        """Rows of which more is known than what their cells hold."""

    def read(self, row: int) -> DraftPerson | None:
        """The person of a row, or None when a value of it was refused."""
        self._begin(row)
        said = self._said_plainly() if row not in self._marked else None
        if said is None and (said := self._read_row()) is None:
            return None
        levels = tuple((key, said.pop(key)) for key in _IN_CREDENTIALS if key in said)
        if levels:
            said["credentials"] = _credentials(levels)
        return DraftPerson(row=row, continues=self._continues() if self._above else 0, **said)

    def _read_row(self) -> dict[str, Any] | None:
        """Key -> value of all that a row says, each cell read and judged; None when a value was refused."""
        before = len(self.refused)
        self._judge_cells()
        found = self._fields()
        found["posts"] = self._posts()
        found["code"] = self._code()
        if len(self.refused) > before:
            self._name_refusals(before, found["name"] or self._raw_name())
            return None
        return {key: value for key, value in found.items() if value not in _SILENT}

    def _said_plainly(self) -> dict[str, Any] | None:
        """Like `_read_row`, of a row of which nothing is to be told and each cell says by itself what it says."""
        said: dict[str, Any] = {}
        together: list[tuple[str, Cell]] = []
        every = self._known
        for key, cell in self._cells.items():
            known = every.get(key)
            if known is None or type(cell) not in _PLAIN_TYPES:
                return None
            value = known.get(cell, _NEW)
            if value is _NEW:
                value = known[cell] = self._learnt(key, cell)
            if value is _UNSURE:
                return None
            if value is _SHARED:
                together.append((key, cell))
            elif value is not None:
                said[key] = value
        return said if self._agrees(said) and self._joined(said, tuple(together)) else None

    def _agrees(self, said: dict[str, Any]) -> bool:
        """Whether there is a name, and the identity number says nothing else than the sex and the birth."""
        if "name" not in self.layout.columns:
            said["name"] = self._unremarked(self._name)
        if said.get("name", _UNSURE) is _UNSURE:
            return False
        number, born = said.get("national_id", ""), said.get("born")
        if len(number) != 12:
            return True
        sex, year = values.encoded(number)
        same_sex: bool = said.get("sex", sex) == sex
        return same_sex and (born is None or born.year == year)

    def _joined(self, said: dict[str, Any], cells: tuple[tuple[str, Cell], ...]) -> bool:
        """Put to what is said what several cells tell together; gives whether nothing is to be told of them."""
        if self._group.unit:
            said.setdefault("unit", self._group.unit)
        asked = cells, self._group.roles, self._group.level
        if asked not in self._known_together:
            found = self._unremarked(self._read_together)
            self._known_together[asked] = None if found is _UNSURE else found
        found = self._known_together[asked]
        if found:
            said |= found
        return found is not None

    def _read_together(self) -> dict[str, Any]:
        self._judge_cells()
        education, studied = self._education()
        found = {"posts": self._posts(), "education": education, "field_of_study": studied}
        return {key: value for key, value in found.items() if value not in _SILENT}

    def _learnt(self, key: str, cell: Cell) -> Any:
        """What a cell of the row says alone."""
        if isinstance(cell, str) and is_error(cell):
            return _UNSURE
        value = self._unremarked(self._makers[key])
        return None if value is not _UNSURE and value in _SILENT else value

    def _unremarked(self, make: Callable[[], Any]) -> Any:
        """What `make` gives, or `_UNSURE` when it had anything to tell; that is forgotten, to be told in its order."""
        refused, remarks = len(self.refused), len(self.remarks)
        value = make()
        if len(self.refused) == refused and len(self.remarks) == remarks:
            return value
        del self.refused[refused:], self.remarks[remarks:]
        self._told.clear()
        return _UNSURE

    def _cells_alone(self) -> dict[str, Callable[[], Any]]:
        """Key -> what reads its cell of the row, for the cells that can be read without the others."""
        makers: dict[str, Callable[[], Any]] = {each.key: partial(self._field, each) for each in self._alone_fields}
        makers |= {
            "name": self._name,
            "code": self._code,
            "sex": self._sex_column,
            "born": partial(self._date, "born"),
            "national_id": partial(self._value, "national_id", partial(values.read_national_id, born=None)),
            "unit": self._unit,
        }
        makers |= dict.fromkeys(("number", *NAME_PARTS), lambda: None)
        return makers | dict.fromkeys((*POST_COLUMNS, *_STUDIES), lambda: _SHARED)

    def _fields(self) -> dict[str, Any]:
        """Key of a field -> its value, as far as a cell tells it; some are told by several columns together."""
        name = self._name()
        sex, born = self._sex_and_born()
        education, studied = self._education()
        found = {
            "name": name,
            "sex": sex,
            "born": born,
            "national_id": self._national_id(sex, born),
            "unit": self._unit() or self._group.unit,
            "education": education,
            "field_of_study": studied,
        }
        return found | {field.key: self._field(field) for field in self._alone_fields if field.key in self._cells}

    def _unit(self) -> str:
        return self._plain("unit").strip(" .,;:")

    def _code(self) -> str:
        return self._text("code").upper() if self._says("code") else ""

    def _field(self, field: PersonField) -> Any:
        """The value of a field that has one column of its own."""
        if field.kind == "date":
            return self._date(field.key, ahead=field.ahead)
        if field.kind == "member":
            return self._member(field.key)
        if field.kind == "levels":
            return self._listed(field.key)
        if field.kind == "level":
            return self._level_of_study(field.key, words.theory_of)
        if field.kind in ("text", "note"):
            return self._plain(field.key)
        return self._value(field.key, READERS[field.kind]) or ""

    def _continues(self) -> int:
        columns = (self.layout.columns[key] for key in ("name", *NAME_PARTS) if key in self.layout.columns)
        return max((self._above.get((self._row, column), 0) for column in columns), default=0)

    def begin_group(self, row: int) -> bool:
        """Take the unit or the role that a line gives to the rows below it, where they have no column for it."""
        told = self._group.begin([shown_cell(cell) for _, cell in self.sheet.filled(row)], self.layout.columns)
        if told is not None:
            self.leave_out(row, told)
        return told is not None

    def leave_out(self, row: int, why: Text) -> None:
        """Remark on a line that is not read."""
        column, _ = next(self.sheet.filled(row))
        self.remarks.append(Remark(row, letter(column), why))

    def _name(self) -> str:
        parts = [key for key in NAME_PARTS if key in self.layout.columns]
        keys = ["name"] if "name" in self.layout.columns else parts
        cells = [self._cell(key) for key in keys]
        raw = " ".join(shown if isinstance(cell, str) else shown_cell(cell) for cell in cells if (shown := str(cell)))
        if not clean(raw):
            self._refuse(keys[0], t("the name is missing"))
            return ""
        missing = [key for key, cell in zip(keys, cells, strict=True) if not shown_cell(cell) and key != "middle"]
        if missing:
            self._refuse(missing[0], t("a part of the name is missing"))
        if any((self._row, self.layout.columns[key]) in self.sheet.old for key in keys):
            raw = self._with_capitals(keys[0], raw)
        read = read_name(raw, self._names)
        if read.problem is not None:
            self._refuse(keys[0], read.problem, clean(raw))
        elif read.remark is not None:
            self._remark(keys[0], read.remark)
        return read.value

    def _raw_name(self) -> str:
        """What stands in the columns of the name, however wrong."""
        return " ".join(text for key in ("name", *NAME_PARTS) if (text := self._text(key)))

    def _with_capitals(self, key: str, raw: str) -> str:
        name = restore_capitals(clean(raw))
        if name == clean(raw):
            return raw
        self._remark(key, t("the old font has no toned capitals; they were put back: “{name}”", name=name))
        return name

    def _sex_and_born(self) -> tuple[Sex | None, PartialDate | None]:
        """The sex, and the birth from its one column or from the column of the sex in which it stands."""
        sex = self._sex_column()
        born = self._date("born") or self._born_in_parts()
        if self._cells.keys().isdisjoint(_BY_SEX):
            return sex, born
        standing = [key for key in _BY_SEX if self._text(key)]
        if len(standing) == 2:
            both = f"{self._text('born_male')} | {self._text('born_female')}"
            self._refuse("born_male", t("both the column of men and the column of women are filled"), both)
            return sex, born
        for key in standing:
            side: Sex = "male" if key == "born_male" else "female"
            if sex is not None and sex != side:
                self._refuse(key, t("this column says another sex than the column of the sex"))
            sex = side
            if words.is_mark(self._text(key)) or isinstance(self._cell(key), bool):
                continue
            found = self._date(key)
            if born is not None and found is not None and found != born:
                self._refuse(key, t("this is another date than in the column of the birth"))
            born = born or found
        return sex, born

    def _born_in_parts(self) -> PartialDate | None:
        """The birth from columns of its own for day, month and year."""
        if "born_year" not in self.layout.columns or not self._says("born_year"):
            return None
        parts = [self._text(key) for key in ("born_day", "born_month", "born_year") if self._says(key)]
        read = values.read_date("/".join(parts), today=self.today)
        if read.problem is not None:
            self._refuse("born_year", read.problem, "/".join(parts))
        return read.value

    def _sex_column(self) -> Sex | None:
        text = self._text("sex")
        found = words.sex_of(text)
        if found is None and self._says("sex"):
            self._refuse("sex", t("write “Nam” or “Nữ”"))
        return found

    def _national_id(self, sex: Sex | None, born: PartialDate | None) -> str:
        number = self._value("national_id", lambda cell: values.read_national_id(cell, born=born)) or ""
        if len(number) == 12:
            coded_sex, coded_year = values.encoded(number)
            if born is not None and born.year != coded_year:
                self._remark(
                    "national_id",
                    t("the number says born in {coded}, the row {year}", coded=coded_year, year=born.year),
                )
            if sex is not None and sex != coded_sex:
                self._remark("national_id", t("the number is that of the other sex"))
        return str(number)

    def _education(self) -> tuple[str, str]:
        """The higher of general and professional education where both are given, and the field of study."""
        if self._cells.keys().isdisjoint(_STUDIES):
            return "", ""
        professional = self._text("profession") or self._text("field_of_study")
        if level := words.education_of(professional):
            named = words.field_of_study(professional)
            return level, self._field_beside(named)
        general = self._text("education")
        if general and self._says("education"):
            level = self._level_of_study("education", words.education_of)
            field = words.field_of_study(general) if words.education_of(general) else ""
            return level, professional if self._says("profession") or self._says("field_of_study") else field
        key = "profession" if self._text("profession") else "field_of_study"
        if key == "field_of_study" and professional:
            return "", self._field_without_level(professional)
        return self._level_of_study(key, words.education_of), self._field_beside("")

    def _field_beside(self, named: str) -> str:
        """The field of a column of its own, or that named with the level."""
        own = self._text("field_of_study")
        return (words.field_of_study(own) or named) if own and self._says("field_of_study") else named

    def _field_without_level(self, field: str) -> str:
        if not self._says("field_of_study"):
            return ""
        self._remark("field_of_study", t("a field of study without a level; kept as written"))
        return field

    def _listed(self, key: str) -> tuple[str, ...]:
        """Several levels in one cell, as written."""
        return tuple(part for each in self._plain(key).split(";") if (part := clean(each)) and not words.is_no(part))

    def _member(self, key: str) -> bool | None:
        """Whether a column says yes or no."""
        text = self._text(key)
        if not text:
            return None
        if words.is_mark(text):
            return True
        if words.is_no(text):
            return False
        self._refuse(key, t("write x or “có”, or “không”"))
        return None

    def _level_of_study(self, key: str, known: Callable[[str], str | None]) -> str:
        text = self._text(key)
        found = known(text)
        if found is None:
            self._remark(key, t("“{text}” is no level the rules know; kept as written", text=text))
            return text
        return found
