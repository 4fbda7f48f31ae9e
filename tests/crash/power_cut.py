"""A disk of which only what was synced survives: after every call of the store the power may go."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from records.store.journal import durable


@dataclass
class Moment:
    """What would be on disk had the power gone after one call.

    Attributes:
        call: which one, for messages.
        told: what had been acknowledged by then.
        names: folder -> name -> node, as synced; `all_names` as they were, synced or not.
        contents: node -> bytes, as synced.
    """

    call: str
    told: int
    names: dict[int, dict[str, int]]
    all_names: dict[int, dict[str, int]]
    contents: dict[int, bytes]


class Model(durable.Disk):
    """A disk that does everything, and remembers after each call what had been synced."""

    root: Path
    moments: list[Moment]
    names: dict[int, dict[str, int]]
    contents: dict[int, bytes]
    acknowledged: int

    def watch(self, root: Path) -> None:
        """Begin with what is under `root`, all of it synced."""
        self.root, self.moments, self.acknowledged = root, [], 0
        self.names, self.contents = {}, {}
        for folder, _, files in os.walk(root):
            self._learn(Path(folder))
            for name in files:
                path = Path(folder, name)
                self.contents[path.stat().st_ino] = path.read_bytes()

    def _learn(self, folder: Path) -> None:
        with os.scandir(folder) as entries:
            self.names[folder.stat().st_ino] = {each.name: each.inode() for each in entries}

    def _mark(self, call: str) -> None:
        everything = {}
        for folder, _, _ in os.walk(self.root):
            with os.scandir(folder) as entries:
                everything[Path(folder).stat().st_ino] = {each.name: each.inode() for each in entries}
        self.moments.append(Moment(call, self.acknowledged, _copy(self.names), everything, dict(self.contents)))

    def _synced(self, handle: int) -> None:
        size = os.fstat(handle).st_size
        self.contents[os.fstat(handle).st_ino] = os.pread(handle, size, 0)

    # -- calls --------------------------------------------------------------------------------------------------------

    def open(self, path: Path, *, make: bool = False) -> int:
        new = make and not path.exists()
        handle = super().open(path, make=make)
        if new:
            # The number of a node that is gone may be given again.
            self.contents.pop(os.fstat(handle).st_ino, None)
            self.names.pop(os.fstat(handle).st_ino, None)
        return handle

    def write(self, handle: int, content: bytes, offset: int) -> None:
        super().write(handle, content, offset)
        self._mark("write")

    def cut(self, handle: int, size: int) -> None:
        super().cut(handle, size)
        self._mark("cut")

    def sync(self, handle: int) -> None:
        super().sync(handle)
        self._synced(handle)
        self._mark("sync")

    def sync_data(self, handle: int) -> None:
        super().sync_data(handle)
        self._synced(handle)
        self._mark("sync data")

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self._learn(path)
        self._mark(f"sync folder {path.name}")

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self._mark(f"rename {source.name} {target.name}")

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._mark(f"link {source.name} {target.name}")

    def remove(self, path: Path) -> None:
        super().remove(path)
        self._mark(f"remove {path.name}")

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self.names[path.stat().st_ino] = {}
        self._mark(f"make {path.name}")


def _copy(names: dict[int, dict[str, int]]) -> dict[int, dict[str, int]]:
    return {node: dict(each) for node, each in names.items()}


@dataclass
class Watched:
    """A run on the model: every moment, and how to make what a moment left."""

    root: Path
    node: int
    moments: list[Moment] = field(default_factory=list)

    def left(self, moment: Moment, into: Path, *, names_first: bool) -> None:
        """Make in `into` what `moment` left; with `names_first` names outlive their sync, as many disks have it."""
        self._make(moment.all_names if names_first else moment.names, moment, self.node, into)

    def _make(self, names: dict[int, dict[str, int]], moment: Moment, node: int, into: Path) -> None:
        into.mkdir(exist_ok=True)
        for name, inner in names.get(node, {}).items():
            if inner in names or inner in moment.all_names:
                self._make(names, moment, inner, into / name)
            else:
                (into / name).write_bytes(moment.contents.get(inner, b""))


def watched(root: Path, act: Callable[[Model], None]) -> Watched:
    """Do `act` on the model over `root`."""
    model = Model()
    model.watch(root)
    kept = durable.disk.__class__
    durable.disk.__class__ = Model
    durable.disk.__dict__.update(model.__dict__)
    try:
        act(durable.disk)  # type: ignore[arg-type]  # it is one for now
        return Watched(root, root.stat().st_ino, durable.disk.moments)  # type: ignore[attr-defined]
    finally:
        durable.disk.__class__ = kept
        durable.disk.__dict__.clear()
