"""1 July 2025: the books of three wards, 750 records of 721 people, go into that of the ward which took them over."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.settings.loading import load_settings
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision, Issue
from records.domain.dates import PartialDate
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit
from records.services.awards.registering import next_number
from records.services.certificates.seals import check_code, seal
from records.services.exchange.mapping import given_choice
from records.services.office import Office
from records.store.book import Book
from tests.crash.acts import killed
from tests.tui.cli.conftest import Run

WARDS = {"TV": "Phường Trưng Vương", "QT": "Phường Quang Trung", "DQ": "Phường Đồng Quang"}
INTO, TOOK_OVER = "PD", "Phường Phan Đình Phùng"
EACH, SHARED, PEOPLE, OWN = 250, 29, 721, 5
"""People of each ward; of how many two wards have a record each; how many people that are; how many are here before."""
_SYLLABLES = tuple(
    "An Bình Cường Dũng Em Giang Hà Khoa Lan Minh Nga Oanh Phúc Quý Sơn Tú Uyên Vân Xuân Yến".split()  # noqa: SIM905
)


def name_of(number: int) -> str:
    last, middle = _SYLLABLES[number % 20], _SYLLABLES[number // 20 % 20]
    return f"Mẫu {_SYLLABLES[number // 400]} {middle} {last}"


def born_of(number: int) -> PartialDate:
    return PartialDate(1960 + number % 40, 1 + number % 12, 1 + number % 28)


def numbers_of(place: int) -> list[int]:
    """The people of the ward at this place: the last ten of one are the first ten of the next, nine go round."""
    first = place * (EACH - 10)
    return [number % PEOPLE for number in range(first, first + EACH)]


@contextmanager
def opened(path: Path) -> Iterator[Office]:
    with Book.open(path, actor="tester") as book:
        yield Office(book, load_settings(book.settings.folder))


def new_office(run: Run, folder: Path, code: str, name: str) -> Path:
    path = folder / f"{code}.sovang"
    words = ("--office-code", code, "--office-name", name, "--place", "Thái Nguyên", "--units", "thai-nguyen")
    assert run("book", "new", path, *words)[0] == 0
    return path


def fill(path: Path, place: int, ward: str) -> str:
    """Everything of a ward; gives the code on the certificate of its first award."""
    with opened(path) as office, office.book.change("test") as change:
        code = office.book.office
        unit = next(each.id for each in office.book.table(Unit) if each.name == ward and each.until is not None)
        day = date(2024, 4, 22)
        lesson = change.put(Event(id=change.new_id(Event), kind="course", title="Bồi dưỡng 2024", day=day))
        own = change.put(Event(id=change.new_id(Event), kind="conference", title=f"Hội nghị {ward}", day=day))
        city = change.put(Decision(id=change.new_id(Decision), number="12-QĐ/TU", day=date(2024, 12, 20), form="party",
                                   issuer="Thành ủy", title="Khen"))  # fmt: skip
        decided = change.put(Decision(id=change.new_id(Decision), number="1-QĐ/ĐU", day=date(2025, 1, 10), form="party",
                                      issuer=f"Đảng ủy {ward}", title="Khen"))  # fmt: skip
        for order, number in enumerate(numbers_of(place)):
            who = change.put(person(change, number, unit, phone=f"09{place}{number:07d}", email=f"{number}@{code}.vn"))
            change.put(Appointment(id=change.new_id(Appointment), person=who.id, role="communicator",
                                   level="grassroots", unit=unit, since=date(2022, 1, 1)))  # fmt: skip
            for event in (lesson, own):
                change.put(Attendance(id=change.new_id(Attendance), person=who.id, event=event.id, kind=event.kind,
                                      day=day, result="completed"))  # fmt: skip
            for decision in (city, decided) if order % 10 == 3 else ():
                commend(change, who, decision, ward, order // 10 + 1 if decision is decided else 0)
        if ward in ("Phường Trưng Vương", "Phường Đồng Quang"):
            change.put(Person(id=change.new_id(Person), name="Trần Văn Trùng", born=PartialDate(1975), unit=unit))
    with opened(path) as office:
        first = next(each for each in office.book.table(Award) if each.register_number == 1)
        return seal(office, first)[0]


def person(change: Any, number: int, unit: str, **more: Any) -> Person:
    return Person(id=change.new_id(Person), name=name_of(number), born=born_of(number),
                  national_id=f"019{number:09d}", unit=unit, **more)  # fmt: skip


def commend(change: Any, who: Person, decision: Decision, ward: str, number: int) -> None:
    made = change.put(
        Award(id=change.new_id(Award), decision=decision.id, person=who.id, prize="giay-khen", name=who.name,
              unit_name=ward, citation="Có thành tích", achieved_from=date(2024, 1, 1), achieved_to=date(2024, 12, 31),
              register_year=2025 if number else 0, register_number=number)
    )  # fmt: skip
    if number:
        change.put(Issue(id=change.new_id(Issue), award=made.id, printed=date(2025, 1, 15), template="giay-khen"))


@pytest.fixture
def wards(run: Run, tmp_path: Path) -> dict[str, Path]:
    """The books of the three wards and of the one that took them over; all know it, and it knows them."""
    books = {code: new_office(run, tmp_path, code, f"Ban {ward}") for code, ward in WARDS.items()}
    books[INTO] = new_office(run, tmp_path, INTO, f"Ban {TOOK_OVER}")
    for code, path in books.items():
        told = run("exchange", "identity", "--out", tmp_path / f"{code}.id", "--book", path)[1]
        for other in books if code == INTO else (INTO,):
            if other != code:
                words = ("--check", told["fingerprint"], "--book", books[other])
                assert run("exchange", "meet", tmp_path / f"{code}.id", *words)[0] == 0
    with opened(books[INTO]) as office, office.book.change("test") as change:
        unit = next(each.id for each in office.book.table(Unit) if each.name == TOOK_OVER and each.until is None)
        for number in range(OWN):
            one = change.put(Person(id=change.new_id(Person), name=f"Người {name_of(700 - number)}", unit=unit))
        made = change.put(Decision(id=change.new_id(Decision), number="1-QĐ/ĐU", day=date(2025, 1, 10), form="party",
                                   issuer=f"Đảng ủy {TOOK_OVER}", title="Khen"))  # fmt: skip
        commend(change, one, made, TOOK_OVER, 1)
    return books


def packed(run: Run, books: dict[str, Path], code: str) -> Path:
    file = books[code].with_suffix(".svx")
    words = ("--for", INTO, "--what", "whole", "--out", file, "--overwrite", "--book", books[code])
    told = run("exchange", "pack", *words)[1]
    assert told["counts"]["people"] == EACH + (code != "QT")
    return file


def test_the_books_of_three_wards_become_one(run: Run, wards: dict[str, Path], tmp_path: Path) -> None:
    codes = {code: fill(wards[code], place, ward) for place, (code, ward) in enumerate(WARDS.items())}
    files = {code: packed(run, wards, code) for code in WARDS}
    units = tmp_path / "units.yaml"
    units.write_text(yaml.safe_dump(dict.fromkeys(WARDS.values(), TOOK_OVER), allow_unicode=True), encoding="utf-8")
    into = ("--units", units, "--book", wards[INTO])
    killed_anywhere(run, files["TV"], [str(each) for each in into], wards[INTO])
    told = {code: run("exchange", "take", file, *into)[1] for code, file in files.items()}
    assert [each["refused"] for each in told.values()] == [[], [], []]
    assert [each["records"]["people"]["new"] for each in told.values()] == [EACH + 1, EACH - 10, EACH - 19 + 1]
    fields = [Counter(each["field"] for each in one["conflicts"]) for one in told.values()]
    assert fields == [
        {}, {"phone": 10, "email": 10, "unit_name": 1}, {"phone": 19, "email": 19, "unit_name": 1}
    ], "and of an award of the city that two wards entered, each with its own name"  # fmt: skip
    assert [each["name"] for each in told["DQ"]["alike"]] == ["Trần Văn Trùng"], "not one of them, until somebody says"
    with opened(wards[INTO]) as office:
        judge(office, codes)
    settled(run, told["QT"]["conflicts"][0], files["QT"], into, wards[INTO])
    again = run("exchange", "take", files["TV"], *into)[1]
    assert (again["new"], again["changed"], again["written"]) == (0, 0, False)
    assert run("book", "verify", "--deep", "--book", wards[INTO])[0] == 0
    for _ in (*WARDS, "settled"):
        assert run("book", "undo", "--book", wards[INTO])[0] == 0
    with opened(wards[INTO]) as office:
        assert len(office.book.table(Person)) == OWN
        assert (len(office.book.table(Award)), len(office.book.table(Attendance))) == (1, 0)


def judge(office: Office, codes: dict[str, str]) -> None:
    """Everybody is there once, with their code, their unit of now, what they attended and were given."""
    people = office.book.table(Person).all()
    assert len(people) == PEOPLE + OWN + 2
    assert {each.id.partition("-")[0] for each in people} == {*WARDS, INTO}
    assert len({each.national_id for each in people if each.national_id}) == PEOPLE
    assert Counter(each.name for each in people)["Trần Văn Trùng"] == 2
    place = next(each.id for each in office.book.table(Unit) if each.name == TOOK_OVER and each.until is None)
    assert {each.unit for each in people} == {place}
    numbers = Counter(number for ward in range(len(WARDS)) for number in numbers_of(ward))
    for number in (0, 241, 600):
        (who,) = (each for each in people if each.national_id == f"019{number:09d}")
        assert (who.name, who.born) == (
            name_of(number),
            PartialDate(1960 + number % 40, 1 + number % 12, 1 + number % 28),
        )
        kinds = Counter(each.kind for each in office.book.table(Attendance) if each.person == who.id)
        assert kinds == {"course": 1, "conference": numbers[number]}, "the class that both entered is one"
        posts = [each for each in office.book.table(Appointment) if each.person == who.id]
        assert [each.unit for each in posts] == [place], "and so is the appointment"
    assert len([each for each in office.book.table(Event) if each.title == "Bồi dưỡng 2024"]) == 1
    assert Counter(each.number for each in office.book.table(Decision)) == {"12-QĐ/TU": 1, "1-QĐ/ĐU": 4}
    assert len(office.book.table(Award)) == 1 + 3 * 25 + 3 * 25 - 2
    registered = [each for each in office.book.table(Award) if each.register_number]
    assert Counter(each.register_number for each in registered) == {1: 4, **dict.fromkeys(range(2, 26), 3)}
    assert len(office.book.table(Issue)) == 1 + 3 * 25
    assert next_number(office.book, 2025) == 2, "each ward's numbers are its own"
    for code in codes.values():
        found = check_code(office, code, on=date(2026, 1, 1))
        assert found.state == "genuine"
        assert found.record is not None


def settled(run: Run, conflict: dict[str, str], file: Path, into: tuple[str | Path, ...], book: Path) -> None:
    """One field in which the other ward is right."""
    code, told = run("exchange", "take", file, "--choose", f"{conflict['record']}:{conflict['field']}", *into)
    assert (code, told["changed"], told["written"]) == (1, 1, True)
    shown = run("roster", "show", conflict["record"], "--book", book)[1]
    assert shown["person"][conflict["field"]] == conflict["theirs"]


def killed_anywhere(run: Run, file: Path, into: list[str], book: Path) -> None:
    """Kill the taking at five moments: each time all of it is there or nothing, and the chain is whole."""
    words = ["--lang", "en", "exchange", "take", str(file), *into]
    start = time.monotonic()
    assert run("exchange", "take", file, "--dry-run", *into)[0] == 0
    spent = time.monotonic() - start
    for share in (0.3, 0.8, 1.0, 1.2, 1.5):
        killed(words, share * spent)
        with opened(book) as office:
            here = len(office.book.table(Person))
            assert here in (OWN, OWN + EACH + 1)
            assert len(office.book.table(Attendance)) == (2 * EACH if here > OWN else 0)
            assert office.book.verify(deep=True).whole
            if here > OWN:
                office.book.undo()


def test_who_is_whom_is_told_by_a_person(run: Run, wards: dict[str, Path], tmp_path: Path) -> None:
    with opened(wards["TV"]) as office, office.book.change("test") as change:
        one = change.put(Person(id=change.new_id(Person), name="Trần Văn Trùng", born=PartialDate(1975)))
    with opened(wards[INTO]) as office, office.book.change("test") as change:
        ours = change.put(Person(id=change.new_id(Person), name="Trần Văn Trùng", born=PartialDate(1975)))
    file = tmp_path / "one.svx"
    run("exchange", "pack", "--for", INTO, "--what", "roster", "--out", file, "--book", wards["TV"])
    seen = run("exchange", "take", file, "--dry-run", "--book", wards[INTO])[1]
    assert [(each["theirs"], each["ours"]) for each in seen["alike"]] == [(one.id, ours.id)]
    choice = f"{one.id}={ours.id}"
    assert given_choice(choice) == (one.id, ours.id)
    taken = run("exchange", "take", file, "--people", choice, "--book", wards[INTO])[1]
    assert (taken["new"], taken["linked"], taken["alike"]) == (0, {one.id: ours.id}, [])
