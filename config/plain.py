"""What goes to a terminal or a pipe: control characters are shown as symbols, so that data never steers a terminal."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import IO, Any, cast

_KEPT = "\n\t"


def visible(text: str) -> str:
    """`text` with its control characters as symbols; its lines and tabs stay.

    So is a return of the carriage, but at the end of a line: behind it, a name would be written over what stands there.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line if line.isprintable() else line.translate(_SHOWN) for line in lines)


def is_text(name: str) -> bool:
    """Whether a name can be written as text; the system gives bytes that are none as halves of characters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def escaped(json: str) -> str:
    """JSON in which every character that steers a terminal is written as its number; it says the same."""
    if json.isprintable():  # what is printable steers nothing
        return json
    return "".join(f"\\u{ord(each):04x}" if _steers(each) and ord(each) < 0x10000 else each for each in json)


def _steers(character: str) -> bool:
    """Controls, and what turns, hides or joins text: categories Cc and Cf, and halves of characters."""
    return (not character.isascii() and unicodedata.category(character) in ("Cc", "Cf", "Cs")) or _is_control(character)


def _is_control(character: str) -> bool:
    return character < " " or character == "\x7f"


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹{code:04X}›"


class _Shown(dict[int, str]):
    """Character -> how it is shown."""

    def __missing__(self, code: int) -> str:
        each = chr(code)
        self[code] = _shown(each) if _steers(each) and each not in _KEPT else each
        return self[code]


_SHOWN = _Shown()


class _Plain:
    """A stream that shows control characters as symbols."""

    def __init__(self, stream: IO[str]) -> None:
        self.as_it_is = stream

    def write(self, text: str) -> int:
        return self.as_it_is.write(visible(text))

    def writelines(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.as_it_is, name)


def write_over(line: str, *, last: bool = False) -> None:
    """Write a line of ours over the one before on standard error, as of progress; after the `last` the next begins."""
    getattr(sys.stderr, "as_it_is", sys.stderr).write("\r")
    sys.stderr.write(line + "\n" * last)
    sys.stderr.flush()


@contextmanager
def plain_output() -> Iterator[None]:
    """Show control characters as symbols on both outputs, whoever writes there."""
    out, complaints = cast("IO[str]", _Plain(sys.stdout)), cast("IO[str]", _Plain(sys.stderr))
    with redirect_stdout(out), redirect_stderr(complaints):
        yield
