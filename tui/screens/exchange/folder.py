"""A folder of packages and workbooks before it is taken: what each file would do, and why one cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.people.names import fold
from records.services.exchange import workbooks
from records.services.exchange.workbooks import Looked
from records.services.office import Office
from tui.present.exchange.packages import FileWords, unusable_lines, workbook_lines
from tui.present.rows import Column, Row
from tui.screens.base import Job, key
from tui.screens.exchange.taking import TakeScreen
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import Confirm, Report
from tui.widgets.table import VirtualTable


class FolderScreen(ListScreen):
    """What every file of a folder would do; Ctrl+S takes those marked, or all, each as a change of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("accept", t("Take them")),
        key("open_row", t("Look at one")),
        key("back", t("Back")),
    ]
    counted = True
    empty = t("Nothing was read yet")

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._looked: dict[str, FileWords] = {}

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Exchange"), self._folder.name)

    def pending(self) -> str:
        """That nothing is taken yet."""
        return tr_("not taken yet") if any(each.brings for each in self._looked.values()) else ""

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("file", tr_("File"), 14, grow=True),
            Column("state", tr_("What happens"), 26, grow=True),
            Column("from", tr_("Sent by"), 14, grow=True),
            Column("new", tr_("New ones"), 8, align="right"),
            Column("changed", tr_("Changed"), 7, align="right"),
            Column("kept", tr_("Differing"), 9, align="right"),
            Column("refused", tr_("Refused"), 8, align="right"),
        ]

    def refresh_office(self) -> None:
        """Read every file anew."""
        office, folder, today = self.office, self._folder, self.today

        def work(job: Job) -> list[Looked]:
            files = workbooks.files_in(folder)
            found = []
            for done, path in enumerate(files):
                job.progress(done, len(files))
                found.append(workbooks.look(office, path, today=today))
            return found

        self.behind(t("Reading the folder"), work, self._show)

    def _show(self, found: Sequence[Looked]) -> None:
        self._looked = {each.path.name: FileWords(self.office, each) for each in found}
        self.listing.set_rows(_row(each) for each in self._looked.values())
        self.show_counts(tr(_sums(list(self._looked.values()))))
        self.show_place()

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        """A package to be decided field by field, and anything else in words."""
        each = self._looked[event.row_id].looked
        if each.plan is not None:
            self.app.push_screen(TakeScreen(each.plan.package, each.plan))
        elif each.workbook is not None:
            lines = list(workbook_lines(self.office, each.workbook, written=False))
            self.app.push_screen(Report(each.path.name, lines[:-1]))
        elif each.error is not None:
            self.app.push_screen(Report(each.path.name, unusable_lines(each.path, each.error)))

    def action_accept(self) -> None:
        """Take the marked, or everything that brings anything."""
        marked = set(self.listing.table.marked_ids)
        chosen = [each for name, each in self._looked.items() if each.brings and (not marked or name in marked)]
        if not chosen:
            self.news(t("None of them brings anything"), bad=True)
            return
        if not self.may_write():
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._begin([each.looked.path for each in chosen])

        lines = [_sums(chosen), t("Each file is a change of its own; Ctrl+Z takes back the last one first.")]
        if any(each.kept for each in chosen):
            lines.append(t("Where the books differ ours stays; Enter on a package decides field by field."))
        self.app.push_screen(
            Confirm(t("Take {n} files?", n=len(chosen)), lines, yes=t("Take them"), ready=True), answered
        )

    def _begin(self, paths: Sequence[Path]) -> None:
        office, today = self.office, self.today

        def work(job: Job) -> tuple[Office, list[Looked]]:
            now, found = office, []
            for done, path in enumerate(paths):
                job.progress(done, len(paths))
                now, one = workbooks.take_file(now, path, today=today)
                found.append(one)
            return now, found

        def done(result: tuple[Office, list[Looked]]) -> None:
            now, found = result
            if now is not office:
                self.app.take_settings(now)  # type: ignore[attr-defined]  # the app of the office
            failed = [each for each in found if each.error is not None]
            self.listing.table.marks.clear()
            self.catch_up()
            self.news(t("Taken: {n} files, not taken: {m}", n=len(found) - len(failed), m=len(failed)), stay=True)

        self.behind(t("Taking the files"), work, done, group="package", writes=True)


def _sums(files: Sequence[FileWords]) -> Text:
    return t(
        "{n} files · new {new} · changed {changed} · differing {kept} · refused {refused} · not to be used {bad}",
        n=len(files), new=sum(each.new for each in files), changed=sum(each.changed for each in files),
        kept=sum(each.kept for each in files), refused=sum(each.refused for each in files),
        bad=sum(each.looked.error is not None for each in files),
    )  # fmt: skip


def _row(each: FileWords) -> Row:
    numbers = tuple(str(number or "") for number in (each.new, each.changed, each.kept, each.refused))
    state, look = each.state()
    cells = (each.looked.path.name, state, each.sender, *numbers)
    return Row(id=each.looked.path.name, cells=cells, styles={1: look}, find=fold(" ".join(cells)))
