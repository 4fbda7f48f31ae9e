"""The process that reads one file: `python -m records.intake.files.child NAME MEGABYTES SECONDS < FILE`.

It limits its own memory and processor time where the system can, writes the sheets or the reason to its standard
output as `records.intake.files.wire` has it, and ends. Whatever the file does to it, it does to nobody else.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from config.errors import InputError
from records.intake.files import troubles, wire
from records.intake.files.opening import open_file


def main(arguments: Sequence[str]) -> int:
    """Read the file on standard input; gives the exit code, 0 for an answer of either kind."""
    name, megabytes, seconds = arguments
    path = Path(name)
    limit(int(megabytes), int(seconds))
    try:
        answer = wire.pack(open_file(path, sys.stdin.buffer.read()))
    except InputError as error:
        answer = wire.pack_problem(error)
    except MemoryError:
        answer = wire.pack_problem(troubles.too_large(path))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def limit(megabytes: int, seconds: int) -> None:
    """Limit this process, as far as the system can; who started it watches it in any case."""
    try:
        import resource  # noqa: PLC0415  # not there on Windows
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_CPU, seconds + 1),
    ):
        with suppress(ValueError, OSError):  # macOS does not limit address space
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
