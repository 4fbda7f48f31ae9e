"""Styles that are read once: Textual reads those of all widgets anew for every screen, and at every start."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import fields, replace
from enum import Enum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import textual
from textual.css.model import RuleSet, Selector
from textual.css.styles import Styles
from textual.css.stylesheet import Stylesheet

from config.own_files import keep_own, read_own

_KEPT = 4
"""Files: one for each theme somebody works with."""
_ENDING = ".styles"
_OF_ANOTHER_FORM = (
    pickle.PickleError, ArithmeticError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What is raised for what is no rules, or for rules of which a new Textual has made something else."""
Known = dict[tuple[object, ...], dict[int, list[RuleSet]]]
"""What was read -> the tie breaker it was read for -> its rules."""


class LastingStylesheet(Stylesheet):
    """A stylesheet that keeps what it has read, for as long as the colours are the same."""

    def __init__(self, *, variables: dict[str, str], folder: Path | None = None) -> None:
        """Read what was kept in a `folder` of the user's own, if one is given."""
        super().__init__(variables=variables)
        self._folder = folder
        self._known, self._name, self._there = self._of_now()

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take these colours; what was read with others is none of it."""
        if variables != self._variables:
            super().set_variables(variables)
            self._known, self._name, self._there = self._of_now()

    def reparse(self) -> None:
        """Read what was not read with the colours of now. Raises StylesheetError."""
        self.parse()

    def keep(self) -> None:
        """Keep what was read for the next start, where that is more than was kept; one that cannot be stops nobody."""
        if self._folder is None or len(self._known) == self._there:
            return
        kept = {what: {_first(known): known[_first(known)]} for what, known in self._known.items()}
        with suppress(OSError, *_OF_ANOTHER_FORM):
            keep_own(self._folder / f"{self._name}{_ENDING}", _written(kept), at_most=_KEPT)
            self._there = len(kept)

    def _of_now(self) -> tuple[Known, str, int]:
        """What was read with the colours of now, the name it is kept under, and how much is kept there."""
        told = (sys.version, *_of_textual(), sorted(self._variables.items()))
        name = hashlib.sha256(repr(told).encode()).hexdigest()
        known = _READ.setdefault(name, {})
        if not known and self._folder is not None:
            known |= _recalled(self._folder / f"{name}{_ENDING}")
            return known, name, len(known)
        return known, name, 0

    def _parse_rules(
        self,
        css: str,
        read_from: Any,
        is_default_rules: bool = False,  # noqa: FBT001, FBT002  # as Textual has it
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        """Read rules once; that of the same rules others win is all that a further kind of widget changes."""
        what = (css, read_from, is_default_rules, scope)
        known = self._known.get(what, {})
        if tie_breaker in known:
            return known[tie_breaker]
        if first := _first(known):
            # Of a rule within a rule it counts twice, and so on.
            made = [replace(each, tie_breaker=each.tie_breaker // first * tie_breaker) for each in known[first]]
        else:
            made = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
        self._known.setdefault(what, {})[tie_breaker] = made
        return made


def _first(known: dict[int, list[RuleSet]]) -> int:
    """The tie breaker of which the rules for all others can be made; of nought, none can."""
    return next((each for each in known if each), 0)


@cache
def _of_textual() -> list[str]:
    """Which Textual this is, by the name of its folder of facts: to ask for its version reads them all."""
    folder = Path(textual.__file__).parents[1]
    return sorted(each for each in os.listdir(folder) if each.startswith("textual-"))  # noqa: PTH208  # every start asks


_READ: dict[str, Known] = {}
"""Colours -> what was read with them in this process."""


class _Writer(pickle.Pickler):
    """Writes rules so that nothing but classes is asked for when they are read."""

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, Enum):
            return type(obj), (obj.value,)
        if isinstance(obj, (Selector, Styles)):  # beside these they have functions, made of them
            return type(obj), tuple(getattr(obj, each.name) for each in fields(obj))
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Makes what rules are made of, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "set"):
            return set
        # What a module of styles imports for itself, and what lies behind a point in the name, is none of it.
        found = super().find_class(module, name) if _is_style(module) and "." not in name else None
        if not (isinstance(found, type) and _is_style(found.__module__)):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a rule")
        return found


def _is_style(module: str) -> bool:
    return module in ("textual.color", "textual.geometry") or module.startswith(("textual.css.", "textual.layouts."))


def _written(known: Known) -> bytes:
    written = BytesIO()
    _Writer(written, 5).dump(known)
    return written.getvalue()


def _recalled(path: Path) -> Known:
    """What was kept; nothing where it is of another form."""
    try:
        content = read_own(path)
        found: Known = {} if content is None else _Reader(BytesIO(content)).load()
    except (OSError, *_OF_ANOTHER_FORM):
        return {}
    return found
