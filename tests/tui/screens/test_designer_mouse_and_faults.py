"""The designer under the mouse, on a full disk, and where somebody else changes or takes away what is open."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from textual.pilot import Pilot

from config.settings.designs.elements import Box
from records.services.certificates.designs import keep_design, remove_design
from records.store.files import BookFiles
from tests.tui.offices import DAY, see, seen, until
from tests.tui.screens.test_designer import app, open_designer, own
from tui.app.app import SoVangApp
from tui.screens.certificates.designer import Designer
from tui.screens.certificates.page_pane import Page
from tui.widgets.table import VirtualTable

__all__ = ["app"]


def cell(screen: Designer, x: float, y: float) -> tuple[int, int]:
    """The cell of the screen that shows a point of the page, mm."""
    page = screen.query_one(Page)
    room, (wide, high) = page._room, screen._draft.shown.size
    return int(room.x + x / wide * room.width), int(room.y + y / high * room.height)


def box(screen: Designer) -> Box:
    return screen._draft.box(screen._piece)


async def choose(pilot: Pilot[int], words: str) -> None:
    """Choose a piece at once; that keys go there from piece to piece is what `test_designer.py` does."""
    table = pilot.app.screen.query_one(VirtualTable)
    assert table.move_to(next(row.id for row in table.view_rows if row.cells[0].strip() == words))
    await see(pilot, f" {words} ·")


async def drag(pilot: Pilot[int], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(offset=start)
    await pilot.hover(offset=((start[0] + end[0]) // 2, (start[1] + end[1]) // 2))
    await pilot.hover(offset=end)


async def test_a_box_is_dragged_by_whole_millimetres_as_one_step(app: SoVangApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await open_designer(pilot, "party-merit")
        await choose(pilot, "Number of the decision")
        x, y, w, h = box(screen)
        start = cell(screen, x + 20, y + 3)
        await drag(pilot, start, (start[0] + 4, start[1] + 1))
        await pilot.mouse_up(offset=(start[0] + 4, start[1] + 1))
        moved = box(screen)
        assert (moved[2:], moved[0] > x, moved[1] > y) == ((w, h), True, True)
        assert [round(a - b, 6) % 1 for a, b in zip(moved, (x, y), strict=False)] == [0, 0]
        await pilot.press("ctrl+z")
        assert box(screen) == (x, y, w, h), "the whole way is one step"
        assert not screen._draft.changed


async def test_escape_puts_back_what_is_being_dragged_and_does_not_leave(app: SoVangApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await open_designer(pilot, "party-merit")
        await choose(pilot, "Number of the decision")
        before = box(screen)
        start = cell(screen, before[0] + 20, before[1] + 3)
        await drag(pilot, start, (start[0] + 6, start[1] + 2))
        assert box(screen) != before
        await pilot.press("escape")
        assert box(screen) == before
        assert app.screen is screen
        await pilot.hover(offset=(start[0] + 9, start[1] + 2))
        await pilot.mouse_up(offset=(start[0] + 9, start[1] + 2))
        assert box(screen) == before
        assert not screen._draft.changed


async def test_what_is_clicked_is_chosen_and_its_corner_stretches_it(app: SoVangApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await open_designer(pilot, "party-merit")
        await pilot.mouse_down(offset=cell(screen, 40, 175))  # the code
        await pilot.mouse_up(offset=cell(screen, 40, 175))
        assert screen._piece.id == "code"
        x, y, w, h = box(screen)
        start = cell(screen, x + w - 0.5, y + h - 0.5)
        await drag(pilot, start, (start[0] - 2, start[1] - 1))
        await pilot.mouse_up(offset=(start[0] - 2, start[1] - 1))
        made = box(screen)
        assert made[:2] == (x, y)
        assert made[2] < w
        assert made[3] < h
        await see(pilot, "not saved")


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Settings that cannot be written for the reason that stands in the list."""
    reasons: list[int] = []
    write = BookFiles.write

    def refused(self: BookFiles, name: str, content: bytes) -> None:
        if reasons:
            raise OSError(reasons[0], "no")
        write(self, name, content)

    monkeypatch.setattr(BookFiles, "write", refused)
    return reasons


