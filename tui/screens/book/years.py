"""Years of the book: what is still open in each, closing one, opening it again, and putting right by a decision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import RefusedError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import Text, t
from records.services.book import closing
from records.services.lists import log_export
from tui.present.rows import Column, Row
from tui.screens import filters
from tui.screens.base import Act, Job, key
from tui.screens.form import OfficeForm, day_field
from tui.screens.list_screen import ListScreen
from tui.screens.paper_out import judge_new_paper
from tui.widgets.dialogs import AskText, Confirm, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable

_SHOWN = 12
"""Open matters that are named before a year is closed all the same; the rest are counted."""


class YearsScreen(ListScreen):
    """The years of the book, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("correct_by", t("By a decision of correction")),
        key("close_year", t("Close the year")),
        key("more", t("Bind, open again")),
        key("back", t("Back")),
    ]
    more_acts = (
        Act("bind_year", t("Bind the year without closing it")),
        Act("open_year", t("Open the year again")),
        Act("end_correction", t("End the correction")),
    )
    empty = t("The book holds nothing of any year yet")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("The book"), tr_("Years"))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("year", tr_("Year"), 6),
            Column("closed", tr_("Closed"), 8),
            Column("fixed", tr_("Corrections"), 12, align="right"),
            Column("state", tr_("State"), 40, grow=True),
        ]

    def refresh_office(self) -> None:
        """List the years."""
        self.listing.set_rows(_row(each) for each in closing.years(self.office))

    def _year(self) -> int | None:
        chosen = self.listing.table.cursor_id
        return None if chosen is None else int(chosen)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        year = int(event.row_id)
        found = closing.open_matters(self.office, year, today=self.today)
        nothing = [tr_("Nothing of {year} is left open", year=str(year))]
        title = t("What is still open in {year}", year=str(year))
        self.app.push_screen(Report(title, [tr(each.words) for each in found] or nothing))

    # -- binding and closing ------------------------------------------------------------------------------------------

    def action_bind_year(self) -> None:
        """Write the bound book of the year under the cursor, to be looked at; nothing is closed."""
        if (year := self._year()) is not None and self.may_write():
            self._ask_file(year, close=None)

    def action_close_year(self) -> None:
        """Close the year under the cursor: what is still open is named first, and asked about."""
        year, today = self._year(), self.today
        if year is None or not self.may_write():
            return
        left = closing.judge_closable(self.office, year, today=today, anyway=True)

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._ask_file(year, close=bool(left))

        lines = [tr(each.words) for each in left[:_SHOWN]]
        if len(left) > _SHOWN:
            lines.append(tr_("… and {n} more", n=len(left) - _SHOWN))
        title = t("Close {year} though {n} matters are open?", year=str(year), n=len(left))
        if not left:
            title = t("Close the year {year}?", year=str(year))
        told = tr_("From then on, what is dated in {year} changes by a decision of correction alone.", year=str(year))
        self.app.push_screen(Confirm(title, (*lines, told), yes=t("Close the year")), answered)

    def _ask_file(self, year: int, *, close: bool | None) -> None:
        """Ask for the file of the bound book, and write it; `close`: None for no closing, else whether anyway."""

        def take(typed: str | None) -> None:
            if typed:
                self._write(year, typed_path(typed), close=close)

        default = str(filters.documents_folder() / f"so-vang-{year}.pdf")
        self.app.push_screen(AskText(t("The bound book of the year"), t("File (.pdf)"), default, judge=_judge), take)

    def _write(self, year: int, path: Path, *, close: bool | None) -> None:
        office, today = self.office, self.today
        enter = (
            partial(log_export, office) if close is None
            else partial(closing.close, office, year, today=today, anyway=close)
        )  # fmt: skip

        def work(job: Job) -> int:
            from exports.papers.year_book import write_year_book  # noqa: PLC0415  # pages are heavy

            # The line in the book is written on the screen's thread, like every other.
            return write_year_book(office, year, path, day=today, log=lambda made: job.tell(enter, made))

        def done(pages: int) -> None:
            if close is None:
                self.tell_end(t("Written: {path}, {n} pages", path=path, n=pages))
            else:
                told = t("{year} is closed; its bound book has {n} pages: {path}", year=str(year), n=pages, path=path)
                self.tell_end(told)
            self.catch_up()

        label = t("Setting the pages; the first time takes longer")
        self.behind(label, work, done, group="export", writes=True)

    # -- opening again, and correcting --------------------------------------------------------------------------------

    def action_open_year(self) -> None:
        """Open the year under the cursor again, with the reason."""
        year, today = self._year(), self.today
        if year is None or not self.may_write():
            return

        def take(why: str | None) -> None:
            if why is not None and self.attempt(lambda: closing.reopen(self.office, year, why, today=today)):
                self.catch_up()
                self.news(t("The year {year} is open again; history says why", year=str(year)))

        def judge(typed: str) -> Text | None:
            return None if typed.strip() else t("write why, in a few words")

        title = t("Open {year} again", year=str(year))
        self.app.push_screen(AskText(title, t("Why it is opened; history keeps it"), "", judge=judge), take)

    def action_correct_by(self) -> None:
        """Ask for a decision of correction, by which closed years are changed from now on."""

        def done(number: str | None) -> None:
            if number:
                self.show_place()
                self.news(t("What touches a closed year is done by decision {number} until F8 ends it", number=number))

        if self.may_write():
            self.app.push_screen(CorrectionForm(), done)

    def action_end_correction(self) -> None:
        """From now on nothing touches a closed year any more."""
        if self.office.book.correction is None:
            raise RefusedError(t("No correction is under way"), do=t("F2 begins one"))
        closing.end_correction(self.office)
        self.show_place()
        self.news(t("The correction is ended; closed years stay as they are"))


class CorrectionForm(OfficeForm):
    """Number and day of the decision of correction; answers with its number."""

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Put a closed year right by a decision of correction")

    def fields(self) -> list[Field]:
        """Number and day, as on the paper."""
        return [
            Field("number", t("Number of the decision")),
            day_field("day", t("Day of the decision"), self.on, needed=True),
        ]

    def store(self, values: Mapping[str, Any]) -> str:
        """Begin the correction."""
        today = self.today
        return closing.correct_by(self.office, str(values["number"] or ""), values["day"], today=today).number


def _judge(typed: str) -> Text | str | None:
    if typed_path(typed).suffix.lower() != ".pdf":
        return t("name the file .pdf")
    return judge_new_paper(typed)


def _row(each: closing.Year) -> Row:
    told = tr_("closed") if each.closed else ""
    fixed = str(len(each.corrections)) if each.corrections else ""
    cells = (str(each.year), told, fixed, tr(closing.year_words(each)))
    return Row(id=str(each.year), cells=cells, find=str(each.year))
