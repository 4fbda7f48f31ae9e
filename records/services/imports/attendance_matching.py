"""Who the rows of an attendance list are, each person once, and what they would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

import msgspec

from config.text import Text, t
from records.domain.dates import PartialDate
from records.domain.people.names import clean, matching_key
from records.domain.people.person import Person
from records.domain.training import Attendance, Event, Presence
from records.intake.attendance import PresenceColumns, Said, read_presence
from records.intake.drafts import DraftPerson, Refusal
from records.intake.files.cells import Sheet, headed, letter, shown_cell
from records.intake.layout.columns import Layout
from records.intake.matching import Duplicate, KnownPerson, match_people
from records.services.office import Office
from records.services.training.events import attendance_of
from records.services.training.results import result_problem, result_value

Fate = Literal["enter", "same", "silent", "unsure", "refused"]
"""What becomes of a row: entered, already so, says nothing, may be one of several, cannot be entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row of the list.

    Attributes:
        row: its number in the sheet.
        person: id of the person it is, or empty.
        presence: what it says; None where it says nothing.
        why: how the person was found, or what is wrong.
        candidates: ids of the people it may be, where that is not sure.
        results: (field of the attendance, text) of what came of a training, where the list says it.
        faults: cells that keep the row out, with their places; none where it is kept out by who it is.
    """

    row: int
    name: str
    born: PartialDate | None
    unit: str
    fate: Fate
    why: Text
    person: str = ""
    presence: Presence | None = None
    candidates: tuple[str, ...] = ()
    results: tuple[tuple[str, str], ...] = ()
    faults: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said of single rows: row -> id of the person it is, and row -> whether they came."""

    who: Mapping[int, str] = field(default_factory=dict)
    came: Mapping[int, Presence] = field(default_factory=dict)


