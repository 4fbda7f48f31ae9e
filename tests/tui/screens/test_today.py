"""Today on the screen: what is due, where each line leads, and no number before it is known."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event as Gate

import pytest

from records.domain.training import Event
from records.services.awards.proposing import open_list
from records.services.office import Office
from records.services.today import figures
from records.services.today.listing import KINDS
from tests.tui.offices import see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.screens.awards.proposals import ProposalScreen
from tui.screens.standards.check import CheckScreen
from tui.screens.today.pictures import bars, columns
from tui.screens.today.today import PLACES, _class
from tui.screens.training.attendance import AttendanceScreen


def _app(folder: Path) -> SoVangApp:
    return small_app(folder, section="today")


def _enter(office: Office) -> None:
    with office.book.change("test.event") as change:
        change.put(Event(id=change.new_id(Event), kind="conference", title="Hội nghị mẫu", day=date(2025, 6, 17)))
    open_list(office, "Khen năm", "office", date(2025, 6, 20))


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_is_due_is_listed_and_each_line_opens_its_place(tmp_path: Path, size: tuple[int, int]) -> None:
    with closing(_app(tmp_path)) as app:
        async with app.run_test(size=size) as pilot:
            await see(pilot, "4 people lack papers", "0/2", "Ages")
            _enter(app.office)
            await pilot.press("f5")
            text = await see(pilot, "Hội nghị mẫu", "Khen năm", "4 people lack papers", "0/2")
            assert text.index("17/06/2025") < text.index("20/06/2025")
            for line, opens in enumerate((CheckScreen, AttendanceScreen, ProposalScreen)):
                await pilot.press("home", *["down"] * line, "enter")
                await until(pilot, partial(lambda kind: isinstance(app.screen, kind), opens), opens.__name__)
                await pilot.press("alt+1" if opens is CheckScreen else "escape")
                await see(pilot, "› Today", "Khen năm")


async def test_no_number_stands_there_before_it_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, count = Gate(), figures.attendance

    def waits(office: Office, on: date) -> list[figures.Month]:
        gate.wait()
        return count(office, on)

    monkeypatch.setattr(figures, "attendance", waits)
    with closing(_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            text = await see(pilot, "counting…")
            assert "%" not in text.replace("% by month", "")
            await pilot.press("alt+2")  # nobody has to wait for it
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("alt+1")
            gate.set()
            await until(pilot, lambda: "counting…" not in seen(app) and "0/2" in seen(app), "the numbers")


def test_every_kind_has_its_place() -> None:
    assert set(PLACES) == set(KINDS)
    for place in PLACES.values():
        for named in filter(None, (place.screen, place.whole)):
            assert callable(_class(named))


def test_bars_tell_part_unknown_and_rest_apart_and_fill_their_width() -> None:
    lines = bars([("Ánh", 5, 3, 10), ("Tuyên truyền viên cơ sở", 0, 0, 0)], 30)
    assert [len(each) for each in lines] == [30, 30]
    assert lines[0].count("█") * 3 >= lines[0].count("▒") * 4 > 0
    assert lines[0].endswith("50% 5/10")
    assert lines[1].endswith("— 0/0")


def test_columns_show_the_least_above_nought_and_a_dot_for_what_is_not_known() -> None:
    high, numbers, names = columns(["a", "b", "c", "d"], [0, 1, 800, None], most=800, height=1)
    assert (high, numbers.split(), names.split()) == ("  ▁ ███", ["0", "1", "800", "·"], ["a", "b", "c", "d"])
