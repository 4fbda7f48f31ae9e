"""Lines between the rows that say something of all people below them: their unit, or their role."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from config.text import Text, t
from records.intake import words
from records.intake.words import names_group

_NUMBERING = re.compile(r"^(?:[IVXLC]+|[A-ZĐa-z]|\d{1,2})\s*[.)/:-]?\s+(?=\S{2})")
_ROLE_KEYS = frozenset({"role", "reporter", "communicator", "collaborator"})


@dataclass(slots=True)
class Group:
    """What the lines so far say of the rows below, until another line says otherwise."""

    unit: str = ""
    roles: tuple[str, ...] = ()
    level: str = ""

    def begin(self, cells: Sequence[str], columns: Collection[str]) -> Text | None:
        """Take what a line says that the list has no column for; gives a remark on it, or None when it says nothing."""
        text = _NUMBERING.sub("", " ".join(cells))
        roles = words.roles_of(text)
        if roles and not _ROLE_KEYS & set(columns):
            self.roles, self.level, self.unit = roles, words.level_in_role(text), ""
            return t("read as the role of those below")
        if roles or "unit" in columns or not names_group(text):
            return None
        self.unit = text if words.names_unit(text) else ""
        return t("read as the unit of those below") if self.unit else None
