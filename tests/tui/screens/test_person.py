"""A person's page: what is known, why each verdict, and what changed."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from unittest.mock import patch

from PIL import Image
from textual.pilot import Pilot

from config.settings.criteria import TrainingKind
from records.domain.appointments import Absence, Discipline
from records.domain.awards.awards import YearRating
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS
from records.domain.training import Attendance, Event, Presence
from records.rules.standards.supposing import criteria_of, values_of
from records.services.attended import Attended, attended
from records.services.standards import rule_changes
from records.services.training import duties, events, results
from tests.tui.offices import more, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.present.person import parts
from tui.screens.people.person import Fold
from tui.screens.standards.standard import StandardScreen, ValueForm


async def open_first(pilot: Pilot[int]) -> None:
    await see(pilot, "Nguyễn Thị Ánh")
    await pilot.press("enter")
    await see(pilot, "› People › Nguyễn Thị Ánh", "Identity")


async def test_enter_opens_the_person_and_escape_goes_back(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            text = await see(pilot, "05/02/1980", "1-QĐ/BTG", "from 01/01/2024 to 31/12/2026")
            assert "Appointments (1)" in text
            await pilot.press("escape")
            await see(pilot, "Trần Văn Bình")


async def test_a_finding_opens_to_its_reason_source_and_confidence(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            assert "Source:" not in seen(app)
            folds = list(app.screen.query(Fold))
            place = next(n for n, fold in enumerate(folds) if fold.part.title.text.startswith(("  ?", "  ✗", "  ✓")))
            await pilot.press(*["down"] * place)
            assert app.focused is folds[place]
            await pilot.press("enter")
            text = await see(pilot, "Source:")
            assert "(confirmed)" in text or "(to confirm)" in text
            await pilot.press("enter")
            await until(pilot, lambda: "Source:" not in seen(app), "the finding to close")


async def test_the_arrows_go_from_part_to_part_of_a_page_longer_than_the_screen(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_first(pilot)
            folds = list(app.screen.query(Fold))
            for place in (1, 2, 3):
                await pilot.press("down")
                assert app.focused is folds[place]
            await pilot.press("up")
            assert app.focused is folds[2]


async def test_each_part_is_drawn_once_with_its_rule_as_long_as_there_is_room(tmp_path: Path) -> None:
    drawn: Counter[str] = Counter()

    def paint(fold: Fold, *, as_high: bool = False) -> None:
        drawn[fold.part.title.text] += 1
        painted(fold, as_high=as_high)

    def rules_end_at(cell: int) -> bool:
        return {len(line.rstrip()) for line in seen(app).splitlines() if line.rstrip().endswith("───")} == {cell}

    painted = Fold._paint
    with closing(small_app(tmp_path)) as app, patch.object(Fold, "_paint", paint):
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            await until(pilot, lambda: "…" not in app.screen.query_one("#changes", Fold).part.title.text, "the changes")
            assert len(drawn) > 10
            assert set(drawn.values()) == {1}, drawn
            assert rules_end_at(97)
            for width in (140, 70):
                await pilot.resize_terminal(width, 40)
                await until(pilot, partial(rules_end_at, width - 3), "the rules as long as there is room")


async def test_what_opens_at_the_foot_of_the_page_comes_into_sight(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await open_first(pilot)
            await until(pilot, lambda: "…" not in app.screen.query_one("#changes", Fold).part.title.text, "the changes")
            await pilot.press(*["down"] * len(app.screen.query(Fold)))
            assert app.focused is app.screen.query_one("#changes")
            (line, *_) = app.screen.query_one("#changes", Fold).part.lines
            assert line.text.strip() not in seen(app)
            await pilot.press("enter")
            await see(pilot, line.text.strip()[:40])


async def test_sessions_are_read_when_their_year_is_opened(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 75)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            enter_trainings(app)
            book = app.office.book
            person = book.table(Person).all()[0].id
            dossier = app.office.dossier(person, date(2025, 6, 15))
            with patch.object(Attended, "record", autospec=True, side_effect=Attended.record) as record:
                made = {part.title.text.split("  ")[1]: part.lines for part in parts(app.office, dossier)
                        if part.title.text.startswith("  20")}  # fmt: skip
            kinds = {attended(book).record(call.args[1]).kind for call in record.call_args_list}
            assert kinds <= {"course"}, "nobody looked at the conferences yet"
            years = Counter(each.day.year for each in book.table(Attendance).all() if each.person == person)
            assert {year: len(lines) for year, lines in made.items()} == {str(year): n for year, n in years.items()}
            gone = next(each for each in book.table(Attendance).all() if each.person == person)
            with book.change("training.enter") as work:
                work.remove(gone)
            told = [line.text for line in made[str(gone.day.year)]]
            assert len(told) == years[gone.day.year], "a line for each, also for the one taken back meanwhile"
            assert sum("no longer in the book" in line for line in told) == 1


async def test_the_page_counts_sessions_as_the_verdict_does(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 75)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            enter_trainings(app)
            person = app.office.book.table(Person).all()[0].id
            for title in ("Chưa ghi 1", "Chưa ghi 2"):
                day = date(2024, 6, 1)
                event = events.save_event(app.office, Event(id="", kind="conference", title=title, day=day))
                events.call(app.office, event, [person])
            await open_first(pilot)
            await see(pilot, "2024  conferences 1/2 (+2 not recorded) · courses 1/1")


async def test_training_is_counted_by_year_and_opens_to_its_events(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 75)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            enter_trainings(app)
            await open_first(pilot)
            await see(pilot, "Training (3)", "2024  conferences 1/2 · courses 1/1")
            await more(pilot, "Open all")
            await see(pilot, "Hội nghị tháng 3", "absent", "Bồi dưỡng [A]")


def enter_trainings(app: SoVangApp) -> None:
    with app.office.book.change("training.enter") as change:
        person = app.office.book.table(Person).all()[0].id
        attended: tuple[tuple[TrainingKind, str, int, Presence], ...] = (
            ("conference", "Hội nghị tháng 3", 3, "absent"),
            ("conference", "Hội nghị tháng 4", 4, "present"),
            ("course", "Bồi dưỡng [A]", 5, "late"),
        )
        for kind, title, month, presence in attended:
            event = change.put(Event(id=change.new_id(Event), kind=kind, title=title, day=date(2024, month, 1)))
            change.put(
                Attendance(
                    id=change.new_id(Attendance),
                    person=person,
                    event=event.id,
                    kind=kind,
                    day=event.day,
                    presence=presence,
                )
            )
        change.put(
            Discipline(
                id=change.new_id(Discipline),
                person=person,
                opened=date(2025, 5, 1),
                measure="reprimand",
                decided=date(2025, 5, 1),
            )
        )


async def test_discipline_in_force_is_said_in_words(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 60)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            enter_trainings(app)
            await open_first(pilot)
            await see(pilot, "Discipline (1)", "reprimand", "in force")


async def test_the_changes_of_the_person_are_listed(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 90)) as pilot:
            await open_first(pilot)
            await see(pilot, "Changes of this record (2)")
            await pilot.press("f6")
            await see(pilot, "Person entered", "Appointment entered")


async def test_a_correction_is_seen_on_the_page_and_ctrl_z_takes_it_back(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await open_first(pilot)
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            await pilot.press("end", *"h", "ctrl+s")
            await see(pilot, "› Nguyễn Thị Ánhh", "Changes of this record (3)")
            await pilot.press("ctrl+z")
            await until(pilot, lambda: "Ánhh" not in seen(app).splitlines()[0], "the old name")


async def test_a_second_appointment_is_entered_and_half_a_one_refused(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await open_first(pilot)
            head = app.office.book.head()
            await pilot.press("insert")
            await see(pilot, "Enter an appointment of Nguyễn Thị Ánh")
            await pilot.press("ctrl+s")
            await see(pilot, "No role is chosen")
            assert app.office.book.head() == head


async def test_what_a_person_went_through_is_written_as_a_paper(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 40)) as pilot:
            await open_first(pilot)
            await pilot.press("ctrl+e")
            await see(pilot, "Write the paper", "record of training Nguyễn Thị Ánh")
            await pilot.press("home", "ctrl+k", *str(tmp_path / "past.pdf"), "enter")
            await see(pilot, "Written:")
            assert (tmp_path / "past.pdf").read_bytes().startswith(b"%PDF")


async def test_results_and_duties_stand_on_the_page(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(120, 75)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            person = app.office.book.table(Person).all()[0].id
            event = events.save_event(
                app.office, Event(id="", kind="course", title="Course A", day=date(2025, 3, 1), organiser="Centre")
            )
            events.mark(app.office, {(event.id, person): "present"})
            row = events.attendance_of(app.office, event.id)[person].id
            typed = {"result": "đ", "score": "9", "rank": "Top", "certificate": "7/GCN", "certificate_day": "5/3/2025"}
            cells = [results.ResultCell(row, column, text) for column, text in typed.items()]
            results.write_results(app.office, cells, today=app.today)
            duties.write_duties(
                app.office,
                [
                    duties.DutyCell(person, date(2025, 3, 1), name, n)
                    for name, n in (("talks", "2"), ("listeners", "80"))
                ],
                today=app.today,
            )
            await open_first(pilot)
            await more(pilot, "Open all")
            await see(pilot, "Course A · present · completed it · 9 points · Top · certificate 7/GCN, 05/03/2025")
            await see(pilot, "2025  talks 2 · listeners 80 · reports on time 0 of 0")


async def test_a_verification_is_recorded_and_carried_on(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("enter")
            await see(pilot, "Appointments")
            await pilot.press("f7")
            await see(pilot, "Discipline or verification…")
            await pilot.press(*"verification", "enter")
            await see(pilot, "Discipline or verification of")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(Discipline)) == 1, "a matter")
            await see(pilot, "Saved:")
            await pilot.press("f7")
            await see(pilot, "Discipline: verification")


async def test_a_photo_is_kept_and_what_is_none_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (300, 400), (120, 90, 60)).save(tmp_path / "a.jpg")
    (tmp_path / "b.jpg").write_bytes(b"no photo")
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("enter")
            await see(pilot, "Appointments")
            for name in ("b.jpg", "a.jpg"):
                await pilot.press("f7")
                await see(pilot, "Photo…")
                await pilot.press(*"photo", "enter")
                await see(pilot, "JPEG or PNG file")
                await pilot.press("ctrl+u", *str(tmp_path / name), "enter")
                if name == "b.jpg":
                    await until(pilot, lambda: any("no JPEG" in str(n.message) for n in app._notifications), "refused")
            await see(pilot, "Saved:")
            assert any(each.photo for each in app.office.book.table(Person))


async def test_a_yearly_rating_and_an_absence_are_entered_from_the_page(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 60)) as pilot:
            await open_first(pilot)
            await pilot.press("f7")
            await see(pilot, "Yearly rating…")
            await pilot.press(*"yearly rating", "enter")
            await see(pilot, "by those who may rate")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(YearRating)) == 1, "a rating")
            (rating,) = app.office.book.table(YearRating)
            assert (rating.year, rating.kind, rating.rating) == (app.on.year - 1, "party", "excellent")
            await see(pilot, "rating of a Party member or organisation: excellent")
            await pilot.press("f7")
            await see(pilot, "Time away from work…")
            await pilot.press(*"time away", "enter")
            await see(pilot, "Time away from work of")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: len(app.office.book.table(Absence)) == 1, "an absence")


async def test_a_new_value_begins_on_the_day_and_the_past_is_asked_about(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 44)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.push_screen(StandardScreen())
            await see(pilot, "Times completed")
            screen = app.screen
            assert isinstance(screen, StandardScreen)
            places = [number for number, (_, line) in enumerate(screen._lines) if line.value == "months"]
            app.push_screen(ValueForm(*screen._lines[places[0]]))
            await see(pilot, "a new value, from that day on", f"{app.on:%d/%m/%Y}")


async def test_a_new_value_begins_today_though_an_earlier_day_is_asked_about(tmp_path: Path) -> None:
    """Five years of verdicts would change with one key."""
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 44)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.set_day(date(2020, 3, 1))
            app.push_screen(StandardScreen())
            await see(pilot, "Times completed")
            screen = app.screen
            assert isinstance(screen, StandardScreen)
            line = next(each for each in screen._lines if each[1].value == "months")
            before = values_of(criteria_of(line[0])[line[1].criterion])["months"].on(app.on)
            app.push_screen(ValueForm(*line))
            await see(pilot, "a new value, from that day on", f"{app.today:%d/%m/%Y}")
            await pilot.press(*"48", "tab", *"01/03/2020", "ctrl+s")
            await see(pilot, "verdicts on days that are over would change", f"{app.today:%d/%m/%Y}")
            await pilot.press("shift+tab", "tab", *f"{app.today:%d/%m/%Y}", "ctrl+s")
            await until(pilot, lambda: not isinstance(app.screen, ValueForm), "the form closed")
            changed = rule_changes.the_standard(app.office, line[0].id)
            months = values_of(criteria_of(changed)[line[1].criterion])["months"]
            assert months.on(app.on) == before
            assert months.on(app.today).value == 48


async def test_a_person_is_restricted_and_lifted_by_keys_and_leaves_the_list_meanwhile(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            await more(pilot, "restrict", key="f7")
            await see(pilot, "Restrict the data of Nguyễn Thị Ánh")
            await pilot.press("ctrl+s")
            await see(pilot, "The reason is empty")
            await pilot.press("down", *"don", "ctrl+s")
            await see(pilot, "Data restricted since 15/06/2025: don")
            await pilot.press("escape")
            await until(pilot, lambda: "3 in all" in seen(app), "three people")
            assert "Nguyễn Thị Ánh" not in seen(app)
            assert "1 left out: data restricted" in seen(app)
            await pilot.press("f4", *["down"] * 5, "right", "ctrl+s")
            await see(pilot, "Nguyễn Thị Ánh", "also restricted", "4 in all")


async def test_a_person_is_corrected_on_request_by_keys_and_the_record_of_it_is_written(tmp_path: Path) -> None:
    out = tmp_path / "bien-ban.pdf"
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40)) as pilot:
            await open_first(pilot)
            await more(pilot, "record of the last", key="f7")
            await until(pilot, lambda: any("Nothing was corrected" in each.message for each in app._notifications))
            await more(pilot, "correct on", key="f7")
            await see(pilot, "On which request, such as a letter with its day")
            await pilot.press(*"don 02", "enter")
            await see(pilot, "Correct Nguyễn Thị Ánh on request: don 02")
            await pilot.press("ctrl+s")
            await see(pilot, "Nothing would be changed")
            below = [each.key for each in FIELDS].index("note")
            await pilot.press(*["down"] * below, *"ghi moi", "ctrl+s")
            await see(pilot, "Write the paper (.pdf, .docx or .xlsx)")
            await pilot.press("ctrl+u", *str(out), "enter")
            await until(pilot, out.exists, "the paper")
            entries = [each for each in app.office.book.history() if each.action == "privacy.correct"]
            assert [each.about for each in entries] == ["Nguyễn Thị Ánh · don 02"]
            (person,) = (new for _, new in entries[0].of(Person) if new)
            assert person.note.endswith("ghi moi")
