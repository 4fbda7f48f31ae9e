"""The attendance sheet: people by sessions, one letter a cell, typed and pasted as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.text import Text, t
from records.domain.people.names import fold, person_key
from records.domain.people.person import Person
from records.domain.training import Event, Presence
from records.rules.training.rates import Rate, rate
from records.rules.training.words import PRESENCE_MARKS, PRESENCE_WORDS
from records.services.office import Office
from records.services.training import events as training
from tui.present.words import decimal_cell
from tui.screens.base import key
from tui.screens.grid_screen import GridScreen
from tui.screens.imports.attendance import ask_list
from tui.screens.training.results import ResultsScreen
from tui.widgets.dialogs import Choose
from tui.widgets.grid.model import CellEdit, GridColumn

_LETTERS: dict[str, Presence] = {mark: cast("Presence", each) for each, mark in PRESENCE_MARKS.items() if mark}
_LETTERS |= {"1": "present", "0": "absent", "+": "present", "-": "absent"}
_LOOKS = {"present": "good", "late": "warn", "absent": "bad", "excused": "dim", "called": "dim"}


class AttendanceModel:
    """Everybody called to at least one of the events, by name; one column an event, after the rate."""

    def __init__(self, office: Office, events: Sequence[Event]) -> None:
        self.events = events
        self._sheets = [training.attendance_of(office, each.id) for each in events]
        people = office.book.table(Person)
        called = {person for sheet in self._sheets for person in sheet}
        self.people = sorted((each for each in people if each.id in called), key=lambda each: person_key(each.name))
        self._columns = [GridColumn("rate", tr_("Came %"), 7, hint=tr_("share of the sessions recorded"))]
        self._columns += [
            GridColumn(
                each.id,
                f"{each.day:%d/%m}",
                6,
                hint=tr_("{title}, {day} · x came, m late, p with leave, v absent", title=each.title, day=each.day),
                group=str(each.day.year),
            )
            for each in events
        ]

    def whole(self) -> Rate:
        """How many came, over all the events."""
        return rate(each for sheet in self._sheets for each in sheet.values())

    @property
    def row_count(self) -> int:
        """How many people there are."""
        return len(self.people)

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The rate, then the events by day."""
        return self._columns

    def row_id(self, row: int) -> str:
        """The person."""
        return self.people[row].id

    def row_title(self, row: int) -> str:
        """The name."""
        return self.people[row].name

    def text(self, row: int, column: int) -> str:
        """The rate, or the letter of a session; a dot where somebody is called and nothing is recorded."""
        person = self.people[row].id
        if column == 0:
            return decimal_cell(rate(sheet[person] for sheet in self._sheets if person in sheet).percent)
        known = self._sheets[column - 1].get(person)
        if known is None:
            return ""
        return PRESENCE_MARKS[known.presence] or "·"

    def look(self, row: int, column: int) -> str:
        """Colours by presence."""
        known = self._sheets[column - 1].get(self.people[row].id) if column else None
        return "" if known is None else _LOOKS[known.presence]

    def editable(self, row: int, column: int) -> bool:  # noqa: ARG002  # the grid asks for a cell
        """Everything but the rate."""
        return column > 0

    def judge(self, row: int, column: int, typed: str) -> Text | None:  # noqa: ARG002  # as above
        """Only the four letters, or nothing."""
        text = fold(typed.strip())
        if text in ("", ".", "·") or text in _LETTERS:
            return None
        return t("x came, m late, p with leave, v absent; “{typed}” is none of these", typed=typed)

    def is_code(self, typed: str) -> bool:
        """Each of the letters is a whole word here."""
        return fold(typed) in _LETTERS

    def presence(self, typed: str) -> Presence | None:
        """What a cell's text means; None takes the call back."""
        text = fold(typed.strip())
        if text in (".", "·"):
            return "called"
        return _LETTERS.get(text)


