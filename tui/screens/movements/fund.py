"""The prize fund: every movement of money of a year, and what is left of each source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.fund import FundEntry
from records.domain.dates import shown
from records.domain.people.names import fold
from records.rules.awards.words import MONEY_WORDS, dong, read_dong
from records.services.movements import fund as services
from tui.present.rows import Column, Row
from tui.screens.awards.forms import filled
from tui.screens.base import key
from tui.screens.form import OfficeForm, day_field
from tui.screens.movements.lists import ActingList
from tui.screens.paper_out import ask_paper
from tui.widgets.dialogs import Choose
from tui.widgets.fields import Field


class FundScreen(ActingList):
    """Money in and out, by day; the sources with what is left stand above."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("Enter money")),
        key("year", t("Year")),
        key("papers", t("Papers")),
        key("remove", t("Take out"), show=False),
        key("back", t("Back"), show=False),
    ]
    empty = t("No money was entered or paid this year. Ins: enter income")

    def __init__(self) -> None:
        super().__init__()
        self._year = 0

    @property
    def year(self) -> int:
        """The year shown."""
        return self._year or self.on.year

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Awards"), tr_("Prize fund"), str(self.year)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("day", tr_("Day"), 10),
            Column("kind", tr_("Kind"), 16, sort=str),
            Column("amount", tr_("Money (đ)"), 13, align="right"),
            Column("about", tr_("For"), 22, grow=True),
            Column("number", tr_("Number"), 12),
            Column("fund", tr_("Source of money"), 26, grow=True),
        ]

    def refresh_office(self) -> None:
        """Read the year."""
        self.listing.set_rows(
            Row(
                id=each.record,
                cells=(
                    shown(each.day), tr(MONEY_WORDS[each.kind]), dong(each.amount), each.about, each.number, each.fund
                ),
                styles={2: "good" if each.amount > 0 else ""},
                find=fold(f"{each.about} {each.number} {each.fund} {tr(MONEY_WORDS[each.kind])}"),
            )
            for each in services.lines(self.office, year=self.year)
        )  # fmt: skip
        left = (f"{each.fund}: {dong(each.closing)} đ" for each in services.balances(self.office, self.year))
        self.show_counts(" · ".join(left))
        self.show_place()

    def action_new(self) -> None:
        """Enter income or spending."""
        if self.may_write():
            self.app.push_screen(MoneyForm(), self.entered(t("Entered. Ctrl+Z takes it back")))

    def action_remove(self) -> None:
        """Take the entry under the cursor out; what was paid for an award is recovered instead."""
        entry = self.office.book.table(FundEntry).get(self.listing.table.cursor_id or "")
        if entry is None:
            self.news(t("Only what was entered here is taken out; prize money is recovered under Awards"), bad=True)
            return
        title = t("Take {amount} đ out of the fund's entries?", amount=dong(entry.amount))
        told = t("Taken out: {n}. Ctrl+Z brings them back", n=1)
        self.ask_sure(title, t("Take out"), lambda: services.remove(self.office, entry), told)

    def action_year(self) -> None:
        """Choose the year."""
        years = sorted({each.day.year for each in services.lines(self.office)} | {self.on.year}, reverse=True)

        def chosen(year: str | None) -> None:
            if year:
                self._year = int(year)
                self.refresh_office()

        self.app.push_screen(Choose(t("Year"), [(str(each), str(each)) for each in years]), chosen)

    def action_papers(self) -> None:
        """Write the fund of the year."""
        office, year = self.office, self.year

        def write(to: Any) -> None:
            from exports.papers.prize_fund import write_fund  # noqa: PLC0415  # pages are heavy

            write_fund(office, year, to.path, day=to.day, log=to.log, overwrite=to.overwrite)

        ask_paper(self, f"fund-{year}", write)


class MoneyForm(OfficeForm):
    """Income or spending; answers with its id."""

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Enter money of the prize fund")

    def fields(self) -> list[Field]:
        """Kind, source, amount, paper."""
        kinds = [("income", tr(MONEY_WORDS["income"])), ("spent", tr(MONEY_WORDS["spent"]))]
        return [
            Field("kind", t("Kind"), "choice", options=kinds),
            Field("fund", t("Source of money"), judge=filled(t("Source of money"))),
            Field("amount", t("Money (đ)"), judge=lambda typed: read_dong(typed, field=t("Money (đ)"))),
            day_field("day", t("Day"), self.on, needed=True),
            Field("number", t("Number")),
            Field("note", t("Note")),
        ]

    def first_values(self) -> dict[str, str]:
        """The first source there is, on this day."""
        known = services.sources(self.office)
        return {"kind": "income", "fund": known[0] if known else "", "day": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter it."""
        return services.enter(self.office, FundEntry(id="", **values)).id
