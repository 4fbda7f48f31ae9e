"""What a field of a record must be to be looked for: free filters over any field."""

from __future__ import annotations

from typing import Literal

import msgspec

from records.domain.dates import PartialDate
from records.domain.people.names import clean, fold, sort_key

Operator = Literal["=", "!=", "<", ">", "~"]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition on one field.

    Attributes:
        field: name of the field; of text, a number, a day or a yes or no.
        operator: `~` is met by a text that holds the value, whatever the accents and capitals.
        value: a text; a day, known to the year, month or day; a yes or no; or any of several ids.
    """

    field: str
    operator: Operator
    value: str | bool | PartialDate | frozenset[str]

    def holds(self, kept: object) -> bool:
        """Whether a field meets it that the book keeps as this JSON value, None or empty where nothing is known.

        What is not known is neither before nor after anything, and differs from every value.
        """
        if self.operator in ("=", "!=") or isinstance(self.value, frozenset):
            return self._is(kept) != (self.operator == "!=")
        if kept in (None, ""):
            return False
        if isinstance(self.value, PartialDate):
            return self._lies(PartialDate.stored(str(kept)), self.value)
        value, text = str(self.value), str(kept)
        if self.operator == "~":
            return fold(value) in fold(text)
        return sort_key(text) < sort_key(value) if self.operator == "<" else sort_key(text) > sort_key(value)

    def _is(self, kept: object) -> bool:
        if isinstance(self.value, bool):
            return kept is self.value
        if isinstance(self.value, frozenset):
            return str(kept or "") in self.value
        if isinstance(self.value, PartialDate):
            if kept in (None, ""):
                return False
            held = PartialDate.stored(str(kept))
            return self.value.first_day() <= held.first_day() and held.last_day() <= self.value.last_day()
        return clean(str("" if kept is None else kept)) == self.value

    def _lies(self, held: PartialDate, value: PartialDate) -> bool:
        """Surely before, or surely after: a year alone is not before a day in it."""
        if self.operator == "<":
            return held.last_day() < value.first_day()
        return self.operator == ">" and held.first_day() > value.last_day()
