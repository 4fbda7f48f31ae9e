"""What is typed for a setting, as a value; each refuses in one sentence what is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from config.errors import InputError
from config.paths import typed_path
from config.settings.offices import CODE_PATTERN
from config.text import Text, t
from records.domain.people.names import clean, fold
from records.services.certificates.designs import KEPT_PICTURE
from records.services.certificates.pictures import emblem_png

_LONGEST = 300
Choices = Sequence[tuple[str, Text]]


def text(typed: str) -> str | None:
    """A line of words; a dash or nothing is none."""
    value = clean(typed)
    if len(value) > _LONGEST:
        raise InputError(t("The text is too long"), do=t("write at most {n} letters", n=_LONGEST))
    return None if value in ("", "-") else value


def code(typed: str) -> str:
    """The code of an office."""
    value = typed.strip().upper()
    if not re.fullmatch(CODE_PATTERN, value):
        raise InputError(
            t("“{given}” is no code of an office", given=typed),
            do=t("write one to six letters A to Z without accents, such as PDP"),
        )
    return value


def lines(typed: str) -> tuple[str, ...] | None:
    """Several lines, parted by semicolons."""
    found = tuple(each for each in (clean(part) for part in re.split(r"[;\n]", typed)) if each and each != "-")
    return found or None


def folder(typed: str) -> str:
    """A path; a dash or nothing is none."""
    value = typed.strip().strip("\"'")
    return "" if value == "-" else value


def emblem(typed: str) -> str:
    """The path of a picture, or the name of one kept before; a dash or nothing is none."""
    value = typed.strip().strip("\"'")
    if value in ("", "-"):
        return ""
    if not KEPT_PICTURE.fullmatch(value):
        emblem_png(typed_path(value))
    return value


def flag(typed: str) -> bool:
    """Yes or no, in either language."""
    word = fold(typed)
    if word in ("yes", "y", "co", "true", "1"):
        return True
    if word in ("no", "n", "khong", "false", "0"):
        return False
    raise InputError(t("“{given}” is neither yes nor no", given=typed), do=t("write yes or no"))


def number(least: int, most: int) -> Callable[[str], int]:
    """A whole number within limits."""

    def read(typed: str) -> int:
        value = int(typed) if typed.strip().isdecimal() and len(typed) < 10 else -1
        if not least <= value <= most:
            do = t("write a whole number from {least} to {most}", least=least, most=most)
            raise InputError(t("“{given}” is no number that is allowed here", given=typed), do=do)
        return value

    return read


def one_of(choices: Choices) -> Callable[[str], str]:
    """One of a few keys, or the words it is shown by."""

    def read(typed: str) -> str:
        return _known(typed, choices)

    return read


def some_of(choices: Choices) -> Callable[[str], tuple[str, ...]]:
    """Several of a few keys, parted by commas; nothing or a dash means all."""

    def read(typed: str) -> tuple[str, ...]:
        found = [_known(each, choices) for each in re.split(r"[,;]", typed) if each.strip() not in ("", "-")]
        return tuple(dict.fromkeys(found))

    return read


def _known(typed: str, choices: Choices) -> str:
    for key, _words in choices:
        if typed.strip().casefold() == key.casefold():
            return key
    raise InputError(
        t("“{given}” is none of the choices", given=typed.strip()),
        do=t("use one of: {known}", known=", ".join(key for key, _ in choices)),
    )
