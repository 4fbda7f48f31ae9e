"""Styles that are read once: Textual reads those of all widgets anew for every screen that is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_SOURCES = 1_024
"""Textual keeps 64, fewer than there are kinds of widgets, and so none that lasts."""


class LastingStylesheet(Stylesheet):
    """A stylesheet that keeps what it has read until a colour is another."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SOURCES)
        self._known: dict[tuple[object, ...], tuple[int, list[RuleSet]]] = {}
        """What was read -> the tie breaker it was read for, and its rules."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take these colours; what was read with others is forgotten."""
        if variables != self._variables:
            super().set_variables(variables)
            self._known.clear()

    def reparse(self) -> None:
        """Read what was not read with the colours of now. Raises StylesheetError."""
        self.parse()

    def _parse_rules(
        self,
        css: str,
        read_from: Any,
        is_default_rules: bool = False,  # noqa: FBT001, FBT002  # as Textual has it
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        """Read rules once; that of the same rules others win is all that a further kind of widget changes."""
        key = (css, read_from, is_default_rules, tie_breaker, scope)
        what = (css, read_from, is_default_rules, scope)
        known = self._known.get(what)
        if known is None or key in self._parse_cache:
            rules = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
            if tie_breaker:  # of nought, none can be made
                self._known.setdefault(what, (tie_breaker, rules))
            return rules
        first, rules = known
        # Of a rule within a rule it counts twice, and so on.
        made = [replace(each, tie_breaker=each.tie_breaker // first * tie_breaker) for each in rules]
        self._parse_cache[key] = made
        return made
