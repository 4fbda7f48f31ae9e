"""What is held back while several things change at once is painted in the end."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.segment import ControlType, Segment
from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tests.tui.offices import settle_until
from tui.app.painting import PaintingApp
from tui.app.plain_lines import PlainLines


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


async def test_no_widget_and_no_news_steers_the_terminal() -> None:
    app = Painted()
    async with app.run_test(notifications=True) as pilot:
        steering = "\x1b]0;PWN\x07[\x9b2J\u202e\u2066\udcff\x7f]"
        app.query_one(Static).update(Content(steering))
        app.notify(steering, title=steering, markup=False)
        await pilot.pause()
        lines = app.screen._compositor.render_strips()
        painted = "\n".join(strip.text for strip in lines)
        assert painted.count("]0;PWN[2J�]") == 3
        assert {strip.cell_length for strip in lines} == {app.size.width}
        assert {cell_len(strip.text) for strip in lines} == {app.size.width}


def test_a_picture_is_painted_as_it_is_and_letters_stay() -> None:
    picture = [Segment("\x1b7", control=()), Segment("\x1bPq", None, ((ControlType.CURSOR_FORWARD, 0),))]
    assert PlainLines().apply(picture, Color(0, 0, 0)) == picture
    words = [Segment("Nguyễn\xa0Thị \u200dÁnh")]
    assert PlainLines().apply(words, Color(0, 0, 0)) == words


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
