"""Spoilt books and spoilt settings: whatever stands in the files, a sentence comes of it and never a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

import main
from config.errors import AppError
from config.settings.loading import SHIPPED, check_folder, load_settings
from records.domain.people.person import Person
from records.store.book import Book
from records.store.journal.chain import seal
from records.store.safety.backup import write_backup
from records.store.safety.repair import repair
from tests.crash.flips import made

NOW = datetime(2026, 5, 4, 7, 30)
_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 1.5, "", "x", "2026-02-30", "9999-12-31", [], [[]], {}, {"x": None}, "\0", "\ud7ff",
    ["people"], [["people", 1, None, {}]], [["people", "1", {}, None]], {"about": 1}, {"segments": [[1]]},
    {"segments": 3}, {"config": []}, {"config": {"x": 1}}, {"snapshot": "x"}, "TN-P-00001", [1, 2, 3, 4],
)  # fmt: skip
_WORDS = (
    "null", "true", "-1", "0", "1e400", ".nan", ".inf", "2026-02-30", "0001-01-01", "9999-12-31", "''", "[]", "{}",
    "[[[[1]]]]", "{a: {b: c}}", "&a [*a]", "*a", "!!python/object:os.system x", "!!binary x", "? x", "- -", "|", ">",
    "\t", ":", "#", "%YAML 9", "---", "...", "é" * 300, "x" * 5000, "\x07", "123456789012345678901234567890", "0x1F",
    "1_000", "12:30:00", "2026-01-01: 5", "<<: {a: 1}", '"\\ud800"', '"\\0"', "=",
)  # fmt: skip
Fault = str


def book_fuzz(count: int, first: int = 0) -> tuple[list[Fault], Counter[str]]:
    """Spoil a small book in so many ways and go through every door; gives what was wrong, and what came of it."""
    wrong: list[Fault] = []
    counted: Counter[str] = Counter()
    with TemporaryDirectory() as name:
        whole = _small_book(Path(name))
        kept = os.environ.get("SOVANG_STATE")
        os.environ["SOVANG_STATE"] = str(Path(name) / "state")
        for number in range(first, first + count):
            path = Path(name) / "spoilt.sovang"
            shutil.rmtree(path, ignore_errors=True)
            shutil.copytree(whole, path)
            what = spoil_book(path, random.Random(f"book{number}"))
            counted[what] += 1
            wrong += (f"book {number} ({what}): {each}" for each in _book_faults(path, number, counted))
        os.environ.pop("SOVANG_STATE") if kept is None else os.environ.update(SOVANG_STATE=kept)
    return wrong, counted


def _small_book(folder: Path) -> Path:
    path = made(folder)
    with Book.open(path, actor="x") as book:
        book.snapshot()
        for number in range(3):
            with book.change("roster.add") as change:
                change.put(Person(id=change.new_id(Person), name=f"Mẫu {number}"))
    return path


def spoil_book(path: Path, chance: random.Random) -> str:
    """Do something to one or two files of a book; gives what."""
    told = []
    for _ in range(chance.choice((1, 1, 2))):
        file = chance.choice(sorted(each for each in path.rglob("*") if each.is_file()))
        act = chance.choice(("bytes", "bytes", "lines", "told", "told", "name"))
        content = file.read_bytes()
        if act == "name":
            _rename(file, chance)
        elif act == "told" and file.suffix in (".jsonl", ".json") and content.startswith(b"{"):
            file.write_bytes(_retold(content, chance))
        elif act == "lines" and b"\n" in content:
            lines = content.splitlines(keepends=True)
            at = chance.randrange(len(lines))
            lines[at : at + 1] = chance.choice(([], [lines[at]] * 2, [lines[at], lines[0]], [b"\n"], lines[::-1]))
            file.write_bytes(b"".join(lines))
        else:
            act = "bytes"
            file.write_bytes(_spoilt(content, chance))
        told.append(act)
    return "+".join(sorted(told))


def _rename(file: Path, chance: random.Random) -> None:
    act = chance.choice(("gone", "copy", "folder", "link", "other"))
    other = file.with_name(re.sub(r"\d", lambda _: str(chance.randrange(10)), file.name) + chance.choice(("", " (1)")))
    if act == "copy" and not other.exists():
        shutil.copy(file, other)
    elif act == "other":
        file.replace(other)
    else:
        file.unlink()
        if act == "folder":
            file.mkdir()
        elif act == "link":
            file.symlink_to("/nowhere")


def _spoilt(content: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(content) + 1), chance.choice((1, 1, 2, 8, 100))
    return chance.choice(
        (
            content[:at]
            + bytes(each ^ chance.choice((1, 32, 128, 255)) for each in content[at : at + size])
            + content[at + size :],
            content[:at],
            content[:at] + content[at + size :],
            content[:at] + chance.randbytes(size) + content[at:],
            content[:at] + bytes(size) + content[at + size :],
            content + chance.choice((b"\0" * 50, b"{}\n", b"\n", b"\xff")),
        )
    )


def _retold(content: bytes, chance: random.Random) -> bytes:
    """Another value in one line of JSON, sealed anew, as somebody would who knows how: its place is often the last."""
    lines = content.splitlines()
    at = len(lines) - 1 if chance.random() < 0.7 else chance.randrange(len(lines))
    try:
        body = orjson.loads(lines[at])
    except orjson.JSONDecodeError:
        return _spoilt(content, chance)
    place: Any = body
    while isinstance(place, dict) and place:
        key = chance.choice(sorted(place))
        if isinstance(place[key], dict) and chance.random() < 0.6:
            place = place[key]
            continue
        if chance.random() < 0.1:
            del place[key]
        else:
            place[key] = chance.choice(_ODD)
        break
    if isinstance(body, dict) and body.pop("hash", None) is not None:
        lines[at] = seal(body)[0].rstrip(b"\n")
    else:
        lines[at] = orjson.dumps(body)
    return b"\n".join(lines) + b"\n"


def _book_faults(path: Path, number: int, counted: Counter[str]) -> Iterator[Fault]:
    yield from _tried("read", lambda: _read(path, counted))
    yield from _tried("write", lambda: _write(path))
    yield from _tried("back up", lambda: write_backup(path, path.parent / "saved", now=NOW))
    if number % 25 == 0:
        for words in (["book", "info"], ["book", "verify"], ["book", "log"], ["roster", "list"], ["book", "undo"]):
            yield from _commanded(["--lang", "en", "--book", str(path), *words])
    yield from _tried("repair", lambda: repair(path, actor="x", now=NOW))
    yield from _tried("read again", lambda: _read(path, counted))


def _read(path: Path, counted: Counter[str]) -> None:
    with Book.open(path, actor="x", read_only=True) as book:
        for kind in book.kinds:
            with contextlib.suppress(AppError):
                list(book.table(kind))
        book.history(limit=30)
        counted["whole" if book.verify().whole else "named"] += 1


def _write(path: Path) -> None:
    with Book.open(path, actor="x") as book:
        with book.change("roster.add") as change:
            change.put(Person(id=change.new_id(Person), name="Mẫu Sau"))
        book.undo()


def settings_fuzz(count: int, first: int = 0) -> tuple[list[Fault], Counter[str]]:
    """Spoil a file of settings in so many ways; gives what was wrong, and how many were refused or taken."""
    wrong: list[Fault] = []
    counted: Counter[str] = Counter()
    files = sorted(each for each in SHIPPED.rglob("*.yaml"))
    for number in range(first, first + count):
        chance = random.Random(f"settings{number}")
        source = chance.choice(files)
        with TemporaryDirectory() as name:
            target = Path(name) / source.relative_to(SHIPPED)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(spoil_settings(source.read_bytes(), chance))
            wrong += (
                f"settings {number} ({source.name}): {each}" for each in _settings_faults(Path(name), number, counted)
            )
    return wrong, counted


def spoil_settings(content: bytes, chance: random.Random) -> bytes:
    """A file of settings with one to three things wrong."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        lines = content.split(b"\n")
        at = chance.randrange(len(lines))
        line, word = lines[at], chance.choice(_WORDS).encode()
        act = chance.choice(("value", "value", "value", "line", "indent", "bytes", "key"))
        if act == "value" and b":" in line:
            lines[at] = line.partition(b":")[0] + b": " + word
        elif act == "line":
            lines[at : at + 1] = chance.choice(([], [line, line], [line, word], [word]))
        elif act == "indent":
            lines[at] = chance.choice((b"  " + line, line[1:], b"\t" + line, b"- " + line))
        elif act == "key":
            lines[at] = line.replace(chance.choice((b"s", b"e", b":", b"'", b"[")), word[:3])
        else:
            content = _spoilt(content, chance)
            continue
        content = b"\n".join(lines)
    return content


def _settings_faults(folder: Path, number: int, counted: Counter[str]) -> Iterator[Fault]:
    problems: list[AppError] = []
    loaded = False

    def load() -> None:
        nonlocal loaded
        load_settings(folder)
        loaded = True

    yield from _tried("check", lambda: problems.extend(check_folder(folder)))
    yield from _tried("load", load)
    counted["taken" if loaded else "refused"] += 1
    if not problems and not loaded:
        yield "the check finds nothing, but the settings cannot be loaded"
    if number % 10 == 0:
        yield from _commanded(["--lang", "en", "config", "check", str(folder)])


def _tried(what: str, act: Callable[[], object]) -> Iterator[Fault]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            act()
    except AppError:
        return
    except Exception:  # noqa: BLE001  # anything at all is what is looked for
        yield f"{what}: {traceback.format_exc(limit=-3)}"


def _commanded(words: list[str]) -> Iterator[Fault]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main.main(words)
    if code not in (0, 1, 2, 3) or "Traceback" in said.getvalue():
        yield f"{' '.join(words)}: {code} {said.getvalue()[-500:]}"
