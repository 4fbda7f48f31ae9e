"""Who has sent for a time: every unit of it, with what came, what was sent back and why."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import Text, t
from records.domain.dates import parse_day, shown
from records.domain.emulation import period_of
from records.domain.people.names import fold, sort_key
from records.domain.people.person import Person
from records.services.exchange import completeness, workbooks
from records.services.lists import log_export
from tui.present.exchange.packages import sender_words, verdict_words
from tui.present.rows import Column, Row
from tui.present.titles import role_title
from tui.screens import filters
from tui.screens.base import Act, key
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Report
from tui.widgets.table import VirtualTable

_LOOKS = {"sent": "good", "late": "warn", "returned": "bad", "not_sent": "bad", "taken_over": "dim"}


class StatusScreen(ListScreen):
    """The units of a time and what came from them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("narrow", t("Another time")),
        key("open_row", t("What is asked")),
        key("more", t("Ask, remind")),
        key("back", t("Back")),
    ]
    more_acts = (
        Act("request", t("Write the workbooks to be filled in")),
        Act("remind", t("Whom to remind")),
        Act("others", t("Where the sender judges otherwise")),
    )
    counted = True
    empty = t("No unit that sends exists in this time")

    def __init__(self) -> None:
        super().__init__()
        self._period = ""
        self._due: date | None = None

    @property
    def period(self) -> str:
        """The time asked about: this year at first."""
        return self._period or str(self.on.year)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Exchange"), tr_("Who has sent"), self.period)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("name", tr_("Unit"), 30, sort=sort_key, grow=True),
            Column("state", tr_("State"), 26, grow=True),
            Column("people", tr_("People"), 8, align="right"),
            Column("office", tr_("Office"), 8),
            Column("code", tr_("Code"), 12),
        ]

    def refresh_office(self) -> None:
        """Read who has sent."""
        found = completeness.senders(self.office, self.period, due=self._due)
        self.listing.chips([self.period, *([tr_("until {day}", day=self._due)] if self._due else [])])
        self.listing.set_rows(_row(each) for each in found)
        counts = [(tr(words), sum(each.state == state for each in found))
                  for state, words in completeness.STATE_WORDS.items()]  # fmt: skip
        self.show_counts(" · ".join(f"{words} {n}" for words, n in counts if n))
        self.show_place()

    def action_narrow(self) -> None:
        """Ask for another time."""

        def judge(typed: str) -> Text | str | None:
            try:
                _time_asked(typed, self.on)
            except InputError as error:
                return error.what
            return None

        def take(typed: str | None) -> None:
            if typed:
                self._period, self._due = _time_asked(typed, self.on)
                self.refresh_office()

        label = t("2025, 2025-H1, 2025-Q2, 2025-03; with the last day: 2025-H1 10/07/2025")
        until = f" {shown(self._due)}" if self._due else ""
        self.app.push_screen(AskText(t("Of which time"), label, f"{self.period}{until}", judge=judge), take)

    def _asked(self) -> list[workbooks.Request]:
        """What the marked units are asked for, or the one under the cursor."""
        today = self.today
        return [workbooks.request(self.office, each, self.period, today) for each in self.chosen_ids()]

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        """What a unit is asked for, and what came from it."""
        found = completeness.senders(self.office, self.period, due=self._due)
        each = next(one for one in found if one.unit.id == event.row_id)
        people = [one.name for one in self.office.book.table(Person)
                  if one.unit_on(self.on) == each.unit.id and one.left is None]  # fmt: skip
        asked = tr_("Asked for {period}: {n} people of the book, what is missing of them, and who is new",
                    n=len(people), period=self.period)  # fmt: skip
        lines = [sender_words(each), asked, *sorted(people, key=sort_key)]
        self.app.push_screen(Report(each.name, lines))

    def action_request(self) -> None:
        """Ask where the workbooks go, and write one for each of the marked units."""
        if not self.may_write() or not self.chosen_ids():
            return

        def take(typed: str | None) -> None:
            if typed is not None:
                self.attempt(lambda: self._request(typed_path(typed)))

        title = t("Workbooks for {n} units, {period}", n=len(self.chosen_ids()), period=self.period)
        default = str(filters.documents_folder())
        self.app.push_screen(AskText(title, t("Folder"), default, judge=_judge_folder), take)

    def _request(self, folder: Path) -> None:
        from exports.requests import write_request  # noqa: PLC0415  # spreadsheets are heavy

        today, lines = self.today, []
        log = partial(log_export, self.office)
        for asked in self._asked():
            path = folder / f"{asked.unit}-{asked.period}.xlsx"
            people = write_request(self.office, asked, path, on=today, log=log)
            name = self.office.unit_names(today)[asked.unit]
            lines += [tr_("Written: {path}", path=path),
                      tr_("For {name}, {period}: {n} people of the book stand in it", name=name, period=asked.period,
                          n=people)]  # fmt: skip
        self.catch_up()
        lines.append(tr_("When they come back, F7 in “Exchange” takes them, or all of a folder at once"))
        self.app.push_screen(Report(t("What is asked"), lines))

    def action_remind(self) -> None:
        """List whom to remind."""
        left = completeness.reminders(completeness.senders(self.office, self.period, due=self._due))
        lines = [f"{each.name}: {sender_words(each)}" for each in left] or [tr_("Everybody has sent")]
        self.app.push_screen(Report(tr_("To be reminded: {n} units", n=len(left)), lines))

    def action_others(self) -> None:
        """List where the sender's verdict is another than ours."""
        found = completeness.other_verdicts(self.office, self.period)
        lines = [
            tr_("{name} ({role}): {office} says {theirs}, we say {ours}", name=each.person.name,
                role=role_title(self.office, each.role), office=each.office, theirs=verdict_words(each.theirs),
                ours=verdict_words(each.ours))
            for each in found
        ]  # fmt: skip
        self.app.push_screen(Report(t("Where the sender judges otherwise"), lines or [tr_("Nowhere")]))


def _time_asked(typed: str, today: date) -> tuple[str, date | None]:
    """A time, and the last day to send for it where one is typed after it. Raises InputError."""
    period, _, day = typed.strip().partition(" ")
    period_of(period)
    return period, parse_day(day, field=t("the last day"), today=today) if day.strip() else None


def _judge_folder(typed: str) -> Text | None:
    path = typed_path(typed)
    return None if path.is_dir() else t("The folder “{path}” does not exist", path=path)


def _row(each: completeness.Sender) -> Row:
    people = str(each.package.people) if each.package else ""
    cells = (each.name, sender_words(each), people, each.office, each.unit.id)
    return Row(id=each.unit.id, cells=cells, styles={1: _LOOKS[each.state], 4: "dim"}, find=fold(" ".join(cells)))
