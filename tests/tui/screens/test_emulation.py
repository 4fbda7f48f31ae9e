"""Emulation on the screen: a cycle opened, typed in, ranked, put in order by the council, signed and unlocked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from textual import events
from textual.pilot import Pilot

from config import i18n
from records.domain.appointments import Appointment
from records.domain.awards.awards import Score
from records.domain.emulation import STAGES, Cycle, Entrant
from records.domain.people.person import Person
from records.services.emulation import cycles, registration, score_sheets
from records.services.emulation.score_sheets import CellText
from records.services.office import Office
from tests.tui.offices import DAY, digit_of, more, see, seen, small_office, until
from tui.app.app import SoVangApp
from tui.screens import filters
from tui.screens.emulation.score_sheet import ScoreSheetScreen
from tui.screens.files import ChooseFile

NAMES = ("Hồ Thị Ánh", "Mã Văn Bốn", "Lê [RH] Cầu", "Nguyễn Thị Đào", "Trần Văn Én", "Vũ Thị Gấm")
FULL = {"1.1": "10", "1.2": "10", "1.3": "10", "2.1": "15", "2.2": "10", "2.3": "20", "2.4": "15", "2.5": "10"}


@contextmanager
def scored_office(folder: Path) -> Iterator[Office]:
    """Six reporters of one cluster in the first half of 2025; two equal at the line, and four good."""
    with small_office(folder, people=False) as office:
        with office.book.change("test.people") as change:
            for name in NAMES:
                person = change.put(Person(id=change.new_id(Person), name=name))
                held = Appointment(
                    id=change.new_id(Appointment),
                    person=person.id,
                    role="reporter",
                    level="commune",
                    number="1",
                    since=date(2020, 1, 1),
                )
                change.put(held)
        cycle = registration.open_cycle(office, registration.Opening(key="2025-H1", role="reporter"))
        for row, talks in zip(office.book.table(Entrant), ("20", "20", "5", "4.5", "4", "3.5"), strict=True):
            for stage in STAGES:
                cells = [CellText(row.id, name, points) for name, points in {**FULL, "2.3": talks}.items()]
                if stage != "own":
                    cells += [CellText(row.id, name, "x") for name in ("on-time", "exceeded", "corrected")]
                score_sheets.write_cells(office, cycle, stage, cells, today=DAY)
        yield office


@asynccontextmanager
async def scored(folder: Path, size: tuple[int, int] = (120, 30)) -> AsyncIterator[tuple[SoVangApp, Pilot[int]]]:
    """The app on that office, and the keys to it."""
    with closing(SoVangApp(lambda: scored_office(folder), on=DAY, section="people", who="thu")) as app:
        async with app.run_test(size=size) as pilot:
            yield app, pilot


def rows_of(app: SoVangApp) -> dict[str, Entrant]:
    """Name -> row of the one cycle."""
    (cycle,) = app.office.book.table(Cycle).all()
    names = cycles.subject_names(app.office, cycle)
    return {names[row.subject]: row for row in cycles.entrants_of(app.office, cycle)}


async def open_section(pilot: Pilot[int]) -> None:
    await see(pilot, "› People")
    await pilot.press(f"alt+{digit_of('emulation')}")
    await see(pilot, "› Emulation")


@asynccontextmanager
async def ranked(folder: Path) -> AsyncIterator[tuple[SoVangApp, Pilot[int]]]:
    """The same, at the ranking of its cycle."""
    async with scored(folder, size=(140, 30)) as (app, pilot):
        await open_section(pilot)
        await see(pilot, "first half of 2025")
        await pilot.press("f7")
        await see(pilot, "may keep it")
        yield app, pilot


async def open_sheet(pilot: Pilot[int]) -> ScoreSheetScreen:
    await open_section(pilot)
    await see(pilot, "first half of 2025")
    await pilot.press("enter")
    await see(pilot, "› Own score", NAMES[0])
    screen = pilot.app.screen
    assert isinstance(screen, ScoreSheetScreen)
    return screen


async def choose_row(pilot: Pilot[int], downs: int) -> None:
    await pilot.pause()
    await pilot.press(*["down"] * downs, "enter")
    await pilot.pause()


async def test_a_cycle_is_opened_with_everybody_it_concerns(tmp_path: Path) -> None:
    async with scored(tmp_path) as (app, pilot):
        await open_section(pilot)
        await pilot.press("insert")
        await see(pilot, "Open a cycle: 2025")
        await pilot.press("ctrl+u", *"2025", "ctrl+s")
        await see(pilot, "Opened. Enter: its sheet")
        assert "Reporter" in seen(app)
        await pilot.press("insert")
        await see(pilot, "Open a cycle: 2025")
        await pilot.press("ctrl+u", *"2025-13", "ctrl+s")
        await see(pilot, "no year, half year, quarter or month")


async def test_points_are_typed_and_total_and_class_follow_at_once(tmp_path: Path) -> None:
    async with scored(tmp_path) as (app, pilot):
        await open_sheet(pilot)
        await pilot.press("f6", "f6")
        await see(pilot, "› Final")
        await pilot.press(*"8,5", "enter", *"11", "enter")
        await see(pilot, "11 is more than the maximum of 10")
        await pilot.press("9", "enter")
        await until(pilot, lambda: rows_of(app)[NAMES[1]].final.points["1.1"] == 9, "the second row")
        first = next(line for line in seen(app).splitlines() if line.startswith(NAMES[0]))
        assert first.split()[3:6] == ["98.5", "Excellent", "8.5"]
        marks = rows_of(app)[NAMES[0]].final
        assert (marks.by, marks.day) == ("thu", DAY)
        await pilot.press("up", "up", "f3")
        await see(pilot, "Own  Appr.   Fin.", "Base 98.5 + bonus 0 − penalty 0 = 98.5", "to confirm")


async def test_an_entry_is_taken_back_by_ctrl_z(tmp_path: Path) -> None:
    async with scored(tmp_path) as (app, pilot):
        await open_sheet(pilot)
        await pilot.press("5", "enter")
        await until(pilot, lambda: rows_of(app)[NAMES[0]].own.points["1.1"] == 5, "the entry")
        await pilot.press("ctrl+z")
        await see(pilot, "Undone: Points entered")
        await until(pilot, lambda: rows_of(app)[NAMES[0]].own.points["1.1"] == 10, "the old points")
        await until(
            pilot, lambda: "5" not in next(x for x in seen(app).splitlines() if x.startswith(NAMES[0])).split()[3:6]
        )


async def test_a_block_from_excel_is_one_change_in_the_book(tmp_path: Path) -> None:
    async with scored(tmp_path) as (app, pilot):
        screen = await open_sheet(pilot)
        before = app.office.book.head()[0]
        screen.grid.post_message(events.Paste("7\t7,5\r\n8\t12\r\n"))
        await see(pilot, "1 cells refused", "more than the maximum")
        rows = rows_of(app)
        assert [rows[NAMES[0]].own.points[name] for name in ("1.1", "1.2")] == [7, 7.5]
        assert [rows[NAMES[1]].own.points[name] for name in ("1.1", "1.2")] == [8, 10]
        assert app.office.book.head()[0] == before + 1


async def test_fill_takes_the_hand_before_and_evidence_is_noted(tmp_path: Path) -> None:
    async with scored(tmp_path) as (app, pilot):
        screen = await open_sheet(pilot)
        await pilot.press("f6")
        await see(pilot, "› Appraised")
        await pilot.press("shift+right", "shift+down", "delete")
        await until(pilot, lambda: "1.1" not in rows_of(app)[NAMES[1]].appraised.points, "cleared cells")
        await more(pilot, "Fill in")
        await see(pilot, "From the hand before", "Own score")
        await choose_row(pilot, 0)
        if not isinstance(app.screen, ScoreSheetScreen):
            await pilot.press("enter")
        await see(pilot, "Filled in 2 rows")
        assert rows_of(app)[NAMES[1]].appraised.points["1.1"] == 10
        screen.grid.go_to(0, 2)
        await more(pilot, "Evidence")
        await see(pilot, "paper that proves 1.1")
        await pilot.press(*"12-BC", "enter")
        await until(pilot, lambda: rows_of(app)[NAMES[0]].evidence == {"1.1": "12-BC"}, "the evidence")


async def test_ranks_show_the_line_and_the_council_puts_equals_in_order(tmp_path: Path) -> None:
    async with scored(tmp_path, size=(140, 30)) as (app, pilot):
        await open_section(pilot)
        await see(pilot, "first half of 2025")
        await pilot.press("f7")
        await see(pilot, "1 of 2 may keep it (20 % of 5)", "at the line", "to confirm")
        assert seen(app).count(" 1= ") == 2
        await more(pilot, "Try a quota")
        await see(pilot, "Percent; nothing is written")
        await pilot.press("ctrl+u", *"50", "enter")
        await see(pilot, "TRIED ONLY", "2 of 2 may keep it")
        await pilot.press("escape")
        await see(pilot, "1 of 2 may keep it")
        await more(pilot, "Council")
        await see(pilot, "Who ranks first among the equals?")
        await choose_row(pilot, 1)
        await see(pilot, "as in the minutes", f"{NAMES[1]} > {NAMES[0]}")
        await pilot.press(*"Vote 5/7", "enter")
        await see(pilot, "The council's order among 2 equals is entered", "below")
        lines = [line for line in seen(app).splitlines() if any(name in line for name in NAMES[:2])]
        assert [line.split()[0] for line in lines] == ["1", "2"]
        assert NAMES[1] in lines[0]


async def test_one_group_is_shown_with_its_own_ranks(tmp_path: Path) -> None:
    async with ranked(tmp_path) as (app, pilot):
        await pilot.press("f4")
        await see(pilot, "no group", "Commune (ward)", "level")
        await choose_row(pilot, 2)
        await see(pilot, "Commune (ward) ×", NAMES[5])
        await pilot.press("f4")
        await see(pilot, "no group")
        await choose_row(pilot, 1)
        await see(pilot, "no group ×", "line 1/2")
        await pilot.press("escape")
        await until(pilot, lambda: "line 1/2" not in seen(app), "the whole cycle")


async def test_the_ranking_is_written_as_a_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "documents_folder", lambda: tmp_path)
    async with ranked(tmp_path) as (_, pilot):
        await pilot.press("ctrl+e")
        await see(pilot, "Write the ranking")
        await pilot.press("enter")
        await see(pilot, "Written:")
    assert (tmp_path / "ranking first half of 2025.pdf").read_bytes().startswith(b"%PDF")


async def test_a_total_is_tried_and_nothing_is_written(tmp_path: Path) -> None:
    async with ranked(tmp_path) as (app, pilot):
        before = app.office.book.head()
        await pilot.press("end")
        await more(pilot, "Try a total")
        await see(pilot, f"Total of {NAMES[5]}")
        await pilot.press("ctrl+u", *"99,5", "enter")
        await see(pilot, "TRIED ONLY", "99.5")
        await pilot.press("ctrl+s")
        await see(pilot, "leave what was tried")
        await pilot.press("escape")
        await until(pilot, lambda: "99.5" not in seen(app), "the trial to end")
        assert app.office.book.head() == before


async def test_signing_waits_for_everything_then_locks_and_unlocking_asks_why(tmp_path: Path) -> None:
    async with scored(tmp_path) as (app, pilot):
        await open_section(pilot)
        await see(pilot, "first half of 2025")
        await pilot.press("ctrl+s")
        await see(pilot, "2 things must be settled before signing", f"{NAMES[0]}: equals at the line")
        await pilot.press("escape", "enter")
        await see(pilot, "› Own score")
        for _ in range(2):
            await pilot.press("f6")
        await see(pilot, "› Final")
        await pilot.press(
            "right", "right", "right", "right", "right", *"19", "enter", "end", "up", *"Bỏ 1 điểm", "enter"
        )
        await until(pilot, lambda: rows_of(app)[NAMES[0]].final.reason == "Bỏ 1 điểm", "the reason")
        await pilot.press("escape")
        await see(pilot, "State")
        await pilot.press("ctrl+s")
        await see(pilot, "Sign cycle first half of 2025?", "Excellent: 1", "Good: 5")
        await pilot.press("right", "enter")
        await see(pilot, "Signed on 15/06/2025 and locked")
        assert len(app.office.book.table(Score)) == 6
        await pilot.press("enter")
        await see(pilot, "signed, locked")
        await pilot.press("5")
        await see(pilot, "cannot be typed in")
        await pilot.press("escape")
        await see(pilot, "signed 15/06/2025")
        await pilot.press("ctrl+s")
        await see(pilot, "Why must it be opened?")
        await pilot.press("enter")
        await see(pilot, "write why")
        await pilot.press(*"Sai", "enter")
        await see(pilot, "unlocked again")
        assert len(app.office.book.table(Score)) == 0


async def test_a_sheet_goes_out_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "documents_folder", lambda: tmp_path)
    async with scored(tmp_path) as (app, pilot):
        await open_sheet(pilot)
        await pilot.press("ctrl+e")
        await see(pilot, "Write the list")
        await pilot.press("enter")
        await see(pilot, "Written:")
        path = tmp_path / "score sheet first half of 2025 Own score.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        head = next(int(cell.row or 0) for cell in sheet["B"] if cell.value == "Code")
        sheet.cell(head + 1, 5).value = 6.5
        sheet.cell(head + 2, 5).value = 12
        book.save(path)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, ChooseFile), "the question for a file")
        app.screen.dismiss(path)
        await see(pilot, "Enter 1 points into the sheet?", "1 cells of 6 rows", "12 is more than the maximum")
        await pilot.press("escape")
        await see(pilot, "Nothing was entered")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, ChooseFile), "the question for a file")
        app.screen.dismiss(path)
        await see(pilot, "Enter 1 points into the sheet?")
        await pilot.press("enter")
        await see(pilot, "What the sheet holds that cannot be entered")
        assert rows_of(app)[NAMES[0]].own.points["1.1"] == 6.5
        assert rows_of(app)[NAMES[1]].own.points["1.1"] == 10


async def test_a_sheet_fits_80_columns_with_total_and_class_beside_the_name(tmp_path: Path) -> None:
    i18n.use("vi")
    async with scored(tmp_path, size=(80, 24)) as (_, pilot):
        await see(pilot, "› Nhân sự")
        await pilot.press(f"alt+{digit_of('emulation')}")
        await see(pilot, "6 tháng đầu năm 2025")
        await pilot.press("enter")
        await see(pilot, "Tự chấm", "Tổng", "Xếp loại", "1.1", "2.2", "bảng điểm cần xác nhận")
        await pilot.press("end")
        text = await see(pilot, "2.5", "T2")
        row = next(line for line in text.splitlines() if line.startswith(NAMES[0]))
        assert "100" in row
        assert max(len(line) for line in text.splitlines()) <= 80


async def test_a_row_leaves_with_a_reason_and_registers_again(tmp_path: Path) -> None:
    async with scored(tmp_path) as (app, pilot):
        await open_sheet(pilot)
        await pilot.press("insert")
        await see(pilot, "Everybody whom the cycle concerns is registered")
        await pilot.press("down", "shift+delete")
        await see(pilot, f"Why does {NAMES[1]} leave the cycle?")
        await pilot.press("enter")
        await see(pilot, "write why")
        await pilot.press(*"Moved", "enter")
        await see(pilot, f"{NAMES[1]} is out of the cycle")
        assert NAMES[1] not in rows_of(app)
        await pilot.press("insert")
        await see(pilot, "Who registers?", NAMES[1])
        await choose_row(pilot, 0)
        await see(pilot, "What is pledged")
        await pilot.press(*"Excellent", "enter")
        await see(pilot, f"{NAMES[1]} is registered")
        row = rows_of(app)[NAMES[1]]
        assert (row.pledge, row.registered, row.own.points) == ("Excellent", DAY, {})
