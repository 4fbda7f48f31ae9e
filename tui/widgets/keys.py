"""Keys with words: what a key does is told in the language in use, in the footer, the help and the palette."""

from __future__ import annotations

import dataclasses

from textual.binding import Binding, BindingsMap

from config.i18n import tr
from config.text import Text

_OURS = "sovang"


def key(keys: str, action: str, words: Text, *, show: bool = True, priority: bool = False) -> Binding:
    """A key that does `action`; `words` are spoken when its screen or widget is made, and named in help and palette."""
    return Binding(keys, action, words.pattern, show=show, priority=priority, id=_OURS)


def speak_keys(bindings: BindingsMap) -> None:
    """Put the words of bindings made by `key` into the language in use; once for each screen, widget or app."""
    bindings.key_to_bindings = {
        name: [dataclasses.replace(each, description=_spoken(each)) for each in group]
        for name, group in bindings.key_to_bindings.items()
    }


def _spoken(binding: Binding) -> str:
    return tr(Text(binding.description)) if is_ours(binding) else binding.description


def is_ours(binding: Binding) -> bool:
    """Whether a binding was made by `key`, and so has words to show."""
    return binding.id == _OURS
