"""The screen of Sổ Vàng: paints itself first, opens the book behind, then shows the sections one after another."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import AwaitMount

from config import i18n
from config.errors import InputError
from config.i18n import tr_
from config.settings.offices import Screen as Asked
from config.text import Text, t
from tui.app.help import HelpScreen, OpeningScreen
from tui.app.lifecycle import Opener
from tui.app.locking import LockingApp
from tui.app.opening import back_up_today, is_vacant, judge_terminal, needs_key, open_office, unlock_if_given
from tui.app.palette import ALT_DIGITS, DIGITS, SECTIONS, ask_command, ask_section, section_named, section_words
from tui.app.styles import LastingStylesheet
from tui.app.terminal import forget_terminal
from tui.app.themes import THEMES
from tui.cli import context
from tui.present import books
from tui.screens.base import OfficeScreen, Typed, key, speak_keys
from tui.widgets.frame import SectionWord
from tui.widgets.keys import key_shown, section_key

if TYPE_CHECKING:
    from records.store.contract import JournalEntry

# The app paints itself before anything else: what only a key asks for is imported when it is pressed.


class SoVangApp(LockingApp):
    """The office on a screen."""

    TITLE = "Sổ Vàng"
    CSS_PATH = "theme.tcss"
    ENABLE_COMMAND_PALETTE = False
    MODES = {section.id: section.make for section in SECTIONS}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("sections", t("Sections")),
        key("help_here", t("Help")),
        key("commands", t("Commands"), priority=True),
        key("undo", t("Undo"), show=False),
        key("redo", t("Redo"), show=False),
        key("refresh_all", t("Refresh"), show=False),
        key("change_day", t("Change the day"), show=False),
        key("present", t("Back to the present"), show=False),
        key("lock_screen", t("Lock the screen"), show=False, priority=True),
        *(
            section_key(digit, letter, each.id, each.title)
            for each, digit, letter in zip(SECTIONS, DIGITS, ALT_DIGITS, strict=False)
        ),
        key("quit", t("Quit"), show=False, priority=True),
    ]

    def __init__(
        self,
        opener: Opener,
        *,
        on: date,
        who: str = "",
        section: str = SECTIONS[0].id,
        without: Path | None = None,
        place: Path | None = None,
        choose: Callable[[Path | None], object] = lambda _path: None,
        cache: Path | None = None,
    ) -> None:
        """Make the app.

        Args:
            opener: opens the book.
            on: the day asked about.
            who: who works, as shown.
            section: the id of the section shown first.
            without: the place where there is no book yet: the first screen asks what to do.
            place: where the book lies that `opener` opens; where it is sealed, the first screen asks for what opens it.
            choose: told which book, or the made-up office (None), was chosen there; `opener` opens that one.
            cache: where what can be made anew is kept for the next start; nowhere without.
        """
        super().__init__(opener, on=on, who=who, section=section)
        self._without, self._choose, self._place = without, choose, place
        speak_keys(self._bindings)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self._styles = self.stylesheet = LastingStylesheet(variables=self.get_css_variables(), folder=cache)

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        """A screen that is made now has the styles of now: Textual would give all there are theirs anew, twice."""
        found, mounted = super()._get_screen(screen)
        if found._css_update_count < 0:  # noqa: SLF001  # as a new one has it
            found._css_update_count = self._css_update_count  # noqa: SLF001
        return found, mounted

    def get_default_screen(self) -> Screen[Any]:
        """The shell itself: an empty screen under it would be styled, laid out and painted as well."""
        return OpeningScreen()

    def on_mount(self) -> None:
        """Paint the shell, then open the book behind it; without a book, ask what to do."""
        self.choosing = self._without is not None
        if self._without is not None:
            from tui.screens.book.welcome import WelcomeScreen  # noqa: PLC0415

            self.push_screen(WelcomeScreen(self._without))
        else:
            self._open_or_ask(self._place)

    def _open_or_ask(self, path: Path | None) -> None:
        """Open the book at `path`; ask first for what opens it, where it is sealed."""
        self.choosing = path is not None and needs_key(path)
        if path is not None and self.choosing:
            from tui.screens.book.unlock import UnlockScreen  # noqa: PLC0415

            self.push_screen(UnlockScreen(path))
        else:
            if not isinstance(self.screen, OpeningScreen):
                self.push_screen(OpeningScreen())
            self.call_after_refresh(self.open_book)

    def unlocked(self, told: list[Text]) -> None:
        """Go on from the screen that asked for what opens the book."""
        self.to_say = told
        self._open_or_ask(None)

    def start(self, path: Path | None) -> None:
        """Go on from the first screen: with the book at `path`, or with the made-up office."""
        from records.demo.people import DEMO_DAY  # noqa: PLC0415

        self._choose(path)
        if path is None:
            self.on = self.today = DEMO_DAY
            self.who = ""
        elif (spoken := books.language_of(path)) is not None:
            i18n.use(spoken)
            self._speak_keys()
        self._open_or_ask(path)

    async def speak(self, language: str) -> None:
        """Speak another language from now on: keys and screens are made anew."""
        i18n.use(language)
        self._speak_keys()
        if self.is_open:
            await self._make_screens_anew()
        elif self._without is not None:
            from tui.screens.book.welcome import WelcomeScreen  # noqa: PLC0415

            self.switch_screen(WelcomeScreen(self._without))

    async def follow_screen(self, before: Asked) -> None:
        """Take the language and the colours of the settings, if they are not as `before`."""
        await super().follow_screen(before)
        wanted = self.office.settings.screen.language
        if wanted != before.language and wanted != i18n.language():
            await self.speak(wanted)

    def _speak_keys(self) -> None:
        if self._merged_bindings is not None:
            self._bindings = self._merged_bindings.copy()
        speak_keys(self._bindings)

    async def _make_screens_anew(self) -> None:
        shown = self.current_mode
        self.add_mode(_BETWEEN, Screen)
        await self.switch_mode(_BETWEEN)
        for section in SECTIONS:
            await self.remove_mode(section.id)
            self.add_mode(section.id, section.make)
        await self.switch_mode(shown)
        await self.remove_mode(_BETWEEN)

    def section_words(self) -> list[SectionWord]:
        """The sections, for the line of sections."""
        return section_words(self.current_mode)

    def set_day(self, day: date) -> None:
        """Ask about another day from now on."""
        self.on = day
        self.office_changed()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hold back all but quitting until the book is open, and under a dialog."""
        if action == "present":
            return self.past is not None
        if action == "lock_screen":
            return not self.locked and self.lockable
        if action in _NEED_OFFICE:
            return self.is_open and isinstance(self.screen, OfficeScreen)
        return super().check_action(action, parameters)

    def get_key_display(self, binding: Binding) -> str:
        """Keys as they are printed on the keyboard."""
        if binding.key_display:
            return binding.key_display
        return key_shown(binding.key)

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
        self.push_over_lock(Confirm(t("Quit without saving?"), lines, yes=t("Quit without saving")), leave)


