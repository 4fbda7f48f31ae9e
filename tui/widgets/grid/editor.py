"""What is being typed in a cell: a line of text with a cursor, taken in the order the keys came."""

from __future__ import annotations

import unicodedata


class CellEditor:
    """A text in the making; always NFC, however it was typed or pasted.

    Attributes:
        replacing: the next letter replaces everything, as after typing that was refused.
        staying: arrows move in the text instead of leaving the cell.
    """

    def __init__(self, text: str, *, staying: bool) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.place = len(self.text)
        self.staying = staying
        self.replacing = False

    def insert(self, text: str) -> None:
        """Put `text` at the cursor; a combining mark joins the letter before it."""
        if self.replacing:
            self.text, self.place, self.replacing = "", 0, False
        head = unicodedata.normalize("NFC", self.text[: self.place] + text)
        self.text, self.place = head + self.text[self.place :], len(head)

    def key(self, key: str) -> bool:
        """Do what an editing key does; False when it is none."""
        act = {
            "backspace": lambda: self._cut(self.place - 1, self.place),
            "ctrl+h": lambda: self._cut(self.place - 1, self.place),
            "delete": lambda: self._cut(self.place, self.place + 1),
            "ctrl+u": lambda: self._cut(0, self.place),
            "left": lambda: self._go(self.place - 1),
            "right": lambda: self._go(self.place + 1),
            "home": lambda: self._go(0),
            "end": lambda: self._go(len(self.text)),
        }.get(key)
        if act is None:
            return False
        self.replacing = False
        act()
        return True

    def _go(self, place: int) -> None:
        self.place = max(0, min(place, len(self.text)))

    def _cut(self, start: int, end: int) -> None:
        start = max(start, 0)
        self.text = self.text[:start] + self.text[end:]
        self.place = start

    def shown(self, cells: int) -> tuple[str, int]:
        """The part of the text that fits in `cells` with the cursor in it, and the cursor's place in that part."""
        # Every Vietnamese letter is one cell wide, so letters can be counted.
        start = max(0, self.place - cells + 1)
        return (self.text[start : start + cells] + " " * cells)[:cells], self.place - start
