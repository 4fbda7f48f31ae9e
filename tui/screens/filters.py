"""Choosing whom to show or to judge, and choosing where a list is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from config.errors import AppError
from config.i18n import language, tr, tr_
from config.paths import typed_path
from config.text import Text, t
from records.domain.findings import Verdict
from records.domain.people.names import sort_key
from records.domain.units import Unit
from records.rules.words import VERDICT_WORDS
from records.services.office import Office
from records.services.people.roster import Scope
from tui.screens.base import OfficeScreen, key
from tui.screens.form import FormScreen
from tui.screens.whom import Filter
from tui.widgets.dialogs import AskText, Confirm
from tui.widgets.fields import Field, Form


class FilterDialog(FormScreen[Filter]):
    """Asks for role, level, unit and verdict."""

    DEFAULT_CSS = """
    FilterDialog { align: center middle; }
    FilterDialog > Vertical { width: 72; height: auto; max-height: 90%; background: $panel; padding: 1 2; }
    FilterDialog Form { height: auto; max-height: 16; }
    FilterDialog .title { text-style: bold; margin-bottom: 1; }
    FilterDialog .foot { margin-top: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("leave", t("Cancel")),
        key("take", t("Show"), priority=True),
    ]

    def __init__(self, office: Office, on: date, chosen: Filter, title: Text | None = None) -> None:
        super().__init__()
        self._title = title or t("Whom to show")
        self._office, self._on, self._chosen = office, on, chosen

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            yield Form(self._fields(), self._values())
            yield Static(tr_("Ctrl+S: take these · Esc: cancel"), classes="foot", markup=False)

    def _fields(self) -> list[Field]:
        settings = self._office.settings
        anyone = ("", tr_("all"))
        roles = [(role, each.title.in_language(language())) for role, each in settings.roles.roles.items()]
        levels = [(level, each.title.in_language(language())) for level, each in settings.levels.levels.items()]
        verdicts = [(each.value, tr(VERDICT_WORDS[each])) for each in Verdict]
        holding = [("", tr_("everybody in the book")), ("yes", tr_("who hold a role"))]
        restricted = [("", tr_("not shown")), ("yes", tr_("shown as well"))]
        return [
            Field("role", t("Role"), "choice", options=[anyone, *roles]),
            Field("level", t("Level"), "choice", options=[anyone, *levels]),
            Field("unit", t("Unit"), "choice", options=[anyone, *unit_options(self._office, self._on)]),
            Field("verdict", t("Verdict"), "choice", options=[anyone, *verdicts]),
            Field("holding", t("People"), "choice", options=holding),
            Field("restricted", t("Data restricted"), "choice", options=restricted),
        ]

    def _values(self) -> dict[str, str]:
        scope = self._chosen.scope
        holding = "yes" if scope.holding else ""
        given = {"role": scope.role, "level": scope.level, "unit": scope.unit}
        restricted = "yes" if scope.restricted else ""
        return {**given, "verdict": self._chosen.verdict, "holding": holding, "restricted": restricted}

    def action_take(self) -> None:
        """Answer with what was chosen."""
        form = self.query_one(Form)
        if form.problems():
            return
        values = {name: str(value or "") for name, value in form.values().items()}
        scope = Scope(
            role=values["role"], level=values["level"], unit=values["unit"], holding=bool(values["holding"]),
            restricted=bool(values["restricted"]),
        )  # fmt: skip
        self.dismiss(Filter(scope, values["verdict"]))


def unit_options(office: Office, on: date, *, keep: str = "") -> list[tuple[str, str]]:
    """Units that exist on the day (and `keep`, even if it does not), by the name that held, in Vietnamese order."""
    units = [each for each in office.book.table(Unit) if each.exists_on(on) or each.id == keep]
    return sorted(((each.id, each.name_on(on)) for each in units), key=lambda option: sort_key(option[1]))


def documents_folder() -> Path:
    """Where people look for what a program wrote: their documents, else their home."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def ask_export(screen: OfficeScreen, name: str, write: Callable[[Path, bool], object]) -> None:
    """Ask where to write a list, ask again before replacing a file, write it, and say where it is."""

    def save(path: Path, *, overwrite: bool) -> None:
        try:
            write(path, overwrite)
        except AppError as error:
            screen.complain(error)
            return
        screen.news(t("Written: {path}", path=path))

    def take(typed: str | None) -> None:
        if not typed:
            return
        path = typed_path(typed)
        if not path.exists():
            save(path, overwrite=False)
            return

        def replace(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                save(path, overwrite=True)

        screen.app.push_screen(
            Confirm(t("Replace the file that is there?"), (str(path),), yes=t("Replace the file")), replace
        )

    default = documents_folder() / f"{name}.xlsx"
    screen.app.push_screen(AskText(t("Write the list"), t("File"), str(default), judge=_judge_path), take)


def _judge_path(typed: str) -> Text | None:
    if typed_path(typed).suffix.lower() not in (".xlsx", ".csv"):
        return t("Name the file .xlsx or .csv")
    return None
