"""Paths as people type or paste them."""

from __future__ import annotations

import os
from pathlib import Path


def typed_path(typed: str) -> Path:
    """The path meant: without blanks and quotes around it, `~` is the user's folder.

    A `~name` of nobody stays as typed, so that what looks for the file says that it is not there.
    """
    return Path(os.path.expanduser(typed.strip().strip("\"'")))  # noqa: PTH111  # Path.expanduser raises for nobody
