"""A thread that does every second what may lag a little behind the work."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

_EVERY = 1.0  # seconds


class Caretaker:
    """Calls `tick` every second until it is stopped."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick, self._ended = tick, Event()
        self._thread = Thread(target=self._run, name="caretaker", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended.wait(_EVERY):
            self._tick()

    def stop(self) -> None:
        """End it, and wait for what it is doing."""
        self._ended.set()
        self._thread.join()
