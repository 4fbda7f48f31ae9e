"""Making a book on the screen: a few pages of questions, of which one can always go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Protocol, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from config.errors import AppError, InputError
from config.i18n import language, tr, tr_
from config.paths import typed_path
from config.settings.offices import ALWAYS
from config.text import Text, t
from records.domain.dates import parse_day
from records.services.settings import keys
from records.services.settings.founding import Founding, suggested_code
from records.services.settings.typed import code
from records.store.sealing.tries import new_keys
from tui.present import books
from tui.present import settings as present
from tui.present.errors import in_words, sentence
from tui.screens.base import Job, key, speak_keys
from tui.screens.book.sealing import NewPassphrase, recovery_told
from tui.screens.form import ask_leaving
from tui.widgets.behind import begin
from tui.widgets.dialogs import Report
from tui.widgets.fields import ChoiceField, Field, Form
from tui.widgets.frame import KeyLine, Leaving

_ROLE = "role:"


class LookingApp(Protocol):
    """What the questions ask of the app."""

    today: date

    def wear(self, theme: str) -> None:
        """Take the colours that a value of the setting `theme` means."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what it is about, a word to it, and its fields."""

    title: Text
    told: Text
    fields: tuple[Field, ...]


class FoundingScreen(Leaving[Path | None], ModalScreen[Path | None]):
    """The questions of the first day; answers with the book that was made."""

    DEFAULT_CSS = """
    FoundingScreen { align: center middle; }
    FoundingScreen > Vertical { width: 78; max-width: 100%; height: 100%; background: $panel; padding: 0 2; }
    FoundingScreen .title { text-style: bold; }
    FoundingScreen .told { color: $text-muted; height: auto; margin: 0 0 1 0; }
    FoundingScreen #page { height: 1fr; }
    FoundingScreen #refusal { color: $text-error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("go_on", t("Go on"), priority=True),
        key("go_back", t("Back")),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._pages, self._path = _pages(), path
        self._texts: dict[str, str] = {}
        self._number = 0
        self._busy = False

    def compose(self) -> ComposeResult:
        """Lay out the frame of a page."""
        with Vertical():
            yield Static(id="title", classes="title", markup=False)
            yield Static(id="told", classes="told", markup=False)
            yield Vertical(id="page")
            yield Static("", id="refusal", markup=False)
            yield KeyLine()

    async def on_mount(self) -> None:
        """Begin with the first page."""
        await self._show(0)

    async def _show(self, number: int) -> None:
        page = self._pages[number]
        self._number = number
        title = tr_("Make a book · {number}/{all}: {title}", number=number + 1, all=len(self._pages), title=page.title)
        self.query_one("#title", Static).update(title)
        self.query_one("#told", Static).update(tr(page.told))
        self.query_one("#refusal", Static).update("")
        place = self.query_one("#page", Vertical)
        await place.remove_children()
        first = {"path": str(self._path), **_defaults(page, language()), **self._texts}
        await place.mount(Form(page.fields, first))

    def unsaved(self) -> bool:
        """Whether something was typed."""
        return bool(self._texts) or self.query_one(Form).changed

    def _keep(self) -> None:
        form = self.query_one(Form)
        self._texts |= {field.key: form.text(field.key) for field in form.fields}

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Suggest a code when the name of the office is left."""
        self._suggest()

    def _suggest(self) -> None:
        form = self.query_one(Form)
        asked = {field.key for field in form.fields}
        if {"office.name", "office.code"} <= asked and not form.text("office.code"):
            form.put("office.code", suggested_code(form.text("office.name")))

    @on(ChoiceField.Changed)
    def _changed(self) -> None:
        form = self.query_one(Form)
        if any(field.key == "theme" for field in form.fields):
            cast("LookingApp", self.app).wear(form.text("theme"))

    async def action_go_on(self) -> None:
        """Go to the next page, or make the book."""
        form = self.query_one(Form)
        if not self._busy:
            self._suggest()
        if self._busy or form.problems():
            return
        self._keep()
        if self._number + 1 < len(self._pages):
            await self._show(self._number + 1)
        else:
            self._make()

    async def action_go_back(self) -> None:
        """Go to the page before; from the first one leave, asking when something was typed."""
        if self._busy:
            return
        if self._number:
            self._keep()
            await self._show(self._number - 1)
            return
        if self.unsaved():
            ask_leaving(self, lambda: self.dismiss(None))
        else:
            self.dismiss(None)

    def _make(self) -> None:
        if self._texts.get("sealed") == "yes":
            dialog = NewPassphrase(t("Passphrase of the book"))
            self.app.push_screen(dialog, lambda typed: self._make_with(typed) if typed else None)
        else:
            self._make_with("")

    def _make_with(self, passphrase: str) -> None:
        path, today = typed_path(self._texts["path"]), cast("LookingApp", self.app).today
        refusal = self.query_one("#refusal", Static)
        try:
            given = founding_of(self._texts, today)
        except AppError as error:
            refusal.update(_told(error))
            return
        self._busy = True
        refusal.update(tr_("Making the book…"))

        def work(_job: Job) -> tuple[present.Made, list[Text]]:
            if not passphrase:
                return present.make_book(path, given, today=today), []
            ring, _, printed = new_keys(passphrase, name=books.actor())
            return present.make_book(path, given, today=today, ring=ring), recovery_told(printed)

        def done(found: tuple[present.Made, list[Text]]) -> None:
            made, told = found
            if told or made.notices:
                lines = [*told, *made.notices]
                self.app.push_screen(Report(t("The book is made"), lines), lambda _: self.dismiss(made.path))
            else:
                self.dismiss(made.path)

        def failed(error: Exception) -> None:
            if not isinstance(error, AppError | OSError):
                raise error
            self._busy = False
            refusal.update(_told(in_words(error)))

        begin(Job(self.app), work, done=done, failed=failed)


