"""Reviews: the snapshot, decisions with reasons, signing as one change, corrections, undo."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import AppError, ConflictError, InputError, RefusedError
from config.settings.loading import load_settings
from records.domain.appointments import Appointment
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.reviews import OUTCOMES, STAYING, Review, ReviewLine
from records.domain.training import Attendance
from records.domain.units import Unit, UnitName
from records.services.book import history
from records.services.office import Office, furnish
from records.services.reviews import deciding, review_summary, reviews, signing
from records.store.book import Book
from tests.records.services import conftest
from tests.records.services.conftest import ON, course_of_long_ago


def opened(office: Office) -> Review:
    review = reviews.open_review(office, reviews.Opening(title="Rà soát mẫu", on=ON))
    assert review is not None
    return review


def lines(office: Office, review: Review) -> dict[str, ReviewLine]:
    return {each.name: each for each in reviews.lines_of(office, review)}


def staff(office: Office) -> list[Person]:
    """The small office's people, in a unit and at a level that outlast the middle of 2025."""
    people = conftest.staff(office)
    with office.book.change("test.move") as change:
        unit = change.put(
            Unit(id=change.new_id(Unit), names=(UnitName(name="Đảng bộ Cơ quan Mẫu"),), kind="party_organisation")
        )
        moved = [change.put(msgspec.structs.replace(each, unit=unit.id), was=each) for each in people]
        for post in office.book.table(Appointment).all():
            change.put(msgspec.structs.replace(post, unit=unit.id, level="commune"), was=post)
    return moved


def decision(day: date = date(2025, 8, 20), **more: Any) -> signing.Signature:
    return signing.Signature(number="7-QĐ/BTG", day=day, effective=day, **more)


def everything(office: Office) -> dict[str, list[Any]]:
    return {kind.__name__: office.book.table(kind).all() for kind in KINDS}


def accept_all(office: Office, review: Review) -> None:
    deciding.set_outcome(office, reviews.lines_of(office, review), "")


def test_opening_takes_a_snapshot_and_proposes_with_a_rule(office: Office) -> None:
    an, duc, hung = staff(office)
    course_of_long_ago(office)
    before = office.book.head()[0]
    review = opened(office)
    assert office.book.head()[0] == before + 1
    found = lines(office, review)
    assert set(found) == {an.name, duc.name, hung.name}
    line = found[duc.name]
    assert (line.proposed, line.rule, line.verdict) == ("train", "learning", "not_met")
    reason = next(each for each in line.seen if each.criterion == "training")
    assert "0" in str(reason.reason.text())
    with office.book.change("test.rename") as change:
        change.put(msgspec.structs.replace(duc, name="Nguyễn Văn Khác"), was=duc)
    assert duc.name in lines(office, review)


def test_a_second_review_of_the_same_scope_waits_for_the_first(office: Office) -> None:
    staff(office)
    opened(office)
    with pytest.raises(RefusedError, match="still open"):
        opened(office)


def test_a_review_of_nobody_is_refused(office: Office) -> None:
    with pytest.raises(InputError, match="Nobody"):
        opened(office)


def test_another_outcome_needs_a_reason(office: Office) -> None:
    staff(office)
    review = opened(office)
    line = next(iter(lines(office, review).values()))
    with pytest.raises(InputError, match="no reason"):
        deciding.set_outcome(office, [line], "end")
    deciding.set_outcome(office, [line], "end", "Chuyển công tác")
    assert lines(office, review)[line.name].reason == "Chuyển công tác"
    with pytest.raises(InputError, match="already holds"):
        deciding.set_outcome(office, [lines(office, review)[line.name]], "add", "x")


def test_a_decision_on_a_line_that_changed_meanwhile_is_refused(office: Office) -> None:
    staff(office)
    line = next(iter(lines(office, opened(office)).values()))
    deciding.set_outcome(office, [line], "")
    with pytest.raises(ConflictError):
        deciding.set_outcome(office, [line], "end", "x")


def test_signing_waits_for_every_decision(office: Office) -> None:
    staff(office)
    review = opened(office)
    with pytest.raises(RefusedError, match="3 lines are not decided"):
        signing.sign(office, review, decision())


