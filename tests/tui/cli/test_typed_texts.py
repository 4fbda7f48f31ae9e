"""What is typed on the command line and in the form goes through the judges that read lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.domain.people.person import Person
from tests.tui.cli.conftest import Run
from tests.tui.offices import see, small_app, until
from tui.widgets.fields import Form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("phone=84 912 345 678", "0912345678"),
        ("phone=0912.345.678", "0912345678"),
        ("phone=0912345678/0987654321", "0912345678; 0987654321"),
        ("national_id=019 180 012 345", "019180012345"),
        ("email=lan@mau.vn.", "lan@mau.vn"),
        ("note=a\u200bb", "ab"),
    ],
)
def test_typed_texts_are_kept_as_lists_are_read(run: Run, book: Path, typed: str, kept: str) -> None:
    told = run("--book", book, "roster", "add", "name=Siu Y Ngo", "born=1980", typed)[1]
    person = run("--book", book, "roster", "show", told["id"])[1]["person"]
    assert person[typed.partition("=")[0]] == kept


def test_a_national_id_that_lost_its_zero_is_restored_and_said(run: Run, book: Path) -> None:
    told = run("--book", book, "roster", "add", "name=Siu Y Ngo", "born=1980", "national_id=19180012345")[1]
    assert "019180012345" in told["hints"]["national_id"]
    assert run("--book", book, "roster", "show", told["id"])[1]["person"]["national_id"] == "019180012345"


@pytest.mark.parametrize(
    "typed",
    ["phone=1234", "phone=09123", "phone=khong", "phone=0012345678", "national_id=1234", "national_id=000000000000",
     "national_id=０１２３４５６７８９０１２", "email=lan", "email=a@b", "note=" + "x" * 1001],
)  # fmt: skip
def test_what_no_list_may_say_is_refused_when_typed(run: Run, book: Path, typed: str) -> None:
    code, told = run("--book", book, "roster", "add", "name=Siu Y Ngo", typed)[:2]
    assert code == 2, told
    person = run("--book", book, "roster", "add", "name=Siu Y Ngo")[1]["id"]
    assert run("--book", book, "roster", "set", person, typed)[0] == 2
    held = run("--book", book, "roster", "show", person)[1]["person"]
    assert held.get(typed.partition("=")[0], "") == ""


async def test_the_form_judges_phones_and_numbers_as_lists_do(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: app.is_open, "the book opens")
        await app.action_section("people")
        await see(pilot, "Nguyễn Thị Ánh")
        await pilot.press("insert")
        await until(pilot, lambda: app.screen.query(Form), "the form opens")
        form = app.screen.query_one(Form)
        await pilot.press(*"Siu H", "apostrophe", *"Ngo")
        for key, text in (("phone", "1234"), ("national_id", "19180012345"), ("born", "1980"), ("email", "lan")):
            form.put(key, text)
        await pilot.press("ctrl+s")
        await see(pilot, "2 fields need a correction", "a telephone number has 10 digits", "no e-mail address")
        form.put("phone", "912345678")
        form.put("email", "")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(app.screen_stack) == 1, "it is saved")
        (made,) = (each for each in app.office.book.table(Person) if each.name == "Siu H'Ngo")
        assert (made.phone, made.national_id) == ("0912345678", "019180012345")
