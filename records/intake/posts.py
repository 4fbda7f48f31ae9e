"""The appointments that a row tells: roles with their levels, decisions and terms, one or several in a cell."""

from __future__ import annotations

import re
from datetime import date

from config.text import t
from records.domain.dates import PartialDate
from records.domain.people.names import clean
from records.intake import values, words
from records.intake.drafts import DraftPost
from records.intake.files.cells import shown_cell
from records.intake.layout.groups import Group
from records.intake.layout.row_cells import RowCells

MARKS = ("reporter", "communicator", "collaborator")
POST_COLUMNS = (
    *("role", *MARKS, "level", "decision_number", "decision_date", "since", "until", "term"),
    *("recognised_by", "managed_by"),
)
"""The columns that tell of appointments."""
_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_NUMBER_AND_DAY = re.compile(rf"(?P<number>.*?\S)[\s,;]*(?:ngày|ngay|ng\.?)?[\s,;]+(?P<day>{_DAY})")
_ROLE_PARTS = re.compile(r"[;,/+&\n]|\s(?:và|and)\s", re.IGNORECASE)
_PARTS = re.compile(r"[;\n]")
_TERM = re.compile(
    rf"(?:từ\s*(?:ngày\s*)?)?(?P<since>{_DAY})\s*(?:[-–—]|đến(?:\s*ngày)?|to)\s*(?P<until>{_DAY})", re.IGNORECASE
)


class PostCells(RowCells):
    """Reads the columns of appointments."""

    _group: Group

    def _posts(self) -> tuple[DraftPost, ...]:
        """The appointments of a row; one without a role where it tells of a decision and names no role."""
        named = self._named_roles()
        if len(named) == 1:  # one role held more than once: `BCV` beside `tỉnh; xã`, or beside two days
            several = (key for key in ("level", "decision_date", "since", "until") if key in self._cells)
            named *= max((len(_PARTS.split(self._raw(key))) for key in several), default=1)
        count = max(len(named), 1)
        numbers, decided = self._decisions(count)
        levels = self._levels(count)
        recognised, managed = self._parts("recognised_by", count), self._parts("managed_by", count)
        since, until, note = self._term(count)
        posts = [
            DraftPost(
                role=role,
                level=level or levels[at],
                number=numbers[at],
                decided=decided[at],
                since=since[at],
                until=until[at],
                recognised_by=recognised[at],
                managed_by=managed[at],
                note=note,
            )
            for at, (role, level) in enumerate(named or [("", "")])
        ]
        return tuple(each for each in dict.fromkeys(posts) if each != DraftPost())

    def _named_roles(self) -> list[tuple[str, str]]:
        """The roles of a row, each with the level that is named with it."""
        text = self._text("role")
        found: list[tuple[str, str]] = []
        level = ""  # a level named last is that of the roles before it as well: `BCV, CTV cấp xã`
        for part in reversed(_ROLE_PARTS.split(self._raw("role"))):
            level = words.level_in_role(part) or level
            found[:0] = [(role, level) for role in words.roles_of(part)]
        if found and words.denies(text):
            self._refuse("role", t("it says that a role is not held; name the role held, or leave the cell empty"))
        elif not found and self._says("role"):
            self._refuse("role", t("no role is named; write BCV, TTV or CTV"))
        for key in MARKS:
            mark = self._text(key)
            if not mark or words.is_no(mark) or key in (role for role, _ in found):
                continue
            level = words.level_of(mark)
            if words.is_mark(mark) or level or words.roles_of(mark) or any(map(str.isdigit, mark)):
                found.append((key, level))
            else:
                self._refuse(key, t("write x where the role is held, or leave the cell empty"))
        if not found and "role" not in self.layout.columns:
            return [(role, self._group.level) for role in self._group.roles]
        return list(dict.fromkeys(found))

    def _levels(self, count: int) -> list[str]:
        found = []
        for text in self._parts("level", count):
            level = words.level_of(text)
            if not level and not words.is_no(text):
                self._refuse("level", t("no level is named; write trung ương, tỉnh, thành phố, xã or cơ sở"))
            found.append(level)
        return found

    def _decisions(self, count: int) -> tuple[list[str], list[date | None]]:
        """Numbers and days of the decisions, which may stand in one cell: `12-QĐ/TU ngày 05/07/2020`."""
        numbers = self._parts("decision_number", count)
        days = self._days("decision_date", count)
        for at, number in enumerate(numbers):
            both = _NUMBER_AND_DAY.fullmatch(number)
            if both and not self._text("decision_date"):
                numbers[at] = both["number"].rstrip(" ,;")
                found = self._taken("decision_number", values.read_date(both["day"], today=self.today))
                days[at] = found.first_day() if found is not None else None
        return numbers, days

    def _term(self, count: int) -> tuple[list[date | None], list[date | None], str]:
        """First and last days, and what is said of the term without days."""
        since, until = self._days("since", count), self._days("until", count, ahead=True)
        text = self._text("term")
        if not text or not self._says("term"):
            return since, until, ""
        found = _TERM.fullmatch(text)
        if found is None:
            self._remark("term", t("the term names no days; kept as a note of the appointment: “{text}”", text=text))
            return since, until, text
        first = self._taken("term", values.read_date(found["since"], today=self.today))
        last = self._taken("term", values.read_date(found["until"], today=date.max))
        return (
            [each or (first.first_day() if first else None) for each in since],
            [each or (last.first_day() if last else None) for each in until],
            "",
        )

    def _days(self, key: str, count: int, *, ahead: bool = False) -> list[date | None]:
        """The days of a column, one for each appointment; of `until` they may lie ahead."""
        if key not in self._cells:
            return [None] * count
        today = date.max if ahead else self.today
        if len(_PARTS.split(self._raw(key))) < 2:
            found = (
                self._date(key)
                if not ahead
                else self._value(key, lambda cell: values.read_date(cell, today=today, epoch=self.sheet.epoch))
            )
            return [self._whole(key, found)] * count
        read = [
            None if words.is_no(text) else self._taken(key, values.read_date(text, today=today))
            for text in self._parts(key, count)
        ]
        return [self._whole(key, each) for each in read]

    def _whole(self, key: str, day: PartialDate | None) -> date | None:
        if day is not None and not day.day:
            self._refuse(key, t("enter the whole date, such as 05/02/1980"))
        return day.first_day() if day is not None and day.day else None

    def _parts(self, key: str, count: int) -> list[str]:
        """The texts of a cell for so many appointments: one for all, or one for each."""
        if count == 1 or key not in self._cells:
            return [self._plain(key)] * count
        parts = [clean(part) for part in _PARTS.split(self._raw(key))]
        if len(parts) == count:
            return ["" if each in ("-", "–", "—") else each for each in parts]
        if len(parts) == 1:
            return [self._plain(key)] * count
        shown = self._text(key)
        self._remark(key, t("not as many as the roles of the row; left out: {text}", text=shown))
        return [""] * count

    def _raw(self, key: str) -> str:
        """The text of a cell with its line breaks."""
        cell = self._cell(key)
        return cell if isinstance(cell, str) else shown_cell(cell)
