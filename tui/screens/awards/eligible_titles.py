"""Every title over one person or unit: with what may they be commended, why not with the rest, and next year."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.findings import Judgement, Verdict
from records.domain.people.names import fold
from records.rules.awards.words import FORM_WORDS, dong
from records.rules.words import VERDICT_WORDS
from records.services.awards import eligibility
from records.services.awards.award_checks import prize_of
from records.services.awards.eligibility import TitleView
from tui.present.rows import Column, Row
from tui.present.words import BADGES, finding_lines, finding_title, verdict_cell
from tui.screens.base import OfficeScreen, key
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import Report
from tui.widgets.table import VirtualTable

BEST_FIRST = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)


class SubjectTitlesScreen(ListScreen):
    """The titles for one person or unit in a year, those they may be proposed for first."""

    BINDINGS: ClassVar[list[BindingType]] = [key("back", t("Back"))]
    empty = t("No title of the settings is meant for them")

    def __init__(self, subject: str, year: int = 0) -> None:
        super().__init__()
        self._subject, self._year = subject, year
        self._views: dict[str, TitleView] = {}

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Who may be commended"), self._called(), str(self._year or self.on.year - 1))

    def _called(self) -> str:
        return self.office.names().get(self._subject, self._subject)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("title", tr_("Title or form"), 24, sort=str, grow=True),
            Column("form", tr_("Form"), 9, sort=str),
            Column("verdict", tr_("Verdict"), 16, sort=str),
            Column("money", tr_("Money (đ)"), 10, align="right"),
            Column("why", tr_("Why"), 20, grow=True),
        ]

    def refresh_office(self) -> None:
        """Judge again behind the screen."""
        self._year = self._year or self.on.year - 1
        office, year, day, subjects = self.office, self._year, self.on, [self._subject]
        self.behind(
            t("Checking"),
            lambda job: eligibility.views(office, year, day, subjects=subjects, progress=job.progress),
            self._take,
        )

    def _take(self, found: list[TitleView]) -> None:
        judged = [each for each in found if each.judged]
        judged.sort(key=lambda each: BEST_FIRST.index(each.judged[0].verdict))
        self._views = {each.title.id: each for each in judged}
        self.listing.set_rows(self._row(each) for each in judged)

    def _row(self, view: TitleView) -> Row:
        (judgement,) = view.judged
        name = view.title.name.in_language(language())
        form = tr(FORM_WORDS[prize_of(self.office, view.title.prize).form])
        money = dong(view.money.amount) if view.money else ""
        cells = (name, form, verdict_cell(judgement.verdict), money, in_the_way(judgement))
        return Row(id=view.title.id, cells=cells, find=fold(" ".join(cells)), styles={2: BADGES[judgement.verdict]})

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        show_why(self, self._views[event.row_id].judged[0], event.row_id, self._year)


def in_the_way(judgement: Judgement) -> str:
    """The conditions that are not met, or of which something is missing."""
    titles = (
        finding.title.in_language(language())
        for finding in judgement.findings
        if finding.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)
    )
    return "; ".join(titles)


def show_why(screen: OfficeScreen, judgement: Judgement, title_id: str, year: int) -> None:
    """Open the conditions of a title with what was seen, and how it stands a year later."""
    office = screen.office
    lines = []
    for finding in judgement.findings:
        lines += [finding_title(finding).text, *(each.text for each in finding_lines(office, finding)), ""]
    later = eligibility.next_year(office, title_id, judgement.person, year, screen.on)
    lines.append(
        tr_(
            "A year later, with the same class and what is met now awarded: {verdict}",
            verdict=VERDICT_WORDS[later.verdict],
        )
    )
    name = office.names().get(judgement.person, "")
    screen.app.push_screen(Report(f"{name} · {judgement.person}", lines))
