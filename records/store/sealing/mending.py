"""Files of the keys of a sealed book that were damaged or lost, made anew: from one another, or from a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from config.errors import BookError
from config.text import Text, t
from records.store.journal.chain import BrokenLineError, unseal
from records.store.journal.durable import differ, write_durably
from records.store.journal.segments import lines_of, plain, segments
from records.store.sealing.persons import FILES as PERSON_KEYS
from records.store.sealing.persons import PersonKeys, are_person_keys, damaged_person_keys
from records.store.sealing.ring import FILES, agree, damaged_files, is_sealed, read_ring, write_ring
from records.store.sealing.sealer import OwnKeys, Sealer
from records.store.sealing.unlocking import sealer_of

_END = 2
OUTDATED = t("The keys are from before the book got a new one: they do not open the newest changes")


def mend_keys(folder: Path, backup: Path | None, keep: Callable[[Path], None]) -> list[Text]:
    """Make damaged files of keys anew; gives what was done.

    Args:
        folder: the book.
        backup: of the same book, unpacked, or None.
        keep: puts a copy of a file aside.

    Raises:
        BookError: when the keys that are left, or those of the backup, do not open the last line: the book was given
            others since.
        LockedError: when nobody gave the passphrase of keys that have to be looked into.
        OSError: when a file cannot be read or written.
    """
    return [*_mend_ring(folder, backup, keep), *_mend_person_keys(folder, backup, keep)]


def _mend_ring(folder: Path, backup: Path | None, keep: Callable[[Path], None]) -> list[Text]:
    if agree(folder):
        return [outdated_words(FILES[1])]
    damaged = damaged_files(folder)
    left = [folder] if len(damaged) < len(FILES) else []
    sources = left + ([backup] if backup is not None and is_sealed(backup) else [])
    source = next((each for each in sources if opens_the_end(folder, each)), None)
    if source is None and sources:
        raise _outdated(folder, sources[-1])
    anew = damaged if source == folder else list(FILES)
    if source is None or not anew:
        return []
    ring = read_ring(source)
    for name in anew:
        if (folder / name).exists():
            keep(folder / name)
    write_ring(folder, ring)
    return _made_anew(anew)


def opens_the_end(folder: Path, keys: Path | None = None) -> bool:
    """Whether the keys of a book, or those in another folder, open its end, wherever its chain breaks.

    Of the last two lines one is enough: the very last may be what is wrong, and a new key alone changes no record.

    Raises:
        LockedError: when nobody gave the passphrase.
    """
    lines = list(islice(_lines_from_the_end(folder), _END))
    sealer = sealer_of(keys or folder)
    for line in lines:
        with suppress(BrokenLineError):
            unseal(line, sealer=sealer)
            return True
    return not lines


def _outdated(folder: Path, source: Path) -> BookError:
    """That keys are from before the book was given a new one."""
    if source == folder:
        return BookError(
            OUTDATED,
            where=str(folder),
            do=t("bring the newest back from a backup: “book repair --from FILE”; nothing was changed"),
        )
    return BookError(
        t("The backup is from before the book was given a new key: its keys do not open the newest changes"),
        where=str(folder),
        do=t("take a backup from after that; nothing was changed"),
    )


def _lines_from_the_end(folder: Path) -> Iterator[bytes]:
    """Lines that are to the bit what was written, the newest first, without their newline."""
    for _, path in reversed(segments(folder)):
        for line in reversed(plain(path).split(b"\n")):
            with suppress(BrokenLineError):
                unseal(line, blind=True)
                yield line


def _mend_person_keys(folder: Path, backup: Path | None, keep: Callable[[Path], None]) -> list[Text]:
    damaged = damaged_person_keys(folder)
    missing = [name for name in PERSON_KEYS if not (folder / name).is_file()]
    whole = [name for name in PERSON_KEYS if name not in damaged and name not in missing]
    named = damaged or missing
    source = folder / whole[0] if whole else None if backup is None else backup / PERSON_KEYS[0]
    if not named and (persons := _persons_of(folder)) is not None and persons.agree():
        return [outdated_words(PERSON_KEYS[1])]
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


def bring_own_keys(folder: Path, backup: Path) -> list[Text]:
    """Take those own keys of people from a backup that are not there any more, and open what is sealed with them.

    Args:
        folder: the book, its journal as whole as it can be.
        backup: of the same book, unpacked.

    Raises:
        BookError: when they cannot be written.
        LockedError: when nobody gave the passphrase.
    """
    sealer = sealer_of(folder)
    if sealer is None or not (backup / PERSON_KEYS[0]).is_file():
        return []
    own, others = PersonKeys(folder, sealer), PersonKeys(backup, sealer)
    lacking = own.lacking(others)
    if not lacking:
        return []
    found = lacking & _unopened(folder, sealer.at(lambda _: own)) - _unopened(folder, sealer.at(lambda _: others))
    if not found:
        return []
    own.take(others, found)
    return [t("The own keys of {n} people were brought back from the backup", n=len(found))]


def _unopened(folder: Path, sealer: Sealer) -> set[int]:
    """The people of whom something in the journal cannot be opened with their own keys, and nobody destroyed them."""
    for _, path in segments(folder):
        for line in lines_of(path):
            with suppress(BrokenLineError):
                unseal(line[:-1], sealer=sealer)
    return set() if sealer.persons is None else sealer.persons.lost


def _persons_of(folder: Path) -> OwnKeys | None:
    sealer = sealer_of(folder)
    return None if sealer is None else sealer.persons


def outdated(folder: Path) -> list[Text]:
    """Files of keys that are from before the other one: the power went between the two, or a program was killed."""
    pairs = ((FILES, damaged_files), (PERSON_KEYS, damaged_person_keys))
    return [outdated_words(names[1]) for names, damaged in pairs if not damaged(folder) and differ(folder, names)]


def outdated_words(name: str) -> Text:
    """That a second file was not written with the first, and what is done about it."""
    return t("{name} was not written with the other one; whoever opens the book for writing makes it anew", name=name)


def _made_anew(names: list[str]) -> list[Text]:
    return [t("{name} was damaged and made anew", name=each) for each in names]
