"""The one table of keys: what each key means in the whole program, and which acts it does where.

A screen names its acts and their words; the key comes from here: an act has one key everywhere, a key one meaning.
Footer, help and list of commands are made from the bindings, and so from this table.
"""

from __future__ import annotations

import dataclasses

import msgspec
from textual.binding import Binding, BindingsMap

from config.i18n import tr
from config.text import Text, t

_OURS = "sovang"


class KeyUse(msgspec.Struct, frozen=True):
    """What a key is for, and the acts it does, by the names of their methods.

    Attributes:
        destroys: whether its acts take something away; no other key's may.
    """

    meaning: Text
    acts: frozenset[str]
    destroys: bool = False


def _use(meaning: Text, acts: str, *, destroys: bool = False) -> KeyUse:
    return KeyUse(meaning, frozenset(acts.split()), destroys)


KEYS: dict[str, KeyUse] = {
    "f1": _use(t("help"), "help_here dismiss"),
    "f2": _use(t("edit, answer, decide on what the cursor is on"),
               "edit change correct correct_by decide settle place answer attempt_value"),
    "f3": _use(t("open or preview"), "open_row preview why choose_value values"),
    "f4": _use(t("filter"), "filter narrow horizon unit role cluster group ended undecided"),
    "f5": _use(t("refresh"), "refresh_all"),
    "f6": _use(t("next view"),
               "views next_view next_part next_verdict next_outcome next_group next_stage year by measure other_side "
               "history results plans layouts next_text recovery_key"),
    "f7": _use(t("the screen's main act"),
               "agree ahead close_year columns coming complete credentials fill frame print propose ranking "
               "recognise rename reorganise service sheet sign_in step take_in test verify view visit"),
    "f8": _use(t("more acts"), "more acts ruler"),
    "f9": _use(t("sort by the next column"), "sort"),
    "f10": _use(t("sections"), "sections"),
    "f12": _use(t("back to the present"), "present"),
    "insert": _use(t("new"), "new new_class add call register appoint open_review back_up choose"),
    "delete": _use(t("take out or revoke"), "remove revoke withdraw clear leave_out", destroys=True),
    "shift+delete": _use(t("take the whole row out"), "withdraw_row", destroys=True),
    "space": _use(t("mark, or turn to the next"), "mark turn"),
    "ctrl+s": _use(t("carry out, save, sign"), "save go_on take keep accept apply carry sign sign_decision"),
    "escape": _use(t("back"), "back go_back leave stop dismiss show_all stop_printing decline"),
    "enter": _use(t("do what has the focus"), "open fold choose_value enter leave dismiss"),
    "ctrl+a": _use(t("mark all"), "mark_all all_cells"),
    "ctrl+c": _use(t("copy"), "copy"),
    "ctrl+d": _use(t("fill down"), "fill_down"),
    "ctrl+e": _use(t("write a list or a paper"), "export papers training_paper write_refused"),
    "ctrl+f": _use(t("find"), "find"),
    "slash": _use(t("find"), "find"),
    "ctrl+g": _use(t("another day"), "change_day"),
    "ctrl+l": _use(t("lock the screen"), "lock_screen"),
    "ctrl+o": _use(t("open a file"), "import choose"),
    "ctrl+p": _use(t("commands"), "commands"),
    "ctrl+q": _use(t("quit"), "quit"),
    "ctrl+t": _use(t("hidden rows"), "unseen"),
    "ctrl+v": _use(t("paste"), "paste"),
    "ctrl+y": _use(t("redo"), "redo"),
    "ctrl+z": _use(t("undo"), "undo undo_marked"),
    "plus": _use(t("closer, or larger"), "zoom_in larger"),
    "minus": _use(t("farther, or smaller"), "zoom_out smaller"),
    "ctrl+left": _use(t("the month or year before"), "before"),
    "ctrl+right": _use(t("the month or year after"), "after"),
}  # fmt: skip
"""By the key as Textual names it. Keys that move the cursor, and Alt with a digit for the sections, stand beside it."""

MOVES = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", "backspace"),
        *("ctrl+home", "ctrl+end", "ctrl+up", "ctrl+down", "shift+up", "shift+down", "shift+left", "shift+right"),
    )
)
"""Keys that only move, turn or carry what the cursor is on."""

_MOVING = {"move(1)": "down", "move(-1)": "up", "page(1)": "pagedown", "page(-1)": "pageup",
           "app.focus_previous": "up", "app.focus_next": "down"}  # fmt: skip


class Act(msgspec.Struct, frozen=True):
    """An act without a key of its own: it stands in the list under F8 or F6, and among the commands."""

    action: str
    words: Text


def _keys_of() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, use in KEYS.items():
        for act in use.acts:
            found.setdefault(act, []).append(name)
    return {**{act: ",".join(names) for act, names in found.items()}, **_MOVING}


_KEY_OF = _keys_of()


def key(action: str, words: Text, *, show: bool = True, priority: bool = False) -> Binding:
    """The key that does `action` by the table; `words` are spoken when its screen or widget is made, and named in help.

    Raises KeyError when the table has no key for the act.
    """
    return _binding(_KEY_OF[action], action, words, show=show, priority=priority)


def section_key(digit: str, letter: str, section: str, words: Text) -> Binding:
    """Alt and a digit show a section; `letter` is what Textual makes of them."""
    return _binding(f"alt+{digit},{letter}", f"section('{section}')", words, show=False, priority=True)


def _binding(keys: str, action: str, words: Text, *, show: bool, priority: bool) -> Binding:
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


_SHOWN = {
    "ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "insert": "Ins", "delete": "Del", "escape": "Esc",
    "slash": "/", "pageup": "PgUp", "pagedown": "PgDn", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "space": "Space", "plus": "+", "minus": "-",
}  # fmt: skip


def key_shown(name: str) -> str:
    """A key as it is printed on the keyboard."""
    return "+".join(_SHOWN.get(part, part.capitalize()) for part in name.split("+"))
