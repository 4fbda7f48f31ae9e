"""Import: a spreadsheet is read, everything it would do is shown, and only then it is entered."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from config.errors import AppError
from config.speech import language, say_
from config.text import Text, t
from records.desks import entering, intake
from records.desks.updates import plan_update
from records.intake.matching import Duplicate
from tui.screens import import_words as words
from tui.screens.base import key
from tui.screens.import_reading import ReadingScreen
from tui.widgets.dialogs import Choose, Confirm, Report
from tui.widgets.listing import Listing
from tui.widgets.table import VirtualTable
from tui.widgets.working import Working


class ImportScreen(ReadingScreen):
    """The preview of an import."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("insert,f3", "choose", t("Choose a file")),
        key("f2", "decide", t("Decide")),
        key("f4", "defaults", t("Role and level")),
        key("f6", "next_group", t("Next group")),
        key("f7", "sheet", t("Sheet"), show=False),
        key("f8", "columns", t("Columns")),
        key("ctrl+s", "accept", t("Enter them")),
        key("escape", "stop", t("Stop or close"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._group = 0

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Listing(words.columns(), empty=t("Ins: choose a spreadsheet. Nothing is written before Ctrl+S"))

    def show_preview(self) -> None:
        """Show the rows under the choices made so far."""
        seen = self._seen
        if seen is None:
            return
        told = words.RowWords(self.office, seen, self._choices)
        groups = (told.new(), told.known(), told.refused())
        counts = (
            say_("to enter {n}", n=len(groups[0])),
            say_("known {n}", n=len(groups[1])),
            say_("refused {n}", n=len({each.row for each in seen.refused})),
        )
        chosen = (*groups, told.lines()) if self._group == 0 else (groups[self._group - 1],)
        names = [f"{'▸ ' if self._group == number else ''}{text}" for number, text in enumerate(counts, 1)]
        self.listing.chips([*names, *self._defaults_shown()])
        self.listing.set_rows(sorted((row for group in chosen for row in group), key=lambda row: int(row.cells[0])))

    def _defaults_shown(self) -> list[str]:
        settings = self.office.settings
        role, level = settings.roles.roles.get(self._how.role), settings.levels.levels.get(self._how.level)
        return [each.title.in_language(language()) for each in (role, level) if each is not None]

    # -- keys ---------------------------------------------------------------------------------------------------------

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        seen = self._seen
        if seen is None:
            return
        cells = next(row.cells for row in self.listing.table.rows if row.id == event.row_id)
        heads = [column.title for column in words.columns()]
        lines = [f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True) if cell]
        number = int(cells[0])
        match = self._match(number)
        if match is not None:
            lines += ["", words.RowWords(self.office, seen, self._choices).reasons(match)]
            chosen = self._choices.get(number, match.of)
            if chosen not in (entering.NEW, entering.SKIP) and not chosen.startswith("row "):
                lines += ["", say_("What an update would change:")]
                lines += words.update_lines(plan_update(self.office, seen, number, chosen))
            lines += ["", say_("F2 decides: the same person, somebody else, or leave out")]
        self.app.push_screen(Report(say_("Row {row}", row=cells[0]), lines))

    def _match(self, row: int) -> Duplicate | None:
        found = (*self._seen.duplicates, *self._seen.similar) if self._seen else ()
        return next((each for each in found if each.row == row), None)

    def action_decide(self) -> None:
        """Say of the marked rows, or of the one under the cursor, who they are."""
        table = self.listing.table
        ids = table.marked_ids or ([table.cursor_id] if table.cursor_id else [])
        rows = sorted({int(each[1:]) for each in ids if each[0] in "ad"})
        if self._seen is None or not rows:
            self.news(t("Only rows to enter and known rows can be decided"), bad=True)
            return
        matches = [match for row in rows if (match := self._match(row)) is not None]
        options: list[tuple[str, ...]] = [
            (entering.NEW, say_("somebody else: enter as new")),
            (entering.SKIP, say_("leave out")),
        ]
        if len(rows) == 1 and matches:
            people = [each for each in (matches[0].of, *matches[0].others) if not each.startswith("row ")]
            same = [(each, self._named(each), say_("same person")) for each in people]
            options = [*same, *options]
        elif any(not each.of.startswith("row ") and not each.others for each in matches):
            options = [("", say_("the same people: update them")), *options]

        def take(choice: str | None) -> None:
            if choice is not None:
                self._decide(rows, choice)

        self.app.push_screen(Choose(t("{n} rows: who are they?", n=len(rows)), options), take)

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

    def action_next_group(self) -> None:
        """Show all rows, then those to enter, those known, those refused."""
        self._group = (self._group + 1) % 4
        self.show_preview()

    # -- entering -----------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Enter the accepted rows as one change, after asking."""
        seen = self._seen
        if seen is None:
            self.news(t("There is nothing to enter"), bad=True)
            return
        try:
            planned = entering.plan(self.office, seen, self._choices)
        except AppError as error:
            self.complain(error)
            return
        if not planned:
            self.news(t("There is nothing to enter"), bad=True)
        elif self.may_write():
            title, yes = t("Enter these people?"), t("Enter them")
            question = Confirm(title, _question(seen, planned), yes=yes, no=t("Cancel"))

            def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
                if agreed:
                    working = Working(t("Entering"))
                    self.app.push_screen(working)
                    self._enter(seen, dict(self._choices), working)

            self.app.push_screen(question, done)

    @work(thread=True, group="enter")
    def _enter(self, seen: intake.Preview, choices: dict[int, str], working: Working) -> None:
        call = self.app.call_from_thread
        try:
            entered = entering.accept(
                self.office,
                seen,
                choices,
                progress=lambda done, all_: call(working.show, done, all_),
                stop=lambda: working.stopped,
            )
        except AppError as error:
            call(self._not_entered, working, error)
            return
        call(self._entered, working, entered)

    def _not_entered(self, working: Working, error: AppError) -> None:
        working.dismiss()
        if working.stopped:
            self.news(error.what)
        else:
            self.complain(error)

    def _entered(self, working: Working, entered: entering.Entered) -> None:
        self._forget()  # first: this screen reads its file again when it is in front
        working.dismiss()
        self.catch_up()
        if entered.updated:
            told = t("Entered {n} people, updated {m}. Ctrl+Z takes it all back", n=entered.new, m=entered.updated)
        else:
            told = t("Entered {n} people. Ctrl+Z takes the whole import back", n=entered.new)
        self.news(told)


def _question(seen: intake.Preview, planned: entering.Plan) -> list[Text]:
    lines = [t("{n} people are entered as one change", n=len(planned.new))]
    updates = [each for each in planned.updates if each.changes or each.roles]
    if updates:
        fields = sum(len(each.changes) for each in updates)
        lines.append(t("{n} people of the book are updated, {m} fields in all", n=len(updates), m=fields))
    left_out = seen.rows - len(planned.new) - len(planned.updates) - len(planned.joined)
    if left_out:
        lines.append(t("{n} rows are left out", n=left_out))
    if planned.units:
        lines.append(t("{n} new units: {names}", n=len(planned.units), names=", ".join(planned.units[:5])))
    return lines
