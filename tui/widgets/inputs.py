"""Text fields for Vietnamese: what they hold is composed, and one line however it was typed or pasted."""

from __future__ import annotations

import unicodedata
from typing import Any

from textual import events
from textual.widgets import Input

from tui.widgets.clipboard import one_line


class VnInput(Input):
    """A one-line field; what it holds is always NFC. What it holds when entered is selected: typing replaces it."""

    DEFAULT_CSS = "VnInput > .input--placeholder { color: $text-muted; }"

    def __init__(self, value: str = "", **more: Any) -> None:
        more.setdefault("compact", True)
        super().__init__(unicodedata.normalize("NFC", value), **more)

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert `text`; a combining mark joins the letter before the cursor."""
        place = self.cursor_position
        if text and unicodedata.combining(text[0]) and place:
            self.replace(self.value[place - 1] + text, place - 1, place)
        else:
            super().insert_text_at_cursor(_clean(text))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace what stands from `start` to `end`."""
        super().replace(_clean(text), start, end)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether a key is typed here: a letter that terminals send for a key of the whole program (Alt+9) is not."""
        taken = any(each.priority for each in self.app._bindings.key_to_bindings.get(key, ()))  # noqa: SLF001
        return key == "backspace" or (not taken and super().check_consume_key(key, character))

    async def _on_key(self, event: events.Key) -> None:
        # Input methods send it among letters: it is taken here as they are, and painted together with them.
        if event.key == "backspace":
            event.stop()
            event.prevent_default()
            self.action_delete_left()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual's own takes the first line only.
        event.stop()
        event.prevent_default()
        if self.selection.is_empty:
            self.insert_text_at_cursor(event.text)
        else:
            self.replace(event.text, *self.selection)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", one_line(text))
