"""One row of a list after another turned into a draft person, with what is refused and what is remarked."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date
from typing import Any, Literal

from config.settings.shapes import Names
from config.text import Text, t
from records.domain.dates import PartialDate
from records.domain.people.names import clean
from records.domain.people.person_fields import FIELDS, PersonField
from records.intake import values, words
from records.intake.drafts import DraftPerson, Remark
from records.intake.files.cells import Cell, Sheet, letter, shown_cell
from records.intake.fonts.legacy import restore_capitals
from records.intake.layout.columns import Layout
from records.intake.layout.groups import Group
from records.intake.layout.headings import NAME_PARTS
from records.intake.names.naming import read_name
from records.intake.person_values import READERS
from records.intake.posts import PostCells

Sex = Literal["male", "female"]
_BY_SEX = ("born_male", "born_female")
_TOGETHER = frozenset(("name", "sex", "born", "national_id", "unit", "education", "field_of_study"))
"""Fields that several columns tell together, or that others are held against."""
_STUDIES = frozenset(("profession", "field_of_study", "education"))
_IN_CREDENTIALS = {field.key: field for field in FIELDS if field.in_credentials}


class RowReader(PostCells):
    """Reads rows; `refused` and `remarks` grow as it goes."""

    def __init__(
        self, sheet: Sheet, layout: Layout, today: date, group: Group | None = None, names: Names | None = None
    ) -> None:
        super().__init__(sheet, layout, today)
        self._group, self._names = group or Group(), names
        self._alone_fields = [each for each in FIELDS if each.key in layout.columns and each.key not in _TOGETHER]
        parts = tuple(key for key in NAME_PARTS if key in layout.columns)
        self._name_keys = ("name",) if "name" in layout.columns else parts
        self._plain_names: dict[Cell, str] = {}
        """Texts of the one column of names -> the name, where there was nothing to be said of it: many share one."""
        self._tells_studies = not layout.columns.keys().isdisjoint(_STUDIES)

    def read(self, row: int) -> DraftPerson | None:
        """The person of a row, or None when a value of it was refused."""
        self._begin(row)
        before = len(self.refused)
        self._judge_cells()
        found = self._fields()
        posts = self._posts()
        code = self._text("code").upper() if self._says("code") else ""
        if len(self.refused) > before:
            self._name_refusals(before, found["name"] or self._raw_name())
            return None
        said = {key: value for key, value in found.items() if value or value is False}  # False: no member
        own = said if said.keys().isdisjoint(_IN_CREDENTIALS) else _without(said, _IN_CREDENTIALS)
        draft = DraftPerson(row=row, code=code, continues=self._continues(), posts=posts, **own)
        for key, field in _IN_CREDENTIALS.items() if len(own) < len(said) else ():
            if key in said:
                draft = field.put(draft, said[key])
        return draft

    def _fields(self) -> dict[str, Any]:
        """Key of a field -> its value, as far as a cell tells it; some are told by several columns together."""
        name = self._plain_names.get(self._cells.get("name", "")) or self._name()
        sex, born = self._sex_and_born()
        education, studied = self._education() if self._tells_studies else ("", "")
        found: dict[str, Any] = {
            "name": name,
            "sex": sex,
            "born": born,
            "national_id": self._national_id(sex, born),
            "unit": self._plain("unit").strip(" .,;:") or self._group.unit,
            "education": education,
            "field_of_study": studied,
        }
        for field in self._alone_fields:
            if field.key in self._cells:
                found[field.key] = self._field(field)
        return found

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
        if not self._above:
            return 0
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
        keys = self._name_keys
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
        elif keys == ("name",) and not missing and not self.sheet.old and isinstance(cells[0], str):
            self._plain_names[cells[0]] = read.value
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
        if "sex" not in self._cells:
            return None
        text = self._text("sex")
        found = words.sex_of(text)
        if found is None and self._says("sex"):
            self._refuse("sex", t("write “Nam” or “Nữ”"))
        return found

    def _national_id(self, sex: Sex | None, born: PartialDate | None) -> str:
        if not self._says("national_id"):
            return ""
        read = values.read_national_id(self._cells["national_id"], born=born)
        number = self._taken("national_id", read) or ""
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


def _without(said: dict[str, Any], keys: Container[str]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in keys}
