"""What is held back while several things change at once is painted in the end."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tests.tui.offices import settle_until
from tui.app.painting import PaintingApp


class Painted(PaintingApp):
    """An app that notes what it painted, and not what a batch swallowed."""

    def __init__(self) -> None:
        super().__init__()
        self.paintings = 0

    def compose(self) -> ComposeResult:
        yield Static("before")

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        self.paintings += not self._batch_count
        super()._display(screen, renderable)


async def test_a_repaint_that_falls_due_inside_another_batch_is_made_when_that_ends() -> None:
    app = Painted()
    async with app.run_test() as pilot:
        await pilot.pause()
        with app.batch_update():
            app.delay_update(0.01)
            await settle_until(lambda: app._batch_count == 1)  # the pause is over, the batch is not
            await pilot.pause()
            before = app.paintings
        await settle_until(lambda: app.paintings > before)


async def test_what_changed_inside_a_batch_is_painted_at_its_end() -> None:
    app = Painted()
    async with app.run_test() as pilot:
        await pilot.pause()
        with app.batch_update():
            app.query_one(Static).update("after")
            await pilot.pause()
            before = app.paintings
        await settle_until(lambda: app.paintings > before)


async def test_a_screen_that_says_it_stands_is_painted_without_waiting_further() -> None:
    app = Painted()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.delay_update(3600)
        app.query_one(Static).update("after")
        await pilot.pause()
        before = app.paintings
        app.stands()
        await settle_until(lambda: app.paintings > before)
        assert app._batch_count == 0
        app.stands()  # said once more, it does nothing
        assert app._batch_count == 0


async def test_holding_twice_is_holding_once_and_ends_by_itself() -> None:
    app = Painted()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.hold(3600)
        app.hold(0)
        await pilot.pause(0.05)
        assert app._batch_count == 1, "the first goes on"
        app.stands()
        assert app._batch_count == 0
        before = app.paintings
        app.hold(0.01)  # for a screen that never says that it stands
        app.query_one(Static).update("after")
        await settle_until(lambda: app._batch_count == 0)
        await settle_until(lambda: app.paintings > before)
