"""Cells that hold no value: formulas with an error, or whose result was never worked out."""

from __future__ import annotations

import re

from config.text import Text, t

_ERROR = re.compile(r"Err:\d{3}|#[A-Z/0]+[!?]|#N/A")


def is_error(text: str) -> bool:
    """Whether a text is what Excel or LibreOffice shows for a formula gone wrong."""
    return text[:1] in ("#", "E") and _ERROR.fullmatch(text) is not None


def sentence(shown: str) -> Text:
    """Why a cell that holds an error or an unreckoned formula cannot be used."""
    if shown.startswith("="):
        return t("the formula has no result in the file; open it in the spreadsheet program and save it")
    return t("the formula gives the error {error}; put the value itself there", error=shown)
