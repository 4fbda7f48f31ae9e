"""Styles that are read once: Textual reads those of all widgets anew for every screen that is opened."""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

_SOURCES = 1_024
"""Textual keeps 64, fewer than there are kinds of widgets, and so none that lasts."""


class LastingStylesheet(Stylesheet):
    """A stylesheet that keeps what it has read until a colour is another."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take these colours; what was read with others is forgotten."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Read what was not read with the colours of now. Raises StylesheetError."""
        self.parse()
