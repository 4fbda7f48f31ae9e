"""Why the system refused a file or a folder, in words of ours."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from config.errors import BookError
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
    errno.ELOOP: t("a link stands where a file or a folder itself should be"),
    errno.EISDIR: t("a folder stands where a file should be"),
    errno.ENAMETOOLONG: t("the name is too long"),
    errno.EIO: t("the disk does not answer as it should"),
}


def system_reason(error: OSError) -> Text:
    """Why the system refused something, in words of ours where it is one of the usual reasons."""
    known = _SYSTEM.get(error.errno or 0)
    named = [Path(os.fsdecode(each)) for each in (error.filename, error.filename2) if isinstance(each, str | bytes)]
    if error.errno == errno.ENOENT and named and all(each.parent.is_dir() for each in named):
        return t("it is not there")  # the file itself, or a folder in one that is there
    if error.errno == errno.ENOTDIR and any(each.is_symlink() and not each.exists() for each in named):
        return t("a link that leads nowhere stands where a folder should be")
    return known or Text("{reason}", (("reason", error.strerror or str(error)),))


def not_kept(path: Path, error: OSError) -> BookError:
    """That a file of the book or of its settings cannot be written, and why."""
    return BookError(
        t("“{path}” cannot be written: {reason}", path=path, reason=system_reason(error)),
        do=t("free some space, or ask who may write there"),
    )
