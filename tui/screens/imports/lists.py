"""Lists of other kinds by spreadsheet (initiatives, registrations, awards …): what each row would do, then entered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import msgspec
from textual import on
from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import t
from records.domain.kinds import plain
from records.domain.people.names import fold
from records.intake.drafts import Refusal
from records.services.imports import list_intake
from records.services.imports.list_intake import Entry, ListReading
from records.services.imports.list_kinds import LIST_KINDS
from tui.present.changes import Spoken
from tui.present.rows import Column, Row
from tui.screens.base import Act, OfficeScreen, key
from tui.screens.files import ChooseFile
from tui.screens.filters import ask_export
from tui.screens.imports.reading import ENDINGS
from tui.screens.imports.rows import ask_entering
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Choose, Report
from tui.widgets.table import VirtualTable

_OTHER = "other"
_TITLES = {"initiative": t("Initiative"), "from": t("First day"), "to": t("Last day"), "unit": t("Collective")}
"""What is said of a row beside its columns."""


def ask_kind(screen: OfficeScreen) -> None:
    """Ask which kind of list a spreadsheet holds, and show what one would do."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            screen.app.push_screen(ListImportScreen(chosen))

    options = [(name, kind_title(name)) for name in LIST_KINDS]
    screen.app.push_screen(Choose(t("Which kind of list?"), options), take)


def kind_title(name: str) -> str:
    """What a kind of list is called, as a sentence begins."""
    return tr(LIST_KINDS[name].table.title).capitalize()


class ListImportScreen(ListScreen):
    """The preview of a list of one kind; Ctrl+S enters what can be entered, as one change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("choose", t("Choose a file")),
        key("accept", t("Enter them")),
        key("decide", t("Say who it is")),
        key("next_group", t("Next group")),
        key("more", t("Sheet, template")),
        key("unseen", t("Hidden rows"), show=False),
        key("back", t("Back"), show=False),
    ]
    more_acts = (Act("sheet", t("Sheet")), Act("template", t("Write an empty workbook to fill in")))
    counted = True
    empty = t("Ins: choose a spreadsheet. Nothing is written before Ctrl+S")

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = LIST_KINDS[kind]
        self._key = kind
        self._path: Path | None = None
        self._seen: ListReading | None = None
        self._sheet, self._group, self._take_unseen = "", 0, False
        self._chosen: dict[int, str] = {}

    def title_parts(self) -> tuple[str, ...]:
        """Where this is, with the file and the sheet."""
        file = [self._path.name] if self._path is not None else []
        if self._seen is not None and len(self._seen.sheets) > 1:
            file.append(self._seen.sheet)
        return (tr_("Import a spreadsheet"), kind_title(self._key), *([" · ".join(file)] if file else []))

    def pending(self) -> str:
        """A preview is not in the book."""
        return tr_("preview, not entered") if self._seen is not None else ""

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("row", tr_("Row"), 5, align="right"),
            Column("name", tr_("Name"), 20, grow=True),
            Column("fate", tr_("What happens"), 24, grow=True),
            Column("told", tr_("What it says"), 24, grow=True),
        ]

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """The book changed: what the file would do may have changed too."""
        self._read()

    def action_choose(self) -> None:
        """Choose a spreadsheet."""

        def take(path: Path | None) -> None:
            if path is not None:
                self._path, self._sheet, self._chosen = path, "", {}
                self._take_unseen = False
                self._read()

        self.app.push_screen(ChooseFile(t("Choose a spreadsheet"), ENDINGS), take)

    def _read(self) -> None:
        path, office, kind, today = self._path, self.office, self._kind, self.on
        sheet, chosen, unseen = self._sheet, dict(self._chosen), self._take_unseen
        if path is None:
            return
        self.behind(
            t("Reading"),
            lambda _job: list_intake.preview(
                office, kind, path, today=today, sheet=sheet, chosen=chosen, take_unseen=unseen
            ),
            self._show,
        )

    def _show(self, seen: ListReading | None) -> None:
        self._seen = seen
        if seen is None:
            self._path = None
        groups = _groups(Spoken(self.office), seen) if seen is not None else ([], [], [])
        shown = [row for group in groups for row in group] if self._group == 0 else groups[self._group - 1]
        self.listing.set_rows(sorted(shown, key=lambda row: int(row.cells[0])))
        new, known, refused = map(len, groups)
        counts = (tr_("to enter {n}", n=new), tr_("known {n}", n=known), tr_("refused {n}", n=refused))
        self.listing.chips(
            [f"{'▸ ' if self._group == number else ''}{text}" for number, text in enumerate(counts, 1)] if seen else []
        )
        self.show_counts(" · ".join(_whole(seen)) if seen is not None else "")
        self.show_place()

    # -- keys ---------------------------------------------------------------------------------------------------------

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        """A row in full."""
        row = next(each for each in self.listing.table.rows if each.id == event.row_id)
        lines = row.data if isinstance(row.data, list) else []
        self.app.push_screen(Report(tr_("Row {row}: {name}", row=row.id, name=row.cells[1]), lines))

    def action_next_group(self) -> None:
        """Show all rows, then those to enter, those known, those refused."""
        self._group = (self._group + 1) % 4
        self._show(self._seen)

    def action_sheet(self) -> None:
        """Choose another sheet of the file."""
        if self._seen is None or len(self._seen.sheets) < 2:
            self.news(t("The file has one sheet only"))
            return

        def take(sheet: str | None) -> None:
            if sheet is not None:
                self._sheet, self._chosen = sheet, {}
                self._read()

        options = [(name, name) for name in self._seen.sheets]
        self.app.push_screen(Choose(t("Which sheet holds the list?"), options), take)

    def action_unseen(self) -> None:
        """Take rows that the sheet hides or that are struck out, or leave them out again."""
        if self._path is not None:
            self._take_unseen = not self._take_unseen
            self._read()

    def action_template(self) -> None:
        """Write an empty workbook to fill in."""

        def write(path: Path, overwrite: bool) -> None:  # noqa: FBT001  # as ask_export calls it
            from exports.lists.list_templates import write_template  # noqa: PLC0415  # spreadsheets are heavy

            write_template(self._kind.table, path, overwrite=overwrite)

        ask_export(self, self._key, write)

    def action_decide(self) -> None:
        """Say who the row under the cursor is about."""
        row = self.listing.table.cursor_id
        if self._seen is None or row is None or not self._kind.of_people:
            self.news(t("Only in a list of people there is somebody to be named"))
            return
        number = int(row)

        def take(chosen: str | None) -> None:
            if chosen == _OTHER:
                title = t("Row {row}: who is it?", row=number)
                self.app.push_screen(AskText(title, t("Code of the person, such as TN-P-00012")), take)
            elif chosen and chosen.strip():
                self._chosen[number] = chosen.strip().upper()
                self._read()

        match = next((each for each in self._seen.matches if each.row == number), None)
        people = [each for each in (match.of, *match.others) if not each.startswith("row ")] if match else []
        if not people:
            take(_OTHER)
            return
        options = [(each, f"{each} {self.office.person(each).name}", tr_("same person")) for each in people]
        options.append((_OTHER, tr_("somebody else, by code"), ""))
        self.app.push_screen(Choose(t("Row {row}: who is it?", row=number), options), take)

    # -- entering -----------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Enter what can be entered, as one change, after asking."""
        seen = self._seen
        if seen is None or not seen.writing:
            self.news(t("There is nothing to enter"), bad=True)
        elif self.may_write():
            refused = len({each.row for each in seen.refused})
            new = sum(each.new for each in seen.writing)
            lines = [t("{n} rows are new, {m} change what the book has", n=new, m=len(seen.writing) - new)]
            if refused:
                lines.append(t("{n} refused rows are not entered", n=refused))
            lines.append(t("Ctrl+Z afterwards takes all of it back"))
            title = t("Enter {n} rows into the book?", n=len(seen.writing))
            ask_entering(self, title, lines, yes=t("Enter them"), enter=lambda: self._enter(seen))

    def _enter(self, seen: ListReading) -> None:
        office = self.office

        def done(entered: int) -> None:
            self._show(None)  # first: this screen reads its file again when it is in front
            self.catch_up()
            left = seen.rows - entered
            told = t("Entered {n} rows as one change; {left} were not. Ctrl+Z takes it all back", n=entered, left=left)
            self.news(told, stay=True)

        self.behind(t("Entering"), lambda _job: list_intake.accept(office, seen), done, group="entering", writes=True)


