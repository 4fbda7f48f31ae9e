"""One-line fields and closed lists: what is pasted, what entering selects, and what letters do."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from textual import events

from tests.tui.offices import see, small_app, until
from tui.screens.people.person_form import PersonForm
from tui.widgets.clipboard import one_line
from tui.widgets.dialogs import Choose
from tui.widgets.fields import ChoiceField
from tui.widgets.inputs import VnInput
from tui.widgets.listing import Listing


@pytest.mark.parametrize(
    ("pasted", "held"),
    [
        ("Mẫu Thị Kim\nNgân", "Mẫu Thị Kim Ngân"),
        ("Mẫu Thị Kim\r\n\r\n  Ngân \r\n", "Mẫu Thị Kim Ngân"),
        ("Mẫu Thị Kim\rNgân\r", "Mẫu Thị Kim Ngân"),
        ('"Mẫu Thị Kim\nNgân"\r\n', "Mẫu Thị Kim Ngân"),
        ('"Lớp ""Dân vận""\nđợt 2"', 'Lớp "Dân vận" đợt 2'),
        ('"Dân vận khéo"', '"Dân vận khéo"'),
        ('"Dân vận khéo"\n"Học tập"', '"Dân vận khéo" "Học tập"'),
        ("Mẫu\tNgân", "Mẫu Ngân"),
        (" vào giữa", " vào giữa"),
        ("\n", ""),
        ("", ""),
    ],
)
def test_several_lines_are_joined_by_blanks(pasted: str, held: str) -> None:
    assert one_line(pasted) == held


async def test_a_paste_of_several_lines_is_joined_in_the_find_line_and_in_a_field(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("slash")
            app.post_message(events.Paste("nguyen\rthi"))
            await until(pilot, lambda: app.screen.query_one("#find", VnInput).value == "nguyen thi")
            await pilot.press("escape", "escape", "insert")
            app.post_message(events.Paste("Mẫu Thị Kim\r\nNgân"))
            await until(pilot, lambda: isinstance(app.focused, VnInput) and app.focused.value == "Mẫu Thị Kim Ngân")


async def test_entering_a_prefilled_field_selects_it_and_an_arrow_does_not_lose_it(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("f2")
            await until(pilot, lambda: isinstance(app.screen, PersonForm))
            name, born = list(app.screen.query(VnInput))[:2]
            was = name.value
            name.focus()
            await pilot.press("end", *"x")
            assert name.value == was + "x", "an arrow takes the selection away"
            await pilot.press("tab", "shift+tab", *"Ma")
            assert name.value == "Ma", "typing replaces what stood there"
            born.value = "05/02/1980"
            born.focus()
            await pilot.press("backspace", *"1975")
            assert born.value == "1975"


async def test_a_letter_on_a_closed_list_opens_it_narrowed(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("f4")
            await until(pilot, lambda: isinstance(app.focused, ChoiceField))
            field = app.focused
            assert isinstance(field, ChoiceField)
            await pilot.press(*"coll")
            await until(pilot, lambda: isinstance(app.screen, Choose), "the list")
            listing = app.screen.query_one(Listing)
            await until(pilot, lambda: listing.find_input.value == "coll", "every letter")
            await until(pilot, lambda: [row.id for row in listing.table.view_rows] == ["collaborator"], "one row")
            await pilot.press("enter")
            await until(pilot, lambda: field.value == "collaborator")
            app.post_message(events.Paste("reporter"))
            await until(pilot, lambda: isinstance(app.screen, Choose))
            await pilot.press("enter")
            await until(pilot, lambda: field.value == "reporter")
