"""Painting that is never lost: what was held back while several things changed at once is painted when they are done.

Textual drops what a screen paints inside a batch of changes. When the pause after a change of section ends inside
another batch (a footer laid out anew), the repaint it owes is dropped too, and nothing wakes the screen when that batch
ends: the dialog that was closed meanwhile stands on the terminal until the next key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

from tui.app.plain_lines import PlainLines

_TURNS = 4
"""Turns of the loop in which widgets hear of the size that they were just given; else all of it is painted twice."""


class PaintingApp(App[int]):
    """An app that pays, at the end of the last batch, every repaint it owes."""

    _owed = False
    _held: object = None
    """What is painted waits for the screen to come, unless it is None."""

    def __init__(self, **more: Any) -> None:
        self._plain_lines = PlainLines()
        self._when_painted: list[tuple[Screen[Any] | None, Callable[[], object]]] = []
        super().__init__(**more)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every painted line goes through."""
        return (*super().get_line_filters(), self._plain_lines)

    def when_painted(self, act: Callable[[], object], screen: Screen[Any] | None = None) -> None:
        """Do `act` when what was changed until now stands on the terminal: what is held back by a batch too.

        It goes with its `screen`, else with the one that is in front then.
        """
        if self._batch_count:
            self._when_painted.append((screen, act))
        else:
            (self.screen if screen is None else screen).call_after_refresh(act)

    def paints_later(self) -> bool:
        """Whether a batch holds back what is drawn now; it is owed then: nobody need draw it before the batch ends."""
        self._owed = self._owed or bool(self._batch_count)
        return bool(self._batch_count)

    def delay_update(self, delay: float = 0.05) -> None:
        """Paint nothing until the screen to come says that it `stands`; at the latest after so many seconds."""
        self.stands()
        self.hold(delay)

    def hold(self, longest: float) -> None:
        """The same for a screen that comes over another: each of its layouts on the way would be painted."""
        if self._held is not None:
            return
        self._owed = True
        self._begin_batch()
        held = self._held = object()
        self.set_timer(longest, lambda: self.stands() if self._held is held else None, name="delay_update")

    def stands(self) -> None:
        """The screen to come stands with all it shows: Textual would wait for a twentieth of a second in any case."""
        if self._held is not None:
            self._held = None
            self._end_batch()
            if not self._batch_count and self.screen_stack:
                self._paint_soon(self.screen, _TURNS)

    def _paint_soon(self, screen: Screen[Any], turns: int) -> None:
        """Paint what stands after so many turns: a new screen would wait for the whole first turn of its timer."""
        if turns:
            asyncio.get_running_loop().call_soon(self._paint_soon, screen, turns - 1)
        else:
            screen.call_later(screen._on_timer_update)  # noqa: SLF001

    def _end_batch(self) -> None:
        super()._end_batch()
        if self._batch_count or not self.screen_stack:
            return
        if self._owed:
            self._owed = False
            self.screen.refresh()
        for screen in self.screen_stack:
            screen.check_idle()  # where something is dirty, its timer for painting goes on
        acts, self._when_painted = self._when_painted, []
        for own, act in acts:
            (self.screen if own is None else own).call_after_refresh(act)