def _whole(seen: ListReading) -> Iterator[str]:
    """What concerns the whole file."""
    yield tr_("{n} rows", n=seen.rows)
    yield from (tr(each) for each in seen.notices)
    if seen.layout.unread:
        yield tr_("columns not read: {names}", names=", ".join(seen.layout.unread))


def _groups(spoken: Spoken, seen: ListReading) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows that are entered, those that say nothing new, and those refused."""
    entered: list[Row] = []
    known: list[Row] = []
    for each in seen.entries:
        (entered if each.records else known).append(_entry_row(spoken, seen, each))
    faults: dict[int, list[Refusal]] = {}
    for refused in seen.refused:
        faults.setdefault(refused.row, []).append(refused)
    return entered, known, [_refused_row(row, each) for row, each in faults.items()]


def _entry_row(spoken: Spoken, seen: ListReading, each: Entry) -> Row:
    changes = list(_changes(spoken, seen, each))
    remarks = [f"{one.column}: {tr(one.remark)}" for one in seen.remarks if one.row == each.row]
    if not each.records:
        fate, look = "= " + tr_("in the book already"), "dim"
    elif each.new:
        fate, look = "✓ " + "; ".join((tr_("new"), *remarks)), "warn" if remarks else "good"
    else:
        fate, look = "↻ " + "; ".join((*changes, *remarks)), "warn"
    columns = _TITLES | {column.key: column.title for column in seen.kind.table.columns}
    told = [
        f"{tr(columns[name]) if name in columns else spoken.title(name)}: {spoken.value(name, value)}"
        for name, value in each.told.items() if value not in ("", 0, None)
    ]  # fmt: skip
    values = " · ".join(line.partition(": ")[2] for line in told)
    name = f"{each.name} ({each.subject})" if each.subject else each.name
    cells = (str(each.row), each.name, fate, values)
    return Row(str(each.row), cells, styles={2: look}, find=fold(" ".join(cells)), data=[name, fate, "", *told])


def _changes(spoken: Spoken, seen: ListReading, each: Entry) -> Iterator[str]:
    """What a row changes of records that the book has, field by field."""
    for record in each.records:
        held = seen.held.get(str(getattr(record, "id", "")))
        for field in msgspec.structs.fields(record) if held is not None else ():
            before, after = plain(getattr(held, field.name)), plain(getattr(record, field.name))
            if before != after:
                title = spoken.title(field.name)
                yield f"{title}: {spoken.value(field.name, before)} → {spoken.value(field.name, after)}"


def _refused_row(row: int, faults: list[Refusal]) -> Row:
    told = [": ".join(part for part in (each.column, tr(each.problem)) if part) for each in faults]
    values = " · ".join(each.value for each in faults if each.value)
    cells = (str(row), faults[0].name, "✗ " + "; ".join(told), values)
    return Row(str(row), cells, styles={2: "bad"}, find=fold(" ".join(cells)), data=told)
