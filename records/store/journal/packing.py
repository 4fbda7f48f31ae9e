"""Closed segments as gzip files: a tenth of the room, and any program of the kind opens them in ten years as well.

What the chain remembers of a segment is over its plain bytes, so packing needs no line. The name of a packed file
carries the hash of the packed bytes, for gzip itself has bits that no check covers.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from records.store.journal import durable

_WORTH = 64 * 1024
"""Bytes from which packing is worth a file of its own kind."""
_GZIP = 16 + zlib.MAX_WBITS
_PART = 1 << 14
"""Packed bytes unpacked at once: of a damaged file all before the part with the damage is kept, and what a part unpacks
to stays near the processor while it is hashed."""
_DENSEST, _ALWAYS = 200, 1_000_000
"""How many times its own size a packed file may become, beyond what any may; lines hold hashes, which do not shrink."""


def packed(content: bytes) -> bytes:
    """The bytes as a gzip file, without a time in it: the same each time."""
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    return packer.compress(content) + packer.flush()


def unpacked(content: bytes) -> tuple[bytes, bool]:
    """What was packed, as far as it can be read, and whether that is all of it and nothing stands behind."""
    parts = Unpacking(content)
    return b"".join(parts), parts.whole


class Unpacking:
    """What was packed, part by part as far as it can be read.

    Attributes:
        whole: behind the last part, whether that was all of it and nothing stands behind.
    """

    whole = False

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        reader = zlib.decompressobj(_GZIP)
        room = _ALWAYS + _DENSEST * len(self._content)
        with suppress(zlib.error):
            for at in range(0, len(self._content), _PART):
                part = reader.decompress(self._content[at : at + _PART], room)
                yield part
                room -= len(part)
                if reader.unconsumed_tail or room <= 0:
                    return
            self.whole = reader.eof and not reader.unused_data


def is_named(content: bytes, path: Path) -> bool:
    """Whether packed bytes are what the name of their file says."""
    return hashlib.sha256(content).hexdigest()[:16] == path.name[18:34]


def pack(path: Path) -> bool:
    """Put the packed file in place of a closed segment; at each moment one of the two is there whole, and is read.

    The caller holds the writer's lock, and a later line vouches for the segment.

    Returns:
        Whether it was worth it, and done.

    Raises:
        OSError: when it cannot be written; the open file is there then.
    """
    if path.stat().st_size < _WORTH:
        return False
    content = path.read_bytes().rstrip(b"\0")
    made = packed(content)
    if unpacked(made) != (content, True):
        return False
    name = f"{path.stem}-{hashlib.sha256(made).hexdigest()[:16]}.jsonl.gz"
    if any(each.name != name for each in path.parent.glob(f"{path.stem}-*.jsonl.gz")):
        return False  # one lies there that says something else: which of the two is right, “book repair” finds out
    durable.write_durably(path.with_name(name), made)
    with suppress(PermissionError):  # on Windows somebody may just be reading it; it goes another time
        durable.disk.remove(path)
        durable.disk.sync_folder(path.parent)
    return True
