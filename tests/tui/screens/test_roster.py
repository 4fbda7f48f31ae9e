"""The roster: find, filter, verdicts, the pane, entering and correcting people, exporting."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from textual import events
from textual.pilot import Pilot

from config import i18n
from records.domain.appointments import Appointment
from records.domain.people.person import Person
from records.services.office import Office
from records.services.people.roster import Scope
from records.store.book import Book
from tests.tui.offices import DAY, cells_of, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.present import books
from tui.screens import filters
from tui.screens.whom import Filter
from tui.widgets.table import VirtualTable


def names_shown(app: SoVangApp) -> int:
    return sum(name in seen(app) for name in ("Nguyễn Thị Ánh", "Trần Văn Bình", "Đỗ Hồng Đào", "Ước"))


async def type_find(pilot: Pilot[int], text: str) -> None:
    await pilot.press("slash")
    await pilot.pause()
    await pilot.press(*("space" if letter == " " else letter for letter in text))


@pytest.mark.parametrize(
    ("typed", "found"), [("do hong", "Đỗ Hồng Đào"), ("0900000002", "Trần Văn Bình"), ("anh", "Nguyễn Thị Ánh")]
)
async def test_find_as_you_type_needs_no_accents(tmp_path: Path, typed: str, found: str) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await type_find(pilot, typed)
            await until(pilot, lambda: names_shown(app) == 1, "one name")
            assert found in seen(app)


async def test_down_leaves_the_find_line_for_the_list(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await type_find(pilot, "o")
            await pilot.press("down")
            table = app.screen.query_one(VirtualTable)
            await until(pilot, lambda: table.has_focus, "the list to have the focus")
            assert table.cursor == 1
            await pilot.press("f2")
            await see(pilot, "Correct", "Full name")
            first = app.focused
            await pilot.press("down")
            await until(pilot, lambda: app.focused is not first, "the next field")
            await pilot.press("up")
            await until(pilot, lambda: app.focused is first, "the first field")


async def test_80_columns_show_the_five_columns_that_matter(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            text = await see(pilot, "Code", "Full name", "Born", "Unit", "Verdict", "05/02/1980", "1975")
            assert max(map(len, text.splitlines())) <= 80


async def test_verdicts_come_behind_the_list_with_a_mark_and_words(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await until(pilot, lambda: any(mark in seen(app) for mark in ("? Unknown", "✗ Not met")), "a verdict")
            assert "…" not in [line.split()[-1] for line in seen(app).splitlines() if "Trần Văn" in line]


async def test_the_pane_from_120_columns_follows_the_cursor(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(140, 40)) as pilot:
            await see(pilot, "Appointments (1)", "Training (0)", "Awards (0)")
            await pilot.press("down", "down")
            await pilot.press("down")
            await until(pilot, lambda: seen(app).count("Ước") >= 2 or seen(app).count("Đào") >= 2, "the pane to follow")
            await pilot.resize_terminal(100, 30)
            await until(pilot, lambda: "Training (0)" not in seen(app), "the pane to go")


async def test_the_filter_narrows_by_role_says_so_and_escape_clears_it(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            roster = app.screen
            chosen = Filter(Scope(role="collaborator"))
            await pilot.press("f4")
            await see(pilot, "Whom to show", "Role", "Level", "Unit", "Verdict")
            app.screen.dismiss(chosen)
            await until(pilot, lambda: names_shown(app) == 1, "one name")
            assert "Đỗ Hồng Đào" in seen(app)
            title = app.office.settings.roles.roles["collaborator"].title.en
            await until(pilot, lambda: title in seen(app).splitlines()[1], "the chip")
            assert app.screen is roster
            await pilot.press("escape")
            await until(pilot, lambda: names_shown(app) == 4, "everybody")


async def test_a_verdict_filter_shows_only_those(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await until(pilot, lambda: any(mark in seen(app) for mark in ("? Unknown", "✗ Not met")), "a verdict")
            await pilot.press("f4")
            await see(pilot, "Whom to show")
            app.screen.dismiss(Filter(verdict="met"))
            await until(pilot, lambda: names_shown(app) == 0, "nobody")
            await see(pilot, "Nobody here", "Esc")


async def test_an_empty_office_says_what_to_do_next(tmp_path: Path) -> None:
    with closing(small_app(tmp_path, people=False)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Ins: enter a person", "F10: import")


async def test_a_person_is_entered_by_keys_and_never_vanishes_without_a_word(tmp_path: Path) -> None:
    with closing(small_app(tmp_path, people=False)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, "Nobody here")
            await pilot.press("insert")
            await see(pilot, "Enter a person", "Full name")
            await pilot.press(*"Mai", "space", *"An")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(Person)) == 1, "a person")
            assert app.office.book.table(Person).all()[0].name == "Mai An"
            await see(pilot, "TN-P-00001", "Mai An")


async def test_a_name_that_can_be_none_is_refused_in_the_form_and_nothing_is_written(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            head = app.office.book.head()
            await pilot.press("insert")
            await see(pilot, "Enter a person")
            await pilot.press(*"12345", "ctrl+s")
            await see(pilot, "nothing was saved")
            assert app.office.book.head() == head


async def test_f2_corrects_the_person_under_the_cursor_and_keeps_the_rest(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            before = app.office.book.table(Person).all()
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            await pilot.press("end", *"h", "ctrl+s")
            await see(pilot, "Nguyễn Thị Ánhh")
            after = app.office.book.table(Person).all()
            assert after[0].name == "Nguyễn Thị Ánhh"
            assert (after[0].born, after[0].phone, after[0].unit) == (before[0].born, before[0].phone, before[0].unit)
            assert after[1:] == before[1:]
            assert len(app.office.book.table(Appointment)) == 4


async def test_a_form_never_overwrites_what_was_changed_since_it_was_opened(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            (read, *_) = app.office.book.table(Person)
            changed = msgspec.structs.replace(read, phone="0911111111")
            with app.office.book.change("test.elsewhere") as change:
                change.put(changed, was=read)
            await pilot.press("end", *"h", "ctrl+s")
            await see(pilot, "was changed elsewhere since it was opened")
            assert app.office.book.table(Person)[read.id] == changed


async def test_the_shown_list_is_written_as_a_spreadsheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "documents_folder", lambda: tmp_path)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await type_find(pilot, "dao")
            await until(pilot, lambda: names_shown(app) == 1, "one name")
            await pilot.press("enter", "ctrl+e")
            await see(pilot, "Write the list: 1 people", "Columns chosen: 7")
            await pilot.press("ctrl+s")
            await see(pilot, "Written:")
    cells = cells_of(tmp_path / "people.xlsx")
    assert "Đỗ Hồng Đào" in cells
    assert "Nguyễn Thị Ánh" not in cells


@contextmanager
def office_in(path: Path) -> Iterator[Office]:
    with Book.open(path, actor="demo") as book:
        yield Office(book, books.settings_of(None))


async def test_the_demo_office_opens_with_its_people_and_their_verdicts(small_demo: Path, tmp_path: Path) -> None:
    i18n.use("en")
    shutil.copytree(small_demo, tmp_path / "demo.sovang")
    with closing(SoVangApp(lambda: office_in(tmp_path / "demo.sovang"), on=DAY, section="people")) as app:
        async with app.run_test(size=(140, 75)) as pilot:
            await until(pilot, lambda: app.is_open and "TN-P-" in seen(app), "people")
            await until(pilot, lambda: "✓ Met" in seen(app) or "✗ Not met" in seen(app), "verdicts")
            await pilot.press("ctrl+end")
            await pilot.press("enter")
            await see(pilot, "Identity", "Changes of this record")


@pytest.mark.parametrize(
    "name", ["Nông Thị Thu Hà", "Phạm Anh Ngọc Bảo Mẫu", "Ông Thị Ngọc Mẫu", "H'Ƀlơk Čil Ñuôl", "Ỷ"]
)
async def test_a_true_name_is_typed_or_pasted_letter_for_letter(tmp_path: Path, name: str) -> None:
    with closing(small_app(tmp_path, people=False)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, "Nobody here")
            await pilot.press("insert")
            await see(pilot, "Enter a person", "Full name")
            await pilot.press(*("space" if letter == " " else letter for letter in name), "ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(Person)) == 1, "a person")
            await pilot.press("insert")
            await see(pilot, "Enter a person", "Full name")
            assert app.focused is not None
            app.focused.post_message(events.Paste(f"Đ/c {name}" if " " in name else name))
            await see(pilot, name)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(Person)) == 2, "the other person")
            assert [each.name for each in app.office.book.table(Person)] == [name, name]


async def test_the_form_says_what_it_put_right_in_a_name_and_refuses_what_is_none(tmp_path: Path) -> None:
    with closing(small_app(tmp_path, people=False)) as app:
        async with app.run_test(size=(140, 50)) as pilot:
            await see(pilot, "Nobody here")
            await pilot.press("insert")
            await see(pilot, "Enter a person", "Full name")
            await pilot.press("Ô", "n", "g", "down")
            await see(pilot, "“Ông” is a form of address")
            await pilot.press("up", "end", "space", *"Trần", "space", *"Vǎn", "space", *"Mẫu", "down")
            await see(pilot, "“Ông” before the name", "as Trần Văn Mẫu")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(Person)) == 1, "a person")
            assert app.office.book.table(Person).all()[0].name == "Trần Văn Mẫu"
            await see(pilot, "TN-P-00001", "Trần Văn Mẫu")


async def test_a_name_that_the_book_held_before_does_not_hold_up_a_correction(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, "Lê [RH-2024] Ước")
            await type_find(pilot, "uoc")
            await until(pilot, lambda: names_shown(app) == 1, "one name")
            await pilot.press("down", "f2")
            await see(pilot, "Correct", "Full name")
            await pilot.press("down", "down", *"1975", "ctrl+s")
            await until(pilot, lambda: str(app.office.person("TN-P-00004").born) == "1975", "the birth")
            assert app.office.person("TN-P-00004").name == "Lê [RH-2024] Ước"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Lý Thị Mỹ", "li"),
        ("Lý Thị Mỹ", "Mĩ"),
        ("Trần Quí", "quy"),
        ("H'Mẫu Niê", "hmau"),
        ("H'Mẫu Niê", "h'mẫu"),
        ("Cil Đà", "čil"),
    ],
)
async def test_find_knows_the_other_way_to_write_a_name(tmp_path: Path, name: str, typed: str) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("insert")
            await see(pilot, "Enter a person", "Full name")
            await pilot.press(*("space" if letter == " " else letter for letter in name), "ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(Person)) == 5, "a person")
            await until(pilot, lambda: len(app.screen.query(VirtualTable)) == 1 and name in seen(app), "the list")
            await type_find(pilot, typed)
            table = app.screen.query_one(VirtualTable)
            await until(pilot, lambda: [row.cells[1] for row in table.view_rows] == [name], "one name")
