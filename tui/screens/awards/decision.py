"""One decision: its awards, their certificates, money, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.text import Text, t
from exports.certificates.jobs import award_job
from records.domain.awards.awards import Award, Decision, standing
from records.domain.people.names import fold, sort_key
from records.rules.awards.words import dong
from records.services.awards import decisions, paying, revoking
from records.services.awards.award_history import story
from records.services.movements import fund
from records.services.office import Office
from tui.present.rows import Column, Row
from tui.screens.awards import papers
from tui.screens.awards.forms import CorrectionForm
from tui.screens.base import Act, key
from tui.screens.certificates.printing import PrintScreen
from tui.widgets.dialogs import AskText, Choose, Confirm, Report
from tui.widgets.table import VirtualTable


class DecisionScreen(PrintScreen):
    """The awards of one decision in the order of the register."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("correct", t("Correct")),
        key("print", t("Print certificates")),
        key("more", t("Pay, recover")),
        key("revoke", t("Revoke")),
        key("papers", t("Papers")),
        key("back", t("Back"), show=False),
    ]
    more_acts = (Act("pay", t("Pay")), Act("recover", t("Recover")))
    empty = t("Nobody is in this decision")
    counted = True

    def __init__(self, decision_id: str) -> None:
        super().__init__()
        self._decision_id = decision_id
        self.awards: list[Award] = []

    @property
    def decision(self) -> Decision | None:
        """The decision, or None once it was taken back."""
        return self.office.book.table(Decision).get(self._decision_id)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Awards"), self.decision.number if self.decision else "")

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("register", tr_("Register no."), 12),
            Column("name", tr_("Full name"), 22, sort=sort_key, grow=True),
            Column("unit", tr_("Unit"), 18, sort=sort_key, grow=True),
            Column("money", tr_("Money (đ)"), 10, align="right"),
            Column("paid", tr_("Paid"), 10, align="right"),
            Column("printed", tr_("Printed"), 7),
            Column("state", tr_("State"), 11, sort=str),
        ]

    def refresh_office(self) -> None:
        """Read the decision again; without one any more there is nothing to show."""
        decision = self.decision
        if decision is None:
            self.dismiss()
            return
        self.awards = decisions.awards_of(self.office, decision)
        counting = {each.id for each in standing(self.office.book.table(Award))}
        printed = {each.id for each in decisions.printed_before(self.office, self.awards)}
        self.listing.set_rows(
            self._row(each, printed=each.id in printed, counts=each.id in counting) for each in self.awards
        )
        paid = sum(paying.outstanding(self.office, each) for each in self.awards)
        counting_here = [each for each in self.awards if each.id in counting]
        total = sum(each.money for each in counting_here)
        revoked = sum(bool(each.revoked) for each in self.awards)
        parts = [
            f"{decision.title} · {decision.day:%d/%m/%Y} · {decision.issuer}",
            tr_("{n} awards, {total} đ, paid {paid} đ", n=len(counting_here), total=dong(total), paid=dong(paid)),
            *([tr_("{n} revoked", n=revoked)] if revoked else []),
        ]
        self.show_counts(" · ".join(parts))

    def _row(self, each: Award, *, printed: bool, counts: bool) -> Row:
        paid = paying.outstanding(self.office, each)
        state = tr_("revoked") if each.revoked else "" if counts else tr_("corrected")
        cells = (
            f"✗ {each.register}" if each.revoked else each.register,
            each.name,
            each.unit_name,
            dong(each.money),
            dong(paid) if paid else "—",
            "✓" if printed else "—",
            state,
        )
        styles = dict.fromkeys(range(len(cells)), "dim") | {0: "bad"} if each.revoked else {}
        return Row(id=each.id, cells=cells, styles=styles, find=fold(" ".join(cells)))

    def chosen(self) -> list[Award]:
        """The awards marked, else the one under the cursor."""
        ids = self.chosen_ids()
        return [each for each in self.awards if each.id in ids]

    # -- acts ---------------------------------------------------------------------------------------------------------

    def action_print(self) -> None:
        """Print the certificates of the marked awards, or of the one under the cursor."""
        made = self.chosen()
        if made and self.decision:
            self.offer(lambda: award_job(self.office, made), f"GK-{self.decision.number.replace('/', '-')}")

    def action_pay(self) -> None:
        """Record that the marked were paid, or the one under the cursor."""
        counting = {each.id for each in standing(self.office.book.table(Award))}
        made = [each for each in self.chosen() if each.id in counting]
        waiting = [each for each in made if paying.owed(self.office, each)]
        if not waiting:
            self.news(t("Nothing is left to be paid here; Ctrl+A marks all of them"), bad=True)
            return
        total = dong(sum(paying.owed(self.office, each) for each in waiting))
        title = t("Paid: {n} awards, {amount} đ", n=len(waiting), amount=total)

        def from_source(source: str | None) -> None:
            def asked(voucher: str | None) -> None:
                if voucher is not None:
                    self._do(
                        lambda: paying.pay(self.office, waiting, self.on, voucher=voucher, fund=source or ""), title
                    )

            if source is not None:
                self.app.push_screen(AskText(title, t("Number of the payment paper (may be empty)"), ""), asked)

        if self.may_write():
            self._ask_source(from_source)

    def _ask_source(self, then: Callable[[str | None], None]) -> None:
        """Ask from which source, where the fund is kept in the book; else it is that of the settings."""
        kept = fund.kept_sources(self.office)
        if not kept:
            then("")
            return
        left = {each.fund: dong(each.closing) for each in fund.balances(self.office, self.on.year)}
        usual = ("", tr_("the source of the settings"), "")
        options = [*((each, each, f"{left.get(each, '0')} đ") for each in kept), usual]
        self.app.push_screen(Choose(t("Paid from"), options), then)

    def action_recover(self) -> None:
        """Record that the money of the marked revoked awards was taken back, or of the one under the cursor."""
        waiting = [each for each in self.chosen() if each.revoked and paying.outstanding(self.office, each)]
        if not waiting:
            self.news(t("No money of a revoked award is outstanding"), bad=True)
            return
        total = dong(sum(paying.outstanding(self.office, each) for each in waiting))
        title = t("Recovered: {n} awards, {amount} đ", n=len(waiting), amount=total)

        def asked(voucher: str | None) -> None:
            if voucher is not None:
                self._do(lambda: paying.recover(self.office, waiting, self.on, voucher=voucher), title)

        if self.may_write():
            self.app.push_screen(AskText(title, t("Number of the payment paper (may be empty)"), ""), asked)

    def action_revoke(self) -> None:
        """Take the marked awards back on a ground of the law."""
        made = self.chosen()
        grounds = self.office.settings.procedure.grounds
        options = [(each, ground.title.in_language(language()), ground.article) for each, ground in grounds.items()]

        def numbered(ground: str, number: str | None) -> None:
            if number is not None:
                told = t("Revoked: {n}. The register keeps them; F8 recovers the money", n=len(made))
                self._do(lambda: revoking.revoke(self.office, made, self.on, ground, number=number), told)

        def asked(ground: str | None) -> None:
            if ground:
                dialog = AskText(t("Revoke"), t("Number of the decision that revokes"), "")
                self.app.push_screen(dialog, lambda number: numbered(ground, number))

        def agreed(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self.app.push_screen(Choose(t("On which ground?"), options), asked)

        if made and self.may_write():
            names = [each.name for each in made[:8]]
            title = t("Take back {n} awards by a decision?", n=len(made))
            dialog = Confirm(title, names, yes=t("Take back the awards"), danger=True)
            self.app.push_screen(dialog, agreed)

    def action_correct(self) -> None:
        """Put the award under the cursor right by a new decision."""
        found = [each for each in self.awards if each.id == self.listing.table.cursor_id]

        def entered(done: str | None) -> None:
            if done:
                self.catch_up()
                register = self.office.book.table(Award)[done].register
                self.news(t("Corrected: registered as {register}; the old entry stays", register=register))

        if found and self.may_write():
            self.app.push_screen(CorrectionForm(found[0]), entered)

    def _do(self, act: Callable[[], object], told: Text) -> None:
        if self.attempt(act):
            self.catch_up()
            self.news(told)

    def action_papers(self) -> None:
        """Write the annexed list, or the list of the money."""
        if self.decision:
            papers.ask_decision(self, self.decision)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        each = self.office.book.table(Award)[event.row_id]
        self.app.push_screen(Report(f"{each.register} · {each.name}", story_lines(self.office, each)))


def story_lines(office: Office, award: Award) -> list[str]:
    """The way of an award, to read."""
    lines = [award.citation, f"{award.achieved_from:%d/%m/%Y} – {award.achieved_to:%d/%m/%Y}", award.money_note, ""]
    for step in story(office, award):
        day = f"{step.day:%d/%m/%Y}" if step.day else ""
        lines.append(f"{day:>10}  {tr(step.what)}" + (f" · {step.by}" if step.by else ""))
    return lines