class Matcher:
    """Finds who the rows are, each person once."""

    def __init__(
        self, office: Office, event: Event, source: tuple[Sheet, Layout, PresenceColumns], said: Decided, today: date,
    ) -> None:  # fmt: skip
        self._event, self._decided, self._today = event, said, today
        self._sheet, self._layout, self._columns = source
        self._people = {each.id: each for each in office.book.table(Person)}
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        self._there = [each for each in self._people.values() if each.left is None or each.left >= event.day]
        for each in self._there:
            self._by_name[matching_key(each.name)].append(each)
        self._units = office.unit_names(event.day)
        self._sheet_of: dict[str, Attendance] = attendance_of(office, event.id)
        self._rows_of: dict[str, int] = {}

    def rows(self, drafts: tuple[DraftPerson, ...]) -> list[ListRow]:
        """What becomes of each draft: first those whose person is sure, then those whom only the call tells."""
        # Those who had left by then are found by their code only.
        alike = {each.row: each for each in match_people(drafts, [self._known(each) for each in self._there])}
        lines = [self._found(_line(draft), alike.get(draft.row)) for draft in drafts]
        sure = {line.person for line in lines if line.person}
        return [self._settled(self._called(line, sure) if line.fate == "unsure" else line) for line in lines]

    def _known(self, person: Person) -> KnownPerson:
        unit = self._units.get(person.unit_on(self._event.day), "")
        return KnownPerson(person.id, person.name, person.born, person.national_id, unit)

    def _settled(self, line: ListRow) -> ListRow:
        """A row with what it says, if its person is known and stands in no row above."""
        if not line.person:
            return replace(line, presence=self._presence(line).presence)
        if line.person in self._rows_of:
            why = t("the same person as row {row}; that row counts", row=self._rows_of[line.person])
            return replace(line, fate="refused", why=why)
        self._rows_of[line.person] = line.row
        return self._said(line)

    def _said(self, line: ListRow) -> ListRow:
        """What the row of a person known says."""
        presence, problem, at = self._presence(line)
        if problem is not None:
            return replace(line, fate="refused", **self._fault(line, at, problem))
        held = self._sheet_of.get(line.person)
        if presence is None:
            return replace(line, fate="silent", why=t("the row does not say whether the person came"))
        said = ((field, shown_cell(self._sheet.at(line.row, at))) for at, field in self._columns.results)
        line = replace(line, presence=presence, results=tuple((field, text) for field, text in said if text))
        after, problem = row_after(held, line, self._event, self._today)
        if problem is None and held is not None and not after.came() and (held.result or held.certificate):
            problem = t("a result is recorded for this person, who would be absent")
        if problem is not None:
            return replace(line, fate="refused", why=problem)
        return replace(line, fate="same" if after == held else "enter")

    def _presence(self, line: ListRow) -> Said:
        if line.row in self._decided.came:
            return Said(self._decided.came[line.row])
        return read_presence(self._sheet, line.row, self._columns, line.name)

    def _fault(self, line: ListRow, at: int | None, problem: Text) -> dict[str, Any]:
        """Why a row is refused, and the cell that is at fault."""
        if at is None:
            return {"why": problem}
        label, shown = headed(self._layout.headings.get(at, ""), at), shown_cell(self._sheet.at(line.row, at))
        fault = Refusal(line.row, label, shown, problem, name=line.name, cell=f"{letter(at)}{line.row}")
        return {"why": t("{column}: {problem}", column=label, problem=problem), "faults": (fault,)}

    def _found(self, line: ListRow, alike: Duplicate | None) -> ListRow:
        if line.row in self._decided.who:
            return self._taken(line, self._decided.who[line.row], t("chosen by hand"))
        code = "" if self._columns.code is None else clean(shown_cell(self._sheet.at(line.row, self._columns.code)))
        if code:
            return self._by_code(line, code)
        namesakes = self._namesakes(line)
        if alike is None or (alike.of not in self._people and not namesakes):
            return replace(line, why=t("nobody in the book has this name and birth"))
        if (alike.confidence == "certain" and alike.of in self._people) or (
            alike.confidence == "likely" and self._is_one(line, alike, namesakes)
        ):
            return self._taken(line, alike.of, alike.why)
        known = (each for each in (alike.of, *alike.others) if each in self._people)
        return replace(line, fate="unsure", why=alike.why, candidates=tuple(dict.fromkeys((*known, *namesakes))))

    def _called(self, line: ListRow, sure: set[str]) -> ListRow:
        """The row of the only one of its name who is called, unless another row is surely that person."""
        called = [each for each in line.candidates if each in self._sheet_of and self._same_name(line, each)]
        if len(called) != 1 or called[0] in sure:
            return line
        return self._taken(line, called[0], t("the only one of this name who is called"))

    def _namesakes(self, line: ListRow) -> list[str]:
        """Ids of the people of this name whose year of birth can be the row's."""
        return [
            each.id
            for each in self._by_name[matching_key(line.name)]
            if line.born is None or each.born is None or line.born.year == each.born.year
        ]

    def _is_one(self, line: ListRow, alike: Duplicate, namesakes: Sequence[str]) -> bool:
        """Whether the person is sure, or likely and the only one it can be: no other, or both birth and unit agree."""
        person = self._people.get(alike.of)
        if person is None or alike.confidence == "possible":
            return False  # without a person, it is only like another row of the list
        if alike.confidence == "certain":
            return True
        if alike.others or len(namesakes) < 2:
            return not alike.others
        agree = bool(line.unit) and matching_key(line.unit) == matching_key(self._known(person).unit)
        return agree and line.born is not None and person.born is not None

    def _by_code(self, line: ListRow, code: str) -> ListRow:
        person = self._people.get(code.upper())
        if person is None:
            return replace(line, why=t("nobody in the book has the code {code}", code=code))
        if not self._same_name(line, person.id):
            return replace(line, why=t("the code {code} belongs to {name}", code=code, name=person.name))
        return self._taken(line, person.id, t("by the code"))

    def _same_name(self, line: ListRow, person: str) -> bool:
        return matching_key(self._people[person].name) == matching_key(line.name)

    def _taken(self, line: ListRow, person: str, why: Text) -> ListRow:
        if person not in self._people:
            return replace(line, why=t("nobody in the book has the code {code}", code=person))
        return replace(line, fate="enter", person=person, candidates=(), why=why)


def _line(draft: DraftPerson) -> ListRow:
    return ListRow(row=draft.row, name=draft.name, born=draft.born, unit=draft.unit, fate="refused", why=Text(""))


def row_after(held: Attendance | None, line: ListRow, event: Event, today: date) -> tuple[Attendance, Text | None]:
    """The attendance as a row would leave it, and why it cannot be so, or None."""
    fresh = Attendance(id="", person=line.person, event=event.id, kind=event.kind, day=event.day, presence="called")
    before = held or fresh
    fields: dict[str, Any] = {}
    for key, text in line.results:
        problem = result_problem(before, key, text, today=today)
        if problem is not None:
            return before, t("“{text}”: {problem}", text=text, problem=problem)
        fields[key] = result_value(before, key, text, today)
    after = msgspec.structs.replace(before, presence=line.presence, **fields)
    if line.results and not after.came():
        return after, t("the row has a result and says that the person did not come")
    return after, None