_BETWEEN = "between"
"""A section that shows nothing, while the others are made anew."""
_AT_WORK = 5_000, 200, 20
"""New objects after which Python looks through them, for some milliseconds in which no key is heard; and after how many
looks it goes through older ones as well: after as many objects as at the start."""


class _Program(SoVangApp):
    """The app as a program of its own, which has the process to itself."""

    def __init__(self, opener: Opener, **more: Any) -> None:
        super().__init__(opener, cache=books.cache_folder(), **more)

    def shown_first(self) -> None:
        """Let Python look for dead objects again, though not among the many the start has made, which all stay.

        To look through those would keep a key waiting, and so would looking at fifty thousand new ones at once.
        """
        gc.freeze()
        gc.set_threshold(*_AT_WORK)
        gc.enable()

    def close(self) -> None:
        """Close the book, and keep the styles that were read for the next start."""
        super().close()
        self._styles.keep()


_NEED_OFFICE = frozenset(
    {"sections", "section", "commands", "help_here", "undo", "redo", "refresh_all", "change_day"},
)


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
    path = None if args.demo else context.book_path(args)
    unlock_if_given(args, path)

    def choose(chosen: Path | None) -> None:
        args.demo, args.book = chosen is None, "" if chosen is None else str(chosen)

    app = _Program(
        lambda: open_office(args),
        on=context.today(args),
        who="" if args.demo else books.actor(),
        section=section.id,
        without=path if path is not None and is_vacant(path) else None,
        place=path,
        choose=choose,
    )
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
