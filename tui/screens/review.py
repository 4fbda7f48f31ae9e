"""The review of the roster: a snapshot judged, outcomes proposed, decided fast, signed once."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from config.errors import AppError
from config.speech import say, say_
from config.text import t
from records.desks import deciding, reviews
from records.desks.surveying import tally
from records.domain.names import person_key, sort_key
from records.domain.reviews import OUTCOMES, Review, ReviewLine
from records.rules.words import OUTCOME_WORDS
from tui.screens import review_acts
from tui.screens.base import DeskScreen, key
from tui.screens.filters import Filter, FilterDialog
from tui.screens.review_words import detail_lines, review_title, row_of
from tui.widgets.dialogs import AskText, Choose, Report
from tui.widgets.listing import Listing
from tui.widgets.table import Column, VirtualTable

_UNDECIDED = "undecided"


class ReviewScreen(DeskScreen):
    """One review, line by line; the newest first, others by F8."""

    DEFAULT_CSS = """
    ReviewScreen #counts { height: auto; max-height: 2; padding: 0 1; background: $panel; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f3", "accept", t("Accept, next")),
        key("f2", "change", t("Change")),
        key("f6", "next_outcome", t("Outcome")),
        key("f7", "sign", t("Sign")),
        key("f8", "more", t("More")),
        key("insert", "open_review", t("New review")),
        key("ctrl+e", "papers", t("Papers")),
        key("escape", "stop", t("Stop"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self.lines: list[ReviewLine] = []
        self._shown = ""
        self._job: Worker[None] | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (say_("Review of the roster"), *((self.review.title,) if self.review else ()))

    def body(self) -> ComposeResult:
        """Lay out the counts over the list."""
        with Vertical(id="body"):
            yield Static("", id="counts", markup=False)
            yield Listing(_columns(), empty=t("No review here. Ins: open a review of today's roster"))

    @property
    def listing(self) -> Listing:
        """The list of people under review."""
        return self.query_one(Listing)

    # -- showing ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Read the review again; the newest when none was chosen or the one chosen is gone."""
        table = self.office.book.table(Review)
        chosen = table.get(self.review.id) if self.review else None
        self.review = chosen or max(table, key=lambda each: each.id, default=None)
        self.lines = reviews.lines_of(self.office, self.review) if self.review else []
        self.show_place()
        self._show()

    def take(self, review: Review) -> None:
        """Show another review."""
        self.review, self._shown = review, ""
        self.refresh_office()

    def _show(self) -> None:
        found = tally(self.lines)
        parts = [f"{say(OUTCOME_WORDS[each])}: {found.outcomes[each]}" for each in OUTCOMES if found.outcomes[each]]
        decided = say_("decided {decided}/{lines}", decided=found.decided, lines=found.lines)
        state = [review_title(self.review), decided] if self.review else [say_("No review yet")]
        self.query_one("#counts", Static).update(" · ".join([*state, *parts]))
        chip = say_("not decided yet") if self._shown == _UNDECIDED else say(OUTCOME_WORDS.get(self._shown, ""))
        self.listing.chips([chip] if self._shown else [])
        self.listing.set_rows([row_of(self.office, each) for each in self.lines if self._wanted(each)])

    def _wanted(self, line: ReviewLine) -> bool:
        if self._shown == _UNDECIDED:
            return not line.outcome
        return self._shown in ("", line.stands)

    def action_next_outcome(self) -> None:
        """Show only those not decided yet, then each outcome in turn, at last all."""
        order = ["", _UNDECIDED, *OUTCOMES]
        self._shown = order[(order.index(self._shown) + 1) % len(order)]
        self._show()

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        line = next(each for each in self.lines if each.id == event.row_id)
        self.app.push_screen(Report(f"{line.name} · {line.person}", detail_lines(self.office, line)))

    # -- opening ------------------------------------------------------------------------------------------------------

    def action_open_review(self) -> None:
        """Ask for a title and a scope, then take the snapshot behind the screen."""
        if not self.may_write():
            return

        def scoped(title: str) -> None:
            def go(chosen: Filter | None) -> None:
                if chosen is not None:
                    self._job = self._run(reviews.Opening(title=title, on=self.on, scope=chosen.scope))

            self.app.push_screen(FilterDialog(self.office, self.on, Filter(), t("Whom to review")), go)

        def named(typed: str | None) -> None:
            if typed and typed.strip():
                scoped(typed)

        year, half = self.on.year, 1 if self.on.month <= 6 else 2
        default = say_("Review of the roster, half-year {half} of {year}", half=half, year=year)
        self.app.push_screen(AskText(t("Open a review"), t("Title"), default), named)

    @work(thread=True, exclusive=True, group="review")
    def _run(self, opening: reviews.Opening) -> None:
        worker, tell = get_current_worker(), self.app.call_from_thread
        office = self.office

        def progress(done: int, total: int) -> None:
            if not worker.is_cancelled:
                tell(self.progress, t("Judging the roster"), done, total)

        def stopped() -> bool:
            return worker.is_cancelled

        try:
            reviews.judge_opening(office, opening)
            lines = self.steadily(
                lambda: reviews.survey(office, opening.on, opening.scope, progress=progress, stop=stopped)
            )
        except AppError as error:
            tell(self.end_progress)
            tell(self.complain, error)
            return
        if lines is not None and not worker.is_cancelled:
            tell(self._enter, opening, lines)

    def _enter(self, opening: reviews.Opening, lines: list[ReviewLine]) -> None:
        self._job = None
        self.end_progress()
        if self.attempt(lambda: self.take(reviews.enter_review(self.office, opening, lines))):
            self.catch_up()
            self.news(t("Opened. F3 accepts what is proposed, F2 changes it with a reason"))

    def action_stop(self) -> None:
        """Stop the judging; without one, show everybody again."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.end_progress()
            self.news(t("Stopped; nothing was written"))
        elif self._shown:
            self._shown = ""
            self._show()

    # -- deciding -----------------------------------------------------------------------------------------------------

    def chosen(self) -> list[ReviewLine]:
        """The lines marked, else the one under the cursor."""
        table = self.listing.table
        ids = table.marks or {table.cursor_id or ""}
        return [each for each in self.lines if each.id in ids]

    def _decide(self, outcome: str, reason: str = "") -> None:
        chosen, table = self.chosen(), self.listing.table
        last = table.cursor_id
        place = next((number for number, row in enumerate(table.view_rows) if row.id == last), 0)
        after = [row.id for row in table.view_rows[place + 1 :]] or [last or ""]
        if not self.attempt(lambda: deciding.set_outcome(self.office, chosen, outcome, reason)):
            return
        table.marks.clear()
        self.catch_up()
        if len(chosen) == 1:
            table.move_to(after[0])
        self.news(t("Decided: {n}. Ctrl+Z takes it back", n=len(chosen)))

    def action_accept(self) -> None:
        """Take what is proposed for the marked or the one under the cursor, and go on."""
        if self.lines and self.may_write():
            self._decide("")

    def action_change(self) -> None:
        """Choose another outcome and say why."""
        if not self.lines or not self.may_write():
            return

        def why(outcome: str | None) -> None:
            if outcome is None:
                return
            if all(each.proposed == outcome for each in self.chosen()):
                self._decide(outcome)
                return
            dialog = AskText(
                say(OUTCOME_WORDS[outcome]),
                t("Reason"),
                judge=lambda typed: None if typed.strip() else t("give the reason"),
            )
            self.app.push_screen(dialog, lambda reason: self._decide(outcome, reason) if reason else None)

        options = [(each, say(OUTCOME_WORDS[each])) for each in OUTCOMES]
        self.app.push_screen(Choose(t("Outcome"), options), why)

    # -- the rest -----------------------------------------------------------------------------------------------------

    def action_sign(self) -> None:
        """Sign the review."""
        if self.review is not None and self.may_write():
            review_acts.ask_sign(self, self.review)

    def action_papers(self) -> None:
        """Write the papers of the review."""
        if self.review is not None and self.may_write():
            review_acts.ask_papers(self, self.review)

    def action_more(self) -> None:
        """Candidates, structure, comparison, correction, other reviews."""
        review_acts.ask_more(self)


def _columns() -> list[Column]:
    return [
        Column("code", say_("Code"), 10, sort=str),
        Column("name", say_("Full name"), 20, sort=person_key, grow=True),
        Column("role", say_("Role"), 10, sort=sort_key),
        Column("verdict", say_("Verdict"), 14, sort=str),
        Column("outcome", say_("Outcome"), 19, sort=str),
        Column("why", say_("Why"), 30, grow=True),
        Column("unit", say_("Unit"), 22, sort=sort_key),
        Column("reason", say_("Reason"), 20, grow=True),
    ]
