"""What is around a screen: the lines that say where one is, what is shown, how far a job is; and how it is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text as RichText
from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

T = TypeVar("T")
LEAST_WIDTH, LEAST_HEIGHT = 80, 24
"""The least terminal in which every screen can be used."""


def two_ends(left: str, right: str, width: int) -> str:
    """`left` and `right` at the two ends of a line; the left gives way when there is no room."""
    if not right:
        return set_cell_size(left, width)
    room = max(width - cell_len(right) - 1, 0)
    if cell_len(left) > room:
        left = set_cell_size(left, max(room - 1, 0)) + "…" if room else ""
    return set_cell_size(left, max(width - cell_len(right), 0)) + right


class _Line(Widget):
    """One line with two ends; plain text only."""

    DEFAULT_CSS = "_Line { height: 1; width: 100%; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.left, self.right = "", ""

    def show_ends(self, left: str, right: str) -> None:
        """Show these texts."""
        self.left, self.right = left, right
        self.refresh()

    def render(self) -> RichText:
        """The line as text, never as markup."""
        return RichText(two_ends(self.left, self.right, self.content_size.width), no_wrap=True, end="")


class Breadcrumb(_Line):
    """Where the person is, and on the right the day, the person and the state of the book."""

    DEFAULT_CSS = "Breadcrumb { background: $primary; color: $text; text-style: bold; dock: top; }"

    def show(self, parts: Sequence[str], right: str) -> None:
        """Show the way here, outermost first."""
        self.show_ends(" › ".join(parts), right)


class StatusLine(_Line):
    """Counts of a list, and on the right the place in it."""

    DEFAULT_CSS = "StatusLine { background: $panel; color: $text-muted; }"


class SectionWord(NamedTuple):
    """A section in the line of sections: its id, a word or two, its digit with Alt, and whether it is the one shown."""

    id: str
    words: str
    digit: str
    here: bool


class SectionLine(Widget):
    """The sections in one line, the one shown marked; a click goes there. Digits stand where there is room for all."""

    DEFAULT_CSS = """
    SectionLine { height: 1; width: 100%; padding: 0 1; background: $panel; color: $text-muted; }
    """

    def __init__(self, *, here: bool = False) -> None:
        super().__init__(classes="-here" if here else None)
        self._sections: Sequence[SectionWord] = ()

    def show(self, sections: Sequence[SectionWord]) -> None:
        """Show these."""
        self._sections = sections
        self.refresh()

    def _laid(self) -> list[tuple[SectionWord, str]]:
        """What stands in the line: with their digits, else without, else as many as there is room for."""
        room = self.content_size.width
        words = [f" {each.digit} {each.words} " if each.digit else f" {each.words} " for each in self._sections]
        if sum(map(cell_len, words)) > room:
            words = [f" {each.words} " for each in self._sections]
        pairs = list(zip(self._sections, words, strict=True))
        while pairs and sum(cell_len(each) for _, each in pairs) > room:
            pairs.remove(next(pair for pair in reversed(pairs) if len(pairs) == 1 or not pair[0].here))
        return pairs

    def render(self) -> RichText:
        """The line; where one is is told by brackets of weight and ground, not by colour alone."""
        line = RichText(no_wrap=True, end="")
        for section, words in self._laid():
            line.append(words, "bold reverse" if section.here else "")
        return line

    async def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked."""
        left = event.x - 1
        for section, words in self._laid():
            if 0 <= left < cell_len(words):
                await self.app.run_action(f"section('{section.id}')")
                return
            left -= cell_len(words)


class KeyWord(NamedTuple):
    """A key in the line of keys: the binding, the key as it is printed on the keyboard, and whether it acts now."""

    binding: Binding
    shown: str
    enabled: bool

    @property
    def wide(self) -> int:
        """Cells that it takes, with the blank behind it."""
        return cell_len(f"{self.shown} {self.binding.description} ")


