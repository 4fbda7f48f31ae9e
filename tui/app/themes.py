"""Colours: ours in the dark, in the light, with the strongest contrast, and those of the terminal itself."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

THEMES = (
    Theme(
        name="sovang", primary="#0b63b5", secondary="#8a6d1d", accent="#e3a857", warning="#f2b263", error="#f08a86",
        success="#6fbf73", foreground="#e4e2dd", background="#1a1a1a", surface="#212121", panel="#2a3038", dark=True,
        variables={"text-muted": "#b3afa6"},
    ),
    Theme(
        name="sovang-light", primary="#0b5cad", secondary="#8a6d1d", accent="#8a5000", warning="#8a5000",
        error="#a61b1b", success="#1d6b2a", foreground="#1c1a17", background="#fbfaf7", surface="#f1efe9",
        panel="#e3e7ec", dark=False, variables={"text-muted": "#55514a"},
    ),
    Theme(
        name="sovang-contrast", primary="#0000d7", secondary="#ffff00", accent="#ffff00", warning="#ffff00",
        error="#ff5f5f", success="#5fff5f", foreground="#ffffff", background="#000000", surface="#000000",
        panel="#1c1c1c", dark=True, variables={"text-muted": "#d7d7d7"},
    ),
    replace(BUILTIN_THEMES["ansi-dark"], name="sovang-terminal"),
)  # fmt: skip
BY_SETTING = {"dark": "sovang", "light": "sovang-light", "contrast": "sovang-contrast", "terminal": "sovang-terminal"}
"""The theme that each value of the setting `theme` means."""
