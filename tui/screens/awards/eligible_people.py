"""Everybody under one title: verdicts with every reason, questions answered by hand, the marked put on a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.findings import Judgement, Verdict
from records.domain.people.names import fold, person_key
from records.rules.awards.title_words import title_lines
from records.rules.awards.words import dong
from records.rules.words import VERDICT_WORDS
from records.services.awards import eligibility
from tui.present.rows import Column, Row
from tui.present.words import BADGES, verdict_cell
from tui.screens.awards.eligible_titles import BEST_FIRST, SubjectTitlesScreen, in_the_way, show_why
from tui.screens.base import Act, key
from tui.screens.list_screen import ListScreen
from tui.screens.people.acts import propose
from tui.widgets.dialogs import AskText, Choose, Report
from tui.widgets.table import VirtualTable


class EligiblePeopleScreen(ListScreen):
    """People or units under one title, those who may be proposed first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("propose", t("Put on a list")),
        key("answer", t("Answer")),
        key("next_verdict", t("Verdict")),
        key("more", t("More")),
        key("back", t("Back"), show=False),
    ]
    more_acts = (Act("rule", t("The rule")), Act("all_titles", t("Every title")))
    empty = t("Nobody here. F6: another verdict")
    counted = True

    def __init__(self, title_id: str, year: int, unit: str = "") -> None:
        super().__init__()
        self._title_id, self._year, self._unit = title_id, year, unit
        self._judged: dict[str, Judgement] = {}
        self._names: Mapping[str, str] = {}
        self._shown: Verdict | None = None
        self._cost = 0

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        title = eligibility.title_of(self.office, self._title_id)
        return (tr_("Who may be commended"), title.name.in_language(language()), str(self._year))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("code", tr_("Code"), 11),
            Column("name", tr_("Name"), 24, grow=True),
            Column("verdict", tr_("Verdict"), 16, sort=str),
            Column("why", tr_("Why"), 26, grow=True),
        ]

    def refresh_office(self) -> None:
        """Judge again behind the screen."""
        office, year, day, titles, unit = self.office, self._year, self.on, [self._title_id], self._unit
        self.behind(
            t("Checking"),
            lambda job: eligibility.views(office, year, day, titles=titles, unit=unit, progress=job.progress),
            lambda found: self._take(found[0]),
        )

    def _take(self, view: eligibility.TitleView) -> None:
        self._names = self.office.names()
        judged = sorted(
            view.judged,
            key=lambda each: (BEST_FIRST.index(each.verdict), person_key(self._names.get(each.person, ""))),
        )
        self._judged = {each.person: each for each in judged}
        self._cost = view.cost()
        self._show()

    def _show(self) -> None:
        counts = Counter(each.verdict for each in self._judged.values())
        told = [f"{verdict_cell(each)}: {counts[each]}" for each in BEST_FIRST if counts[each]]
        told += [tr_("Cost: {amount} đ", amount=dong(self._cost))] if self._cost else []
        self.show_counts(" · ".join(told))
        unit = [self.office.unit_names(self.on).get(self._unit, self._unit)] if self._unit else []
        self.listing.chips([*unit, *([tr(VERDICT_WORDS[self._shown])] if self._shown else [])])
        rows = [self._row(each) for each in self._judged.values() if self._shown in (None, each.verdict)]
        self.listing.set_rows(rows)

    def _row(self, each: Judgement) -> Row:
        cells = (each.person, self._names.get(each.person, ""), verdict_cell(each.verdict), in_the_way(each))
        return Row(id=each.person, cells=cells, find=fold(" ".join(cells)), styles={0: "dim", 2: BADGES[each.verdict]})

    def action_next_verdict(self) -> None:
        """Show only those with one verdict, then the next, at last all."""
        order = [None, *BEST_FIRST]
        self._shown = order[(order.index(self._shown) + 1) % len(order)]
        self._show()

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        show_why(self, self._judged[event.row_id], self._title_id, self._year)

    def action_propose(self) -> None:
        """Put the marked on a proposal list."""
        if ids := self.chosen_ids():
            propose(self, ids, eligibility.title_of(self.office, self._title_id).prize)

    def action_answer(self) -> None:
        """Answer a question of the title for the marked."""
        ids = self.chosen_ids()
        title = eligibility.title_of(self.office, self._title_id)
        asked = {each.id: each for each in eligibility.questions_of(title)}
        if not asked or not ids:
            self.news(t("This title asks nothing that people answer by hand"), bad=True)
            return

        def which(question: str | None) -> None:
            if question:
                self._ask(ids, asked[question])

        if not self.may_write():
            return
        if len(asked) == 1:
            which(next(iter(asked)))
        else:
            options = [(each.id, each.question.in_language(language())) for each in asked.values()]
            self.app.push_screen(Choose(t("Which question is answered?"), options), which)

    def _ask(self, ids: list[str], question: eligibility.Question) -> None:
        def store(yes: bool, note: str | None) -> None:  # noqa: FBT001  # an answer is yes or no
            if not note:
                return

            def act() -> None:
                eligibility.answer_all(self.office, ids, self._title_id, question.id, self._year, yes=yes, note=note)

            if self.attempt(act):
                self.catch_up()
                self.news(t("Answered: {n}. Ctrl+Z takes it back", n=len(ids)))

        def said(chosen: str | None) -> None:
            if chosen:
                dialog = AskText(t("What does it rest on?"), t("Paper or meeting"), "")
                self.app.push_screen(dialog, lambda note: store(chosen == "yes", note))

        options = [("yes", tr_("Yes")), ("no", tr_("No"))]
        self.app.push_screen(Choose(question.question.in_language(language()), options), said)

    def action_all_titles(self) -> None:
        """Judge the one under the cursor under every title."""
        if subject := self.listing.table.cursor_id:
            self.app.push_screen(SubjectTitlesScreen(subject, self._year))

    def action_rule(self) -> None:
        """Read the title in plain words."""
        title = eligibility.title_of(self.office, self._title_id)
        sources = self.office.settings.sources.sources
        lines = ["  " * depth + tr(text) for depth, text in title_lines(title, sources, self.on)]
        self.app.push_screen(Report(title.name.in_language(language()), lines))
