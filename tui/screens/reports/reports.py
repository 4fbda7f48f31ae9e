"""Report forms that go up: chosen, filled for a period, each number opening the people behind it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.settings.dated import Words
from config.settings.reports.forms import ReportColumn
from config.text import Text, t
from records.domain.emulation import period_of
from records.domain.people.names import fold, sort_key
from records.domain.people.person import Person
from records.services.movements.registrations import place_of
from records.services.reports import filling
from records.services.reports.filling import Report, ReportCell, ReportLine
from tui.present.changes import Spoken
from tui.present.rows import Column, Row
from tui.present.words import number_told
from tui.screens.base import key
from tui.screens.list_screen import ListScreen
from tui.screens.paper_out import ask_paper
from tui.screens.people.person import PersonScreen
from tui.widgets.dialogs import AskText, Choose
from tui.widgets.table import VirtualTable


def _title(title: Words | Text) -> str:
    return title.in_language(language()) if isinstance(title, Words) else tr(title)


class ReportsScreen(ListScreen):
    """The forms there are."""

    BINDINGS: ClassVar[list[BindingType]] = [key("back", t("Back"), show=False)]
    empty = t("No report form is in the settings")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Awards"), tr_("Report forms")

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("title", tr_("Report form"), 40, sort=sort_key, grow=True),
            Column("size", tr_("Rows × columns"), 16),
            Column("sure", tr_("State"), 14),
        ]

    def refresh_office(self) -> None:
        """Read them; a wrong one says its file and line."""
        found = filling.forms(self.office)
        self.listing.set_rows(
            Row(
                id=each.id,
                cells=(
                    _title(each.title), f"{len(each.rows)} × {len(each.columns)}",
                    tr_("to confirm") if each.confidence == "to_confirm" else "",
                ),
                find=fold(f"{each.id} {each.title.vi} {each.title.en}"),
            )
            for each in found
        )  # fmt: skip

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(ReportScreen(event.row_id, str(self.on.year)))


class ReportScreen(ListScreen):
    """One form, filled; Enter asks for a column and opens the records behind its number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("year", t("Reporting period")),
        key("papers", t("Papers")),
        key("back", t("Back"), show=False),
    ]
    empty = t("The form has no row for this period")
    counted = True

    def __init__(self, form: str, period: str) -> None:
        super().__init__()
        self._form, self._period = form, period
        self._report: Report | None = None

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Report forms"), _title(self._report.form.title) if self._report else "", self._period

    def columns(self) -> list[Column]:
        """The columns of the form."""
        form = filling.form_named(self.office, self._form)
        return [Column("row", tr_("Content"), 30, grow=True), *(self._column(each) for each in form.columns)]

    @staticmethod
    def _column(each: ReportColumn) -> Column:
        title = _title(each.title)
        return Column(each.id, title, max(len(title), 6), align="right")

    def refresh_office(self) -> None:
        """Fill the form."""
        report = self._report = filling.fill(self.office, filling.form_named(self.office, self._form), self._period)
        self.listing.set_rows(
            Row(
                id=line.id,
                cells=(_title(line.title), *(number_told(cell.value) for cell in line.cells)),
                find=fold(_title(line.title)),
            )
            for line in report.lines
        )
        told = tr_("From {first} to {last}", first=report.first, last=report.last)
        doubt = tr_("The form is to be confirmed.") if report.form.confidence == "to_confirm" else ""
        self.show_counts(" · ".join(part for part in (told, doubt) if part))
        self.show_place()

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        report = self._report
        if report is None:
            return
        line = next(each for each in report.lines if each.id == event.row_id)

        def chosen(column: str | None) -> None:
            if column is not None:
                self.app.push_screen(BehindScreen(*report.cell(line.id, column)))

        pairs = zip(report.form.columns, line.cells, strict=True)
        options = [(each.id, _title(each.title), number_told(cell.value)) for each, cell in pairs]
        self.app.push_screen(Choose(_title(line.title), options), chosen)

    def action_year(self) -> None:
        """Ask for the period."""

        def judge(typed: str) -> Text | str | None:
            try:
                period_of(typed)
            except InputError as error:
                return error.do
            return None

        def asked(period: str | None) -> None:
            if period:
                self._period = period.strip()
                self.refresh_office()

        label = t("2025, 2025-H1 (half year), 2025-Q2 (quarter) or 2025-03 (month)")
        self.app.push_screen(AskText(t("Reporting period"), label, self._period, judge=judge), asked)

    def action_papers(self) -> None:
        """Write the filled form."""
        office, report = self.office, self._report

        def write(to: Any) -> None:
            from exports.papers.report_forms import write_report  # noqa: PLC0415  # pages are heavy

            assert report is not None
            write_report(office, report, to.path, day=to.day, log=to.log, overwrite=to.overwrite)

        if report is not None:
            ask_paper(self, f"{report.form.id}-{report.period}", write)


class BehindScreen(ListScreen):
    """The records behind one number of a form."""

    BINDINGS: ClassVar[list[BindingType]] = [key("back", t("Back"), show=False)]
    empty = t("Nothing was counted here")
    counted = True

    def __init__(self, line: ReportLine, column: ReportColumn, cell: ReportCell) -> None:
        super().__init__()
        self._line, self._column, self._cell = line, column, cell

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return tr_("Report forms"), _title(self._line.title), _title(self._column.title)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("code", tr_("Code"), 11),
            Column("name", tr_("Name"), 24, sort=sort_key, grow=True),
            Column("unit", tr_("Unit"), 22, grow=True),
            Column("record", tr_("Counted"), 26, grow=True),
        ]

    def refresh_office(self) -> None:
        """Name them."""
        names, place, say = self.office.names(), place_of(self.office, self.on), Spoken(self.office, self.on)
        self.listing.set_rows(
            Row(
                id=each.record,
                cells=(each.subject, names.get(each.subject, ""), place(each.subject), say.record(each.record)),
                find=fold(f"{each.subject} {names.get(each.subject, '')}"),
                data=each.subject,
            )
            for each in self._cell.items
        )
        self.show_counts(number_told(self._cell.value))

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        subject = next(each.subject for each in self._cell.items if each.record == event.row_id)
        if self.office.book.table(Person).get(subject) is not None:
            self.app.push_screen(PersonScreen(subject))
