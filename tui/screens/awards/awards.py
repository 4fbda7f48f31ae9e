"""Awards: proposal lists on their way, decisions, and the register."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import tr_
from config.text import t
from exports.certificates.jobs import award_job
from records.domain.awards.awards import Award, Decision
from records.domain.awards.proposals import Candidate, ProposalList
from records.domain.people.names import fold
from records.rules.awards.words import dong
from records.services.awards import appraising, proposing
from records.services.awards import decisions as awards
from tui.present.rows import Column, Row
from tui.screens.awards.decision import DecisionScreen
from tui.screens.awards.decision_form import AwardForm
from tui.screens.awards.eligible import EligibleScreen
from tui.screens.awards.forms import ListForm
from tui.screens.awards.proposals import ProposalScreen
from tui.screens.awards.register import RegisterScreen
from tui.screens.base import Act, key
from tui.screens.certificates.printing import PrintScreen
from tui.screens.more import ask_act_of
from tui.screens.movements.fund import FundScreen
from tui.screens.reports.reports import ReportsScreen
from tui.widgets.table import VirtualTable


class AwardsScreen(PrintScreen):
    """Lists that are not decided yet, then decisions, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("New")),
        key("views", t("Who may be, register")),
        key("print", t("Print certificates")),
    ]
    other_views = (
        Act("eligible", t("Who may be")),
        Act("register", t("The register")),
        Act("fund", t("Prize fund")),
        Act("reports", t("Report forms")),
    )
    empty = t("No award is in the book. Ins: begin a proposal list, or enter a signed decision")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Awards"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("number", tr_("Number"), 12, sort=str),
            Column("day", tr_("Day"), 10),
            Column("title", tr_("Title"), 18, grow=True),
            Column("stage", tr_("Stage"), 18, sort=str),
            Column("people", tr_("Awards given"), 12, align="right"),
            Column("money", tr_("Money (đ)"), 11, align="right"),
            Column("printed", tr_("Printed"), 7, align="right"),
        ]

    def refresh_office(self) -> None:
        """Read lists and decisions."""
        lists = sorted(self.office.book.table(ProposalList), key=lambda each: (each.opened, each.id), reverse=True)
        decisions = sorted(self.office.book.table(Decision), key=lambda each: (each.day, each.id), reverse=True)
        rows = [(each, proposing.candidates_of(self.office, each)) for each in lists]
        made = {each.id: awards.awards_of(self.office, each) for each in decisions}
        every = [award for found in made.values() for award in found]
        printed = {each.id for each in awards.printed_before(self.office, every)}
        waiting = [self._list_row(each, found) for each, found in rows if proposing.is_waiting(found)]
        done = [self._list_row(each, found) for each, found in rows if not proposing.is_waiting(found)]
        given = [self._row(each, made[each.id], printed) for each in decisions]
        self.listing.set_rows([*waiting, *given, *done])

    def _list_row(self, proposals: ProposalList, found: list[Candidate]) -> Row:
        day = f"{proposals.opened:%d/%m/%Y}"
        cells = (proposals.number or "—", day, proposals.title, self._stage(proposals, found), str(len(found)), "", "")
        return Row(id=proposals.id, cells=cells, find=fold(" ".join(cells)))

    def _stage(self, proposals: ProposalList, found: list[Candidate]) -> str:
        if found and not proposing.is_waiting(found):
            return tr_("list: decided")
        if any(each.votes is not None for each in found) or appraising.meeting_of(self.office, proposals.id):
            return tr_("list: council")
        if any(each.appraisal for each in found):
            return tr_("list: appraised")
        return tr_("list: sent out") if proposals.submitted else tr_("list: begun")

    def _row(self, decision: Decision, made: list[Award], printed: set[str]) -> Row:
        day, money = f"{decision.day:%d/%m/%Y}", dong(sum(each.money for each in made))
        stage = tr_("correction") if decision.corrects else tr_("decision")
        share = f"{sum(each.id in printed for each in made)}/{len(made)}"
        cells = (decision.number, day, decision.title, stage, str(len(made)), money, share)
        find = fold(f"{decision.number} {day} {decision.title} {' '.join(each.name for each in made)}")
        return Row(id=decision.id, cells=cells, find=find)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        if self.office.book.table(Decision).get(event.row_id):
            self.app.push_screen(DecisionScreen(event.row_id))
        else:
            self.app.push_screen(ProposalScreen(event.row_id))

    def action_new(self) -> None:
        """Begin a list, or enter a decision."""
        ask_act_of(self, t("New"), (Act("enter", t("New decision")), Act("propose", t("New proposal list"))))

    def action_enter(self) -> None:
        """Enter a signed decision."""

        def entered(decision: str | None) -> None:
            if decision:
                self.catch_up()
                self.listing.table.move_to(decision)
                self.news(t("Registered. F7 prints the certificates; Ctrl+Z takes the decision back"))

        if self.may_write():
            self.app.push_screen(AwardForm(), entered)

    def action_propose(self) -> None:
        """Begin a proposal list, and open it."""

        def begun(list_id: str | None) -> None:
            if list_id:
                self.catch_up()
                self.listing.table.move_to(list_id)
                self.app.push_screen(ProposalScreen(list_id))

        if self.may_write():
            self.app.push_screen(ListForm(), begun)

    def action_eligible(self) -> None:
        """Show who may be commended with what."""
        self.app.push_screen(EligibleScreen())

    def action_fund(self) -> None:
        """Show the prize fund."""
        self.app.push_screen(FundScreen())

    def action_reports(self) -> None:
        """Show the report forms."""
        self.app.push_screen(ReportsScreen())

    def action_register(self) -> None:
        """Show the register."""
        self.app.push_screen(RegisterScreen())

    def action_print(self) -> None:
        """Print the certificates of the decision under the cursor."""
        decision = self.office.book.table(Decision).get(self.listing.table.cursor_id or "")
        if decision is None:
            self.news(t("Choose a decision first; Enter opens it"), bad=True)
            return
        made = awards.awards_of(self.office, decision)
        self.offer(lambda: award_job(self.office, made), f"GK-{decision.number.replace('/', '-')}")
