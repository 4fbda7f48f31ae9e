"""Reading everything a book keeps, and saying in sentences whether it is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from config.text import Text, t
from records.book.engine import Engine
from records.book.history import Damage, whole_chain
from records.book.records import from_document
from records.book.snapshots import is_whole, snapshots

_TOLD = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: sentences, and whether all is well.

    Attributes:
        whole: the journal is unbroken from the first line to the last, and tells what the book shows.
    """

    whole: bool
    lines: tuple[Text, ...]


def inspect(
    folder: Path, engine: Engine, kinds: Mapping[type, tuple[str, str]], index_agrees: Callable[[], bool]
) -> Report:
    """Read every line of the journal, rebuild the state from the first, and compare it with what the book shows."""
    # Beside a writer, more may have been written since; a damage lies behind the last line that could be read.
    seq, digest, damage = whole_chain(folder, upto=None if engine.damage else engine.seq)
    lines = [t("Read {n} changes from the first to the last", n=seq)]
    problems = [] if damage is None else [damage_words(damage)]
    if damage is None and (seq, digest) != (engine.seq, engine.digest):
        problems.append(t("The journal ends at change {seq}, the book shows change {shown}", seq=seq, shown=engine.seq))
    if not problems:
        problems += _differences(folder, engine)
    if not problems and not index_agrees():
        lines.append(t("The index of the history was not what the journal tells; it is made anew"))
    # A snapshot only saves time: the journal tells all that is in it.
    lines += [
        t("Snapshot {name} is damaged; nothing is lost, and “book repair” sets it aside", name=path.name)
        for path in snapshots(folder)
        if not is_whole(path, path.read_bytes())
    ]
    strange = _strange(engine, kinds)
    problems += strange[:_TOLD]
    if len(strange) > _TOLD:
        problems.append(t("… and {n} more records", n=len(strange) - _TOLD))
    if not problems:
        return Report(whole=True, lines=(*lines, t("The book is whole")))
    way_out = t("The book is damaged: see “book repair”, or restore a backup with “book restore”")
    return Report(whole=False, lines=(*lines, *problems, way_out))


def damage_words(damage: Damage) -> Text:
    """Where a journal breaks, as a sentence."""
    if not damage.name:
        return t("The journal has a hole: the file with change {seq} is missing", seq=damage.after + 1)
    return t(
        "The journal is damaged in {name} after line {seq}: the bytes there are not what was written",
        name=damage.name,
        seq=damage.after,
    )


def _differences(folder: Path, engine: Engine) -> list[Text]:
    """Tables in which the state rebuilt from the first line differs from what the book shows."""
    rebuilt = Engine(folder, upto=engine.seq, from_first=True)
    names = {*rebuilt.tables, *engine.tables}
    return [
        t("Table {name} is not what the journal tells", name=name)
        for name in sorted(names)
        if rebuilt.rows(name) != engine.rows(name)
    ]


def _strange(engine: Engine, kinds: Mapping[type, tuple[str, str]]) -> list[Text]:
    """Records that this program cannot read."""
    found = []
    for kind, (table, _) in kinds.items():
        for key, row in engine.rows(table).items():
            try:
                from_document(row, kind)
            except (msgspec.ValidationError, ValueError) as error:
                name = str(row.get("id", f"{table}/{key}"))
                found.append(t("Record {id} cannot be read: {reason}", id=name, reason=str(error)))
    return found
