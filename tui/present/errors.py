"""Errors as sentences: an expected one, a refusal of the system, a mistake of this program with its log."""

from __future__ import annotations

import platform
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from config.errors import AppError, BookError
from config.i18n import tr_
from config.reasons import system_reason
from config.text import Text, t


def sentence(what: str, where: str, do: str) -> str:
    """The three parts of an error as a person reads them on one line."""
    place = f" ({where})" if where else ""
    return f"{what}{place}. {tr_('What to do')}: {do}{'' if do.endswith('?') else '.'}" if do else f"{what}{place}."


class ProgramError(AppError):
    """A mistake of the program itself; nothing a person did is at fault."""

    exit_code = 4


def in_words(error: Exception) -> AppError:
    """Whatever went wrong, as an error with a sentence."""
    if isinstance(error, AppError):
        return error
    return of_system(error) if isinstance(error, OSError) else of_program(error)


def of_system(error: OSError) -> AppError:
    """An error of the system that no command put into words: what it refused, and where."""
    where = " → ".join(str(each) for each in (error.filename, error.filename2) if each is not None)
    do = t("make room, or ask who may write there; then try again. Nothing that was saved is lost")
    return BookError(t("The system refused: {reason}", reason=system_reason(error)), where=where, do=do)


def of_program(error: Exception) -> AppError:
    """A mistake of the program: written to a log without any value, for values are what people entered."""
    what = t("This is a mistake of the program ({kind}); nothing that was saved is lost", kind=type(error).__name__)
    path = _written(error)
    do: Text = t("try again; if it happens again, send the log to who looks after the program")
    return ProgramError(what, where=str(path) if path else "", do=do)


def told_places(error: BaseException) -> str:
    """Where an error came from, file by file, and of which kind; never what it said, which may name people."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines += [f"  {each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def _written(error: Exception) -> Path | None:
    """The log, or None where none can be written."""
    from platformdirs import user_log_path  # noqa: PLC0415  # only needed when something went wrong

    from records.store.journal.durable import make_folder, write_durably  # noqa: PLC0415

    now = datetime.now()  # noqa: DTZ005  # the office's own clock
    path = user_log_path("sovang", appauthor=False) / f"error-{now:%Y%m%d-%H%M%S}.log"
    head = f"{now:%Y-%m-%d %H:%M:%S} Python {sys.version.split()[0]} {platform.system()} {platform.release()}\n"
    with suppress(OSError):
        make_folder(path.parent)
        write_durably(path, (head + told_places(error) + "\n").encode())
        return path
    return None
