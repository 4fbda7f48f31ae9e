"""How screens are laid out: nothing that decides is cut at 80x24, and with more room more is shown."""

from __future__ import annotations

import re
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from config import i18n
from config.text import t
from records.domain.people.person import Person
from records.services.people.roster import save_person
from tests.tui.offices import choose, digit_of, see, seen, small_app, until
from tui.app.palette import SECTIONS
from tui.present.rows import share_bar
from tui.screens.awards.forms import prize_options
from tui.screens.base import OfficeScreen
from tui.screens.people.person import Fold, PersonScreen
from tui.widgets.frame import SectionLine
from tui.widgets.table import VirtualTable


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_no_heading_of_a_list_is_cut_at_80_columns(tmp_path: Path, language: str) -> None:
    i18n.use(language)
    cut = []
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.is_open and isinstance(app.screen, OfficeScreen), "the office")
            for section in SECTIONS:
                await app.switch_mode(section.id)
                await pilot.pause()
                for table in app.screen.query(VirtualTable):
                    laid = table._painter.layout(table.scrollable_content_region.width)
                    cut += [(section.id, column.title) for _, column, cells in laid if len(column.title) > cells]
                    right = 2 + sum(cells + 1 for _, _, cells in laid) - 1
                    assert laid[-1][1].align == "right" or right >= table.scrollable_content_region.width, section.id
    assert cut == []


async def test_the_sections_stand_in_a_line_from_120_columns_and_a_click_goes_there(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(140, 30)) as pilot:
            told = await see(pilot, "Nguyễn Thị Ánh", "People", "Settings")
            await pilot.click(SectionLine, offset=(told.splitlines()[1].index("Units") + 1, 0))
            await see(pilot, "› Units")
            await pilot.resize_terminal(100, 30)
            await until(pilot, lambda: "Units" not in seen(app).splitlines()[1], "the line to go")
            await pilot.resize_terminal(120, 30)
            await see(pilot, "People", "Units")
            await app.run_action("section('people')")
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("enter")
            await see(pilot, "› People › Nguyễn Thị Ánh")
            assert not app.screen.query_one(SectionLine).display


async def test_a_long_notice_takes_two_lines(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            assert isinstance(app.screen, OfficeScreen)
            app.screen.news(
                t("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
            )
            await see(pilot, "one two", "fifteen")


async def test_a_persons_page_opens_with_the_verdict_and_folds_what_is_empty(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            person = app.office.book.table(Person).all()[0]
            save_person(app.office, person, was=person)
            await pilot.press("enter")
            lines = (await see(pilot, "› People › Nguyễn Thị Ánh", "Identity")).splitlines()
            assert re.search(r"[✓✗?] \S+ .*Reporter · ", lines[1])
            assert [line for line in lines[2:10] if re.search(r"[✗?] .* · ", line)], "what is wrong is read at once"
            assert isinstance(app.screen, PersonScreen)
            folded = next(fold for fold in app.screen.query(Fold) if "not recorded:" in fold.part.title.text)
            assert "Email" in folded.part.lines[0].text
            assert not any(line.startswith("   Email ") for line in lines)


async def test_looking_ahead_is_a_table_of_who_when_what_and_act(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press(f"alt+{digit_of('check')}")
            await see(pilot, "› Check against the standard", "4 in all")
            app.on = app.on.replace(year=2026, month=12, day=20)
            app.office_changed()
            await see(pilot, "As of 20/12/2026", "4 in all")
            await pilot.press("f7")
            await see(pilot, "the next 30 days")
            await choose(pilot, "Look ahead")
            told = await see(pilot, "lose something within 30 days", "Full name", "Day", "What", "Act")
            assert re.search(r"Trần Văn Bình +01/01/2027 .*renew or end", told), told
            await pilot.press("enter")
            await see(pilot, "› People › ")


def test_a_bar_is_as_long_as_its_share() -> None:
    assert [share_bar(None if part is None else Decimal(part), 4) for part in (None, 0, 13, 50, 100)] == [
        "", "────", "╸───", "━━──", "━━━━",
    ]  # fmt: skip


async def test_prizes_are_chosen_by_words(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            told = prize_options(app.office, "party")
            assert len({words for _, words in told}) == len(told) > 4
            assert not [words for key, words in told if key in words]
