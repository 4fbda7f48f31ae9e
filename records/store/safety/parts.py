"""What belongs to a book: regular files with exact names. Everything else in its folder is a stranger, and is told."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from config.text import Text, t
from records.store.journal.durable import disk

SEGMENT = re.compile(r"journal-(?!0{9})(\d{9})\.jsonl")
PACKED = re.compile(r"journal-(?!0{9})(\d{9})-([0-9a-f]{16})\.jsonl\.gz")
"""A closed segment, packed; in the name, the beginning of the SHA-256 of the packed bytes."""
SNAPSHOT = re.compile(r"snapshot-(\d{9})-([0-9a-f]{16})\.json")
BASE = re.compile(r"base-(\d{9})-([0-9a-f]{16})\.json")
_ALONE = r"book\.json|keys(?:-spare)?\.json|person-keys(?:-spare)?\.bin|looks\.jsonl"
KEPT = re.compile(rf"{_ALONE}|torn-\d{{9}}(-\d+)?\.bin|{SEGMENT.pattern}|{PACKED.pattern}|{BASE.pattern}")
"""What a backup keeps beside the folders: it has no twin elsewhere."""
_FILES = re.compile(
    rf"{KEPT.pattern}|{SNAPSHOT.pattern}|(?:writer|looks)\.lock|holder\.json|index\.sqlite|cache-[a-z]+\.bin"
)
_FOLDERS = re.compile(r"config|files|aside-\d{8}-\d{6}(-\d+)?")
_LEFTOVER = re.compile(
    rf"({_ALONE}|holder\.json|torn-\d{{9}}(-\d+)?\.bin|journal-\d{{9}}(-\w+\.jsonl\.gz|\.jsonl)|snapshot-\d{{9}}|base-.*|index\.sqlite-\d+|cache-.*)\.tmp"
)
SYSTEM = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.directory", re.IGNORECASE)
"""What file managers leave in every folder they show; nobody needs to be told of it."""
_NAMED = 5


def found(folder: Path, name: re.Pattern[str]) -> list[tuple[re.Match[str], Path]]:
    """Regular files in a folder with such a name, in the order of names. Raises OSError."""
    with os.scandir(folder) as entries:
        each = [(name.fullmatch(entry.name), entry) for entry in entries]
        held = [(match, folder / entry.name) for match, entry in each if match and entry.is_file(follow_symlinks=False)]
    return sorted(held, key=lambda pair: pair[1].name)


def strangers(folder: Path) -> list[str]:
    """Names in the folder of a book that are no part of it: copies of a sync program, folders, links."""
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            regular = entry.is_file(follow_symlinks=False)
            part = regular and (_FILES.fullmatch(entry.name) or _LEFTOVER.fullmatch(entry.name))
            kept = entry.is_dir(follow_symlinks=False) and _FOLDERS.fullmatch(entry.name)
            if not (part or kept or SYSTEM.fullmatch(entry.name)):
                names.append(entry.name)
    return sorted(names)


class Below(NamedTuple):
    """What lies in the folders `config` and `files` of a book, by names below it.

    Attributes:
        held: files, which a backup holds; of a link to a file, what it leads to.
        linked: links to folders, which no backup follows. One of the two themselves is such a link too.
        nameless: what has a name that is no text, which no backup holds either.
    """

    held: list[str]
    linked: list[str]
    nameless: list[str]


def below(folder: Path) -> Below:
    """Walk what lies in the folders of a book. Raises OSError where one cannot be read."""
    found = Below([], [], [])
    for name in ("config", "files"):
        if (folder / name).is_symlink():
            found.linked.append(name)
        if (folder / name).is_dir():
            _walk(folder, name, found)
    return found


def _walk(folder: Path, place: str, found: Below) -> None:
    with os.scandir(folder / place) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            name = f"{place}/{entry.name}"
            if not _is_text(entry.name):
                found.nameless.append(name)
            elif entry.is_dir(follow_symlinks=False):
                _walk(folder, name, found)
            elif entry.is_file(follow_symlinks=False) or (folder / name).is_file():
                found.held.append(name)
            elif (folder / name).is_dir():
                found.linked.append(name)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # the system gives bytes that are none as halves of characters
        return False
    return True


def strangers_told(names: list[str]) -> list[Text]:
    """One sentence that names strangers; nothing where there are none."""
    if not names:
        return []
    shown = ", ".join(f"“{name}”" for name in names[:_NAMED])
    more = len(names) - _NAMED
    if more > 0:
        told = t(
            "Not part of the book and left alone: {names} and {n} more; “book repair” sets them aside",
            names=shown,
            n=more,
        )
    else:
        told = t("Not part of the book and left alone: {names}; “book repair” sets them aside", names=shown)
    return [told]


def clear_leftovers(folder: Path) -> None:
    """Take away files that a killed writer never finished; only who holds the lock may. Raises OSError."""
    for _, path in found(folder, _LEFTOVER):
        disk.remove(path)
    still_open = {match[1] for match, _ in found(folder, SEGMENT)}
    for match, path in found(folder, PACKED):
        if match[1] in still_open:  # it was just being packed
            disk.remove(path)
