"""What is coming: terms that end and ages of retirement, soonest first, those that have run out above all."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.people.names import fold, person_key, sort_key
from records.rules.words import CONFIDENCE_WORDS
from records.services.appointments.coming import HORIZONS, Coming, coming
from tui.present.rows import Column, Row
from tui.present.words import level_title, role_title
from tui.screens.base import key
from tui.screens.list_screen import ListScreen
from tui.screens.people.person import PersonScreen
from tui.widgets.table import VirtualTable


class ComingScreen(ListScreen):
    """Everything to be seen to within 30, 90 or 365 days."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("horizon", t("30, 90, 365 days")),
    ]
    empty = t("Nothing ends in this time. F4: look farther")

    def __init__(self) -> None:
        super().__init__()
        self._days = HORIZONS[1]

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("People"), tr_("Coming up"))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("day", tr_("Day"), 10, sort=_by_day),
            Column("name", tr_("Full name"), 22, sort=person_key, grow=True),
            Column("what", tr_("What"), 30, grow=True),
            Column("unit", tr_("Unit"), 14, sort=sort_key, grow=True),
            Column("rest", tr_("In days"), 8, align="right", sort=int),
            Column("code", tr_("Code"), 11, sort=str),
        ]

    def refresh_office(self) -> None:
        """Read what is coming."""
        listing = self.listing
        listing.chips([tr_("within {n} days", n=self._days)])
        seen = coming(self.office, self.on, self._days)
        listing.set_rows(self._row(number, each) for number, each in enumerate(seen))

    def _row(self, number: int, each: Coming) -> Row:
        rest = each.days_from(self.on)
        cells = (shown(each.day), each.person.name, self._what(each), each.unit_name, str(rest), each.person.id)
        look = "bad" if rest < 0 else "warn" if rest <= HORIZONS[0] else ""
        styles = {5: "dim", **({0: look, 2: look} if look else {})}
        return Row(id=f"{number} {each.person.id}", cells=cells, styles=styles, find=fold(" ".join(cells)))

    def _what(self, each: Coming) -> str:
        post = each.appointment
        if post is not None:
            role = f"{role_title(self.office, post.role)} ({level_title(self.office, post.level)})"
            if each.days_from(self.on) < 0:
                return tr_("term over, not renewed: {role}", role=role)
            return tr_("term ends: {role}", role=role)
        told = tr_("age of retirement ({confidence})", confidence=tr(CONFIDENCE_WORDS[each.confidence]))
        if each.latest != each.day:
            told += ", " + tr_("by {day} at the latest", day=each.latest)
        return told

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(PersonScreen(event.row_id.partition(" ")[2]))

    def action_horizon(self) -> None:
        """Look farther, then near again."""
        self._days = HORIZONS[(HORIZONS.index(self._days) + 1) % len(HORIZONS)]
        self.refresh_office()


def _by_day(cell: str) -> tuple[str, ...]:
    return tuple(reversed(cell.split("/")))
