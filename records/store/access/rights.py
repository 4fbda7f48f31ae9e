"""Which right a change asks for: by the records that it touches, so that no door of the program goes around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from records.domain.access.accounts import Account, ActRight, RoleRights
from records.domain.access.restrictions import Erasure, Restriction
from records.domain.awards.awards import Award, Decision
from records.domain.emulation import Cycle
from records.domain.kinds import KINDS
from records.domain.lists import ListExport
from records.domain.reviews import Review
from records.domain.rule_changes import SettingChange
from records.domain.years.closing import Correction, YearMark

Row = Mapping[str, Any]
Change = tuple[str, int, Row | None, Row | None]
"""Table, number, document before, document after."""
ACCOUNTS, RIGHTS = KINDS[Account].table, KINDS[RoleRights].table
OF_ACCESS = frozenset((ACCOUNTS, RIGHTS))
"""Tables by which a book has accounts: a line that touches one is signed, the first of all too."""
_WHOLE: dict[str, ActRight] = {
    ACCOUNTS: "accounts",
    RIGHTS: "accounts",
    KINDS[SettingChange].table: "settings",
    KINDS[Decision].table: "decide",
    KINDS[YearMark].table: "decide",
    KINDS[Correction].table: "decide",
    KINDS[Restriction].table: "privacy",
    KINDS[Erasure].table: "privacy",
    KINDS[ListExport].table: "export",
}
"""Table -> the right that any change of it asks for; others ask for `enter`."""
_FIELDS: dict[str, frozenset[str]] = {
    KINDS[Award].table: frozenset({"decision", "register_number", "register_year", "revoked", "revoked_number"}),
    KINDS[Review].table: frozenset({"signed"}),
    KINDS[Cycle].table: frozenset({"signed", "unlocked"}),
}
"""Table -> fields of which a change is a decision or a signature."""
_BY_ACTION: dict[str, ActRight] = {
    "config.by_hand": "settings",
    "certificate.key": "settings",
    "book.hand_over": "export_sensitive",
    "book.accept": "accounts",
    **{f"book.{act}": "accounts" for act in ("seal", "key_add", "key_remove", "key_print")},
}
KEEPING = frozenset(
    (
        *("book.state", "book.key_change", "book.migrate", "book.restore", "book.past", "book.take_over"),
        *("book.repair", "book.format", "book.key_renew", "book.key_recover"),
    )
)
"""Acts that only keep the book, which whoever is signed in may do; who has the recovery key needs no right besides."""

UNSIGNED = KEEPING - {"book.state", "book.key_change"}
"""Those that need no signature where they change nothing: copies and repairs are made before anybody signs in, and by
the recovery key nobody can sign."""


OWN_KEY = "access.passphrase"
"""The act by which somebody gives their own account another key; it asks for no right."""


def needed(action: str, changes: Iterable[Change]) -> set[ActRight]:
    """The rights that a change asks for."""
    if action in KEEPING:
        return set()
    found: set[ActRight] = {_BY_ACTION[action]} if action in _BY_ACTION else set()
    touched = False
    for table, _, before, after in changes:
        touched = True
        found.add(_WHOLE.get(table, "enter"))
        if _decides(table, before or {}, after or {}):
            found.add("decide")
        if table == KINDS[ListExport].table and (after or before or {}).get("sensitive"):
            found.add("export_sensitive")
    return found if touched or found else {"enter"}


def _decides(table: str, before: Row, after: Row) -> bool:
    return any(before.get(each) != after.get(each) for each in _FIELDS.get(table, ()))
