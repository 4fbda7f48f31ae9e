"""The first second: each thing is read, styled and drawn once, and what the first screen does not need is not loaded.

No time is taken here: what costs it is counted.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual import screen as textual_screen
from textual.app import App
from textual.css import parse as css_parse
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from config.own_files import keep_own
from tests.tui.offices import DAY, see, small_app, small_office, until
from tui.app import styles
from tui.app.help import OpeningScreen
from tui.app.styles import LastingStylesheet
from tui.screens.base import OfficeScreen
from tui.widgets import behind
from tui.widgets.frame import Breadcrumb
from tui.widgets.inputs import VnInput
from tui.widgets.table import VirtualTable

ROOT = Path(__file__).parents[3]
SECTIONS = pytest.mark.parametrize("section", ["people", "today", "check", "history"])
_LIST = """
import argparse, sys
from datetime import date
from config import i18n
i18n.use("en")
from tui.cli import parser
from tui.app.app import run
from tui.app.opening import open_office
from tui.screens.people.roster import RosterScreen
from records.services.people.listing import listed
with open_office(parser.parse(["--book", sys.argv[1]])) as office:
    assert [each.name for each in listed(office, date.fromisoformat(sys.argv[2]))]
    loaded = set(sys.modules)
print(*sorted(loaded))
"""
NOT_NEEDED = frozenset(
    ("tinydb", "records.store.documents", "sqlite3", "yaml", "PIL", "reportlab", "openpyxl", "tui.widgets.dialogs")
)


def test_the_first_list_loads_nothing_that_only_a_key_asks_for(tmp_path: Path) -> None:
    with small_office(tmp_path):
        pass
    words = [sys.executable, "-c", _LIST, str(tmp_path / "small.sovang"), DAY.isoformat()]
    for _ in range(2):  # the settings are read from YAML once, and kept
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "records.store.book" in loaded
    assert not [each for each in loaded if each in NOT_NEEDED or each.split(".")[0] in NOT_NEEDED]
    ours = [each for each in loaded if each.split(".")[0] in ("config", "records", "exports", "tui")]
    assert len(ours) < 175, "each takes a moment: is the newest needed before the list stands?"


@SECTIONS
async def test_a_section_shown_first_is_not_drawn_before_it_may_be_painted(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = Screen._compositor_refresh

    def noted(screen: Screen[Any]) -> None:
        if isinstance(screen, OfficeScreen):
            drawn.append(screen.app._batch_count)
        draw(screen)

    monkeypatch.setattr(Screen, "_compositor_refresh", noted)
    app = small_app(tmp_path, section=section)
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot)
        assert drawn
        assert set(drawn) == {0}


@SECTIONS
async def test_a_new_screen_does_not_wait_for_the_first_turn_of_its_timer(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textual_screen, "UPDATE_PERIOD", 3600.0)
    painted: list[Screen[Any]] = []
    display = App._display

    def noted(app: App[Any], screen: Screen[Any], drawn: Any) -> None:
        painted.extend([screen] if not app._batch_count else [])
        display(app, screen, drawn)

    monkeypatch.setattr(App, "_display", noted)
    app = small_app(tmp_path, section=section)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: painted and isinstance(painted[-1], OfficeScreen))
        assert isinstance(painted[0], OpeningScreen)


@pytest.mark.parametrize("section", ["people", "today", "check"])
async def test_the_list_has_the_focus_from_the_first_and_each_widget_its_styles_once(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    focused: list[Widget | None] = []
    anew: list[DOMNode] = []
    focus, update = Screen.set_focus, Stylesheet.update_nodes

    def noted(screen: Screen[Any], widget: Widget | None, *given: Any, **more: Any) -> None:
        focused.append(widget)
        focus(screen, widget, *given, **more)

    def styled(sheet: Stylesheet, nodes: Iterable[DOMNode], *given: Any, **more: Any) -> None:
        nodes = list(nodes)
        anew.extend(nodes)
        update(sheet, nodes, *given, **more)

    monkeypatch.setattr(Screen, "set_focus", noted)
    monkeypatch.setattr(Stylesheet, "update_nodes", styled)
    app = small_app(tmp_path, section=section)
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot)
        table = app.screen.query_one(VirtualTable)
        assert set(focused) == {table}
        assert app.screen.focused is table
        assert table.has_focus
        assert not [each for each in anew if isinstance(each, VirtualTable | Breadcrumb)]
        monkeypatch.undo()
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.screen.focused, VnInput) and not table.has_focus)


async def test_nothing_lies_under_the_shell(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test() as pilot:
        await until_shown(pilot)
        assert [type(each) for each in app._screen_stacks["_default"]] == [OpeningScreen]


@pytest.mark.parametrize("section", ["today", "check"])
async def test_what_is_only_read_begins_when_the_screen_was_painted(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    display, begin = App._display, behind.begin

    def noted(app: App[Any], screen: Screen[Any], drawn: Any) -> None:
        if isinstance(screen, OfficeScreen) and not app._batch_count:
            told.append("painted")
        display(app, screen, drawn)

    def begun(*given: Any, **more: Any) -> None:
        told.append("begun")
        begin(*given, **more)

    monkeypatch.setattr(App, "_display", noted)
    monkeypatch.setattr("tui.screens.base.begin", begun)
    app = small_app(tmp_path, section=section)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "begun" in told)
        assert told[0] == "painted"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every style sheet that Textual reads from now on."""
    found: list[str] = []
    parse = css_parse.parse

    def counted(scope: str, content: str, *given: Any, **more: Any) -> Any:
        found.append(content)
        return parse(scope, content, *given, **more)

    monkeypatch.setattr("textual.css.stylesheet.parse", counted)
    return found


