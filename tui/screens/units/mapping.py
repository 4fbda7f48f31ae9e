"""Who goes where: a plan of reorganisation before it is carried out, decided person by person where units split."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.people.names import fold, person_key, sort_key
from records.services.units.plans import Move, Plan, survey
from records.services.units.reorganising import NOWHERE, Outcome, carry_out
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.filters import unit_options
from tui.screens.form import ask_leaving
from tui.screens.imports.rows import ask_entering
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import Choose
from tui.widgets.table import VirtualTable


class MappingScreen(ListScreen):
    """Everybody whom a plan concerns, with the unit they go to; nothing is written before Ctrl+S."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("place", t("Decide")),
        key("undecided", t("Undecided first")),
        key("carry", t("Carry out"), priority=True),
    ]
    empty = t("Nobody to move: Ctrl+S carries the plan out, Esc leaves it")
    counted = True

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.decisions: dict[tuple[str, str], str] = {}
        self._moves: dict[str, Move] = {}
        self._done = False

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Units"), tr(self.plan.title))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("name", tr_("Full name"), 24, sort=person_key, grow=True),
            Column("from", tr_("From unit"), 22, sort=sort_key, grow=True),
            Column("to", tr_("To unit"), 24, sort=sort_key, grow=True),
        ]

    def unsaved(self) -> bool:
        """Whether decisions would be lost."""
        return bool(self.decisions)

    def refresh_office(self) -> None:
        """Ask again whom the plan concerns."""
        if self._done:
            return
        try:
            moves = survey(self.office, self.plan)
        except AppError as error:
            self.complain(error)
            self.dismiss()
            return
        self._moves = {f"{each.unit} {each.subject}": each for each in moves}
        known = {each.key for each in moves}
        self.decisions = {each: to for each, to in self.decisions.items() if each in known}
        self._show()

    def _names(self) -> dict[str, str]:
        made = {each.id: tr_("{name} (new)", name=each.name) for each in self.plan.made}
        return {**self.office.unit_names(self.plan.day), **made, NOWHERE: tr_("no unit")}

    def _to(self, move: Move) -> str:
        return self.decisions.get(move.key) or move.to

    def _show(self) -> None:
        names = self._names()
        rows = []
        for row_id, move in self._moves.items():
            to = self._to(move)
            going = names.get(to, to) if to else "? " + tr_("to be decided")
            cells = (move.title, names.get(move.unit, ""), going)
            find = fold(" ".join((*cells, move.subject)))
            rows.append(Row(id=row_id, cells=cells, styles={} if to else {2: "warn"}, find=find, data=move))
        rows.sort(key=lambda row: 0 if row.styles else 1)
        self.listing.set_rows(rows)
        left = sum(1 for move in self._moves.values() if not self._to(move))
        self.show_counts(self._counts(left))

    def _counts(self, left: int) -> str:
        ending = len(self.plan.heirs)
        heirs = len({heir for each in self.plan.heirs.values() for heir in each})
        told = tr_(
            "{day}: {ending} units into {heirs} · {moves} to move · {left} to be decided",
            day=self.plan.day, ending=ending, heirs=heirs, moves=len(self._moves), left=left,
        )  # fmt: skip
        return told + "\n" + tr_("Space marks · Enter decides for the marked · Ctrl+S carries it out")

    # -- deciding -----------------------------------------------------------------------------------------------------

    def _chosen(self) -> list[Move]:
        return [self._moves[each] for each in self.chosen_ids()]

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        self.action_place()

    def action_undecided(self) -> None:
        """Go to the first who is undecided."""
        if not self._go_to_undecided():
            self.news(t("Everybody is decided"))

    def _go_to_undecided(self) -> bool:
        table = self.listing.table
        for row in table.view_rows:
            if isinstance(row.data, Move) and not self._to(row.data):
                return table.move_to(row.id)
        return False

    def action_place(self) -> None:
        """Choose where the marked ones go, or the one under the cursor."""
        chosen = self._chosen()
        if not chosen:
            return
        options = self._options(chosen)
        if not options:
            self.news(t("Those marked have no unit in common to go to; mark people of one unit"), bad=True)
            return
        title: Text = t("Where does {name} go?", name=chosen[0].title)
        if len(chosen) > 1:
            title = t("Where do these {n} go?", n=len(chosen))

        def take(to: str | None) -> None:
            if to is not None:
                self.decisions |= {each.key: to for each in chosen}
                self.listing.table.marks.clear()
                self._show()
                self._go_to_undecided()

        self.app.push_screen(Choose(title, options), take)

    def _options(self, chosen: list[Move]) -> list[tuple[str, str]]:
        names = self._names()
        choices = [self._heirs(each) for each in chosen]
        return [(to, names.get(to, to)) for to in choices[0] if all(to in each for each in choices)]

    def _heirs(self, move: Move) -> list[str]:
        heirs = list(self.plan.heirs[move.unit])
        living = [each[0] for each in unit_options(self.office, self.plan.day) if each[0] != move.unit]
        return heirs or [*living, NOWHERE]

    # -- carrying out -------------------------------------------------------------------------------------------------

    def action_carry(self) -> None:
        """Carry the plan out after showing its counts."""
        if self.app.screen is not self or not self.may_write():
            return
        moves = list(self._moves.values())
        left = [each for each in moves if not self._to(each)]
        lines = [
            tr_("{n} move to their new unit.", n=len(moves) - len(left)),
            *([tr_("{n} are not decided; they stay in the old unit until you decide.", n=len(left))] if left else []),
            tr_("It is one change: Ctrl+Z takes all of it back."),
        ]

        ask_entering(
            self,
            self.plan.title,
            lines,
            yes=t("Carry it out"),
            enter=self._carry_out,
            closed=t("Nothing was carried out"),
        )

    def _carry_out(self) -> None:
        done: list[Outcome] = []
        self._done = True
        if not self.attempt(lambda: done.append(carry_out(self.office, self.plan, self.decisions, partial=True))):
            self._done = False
            return
        outcome = done[0]
        self.decisions = {}
        told = t(
            "{n} people moved, {left} to be decided. Ctrl+Z takes it back",
            n=len(outcome.people),
            left=len(outcome.left),
        )
        self.dismiss()
        self.app.call_later(self.office_app.say_news, told)

    def action_back(self) -> None:
        """Leave the plan; asks first when decisions would be lost."""
        if self.unsaved():
            ask_leaving(self, super().action_back)
        else:
            super().action_back()
