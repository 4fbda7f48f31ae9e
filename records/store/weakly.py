"""Methods that do not hold their owner: a book that is let go leaves the memory at once, with all its rows.

What a book holds and hands functions to must not hold the book. Such a ring stays until Python looks for rings, which
it does by the number of objects: a book is few objects and much memory.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import ParamSpec, TypeVar, cast
from weakref import ref

P = ParamSpec("P")
T = TypeVar("T")


def weakly(method: Callable[P, T]) -> Callable[P, T]:
    """A bound method, as long as its owner is there; afterwards a call raises ReferenceError."""
    bound = cast("MethodType", method)
    held, function = ref(bound.__self__), bound.__func__

    def called(*given: P.args, **more: P.kwargs) -> T:
        owner = held()
        if owner is None:
            raise ReferenceError(function.__qualname__)
        return cast("T", function(owner, *given, **more))

    return called
