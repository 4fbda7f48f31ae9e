"""The templates of certificates: those shipped and the office's own; make one's own of them, hand over, take in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar, Protocol, cast

from textual import on
from textual.binding import BindingType

from config.errors import AppError, InputError
from config.i18n import language, tr, tr_
from config.paths import typed_path
from config.text import Text, t
from exports.certificates.design.bundle import ENDING, Taken, export_design, read_bundle, take_design
from exports.certificates.design.words import paper_words
from exports.certificates.template import Templates
from records.domain.people.names import fold
from records.services.certificates.designs import file_of, id_for, remove_design
from records.services.office import Office
from tui.present.errors import in_words
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.certificates.designer import Designer
from tui.screens.files import ChooseFile
from tui.screens.filters import documents_folder
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Confirm
from tui.widgets.table import VirtualTable

_FORMS = {"party": t("Party form"), "state": t("state form"), "office": t("the office's own"), "none": t("any form")}


class DesignsApp(Protocol):
    """What the templates ask of the app."""

    today: date

    def take_settings(self, office: Office) -> None:
        """Go on with the same book under other settings."""


class DesignsScreen(ListScreen):
    """Every template; the office's own are marked, and stand before shipped ones of their name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", t("Back")),
        key("change", t("Design")),
        key("new", t("New from this one")),
        key("export", t("Hand over")),
        key("import", t("Take in")),
        key("remove", t("Take away"), show=False),
    ]
    empty = t("There is no template")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Certificates"), tr_("Templates"))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("title", tr_("Template"), 40, grow=True, sort=str),
            Column("whose", tr_("Whose"), 12),
            Column("form", tr_("Form"), 16),
            Column("paper", tr_("Paper size"), 16),
            Column("id", tr_("Name in files"), 20),
        ]

    def refresh_office(self) -> None:
        """Read the templates."""
        templates = self._templates()
        rows = []
        for name in sorted(templates.files):
            try:
                design = templates.named(name)
            except AppError as error:
                rows.append(Row(name, (name, tr_("cannot be read"), "", "", name), {1: "bad"}, fold(name), error))
                continue
            own = templates.is_own(design)
            cells = (design.title.in_language(language()), tr_("own") if own else tr_("shipped"),
                     tr(_FORMS[design.form]), paper_words(design), name)  # fmt: skip
            rows.append(Row(name, cells, {1: "good"} if own else {1: "dim"}, fold(" ".join(cells))))
        self.listing.set_rows(rows)

    def _templates(self) -> Templates:
        return Templates(self.office.book.settings.folder)

    def _chosen(self) -> str:
        return self.listing.table.cursor_id or ""

    @on(VirtualTable.Opened)
    def _opened(self, event: VirtualTable.Opened) -> None:
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Design the one under the cursor; of a shipped one an own one is made when it is saved."""
        self.attempt(lambda: self.app.push_screen(Designer(self._templates().named(self._chosen()))))

    def action_new(self) -> None:
        """Make a new template of the one under the cursor."""

        def judge(typed: str) -> Text | str | None:
            try:
                known = id_for(typed) in self._templates().files
            except InputError as error:
                return error.do or error.what
            return t("There is a template of this name; choose another") if known else None

        def take(typed: str | None) -> None:
            if typed and typed.strip():
                chosen = self._templates().named(self._chosen())
                self.attempt(lambda: self.app.push_screen(Designer(chosen, new_title=typed.strip())))

        if self.may_write():
            self.app.push_screen(AskText(t("New template"), t("What it is called"), judge=judge), take)

    def action_export(self) -> None:
        """Write the one under the cursor, with its pictures, as one file."""
        name = self._chosen()
        first = documents_folder() / f"{name}{ENDING}"

        def take(typed: str | None) -> None:
            if typed and typed.strip():
                out = typed_path(typed)
                if self.attempt(lambda: export_design(self.office.book.settings.folder, name, out)):
                    self.news(t("Written to {path}", path=out))

        self.app.push_screen(AskText(t("Hand the template over"), t("File"), str(first)), take)

    def action_import(self) -> None:
        """Take in a template that another office handed over."""
        if self.may_write():
            self.app.push_screen(ChooseFile(t("Take a template in"), (".zip", ".yaml")), self._take)

    def _take(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            taken = read_bundle(path)
        except (AppError, OSError) as error:
            self.complain(in_words(error))
            return
        if self.office.book.settings.read(file_of(taken.design.id)) is None:
            self._keep(lambda: self._taken_in(taken, overwrite=False), t("Taken in: {name}", name=taken.design.id))
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self._keep(lambda: self._taken_in(taken, overwrite=True), t("Taken in: {name}", name=taken.design.id))

        title = t("The office has a template “{name}” already. Replace it?", name=taken.design.id)
        self.app.push_screen(Confirm(title, (t("Ctrl+Z takes it back"),), yes=t("Replace")), answered)

    def _taken_in(self, taken: Taken, *, overwrite: bool) -> Office:
        return take_design(self.office, taken, today=cast("DesignsApp", self.app).today, overwrite=overwrite)

    def action_remove(self) -> None:
        """Take an own template away, after asking."""
        name = self._chosen()
        if not self.may_write():
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                today = cast("DesignsApp", self.app).today
                self._keep(lambda: remove_design(self.office, name, today=today), t("Taken away: {name}", name=name))

        lines = (t("What was printed by it stays as it is. Ctrl+Z takes it back"),)
        title = t("Take the template “{name}” away?", name=name)
        self.app.push_screen(Confirm(title, lines, yes=t("Take away"), danger=True), answered)

    def _keep(self, act: Callable[[], Office], told: Text) -> None:
        if self.attempt(lambda: cast("DesignsApp", self.app).take_settings(act())):
            self.catch_up()
            self.news(told)