def test_signing_ends_and_renews_as_one_change(office: Office) -> None:
    an, duc, hung = staff(office)
    review = opened(office)
    deciding.set_outcome(office, [lines(office, review)[duc.name]], "end", "Nghỉ hưu")
    deciding.set_outcome(office, [each for each in reviews.lines_of(office, review) if not each.outcome], "")
    before = office.book.head()[0]
    signed = signing.sign(office, review, decision())
    assert office.book.head()[0] == before + 1
    terms = {each.name: [a for a in office.book.table(Appointment) if a.person == each.id] for each in (an, duc, hung)}
    assert [(each.ended, each.end_reason) for each in terms[duc.name]] == [(date(2025, 8, 14), "term_ended")]
    old, new = terms[an.name]
    assert (old.ended, new.since, new.number) == (date(2025, 8, 14), date(2025, 8, 20), "7-QĐ/BTG")
    assert new.recognised_by == "Đảng ủy phường Phan Đình Phùng"  # the Party committee, not its department
    contract = terms[hung.name][-1]
    assert (contract.instrument, contract.number) == ("contract", "")  # a contract is signed one by one
    assert len(signed.ended) == 3
    assert len(signed.renewed) == 2


def test_a_term_renewed_elsewhere_meanwhile_is_not_renewed_again(office: Office) -> None:
    an, duc, _ = staff(office)
    review = opened(office)
    for person in (an, duc):
        (held,) = [each for each in office.book.table(Appointment) if each.person == person.id]
        with office.book.change("test.renew") as change:
            change.put(msgspec.structs.replace(held, ended=date(2025, 8, 14), end_reason="renewed"), was=held)
            since, until = date(2025, 8, 15), date(2030, 8, 14)
            new = msgspec.structs.replace(held, id=change.new_id(Appointment), since=since, until=until)
            change.put(msgspec.structs.replace(new, number="3-QĐ/ĐU"))
    deciding.set_outcome(office, [lines(office, review)[duc.name]], "end", "Nghỉ hưu")
    deciding.set_outcome(office, [each for each in reviews.lines_of(office, review) if not each.outcome], "")
    signed = signing.sign(office, review, decision())
    terms = {each.name: [a for a in office.book.table(Appointment) if a.person == each.id] for each in (an, duc)}
    assert [each.number for each in terms[an.name]] == ["1-QĐ/TU", "3-QĐ/ĐU"]
    assert terms[an.name][1].ended is None
    assert (terms[duc.name][1].ended, terms[duc.name][1].end_reason) == (date(2025, 8, 19), "relieved")
    assert [name for name, _, _ in signing.gaps(office, signed)] == ["Trần Hùng"]


def test_terms_that_have_not_run_out_stay(office: Office) -> None:
    staff(office)
    review = opened(office)
    accept_all(office, review)
    signed = signing.sign(office, review, decision(date(2025, 6, 20)))
    assert (signed.ended, signed.renewed) == ((), ())


def test_what_is_signed_changes_no_more_not_even_by_undoing_what_came_before(office: Office) -> None:
    staff(office)
    review = opened(office)
    accept_all(office, review)
    seq = office.book.head()[0]
    signing.sign(office, review, decision())
    with pytest.raises(RefusedError, match="was signed"):
        deciding.set_outcome(office, reviews.lines_of(office, review), "end", "x")
    with pytest.raises(RefusedError, match="was signed"):
        signing.sign(office, reviews.the_review(office, review.id), decision())
    with pytest.raises(ConflictError):
        history.undo(office, seq)


def test_a_candidate_is_judged_at_once_and_added_by_signing(office: Office) -> None:
    *_, hung = staff(office)
    review = opened(office)
    line = deciding.add_candidate(office, review, hung.id, "reporter", "commune")
    assert (line.proposed, line.candidate) == ("add", True)
    assert {each.criterion for each in line.seen} >= {"appointment", "party", "training"}
    with pytest.raises(InputError, match="holds this role"):
        deciding.add_candidate(office, review, hung.id, "reporter", "commune")
    accept_all(office, review)
    signed = signing.sign(office, review, decision())
    (added,) = signed.added
    made = office.book.table(Appointment)[added]
    assert (made.person, made.role, made.since) == (hung.id, "reporter", date(2025, 8, 20))


def test_a_correction_is_new_and_linked_and_brings_back_who_was_ended(office: Office) -> None:
    _, duc, _ = staff(office)
    review = opened(office)
    deciding.set_outcome(office, [lines(office, review)[duc.name]], "end", "Nhầm người")
    deciding.set_outcome(office, [each for each in reviews.lines_of(office, review) if not each.outcome], "")
    signed = signing.sign(office, review, decision())
    as_signed = reviews.lines_of(office, signed)
    with pytest.raises(InputError, match="no reason"):
        signing.open_correction(office, signed, [duc.id], " ", date(2025, 9, 1))
    correction = signing.open_correction(office, signed, [duc.id], "Nhầm người", date(2025, 9, 1))
    (line,) = reviews.lines_of(office, correction)
    deciding.set_outcome(office, [line], "keep", "Khôi phục")
    signing.sign(office, correction, decision(date(2025, 9, 5)))
    assert correction.corrects == signed.id
    assert reviews.lines_of(office, signed) == as_signed
    back = [each for each in office.book.table(Appointment) if each.person == duc.id and each.ended is None]
    assert [each.since for each in back] == [date(2025, 9, 5)]


