"""The real program in a pseudo-terminal: when its bytes came over the wire, and nothing drawn that could cost time."""

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

ROOT = Path(__file__).parents[2]
_NEVER = 120.0
_ANSWERS = {b"\x1b[c": b"\x1b[?62c", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
"""What a terminal answers to the questions that a program asks of it."""


class Wire:
    """A program and the bytes it has written so far.

    Attributes:
        begun: the moment before the program was started, in seconds of a clock that only goes forwards.
    """

    def __init__(self, handle: int, process: subprocess.Popen[bytes], begun: float) -> None:
        self._handle, self._process, self.begun = handle, process, begun
        self._raw, self._answered = bytearray(), 0

    def until(self, *marks: bytes) -> float:
        """Wait until each of these was written since the last `send`; gives the moment. Raises TimeoutError."""
        return self._wait(lambda: all(mark in self._raw for mark in marks), marks)

    def until_any(self, *marks: bytes) -> float:
        """Like `until`, for the first of these."""
        return self._wait(lambda: any(mark in self._raw for mark in marks), marks)

    def _wait(self, came: Callable[[], bool], marks: tuple[bytes, ...]) -> float:
        end = time.monotonic() + _NEVER
        while not came():
            if time.monotonic() > end or (not self._read(1.0) and self._process.poll() is not None):
                raise TimeoutError(f"{marks} never came, but {bytes(self._raw[-2_000:])!r}")
        return time.monotonic()

    def number_after(self, mark: bytes) -> int:
        """The number that was written behind the last of this mark since the last `send`."""
        found = re.match(rb"[0-9,.]+", self._raw[self._raw.rindex(mark) + len(mark) :])
        assert found
        return int(re.sub(rb"[,.]", b"", found[0]))

    def quiet(self, seconds: float) -> float | None:
        """Wait until nothing was written for so long; gives the moment of the last bytes, None when there were none."""
        last = None
        while self._read(seconds):
            last = time.monotonic()
        return last

    def painted(self, quiet: float) -> float:
        """Wait for what a key makes the program write, until it has been quiet; gives the moment of the last bytes."""
        if not self._read(_NEVER):
            raise TimeoutError("nothing was painted for a key")
        moment = time.monotonic()
        return self.quiet(quiet) or moment

    def send(self, data: bytes) -> float:
        """Forget what was written, and type; gives the moment before."""
        self._raw.clear()
        self._answered = 0
        begun = time.monotonic()
        os.write(self._handle, data)
        return begun

    def leave(self) -> None:
        """Quit as an officer does in the evening, so that the program keeps what it has counted."""
        self.send(b"\x11")
        while self._process.poll() is None:
            self._read(0.1)

    def processor(self) -> float:
        """Seconds of a core that the program has used so far: what a busy machine does not change."""
        import psutil  # only this asks for it

        spent = psutil.Process(self._process.pid).cpu_times()
        return float(spent.user + spent.system)

    def memory(self) -> float:
        """What the program holds of the machine's memory, in MB."""
        import psutil  # only this asks for it

        return float(psutil.Process(self._process.pid).memory_info().rss) / 1e6

    def _read(self, seconds: float) -> bool:
        if not select.select([self._handle], [], [], seconds)[0]:
            return False
        try:
            new = os.read(self._handle, 1 << 20)
        except OSError:  # the program has ended
            return False
        self._raw += new
        for question, answer in _ANSWERS.items():
            if question in self._raw[max(self._answered - 16, 0) :]:
                os.write(self._handle, answer)
        self._answered = len(self._raw)
        return True


@contextmanager
def program(*words: str | Path, state: Path, width: int = 100, height: int = 30) -> Iterator[Wire]:
    """Python run with these words in a terminal of this size; killed at the end."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdin=child,
        stdout=child,
        stderr=child,
        cwd=ROOT,
        env=environment(state),
        start_new_session=True,
    )
    os.close(child)
    try:
        yield Wire(parent, process, begun)
    finally:
        process.kill()
        process.wait()
        os.close(parent)


def environment(state: Path) -> Mapping[str, str]:
    """That of a usual terminal, with everything the program keeps of its own under `state`."""
    usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    own = {"SOVANG_STATE": str(state / "heads"), "SOVANG_BACKUPS": str(state / "backups"), "SOVANG_USER": "bench"}
    left_out = ("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")  # modules are compiled once, as at every office
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**inherited, **usual, **own, "XDG_CACHE_HOME": str(state / "cache")}
