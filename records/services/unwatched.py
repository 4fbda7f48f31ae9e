"""Making much that stays, without Python's collector walking through it again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 500


@contextmanager
def paused(many: int) -> Iterator[bool]:
    """Let the collector be while a paper of so `many` rows is made, which is gone when it is written.

    A walk through all that lives, in the midst of it, would take as long as the paper itself. Gives whether it rests
    for that: not for few rows, nor where it rests already.
    """
    if many < _MANY or not gc.isenabled():
        yield False
        return
    gc.disable()
    try:
        yield True
    finally:
        gc.enable()


@contextmanager
def unwatched(people: int) -> Iterator[None]:
    """Let the collector be while verdicts on many are made, or many rows read, and never walk through them after.

    They hold nothing that holds them, and stay; a walk through those on 20,000 would stop every thread for half a
    second, and come again and again.
    """
    with paused(people) as resting:
        try:
            yield
        finally:
            if resting:
                gc.freeze()