class KeyLine(Widget):
    """The keys that act here, whole ones only: where there is no room for all, F1 tells of the rest.

    One widget draws them all: Textual's own footer is one for each key, and took a tenth of opening a screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--words", "keys--off"}
    DEFAULT_CSS = """
    KeyLine { height: 1; width: 100%; dock: bottom; background: $panel; }
    KeyLine > .keys--key { color: $footer-key-foreground; text-style: bold; }
    KeyLine > .keys--words { color: $footer-description-foreground; }
    KeyLine > .keys--off { color: $footer-description-foreground; text-style: dim; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[KeyWord] = []

    def on_mount(self) -> None:
        """Follow the keys, which change with the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self.follow)

    def follow(self, screen: Screen[Any]) -> None:
        """Show the keys that act now."""
        if self.is_attached and screen is self.screen:
            self.call_after_refresh(self._read)

    def _read(self) -> None:
        if not self.is_attached:  # the screen was left meanwhile
            return
        acts: dict[str, KeyWord] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in acts:
                acts[binding.action] = KeyWord(binding, self.app.get_key_display(binding), enabled)
        keys = list(acts.values())
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    @property
    def shown(self) -> list[KeyWord]:
        """The keys for which there is room."""
        # On a section's own screen the way to the other sections stays; from any other, Esc leads there.
        kept = ("f1", "f10") if len(self.app.screen_stack) == 1 else ("f1",)
        last = [name for name in ("f10", "ctrl+p") if name not in kept]
        away = [each for each in self._keys if each.binding.key not in (*kept, "f10", "ctrl+p")]
        away += [each for name in last for each in self._keys if each.binding.key == name]
        keys, wide = list(self._keys), sum(each.wide for each in self._keys) - 1  # no blank is needed after the last
        while away and wide > self.size.width:
            keys.remove(each := away.pop())
            wide -= each.wide
        return keys

    def render(self) -> RichText:
        """The line as text, never as markup."""
        key, words, off = (self.get_component_rich_style(f"keys--{part}") for part in ("key", "words", "off"))
        line = RichText(no_wrap=True, end="")
        for each in self.shown:
            line.append(each.shown, key if each.enabled else off)
            line.append(f" {each.binding.description} ", words if each.enabled else off)
        return line

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click on a key does what the key does."""
        left = event.x
        for each in self.shown:
            if 0 <= left < each.wide - 1:
                self.app.simulate_key(each.binding.key) if each.enabled else self.app.bell()
                return
            left -= each.wide


class ProgressLine(Widget):
    """A long job: its name, a bar and the count; takes no room while there is none."""

    DEFAULT_CSS = "ProgressLine { height: 1; width: 100%; padding: 0 1; display: none; color: $accent; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.label, self.done, self.total = "", 0, 0

    def show(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` is done."""
        self.label, self.done, self.total = label, done, total
        self.display = True
        self.refresh()

    def hide(self) -> None:
        """Take the line away; Textual lays the screen out anew even where there is none."""
        if self.display:
            self.display = False

    def render(self) -> RichText:
        """The line; the bar is drawn in whole cells."""
        count = f" {self.done}/{self.total}" if self.total else " …"
        room = max(self.content_size.width - cell_len(self.label) - len(count) - 1, 0)
        filled = room * self.done // self.total if self.total else 0
        bar = "━" * filled + "─" * (room - filled)
        return RichText(f"{self.label} {bar}{count}", no_wrap=True, end="")


class Leaving(Screen[T]):
    """A screen that is left once, and alone: Textual's own `dismiss` takes away whatever is in front at the moment.

    That may be another screen, asked or shown meanwhile, the screen of another section, or, where this one has gone
    already, the one below it; and where nothing is below, it fails.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave this screen wherever it stands, and answer `result`; left before, or the last, it does nothing."""
        stack = next((each for each in self.app._screen_stacks.values() if self in each), [])  # noqa: SLF001
        if not stack or stack[0] is self:
            return AwaitComplete()
        if self.is_active:
            return super().dismiss(result)
        stack.remove(self)
        if self._result_callbacks:
            self._result_callbacks[-1](result)
            self._pop_result_callback()
        return AwaitComplete(self.app._replace_screen(self)).call_next(self.app)  # noqa: SLF001  # as Textual leaves it
