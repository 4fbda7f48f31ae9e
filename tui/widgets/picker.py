"""Choosing some of many and their order: Space chooses, Ctrl+Up and Ctrl+Down move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from config.i18n import tr_
from tui.present.rows import Column, Row
from tui.widgets.table import VirtualTable


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its words, and a remark that is shown as a warning."""

    key: str
    title: str
    remark: str = ""


class Picker(VirtualTable):
    """Options with those chosen first; `chosen` gives their keys in order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+up", "carry(-1)", show=False),
        Binding("ctrl+down", "carry(1)", show=False),
    ]

    def __init__(self, options: Sequence[Option], chosen: Sequence[str]) -> None:
        super().__init__([Column("on", "", 2), Column("title", tr_("Column"), 34, grow=True), Column("remark", "", 22)])
        self._options = {option.key: option for option in options}
        self._keys: list[str] = []
        self.choose(chosen)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Keys of those chosen, in their order."""
        return tuple(key for key in self._keys if key in self.marks)

    def choose(self, keys: Sequence[str]) -> None:
        """Choose these, in this order, and no others."""
        chosen = [key for key in dict.fromkeys(keys) if key in self._options]
        self._keys = chosen + [key for key in self._options if key not in chosen]
        self.marks = set(chosen)
        self._write()
        self.action_ends(0)

    def action_carry(self, step: int) -> None:
        """Move the option under the cursor."""
        place, other = self.cursor, self.cursor + step
        if 0 <= other < len(self._keys):
            self._keys[place], self._keys[other] = self._keys[other], self._keys[place]
            self._write()
            self._tell(self.MarksChanged())

    def _marked(self) -> None:
        self._write()
        super()._marked()

    def _write(self) -> None:
        self.set_rows(self._row(self._options[key]) for key in self._keys)

    def _row(self, option: Option) -> Row:
        on = option.key in self.marks
        styles = {0: "good", 2: "warn"} if on else {0: "dim", 1: "dim", 2: "warn"}
        return Row(id=option.key, cells=("✓" if on else "·", option.title, option.remark), styles=styles)
