"""Lets the program believe that it runs on Windows: what only POSIX has is not there for our own modules.

Python itself and the libraries keep it, for they have twins of their own. `install` comes before the first of our
modules is loaded.
"""

from __future__ import annotations

import builtins
import ctypes
import os
import select
import signal
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

OURS = ("main", "config", "records", "exports", "tui")
MODULES = frozenset(
    [
        "fcntl",
        "resource",
        "pwd",
        "grp",
        "termios",
        "tty",
        "pty",
        "syslog",
        "readline",
        "curses",
        "posix",
        "spwd",
        "crypt",
        "nis",
    ]
)
ABSENT = {
    "os": frozenset(
        [
            "fork",
            "forkpty",
            "geteuid",
            "getuid",
            "getgid",
            "getegid",
            "setuid",
            "setgid",
            "setsid",
            "getpgid",
            "setpgid",
            "killpg",
            "fchmod",
            "fchown",
            "chown",
            "lchown",
            "mkfifo",
            "mknod",
            "uname",
            "sysconf",
            "confstr",
            "statvfs",
            "fstatvfs",
            "getpriority",
            "nice",
            "pread",
            "pwrite",
            "posix_fallocate",
            "posix_fadvise",
            "posix_spawn",
            "sync",
            "fdatasync",
            "openpty",
            "ttyname",
            "getloadavg",
            "sched_getaffinity",
            "wait",
            "waitpid3",
            "wait4",
            "O_DIRECTORY",
            "O_NOFOLLOW",
            "O_CLOEXEC",
            "O_SYNC",
            "O_DSYNC",
            "O_NONBLOCK",
            "chroot",
            "major",
            "minor",
            "initgroups",
            "setxattr",
            "getxattr",
            "WIFEXITED",
            "WEXITSTATUS",
            "WIFSIGNALED",
            "register_at_fork",
            "sendfile",
            "readv",
            "writev",
        ]
    ),
    "signal": frozenset(
        [
            "SIGKILL",
            "SIGHUP",
            "SIGALRM",
            "SIGXCPU",
            "SIGUSR1",
            "SIGUSR2",
            "SIGTSTP",
            "SIGCONT",
            "SIGSTOP",
            "alarm",
            "pause",
        ]
    ),
    "select": frozenset(["poll", "epoll", "kqueue"]),
    "sys": frozenset(),
    "ctypes": frozenset(),
    "shutil": frozenset(("chown",)),
    "time": frozenset(("tzset",)),
}
STARTED: list[tuple[str, str]] = []
"""What `os.startfile` was asked to open or print."""


class Seen(ModuleType):
    """A module as it is on Windows."""

    def __init__(self, real: ModuleType, **other: Any) -> None:
        super().__init__(real.__name__)
        self.__dict__["_real"], self.__dict__["_other"] = real, other

    def __getattr__(self, name: str) -> Any:
        if name in self._other:
            return self._other[name]
        if name in ABSENT[self.__name__]:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} on Windows")
        return getattr(self._real, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._real, name, value)


def _open(path: Any, flags: int, *more: Any, **named: Any) -> int:
    if Path(path).is_dir():
        raise PermissionError(13, "a folder cannot be opened on Windows", str(path))
    return os.open(path, flags, *more, **named)


def _kill(process: int, number: int) -> None:
    raise AssertionError(f"on Windows os.kill ends a process: {process}, {number}")


def _windll() -> SimpleNamespace:
    kernel = SimpleNamespace(
        OpenProcess=lambda _rights, _inherit, process: process if _is_running(process) else 0,
        CloseHandle=lambda _handle: 1,
        GetLastError=lambda: 87,
    )
    return SimpleNamespace(kernel32=kernel)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def install() -> None:
    """Let modules of ours that are loaded from now on see Windows."""
    seen = {
        "os": Seen(
            os, name="nt", open=_open, kill=_kill, startfile=lambda path, verb="open": STARTED.append((verb, path))
        ),
        "sys": Seen(sys, platform="win32"),
        "signal": Seen(signal),
        "select": Seen(select),
        "ctypes": Seen(ctypes, windll=_windll()),
    }
    usual = builtins.__import__

    def imported(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:  # noqa: A002  # Python's own names
        who = str((globals or {}).get("__name__", "")).partition(".")[0]
        if who in OURS and not level:
            top = name.partition(".")[0]
            if top in MODULES:
                raise ModuleNotFoundError(f"No module named {name!r} on Windows", name=name)
            if name in seen:
                return seen[name]
        return usual(name, globals, locals, fromlist, level)

    builtins.__import__ = imported
