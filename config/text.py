"""Sentences a person reads: an English pattern with named blanks, translated only where it is shown.

Code below the screens never decides a language: it makes a `Text`, and whoever shows it calls `tr`
(`config.i18n`). The pattern is also the key of the gettext catalogues in `config/locale`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, unsafe_hash=True)
class Text:
    """One sentence or label. `str()` gives the English form, for logs and tests.

    Nobody changes one. It is not frozen, as judging everybody makes two million, and each would take twice as long.
    """

    pattern: str
    blanks: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.pattern.format_map(dict(self.blanks)) if self.blanks else self.pattern


def t(pattern: str, **blanks: object) -> Text:
    """Mark `pattern` for translation; `blanks` fill its `{names}` when it is shown (values may be `Text`)."""
    return Text(pattern, tuple(blanks.items()))
