"""Files that are made under another name until they are whole, and what a killed program leaves of them."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

_PART = re.compile(r".*?[.-](\d+)(-\d+)?\.part")


def clear_parts(folder: Path, prefix: str = ".") -> None:
    """Take away unfinished files and folders of programs that run no more: named `…-PROCESS.part`, with this beginning.

    What cannot be taken away stays; it hurts nobody but by its room.
    """
    with suppress(OSError):
        for path in list(folder.iterdir()):
            match = _PART.fullmatch(path.name) if path.name.startswith(prefix) else None
            if match and not is_running(int(match[1])):
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def is_running(process: int) -> bool:
    """Whether a process of this number runs on this computer; true where it cannot be known."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # there, a signal would end the process

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle) or ctypes.windll.kernel32.GetLastError() != 87  # there is no such process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
