"""Import: a spreadsheet is read, everything it would do is shown, and only then it is entered."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from config.errors import AppError
from config.i18n import language, tr_
from config.text import Text, t
from records.intake.matching import Duplicate
from records.intake.notices import spans
from records.services.imports import entering, intake
from records.services.imports.updates import plan_update
from records.services.office import Office
from tui.present import imports as words
from tui.present.rows import Column, Row
from tui.screens.base import Act, key
from tui.screens.imports.places import Places, ask_places
from tui.screens.imports.reading import ReadingScreen, about_layout, unseen_rows
from tui.screens.imports.rows import ask_cell, ask_entering, write_refused
from tui.widgets.dialogs import Choose, Report
from tui.widgets.table import VirtualTable
from tui.widgets.working import Working


class ImportScreen(ReadingScreen):
    """The preview of an import."""

    DEFAULT_CSS = """
    ImportScreen #import-head { height: auto; max-height: 5; padding: 0 1; color: $text-muted; display: none; }
    ImportScreen #import-why { height: auto; max-height: 3; padding: 0 1; background: $surface; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("choose", t("Choose a file")),
        key("accept", t("Enter them")),
        key("decide", t("Mend or decide")),
        key("next_group", t("Next group")),
        key("columns", t("Columns")),
        key("more", t("Role and level, sheet")),
        key("unseen", t("Hidden rows"), show=False),
        key("write_refused", t("Refused rows to a file"), show=False),
        key("stop", t("Stop or close"), show=False),
    ]
    more_acts = (
        Act("defaults", t("Role and level")),
        Act("sheet", t("Sheet")),
        Act("other_list", t("Another list (titles, initiatives, …)")),
    )
    empty = t("Ins: choose a spreadsheet; F8: other lists. Nothing is written before Ctrl+S")

    def __init__(self) -> None:
        super().__init__()
        self._group = 0

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Static("", id="import-head", markup=False)
        yield from super().body()
        yield Static("", id="import-why", markup=False)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return words.columns()

    def show_preview(self) -> None:
        """Show the rows under the choices made so far."""
        seen = self._seen
        self._show_head(seen)
        if seen is None:
            return
        told = words.RowWords(self.office, seen, self.choices)
        groups = (told.new(), told.known(), told.refused())
        counts = (
            tr_("to enter {n}", n=len(groups[0])),
            tr_("known {n}", n=len(groups[1])),
            tr_("refused {n}", n=len(groups[2])),
        )
        chosen = (*groups, told.lines()) if self._group == 0 else (groups[self._group - 1],)
        self.listing.chips([f"{'▸ ' if self._group == number else ''}{text}" for number, text in enumerate(counts, 1)])
        self.listing.set_rows(sorted((row for group in chosen for row in group), key=lambda row: int(row.cells[0])))
        self._why()

    def _show_head(self, seen: intake.Preview | None) -> None:
        """What concerns the whole file: what was done to it, what its rows get that name no role or level."""
        lines = [each for each in (about_layout(seen), self._defaults_shown()) if each] if seen is not None else []
        head = self.query_one("#import-head", Static)
        head.update("\n".join(lines))
        head.display = bool(lines)
        self.query_one("#import-why", Static).display = seen is not None

    def _defaults_shown(self) -> str:
        settings = self.office.settings
        chosen = settings.roles.roles.get(self._how.role), settings.levels.levels.get(self._how.level)
        titles = [each.title.in_language(language()) for each in chosen if each is not None]
        return tr_("Rows that name none get: {what} (F8)", what=", ".join(titles)) if titles else ""

    @on(VirtualTable.CursorMoved)
    @on(VirtualTable.ViewChanged)
    def _why(self) -> None:
        """What happens with the row under the cursor, in full."""
        row = self._here()
        told = f"{row.cells[0]}  {row.cells[1]}  {row.cells[words.FATE]}" if row is not None else ""
        self.query_one("#import-why", Static).update(told)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _here(self) -> Row | None:
        table = self.listing.table
        return next((row for row in table.rows if row.id == table.cursor_id), None)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        """The whole row as a card."""
        seen = self._seen
        if seen is None:
            return
        row = next(row for row in self.listing.table.rows if row.id == event.row_id)
        told, number = words.RowWords(self.office, seen, self.choices), int(row.id)
        lines = [row.cells[words.FATE], "", *told.card(number)] if row.data == "person" else told.card(number)
        match = self._match(number)
        if match is not None:
            lines += ["", told.reasons(match)]
            chosen = self.choices.get(number, match.of)
            if chosen not in (entering.NEW, entering.SKIP) and not chosen.startswith("row "):
                lines += ["", tr_("What an update would change:")]
                lines += words.update_lines(plan_update(self.office, seen, number, chosen))
            lines += ["", tr_("F2 decides: the same person, somebody else, or leave out")]
        title = tr_("Row {row}: {name}", row=row.id, name=row.cells[1]) if row.cells[1] else ""
        self.app.push_screen(Report(title or tr_("Row {row}", row=row.id), lines))

    def _match(self, row: int) -> Duplicate | None:
        found = (*self._seen.duplicates, *self._seen.similar) if self._seen else ()
        return next((each for each in found if each.row == row), None)

    def action_decide(self) -> None:
        """Say of the marked rows, or of the one under the cursor, who they are; or put a refused one right."""
        table, here = self.listing.table, self._here()
        if here is not None and here.data == "refused" and not table.marks:
            self._mend(int(here.id))
            return
        ids = table.marks or {table.cursor_id or ""}
        rows = sorted(int(row.id) for row in table.rows if row.id in ids and row.data == "person")
        if self._seen is None or not rows:
            self.news(t("Mark rows to enter or known rows to decide them; put refused rows right one by one"), bad=True)
            return
        matches = [match for row in rows if (match := self._match(row)) is not None]
        options: list[tuple[str, ...]] = [
            (entering.NEW, tr_("somebody else: enter as new")),
            (entering.SKIP, tr_("leave out")),
        ]
        if len(rows) == 1 and matches:
            people = [each for each in (matches[0].of, *matches[0].others) if not each.startswith("row ")]
            same = [(each, self._named(each), tr_("same person")) for each in people]
            options = [*same, *options]
        elif any(not each.of.startswith("row ") and not each.others for each in matches):
            options = [("", tr_("the same people: update them")), *options]

        def take(choice: str | None) -> None:
            if choice is not None:
                self._decide(rows, choice)

        self.app.push_screen(Choose(t("{n} rows: who are they?", n=len(rows)), options), take)

    def _mend(self, row: int) -> None:
        """Put a cell of a refused row right, in memory only, and judge the sheet again."""
        seen = self._seen
        if seen is None:
            return

        def take(column: int, text: str) -> None:
            mends = {**self._how.mends, (row, column): text}
            self._how = replace(self._how, sheet=seen.sheet, mends=mends)
            self._asked_sheet = True
            self._read()

        told = words.RowWords(self.office, seen, self.choices)
        ask_cell(self, seen.source, seen.layout, row, told.faults(row), take)

    def action_write_refused(self) -> None:
        """Write the refused rows with their reasons to a spreadsheet."""
        seen = self._seen
        if seen is None:
            self.news(t("Choose a file first: Ins"), bad=True)
            return
        reasons = words.RowWords(self.office, seen, self.choices).reasons_refused()
        write_refused(self, seen.path, seen.source, seen.layout, reasons, words.FIELDS)

    def _named(self, person_id: str) -> str:
        return f"{person_id} {self.office.person(person_id).name}"

    def _decide(self, rows: list[int], choice: str) -> None:
        for row in rows:
            match = self._match(row)
            if choice:
                self._choices[row] = choice
            elif match is not None and not match.of.startswith("row ") and not match.others:
                self._choices[row] = match.of
        self.listing.table.marks.clear()
        self.show_preview()

    def action_other_list(self) -> None:
        """Take in a list of another kind."""
        from tui.screens.imports.lists import ask_kind  # noqa: PLC0415  # the section is shown without them

        ask_kind(self)

    def action_next_group(self) -> None:
        """Show all rows, then those to enter, those known, those refused."""
        self._group = (self._group + 1) % 4
        self.show_preview()

    # -- entering -----------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Enter the accepted rows as one change, after asking; first where people of ended units go."""
        seen = self._seen
        if seen is None:
            self.news(t("There is nothing to enter"), bad=True)
            return
        try:
            planned = entering.plan(self.office, seen, self.choices)
        except AppError as error:
            self.complain(error)
            return
        if not planned:
            self.news(t("There is nothing to enter"), bad=True)
        elif self.may_write():
            ask_places(self, seen, planned, lambda places: self._ask(seen, planned, places))

    def _ask(self, seen: intake.Preview, planned: entering.Plan, places: Places) -> None:
        updated = sum(bool(each.changes or each.roles) for each in planned.updates)
        title = t("Enter {n} people into the book?", n=len(planned.new))
        yes = t("Enter {n} people", n=len(planned.new))
        if updated:
            title = t("Enter {n} people and update {m}?", n=len(planned.new), m=updated)
            yes = t("Enter {n}, update {m}", n=len(planned.new), m=updated)
        ask_entering(
            self, title, _question(self.office, seen, planned, places), yes=yes, enter=lambda: self._begin(seen, places)
        )

    def _begin(self, seen: intake.Preview, places: Places) -> None:
        working = Working(t("Entering"))
        office, choices = self.office, self.choices
        self.app.push_screen(working)
        self.behind(
            None,
            lambda job: entering.accept(
                office,
                seen,
                choices,
                places=places,
                progress=lambda done, all_: job.tell(working.show, done, all_),
                stop=lambda: working.stopped,
            ),
            lambda entered: self._entered(working, entered),
            group="entering",
            failed=lambda error: self._not_entered(working, error),
            writes=True,
        )

    def _not_entered(self, working: Working, error: AppError) -> None:
        working.dismiss()
        if working.stopped:
            self.news(error.what)
        else:
            self.complain(error)

    def _entered(self, working: Working, entered: entering.Entered) -> None:
        left = self._seen.rows - entered.new - entered.updated if self._seen is not None else 0
        self._forget()  # first: this screen reads its file again when it is in front
        working.dismiss()
        self.catch_up()
        if entered.updated:
            told = t(
                "Entered {n} people, updated {m}; {left} rows were not. Ctrl+Z takes it all back",
                n=entered.new,
                m=entered.updated,
                left=left,
            )
        else:
            told = t(
                "Entered {n} people; {left} rows were not. Ctrl+Z takes the whole import back",
                n=entered.new,
                left=left,
            )
        self.news(told, stay=True)


