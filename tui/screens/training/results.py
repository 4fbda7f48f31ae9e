"""Results of one training, typed and pasted as in a spreadsheet: completed, score, class, certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual.binding import BindingType

from config.i18n import language, tr_
from config.text import Text, t
from exports.certificates import jobs
from records.domain.dates import shown
from records.domain.people.names import person_key
from records.domain.training import Attendance, Event
from records.services.awards.issuing import class_issuer
from records.services.office import Office
from records.services.training import events, results
from records.services.training.certificates import next_number
from records.services.training.results import COLUMNS, Certificate, ResultCell
from tui.screens.base import Act, key
from tui.screens.certificates.issued_form import IssuedForm
from tui.screens.certificates.printing import Prints
from tui.screens.form import OfficeForm, day_field
from tui.screens.grid_screen import GridScreen
from tui.widgets.dialogs import Report
from tui.widgets.fields import Field
from tui.widgets.grid.model import CellEdit, GridColumn


class ResultModel:
    """Everybody who came to an event, by name; one column a field of the result."""

    def __init__(self, office: Office, event: Event, today: date) -> None:
        self.event, self.today = event, today
        came = [each for each in events.attendance_of(office, event.id).values() if each.came()]
        named = [(office.person(each.person).name, each) for each in came]
        named.sort(key=lambda pair: (person_key(pair[0]), pair[1].person))
        self.names = [name for name, _ in named]
        self.rows = [each for _, each in named]
        self._columns = [
            GridColumn("result", tr_("Result"), 7, "left", hint=tr_("đ completed, k not completed")),
            GridColumn("score", tr_("Score"), 6, hint=tr_("score as the organiser gave it, such as 8,5")),
            GridColumn("rank", tr_("Class, prize"), 12, "left", hint=tr_("class or prize in words")),
            GridColumn("certificate", tr_("Cert. no."), 13, "left", hint=tr_("number on the certificate")),
            GridColumn("certificate_issuer", tr_("Issued by"), 24, "left", hint=tr_("the centre that issued it")),
            GridColumn("certificate_day", tr_("Issued on"), 10, hint=tr_("day on the certificate")),
        ]

    @property
    def row_count(self) -> int:
        """How many people there are."""
        return len(self.rows)

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The fields of a result."""
        return self._columns

    def row_id(self, row: int) -> str:
        """The attendance."""
        return self.rows[row].id

    def row_title(self, row: int) -> str:
        """The name."""
        return self.names[row]

    def text(self, row: int, column: int) -> str:
        """What a field holds; a score with the decimal sign of the language."""
        text = results.result_text(self.rows[row], COLUMNS[column])
        return text.replace(".", ",") if COLUMNS[column] == "score" and language() == "vi" else text

    def look(self, row: int, column: int) -> str:
        """Results by colour; certificates that took another's place."""
        found = self.rows[row]
        if COLUMNS[column] == "result":
            return {"completed": "good", "not_completed": "bad", "": ""}[found.result]
        return "warn" if COLUMNS[column] == "certificate" and found.earlier else ""

    def editable(self, row: int, column: int) -> bool:  # noqa: ARG002  # the grid asks for a cell
        """Everything here is typed."""
        return True

    def judge(self, row: int, column: int, typed: str) -> Text | None:
        """Why a cell cannot hold `typed`, or None."""
        return results.result_problem(self.rows[row], COLUMNS[column], typed, today=self.today)


