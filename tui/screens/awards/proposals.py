"""One proposal list: who is on it, what the office found, how the council voted, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.awards.proposals import STOPPED, Appraisal, Candidate, ProposalList
from records.rules.awards.words import dong
from records.services.awards import appraising, proposing
from records.services.awards.budgeting import budget
from records.services.paper_numbers import SUBMISSION, suggested
from tui.present.proposals import budget_lines, columns, detail_lines, row_of
from tui.present.rows import Column
from tui.screens.awards import papers
from tui.screens.awards.forms import MeetingForm, NominationForm, SignedForm, change_votes
from tui.screens.awards.subjects import ChooseSubjects
from tui.screens.base import Act, key
from tui.screens.list_screen import ListScreen
from tui.screens.more import ask_flips
from tui.screens.movements.dossiers import ask_dossier
from tui.widgets.dialogs import AskText, Confirm, Report
from tui.widgets.table import VirtualTable


class ProposalScreen(ListScreen):
    """The candidates of one list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("add", t("Add")),
        key("change", t("Change")),
        key("agree", t("Agree")),
        key("sign_decision", t("Decide")),
        key("withdraw", t("Take off"), show=False),
        key("more", t("More")),
        key("papers", t("Papers")),
        key("back", t("Back"), show=False),
    ]
    more_acts = (
        Act("give_back", t("Return with a reason")),
        Act("refuse", t("Refuse")),
        Act("council", t("Council")),
        Act("votes", t("Votes of the marked")),
        Act("submit", t("Note the proposal's number")),
        Act("budget", t("What it costs")),
        Act("reopen", t("Appraise the marked anew")),
        Act("files", t("Files of the dossier")),
    )
    empty = t("Nobody is on the list. Ins: propose people or units")
    counted = True

    def __init__(self, list_id: str) -> None:
        super().__init__()
        self._list_id = list_id
        self.candidates: list[Candidate] = []

    @property
    def proposals(self) -> ProposalList | None:
        """The list, or None once it was taken back."""
        return self.office.book.table(ProposalList).get(self._list_id)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Awards"), self.proposals.title if self.proposals else "")

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return columns()

    def refresh_office(self) -> None:
        """Read the list again; without one any more there is nothing to show."""
        proposals = self.proposals
        if proposals is None:
            self.dismiss()
            return
        self.candidates = proposing.candidates_of(self.office, proposals)
        names = self.office.names()
        found = appraising.results(self.office, proposals, self.on)
        self.listing.set_rows(
            row_of(self.office, each, names.get(each.subject, ""), found[each.id]) for each in self.candidates
        )
        self._count(proposals)

    def _count(self, proposals: ProposalList) -> None:
        chosen = [each for each in self.candidates if each.appraisal not in STOPPED]
        parts = [proposals.number or tr_("not sent out yet")]
        parts.append(tr_("{n} candidates", n=len(self.candidates)))
        try:
            parts.append(f"{dong(budget(self.office, chosen, self.on).total)} đ")
        except AppError as error:
            parts.append(tr(error.what))
        waiting = sum(not each.appraisal and not each.award for each in self.candidates)
        decided = sum(bool(each.award) for each in self.candidates)
        parts += [tr_("not appraised {n}", n=waiting)] if waiting else []
        parts += [tr_("decided {n}", n=decided)] if decided else []
        self.show_counts(" · ".join(parts))

    def chosen(self) -> list[Candidate]:
        """The candidates marked, else the one under the cursor."""
        ids = self.chosen_ids()
        return [each for each in self.candidates if each.id in ids]

    # -- acts ---------------------------------------------------------------------------------------------------------

    def _do(self, act: Callable[[], object], told: Text) -> None:
        if self.may_write() and self.attempt(act):
            self.catch_up()
            self.news(told)

    def action_add(self) -> None:
        """Ask for what, then whom."""
        proposals = self.proposals
        if proposals is None or not self.may_write():
            return
        form = NominationForm(proposals)

        def named(subjects: list[str] | None) -> None:
            if subjects and form.nomination is not None:
                told = replace(form.nomination, subjects=subjects)
                self._do(
                    lambda: proposing.nominate(self.office, proposals, told, self.on),
                    t("Proposed: {n}. Ctrl+Z takes it back", n=len(subjects)),
                )

        def asked(prize: str | None) -> None:
            if prize:
                self.app.push_screen(ChooseSubjects(self.office, self.on, units=form.is_collective()), named)

        self.app.push_screen(form, asked)

    def action_change(self) -> None:
        """Change the achievement and its days of the marked candidates."""
        proposals, chosen = self.proposals, self.chosen()

        def changed(done: str | None) -> None:
            if done:
                self.catch_up()
                self.news(t("Changed: {n} candidates", n=len(chosen)))

        if proposals and chosen and self.may_write():
            self.app.push_screen(NominationForm(proposals, chosen), changed)

    def action_agree(self) -> None:
        """The office agrees to the marked candidates; goes on to the next."""
        self._appraise("agreed", "")
        if not self.listing.table.marks:
            self.listing.table.action_move(1)

    def action_refuse(self) -> None:
        """The office does not agree, and says why."""
        self._stop("refused", t("Not agreed to"))

    def action_give_back(self) -> None:
        """The dossier goes back to who proposed it, with what is missing; it may come again."""
        self._stop("returned", t("Returned to who proposed it"))

    def _stop(self, verdict: Appraisal, title: Text) -> None:
        def asked(reason: str | None) -> None:
            if reason:
                self._appraise(verdict, reason)

        if self.chosen() and self.may_write():
            self.app.push_screen(AskText(title, t("Reason"), ""), asked)

    def _appraise(self, verdict: Appraisal, reason: str) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        flipped = sum(each.appraisal not in ("", verdict) for each in chosen) if self.listing.table.marks else 0
        told = t("Appraised: {n} candidates", n=len(chosen))
        ask_flips(
            self,
            flipped,
            lambda: self._do(
                lambda: appraising.appraise(self.office, chosen, verdict, reason=reason, day=self.on), told
            ),
        )

    def action_council(self) -> None:
        """Enter the council's minutes."""

        def entered(done: str | None) -> None:
            if done:
                self.catch_up()
                self.news(t("The minutes are entered. F8 changes the votes of the marked"))

        if self.proposals and self.candidates and self.may_write():
            self.app.push_screen(MeetingForm(self.proposals, self.candidates), entered)

    def action_sign_decision(self) -> None:
        """Enter the signed decision on what was agreed to."""
        waiting = list(dict.fromkeys(each.prize for each in self.candidates if not each.award))

        def decided(done: str | None) -> None:
            if done:
                self.catch_up()
                self.news(t("Registered. The decision stands under “Awards”; Ctrl+Z takes it back"))

        if self.proposals and waiting and self.may_write():
            self.app.push_screen(SignedForm(self.proposals, waiting), decided)

    def action_votes(self) -> None:
        """Change the votes of the marked."""
        chosen = self.chosen()

        def asked(typed: str | None) -> None:
            if typed:
                votes = int(typed)
                told = t("{votes} votes each: {n} candidates", votes=votes, n=len(chosen))
                self._do(lambda: change_votes(self.office, chosen, votes), told)

        if chosen:
            judge = _judge_whole
            self.app.push_screen(AskText(t("Votes of the marked"), t("Members in favour"), "", judge=judge), asked)

    def action_submit(self) -> None:
        """Note that the proposal went out."""
        proposals = self.proposals

        def asked(number: str | None) -> None:
            if number and proposals:
                told = t("Proposed by {number}", number=number)
                self._do(lambda: proposing.submit(self.office, proposals, number, self.on), told)

        if proposals:
            first = proposals.number or suggested(self.office, SUBMISSION, proposals.form, self.on)
            dialog = AskText(t("The proposal went out"), t("Number, such as 12-TTr/BTG"), first)
            self.app.push_screen(dialog, asked)

    def action_budget(self) -> None:
        """Say what it costs."""
        chosen = [each for each in self.candidates if each.appraisal not in STOPPED]
        try:
            cost = budget(self.office, chosen, self.on)
        except AppError as error:
            self.complain(error)
            return
        self.app.push_screen(Report(t("What it costs if it is decided on {day}", day=self.on), budget_lines(cost)))

    def action_files(self) -> None:
        """Show the files of the candidate under the cursor."""
        if chosen := self.chosen():
            ask_dossier(self, chosen[0].id, self.office.names().get(chosen[0].subject, ""))

    def action_reopen(self) -> None:
        """Appraise the marked anew."""
        self._appraise("", "")

    def action_withdraw(self) -> None:
        """Take the marked off the list."""
        chosen = self.chosen()

        def agreed(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._do(lambda: proposing.withdraw(self.office, chosen), t("Taken off: {n}", n=len(chosen)))

        if chosen:
            title = t("Take {n} candidates off the list?", n=len(chosen))
            self.app.push_screen(Confirm(title, (), yes=t("Take off")), agreed)

    def action_papers(self) -> None:
        """Write the proposal, or the list of votes."""
        if self.proposals:
            papers.ask_list(self, self.proposals)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        each = next(one for one in self.candidates if one.id == event.row_id)
        name = self.office.names().get(each.subject, "")
        if self.proposals:
            result = appraising.results(self.office, self.proposals, self.on)[each.id]
            self.app.push_screen(Report(name, detail_lines(self.office, each, result)))


def _judge_whole(typed: str) -> Text | None:
    return None if typed.strip().isdecimal() else t("write a whole number")
