"""What is done with a whole review: signing, papers, candidates, structure, comparison, correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import InputError
from config.speech import language, say, say_
from config.text import Text, t
from records.desks import deciding, review_signing, surveying
from records.desks.lists import log_export
from records.desks.roster import roster
from records.domain.dates import parse_day, shown
from records.domain.reviews import Review, ReviewLine
from records.rules.reviews import Difference
from tui.cli.review import gap_words
from tui.screens.award_papers import judge_paper
from tui.screens.filters import documents_folder
from tui.screens.office_form import OfficeForm
from tui.screens.review_words import difference_lines, review_title
from tui.widgets.dialogs import AskText, Choose, Confirm, Report
from tui.widgets.fields import Field

if TYPE_CHECKING:
    from tui.screens.review import ReviewScreen


class SignForm(OfficeForm):
    """Asks for the decision that signs a review."""

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review

    def heading(self) -> str:
        """What the form is for."""
        return say_("Sign the review: {title}", title=self._review.title)

    def fields(self) -> list[Field]:
        """The decision, its days and its signer."""
        renew = [("expired", say_("those whose term has run out")), ("all", say_("everybody who stays"))]
        return [
            Field("number", t("Decision number")),
            Field("day", t("Day of the decision"), "date", judge=self._day),
            Field("effective", t("In force from"), "date", judge=self._day),
            Field(
                "until", t("New terms until"), "date", judge=lambda typed: self._day(typed) if typed.strip() else None
            ),
            Field("renew", t("Begin a new term for"), "choice", options=renew),
            Field("title", t("Title of the signer")),
            Field("name", t("Name of the signer")),
        ]

    def first_values(self) -> dict[str, str]:
        """The day asked about."""
        return {"day": shown(self.on), "effective": shown(self.on), "renew": "expired"}

    def _day(self, typed: str) -> date:
        return parse_day(typed, field=say_("Day"), today=self.on)

    def store(self, values: Mapping[str, Any]) -> str:
        """Sign; gives the review's id."""
        signature = review_signing.Signature(
            number=values["number"],
            day=values["day"],
            effective=values["effective"],
            renewed_until=values["until"],
            renew=values["renew"],
            signer_title=values["title"],
            signer_name=values["name"],
        )
        return review_signing.sign(self.office, self._review, signature).id


def ask_sign(screen: ReviewScreen, review: Review) -> None:
    """Sign, after everybody is decided."""

    def signed(review_id: str | None) -> None:
        if review_id:
            screen.catch_up()
            screen.news(t("Signed and locked. Ctrl+E writes the papers; Ctrl+Z takes the signing back"))
            between = review_signing.gaps(screen.office, screen.office.book.table(Review)[review_id])
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
    yes, no = t("Accept what is proposed"), t("Go on deciding")
    screen.app.push_screen(Confirm(t("Accept the rest as proposed?"), lines, yes=yes, no=no), rest)


def ask_papers(screen: ReviewScreen, review: Review) -> None:
    """Choose a paper, ask where, and write it."""
    names = {"list": t("List with outcomes"), "summary": t("Summary by unit and level"), "annex": t("Annexed list")}

    def write(kind: str, typed: str) -> None:
        from exports.reviews import write_review  # noqa: PLC0415  # pages are heavy

        path, log = Path(typed.strip()).expanduser(), partial(log_export, screen.office)
        if screen.attempt(lambda: write_review(screen.office, review, kind, path, log=log)):
            screen.catch_up()
            screen.news(t("Written: {path}", path=path))

    def place(kind: str | None) -> None:
        if kind:
            default = documents_folder() / f"{review.id}-{kind}.pdf"
            dialog = AskText(say(names[kind]), t("File (.pdf or .xlsx)"), str(default), judge=judge_paper)
            screen.app.push_screen(dialog, lambda typed: write(kind, typed) if typed else None)

    screen.app.push_screen(Choose(t("Papers"), [(each, say(words)) for each, words in names.items()]), place)


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

    screen.app.push_screen(Choose(t("Review"), [(each, say(words)) for each, (words, _) in acts.items()]), run)


def _structure(screen: ReviewScreen, review: Review) -> None:
    from exports.reviews import structure_rows  # noqa: PLC0415  # pages are heavy

    before, after = surveying.structures(screen.office, review, screen.lines)
    head = f"{'':<46} {say_('Before'):>8} {say_('After'):>8}"
    lines = [head, *(f"{what:<46} {old:>8} {new:>8}" for what, old, new in structure_rows(before, after))]
    names = screen.office.unit_names(review.on)
    empty = sorted(set(after.empty) - set(before.empty))
    if empty:
        lines += ["", say_("Left without anyone by this review:"), *(f"  {names[each]}" for each in empty)]
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
            roles = [(key, each.title.in_language(language())) for key, each in office.settings.roles.roles.items()]
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
        lambda _progress: surveying.compare_reviews(office, before, review),
        lambda found: _show_difference(screen, before.title, found),
    )


def _show_difference(screen: ReviewScreen, title: str, found: Difference) -> None:
    screen.app.push_screen(Report(title, difference_lines(found)))


def _day(screen: ReviewScreen, review: Review) -> None:
    def judge(typed: str) -> Text | str | None:
        try:
            parse_day(typed, field=say_("Day"), today=screen.on)
        except InputError as error:
            return error.do
        return None

    def compare(typed: str | None) -> None:
        if not typed:
            return
        office, day = screen.office, parse_day(typed, field=say_("Day"), today=screen.on)
        screen.behind(
            t("Comparing"),
            lambda _progress: surveying.compare_with_day(office, review, day),
            lambda found: _show_difference(screen, say_("Roster of {day}", day=day), found),
        )

    screen.app.push_screen(AskText(t("Compare with a day"), t("Day"), shown(screen.on), judge=judge), compare)


def _correct(screen: ReviewScreen, review: Review) -> None:
    chosen: list[ReviewLine] = screen.chosen()

    def open_it(reason: str | None) -> None:
        if not reason:
            return
        people = sorted({each.person for each in chosen})

        def act() -> None:
            screen.take(review_signing.open_correction(screen.office, review, people, reason, screen.on))

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
