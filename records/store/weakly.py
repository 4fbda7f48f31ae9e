"""Methods that do not hold their owner: a book that is let go leaves the memory at once, with all its rows.

What a book holds and hands functions to must not hold the book. Such a ring stays until Python looks for rings, which
it does by the number of objects: a book is few objects and much memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

P = ParamSpec("P")
T = TypeVar("T")


def weakly(method: Callable[P, T]) -> Callable[P, T]:
    """A bound method, as long as its owner is there; afterwards a call raises ReferenceError."""
    held = WeakMethod(method)

    def called(*given: P.args, **more: P.kwargs) -> T:
        found = held()
        if found is None:
            raise ReferenceError(method_name)
        return found(*given, **more)

    method_name = getattr(method, "__qualname__", "")
    return called
