"""Files that the program keeps for its own next start, in a folder of the user's own.

One that is damaged, or that others could have written, is passed over.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_DIGEST = 32


def read_own(path: Path) -> bytes | None:
    """What was kept at a place; None where nothing was, or nothing that is to be believed. Raises OSError."""
    try:
        with path.open("rb") as file:
            if not _is_own(file.fileno()):
                return None
            content = file.read()
    except FileNotFoundError:
        return None
    told, payload = content[:_DIGEST], content[_DIGEST:]
    return payload if hashlib.sha256(payload).digest() == told else None


def keep_own(path: Path, payload: bytes, *, at_most: int) -> None:
    """Keep something whole or not at all, and of its kind (the ending) the newest `at_most` files. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}-{os.getpid()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(handle, "wb") as file:  # noqa: PTH123  # the rights are given as it is made
            file.write(hashlib.sha256(payload).digest() + payload)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    known = sorted(path.parent.glob(f"*{path.suffix}"), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in known[at_most:]:
        old.unlink(missing_ok=True)


def _is_own(handle: int) -> bool:
    """Whether nobody but this user can have written a file."""
    seen = os.fstat(handle)
    return os.name == "nt" or (seen.st_uid == os.geteuid() and not seen.st_mode & 0o077)
