"""One table of keys: no screen gives a key another meaning, and nothing is taken away but by the keys for that."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import tui
from tests.tui.offices import digit_of, see, small_app
from tui.app.palette import commands
from tui.screens.more import MoreActs
from tui.widgets.keys import KEYS, MOVES, key

TAKES_AWAY = {"remove", "revoke", "withdraw", "withdraw_row", "clear", "leave_out"}
"""Acts after which something is gone from what was entered."""


def ours() -> Iterator[type[DOMNode]]:
    """Every screen and widget of the program."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        importlib.import_module(module.name)
    waiting, known = [DOMNode], set()
    while waiting:
        for each in waiting.pop().__subclasses__():
            if each not in known:
                known.add(each)
                waiting.append(each)
    return (each for each in known if each.__module__.startswith("tui."))


def bound() -> list[tuple[str, str, str]]:
    """Class, key and act of every binding that is written in the program, however it was made."""
    found = []
    for each in ours():
        for binding in Binding.make_bindings(each.__dict__.get("BINDINGS", ())):
            act = binding.action.partition("(")[0]
            found.append((f"{each.__module__}.{each.__name__}", binding.key, act))
    return found


def meant(name: str, act: str) -> bool:
    """Whether the table gives the key this act."""
    if name in MOVES:
        return True
    if act == "section":
        return name not in KEYS
    return name in KEYS and act in KEYS[name].acts


def test_every_key_of_every_screen_does_what_the_table_says() -> None:
    found = bound()
    assert len({each for each, _, _ in found}) > 40
    assert [each for each in found if not meant(*each[1:])] == []


@pytest.mark.parametrize(
    ("name", "act"), [("f4", "revoke"), ("f3", "pay"), ("f8", "withdraw"), ("ctrl+d", "change_day")]
)
def test_the_walk_refuses_a_key_with_another_meaning(name: str, act: str) -> None:
    assert not meant(name, act)


def test_nothing_is_taken_away_by_a_key_that_does_anything_else() -> None:
    for name, use in KEYS.items():
        assert bool(use.acts & TAKES_AWAY) == use.destroys, name
        assert not use.destroys or use.acts <= TAKES_AWAY, name


def test_an_act_that_the_table_does_not_know_has_no_key() -> None:
    with pytest.raises(KeyError):
        key("explode", KEYS["f2"].meaning)


def test_every_act_in_the_lists_under_f6_and_f8_exists() -> None:
    screens = [each for each in ours() if issubclass(each, MoreActs)]
    assert any(each.more_acts for each in screens)
    for each in screens:
        for act in (*each.more_acts, *each.other_views):
            assert hasattr(each, f"action_{act.action}"), (each, act)
        names = {
            act for _, _, act in ((0, 0, b.action) for b in Binding.make_bindings(each.__dict__.get("BINDINGS", ())))
        }
        assert "more" in names or not each.__dict__.get("more_acts"), each
        assert "views" in names or not each.__dict__.get("other_views"), each


async def test_footer_help_and_commands_say_the_acts_without_a_key_too(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    app = small_app(tmp_path_factory.mktemp("keys"))
    async with app.run_test(size=(120, 40)) as pilot:
        await see(pilot, "4 in all")
        await pilot.press(f"alt+{digit_of('check')}")
        await see(pilot, "F8 More")
        assert {"What if", "Standards"} <= {each.title for each in commands(app)}
        await pilot.press("f1")
        help_text = await see(pilot, "Keys of this screen")
        assert "F8" in help_text
        await pilot.press("escape", "f8")
        await see(pilot, "What if", "Standards")
        await pilot.press(*"stand", "enter")
        await see(pilot, "› Standards")
