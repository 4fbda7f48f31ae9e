"""Emulation: the cycles, each with how far its scoring is; opening one, its sheet, its ranks, its signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.emulation import Cycle, Movement
from records.domain.people.names import fold
from records.rules.emulation.words import CYCLE_WORDS, period_words
from records.services.emulation import cycles, registration
from tui.present.rows import Column, Row
from tui.present.words import role_title
from tui.screens.base import Act, key
from tui.screens.emulation.ranking import RankingScreen
from tui.screens.emulation.score_sheet import ScoreSheetScreen
from tui.screens.emulation.signing import ask_signature
from tui.screens.form import OfficeForm, day_field
from tui.screens.list_screen import ListScreen
from tui.screens.movements.initiatives import InitiativesScreen
from tui.screens.movements.movements import MovementsScreen
from tui.screens.movements.registrations import RegistrationsScreen
from tui.screens.standards.comparing import CompareScreen
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable


class EmulationScreen(ListScreen):
    """Cycles, the latest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("Open a cycle")),
        key("ranking", t("Ranks")),
        key("sign", t("Sign")),
        key("views", t("Movements…")),
        key("more", t("Compare new rules"), show=False),
    ]
    more_acts = (Act("compare", t("Compare new rules")),)
    other_views = (
        Act("registrations", t("Registration of titles")),
        Act("movements", t("Movements")),
        Act("initiatives", t("Initiatives")),
    )
    empty = t("No cycle yet. Ins: open one and register whom it concerns")

    def __init__(self) -> None:
        super().__init__()
        self._begun: Mapping[str, cycles.Begun] | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Emulation"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("key", tr_("Cycle"), 21, sort=str),
            Column("whom", tr_("For whom"), 14),
            Column("title", tr_("Title"), 12, grow=True),
            Column("rows", tr_("Rows"), 5, align="right"),
            Column("own", tr_("Own"), 4, align="right"),
            Column("appraised", tr_("Appr."), 6, align="right"),
            Column("final", tr_("Fin."), 5, align="right"),
            Column("state", tr_("State"), 17),
            Column("kind", tr_("Kind"), 10),
            Column("movement", tr_("Movement"), 20, grow=True),
        ]

    def action_compare(self) -> None:
        """See what a file of new rules would change, and for whom."""
        self.app.push_screen(CompareScreen())

    def action_registrations(self) -> None:
        """Show the titles registered."""
        self.app.push_screen(RegistrationsScreen())

    def action_movements(self) -> None:
        """Show the movements."""
        self.app.push_screen(MovementsScreen())

    def action_initiatives(self) -> None:
        """Show the initiatives."""
        self.app.push_screen(InitiativesScreen())

    def refresh_office(self) -> None:
        """Read the cycles, and how far each is behind the screen: a sheet may have twenty thousand rows."""
        office = self.office
        self._show()

        def take(begun: Mapping[str, cycles.Begun]) -> None:
            self._begun = begun
            self._show()

        self.behind(None, lambda _job: cycles.begun(office), take)

    def _show(self) -> None:
        movements = {each.id: each.title for each in self.office.book.table(Movement)}
        self.listing.set_rows(self._row(each, movements) for each in cycles.cycles(self.office))

    def _row(self, cycle: Cycle, movements: Mapping[str, str]) -> Row:
        begun = None if self._begun is None else self._begun.get(cycle.id, cycles.Begun())
        counts = [""] * len(cycles.Begun._fields) if begun is None else [str(each) for each in begun]
        whom = role_title(self.office, cycle.role) if cycle.role else tr_("Collectives")
        state = (
            tr_("signed {day}", day=cycle.signed) if cycle.signed else tr_("unlocked again") if cycle.unlocked else ""
        )
        movement = movements.get(cycle.movement, "")
        cells = (
            tr(period_words(cycle)),
            whom,
            cycle.title,
            *counts,
            state,
            tr(CYCLE_WORDS[cycle.kind]),
            movement,
        )
        find = fold(f"{cycle.key} {cells[0]} {whom} {cycle.title} {movement} {cycle.id}")
        return Row(id=cycle.id, cells=cells, styles={7: "good" if cycle.signed else "warn"}, find=find, data=cycle)

    def _chosen(self) -> Cycle | None:
        chosen = self.listing.table.cursor_id
        return self.office.book.table(Cycle).get(chosen) if chosen else None

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(ScoreSheetScreen(event.row_id))

    def action_new(self) -> None:
        """Open a cycle."""

        def opened(made: str | None) -> None:
            if made:
                self.catch_up()
                self.listing.table.move_to(made)
                self.news(t("Opened. Enter: its sheet; Ctrl+Z takes it back"))

        if self.may_write():
            self.app.push_screen(CycleForm(), opened)

    def action_ranking(self) -> None:
        """Show the ranks of the cycle under the cursor."""
        cycle = self._chosen()
        if cycle is not None:
            self.app.push_screen(RankingScreen(cycle.id))

    def action_sign(self) -> None:
        """Sign the cycle under the cursor, or unlock it."""
        cycle = self._chosen()
        if cycle is not None and self.may_write():
            ask_signature(self, cycle)


class CycleForm(OfficeForm):
    """What a new cycle is to be; answers with its id."""

    def heading(self) -> str:
        """What the form is for."""
        return tr_(
            "Open a cycle: 2025, 2025-H1 (half year), 2025-Q2 (quarter), 2025-03 (month), or a theme with its days"
        )

    def fields(self) -> list[Field]:
        """The fields, from the top."""
        roles = [
            (role, each.title.in_language(language())) for role, each in self.office.settings.roles_in_use().items()
        ]
        yes_no = [("yes", tr_("everybody whom it concerns")), ("", tr_("nobody yet"))]
        return [
            Field("key", t("Cycle")),
            Field("role", t("For whom"), "choice", options=[*roles, ("", tr_("Collectives"))]),
            Field("title", t("Title of the sheet")),
            Field("movement", t("Movement")),
            day_field("start", t("First day, if unusual"), self.on),
            day_field("end", t("Last day, if unusual"), self.on),
            Field("everybody", t("Register"), "choice", options=yes_no),
        ]

    def first_values(self) -> dict[str, str]:
        """The half year or the year in which the day asked about lies."""
        return {"key": str(self.on.year), "role": "reporter", "everybody": "yes"}

    def store(self, values: Mapping[str, Any]) -> str:
        """Open it. Raises AppError when the service refuses."""
        opening = registration.Opening(
            key=values["key"],
            role=values["role"],
            title=values["title"],
            movement=values["movement"],
            first_day=values["start"],
            last_day=values["end"],
            enter_all=bool(values["everybody"]),
        )
        return registration.open_cycle(self.office, opening).id
