"""Units: the tree of the day with its people; new names, mergers, divisions and the ready plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.people.names import fold
from records.domain.units import Unit
from records.rules.unit_words import KIND_WORDS
from records.services.units.plans import Plan, dissolving, ready_plans, survey
from records.services.units.units import UnitLine, people_of_units, tree
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.list_screen import ListScreen
from tui.screens.units.forms import PlanForm, RenameForm, UnitForm
from tui.screens.units.mapping import MappingScreen
from tui.screens.units.unit import UnitScreen
from tui.widgets.behind import Job
from tui.widgets.dialogs import Choose
from tui.widgets.table import VirtualTable


class UnitsScreen(ListScreen):
    """The units of the day; ended ones in which people are still entered stand among them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("edit", t("Edit")),
        key("new", t("New")),
        key("reorganise", t("Reorganise")),
        key("plans", t("Plans")),
        key("ended", t("Ended ones")),
    ]
    empty = t("No units. Ins: enter one · F4: show those that ended")

    def __init__(self) -> None:
        super().__init__()
        self._ended = False
        self._people: Mapping[str, set[str]] | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Units"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("name", tr_("Unit"), 28, grow=True),
            Column("kind", tr_("Kind"), 18),
            Column("people", tr_("People"), 7, align="right", sort=lambda cell: int(cell or 0)),
            Column("state", tr_("State"), 20),
            Column("code", tr_("Code"), 11),
            Column("cluster", tr_("Cluster, bloc"), 18),
        ]

    def refresh_office(self) -> None:
        """Show the units of the day, and count the people of each behind the screen: there may be twenty thousand."""
        office, day, ended = self.office, self.on, self._ended
        self.listing.chips([tr_("ended ones too")] if ended else [])
        self._show(tree(office, day, ended=ended, people=self._people or {}))

        def count(_job: Job) -> tuple[Mapping[str, set[str]], list[UnitLine]]:
            people = people_of_units(office, day)
            return people, tree(office, day, ended=ended, people=people)

        def take(counted: tuple[Mapping[str, set[str]], list[UnitLine]]) -> None:
            self._people, lines = counted
            self._show(lines)

        self.behind(None, count, take)

    def _show(self, lines: list[UnitLine]) -> None:
        self.listing.set_rows([self._row(line) for line in lines])

    def _row(self, line: UnitLine) -> Row:
        unit = line.unit
        name = "  " * line.depth + line.name
        state, look = self._state(line)
        places = ", ".join(part for part in (unit.cluster, unit.bloc) if part)
        people = "" if self._people is None else str(len(line.below))
        cells = (name, tr(KIND_WORDS[unit.kind]), people, state, unit.id, places)
        styles = {4: "dim", **({0: look, 3: look} if look else {})}
        find = fold(f"{line.name} {unit.id} {unit.code} {places} {state}")
        return Row(id=unit.id, cells=cells, styles=styles, find=find, data=line)

    def _state(self, line: UnitLine) -> tuple[str, str]:
        unit = line.unit
        if not line.ended:
            return (tr_("since {day}", day=unit.since), "") if unit.since else ("", "")
        if unit.since is not None and self.on < unit.since:
            return tr_("begins {day}", day=unit.since), "dim"
        return tr_("ended {day}", day=shown(unit.until)), "warn" if line.below else "dim"

    # -- keys ---------------------------------------------------------------------------------------------------------

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(UnitScreen(event.row_id))

    def action_ended(self) -> None:
        """Show every unit that ever was, or those of the day."""
        self._ended = not self._ended
        self.refresh_office()

    def action_new(self) -> None:
        """Enter a unit."""
        if self.may_write():
            self.app.push_screen(UnitForm(None), self._saved)

    def action_edit(self) -> None:
        """Correct the unit under the cursor."""
        chosen = self.listing.table.cursor_id
        if chosen and self.may_write():
            self.app.push_screen(UnitForm(self.office.book.table(Unit)[chosen]), self._saved)

    def _saved(self, unit_id: str | None) -> None:
        if unit_id:
            self.catch_up()
            self.listing.table.move_to(unit_id)
            name = self.office.book.table(Unit)[unit_id].name
            self.news(t("Saved: {name}. Ctrl+Z takes it back", name=name))

    def action_reorganise(self) -> None:
        """Choose what happens to the marked units, or the one under the cursor."""
        ids = self.chosen_ids()
        if not ids or not self.may_write():
            return
        units = [self.office.book.table(Unit)[each] for each in ids]
        names = units[0].name if len(units) == 1 else tr_("{n} units", n=len(units))
        options = [("merge", tr_("Merge with others or into a new one"))]
        if len(units) == 1:
            options = [
                ("rename", tr_("New name from a day on")),
                *options,
                ("split", tr_("Divide among several")),
                ("dissolve", tr_("Dissolve")),
            ]
        self.app.push_screen(Choose(names, options), lambda chosen: self._begin(chosen, units))

    def _begin(self, chosen: str | None, units: list[Unit]) -> None:
        if chosen == "rename":
            self.app.push_screen(RenameForm(units[0]), self._saved)
        elif chosen == "dissolve":
            self._map(dissolving(self.office, units[0].id, self.on))
        elif chosen is not None:
            form = PlanForm(units, split=chosen == "split")
            self.app.push_screen(form, lambda answered: self._map(form.plan) if answered and form.plan else None)

    def _map(self, plan: Plan) -> None:
        try:
            survey(self.office, plan)
        except AppError as error:
            self.complain(error)
            return
        self.app.push_screen(MappingScreen(plan))

    def action_plans(self) -> None:
        """Choose one of the ready plans."""
        plans = {each.key: each for each in ready_plans(self.office)}
        if not plans:
            self.news(t("The settings hold no plan for units of this book"))
            return
        options = [(each.key, tr(each.title), tr_("{n} units", n=len(each.heirs))) for each in plans.values()]

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._map(plans[chosen])

        self.app.push_screen(Choose(t("Ready plans"), options), take)
