"""One row of a list after another turned into a draft person, with what is refused and what is remarked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from config.text import Text, t
from records.domain.dates import PartialDate
from records.domain.names import clean
from records.intake import values, words
from records.intake.cells import Cell, Sheet, letter, shown_cell
from records.intake.columns import Layout
from records.intake.drafts import DraftPerson, Refusal, Remark
from records.intake.faulty import ERROR_WORDS, sentence
from records.intake.groups import Group
from records.intake.headings import NAME_PARTS
from records.intake.legacy import restore_capitals

_PLAIN = ("unit", "ethnicity", "religion", "native_place", "residence", "position", "profession", "party_card", "note")
_DATES = ("party_probation", "party_official")
_SHARED = ("unit", "level", "role", "reporter", "communicator", "collaborator", "decision_number", "decision_date")
_NUMBER_AND_DAY = re.compile(
    r"(?P<number>.*?\S)[\s,;]*(?:ngày|ngay|ng\.?)?[\s,;]+(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
)
_CALC_ERROR = re.compile(r"Err:\d{3}|#[A-Z/0]+[!?]|#N/A")
Sex = Literal["male", "female"]


class RowReader:
    """Reads rows; `refused` and `remarks` grow as it goes."""

    def __init__(self, sheet: Sheet, layout: Layout, today: date, group: Group | None = None) -> None:
        self.sheet, self.layout, self.today = sheet, layout, today
        self._group = group or Group()
        self.refused: list[Refusal] = []
        self.remarks: list[Remark] = []
        self._row = 0
        self._above = self._shared_cells()
        self._wide: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, left, last, right in sheet.merged:
            if right > left:
                for row in range(max(first, layout.first_row), min(last, len(sheet.rows)) + 1):
                    self._wide[row].append((left, right))

    def _shared_cells(self) -> dict[tuple[int, int], int]:
        """(row, column) -> row that holds the value, where one unit or decision is merged down over several people."""
        columns = {self.layout.columns[key] for key in _SHARED if key in self.layout.columns}
        return {
            (row, left): first
            for first, left, last, _ in self.sheet.merged
            if left in columns and first >= self.layout.first_row
            for row in range(first + 1, min(last, len(self.sheet.rows)) + 1)
        }

    def read(self, row: int) -> DraftPerson | None:
        """The person of a row, or None when a value of it was refused."""
        self._row = row
        before = len(self.refused)
        self._judge_cells()
        name = self._name()
        sex, born = self._sex_and_born()
        national_id = self._national_id(sex, born)
        number, decided = self._decision()
        roles, level = self._roles_and_level()
        parts: dict[str, Any] = {key: self._plain(key) for key in _PLAIN}
        parts["unit"] = parts["unit"].strip(" .,;:") or self._group.unit
        parts |= {key: self._date(key) for key in _DATES}
        parts["phone"] = self._value("phone", values.read_phone) or ""
        parts["email"] = self._value("email", values.read_email) or ""
        parts["education"] = self._education()
        parts["political_theory"] = self._level_of_study("political_theory", words.theory_of)
        if len(self.refused) > before:
            return None
        return DraftPerson(
            row=row, name=name, sex=sex, born=born, national_id=national_id, roles=roles, level=level or None,
            decision_number=number, decision_date=decided, **parts,
        )  # fmt: skip

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

    def _cell(self, key: str) -> Cell:
        column = self.layout.columns.get(key)
        if column is None:
            return ""
        return self.sheet.at(self._above.get((self._row, column), self._row), column)

    def _text(self, key: str) -> str:
        return clean(shown_cell(self._cell(key)))

    def _plain(self, key: str) -> str:
        cell = self._cell(key)
        read = values.read_text(cell if isinstance(cell, str) else shown_cell(cell))
        return self._taken(key, read) or ""

    def _judge_cells(self) -> None:
        """Refuse cells that hold no value of their own: faults known before, errors of formulas, merged areas."""
        wide = self._wide.get(self._row, ())
        for key, column in self.layout.columns.items():
            cell = self.sheet.at(self._row, column)
            fault = self.sheet.faults.get((self._row, column))
            if fault is None and isinstance(cell, str) and (cell in ERROR_WORDS or _CALC_ERROR.fullmatch(cell)):
                fault = sentence(cell)
            if fault is not None:
                self._refuse(key, fault)
            elif any(left == column and self._covers(left, right) for left, right in wide):
                self._refuse(key, t("the cell is merged over several columns; split it in the spreadsheet program"))

    def _covers(self, left: int, right: int) -> bool:
        return sum(left <= column <= right for column in set(self.layout.columns.values())) > 1

    def _refuse(self, key: str, problem: Text, value: str | None = None) -> None:
        shown = self._text(key) if value is None else value
        self.refused.append(Refusal(self._row, self.layout.label(key), shown, problem))

    def _remark(self, key: str, remark: Text) -> None:
        self.remarks.append(Remark(self._row, self.layout.label(key), remark))

    def _taken(self, key: str, read: values.Read[Any]) -> Any:
        """The value of a reading, after its problem or remark was noted; None when refused."""
        if read.problem is not None:
            self._refuse(key, read.problem)
            return None
        if read.remark is not None:
            self._remark(key, read.remark)
        return read.value

    def _value(self, key: str, read: Callable[[Cell], values.Read[Any]]) -> Any:
        cell = self._cell(key)
        return self._taken(key, read(cell)) if self._says(key) else None

    def _says(self, key: str) -> bool:
        """Whether a cell says anything: a dash, or “không”, “chưa có”, is how lists leave one empty."""
        return not words.is_no(self._text(key))

    def _date(self, key: str) -> PartialDate | None:
        found: PartialDate | None = self._value(key, lambda cell: values.read_date(cell, today=self.today))
        shown = self.sheet.coarse.get((self._row, self.layout.columns.get(key, -1)))
        if shown is None or found is None or not found.day:
            return found
        kept = PartialDate(found.year, found.month if shown == "month" else 0)
        self._remark(key, t("the sheet shows no day; read as {day}", day=kept.shown()))
        return kept

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
        read = values.read_name(raw)
        if read.problem is not None:
            self._refuse(keys[0], read.problem, clean(raw))
        elif read.remark is not None:
            self._remark(keys[0], read.remark)
        return read.value

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
        standing = [key for key in ("born_male", "born_female") if self._text(key)]
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

    def _decision(self) -> tuple[str, date | None]:
        """Number and day of the decision, which may stand in one cell: `12-QĐ/TU ngày 05/07/2020`."""
        number, day = self._text("decision_number"), self._date("decision_date")
        both = _NUMBER_AND_DAY.fullmatch(number)
        if both and not self._text("decision_date"):
            number = both["number"].rstrip(" ,;")
            read = values.read_date(both["day"], today=self.today)
            day = self._taken("decision_number", read)
        if day is not None and not day.day:
            self._refuse("decision_date", t("enter the whole date, such as 05/02/1980"))
        return number, day.first_day() if day is not None and day.day else None

    def _roles_and_level(self) -> tuple[tuple[str, ...], str]:
        text = self._text("role")
        roles = list(words.roles_of(text))
        if roles and words.denies(text):
            self._refuse("role", t("it says that a role is not held; name the role held, or leave the cell empty"))
        elif not roles and self._says("role"):
            self._refuse("role", t("no role is named; write BCV, TTV or CTV"))
        for key in ("reporter", "communicator", "collaborator"):
            mark = self._text(key)
            if words.is_no(mark) or key in roles:
                continue
            if words.is_mark(mark) or words.level_of(mark) or words.roles_of(mark) or any(map(str.isdigit, mark)):
                roles.append(key)
            else:
                self._refuse(key, t("write x where the role is held, or leave the cell empty"))
        written = self._text("level")
        level = words.level_of(written) if written else words.level_in_role(text)
        if not level and self._says("level"):
            self._refuse("level", t("no level is named; write trung ương, tỉnh, thành phố, xã or cơ sở"))
        if not roles and "role" not in self.layout.columns:
            return self._group.roles, level or self._group.level
        return tuple(roles), level

    def _education(self) -> str:
        """The higher of general and professional education where both are given."""
        professional = words.education_of(self._text("profession"))
        if professional:
            return professional
        if self._text("education"):
            return self._level_of_study("education", words.education_of)
        return self._level_of_study("profession", words.education_of)

    def _level_of_study(self, key: str, known: Callable[[str], str | None]) -> str:
        text = self._text(key)
        found = known(text)
        if found is None:
            self._remark(key, t("“{text}” is no level the rules know; kept as written", text=text))
            return text
        return found
