"""The first screen where there is no book: make one, open one, or look at the made-up office."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Protocol, cast

from rich.cells import set_cell_size
from rich.text import Text as RichText
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from config.i18n import language, tr_
from config.paths import typed_path
from config.text import Text, t
from tui.present import books
from tui.screens.base import key, speak_keys
from tui.screens.book.founding import FoundingScreen
from tui.widgets.dialogs import AskText
from tui.widgets.frame import Breadcrumb, KeyLine

_NEW, _OPEN, _DEMO, _SPEAK = "new", "open", "demo", "speak"


class WelcomingApp(Protocol):
    """What the first screen asks of the app."""

    def start(self, path: Path | None) -> None:
        """Open the book at `path`, or the made-up office."""

    async def speak(self, language: str) -> None:
        """Speak another language from now on."""

    def wear(self, theme: str) -> None:
        """Take the colours that a value of the setting `theme` means."""


def welcoming_app(screen: Screen[Any]) -> WelcomingApp:
    """The app that shows `screen`."""
    return cast("WelcomingApp", screen.app)


class WelcomeScreen(Screen[None]):
    """What can be done without a book; `path` is where the program looked for one."""

    DEFAULT_CSS = """
    WelcomeScreen #welcome { height: auto; padding: 1 2; }
    WelcomeScreen OptionList, WelcomeScreen OptionList:focus {
        height: 1fr; border: none; background: $background; padding: 0 2;
    }
    WelcomeScreen KeyLine { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("leave", t("Quit"))]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        speak_keys(self._bindings)

    def compose(self) -> ComposeResult:
        """Lay out what can be chosen."""
        yield Breadcrumb(id="breadcrumb")
        yield Vertical(
            Static(tr_("There is no book yet at {path}.", path=self._path), markup=False),
            Static(tr_("A book keeps all records of one office. What do you want to do?"), markup=False),
            id="welcome",
        )
        yield OptionList(*(_option(*each) for each in self._choices()), markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """The first line is chosen."""
        self.query_one("#breadcrumb", Breadcrumb).show((tr_("Sổ Vàng"), tr_("First day")), "")
        self.query_one(OptionList).focus()

    def _choices(self) -> list[tuple[str, str, str]]:
        other = "en" if language() == "vi" else "vi"
        known = [(str(each), tr_("Open {name}", name=each.stem), str(each)) for _, each in books.heads().books()]
        return [
            (_NEW, tr_("Make a book"), tr_("for your office: name, code, units…")),
            *known[:8],
            (_OPEN, tr_("Open another book"), tr_("from a folder or a USB stick")),
            (_DEMO, tr_("Look at the made-up office"), tr_("invented people; nothing is kept")),
            (f"{_SPEAK}:{other}", "English" if other == "en" else "Tiếng Việt", tr_("another language")),
        ]

    @on(OptionList.OptionSelected)
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        app, chosen = welcoming_app(self), event.option_id or ""
        if chosen == _NEW:
            self.app.push_screen(FoundingScreen(self._path), self._made)
        elif chosen == _OPEN:
            dialog = AskText(t("Open a book"), t("Folder of the book"), "", judge=_judge_book)
            self.app.push_screen(dialog, lambda typed: app.start(typed_path(typed)) if typed else None)
        elif chosen == _DEMO:
            app.start(None)
        elif chosen.startswith(f"{_SPEAK}:"):
            await app.speak(chosen.partition(":")[2])
        else:
            app.start(Path(chosen))

    def _made(self, made: Path | None) -> None:
        if made is not None:
            welcoming_app(self).start(made)

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit(0)


def _option(option_id: str, what: str, told: str) -> Option:
    return Option(RichText.assemble(set_cell_size(what, 32), (told, "dim")), id=option_id)


def _judge_book(typed: str) -> Text | None:
    path = typed_path(typed)
    if not path.is_dir():
        return t("There is no such folder")
    if not (path / "book.json").is_file():
        return t("This folder is not a book: a book has a file book.json in it")
    return None
