"""History: every change of the book, who made it and when, what was before and after, and taking one back."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from config.speech import say, say_
from config.text import t
from records.book.history import Entry
from records.desks import history
from records.domain.names import fold
from tui.screens.base import DeskScreen, key
from tui.widgets.dialogs import Confirm, Report
from tui.widgets.listing import Listing
from tui.widgets.table import Column, Row, VirtualTable

_MOST = 400
"""Records of one change that are told; the rest are counted."""


class HistoryScreen(DeskScreen):
    """The journal as a list, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [key("ctrl+z", "undo_marked", t("Take back"))]

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (say_("History of changes"),)

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Listing(_columns(), empty=t("Nothing was done yet. Alt+3: import a spreadsheet"))

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one(Listing).table

    def refresh_office(self) -> None:
        """Read the journal."""
        self._entries = {str(entry.seq): entry for entry in history.history(self.office)}
        self.query_one(Listing).set_rows(_row(entry) for entry in self._entries.values())

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        entry = self._entries[event.row_id]
        self.app.push_screen(Report(f"{entry.seq} · {say(history.action_words(entry))}", _told(entry)))

    def action_undo_marked(self) -> None:
        """Take back the change under the cursor, after asking."""
        chosen = self.table.cursor_id
        if chosen is None or not self.may_write():
            return
        entry = self._entries[chosen]

        def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if agreed and self.attempt(lambda: history.undo(self.office, entry.seq)):
                self.catch_up()
                self.news(t("Taken back: {words}", words=history.action_words(entry)))

        lines = [
            line for line in (say(history.action_words(entry)), entry.about, f"{entry.time} · {entry.actor}") if line
        ]
        self.app.push_screen(Confirm(t("Undo this change?"), lines, yes=t("Take back"), no=t("Cancel")), done)


def _columns() -> list[Column]:
    return [
        Column("seq", say_("No."), 6, align="right"),
        Column("time", say_("When"), 16),
        Column("actor", say_("Who"), 10),
        Column("what", say_("What"), 26, grow=True),
        Column("records", say_("Records"), 8, align="right"),
        Column("about", say_("About"), 26, grow=True),
    ]


def _row(entry: Entry) -> Row:
    words = say(history.action_words(entry))
    when = entry.time[:16].replace("T", " ")
    cells = (str(entry.seq), when, entry.actor, words, str(entry.records), entry.about)
    return Row(
        id=str(entry.seq), cells=cells, styles={0: "dim"}, find=fold(f"{words} {entry.about} {entry.actor} {when}")
    )


def _told(entry: Entry) -> list[str]:
    """What a change did, record by record and field by field."""
    lines = [f"{entry.time} · {entry.actor}", entry.about, ""]
    for table, number, before, after in entry.changes[:_MOST]:
        name = str((after or before or {}).get("id", f"{table} {number}"))
        if before is None:
            lines.append(f"+ {name}  {_named(after)}")
        elif after is None:
            lines.append(f"− {name}  {_named(before)}")
        else:
            lines.append(f"~ {name}  {_named(after)}")
            lines += [
                f"    {field}: {_shown(before.get(field))} → {_shown(after.get(field))}"
                for field in {**before, **after}
                if before.get(field) != after.get(field)
            ]
    if entry.records > _MOST:
        lines.append(say_("… and {n} more records", n=entry.records - _MOST))
    return lines


def _named(row: dict[str, Any] | None) -> str:
    return str((row or {}).get("name") or (row or {}).get("number") or (row or {}).get("person") or "")


def _shown(value: object) -> str:
    return "—" if value in (None, "", []) else str(value)
