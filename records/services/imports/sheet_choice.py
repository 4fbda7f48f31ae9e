"""Which sheets of a file are meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.errors import InputError
from config.text import t
from records.domain.people.names import fold
from records.intake.files.sheets import Sheet


def sheets_named(sheets: Sequence[Sheet], wanted: str, path: Path) -> list[Sheet]:
    """The sheet of exactly this name, else those that have it but for accents and capitals; all where none is named.

    Raises:
        InputError: when there is none, naming those there are.
    """
    named = [each for each in sheets if each.name == wanted] if wanted else list(sheets)
    named = named or [each for each in sheets if fold(each.name) == fold(wanted)]
    if named:
        return named
    if not sheets:
        raise InputError(t("The file holds no sheet"), where=str(path), do=t("choose another file"))
    names = ", ".join(each.name for each in sheets)
    raise InputError(
        t("The file has no sheet “{name}”", name=wanted), where=str(path), do=t("use one of: {names}", names=names)
    )
