"""New rules beside the present ones on the screen: seen, filtered, opened, written, taken over, and taken back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from config.errors import RefusedError
from config.settings.loading import SHIPPED
from config.text import t
from records.services.lists import exports_made
from tests.tui.offices import cells_of, more, see, seen, small_app, until
from tui.screens.standards import comparing as module


def changed(folder: Path, name: str, was: str, becomes: str) -> Path:
    text = (SHIPPED / name).read_text("utf-8")
    assert was in text
    path = folder / "new rules.yaml"
    path.write_text(text.replace(was, becomes), "utf-8")
    return path


async def open_file(pilot: Pilot[int], path: Path) -> None:
    await see(pilot, "Nguyễn Thị Ánh")
    await pilot.press("alt+3")
    await see(pilot, "› Check against the standard")
    await more(pilot, "Standards")
    await see(pilot, "Standard of a collaborator")
    await more(pilot, "Compare")
    await see(pilot, "Ins: choose a file of new rules")
    await pilot.press("ctrl+o")
    await see(pilot, "A file of rules")
    pilot.app.screen.query_one("VnInput").value = str(path)  # type: ignore[attr-defined]
    await pilot.press("enter")


async def test_a_new_standard_is_seen_taken_over_and_taken_back(tmp_path: Path) -> None:
    path = changed(tmp_path, "standards/reporter.yaml", "2015-01-01: {value: bachelor", "2015-01-01: {value: null")
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(140, 40)) as pilot:
            await open_file(pilot, path)
            text = await see(pilot, "1 changes", "Lowest level", "bachelor", "Gain:")
            assert "Nothing is changed until it is accepted" in text
            lines = len(list(app.office.book.history()))
            await pilot.press("ctrl+s")
            await see(pilot, "Take standards/reporter.yaml over")
            await pilot.press("escape")
            await until(pilot, lambda: "Take standards" not in seen(app), "the question to close")
            assert len(list(app.office.book.history())) == lines
            await pilot.press("ctrl+s")
            await see(pilot, "Take standards/reporter.yaml over")
            await pilot.press("left", "enter")
            await see(pilot, "written to the settings of this book")
            await see(pilot, "No value differs")
            assert len(list(app.office.book.history())) == lines + 1
            assert app.office.book.settings.read("standards/reporter.yaml") == path.read_bytes()
            await pilot.press("ctrl+z")
            await see(pilot, "1 changes")
            assert app.office.book.settings.read("standards/reporter.yaml") is None


async def test_parts_are_shown_one_by_one_and_open_to_all_they_say(tmp_path: Path) -> None:
    old = 'source: office-practice, note: "Hướng dẫn'
    path = changed(tmp_path, "standards/reporter.yaml", old, old.replace("office-practice", "qd-973-2021"))
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_file(pilot, path)
            await see(pilot, "1 changes · Gain: 0 · Fall: 0 · Unknown: 0")
            await pilot.press("enter")
            text = await see(pilot, "Thông lệ của cơ quan", "973-QĐ/BTGTW")
            assert "criteria.political-theory.at_least.values.2015-01-01.source" in " ".join(text.split())
            await pilot.press("escape", "f6", "f6")
            await see(pilot, "Shown: Gain")
            await until(pilot, lambda: "Lowest level" not in seen(app), "only those who gain")


async def test_the_comparison_is_written_as_a_paper_with_its_line_in_the_book(tmp_path: Path) -> None:
    path = changed(tmp_path, "awards/prizes.yaml", "0.3, source: nd-152", "0.4, source: nd-152")
    out = tmp_path / "so sánh.xlsx"
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_file(pilot, path)
            await see(pilot, "changes · Gain")
            await pilot.press("ctrl+e")
            await see(pilot, "Write the paper")
            app.screen.query_one("VnInput").value = str(out)  # type: ignore[attr-defined]
            await pilot.press("enter")
            await see(pilot, "Written:")
            assert exports_made(app.office)[0].export.file == str(out)
    assert any("0.4" in each for each in cells_of(out))


async def test_a_file_that_is_none_is_told_and_the_screen_waits_for_another(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("roles: {}\n", "utf-8")
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_file(pilot, path)
            words = "This is no file of a standard"
            # A toast lies over the screen that `see` reads.
            await until(pilot, lambda: any(words in each.message for each in app._notifications), "the complaint")
            await pilot.press("ctrl+s")
            await see(pilot, "Choose a file first")


async def test_escape_stops_a_long_comparison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopped = Event(), Event()

    def slow(*_given: Any, stop: Any, **_named: Any) -> Any:
        begun.set()
        while not stop():
            stopped.wait(0.01)
        stopped.set()
        raise RefusedError(t("stopped"))

    path = changed(tmp_path, "awards/prizes.yaml", "0.3, source: nd-152", "0.4, source: nd-152")
    monkeypatch.setattr(module, "compare", slow)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_file(pilot, path)
            await until(pilot, begun.is_set, "the work to begin")
            await pilot.press("escape")
            await see(pilot, "Stopped; Ins chooses the file again", "Ins: choose a file of new rules")
            await until(pilot, stopped.is_set, "the work to end")


async def test_the_screen_is_reached_from_titles_and_from_cycles(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("alt+6")
            await see(pilot, "› Emulation")
            await pilot.press("f8")
            await see(pilot, "Compare new rules", "Ins: choose a file of new rules")
            await pilot.press("escape")
            await see(pilot, "› Emulation")
            await pilot.press("alt+7")
            await see(pilot, "› Awards")
            await more(pilot, "Who may be", key="f6")
            await see(pilot, "Who may be commended")
            await pilot.press("f8")
            await see(pilot, "Ins: choose a file of new rules")
