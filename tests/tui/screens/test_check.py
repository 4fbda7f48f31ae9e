"""The check: verdicts counted, filtered, opened to their reasons, stopped, written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from config.settings.loading import SHIPPED, load_settings
from records.domain.rule_changes import HandAnswer
from records.services.office import Office
from records.services.people.roster import Scope
from records.services.standards.checks import check as judge_all
from records.store.book import Book
from tests.tui.offices import DAY, cells_of, choose, digit_of, see, seen, small_app, small_office, until
from tui.app.app import SoVangApp
from tui.screens import filters
from tui.screens.standards import check as check_module
from tui.screens.whom import Filter


async def open_check(pilot: Pilot[int]) -> None:
    await see(pilot, "Nguyễn Thị Ánh")
    await pilot.press("alt+3")
    await see(pilot, "› Check against the standard", "Nguyễn Thị Ánh", "Trần Văn Bình")


async def test_verdicts_are_counted_at_the_top(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_check(pilot)
            text = await see(pilot, "Unknown: ")
            counts = next(line for line in text.splitlines() if "Unknown: " in line)
            assert sum(int(part.rpartition(":")[2]) for part in counts.split("·")) == 4


async def test_no_number_stands_there_before_it_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, real = Event(), judge_all

    def slow(*given: Any, **more: Any) -> object:
        gate.wait()
        return real(*given, **more)

    monkeypatch.setattr(check_module, "check", slow)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            try:
                await see(pilot, "Nguyễn Thị Ánh")
                await pilot.press(f"alt+{digit_of('check')}")
                told = await see(pilot, "› Check against the standard", "counting…")
                assert "Nobody" not in told
                gate.set()
                await see(pilot, "Unknown: 4")
                await until(pilot, lambda: "counting…" not in seen(app), "the numbers")
                gate.clear()
                await pilot.press("f5")
                await see(pilot, "counting… · ? Unknown: 4")
                await pilot.press("escape")
                await see(pilot, "not counted to the end; F5 counts again · ? Unknown: 4")
            finally:
                gate.set()


async def test_enter_shows_why_with_the_rule_and_its_source(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await open_check(pilot)
            await pilot.press("enter")
            await see(pilot, "Source:")
            await pilot.press("escape")
            await until(pilot, lambda: "Source:" not in seen(app), "the reasons to close")


async def test_f6_narrows_to_one_verdict_after_another(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_check(pilot)
            await pilot.press("f6")
            await see(pilot, "Shown: Met")
            await until(pilot, lambda: "Trần Văn Bình" not in seen(app), "nobody who surely meets it")
            await pilot.press("escape")
            await see(pilot, "Trần Văn Bình")


async def test_a_scope_is_judged_alone(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_check(pilot)
            await pilot.press("f4")
            await see(pilot, "Whom to check")
            app.screen.dismiss(Filter(Scope(role="reporter")))
            await until(pilot, lambda: "Trần Văn Bình" not in seen(app), "only reporters")
            assert "Nguyễn Thị Ánh" in seen(app)


async def test_escape_stops_a_running_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopped = Event(), Event()

    def slow(*_args: Any, stop: Any, progress: Any, **_rest: Any) -> list[Any]:
        progress(1, 100)
        begun.set()
        while not stop():
            stopped.wait(0.01)
        stopped.set()
        return []

    monkeypatch.setattr(check_module, "check", slow)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("alt+3")
            await see(pilot, "Checking", "1/100")
            await pilot.press("escape")
            await see(pilot, "Stopped; F5 checks again")
            await until(pilot, stopped.is_set, "the thread to stop")
            assert "1/100" not in seen(app)


async def test_what_is_shown_is_written_with_its_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "documents_folder", lambda: tmp_path)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_check(pilot)
            await pilot.press("ctrl+e")
            await see(pilot, "Write the list")
            await pilot.press("enter")
            await see(pilot, "Written:")
            await pilot.press("ctrl+e", "enter")
            await see(pilot, "Replace the file that is there?")
            await pilot.press("escape")
    cells = cells_of(tmp_path / "check.xlsx")
    assert "Lê [RH-2024] Ước" in cells
    assert any("Resolution" in cell or "[" in cell for cell in cells)


async def test_a_question_of_the_standard_is_answered_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "standards"
    folder.mkdir(parents=True)
    asked = """  - kind: by_hand
    id: trusted
    title: {vi: "Có uy tín", en: "Trusted"}
    source: office-practice
    confidence: to_confirm
    question: {vi: "Có uy tín với người dân không?", en: "Do people trust them?"}
"""
    shipped = (SHIPPED / "standards" / "reporter.yaml").read_text("utf-8").rstrip()
    (folder / "reporter.yaml").write_text(f"{shipped}\n{asked}", "utf-8")
    with small_office(tmp_path):
        pass

    @contextmanager
    def opened() -> Iterator[Office]:
        with Book.open(tmp_path / "small.sovang", actor="thu") as book:
            yield Office(book, load_settings(tmp_path / "config"))

    with closing(SoVangApp(opened, on=DAY, section="people", who="thu")) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_check(pilot)
            await pilot.press("ctrl+f", *"Hong Dao", "enter", "f2")
            await see(pilot, "asks nothing that people answer by hand")
            await pilot.press("ctrl+f", "ctrl+u", *"Thi Anh", "enter", "f2")
            await choose(pilot, "Which question?")
            await choose(pilot, "Do people trust them?")
            await see(pilot, "Who answered?")
            await pilot.press(*"Chi bo 3", "enter")
            await until(pilot, lambda: len(app.office.book.table(HandAnswer)) == 1, "an answer")
            (answer,) = app.office.book.table(HandAnswer)
            assert (answer.criterion, answer.yes, answer.by) == ("trusted", True, "Chi bo 3")