def test_rules_are_read_once_and_win_as_textual_has_it(read: list[str]) -> None:
    css = "Static { color: red; &:hover { color: blue; & Input { color: red; } } } #a { color: green; }"
    own, plain = LastingStylesheet(variables={}), Stylesheet(variables={})
    expected = [_told(plain, css, tie) for tie in (0, -2, -3, 1)]
    read.clear()
    assert [_told(own, css, tie) for tie in (0, -2, -3, 1)] == expected
    assert own._parse_rules(css, ("x", ""), True, -3) is own._parse_rules(css, ("x", ""), True, -3)
    assert len(read) == 2, "for nought, and once for all others"
    own.set_variables({"primary": "#123456"})
    _told(own, css, -1)
    assert len(read) == 3


@pytest.mark.parametrize("spoilt", ["", "cut", "changed", "open to others", "of another form", "with more in it"])
def test_what_was_read_is_kept_for_the_next_start(tmp_path: Path, read: list[str], spoilt: str) -> None:
    css = "Static { color: red; &:hover { color: $primary; } } #a { color: green; }"
    colours = {"primary": "#012345"}
    with patch.dict(styles._READ, clear=True):
        first = LastingStylesheet(variables=colours, folder=tmp_path / "cache")
        right = [_told(first, css, tie) for tie in (0, -2, -3)]
        first.keep()
        (path,) = (tmp_path / "cache").iterdir()
        assert path.stat().st_mode & 0o077 == 0
    content = path.read_bytes()
    if spoilt == "cut":
        path.write_bytes(content[:-1])
    elif spoilt == "changed":
        path.write_bytes(content[:-1] + b"x")
    elif spoilt == "open to others":
        path.chmod(0o666)
    elif spoilt == "of another form":
        keep_own(path, b"no pickle", at_most=1)
    elif spoilt == "with more in it":
        keep_own(path, pickle.dumps({"a": os.system}), at_most=1)
    read.clear()
    with patch.dict(styles._READ, clear=True):
        again = LastingStylesheet(variables=colours, folder=tmp_path / "cache")
        assert [_told(again, css, tie) for tie in (0, -2, -3)] == right
        assert bool(read) == bool(spoilt), "what is kept is read once, and what is spoilt anew"
        again.keep()
        other = LastingStylesheet(variables={"primary": "#543210"}, folder=tmp_path / "cache")
        assert _told(other, css, -2) != right[1], "with other colours it is none of it"


@pytest.mark.parametrize(
    ("module", "name"),
    [("os", "system"), ("textual.css.stylesheet", "os.system"), ("textual.css.stylesheet", "PurePath"),
     ("textual.css.model", "dataclass"), ("builtins", "eval")],
)  # fmt: skip
def test_whoever_reads_kept_styles_makes_nothing_else(module: str, name: str) -> None:
    told = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(each)]) + each.encode() for each in (module, name)) + b"\x93."
    assert pickle.loads(told)  # what Python itself would make of it is there
    with pytest.raises(pickle.UnpicklingError):
        styles._Reader(BytesIO(told)).load()


def test_styles_that_cannot_be_kept_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with patch.dict(styles._READ, clear=True):
        sheet = LastingStylesheet(variables={}, folder=tmp_path / "file")
        _told(sheet, "Static { color: red; }", -2)
        sheet.keep()
        other = LastingStylesheet(variables={"primary": "#012345"}, folder=tmp_path / "cache")
        other._known["one that a new Textual may have",] = {-2: [lambda: None]}  # type: ignore[list-item]
        other.keep()
    assert (tmp_path / "file").read_bytes() == b""
    assert not list(tmp_path.glob("cache/*"))


def _told(sheet: Stylesheet, css: str, tie_breaker: int) -> list[tuple[str, int, bool]]:
    rules = sheet._parse_rules(css, ("x", ""), True, tie_breaker)
    return [(each.css, each.tie_breaker, each.is_default_rules) for each in rules]


async def until_shown(pilot: Pilot[int]) -> None:
    """Wait until the first section stands there, painted and with nothing read behind it."""
    app = pilot.app
    await see(pilot, "Sổ Vàng ›")
    await until(
        pilot,
        lambda: (
            not app._batch_count
            and not app.screen._callbacks
            and isinstance(app.screen, OfficeScreen)
            and not app.screen.works
        ),
    )
