"""An older book becomes one of this program's format when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from records.store.about import FORMAT, read_about
from records.store.contract import Problem


def made_of_today(path: Path, *, actor: str, now: Callable[[], datetime]) -> Problem | None:
    """Bring an older book to the format of this program; gives what keeps it from that. Raises BookError."""
    if read_about(path)["format"] >= FORMAT:
        return None
    from records.store.safety.migration import migrate  # noqa: PLC0415  # few openings need it, with its backup

    return migrate(path, actor=actor, now=now)
