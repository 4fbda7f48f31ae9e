"""An attendance list shown before it is entered: who each row is, what it says, and why."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from config.errors import AppError
from config.speech import say, say_
from config.text import t
from records.desks import attendance_intake, training
from records.desks.attendance_intake import ListHow, ListPreview
from records.desks.attendance_matching import Decided, Fate, ListRow
from records.domain.dates import shown
from records.domain.names import fold, person_key
from records.domain.people import Person
from records.domain.training import Event
from records.rules.training_words import FATE_WORDS, PRESENCE_WORDS
from tui.screens.base import DeskScreen, key
from tui.screens.files import ChooseFile
from tui.widgets.dialogs import Choose, Report
from tui.widgets.listing import Listing
from tui.widgets.table import Column, Row, VirtualTable

_ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".tsv")
_LOOKS: dict[Fate, str] = {"unsure": "warn", "refused": "bad", "silent": "warn", "enter": "good", "same": "dim"}
_ORDER = tuple(_LOOKS)


def ask_list(screen: DeskScreen, event: Event) -> None:
    """Ask which file, and show what it would enter."""

    def take(path: Path | None) -> None:
        if path is not None:
            screen.app.push_screen(AttendanceImportScreen(event.id, path))

    if screen.may_write():
        screen.app.push_screen(ChooseFile(t("Import an attendance list"), _ENDINGS), take)


class AttendanceImportScreen(DeskScreen):
    """What a list would enter; nothing is written before Ctrl+S."""

    DEFAULT_CSS = """
    AttendanceImportScreen #list-head { height: auto; padding: 0 1; color: $text-muted; }
    AttendanceImportScreen #list-why { height: auto; max-height: 3; padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "accept", t("Enter them")),
        key("f4", "who", t("Who is it")),
        key("f3", "left_out", t("Lines left out")),
        key("escape", "back", t("Cancel")),
    ]

    def __init__(self, event: str, path: Path) -> None:
        super().__init__()
        self._event_id, self._path = event, path
        self._chosen: dict[int, str] = {}
        self._preview: ListPreview | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (say_("Training"), say_("Attendance list"), self._path.name)

    def body(self) -> ComposeResult:
        """Lay out what is told of the whole list, over its rows."""
        yield Static("", id="list-head", markup=False)
        yield Listing(_columns(), empty=t("No row of the list holds a person. Esc: choose another file"))
        yield Static("", id="list-why", markup=False)

    @property
    def listing(self) -> Listing:
        """The rows."""
        return self.query_one(Listing)

    def refresh_office(self) -> None:
        """Read the file again, behind the screen."""
        self.progress(t("Reading the list"), 0, 0)
        self._read()

    @work(thread=True, exclusive=True, group="attendance-list")
    def _read(self) -> None:
        tell = self.app.call_from_thread
        try:
            seen = self.steadily(self._previewed)
        except AppError as error:
            tell(self._fail, error)
            return
        tell(self.end_progress)
        if seen is not None:
            tell(self._take, seen)

    def _previewed(self) -> ListPreview:
        event = training.event_named(self.office, self._event_id)
        return attendance_intake.preview_list(
            self.office, event, self._path, today=self.desk_app.today, how=ListHow(decided=Decided(who=self._chosen))
        )

    def _fail(self, error: AppError) -> None:
        self.end_progress()
        if self.is_mounted:
            self.dismiss()
            self.desk_app.complain(error)

    def _take(self, seen: ListPreview) -> None:
        if not self.is_mounted:
            return
        self._preview = seen
        counts = [say_("{what} {n}", what=FATE_WORDS[fate], n=seen.count(fate)) for fate in _ORDER if seen.count(fate)]
        told = [f"{seen.event.title} · {seen.event.day:%d/%m/%Y} · {seen.sheet}", " · ".join(counts)]
        told += [say(each) for each in seen.notices]
        self.query_one("#list-head", Static).update("\n".join(told))
        rows = sorted(seen.rows, key=lambda each: (_ORDER.index(each.fate), each.row))
        self.listing.set_rows(self._row(each) for each in rows)
        self._why()

    def _row(self, each: ListRow) -> Row:
        fate = say(FATE_WORDS[each.fate])
        known = self.office.book.table(Person).get(each.person) if each.person else None
        who = known.name if known else ""
        said = say(PRESENCE_WORDS[each.presence]) if each.presence else ""
        said = " · ".join(part for part in (said, *(text for _, text in each.results)) if part)
        cells = (str(each.row), fate, each.name, said, say(each.why), who, each.person, shown(each.born), each.unit)
        find = fold(f"{each.name} {who} {each.person} {each.unit} {fate}")
        return Row(id=str(each.row), cells=cells, styles={1: _LOOKS[each.fate], 6: "dim"}, find=find, data=each)

    @on(VirtualTable.Opened)
    def _open(self, _event: VirtualTable.Opened) -> None:
        self.action_who()

    @on(VirtualTable.CursorMoved)
    @on(VirtualTable.ViewChanged)
    def _why(self) -> None:
        row = self._here()
        told = "" if row is None else say_("Row {row}, {name}: {why}", row=row.row, name=row.name, why=row.why)
        self.query_one("#list-why", Static).update(told.rstrip(": "))

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _here(self) -> ListRow | None:
        chosen = self.listing.table.cursor_id
        rows = self._preview.rows if self._preview else ()
        return next((each for each in rows if str(each.row) == chosen), None)

    def action_who(self) -> None:
        """Say who the row under the cursor is: those it may be first, then everybody called, then all others."""
        row = self._here()
        if row is None:
            return
        people = {each.id: each for each in self.office.book.table(Person)}
        called = training.attendance_of(self.office, self._event_id)
        names = self.office.unit_names(self.on)
        first = [people[each] for each in row.candidates]
        rest = sorted(
            (each for each in people.values() if each.id not in row.candidates),
            key=lambda each: (fold(each.name) != fold(row.name), each.id not in called, person_key(each.name)),
        )

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._chosen[row.row] = chosen
                self.refresh_office()

        options = [
            (each.id, f"{each.name} · {shown(each.born, '…')} · {names.get(each.unit, '')}", each.id)
            for each in (*first, *rest)
        ]
        self.app.push_screen(Choose(t("Row {row}, {name}: who is it?", row=row.row, name=row.name), options), take)

    def action_left_out(self) -> None:
        """Read which lines were not taken for people, and what was read differently."""
        remarks = self._preview.remarks if self._preview else ()
        lines = [
            say_("Row {row}, {column}: {remark}", row=each.row, column=each.column, remark=each.remark)
            for each in remarks
        ]
        self.app.push_screen(Report(t("Lines left out"), lines or [say_("None")]))

    def action_accept(self) -> None:
        """Enter the rows that can be entered, as one change."""
        seen = self._preview
        if seen is None or not self.may_write():
            return
        if not seen.count("enter"):
            self.news(t("There is nothing to enter"), bad=True)
            return
        done: list[int] = []
        if self.attempt(
            lambda: done.append(attendance_intake.accept_list(self.office, seen, today=self.desk_app.today))
        ):
            left = seen.count("unsure", "refused", "silent")
            self.desk_app.office_changed()
            self.news(t("Entered {n} rows; {left} were not. Ctrl+Z takes them back", n=done[0], left=left), stay=True)

    def action_back(self) -> None:
        """Go back to the sheet; what is not entered is left."""
        self.dismiss()


def _columns() -> list[Column]:
    return [
        Column("row", say_("Row"), 4, align="right", sort=int),
        Column("fate", say_("Becomes"), 15, sort=str),
        Column("name", say_("Full name in the list"), 20, sort=person_key),
        Column("presence", say_("Says"), 12, sort=str),
        Column("why", say_("Why"), 24, grow=True),
        Column("who", say_("Who it is"), 18, sort=person_key),
        Column("code", say_("Code"), 10, sort=str),
        Column("born", say_("Born"), 10),
        Column("unit", say_("Unit"), 16),
    ]
