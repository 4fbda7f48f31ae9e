"""The review of the roster: a snapshot judged, outcomes proposed, decided fast, signed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import Text, t
from records.domain.dates import parse_day, shown
from records.domain.people.names import person_key, sort_key
from records.domain.reviews import OUTCOMES, Review, ReviewLine
from records.rules.reviews import Difference
from records.rules.words import OUTCOME_WORDS
from records.services.people.roster import roster
from records.services.reviews import deciding, review_summary, reviews, signing
from records.services.reviews.review_summary import tally
from tui.present.reviews import detail_lines, difference_lines, gap_words, review_title, row_of
from tui.present.rows import Column
from tui.screens import paper_form
from tui.screens.base import Job, key
from tui.screens.filters import FilterDialog
from tui.screens.form import OfficeForm, day_field
from tui.screens.list_screen import ListScreen
from tui.screens.more import ask_flips
from tui.screens.whom import Filter
from tui.widgets.dialogs import AskText, Choose, Confirm, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable


class SignForm(OfficeForm):
    """Asks for the decision that signs a review."""

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Sign the review: {title}", title=self._review.title)

    def fields(self) -> list[Field]:
        """The decision, its days and its signer."""
        renew = [("expired", tr_("those whose term has run out")), ("all", tr_("everybody who stays"))]
        return [
            Field("number", t("Decision number")),
            day_field("day", t("Day of the decision"), self.on, needed=True),
            day_field("effective", t("In force from"), self.on, needed=True),
            day_field("until", t("New terms until"), self.on),
            Field("renew", t("Begin a new term for"), "choice", options=renew),
            Field("title", t("Title of the signer")),
            Field("name", t("Name of the signer")),
        ]

    def first_values(self) -> dict[str, str]:
        """The day asked about."""
        return {"day": shown(self.on), "effective": shown(self.on), "renew": "expired"}

    def store(self, values: Mapping[str, Any]) -> str:
        """Sign; gives the review's id."""
        signature = signing.Signature(
            number=values["number"],
            day=values["day"],
            effective=values["effective"],
            renewed_until=values["until"],
            renew=values["renew"],
            signer_title=values["title"],
            signer_name=values["name"],
        )
        return signing.sign(self.office, self._review, signature).id


