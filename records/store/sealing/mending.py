"""Files of the keys of a sealed book that were damaged or lost, made anew: from one another, or from a backup."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from config.errors import BookError
from config.text import Text, t
from records.store.history import whole_chain
from records.store.journal.chain import BrokenLineError, unseal
from records.store.journal.durable import write_durably
from records.store.journal.segments import line_of
from records.store.sealing.persons import FILES as PERSON_KEYS
from records.store.sealing.persons import are_person_keys, damaged_person_keys
from records.store.sealing.ring import FILES, damaged_files, is_sealed, read_ring, write_ring
from records.store.sealing.unlocking import sealer_of


def mend_keys(folder: Path, backup: Path | None, keep: Callable[[Path], None]) -> list[Text]:
    """Make damaged files of keys anew; gives what was done.

    Args:
        folder: the book.
        backup: of the same book, unpacked, or None.
        keep: puts a copy of a file aside.

    Raises:
        BookError: when the keys of the backup do not open the last line: the book was given others since.
        LockedError: when nobody gave the passphrase of keys that have to be looked into.
        OSError: when a file cannot be read or written.
    """
    return [*_mend_ring(folder, backup, keep), *_mend_person_keys(folder, backup, keep)]


def _mend_ring(folder: Path, backup: Path | None, keep: Callable[[Path], None]) -> list[Text]:
    damaged = damaged_files(folder)
    if len(damaged) < len(FILES):
        ring = read_ring(folder)
    elif backup is not None and is_sealed(backup):
        _judge_opens(backup, folder)
        ring = read_ring(backup)
    else:
        return []
    for name in damaged:
        if (folder / name).exists():
            keep(folder / name)
    if damaged:
        write_ring(folder, ring)
    return _made_anew(damaged)


def _judge_opens(backup: Path, folder: Path) -> None:
    """Refuse keys that do not open the last line. Raises BookError, LockedError."""
    seq = whole_chain(folder).seq
    if not seq:
        return
    try:
        unseal(line_of(folder, seq)[:-1], sealer=sealer_of(backup))
    except BrokenLineError:
        raise BookError(
            t("The backup is from before the book was given a new key: its keys do not open the newest changes"),
            where=str(folder),
            do=t("take a backup from after that; nothing was changed"),
        ) from None


def _mend_person_keys(folder: Path, backup: Path | None, keep: Callable[[Path], None]) -> list[Text]:
    damaged = damaged_person_keys(folder)
    missing = [name for name in PERSON_KEYS if not (folder / name).is_file()]
    whole = [name for name in PERSON_KEYS if name not in damaged and name not in missing]
    named = damaged or missing
    source = folder / whole[0] if whole else None if backup is None else backup / PERSON_KEYS[0]
    if not named or source is None or not source.is_file():
        return []
    content = source.read_bytes()
    sealer = None if whole else sealer_of(folder)
    if sealer is not None and not are_person_keys(content, sealer):
        return []
    for name in named:
        with suppress(FileNotFoundError):
            keep(folder / name)
        write_durably(folder / name, content)
    return _made_anew(named)


def _made_anew(names: list[str]) -> list[Text]:
    return [t("{name} was damaged and made anew", name=each) for each in names]
