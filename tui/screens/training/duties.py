"""Duties of people by month, typed and pasted as in a spreadsheet: talks, listeners, reports due and on time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import add_months, add_years
from records.domain.training import DutyCount
from records.rules.training.duties import MEASURE_WORDS, Duties, add_up
from records.services.office import Office
from records.services.people.roster import RosterLine, Scope, roster
from records.services.training import duties
from records.services.training.duties import DutyCell
from tui.present.words import role_title
from tui.screens.base import key
from tui.screens.grid_screen import GridScreen
from tui.widgets.dialogs import Choose
from tui.widgets.grid.model import CellEdit, GridColumn

_MEASURES = tuple(MEASURE_WORDS)
_HEADS = {
    "talks": (t("Talks"), 7),
    "listeners": (t("Listeners"), 10),
    "reports_due": (t("Due"), 8),
    "reports_on_time": (t("On time"), 8),
}
_SUMS = 2


class DutyModel:
    """Everybody on the roster; the year's sums, then the four counts of a month, or one count over twelve months."""

    def __init__(self, office: Office, month: date, *, today: date, role: str = "", measure: str = "") -> None:
        self.month, self.measure, self.today = month, measure, today
        first, last = month.replace(month=1), month.replace(month=12)
        self.lines: list[RosterLine] = roster(office, _end(month), Scope(role=role, holding=True))
        self.held = duties.duties_between(office, first, last)
        months = [month.replace(month=number) for number in range(1, 13)] if measure else [month]
        self.cells = [(each, what) for each in months for what in ((measure,) if measure else _MEASURES)]
        self._columns = [*_sum_columns(month.year), *(self._column(each, what) for each, what in self.cells)]
        self._years: dict[str, Duties] = {}
        for (person, _), count in self.held.items():
            self._years[person] = self._years.get(person, Duties()) + add_up([count])

    def _column(self, month: date, measure: str) -> GridColumn:
        words, width = _HEADS[measure]
        hint = tr_("{what}, {month}", what=MEASURE_WORDS[measure], month=f"{month:%m/%Y}")
        if self.measure:
            return GridColumn(f"{month} {measure}", f"{month:%m}", 5, hint=hint, group=tr(words))
        return GridColumn(f"{month} {measure}", tr(words), width, hint=hint, group=f"{month:%m/%Y}")

    @property
    def row_count(self) -> int:
        """How many people there are."""
        return len(self.lines)

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The sums, then what is typed."""
        return self._columns

    def row_id(self, row: int) -> str:
        """The person."""
        return self.lines[row].person.id

    def row_title(self, row: int) -> str:
        """The name."""
        return self.lines[row].person.name

    def count(self, row: int, column: int) -> DutyCount | None:
        """The record behind a cell."""
        return self.held.get((self.lines[row].person.id, self.cells[column - _SUMS][0]))

    def text(self, row: int, column: int) -> str:
        """A sum of the year, or a count."""
        if column < _SUMS:
            year = self._years.get(self.lines[row].person.id)
            if year is None:
                return ""
            return str(year.talks) if column == 0 else f"{year.reports_on_time}/{year.reports_due}"
        return duties.duty_text(self.count(row, column), self.cells[column - _SUMS][1])

    def look(self, row: int, column: int) -> str:
        """Reports that were late stand out."""
        if column < _SUMS:
            return "dim"
        count = self.count(row, column)
        late = count is not None and count.reports_on_time < count.reports_due
        return "warn" if late and self.cells[column - _SUMS][1] == "reports_on_time" else ""

    def editable(self, row: int, column: int) -> bool:  # noqa: ARG002  # the grid asks for a cell
        """Everything but the sums."""
        return column >= _SUMS

    def judge(self, row: int, column: int, typed: str) -> Text | None:  # noqa: ARG002  # as above
        """Only whole numbers, or nothing; nothing for a month still to come."""
        month, measure = self.cells[column - _SUMS]
        return duties.cell_problem(measure, typed, month=month, today=self.today)

    def cell(self, row: int, column: int, typed: str) -> DutyCell:
        """What was typed in the grid, as the service takes it."""
        month, measure = self.cells[column - _SUMS]
        return DutyCell(self.lines[row].person.id, month, measure, typed)

    def whole(self) -> Duties:
        """The sums of everybody shown over the months shown."""
        people = {line.person.id for line in self.lines}
        months = {month for month, _ in self.cells}
        return add_up(each for (person, month), each in self.held.items() if person in people and month in months)


def _end(month: date) -> date:
    return date.fromordinal(add_months(month, 1).toordinal() - 1)


def _sum_columns(year: int) -> list[GridColumn]:
    return [
        GridColumn("talks", tr_("Talks"), 7, hint=tr_("talks of the year"), group=str(year)),
        GridColumn("reports", tr_("Reports"), 8, hint=tr_("reports on time of those due in the year"), group=str(year)),
    ]


class DutiesScreen(GridScreen[DutyModel]):
    """The duties of a month, or of a year by one count."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("before", t("Before")),
        key("after", t("After")),
        key("measure", t("Month or year")),
        key("role", t("Role")),
        key("back", t("Back")),
    ]
    empty = t("Nobody holds a role in this month. Ctrl+← →: another month; F4: another role")
    name_width, frozen = 22, _SUMS

    def __init__(self) -> None:
        super().__init__()
        self._month: date | None = None
        self._role = ""
        self._measure = ""

    @property
    def month(self) -> date:
        """First day of the month shown; at first the one that is over last."""
        return self._month or add_months(self.on.replace(day=1), -1)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        when = f"{self.month:%Y}" if self._measure else f"{self.month:%m/%Y}"
        what = [tr(MEASURE_WORDS[self._measure])] if self._measure else []
        role = [role_title(self.office, self._role)] if self._role else []
        return (tr_("Training"), tr_("Duties"), when, *what, *role)

    def read(self) -> DutyModel:
        """The months as they stand."""
        return DutyModel(self.office, self.month, today=self.today, role=self._role, measure=self._measure)

    def counts(self) -> tuple[str, str]:
        """The sums of everybody shown."""
        whole = self.model.whole()
        parts = [
            tr_("{n} people", n=self.model.row_count),
            tr_("talks {n}", n=whole.talks),
            tr_("listeners {n}", n=whole.listeners),
            tr_("reports on time {n} of {due}", n=whole.reports_on_time, due=whole.reports_due),
        ]
        percent = whole.on_time_percent
        return " · ".join(parts), "" if percent is None else tr_("{percent} %", percent=percent)

    def write(self, model: DutyModel, edits: Sequence[CellEdit]) -> None:
        """Write the counts."""
        cells = [model.cell(*each) for each in edits]
        self.enter(lambda: duties.write_duties(self.office, cells, today=self.today))

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_before(self) -> None:
        """Show the month, or the year, before."""
        self._turn(-1)

    def action_after(self) -> None:
        """Show the month, or the year, after."""
        self._turn(1)

    def _turn(self, step: int) -> None:

        def turn() -> None:
            self._month = add_years(self.month, step) if self._measure else add_months(self.month, step)
            self.refresh_office()

        self.grid.then(turn)

    def action_measure(self) -> None:
        """Show the whole month, then each count over the year, then the month again."""

        def turn() -> None:
            order = ("", *_MEASURES)
            following = dict(zip(order, (*order[1:], ""), strict=True))
            self._measure = following[self._measure]
            self.refresh_office()

        self.grid.then(turn)

    def action_role(self) -> None:
        """Show one role, or all."""

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._role = chosen
                self.refresh_office()

        roles = [(role, role_title(self.office, role)) for role in self.office.settings.roles.roles]
        self.grid.then(lambda: self.app.push_screen(Choose(t("Role"), [("", tr_("all")), *roles]), take))
