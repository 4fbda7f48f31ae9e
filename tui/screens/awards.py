"""Awards: decisions of commendation, what each holds, and printing its certificates."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from config.speech import say_
from config.text import t
from records.desks import awards
from records.domain.awards import Award, Decision
from records.domain.names import fold
from tui.cli.jobs import award_job
from tui.screens.award_form import AwardForm
from tui.screens.base import key
from tui.screens.printing import PrintScreen
from tui.widgets.dialogs import Report
from tui.widgets.listing import Listing
from tui.widgets.table import Column, Row, VirtualTable


class AwardsScreen(PrintScreen):
    """Decisions, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("insert", "new", t("New decision")),
        key("f7", "print", t("Print certificates")),
    ]

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (say_("Awards"),)

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Listing(_columns(), empty=t("No decision is in the book. Ins: enter a signed decision"))

    @property
    def listing(self) -> Listing:
        """The list of decisions."""
        return self.query_one(Listing)

    def refresh_office(self) -> None:
        """Read the decisions."""
        decisions = sorted(self.office.book.table(Decision), key=lambda each: (each.day, each.id), reverse=True)
        self.listing.set_rows(self._row(each) for each in decisions)

    def _row(self, decision: Decision) -> Row:
        made = awards.awards_of(self.office, decision)
        printed = len(awards.printed_before(self.office, made))
        money = f"{sum(each.money for each in made):,}".replace(",", ".")
        day = f"{decision.day:%d/%m/%Y}"
        cells = (decision.number, day, decision.title, str(len(made)), money, f"{printed}/{len(made)}")
        find = fold(f"{decision.number} {day} {decision.title} {' '.join(each.name for each in made)}")
        return Row(id=decision.id, cells=cells, find=find, data=(decision, made))

    def _chosen(self) -> tuple[Decision, list[Award]] | None:
        chosen = self.listing.table.cursor_id
        row = next((each for each in self.listing.table.view_rows if each.id == chosen), None)
        data: tuple[Decision, list[Award]] | None = cast("Any", row.data) if row else None
        return data

    @on(VirtualTable.Opened)
    def _open(self, _event: VirtualTable.Opened) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        decision, made = chosen
        lines = [f"{decision.number} · {decision.day:%d/%m/%Y} · {decision.issuer}", ""]
        for award in made:
            money = f"{award.money:,}".replace(",", ".")
            lines += [
                f"{award.register:>9}  {award.name} · {award.unit_name} · {money} đ",
                f"           {award.citation}",
            ]
        if made:
            lines += ["", say_("Money: {note}", note=made[0].money_note)]
        self.app.push_screen(Report(decision.title, lines))

    def action_new(self) -> None:
        """Enter a signed decision."""

        def entered(decision: str | None) -> None:
            if decision:
                self.catch_up()
                self.listing.table.move_to(decision)
                self.news(t("Registered. F7 prints the certificates; Ctrl+Z takes the decision back"))

        if self.may_write():
            self.app.push_screen(AwardForm(), entered)

    def action_print(self) -> None:
        """Print the certificates of the decision under the cursor."""
        chosen = self._chosen()
        if chosen is not None:
            decision, made = chosen
            self.offer(lambda: award_job(self.office, made), f"GK-{decision.number.replace('/', '-')}")


def _columns() -> list[Column]:
    return [
        Column("number", say_("Number"), 16, sort=str, grow=True),
        Column("day", say_("Day"), 10),
        Column("title", say_("Title"), 20, grow=True),
        Column("people", say_("People"), 6, align="right"),
        Column("money", say_("Money (đ)"), 12, align="right"),
        Column("printed", say_("Printed"), 7, align="right"),
    ]
