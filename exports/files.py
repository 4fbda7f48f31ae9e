"""Files that leave the office: there whole, or not there at all."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import Any

from config.errors import AppError, InputError
from config.reasons import system_reason
from config.text import t
from records.store.about import judge_outside
from records.store.journal.durable import PRIVATE_FILE, rename, sync_file
from records.store.safety.leftovers import clear_parts


@contextmanager
def whole_file(out: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary path beside `out`; what stands there at the end takes the place of `out` in one step.

    Whatever goes wrong inside, `out` stays as it was and the temporary file is gone.

    Raises:
        InputError: when `out` is there already and may not be replaced, or cannot be written.
    """
    part = waiting_name(out)
    try:
        judge_place(out, overwrite=overwrite)
        clear_parts(out.parent)
        yield part
        make_last(part)
        # Another run may have ended on the same name meanwhile: its file is not taken without leave.
        judge_place(out, overwrite=overwrite)
        rename(part, out)
    except OSError as error:
        raise unwritten(out, error) from error
    except AppError as error:
        error.naming(out, instead_of=part)  # who writes into `part` may take the same care of it
        raise
    except Exception as error:
        # Writers of spreadsheets and archives wrap what the system said, and some say it in words of their own.
        if (cause := _system_cause(error)) is not None:
            raise unwritten(out, cause) from error
        raise
    finally:
        with suppress(OSError):
            part.unlink()


def make_last(part: Path) -> None:
    """Put a file on disk that is for its user alone, whoever wrote it; Windows takes the rights of the folder.

    Raises:
        OSError: when that cannot be done.
    """
    part.chmod(PRIVATE_FILE)
    sync_file(part)


def save_canvas(canvas: Any, path: Path) -> None:
    """Write what was drawn on a canvas of ReportLab, whose own `save` leaves its file open on a full disk.

    Raises:
        OSError: when it cannot be written.
    """
    path.write_bytes(canvas.getpdfdata())


def waiting_name(out: Path) -> Path:
    """Where a file is until it takes the place of `out`: a name that says nothing of what is in it.

    A name of its own, because a long one with something added could be too long for the disk; it ends with the process,
    by which a later run knows whether it was left over.
    """
    return out.with_name(f".{zlib.crc32(out.name.encode('utf-8', 'replace')):08x}-{os.getpid()}-{get_ident()}.part")


def unwritten(path: Path, error: OSError) -> InputError:
    """That a file or folder cannot be written, and why."""
    return InputError(
        t("“{path}” cannot be written: {reason}", path=path, reason=system_reason(error)),
        do=t("free some space, close the file where it is open, or choose another folder"),
    )


def _system_cause(error: BaseException) -> OSError | None:
    """What the system said, where another error was made of it."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, AppError):
        if isinstance(seen, OSError):
            return seen
        seen = next((each for each in seen.args if isinstance(each, OSError)), seen.__cause__ or seen.__context__)
    return None


def judge_place(out: Path, *, overwrite: bool) -> None:
    """Refuse a place where no file can be made, or where one is that may not be replaced. Raises InputError."""
    folder = out.parent
    judge_outside(folder)
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
