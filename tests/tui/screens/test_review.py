"""The review on the screen: opened, decided with keys, signed; standards read and changed; looking ahead."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from records.domain.reviews import Review, ReviewLine
from records.domain.rule_changes import SettingChange
from tests.tui.offices import choose, digit_of, more, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.screens import filters

KEY = f"alt+{digit_of('review')}"


async def open_review(pilot: Pilot[int]) -> None:
    await see(pilot, "Nguyễn Thị Ánh")
    await pilot.press(KEY)
    await see(pilot, "No review yet")
    await pilot.press("insert")
    await see(pilot, "Open a review")
    await pilot.press("enter")
    await see(pilot, "Whom to review")
    await pilot.press("ctrl+s")
    await see(pilot, "decided 0/4", "Nguyễn Thị Ánh")


def papers_in(folder: Path) -> list[bytes]:
    return [each.read_bytes()[:4] for each in folder.glob("*.pdf")]


def decided(app: SoVangApp) -> dict[str, ReviewLine]:
    return {each.name: each for each in app.office.book.table(ReviewLine) if each.outcome}


async def test_f7_accepts_and_goes_on_and_undo_takes_it_back(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_review(pilot)
            await pilot.press("f7")
            await see(pilot, "decided 1/4")
            await pilot.press("f7")
            await see(pilot, "decided 2/4")
            assert len(decided(app)) == 2
            await pilot.press("ctrl+z")
            await see(pilot, "decided 1/4")


async def test_f2_changes_an_outcome_only_with_a_reason(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_review(pilot)
            await pilot.press("f2")
            await see(pilot, "Replace")
            await pilot.press(*"replace")
            await choose(pilot, "Outcome")
            await see(pilot, "Reason")
            await pilot.press("enter")
            await see(pilot, "give the reason")
            await pilot.press(*"moved", "enter")
            await see(pilot, "decided 1/4")
            ((_, line),) = decided(app).items()
            assert (line.outcome, line.reason) == ("replace", "moved")


async def test_marked_people_are_decided_at_once(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_review(pilot)
            await pilot.press("ctrl+a", "f7")
            await see(pilot, "decided 4/4")


async def test_an_act_on_many_asks_before_it_turns_what_was_decided(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 30)) as pilot:
            await open_review(pilot)
            await pilot.press("f2")
            await see(pilot, "Replace")
            await pilot.press(*"replace")
            await choose(pilot, "Outcome")
            await pilot.press(*"moved", "enter")
            await see(pilot, "decided 1/4")
            await pilot.press("ctrl+a", "f7")
            await see(pilot, "1 of the marked are decided otherwise", "Change 1 decided ones")
            await pilot.press("enter")
            await see(pilot, "decided 1/4")
            await pilot.press("f7", "right", "enter")
            await see(pilot, "decided 4/4")
            assert "replace" not in [each.outcome for each in app.office.book.table(ReviewLine)]


async def test_signing_asks_for_the_rest_and_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "documents_folder", lambda: tmp_path)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await open_review(pilot)
            await pilot.press("ctrl+s")
            await see(pilot, "Accept the rest as proposed?", "4 people")
            await pilot.press("right", "enter")
            await see(pilot, "Decision number")
            await pilot.press("ctrl+s")
            await see(pilot, "The decision has no number")
            await pilot.press(*"9-QĐ/ĐU", "ctrl+s")
            await see(pilot, "Signed and locked")
            (review,) = app.office.book.table(Review).all()
            assert review.number == "9-QĐ/ĐU"
            await pilot.press("f7")
            await until(pilot, lambda: any("was signed" in str(n.message) for n in app._notifications), "the refusal")
            await pilot.press("ctrl+e")
            await see(pilot, "List with outcomes")
            await choose(pilot, "Papers")
            await see(pilot, "File (.pdf, .docx or .xlsx)")
            await pilot.press("enter")
            await see(pilot, "Written:")
    assert papers_in(tmp_path) == [b"%PDF"]


async def test_enter_opens_the_findings_and_f8_the_structure(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await open_review(pilot)
            await pilot.press("enter")
            await see(pilot, "Proposed:", "Source:")
            await pilot.press("escape", "f8")
            await see(pilot, "Structure before and after")
            await choose(pilot, "Review")
            await see(pilot, "Units without anyone")


async def test_a_value_is_confirmed_from_the_standards(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(140, 40)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("alt+3")
            await see(pilot, "› Check against the standard", "Trần Văn Bình")
            await more(pilot, "Standards")
            await see(pilot, "as they are read on this day", "In force since")
            await pilot.press("f2")
            await see(pilot, "Put the cursor on a value")
            await pilot.press("slash", *"times completed", "enter")
            await pilot.press("f2")
            await see(pilot, "Holds from")
            await pilot.press("backspace", "backspace", *"2", "ctrl+s")
            await see(pilot, "Changed: written to the settings")
            (told,) = app.office.book.table(SettingChange).all()
            assert (told.before, told.after) == ("1", "2")


async def test_looking_ahead_lists_who_loses_what(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("alt+3")
            await see(pilot, "› Check against the standard", "Trần Văn Bình")
            await pilot.press("f7")
            await see(pilot, "the next 30 days")
            await choose(pilot, "Look ahead")
            await see(pilot, "lose something within 30 days")
            await pilot.press("escape")
            await more(pilot, "What if")
            await see(pilot, "What if…")
            await pilot.press("ctrl+s")
            await see(pilot, "As supposed")
            assert app.office.book.table(Review).all() == []
            assert "As it is:" in seen(app)
