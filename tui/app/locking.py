"""Locking the screen: after a while without a key, or at once, until who was at work types their passphrase again.

Everything stays as it is under the lock: what was typed in a form, long work, the open book. What long work has to say
when it ends, questions and news wait until somebody is back who may see them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen
from textual.widget import AwaitMount

from config.errors import AppError
from config.i18n import tr
from config.text import Text, t
from tui.app.lifecycle import HoldingApp
from tui.present import books

if TYPE_CHECKING:
    from records.services.access.presence import Presence
    from records.services.office import Office

_LOOK_SECONDS = 1.0


def seconds() -> float:
    """Seconds that never go back, and go on while the computer sleeps, where the system tells them."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class LockingApp(HoldingApp):
    """An app that locks itself where the book opens by a passphrase, or somebody signed in.

    Attributes:
        clock: gives the seconds by which it counts.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.clock: Callable[[], float] = seconds
        self._touched = self.clock()
        self._locked: Screen[Any] | None = None
        self._later: list[Callable[[], object]] = []
        self._known: tuple[Office, Presence] | None = None
        """Who was last found at work: a stick that is drawn out while somebody is away takes no lock with it."""

    def on_ready(self) -> None:
        """Look now and then whether anybody is there, and whether the book has something to say."""
        self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        if self.is_open and (self._known is None or self._known[0] is not self.office):
            self._here()
        self._judge_idle()
        self.tell_notices()

    @property
    def locked(self) -> bool:
        """Whether the screen is locked."""
        return self._locked is not None

    @property
    def lockable(self) -> bool:
        """Whether there is a passphrase that would unlock it."""
        if not self.is_open:
            return False
        known = self._known is not None and self._known[0] is self.office
        return known or self.office.book.sealed or bool(self.office.book.access.name)

    def _here(self) -> Presence | None:
        """Who is at work, as far as they can prove it; who was, where the book cannot be read at the moment."""
        from records.services.access.presence import presence  # noqa: PLC0415  # few books open by a passphrase

        if not self.lockable:
            return None
        found = None
        with suppress(AppError, OSError):
            found = presence(self.office, books.state_folder())
        if found is not None:
            self._known = self.office, found
        elif self._known is not None and self._known[0] is self.office:
            found = self._known[1]
        return found

    async def on_event(self, event: events.Event) -> None:
        """A key tells that somebody is there; one that comes too late is not done, but locks."""
        if isinstance(event, events.Key | events.Paste | events.MouseEvent):
            if self._judge_idle():
                return
            self._touched = self.clock()
        await super().on_event(event)

    def _judge_idle(self) -> bool:
        """Lock, if nobody was there for as long as the settings say; gives whether it just did."""
        minutes = self.office.settings.screen.lock_minutes if self.is_open else 0
        idle = self.clock() - self._touched
        return bool(minutes) and not self.locked and idle >= 60 * minutes and self.lockable and self.lock()

    def action_lock_screen(self) -> None:
        """Lock at once."""
        self.lock()

    def lock(self) -> bool:
        """Lock, where there is a passphrase; gives whether the screen is locked."""
        from tui.screens.book.unlock import LockScreen  # noqa: PLC0415  # few books open by a passphrase

        here = None if self.locked else self._here()
        if here is not None:
            self.forget_waiting()
            screen = LockScreen(here, self._returned)
            super().push_screen(screen)
            self._locked = screen
        return self.locked

    def _returned(self, name: str, wrong: int) -> None:
        """Go on where everything was: `name` proved to be back."""
        from records.services.access.presence import taken_away  # noqa: PLC0415

        assert self._locked is not None  # its screen says so
        screen, self._locked, self._touched = self._locked, None, self.clock()
        screen.dismiss()
        waiting, self._later = self._later, []
        for act in waiting:
            self.call_later(act)
        told: list[Text] = []
        if wrong:
            told.append(t("Since you left, a wrong passphrase was typed {n} times", n=wrong))
        if (gone := taken_away(self.office, name)) is not None:
            told.append(gone)
        for each in told:
            self.notify(tr(each), severity="warning", timeout=20, markup=False)
        self.signed_in()
        self.call_later(self.office_changed)

    # -- what waits ---------------------------------------------------------------------------------------------------

    def when_unlocked(self, act: Callable[[], object]) -> None:
        """Do `act` now, or as soon as the screen is unlocked."""
        if self.locked:
            self._later.append(act)
        else:
            act()

    def push_screen(self, screen: Any, *given: Any, **more: Any) -> Any:
        """Show a screen; where the screen is locked, later."""
        if self._locked is None:
            return super().push_screen(screen, *given, **more)
        self._later.append(partial(self.push_screen, screen, *given, **more))
        return AwaitMount(self._locked, [])

    def notify(self, message: str, **more: Any) -> None:
        """Show a notice; on a locked screen later."""
        self.when_unlocked(partial(super().notify, message, **more))

    def push_over_lock(self, screen: Screen[Any], callback: Callable[[Any], None]) -> None:
        """Show a screen that shows nothing of anybody, locked or not."""
        super().push_screen(screen, callback)