def ask_sign(screen: ReviewScreen, review: Review) -> None:
    """Sign, after everybody is decided."""

    def signed(review_id: str | None) -> None:
        if review_id:
            screen.catch_up()
            screen.news(t("Signed and locked. Ctrl+E writes the papers; Ctrl+Z takes the signing back"))
            between = signing.gaps(screen.office, screen.office.book.table(Review)[review_id])
            if between:
                title = t("{n} new terms begin later than the old ones ended", n=len(between))
                screen.app.push_screen(Report(title, [gap_words(*each) for each in between]))

    undecided = sum(not each.outcome for each in screen.lines)
    if not undecided or review.signed:
        screen.app.push_screen(SignForm(review), signed)
        return

    def rest(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
        if yes and screen.attempt(
            lambda: deciding.set_outcome(screen.office, [each for each in screen.lines if not each.outcome], "")
        ):
            screen.catch_up()
            screen.app.push_screen(SignForm(review), signed)

    lines = (t("{n} people are not decided yet", n=undecided),)
    yes = t("Accept what is proposed")
    screen.app.push_screen(Confirm(t("Accept the rest as proposed?"), lines, yes=yes), rest)


def ask_papers(screen: ReviewScreen, review: Review) -> None:
    """Choose a paper, ask what is to be asked, and write it."""
    from exports.papers.reviews import review_papers  # noqa: PLC0415  # pages are heavy

    paper_form.ask_papers(screen, lambda given: review_papers(screen.office, review, given))


def ask_more(screen: ReviewScreen) -> None:
    """List what else can be done."""
    acts: dict[str, tuple[Text, Callable[[ReviewScreen, Review], None]]] = {
        "structure": (t("Structure before and after"), _structure),
        "candidate": (t("Bring in a candidate"), _candidate),
        "previous": (t("Compare with the previous review"), _previous),
        "day": (t("Compare with the roster of another day"), _day),
        "correct": (t("Correct what was signed (marked people)"), _correct),
        "other": (t("Show another review"), _other),
    }

    def run(chosen: str | None) -> None:
        if chosen and screen.review is not None:
            acts[chosen][1](screen, screen.review)

    screen.app.push_screen(Choose(t("Review"), [(each, tr(words)) for each, (words, _) in acts.items()]), run)


def _structure(screen: ReviewScreen, review: Review) -> None:
    from exports.papers.reviews import structure_rows  # noqa: PLC0415  # pages are heavy

    before, after = review_summary.structures(screen.office, review, screen.lines)
    head = f"{'':<46} {tr_('Before'):>8} {tr_('After'):>8}"
    lines = [head, *(f"{what:<46} {old:>8} {new:>8}" for what, old, new in structure_rows(before, after))]
    names = screen.office.unit_names(review.on)
    empty = sorted(set(after.empty) - set(before.empty))
    if empty:
        lines += ["", tr_("Left without anyone by this review:"), *(f"  {names[each]}" for each in empty)]
    screen.app.push_screen(Report(t("Structure before and after"), lines))


def _candidate(screen: ReviewScreen, review: Review) -> None:
    office = screen.office
    people = [(each.person.id, each.person.name, each.unit_name) for each in roster(office, review.on)]

    def leveled(person: str, role: str) -> None:
        levels = office.settings.levels.levels
        known = [(each, levels[each].title.in_language(language())) for each in levels]

        def enter(level: str | None) -> None:
            if level and screen.attempt(lambda: deciding.add_candidate(office, review, person, role, level)):
                screen.catch_up()
                screen.news(t("The candidate was judged and stands in the list"))

        screen.app.push_screen(Choose(t("Level"), known), enter)

    def asked(person: str | None) -> None:
        if person:
            roles = [(key, each.title.in_language(language())) for key, each in office.settings.roles_in_use().items()]
            screen.app.push_screen(Choose(t("Role"), roles), lambda role: leveled(person, role) if role else None)

    if screen.may_write():
        screen.app.push_screen(Choose(t("Candidate"), people), asked)


def _previous(screen: ReviewScreen, review: Review) -> None:
    before = screen.office.book.table(Review).get(review.previous) if review.previous else None
    if before is None:
        screen.news(t("There is no review before this one"), bad=True)
        return
    office = screen.office
    screen.behind(
        t("Comparing"),
        lambda _job: review_summary.compare_reviews(office, before, review),
        lambda found: _show_difference(screen, before.title, found),
    )


def _show_difference(screen: ReviewScreen, title: str, found: Difference) -> None:
    screen.app.push_screen(Report(title, difference_lines(found)))


def _day(screen: ReviewScreen, review: Review) -> None:
    def judge(typed: str) -> Text | str | None:
        try:
            parse_day(typed, field=tr_("Day"), today=screen.today)
        except InputError as error:
            return error.do
        return None

    def compare(typed: str | None) -> None:
        if not typed:
            return
        office, day = screen.office, parse_day(typed, field=tr_("Day"), today=screen.today)
        screen.behind(
            t("Comparing"),
            lambda _job: review_summary.compare_with_day(office, review, day),
            lambda found: _show_difference(screen, tr_("Roster of {day}", day=day), found),
        )

    screen.app.push_screen(AskText(t("Compare with a day"), t("Day"), shown(screen.on), judge=judge), compare)


def _correct(screen: ReviewScreen, review: Review) -> None:
    chosen: list[ReviewLine] = screen.chosen()

    def open_it(reason: str | None) -> None:
        if not reason:
            return
        people = sorted({each.person for each in chosen})

        def act() -> None:
            screen.take(signing.open_correction(screen.office, review, people, reason, screen.on))

        if screen.attempt(act):
            screen.catch_up()
            screen.news(t("A correction is open: decide, then sign it like a review"))

    if screen.may_write():
        screen.app.push_screen(AskText(t("Correct what was signed"), t("What was wrong"), ""), open_it)


def _other(screen: ReviewScreen, _review: Review) -> None:
    table = screen.office.book.table(Review)
    options = [
        (each.id, f"{each.title} · {review_title(each)}") for each in sorted(table, key=lambda e: e.id, reverse=True)
    ]

    def show(review_id: str | None) -> None:
        if review_id:
            screen.take(table[review_id])

    screen.app.push_screen(Choose(t("Reviews"), options), show)


_UNDECIDED = "undecided"


class ReviewScreen(ListScreen):
    """One review, line by line; the newest first, others by F8."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("agree", t("Accept, next")),
        key("change", t("Change")),
        key("next_outcome", t("Outcome")),
        key("sign", t("Sign")),
        key("more", t("More")),
        key("open_review", t("New review")),
        key("papers", t("Papers")),
        key("stop", t("Stop"), show=False),
    ]
    empty = t("No review here. Ins: open a review of today's roster")
    counted = True

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self.lines: list[ReviewLine] = []
        self._shown = ""

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Review of the roster"), *((self.review.title,) if self.review else ()))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("code", tr_("Code"), 11, sort=str),
            Column("name", tr_("Full name"), 20, sort=person_key, grow=True),
            Column("role", tr_("Role"), 10, sort=sort_key),
            Column("verdict", tr_("Verdict"), 14, sort=str),
            Column("outcome", tr_("Outcome"), 19, sort=str),
            Column("why", tr_("Why"), 30, grow=True),
            Column("unit", tr_("Unit"), 22, sort=sort_key),
            Column("reason", tr_("Reason"), 20, grow=True),
        ]

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
        parts = [f"{tr(OUTCOME_WORDS[each])}: {found.outcomes[each]}" for each in OUTCOMES if found.outcomes[each]]
        decided = tr_("decided {decided}/{lines}", decided=found.decided, lines=found.lines)
        state = [review_title(self.review), decided] if self.review else [tr_("No review yet")]
        self.show_counts(" · ".join([*state, *parts]))
        chip = tr_("not decided yet") if self._shown == _UNDECIDED else tr(OUTCOME_WORDS.get(self._shown, ""))
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
                    self._run(reviews.Opening(title=title, on=self.on, scope=chosen.scope))

            self.app.push_screen(FilterDialog(self.office, self.on, Filter(), t("Whom to review")), go)

        def named(typed: str | None) -> None:
            if typed and typed.strip():
                scoped(typed)

        year, half = self.on.year, 1 if self.on.month <= 6 else 2
        default = tr_("Review of the roster, half-year {half} of {year}", half=half, year=year)
        self.app.push_screen(AskText(t("Open a review"), t("Title"), default), named)

    def _run(self, opening: reviews.Opening) -> None:
        office = self.office

        def survey(job: Job) -> list[ReviewLine]:
            reviews.judge_opening(office, opening)
            return reviews.survey(office, opening.on, opening.scope, progress=job.progress, stop=job.is_stopped)

        self.behind(
            t("Judging the roster"),
            survey,
            lambda lines: self._enter(opening, lines),
            on_stop=t("Stopped; nothing was written"),
        )

    def _enter(self, opening: reviews.Opening, lines: list[ReviewLine]) -> None:
        if self.attempt(lambda: self.take(reviews.enter_review(self.office, opening, lines))):
            self.catch_up()
            self.news(t("Opened. F7 accepts what is proposed, F2 changes it with a reason"))

    def action_stop(self) -> None:
        """Stop the judging; without one, show everybody again."""
        if not self.stop_work() and self._shown:
            self._shown = ""
            self._show()

    # -- deciding -----------------------------------------------------------------------------------------------------

    def chosen(self) -> list[ReviewLine]:
        """The lines marked, else the one under the cursor."""
        ids = self.chosen_ids()
        return [each for each in self.lines if each.id in ids]

    def _decide(self, outcome: str, reason: str = "") -> None:
        chosen = self.chosen()
        flipped = sum(each.outcome not in ("", outcome or each.proposed) for each in chosen)
        ask_flips(self, flipped if self.listing.table.marks else 0, lambda: self._set(chosen, outcome, reason))

    def _set(self, chosen: Sequence[ReviewLine], outcome: str, reason: str) -> None:
        table = self.listing.table
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

    def action_agree(self) -> None:
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
                tr(OUTCOME_WORDS[outcome]),
                t("Reason"),
                judge=lambda typed: None if typed.strip() else t("give the reason"),
            )
            self.app.push_screen(dialog, lambda reason: self._decide(outcome, reason) if reason else None)

        options = [(each, tr(OUTCOME_WORDS[each])) for each in OUTCOMES]
        self.app.push_screen(Choose(t("Outcome"), options), why)

    # -- the rest -----------------------------------------------------------------------------------------------------

    def action_sign(self) -> None:
        """Sign the review."""
        if self.review is not None and self.may_write():
            ask_sign(self, self.review)

    def action_papers(self) -> None:
        """Write the papers of the review."""
        if self.review is not None and self.may_write():
            ask_papers(self, self.review)

    def action_more(self) -> None:
        """Candidates, structure, comparison, correction, other reviews."""
        ask_more(self)
