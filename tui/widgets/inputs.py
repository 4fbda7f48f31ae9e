"""Text fields that take Vietnamese typing right.

An input method sends backspace and letter in one burst. Textual lets letters run in the field and bound keys bubble up,
so their order changes and accents are lost; here both run in the field, in the order they came.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from textual import events
from textual.widgets import Input

from config.errors import InputError
from config.text import Text
from records.domain.dates import parse_partial


class OrderedKeys:
    """Put before a field class: its bound keys run as they come, between the letters."""

    async def _on_key(self: Any, event: events.Key) -> None:
        if event.is_printable:
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            # Textual's fields inherit keys that scroll; in one line they do nothing but keep Down from the list below.
            if not binding.priority and not binding.action.startswith(("scroll_", "page_")):
                event.stop()
                event.prevent_default()
                await self.run_action(binding.action)
                return


class VnInput(OrderedKeys, Input):
    """A one-line field; what it holds is always NFC, however it was typed or pasted."""

    def __init__(self, value: str = "", **more: Any) -> None:
        more.setdefault("compact", True)
        super().__init__(unicodedata.normalize("NFC", value), select_on_focus=False, **more)

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert `text`; a combining mark joins the letter before the cursor."""
        place = self.cursor_position
        if text and unicodedata.combining(text[0]) and place:
            self.replace(self.value[place - 1] + text, place - 1, place)
        else:
            super().insert_text_at_cursor(unicodedata.normalize("NFC", text))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace what stands from `start` to `end`."""
        super().replace(unicodedata.normalize("NFC", text), start, end)


class DateInput(VnInput):
    """A date known to the year, month or day; leaving the field writes it as papers do."""

    def __init__(self, value: str = "", *, label: str = "", today: date | None = None, **more: Any) -> None:
        super().__init__(value, **more)
        self._label = label
        self._today = today

    def problem(self) -> Text | str | None:
        """What is wrong with the text, or None; an empty field is not known, and not wrong."""
        if not self.value.strip():
            return None
        try:
            parse_partial(self.value, field=self._label, today=self._today or date.today())  # noqa: DTZ011
        except InputError as error:
            return error.do
        return None

    def on_blur(self) -> None:
        """Rewrite `5/2/1980` as `05/02/1980`."""
        if self.value.strip() and self.problem() is None:
            today = self._today or date.today()  # noqa: DTZ011  # the civil day of the person typing
            self.value = parse_partial(self.value, field=self._label, today=today).shown()
