"""Results and certificates: typed, corrected, given anew, and what cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from config.errors import InputError
from records.domain.training import Attendance, Event
from records.services.book import history
from records.services.office import Office
from records.services.training import events, results
from records.services.training.results import Certificate, ResultCell
from tests.records.services.conftest import ON, staff

TODAY = date(2025, 7, 1)


def held(office: Office) -> list[Attendance]:
    """A course to which all three came: the attendances of An, Đức, Hùng."""
    people = staff(office)
    event = events.save_event(office, Event(id="", kind="course", title="Lớp bồi dưỡng", day=ON))
    events.mark(office, {(event.id, each.id): "present" for each in people})
    sheet = events.attendance_of(office, event.id)
    return [sheet[each.id] for each in people]


def cells(row: Attendance, **typed: str) -> list[ResultCell]:
    return [ResultCell(row.id, column, text) for column, text in typed.items()]


def test_a_row_of_results_is_one_change_and_reads_back_as_typed(office: Office) -> None:
    row = held(office)[0]
    typed = {
        "result": "đ",
        "score": "8,5",
        "rank": "Giỏi",
        "certificate": "12/GCN",
        "certificate_issuer": "Trung tâm Chính trị Mẫu",
        "certificate_day": "20/6/2025",
    }
    (made,) = results.write_results(office, cells(row, **typed), today=TODAY)
    assert (made.result, made.score, made.certificate_day) == ("completed", Decimal("8.5"), date(2025, 6, 20))
    again = {column: results.result_text(made, column) for column in results.COLUMNS}
    assert again == {**typed, "score": "8.5", "certificate_day": "20/06/2025"}
    assert results.write_results(office, cells(made, **again), today=TODAY) == []
    history.undo(office)
    assert office.book.table(Attendance).get(row.id) == row


def test_a_certificate_given_anew_keeps_the_first(office: Office) -> None:
    row = held(office)[0]
    issuer = "Trung tâm Chính trị Mẫu"
    (first,) = results.write_results(
        office, cells(row, certificate="12/GCN", certificate_issuer=issuer, certificate_day="20/6/2025"), today=TODAY
    )
    second = results.reissue(office, first, Certificate("15/GCN", "", date(2025, 6, 30)), why="bị mất", today=TODAY)
    third = results.reissue(office, second, Certificate("16/GCN"), why="ghi sai tên", today=TODAY)
    assert (third.certificate, third.certificate_issuer, third.certificate_day) == ("16/GCN", issuer, None)
    assert [(each.number, each.day, each.replaced, each.why) for each in third.earlier] == [
        ("12/GCN", date(2025, 6, 20), date(2025, 6, 30), "bị mất"),
        ("15/GCN", date(2025, 6, 30), TODAY, "ghi sai tên"),
    ]
    assert office.book.table(Attendance).get(row.id) == third


@pytest.mark.parametrize(
    ("certificate", "why", "words"),
    [
        (Certificate("12/GCN"), "bị mất", "no number of its own"),
        (Certificate(" "), "bị mất", "no number of its own"),
        (Certificate("13/GCN"), " ", "No reason"),
        (Certificate("13/GCN", "", date(2025, 8, 1)), "bị mất", "still to come"),
        (Certificate("13/GCN", "", date(2025, 6, 1)), "bị mất", "older than the training"),
    ],
)
def test_a_reissue_that_cannot_be_is_refused(office: Office, certificate: Certificate, why: str, words: str) -> None:
    row = held(office)[0]
    with pytest.raises(InputError, match="no certificate to replace"):
        results.reissue(office, row, Certificate("13/GCN"), why="bị mất", today=TODAY)
    (first,) = results.write_results(office, cells(row, certificate="12/GCN"), today=TODAY)
    with pytest.raises(InputError, match=words):
        results.reissue(office, first, certificate, why=why, today=TODAY)
    assert office.book.table(Attendance).get(row.id) == first


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("result", "z"),
        ("score", "tám"),
        ("score", "-1"),
        ("score", "NaN"),
        ("certificate_day", "14/6/2025"),
        ("certificate_day", "2/7/2025"),
        ("certificate_day", "31/6/2025"),
        ("rank", "x" * 200),
        ("name", "x"),
    ],
)
def test_what_cannot_stand_is_said_and_not_written(office: Office, column: str, typed: str) -> None:
    row = held(office)[0]
    assert results.result_problem(row, column, typed, today=TODAY) is not None
    with pytest.raises(InputError):
        results.write_results(office, [*cells(row, result="đ"), ResultCell(row.id, column, typed)], today=TODAY)
    assert office.book.table(Attendance).get(row.id) == row


def test_no_certificate_for_who_failed_or_was_absent_and_no_number_twice(office: Office) -> None:
    first, second, third = held(office)
    with pytest.raises(InputError, match="did not complete"):
        results.write_results(office, cells(first, result="k", certificate="1"), today=TODAY)
    events.mark(office, {(third.event, third.person): "absent"})
    with pytest.raises(InputError, match="having come"):
        results.write_results(office, cells(third, result="đ"), today=TODAY)
    results.write_results(office, cells(first, certificate="12/GCN", certificate_issuer="Trung tâm Mẫu"), today=TODAY)
    with pytest.raises(InputError, match="is that of"):
        results.write_results(
            office, cells(second, certificate="12/GCN", certificate_issuer="trung tâm Mẫu"), today=TODAY
        )
    results.write_results(office, cells(second, certificate="12/GCN", certificate_issuer="Nơi khác"), today=TODAY)
    with pytest.raises(InputError, match="no attendance"):
        results.write_results(office, [ResultCell("TN-T-09999", "result", "đ")], today=TODAY)


def test_everybody_who_came_completed_it_at_once_but_not_who_has_a_result(office: Office) -> None:
    first, second, third = held(office)
    events.mark(office, {(third.event, third.person): "absent"})
    results.write_results(office, cells(first, result="k"), today=TODAY)
    event = events.event_named(office, first.event)
    assert [each.id for each in results.complete_all(office, event)] == [second.id]
    assert results.complete_all(office, event) == []
