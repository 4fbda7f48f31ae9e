"""The register of commendations, a year at a time: every number, also those taken back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import t
from records.domain.people.names import fold, sort_key
from records.services.awards.award_checks import prize_of
from records.services.awards.registering import RegisterRow, register, years_of
from tui.present.rows import Column, Row
from tui.screens.awards import papers
from tui.screens.awards.decision import story_lines
from tui.screens.base import key
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import Choose, Report
from tui.widgets.table import VirtualTable


class RegisterScreen(ListScreen):
    """The register of one year; the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("year", t("Year")),
        key("papers", t("Papers")),
        key("back", t("Back"), show=False),
    ]
    empty = t("Nothing is in the register")

    def __init__(self) -> None:
        super().__init__()
        self._year = 0
        self._rows: list[RegisterRow] = []

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Awards"), tr_("The register"), *([str(self._year)] if self._year else []))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("number", tr_("Number"), 10),
            Column("name", tr_("Full name"), 22, sort=sort_key, grow=True),
            Column("prize", tr_("Title or form"), 14),
            Column("decision", tr_("Decision"), 12),
            Column("entered", tr_("Entered"), 16),
            Column("by", tr_("By"), 10),
            Column("note", tr_("Note"), 16, grow=True),
        ]

    def refresh_office(self) -> None:
        """Read the register."""
        years = years_of(self.office.book)
        self._year = self._year if self._year in years else max(years, default=self.on.year)
        self._rows = register(self.office.book, self._year)
        self.show_place()
        self.listing.set_rows(self._row(each) for each in self._rows)

    def _row(self, row: RegisterRow) -> Row:
        note = tr(row.note) if row.note else ""
        if row.award is None or row.decision is None:
            cells = (f"{row.number}/{self._year}", "—", "", "", row.entered, row.by, note)
        else:
            title = prize_of(self.office, row.award.prize).title.vi
            cells = (row.award.register, row.award.name, title, row.decision.number, row.entered, row.by, note)
        return Row(id=str(row.number), cells=cells, find=fold(" ".join(cells)))

    def action_year(self) -> None:
        """Choose the year."""

        def chosen(year: str | None) -> None:
            if year:
                self._year = int(year)
                self.refresh_office()

        options = [(str(each), str(each)) for each in years_of(self.office.book)]
        self.app.push_screen(Choose(t("Year of the register"), options), chosen)

    def action_papers(self) -> None:
        """Write the register of the year."""
        papers.ask_register(self, self._year)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        row = self._rows[int(event.row_id) - 1]
        if row.award is not None:
            self.app.push_screen(
                Report(f"{row.award.register} · {row.award.name}", story_lines(self.office, row.award))
            )
        elif row.note:
            self.news(row.note)
