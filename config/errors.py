"""Expected failures. One class of error is one kind of remedy; a bug is none of these and stays loud."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from config.text import Text, t

_SYSTEM = {
    errno.ENOSPC: t("the disk is full"),
    getattr(errno, "EDQUOT", errno.ENOSPC): t("the disk is full"),
    errno.EFBIG: t("the file would be too large"),
    errno.EROFS: t("the disk can only be read"),
    errno.EACCES: t("access is denied"),
    errno.EPERM: t("access is denied"),
    errno.ENOENT: t("there is no such folder"),
    errno.ENOTDIR: t("a file stands where a folder should be"),
    errno.EEXIST: t("a file of this name is there already"),
    errno.EISDIR: t("a folder stands where a file should be"),
    errno.ENAMETOOLONG: t("the name is too long"),
    errno.EIO: t("the disk does not answer as it should"),
}


class AppError(Exception):
    """What is wrong, where, and what to do: three sentences a person can act on.

    Attributes:
        what: what is wrong, with the value at fault.
        where: the file, sheet, row, column, line or key; empty when there is no place to name.
        do: what to do next.
        exit_code: for the command line: 2 wrong use or unreadable input, 3 the book is held or damaged.
    """

    exit_code = 2

    def __init__(self, what: Text, *, where: Text | str = "", do: Text | str = "") -> None:
        super().__init__(" ".join(part for part in (str(what), str(where), str(do)) if part))
        self.what, self.where, self.do = what, where, do


class InputError(AppError):
    """Something given by a person or a file cannot be used."""


class ConfigError(AppError):
    """A configuration file cannot be trusted; nothing is judged with it."""


class BookError(AppError):
    """The book is held, damaged, not writable or not a book."""

    exit_code = 3


class ConflictError(BookError):
    """A later change stands on the record; the act is refused and nothing was written."""

    exit_code = 1


class RefusedError(AppError):
    """The act is possible but the rules of the office forbid it; the reason says which."""

    exit_code = 1


class UnmetError(RefusedError):
    """Somebody does not meet what a commendation asks for; the reason says which condition."""

    exit_code = 2


class ClosedYearError(RefusedError):
    """The act touches a closed year; `touched` are the ids of the records by which it does, in the order of the act."""

    def __init__(
        self, what: Text, *, where: Text | str = "", do: Text | str = "", touched: tuple[str, ...] = ()
    ) -> None:
        super().__init__(what, where=where, do=do)
        self.touched = touched


def needs(field: Text | str, given: object, need: Text) -> InputError:
    """The usual refusal of one value: `field` names it, `need` says what is expected."""
    return InputError(t("{field}: “{given}” cannot be used", field=field, given=given), do=need)


def system_reason(error: OSError) -> Text:
    """Why the system refused something, in words of ours where it is one of the usual reasons."""
    known = _SYSTEM.get(error.errno or 0)
    named = [Path(os.fsdecode(each)) for each in (error.filename, error.filename2) if isinstance(each, str | bytes)]
    if error.errno == errno.ENOENT and named and all(each.parent.is_dir() for each in named):
        return t("it is not there")  # the file itself, or a folder in one that is there
    return known or Text("{reason}", (("reason", error.strerror or str(error)),))
