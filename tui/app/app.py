"""The screen of Sổ Vàng: paints itself first, opens the book behind, then shows the sections one after another."""

from __future__ import annotations

import argparse
import gc
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from config.errors import InputError
from config.i18n import tr_
from config.text import Text, t
from tui.app.help import HelpScreen, OpeningScreen
from tui.app.lifecycle import HoldingApp, Opener
from tui.app.opening import back_up_today, judge_terminal, open_office
from tui.app.palette import ALT_DIGITS, DIGITS, SECTIONS, ask_command, ask_section, section_named
from tui.app.styles import LastingStylesheet
from tui.app.terminal import forget_terminal
from tui.app.themes import THEMES
from tui.cli import context
from tui.present import books
from tui.screens.base import OfficeScreen, Typed, key, speak_keys

if TYPE_CHECKING:
    from records.store.contract import JournalEntry

# The app paints itself before anything else: what only a key asks for is imported when it is pressed.


class SoVangApp(HoldingApp):
    """The office on a screen."""

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
        key("f12", "present", t("Back to the present"), show=False),
        *(
            key(f"alt+{digit},{letter}", f"section('{each.id}')", each.title, show=False, priority=True)
            for each, digit, letter in zip(SECTIONS, DIGITS, ALT_DIGITS, strict=False)
        ),
        key("ctrl+q", "quit", t("Quit"), show=False, priority=True),
    ]

    def __init__(self, opener: Opener, *, on: date, who: str = "", section: str = SECTIONS[0].id) -> None:
        super().__init__(opener, on=on, who=who, section=section)
        speak_keys(self._bindings)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.stylesheet = LastingStylesheet(variables=self.get_css_variables())

    def on_mount(self) -> None:
        """Paint the shell, then open the book behind it."""
        self.push_screen(OpeningScreen())
        self.call_after_refresh(self.open_book)

    def set_day(self, day: date) -> None:
        """Ask about another day from now on."""
        self.on = day
        self.office_changed()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hold back all but quitting until the book is open, and under a dialog."""
        if action == "present":
            return self.past is not None
        if action in _NEED_OFFICE:
            return self.is_open and isinstance(self.screen, OfficeScreen)
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

    def action_present(self) -> None:
        """Leave the past of the book."""
        self.return_to_present()

    def action_help_here(self) -> None:
        """Show the keys of this screen."""
        self.push_screen(HelpScreen(self.screen))

    def action_refresh_all(self) -> None:
        """Read the book again."""
        self.office.book.refresh()
        if isinstance(self.screen, OfficeScreen):
            self.screen.refresh_office()
            self.screen.news(t("Read again"))

    def action_change_day(self) -> None:
        """Ask for another day."""
        from records.domain.dates import parse_day, shown  # noqa: PLC0415
        from tui.widgets.dialogs import AskText  # noqa: PLC0415

        def judge(typed: str) -> Text | None:
            try:
                parse_day(typed, field=tr_("Day"), today=self.on)
            except InputError as error:
                return t("{what}. {do}", what=error.what, do=error.do)
            return None

        def take(typed: str | None) -> None:
            if typed:
                self.set_day(parse_day(typed, field=tr_("Day"), today=self.on))
                self.say_news(t("Everything is shown as of {day}", day=self.on))

        dialog = AskText(t("Change the day"), t("Day asked about"), shown(self.on), judge=judge)
        self.push_screen(dialog, take)

    def action_undo(self) -> None:
        """Take back the last change, after asking."""
        self.ask_undo()

    def ask_undo(self, entry: JournalEntry | None = None) -> None:
        """Take back `entry`, or the last change, after asking."""
        from tui.app.undo import ask_undo  # noqa: PLC0415

        ask_undo(self, entry)

    def action_redo(self) -> None:
        """Do again what was undone last, after asking."""
        from tui.app.undo import ask_redo  # noqa: PLC0415

        ask_redo(self)

    async def action_quit(self) -> None:
        """Leave; asks first when something typed would be lost."""
        screens = [screen for stack in self._screen_stacks.values() for screen in stack]
        shown = (each for screen in screens for each in screen.walk_children(with_self=True))
        if not any(isinstance(each, Typed) and each.unsaved() for each in shown):
            self.exit(0)
            return

        from tui.widgets.dialogs import Confirm  # noqa: PLC0415

        def leave(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                self.exit(0)

        lines = (tr_("What was typed in a form is not saved."),)
        self.push_screen(Confirm(t("Quit without saving?"), lines, yes=t("Quit"), no=t("Stay")), leave)


class _Program(SoVangApp):
    """The app as a program of its own, which has the process to itself."""

    def shown_first(self) -> None:
        """Let Python look for dead objects again, though not among the many the start has made, which all stay.

        To look through those would keep a key waiting.
        """
        gc.freeze()
        gc.enable()


_NEED_OFFICE = frozenset(
    {"sections", "section", "commands", "help_here", "undo", "redo", "refresh_all", "change_day"},
)
_KEY_NAMES = {
    "ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "insert": "Ins", "delete": "Del", "escape": "Esc",
    "slash": "/", "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "down": "↓", "space": "Space",
    "plus": "+", "minus": "-",
}  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Show the screen until it is left; returns the exit code.

    Raises:
        InputError: when there is no terminal that can show it, or no section of that name.
        BookError: when the book cannot be opened.
    """
    section = section_named(args.section)
    judge_terminal()
    from tui.widgets.graphic import picture_widget  # noqa: PLC0415

    picture_widget()
    who = "" if args.demo else books.actor()
    app = _Program(lambda: open_office(args), on=context.today(args), who=who, section=section.id)
    try:
        code = app.run()
    finally:
        app.close()
    if app.terminal_gone:
        forget_terminal()
    if app.changed and not args.demo and app.failure is None:
        back_up_today(args)
    if app.failure is not None:
        raise app.failure
    if app.error is not None:
        raise app.error
    return app.return_code or 0 if code is None else code
