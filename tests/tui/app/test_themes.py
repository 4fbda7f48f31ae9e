"""Every word can be read in every theme: 4.5 to 1 or more, by the formula of WCAG 2."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from records.services.settings.keys import THEMES as ASKED
from tui.app.themes import BY_SETTING, THEMES

_INKS = ("foreground", "text-muted", "success", "error", "warning", "accent")
_GROUNDS = ("background", "surface", "panel")


def light(color: Color) -> float:
    parts = [each / 255 for each in (color.r, color.g, color.b)]
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted(light(Color.parse(each)) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [each for each in THEMES if not each.ansi], ids=lambda each: each.name)
def test_every_ink_is_read_on_every_ground(theme: Theme) -> None:
    colors = {**theme.to_color_system().generate(), **theme.variables}
    weak = {
        (ink, ground): round(contrast(colors[ink], colors[ground]), 2)
        for ink in _INKS
        for ground in _GROUNDS
        if contrast(colors[ink], colors[ground]) < 4.5
    }
    assert weak == {}


def test_what_can_be_chosen_in_the_settings_is_there() -> None:
    assert set(BY_SETTING) == set(ASKED)
    assert set(BY_SETTING.values()) == {each.name for each in THEMES}
