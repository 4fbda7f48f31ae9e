"""Emulation: registration, three hands, reasons, ties, signing and unlocking, each one undoable change."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from config.errors import InputError, RefusedError
from records.domain.appointments import Appointment
from records.domain.awards.awards import Score
from records.domain.emulation import STAGES, Cycle, Entrant, Movement, Stage, period_of
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit
from records.services.emulation import cycles, registration, score_sheets, signing, standings
from records.services.emulation.score_sheets import CellText
from records.services.office import Office
from tests.records.services.conftest import staff

TODAY = date(2025, 6, 20)
FULL = {"1.1": "10", "1.2": "10", "1.3": "10", "2.1": "15", "2.2": "10", "2.3": "20", "2.4": "15", "2.5": "10"}
YES = {"on-time": "x", "exceeded": "x", "corrected": "x"}


@pytest.fixture
def half(office: Office) -> Cycle:
    """The first half of 2025 for the two reporters."""
    staff(office)
    return registration.open_cycle(office, registration.Opening(key="2025-H1", role="reporter", movement="Thi đua mẫu"))


def write(office: Office, cycle: Cycle, stage: Stage, row: Entrant, cells: dict[str, str]) -> None:
    texts = [CellText(row.id, name, typed) for name, typed in cells.items()]
    score_sheets.write_cells(office, cycle, stage, texts, today=TODAY)


def score_all(office: Office, cycle: Cycle, points: dict[str, str] | None = None) -> list[Entrant]:
    for row in cycles.entrants_of(office, cycle):
        for stage in STAGES:
            more = {} if stage == "own" else YES
            write(office, cycle, stage, row, {**(points or FULL), **more})
    return cycles.entrants_of(office, cycle)


def test_opening_registers_everybody_in_the_role_once_and_undo_takes_it_back(office: Office, half: Cycle) -> None:
    rows = cycles.entrants_of(office, half)
    assert [cycles.subject_names(office, half)[row.subject] for row in rows] == ["Lê Thị An", "Nguyễn Văn Đức"]
    assert (half.first_day, half.last_day) == (date(2025, 1, 1), date(2025, 6, 30))
    assert office.book.table(Movement)[half.movement].title == "Thi đua mẫu"
    assert {row.level for row in rows} == {"district"}
    with pytest.raises(RefusedError, match="already"):
        registration.open_cycle(office, registration.Opening(key="2025-H1", role="reporter"))
    office.book.undo()
    assert (len(office.book.table(Cycle)), len(office.book.table(Entrant))) == (0, 0)


@pytest.mark.parametrize(
    ("key", "kind", "first", "last"),
    [("2024", "year", (2024, 1, 1), (2024, 12, 31)), ("2024-H2", "half", (2024, 7, 1), (2024, 12, 31)),
     ("2024-Q1", "quarter", (2024, 1, 1), (2024, 3, 31)), ("2025-Q4", "quarter", (2025, 10, 1), (2025, 12, 31)),
     ("2024-02", "month", (2024, 2, 1), (2024, 2, 29))],
)  # fmt: skip
def test_a_key_says_its_days(key: str, kind: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert period_of(key) == (kind, date(*first), date(*last))


@pytest.mark.parametrize("key", ["2024-13", "2024-H3", "2024-Q5", "hội thi", "", "9999999"])
def test_a_theme_needs_its_days(key: str) -> None:
    with pytest.raises(InputError, match="no year"):
        period_of(key)
    assert period_of(key, date(2024, 11, 15), date(2025, 11, 14))[0] == "theme"


def test_units_are_scored_by_their_own_table(office: Office) -> None:
    staff(office)
    cycle = registration.open_cycle(office, registration.Opening(key="2025"))
    (row,) = cycles.entrants_of(office, registration.open_cycle(office, registration.Opening(key="2024")))
    assert office.book.table(Unit)[row.subject].name == "Phường Túc Duyên"
    assert cycle.table == "unit-30-70"
    assert cycles.entrants_of(office, cycle) == []  # the ward ended with the merger of July 2025


def test_registration_keeps_points_and_refuses_strangers(office: Office, half: Cycle) -> None:
    row = cycles.entrants_of(office, half)[0]
    write(office, half, "own", row, {"1.1": "8,5"})
    (registered,) = registration.register(office, half, [row.subject], day=TODAY, pledge="Hoàn thành xuất sắc")
    assert (registered.id, registered.own.points) == (row.id, {"1.1": Decimal("8.5")})
    assert (registered.registered, registered.pledge) == (TODAY, "Hoàn thành xuất sắc")
    with pytest.raises(InputError, match="not among"):
        registration.register(office, half, ["TN-P-99999"], day=TODAY)
    registration.withdraw(office, half, [row.id], reason="Chuyển công tác")
    assert len(cycles.entrants_of(office, half)) == 1
    (again,) = registration.register(office, half, [row.subject], day=TODAY)
    assert again.id != row.id


def test_a_block_is_one_change_says_who_and_when_and_is_whole_or_nothing(office: Office, half: Cycle) -> None:
    first, second = cycles.entrants_of(office, half)
    before = office.book.head()[0]
    cells = [CellText(row.id, "1.1", "9") for row in (first, second)]
    assert len(score_sheets.write_cells(office, half, "own", cells, today=TODAY)) == 2
    assert office.book.head()[0] == before + 1
    own = office.book.table(Entrant)[first.id].own
    assert (own.points, own.by, own.day) == ({"1.1": Decimal(9)}, "tester", TODAY)
    assert score_sheets.write_cells(office, half, "own", cells, today=TODAY) == []
    with pytest.raises(InputError, match="more than the maximum"):
        score_sheets.write_cells(
            office, half, "own", [CellText(first.id, "1.2", "9"), CellText(second.id, "1.2", "11")], today=TODAY
        )
    assert office.book.table(Entrant)[first.id].own.points == {"1.1": Decimal(9)}
    score_sheets.write_cells(office, half, "own", [CellText(first.id, "1.1", "")], today=TODAY)
    assert office.book.table(Entrant)[first.id].own.points == {}


def test_the_order_of_entry_leaves_no_trace(office: Office, half: Cycle) -> None:
    first, second = cycles.entrants_of(office, half)
    order = list(FULL.items())
    write(office, half, "own", first, dict(order))
    random.Random(7).shuffle(order)
    for name, typed in order:
        write(office, half, "own", second, {name: typed})
    one, two = cycles.entrants_of(office, half)
    assert one.own == two.own


def test_carrying_over_fills_only_what_is_empty(office: Office, half: Cycle) -> None:
    row = cycles.entrants_of(office, half)[0]
    write(office, half, "own", row, FULL)
    write(office, half, "appraised", row, {"1.1": "7"})
    assert score_sheets.carry(office, half, "appraised", today=TODAY) == 1
    carried = office.book.table(Entrant)[row.id]
    assert carried.appraised.points == {**carried.own.points, "1.1": Decimal(7)}
    assert carried.differing("appraised") == ("1.1",)
    with pytest.raises(InputError, match="before this hand"):
        score_sheets.carry(office, half, "own", today=TODAY)


def test_points_from_records_fill_empty_cells_and_never_what_was_typed(office: Office, half: Cycle) -> None:
    first, second = cycles.entrants_of(office, half)
    with office.book.change("test.events") as change:
        for month in range(1, 7):
            day = date(2025, month, 10)
            event = change.put(Event(id=change.new_id(Event), kind="conference", title="Hội nghị", day=day))
            for row in (first, second):
                presence = "absent" if row is first and month == 1 else "present"
                given = Attendance(
                    id=change.new_id(Attendance),
                    person=row.subject,
                    event=event.id,
                    kind="conference",
                    day=day,
                    presence=presence,  # type: ignore[arg-type]
                )
                change.put(given)
    write(office, half, "appraised", second, {"2.1": "3"})
    assert score_sheets.compute(office, half, "appraised", today=TODAY) == 2
    points = {row.id: row.appraised.points for row in cycles.entrants_of(office, half)}
    assert points[first.id] == {"2.1": Decimal(10), "2.2": Decimal(0)}
    assert points[second.id] == {"2.1": Decimal(3), "2.2": Decimal(0)}
    found = score_sheets.measured(office, half, first)
    assert str(found["2.1"].reason) == "Came to 5 of 6 sessions"
    assert found["2.3"].points is None
    assert score_sheets.computed_cells(office, half, "final", stop=lambda: True) == []


def test_a_sheet_is_signed_only_when_everything_is_settled(office: Office, half: Cycle) -> None:
    first, second = cycles.entrants_of(office, half)
    with pytest.raises(RefusedError, match="not scored"):
        signing.sign(office, half, day=TODAY)
    score_all(office, half, {**FULL, "2.4": "5"})  # 90: the line between good and excellent
    write(office, half, "final", first, {"2.4": "4.5"})
    problems = [str(each.problem) for each in signing.hindrances(office, half)]
    assert any("points differ without a reason: 2.4" in each for each in problems)
    write(office, half, "final", first, {"reason": "Hội đồng thống nhất"})
    write(office, half, "final", second, {"on-time": ""})
    assert [str(each.problem) for each in signing.hindrances(office, half)] == [
        "a condition of the class is not answered"
    ]
    write(office, half, "final", second, {"on-time": "không"})
    signed = signing.sign(office, half, day=TODAY, signer="Trần Thị Ký")
    assert {each.person: (each.final, each.rating) for each in signed} == {
        first.subject: (Decimal("89.5"), "good"),
        second.subject: (Decimal(90), "good"),
    }
    assert {each.own for each in signed} == {Decimal(90)}
    locked = cycles.cycle_named(office, "2025-H1")
    assert (locked.signed, locked.signed_by) == (TODAY, "Trần Thị Ký")


def test_a_signed_cycle_changes_only_after_unlocking_with_a_reason(office: Office, half: Cycle) -> None:
    row = score_all(office, half, {**FULL, "2.4": "0"})[0]
    signing.sign(office, half, day=TODAY)
    locked = cycles.cycle_named(office, "2025-H1")
    for act in (
        lambda: write(office, half, "final", row, {"1.1": "1"}),
        lambda: score_sheets.carry(office, half, "final", today=TODAY),
        lambda: score_sheets.compute(office, half, "final", today=TODAY),
        lambda: score_sheets.set_evidence(office, half, row.id, "1.1", "BC 12"),
        lambda: registration.withdraw(office, locked, [row.id], reason="x"),
        lambda: signing.sign(office, locked, day=TODAY),
    ):
        with pytest.raises(RefusedError, match="locked"):
            act()
    with pytest.raises(InputError, match="reason is empty"):
        signing.unlock(office, locked, day=TODAY, reason="  ")
    opened = signing.unlock(office, locked, day=TODAY, reason="Sai điểm mục 1.1")
    assert opened.unlocked[0].reason == "Sai điểm mục 1.1"
    assert [each for each in office.book.table(Score) if each.cycle == "2025-H1"] == []
    office.book.undo()
    assert len([each for each in office.book.table(Score) if each.cycle == "2025-H1"]) == 2
    assert cycles.cycle_named(office, "2025-H1").signed == TODAY


def test_discipline_in_the_cycle_keeps_a_full_score_from_excellent(office: Office, half: Cycle) -> None:
    from records.domain.appointments import Discipline

    rows = score_all(office, half)
    with office.book.change("test.discipline") as change:
        change.put(
            Discipline(id=change.new_id(Discipline), person=rows[0].subject, opened=date(2025, 5, 1), measure="warning",
                       decided=date(2025, 5, 1), lapses=date(2026, 5, 1))
        )  # fmt: skip
    found = {row.entrant.id: row for row in standings.ranking(office, half).rows}
    assert (found[rows[0].id].classed.band, found[rows[0].id].classed.rating) == ("excellent", "good")
    assert found[rows[1].id].classed.rating == "excellent"


def crowd(office: Office, cycle: Cycle, points: list[str]) -> list[Entrant]:
    """As many more reporters as points, all with this much in 2.4 and everything else full."""
    ids = []
    with office.book.change("test.crowd") as change:
        for number in range(len(points)):
            person = change.put(Person(id=change.new_id(Person), name=f"Người Mẫu {number:02d}"))
            ids.append(person.id)
            change.put(
                Appointment(
                    id=change.new_id(Appointment), person=person.id, role="reporter", level="district",
                    since=date(2020, 1, 1), number="1",
                )
            )  # fmt: skip
    registration.register(office, cycle, ids, day=TODAY)
    rows = {row.subject: row for row in cycles.entrants_of(office, cycle)}
    for subject, given in zip(ids, points, strict=True):
        for stage in STAGES[1:]:
            cells = {**FULL, "2.3": "10", "2.4": given}
            write(office, cycle, stage, rows[subject], cells if stage == "appraised" else {**cells, **YES})
    return [rows[subject] for subject in ids]


def test_ranks_the_line_and_the_council(office: Office) -> None:
    cycle = registration.open_cycle(office, registration.Opening(key="2025", role="reporter", enter_all=False))
    rows = crowd(office, cycle, ["15", "15", "10", *["4"] * 4])
    found = standings.ranking(office, cycle)
    assert [found.places["cycle"][row.entrant.id].rank for row in found.rows] == [1, 1, 3, 4, 4, 4, 4]
    (line,) = found.lines
    assert (line.candidates, line.allowed, line.counted, set(line.cut)) == (2, 1, 6, {rows[0].id, rows[1].id})
    assert "excellent" not in found.ratings.values()
    with pytest.raises(InputError, match="not all those"):
        standings.resolve_tie(office, cycle, [rows[0].id, rows[2].id], reason="Biểu quyết", day=TODAY)
    standings.resolve_tie(office, cycle, [rows[1].id, rows[0].id], reason="Có nhiều sáng kiến hơn", day=TODAY)
    ruled = standings.ranking(office, cycle)
    assert [row.entrant.id for row in ruled.rows][:2] == [rows[1].id, rows[0].id]
    assert [name for name, rating in ruled.ratings.items() if rating == "excellent"] == [rows[1].id]
    tried = standings.ranking(office, cycle, what_if=standings.WhatIf(percent=Decimal(50)))
    assert sum(rating == "excellent" for rating in tried.ratings.values()) == 2
    better = standings.ranking(office, cycle, what_if=standings.WhatIf(totals={rows[2].id: Decimal(99)}))
    assert better.rows[0].entrant.id == rows[2].id
    assert standings.ranking(office, cycle) == ruled


def test_how_far_each_cycle_is_says_what_its_rows_say(office: Office) -> None:
    staff(office)
    assert cycles.begun(office) == {}
    opened = [
        registration.open_cycle(office, registration.Opening(key=key, role="reporter")) for key in ("2024", "2025")
    ]
    rows = cycles.entrants_of(office, opened[0])
    for stage, scored in (("own", rows), ("appraised", rows[:1])):
        for row in scored:
            write(office, opened[0], stage, row, {"1.1": "0" if stage == "own" else "8"})  # type: ignore[arg-type]
    for cycle in opened:
        found = cycles.entrants_of(office, cycle)
        hands = [sum(bool(row.marks(stage).points) for row in found) for stage in STAGES]
        assert cycles.begun(office)[cycle.id] == (len(found), *hands)
    assert cycles.begun(office)[opened[0].id] == (2, 2, 1, 0)


def test_evidence_is_a_reference_and_goes_when_it_is_emptied(office: Office, half: Cycle) -> None:
    row = cycles.entrants_of(office, half)[0]
    assert score_sheets.set_evidence(office, half, row.id, "1.1", " BC 12-BC/CB ").evidence == {"1.1": "BC 12-BC/CB"}
    assert score_sheets.set_evidence(office, half, row.id, "1.1", "").evidence == {}
    with pytest.raises(InputError, match="no column"):
        score_sheets.set_evidence(office, half, row.id, "9.9", "x")
