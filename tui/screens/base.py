"""What every screen shares: its frame, its news line, its keys in the language in use, and catching up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from config.errors import AppError, RefusedError
from config.i18n import tr, tr_
from config.text import Text, t
from tui.present.errors import in_words
from tui.screens.more import MoreActs
from tui.widgets.behind import Job, begin
from tui.widgets.frame import LEAST_HEIGHT, LEAST_WIDTH, Breadcrumb, KeyLine, Leaving, ProgressLine, SectionLine
from tui.widgets.keys import Act, is_ours, key, speak_keys

if TYPE_CHECKING:
    from records.services.office import Office
    from records.store.contract import JournalEntry
    from tui.widgets.frame import SectionWord

__all__ = ["Act", "Job", "OfficeApp", "OfficeScreen", "Typed", "is_ours", "key", "office_app", "speak_keys"]

T = TypeVar("T")
Moment = tuple[int, str, date]
"""A book after one of its changes (number and hash), asked about a day."""
NEWS_SECONDS = 10.0
_AT_LAST = 0.25
"""Seconds after which a screen is painted in any case, whatever of it stands."""
COUNTING = frozenset(("reading", "judging"))
"""Groups of work that find the numbers a screen shows: until they are known, it shows none as if they were."""


class OfficeApp(Protocol):
    """What a screen asks of the app that shows it; the app imports its screens, never the other way round."""

    on: date
    today: date

    @property
    def office(self) -> Office:
        """The open office."""

    @property
    def is_open(self) -> bool:
        """Whether the office is open."""

    @property
    def read_only_reason(self) -> Text | None:
        """Why the book cannot be changed, or None when it can."""

    def place_label(self, pending: str = "") -> str:
        """The right of the breadcrumb."""

    def section_words(self) -> Sequence[SectionWord]:
        """The sections, in their order."""

    def office_changed(self) -> None:
        """Let the screen in front catch up."""

    def signed_in(self) -> None:
        """Somebody signed in: say who works."""

    def complain(self, error: AppError) -> None:
        """Show an expected failure."""

    def hold(self, longest: float) -> None:
        """Paint nothing until a screen `stands`, or so many seconds are over."""

    def stands(self) -> None:
        """The screen in front stands with all it shows: it may be painted."""

    def paints_later(self) -> bool:
        """Whether what is drawn now would not be painted; it is owed then."""

    def when_painted(self, act: Callable[[], object], screen: Screen[Any] | None = None) -> None:
        """Do `act` when what was changed until now stands on the terminal; it goes with its `screen`."""

    def say_news(self, text: Text | str) -> None:
        """Say routine news on the screen in front."""

    def visit(self, seq: int) -> None:
        """Show the office as it was after change `seq`."""

    def ask_undo(self, entry: JournalEntry | None = None) -> None:
        """Ask, then take back `entry`, or the newest change."""

    def reopen(self, before: Callable[[], Sequence[Text]]) -> None:
        """Close the book, do something to its folder, and open it again."""


def office_app(screen: Screen[Any]) -> OfficeApp:
    """The app that shows `screen`, as screens know it."""
    return cast("OfficeApp", screen.app)


@runtime_checkable
class Typed(Protocol):
    """A screen, or a widget of it, in which something can be typed that leaving would lose."""

    def unsaved(self) -> bool:
        """Whether leaving now would lose something."""


class DressedScreen(Leaving[None]):
    """A screen whose widgets are given their styles once, as they are mounted, and not again when it is first shown."""

    asked_again = 1
    """Times that Textual asks for the styles of all widgets of a screen that is shown first."""

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Let them be, while they are those of a moment ago."""
        if self.asked_again:
            self.asked_again -= 1
            event.refresh_styles = False


