"""Registrations, movements, initiatives, the fund, dossiers and report forms with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from records.domain.awards.dossiers import DossierFile
from records.domain.awards.fund import FundEntry
from records.domain.awards.initiatives import Initiative
from records.domain.awards.registrations import TitleRegistration
from records.domain.emulation import Movement
from tests.tui.offices import digit_of, more, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.present.person import parts


@pytest.fixture
def app(tmp_path: Path) -> Iterator[SoVangApp]:
    with closing(small_app(tmp_path)) as made:
        yield made


async def go(pilot: Pilot[int], section: str, view: str, *words: str) -> None:
    await see(pilot, "› People")
    await pilot.press(f"alt+{digit_of(section)}")
    await more(pilot, view, key="f6")
    await see(pilot, *words)


async def fill(pilot: Pilot[int], *texts: str) -> None:
    """Type into the fields from the one in focus on; `-` leaves one as it is."""
    for text in texts:
        if text != "-":
            await pilot.press("ctrl+u", *text)
        await pilot.press("down")


async def test_an_initiative_is_entered_recognised_and_taken_out(app: SoVangApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await go(pilot, "emulation", "Initiatives", "No initiative is recorded")
        await pilot.press("insert")
        await see(pilot, "Enter an initiative")
        await fill(pilot, "A handbook", "TN-P-00001=70, An Outsider=20")
        await pilot.press("ctrl+s")
        await see(pilot, "90 %")  # the shares do not add up, and nothing is saved
        assert not len(app.office.book.table(Initiative))
        await pilot.press("up")
        await fill(pilot, "TN-P-00001=70, An Outsider=30")
        await pilot.press("ctrl+s")
        await see(pilot, "A handbook", "not decided yet 1")
        await pilot.press("f7")
        await see(pilot, "The paper that recognises 1")
        await fill(pilot, "15-QĐ/ĐU", "-", "The ward")
        await pilot.press("ctrl+s")
        await see(pilot, "recognised 1", "15-QĐ/ĐU")
        page = parts(app.office, app.office.dossier("TN-P-00001", app.on))
        assert any("A handbook  70 %" in line.text for part in page for line in part.lines)
        await pilot.press("delete")
        await see(pilot, "Take 1 initiatives out?")
        await pilot.press("right", "enter")
        await until(pilot, lambda: not len(app.office.book.table(Initiative)), "it to be out")


async def test_a_title_is_registered_sent_returned_and_shows_its_way(app: SoVangApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await go(pilot, "emulation", "Registration of titles", "Nobody has registered a title")
        await pilot.press("insert")
        await see(pilot, "Which title is registered?")
        await pilot.press("ctrl+s")
        await see(pilot, "Space marks the")
        await pilot.press("space", "ctrl+s")
        await see(pilot, "not sent 1")
        await more(pilot, "Sent", key="f7")
        await see(pilot, "Number of the paper")
        await pilot.press(*"3-TTr", "enter")
        await see(pilot, "sent 1")
        await more(pilot, "Return", key="f7")
        await see(pilot, "Reason")
        await pilot.press("enter")
        await see(pilot, "write why")
        await pilot.press(*"No goal", "enter")
        await see(pilot, "returned 1", "No goal")
        (held,) = app.office.book.table(TitleRegistration)
        page = parts(app.office, app.office.dossier(held.subject, app.on))
        assert any("returned" in line.text and "No goal" in line.text for part in page for line in part.lines)
        assert [each.to for each in held.steps] == ["sent", "returned"]
        await pilot.press("enter")
        await see(pilot, "3-TTr", "No goal", "thu")


async def test_a_movement_is_launched_joined_noted_and_summed_up(app: SoVangApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await go(pilot, "emulation", "Movements", "No movement is recorded")
        await pilot.press("insert")
        await see(pilot, "Enter a movement")
        await fill(pilot, "Good work", "-", "7-KH", "1/1/2025", "-", "one; two")
        await pilot.press("ctrl+s")
        await see(pilot, "Good work", "1 movements")
        await pilot.press("enter")
        await see(pilot, "Nobody takes part yet")
        await pilot.press("insert")
        await see(pilot, "Who takes part")
        await pilot.press("enter", "enter")
        await see(pilot, "Space marks the people")
        await pilot.press("space", "ctrl+s")
        await see(pilot, "1 participants", "one · two")
        await pilot.press("f2")
        await see(pilot, "What they came to")
        await pilot.press(*"A model", "enter")
        await see(pilot, "A model")
        await pilot.press("escape")
        await more(pilot, "Sum")
        await see(pilot, "What it came to")
        await pilot.press(*"Done", "enter")
        await see(pilot, "summed up")
        (held,) = app.office.book.table(Movement)
        assert (held.goals, held.summary, held.participants[0].result) == (("one", "two"), "Done", "A model")


async def test_money_comes_in_and_no_more_goes_out(app: SoVangApp, tmp_path: Path) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await go(pilot, "awards", "Prize fund", "No money was entered")
        await pilot.press("insert")
        await see(pilot, "Enter money of the prize fund")
        await fill(pilot, "-", "Fund", "ten")
        await pilot.press("ctrl+s")
        await see(pilot, "whole đồng")  # the cursor is in the field at fault
        await fill(pilot, "10.000.000")
        await pilot.press("ctrl+s")
        await see(pilot, "Fund: 10.000.000 đ")
        await pilot.press("insert")
        await see(pilot, "Enter money of the prize fund")
        await pilot.press("right")
        await fill(pilot, "-", "Fund", "11.000.000")
        await pilot.press("ctrl+s")
        await see(pilot, "has 10.000.000 đ")
        assert len(app.office.book.table(FundEntry)) == 1
        await pilot.press("escape")
        await see(pilot, "Leave without saving?")
        await pilot.press("right", "enter")
        await pilot.press("ctrl+e")
        await see(pilot, "Write the paper")
        out = tmp_path / "fund.xlsx"
        await pilot.press("ctrl+u", *str(out), "enter")
        await until(pilot, out.exists, "the paper")


async def test_files_are_taken_into_a_dossier(app: SoVangApp, tmp_path: Path) -> None:
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"%PDF-1.4 report")
    async with app.run_test(size=(140, 40)) as pilot:
        await go(pilot, "emulation", "Movements", "No movement is recorded")
        await pilot.press("insert")
        await see(pilot, "Enter a movement")
        await fill(pilot, "Good work")
        await pilot.press("ctrl+s")
        await see(pilot, "1 movements")
        await more(pilot, "Files")
        await see(pilot, "The dossier has no file")
        await pilot.press("insert")
        await see(pilot, "Take a file into the dossier")
        await pilot.press("ctrl+u", *str(paper), "enter")
        await see(pilot, "report.pdf", "1 files")
        out = tmp_path / "out.pdf"
        await pilot.press("ctrl+e")
        await see(pilot, "Write the file as it was handed in")
        await pilot.press("ctrl+u", *str(out), "enter")
        await until(pilot, out.exists, "the file")
        assert out.read_bytes() == paper.read_bytes()
        assert len(app.office.book.table(DossierFile)) == 1


async def test_a_number_of_a_report_opens_its_people(app: SoVangApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await go(pilot, "awards", "Report forms", "Number and quality of the team", "to confirm")
        await pilot.press("slash", *"quality", "enter", "enter")
        await see(pilot, "Reporters", "Communicators", "From 01/01/2025")
        await pilot.press("down", "enter")
        await see(pilot, "Women")
        await pilot.press(*"Total", "enter")
        await see(pilot, "Nguyễn Thị Ánh", "TN-P-00001")
        assert "Trần Văn Bình" not in seen(app)
        await pilot.press("enter")
        await see(pilot, "› Nguyễn Thị Ánh")
