"""The terminal under the app: noticing that it is gone, and ending in order then.

When a window is closed and no signal comes, reading its terminal gives nothing at once, for ever, and writing to it
fails. Textual then reads without a pause, and its thread that writes dies, after which the app waits for it for ever.
"""

from __future__ import annotations

import os
import select
import sys
from typing import IO, Any

from textual.driver import Driver

from config.errors import BookError
from tui.app.boundary import BoundedApp
from tui.app.painting import PaintingApp

_SECONDS = 1.0


class TerminalApp(PaintingApp, BoundedApp):
    """An app that ends when its terminal is gone."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.terminal_gone = False

    def on_load(self) -> None:
        """Watch the terminal from the beginning."""
        self.set_interval(_SECONDS, self._watch_terminal)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own driver, writing to a terminal that may be gone."""
        usual = super().get_driver_class()

        class LastingDriver(usual):  # type: ignore[valid-type,misc]  # which driver it is depends on the system
            def __init__(self, *given: Any, **more: Any) -> None:
                super().__init__(*given, **more)
                if "_file" in vars(self):
                    self.__dict__["_file"] = _Lasting(vars(self)["_file"])

        return LastingDriver

    def _watch_terminal(self) -> None:
        if not self.is_headless and not self.terminal_gone and _is_gone():
            self.terminal_gone = True
            self.exit(BookError.exit_code)


class _Lasting:
    """A stream to a terminal; what is written after it is gone goes nowhere."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            return

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _is_gone() -> bool:
    """Whether nothing can ever be read from the terminal again."""
    if os.name == "nt" or sys.__stdin__ is None:
        return False
    watch = select.poll()
    watch.register(sys.__stdin__.fileno(), 0)
    return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in watch.poll(0))


def forget_terminal() -> None:
    """Let what is still to be said go nowhere, now that nobody can read it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    os.close(nowhere)