class OfficeScreen(MoreActs, DressedScreen):
    """A screen of the office. Subclasses give `title`, `body` and `refresh_office`.

    `refresh_office` is called when the screen is first shown, and whenever it is shown or in front after the book or
    the day changed. `busy_label` says what a long job does; `progress` moves its line.
    """

    asked_again = 2
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-mid"), (180, "-wide")]
    DEFAULT_CSS = """
    OfficeScreen { layers: base news; }
    OfficeScreen #body { height: 1fr; }
    OfficeScreen #news {
        layer: news; dock: bottom; height: auto; max-height: 2; width: 100%; margin: 0 0 1 0; padding: 0 1;
        display: none;
        background: $panel; color: $foreground; text-style: bold;
    }
    OfficeScreen #news.-bad { background: $error; color: $text; }
    OfficeScreen KeyLine { dock: bottom; }
    OfficeScreen SectionLine { display: none; }
    OfficeScreen.-mid SectionLine.-here, OfficeScreen.-wide SectionLine.-here { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._shown_at: Moment | None = None
        self._news_timer: Timer | None = None
        self._jobs: dict[str, Job] = {}

    @property
    def office_app(self) -> OfficeApp:
        """The app, with its office and day."""
        return office_app(self)

    @property
    def office(self) -> Office:
        """The open office."""
        return self.office_app.office

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.office_app.on

    @property
    def today(self) -> date:
        """The day it is: of it is what is entered, whatever day is asked about."""
        return self.office_app.today

    @property
    def moment(self) -> Moment:
        """What a screen shows now: the book after which change, on the day asked about."""
        return (*self.office.book.head(), self.on)

    def title_parts(self) -> tuple[str, ...]:
        """Where the person is, from the outside in, already spoken."""
        return ()

    def pending(self) -> str:
        """What is shown here and not yet in the book, already spoken; empty when there is nothing."""
        return ""

    def body(self) -> ComposeResult:
        """The widgets between the breadcrumb and the progress line."""
        yield from ()

    def meant(self, typed: str) -> str:
        """What is looked for in a list: a code that the office had before is found by the one of now."""
        return self.office.with_current_ids(typed) if self.office_app.is_open else typed

    def refresh_office(self) -> None:
        """Read the book again; called after every change."""

    def compose(self) -> ComposeResult:
        """Lay out the frame, in a screen that is as wide as it will be: else each style is worked out twice."""
        wide = max(each for each in self.HORIZONTAL_BREAKPOINTS if each[0] <= self.app.size.width)[1]
        self.office_app.hold(_AT_LAST)
        self.add_class(wide, update=False)  # no rule is for the screen alone, and nothing stands in it yet
        yield Breadcrumb(id="breadcrumb")
        yield SectionLine(here=self._is_section)
        yield from self.body()
        yield ProgressLine(id="progress")
        yield Static(id="news", markup=False)
        yield KeyLine()

    def on_screen_resume(self, event: events.ScreenResume) -> None:  # noqa: ARG002  # that of the base is called too
        """Catch up with what happened while another screen was in front."""
        # What fails here must not keep Textual's own part, which comes after, from showing the screen.
        self.attempt(self.catch_up)
        self.call_after_refresh(self.office_app.stands)

    def catch_up(self) -> None:
        """Refresh if the book or the day is not what this screen shows."""
        if not self.is_mounted or not self.office_app.is_open or not self.query(Breadcrumb):  # not yet, or no more
            return
        now = self.moment
        self.show_place()
        if now != self._shown_at:
            self._shown_at = now
            self.refresh_office()

    def show_place(self) -> None:
        """Write the breadcrumb."""
        crumb = self.query_one("#breadcrumb", Breadcrumb)
        crumb.show((tr_("Sổ Vàng"), *self.title_parts()), self.office_app.place_label(self.pending()))
        line = self.query_one(SectionLine)
        line.set_class(self._is_section, "-here")
        line.show(self.office_app.section_words())

    @property
    def _is_section(self) -> bool:
        """Whether this is a section's own screen; from any other, Esc leads back."""
        return bool(self.app.screen_stack) and self.app.screen_stack[0] is self

    def _compositor_refresh(self) -> None:
        """Draw, unless it would not be painted: what is held back is drawn when it may be, and only then."""
        if not self.office_app.paints_later():
            super()._compositor_refresh()

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
        """Take the news away; Textual lays the screen out anew even where there is none."""
        line = self.query_one("#news", Static)
        if line.display:
            line.display = False

    def complain(self, error: AppError) -> None:
        """Show an expected failure: what, where and what to do."""
        self.office_app.complain(error)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do `act`; an expected failure is shown instead of raised. Returns whether it was done."""
        try:
            act()
        except (AppError, OSError) as error:
            self.complain(in_words(error))
            return False
        return True

    @property
    def works(self) -> bool:
        """Whether something is read or written behind this screen."""
        return bool(self._jobs)

    # -- long work ----------------------------------------------------------------------------------------------------

    def behind(
        self,
        label: Text | None,
        work: Callable[[Job], T],
        show: Callable[[T], object],
        *,
        group: str = "reading",
        failed: Callable[[AppError], object] | None = None,
        on_stop: Text | None = None,
        writes: bool = False,
    ) -> None:
        """Do `work` in a thread, with a line of progress under `label` if there is one, and `show` what it gave.

        What comes late is dropped: when the same `group` began anew, the person stopped it or left the screen, or the
        book changed while it was read (then the screen reads it again). An expected failure goes to `failed`, or is
        shown. Esc stops it when there is an `on_stop` to say. Work that `writes` leaves something behind: it goes on
        when the screen is left, and its end is always told.
        """
        book, head = self.office.book, self.office.book.head()
        job = self._new_job(group, label, writes=writes, on_stop=on_stop)
        wait = self._waiter(group, writes=writes)
        wait(t("reading…") if label is None and group == "reading" else t("counting…"))

        def right(found: T) -> None:
            if self._job_ended(group, job, wait):
                show(found)

        def wrong(error: Exception) -> None:
            wanted = self._job_ended(group, job, wait)
            if not isinstance(error, (AppError, OSError)):
                same = self.office_app.is_open and self.office.book is book and book.head() == head
                self._read_while_changed(job, error, same=same)
            elif writes and job.stopped and isinstance(error, RefusedError):
                self.tell_end(error.what)
            elif wanted:
                (failed or self.complain)(in_words(error))

        self._start(job, lambda: begin(job, work, done=right, failed=wrong))

    def _start(self, job: Job, act: Callable[[], object]) -> None:
        """Begin what is only read when the screen stands: a thread would take turns from what is painted first."""
        if job.writes:
            act()
        else:
            self.office_app.when_painted(lambda: None if job.stopped else act(), self)

    def _new_job(self, group: str, label: Text | None, *, writes: bool, on_stop: Text | None) -> Job:
        """A job in place of the one of its group, its line of progress begun."""
        self._replace_job(group)
        job: Job
        told = None if label is None else lambda done, total: self._job_moved(job, label, done, total)
        job = self._jobs[group] = Job(self.app, told, writes=writes, on_stop=on_stop)
        if label is not None:
            self.progress(label, 0, 0)
        return job

    def _read_while_changed(self, job: Job, error: Exception, *, same: bool) -> None:
        """What failed because the book changed under it is read again by the screen; anything else is raised."""
        if same or not isinstance(error, (KeyError, RuntimeError)):
            raise error
        if job.writes:
            self.tell_end(t("The book changed meanwhile; nothing was written. Try again"))

    def numbers_wait(self, words: Text | None) -> None:
        """What the screen counts is not known yet, or no more, and `words` say so; None when it is known."""

    def _waiter(self, group: str, *, writes: bool = False) -> Callable[[Text | None], object]:
        return self.numbers_wait if group in COUNTING and not writes else lambda _words: None

    def stop_work(self) -> bool:
        """Stop what runs behind and can be stopped, and say so; gives whether there was anything."""
        running = {group: job for group, job in self._jobs.items() if job.on_stop is not None}
        for group, job in running.items():
            job.stop()
            if not job.writes:  # one that writes tells its end itself
                self._job_ended(group, job)
                self._waiter(group)(t("not counted to the end; F5 counts again"))
            self.news(job.on_stop or "")
        return bool(running)

    def tell_end(self, text: Text | str) -> None:
        """Say how work that writes has ended: here, or on the screen in front when this one was left."""
        if self.is_running:
            self.news(text)
        else:
            self.office_app.say_news(text)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave: nobody waits any more for what is only read."""
        self.let_go()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        """Left in another way, as at the end of the program."""
        self.let_go()

    def let_go(self) -> None:
        """Stop whatever is only read, without a word."""
        for group in [each for each, job in self._jobs.items() if not job.writes]:
            self._replace_job(group)

    def _replace_job(self, group: str) -> None:
        job = self._jobs.get(group)
        if job is not None:
            job.stop()
            self._job_ended(group, job)

    def _job_ended(self, group: str, job: Job, wait: Callable[[Text | None], object] = lambda _words: None) -> bool:
        """Forget a job, with its line of progress when it was the last; gives whether its end is wanted."""
        wanted = self._jobs.get(group) is job and not self._pruning  # a screen that goes has lost its list already
        if wanted:
            wait(None)  # what was waited for is known now
            del self._jobs[group]
            if not self._jobs:
                self.end_progress()
        return wanted or job.writes

    def _job_moved(self, job: Job, label: Text, done: int, total: int) -> None:
        if job in self._jobs.values():
            self.progress(label, done, total)

    def action_back(self) -> None:
        """Stop what runs behind and can be stopped; else leave the screen."""
        alone = len(self.app.screen_stack) < 2  # a section was shown in its place meanwhile
        if not self.stop_work() and self.app.screen is self and not alone:
            self.dismiss()

    def may_write(self) -> bool:
        """Whether the book can be changed from here; says why not."""
        reason = self.office_app.read_only_reason
        if reason is None:
            return True
        self.news(reason, bad=True)
        return False

    def progress(self, label: Text | str, done: int, total: int) -> None:
        """Show how far a long job is."""
        if self.is_running:
            self.query_one("#progress", ProgressLine).show(tr(label), done, total)

    def end_progress(self) -> None:
        """Hide the progress line."""
        if self.is_running:
            self.query_one("#progress", ProgressLine).hide()

    def on_resize(self, event: events.Resize) -> None:
        """Say when the terminal became too small to show everything."""
        if event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT:
            width, height = event.size
            self.news(t("The terminal is {width}x{height}; enlarge it to 80x24", width=width, height=height), stay=True)
        elif self._news_timer is None and self.query("#news"):
            self.clear_news()
