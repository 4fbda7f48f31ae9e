"""Lines of words as Textual shows them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from config.plain import visible
from tui.present.words import Line

_COLOURS = {
    "bold": "bold", "good": "$text-success", "bad": "$text-error", "warn": "$text-warning", "dim": "$text-muted",
    "badge-good": "bold $text-success on $success-muted", "badge-bad": "bold $text-error on $error-muted",
    "badge-warn": "bold $text-warning on $warning-muted", "badge-dim": "$text-muted",
}  # fmt: skip


def as_content(lines: Iterable[Line]) -> Content:
    """Lines as Textual shows them; their text is data, never markup and no order to the terminal."""
    return Content("\n").join([_line(each) for each in lines])


def _line(line: Line) -> Content:
    parts = [Content.styled(visible(line.text), _COLOURS.get(line.look, ""))]
    if line.label:
        parts.insert(0, Content.styled(f"{line.label} ", _COLOURS["dim"]))
    if line.badge:
        parts[:0] = [Content.styled(f" {line.badge} ", _COLOURS.get(line.badge_look, "")), Content(" ")]
    if line.rule:
        parts.append(Content.styled(line.rule, "$panel-lighten-2"))
    return Content("").join(parts)
