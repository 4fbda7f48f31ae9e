"""What can be wrong with a whole file: the sentences, and the error that readers of one format raise."""

from __future__ import annotations

from pathlib import Path

from config.errors import InputError
from config.text import Text, t


class DamagedError(Exception):
    """The bytes are not what the format asks for; whoever knows the file's name says so with `damaged`."""


class FarCellError(Exception):
    """A sheet whose filled cells lie too far apart; carries the sheet and the rows it spreads over.

    `lone` tells that nearly all of that is empty: one stray cell, and no long list.
    """

    def __init__(self, sheet: str, rows: int, *, lone: bool) -> None:
        super().__init__(sheet)
        self.sheet, self.rows, self.lone = sheet, rows, lone


def unusable(path: Path, what: Text, do: Text) -> InputError:
    """Any such sentence with the file as its place."""
    return InputError(what, where=str(path), do=do)


def damaged(path: Path) -> InputError:
    """The file is not whole."""
    return unusable(
        path,
        t("The file is cut or damaged and cannot be read whole"),
        t("copy it again from where it came, or open it in the spreadsheet program and save it anew"),
    )


def too_large(path: Path) -> InputError:
    """The file asks for more memory than a list of people may."""
    return unusable(path, t("The file is too large for a list of people"), t("choose the list itself"))


def too_slow(path: Path, seconds: float) -> InputError:
    """The file takes longer than a list of people may."""
    return unusable(
        path,
        t("Reading the file was ended after {n} seconds", n=round(seconds)),
        t("open it in the spreadsheet program and save the list alone as a new .xlsx"),
    )


def protected(path: Path) -> InputError:
    """The file is encrypted."""
    return unusable(
        path,
        t("The file is protected by a password"),
        t("open it in the spreadsheet program, take the password off and save it"),
    )


def far(path: Path, error: FarCellError) -> InputError:
    """A sheet spreads too far."""
    if error.lone:
        what = t("Sheet “{name}” has a cell far away from its list", name=error.sheet)
    else:
        what = t("Sheet “{name}” spreads over {rows} rows", name=error.sheet, rows=error.rows)
    return unusable(path, what, t("delete the empty rows and columns beyond the list and save it"))
