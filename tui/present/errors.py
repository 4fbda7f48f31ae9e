"""An expected error as one sentence."""

from __future__ import annotations

from config.i18n import tr_


def sentence(what: str, where: str, do: str) -> str:
    """The three parts of an error as a person reads them on one line."""
    place = f" ({where})" if where else ""
    return f"{what}{place}. {tr_('What to do')}: {do}{'' if do.endswith('?') else '.'}" if do else f"{what}{place}."
