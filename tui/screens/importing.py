"""Import: a spreadsheet is read, everything it would do is shown, and only then it is entered."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from config.errors import AppError
from config.speech import language, say, say_
from config.text import Text, t
from records.desks import intake
from records.domain.dates import shown
from records.domain.names import fold
from tui.screens.base import DeskScreen, key
from tui.screens.files import ChooseFile
from tui.widgets.dialogs import Choose, Confirm, Report
from tui.widgets.listing import Listing
from tui.widgets.table import Column, Row, VirtualTable

_FATE = 4


class ImportScreen(DeskScreen):
    """The preview of an import."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("insert,f3", "choose", t("Choose a file")),
        key("f4", "defaults", t("Role and level")),
        key("f6", "next_group", t("Next group")),
        key("f8", "columns", t("Columns")),
        key("ctrl+s", "accept", t("Enter them")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seen: intake.Preview | None = None
        self._path: Path | None = None
        self._role, self._level = "", ""
        self._group = 0

    def title_parts(self) -> tuple[str, ...]:
        """Where this is, with the file."""
        return (say_("Import a spreadsheet"), *([self._path.name] if self._path else []))

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Listing(_columns(), empty=t("Ins: choose a spreadsheet. Nothing is written before Ctrl+S"))

    @property
    def listing(self) -> Listing:
        """The list of rows."""
        return self.query_one(Listing)

    def refresh_office(self) -> None:
        """The book changed: what the file would do may have changed too."""
        if self._path is not None:
            self._read()

    # -- choosing and reading -----------------------------------------------------------------------------------------

    def action_choose(self) -> None:
        """Choose a spreadsheet."""

        def take(path: Path | None) -> None:
            if path is not None:
                self._path = path
                self._read()

        self.app.push_screen(ChooseFile(t("Choose a spreadsheet"), (".xlsx", ".xls", ".ods", ".csv")), take)

    @work(thread=True, exclusive=True, group="read")
    def _read(self) -> None:
        path = self._path
        if path is None:
            return
        try:
            seen = intake.preview(
                self.office,
                path,
                today=self.on,
                role=self._role,
                level=self._level,
                progress=lambda done, all_: self.app.call_from_thread(self.progress, t("Reading"), done, all_),
            )
        except AppError as error:
            self.app.call_from_thread(self._unreadable, error)
            return
        self.app.call_from_thread(self._take, seen)

    def _unreadable(self, error: AppError) -> None:
        self._seen, self._path = None, None
        self.end_progress()
        self.listing.set_rows([])
        self.show_place()
        self.complain(error)

    def _take(self, seen: intake.Preview) -> None:
        self._seen = seen
        self.end_progress()
        self.show_place()
        self._show()

    def _show(self) -> None:
        seen = self._seen
        if seen is None:
            return
        refused = {each.row for each in seen.refused}
        counts = (
            say_("to enter {n}", n=len(seen.accepted)),
            say_("known {n}", n=len(seen.duplicates)),
            say_("refused {n}", n=len(refused)),
        )
        groups = [*(self._accepted(seen), self._known(seen), self._refused(seen))]
        chosen = groups if self._group == 0 else [groups[self._group - 1]]
        names = [f"{'▸ ' if self._group == number else ''}{text}" for number, text in enumerate(counts, 1)]
        self.listing.chips([*names, *self._defaults_shown()])
        rows = sorted((row for group in chosen for row in group), key=lambda row: int(row.cells[0]))
        self.listing.set_rows(rows)

    def _defaults_shown(self) -> list[str]:
        settings = self.office.settings
        role, level = settings.roles.roles.get(self._role), settings.levels.levels.get(self._level)
        return [each.title.in_language(language()) for each in (role, level) if each is not None]

    def _accepted(self, seen: intake.Preview) -> list[Row]:
        remarks: dict[int, list[str]] = {}
        for each in seen.remarks:
            remarks.setdefault(each.row, []).append(f"{each.column}: {say(each.remark)}")
        rows = []
        for draft in seen.accepted:
            roles = ", ".join(self._role_name(role) for role in draft.roles or ((self._role,) if self._role else ()))
            fate = "✓ " + "; ".join([say_("new"), *remarks.get(draft.row, [])])
            cells = (str(draft.row), draft.name, shown(draft.born), draft.unit, fate, roles or say_("no role"))
            style = "warn" if draft.row in remarks else "good"
            rows.append(Row(id=f"a{draft.row}", cells=cells, styles={_FATE: style}, find=fold(" ".join(cells))))
        return rows

    def _role_name(self, role: str) -> str:
        return self.office.settings.roles.roles[role].title.in_language(language())

    def _known(self, seen: intake.Preview) -> list[Row]:
        rows = []
        for each in seen.duplicates:
            of = each.of.replace("row", say_("row"))
            cells = (str(each.row), "", "", "", "= " + say_("known: {of}; left out", of=of), "")
            rows.append(Row(id=f"d{each.row}", cells=cells, styles={_FATE: "dim"}, find=fold(" ".join(cells))))
        return rows

    def _refused(self, seen: intake.Preview) -> list[Row]:
        rows = []
        for number, each in enumerate(seen.refused):
            cells = (str(each.row), f"“{each.value}”", "", each.column, f"✗ {say(each.problem)}", "")
            rows.append(Row(id=f"r{number}", cells=cells, styles={_FATE: "bad"}, find=fold(" ".join(cells)), data=each))
        return rows

    # -- keys ---------------------------------------------------------------------------------------------------------

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        cells = next(row.cells for row in self.listing.table.rows if row.id == event.row_id)
        heads = [column.title for column in _columns()]
        lines = [f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True) if cell]
        self.app.push_screen(Report(say_("Row {row}", row=cells[0]), lines))

    def action_next_group(self) -> None:
        """Show all rows, then those to enter, those known, those refused."""
        self._group = (self._group + 1) % 4
        self._show()

    def action_columns(self) -> None:
        """Show which column was taken for which."""
        if self._seen is not None:
            layout = self._seen.layout
            lines = [f"{name}: {layout.label(name)}" for name in layout.columns]
            self.app.push_screen(Report(say_("Columns of sheet “{sheet}”", sheet=layout.sheet), lines))

    def action_defaults(self) -> None:
        """Choose role and level for rows that name none."""
        settings = self.office.settings
        none = ("", say_("none"))

        def level(chosen: str | None) -> None:
            if chosen is not None:
                self._level = chosen
                self._read()

        def role(chosen: str | None) -> None:
            if chosen is not None:
                self._role = chosen
                levels = [(name, each.title.in_language(language())) for name, each in settings.levels.levels.items()]
                self.app.push_screen(Choose(t("Level of rows that name none"), [none, *levels]), level)

        roles = [(name, each.title.in_language(language())) for name, each in settings.roles.roles.items()]
        self.app.push_screen(Choose(t("Role of rows that name none"), [none, *roles]), role)

    def action_accept(self) -> None:
        """Enter the accepted rows as one change, after asking."""
        seen = self._seen
        if seen is None or not seen.accepted:
            self.news(t("There is nothing to enter"), bad=True)
            return
        if not self.may_write():
            return

        def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if agreed and self.attempt(lambda: intake.accept(self.office, seen)):
                self._seen, self._path = None, None
                self.listing.chips([])
                self.listing.set_rows([])
                self.catch_up()
                self.news(t("Entered {n} people. Ctrl+Z takes the whole import back", n=len(seen.accepted)))

        self.app.push_screen(
            Confirm(t("Enter these people?"), _question(seen), yes=t("Enter them"), no=t("Cancel")), done
        )


def _question(seen: intake.Preview) -> list[Text]:
    lines = [t("{n} people are entered as one change", n=len(seen.accepted))]
    left_out = len(seen.duplicates) + len({each.row for each in seen.refused})
    if left_out:
        lines.append(t("{n} rows are left out", n=left_out))
    if seen.new_units:
        lines.append(t("{n} new units: {names}", n=len(seen.new_units), names=", ".join(seen.new_units[:5])))
    return lines


def _columns() -> list[Column]:
    return [
        Column("row", say_("Row"), 5, align="right"),
        Column("name", say_("Full name"), 22, grow=True),
        Column("born", say_("Born"), 10),
        Column("unit", say_("Unit"), 14, grow=True),
        Column("fate", say_("What happens"), 20, grow=True),
        Column("roles", say_("Roles"), 16, grow=True),
    ]