def _told(error: AppError) -> str:
    return sentence(tr(error.what), tr(error.where), tr(error.do))


def founding_of(texts: Mapping[str, str], today: date) -> Founding:
    """What was typed on all pages. Raises InputError for a day that is none."""
    settings: dict[str, dict[date, str]] = {}
    for name in ("office.name", "office.above"):
        value, former = texts.get(name, ""), texts.get(f"{name}:former", "")
        since = texts.get("since", "").strip()
        if since and (former or name == "office.name"):
            day = parse_day(since, field=t("Called so since"), today=today)
            settings[name] = {ALWAYS: former, day: value} if former else {day: value}
        else:
            settings[name] = {ALWAYS: value}
    roles = [each.removeprefix(_ROLE) for each, held in texts.items() if each.startswith(_ROLE) and held == "yes"]
    every = [each for each in texts if each.startswith(_ROLE)]
    settings["office.roles"] = {ALWAYS: "" if len(roles) == len(every) else ", ".join(roles)}
    known = keys.keys_of(books.settings_of(None))
    for name, typed in texts.items():
        if name in known and name not in settings:
            settings[name] = {ALWAYS: typed}
    kept = {key: {day: each for day, each in values.items() if each.strip()} for key, values in settings.items()}
    chosen: Any = texts.get("units_from", "none")
    units = {"names": "unit_names", "file": "unit_file"}.get(chosen, "")
    return Founding(
        settings={key: values for key, values in kept.items() if values},
        units_from=chosen,
        units=str(typed_path(texts[units])) if units == "unit_file" else texts.get(units, ""),
    )


def _defaults(page: Page, spoken: str) -> dict[str, str]:
    """What the fields of a page hold when they were not shown yet; a choice else begins with its first."""
    return {"language": spoken, **{each.key: "yes" for each in page.fields if each.key.startswith(_ROLE)}}


def _pages() -> list[Page]:
    return [
        Page(
            t("The office"), t("Printed at the head of every paper. All of it can be changed later, by date."), _who()
        ),
        Page(
            t("Who signs, and which roles"),
            t("What is not known yet may stay empty. “no”: the office does not work with that role."),
            _signs(),
        ),
        Page(t("The first units"), t("More come in later, one by one or from a list."), _units()),
        Page(t("The program"), t("Ctrl+S makes the book."), _program()),
    ]


def _who() -> tuple[Field, ...]:
    def day(typed: str) -> object:
        return parse_day(typed, field=t("Called so since"), today=date.max) if typed.strip() else None

    return (
        Field("office.name", t("Name of the office"), judge=_needed),
        Field("office.code", t("Code, such as PDP"), judge=code),
        Field("office.above", t("Body above it")),
        Field("office.place", t("Place on papers")),
        Field("office.kind", t("Kind of office"), "choice", _spoken(keys.KINDS)),
        Field("since", t("Called so since (day)"), judge=day),
        Field("office.name:former", t("Name before that day")),
        Field("office.above:former", t("Body above before")),
    )


def _signs() -> tuple[Field, ...]:
    roles = books.settings_of(None).roles.roles
    yes_no = [("yes", tr_("yes")), ("no", tr_("no"))]
    return (
        Field("signers.papers.mode", t("Before the body: T/M, K/T…")),
        Field("signers.papers.body", t("Body signed for")),
        Field("signers.papers.title", t("Position of the signer")),
        Field("signers.papers.name", t("Name of the signer")),
        Field("office.committee", t("Committee that recognises")),
        Field("office.number_suffix", t("After a number, as QĐ/BTG")),
        *(
            Field(f"{_ROLE}{role}", Text("{role}", (("role", each.title),)), "choice", yes_no)
            for role, each in roles.items()
        ),
    )


def _units() -> tuple[Field, ...]:
    sources = [
        ("none", tr_("none yet")),
        ("names", tr_("those named below")),
        ("file", tr_("from a spreadsheet")),
        ("shipped", tr_("the shipped tree of Thái Nguyên")),
    ]
    return (
        Field("units_from", t("First units"), "choice", sources),
        Field("unit_names", t("Names, parted by “;”")),
        Field("unit_file", t("Spreadsheet")),
    )


def _program() -> tuple[Field, ...]:
    def place(typed: str) -> str:
        present.judge_place(typed_path(typed))
        return typed

    return (
        Field("language", t("Language"), "choice", _spoken(keys.LANGUAGES)),
        Field("theme", t("Colours"), "choice", _spoken(keys.THEMES)),
        Field("sealed", t("Opens by a passphrase"), "choice", [("no", tr_("no")), ("yes", tr_("yes"))]),
        Field("path", t("Folder of the book"), judge=place),
    )


def _needed(typed: str) -> str:
    if not typed.strip():
        raise InputError(t("The name is missing"), do=t("write the name of the office"))
    return typed


def _spoken(words: Mapping[Any, Text]) -> Sequence[tuple[str, str]]:
    return [(str(each), tr(told)) for each, told in words.items()]
