"""One writer at a time, and who it is."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.store.journal import durable


class WriterLock:
    """Holds `writer.lock`; `holder.json` beside it says who holds it, for those who come later.

    Attributes:
        path: the file that is locked.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "writer.lock"
        self._lock = FileLock(self.path, mode=durable.PRIVATE_FILE, thread_local=False)
        self._note = folder / "holder.json"

    def take(self, *, actor: str, now: datetime) -> None:
        """Take the lock. Raises BookError naming the holder."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise BookError(
                self.holder(),
                where=str(self._note.parent),
                do=t("close it there; commands that only read, such as “roster list”, work meanwhile"),
            ) from None
        except OSError as error:
            if (what := self.in_the_way()) is not None:
                do = t("“book repair” sets it aside; nothing was changed")
                raise BookError(what, where=str(self.path.parent), do=do) from None
            raise BookError(
                t("The book cannot be taken for writing: {reason}", reason=system_reason(error)),
                where=str(self._note.parent),
                do=t("make room, or ask who may write there; nothing was changed"),
            ) from None
        told = {"actor": actor, "host": socket.gethostname(), "pid": os.getpid(), "since": f"{now:%Y-%m-%d %H:%M}"}
        with suppress(OSError):  # who holds the book is good to know; the lock itself stands without
            self._note.unlink(missing_ok=True)
            handle = durable.disk.open(self._note, make=True)
            try:
                durable.disk.write(handle, orjson.dumps(told), 0)
            finally:
                durable.disk.close(handle)

    def in_the_way(self) -> Text | None:
        """What stands in the place of the lock, where it is neither a file nor nothing, so that nobody can take it."""
        if self.path.is_symlink():
            return t("The book cannot be taken for writing: in the place of {name} is a link", name=self.path.name)
        if self.path.is_dir():
            return t("The book cannot be taken for writing: in the place of {name} is a folder", name=self.path.name)
        return None

    def holder(self) -> Text:
        """Who holds the book, as far as the note tells."""
        try:
            told = orjson.loads(durable.read_file(self._note))
            named = {each: str(told.get(each, "?")) for each in ("actor", "host", "pid", "since")}
        except (OSError, orjson.JSONDecodeError, AttributeError):
            return t("The book is held by another program")
        return t("The book is held by {actor} on {host} (process {pid}) since {since}", **named)

    def release(self) -> None:
        """Give the lock back."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()
