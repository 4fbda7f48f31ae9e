"""Who lacks or will lack which training by when, and a class for those who are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, cast

from textual import on
from textual.binding import BindingType

from config.i18n import language, tr, tr_
from config.settings.criteria import TrainingKind
from config.text import t
from records.domain.dates import shown
from records.domain.people.names import fold, person_key, sort_key
from records.domain.training import Event
from records.rules.training.words import EVENT_WORDS
from records.rules.words import CONFIDENCE_WORDS
from records.services.people.roster import Scope
from records.services.training.needs import Need, needs, open_class
from tui.present.rows import Column, Row
from tui.present.words import level_title, role_title
from tui.screens.base import Act, key
from tui.screens.list_screen import ListScreen
from tui.screens.more import ask_act_of
from tui.screens.people.acts import ask_act
from tui.screens.training.event_form import EventForm
from tui.widgets.dialogs import Choose, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable

_SPANS = (0, 30, 90, 180, 365)


class NeedsScreen(ListScreen):
    """Everybody who lacks a training now, then those who will, the soonest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("new_class", t("New class for these")),
        key("filter", t("Filter")),
        key("acts", t("With the marked")),
    ]
    empty = t("Nobody lacks a training by then. F4: look farther")

    def __init__(self) -> None:
        super().__init__()
        self._days = 90
        self._role = ""
        self._without_called = False
        self._needs: list[Need] = []

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Training"), tr_("Who needs which"))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        by_day = lambda cell: tuple(reversed(cell.split("/")))  # noqa: E731
        return [
            Column("day", tr_("Lacks it"), 10, sort=by_day),
            Column("name", tr_("Full name"), 20, sort=person_key, grow=True),
            Column("what", tr_("Which training"), 20, sort=sort_key, grow=True),
            Column("last", tr_("Last one"), 10, sort=by_day),
            Column("called", tr_("Called to"), 10, sort=by_day),
            Column("role", tr_("Role"), 18, sort=sort_key),
            Column("unit", tr_("Unit"), 18, sort=sort_key, grow=True),
            Column("code", tr_("Code"), 11, sort=str),
        ]

    def refresh_office(self) -> None:
        """Judge again, behind the screen."""
        self._read()

    def _read(self) -> None:
        office, day, scope = self.office, self.on, Scope(role=self._role, holding=True)
        by = day + timedelta(days=self._days)
        self.behind(
            t("Looking who needs what"), lambda job: needs(office, day, by, scope, progress=job.progress), self._take
        )

    def _take(self, found: list[Need]) -> None:
        self._needs = found
        self._show()

    def _show(self) -> None:
        by = self.on + timedelta(days=self._days)
        chips = [tr_("by {day}", day=by)] if self._days else [tr_("lacking today")]
        chips += [role_title(self.office, self._role)] if self._role else []
        chips += [tr_("without those called")] if self._without_called else []
        self.listing.chips(chips)
        shown_now = [each for each in self._needs if not (self._without_called and each.called)]
        self.listing.set_rows(self._row(each) for each in shown_now)

    def _row(self, each: Need) -> Row:
        role = role_title(self.office, each.role)
        what = each.criterion.title.in_language(language())
        day = tr_("now") if each.lacking else shown(each.day)
        called = f"{each.called.day:%d/%m/%Y}" if each.called else ""
        cells = (day, each.person.name, what, shown(each.last, tr_("never")), called, role, each.unit_name)
        find = fold(f"{each.person.name} {each.person.id} {what} {role} {each.unit_name}")
        styles = {0: "bad" if each.lacking else "warn", 4: "good"}
        row_id = f"{each.person.id} {each.role} {each.criterion.id}"
        return Row(id=row_id, cells=(*cells, each.person.id), styles={**styles, 7: "dim"}, find=find, data=each)

    def _chosen(self) -> list[Need]:
        table = self.listing.table
        rows = [row for row in table.view_rows if row.id in table.marks]
        if not rows:
            rows = [row for row in table.view_rows if row.id == table.cursor_id]
        return [cast("Need", row.data) for row in rows]

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        row = next(row for row in self.listing.table.view_rows if row.id == event.row_id)
        each = cast("Need", row.data)
        self.app.push_screen(Report(each.person.name, self._why(each)))

    def _why(self, each: Need) -> list[str]:
        rule = each.finding
        source = self.office.settings.source(rule.source).title
        told = [
            f"{role_title(self.office, each.role)} · {level_title(self.office, each.level)} · {each.unit_name}",
            tr_("{title}: {reason}", title=rule.title, reason=rule.reason),
            tr_("Lacking now") if each.lacking else tr_("Lacking from {day}", day=each.day),
            tr_("Last one: {day}", day=shown(each.last, tr_("never"))),
        ]
        if each.called:
            told.append(tr_("Called to “{title}” on {day}", title=each.called.title, day=each.called.day))
        return [
            *told,
            tr_("Source: {source} ({confidence})", source=source, confidence=CONFIDENCE_WORDS[rule.confidence]),
        ]

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_new_class(self) -> None:
        """Enter a class and call those marked to it, in one act."""
        chosen = self._chosen()
        if not chosen:
            self.news(t("Nobody is chosen. Ctrl+A marks all, Space the one under the cursor"), bad=True)
            return

        def saved(made: str | None) -> None:
            if made:
                self.listing.table.marks.clear()
                self.catch_up()
                self.news(t("The class is entered and they are called. Ctrl+Z takes both back"))

        if self.may_write():
            self.app.push_screen(ClassForm(chosen), saved)

    def action_filter(self) -> None:
        """Choose what narrows the list."""
        waiting = t("With those called") if self._without_called else t("Without those called")
        ask_act_of(self, t("Filter"), (Act("horizon", t("By when")), Act("role", t("Role")), Act("waiting", waiting)))

    def action_horizon(self) -> None:
        """Choose by when."""

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._days = int(chosen)
                self.refresh_office()

        options = [
            (str(days), tr_("within {n} days", n=days) if days else tr_("lacking today"),
             shown(self.on + timedelta(days=days)))
            for days in _SPANS
        ]  # fmt: skip
        self.app.push_screen(Choose(t("By when?"), options), take)

    def action_role(self) -> None:
        """Show one role, or all."""

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._role = chosen
                self.refresh_office()

        roles = [(role, role_title(self.office, role)) for role in self.office.settings.roles.roles]
        self.app.push_screen(Choose(t("Role"), [("", tr_("all")), *roles]), take)

    def action_waiting(self) -> None:
        """Leave out those who are called to a class already, or show them again."""
        self._without_called = not self._without_called
        self._show()

    def action_acts(self) -> None:
        """Do something with those marked."""
        people = {each.person.id: each.person.name for each in self._chosen()}
        ask_act(self, list(people), list(people.values()))


class ClassForm(EventForm):
    """Enters one event for people who need it; answers with its id."""

    def __init__(self, chosen: Sequence[Need]) -> None:
        super().__init__(None)
        self._people = list(dict.fromkeys(each.person.id for each in chosen))
        self._kind: TrainingKind = chosen[0].criterion.kinds[0]

    def heading(self) -> str:
        """For how many."""
        return tr_("New class for {n} people, who are called to it at once", n=len(self._people))

    def fields(self) -> list[Field]:
        """Like an event, once, for those marked."""
        return [each for each in super().fields() if each.key not in ("times", "call")]

    def first_values(self) -> dict[str, str]:
        """The kind that is lacking, named after it and the year."""
        title = tr_("{kind}, {year}", kind=tr(EVENT_WORDS[self._kind]).capitalize(), year=self.on.year)
        return {"kind": self._kind, "title": title, "day": shown(self.on)}

    def store_event(self, event: Event, values: Mapping[str, Any]) -> str:  # noqa: ARG002  # no months here
        """Let the service enter the class with its people."""
        made, _ = open_class(self.office, event, self._people)
        return made.id
