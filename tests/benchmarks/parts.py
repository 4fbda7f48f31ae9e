"""The parts of the measurements: each runs in a process of its own, and what it found is kept when it ends."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

import msgspec
import psutil

from tests.benchmarks.figures import PACE, Aim, Line, aims_told, machine

_ROOT = Path(__file__).parents[2]
PARTS: Mapping[str, str] = {
    "start": "tests.benchmarks.screen:table",
    "commands": "tests.benchmarks.commands:table",
    "opening": "tests.benchmarks.pages:table",
    "following": "tests.benchmarks.following:table",
    "sheet": "tests.benchmarks.sheet:table",
    "judging": "tests.benchmarks.judging:table",
    "intake": "tests.benchmarks.intake:table",
    "lists": "tests.benchmarks.lists:table",
    "history": "tests.benchmarks.history:table",
    "store": "tests.benchmarks.store:table",
    "certificates": "tests.benchmarks.certificates:table",
    "exchange": "tests.benchmarks.exchange:table",
    "sealed": "tests.benchmarks.sealed:table",
    "growth": "tests.benchmarks.growth:table",
}
"""Name -> module and function; what is felt most comes first."""
QUICK = ("commands", "start")
_AIM = "\x1e"
"""Stands before a promise among the lines that the process of a part prints."""
_BARE = 5
"""Times that the minimal app is started before each part and after it: how quick the machine is meanwhile."""
_LAST = 12
"""Lines of what a part that failed said last."""


class Found(msgspec.Struct):
    """What a part gave.

    Attributes:
        machine: on which.
        load: how busy it was before.
        seconds: that the part took.
        failure: what it said last when it did not end well; its lines up to there stand.
        bare: milliseconds of the minimal app's first paint before and after, beside which those of the part are read.
    """

    part: str
    machine: str
    load: float
    seconds: float = 0
    lines: list[str] = []
    aims: list[Aim] = []
    failure: str = ""
    bare: float = 0


def forget(folder: Path) -> None:
    """Forget what was found before."""
    for path in folder.glob("*.json"):
        path.unlink()


def run(name: str, folder: Path, *, tell: Callable[[str], object]) -> Found:
    """Measure a part in a process of its own, telling each line as it comes, and keep what it found in `folder`."""
    found = Found(name, machine(), psutil.getloadavg()[0])
    before = _bare()
    begun = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.parts", name],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        last = deque[str](maxlen=_LAST)
        listener = Thread(target=_listen, args=(process.stderr, last))
        listener.start()
        for line in process.stdout:
            _take(line.rstrip("\n"), found, tell)
        listener.join()
    found.seconds = time.monotonic() - begun
    found.bare = (before + _bare()) / 2
    found.aims = [aim._replace(bare=found.bare) for aim in found.aims]
    if process.returncode:
        found.failure = "\n".join(last) or f"exit code {process.returncode}"
        tell(f"\n{name} failed:\n{found.failure}\n")
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_bytes(msgspec.json.encode(found))
    return found


def _bare() -> float:
    from tests.benchmarks.screen import minimal  # each part imports what it measures itself

    with TemporaryDirectory() as state:
        return statistics.median(minimal(Path(state)) for _ in range(_BARE)) * 1000


def _listen(source: IO[str], last: deque[str]) -> None:
    last.extend(line.rstrip() for line in source)


def _take(line: str, found: Found, tell: Callable[[str], object]) -> None:
    if line.startswith(_AIM):
        found.aims.append(msgspec.json.decode(line[1:], type=Aim))
    else:
        found.lines.append(line)
        tell(line)


def summary(found: Iterable[Found]) -> Iterator[str]:
    """All promises with what was measured, and the parts that failed."""
    known = list(found)
    yield from aims_told([aim for each in known for aim in each.aims])
    for each in known:
        if each.failure:
            yield f"**“{each.part}” failed**, and what it promises beyond the lines below was not measured.\n"


def page(folder: Path) -> str:
    """The page of everything that is kept in `folder`."""
    kept = [msgspec.json.decode(path.read_bytes(), type=Found) for path in folder.glob("*.json")]
    known = {each.part: each for each in kept}
    found = [known[each] for each in PARTS if each in known]
    lines = [
        "# Measured\n",
        '`make bench` writes this page; `make bench PARTS="lists growth"` measures those parts anew and leaves the',
        "others. Times depend on the machine; the ratios are between ways that took turns in one run. Goals in",
        f"milliseconds were set where a minimal Textual app took {PACE:.0f} ms to its first paint. It is started",
        "before and after each part, and what it took stands below the part; where that is longer, so is a goal in",
        "milliseconds, and both are told.\n",
        *(f"- {each}" for each in dict.fromkeys(each.machine for each in found)),
        "",
        *summary(found),
    ]
    missing = [each for each in PARTS if each not in known]
    if missing:
        lines.append(f"Not measured yet: {', '.join(missing)}.\n")
    for each in found:
        before = f"load before it {each.load:.1f}" + (f", minimal app {each.bare:,.0f} ms" if each.bare else "")
        lines += [*each.lines, "", f"*{each.part}: {each.seconds:,.0f} s, {before}.*", ""]
        if each.failure:
            lines += [f"**It failed:**\n\n```\n{each.failure}\n```\n"]
    return "\n".join(lines) + "\n"


def _lines(name: str) -> Iterator[Line]:
    module, _, function = PARTS[name].partition(":")
    table: Callable[[], Iterator[Line]] = getattr(import_module(module), function)
    return table()


def main(name: str) -> None:
    """Print the lines and promises of a part as they come."""
    for line in _lines(name):
        print(_AIM + msgspec.json.encode(line).decode() if isinstance(line, Aim) else line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
