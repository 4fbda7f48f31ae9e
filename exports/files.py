"""Files that leave the office: there whole, or not there at all."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

from config.errors import InputError, system_reason
from config.text import t


@contextmanager
def whole_file(out: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary path beside `out`; what stands there at the end takes the place of `out` in one step.

    Whatever goes wrong inside, `out` stays as it was and the temporary file is gone.

    Raises:
        InputError: when `out` is there already and may not be replaced, or cannot be written.
    """
    # A name of its own: a long name with something added could be too long for the disk.
    part = out.with_name(f".{zlib.crc32(out.name.encode('utf-8', 'replace')):08x}-{os.getpid()}-{get_ident()}.part")
    try:
        _check_place(out, overwrite=overwrite)
        yield part
        # Windows flushes only through a handle that may write.
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        # Another run may have ended on the same name meanwhile: its file is not taken without leave.
        _check_place(out, overwrite=overwrite)
        part.replace(out)
    except OSError as error:
        raise InputError(
            t("“{path}” cannot be written: {reason}", path=out, reason=system_reason(error)),
            do=t("free some space, close the file where it is open, or choose another folder"),
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _check_place(out: Path, *, overwrite: bool) -> None:
    folder = out.parent
    if not folder.exists():
        raise InputError(t("The folder “{path}” does not exist", path=folder), do=t("create it or choose another"))
    if not folder.is_dir():
        raise InputError(t("“{path}” is a file, not a folder", path=folder), do=t("choose a folder"))
    if out.is_dir():
        raise InputError(t("“{path}” is a folder, not a file", path=out), do=t("give the file a name"))
    if out.exists() and not overwrite:
        raise InputError(
            t("“{path}” is there already", path=out), do=t("choose another name, or allow it to be replaced")
        )
