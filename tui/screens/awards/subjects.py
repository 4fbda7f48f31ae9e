"""Choosing people or units to be commended."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from config.i18n import tr_
from config.text import t
from records.domain.dates import shown
from records.domain.people.names import fold, sort_key
from records.domain.units import Unit
from records.services.office import Office
from records.services.people.roster import roster
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.form import FormScreen
from tui.widgets.frame import KeyLine
from tui.widgets.listing import Listing


class ChooseSubjects(FormScreen[list[str]]):
    """People, or units that exist on the day, to mark with Space; Ctrl+S takes them."""

    DEFAULT_CSS = """
    ChooseSubjects > Vertical { background: $background; height: 100%; }
    ChooseSubjects .title { background: $panel; text-style: bold; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("take", t("Take them"), priority=True),
        key("leave", t("Back")),
    ]

    def __init__(self, office: Office, on: date, *, units: bool = False) -> None:
        super().__init__()
        self._office, self._on, self._units = office, on, units

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical():
            told = tr_("Space marks the units; Ctrl+S takes them")
            if not self._units:
                told = tr_("Space marks the people; Ctrl+S takes them")
            yield Static(told, classes="title", markup=False)
            columns = [
                Column("code", tr_("Code"), 11),
                Column("name", tr_("Name") if self._units else tr_("Full name"), 24, grow=True),
                *([] if self._units else [Column("born", tr_("Born"), 10)]),
                Column("unit", tr_("Unit above") if self._units else tr_("Unit"), 24, grow=True),
            ]
            yield Listing(columns, empty=t("Nobody holds a role on this day"))
            yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(Listing).set_rows(self._unit_rows() if self._units else self._people_rows())

    def _people_rows(self) -> list[Row]:
        return [
            Row(
                id=line.person.id,
                cells=(line.person.id, line.person.name, shown(line.person.born), line.unit_name),
                find=fold(f"{line.person.name} {line.person.id} {line.unit_name}"),
            )
            for line in roster(self._office, self._on)
        ]

    def _unit_rows(self) -> list[Row]:
        names = self._office.unit_names(self._on)
        units = [each for each in self._office.book.table(Unit) if each.until is None or self._on <= each.until]
        units = [each for each in units if each.since is None or each.since <= self._on]
        return [
            Row(
                id=each.id,
                cells=(each.id, each.name_on(self._on), names.get(each.parent_on(self._on), "")),
                find=fold(f"{each.name_on(self._on)} {each.id}"),
            )
            for each in sorted(units, key=lambda each: sort_key(each.name_on(self._on)))
        ]

    def action_take(self) -> None:
        """Give the marked ones."""
        marked = self.query_one(Listing).table.marked_ids
        if marked:
            self.dismiss(marked)
        else:
            self.query_one(".title", Static).update(tr_("Mark at least one with Space"))
