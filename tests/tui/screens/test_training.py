"""Training on the screen: a series entered by keys, people called, who came typed in the sheet, and figures."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Event as Gate
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from config.errors import InputError
from records.domain.people.names import person_key
from records.domain.people.person import Person
from records.domain.training import Attendance, DutyCount, Event
from records.services.training import events, figures, results
from tests.tui.offices import DAY, choose, more, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.screens.certificates import printing


async def opened(pilot: Pilot[int]) -> SoVangApp:
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await see(pilot, "Nguyễn Thị Ánh")
    await app.run_action("section('training')")
    await see(pilot, "No event yet")
    return app


async def test_a_stray_brace_is_refused_and_the_blanks_of_both_languages_are_filled(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            first = Event(id="", kind="conference", title="Hội nghị {tháng}/{năm}, {Month}", day=DAY)
            made = events.open_series(app.office, first, times=2)
            assert [each.title for each in made] == ["Hội nghị 6/2025, 6", "Hội nghị 7/2025, 7"]
            for title, times in (("Họp {tuần}", 2), ("Họp {", 2)):
                with pytest.raises(InputError, match="brace"):
                    events.open_series(app.office, replace(first, title=title), times=times)
            with pytest.raises(InputError, match="brace"):
                events.save_event(app.office, replace(first, title="Họp {tháng}"))
            assert len(events.events(app.office)) == 2


async def test_events_stand_there_before_anybody_counted_who_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = Gate(), figures.rates_by

    def slow(*given: Any, **more: Any) -> object:
        gate.wait()
        return real(*given, **more)

    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 34)) as pilot:
            try:
                await opened(pilot)
                event = events.save_event(app.office, Event(id="", kind="conference", title="Conference", day=DAY))
                people = app.office.book.table(Person).all()
                events.call(app.office, event, [each.id for each in people])
                events.mark(app.office, {(event.id, people[0].id): "present", (event.id, people[1].id): "absent"})
                monkeypatch.setattr(figures, "rates_by", slow)
                await pilot.press("f5")
                told = await see(pilot, "Conference", "1 in all")
                assert "50.0" not in told
                gate.set()
                await see(pilot, "50.0")
            finally:
                gate.set()


async def test_a_code_goes_down_by_itself_and_enter_after_it_goes_no_farther(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            event = events.save_event(app.office, Event(id="", kind="conference", title="Conference", day=DAY))
            people = sorted(app.office.book.table(Person), key=lambda each: person_key(each.name))
            events.call(app.office, event, [each.id for each in people])
            await pilot.press("f5")
            await see(pilot, "1 in all")
            await pilot.press("enter")
            await see(pilot, "Trần Văn Bình")
            await pilot.press("right", "x", "m", "enter", "v")
            await until(pilot, lambda: events.attendance_of(app.office, event.id)[people[2].id].presence == "absent")
            sheet = events.attendance_of(app.office, event.id)
            assert [sheet[each.id].presence for each in people] == ["present", "late", "absent", "called"]


async def test_twelve_conferences_are_entered_at_once_and_taken_back_at_once(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            await pilot.press("insert")
            await see(pilot, "a title of a series may hold {month}")
            await pilot.press("down", *"Conference", "space", "left_curly_bracket", *"month", "right_curly_bracket")
            await pilot.press(*["down"] * 8, "end", "ctrl+u", *"12", "down", "right", "ctrl+s")
            await see(pilot, "Conference 6", "Conference 12", "12 in all")
            assert len(events.events(app.office)) == 12
            assert all(len(events.attendance_of(app.office, each.id)) == 4 for each in events.events(app.office))
            await pilot.press("ctrl+z")
            await see(pilot, "No event yet")


async def test_people_are_called_and_who_came_is_typed_in_the_sheet(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            await pilot.press("insert")
            await see(pilot, "Enter an event")
            await pilot.press("down", *"Briefing", "ctrl+s")
            await see(pilot, "1 in all")
            await pilot.press("enter")
            await see(pilot, "Nobody is called yet")
            await pilot.press("insert")
            await see(pilot, "Who is called?")
            await choose(pilot, "Who is called?")
            await see(pilot, "Nguyễn Thị Ánh", "Đỗ Hồng Đào", "Called.")
            await pilot.press("right", *"xp", *"q", "enter")
            await see(pilot, "none of these")
            await pilot.press("escape")
            sheet = events.attendance_of(app.office, events.events(app.office)[0].id)
            assert sorted(each.presence for each in sheet.values()) == ["called", "called", "excused", "present"]
            await pilot.press("f7")
            await see(pilot, "2 people came to the session")


async def test_figures_and_the_act_on_marked_people(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            await pilot.press("insert")
            await see(pilot, "Enter an event")
            await pilot.press("down", *"Course", "ctrl+s")
            await see(pilot, "1 in all")
            await app.run_action("section('people')")
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("space", "space", "f8")
            await see(pilot, "With 2 marked people", "Call to a class or conference")
            await pilot.press(*"Call", "enter")
            await see(pilot, "Call to which class or conference?")
            await choose(pilot, "Call to which class or conference?")
            await see(pilot, "Called to “Course”")
            event = events.events(app.office)[0]
            people = events.attendance_of(app.office, event.id)
            assert len(people) == 2
            events.mark(app.office, {(event.id, person): "present" for person in people})
            await app.run_action("section('training')")
            await until(pilot, lambda: "100.0" in seen(app))
            await more(pilot, "Figures", key="f6")
            await see(pilot, "By what?")
            await choose(pilot, "By what?")
            await see(pilot, "Attendance of 1 sessions", "━━━━━━━━━━", "1 of 1")
            await pilot.press("f6")
            await see(pilot, "By what?", "Quarter")
            await pilot.press(*"quarter")
            await choose(pilot, "By what?")
            await see(pilot, "quarter 2/2025", "2 of 2")
            await pilot.press("ctrl+e")
            await see(pilot, "Write the paper")
            await pilot.press("home", "ctrl+k", *str(tmp_path / "figures.xlsx"), "enter")
            await see(pilot, "Written:")
            assert (tmp_path / "figures.xlsx").exists()


async def test_those_who_need_a_training_become_a_class_by_two_keys(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 34)) as pilot:
            await opened(pilot)
            await more(pilot, "Who needs which", key="f6")
            await see(pilot, "Who needs which", "Trần Văn Bình", "4 in all", "never")
            await pilot.press("enter")
            await see(pilot, "Completed 0 trainings", "to confirm")
            await pilot.press("escape", "ctrl+a", "insert")
            await see(pilot, "New class for 4 people", "Course, 2025")
            await pilot.press("ctrl+s")
            await see(pilot, "The class is entered and they are called", "15/06/2025")
            (event,) = events.events(app.office)
            assert len(events.attendance_of(app.office, event.id)) == 4
            await more(pilot, "Without", key="f4")
            await see(pilot, "without those called", "Nobody lacks a training")
            await more(pilot, "With those", key="f4")
            await more(pilot, "Role", key="f4")
            await see(pilot, "Collaborator")
            await pilot.press(*"collab")
            await choose(pilot, "Role")
            await until(pilot, lambda: "Collaborator ×" in seen(app) and "Ước" not in seen(app))
            await more(pilot, "By when", key="f4")
            await see(pilot, "By when?", "15/06/2025")
            await pilot.press(*"today")
            await choose(pilot, "By when?")
            await see(pilot, "lacking today", "Đỗ Hồng Đào")


async def test_results_are_typed_and_a_certificate_given_anew_keeps_the_first(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            await opened(pilot)
            people = [each.id for each in app.office.book.table(Person)]
            event = events.save_event(app.office, Event(id="", kind="course", title="Course", day=DAY))
            events.mark(app.office, {(event.id, each): "present" for each in people[:2]})
            await pilot.press("f5")
            await see(pilot, "1 in all")
            await pilot.press("enter")
            await see(pilot, "Trần Văn Bình")
            await pilot.press("f6")
            await see(pilot, "2 people came", "no result 2", "Cert. no.")
            await pilot.press("f7")
            await see(pilot, "2 people completed it")
            await pilot.press(
                "right", *"8,5", "tab", *"Top", "tab", *"12/GCN", "tab", *"Centre", "tab", *"15/6/2025", "enter"
            )
            await see(pilot, "12/GCN", "Centre", "15/06/2025")
            await pilot.press("up")
            await more(pilot, "Re-issue")
            await see(pilot, "in place of certificate 12/GCN")
            await pilot.press(*"13/GCN", "down", "down", "down", *"lost", "ctrl+s")
            await see(pilot, "13/GCN", "the earlier certificate is kept")
            await more(pilot, "Earlier")
            await see(pilot, "12/GCN of 15/06/2025, Centre: replaced on 15/06/2025, lost")
            await pilot.press("escape", "escape", "escape")
            await see(pilot, "1 in all")


async def test_an_attendance_list_is_shown_its_doubt_settled_and_entered(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Họ và tên,Ngày sinh,Điểm danh\nNguyễn Thị Ánh,05/02/1980,x\nTrần Văn Bình,,m\nAi Đó,1990,x\n", "utf-8"
    )
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            await opened(pilot)
            event = events.save_event(app.office, Event(id="", kind="conference", title="Conference", day=DAY))
            await pilot.press("f5")
            await see(pilot, "1 in all")
            await pilot.press("enter")
            await see(pilot, "Nobody is called yet")
            await pilot.press("ctrl+o")
            await see(pilot, "Import an attendance list")
            await pilot.press(*str(path), "enter")
            await see(pilot, "who is it? 1", "cannot be entered 1", "enter 1")
            await pilot.press("f2")
            await see(pilot, "Row 3, Trần Văn Bình: who is it?")
            await choose(pilot, "who is it?")
            await see(pilot, "enter 2", "chosen by hand")
            await pilot.press("ctrl+s")
            await see(pilot, "Enter the attendance of 2 people?", "present: 1 people", "late: 1 people")
            await pilot.press("enter")
            await see(pilot, "Entered 2 rows; 1 were not", "already so 2", "● saved")
            marks = [each.presence for each in events.attendance_of(app.office, event.id).values()]
            assert sorted(marks) == ["late", "present"]
            await pilot.press("escape")
            await see(pilot, "Nguyễn Thị Ánh", "Trần Văn Bình")


async def test_duties_are_typed_by_month_and_read_by_year(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            await opened(pilot)
            await more(pilot, "Duties", key="f6")
            await see(pilot, "Duties › 05/2025", "Talks", "Listeners", "On time", "Nguyễn Thị Ánh")
            await pilot.press(*"3", "tab", *"450", "tab", *"2", "tab", *"1", "enter")
            await see(pilot, "talks 3 · listeners 450 · reports on time 1 of 2", "50 %", "1/2")
            await pilot.press(*"x", "enter")
            await see(pilot, "is no count")
            await pilot.press("escape", "ctrl+right", "ctrl+right")
            await see(pilot, "07/2025", "talks 0")
            await pilot.press(*"1", "enter")
            await see(pilot, "still to come")
            await pilot.press("escape", "ctrl+left", "f6")
            await see(pilot, "2025 › talks", "05", "12")
            (held,) = app.office.book.table(DutyCount)
            assert (held.talks, held.listeners, held.reports_due, held.reports_on_time) == (3, 450, 2, 1)
            await pilot.press("f4")
            await see(pilot, "Collaborator")
            await pilot.press(*"collab")
            await choose(pilot, "Role")
            await see(pilot, "Collaborator", "Đỗ Hồng Đào", "1 people")


async def test_a_count_is_of_the_month_it_was_typed_in_whatever_key_follows(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(130, 34)) as pilot:
            await opened(pilot)
            await more(pilot, "Duties", key="f6")
            await see(pilot, "Duties › 05/2025", "Nguyễn Thị Ánh")
            await pilot.press("3", "ctrl+left")
            await see(pilot, "Duties › 04/2025", "talks 0")
            await pilot.press("4", "f6")
            await see(pilot, "2025 › talks")
            counts = {each.month.month: each.talks for each in app.office.book.table(DutyCount)}
            assert counts == {5: 3, 4: 4}


async def test_the_calendar_shows_a_month_a_year_and_takes_new_events(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await opened(pilot)
            people = [each.id for each in app.office.book.table(Person)]
            event = events.save_event(app.office, Event(id="", kind="course", title="Course A", day=date(2025, 6, 3)))
            events.call(app.office, event, people[:2])
            await more(pilot, "Calendar", key="f6")
            await see(pilot, "Calendar › month 06/2025", "Mon", "Sun", "15", " 3 crs.", "Course A", "to be recorded")
            await pilot.press("ctrl+right", "insert")
            await see(pilot, "Enter an event")
            await pilot.press("down", *"Conference B", "ctrl+s")
            await see(pilot, "month 07/2025", "01/07/2025", "Conference B", "still to come")
            await pilot.press("ctrl+left", "f6")
            await see(pilot, "twelve months from month 06/2025", "Course A", "Conference B")
            await pilot.press("enter")
            await see(pilot, "Training › Course A", "Nguyễn Thị Ánh")
            await pilot.press("escape", "escape")
            await see(pilot, "2 in all")


async def test_certificates_of_a_class_are_printed_only_when_somebody_signs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "documents_folder", lambda: tmp_path)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            people = [each.id for each in app.office.book.table(Person)]
            event = events.save_event(
                app.office, Event(id="", kind="course", title="Course", day=DAY, organiser="Trung tâm Mẫu")
            )
            events.mark(app.office, {(event.id, each): "present" for each in people[:2]})
            results.complete_all(app.office, event)
            await pilot.press("f5")
            await see(pilot, "Course")
            await pilot.press("enter", "f6")
            await see(pilot, "2 people came")
            await more(pilot, "Print")
            await see(pilot, "Who issues and signs?", "Trung tâm Mẫu", "1/2025")
            await pilot.press("ctrl+s")
            await see(pilot, "fields need a correction")
            await pilot.press(*"GIÁM", "space", *"ĐỐC", "down", *"Người", "space", *"Ký", "ctrl+s")
            await see(pilot, "Print certificates", "GCN-")
            await pilot.press("enter")
            await see(pilot, "Printed 2 certificates")
            given = [each.certificate for each in app.office.book.table(Attendance)]
            assert sorted(given) == ["1/2025", "2/2025"]
            await pilot.press("escape", "escape")
            await see(pilot, "F7 Attendance")
            await pilot.press("ctrl+e")
            await see(pilot, "Invitation", "Summons", "List to sign")
