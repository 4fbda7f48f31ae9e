"""What belongs to a book: regular files with exact names. Everything else in its folder is a stranger, and is told."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from config.plain import is_text
from config.text import Text, t
from records.store.journal.durable import disk, read_file
from records.store.journal.packing import unpacked

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


def twins(folder: Path) -> dict[int, list[Path]]:
    """Segments of which several files lie there that do not say the same: first line -> files, the one read last.

    A sync program or an undeleting one brings an old one back. Those of one being packed say the same.

    Raises:
        OSError: when the folder or a file cannot be read.
    """
    known = defaultdict(list)
    for match, path in (*found(folder, PACKED), *found(folder, SEGMENT)):
        known[int(match[1])].append(path)
    return {first: paths for first, paths in known.items() if len(paths) > 1 and _differ(paths)}


def _differ(paths: list[Path]) -> bool:
    """Whether files of a segment do not say the same; one that a writer takes away meanwhile said the same."""
    said = set()
    for each in paths:
        with suppress(FileNotFoundError):
            said.add(_plain(each))
    return len(said) > 1


def _plain(path: Path) -> bytes | None:
    """What a segment says; None where it was packed and cannot be unpacked."""
    content = read_file(path)
    if path.suffix != ".gz":
        return content.rstrip(b"\0")
    inner, whole = unpacked(content)
    return inner if whole else None


def strangers(folder: Path) -> list[str]:
    """Names in the folder of a book that are no part of it: copies of a sync program, folders, links."""
    names = [path.name for paths in twins(folder).values() for path in paths[:-1]]
    with os.scandir(folder) as entries:
        for entry in entries:
            regular = entry.is_file(follow_symlinks=False)
            part = regular and (_FILES.fullmatch(entry.name) or _LEFTOVER.fullmatch(entry.name))
            kept = entry.is_dir(follow_symlinks=False) and _FOLDERS.fullmatch(entry.name)
            if not (part or kept or SYSTEM.fullmatch(entry.name)):
                names.append(entry.name)
    return sorted(names)


def linked(folder: Path) -> list[str]:
    """Files beside the journal in whose place a link to one elsewhere lies, which no backup holds. Raises OSError."""
    with os.scandir(folder) as entries:
        links = [entry.name for entry in entries if entry.is_symlink() and re.fullmatch(_ALONE, entry.name)]
    return sorted(name for name in links if (folder / name).is_file())


def linked_segment(folder: Path, first: int) -> Path | None:
    """A link in the place of the segment that begins with a line; None where there is none.

    It may lead nowhere, as while another disk is not there. Of several it is one that leads to a file.
    """
    with os.scandir(folder) as entries:
        links = [(SEGMENT.fullmatch(each.name) or PACKED.fullmatch(each.name), each) for each in entries]
        there = [folder / each.name for match, each in links if match and int(match[1]) == first and each.is_symlink()]
    return next((path for path in there if path.is_file()), next(iter(there), None))


def linked_words(path: Path) -> Text:
    """That a link lies in the place of a file of the book. Raises OSError."""
    if path.is_file():
        return t("{name} is a link to a file elsewhere: put the file itself in its place", name=path.name)
    return t(
        "{name} is a link that leads to no file, as when its disk is not there: put the file itself in its place",
        name=path.name,
    )


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
            if not is_text(entry.name):
                found.nameless.append(name)
            elif entry.is_dir(follow_symlinks=False):
                _walk(folder, name, found)
            elif entry.is_file(follow_symlinks=False) or (folder / name).is_file():
                found.held.append(name)
            elif (folder / name).is_dir():
                found.linked.append(name)


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
    both = [(int(match[1]), path) for match, path in found(folder, PACKED) if match[1] in still_open]
    strange = twins(folder) if both else {}
    for first, path in both:
        if first not in strange:  # it was just being packed
            disk.remove(path)
