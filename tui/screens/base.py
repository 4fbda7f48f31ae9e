"""What every screen shares: its frame, its news line, its keys in the language in use, and catching up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar, cast, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.services.office import Office
from tui.app.opening import LEAST_HEIGHT, LEAST_WIDTH
from tui.widgets.frame import Breadcrumb, KeyLine, ProgressLine
from tui.widgets.keys import is_ours, key, speak_keys

if TYPE_CHECKING:
    from tui.app.app import SoVangApp

__all__ = ["EXPORTING", "DeskScreen", "Typed", "is_ours", "key", "speak_keys"]

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told what is done and what there is in all."""
NEWS_SECONDS = 10.0
EXPORTING = "export"
"""Group of the workers that write a list; Esc stops them."""


@runtime_checkable
class Typed(Protocol):
    """A screen in which something can be typed that leaving would lose."""

    def unsaved(self) -> bool:
        """Whether leaving now would lose something."""


class DeskScreen(Screen[None]):
    """A screen of the office. Subclasses give `title`, `body` and `refresh_office`.

    `refresh_office` is called when the screen is first shown, and whenever it is shown or in front after the book or
    the day changed. `busy_label` says what a long job does; `progress` moves its line.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-mid"), (180, "-wide")]
    DEFAULT_CSS = """
    DeskScreen { layers: base news; }
    DeskScreen #body { height: 1fr; }
    DeskScreen #news {
        layer: news; dock: bottom; height: 1; width: 100%; margin: 0 0 1 0; padding: 0 1; display: none;
        background: $panel; color: $foreground; text-style: bold;
    }
    DeskScreen #news.-bad { background: $error; color: $text; }
    DeskScreen KeyLine { dock: bottom; }
    """

    def __init__(self) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._stamp: tuple[int, str, date] | None = None
        self._news_timer: Timer | None = None

    @property
    def desk_app(self) -> SoVangApp:
        """The app, with its office and day."""
        return cast("SoVangApp", self.app)

    @property
    def office(self) -> Office:
        """The open office."""
        return self.desk_app.office

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.desk_app.on

    def title_parts(self) -> tuple[str, ...]:
        """Where the person is, from the outside in, already spoken."""
        return ()

    def pending(self) -> str:
        """What is shown here and not yet in the book, already spoken; empty when there is nothing."""
        return ""

    def body(self) -> ComposeResult:
        """The widgets between the breadcrumb and the progress line."""
        yield from ()

    def refresh_office(self) -> None:
        """Read the book again; called after every change."""

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        yield Breadcrumb(id="breadcrumb")
        yield from self.body()
        yield ProgressLine(id="progress")
        yield Static(id="news", markup=False)
        yield KeyLine()

    def on_screen_resume(self, _event: events.ScreenResume) -> None:
        """Catch up with what happened while another screen was in front."""
        self.catch_up()

    def catch_up(self) -> None:
        """Refresh if the book or the day is not what this screen shows."""
        if not self.is_mounted or not self.desk_app.is_open:
            return
        stamp = (*self.office.book.head(), self.on)
        self.show_place()
        if stamp != self._stamp:
            self._stamp = stamp
            self.refresh_office()

    def show_place(self) -> None:
        """Write the breadcrumb."""
        crumb = self.query_one("#breadcrumb", Breadcrumb)
        crumb.show((tr_("Sổ Vàng"), *self.title_parts()), self.desk_app.place_label(self.pending()))

    def news(self, text: Text | str, *, bad: bool = False, stay: bool = False) -> None:
        """Say routine news on the status line; it goes after ten seconds unless it is to `stay`."""
        line = self.query_one("#news", Static)
        line.update(tr(text))
        line.set_class(bad, "-bad")
        line.display = True
        if self._news_timer is not None:
            self._news_timer.stop()
        self._news_timer = None if stay else self.set_timer(NEWS_SECONDS, self.clear_news)

    def clear_news(self) -> None:
        """Take the news away."""
        self.query_one("#news", Static).display = False

    def complain(self, error: AppError) -> None:
        """Show an expected failure: what, where and what to do."""
        self.desk_app.complain(error)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do `act`; an expected failure is shown instead of raised. Returns whether it was done."""
        try:
            act()
        except AppError as error:
            self.complain(error)
            return False
        return True

    def steadily(self, read: Callable[[], T]) -> T | None:
        """Read the book in a thread; None when it changed meanwhile, for then the screen reads it again."""
        before = self.office.book.head()
        try:
            return read()
        except (KeyError, RuntimeError):
            if self.office.book.head() == before:
                raise
            return None

    def behind(self, label: Text, read: Callable[[Progress], T], show: Callable[[T], None]) -> None:
        """Work something out behind the screen, with its line of progress, and show it; a failure is told instead."""
        self.run_worker(lambda: self._behind(label, read, show), group="behind", thread=True, exclusive=True)

    def _behind(self, label: Text, read: Callable[[Progress], T], show: Callable[[T], None]) -> None:
        worker, tell = get_current_worker(), self.app.call_from_thread

        def progress(done: int, total: int) -> None:
            if not worker.is_cancelled:
                tell(self.progress, label, done, total)

        progress(0, 0)
        found = None
        try:
            found = self.steadily(lambda: read(progress))
        except AppError as error:
            tell(self.complain, error)
        tell(self.end_progress)
        if found is not None and not worker.is_cancelled:
            tell(show, found)

    def may_write(self) -> bool:
        """Whether the book can be changed from here; says why not."""
        reason = self.desk_app.read_only_reason
        if reason is None:
            return True
        self.news(reason, bad=True)
        return False

    def progress(self, label: Text | str, done: int, total: int) -> None:
        """Show how far a long job is; safe to call through `app.call_from_thread`."""
        if self.is_mounted:
            self.query_one("#progress", ProgressLine).show(tr(label), done, total)

    def end_progress(self) -> None:
        """Hide the progress line."""
        if self.is_mounted:
            self.query_one("#progress", ProgressLine).hide()

    def on_resize(self, event: events.Resize) -> None:
        """Say when the terminal became too small to show everything."""
        if event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT:
            width, height = event.size
            self.news(t("The terminal is {width}x{height}; enlarge it to 80x24", width=width, height=height), stay=True)
        elif self._news_timer is None and self.query("#news"):
            self.clear_news()
