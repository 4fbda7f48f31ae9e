"""Files are read in the process of the test, but where the process that reads them is what is proven."""

from __future__ import annotations

from tests.tui.cli.conftest import _sheets_read_here

__all__ = ["_sheets_read_here"]
