"""One unit's page: its names and places through the years, where it came from and went, and its people."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from config.i18n import tr, tr_
from config.text import t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award
from records.domain.dates import shown
from records.domain.people.names import fold, person_key
from records.domain.units import Unit
from records.rules.unit_words import KIND_WORDS
from records.services.units.units import people_of_units
from tui.present.person import award_line
from tui.present.rows import Column, Row
from tui.present.words import Line, level_title, role_title
from tui.screens.base import OfficeScreen, key
from tui.screens.people.person import PersonScreen
from tui.screens.units.forms import RenameForm, UnitForm
from tui.widgets.lines import as_content
from tui.widgets.listing import Listing
from tui.widgets.table import VirtualTable

_AWARDS_SHOWN = 3


class UnitScreen(OfficeScreen):
    """The page of the unit with this id: what is known of it above, its people of the day below."""

    DEFAULT_CSS = "UnitScreen #about { height: auto; max-height: 12; padding: 0 1 1 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("edit", t("Edit")),
        key("rename", t("New name")),
    ]

    def __init__(self, unit_id: str) -> None:
        super().__init__()
        self.unit_id = unit_id

    @property
    def unit(self) -> Unit | None:
        """The unit, or None when it was taken back."""
        return self.office.book.table(Unit).get(self.unit_id)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        unit = self.unit
        return (tr_("Units"), unit.name_on(self.on) if unit else self.unit_id)

    def body(self) -> ComposeResult:
        """Lay out what is known, and the list of people."""
        yield Static("", id="about", markup=False)
        columns = [
            Column("name", tr_("Full name"), 24, sort=person_key, grow=True),
            Column("roles", tr_("Roles"), 30, grow=True),
            Column("code", tr_("Code"), 11),
        ]
        yield Listing(columns, empty=t("Nobody is entered in this unit on this day"))

    def refresh_office(self) -> None:
        """Read the unit again."""
        unit = self.unit
        if unit is None:
            self.dismiss()
            return
        self.query_one("#about", Static).update(as_content(self._about(unit)))
        ids = people_of_units(self.office, self.on).get(unit.id, set())
        people = sorted((self.office.person(each) for each in ids), key=lambda each: person_key(each.name))
        rows = []
        for person in people:
            posts = self.office.book.table(Appointment).where(person=person.id)
            held = [each for each in posts if each.held_on(self.on) and each.unit_on(self.on) == unit.id]
            roles = ", ".join(
                f"{role_title(self.office, each.role)} ({level_title(self.office, each.level)})" for each in held
            )
            cells = (person.name, roles, person.id)
            rows.append(Row(id=person.id, cells=cells, styles={2: "dim"}, find=fold(" ".join(cells))))
        self.query_one(Listing).set_rows(rows)

    def _about(self, unit: Unit) -> list[Line]:
        table = self.office.book.table(Unit)
        above = table.get(unit.parent_on(self.on))
        facts = [tr(KIND_WORDS[unit.kind]), unit.id, unit.code, unit.cluster, unit.bloc]
        lines = [Line(f"{unit.name_on(self.on)} · " + " · ".join(each for each in facts if each), "bold")]
        if above is not None:
            lines.append(Line(tr_("Unit above: {name}", name=above.name_on(self.on))))
        term = tr_("from {start} to {end}", start=shown(unit.since, "…"), end=shown(unit.until, "…"))
        lines.append(Line(tr_("In being {term}", term=term)))
        if len(unit.names) > 1:
            names = "; ".join(f"{each.name} ({shown(each.since, '…')})" for each in unit.names)
            lines.append(Line(tr_("Names: {names}", names=names)))
        for stay in unit.parents_before:
            earlier = table.get(stay.unit)
            lines.append(Line(tr_("Until {day} below {name}", day=stay.until, name=earlier.name if earlier else "")))
        came = [each for each in table if unit.id in each.into and each.id != unit.id]
        if came:
            lines.append(Line(tr_("Came from: {names}", names=", ".join(each.name for each in came))))
        if unit.into and unit.until:
            into = ", ".join(each.name for heir in unit.into if (each := table.get(heir)) is not None)
            lines.append(Line(tr_("Taken over by: {names}", names=into)))
        if unit.split and not unit.exists_on(self.on):
            told = tr_("It was divided: its people are decided one by one (F6 in the list of units)")
            lines.append(Line(told, "warn"))
        return [*lines, *self._awards(unit)]

    def _awards(self, unit: Unit) -> list[Line]:
        """The latest awards of the unit itself; its people keep their room below."""
        found = sorted(self.office.book.table(Award).where(unit=unit.id), key=lambda each: each.achieved_to)
        if not found:
            return []
        lines = [Line(tr_("Awards: {n}", n=len(found)))]
        lines += [award_line(self.office, each) for each in reversed(found[-_AWARDS_SHOWN:])]
        if len(found) > _AWARDS_SHOWN:
            lines.append(Line(tr_("  all of them: unit show {unit}", unit=unit.id), "dim"))
        return lines

    # -- keys ---------------------------------------------------------------------------------------------------------

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(PersonScreen(event.row_id))

    def action_edit(self) -> None:
        """Correct the unit."""
        unit = self.unit
        if unit is not None and self.may_write():
            self.app.push_screen(UnitForm(unit), self._saved)

    def action_rename(self) -> None:
        """Give the unit a new name."""
        unit = self.unit
        if unit is not None and self.may_write():
            self.app.push_screen(RenameForm(unit), self._saved)

    def _saved(self, unit_id: str | None) -> None:
        if unit_id:
            self.catch_up()
            self.news(t("Saved: {name}. Ctrl+Z takes it back", name=self.title_parts()[-1]))
