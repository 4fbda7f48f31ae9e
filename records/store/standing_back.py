"""Who reads whole tables behind a screen stands back between two pieces, where the screen has something to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_stand_back: ContextVar[Callable[[], object] | None] = ContextVar("stand_back", default=None)


@contextmanager
def between_pieces(act: Callable[[], object]) -> Iterator[None]:
    """What this thread reads piece by piece lets `act` have its turn between two of them."""
    before = _stand_back.set(act)
    try:
        yield
    finally:
        _stand_back.reset(before)


def stand_back() -> None:
    """Let what was asked for have its turn; without that this does nothing."""
    act = _stand_back.get()
    if act is not None:
        act()
