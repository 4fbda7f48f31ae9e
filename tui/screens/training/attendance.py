"""The attendance sheet: people by sessions, one letter a cell, typed and pasted as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import language, tr, tr_
from config.text import Text, t
from records.domain.people.names import fold, person_key
from records.domain.people.person import Person
from records.domain.training import Event, Presence
from records.rules.training.rates import rate
from records.rules.training.words import PRESENCE_MARKS, PRESENCE_WORDS
from records.services.office import Office
from records.services.training import events as training
from records.services.training import figures
from tui.present.words import decimal_cell
from tui.screens.base import DeskScreen, key
from tui.screens.imports.attendance import ask_list
from tui.screens.training.results import ResultsScreen
from tui.widgets.dialogs import Choose
from tui.widgets.frame import StatusLine
from tui.widgets.grid.grid import Grid
from tui.widgets.grid.model import GridColumn

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

    @property
    def row_count(self) -> int:
        """How many people there are."""
        return len(self.people)

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The rate, then the events by day."""
        return self._columns

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

    def presence(self, typed: str) -> Presence | None:
        """What a cell's text means; None takes the call back."""
        text = fold(typed.strip())
        if text in (".", "·"):
            return "called"
        return _LETTERS.get(text)


class AttendanceScreen(DeskScreen):
    """The sheet of some events. Every entry, fill or paste is one change of the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("insert", "call", t("Call people")),
        key("f8", "fill", t("All came")),
        key("f7", "results", t("Results")),
        key("f3", "import", t("Import a list")),
        key("escape", "back", t("Back")),
    ]

    def __init__(self, events: Sequence[str]) -> None:
        super().__init__()
        self._ids = tuple(events)
        self._model: AttendanceModel | None = None

    @property
    def model(self) -> AttendanceModel:
        """What the grid shows."""
        assert self._model is not None  # made before the grid
        return self._model

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    def _events(self) -> list[Event]:
        found = [training.event_named(self.office, each) for each in self._ids]
        return sorted(found, key=lambda each: (each.day, each.id))

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        events = self.model.events
        what = events[0].title if len(events) == 1 else tr_("{n} sessions", n=len(events))
        return (tr_("Training"), what)

    def body(self) -> ComposeResult:
        """Lay out the grid over its counts."""
        self._model = AttendanceModel(self.office, self._events())
        empty = tr_("Nobody is called yet. Ins: call everybody of a role, or mark people in “People” and press F8")
        yield Grid(self._model, name_title=tr_("Full name"), frozen=1, empty=empty)
        yield StatusLine(id="sheet-status")

    def on_mount(self) -> None:
        """Begin in the grid."""
        self.grid.focus()

    def refresh_office(self) -> None:
        """Read the events again; one of them may have been taken back."""
        try:
            self._model = AttendanceModel(self.office, self._events())
        except AppError:
            self.app.call_later(self.action_back)
            return
        self.grid.set_model(self._model)
        self._count()

    def _count(self) -> None:
        found = figures.rates_by(self.office, list(self.model.events), by="event", on=self.on)
        whole = sum(found.values(), start=rate(()))
        parts = [
            tr_("{n} people", n=self.model.row_count),
            f"{tr(PRESENCE_WORDS['present'])} {whole.came - whole.late}",
            f"{tr(PRESENCE_WORDS['late'])} {whole.late}",
            f"{tr(PRESENCE_WORDS['excused'])} {whole.excused}",
            f"{tr(PRESENCE_WORDS['absent'])} {whole.absent}",
        ]
        share = "" if whole.percent is None else tr_("came {percent} %", percent=whole.percent)
        self.query_one("#sheet-status", StatusLine).show_ends(" · ".join(parts), share)

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        marks = {
            (self.model.events[each.column - 1].id, self.model.people[each.row].id): self.model.presence(each.typed)
            for each in event.changes
        }
        self._write(marks)

    def _write(self, marks: dict[tuple[str, str], Presence | None]) -> None:
        if marks and self.may_write() and self.attempt(lambda: training.mark(self.office, marks)):
            # People stay in their rows while one types, though a call may have been taken back.
            self._stamp = (*self.office.book.head(), self.on)
            people = self.model.people
            self._model = AttendanceModel(self.office, self._events())
            self._model.people = people
            self.grid.set_model(self._model)
            self._count()
        self.grid.reload()

    def action_fill(self) -> None:
        """Everybody of the session under the cursor for whom nothing is recorded came."""
        column = max(self.grid.column, 1) if self.model.events else 0
        if not column or not self.model.row_count:
            return
        event = self.model.events[column - 1]
        sheet = training.attendance_of(self.office, event.id)
        waiting: dict[tuple[str, str], Presence | None] = {
            (event.id, person): "present" for person, each in sheet.items() if each.presence == "called"
        }
        self._write(waiting)
        self.news(
            t("{n} people came to the session of {day}; correct those who did not", n=len(waiting), day=event.day)
        )

    def action_call(self) -> None:
        """Call everybody of a role to the sessions shown."""
        roles = self.office.settings.roles.roles
        options = [("", tr_("everybody on the roster"))]
        options += [(each, role.title.in_language(language())) for each, role in roles.items()]
        if self.may_write():
            self.app.push_screen(Choose(t("Who is called?"), options), self._call)

    def _call(self, role: str | None) -> None:
        if role is None:
            return
        if self.attempt(lambda: training.call_role(self.office, self.model.events, role)):
            self.catch_up()
            self.news(t("Called. Ctrl+Z takes it back"))

    def action_import(self) -> None:
        """Read who came to the session under the cursor from a spreadsheet, after showing what it says."""
        if self.grid.finish():
            ask_list(self, self.model.events[max(self.grid.column, 1) - 1])

    def action_results(self) -> None:
        """Results and certificates of the session under the cursor."""
        if self.grid.finish():
            self.app.push_screen(ResultsScreen(self.model.events[max(self.grid.column, 1) - 1].id))

    def action_back(self) -> None:
        """Go back to the list of events."""
        self.dismiss()
