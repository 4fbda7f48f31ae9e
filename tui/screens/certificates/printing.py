"""Printing from a screen: ask how and where, print in a thread that can be stopped, note it, and say what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from config.errors import AppError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import Text, t
from exports.certificates import jobs
from records.services.awards import decisions
from records.services.certificates import blanks
from tui.screens.base import Job, OfficeScreen, key
from tui.screens.filters import documents_folder
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Choose, Confirm, Report

MakeJob = Callable[[], jobs.Job]


class Prints(OfficeScreen):
    """What a screen that prints can do. Esc stops a printing that is under way."""

    BINDINGS: ClassVar[list[BindingType]] = [key("stop_printing", t("Stop printing"), show=False)]

    def action_stop_printing(self) -> None:
        """Stop: what is being printed leaves nothing behind."""
        self.stop_work()

    def offer(self, make: MakeJob, stem: str, *, how: str = "one") -> None:
        """Ask what is still to be asked, then print.

        Args:
            make: makes the job; called again after the questions, for the book may have changed.
            stem: of the file's or folder's name.
            how: `one` file, `each` in a file of its own, or `blank:NAME`.
        """
        if not self.may_write():
            return
        try:
            job = make()
        except AppError as error:
            self.complain(error)
            return
        if not job.again:
            self._ask_place(make, stem, how)
            return

        def agreed(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._ask_place(make, stem, how)

        lines = (t("{n} of them were printed before; they will be marked as re-issued", n=len(job.again)),)
        self.app.push_screen(Confirm(t("Print a second original?"), lines, yes=t("Print again")), agreed)

    def offer_ways(self, make: MakeJob, stem: str) -> None:
        """Ask in what way to print, then go on as `offer`."""
        ways = [("one", tr_("One file, in the order of the list")), ("each", tr_("One file for each person"))]
        ways += [
            (f"blank:{each.name}", tr_("On the blank “{name}”", name=each.name))
            for each in blanks.profiles(self.office)
        ]

        def take(how: str | None) -> None:
            if how:
                self.offer(make, stem, how=how)

        self.app.push_screen(Choose(t("How to print"), ways), take)

    def _ask_place(self, make: MakeJob, stem: str, how: str) -> None:
        def take(typed: str | None) -> None:
            if typed:
                self._print(make, typed_path(typed), how, self.on)

        separate = how == "each"
        default = documents_folder() / (stem if separate else f"{stem}.pdf")
        label = t("Folder") if separate else t("File")
        judge = None if separate else _judge_place
        self.app.push_screen(AskText(t("Print certificates"), label, str(default), judge=judge), take)

    def _print(self, make: MakeJob, path: Path, how: str, today: date) -> None:
        self.behind(
            t("Printing"),
            lambda job: self._printed_by(job, make, path, how, today),
            self._printed,
            group="print",
            on_stop=t("Printing is being stopped"),
            writes=True,
        )

    def _printed_by(self, job: Job, make: MakeJob, path: Path, how: str, today: date) -> Text | list[str]:
        """Print in the thread of `job`; gives what was done, or what is wrong with more than one certificate."""

        def step(done: int, total: int) -> None:
            # A screen drawn for every page would cost more than the page.
            if done % 20 == 0 or done == total:
                job.progress(done, total)

        way = jobs.Way(path, separate=how == "each", blank=how.removeprefix("blank:") if ":" in how else "")
        made = make()
        try:
            report = jobs.print_job(
                self.office,
                made,
                way,
                note=lambda hashes: job.tell(self._note, made, hashes, today),
                preparing=job.progress,
                progress=step,
                stop=job.is_stopped,
            )
        except jobs.FaultyCertificatesError as error:
            return [_sentence(each) for each in error.problems]
        return t("Printed {n} certificates to {path} in {font}", n=report.count, path=path, font=report.font_family)

    def _note(self, job: jobs.Job, hashes: Sequence[str], today: date) -> None:
        decisions.record_print(
            self.office,
            job.records,
            template=job.template.id,
            hashes=hashes,
            today=today,
            numbered=job.numbered,
        )

    def _printed(self, told: Text | list[str]) -> None:
        if isinstance(told, list):
            title = t("Nothing was printed: {n} certificates are at fault", n=len(told))
            self.app.push_screen(Report(title, told))
            return
        self.catch_up()
        self.tell_end(told)


class PrintScreen(Prints, ListScreen):
    """A list that prints."""


def _sentence(error: AppError) -> str:
    return f"{tr(error.what)}. {tr(error.do)}"


def _judge_place(typed: str) -> Text | None:
    path = typed_path(typed)
    if path.suffix.lower() != ".pdf":
        return t("Name the file .pdf")
    return t("There is a file of this name already; choose another") if path.exists() else None
