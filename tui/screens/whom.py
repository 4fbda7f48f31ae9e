"""Whom a list shows."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from config.i18n import tr, tr_
from records.domain.findings import Judgement
from records.domain.units import Unit
from records.rules.words import VERDICT_WORDS
from records.services.office import Office
from records.services.people.listing import Scope
from tui.present.titles import level_title, role_title
from tui.present.words import worst


class Filter(msgspec.Struct, frozen=True):
    """A scope, and the verdict wanted (empty: any)."""

    scope: Scope = msgspec.field(default_factory=Scope)
    verdict: str = ""

    def covers(self, judged: Iterable[Judgement]) -> bool:
        """Whether somebody judged so is wanted."""
        wanted = [each for each in judged if self.scope.role in ("", each.role)]
        return not self.verdict or worst(wanted) == self.verdict

    def chips(self, office: Office) -> list[str]:
        """What narrows the list, in words."""
        unit = office.book.table(Unit).get(self.scope.unit) if self.scope.unit else None
        words = [
            role_title(office, self.scope.role) if self.scope.role else "",
            level_title(office, self.scope.level) if self.scope.level else "",
            unit.name if unit else self.scope.unit,
            tr(VERDICT_WORDS[self.verdict]) if self.verdict else "",
            tr_("who hold a role") if self.scope.holding else "",
            tr_("also restricted") if self.scope.restricted else "",
        ]
        return [each for each in words if each]
