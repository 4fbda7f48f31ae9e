"""Who may what now, for a book that is shown as it was: its past gives nobody a right that they do not have today."""

from __future__ import annotations

from pathlib import Path

from records.store.access.gate import Gate
from records.store.access.rights import ACCOUNTS, RIGHTS
from records.store.journal.engine import Engine


def newest_gate(folder: Path) -> Gate:
    """The gate by the accounts and rights that the newest line leaves. Raises OSError."""
    engine = Engine(folder)
    rows = {table: dict(engine.rows(table)) for table in (ACCOUNTS, RIGHTS)}
    engine.close()
    return Gate(lambda table: rows.get(table, {}))
