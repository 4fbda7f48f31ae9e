"""The first half of the import: choosing a file, a sheet and its columns, and reading them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.errors import AppError
from config.i18n import language, tr, tr_
from config.text import t
from records.intake.files.cells import Sheet
from records.intake.layout.columns import Layout
from records.services.imports import entering, intake
from tui.screens.base import Job
from tui.screens.files import ChooseFile
from tui.screens.imports.columns import ColumnsDialog
from tui.screens.imports.rows import Unseen, ask_unseen
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import Choose, Confirm

ENDINGS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".html", ".htm")


class ReadingScreen(ListScreen):
    """A screen that reads a spreadsheet in the background; `show_preview` shows what was read."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: intake.Preview | None = None
        self._opened: intake.Opened | None = None
        self._path: Path | None = None
        self._how = intake.How()
        self._asked_sheet = False
        self._begun: dict[int, str] = {}
        self._choices: dict[int, str] = {}

    def title_parts(self) -> tuple[str, ...]:
        """Where this is, with the file and the sheet."""
        name = self._path.name if self._path else ""
        if self._seen is not None and len(self._seen.sheets) > 1:
            name += f" · {self._seen.sheet}"
        return (tr_("Import a spreadsheet"), *([name] if name else []))

    def pending(self) -> str:
        """A preview is not in the book."""
        return tr_("preview, not entered") if self._seen is not None else ""

    @property
    def choices(self) -> dict[int, str]:
        """What becomes of single rows: what a person decided, over what the codes of the list say."""
        return {**self._begun, **self._choices}

    def show_preview(self) -> None:
        """Show what the file would do under the choices made."""

    def refresh_office(self) -> None:
        """The book changed: what the file would do may have changed too."""
        if self._path is not None:
            self._read()

    def action_choose(self) -> None:
        """Choose a spreadsheet."""

        def take(path: Path | None) -> None:
            if path is not None:
                self._path, self._seen, self._opened = path, None, None
                self._how = intake.How()  # a role chosen for one file is not that of the next
                self._asked_sheet = False
                self._choices = {}
                self._read()

        # What a preview says of a row rests on what the book holds of the person.
        if self.attempt(self.office.book.access.judge_some):
            self.app.push_screen(ChooseFile(t("Choose a spreadsheet"), ENDINGS), take)

    def _read(self) -> None:
        path, how, opened, office, today = self._path, self._how, self._opened, self.office, self.today
        if path is None:
            return

        def read(job: Job) -> tuple[intake.Preview, dict[int, str]]:
            found = opened or intake.open_sheets(office, path, job.is_stopped)
            job.tell(self._keep, path, found)
            seen = intake.preview(
                office, path, today=today, how=how, progress=job.progress, stop=job.is_stopped, opened=found
            )
            return seen, entering.first_choices(office, seen)

        stopped = t("Stopped; nothing was entered. Ins: choose a file") if self._seen is None else None
        self.behind(t("Reading"), read, lambda found: self._take(*found), failed=self._unreadable, on_stop=stopped)

    def _keep(self, path: Path, opened: intake.Opened) -> None:
        """Keep what was read, so that no other look at the same file reads it again."""
        if path == self._path:
            self._opened = opened

    def unsaved(self) -> bool:
        """Whether decisions about rows, or cells put right, would be lost."""
        return bool(self._choices or self._how.mends)

    def action_stop(self) -> None:
        """Stop the reading, or close the preview; neither enters anything, and decisions are not lost unasked."""
        if self.stop_work():
            self._forget()
        elif self._seen is not None and not self.unsaved():
            self._close()
        elif self._seen is not None:
            lines = [t("{n} rows were decided; that would be lost", n=len(self._choices))] if self._choices else []
            if self._how.mends:
                lines.append(t("{n} cells were put right; that would be lost", n=len(self._how.mends)))

            def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
                if agreed:
                    self._close()

            self.app.push_screen(Confirm(t("Close the preview?"), lines, yes=t("Close without entering")), done)

    def _close(self) -> None:
        self._forget()
        self.news(t("Closed; nothing was entered. Ins: choose a file"))

    def _forget(self) -> None:
        self.let_go()
        self._seen, self._path, self._opened, self._how = None, None, None, intake.How()
        self._begun, self._choices = {}, {}
        self.listing.chips([])
        self.listing.set_rows([])
        self.show_preview()
        self.show_place()

    def _unreadable(self, error: AppError) -> None:
        """Without headings a person can still say which column holds what; anything else closes the file."""
        sheets = self._opened[0] if isinstance(error, intake.HeadingsError) and self._opened else ()
        sheet = next((each for each in sheets if self._how.sheet in ("", each.name)), None)
        if not isinstance(error, intake.HeadingsError):
            self._forget()
        self.complain(error)
        if sheet is not None:
            self._ask_columns(sheet, None)

    def _take(self, seen: intake.Preview, begun: dict[int, str]) -> None:
        self._seen, self._begun = seen, begun
        rows = {each.row for each in seen.accepted} | seen.matched.keys()
        people = {each.of for each in (*seen.duplicates, *seen.similar)} | {entering.NEW, entering.SKIP}
        people |= {other for each in (*seen.duplicates, *seen.similar) for other in each.others}
        self._choices = {row: choice for row, choice in self._choices.items() if row in rows and choice in people}
        self.show_place()
        self.show_preview()
        if len(seen.sheets) > 1 and not self._asked_sheet:
            self.action_sheet()

    def action_sheet(self) -> None:
        """Choose another sheet of the file."""
        seen = self._seen
        if seen is None or len(seen.sheets) < 2:
            self.news(t("The file has one sheet only"))
            return
        self._asked_sheet = True

        def take(sheet: str | None) -> None:
            if sheet is not None and (seen.sheet != sheet or not self._how.sheet):
                self._how = replace(self._how, sheet=sheet, columns=None, whole=False, mends={})
                self._choices = {}
                self._read()

        ordered = sorted(seen.sheets, key=lambda name: name != seen.sheet)
        self.app.push_screen(Choose(t("Which sheet holds the list?"), [(name, name) for name in ordered]), take)

    def action_columns(self) -> None:
        """Show which column was taken for which, and let it be corrected."""
        if self._seen is None or self._path is None:
            self.news(t("Choose a file first: Ins"), bad=True)
            return
        self._ask_columns(self._seen.source, self._seen.layout)

    def _ask_columns(self, sheet: Sheet, layout: Layout | None) -> None:
        def take(chosen: dict[str, str] | None) -> None:
            if chosen is not None:
                self._how = replace(self._how, sheet=sheet.name, columns=chosen, whole=True)
                self._asked_sheet = True
                self._read()

        self.app.push_screen(ColumnsDialog(sheet, layout), take)

    def action_unseen(self) -> None:
        """Take the people whose row is hidden or struck out, or leave them out again."""
        seen = self._seen
        ask_unseen(self, unseen_rows(seen) if seen is not None else (), self._how.unseen, self._take_unseen)

    def _take_unseen(self, chosen: Unseen) -> None:
        self._how = replace(self._how, unseen=chosen)
        self._read()

    def action_defaults(self) -> None:
        """Choose role and level for rows that name none."""
        if self._seen is None:
            self.news(t("Choose a file first: Ins"), bad=True)
            return
        settings = self.office.settings
        none = ("", tr_("none"))

        def level(chosen: str | None) -> None:
            if chosen is not None:
                self._set_defaults(self._how.role, chosen)

        def role(chosen: str | None) -> None:
            if chosen is not None:
                self._set_defaults(chosen, self._how.level)
                levels = [(name, each.title.in_language(language())) for name, each in settings.levels.levels.items()]
                self.app.push_screen(Choose(t("Level of rows that name none"), [none, *levels]), level)

        roles = [(name, each.title.in_language(language())) for name, each in settings.roles_in_use().items()]
        self.app.push_screen(Choose(t("Role of rows that name none"), [none, *roles]), role)

    def _set_defaults(self, role: str, level: str) -> None:
        self._how = replace(self._how, role=role, level=level)
        if self._path is not None:
            self._read()


def unseen_rows(seen: intake.Preview) -> list[int]:
    """The rows of people that the sheet hides or strikes out, in order."""
    return sorted({*seen.hidden, *seen.struck})


def about_layout(seen: intake.Preview) -> str:
    """What was done to the whole sheet, and which of its columns are not read."""
    parts = [tr_("Ctrl+T: take hidden and struck rows, or leave them out")] if unseen_rows(seen) else []
    parts = [*(tr(each) for each in seen.notices), *parts]
    if seen.remembered:
        parts.append(tr_("columns as in the last import"))
    if seen.layout.unread:
        names = ", ".join(seen.layout.unread)
        parts.append(tr_("columns not read: {n} ({names}); F7 shows them", n=len(seen.layout.unread), names=names))
    return " · ".join(parts)
