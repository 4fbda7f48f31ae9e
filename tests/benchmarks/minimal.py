"""The least that a Textual program can be: what the start of ours is measured against."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static("Minimal application")


if __name__ == "__main__":
    Minimal().run()
