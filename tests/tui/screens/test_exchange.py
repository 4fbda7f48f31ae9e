"""Exchanging packages by keys: first contact, making one, taking one with a decision in each field, who has sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import openpyxl
import pytest
from textual.pilot import Pilot

from exports.packages import write_identity
from exports.requests import write_request
from records.domain.exchange import Neighbour, Package
from records.domain.people.person import Person
from records.services.exchange import meeting
from records.services.exchange.workbooks import request
from records.services.office import Office
from records.services.units.units import find_unit
from tests.records.services.exchange.offices import correct, now, office_of, packed, person
from tests.tui.offices import DAY, more, see, seen, small_office, until
from tui.app.app import SoVangApp


@contextmanager
def met(folder: Path) -> Iterator[Office]:
    """The small office, which knows SC and was sent its first package with one person, and then a second."""
    with small_office(folder) as office, office_of(folder, "SC", "Ban Sông Công") as other:
        for one, to in ((office, other), (other, office)):
            file = folder / f"{one.book.office}.id"
            write_identity(one, file, now=now(DAY))
            meeting.meet(to, meeting.meeting(to, meeting.read_identity(file)), today=DAY)
        who = person(other, "Hoàng Thị Ví Dụ", phone="0911")
        packed(other, office, folder / "first.svx", day=DAY)
        correct(other, who.id, phone="0922")
        packed(other, office, folder / "second.svx", day=DAY)
        yield office


async def take(pilot: Pilot[int], file: Path) -> None:
    await pilot.press("f7")
    await see(pilot, "A package to take")
    await pilot.press(*str(file), "enter")


async def go(pilot: Pilot[int]) -> None:
    await see(pilot, "› Exchange")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_packages_are_taken_field_by_field_and_taken_back(tmp_path: Path, size: tuple[int, int]) -> None:
    with closing(SoVangApp(lambda: met(tmp_path), on=DAY, who="thu", section="exchange")) as app:
        async with app.run_test(size=size, notifications=True) as pilot:
            await go(pilot)
            await take(pilot, tmp_path / "first.svx")
            await see(pilot, "Package of SC", "not taken yet", "New 1 · changed 0", "Hoàng Thị Ví Dụ")
            await pilot.press("ctrl+s")
            await see(pilot, "Take the package of SC?", "one change")
            await pilot.press("enter")
            await see(pilot, "Taken as one change", "SC Ban Sông")
            people = app.office.book.table(Person)
            assert people["SC-P-00001"].phone == "0911"
            correct(app.office, "SC-P-00001", phone="0933")
            await take(pilot, tmp_path / "second.svx")
            await see(pilot, "differing 1", "ours stays", "0933", "0922")
            await pilot.press("f2")
            await see(pilot, "theirs is taken")
            await pilot.press("ctrl+s")
            await see(pilot, "Take the package of SC?", "changed 1")
            await pilot.press("enter")
            await until(pilot, lambda: people["SC-P-00001"].phone == "0922", "theirs was taken")
            await see(pilot, "› Exchange")
            await pilot.press("ctrl+z")
            await see(pilot, "Ban Sông Công")
            await pilot.press("left", "enter")
            await until(pilot, lambda: people["SC-P-00001"].phone == "0933", "one undo takes it back")


async def test_a_package_is_sent_back_and_who_has_sent_is_seen(tmp_path: Path) -> None:
    with closing(SoVangApp(lambda: met(tmp_path), on=DAY, who="thu", section="exchange")) as app:
        async with app.run_test(size=(140, 40), notifications=True) as pilot:
            await go(pilot)
            await more(pilot, "other off", key="f6")
            await see(pilot, "› Other offices", "Ban Sông Công")
            await pilot.press("f2")
            await see(pilot, "Which unit is SC")
            await pilot.press(*"Phường Quang Vinh", "enter")
            await until(pilot, lambda: app.office.book.table(Neighbour).all()[0].unit, "the unit is known")
            await pilot.press("escape")
            await see(pilot, "› Exchange")
            await take(pilot, tmp_path / "first.svx")
            await see(pilot, "Package of SC")
            await more(pilot, "send it back")
            await see(pilot, "What is wrong with it")
            await pilot.press(*"thiếu ngày sinh", "enter")
            await see(pilot, "sent back – thiếu ngày sinh")
            assert [each.reason for each in app.office.book.table(Package)] == ["thiếu ngày sinh"]
            await more(pilot, "who has", key="f6")
            await see(pilot, "› Who has sent", "sent back on 15/06/2025: thiếu ngày sinh", "not sent")
            await more(pilot, "whom")
            await see(pilot, "To be reminded", "Phường Quang Vinh")


async def test_first_contact_and_a_package_of_ours(tmp_path: Path) -> None:
    with (
        office_of(tmp_path, "DH", "Ban Đồng Hỷ") as far,
        closing(SoVangApp(lambda: small_office(tmp_path), on=DAY, who="thu", section="exchange")) as app,
    ):
        write_identity(far, tmp_path / "far.json", now=now(DAY))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await go(pilot)
            assert "No package came or went yet" in seen(app)
            await more(pilot, "identity")
            await see(pilot, "Identity of this office")
            await pilot.press("home", "ctrl+k", *str(tmp_path / "own.json"), "enter")
            await see(pilot, "Fingerprint of TN")
            await pilot.press("escape")
            await more(pilot, "another")
            await see(pilot, "The identity of another office")
            await pilot.press(*str(tmp_path / "far.json"), "enter")
            await see(pilot, "Is this fingerprint the one", "Ban Đồng Hỷ")
            await pilot.press("left", "enter")
            await see(pilot, "DH is known now")
            await pilot.press("insert")
            await see(pilot, "Make a package for another office", "DH")
            for _ in range(5):
                await pilot.press("down")
            await pilot.press("home", "ctrl+k", *str(tmp_path / "made.svx"), "ctrl+s")
            await see(pilot, "Give the package to DH?", "everybody of the book")
            await pilot.press("escape")
            await until(pilot, lambda: not seen(app).count("Give the package"), "the question is left")
            assert not (tmp_path / "made.svx").exists()
            await pilot.press("insert")
            await see(pilot, "Make a package for another office", "DH")
            for _ in range(3):
                await pilot.press("down")
            await pilot.press(*"Phường Quang Vinh", "down", "down", "home", "ctrl+k", *str(tmp_path / "made.svx"))
            await pilot.press("ctrl+s")
            await see(pilot, "Give the package to DH?", "1 people of 1 units")
            await pilot.press("enter")
            await see(pilot, "The package is made", "for DH Ban Đồng")
            await pilot.press("escape")
            await see(pilot, "sent", "DH Ban Đồng")
    meeting_file = meeting.read_identity(tmp_path / "own.json")
    assert (meeting_file.office, (tmp_path / "made.svx").exists()) == ("TN", True)


async def test_the_workbook_of_a_unit_is_taken_by_keys(tmp_path: Path) -> None:
    with closing(SoVangApp(lambda: small_office(tmp_path), on=DAY, who="thu", section="exchange")) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await go(pilot)
            asked = request(app.office, "Phường Quang Vinh", "2025-H1", DAY)
            write_request(app.office, asked, tmp_path / "qv.xlsx", on=DAY, log=lambda made: made)
            workbook = openpyxl.load_workbook(tmp_path / "qv.xlsx")
            workbook.worksheets[0].cell(7, 8).value = "0988888888"  # the phone of the one who stands in it
            workbook.save(tmp_path / "qv.xlsx")
            await take(pilot, tmp_path / "qv.xlsx")
            await see(pilot, "Take the workbook qv.xlsx?", "changed: 1")
            await pilot.press("enter")
            await see(pilot, "Phường Quang", "2025-H1")
            assert app.office.book.table(Person)["TN-P-00002"].phone == "0988888888"


async def test_what_came_after_the_last_day_is_late(tmp_path: Path) -> None:
    with closing(SoVangApp(lambda: met(tmp_path), on=DAY, who="thu", section="exchange")) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await go(pilot)
            held = app.office.book.table(Neighbour).all()[0]
            meeting.place(app.office, held, find_unit(app.office, "Phường Quang Vinh", DAY).id)
            await take(pilot, tmp_path / "first.svx")
            await see(pilot, "Package of SC")
            await pilot.press("ctrl+s")
            await see(pilot, "Take the package of SC?")
            await pilot.press("enter")
            await see(pilot, "SC Ban Sông")
            await more(pilot, "who has", key="f6")
            await see(pilot, "› Who has sent", "sent on 15/06/2025")
            for typed, said in (("2025 40/06/2025", "40/06/2025"), ("2025 14/06/2025", "sent late on 15/06/2025")):
                await pilot.press("f4")
                await see(pilot, "Of which time")
                await pilot.press("home", "ctrl+k", *typed, "enter")
                await see(pilot, said)
                if "40" in typed:
                    await pilot.press("escape")
                    await see(pilot, "› Who has sent")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_folder_of_packages_and_workbooks_is_taken_in_one_preview(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with closing(SoVangApp(lambda: met(tmp_path), on=DAY, who="thu", section="exchange")) as app:
        async with app.run_test(size=size, notifications=True) as pilot:
            await go(pilot)
            for name in ("first.svx", "second.svx"):
                (tmp_path / name).rename(folder / name)
            (folder / "broken.xlsx").write_text("không phải bảng tính", "utf-8")
            asked = request(app.office, "Phường Quang Vinh", "2025-H1", DAY)
            write_request(app.office, asked, folder / "qv.xlsx", on=DAY, log=lambda made: made)
            await take(pilot, folder)
            await see(pilot, "all 4 files of this folder")
            await pilot.press("down", "enter")
            await see(pilot, "4 files · new 2 · changed 0", "not to be used 1", "nothing new", "not taken yet")
            await pilot.press("enter")
            await see(pilot, "Package of SC")
            await pilot.press("escape")
            await see(pilot, "4 files")
            await pilot.press("ctrl+s")
            await see(pilot, "Take 3 files?", "change of its own")
            await pilot.press("enter")
            await see(pilot, "Taken: 3 files, not taken: 0", "taken already on 15/06/2025")
            people = app.office.book.table(Person)
            assert people["SC-P-00001"].phone == "0922"
            assert sorted(each.unit for each in app.office.book.table(Package)) == ["", "", asked.unit]
            await pilot.press("ctrl+s")
            await see(pilot, "None of them brings anything")
            await pilot.press("escape")
            await see(pilot, "SC Ban Sông", "Phường Quang")


async def test_units_are_asked_on_the_screen_and_what_is_asked_is_seen(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with closing(SoVangApp(lambda: small_office(tmp_path), on=DAY, who="thu", section="exchange")) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await go(pilot)
            await more(pilot, "who has", key="f6")
            await see(pilot, "› Who has sent", "not sent")
            await pilot.press("ctrl+f", *"Quang Vinh", "enter")
            await pilot.press("f3")
            await see(pilot, "Asked for 2025: 1 people")
            await pilot.press("escape")
            await more(pilot, "workbooks")
            await see(pilot, "Workbooks for 1 units, 2025")
            await pilot.press("home", "ctrl+k", *str(out), "enter")
            await see(pilot, "1 people of the book stand in it", "F7 in")
            (file,) = out.glob("*.xlsx")
            mark = openpyxl.load_workbook(file).worksheets[0].cell(4, 1).value
            assert mark == "Leave this line as it is: SVYC TN-U-00002 2025"


async def test_a_workbook_in_which_another_office_asks_is_answered_by_a_package(tmp_path: Path) -> None:
    with closing(SoVangApp(lambda: met(tmp_path), on=DAY, who="thu", section="exchange")) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await go(pilot)
            file = tmp_path / "hoi.xlsx"
            workbook = openpyxl.Workbook()
            workbook.worksheets[0].append(["Giữ nguyên dòng này: SVYC SC-U-00777 2025-H1"])
            workbook.worksheets[0].append(["Mã", "Họ và tên", "Ngày sinh", "Đơn vị"])
            workbook.save(file)
            await take(pilot, file)
            await see(pilot, "In this workbook SC asks for", "2025-H1")
            await pilot.press("enter")
            await see(pilot, "Make a package for another office", "SC", "2025-H1")
            for _ in range(5):
                await pilot.press("down")
            await pilot.press("home", "ctrl+k", *str(tmp_path / "answer.svx"), "ctrl+s")
            await see(pilot, "Give the package to SC?")
            await pilot.press("enter")
            await see(pilot, "The package is made", "for SC Ban Sông")
            sent = [each for each in app.office.book.table(Package) if each.way == "sent"]
            assert [(each.office, each.period, each.what) for each in sent] == [("SC", "2025-H1", ("roster",))]
