"""History: every change of the book, who made it and when, what was before and after, and taking one back."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import parse_day, shown, shown_time
from records.domain.people.names import fold
from records.services.book import history
from records.store.contract import JournalEntry
from tui.present.changes import Spoken, change_lines
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Report
from tui.widgets.table import VirtualTable

_SHOWN = 2_000
"""Changes shown when no day was asked for; a day shows all of its own."""


class HistoryScreen(ListScreen):
    """The journal as a list, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("undo_marked", t("Take back")),
        key("narrow", t("Of a day or a person")),
        key("visit", t("The book as it was then")),
    ]
    empty = t("Nothing was done yet. F10: import a spreadsheet")

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, JournalEntry] = {}
        self._day, self._actor = "", ""

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("History of changes"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("seq", tr_("No."), 6, align="right"),
            Column("time", tr_("When"), 16),
            Column("actor", tr_("Who"), 10),
            Column("what", tr_("What"), 26, grow=True),
            Column("records", tr_("Records"), 8, align="right"),
            Column("about", tr_("About"), 26, grow=True),
        ]

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.listing.table

    def refresh_office(self) -> None:
        """Read the journal in a thread: the newest changes, or those asked for."""
        self._read()

    def _read(self) -> None:
        office, actor, day, limit = self.office, self._actor, self._day, None if self._day else _SHOWN
        self.behind(None, lambda _job: history.history(office, actor=actor, day=day, limit=limit), self._show)

    def _show(self, found: list[JournalEntry]) -> None:
        self._entries = {str(entry.seq): entry for entry in found}
        listing = self.listing
        say = Spoken(self.office, self.on)
        listing.set_rows(_row(entry, say) for entry in found)
        chips = [shown(date.fromisoformat(self._day)) if self._day else "", self._actor]
        if len(found) == _SHOWN and not self._day:
            chips.append(tr_("the newest {n}; F4 for older ones", n=_SHOWN))
        listing.chips([chip for chip in chips if chip])

    def action_narrow(self) -> None:
        """Ask for a day, or for a name; nothing typed shows everything again."""

        def judge(typed: str) -> Text | None:
            try:
                self._meant(typed)
            except InputError as error:
                return t("{what}. {do}", what=error.what, do=error.do)
            return None

        def take(typed: str | None) -> None:
            if typed is not None:
                self._day, self._actor = self._meant(typed)
                self.refresh_office()

        title = t("Changes of a day or of a person")
        label = t("A day such as 15/06/2025, or the name of who worked; empty shows all")
        self.app.push_screen(AskText(title, label, self._actor, judge=judge), take)

    def _meant(self, typed: str) -> tuple[str, str]:
        """Day and actor asked for. Raises InputError for an impossible day."""
        text = typed.strip()
        if not any(letter.isdigit() for letter in text):
            return "", text
        return parse_day(text, field=tr_("Day"), today=self.today).isoformat(), ""

    def action_visit(self) -> None:
        """Show the whole office as it was after the change under the cursor."""
        chosen = self.table.cursor_id
        if chosen is not None:
            self.office_app.visit(int(chosen))
            self.news(t("Reading the book as it was after change {seq}. F12: back to the present", seq=int(chosen)))

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        entry = self._entries[event.row_id]
        title = f"{entry.seq} · {tr(history.action_words(entry))}"
        self.app.push_screen(Report(title, change_lines(self.office, entry, self.on)))

    def action_undo_marked(self) -> None:
        """Take back the change under the cursor, after asking."""
        chosen = self.table.cursor_id
        if chosen is None or not self.may_write():
            return
        self.office_app.ask_undo(self._entries[chosen])


def _row(entry: JournalEntry, say: Spoken) -> Row:
    words, about = tr(history.action_words(entry)), say.about(entry.about)
    when = shown_time(entry.time)
    cells = (str(entry.seq), when, entry.actor, words, str(entry.records), about)
    return Row(id=str(entry.seq), cells=cells, styles={0: "dim"}, find=fold(f"{words} {about} {entry.actor} {when}"))
