"""The keys of a screen as a table, and the shell shown while the book is opened."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from config.i18n import tr, tr_
from config.text import Text, t
from tui.screens.base import DressedScreen, is_ours, key, speak_keys
from tui.screens.more import MoreActs
from tui.widgets.frame import Breadcrumb, Leaving, ProgressLine
from tui.widgets.keys import KEYS, key_shown

LIST_KEYS: tuple[tuple[str, Text], ...] = (
    ("↑ ↓ PgUp PgDn Home End", t("move in the list")),
    ("/  Ctrl+F", t("find as you type, accents not needed")),
    ("Esc", t("clear what was typed, then go back")),
    ("Enter", t("open what the cursor is on")),
    ("Space  Shift+↑↓  Ctrl+A", t("mark rows")),
    ("F9", t("sort by the next column; a click on a heading does too")),
    ("Tab  Shift+Tab", t("go to the next or the previous part")),
)


class OpeningScreen(DressedScreen):
    """What is painted before the book is open."""

    def compose(self) -> ComposeResult:
        """Lay out the shell."""
        yield Breadcrumb(id="breadcrumb")
        yield Static(tr_("Opening the book…"), id="opening", markup=False)
        yield ProgressLine(id="progress")

    def on_mount(self) -> None:
        """Name the program."""
        self.query_one("#breadcrumb", Breadcrumb).show((tr_("Sổ Vàng"),), "")

    def on_resize(self, _event: events.Resize) -> None:
        """Go on as soon as it is painted: a new screen would wait for the whole first turn of its timer."""
        self.call_later(self._on_timer_update)


class HelpScreen(Leaving[None], ModalScreen[None]):
    """The keys that work on `screen`, made from its bindings."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 72; max-width: 96%; height: auto; max-height: 90%; background: $panel; }
    HelpScreen > Vertical { padding: 1 2; }
    HelpScreen .title { text-style: bold; margin-bottom: 1; }
    HelpScreen VerticalScroll { height: auto; max-height: 100%; }
    HelpScreen .foot { margin-top: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("dismiss", t("Close"))]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._lines = help_lines(screen)

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        with Vertical():
            yield Static(tr_("Keys of this screen"), classes="title", markup=False)
            with VerticalScroll():
                yield Static("\n".join(self._lines), markup=False)
            yield Static(tr_("Esc: close"), classes="foot", markup=False)

    def on_click(self, event: events.Click) -> None:
        """Close when clicked beside the table."""
        if event.widget is self:
            self.dismiss()


def help_lines(screen: Screen[Any]) -> list[str]:
    """Keys and what they do, one line each: the screen's own, then those of every list."""
    words: dict[str, list[str]] = {}
    for _, binding, enabled, _ in screen.active_bindings.values():
        odd = binding.action.startswith("section(") and not binding.key.startswith("alt+")  # another name of Alt+digit
        if enabled and is_ours(binding) and not odd:
            words.setdefault(binding.description, []).append(screen.app.get_key_display(binding))
    table = [("  ".join(keys), description) for description, keys in words.items()]
    if isinstance(screen, MoreActs):
        table += [("F6", tr(each.words)) for each in screen.other_views]
        table += [("F8", tr(each.words)) for each in screen.more_acts]
    table += [(keys, tr(description)) for keys, description in LIST_KEYS]
    table.append(("", ""))
    table.append(("", tr_("In the whole program:")))
    table += [(key_shown(name), tr(use.meaning)) for name, use in KEYS.items()]
    width = max(len(keys) for keys, _ in table)
    return [f"{keys.ljust(width)}  {description}" for keys, description in table]
