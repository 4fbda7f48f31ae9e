"""The screen of Sổ Vàng: paints itself first, opens the book behind, then shows the desks one after another."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from typing import ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType

from config.errors import AppError, InputError
from config.speech import say, say_
from config.text import Text, t
from records.desks.office import Office
from records.domain.dates import parse_day, shown
from tui.cli import door
from tui.opening import judge_terminal, open_office
from tui.palette import ALT_DIGITS, DIGITS, SECTIONS, ask_command, ask_section
from tui.reversal import ask_redo, ask_undo
from tui.screens.base import DeskScreen, Typed, key, speak_keys
from tui.screens.help import HelpScreen, OpeningScreen
from tui.widgets.dialogs import AskText, Confirm
from tui.widgets.themes import THEMES

FOLLOW_SECONDS = 2.0
Opener = Callable[[], AbstractContextManager[Office]]


class SoVangApp(App[int]):
    """The office on a screen.

    Attributes:
        on: the day asked about.
        error: what kept the book from opening; `run` raises it after the screen is gone.
    """

    TITLE = "Sổ Vàng"
    CSS_PATH = "theme.tcss"
    ENABLE_COMMAND_PALETTE = False
    MODES = {section.id: section.make for section in SECTIONS}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10", "sections", t("Sections")),
        key("f1", "help_here", t("Help")),
        key("ctrl+p", "commands", t("Commands"), priority=True),
        key("ctrl+z", "undo", t("Undo"), show=False),
        key("ctrl+y", "redo", t("Redo"), show=False),
        key("f5", "refresh_all", t("Refresh"), show=False),
        key("ctrl+d", "change_day", t("Change the day"), show=False),
        *(
            key(f"alt+{digit},{letter}", f"section('{each.id}')", each.title, show=False, priority=True)
            for each, digit, letter in zip(SECTIONS, DIGITS, ALT_DIGITS, strict=False)
        ),
        key("ctrl+q", "quit", t("Quit"), show=False, priority=True),
    ]

    def __init__(self, opener: Opener, *, on: date, who: str = "", real_today: bool = True) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self.on = on
        self.who = who
        self.error: AppError | None = None
        self._opener = opener
        self._real_today = real_today
        self._office: Office | None = None
        self._exits = ExitStack()

    # -- the book -----------------------------------------------------------------------------------------------------

    @property
    def office(self) -> Office:
        """The open office; only screens shown after the opening ask for it."""
        if self._office is None:
            raise RuntimeError("the office is not open yet")
        return self._office

    @property
    def is_open(self) -> bool:
        """Whether the office is open."""
        return self._office is not None

    @property
    def read_only_reason(self) -> Text | None:
        """Why the book cannot be changed, or None when it can."""
        book = self.office.book
        if not book.read_only:
            return None
        if book.damage is not None:
            return book.damage
        return book.notices[0] if book.notices else t("The book can only be read here; nothing can be changed")

    @property
    def scope_day_label(self) -> str:
        """The right of the breadcrumb: the day asked about, who works, whether the book can be changed."""
        state = say_("only reading") if self.is_open and self.office.book.read_only else say_("● saved")
        return " · ".join(part for part in (say_("As of {day}", day=self.on), self.who, state) if part)

    def on_mount(self) -> None:
        """Paint the shell, then open the book behind it."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.push_screen(OpeningScreen())
        self._open()

    @work(thread=True, name="open")
    def _open(self) -> None:
        try:
            office = self._exits.enter_context(self._opener())
        except AppError as error:
            self.call_from_thread(self._give_up, error)
        else:
            self.call_from_thread(self._opened, office)

    def _give_up(self, error: AppError) -> None:
        self.error = error
        self.exit(error.exit_code)

    def _opened(self, office: Office) -> None:
        self._office = office
        self.switch_mode(SECTIONS[0].id)
        if office.book.read_only:
            self.set_interval(FOLLOW_SECONDS, self._follow)
        notice = self.read_only_reason or next(iter(office.book.notices), None)
        if notice is not None:
            self.notify(say(notice), severity="warning", timeout=20, markup=False)

    def _follow(self) -> None:
        if self.office.book.refresh():
            self.office_changed()

    def close(self) -> None:
        """Close the book; called after the screen is gone."""
        self._exits.close()

    def office_changed(self) -> None:
        """Let the screen in front catch up; the others do so when they are shown."""
        if isinstance(self.screen, DeskScreen):
            self.screen.catch_up()

    def set_day(self, day: date) -> None:
        """Ask about another day from now on."""
        self.on = day
        self.office_changed()

    def complain(self, error: AppError) -> None:
        """Show an expected failure as a toast: what, where, what to do."""
        words = door.sentence(say(error.what), say(error.where), say(error.do))
        self.notify(words, severity="error", timeout=12, markup=False)

    def say_news(self, text: Text | str) -> None:
        """Say routine news on the status line of the screen in front."""
        if isinstance(self.screen, DeskScreen):
            self.screen.news(text)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hold back all but quitting until the book is open, and under a dialog."""
        if action in _NEED_OFFICE:
            return self.is_open and isinstance(self.screen, DeskScreen)
        return super().check_action(action, parameters)

    def get_key_display(self, binding: Binding) -> str:
        """Keys as they are printed on the keyboard."""
        if binding.key_display:
            return binding.key_display
        return "+".join(_KEY_NAMES.get(part, part.capitalize()) for part in binding.key.split("+"))

    async def action_section(self, section: str) -> None:
        """Show another section."""
        await self.switch_mode(section)

    def action_sections(self) -> None:
        """List the sections."""
        ask_section(self)

    def action_commands(self) -> None:
        """List every command that works here."""
        ask_command(self)

    def action_help_here(self) -> None:
        """Show the keys of this screen."""
        self.push_screen(HelpScreen(self.screen))

    def action_refresh_all(self) -> None:
        """Read the book again."""
        self.office.book.refresh()
        if isinstance(self.screen, DeskScreen):
            self.screen.refresh_office()
            self.screen.news(t("Read again"))

    def action_change_day(self) -> None:
        """Ask for another day."""

        def judge(typed: str) -> Text | None:
            try:
                parse_day(typed, field=say_("Day"), today=self.on)
            except InputError as error:
                return t("{what}. {do}", what=error.what, do=error.do)
            return None

        def take(typed: str | None) -> None:
            if typed:
                self.set_day(parse_day(typed, field=say_("Day"), today=self.on))
                self.say_news(t("Everything is shown as of {day}", day=self.on))

        dialog = AskText(t("Change the day"), t("Day asked about"), shown(self.on), judge=judge)
        self.push_screen(dialog, take)

    def action_undo(self) -> None:
        """Take back the last change, after asking."""
        ask_undo(self)

    def action_redo(self) -> None:
        """Do again what was undone last, after asking."""
        ask_redo(self)

    async def action_quit(self) -> None:
        """Leave; asks first when something typed would be lost."""
        stacks = self._screen_stacks.values()
        if not any(isinstance(each, Typed) and each.unsaved() for stack in stacks for each in stack):
            self.exit(0)
            return

        def leave(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self.exit(0)

        lines = (say_("What was typed in a form is not saved."),)
        self.push_screen(Confirm(t("Quit without saving?"), lines, yes=t("Quit"), no=t("Stay")), leave)


_NEED_OFFICE = frozenset(
    {"sections", "section", "commands", "help_here", "undo", "redo", "refresh_all", "change_day"},
)
_KEY_NAMES = {
    "ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "insert": "Ins", "delete": "Del", "escape": "Esc",
    "slash": "/", "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "down": "↓", "space": "Space",
}  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Show the screen until it is left; returns the exit code.

    Raises:
        InputError: when there is no terminal that can show it.
        BookError: when the book cannot be opened.
    """
    judge_terminal()
    app = SoVangApp(lambda: open_office(args), on=door.today(args), who="" if args.demo else door.actor())
    try:
        code = app.run()
    finally:
        app.close()
    if app.error is not None:
        raise app.error
    return app.return_code or 0 if code is None else code
