"""The first day by keys: from an empty folder to a book of one's own and its first person, and the settings after."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from config import i18n
from records.domain.people.person import Person
from records.domain.units import Unit
from records.store.book import Book
from records.store.sealing.ring import is_sealed
from tests.tui.offices import DAY, digit_of, see, seen, small_app, until
from tui.app import opening
from tui.app.app import SoVangApp
from tui.cli import parser
from tui.present import books
from tui.present.settings import make_book
from tui.screens.book.founding import FoundingScreen
from tui.screens.settings.settings import SettingForm
from tui.widgets.table import VirtualTable


def empty_app(path: Path) -> SoVangApp:
    """The program in a place without a book, as `run` makes it."""
    args = parser.parse(["--book", str(path)])

    def choose(chosen: Path | None) -> None:
        args.demo, args.book = chosen is None, str(chosen or "")

    return SoVangApp(lambda: opening.open_office(args), on=DAY, who="thu", without=path, choose=choose)


async def typed(pilot: Pilot[int], *texts: str) -> None:
    """Type into one field after another; an empty text passes a field over."""
    for text in texts:
        await pilot.press(*text, "tab")


async def test_from_an_empty_folder_to_the_first_person_by_keys_alone(tmp_path: Path) -> None:
    path = tmp_path / "office.sovang"
    with closing(empty_app(path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "There is no book yet", "Make a book", "made-up office")
            await pilot.press("enter")
            await see(pilot, "1/4", "Name of the office")
            await typed(pilot, "Ban Mẫu Đức", "", "ĐẢNG ỦY", "Huế")
            assert "BMD" in seen(app), "a code is suggested from the name"
            await pilot.press("ctrl+s")
            await see(pilot, "2/4")
            await pilot.press("ctrl+s")
            await see(pilot, "3/4")
            await pilot.press("right")
            await see(pilot, "those named below")
            await typed(pilot, "", "Chi bộ Mẫu 1; Phường Mẫu")
            await pilot.press("ctrl+s")
            await see(pilot, "4/4", str(tmp_path)[:20])
            await pilot.press("ctrl+s")
            await see(pilot, "Today", "The book holds nobody yet. Alt+2")
            await pilot.press("alt+2")
            await see(pilot, "People", "Nobody")
            await pilot.press("insert")
            await see(pilot, "Full name")
            await typed(pilot, "Nguyễn Văn Mẫu")
            await pilot.press("ctrl+s")
            await see(pilot, "Nguyễn Văn Mẫu", "BMD-P-00001")
    settings = books.settings_of(path)
    office = settings.office
    assert (office.code, office.name.on(DAY).value, office.superior.on(DAY).value) == ("BMD", "Ban Mẫu Đức", "ĐẢNG ỦY")
    assert office.place_on(DAY) == "Huế"
    with Book.open(path, actor="x", read_only=True) as book:
        assert [each.kind for each in book.table(Unit)] == ["party_organisation", "ward"]
        assert len(book.table(Person)) == 1


async def test_one_can_go_back_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "office.sovang"
    with closing(empty_app(path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Make a book")
            await pilot.press("enter")
            await see(pilot, "1/4")
            await pilot.press("ctrl+s")
            await see(pilot, "write the name of the office")
            await typed(pilot, "Ban Mẫu", "T1")
            await pilot.press("ctrl+s")
            await see(pilot, "letters A to Z")
            await typed(pilot, "TM")
            await pilot.press("ctrl+s")
            await see(pilot, "2/4")
            await typed(pilot, "T/M")
            await pilot.press("escape")
            await see(pilot, "1/4", "Ban Mẫu", "TM")
            await pilot.press("ctrl+s")
            await see(pilot, "2/4", "T/M")
            await pilot.press("escape", "escape")
            await see(pilot, "Leave without saving?")
            await pilot.press("enter")
            await see(pilot, "1/4", "Ban Mẫu")
            await pilot.press("escape")
            await see(pilot, "Leave without saving?")
            await pilot.press("left", "enter")
            await until(pilot, lambda: not isinstance(app.screen, FoundingScreen), "to be back")
            await see(pilot, "There is no book yet")
    assert not path.exists()


async def test_a_fault_in_the_list_of_units_is_said_and_the_answers_stay(tmp_path: Path) -> None:
    path = tmp_path / "office.sovang"
    (tmp_path / "u.csv").write_text("Đơn vị,Đơn vị cấp trên\nChi bộ Mẫu,Phường Không Có\n", "utf-8")
    with closing(empty_app(path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Make a book")
            await pilot.press("enter")
            await see(pilot, "1/4")
            await typed_only(pilot, "BanMẫu")  # the code is suggested though the field was not left
            await pilot.press("ctrl+s")
            await see(pilot, "2/4")
            await pilot.press("ctrl+s")
            await see(pilot, "3/4")
            await pilot.press("right", "right")
            await typed(pilot, "", "", str(tmp_path / "u.csv"))
            await pilot.press("ctrl+s")
            await see(pilot, "4/4")
            await pilot.press("ctrl+s")
            await see(pilot, "row 2")
            assert not path.exists()
            await pilot.press("escape")
            await see(pilot, "3/4", "from a spreadsheet", str(tmp_path)[:12])


async def test_another_book_is_opened_and_what_is_none_is_refused(tmp_path: Path) -> None:
    from records.services.settings.founding import Founding

    make_book(tmp_path / "there", Founding(), today=DAY)
    with closing(empty_app(tmp_path / "office.sovang")) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Open there", "Open another book")
            await pilot.press("down", "down", "enter")
            await see(pilot, "Folder of the book")
            await typed(pilot, str(tmp_path))
            await pilot.press("enter")
            await see(pilot, "not a book")
            await pilot.press("home")
            await pilot.press("shift+end", "delete")
            await typed(pilot, str(tmp_path / "there"))
            await pilot.press("shift+tab", "enter")
            await see(pilot, "Today", "thu")


async def test_the_made_up_office_is_one_key_away_and_the_language_too(tmp_path: Path) -> None:
    with closing(empty_app(tmp_path / "office.sovang")) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Look at the made-up office")
            await pilot.press("end", "enter")
            await see(pilot, "Xem thử cơ quan mẫu")
            await pilot.press("end", "up", "enter")
            await see(pilot, "7-QĐ/BTG", "15/06/2025")


async def test_a_setting_is_changed_on_screen_shown_by_day_and_undone(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await app.action_section("settings")
            await see(pilot, "Settings", "Name of the office")
            await pilot.press("down", "f2")
            await see(pilot, "Value", "Holds from")
            await typed(pilot, "Ban Khác Mẫu", "1/8/2025")
            await pilot.press("ctrl+s")
            await see(pilot, "Saved")
            await pilot.press("f3")
            await see(pilot, "from 01/08/2025: Ban Khác Mẫu", "office.name")
            await pilot.press("escape")
            assert app.office.book.history()[0].action == "config.set"
            await pilot.press("ctrl+z")
            await see(pilot, "Undone")
            assert app.office.settings.office.name.on(DAY.replace(year=2027)).value != "Ban Khác Mẫu"


async def test_language_and_colours_change_at_once_and_with_an_undo(tmp_path: Path) -> None:
    i18n.use("vi")
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await app.action_section("settings")
            await see(pilot, "Thiết lập")
            await change_right(pilot, "theme")
            await until(pilot, lambda: app.theme == "sovang-light", "the light colours")
            await see(pilot, "Thiết lập")
            await change_right(pilot, "language")
            await see(pilot, "Settings", "Name of the office", "F1 Help")
            await app.action_section("people")
            await see(pilot, "Full name", "Nguyễn Thị Ánh", "F1 Help")
            await pilot.press("ctrl+z")
            await see(pilot, "Họ và tên", "F1 Trợ giúp")
            await pilot.press("ctrl+z")
            await until(pilot, lambda: app.theme == "sovang", "the dark colours")


async def change_right(pilot: Pilot[int], row: str) -> None:
    """Choose the next of the choices of a setting, with keys."""
    await move_to(pilot, pilot.app.screen.query_one(VirtualTable), row)
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(pilot.app.screen, SettingForm), "the form")
    await pilot.press("right", "ctrl+s")


async def move_to(pilot: Pilot[int], table: VirtualTable, row: str) -> None:
    """Put the cursor on a row, with keys."""
    table.focus()
    await pilot.press("home")
    while table.cursor_id != row:
        before = table.cursor_id
        await pilot.press("down")
        assert table.cursor_id != before, row


async def typed_only(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*text)


async def test_the_book_moves_to_its_own_code_after_asking_and_old_codes_are_found(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "TN-P-00001")
            await app.action_section("settings")
            await see(pilot, "Code in every number")
            await pilot.press("down", "down", "down", "down", "f2")
            await see(pilot, "Code of the office")
            await typed_only(pilot, "PDP")
            await pilot.press("enter")
            await see(pilot, "Move the book to the code PDP?", "4 people", "PDP-P-00001")
            await pilot.press("right", "enter")
            await see(pilot, "PDP now")
            await pilot.press(f"alt+{digit_of('people')}")
            await see(pilot, "PDP-P-00001", "Nguyễn Thị Ánh")
            await pilot.press("slash")
            await typed_only(pilot, "tn-p-00002")
            await see(pilot, "Trần Văn Bình")
            await until(pilot, lambda: "Nguyễn Thị Ánh" not in seen(app), "the list to be narrowed")
            await pilot.press("escape", "ctrl+z")
            await see(pilot, "Undo this change?")
            await pilot.press("right", "enter")
            await see(pilot, "TN-P-00001")


async def test_a_book_can_be_sealed_when_it_is_made(tmp_path: Path) -> None:
    path = tmp_path / "office.sovang"
    with closing(empty_app(path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Make a book")
            await pilot.press("enter")
            await see(pilot, "1/4", "Name of the office")
            await typed(pilot, "Ban Mẫu")
            for page in ("2/4", "3/4", "4/4"):
                await pilot.press("ctrl+s")
                await see(pilot, page)
            await see(pilot, "Opens by a passphrase")
            await pilot.press("tab", "tab", "right", "ctrl+s")
            await see(pilot, "New passphrase")
            for place in ("#first", "#second"):
                field = app.screen.query_one(place, Input)
                field.focus()
                field.value = "mười cây số ngàn"
                await pilot.press("enter")
            await see(pilot, "Recovery key, shown this once")
            await pilot.press("escape")
            await see(pilot, "Today", "saved")
            assert app.office.book.history()[-1].action == "config.found"
    assert is_sealed(path)
    assert "Mẫu".encode() not in (path / "config" / "office.yaml").read_bytes()
