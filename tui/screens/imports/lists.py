"""A list of any kind shown before it is entered: titles registered, initiatives, awards, duties and others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.people.names import fold, person_key
from records.domain.people.person import Person
from records.intake.mending import column_in_label
from records.services.imports import list_intake
from records.services.imports.intake import open_sheets
from records.services.imports.list_intake import ListHow, ListReading
from records.services.imports.list_kinds import LIST_KINDS
from records.services.imports.listed_people import OF_PEOPLE
from tui.present import imports as words
from tui.present.imports import fault_told, faults_by_row
from tui.present.rows import Column, Row
from tui.screens.base import Act, Job, OfficeScreen, key
from tui.screens.files import ChooseFile
from tui.screens.filters import ask_export
from tui.screens.imports.preview import PreviewScreen
from tui.screens.imports.reading import ENDINGS
from tui.screens.imports.rows import Unseen, ask_cell, ask_entering, ask_unseen, write_refused
from tui.widgets.dialogs import Choose, Report
from tui.widgets.table import VirtualTable

TITLES: Mapping[str, Text] = {
    "registrations": t("Titles registered"),
    "initiatives": t("Initiatives"),
    "awards": t("Commendations of the past"),
    "discipline": t("Discipline and verifications"),
    "credentials": t("Levels and papers"),
    "duties": t("Duties by month"),
    "units": t("Units"),
}
"""Kind of list -> what it is called, in the order in which they are offered."""


def ask_kind(screen: OfficeScreen) -> None:
    """Ask which kind of list comes in, then for its file."""

    def take(kind: str | None) -> None:
        if kind is not None:
            ask_list(screen, kind)

    options = [(each, tr(title)) for each, title in TITLES.items()]
    screen.app.push_screen(Choose(t("Which list is it?"), options), take)


def ask_list(screen: OfficeScreen, kind: str) -> None:
    """Ask for the file of a list, and show what it would enter."""

    def take(path: Path | None) -> None:
        if path is not None:
            screen.app.push_screen(ListImportScreen(kind, path))

    if screen.may_write():
        screen.app.push_screen(ChooseFile(t("Choose a spreadsheet"), ENDINGS), take)


def ask_template(screen: OfficeScreen, kind: str) -> None:
    """Ask where to, and write the empty workbook of a list, with its headings."""
    from exports.lists.list_templates import write_template  # noqa: PLC0415  # spreadsheets are heavy

    def write(path: Path, overwrite: bool) -> None:  # noqa: FBT001  # asked so
        write_template(LIST_KINDS[kind].table, path, overwrite=overwrite)

    ask_export(screen, tr(TITLES[kind]), write)


class ListImportScreen(PreviewScreen):
    """What a list would enter; nothing is written before Ctrl+S."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("accept", t("Enter them")),
        key("settle", t("Mend or decide")),
        key("more", t("More")),
        key("unseen", t("Hidden rows"), show=False),
        key("write_refused", t("Refused rows to a file"), show=False),
        key("back", t("Cancel")),
    ]
    more_acts = (
        Act("who", t("Who is it")),
        Act("sheet", t("Sheet")),
        Act("left_out", t("Lines left out")),
    )
    empty = t("No row of the list can be read. Esc: choose another file")

    def __init__(self, kind: str, path: Path) -> None:
        super().__init__(path)
        self._kind = kind
        self._how = ListHow()
        self._seen: ListReading | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Import a spreadsheet"), tr(TITLES[self._kind]), self._path.name)

    def unsaved(self) -> bool:
        """Whether what was said of rows would be lost."""
        return bool(self._how.chosen or self._how.mends) and not self._entered

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return words.list_columns()

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Judge the file again, behind the screen."""
        office, today, how, opened = self.office, self.today, self._how, self._opened
        kind, path = LIST_KINDS[self._kind], self._path

        def read(job: Job) -> ListReading:
            found = opened or open_sheets(office, path, job.is_stopped)
            job.tell(self._keep, found)
            return list_intake.preview(office, kind, path, today=today, how=how, opened=found)

        self.behind(t("Reading the list"), read, self._take, failed=self._fail)

    def _fail(self, error: AppError) -> None:
        self.dismiss()
        self.complain(error)

    def _take(self, seen: ListReading) -> None:
        self._seen = seen
        self._entered = self._entered and not seen.writing  # it may have been taken back
        told = [f"{seen.sheet} · {words.list_counts(seen)}", *(tr(each) for each in seen.notices)]
        if seen.layout.unread:
            told.append(tr_("Columns not read: {columns}", columns=", ".join(seen.layout.unread)))
        told += [tr_("Ctrl+T: take hidden and struck rows, or leave them out")] if seen.unseen else []
        self.query_one("#list-head", Static).update("\n".join(told))
        self.listing.set_rows(words.list_rows(self.office, seen))
        self.show_place()
        self._why()

    def _judge(self, how: ListHow) -> None:
        """Judge the list again as `how` says."""
        self._how = how
        self.refresh_office()

    @on(VirtualTable.CursorMoved)
    @on(VirtualTable.ViewChanged)
    def _why(self) -> None:
        row = self._here()
        told = f"{row.cells[0]}  {row.cells[2]}  {row.cells[1]}: {row.cells[3]}" if row is not None else ""
        self.query_one("#list-why", Static).update(told)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _here(self) -> Row | None:
        table = self.listing.table
        return next((row for row in table.rows if row.id == table.cursor_id), None)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        """The whole row as a card."""
        row = self._here()
        if row is not None and self._seen is not None:
            lines = words.list_card(self.office, self._seen, int(event.row_id), self._how.mends)
            self.app.push_screen(Report(t("Row {row}: {name}", row=row.id, name=row.cells[2]), lines))

    def action_settle(self) -> None:
        """Put the cell at fault right, or say who the row under the cursor is."""
        row, seen = self._here(), self._seen
        if row is None or seen is None:
            return
        faults = faults_by_row(seen.refused).get(int(row.id), ())
        who = {seen.layout.columns.get(each) for each in OF_PEOPLE}
        if not faults:
            self.news(t("Nothing is wrong with this row; F8 says who else it is"))
        elif self._offers(int(row.id)) or {column_in_label(each.column) for each in faults} <= who - {None}:
            self.action_who()
        else:
            self._mend(int(row.id))

    def _mend(self, row: int) -> None:
        """Put a cell right, in memory only, and judge the list again."""
        seen = self._seen
        if seen is None:
            return

        def take(column: int, text: str) -> None:
            mends = {**self._how.mends, (row, column): text}
            self._judge(replace(self._how, sheet=seen.sheet, mends=mends))

        ask_cell(self, seen.source, seen.layout, row, faults_by_row(seen.refused).get(row, ()), take)

    def _offers(self, row: int) -> list[str]:
        """Ids of people of the book that a row may be about."""
        matches = self._seen.matches if self._seen is not None else ()
        return [one for each in matches if each.row == row for one in (each.of, *each.others)]

    def action_who(self) -> None:
        """Say who the row under the cursor is: those it may be first, then everybody of its name, then all others."""
        row = self._here()
        if row is None or not LIST_KINDS[self._kind].of_people:
            return
        people = {each.id: each for each in self.office.book.table(Person)}
        units, name = self.office.unit_names(self.on), row.cells[2]
        first = [people[each] for each in self._offers(int(row.id)) if each in people]
        rest = [each for each in people.values() if each not in first]
        rest.sort(key=lambda each: (fold(each.name) != fold(name), person_key(each.name)))

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._judge(replace(self._how, chosen={**self._how.chosen, int(row.id): chosen}))

        options = [(each.id, f"{each.name} · {units.get(each.unit, '')}", each.id) for each in (*first, *rest)]
        self.app.push_screen(Choose(t("Row {row}, {name}: who is it?", row=row.id, name=name), options), take)

    def action_sheet(self) -> None:
        """Choose another sheet of the file."""
        seen = self._seen
        if seen is None or len(seen.sheets) < 2:
            self.news(t("The file has one sheet only"))
            return

        def take(sheet: str | None) -> None:
            if sheet is not None and sheet != seen.sheet:
                self._judge(ListHow(sheet=sheet))

        ordered = sorted(seen.sheets, key=lambda name: name != seen.sheet)
        self.app.push_screen(Choose(t("Which sheet holds the list?"), [(name, name) for name in ordered]), take)

    def action_unseen(self) -> None:
        """Take the rows that are hidden or struck out, or leave them out again."""
        if self._seen is not None:
            now: Unseen = "take" if self._how.take_unseen else "leave"
            ask_unseen(
                self, self._seen.unseen, now,
                lambda chosen: self._judge(replace(self._how, take_unseen=chosen == "take"))
            )  # fmt: skip

    def action_left_out(self) -> None:
        """Read which lines were not taken, and what was read differently."""
        self._tell_left_out(self._seen.remarks if self._seen is not None else ())

    def action_write_refused(self) -> None:
        """Write the rows that cannot be entered with their reasons to a spreadsheet."""
        seen = self._seen
        if seen is not None:
            reasons = {row: "; ".join(fault_told(each, seen.layout) for each in faults)
                       for row, faults in faults_by_row(seen.refused).items()}  # fmt: skip
            fields = {each.key: each.title for each in seen.kind.table.columns}
            write_refused(self, self._path, seen.source, seen.layout, reasons, fields)

    # -- entering -----------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Enter the rows that can be entered, as one change, after saying what that is."""
        seen = self._seen
        if seen is None or not self.may_write():
            return
        if not seen.writing:
            self.news(t("There is nothing to enter"), bad=True)
            return
        title, yes = t("Enter {n} rows?", n=len(seen.writing)), t("Enter {n} rows", n=len(seen.writing))
        ask_entering(self, title, words.list_numbers(seen), yes=yes, enter=lambda: self._enter(seen))

    def _enter(self, seen: ListReading) -> None:
        done: list[int] = []
        if self.attempt(lambda: done.append(list_intake.accept(self.office, seen))):
            self._entered = True
            self.office_app.office_changed()
            left = len({each.row for each in seen.refused})
            self.news(t("Entered {n} rows; {left} were not. Ctrl+Z takes them back", n=done[0], left=left), stay=True)
