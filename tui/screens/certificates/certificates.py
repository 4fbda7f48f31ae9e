"""Certificates: every award with what was printed for it; print, look, verify, line up a blank."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import language, tr_
from config.paths import typed_path
from config.text import t
from exports.certificates import jobs
from exports.certificates.proof.verifier import write_verifier
from records.domain.awards.awards import Award, Decision, Issue
from records.domain.people.names import fold
from records.services.awards.issuing import own
from tui.present import verification
from tui.present.rows import Column, Row
from tui.screens.base import Act, key
from tui.screens.certificates.blank_form import BlankForm
from tui.screens.certificates.issued_form import IssuedForm
from tui.screens.certificates.preview import CertificatePreview
from tui.screens.certificates.printing import PrintScreen
from tui.screens.filters import documents_folder
from tui.widgets.dialogs import AskText, Report
from tui.widgets.table import VirtualTable

_STATE = 2


class CertificatesScreen(PrintScreen):
    """Awards, newest first, each with the state of its certificate."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("preview", t("Preview")),
        key("print", t("Print")),
        key("more", t("Verify, cards, blanks")),
    ]
    more_acts = (
        Act("check_paper", t("Verify")),
        Act("cards", t("Reporters' cards")),
        Act("blank", t("Blanks")),
        Act("designs", t("Templates")),
        Act("hand_out", t("Page for browsers that checks certificates")),
    )
    empty = t("No award is registered. Enter a decision under “Awards”; F8 prints reporters' cards")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Certificates"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("register", tr_("Register no."), 12, align="right"),
            Column("name", tr_("Name"), 22, grow=True, sort=str),
            Column("state", tr_("Certificate"), 21),
            Column("number", tr_("Decision"), 14),
            Column("unit", tr_("Unit"), 16, grow=True),
            Column("title", tr_("Title"), 12),
        ]

    def refresh_office(self) -> None:
        """Read the awards and what was printed."""
        decisions = {each.id: each for each in self.office.book.table(Decision)}
        issues: dict[str, list[Issue]] = {}
        for each in self.office.book.table(Issue):
            issues.setdefault(each.award, []).append(each)
        made = [(decisions[each.decision], each) for each in self.office.book.table(Award)]
        made.sort(key=lambda pair: (-pair[0].day.toordinal(), pair[0].id, pair[1].register_number))
        self.listing.set_rows(_row(decision, award, issues.get(award.id, [])) for decision, award in made)

    def _chosen(self) -> list[Award]:
        """The marked awards, or the one under the cursor, in the order of the list."""
        found = (self.office.book.table(Award).get(each) for each in self.chosen_ids())
        return [each for each in found if each is not None]

    def action_print(self) -> None:
        """Print the marked certificates, or the one under the cursor."""
        made = self._chosen()
        if not made:
            self.news(t("There is no award to print"), bad=True)
            return
        stem = f"GK-{made[0].register.replace('/', '-')}" + ("" if len(made) == 1 else f"-{len(made)}")
        self.offer_ways(lambda: jobs.award_job(self.office, made), stem)

    def action_cards(self) -> None:
        """Print the cards of all reporters in force, after who signs them was asked."""
        day = self.on
        form = IssuedForm(own(self.office, day))

        def given(done: str | None) -> None:
            if done:
                self.offer(lambda: jobs.card_job(self.office, [], day, form.given), f"the-bao-cao-vien-{day:%Y-%m-%d}")

        if self.may_write():
            self.app.push_screen(form, given)

    @on(VirtualTable.Opened)
    def _opened(self, _event: VirtualTable.Opened) -> None:
        self.action_preview()

    def action_preview(self) -> None:
        """Look at the marked certificates, or the one under the cursor."""
        made = self._chosen()
        if not made:
            return
        try:
            job = jobs.award_job(self.office, made, sealed=self.office_app.read_only_reason is None)
        except AppError as error:
            self.complain(error)
            return
        self.app.push_screen(CertificatePreview(job))

    def action_check_paper(self) -> None:
        """Ask for a file or a code, and say what it is worth."""

        def take(typed: str | None) -> None:
            if typed and typed.strip():
                self._verify(typed)

        label = t("A PDF or picture, a folder of scans, the code as scanned, or its short code")
        self.app.push_screen(AskText(t("Is it genuine?"), label), take)

    def _verify(self, typed: str) -> None:
        ground = verification.Ground(self.on, self.office)

        def show(answer: verification.Answer) -> None:
            self.app.push_screen(Report(t("Is it genuine?"), verification.lines_of(answer)))

        self.behind(
            t("Reading the papers"),
            lambda job: verification.verify(ground, typed, progress=job.progress, stop=job.is_stopped),
            show,
            on_stop=t("Stopped reading"),
        )

    def action_hand_out(self) -> None:
        """Write the page by which anybody checks this office's certificates."""

        def take(typed: str | None) -> None:
            if not typed:
                return
            try:
                out = typed_path(typed)
                write_verifier(self.office, out, today=self.today, language=language())
            except AppError as error:
                self.complain(error)
                return
            self.news(t("Written to {path}", path=out))

        if self.may_write():
            label = t("File (.html), to be handed out or put on a web site")
            default = documents_folder() / f"kiem-tra-{self.office.settings.office.code}.html"
            self.app.push_screen(AskText(t("Page for browsers that checks certificates"), label, str(default)), take)

    def action_designs(self) -> None:
        """Show the templates, to be designed."""
        from tui.screens.certificates.designs import DesignsScreen  # noqa: PLC0415  # ReportLab is heavy

        self.app.push_screen(DesignsScreen())

    def action_blank(self) -> None:
        """Line up a printer with a blank."""

        def kept(name: str | None) -> None:
            if name:
                self.catch_up()
                self.news(t("Kept “{name}”; F7 prints on it", name=name))

        if self.may_write():
            self.app.push_screen(BlankForm(), kept)


def _row(decision: Decision, award: Award, issues: list[Issue]) -> Row:
    last = max(issues, key=lambda each: (each.printed, each.id), default=None)
    if award.revoked is not None:
        state, style = tr_("revoked {day}", day=f"{award.revoked:%d/%m/%Y}"), "bad"
    elif last is None:
        state, style = tr_("not printed"), "warn"
    elif last.reissue:
        state, style = tr_("re-issued {day}", day=f"{last.printed:%d/%m/%Y}"), "good"
    else:
        state, style = tr_("printed {day}", day=f"{last.printed:%d/%m/%Y}"), "good"
    number = f"✗ {award.register}" if award.revoked is not None else award.register
    cells = (number, award.name, state, decision.number, award.unit_name, decision.title)
    return Row(id=award.id, cells=cells, styles={_STATE: style}, find=fold(" ".join(cells)), data=award)
