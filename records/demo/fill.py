"""Filling a book with the demo office: 141 people at city level, 1,005 at the grassroots, five years of work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import msgspec

from config.errors import InputError
from config.text import t
from records.demo.awards import commend, propose
from records.demo.emulation import clustered, fill_emulation
from records.demo.movements import fill_movements, pay_out
from records.demo.people import DEMO_DAY, Post, make_appointment, make_person
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Rating, Score, YearRating
from records.domain.people.person import Person
from records.domain.training import Attendance, DutyCount, Event, Presence
from records.domain.units import Unit, UnitName
from records.services.office import Office
from records.store.contract import UnitOfWork

CITY, GRASSROOTS, PARTY_ORGANISATIONS = 141, 1005, 102
_PRESENCE: tuple[Presence, ...] = ("present",) * 17 + ("absent", "excused", "late")


def fill(office: Office) -> None:
    """Enter the demo office into a furnished, otherwise empty book. Always the same people.

    Raises:
        InputError: when the book already holds people.
    """
    if len(office.book.table(Person)):
        raise InputError(t("The book already holds people"), do=t("fill the demo office into a new book"))
    random = Random(20250615)  # noqa: S311  # made-up people need no secrecy, only to be the same every time
    units = office.book.table(Unit).all()
    wards = [unit.id for unit in units if unit.kind in ("ward", "commune") and unit.exists_on(DEMO_DAY)]
    with office.book.change("demo.fill") as change:
        made = [change.put(clustered(_organisation(change, number), number)) for number in range(PARTY_ORGANISATIONS)]
        organisations = [unit.id for unit in made]
        known = {unit.id: change.put(clustered(unit, number), was=unit) for number, unit in enumerate(units)}
        known |= {unit.id: unit for unit in made}
        posts = list(_posts(random, wards, organisations))
        people = []
        for number, post in enumerate(posts):
            person = change.put(make_person(random, change.new_id(Person), post.unit, number))
            people.append(person)
            _appoint(random, change, person, post, number + 1)
        reporters = [person for person, post in zip(people, posts, strict=True) if post.role == "reporter"]
        _events(random, change, people, reporters)
        _scores(random, change, people, posts)
        _ratings(change, people)
        _duties(random, change, people[:CITY], posts)
        _discipline(change, people)
        movement = fill_emulation(change, people, posts, known, office.settings.tables)
        fill_movements(change, people, list(known.values()), movement)
    commend(office)
    pay_out(office)
    propose(office)


def _organisation(change: UnitOfWork, number: int) -> Unit:
    kind = "Đảng bộ" if number % 3 == 0 else "Chi bộ"
    return Unit(id=change.new_id(Unit), names=(UnitName(name=f"{kind} Mẫu {number + 1}"),), kind="party_organisation")


def _posts(random: Random, wards: list[str], organisations: list[str]) -> Iterator[Post]:
    for number in range(CITY):
        yield Post("reporter" if number < 96 else "collaborator", "district", random.choice(organisations))
    for number in range(GRASSROOTS):
        role = ("communicator", "communicator", "collaborator", "communicator", "reporter")[number % 5]
        level = "commune" if role == "reporter" else "grassroots"
        unit = wards[number % len(wards)] if number % 4 else organisations[number % len(organisations)]
        yield Post(role, level, unit)  # type: ignore[arg-type]  # role and level come from the closed sets


def _appoint(random: Random, change: UnitOfWork, person: Person, post: Post, number: int) -> None:
    change.put(make_appointment(random, change.new_id(Appointment), person.id, post, number))
    if number % 19 == 0 and post.role != "collaborator":
        second = Post("collaborator", post.level if post.level != "commune" else "grassroots", post.unit)
        change.put(make_appointment(random, change.new_id(Appointment), person.id, second, 5000 + number))


def _events(random: Random, change: UnitOfWork, people: list[Person], reporters: list[Person]) -> None:
    for month in range(60):
        day = date(2020 + (month + 5) // 12, (month + 5) % 12 + 1, 10 + month % 5)
        title = f"Hội nghị báo cáo viên tháng {day.month}/{day.year}"
        event = change.put(
            Event(id=change.new_id(Event), kind="conference", title=title, day=day, organiser="Ban Tuyên giáo Thành ủy")
        )
        for person in people:
            _attend(change, person, event, random.choice(_PRESENCE))
    for year in range(2020, 2026):
        day = date(year, 4, 22) if year > 2020 else date(2020, 10, 22)
        event = change.put(_course(change, day))
        chosen = people if year == 2024 else random.sample(people, min(700, len(people)))
        for person in chosen:
            if random.random() > 0.12:
                _attend(change, person, event, "present")
    contest = Event(id=change.new_id(Event), kind="contest", title="Hội thi báo cáo viên giỏi", day=date(2023, 9, 12))
    change.put(contest)
    for person in reporters[:60]:
        _attend(change, person, contest, "present")
    _to_come(change, reporters)


def _to_come(change: UnitOfWork, reporters: list[Person]) -> None:
    """The second half of the year as it is planned; the reporters are called to the first conference of it."""
    for month in range(6, 13):
        day = date(2025, month, 25 if month == 6 else 9)
        title = f"Hội nghị báo cáo viên tháng {month}/2025"
        event = Event(
            id=change.new_id(Event), kind="conference", title=title, day=day, organiser="Ban Tuyên giáo Thành ủy"
        )
        change.put(event)
        for person in reporters if month == 6 else ():
            _attend(change, person, event, "called")
    autumn = _course(change, date(2025, 9, 22))
    change.put(msgspec.structs.replace(autumn, title=f"{autumn.title}, đợt 2"))


def _course(change: UnitOfWork, day: date) -> Event:
    return Event(
        id=change.new_id(Event),
        kind="course",
        title=f"Bồi dưỡng nghiệp vụ công tác tuyên giáo năm {day.year}",
        day=day,
        last_day=day.replace(day=day.day + 2),
        hours=Decimal(24),
        organiser="Trung tâm Chính trị Mẫu",
    )


def _attend(change: UnitOfWork, person: Person, event: Event, presence: Presence) -> None:
    completed = event.kind == "course" and presence == "present"
    change.put(
        Attendance(
            id=change.new_id(Attendance),
            person=person.id,
            event=event.id,
            kind=event.kind,
            day=event.day,
            presence=presence,
            result="completed" if completed else "",
        )
    )


def _scores(random: Random, change: UnitOfWork, people: list[Person], posts: list[Post]) -> None:
    for year in range(2020, 2025):
        for person, post in zip(people, posts, strict=True):
            points = Decimal(random.triangular(45, 100, 84) * 2 // 1) / 2
            change.put(
                Score(
                    id=change.new_id(Score),
                    person=person.id,
                    cycle=str(year),
                    role=post.role,
                    own=min(points + 1, Decimal(100)),
                    appraised=points,
                    final=points,
                    rating=_rating(points),
                )
            )


def _ratings(change: UnitOfWork, people: list[Person]) -> None:
    """Each year's ratings as members of the Party and as workers: by others than the office, so of their own chance."""
    random = Random(20250616)  # noqa: S311  # of its own, so that the people stay the same
    for year in range(2020, 2025):
        for person in people:
            for kind in ("party", "worker") if person.party_official else ("worker",):
                change.put(
                    YearRating(
                        id=change.new_id(YearRating),
                        person=person.id,
                        year=year,
                        kind=kind,
                        rating=_rating(Decimal(random.triangular(45, 100, 84) * 2 // 1) / 2),
                    )
                )


def _duties(random: Random, change: UnitOfWork, people: list[Person], posts: list[Post]) -> None:
    """Talks of the city's reporters and reports of its collaborators, by month: counts only."""
    for person, post in zip(people, posts, strict=False):
        for month in range(60):
            day = date(2020 + (month + 5) // 12, (month + 5) % 12 + 1, 1)
            talks = random.choice((0, 1, 1, 2)) if post.role == "reporter" else 0
            due = 0 if post.role == "reporter" else 1
            change.put(
                DutyCount(
                    id=change.new_id(DutyCount),
                    person=person.id,
                    month=day,
                    talks=talks,
                    listeners=talks * random.randint(30, 120),
                    reports_due=due,
                    reports_on_time=due if random.random() < 0.93 else 0,
                )
            )


def _rating(points: Decimal) -> Rating:
    for least, rating in ((90, "excellent"), (70, "good"), (50, "completed")):
        if points >= least:
            return rating  # type: ignore[return-value]  # the three words are ratings
    return "not_completed"


def _discipline(change: UnitOfWork, people: list[Person]) -> None:
    for person, decided, lapses in (
        (people[40], date(2023, 5, 4), date(2024, 5, 4)),
        (people[77], date(2024, 11, 20), date(2025, 11, 20)),
        (people[500 % len(people)], date(2025, 3, 3), date(2026, 3, 3)),
    ):
        change.put(
            Discipline(
                id=change.new_id(Discipline),
                person=person.id,
                opened=decided,
                measure="reprimand",
                decided=decided,
                lapses=lapses,
            )
        )
    change.put(Discipline(id=change.new_id(Discipline), person=people[901 % len(people)].id, opened=date(2025, 6, 2)))
