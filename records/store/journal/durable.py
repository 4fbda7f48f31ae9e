"""What the store asks of the disk, and in which order: the only place where bytes and names are made to last.

Every call goes through `disk`, so that a test can put a model of a disk in its place and ask what would be there had
the power gone after any of them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import BinaryIO

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
"""Rights of what is made: its user alone. Windows takes those of a folder as an access list, files follow theirs."""
_LOOKS, _BETWEEN = 5, 0.1
"""How often files that are written together are looked at while they differ, and the seconds between."""
_PART = 1 << 18
"""Bytes read and hashed at once: they stay near the processor."""
_TO_WRITE = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
"""A link in the place of a file would lead what is written out of the book, or onto a disk that is not there."""
_sync_data: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


def _go_and_read(handle: int, size: int, offset: int) -> bytes:
    os.lseek(handle, offset, os.SEEK_SET)
    return os.read(handle, size)


def _go_and_write(handle: int, content: bytes, offset: int) -> int:
    os.lseek(handle, offset, os.SEEK_SET)
    return os.write(handle, content)


read_at: Callable[[int, int, int], bytes] = getattr(os, "pread", _go_and_read)
"""What stands at a place of an open file, up to so many bytes. Raises OSError."""
_write_at: Callable[[int, bytes, int], int] = getattr(os, "pwrite", _go_and_write)


class Disk:
    """The calls to the system. All raise OSError."""

    def open(self, path: Path, *, make: bool = False) -> int:
        """Open a file to read and write; with `make` it is made when it is not there. A link is not followed."""
        flags = _TO_WRITE | (os.O_CREAT if make else 0)
        return os.open(path, flags, PRIVATE_FILE)

    def write(self, handle: int, content: bytes, offset: int) -> None:
        """Write all of `content` at a place of an open file."""
        written = _write_at(handle, content, offset)
        if written < len(content):
            os.lseek(handle, offset + written, os.SEEK_SET)
        while written < len(content):
            written += os.write(handle, content[written:])

    def cut(self, handle: int, size: int) -> None:
        """Make an open file this long."""
        os.ftruncate(handle, size)

    def sync(self, handle: int) -> None:
        """Put an open file on disk."""
        os.fsync(handle)

    def sync_data(self, handle: int) -> None:
        """Put the bytes of an open file on disk, and of what is known about it only what reading them back needs."""
        _sync_data(handle)

    def close(self, handle: int) -> None:
        """Give an open file back."""
        os.close(handle)

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder last; Windows does so by itself."""
        if os.name == "nt":
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file or folder another name; a file that has it is replaced."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name, which no other may have."""
        target.hardlink_to(source)

    def remove(self, path: Path) -> None:
        """Take a file away, if it is there."""
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """Make one folder, for its user alone."""
        path.mkdir(mode=PRIVATE_FOLDER)


disk = Disk()
"""The disk in use."""


def open_file(path: Path) -> BinaryIO:
    """A file to read from. A pipe or a device in its place is as if nothing were there: reading one may never end.

    Raises:
        OSError: when it is not there, or cannot be read.
    """
    return open(path, "rb", opener=_at_once)


def read_file(path: Path) -> bytes:
    """All bytes of a file. Raises OSError, as `open_file`."""
    with open(path, "rb", buffering=0, opener=_at_once) as file:
        return file.read()


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting for somebody at the other end of a pipe."""
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind) or stat.S_ISDIR(kind):  # what opens a folder is told so as ever
        return handle
    os.close(handle)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


def sha256_of(path: Path, *, but: int = 0) -> tuple[bytes, bytes]:
    """The SHA-256 of a file without its last `but` bytes, and these; it is never in memory whole. Raises OSError."""
    hasher, room = hashlib.sha256(), memoryview(bytearray(_PART))
    with open(path, "rb", buffering=0, opener=_at_once) as file:
        left = os.fstat(file.fileno()).st_size - but
        while left > 0 and (size := file.readinto(room[:left])):
            hasher.update(room[:size])
            left -= size
        return hasher.digest(), file.read(but)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: temporary file, sync, rename, sync of the folder. Raises OSError."""
    write_all_durably((path,), content)


def write_all_durably(paths: Sequence[Path], content: bytes) -> None:
    """Write the same into several files; none gets its name before all lie on disk, so a full disk changes nothing.

    Raises:
        OSError: when one of them cannot be written.
    """
    written = [(path.with_name(path.name + ".tmp"), path) for path in paths]
    try:
        for temporary, _ in written:
            with suppress(FileNotFoundError):
                disk.remove(temporary)
            handle = disk.open(temporary, make=True)
            try:
                disk.write(handle, content, 0)
                disk.sync(handle)
            finally:
                disk.close(handle)
        for temporary, path in written:
            rename(temporary, path)
    except OSError:
        for temporary, _ in written:
            with suppress(OSError):
                disk.remove(temporary)
        raise


def differ(folder: Path, names: Sequence[str]) -> bool:
    """Whether files that are written together lie there and do not say the same.

    A writer may be between them just now: it is looked again before that is believed.
    """
    for _ in range(_LOOKS):
        try:
            if len({read_file(folder / name) for name in names}) < len(names):
                return False
        except OSError:
            return False
        sleep(_BETWEEN)
    return True


def rename(source: Path, target: Path) -> None:
    """Give a file or folder, all of which is on disk, another name that lasts."""
    disk.rename(source, target)
    disk.sync_folder(target.parent)
    if source.parent != target.parent:
        disk.sync_folder(source.parent)


def rename_beside(source: Path, target: Path) -> None:
    """Give a file in the same folder, all of which is on disk, another name that lasts, in place of no other file.

    Raises:
        FileExistsError: when one has it.
        OSError: when it cannot be done.
    """
    try:
        disk.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # most sticks have file systems without second names
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        disk.rename(source, target)
    disk.sync_folder(target.parent)
    disk.remove(source)


def sync_file(path: Path) -> None:
    """Put a file on disk that was written by other means. Windows does so only through a handle that may write."""
    handle = disk.open(path)
    try:
        disk.sync(handle)
    finally:
        disk.close(handle)


def sync_tree(folder: Path) -> None:
    """Put every file and every name under a folder on disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            continue
        if path.is_dir():
            disk.sync_folder(path)
        elif path.is_file():
            sync_file(path)
    disk.sync_folder(folder)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are not there, for their user alone, so that they last. Raises OSError."""
    if path.is_dir():
        return
    if path.parent != path:
        make_folder(path.parent)
    with suppress(FileExistsError):
        disk.make_folder(path)
    if not path.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(path))
    disk.sync_folder(path.parent)


def cut_off(path: Path, size: int) -> None:
    """Make a file this long, for good."""
    handle = disk.open(path)
    try:
        disk.cut(handle, size)
        disk.sync(handle)
    finally:
        disk.close(handle)
