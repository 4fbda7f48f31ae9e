"""The one boundary of errors: what is expected becomes a sentence on any screen, whatever else ends the app in order.

Textual ends the app for whatever a handler, a worker, a timer or `compose` raises, and the pump in which it was raised
at once. Here an expected error ends nothing: the pump goes on, the person reads what is wrong and what to do, and a
screen that could not be laid out is left again. A mistake of the program ends the app without a word on the screen, for
a traceback shows values and values are people; `main` says it in one sentence when the screen is gone.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Any
from weakref import WeakSet

from rich.console import RenderableType
from textual import events
from textual._context import active_message_pump
from textual.app import ScreenStackError
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import AwaitMount, Widget
from textual.worker import WorkerFailed

from config.errors import AppError
from config.i18n import tr
from tui.present.errors import in_words, sentence
from tui.widgets.gate import OrderedApp

_SECONDS = 12.0
_REMEMBERED = 20
_composing: ContextVar[tuple[asyncio.Task[Any] | None, Widget | None]] = ContextVar("composing", default=(None, None))
"""What is being laid out or mounted; after a failure there Textual's own part of it is not done either."""


class BoundedApp(OrderedApp):
    """An app that says expected errors and goes on."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._unshown: WeakSet[Screen[Any]] = WeakSet()
        """Screens that could not be laid out: whatever else fails on them is of the same cause."""
        self._modes_before: list[str] = []

    @property
    def failure(self) -> BaseException | None:
        """The error that ended the app."""
        return self._exception

    def complain(self, error: AppError) -> None:
        """Show an expected failure as a toast: what, where, what to do; one that stands there already only once."""
        words = sentence(tr(error.what), tr(error.where), tr(error.do))
        if all(each.message != words for each in self._notifications):
            self.notify(words, severity="error", timeout=_SECONDS, markup=False)

    # -- where Textual hands errors over ------------------------------------------------------------------------------

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Take in a widget or a screen, whose handlers may fail."""
        super()._register_child(parent, child, before, after)
        self._guard(child)

    def _guard(self, widget: Widget) -> None:
        dispatch = widget._dispatch_message  # noqa: SLF001  # Textual has no public place around all its handlers

        async def guarded(message: Message) -> None:
            laid_out = widget if isinstance(message, events.Compose | events.Mount) else None
            token = _composing.set((asyncio.current_task(), laid_out))
            try:
                await dispatch(message)
            except Exception as error:
                if not self._expects(error, widget):
                    raise
                self._handle_exception(error)
            finally:
                _composing.reset(token)

        widget._dispatch_message = guarded  # type: ignore[method-assign]  # noqa: SLF001

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if not self._expects(error, self):
                raise
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Say an expected error and go on; end with any other."""
        cause = _cause(error)
        if isinstance(cause, AppError | OSError):
            self.complain(in_words(cause))
            task, widget = _composing.get()
            # A timer begun while a screen is mounted inherits its context; its task is another.
            if widget is not None and task is asyncio.current_task():
                self._cannot_show(_screen_of(widget))
        elif not self._expects(error, self):
            super()._handle_exception(cause)

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002  # as Textual calls it
        """End; nothing is drawn, for Textual would draw a traceback."""
        if self._exception is None:
            self._exception = RuntimeError("panic")
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """End without a traceback."""
        self.bell()
        self._close_messages_no_wait()

    def _expects(self, error: Exception, pump: MessagePump) -> bool:
        if isinstance(_cause(error), AppError | OSError) or _looked_for_what_goes(error):
            return True
        screen = _screen_of(pump) if isinstance(pump, Widget) else self.screen if self.screen_stack else None
        return screen in self._unshown

    def switch_mode(self, mode: str) -> AwaitMount:
        """Show another section, and know from where."""
        if self.current_mode in self.MODES:
            self._modes_before = [*self._modes_before[-_REMEMBERED:], self.current_mode]
        return super().switch_mode(mode)

    # -- a screen that cannot be shown --------------------------------------------------------------------------------

    def _cannot_show(self, screen: Screen[Any] | None) -> None:
        if screen is not None and screen not in self._unshown:
            self._unshown.add(screen)
            self.call_later(self._leave, screen)

    async def _leave(self, screen: Screen[Any]) -> None:
        """Go back to where the person was before `screen`; the first screen of a section is made anew next time."""
        stack = self.screen_stack
        if screen not in stack:
            return
        if stack[0] is not screen:
            while screen in self.screen_stack:
                await self.pop_screen()
            return
        before = next((each for each in reversed(self._modes_before) if each != self.current_mode), None)
        if before is not None:
            mode = self.current_mode
            # All at once: between two of these a key might lead to the section again.
            shown, removed = self.switch_mode(before), self.remove_mode(mode)
            self.add_mode(mode, self.MODES[mode])
            await shown
            await removed


def _cause(error: Exception) -> Exception:
    """What a worker failed of."""
    while isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
        error = error.error
    return error


def _looked_for_what_goes(error: Exception) -> bool:
    """Whether a screen or widget that is being taken away did something asked for before, and its parts are gone."""
    pump = active_message_pump.get(None)
    gone = isinstance(error, NoMatches | NoScreen | ScreenStackError)
    return gone and isinstance(pump, DOMNode) and pump._pruning  # noqa: SLF001  # Textual's only word for it


def _screen_of(widget: Widget) -> Screen[Any] | None:
    try:
        return widget.screen
    except NoScreen:
        return None
