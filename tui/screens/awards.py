"""Awards: decisions of commendation, what each holds, and printing its certificates."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from config.errors import AppError
from config.speech import say_
from config.text import Text, t
from records.desks import awards
from records.domain.awards import Award, Decision
from records.domain.names import fold
from tui.cli.certificate import TEMPLATES
from tui.screens.award_form import AwardForm
from tui.screens.base import DeskScreen, key
from tui.screens.filters import documents_folder
from tui.widgets.dialogs import AskText, Confirm, Report
from tui.widgets.listing import Listing
from tui.widgets.table import Column, Row, VirtualTable


class AwardsScreen(DeskScreen):
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

    # -- printing -----------------------------------------------------------------------------------------------------

    def action_print(self) -> None:
        """Print the certificates of the decision under the cursor."""
        chosen = self._chosen()
        if chosen is None or not self.may_write():
            return
        decision, made = chosen
        again = awards.printed_before(self.office, made)
        if not again:
            self._ask_place(decision, made)
            return

        def agreed(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._ask_place(decision, made)

        lines = (t("{n} of them were printed before; they will be marked as re-issued", n=len(again)),)
        self.app.push_screen(
            Confirm(t("Print a second original?"), lines, yes=t("Print again"), no=t("Cancel")), agreed
        )

    def _ask_place(self, decision: Decision, made: list[Award]) -> None:
        def take(typed: str | None) -> None:
            if typed:
                self._print(decision, made, Path(typed.strip()).expanduser())

        default = documents_folder() / f"GK-{decision.number.replace('/', '-')}.pdf"
        self.app.push_screen(AskText(t("Print certificates"), t("File"), str(default), judge=_judge_place), take)

    @work(thread=True, exclusive=True, group="print")
    def _print(self, decision: Decision, made: list[Award], path: Path) -> None:
        from exports.certificates.batch import print_batch  # noqa: PLC0415  # ReportLab is heavy
        from exports.certificates.fields import certificate_of  # noqa: PLC0415
        from exports.certificates.template import load_template  # noqa: PLC0415

        again = awards.printed_before(self.office, made)
        name = TEMPLATES.get(decision.form, TEMPLATES["party"])
        tell = self.app.call_from_thread
        tell(self.progress, t("Preparing the fonts"), 0, 0)
        try:
            report = print_batch(
                load_template(name, self.office.book.path / "config"),
                [certificate_of(award, decision, reissue=award in again) for award in made],
                path,
                progress=lambda done, all_: tell(self.progress, t("Printing"), done, all_),
            )
        except AppError as error:
            tell(self.end_progress)
            tell(self.complain, error)
            return
        tell(self._printed, made, name, report.sha256, report.path, report.font_family)

    def _printed(self, made: list[Award], template: str, sha256: str, path: Path, family: str) -> None:
        self.end_progress()
        today = self.on
        if self.attempt(lambda: awards.record_print(self.office, made, template=template, sha256=sha256, today=today)):
            self.catch_up()
            self.news(t("Printed {n} certificates to {path} in {font}", n=len(made), path=path, font=family))


def _judge_place(typed: str) -> Text | None:
    path = Path(typed.strip()).expanduser()
    if path.suffix.lower() != ".pdf":
        return t("Name the file .pdf")
    return t("There is a file of this name already; choose another") if path.exists() else None


def _columns() -> list[Column]:
    return [
        Column("number", say_("Number"), 16, sort=str, grow=True),
        Column("day", say_("Day"), 10),
        Column("title", say_("Title"), 20, grow=True),
        Column("people", say_("People"), 6, align="right"),
        Column("money", say_("Money (đ)"), 12, align="right"),
        Column("printed", say_("Printed"), 7, align="right"),
    ]