class AttendanceScreen(GridScreen[AttendanceModel]):
    """The sheet of some events. Every entry, fill or paste is one change of the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("call", t("Call people")),
        key("fill", t("All came")),
        key("results", t("Results")),
        key("import", t("Import a list")),
        key("back", t("Back")),
    ]
    empty = t("Nobody is called yet. Ins: call everybody of a role, or mark people in “People” and press F8")
    frozen = 1

    def __init__(self, events: Sequence[str]) -> None:
        super().__init__()
        self._ids = tuple(events)

    def _events(self) -> list[Event]:
        found = [training.event_named(self.office, each) for each in self._ids]
        return sorted(found, key=lambda each: (each.day, each.id))

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        events = self.model.events
        what = events[0].title if len(events) == 1 else tr_("{n} sessions", n=len(events))
        return (tr_("Training"), what)

    def read(self) -> AttendanceModel:
        """The events as they stand; one of them may have been taken back."""
        return AttendanceModel(self.office, self._events())

    def counts(self) -> tuple[str, str]:
        """How many came, late, with leave, not at all."""
        whole = self.model.whole()
        parts = [
            tr_("{n} people", n=self.model.row_count),
            f"{tr(PRESENCE_WORDS['present'])} {whole.came - whole.late}",
            f"{tr(PRESENCE_WORDS['late'])} {whole.late}",
            f"{tr(PRESENCE_WORDS['excused'])} {whole.excused}",
            f"{tr(PRESENCE_WORDS['absent'])} {whole.absent}",
        ]
        return " · ".join(parts), "" if whole.percent is None else tr_("came {percent} %", percent=whole.percent)

    def write(self, model: AttendanceModel, edits: Sequence[CellEdit]) -> None:
        """Mark who came."""
        marks = {
            (model.events[each.column - 1].id, model.people[each.row].id): model.presence(each.typed) for each in edits
        }
        self._mark(marks)

    def _mark(self, marks: dict[tuple[str, str], Presence | None]) -> bool:
        return self.enter(lambda: training.mark(self.office, marks), self._show_marked)

    def _show_marked(self) -> None:
        """People stay in their rows while one types, though a call may have been taken back."""
        people, model = self.model.people, self.read()
        model.people = people
        self.show(model)

    def _event_here(self) -> Event:
        """The session under the cursor."""
        return self.model.events[max(self.grid.column, 1) - 1]

    def action_fill(self) -> None:
        """Everybody of the session under the cursor for whom nothing is recorded came."""
        if self.model.row_count:
            self.grid.then(self._fill)

    def _fill(self) -> None:
        event = self._event_here()
        sheet = training.attendance_of(self.office, event.id)
        waiting: dict[tuple[str, str], Presence | None] = {
            (event.id, person): "present" for person, each in sheet.items() if each.presence == "called"
        }
        if not waiting or self._mark(waiting):
            told = t(
                "{n} people came to the session of {day}; correct those who did not", n=len(waiting), day=event.day
            )
            self.news(told)

    def action_call(self) -> None:
        """Call everybody of a role to the sessions shown."""
        roles = self.office.settings.roles.roles
        options = [("", tr_("everybody on the roster"))]
        options += [(each, role.title.in_language(language())) for each, role in roles.items()]
        if self.may_write():
            self.grid.then(lambda: self.app.push_screen(Choose(t("Who is called?"), options), self._call))

    def _call(self, role: str | None) -> None:
        if role is None:
            return
        if self.attempt(lambda: training.call_role(self.office, self.model.events, role)):
            self.catch_up()
            self.news(t("Called. Ctrl+Z takes it back"))

    def action_import(self) -> None:
        """Read who came to the session under the cursor from a spreadsheet, after showing what it says."""
        self.grid.then(lambda: ask_list(self, self._event_here()))

    def action_results(self) -> None:
        """Results and certificates of the session under the cursor."""
        self.grid.then(lambda: self.app.push_screen(ResultsScreen(self._event_here().id)))
