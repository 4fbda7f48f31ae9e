"""Verdicts that are remembered, on attendance that is counted, differ by no word from judging record by record."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import ConflictError
from config.settings.criteria import TrainingWithin
from config.settings.dated import DatedValue
from config.settings.loading import Settings
from records.domain.appointments import Appointment, Discipline
from records.domain.findings import Judgement
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Person
from records.domain.rule_changes import CODE_KEY, HandAnswer, SettingChange
from records.domain.training import Attendance, Event
from records.rules.standards.judging import judge
from records.rules.standards.supposing import with_value
from records.services import attended
from records.services import office as office_module
from records.services.office import Office
from records.services.standards import checks, verdicts
from records.services.standards.checks import check
from records.store.book import Book
from records.store.journal import content, rows
from tests.records.services.conftest import ON, made_office, staff

DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 6, 30))
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            "attend attend alter drop give paper end measure answer event undo redo rule day reopen code".split()  # noqa: SIM905
        ),
        st.integers(min_value=0, max_value=2),
        DAYS,
        st.sampled_from(["conference", "briefing", "course"]),
        st.sampled_from(["present", "absent", "excused", "late", "called"]),
        st.sampled_from(["", "completed", "not_completed"]),
    ),
    max_size=12,
)


def plainly(office: Office, on: date) -> list[tuple[str, Judgement]]:
    """Everybody judged anew, from nothing but the records of the tables."""
    book = office.book

    def of(kind: type[Any], person: str) -> tuple[Any, ...]:
        return tuple(each for each in book.table(kind).all() if each.person == person)

    found = []
    for person in book.table(Person).all():
        whole = Dossier(
            person=person,
            on=on,
            appointments=of(Appointment, person.id),
            trainings=of(Attendance, person.id),
            discipline=of(Discipline, person.id),
            answers=of(HandAnswer, person.id),
            recorded_since=office.recorded_since(),
            practice=office.settings.practice,
        )
        dossier = as_of(whole, on)
        for role in dict.fromkeys(each.role for each in dossier.current()):
            level = dossier.latest(role).level  # type: ignore[union-attr]  # it is held
            found.append((person.id, judge(dossier, role, level, office.settings.standard_for(role, level, on))))
    return sorted(found, key=lambda each: (each[0], each[1].role))


def judged(office: Office, on: date) -> list[tuple[str, Judgement]]:
    found = [(person.id, judgement) for person, judgement in check(office, on)]
    return sorted(found, key=lambda each: (each[0], each[1].role))


def act(office: Office, told: Any) -> None:
    """One change of the book, of a few kinds."""
    what, number, day, kind, presence, result = told
    book = office.book
    there, person = book.table(Attendance).all(), book.table(Person).all()[number]
    if what in ("undo", "redo"):
        with suppress(ConflictError):
            if what == "redo":
                book.redo()
            elif book.next_undo().action != "test.staff":
                book.undo()
        return
    with book.change(f"test.{what}") as change:
        if what == "code":
            old, new = book.office, "HN" if book.office == "TN" else "TN"
            change.recode(new)
            words: dict[str, Any] = {"file": "office.yaml", "key": CODE_KEY, "before": old, "after": new, "source": ""}
            change.put(SettingChange(id=change.new_id(SettingChange), since=day, **words))
        elif what == "attend":
            words = {"kind": kind, "day": day, "presence": presence, "result": result}
            change.put(Attendance(id=change.new_id(Attendance), person=person.id, event="TN-E-00001", **words))
        elif what == "event":
            change.put(Event(id=change.new_id(Event), kind=kind, title="Hội nghị", day=day))
        elif what == "paper":
            change.put(
                msgspec.structs.replace(person, documents=("resume",) if not person.documents else ()), was=person
            )
        elif what == "end":
            post = book.table(Appointment).where(person=person.id)[0]
            change.put(msgspec.structs.replace(post, ended=None if post.ended else day), was=post)
        elif what == "measure":
            change.put(Discipline(id=change.new_id(Discipline), person=person.id, opened=day))
        elif what == "answer":
            told = {"person": person.id, "role": "reporter", "criterion": "quality", "day": day}
            change.put(HandAnswer(id=change.new_id(HandAnswer), yes=number == 0, by="An", note="QĐ 1", **told))
        elif there:
            was = there[day.toordinal() % len(there)]
            other = {"alter": {"presence": presence, "day": day}, "give": {"person": person.id}}.get(what)
            change.remove(was) if other is None else change.put(msgspec.structs.replace(was, **other), was=was)


def other_rules(now: Settings, day: date, number: int) -> Settings:
    """The settings with another value in a standard."""
    standard = now.standard_for("reporter", "district", ON)
    assert standard is not None
    chosen = next(each for each in standard.criteria if isinstance(each, TrainingWithin))
    changed = with_value(standard, chosen.id, "times", day, DatedValue(number, chosen.source))
    return replace(now, standards=tuple(changed if each is standard else each for each in now.standards))


@pytest.mark.parametrize("at_hand", [32_000_000, 0])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_remembered_verdicts_are_those_judged_anew(
    tmp_path_factory: pytest.TempPathFactory, at_hand: int, acts: list[Any]
) -> None:
    folder: Path = tmp_path_factory.mktemp("verdicts")
    with ExitStack() as stack:
        stack.enter_context(patch.object(content, "_AT_HAND", at_hand))
        stack.enter_context(patch.object(rows, "_SPAN", 3))
        stack.enter_context(patch.object(attended, "_WORTH", 0))
        stack.enter_context(patch.object(office_module, "_FEW", 1))  # one is looked up, several are read through
        with made_office(folder) as office:
            staff(office)
            act(office, ("event", 0, date(2022, 1, 1), "conference", "", ""))
            office.book.snapshot()  # type: ignore[attr-defined]  # a book has it
            path, settings_now = office.book.path, office.settings
        day = ON
        mine = stack.enter_context(Book.open(path, actor="tester"))
        reader = stack.enter_context(Book.open(path, actor="reader", read_only=True))
        for each in acts:
            if each[0] == "day":
                day = each[2]
            elif each[0] == "rule":
                settings_now = other_rules(settings_now, each[2], each[1])
            elif each[0] == "reopen":
                mine.snapshot()
                mine.close()
                mine = stack.enter_context(Book.open(path, actor="tester"))
            else:
                act(Office(mine, settings_now), each)
            reader.refresh()
            for book in (mine, reader):
                office = Office(book, settings_now)
                assert judged(office, day) == plainly(office, day), each
            assert judged(Office(mine, settings_now), ON) == plainly(Office(mine, settings_now), ON)


def test_after_one_change_only_that_person_is_judged(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    people = staff(office)
    seen: list[str] = []

    def told(dossier: Dossier, *rest: Any) -> Judgement:
        seen.append(dossier.person.id)
        return judge(dossier, *rest)

    monkeypatch.setattr(verdicts, "judge", told)
    first = checks.check(office, ON)
    assert len(seen) == len(first) == 3
    seen.clear()
    assert checks.check(office, ON) == first
    assert seen == []
    with office.book.change("test.paper") as change:
        change.put(msgspec.structs.replace(people[1], documents=("resume",)), was=people[1])
    assert len(checks.check(office, ON)) == 3
    assert seen == [people[1].id]
    seen.clear()
    checks.check(office, ON + timedelta(days=1))
    assert len(seen) == 3


def test_what_was_judged_while_the_book_changed_is_not_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    people = staff(office)

    def while_judging(dossier: Dossier, *rest: Any) -> Judgement:
        if dossier.person.id == people[0].id and not office.person(people[0].id).documents:
            with office.book.change("test.paper") as change:
                change.put(msgspec.structs.replace(people[0], documents=("resume",)), was=people[0])
        return judge(dossier, *rest)

    monkeypatch.setattr(verdicts, "judge", while_judging)
    checks.check(office, ON)
    assert judged(office, ON) == plainly(office, ON)
