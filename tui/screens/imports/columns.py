"""The columns of a sheet: what each was taken for, and what it shall be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.people.names import fold
from records.intake.files.cells import Sheet, letter, shown_cell
from records.intake.layout.columns import Layout
from tui.present.imports import FIELDS
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.form import FormScreen
from tui.widgets.dialogs import Choose
from tui.widgets.table import VirtualTable

_NONE = "-"
_MOST_COLUMNS = 2_000
_SAMPLES = 2
_LOOKED_AT = 40


class ColumnsDialog(FormScreen[dict[str, str]]):
    """Gives the whole column map, our key -> letter, or None when nothing is to change.

    `fields` can be chosen; those of `several` may stand in more than one column, as `D,E`.
    """

    DEFAULT_CSS = """
    ColumnsDialog { align: center middle; }
    ColumnsDialog > Vertical { width: 100; max-width: 98%; height: 30; max-height: 96%; padding: 1 2; }
    ColumnsDialog > Vertical { background: $panel; }
    ColumnsDialog .title { text-style: bold; margin-bottom: 1; height: auto; }
    ColumnsDialog #problem { color: $text-error; height: auto; }
    ColumnsDialog .foot { height: auto; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("apply", t("Read with these columns")),
        key("leave_out", t("Leave the column out")),
        key("leave", t("Back")),
    ]

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout | None,
        *,
        fields: Mapping[str, Text] = FIELDS,
        several: Collection[str] = (),
        meaning: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__()
        self._sheet, self._layout, self._fields, self._several = sheet, layout, fields, several
        self._meaning = {column: field for field, column in layout.columns.items() if field in fields} if layout else {}
        self._meaning |= dict(meaning or {})

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        with Vertical():
            title = tr_("Columns of sheet “{sheet}”", sheet=self._sheet.name)
            yield Static(title, classes="title", markup=False)
            yield VirtualTable(
                [
                    Column("letter", "", 3),
                    Column("heading", tr_("Heading"), 20, grow=True),
                    Column("field", tr_("Read as"), 20, grow=True),
                    Column("sample", tr_("First values"), 20, grow=True),
                ]
            )
            yield Static("", id="problem", markup=False)
            foot = tr_("Enter: choose the field · Del: leave out · Ctrl+S: read again · Esc: back")
            yield Static(foot, classes="foot", markup=False)

    def on_mount(self) -> None:
        """Show the columns."""
        self._show()
        self.query_one(VirtualTable).focus()

    def _show(self) -> None:
        widest = min(max((len(row) for row in self._sheet.rows), default=0), _MOST_COLUMNS)
        first = self._layout.first_row if self._layout else 1
        headings = self._layout.headings if self._layout else {}
        rows = []
        for column in range(widest):
            below = (shown_cell(self._sheet.at(row, column)) for row in range(first, first + _LOOKED_AT))
            samples = " · ".join([text for text in below if text][:_SAMPLES])
            if not samples and column not in headings:
                continue
            field = self._meaning.get(column)
            told = tr(self._fields[field]) if field else tr_("not read")
            cells = (letter(column), headings.get(column, ""), told, samples)
            rows.append(Row(id=str(column), cells=cells, styles={2: "good" if field else "dim"}, find=fold(told)))
        self.query_one(VirtualTable).set_rows(rows)

    @on(VirtualTable.Opened)
    def _opened(self, event: VirtualTable.Opened) -> None:
        event.stop()
        column = int(event.row_id)

        def take(field: str | None) -> None:
            if field is not None:
                self._set(column, "" if field == _NONE else field)

        options = [(_NONE, tr_("not read")), *((field, tr(title)) for field, title in self._fields.items())]
        now = self._meaning.get(column, _NONE)
        options.sort(key=lambda option: option[0] != now)
        self.app.push_screen(Choose(t("Column {letter} is read as", letter=letter(column)), options), take)

    def _set(self, column: int, field: str) -> None:
        """A field stands in one column only, if not in several: the column that had it is left out."""
        kept = {at: each for at, each in self._meaning.items() if each != field or field in self._several}
        self._meaning = {at: each for at, each in kept.items() if at != column}
        if field:
            self._meaning[column] = field
        self._show()

    def action_leave_out(self) -> None:
        """Leave the column under the cursor out."""
        table = self.query_one(VirtualTable)
        if table.has_focus and table.cursor_id is not None:
            self._set(int(table.cursor_id), "")

    def action_apply(self) -> None:
        """Read the sheet with these columns."""
        fields = set(self._meaning.values())
        if "name" not in fields and not {"family_and_middle", "given"} <= fields:
            self.query_one("#problem", Static).update(tr_("Say first which column holds the full name"))
            return
        chosen: dict[str, list[str]] = {}
        for column, field in sorted(self._meaning.items()):
            chosen.setdefault(field, []).append(letter(column))
        self.dismiss({field: ",".join(letters) for field, letters in chosen.items()})
