"""Asking how a list of people is written: where to, which columns, with what heading, and who signs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from config.errors import AppError, InputError
from config.i18n import tr, tr_
from config.paths import typed_path
from config.text import t
from exports.lists.people import judge_path
from exports.lists.people_columns import ALL, BY_KEY, LAYOUTS
from records.domain.dates import parse_day, shown
from records.domain.lists import ListLayout
from records.services import lists
from records.services.office import Office
from tui.screens.base import Act, key
from tui.screens.form import FormScreen
from tui.widgets.dialogs import AskText, Choose, Confirm
from tui.widgets.fields import Field, Form
from tui.widgets.picker import Option, Picker
from tui.widgets.table import VirtualTable


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: the file, and columns, heading and signers as a layout without a name."""

    path: Path
    layout: ListLayout
    day: date
    """The date the paper bears."""


class ExportDialog(FormScreen[Wish]):
    """File, heading, signer, and the columns with their order. Layouts are kept in the book."""

    DEFAULT_CSS = """
    ExportDialog { align: center middle; }
    ExportDialog > Vertical { width: 78; max-width: 100%; height: 30; max-height: 100%; }
    ExportDialog > Vertical { background: $panel; padding: 0 2; }
    ExportDialog Form { height: auto; max-height: 9; margin-bottom: 1; }
    ExportDialog .title { text-style: bold; margin-bottom: 1; }
    ExportDialog .foot { color: $text-muted; height: auto; }
    ExportDialog #said { height: 1; color: $accent; }
    ExportDialog #said.-bad { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("leave", t("Cancel")),
        key("take", t("Write"), priority=True),
        key("layouts", t("Layouts")),
        key("more", t("More")),
    ]
    more_acts = (Act("keep", t("Keep as a layout")), Act("forget", t("Delete a layout")))

    def __init__(self, office: Office, count: int, path: Path, today: date) -> None:
        super().__init__()
        self._office, self._count, self._path = office, count, path
        self._today = today

    def compose(self) -> ComposeResult:
        """Lay out the fields and the columns."""
        fields = [
            Field("file", t("File (.xlsx, .csv, .pdf)"), judge=_judged),
            Field("heading", t("Second line of the title")),
            Field("day", t("Date of the paper"), "date", judge=self._judge_day),
            Field("signer", t("Signs, lines split by ;")),
            Field("signer_name", t("Name of who signs")),
        ]
        options = [Option(each.key, tr(each.label), tr_("sensitive") if each.sensitive else "") for each in ALL]
        with Vertical():
            yield Static(tr_("Write the list: {n} people", n=self._count), classes="title", markup=False)
            yield Form(fields, {"file": str(self._path), "day": shown(self._today)})
            yield Static("", id="said", markup=False)
            yield Picker(options, LAYOUTS["usual"][1])
            yield Static(
                tr_("Ctrl+S: write · Space: choose · Ctrl+↑ ↓: move · F6: layouts (F8: keep, delete) · Esc: cancel"),
                classes="foot",
                markup=False,
            )

    def _judge_day(self, typed: str) -> date:
        return parse_day(typed, field=tr_("Date of the paper"), today=self._today)

    def on_mount(self) -> None:
        """Begin with the columns: the file has its usual name already."""
        self.call_after_refresh(self.query_one(Picker).focus)
        self._count_columns()

    @on(VirtualTable.MarksChanged)
    def _count_columns(self) -> None:
        chosen = self.query_one(Picker).chosen
        sensitive = [tr(BY_KEY[each].label) for each in chosen if BY_KEY[each].sensitive]
        text = tr_("Columns chosen: {n}", n=len(chosen))
        self._say(f"{text} · {tr_('sensitive')}: {', '.join(sensitive)}" if sensitive else text, bad=bool(sensitive))

    @on(VirtualTable.Opened)
    def _entered(self, event: VirtualTable.Opened) -> None:
        event.stop()
        self._say(tr_("Space chooses a column, Ctrl+S writes the list"))

    def _say(self, text: str, *, bad: bool = False) -> None:
        line = self.query_one("#said", Static)
        line.set_class(bad, "-bad")
        line.update(text)

    def _layout(self, name: str = "") -> ListLayout:
        form = self.query_one(Form)
        return ListLayout(
            id="",
            name=name,
            columns=self.query_one(Picker).chosen,
            heading=form.text("heading").strip(),
            signer=tuple(line.strip() for line in form.text("signer").split(";") if line.strip()),
            signer_name=form.text("signer_name").strip(),
        )

    def action_take(self) -> None:
        """Answer with what was chosen; sensitive columns are asked about once more."""
        form, chosen = self.query_one(Form), self.query_one(Picker).chosen
        if form.problems():
            return
        if not chosen:
            self._say(tr_("Choose at least one column"), bad=True)
            return
        values = form.values()
        wish = Wish(values["file"], self._layout(), values["day"])
        sensitive = [tr(BY_KEY[each].label) for each in chosen if BY_KEY[each].sensitive]
        if not sensitive:
            self.dismiss(wish)
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self.dismiss(wish)

        lines = (", ".join(sensitive), t("The book will say who wrote them, when, and of whom."))
        title = t("Write sensitive data of {n} people?", n=self._count)
        self.app.push_screen(Confirm(title, lines, yes=t("Write sensitive data"), danger=True), answered)

    def action_layouts(self) -> None:
        """Choose a layout."""
        kept = {each.id: each for each in lists.saved(self._office, ListLayout)}
        options = [(name, tr(title), tr_("always there")) for name, (title, _) in LAYOUTS.items()]
        options += [(each.id, each.name, tr_("{n} columns", n=len(each.columns))) for each in kept.values()]

        def take(chosen: str | None) -> None:
            if chosen is not None and chosen in LAYOUTS:
                self.query_one(Picker).choose(LAYOUTS[chosen][1])
                self._count_columns()
            elif chosen is not None:
                self._load(kept[chosen])

        self.app.push_screen(Choose(t("Layouts"), options), take)

    def _load(self, layout: ListLayout) -> None:
        there, missing = lists.known_columns(layout, tuple(BY_KEY))
        self.query_one(Picker).choose(there)
        form = self.query_one(Form)
        form.put("heading", layout.heading)
        form.put("signer", "; ".join(layout.signer))
        form.put("signer_name", layout.signer_name)
        self._count_columns()
        if missing:
            self._say(tr_("Columns this program does not know were left out: {columns}", columns=", ".join(missing)))

    def action_keep(self) -> None:
        """Keep the columns, heading and signers under a name."""

        def take(name: str | None) -> None:
            if name is not None and self._attempt(lambda: lists.save(self._office, self._layout(name))):
                self._say(tr_("Layout kept: {name}", name=name.strip()))

        self.app.push_screen(AskText(t("Keep as a layout"), t("Name")), take)

    def action_forget(self) -> None:
        """Delete a layout of the book."""
        kept = {each.id: each for each in lists.saved(self._office, ListLayout)}

        def take(chosen: str | None) -> None:
            if chosen is not None and self._attempt(lambda: lists.delete(self._office, kept[chosen])):
                self._say(tr_("Deleted: {name}. Undo brings it back", name=kept[chosen].name))

        options = [(each.id, each.name) for each in kept.values()]
        self.app.push_screen(Choose(t("Delete a layout"), options), take)

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except AppError as error:
            self._say(tr(error.do or error.what), bad=True)
            return False
        return True


def _judged(typed: str) -> Path:
    """A path for a list. Raises InputError."""
    if not typed.strip():
        raise InputError(t("No file was named"), do=t("name the file .xlsx, .csv or .pdf"))
    path = typed_path(typed)
    judge_path(path)
    return path
