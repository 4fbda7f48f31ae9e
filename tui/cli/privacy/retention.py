"""`retention`: what has been kept for its whole term."""

from __future__ import annotations

from tui.cli.privacy.privacy import fill_retention as fill

__all__ = ["fill"]
