"""The other offices: whose packages are taken, and which unit each is."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from config.i18n import tr_
from config.text import t
from records.domain.dates import shown
from records.domain.exchange import Neighbour
from records.domain.people.names import fold
from records.services.exchange import keys, meeting
from records.services.units.units import find_unit
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText


class OfficesScreen(ListScreen):
    """Every other office that the book knows."""

    BINDINGS: ClassVar[list[BindingType]] = [key("edit", t("Which unit it is")), key("back", t("Back"))]
    empty = t("No other office is known yet. F8 in “Exchange” takes one for known")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Exchange"), tr_("Other offices"))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("code", tr_("Code"), 7),
            Column("name", tr_("Name"), 24, grow=True),
            Column("unit", tr_("Unit"), 18, grow=True),
            Column("met", tr_("Met on"), 10),
            Column("mark", tr_("Fingerprint"), 48, grow=True),
        ]

    def refresh_office(self) -> None:
        """List the offices."""
        units = self.office.unit_names(self.on)
        rows = []
        for each in meeting.neighbours(self.office):
            mark = keys.fingerprint(each.key) if each.key else ""
            cells = (each.code, each.name, units.get(each.unit, ""), shown(each.met, "–"), mark)
            rows.append(Row(id=each.id, cells=cells, find=fold(" ".join(cells)), styles={4: "dim"}))
        self.listing.set_rows(rows)

    def action_edit(self) -> None:
        """Say which unit of the book the office under the cursor is."""
        chosen = self.listing.table.cursor_id
        if chosen is None or not self.may_write():
            return
        held = self.office.book.table(Neighbour)[chosen]
        names = self.office.unit_names(self.on)

        def take(typed: str | None) -> None:
            if typed is not None and self.attempt(lambda: self._place(held, typed)):
                self.catch_up()

        title = t("Which unit is {code} ({name})?", code=held.code, name=held.name)
        self.app.push_screen(AskText(title, t("Unit, by name or code"), names.get(held.unit, "")), take)

    def _place(self, held: Neighbour, typed: str) -> None:
        unit = find_unit(self.office, typed, self.on).id if typed.strip() else ""
        meeting.place(self.office, held, unit)
