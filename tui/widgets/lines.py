"""Lines of words as Textual shows them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from tui.present.words import Line

_COLOURS = {
    "bold": "bold", "good": "$text-success", "bad": "$text-error", "warn": "$text-warning", "dim": "$text-muted",
}  # fmt: skip


def as_content(lines: Iterable[Line]) -> Content:
    """Lines as Textual shows them; their text is data and never markup."""
    return Content("\n").join([Content.styled(each.text, _COLOURS.get(each.look, "")) for each in lines])
