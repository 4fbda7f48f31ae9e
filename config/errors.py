"""Expected failures. One class of error is one kind of remedy; a bug is none of these and stays loud."""

from __future__ import annotations

from typing import Any

from config.text import Text, t


class AppError(Exception):
    """What is wrong, where, and what to do: three sentences a person can act on.

    Attributes:
        what: what is wrong, with the value at fault.
        where: the file, sheet, row, column, line or key; empty when there is no place to name.
        do: what to do next.
        exit_code: for the command line: 2 wrong use or unreadable input, 3 the book is held or damaged.
    """

    exit_code = 2

    def __init__(self, what: Text, *, where: Text | str = "", do: Text | str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.do = what, where, do

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.what), str(self.where), str(self.do)) if part)

    def naming(self, place: object, *, instead_of: object) -> None:
        """Name the place that was asked for, where it named one that a file or folder had until it was whole."""
        self.what, self.where, self.do = (
            _renamed(each, str(instead_of), str(place)) for each in (self.what, self.where, self.do)
        )


def _renamed(told: Any, old: str, new: str) -> Any:
    if isinstance(told, Text):
        return Text(told.pattern, tuple((blank, _renamed(value, old, new)) for blank, value in told.blanks))
    return str(told).replace(old, new) if old in str(told) else told


class InputError(AppError):
    """Something given by a person or a file cannot be used."""


class ConfigError(AppError):
    """A configuration file cannot be trusted; nothing is judged with it."""


class BookError(AppError):
    """The book is held, damaged, not writable or not a book."""

    exit_code = 3


class ConflictError(BookError):
    """A later change stands on the record; the act is refused and nothing was written."""

    exit_code = 1


class RefusedError(AppError):
    """The act is possible but the rules of the office forbid it; the reason says which."""

    exit_code = 1


class ForbiddenError(RefusedError):
    """Whoever is signed in may not do this; the way out names who may."""


class UnmetError(RefusedError):
    """Somebody does not meet what a commendation asks for; the reason says which condition."""

    exit_code = 2


class ClosedYearError(RefusedError):
    """The act touches a closed year; `touched` are the ids of the records by which it does, in the order of the act."""

    def __init__(
        self, what: Text, *, where: Text | str = "", do: Text | str = "", touched: tuple[str, ...] = ()
    ) -> None:
        super().__init__(what, where=where, do=do)
        self.touched = touched


def needs(field: Text | str, given: object, need: Text) -> InputError:
    """The usual refusal of one value: `field` names it, `need` says what is expected."""
    return InputError(t("{field}: “{given}” cannot be used", field=field, given=given), do=need)
