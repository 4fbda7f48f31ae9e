"""Figures: every grouping holds everybody once, periods stand in their order, clusters come from units."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from config.errors import InputError
from records.domain.training import Event
from records.domain.units import Unit
from records.services.office import Office
from records.services.training import events as training
from records.services.training.figures import BY, PERIODS, figures, period_of, rates_by
from tests.records.services.conftest import ON, staff


def held(office: Office) -> list[Event]:
    """Three conferences in 2024 and 2025; all three people came to each but one, who was late once and absent once."""
    people = staff(office)
    ward = next(unit for unit in office.book.table(Unit) if unit.id == people[0].unit)
    with office.book.change("test.cluster") as change:
        change.put(msgspec.structs.replace(ward, cluster="Cụm 1"), was=ward)
    made = []
    for day in (date(2024, 12, 10), date(2025, 1, 10), date(2025, 4, 10)):
        event = training.save_event(office, Event(id="", kind="conference", title="Hội nghị", day=day))
        training.mark(office, {(event.id, each.id): "present" for each in people})
        made.append(event)
    training.mark(office, {(made[0].id, people[0].id): "absent", (made[1].id, people[0].id): "late"})
    return made


@pytest.mark.parametrize("by", BY)
def test_every_grouping_holds_everything_once(office: Office, by: str) -> None:
    events = held(office)
    found = figures(office, events, by=by, on=ON)
    assert sum(each.rate.recorded for each in found) == 9
    assert sum(each.rate.came for each in found) == 8
    assert all(str(each.title) for each in found)


def test_periods_and_sessions_stand_by_day_and_others_by_share(office: Office) -> None:
    events = held(office)
    titles = {by: [str(each.title) for each in figures(office, events, by=by, on=ON)] for by in BY}
    assert titles["month"] == ["12/2024", "01/2025", "04/2025"]
    assert titles["quarter"] == ["quarter 4/2024", "quarter 1/2025", "quarter 2/2025"]
    assert titles["year"] == ["2024", "2025"]
    assert titles["cluster"] == ["Cụm 1"]
    assert titles["person"] == ["Nguyễn Văn Đức", "Trần Hùng", "Lê Thị An"]
    assert titles["event"][0] == "10/12/2024 Hội nghị"


def test_a_grouping_there_is_not_is_refused(office: Office) -> None:
    with pytest.raises(InputError, match="no grouping"):
        rates_by(office, [], by="colour", on=ON)
    assert [period_of(date(2025, 9, 30), by) for by in PERIODS] == ["2025-09", "2025-Q3", "2025"]
