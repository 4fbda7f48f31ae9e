"""The files of a dossier: taken in, written out, taken out."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import tr_
from config.paths import typed_path
from config.text import t
from exports.files import whole_file
from records.domain.awards.dossiers import DossierFile
from records.domain.dates import shown
from records.domain.lists import ListExport
from records.domain.people.names import fold, sort_key
from records.domain.people.person import Person
from records.services.lists import log_export
from records.services.movements import dossiers as services
from tui.present.rows import Column, Row
from tui.screens.base import OfficeScreen, key
from tui.screens.files import ChooseFile
from tui.screens.filters import documents_folder
from tui.screens.movements.lists import ActingList
from tui.widgets.dialogs import AskText
from tui.widgets.table import VirtualTable

ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx")


def ask_dossier(screen: OfficeScreen, about: str, title: str) -> None:
    """Show the files of a record's dossier."""
    screen.app.push_screen(DossierScreen(about, title))


class DossierScreen(ActingList):
    """The files handed in with one record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("add", t("Take a file in")),
        key("export", t("Write it out")),
        key("remove", t("Take out"), show=False),
        key("back", t("Back"), show=False),
    ]
    empty = t("The dossier has no file. Ins: take one in (pdf, jpg, png, docx, xlsx)")

    def __init__(self, about: str, title: str) -> None:
        super().__init__()
        self._about, self._title = about, title

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return self._title, tr_("Files of the dossier")

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("title", tr_("File"), 40, sort=sort_key, grow=True),
            Column("day", tr_("Day"), 10),
            Column("size", tr_("Size (kB)"), 10, align="right"),
        ]

    def refresh_office(self) -> None:
        """Read them."""
        found = services.files_of(self.office, self._about)
        self.listing.set_rows(
            Row(id=each.id, cells=(each.title, shown(each.day), str(max(each.size // 1000, 1))), find=fold(each.title))
            for each in found
        )
        self.show_counts(tr_("{n} files", n=len(found)))

    def _chosen(self) -> list[DossierFile]:
        table = self.office.book.table(DossierFile)
        return [found for each in self.chosen_ids() if (found := table.get(each)) is not None]

    def action_add(self) -> None:
        """Take a file in."""

        def taken(path: Path | None) -> None:
            if path is not None:
                told = t("Taken in: {name}. Ctrl+Z takes it back", name=path.name)
                self.act(lambda: services.attach(self.office, self._about, [path], self.on), told)

        if self.may_write():
            self.app.push_screen(ChooseFile(t("Take a file into the dossier"), ENDINGS), taken)

    def action_remove(self) -> None:
        """Take the one under the cursor out."""
        chosen = self._chosen()
        if chosen:
            title = t("Take “{name}” out of the dossier?", name=chosen[0].title)
            told = t("Taken out: {n}. Ctrl+Z brings them back", n=1)
            self.ask_sure(title, t("Take out"), lambda: services.remove(self.office, chosen[0]), told)

    @on(VirtualTable.Opened)
    def _open(self) -> None:
        self.action_export()

    def action_export(self) -> None:
        """Write the one under the cursor where a person says; the book notes that it left."""
        chosen = self._chosen()

        def take(typed: str | None) -> None:
            if typed:
                path = typed_path(typed)
                self.act(lambda: self._write(chosen[0], path), t("Written: {path}", path=path))

        if chosen and self.may_write():
            default = documents_folder() / chosen[0].title
            self.app.push_screen(AskText(t("Write the file as it was handed in"), t("File"), str(default)), take)

    def _write(self, file: DossierFile, path: Path) -> None:
        content, subject = services.content_of(self.office, file), services.subject_of(self.office, file)
        known = self.office.book.table(Person).get(subject) is not None
        export = ListExport(
            id="", file=str(path), sha256=file.sha256, people=(subject,) if known else (), columns=(file.title,),
            on=self.on,
        )  # fmt: skip
        with whole_file(path) as part:
            part.write_bytes(content)
            log_export(self.office, export)
