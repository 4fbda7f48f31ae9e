"""The office's own settings in the folder of a book: what the journal says they are, and what was changed by hand.

Lines tell of them in two ways: `"vouches": {"config": {file: SHA-256}}` names all of them at once, and a change of a
setting through the program carries the whole file. What neither explains was done outside the program; it counts, for
that is how an office writes its settings, but it is said until somebody takes it over.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.errors import BookError
from config.text import Text, t
from records.domain.kinds import KINDS
from records.domain.rule_changes import SettingChange
from records.store.files import BookFiles
from records.store.journal.durable import read_file
from records.store.safety.parts import SYSTEM
from records.store.sealing.sealer import Sealer

_TABLE = KINDS[SettingChange].table
_NAMED = 5
Hashes = dict[str, str]
"""File, as a path below `config` -> SHA-256 of how it lies there."""
Kept = Callable[[str, bytes], bytes]
"""Name and content of a file -> its bytes on the disk."""


def hashes_of(folder: Path) -> Hashes:
    """The settings in the folder of a book as they are. Raises OSError."""
    own = folder / "config"
    return {
        path.relative_to(own).as_posix(): _hash(path.read_bytes())
        for path in sorted(own.rglob("*"))
        if path.is_file() and not SYSTEM.fullmatch(path.name) and path.suffix != ".tmp"
    }


def _hash(content: bytes) -> str:
    return hashlib.sha256(content.removeprefix(codecs.BOM_UTF8)).hexdigest()


def touches_settings(changes: Iterable[Any]) -> bool:
    """Whether one of the changes of a line is that of a setting."""
    return any(change[0] == _TABLE for change in changes)


def after_changes(known: Hashes, changes: Iterable[Any], kept: Kept = lambda _, content: content) -> Hashes:
    """What is known after the changes of a line: (table, number, before, after); `kept` is how a file lies there."""
    for table, _, before, after in changes:
        if table == _TABLE and not (before and after):  # one with both only got another code of the office
            known = _after(known, before, after, kept)
    return known


def _after(known: Hashes, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, kept: Kept) -> Hashes:
    told = after or before or {}
    name, text = str(told.get("file", "")), str(told.get("text" if after else "was", ""))
    others = {each: sha256 for each, sha256 in known.items() if each != name}
    return {**others, name: _hash(kept(name, text.encode()))} if text else others


def changed_by_hand(folder: Path, known: Hashes | None) -> list[str]:
    """Settings that are not as the journal knows them: changed, new or gone; none where it knows nothing yet.

    Raises:
        OSError: when one cannot be read.
    """
    if known is None:
        return []
    there = hashes_of(folder)
    return sorted(name for name in {*there, *known} if there.get(name) != known.get(name))


def torn(folder: Path, known: Hashes | None, sealer: Sealer | None = None) -> list[str]:
    """Those the journal knows that no program can read: half of a file, or no text, as a power cut leaves them.

    Raises:
        OSError: when one cannot be read.
    """
    own = BookFiles(folder / "config", sealer)
    mine = [name for name in changed_by_hand(folder, known) if name in (known or ()) and name.endswith(".yaml")]
    return [name for name in mine if not _is_read(own, name)]


def _is_read(own: BookFiles, name: str) -> bool:
    import yaml  # noqa: PLC0415  # hardly any file is not as the journal knows it

    try:
        content = own.read(name)
        if content is not None:
            yaml.load(content.decode("utf-8-sig"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (BookError, UnicodeDecodeError, yaml.YAMLError, ValueError):
        return False
    return True


def put_back(folder: Path, known: Hashes | None, kept: Path, sealer: Sealer | None) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of those that are gone or torn, where `kept`, of a backup, has them as the journal knows them."""
    gone = {name for name in changed_by_hand(folder, known) if not (folder / "config" / name).is_file()}
    for name in sorted({*gone, *torn(folder, known, sealer)} & (known or {}).keys()):
        with suppress(OSError):
            content = read_file(kept / "config" / name)
            if known is not None and _hash(content) == known[name]:
                yield name, content


def by_hand_told(names: list[str]) -> list[Text]:
    """One sentence that names them; nothing where there are none."""
    if not names:
        return []
    shown = ", ".join(f"config/{each}" for each in names[:_NAMED])
    more = len(names) - _NAMED
    if more > 0:
        told = t(
            "Settings were changed outside the program: {names} and {n} more; look at them, then “config accept” takes"
            " them over",
            names=shown,
            n=more,
        )
    else:
        told = t(
            "Settings were changed outside the program: {names}; look at them, then “config accept” takes them over",
            names=shown,
        )
    return [told]