def test_a_review_of_another_day_shows_who_came_and_went(office: Office) -> None:
    an, duc, hung = staff(office)
    course_of_long_ago(office)
    review = opened(office)
    earlier = review_summary.compare_with_day(office, review, date(2020, 8, 14))
    assert {each.name for each in earlier.came} == {an.name, duc.name, hung.name}
    same = review_summary.compare_with_day(office, review, ON)
    assert (same.came, same.went, same.changed) == ((), (), ())
    accept_all(office, review)
    signing.sign(office, review, decision())
    with office.book.change("test.train") as change:
        for number, person in enumerate((an, duc)):
            change.put(
                Attendance(
                    id=change.new_id(Attendance),
                    person=person.id,
                    event=f"E{number}",
                    kind="course",
                    day=date(2025, 8, 25),
                    result="completed",
                )
            )
    second = reviews.open_review(office, reviews.Opening(title="Đợt hai", on=date(2025, 9, 1)))
    assert second is not None
    assert second.previous == review.id
    changed = review_summary.compare_reviews(office, reviews.the_review(office, second.previous), second).changed
    assert {new.name for _, new in changed} >= {an.name, duc.name}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with TemporaryDirectory(dir=tmp_path_factory.getbasetemp()) as folder:
        yield Path(folder)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    outcomes=st.lists(st.sampled_from([each for each in OUTCOMES if each != "add"]), min_size=3, max_size=3),
    renew=st.sampled_from(["expired", "all"]),
    day=st.dates(date(2025, 6, 15), date(2026, 1, 1)),
)
def test_counts_add_up_and_undoing_the_signing_restores_everything(
    busy: Path, outcomes: list[str], renew: str, day: date
) -> None:
    with (
        TemporaryDirectory(dir=busy) as folder,
        Book.create(Path(folder) / "b.sovang", office="TN", actor="tester", lasting=False) as book,
    ):
        office = Office(book, load_settings())
        furnish(office)
        staff(office)
        review = opened(office)
        for line, outcome in zip(reviews.lines_of(office, review), outcomes, strict=True):
            deciding.set_outcome(office, [line], outcome, "lý do")
        found = reviews.lines_of(office, review)
        tally = review_summary.tally(found)
        assert sum(tally.outcomes.values()) == tally.lines == tally.decided == 3
        before, after = review_summary.structures(office, review, found)
        assert before.people == len({each.person for each in found})
        assert after.people == len({each.person for each in found if each.outcome in STAYING})
        for part in ("sex", "ages", "ethnicity", "education", "political_theory", "units"):
            assert sum(getattr(after, part).values()) == after.people
        was = everything(office)
        signing.sign(office, review, decision(day, renew=renew))
        history.undo(office)
        assert everything(office) == was
        assert len(office.book.table(Person)) == 3


def test_no_term_is_renewed_at_a_level_that_has_ended(office: Office) -> None:
    an, *_ = staff(office)
    post = office.book.table(Appointment).where(person=an.id)[0]
    with office.book.change("test.level") as change:
        change.put(msgspec.structs.replace(post, level="district"), was=post)
    review = opened(office)
    accept_all(office, review)
    head = office.book.head()
    with pytest.raises(RefusedError, match=f"{an.name}: .*ended on 2025-06-30"):
        signing.sign(office, review, decision(date(2025, 8, 15), renew="all"))
    assert office.book.head() == head


@pytest.mark.parametrize(
    ("number", "name", "says"),
    [
        ("7/QĐ-BTG", "Trần Văn Ký", "is no number of such a decision"),
        ("", "Trần Văn Ký", "has no number"),
        ("7-QĐ/BTG", "TS Trần Văn Ký", "stands before the signer"),
    ],
)
def test_the_words_of_the_decision_are_judged_before_it_locks(
    office: Office, number: str, name: str, says: str
) -> None:
    staff(office)
    review = opened(office)
    accept_all(office, review)
    head = office.book.head()
    given = decision()
    with pytest.raises(AppError, match=says):
        signing.sign(office, review, dataclasses.replace(given, number=number, signer_name=name))
    assert office.book.head() == head
