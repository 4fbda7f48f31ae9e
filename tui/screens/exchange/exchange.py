"""The section Exchange: packages that came and went, newest first, and what is done with the next one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import Text, t
from records.domain.dates import shown
from records.domain.exchange import Package
from records.domain.people.names import fold
from records.services.exchange import keys, meeting, opening, workbooks
from records.services.exchange.package import ENDING
from records.services.exchange.workbooks import SHEETS
from tui.present.exchange.packages import NOTHING_NEW, WAYS, package_words, what_words, workbook_lines
from tui.present.rows import Column, Row
from tui.screens import filters
from tui.screens.base import Act, Job, key
from tui.screens.exchange.folder import FolderScreen
from tui.screens.exchange.offices import OfficesScreen
from tui.screens.exchange.packing import ask_package
from tui.screens.exchange.status import StatusScreen
from tui.screens.exchange.taking import TakeScreen, read_package
from tui.screens.files import ChooseFile
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Confirm, Report
from tui.widgets.table import VirtualTable


class ExchangeScreen(ListScreen):
    """Every package of the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("take_in", t("Take a package")),
        key("new", t("Make a package")),
        key("views", t("Offices, status")),
        key("more", t("Identity, meet")),
        key("back", t("Back"), show=False),
    ]
    more_acts = (
        Act("identity", t("Write the identity of this office")),
        Act("meet", t("Take another office for known")),
    )
    other_views = (
        Act("offices", t("Other offices")),
        Act("status", t("Who has sent, and who has not")),
    )
    empty = t("No package came or went yet. F7 takes one, Ins makes one; F8 for the first contact")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Exchange"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("day", tr_("Day"), 10),
            Column("way", tr_("Way"), 14, grow=True),
            Column("office", tr_("Office"), 18, grow=True),
            Column("what", tr_("What"), 22, grow=True),
            Column("period", tr_("Time"), 8),
            Column("people", tr_("People"), 8, align="right"),
        ]

    def refresh_office(self) -> None:
        """List the packages, newest first."""
        names = {each.code: each.name for each in meeting.neighbours(self.office)}
        units = self.office.unit_names(self.on)
        found = sorted(self.office.book.table(Package), key=lambda each: (each.day, each.id), reverse=True)
        self.listing.set_rows(_row(each, names.get(each.office) or units.get(each.unit, "")) for each in found)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        each = self.office.book.table(Package)[event.row_id]
        lines = [
            t("Office: {code}", code=each.office or "–"),
            t("Made {moment}, after change {n} ({digest})", moment=each.made[:16].replace("T", " "), n=each.seq,
              digest=each.hash[:12]),
            t("It holds: {what}", what=what_words(each.what)),
            t("Kept as ours: {n} fields", n=sum(map(len, each.kept.values()))),
            Text("{words}", (("words", package_words(each)),)),
            Text("SHA-256 {digest}", (("digest", each.sha256),)),
        ]  # fmt: skip
        self.app.push_screen(Report(tr_("Package of {day}", day=each.day), lines))

    def action_take_in(self) -> None:
        """Choose a package, read it, and show what taking it would do."""
        if self.may_write():
            self.app.push_screen(ChooseFile(t("A package to take"), (ENDING, *SHEETS), folders=True), self._read)

    def _read(self, path: Path | None) -> None:
        if path is None:
            return
        if path.is_dir():
            self.app.push_screen(FolderScreen(path))
            return
        if path.suffix.lower() in SHEETS:
            self._read_workbook(path)
            return
        office, today = self.office, self.today

        def work(_job: Job) -> tuple[opening.Opened, TakeScreen]:
            package = opening.opened(office, path, again=True)
            return package, TakeScreen(package, read_package(office, package, today))

        self.behind(t("Reading the package"), work, lambda found: self.app.push_screen(found[1]), group="package")

    def _read_workbook(self, path: Path) -> None:
        """Show what the workbook of a unit that keeps no book would do, and take it when the person says so."""
        office, today = self.office, self.today

        def show(book: workbooks.Workbook) -> None:
            def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
                if yes and self.attempt(lambda: workbooks.take_workbook(self.office, book, today=today)):
                    self.catch_up()
                    self.news(t("Taken; Ctrl+Z takes it back") if book.planned else NOTHING_NEW)

            lines = list(workbook_lines(self.office, book, written=False))[:-1]
            title = t("Take the workbook {name}?", name=path.name)
            self.app.push_screen(Confirm(title, lines, yes=t("Take it"), ready=True), answered)

        def failed(error: AppError) -> None:
            if isinstance(error, workbooks.AskedError):
                self._ask_answer(error)
            else:
                self.complain(error)

        label, work = t("Reading the workbook"), lambda _job: workbooks.read_workbook(office, path, today=today)
        self.behind(label, work, show, group="package", failed=failed)

    def _ask_answer(self, asked: workbooks.AskedError) -> None:
        """Another office asks in this workbook: offer to answer by a package."""

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                ask_package(self, {"to": asked.code, "what": "roster", "period": asked.period})

        lines = [t("The workbook may also be filled in and given back.")]
        self.app.push_screen(Confirm(asked.what, lines, yes=t("Answer by a package"), ready=True), answered)

    def action_new(self) -> None:
        """Ask for whom a package is and what goes, and make it."""
        ask_package(self)

    def action_offices(self) -> None:
        """Show the other offices."""
        self.app.push_screen(OfficesScreen())

    def action_status(self) -> None:
        """Show who has sent."""
        self.app.push_screen(StatusScreen())

    def action_identity(self) -> None:
        """Write the file by which other offices know this one."""
        if not self.may_write():
            return

        def take(typed: str | None) -> None:
            if typed:
                self.attempt(lambda: self._write_identity(typed_path(typed)))

        default = filters.documents_folder() / f"danh-tinh-{self.office.book.office}.json"
        self.app.push_screen(AskText(t("Identity of this office"), t("File"), str(default), judge=_judge_new), take)

    def _write_identity(self, path: Path) -> None:
        from exports.packages import write_identity  # noqa: PLC0415  # only where a file leaves

        found = write_identity(self.office, path, now=self._now())
        mark = keys.fingerprint(found.key)
        self.catch_up()
        lines = [
            t("Written: {path}", path=path),
            t("Fingerprint of {code}: {mark}", code=found.office, mark=mark),
            t("Give the file to the other office, and read the fingerprint to it over the phone"),
        ]
        self.app.push_screen(Report(t("Identity of this office"), lines))

    def _now(self) -> datetime:
        now = datetime.now().time()  # noqa: DTZ005  # the office's own clock
        return datetime.combine(self.today, now)

    def action_meet(self) -> None:
        """Take another office for known, after its fingerprint was compared."""
        if self.may_write():
            self.app.push_screen(ChooseFile(t("The identity of another office"), (".json", ".id")), self._meet)

    def _meet(self, path: Path | None) -> None:
        if path is not None:
            self.attempt(lambda: self._ask_meeting(path))

    def _ask_meeting(self, path: Path) -> None:
        met = meeting.meeting(self.office, meeting.read_identity(path))

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes and self.attempt(lambda: meeting.meet(self.office, met, today=self.today)):
                self.catch_up()
                self.news(t("{code} is known now; which unit it is, F2 in “Other offices” says",
                            code=met.identity.office))  # fmt: skip

        lines = [
            t("{code} ({name})", code=met.identity.office, name=met.identity.name),
            t("Fingerprint: {mark}", mark=met.fingerprint),
            *met.notices,
            t("Let the other office read its fingerprint over the phone."),
        ]
        title = t("Is this fingerprint the one that was read to you?")
        self.app.push_screen(Confirm(title, lines, yes=t("It is the same")), answered)


def _judge_new(typed: str) -> Text | str | None:
    path = typed_path(typed)
    if not path.parent.is_dir():
        return t("The folder “{path}” does not exist", path=path.parent)
    return t("There is a file of this name already; choose another") if path.exists() else None


def _row(each: Package, name: str) -> Row:
    way = tr(WAYS[each.way])
    office = f"{each.office} {name}".strip() or "–"
    told = f"{way} – {each.reason}" if each.reason else way
    cells = (shown(each.day), told, office, what_words(each.what), each.period, str(each.people or ""))
    look = {1: "warn"} if each.reason else {}
    return Row(id=each.id, cells=cells, styles=look, find=fold(" ".join(cells)))
