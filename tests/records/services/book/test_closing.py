"""Through services, lists, grids and undo, with any day: what touches a closed year is refused, all else is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ClosedYearError, ConflictError
from config.settings.scoring import ScoreTable
from records.domain.appointments import Absence, Appointment
from records.domain.awards.awards import Award
from records.domain.emulation import Cycle, Entrant
from records.domain.people.person import Person
from records.domain.training import Event
from records.domain.units import Unit
from records.domain.years.closing import YearMark
from records.services.appointments import appointing
from records.services.awards import decisions, paying, proposing, revoking
from records.services.book import closing, history
from records.services.emulation import rating, registration, score_sheets
from records.services.emulation.score_sheets import CellText
from records.services.imports import list_intake
from records.services.imports.list_kinds import LIST_KINDS
from records.services.office import Office
from records.services.people import discipline
from records.services.people.listing import Scope
from records.services.reviews import reviews
from records.services.settings import changing
from records.services.training import duties, events, results
from records.services.units import units
from tests.records.intake.building import save
from tests.tui.offices import small_office

TODAY = date(2026, 6, 15)
DAYS = st.dates(date(2024, 1, 2), date(2026, 5, 31))
Act = Callable[[Office, date], object]


@pytest.fixture(scope="module")
def at_work() -> Iterator[Callable[[], Office]]:
    """Four people, each with an appointment since 2024, a conference, an award and a cycle of each year from 2024."""
    with TemporaryDirectory() as folder, small_office(Path(folder)) as made:
        people = _people(made)
        with made.book.change("test.terms") as change:
            for held in made.book.table(Appointment):
                change.put(msgspec.structs.replace(held, until=date(2031, 12, 31)), was=held)
        for year in (2024, 2025, 2026):
            event = events.save_event(made, Event(id="", kind="course", title=f"Lớp {year}", day=date(year, 1, 1)))
            events.call(made, event, people)
            events.mark(made, {(event.id, people[0]): "present"})
            registration.open_cycle(
                made,
                registration.Opening(
                    key=f"Đợt {year}", role="reporter", first_day=date(year, 1, 1), last_day=date(year, 1, 31)
                ),
            )
            _decide(made, date(year, 1, 1), f"{year}")
        yield lambda: made  # the whole office is too much to be shown in a failure


def _people(office: Office) -> list[str]:
    return [each.id for each in office.book.table(Person)]


def _decide(office: Office, day: date, number: str, who: int = 0) -> list[Award]:
    _, made = decisions.decide(
        office,
        decisions.Proposal(
            number=f"{number}-QĐ/BTG", day=day, prize="party-merit-year", people=[_people(office)[who]],
            citation="Hoàn thành xuất sắc", achieved_from=date(day.year - 1, 1, 1),
            achieved_to=date(day.year - 1, 12, 31),
        ),
    )  # fmt: skip
    return made


def _of(office: Office, year: int) -> tuple[Event, Award, Cycle]:
    event = next(each for each in office.book.table(Event) if each.day.year == year)
    award = next(each for each in office.book.table(Award) if each.register_year == year)
    cycle = next(each for each in office.book.table(Cycle) if each.last_day.year == year)
    return event, award, cycle


def _appoint(office: Office, day: date) -> object:
    return appointing.appoint(
        office, Appointment(id="", person=_people(office)[2], role="communicator", level="grassroots", since=day)
    )


def _end(office: Office, day: date) -> object:
    """The first day without the role decides: who ends on 31 December served the whole year."""
    held = next(each for each in office.book.table(Appointment) if each.since and each.since < day and not each.ended)
    return appointing.end(office, held.id, day=day - timedelta(days=1), reason="relieved")


def _move(office: Office, day: date) -> object:
    person = office.book.table(Person)[_people(office)[1]]
    other = next(each.id for each in office.book.table(Unit) if each.exists_on(day) and each.id != person.unit)
    return appointing.transfer(office, [person.id], other, day=day)


def _rename(office: Office, day: date) -> object:
    unit = next(each for each in office.book.table(Unit) if each.exists_on(day))
    return units.rename(office, unit.id, "Tên khác", since=day)


def _result(office: Office, day: date) -> object:
    """A result belongs to the day of the class."""
    event, _, _ = _of(office, day.year)
    row = events.attendance_of(office, event.id)[_people(office)[0]]
    return results.write_results(office, [results.ResultCell(row.id, "result", "đ")], today=TODAY)


def _grid_of_scores(office: Office, day: date) -> object:
    _, _, cycle = _of(office, day.year)
    row = office.book.table(Entrant).where(cycle=cycle.id)[0]
    key = next(each.key for each in score_sheets.columns_of(_table(office, cycle), "own") if each.criterion)
    return score_sheets.write_cells(office, cycle, "own", [CellText(row.id, key, "1")], today=TODAY)


def _table(office: Office, cycle: Cycle) -> ScoreTable:
    return next(each for each in office.settings.tables if each.id == cycle.table)


def _import(kind: str, heads: tuple[str, ...], row: Callable[[Office, date], tuple[object, ...]]) -> Act:
    def act(office: Office, day: date) -> object:
        with TemporaryDirectory() as folder:
            path = save(Path(folder) / "list.xlsx", [heads, row(office, day)])
            seen = list_intake.preview(office, LIST_KINDS[kind], path, today=TODAY)
            if seen.refused:
                assert [each.row for each in seen.refused] == [2]
                raise ClosedYearError(seen.refused[0].problem)
            return list_intake.accept(office, seen)

    return act


ACTS: dict[str, Act] = {
    "event": lambda office, day: events.save_event(office, Event(id="", kind="course", title="Lớp", day=day)),
    "attendance grid": lambda office, day: events.mark(
        office, {(_of(office, day.year)[0].id, _people(office)[1]): "absent"}
    ),
    "call": lambda office, day: events.save_event(
        office, msgspec.structs.replace(_of(office, day.year)[0], place="Hội trường"), _of(office, day.year)[0]
    ),
    "result": _result,
    "duties": lambda office, day: duties.write_duties(
        office, [duties.DutyCell(_people(office)[0], day.replace(day=1), "talks", "2")], today=TODAY
    ),
    "score grid": _grid_of_scores,
    "register": lambda office, day: registration.withdraw(
        office, _of(office, day.year)[2], [office.book.table(Entrant).where(cycle=_of(office, day.year)[2].id)[0].id],
        reason="xin rút",
    ),
    "open a cycle": lambda office, day: registration.open_cycle(
        office, registration.Opening(key="Đợt mới", role="reporter", first_day=date(2024, 1, 1), last_day=day)
    ),
    "rate": lambda office, day: rating.rate(
        office, [rating.Rated(subject=_people(office)[0], year=day.year, kind="party", rating="good")]
    ),
    "decide": lambda office, day: _decide(office, day, "77", who=2),
    "revoke": lambda office, day: revoking.revoke(office, [_of(office, 2024)[1]], day, "false-declaration"),
    "pay": lambda office, day: paying.pay(office, [_of(office, 2024)[1]], day),
    "propose": lambda office, day: proposing.open_list(office, "Danh sách", "party", day),
    "appoint": _appoint,
    "end": _end,
    "move": _move,
    "leave": lambda office, day: appointing.leave(office, _people(office)[3], day=day, reason="retired"),
    "discipline": lambda office, day: discipline.record(office, _people(office)[0], discipline.Matter(opened=day)),
    "absence": lambda office, day: discipline.absent(
        office, Absence(id="", person=_people(office)[0], kind="sick", first=day, last=day)
    ),
    "review": lambda office, day: reviews.open_review(
        office, reviews.Opening(title="Rà soát", on=day, scope=Scope(role="reporter"))
    ),
    "rename a unit": _rename,
    "setting": lambda office, day: changing.set_setting(office, "office.place", "Huế", since=day, today=TODAY),
    "list of duties": _import(
        "duties", ("Mã số", "Họ và tên", "Tháng", "Số buổi nói chuyện"),
        lambda office, day: (_people(office)[0], "Nguyễn Thị Ánh", f"{day:%m/%Y}", 2),
    ),
    "list of discipline": _import(
        "discipline", ("Mã số", "Họ và tên", "Ngày bắt đầu"),
        lambda office, day: (_people(office)[0], "Nguyễn Thị Ánh", f"{day:%d/%m/%Y}"),
    ),
}  # fmt: skip
"""Each through its own service; the day is the one that decides."""


def _close(office: Office, year: int, *, closed: bool) -> None:
    with office.book.change("book.close") as change:
        change.put(YearMark(id=change.new_id(YearMark), year=year, closed=closed, day=TODAY))


@pytest.mark.parametrize("name", ACTS)
@settings(deadline=None, max_examples=8)
@given(day=DAYS, closed=st.sampled_from([2024, 2025, 2026]))
def test_what_touches_a_closed_year_is_refused_and_all_else_done_and_undone(
    at_work: Callable[[], Office], name: str, day: date, closed: int
) -> None:
    office, act = at_work(), ACTS[name]
    book = office.book
    touches = day.year == closed
    _close(office, closed, closed=True)
    try:
        before = book.head()
        if touches:
            with pytest.raises(ClosedYearError):
                act(office, day)
            assert book.head() == before
        else:
            act(office, day)
            assert book.head() != before
            history.undo(office)
    finally:
        _close(office, closed, closed=False)
    act(office, day)
    done = book.head()[0]
    _close(office, closed, closed=True)
    try:
        if touches:
            with pytest.raises((ClosedYearError, ConflictError)) as refused:
                history.undo(office, done)
            assert isinstance(refused.value, ClosedYearError)
        else:
            history.undo(office, done)
    finally:
        _close(office, closed, closed=False)
    with suppress(ConflictError):
        if touches:
            history.undo(office, done)


def test_what_is_open_is_told_kind_by_kind(at_work: Callable[[], Office]) -> None:
    office = at_work()
    told = closing.open_matters(office, 2026, today=TODAY)
    assert {each.kind for each in told} == {"year", "cycle", "session", "decision"}
    before = {each.kind for each in closing.open_matters(office, 2025, today=TODAY)}
    assert before == {"cycle", "session", "decision"}
    proposals = proposing.open_list(office, "Danh sách", "party", date(2025, 3, 1))
    reviews.open_review(office, reviews.Opening(title="Rà soát", on=date(2025, 3, 1), scope=Scope(role="reporter")))
    (event, _, _), people = _of(office, 2025), _people(office)
    events.mark(office, dict.fromkeys(((event.id, each) for each in people), "present"))
    proposing.nominate(
        office, proposals, proposing.Nomination(prize="party-merit-year", subjects=people[1:2], citation="c",
                                                achieved_from=date(2024, 1, 1), achieved_to=date(2024, 12, 31)),
        date(2025, 3, 1),
    )  # fmt: skip
    after = {each.kind for each in closing.open_matters(office, 2025, today=TODAY)}
    assert after == {"cycle", "decision", "proposal", "review", "result"}
