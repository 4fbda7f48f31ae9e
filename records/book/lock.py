"""One writer at a time, and who it is."""

from __future__ import annotations

import os
import socket
from datetime import datetime
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from config.errors import BookError
from config.text import Text, t


class WriterLock:
    """Holds `writer.lock`; `holder.json` beside it says who holds it, for those who come later."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "writer.lock", thread_local=False)
        self._note = folder / "holder.json"

    def take(self, *, actor: str, now: datetime) -> None:
        """Take the lock. Raises BookError naming the holder."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise BookError(
                self.holder(),
                where=str(self._note.parent),
                do=t("close it there, or read the book with --read-only commands such as “roster list”"),
            ) from None
        told = {"actor": actor, "host": socket.gethostname(), "pid": os.getpid(), "since": f"{now:%Y-%m-%d %H:%M}"}
        self._note.write_bytes(orjson.dumps(told))

    def holder(self) -> Text:
        """Who holds the book, as far as the note tells."""
        try:
            told = orjson.loads(self._note.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return t("The book is held by another program")
        return t(
            "The book is held by {actor} on {host} (process {pid}) since {since}",
            actor=told.get("actor", "?"),
            host=told.get("host", "?"),
            pid=told.get("pid", "?"),
            since=told.get("since", "?"),
        )

    def release(self) -> None:
        """Give the lock back."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()
