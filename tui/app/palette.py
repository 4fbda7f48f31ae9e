"""The sections of the office, and the list of every command that works where one is."""

from __future__ import annotations

from importlib import import_module
from itertools import chain, repeat
from typing import Any

import msgspec
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from config.errors import InputError
from config.i18n import tr
from config.text import Text, t
from tui.screens.base import is_ours
from tui.screens.more import MoreActs
from tui.widgets.frame import SectionWord


class Section(msgspec.Struct, frozen=True):
    """One section: its screen is imported when it is first shown."""

    id: str
    title: Text
    place: str

    def prepare(self) -> type[Screen[Any]]:
        """Import the screen; gives its class."""
        module, _, name = self.place.partition(":")
        kind: type[Screen[Any]] = getattr(import_module(module), name)
        return kind

    def make(self) -> Screen[Any]:
        """Make the screen."""
        return self.prepare()()


SECTIONS = (
    Section("today", t("Today"), "tui.screens.today.today:TodayScreen"),
    Section("people", t("People"), "tui.screens.people.roster:RosterScreen"),
    Section("check", t("Check against the standard"), "tui.screens.standards.check:CheckScreen"),
    Section("training", t("Training and conferences"), "tui.screens.training.events:TrainingScreen"),
    Section("review", t("Review of the roster"), "tui.screens.reviews.review:ReviewScreen"),
    Section("emulation", t("Emulation"), "tui.screens.emulation.cycles:EmulationScreen"),
    Section("awards", t("Awards"), "tui.screens.awards.awards:AwardsScreen"),
    Section("certificates", t("Certificates and cards"), "tui.screens.certificates.certificates:CertificatesScreen"),
    Section("import", t("Import a spreadsheet"), "tui.screens.imports.people:ImportScreen"),
    Section("units", t("Units"), "tui.screens.units.units:UnitsScreen"),
    Section("exchange", t("Exchange between offices"), "tui.screens.exchange.exchange:ExchangeScreen"),
    Section("history", t("History of changes"), "tui.screens.book.history:HistoryScreen"),
    Section("book", t("The book and its backups"), "tui.screens.book.book:BookScreen"),
    Section("settings", t("Settings"), "tui.screens.settings.settings:SettingsScreen"),
)


SHORT = {
    "today": t("Today"),
    "people": t("People"),
    "check": t("Check"),
    "training": t("Training"),
    "review": t("Review"),
    "emulation": t("Emulation"),
    "awards": t("Awards"),
    "certificates": t("Printed papers"),
    "import": t("Import"),
    "units": t("Units"),
    "exchange": t("Exchange"),
    "history": t("History"),
    "book": t("Book"),
    "settings": t("Settings"),
}
"""Sections in a word or two, where all of them stand in one line."""


def section_words(shown: str) -> list[SectionWord]:
    """The sections for the line of sections, of which `shown` is in front."""
    digits = chain(DIGITS, repeat(""))
    return [
        SectionWord(each.id, tr(SHORT.get(each.id, each.title)), digit, each.id == shown)
        for each, digit in zip(SECTIONS, digits, strict=False)
    ]


def section_named(name: str) -> Section:
    """The section called so on the command line; the first for an empty name. Raises InputError for an unknown one."""
    found = next((each for each in SECTIONS if name in ("", each.id)), None)
    if found is None:
        known = ", ".join(each.id for each in SECTIONS)
        raise InputError(t("There is no section “{given}”", given=name), do=t("use one of: {known}", known=known))
    return found


DIGITS = "1234567890"
"""Alt and one of these shows the section that stands there in `SECTIONS`."""
ALT_DIGITS = "¡™£¢∞§¶•ªº"
"""What Textual makes of Alt and each of `DIGITS`: it reads every terminal as a Mac's, whose Option key gives these."""


class Command(msgspec.Struct, frozen=True):
    """Something that can be done now: its words, its key as printed on the keyboard, and the act."""

    id: str
    title: str
    keys: str
    action: str
    node: DOMNode


def commands(app: App[Any]) -> list[Command]:
    """Every command of the screen in front, each once, the screen's own before the app's, and every section."""
    found: dict[tuple[str, int], Command] = {}
    for node, binding, enabled, _ in app.screen.active_bindings.values():
        place = (binding.action, id(node))
        if enabled and is_ours(binding) and place not in found and binding.action != "commands":
            keys = app.get_key_display(binding)
            found[place] = Command(str(len(found)), binding.description, keys, binding.action, node)
    screen = app.screen
    if isinstance(screen, MoreActs):
        for name, acts in (("more", screen.more_acts), ("views", screen.other_views)):
            keys = next((each.keys for each in found.values() if each.action == name), "")
            for act in acts:
                found[act.action, id(screen)] = Command(str(len(found)), tr(act.words), keys, act.action, screen)
    for each in SECTIONS:  # those past the tenth have no key to be found by
        action = f"section('{each.id}')"
        found.setdefault((action, id(app)), Command(str(len(found)), tr(each.title), "", action, app))
    return list(found.values())


def ask_command(app: App[Any]) -> None:
    """Let the person find a command by its words, and do it."""
    from tui.widgets.dialogs import Choose  # noqa: PLC0415  # the app paints itself before

    known = {each.id: each for each in commands(app)}

    def run(chosen: str | None) -> None:
        if chosen is not None:
            command = known[chosen]
            app.call_later(app.run_action, command.action, command.node)

    app.push_screen(Choose(t("Commands"), [(each.id, each.title, each.keys) for each in known.values()]), run)


def ask_section(app: App[Any]) -> None:
    """Let the person choose a section."""
    from tui.widgets.dialogs import Choose  # noqa: PLC0415  # the app paints itself before

    def run(chosen: str | None) -> None:
        if chosen is not None:
            app.switch_mode(chosen)

    keys = chain((f"Alt+{digit}" for digit in DIGITS), repeat(""))  # the sections past the tenth have no digit
    options = [(each.id, tr(each.title), key) for each, key in zip(SECTIONS, keys, strict=False)]
    app.push_screen(Choose(t("Sections"), options), run)
