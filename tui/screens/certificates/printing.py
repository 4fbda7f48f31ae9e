"""Printing from a screen: ask how and where, print in a thread that can be stopped, note it, and say what failed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
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
            how: `one` file, `each` in a file of its own, one file for the `shop` that prints, or `blank:NAME`.
        """
        if not self.may_write():
            return
        try:
            job = make()
        except AppError as error:
            self.complain(error)
            return
        self._ask_all(_questions(job), lambda: self._ask_again(job, make, stem, how))

    def _ask_again(self, job: jobs.Job, make: MakeJob, stem: str, how: str) -> None:
        """Where some were printed before: a second original, or the same in place of a sheet that was spoilt?"""
        if not job.again:
            self._ask_place(make, stem, how)
            return

        def reason(typed: str | None) -> None:
            if typed and typed.strip():
                self._ask_place(lambda: jobs.printed_alike(self.office, make()), stem, how, typed.strip())

        def take(way: str | None) -> None:
            if way == "second":
                self._ask_place(make, stem, how)
            elif way == "spoilt":
                self.app.push_screen(AskText(t("A sheet was spoilt"), t("What happened to it")), reason)

        ways = [
            ("second", tr_("A second original; {n} will be marked as re-issued", n=len(job.again))),
            ("spoilt", tr_("The printer spoilt the sheet: print the same again, unmarked")),
        ]
        self.app.push_screen(Choose(t("Printed before: what is it now?"), ways), take)

    def _ask_all(self, questions: Sequence[Confirm], then: Callable[[], None]) -> None:
        """Ask one after the other, and go on when every answer is yes."""
        if not questions:
            then()
            return

        def agreed(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._ask_all(questions[1:], then)

        self.app.push_screen(questions[0], agreed)

    def offer_ways(self, make: MakeJob, stem: str) -> None:
        """Ask in what way to print, then go on as `offer`."""
        ways = [("one", tr_("One file, in the order of the list")), ("each", tr_("One file for each person"))]
        shop = self.office.settings.office.print_shop
        marks = tr_(", crop marks") if shop.marks else ""
        told = tr_("Print shop {name}: {n:g} mm of bleed{marks}", name=shop.name, n=shop.bleed, marks=marks)
        if not shop.name:
            told = tr_("Print shop: {n:g} mm of bleed{marks}", n=shop.bleed, marks=marks)
        ways.append(("shop", told))
        ways += [
            (f"blank:{each.name}", tr_("On the blank “{name}”", name=each.name))
            for each in blanks.profiles(self.office)
        ]

        def take(how: str | None) -> None:
            if how:
                self.offer(make, stem, how=how)

        self.app.push_screen(Choose(t("How to print"), ways), take)

    def _ask_place(self, make: MakeJob, stem: str, how: str, spoilt: str = "") -> None:
        def take(typed: str | None) -> None:
            if typed:
                self._print(make, _Run(typed_path(typed), how, self.on, spoilt))

        separate = how == "each"
        default = documents_folder() / (stem if separate else f"{stem}.pdf")
        label = t("Folder") if separate else t("File")
        judge = None if separate else _judge_place
        self.app.push_screen(AskText(t("Print certificates"), label, str(default), judge=judge), take)

    def _print(self, make: MakeJob, run: _Run) -> None:
        self.behind(
            t("Printing"),
            lambda job: self._printed_by(job, make, run),
            self._printed,
            group="print",
            on_stop=t("Printing is being stopped"),
            writes=True,
        )

    def _printed_by(self, job: Job, make: MakeJob, run: _Run) -> Text | _Faults:
        """Print in the thread of `job`; gives what was done, or which of several certificates are at fault."""

        def step(done: int, total: int) -> None:
            # A screen drawn for every page would cost more than the page.
            if done % 20 == 0 or done == total:
                job.progress(done, total)

        blank = run.how.removeprefix("blank:") if ":" in run.how else ""
        way = jobs.Way(run.path, separate=run.how == "each", blank=blank, bleed=run.how == "shop")
        made = make()
        try:
            report = jobs.print_job(
                self.office,
                made,
                way,
                note=lambda hashes: job.tell(self._note, made, hashes, run),
                preparing=job.progress,
                progress=step,
                stop=job.is_stopped,
            )
        except jobs.FaultyCertificatesError as error:
            return _Faults(error, make, run)
        return t("Printed {n} certificates to {path} in {font}", n=report.count, path=run.path, font=report.font_family)

    def _note(self, job: jobs.Job, hashes: Sequence[str], run: _Run) -> None:
        decisions.record_print(
            self.office,
            job.records,
            template=job.template.id,
            hashes=hashes,
            today=run.today,
            numbered=job.numbered,
            spoilt=run.spoilt,
        )

    def _printed(self, told: Text | _Faults) -> None:
        if not isinstance(told, _Faults):
            self.catch_up()
            self.tell_end(told)
            return
        problems, rest = told.error.problems, told.error.rest

        def read(_nothing: None) -> None:
            if rest:
                title = t("Print the other {n}?", n=rest)
                lines = (t("{n} certificates are left out; they can be printed later", n=len(problems)),)
                question = Confirm(title, lines, yes=t("Print the others"))
                self._ask_all([question], lambda: self._print(lambda: told.without(problems), told.run))

        title = t("Nothing was printed: {n} certificates are at fault", n=len(problems))
        self.app.push_screen(Report(title, [_sentence(each) for each in problems.values()]), read)


@dataclass(frozen=True, slots=True)
class _Run:
    """How a printing was asked for: where to, in what way, on which day, and what happened to the sheets before."""

    path: Path
    how: str
    today: date
    spoilt: str = ""


@dataclass(frozen=True, slots=True)
class _Faults:
    """Certificates at fault in a job that `make` makes, and how it was to be printed."""

    error: jobs.FaultyCertificatesError
    make: MakeJob
    run: _Run

    def without(self, ids: Collection[str]) -> jobs.Job:
        """The job without some of its certificates."""
        return self.make().without(ids)


def _questions(job: jobs.Job) -> list[Confirm]:
    """What is asked before a job is printed."""
    asked = []
    if job.unsigned:
        lines = (t("{n} of them name nobody who signs", n=len(job.unsigned)),)
        asked.append(Confirm(t("Print without a signer?"), lines, yes=t("Print unsigned")))
    return asked


class PrintScreen(Prints, ListScreen):
    """A list that prints."""


def _sentence(error: AppError) -> str:
    return f"{tr(error.what)}. {tr(error.do)}"


def _judge_place(typed: str) -> Text | None:
    path = typed_path(typed)
    if path.suffix.lower() != ".pdf":
        return t("Name the file .pdf")
    return t("There is a file of this name already; choose another") if path.exists() else None
