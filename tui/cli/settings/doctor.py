"""`doctor`: what this computer lacks for the work, each with what to do about it."""

from __future__ import annotations

import argparse
import importlib.metadata
import locale
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from config.errors import AppError
from config.i18n import tr
from config.missing import DO, PYTHONS, missing_packages
from config.text import Text, t
from tui.cli import context
from tui.present import books
from tui.present.errors import in_words

State = Literal["ok", "warn", "bad"]
_NOTHING = Text("")
_MARKS: dict[State, str] = {"ok": "✓", "warn": "!", "bad": "✗"}
_LEAST_FREE, _ROOMY = 50 * 2**20, 500 * 2**20
_AHEAD = 86_400.0
"""Seconds by which a clock may be behind what it wrote before: a day, for zones."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `bad` keeps somebody from working, `warn` does not."""

    key: str
    state: State
    what: Text
    do: Text = _NOTHING


def fill(noun: argparse.ArgumentParser, _shared: argparse.ArgumentParser) -> None:
    """Give the noun what it does."""
    noun.set_defaults(run=examine)


def examine(args: argparse.Namespace) -> int:
    """Look at this computer; exit 1 when something keeps from working."""
    path = context.book_path(args)
    found = [*_program(), *_terminal(), *_fonts(), *_clock(path), *_places(path), *_book(path)]
    fine = all(each.state != "bad" for each in found)
    told = [{"key": each.key, "state": each.state, "what": tr(each.what), "do": tr(each.do)} for each in found]
    context.answer(args, {"fine": fine, "checks": told}, [_line(each) for each in found])
    return context.DONE if fine else context.FINDINGS


def _line(each: Check) -> str:
    told = f"{_MARKS[each.state]} {tr(each.what)}"
    return f"{told}: {tr(each.do)}" if each.do.pattern else told


def _program() -> Iterator[Check]:
    version = sys.version_info[:2]
    shown = ".".join(map(str, sys.version_info[:3]))
    if version > PYTHONS[1]:
        newest = ".".join(map(str, PYTHONS[1]))
        do = t("if something fails, use Python {newest}", newest=newest)
        yield Check("python", "warn", t("Python {version} is newer than what was tried", version=shown), do)
    else:
        yield Check("python", "ok", t("Python {version}", version=shown))
    if missing := missing_packages():
        yield Check("modules", "bad", t("Packages are missing: {names}", names=", ".join(missing)), DO)
    else:
        count = sum(1 for _ in importlib.metadata.distributions())
        yield Check("modules", "ok", t("All packages are there ({n} installed)", n=count))
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    preferred = locale.getpreferredencoding(do_setlocale=False)
    if encoding == "utf8" and (sys.platform == "win32" or preferred.lower().replace("-", "") == "utf8"):
        yield Check("locale", "ok", t("Letters with accents are written as UTF-8"))
    else:
        do = t("set LC_ALL=C.UTF-8, or on Windows use Windows Terminal")
        yield Check("locale", "warn", t("The system writes {encoding}, not UTF-8", encoding=preferred), do)


def _terminal() -> Iterator[Check]:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield Check("terminal", "warn", t("This is no terminal"), t("commands work; the screen needs a terminal"))
        return
    width, height = shutil.get_terminal_size()
    if os.environ.get("TERM", "") == "dumb":
        yield Check("terminal", "bad", t("This terminal is “dumb”"), t("use another terminal; commands work"))
    elif width < 80 or height < 24:
        what = t("The terminal is {width}x{height}", width=width, height=height)
        yield Check("terminal", "bad", what, t("enlarge it to 80x24 or more"))
    else:
        yield Check("terminal", "ok", t("The terminal is {width}x{height}", width=width, height=height))


def _fonts() -> Iterator[Check]:
    from exports.fonts import open_fonts  # noqa: PLC0415  # heavy

    try:
        family = open_fonts(["serif", "sans"]).family
    except AppError as error:
        yield Check("fonts", "bad", t("{what}", what=error.what), t("{do}", do=error.do or DO))
        return
    except ImportError:
        yield Check("fonts", "bad", t("Fonts cannot be looked for: a package is missing"), DO)
        return
    if family.startswith("Times New Roman"):
        yield Check("fonts", "ok", t("Papers are set in {family}", family=family))
    else:
        do = t("install Times New Roman, or put the office's own font files into config/fonts of the book")
        yield Check("fonts", "warn", t("Times New Roman is not here; papers are set in {family}", family=family), do)


def _clock(path: Path) -> Iterator[Check]:
    now = time.time()
    written = [Path(__file__), *path.glob("journal-*.jsonl")]
    latest = max(each.stat().st_mtime for each in written if each.exists())
    shown = f"{datetime.now():%d/%m/%Y %H:%M}"  # noqa: DTZ005  # the office's own clock
    if latest > now + _AHEAD:
        do = t("set the clock of this computer; the days of what is written come from it")
        yield Check("clock", "bad", t("The clock says {now}, which is before what was written already", now=shown), do)
    else:
        yield Check("clock", "ok", t("The clock says {now} ({zone})", now=shown, zone=time.strftime("%z")))


def _places(path: Path) -> Iterator[Check]:
    place = path if path.is_dir() else next(each for each in path.absolute().parents if each.is_dir())
    free = shutil.disk_usage(place).free
    room = t("{n} MB are free at {path}", n=free // 2**20, path=place)
    if free < _LEAST_FREE:
        yield Check("disk", "bad", room, t("make room, or move the book to another disk"))
    elif free < _ROOMY:
        yield Check("disk", "warn", room, t("make room soon"))
    else:
        yield Check("disk", "ok", room)
    for key, what, folder in (
        ("rights", t("the folder of the book"), place),
        ("state", t("the folder that remembers books"), books.state_folder()),
        ("temporary", t("the folder for temporary files"), Path(tempfile.gettempdir())),
    ):
        yield _writable(key, what, folder)
    if os.name != "nt" and (path / "book.json").exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        do = t("take the rights of others away: chmod -R go= {path}", path=path)
        yield Check("privacy", "warn", t("Other users of this computer may open the book"), do)


def _writable(key: str, what: Text, folder: Path) -> Check:
    there = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there) as trial:
            trial.write(b"1")
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as error:
        told = t(
            "Nothing can be written to {what} ({path}): {reason}", what=what, path=there, reason=error.strerror or ""
        )
        return Check(key, "bad", told, t("ask for the right to write there, or choose another folder"))
    return Check(key, "ok", t("Files can be written to {what} ({path})", what=what, path=there))


def _book(path: Path) -> Iterator[Check]:
    if not (path / "book.json").exists():
        do = t("make one: start the program, or “book new”")
        yield Check("book", "warn", t("There is no book at {path}", path=path), do)
        return
    try:
        office = books.settings_of(path).office
    except AppError as error:
        wrong = in_words(error)
        yield Check("book", "bad", t("{what}", what=wrong.what), t("{do}", do=wrong.do))
        return
    named = any(each.value for each in office.name.values.values())
    if not (office.code and named):
        do = t("enter them in Settings, or by “config set office.name NAME” and “config set office.code CODE”")
        yield Check("book", "warn", t("The book does not know its office's name or code"), do)
        return
    yield Check("book", "ok", t("The book of {code} is at {path}", code=office.code, path=path))
    for other in books.heads().others(office.code, path)[:1]:
        do = t("give one of the two another code: “config set office.code CODE”")
        yield Check("code", "warn", t("Another book has the code {code} too: {path}", code=office.code, path=other), do)
