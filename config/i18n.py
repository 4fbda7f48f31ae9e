"""The language of this run: `use` chooses it once at the start, `tr` turns a `Text` into words."""

from __future__ import annotations

import gettext
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from config.settings.dated import Words
from config.text import Text, t

LANGUAGES = ("vi", "en")
_CATALOGUES = Path(__file__).parent / "locale"


class _Speaker:
    """Holds the one catalogue in use; English is the text in the code and needs none."""

    def __init__(self) -> None:
        self.language = "en"
        self.catalogue = gettext.NullTranslations()


_speaker = _Speaker()


def use(language: str) -> None:
    """Speak `language` (`vi` or `en`) from now on.

    Raises:
        ValueError: for a language there is no catalogue for.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language!r}")
    _speaker.language = language
    if language == "en":
        _speaker.catalogue = gettext.NullTranslations()
    else:
        _speaker.catalogue = gettext.translation("sovang", _CATALOGUES, languages=[language])


def spoken_at(settings: Path) -> str | None:
    """The language that a file `screen.yaml` names; None where there is none that can be read.

    It is looked for in the text alone: the commands speak as they are loaded, before settings can be read.
    """
    try:
        found = re.search(r"^language: *[\"']?([a-z]+)", settings.read_text("utf-8-sig"), re.MULTILINE)
    except (OSError, ValueError):
        return None
    return found[1] if found and found[1] in LANGUAGES else None


def language() -> str:
    """The language in use, `vi` or `en`."""
    return _speaker.language


def tr(text: Text | str) -> str:
    """`text` in the language in use; a plain string is data and passes unchanged."""
    if isinstance(text, str):
        return text
    pattern = _speaker.catalogue.gettext(text.pattern) if text.pattern else ""
    if not text.blanks:
        return pattern
    return pattern.format_map({name: _blank(value) for name, value in text.blanks})


def in_language(text: Text, language: str) -> str:
    """`text` in a language that need not be the one in use: for what is read elsewhere."""
    pattern = text.pattern
    if language != "en":
        pattern = gettext.translation("sovang", _CATALOGUES, languages=[language]).gettext(pattern)
    return pattern.format_map(dict(text.blanks)) if text.blanks else pattern


def tr_(pattern: str, **blanks: object) -> str:
    """Shorthand of `tr(t(...))` for screens, which show at once what they write."""
    return tr(t(pattern, **blanks))


def tr_number(number: Decimal, *, places: bool = False) -> str:
    """A number with the decimal sign of the language in use; with `places` its last noughts stay, as columns want."""
    shown = format(number if places else number.normalize(), "f")
    return shown.replace(".", ",") if _speaker.language == "vi" else shown


def _blank(value: object) -> object:
    if isinstance(value, Text):
        return tr(value)
    if isinstance(value, Words):
        return value.in_language(_speaker.language)
    if isinstance(value, Decimal):
        return tr_number(value)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return value
