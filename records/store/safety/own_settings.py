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

from config.errors import BookError, ConfigError
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
    return {name: _hash(path.read_bytes()) for name, path in _files(folder)}


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    own = folder / "config"
    for path in sorted(own.rglob("*")):
        if path.is_file() and not SYSTEM.fullmatch(path.name) and path.suffix != ".tmp":
            yield path.relative_to(own).as_posix(), path


def _seen(folder: Path) -> Hashes:
    """The same, with no hash for those that cannot be read."""
    found: Hashes = {}
    for name, path in _files(folder):
        found[name] = ""
        with suppress(OSError):
            found[name] = _hash(path.read_bytes())
    return found


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
    """Settings that are not as the journal knows them: changed, new, gone or kept from us; none where it knows nothing.

    Raises:
        OSError: when their folder cannot be read.
    """
    if known is None:
        return []
    there = _seen(folder)
    return sorted(name for name in {*there, *known} if there.get(name) != known.get(name))


def torn(folder: Path, known: Hashes | None, sealer: Sealer | None = None) -> list[str]:
    """Those the journal knows that the reader of settings refuses: half of a file, nothing, or keys that are missing.

    A power cut leaves such files, and so does a mistake that somebody typed: nobody can tell the two apart. One that
    was deleted is none of them; a link that leads nowhere is.

    Raises:
        OSError: when their folder cannot be read.
    """
    mine = [name for name in changed_by_hand(folder, known) if name in (known or ()) and name.endswith(".yaml")]
    return [name for name in mine if torn_words(folder, name, sealer) is not None]


def torn_words(folder: Path, name: str, sealer: Sealer | None = None) -> Text | None:
    """Why a file of the settings cannot be used, and the ways out; None where it can, or is not there."""
    from config.settings.loading import judge_file  # noqa: PLC0415  # hardly any file is not as the journal knows it

    place = Path("config", name)
    try:
        content = BookFiles(folder / "config", sealer).read(name)
        if content is not None:
            judge_file(place, name, content)
        elif (folder / place).is_symlink():
            return _unread(place)
    except ConfigError as error:
        return t(
            "{place}: {what}; correct it there, or “book repair --from FILE” brings it back from a backup",
            place=error.where,
            what=error.what,
        )
    except (BookError, OSError):
        return _unread(place)
    return None


def _unread(place: Path) -> Text:
    return t("{name} cannot be read: “book repair --from FILE” brings it back from a backup", name=place.as_posix())


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
