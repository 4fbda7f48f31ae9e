"""The settings of the book by screen: each with its value of the day, changed with one line of the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, ClassVar, Protocol, cast

from textual import on
from textual.binding import BindingType

from config.errors import InputError
from config.i18n import tr, tr_
from config.settings.offices import ALWAYS
from config.text import Text, t
from records.domain.dates import parse_day, shown
from records.domain.people.names import fold
from records.services.certificates.keys import noted
from records.services.office import Office
from records.services.settings import keys
from records.services.settings.changing import set_setting
from records.services.settings.keys import CODE, SettingKey
from records.services.settings.recoding import move_words, planned_move
from tui.present.rows import Column, Row
from tui.present.settings import same_code, shown_value, since_words
from tui.screens.base import key
from tui.screens.form import OfficeForm
from tui.screens.list_screen import ListScreen
from tui.widgets.dialogs import AskText, Confirm, Report
from tui.widgets.fields import Field
from tui.widgets.table import VirtualTable

_SEAL = "seal"


class SettingsApp(Protocol):
    """What the settings ask of the app."""

    today: date

    def take_settings(self, office: Office) -> None:
        """Go on with the same book under other settings."""


class SettingsScreen(ListScreen):
    """Every setting, in groups."""

    empty = t("Nothing matches")

    BINDINGS: ClassVar[list[BindingType]] = [
        key("change", t("Change")),
        key("values", t("Values by day")),
    ]

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Settings"),)

    def columns(self) -> Sequence[Column]:
        """What it is, and its value."""
        return [Column("what", tr_("Setting"), 36), Column("value", tr_("Value"), 30, grow=True)]

    def refresh_office(self) -> None:
        """Read the settings."""
        settings, rows = self.office.settings, []
        for number, (group, members) in enumerate(groupby(keys.keys_of(settings).values(), lambda each: each.group)):
            rows.append(Row(f"#{number}", (tr(group), ""), {0: "good"}, fold(tr(group))))
            for each in members:
                value = shown_value(each, keys.value_on(settings, each, self.on))
                missing = each.key in ("office.name", CODE) and value == "—"
                cells = (f"  {tr(each.title)}", value if not missing else tr_("missing: nothing is printed before"))
                find = fold(f"{tr(group)} {cells[0]} {value} {each.key}")
                rows.append(Row(each.key, cells, {1: "bad"} if missing else {}, find))
        rows.append(Row("#seal", (tr_("Keys"), ""), {0: "good"}, fold(tr_("Keys"))))
        mark = noted(self.office.book)
        told = f"{mark[:16]}…" if mark else tr_("made with the first certificate")
        rows.append(Row(_SEAL, (f"  {tr_('Key that seals certificates')}", told), {}, fold(tr_("Keys"))))
        self.listing.set_rows(rows)

    def _chosen(self) -> SettingKey | None:
        chosen = self.listing.table.cursor_id
        return None if chosen is None else keys.keys_of(self.office.settings).get(chosen)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        event.stop()
        if event.row_id == _SEAL:
            self._tell_seal()
        else:
            self.action_change()

    def _tell_seal(self) -> None:
        folder = self.office.book.files.folder / "keys"
        lines = [
            t("The key lies in {path}; a backup of the book holds it.", path=folder),
            t("Its fingerprint: {mark}", mark=noted(self.office.book) or "—"),
            t("Others check certificates with its public half: “certificate key --out FILE”."),
        ]
        self.app.push_screen(Report(t("Key that seals certificates"), lines))

    def action_values(self) -> None:
        """Show the values of a setting by their first days."""
        chosen = self._chosen()
        if chosen is None:
            self.news(t("Put the cursor on a setting"), bad=True)
            return
        found = keys.values(self.office.settings, chosen)
        lines: list[Text | str] = [
            t("{since}: {value}", since=since_words(since), value=shown_value(chosen, value))
            for since, value in found.items()
        ]
        self.app.push_screen(Report(chosen.title, [*lines, "", t("Its name for scripts: {key}", key=chosen.key)]))

    def action_change(self) -> None:
        """Change the setting under the cursor."""
        chosen = self._chosen()
        if chosen is None:
            self.news(t("Put the cursor on a setting"), bad=True)
        elif self.may_write():
            if chosen.key == CODE:
                self._ask_code()
            else:
                self.app.push_screen(SettingForm(chosen), self._changed)

    def _changed(self, done: str | None) -> None:
        if done is not None:
            self.catch_up()
            self.news(t("Saved. Ctrl+Z takes it back"))

    # -- another code -------------------------------------------------------------------------------------------------

    def _ask_code(self) -> None:
        known = keys.keys_of(self.office.settings)[CODE]

        def judge(typed: str) -> Text | None:
            try:
                known.read(typed)
            except InputError as error:
                return t("{what}. {do}", what=error.what, do=error.do)
            return None

        def take(typed: str | None) -> None:
            if typed is not None:
                self._confirm_code(known.read(typed))

        first = self.office.settings.office.code
        self.app.push_screen(AskText(t("Code of the office"), known.title, first, judge=judge), take)

    def _confirm_code(self, code: str) -> None:
        book = self.office.book
        if code == book.office == self.office.settings.office.code:
            self.news(t("It is so already"))
            return
        lines = [*move_words(planned_move(self.office, code)), *same_code(code, book.path)]

        def done(agreed: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if agreed:
                self._move(code)

        title = t("Move the book to the code {code}?", code=code)
        self.app.push_screen(Confirm(title, lines, yes=t("Move")), done)

    def _move(self, code: str) -> None:
        office, app = self.office, cast("SettingsApp", self.app)

        def take(moved: Office) -> None:
            app.take_settings(moved)
            self.office_app.office_changed()
            self.tell_end(t("The book has the code {code} now. Ctrl+Z takes it back", code=code))

        self.behind(
            t("Moving the book to another code"),
            lambda _job: set_setting(office, CODE, code, today=app.today),
            take,
            group="code",
            writes=True,
        )


class SettingForm(OfficeForm):
    """Another value of one setting, from a day on where it is dated."""

    def __init__(self, setting: SettingKey) -> None:
        super().__init__()
        self._setting = setting

    def heading(self) -> str:
        """The setting."""
        return f"{tr(self._setting.group)} · {tr(self._setting.title)}"

    def fields(self) -> list[Field]:
        """The value, and from when it holds."""
        each = self._setting
        options = [(value, tr(words)) for value, words in each.choices]
        value = Field("value", t("Value"), "choice" if options else "text", options, judge=self._judge)
        if not each.dated:
            return [value]
        return [value, Field("since", t("Holds from (day)"), judge=self._day)]

    def _judge(self, typed: str) -> str:
        self._setting.read(typed)
        return typed

    def _day(self, typed: str) -> date:
        return parse_day(typed, field=t("Holds from (day)"), today=date.max) if typed.strip() else ALWAYS

    def first_values(self) -> dict[str, str]:
        """The value of the day; a new one begins today, or always where there was none."""
        settings, each = self.office.settings, self._setting
        held = [value for value in keys.values(settings, each).values() if value not in (None, "")]
        today = cast("SettingsApp", self.app).today
        return {
            "value": keys.as_typed(keys.value_on(settings, each, self.on)),
            "since": shown(today) if held else "",
        }

    def remarks(self, texts: Mapping[str, str]) -> Mapping[str, Text]:
        """What a day says: a past one changes papers of the past, none means always."""
        if not self._setting.dated:
            return {}
        if not texts["since"].strip():
            return {"since": t("it will have been so always")}
        return {}

    def store(self, values: Mapping[str, Any]) -> str:
        """Write the setting."""
        app, each = cast("SettingsApp", self.app), self._setting
        since = values.get("since") if each.dated else None
        app.take_settings(set_setting(self.office, each.key, values["value"], since=since, today=app.today))
        return each.key
