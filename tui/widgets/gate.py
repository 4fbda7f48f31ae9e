"""One gate for all that is typed: a key acts only when everything done for the key before it is finished.

Textual runs priority keys in the app, letters in the field, and mounts a new screen in a task of its own. So in one
burst Ctrl+S overtakes the last letters, and letters typed after Insert reach the list instead of the form. Here keys,
pastes and clicks wait in one row. The first is let through when every message pump of the screens shown stands at an
empty queue: the letter is in its field, the form is mounted, the focus is where it will be. What the app `holds` back,
as before its first screen stands, waits for that however quiet everything is.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

_QUICK = 100
_HELD = 0.02
"""Seconds between two looks at what is held."""
_PATIENCE = 5_000
"""Looks at the pumps before the next key is let through all the same; the first `_QUICK` follow each other at once, the
others a millisecond apart. Looks are counted, not seconds: a slow machine needs more time for each."""


class OrderedApp(App[int]):
    """An app in which keys, pastes and clicks take effect in the order they came."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._waiting: deque[events.Event] = deque()
        self._gate: asyncio.Task[None] | None = None

    def holds(self, event: events.Event) -> bool:  # noqa: ARG002  # for apps that hold something
        """Whether this one, the first in the row, is to wait still."""
        return False

    def forget_waiting(self) -> None:
        """Drop what waits: it was meant for something else than what is shown now."""
        self._waiting.clear()

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed wait for its turn; everything else goes on as in any app."""
        if event.is_forwarded or not isinstance(event, (events.InputEvent, events.Paste)):
            await super().on_event(event)
            return
        self._waiting.append(event)
        if self._gate is None or self._gate.done():
            self._gate = asyncio.create_task(self._let_through(), name="gate of keys")
            self._gate.add_done_callback(self._gate_ended)

    def _gate_ended(self, gate: asyncio.Task[None]) -> None:
        error = None if gate.cancelled() else gate.exception()
        if isinstance(error, Exception):
            self._handle_exception(error)  # as Textual does with what a message pump raises

    async def _let_through(self) -> None:
        among_letters = False
        while self._waiting and self.is_running:
            if not (among_letters and self._is_letter(self._waiting[0])):
                await self._settled()
            if not self._waiting:
                return
            if self.holds(self._waiting[0]):
                await asyncio.sleep(_HELD)
                continue
            event = self._waiting.popleft()
            # Letters of one field cannot overtake each other, and are painted together.
            among_letters = self._is_letter(event)
            # Back into the app's own pump: what a key does runs there, as Textual expects.
            self.call_later(super().on_event, event)

    def _is_letter(self, event: events.Event) -> bool:
        field = self.focused if self.screen_stack else None
        return (
            isinstance(event, events.Key) and field is not None and field.check_consume_key(event.key, event.character)
        )

    async def _settled(self) -> None:
        for look in range(_PATIENCE):
            if self.is_quiet() or not self.is_running:
                return
            await asyncio.sleep(0 if look < _QUICK else 0.001)

    def is_quiet(self) -> bool:
        """Whether everything that was given to the app and to the screens shown is done."""
        if not self.screen_stack:
            return _stands(self)
        front = self.screen
        # The likely ones first: most looks end here.
        if not (_stands(self) and _stands(front) and (front.focused is None or _stands(front.focused))):
            return False
        # What waits for the next painting is not in a queue; a field may get the focus so.
        return not front._callbacks and all(_stands(each) for each in self._pumps())  # noqa: SLF001

    def _pumps(self) -> Iterator[MessagePump]:
        for screen in self.screen_stack:
            yield from screen.walk_children(with_self=True)


def _stands(pump: MessagePump) -> bool:
    """Whether a pump has done all it was given: it waits at its empty queue, or is closed.

    A pump that still mounts or is inside a handler does not wait there. Textual has no word for this; the waiters of
    the event on which its queue wakes it tell it exactly.
    """
    waiters: Iterable[asyncio.Future[bool]] = pump._message_queue.ready_event._waiters  # noqa: SLF001
    waits = pump.message_queue_size == 0 and any(not each.done() for each in waiters)
    return waits or pump._closing or pump._closed  # noqa: SLF001
