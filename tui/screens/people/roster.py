"""The roster: everybody of a day in one list, with their verdicts, and what is known of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from config.errors import AppError
from config.i18n import tr_
from config.text import Text, t
from records.domain.dates import shown
from records.domain.findings import Judgement
from records.domain.people.names import person_key, sort_key
from records.services.access.looking import look
from records.services.people.listing import Listed, PeopleList, listed
from tui.present.rights.restricted import left_out_chip
from tui.present.rows import Column, LateRows, Row
from tui.present.titles import role_title
from tui.present.words import BADGES, verdict_cell, worst
from tui.screens.base import Job, key
from tui.screens.list_screen import ListScreen
from tui.screens.whom import Filter
from tui.widgets.lines import as_content
from tui.widgets.table import VirtualTable

if TYPE_CHECKING:
    from records.domain.lists import ListView

# The first list of the day: what only a key asks for is imported when it is pressed.

_VERDICT = 4
_MANY = 3_000
"""From so many people on judging takes long enough to be followed."""
_STEP = 250
"""People judged between two looks at the screen, which the work waits for."""
Judged = Mapping[str, Mapping[str, Judgement]]
"""Person -> role -> judgement."""


class RosterScreen(ListScreen):
    """All people who hold a role on the day asked about."""

    DEFAULT_CSS = """
    RosterScreen #detail { display: none; width: 44; padding: 0 1; background: $surface; }
    RosterScreen.-mid #detail, RosterScreen.-wide #detail { display: block; }
    RosterScreen.-wide #detail { width: 60; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("edit", t("Edit")),
        key("filter", t("Filter")),
        key("views", t("Views"), show=False),
        key("acts", t("Act")),
        key("new", t("New")),
        key("coming", t("Coming up")),
        key("export", t("Export")),
        key("show_all", t("Clear the filter"), show=False),
    ]
    empty = t("Nobody here. Ins: enter a person · F10: import a spreadsheet · Esc: clear the filter")

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._lines: Sequence[Listed] = ()
        self._judged: Judged = {}
        self._all_judged, self._late = False, True
        self._said: dict[tuple[str, ...], str] = {}

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("People"),)

    def body(self) -> ComposeResult:
        """Lay out the list and the pane beside it."""
        with Horizontal(id="body"):
            yield from super().body()
            with VerticalScroll(id="detail"):
                yield Static("", id="about", markup=False)

    def columns(self) -> list[Column]:
        """What is shown of each, the five first that 80 columns show."""
        return [
            Column("code", tr_("Code"), 11, sort=str),
            Column("name", tr_("Full name"), 20, sort=person_key, grow=True),
            Column("born", tr_("Born"), 10, sort=_by_day),
            Column("unit", tr_("Unit"), 13, sort=sort_key, grow=True),
            Column("verdict", tr_("Verdict"), 15, sort=str),
            Column("roles", tr_("Roles"), 22, sort=sort_key),
            Column("phone", tr_("Phone"), 11, sort=str),
        ]

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Read the roster, then judge it behind the screen."""
        self._said, self._late = {}, True
        self._read()
        self.office_app.when_painted(self._judge)

    def _read(self) -> None:
        try:
            self._lines = listed(self.office, self.on, self._filter.scope)
        except AppError as error:
            self._filter = Filter()
            self._lines = listed(self.office, self.on)
            self.complain(error)
        self._show()

    def _show(self) -> None:
        lines = self._lines
        if self._all_judged and self._filter.verdict:
            lines = [line for line in lines if self._filter.covers(self._judgements(line))]
        self.listing.chips([*self._filter.chips(self.office), *left_out_chip(self.office, self.on, self._filter.scope)])
        self.listing.set_rows(self._rows(lines))
        self._show_detail(self.listing.table.cursor_id)

    def _judgements(self, line: Listed) -> list[Judgement]:
        judged = self._judged.get(line.id, {})
        return [judged[role] for role in line.roles if role in judged]

    def _rows(self, lines: Sequence[Listed]) -> LateRows:
        return LateRows(
            lines.ids if isinstance(lines, PeopleList) else [line.id for line in lines],
            lambda number: self._row(lines[number]),
            lambda: [
                f"{each.name} {each.unit_name} {each.id} {self._phone(each)} {self._roles(each.roles)}"
                for each in lines
            ],
        )

    def _phone(self, line: Listed) -> str:
        """The phone number; in no list, and found by nobody, where looking is noted."""
        return "" if self.office.book.access.stands else line.phone

    def _roles(self, roles: tuple[str, ...]) -> str:
        if roles not in self._said:
            self._said[roles] = ", ".join(role_title(self.office, role) for role in roles)
        return self._said[roles]

    def _row(self, line: Listed) -> Row:
        verdict, styles = "…", {0: "dim", _VERDICT: "dim"}
        if not line.roles:
            verdict = "–"
        elif judged := self._judgements(line):
            seen = worst(judged)
            look = "dim" if self._late else BADGES[seen]
            verdict, styles = verdict_cell(seen), {0: "dim", _VERDICT: look}
        cells = (
            line.id,
            line.name,
            shown(line.born),
            line.unit_name,
            verdict,
            self._roles(line.roles),
            self._phone(line),
        )
        return Row(id=line.id, cells=cells, styles=styles, data=line)

    def _judge(self) -> None:
        """Judge those in sight, then everybody, behind the screen."""
        near = {row.id: row.data.roles for row in self.listing.table.rows_in_sight if isinstance(row.data, Listed)}
        self._behind(lambda: near, self._take_near)

    def _take_near(self, found: Judged) -> None:
        if not self._all_judged:  # else everybody shows what was so before the change, for a moment
            self._judged = found
            self._show()
        office, day = self.office, self.on

        def everybody() -> dict[str, tuple[str, ...]]:
            from tui.present.person import parts  # noqa: PLC0415

            lines = listed(office, day)
            if lines:
                parts(office, office.dossier(lines.ids[0], day))  # makes what each person's page is found by
            return lines.roles()

        self._behind(everybody, self._take_all, many=len(self._lines) > _MANY)

    def numbers_wait(self, words: Text | None) -> None:
        """Only the verdicts are late; the people are there."""
        self.listing.note(t("verdicts: {words}", words=words) if words else None)

    def _take_all(self, found: Judged) -> None:
        self._judged, self._all_judged, self._late = found, True, False
        self._show()

    def _behind(
        self,
        wanted: Callable[[], Mapping[str, Sequence[str]]],
        take: Callable[[Judged], None],
        *,
        many: bool = False,
    ) -> None:
        office, day = self.office, self.on

        def work(job: Job) -> Judged:
            from records.services.standards.verdicts import verdicts  # noqa: PLC0415

            asked = wanted()

            def step(done: int) -> bool:
                if done % _STEP == 0:
                    job.progress(done, len(asked))
                return not job.is_stopped()

            return verdicts(office, day, asked, step=step)

        self.behind(t("Checking") if many else None, work, take, group="judging")

    # -- the pane -----------------------------------------------------------------------------------------------------

    @on(VirtualTable.CursorMoved)
    def _moved(self, event: VirtualTable.CursorMoved) -> None:
        self._show_detail(event.row_id)

    def _show_detail(self, person_id: str | None) -> None:
        pane = self.query_one("#detail")
        if not pane.display:
            return
        from tui.present.person import summary_lines  # noqa: PLC0415

        lines = summary_lines(self.office, person_id, self.on) if person_id else []
        self.query_one("#about", Static).update(as_content(lines))
        pane.scroll_home(animate=False)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002  # Textual calls that of the base too
        """Fill the pane when it appears."""
        self.call_after_refresh(lambda: self._show_detail(self.listing.table.cursor_id))

    # -- keys ---------------------------------------------------------------------------------------------------------

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        from tui.screens.people.person import PersonScreen  # noqa: PLC0415

        self.app.push_screen(PersonScreen(event.row_id))

    def action_new(self) -> None:
        """Enter a new person."""
        if self.may_write():
            from tui.screens.people.person_form import PersonForm  # noqa: PLC0415

            self.app.push_screen(PersonForm(None), self._saved)

    def action_edit(self) -> None:
        """Correct the person under the cursor."""
        chosen = self.listing.table.cursor_id
        if chosen and self.may_write():
            from tui.screens.people.person_form import PersonForm  # noqa: PLC0415

            person = self.office.person(chosen)
            if self.attempt(lambda: look(self.office, person, "form")):
                self.app.push_screen(PersonForm(person), self._saved)

    def _saved(self, person_id: str | None) -> None:
        if person_id:
            self.catch_up()
            name = self.office.person(person_id).name
            if self.listing.table.move_to(person_id):
                self.news(t("Saved: {name}. Ctrl+Z takes it back", name=name))
            else:
                self.news(t("Saved: {name}, not in this list (no role on this day, or filtered): F4", name=name))

    def action_coming(self) -> None:
        """Show the terms that end and the ages of retirement."""
        from tui.screens.appointments.coming import ComingScreen  # noqa: PLC0415

        self.app.push_screen(ComingScreen())

    def action_filter(self) -> None:
        """Choose whom to show."""
        from tui.screens.filters import FilterDialog  # noqa: PLC0415

        def take(chosen: Filter | None) -> None:
            if chosen is not None:
                self._filter = chosen
                self._read()

        self.app.push_screen(FilterDialog(self.office, self.on, self._filter), take)

    def action_show_all(self) -> None:
        """Stop an export that runs; else show everybody again."""
        if not self.stop_work() and self._filter != Filter():
            self._filter = Filter()
            self._read()

    def action_views(self) -> None:
        """Choose, keep or delete a view."""
        from tui.screens.people.views import ask_view, view_of  # noqa: PLC0415

        ask_view(self, lambda: view_of(self._filter, self.listing), self._look)

    def _look(self, view: ListView) -> None:
        from tui.screens.people.views import filter_of  # noqa: PLC0415

        self._filter = filter_of(view)
        self._read()
        self.listing.find_input.value = view.find
        self.listing.table.sort_by(view.sort, reverse=view.reverse)

    def action_acts(self) -> None:
        """Choose what to do with the marked, or with the one under the cursor."""
        from tui.screens.people.acts import ask_act  # noqa: PLC0415

        chosen = self.chosen_ids()
        ask_act(self, chosen, [self.office.person(each).name for each in chosen[:1]])

    def action_export(self) -> None:
        """Write the marked people to a file, or all that are shown."""
        from tui.screens.people.export_job import write_list  # noqa: PLC0415  # spreadsheets are heavy

        table = self.listing.table
        write_list(self, table.marked_ids or [row.id for row in table.view_rows])


def _by_day(cell: str) -> tuple[str, ...]:
    return tuple(reversed(cell.split("/")))