async def changed(pilot: Pilot[int], name: str) -> Designer:
    screen = await open_designer(pilot, name)
    await choose(pilot, "Number of the decision")
    await pilot.press("tab", "right")
    await see(pilot, "not saved")
    return screen


async def named(pilot: Pilot[int], title: str) -> None:
    await pilot.press("ctrl+s")
    await see(pilot, "What it is called")
    await pilot.press("ctrl+u", *title, "enter")


@pytest.mark.parametrize(("reason", "told"), [(errno.ENOSPC, "full"), (errno.EACCES, "may"), (errno.EROFS, "read")])
async def test_a_disk_that_takes_nothing_is_one_sentence_and_the_work_stays_open(
    reason: int, told: str, app: SoVangApp, refusing: list[int]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await changed(pilot, "party-merit")
        refusing.append(reason)
        await named(pilot, "Mau moi")
        await until(pilot, lambda: any(told in each.message for each in app._notifications), told)
        assert app.screen is screen
        assert screen._draft.changed
        assert not (app.office.book.settings.folder / "certificates").exists()
        refusing.clear()
        await named(pilot, "Mau moi")
        await see(pilot, "Saved as the office's own template “mau-moi”")


async def test_another_template_of_that_name_is_replaced_only_after_a_yes(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await changed(pilot, "party-merit")
        await named(pilot, "Mau moi")
        await see(pilot, "Saved as")
        first = own(app, "mau-moi")
        await pilot.press("escape")
        await see(pilot, "› Templates")
        await pilot.press("slash", "ctrl+u", *"state-merit", "enter", "f2")
        await see(pilot, "✓ short words")
        await choose(pilot, "Number of the decision")
        await pilot.press("tab", "right")
        await named(pilot, "Mau moi")
        await see(pilot, "The office has a template “mau-moi” already")
        await pilot.press("escape")
        assert own(app, "mau-moi") == first
        await named(pilot, "Mau moi")
        await see(pilot, "The office has a template “mau-moi” already")
        await pilot.press("right", "enter")
        await see(pilot, "Saved as")
        assert own(app, "mau-moi").form == "state"


@pytest.mark.parametrize("gone", [True, False])
async def test_what_was_changed_or_taken_away_underneath_is_said_before_it_is_replaced(
    gone: bool, app: SoVangApp
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await changed(pilot, "party-merit")
        await named(pilot, "Mau moi")
        await see(pilot, "Saved as")
        file = app.office.book.settings.folder / "certificates/mau-moi.yaml"
        if gone:
            remove_design(app.office, "mau-moi", today=DAY)
            assert not file.exists()
        else:
            text = file.read_text("utf-8") + "# somebody else\n"
            keep_design(app.office, "mau-moi", text, today=DAY)
        await pilot.press("left", "ctrl+s")
        await see(pilot, "“mau-moi” was taken away" if gone else "“mau-moi” was changed")
        await pilot.press("escape")
        assert file.exists() is not gone
        assert app.screen is screen
        await pilot.press("ctrl+s")
        await see(pilot, "“mau-moi” was")
        await pilot.press("right", "enter")
        await until(pilot, lambda: not screen._draft.changed, "saved")
        assert own(app, "mau-moi") == screen._draft.shown


async def test_a_template_that_is_gone_when_it_is_opened_can_be_saved_again(app: SoVangApp, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await changed(pilot, "party-merit")
        await named(pilot, "Mau moi")
        await see(pilot, "Saved as")
        await pilot.press("escape")
        await see(pilot, "› Templates")
        await pilot.press("slash", "ctrl+u", *"mau-moi", "enter")
        (app.office.book.settings.folder / "certificates/mau-moi.yaml").unlink()
        await pilot.press("f2")
        await until(pilot, lambda: "✓ short words" in seen(app) or bool(app._notifications), "an answer")
        assert app.is_running
