"""Long work behind a screen: the one place where a thread is started, and the handle by which it is held."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from threading import Event, Thread, get_ident
from time import monotonic
from typing import Any, TypeVar, cast

from textual.app import App

from config.text import Text
from records.store.standing_back import between_pieces
from tui.widgets.gate import OrderedApp

T = TypeVar("T")
_TURN = 0.001
"""Seconds after which a busy thread lets another one run. Python runs one at a time, and lets it go on for five times
as long: a key that needs several turns would wait for each of them."""
_FREELY, _PART = 0.1, 0.008
"""Seconds that work goes on beside the screen at first, as long as most of it takes; and later, before it looks whether
the screen has something to do, which then goes first."""
_LONGEST, _AGAIN = 0.1, 0.004
"""Most seconds that it stands back at a time, so that it ends under any typing; and those between two looks."""
_ALONE = 0.5
"""Seconds that it goes on where the screen's thread did not even look: that may be waiting for what this work holds."""


class Job:
    """One piece of long work.

    Attributes:
        stopped: whether its end is no longer wanted; the work looks at it with `is_stopped` and ends early.
        writes: whether it leaves something behind, such as a file: how it ended is told even where nobody waits, and
            the program does not end before it. Nothing ever waits for work that only reads.
        on_stop: what is said when a person stops it; None when it cannot be stopped by hand.
        unlocks: whether it is the work of a locked screen itself: how other work ended is told when it is unlocked.
    """

    def __init__(
        self,
        app: App[Any],
        told: Callable[[int, int], object] | None = None,
        *,
        writes: bool = False,
        on_stop: Text | None = None,
        unlocks: bool = False,
    ) -> None:
        self.app, self.writes, self.on_stop, self.unlocks = app, writes, on_stop, unlocks
        self.stopped = False
        self._told = told
        self._home, self._gives_way = get_ident(), monotonic() + _FREELY

    def stop(self) -> None:
        """Ask the work to end; it does so by itself."""
        self.stopped = True

    def is_stopped(self) -> bool:
        """Whether the work is to end. Work asks after each small part, and here lets the screen go first."""
        if monotonic() >= self._gives_way and get_ident() != self._home:
            self._give_way()
        return self.stopped

    def _give_way(self) -> None:
        """Wait until the screen has done all it was given: side by side, a key would take twice as long."""
        app, until, quiet = self.app, monotonic() + _LONGEST, Event()
        looked = False

        def look() -> None:
            nonlocal looked
            looked = True
            busy = isinstance(app, OrderedApp) and not app.is_quiet()
            if busy and not self.stopped and monotonic() < until:
                asyncio.get_running_loop().call_later(_AGAIN, look)
            else:
                quiet.set()

        loop = app._loop  # noqa: SLF001  # as `App.call_from_thread`, which would wait without end
        with suppress(RuntimeError):  # it is closed: there is no screen any more
            if loop is not None:
                loop.call_soon_threadsafe(look)
                quiet.wait(_LONGEST)
        self._gives_way = monotonic() + (_PART if looked else _ALONE)

    def progress(self, done: int, total: int) -> None:
        """Say from the work's thread how far it is."""
        if self._told is not None and not self.stopped:
            self.tell(self._told, done, total)

    def tell(self, act: Callable[..., T], *given: object) -> T:
        """Do something on the screen's thread, wait for it, and give what it gave; raises what it raised."""
        return self.app.call_from_thread(act, *given)


def begin(
    job: Job, work: Callable[[Job], T], *, done: Callable[[T], object], failed: Callable[[Exception], object]
) -> None:
    """Do `work` in a thread of its own; `done` or `failed` is called on the screen's thread when it has ended."""
    sys.setswitchinterval(_TURN)

    def run() -> Callable[[], object]:
        try:
            with nullcontext() if job.writes else between_pieces(job.is_stopped):
                found = work(job)
        except Exception as error:  # noqa: BLE001  # the screen's thread tells it, or ends with it
            wrong = error
            return lambda: failed(wrong)
        return lambda: done(found)

    async def read() -> None:
        tell = await _left_alone(run)
        if job.app.is_running:  # else the program ends, its widgets are going, and nobody waits for what was only read
            _hand_over(job, tell)

    # A worker of the app, not of the screen: Textual forgets the failures of workers whose screen was left.
    if job.writes:
        job.app.run_worker(lambda: job.tell(_hand_over, job, run()), group="behind", thread=True)
    else:
        # The function, not its coroutine: one that the end of the program overtakes is never begun, nor missed.
        job.app.run_worker(cast("Any", read), group="behind")  # mypy reads its union of types as nothing at all


def _hand_over(job: Job, tell: Callable[[], object]) -> None:
    """Tell how the work ended, on the screen's thread; of a locked screen, when it is unlocked."""
    later: Callable[[Callable[[], object]], object] | None = getattr(job.app, "when_unlocked", None)
    if later is None or job.unlocks:
        tell()
    else:
        later(tell)


async def _left_alone(run: Callable[[], T]) -> T:
    """Wait for `run`, in a thread that the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[T] = loop.create_future()

    def tell(found: T) -> None:
        if not ended.done():  # not cancelled, as at the end of the program
            ended.set_result(found)

    def in_thread() -> None:
        found = run()
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(tell, found)

    Thread(target=in_thread, daemon=True, name="behind").start()
    return await ended
