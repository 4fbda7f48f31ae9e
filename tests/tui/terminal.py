"""The program in a pseudo-terminal: bytes go in as a keyboard or an input method sends them, a screen comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyte

ROOT = Path(__file__).parents[2]
# pyte knows neither the keyboard protocol's queries nor modes with a sub-parameter; it would print them.
_UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;]*[uc$p]+|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\|\x1b\[[0-9;]*[tq]", re.DOTALL)
_SECONDS = 300.0
"""How long a test waits for what never comes: a test passes as soon as it sees it, however busy the machine is."""


class Terminal:
    """A program and the screen it draws on."""

    def __init__(
        self,
        handle: int,
        process: subprocess.Popen[bytes],
        size: tuple[int, int],
        answers: Mapping[bytes, bytes],
    ) -> None:
        self._handle, self._process, self._answers = handle, process, dict(answers)
        self.raw = b""
        width, height = size
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._text: str | None = None

    @property
    def text(self) -> str:
        """What a person sees now."""
        self._read(0.02)
        self._draw()
        if self._text is None:
            self._text = "\n".join(line.rstrip() for line in self._screen.display)
        return self._text

    def send(self, data: str | bytes, *, pause: float = 0.0) -> None:
        """Send bytes in one burst, as an input method does."""
        os.write(self._handle, data.encode() if isinstance(data, str) else data)
        if pause:
            self._read(pause)

    def paste(self, text: str) -> None:
        """Paste, as terminals bracket it."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        self._draw()
        self._text = None
        self._screen.resize(height, width)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self._process.send_signal(28)  # SIGWINCH

    def vanish(self) -> None:
        """Close the terminal under the program, which gets no signal: it was not its controlling terminal."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self._handle)
        os.close(nowhere)

    def see(self, *words: str) -> str:
        """Wait until all of these stand on the screen at once; gives its text."""
        text = ""

        def stand_there() -> bool:
            nonlocal text
            text = self.text
            return all(word in text for word in words)

        self.until(stand_there, f"to see {words}")
        return text

    def receive(self, pattern: bytes) -> bytes:
        """Wait until the program has sent bytes of this pattern (a dot means any byte); gives those bytes."""
        self.until(lambda: re.search(pattern, self.raw, re.DOTALL), f"to receive {pattern!r}")
        found = re.search(pattern, self.raw, re.DOTALL)
        assert found
        return found[0]

    def until(self, holds: Callable[[], object], what: str = "what was waited for") -> None:
        """Wait until something holds; no longer when the program has ended."""
        end = time.monotonic() + _SECONDS
        while not holds():
            if time.monotonic() > end or self._process.poll() is not None:
                assert holds(), f"never came {what}:\n{self.text}"
                return
            self._read(0.01)

    def wait(self) -> int:
        """Wait until the program ends; gives its exit code."""
        self.until(lambda: self._process.poll() is not None, "the end of the program")
        return self._process.wait()

    def _read(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._handle], [], [], left)[0]:
                return
            try:
                data = os.read(self._handle, 65_536)
            except OSError:  # the program is gone
                return
            self.raw += data
            self._rest += data
            for question in [each for each in self._answers if each in self.raw]:
                os.write(self._handle, self._answers.pop(question))

    def _draw(self) -> None:
        """Bring what came since somebody looked last onto the screen: whoever never looks does not pay for it."""
        if not self._rest:
            return
        self._text = None
        data = _UNKNOWN.sub(b"", self._rest)
        # A sequence cut off at the end waits for its rest.
        cut = data.rfind(b"\x1b")
        whole = cut < 0 or len(data) - cut > 64 or re.search(rb"\x1b(\[[0-?]*[ -/]*[@-~]|[^\[P])", data[cut:])
        self._rest = b"" if whole else data[cut:]
        self._stream.feed(data if whole else data[:cut])


@contextmanager
def program(
    *words: str | Path,
    width: int = 80,
    height: int = 24,
    state: Path,
    settings: Mapping[str, str] | None = None,
    answers: Mapping[bytes, bytes] | None = None,
    start: tuple[str, ...] = ("main.py",),
) -> Iterator[Terminal]:
    """The program started with these words in a terminal of this size; killed at the end if it still runs.

    `settings` are more of its environment; `answers` what the terminal says, once, to questions of the program; `start`
    is what Python is to run, if not the program as it is.
    """
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, width * 10, height * 20))
    usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "SOVANG_STATE": str(state), "LANG": "C.UTF-8"}
    # Who runs the tests may have said how large their own terminal is; here the size is this terminal's.
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, *start, *map(str, words)],
        stdin=child,
        stdout=child,
        stderr=child,
        cwd=ROOT,
        env={**inherited, **usual, **(settings or {}), "SOVANG_BACKUPS": str(state / "backups")},
        start_new_session=True,
    )
    os.close(child)
    try:
        yield Terminal(parent, process, (width, height), answers or {})
    finally:
        process.kill()
        process.wait()
        os.close(parent)