def _question(office: Office, seen: intake.Preview, planned: entering.Plan, places: Places) -> list[Text]:
    lines = [t("{n} people are entered as one change", n=len(planned.new))]
    updates = [each for each in planned.updates if each.changes or each.roles]
    if updates:
        fields = sum(len(each.changes) for each in updates)
        lines.append(t("{n} people of the book are updated, {m} fields in all", n=len(updates), m=fields))
    refused = len({each.row for each in seen.refused})
    left_out = seen.rows - len(planned.new) - len(planned.updates) - len(planned.joined) - refused
    if left_out:
        lines.append(t("{n} rows of known people are left out", n=left_out))
    if refused:
        lines.append(t("{n} refused rows are not entered; Ctrl+E writes them to a file first", n=refused))
    unseen = unseen_rows(seen)
    if unseen and seen.how.unseen == "leave":
        lines.append(
            t(
                "{n} rows hidden or struck out are left out: {rows}; Ctrl+T takes them",
                n=len(unseen),
                rows=spans(unseen),
            )
        )
    elif unseen:
        lines.append(t("{n} rows hidden or struck out are entered too: {rows}", n=len(unseen), rows=spans(unseen)))
    names = office.unit_names(seen.on)
    lines += [
        t("People of {unit} are entered in {heir}", unit=each.name, heir=names[places[each.unit]])
        for each in seen.ended
        if each.unit in places
    ]
    if planned.units:
        lines.append(t("{n} new units: {names}", n=len(planned.units), names=", ".join(planned.units[:5])))
    lines.append(t("Ctrl+Z afterwards takes all of it back"))
    return lines