class ResultsScreen(Prints, GridScreen[ResultModel]):
    """The results of one event."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("complete", t("All completed")),
        key("more", t("More")),
        key("back", t("Back")),
    ]
    more_acts = (
        Act("certificates", t("Print certificates")),
        Act("reissue", t("Re-issue")),
        Act("earlier", t("Earlier certificates")),
    )
    empty = t("Nobody is recorded as having come yet. Esc: back to the attendance sheet, and mark who came")

    def __init__(self, event: str) -> None:
        super().__init__()
        self._event_id = event

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Training"), self.model.event.title, tr_("Results"))

    def read(self) -> ResultModel:
        """The event as it stands; it may have been taken back."""
        return ResultModel(self.office, events.event_named(self.office, self._event_id), self.today)

    def counts(self) -> tuple[str, str]:
        """How many came, and with which result."""
        rows = self.model.rows
        completed = sum(each.result == "completed" for each in rows)
        failed = sum(each.result == "not_completed" for each in rows)
        parts = [
            tr_("{n} people came", n=len(rows)),
            tr_("completed {n}", n=completed),
            tr_("not completed {n}", n=failed),
            tr_("no result {n}", n=len(rows) - completed - failed),
        ]
        return " · ".join(parts), tr_("certificates {n}", n=sum(bool(each.certificate) for each in rows))

    def write(self, model: ResultModel, edits: Sequence[CellEdit]) -> None:
        """Write the results."""
        cells = [ResultCell(model.rows[each.row].id, COLUMNS[each.column], each.typed) for each in edits]
        self.enter(lambda: results.write_results(self.office, cells, today=self.today))

    def _here(self) -> Attendance | None:
        return self.model.rows[self.grid.row] if self.model.rows else None

    def action_complete(self) -> None:
        """Everybody without a result completed it."""
        self.grid.then(self._complete)

    def _complete(self) -> None:
        made: list[Attendance] = []
        if self.enter(lambda: made.extend(results.complete_all(self.office, self.model.event))):
            self.news(t("{n} people completed it; correct those who did not", n=len(made)))

    def action_reissue(self) -> None:
        """Record another certificate in place of the one under the cursor."""
        self.grid.then(self._reissue)

    def _reissue(self) -> None:
        row = self._here()
        if row is None or not self.may_write():
            return
        if not row.certificate:
            self.news(t("There is no certificate to replace; type the first one into its column"), bad=True)
            return

        def saved(made: str | None) -> None:
            if made:
                self.catch_up()
                self.news(t("Recorded; the earlier certificate is kept beside it (F8). Ctrl+Z takes it back"))

        self.app.push_screen(ReissueForm(row, self.model.names[self.grid.row]), saved)

    def action_earlier(self) -> None:
        """Read which certificates the one under the cursor replaced."""
        row = self._here()
        if row is not None:
            lines = earlier_lines(row) or [tr_("No certificate was replaced")]
            self.app.push_screen(Report(self.model.names[self.grid.row], lines))

    def action_certificates(self) -> None:
        """Print the certificates of those who completed it, after who issues and signs them was asked."""
        if self.may_write():
            self.grid.then(self._ask_issued)

    def _ask_issued(self) -> None:
        event, on_day = self.model.event, self.on
        usual, pattern = class_issuer(self.office, event)
        number = next_number(self.office, usual.name, on_day.year, pattern)
        form = IssuedForm(usual, number=pattern.format(n=number, year=on_day.year))

        def given(done: str | None) -> None:
            if done:
                self.offer(lambda: jobs.course_job(self.office, event.id, form.given, on_day), f"GCN-{event.id}")

        self.app.push_screen(form, given)


def earlier_lines(row: Attendance) -> list[str]:
    """What is known of the certificates of an attendance that others replaced, oldest first."""
    return [
        tr_(
            "{number} of {day}, {issuer}: replaced on {replaced}, {why}",
            number=each.number,
            day=shown(each.day, tr_("not known")),
            issuer=each.issuer or tr_("not known"),
            replaced=each.replaced,
            why=each.why,
        )
        for each in row.earlier
    ]


class ReissueForm(OfficeForm):
    """Records a certificate given in place of another; answers with the id of the attendance."""

    def __init__(self, row: Attendance, name: str) -> None:
        super().__init__()
        self._row, self._name = row, name

    def heading(self) -> str:
        """Whose, and which one it replaces."""
        return tr_("{name}: in place of certificate {number}", name=self._name, number=self._row.certificate)

    def fields(self) -> list[Field]:
        """The new certificate, and why."""
        return [
            Field("number", t("New number")),
            Field("issuer", t("Issued by")),
            day_field("day", t("Issued on"), self.on),
            Field("why", t("Why")),
        ]

    def first_values(self) -> dict[str, str]:
        """The same issuer."""
        return {"issuer": self._row.certificate_issuer, "day": shown(self.on)}

    def store(self, values: Mapping[str, Any]) -> str:
        """Let the service record it. Raises AppError when it refuses."""
        made = results.reissue(
            self.office,
            self._row,
            Certificate(str(values["number"] or ""), str(values["issuer"] or ""), values["day"]),
            why=str(values["why"] or ""),
            today=self.today,
        )
        return made.id
