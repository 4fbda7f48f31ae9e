"""Files with data of people: none leaves without a line in the book that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from exports.files import whole_file
from records.domain.lists import ListExport

Log = Callable[[ListExport], object]
"""Enters an export in the book: `records.services.lists.log_export` with its office."""


@contextmanager
def logged_file(path: Path, export: ListExport, log: Log, *, overwrite: bool) -> Iterator[Path]:
    """Like `whole_file`, for a file with data of people: `log` is called when it is whole and not yet in its place.

    So no list leaves without a trace; what `log` raises keeps it from leaving.
    """
    with whole_file(path, overwrite=overwrite) as part:
        yield part
        log(msgspec.structs.replace(export, sha256=hashlib.sha256(part.read_bytes()).hexdigest()))
