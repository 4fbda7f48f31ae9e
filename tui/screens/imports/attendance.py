"""An attendance list shown before it is entered: who each row is, what it says, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.people.names import fold, person_key
from records.domain.people.person import Person
from records.domain.training import Event, Presence
from records.intake.files.cells import Sheet
from records.intake.layout.columns import Layout
from records.rules.training.words import FATE_WORDS, PRESENCE_WORDS
from records.services.imports import attendance
from records.services.imports.attendance import ListHow, ListPreview
from records.services.imports.attendance_matching import Decided, ListRow
from records.services.imports.intake import HeadingsError, open_sheets
from records.services.training import events
from tui.present import attendance as words
from tui.present.rows import Column
from tui.screens.base import Act, Job, OfficeScreen, key
from tui.screens.files import ChooseFile
from tui.screens.imports.columns import ColumnsDialog
from tui.screens.imports.preview import PreviewScreen
from tui.screens.imports.reading import ENDINGS
from tui.screens.imports.rows import Unseen, ask_cell, ask_entering, ask_unseen, write_refused
from tui.widgets.dialogs import Choose, Confirm, Report
from tui.widgets.table import VirtualTable

_CAME: tuple[Presence, ...] = ("present", "late", "excused", "absent")


def ask_list(screen: OfficeScreen, event: Event) -> None:
    """Ask which file, and show what it would enter."""

    def take(path: Path | None) -> None:
        if path is not None:
            screen.app.push_screen(AttendanceImportScreen(event.id, path))

    if screen.may_write():
        screen.app.push_screen(ChooseFile(t("Import an attendance list"), ENDINGS), take)


class AttendanceImportScreen(PreviewScreen):
    """What a list would enter; nothing is written before Ctrl+S."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("accept", t("Enter them")),
        key("settle", t("Mend or decide")),
        key("columns", t("Columns")),
        key("more", t("More")),
        key("unseen", t("Hidden rows"), show=False),
        key("write_refused", t("Refused rows to a file"), show=False),
        key("back", t("Cancel")),
    ]
    more_acts = (
        Act("came", t("Came or not")),
        Act("who", t("Who is it")),
        Act("left_out", t("Lines left out")),
    )
    empty = t("No row of the list holds a person. Esc: choose another file")

    def __init__(self, event: str, path: Path) -> None:
        super().__init__(path)
        self._event_id = event
        self._how = ListHow()
        self._preview: ListPreview | None = None
        self._asked = False

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Training"), tr_("Attendance list"), self._path.name)

    def unsaved(self) -> bool:
        """Whether what was said of rows or columns would be lost."""
        how = self._how
        said = how.decided.who or how.decided.came or how.mends or how.columns or how.all_came
        return bool(said) and not self._entered

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return words.list_columns()

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Judge the file again, behind the screen."""
        office, today, how, opened = self.office, self.today, self._how, self._opened

        def read(job: Job) -> ListPreview:
            event = events.event_named(office, self._event_id)
            found = opened or open_sheets(office, self._path, job.is_stopped)
            job.tell(self._keep, found)
            return attendance.preview_list(office, event, self._path, today=today, how=how, opened=found)

        self.behind(t("Reading the list"), read, self._take, failed=self._fail)

    def _fail(self, error: AppError) -> None:
        if isinstance(error, HeadingsError):
            self._without_headings(error)
        else:
            self.dismiss()
            self.complain(error)

    def _without_headings(self, error: AppError) -> None:
        """Without headings a person can still say which column holds what."""
        self.complain(error)
        if self._opened is not None:
            self._ask_columns(self._opened[0][0], None)

    def _take(self, seen: ListPreview) -> None:
        self._preview = seen
        self._entered = self._entered and not seen.count("enter")  # it may have been taken back
        counts = [
            tr_("{what} {n}", what=FATE_WORDS[fate], n=seen.count(fate)) for fate in words.ORDER if seen.count(fate)
        ]
        told = [f"{seen.event.title} · {seen.event.day:%d/%m/%Y} · {seen.sheet}", " · ".join(counts)]
        told += [tr(each) for each in seen.notices]
        told += [tr_("Ctrl+T: take hidden and struck rows, or leave them out")] if seen.unseen else []
        self.query_one("#list-head", Static).update("\n".join(told))
        rows = sorted(seen.rows, key=lambda each: (words.ORDER.index(each.fate), each.row))
        self.listing.set_rows(words.list_row(self.office, seen, each) for each in rows)
        self.show_place()
        self._why()
        if seen.columns.asks and not self._asked:
            self._ask_all(seen)

    def _ask_all(self, seen: ListPreview) -> None:
        """Nothing in the list says who came: whether all did is a person's to say."""
        self._asked = True
        n = seen.count("silent")

        def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if agreed:
                self._judge(replace(self._how, all_came=True))
            else:
                self.news(t("Nobody is taken to have come. F7: which column says it; F2: say it of marked rows"))

        lines = (
            t("The list has no column of signatures or marks, so nothing in it says who came."),
            t("If some did not: answer no, then F7 names the column, or F2 decides the rows marked with Space."),
        )
        title, yes = t("{n} people have no mark in the list: did all of them come?", n=n), t("All {n} came", n=n)
        question = Confirm(title, lines, yes=yes)
        self.app.push_screen(question, done)

    def _judge(self, how: ListHow) -> None:
        """Judge the list again as `how` says."""
        self._how = how
        self.refresh_office()

    @on(VirtualTable.CursorMoved)
    @on(VirtualTable.ViewChanged)
    def _why(self) -> None:
        row, seen = self._here(), self._preview
        told = ""
        if row is not None and seen is not None:
            told = tr_("Row {row}, {name}: {why}", row=row.row, name=row.name, why=words.why(seen, row)).rstrip(": ")
        self.query_one("#list-why", Static).update(told)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _here(self) -> ListRow | None:
        chosen = self.listing.table.cursor_id
        rows = self._preview.rows if self._preview else ()
        return next((each for each in rows if str(each.row) == chosen), None)

    @on(VirtualTable.Opened)
    def _open(self, _event: VirtualTable.Opened) -> None:
        """The whole row as a card."""
        row, seen = self._here(), self._preview
        if row is not None and seen is not None:
            lines = words.card(self.office, seen, row, self._how.mends)
            self.app.push_screen(Report(t("Row {row}: {name}", row=row.row, name=row.name), lines))

    def action_settle(self) -> None:
        """Say whether the marked came; without marks, do what the row under the cursor needs."""
        row = self._here()
        if row is None:
            return
        if self.listing.table.marks:
            self.action_came()
        elif row.faults and not row.person:
            self._mend(row)
        elif not row.person:
            self.action_who()
        else:
            self.action_came()

    def _mend(self, row: ListRow) -> None:
        """Put a cell right, in memory only, and judge the list again."""
        seen = self._preview
        if seen is None:
            return

        def take(column: int, text: str) -> None:
            self._judge(replace(self._how, sheet=seen.sheet, mends={**self._how.mends, (row.row, column): text}))

        ask_cell(self, seen.source, seen.layout, row.row, row.faults, take)

    def action_who(self) -> None:
        """Say who the row under the cursor is: those it may be first, then everybody called, then all others."""
        row = self._here()
        if row is None:
            return
        people = {each.id: each for each in self.office.book.table(Person)}
        called = events.attendance_of(self.office, self._event_id)
        names = self.office.unit_names(self.on)
        first = [people[each] for each in row.candidates]
        rest = sorted(
            (each for each in people.values() if each.id not in row.candidates),
            key=lambda each: (fold(each.name) != fold(row.name), each.id not in called, person_key(each.name)),
        )

        def take(chosen: str | None) -> None:
            if chosen is not None:
                decided = self._how.decided
                self._judge(replace(self._how, decided=Decided({**decided.who, row.row: chosen}, decided.came)))

        options = [
            (each.id, f"{each.name} · {shown(each.born, '…')} · {names.get(each.unit, '')}", each.id)
            for each in (*first, *rest)
        ]
        self.app.push_screen(Choose(t("Row {row}, {name}: who is it?", row=row.row, name=row.name), options), take)

    def action_came(self) -> None:
        """Say of the marked rows, or of the one under the cursor, whether they came."""
        table = self.listing.table
        rows = [int(each) for each in self.chosen_ids()]
        if not rows:
            return

        def take(chosen: str | None) -> None:
            if chosen is None:
                return
            came = {row: each for row, each in self._how.decided.came.items() if row not in rows}
            if chosen:
                came |= dict.fromkeys(rows, cast("Presence", chosen))
            table.marks.clear()
            self._judge(replace(self._how, decided=Decided(self._how.decided.who, came)))

        options = [*((each, tr(PRESENCE_WORDS[each])) for each in _CAME), ("", tr_("as the list says"))]
        self.app.push_screen(Choose(t("{n} rows: did they come?", n=len(rows)), options), take)

    def action_columns(self) -> None:
        """Show which column was taken for which, and let it be corrected."""
        if self._preview is not None:
            self._ask_columns(self._preview.source, self._preview.layout)

    def _ask_columns(self, sheet: Sheet, layout: Layout | None) -> None:
        found = self._preview.columns if self._preview is not None else None
        meaning: dict[int, str] = {}
        if found is not None:
            meaning = {**dict(found.meanings), **dict(found.results)}
            meaning |= {found.code: "code"} if found.code is not None else {}

        def take(chosen: dict[str, str] | None) -> None:
            if chosen is not None:
                self._asked = False
                self._judge(replace(self._how, sheet=sheet.name, columns=chosen, all_came=False))
            elif self._preview is None:
                self.dismiss()

        dialog = ColumnsDialog(sheet, layout, fields=words.LIST_FIELDS, several=words.SEVERAL, meaning=meaning)
        self.app.push_screen(dialog, take)

    def action_unseen(self) -> None:
        """Take the people whose row is hidden or struck out, or leave them out again."""
        if self._preview is not None:
            ask_unseen(self, self._preview.unseen, self._how.unseen, self._take_unseen)

    def _take_unseen(self, chosen: Unseen) -> None:
        self._judge(replace(self._how, unseen=chosen))

    def action_left_out(self) -> None:
        """Read which lines were not taken for people, and what was read differently."""
        self._tell_left_out(self._preview.remarks if self._preview is not None else ())

    def action_write_refused(self) -> None:
        """Write the rows that cannot be entered with their reasons to a spreadsheet."""
        seen = self._preview
        if seen is not None:
            reasons = {each.row: words.why(seen, each) for each in seen.rows if each.fate in words.LEFT}
            write_refused(self, self._path, seen.source, seen.layout, reasons, words.LIST_FIELDS)

    # -- entering -----------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Enter the rows that can be entered, as one change, after saying what that is."""
        seen = self._preview
        if seen is None or not self.may_write():
            return
        n = seen.count("enter")
        if seen.columns.asks and not n:
            self._ask_all(seen)
        elif not n:
            self.news(t("There is nothing to enter"), bad=True)
        else:
            title, yes = t("Enter the attendance of {n} people?", n=n), t("Enter {n} people", n=n)
            ask_entering(self, title, words.numbers(seen), yes=yes, enter=lambda: self._enter(seen))

    def _enter(self, seen: ListPreview) -> None:
        done: list[int] = []
        if self.attempt(lambda: done.append(attendance.accept_list(self.office, seen, today=self.today))):
            self._entered = True
            self.office_app.office_changed()
            left = seen.count(*words.LEFT)
            self.news(t("Entered {n} rows; {left} were not. Ctrl+Z takes them back", n=done[0], left=left), stay=True)
