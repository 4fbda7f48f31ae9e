"""The app as the one that holds the book: opens it behind the shell, opens it again, and shows its past."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from functools import partial
from importlib import import_module
from time import monotonic, process_time
from typing import TYPE_CHECKING

from textual import events
from textual.app import ScreenStackError

from config.errors import AppError
from config.i18n import tr, tr_
from config.settings.offices import Screen
from config.text import Text, t
from tui.app.help import OpeningScreen
from tui.app.palette import SECTIONS, section_named
from tui.app.terminal import TerminalApp
from tui.app.themes import BY_SETTING
from tui.present import books
from tui.present.errors import in_words
from tui.screens.base import OfficeScreen
from tui.widgets.behind import Job, begin

if TYPE_CHECKING:
    from records.services.office import Office
    from records.store.book import Book

FOLLOW_SECONDS = 2.0
READY_SECONDS, _READY_LOOKS, _MANY = 1.0, 3, 5_000
"""Seconds after the first section stands there, and after each of so many looks whether it still counts something; of
so many people all is not counted before anybody opens another section, and nothing is waited for."""
_SHARE, _LATEST = 0.015, 30.0
"""Of a core, what following may cost: a screen that is dear to draw follows that much later, but in so many seconds."""
NOBODY = t("This book has accounts, and nobody is signed in: F8 and “Accounts” under “The book”")
Opener = Callable[[], "AbstractContextManager[Office]"]


class HoldingApp(TerminalApp):
    """An app with an office.

    Attributes:
        on: the day asked about.
        who: who works, as shown.
        error: what kept the book from opening; raised after the screen is gone.
    """

    def __init__(self, opener: Opener, *, on: date, who: str = "", section: str = SECTIONS[0].id) -> None:
        super().__init__()
        self.on = self.today = on
        self.who = who
        self.error: AppError | None = None
        self.changed = False
        """Whether the book was changed here; a changed book is backed up at the end."""
        self.choosing = False
        """Whether the first screen asks which book is meant; none is being opened then."""
        self._opener, self._section = opener, section
        self._office: Office | None = None
        self._present: Office | None = None
        self._exits = ExitStack()
        self._first = 0
        self.to_say: list[Text] = []
        """What is to be said when the book is open."""
        self._noticed = 0
        """How many notices of the open book were told."""
        self._news_waits = False
        self._drawn = (0.0, 0.0)
        """Processor time and moment when the screen last followed."""
        self._visit: Job | None = None

    @property
    def office(self) -> Office:
        """The open office; only screens shown after the opening ask for it."""
        if self._office is None:
            raise RuntimeError("the office is not open yet")
        return self._office

    @property
    def is_open(self) -> bool:
        """Whether the office is open."""
        return self._office is not None

    @property
    def past(self) -> int | None:
        """The change after which the book is shown, or None for the present."""
        return self.office.book.upto if self.is_open else None

    @property
    def read_only_reason(self) -> Text | None:
        """Why the book cannot be changed, or None when it can."""
        book = self.office.book
        if not book.read_only:
            return self._may_only_look()
        if book.upto is not None:
            return t("This is the book as it was after change {seq}. F12: back to the present", seq=book.upto)
        if wrong := book.damage or book.behind:
            return wrong
        return book.notices[0] if book.notices else t("The book can only be read here; nothing can be changed")

    def _may_only_look(self) -> Text | None:
        """Why whoever sits here changes nothing: nobody is signed in, or a role that only looks; who may is named."""
        access = self.office.book.access
        if access.stands and not access.name:
            return NOBODY
        try:
            access.judge_some()
        except AppError as error:
            return t("{what}; {do}", what=error.what, do=error.do)
        return None

    def signed_in(self) -> None:
        """Somebody signed in: say who works."""
        self.who = self.office.book.actor

    def place_label(self, pending: str = "") -> str:
        """The right of the breadcrumb: the day asked about, who works, whether the book can be changed.

        `pending` says what stands on the screen and not yet in the book.
        """
        state = pending or tr_("● saved")
        if self.past is not None:
            state = tr_("as it was after change {seq}", seq=self.past)
        elif self.is_open and (self.office.book.read_only or self._may_only_look() is not None):
            state = tr_("only reading")
        elif self.is_open and (correction := self.office.book.correction) is not None:
            state = tr_("correcting by {number}", number=correction.number)
        return " · ".join(part for part in (tr_("As of {day}", day=self.on), self.who, state) if part)

    # -- what is typed meanwhile --------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """While the book is opened, Ctrl+Q is not kept waiting, and a click has nothing to be meant for."""
        if self._is_opening and isinstance(event, events.MouseEvent):
            return
        if self._is_opening and _is_quit(event):
            self.forget_waiting()
        await super().on_event(event)

    def holds(self, event: events.Event) -> bool:
        """What is typed while the book is opened is for the first screen, and waits for it."""
        return self._is_opening and not _is_quit(event)

    @property
    def _is_opening(self) -> bool:
        if self.choosing:
            return False
        return not self.is_open or not self.screen_stack or isinstance(self.screen, OpeningScreen)

    # -- opening ------------------------------------------------------------------------------------------------------

    def open_book(self, before: Callable[[], Sequence[Text]] | None = None) -> None:
        """Open the book in a thread; `before` is done first, and what it says is shown afterwards."""

        def work(_job: Job) -> tuple[Office, Sequence[Text]]:
            try:
                told = before() if before else ()
            except (AppError, OSError) as error:
                wrong = in_words(error)
                told = (t("{what}. {do}", what=wrong.what, do=wrong.do),)
            return self._exits.enter_context(self._opener()), told

        # It may mend or migrate the book: the program does not end in the middle of that.
        begin(Job(self, writes=True), work, done=lambda found: self._opened(*found), failed=self._give_up)
        # While the thread reads and hashes, which needs no turn of Python: it is started first.
        asyncio.get_running_loop().call_soon(section_named(self._section).prepare)

    def wear(self, theme: str) -> None:
        """Take the colours that a value of the setting `theme` means."""
        self.theme = BY_SETTING[theme]

    def reopen(self, before: Callable[[], Sequence[Text]]) -> None:
        """Close the book, do something to its folder, and open it again."""
        self.close()
        self.push_screen(OpeningScreen())
        self.open_book(before)

    def _give_up(self, error: Exception) -> None:
        if not isinstance(error, AppError | OSError):
            raise error
        self.error = in_words(error)
        self.exit(self.error.exit_code)

    def _opened(self, office: Office, told: Sequence[Text]) -> None:
        again = isinstance(self.screen, OpeningScreen) and len(self.screen_stack) > 1 and self._first > 0
        self._office, self._noticed = office, len(office.book.notices)
        self._sign_in(office)
        self._first = self._first or max(office.book.head()[0], 1)
        self._head = office.book.head()
        self.wear(office.settings.screen.theme)
        if again:
            self.pop_screen()
            self.office_changed()
        else:
            self.switch_mode(self._section)
            self.call_after_refresh(self.shown_first)
        if office.book.read_only:
            self.set_interval(FOLLOW_SECONDS, self._follow)
        else:
            self.when_painted(lambda: self._settle(office))
        if not again:
            self.set_timer(READY_SECONDS, self._get_ready)
        if told or office.book.read_only:
            self.forget_waiting()  # it was not typed for a question that nobody has seen yet
        if told:
            from tui.widgets.dialogs import Report  # noqa: PLC0415

            self.push_screen(Report(t("What was done"), told))
        elif office.book.read_only:
            self._show_wrong(office)
        elif office.book.notices:
            self.to_say.append(office.book.notices[0])
        for each in self.to_say:
            self.notify(tr(each), severity="warning", timeout=20, markup=False)
        self.to_say = []

    def _sign_in(self, office: Office) -> None:
        """Take who opened a sealed book for who works; in another with accounts, ask once the first screen stands."""
        if not office.book.access.stands:
            return
        from records.services.access.keyring import signed_in  # noqa: PLC0415  # few books have accounts

        if signed_in(office.book.path) or office.book.access.name:
            self.signed_in()
        elif not office.book.read_only:
            self.call_after_refresh(self._ask_who)

    def _ask_who(self) -> None:
        from tui.screens.book.accounts import SignInForm  # noqa: PLC0415  # few books have accounts

        def signed(name: str | None) -> None:
            if name:
                self.signed_in()
                self.office_changed()

        self.forget_waiting()  # it was not typed for a question that nobody has seen yet
        self.push_screen(SignInForm(), signed)

    def _settle(self, office: Office) -> None:
        """Read every file of the book behind the screen, once something stands on it."""
        if office in (self._office, self._present):
            begin(
                Job(self),
                lambda _job: office.book.settled(),
                done=lambda _: self._read_whole(office),
                failed=self._give_up,
            )

    def _get_ready(self, looks: int = 1) -> None:
        """Import the page of a person and the other sections behind the screen: no first key need wait for them.

        A usual office is judged before; among very many people, who opens a section would wait for both.
        """
        try:
            screen = self.screen
        except ScreenStackError:
            return  # the program is being left
        judging = self.is_open and isinstance(screen, OfficeScreen) and screen.works
        if judging and looks < _READY_LOOKS and self.office.book.counts().get("people", 0) < _MANY:
            self.set_timer(READY_SECONDS, partial(self._get_ready, looks + 1))
            return

        def work(job: Job) -> None:
            import_module("tui.screens.people.person")  # what is opened most comes first
            for section in SECTIONS:
                if job.is_stopped():
                    return
                section.prepare()

        begin(Job(self), work, done=lambda _: None, failed=_raised)

    def _read_whole(self, office: Office) -> None:
        """Every file of the book was read behind the screen: when one is not what it was, say so and only read on."""
        if office.book.read_only and office in (self._office, self._present):
            self.set_interval(FOLLOW_SECONDS, self._follow)
            self.office_changed()
            self.forget_waiting()  # it was not typed for a question that nobody has seen yet
            self._show_wrong(office)

    def _show_wrong(self, office: Office) -> None:
        from tui.screens.book.wrong import WrongScreen  # noqa: PLC0415  # few ever see it

        self.push_screen(WrongScreen(office))

    def tell_notices(self) -> None:
        """Tell what the open book has to say since it was opened, such as that the clock was set back."""
        office = self._present or self._office
        if office is None:
            return
        book, told = office.book, self._noticed
        self._noticed = len(book.notices)
        for each in book.notices[told:]:
            if each != book.damage:  # that has a screen of its own
                self.notify(tr(each), severity="warning", timeout=20, markup=False)

    def _follow(self) -> None:
        """Read what the other program wrote; the screen follows when what the last time cost has been waited for."""
        if not self.is_open:
            return
        self._news_waits = self.office.book.refresh() or self._news_waits
        spent, waited = process_time() - self._drawn[0], monotonic() - self._drawn[1]
        if self._news_waits and waited >= min(spent / _SHARE, _LATEST):
            self._news_waits = False
            self._drawn = process_time(), monotonic()
            self.office_changed()

    def close(self) -> None:
        """Close the book; called before it is opened again, and after the screen is gone."""
        if self._present is not None and self._office is not None:
            self._office.book.close()
            self._office = self._present
        if self._office is not None:
            self.changed = self.changed or (not self._office.book.read_only and self._office.book.head() != self._head)
        self._office = self._present = None
        self._exits.close()
        self._exits = ExitStack()

    def office_changed(self) -> None:
        """Let the screen in front catch up; the others do so when they are shown."""
        if isinstance(self.screen, OfficeScreen):
            self.screen.catch_up()

    def take_settings(self, office: Office) -> None:
        """Go on with the same book under settings read anew; the screen takes the language and colours they changed."""
        before = self._office.settings.screen if self._office is not None else office.settings.screen
        self._office = office
        if before != office.settings.screen:
            self.call_later(self.follow_screen, before)

    async def follow_screen(self, before: Screen) -> None:
        """Take the colours of the settings, if they are not as `before`."""
        if self.office.settings.screen.theme != before.theme:
            self.wear(self.office.settings.screen.theme)

    # -- the past -----------------------------------------------------------------------------------------------------

    def visit(self, seq: int) -> None:
        """Show the whole office as the book knew it after change `seq`; nothing can be changed there."""
        from records.services.office import Office  # noqa: PLC0415
        from records.store.book import Book  # noqa: PLC0415

        present = self._present or self.office
        if self._visit is not None:
            self._visit.stop()
        job = self._visit = Job(self)

        def done(book: Book) -> None:
            if job.stopped or (self._present or self._office) is not present:
                book.close()
            else:
                self._show(Office(book, present.settings), present)

        def failed(error: Exception) -> None:
            if not job.stopped:
                raise error

        path = present.book.path
        begin(job, lambda _job: Book.open(path, actor=books.actor(), upto=seq), done=done, failed=failed)

    def _show(self, office: Office, present: Office) -> None:
        if self._present is not None:
            self.office.book.close()
        self._office, self._present = office, present
        self.office_changed()

    def return_to_present(self) -> None:
        """Leave the past."""
        if self._visit is not None:
            self._visit.stop()
        if self._present is not None:
            self.office.book.close()
            self._office, self._present = self._present, None
            self.office_changed()

    def shown_first(self) -> None:
        """The first section stands on the screen."""

    def say_news(self, text: Text | str) -> None:
        """Say routine news on the status line of the screen in front, or of that under a dialog."""
        screen = next((each for each in reversed(self.screen_stack) if isinstance(each, OfficeScreen)), None)
        if screen is not None:
            screen.news(text)


def _raised(error: Exception) -> None:
    raise error


def _is_quit(event: events.Event) -> bool:
    return isinstance(event, events.Key) and event.key == "ctrl+q"
