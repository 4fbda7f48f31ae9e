"""A closed year stays as it is, by whatever door: each kind of record, in either engine, with any day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ClosedYearError, ConflictError
from records.domain.appointments import Absence, Appointment, Discipline
from records.domain.awards.awards import Award, Decision, Issue, Score, YearRating
from records.domain.awards.dossiers import DossierFile
from records.domain.awards.fund import FundEntry
from records.domain.awards.initiatives import Author, Initiative
from records.domain.awards.proposals import Candidate, Meeting, Payment, ProposalList
from records.domain.awards.registrations import TitleRegistration
from records.domain.emulation import Cycle, Entrant, Movement, TieRuling
from records.domain.kinds import KINDS
from records.domain.papers import IssuedPaper
from records.domain.people.person import Person
from records.domain.reviews import Review, ReviewLine
from records.domain.rule_changes import HandAnswer, SettingChange
from records.domain.training import Attendance, DutyCount, Event
from records.domain.units import Stay, Unit, UnitName
from records.domain.years.closing import Correction, YearMark, closed_years
from records.domain.years.deciding import DECIDING
from records.store.book import Book
from records.store.contract import Store, UnitOfWork
from tests.records.store.books import new_book
from tests.records.store.memory import MemoryBook

CLOSED = date(2026, 1, 15)
BY = Correction(id="", number="12-QĐ/ĐU", day=date(2026, 2, 3))
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
WHO = "TN-P-00001"


def cycle(change: UnitOfWork, day: date) -> Cycle:
    return change.put(
        Cycle(id=change.new_id(Cycle), key=f"T{day:%Y%m%d}", title="Đợt", kind="theme", subject="person",
              table="t", first_day=date(2022, 1, 1), last_day=day)
    )  # fmt: skip


def decision(change: UnitOfWork, day: date) -> Decision:
    return change.put(
        Decision(id=change.new_id(Decision), number="1-QĐ", day=day, form="party", issuer="Đảng ủy", title="Tặng")
    )


def award(change: UnitOfWork, day: date) -> Award:
    held = decision(change, day).id
    return change.put(
        Award(id=change.new_id(Award), decision=held, person=WHO, prize="p", name="An", unit_name="U", citation="c",
              achieved_from=date(2019, 1, 1), achieved_to=date(2019, 12, 31))
    )  # fmt: skip


def proposals(change: UnitOfWork, day: date) -> ProposalList:
    return change.put(
        ProposalList(id=change.new_id(ProposalList), title="D", form="party", opened=day, number="1", submitted=day)
    )


def review(change: UnitOfWork, day: date) -> Review:
    return change.put(Review(id=change.new_id(Review), title="R", on=day))


def put(kind: type, /, **fields: Any) -> Callable[[UnitOfWork, date], Any]:
    """Puts one whose fields are these; a function among them is given the change and the day."""

    def enter(change: UnitOfWork, day: date) -> Any:
        told = {name: each(change, day) if callable(each) else each for name, each in fields.items()}
        return change.put(kind(id=change.new_id(kind), **told))

    return enter


def day_(_change: UnitOfWork, day: date) -> date:
    return day


# Kind -> how one of a day is entered, and what is changed in it afterwards.
MAKERS: dict[type, tuple[Callable[[UnitOfWork, date], Any], dict[str, Any]]] = {
    Person: (put(Person, name="An", left=day_, left_reason="retired"), {"left_reason": "resigned"}),
    Unit: (
        put(Unit, names=lambda _c, day: (UnitName(name="A"), UnitName(name="B", since=day)), kind="ward"),
        {"names": (UnitName(name="A"),)},
    ),
    Appointment: (put(Appointment, person=WHO, role="reporter", level="ward", since=day_), {"level": "city"}),
    Discipline: (put(Discipline, person=WHO, opened=day_), {"person": "TN-P-00002"}),
    Absence: (put(Absence, person=WHO, kind="sick", first=day_, last=day_), {"kind": "study"}),
    Event: (put(Event, kind="course", title="Lớp", day=day_), {"place": "Hội trường"}),
    Attendance: (
        put(Attendance, person=WHO, event="TN-E-00001", kind="course", day=day_),
        {"presence": "absent"},
    ),
    DutyCount: (put(DutyCount, person=WHO, month=lambda _c, day: day.replace(day=1), talks=1), {"talks": 2}),
    Score: (
        put(Score, person=WHO, role="", cycle=lambda change, day: cycle(change, day).key, final=Decimal(80)),
        {"final": Decimal(81)},
    ),
    YearRating: (
        put(YearRating, year=lambda _c, day: day.year, kind="party", rating="good", person=WHO),
        {"rating": "excellent"},
    ),
    Decision: (decision, {"title": "Khác"}),
    Award: (award, {"citation": "khác"}),
    Issue: (put(Issue, award="TN-G-00001", printed=day_, template="t"), {"reissue": True}),
    ProposalList: (proposals, {"title": "Khác"}),
    Candidate: (
        put(Candidate, list=lambda change, day: proposals(change, day).id, subject=WHO, prize="p", citation="c",
            achieved_from=date(2019, 1, 1), achieved_to=date(2019, 12, 31)),
        {"citation": "khác"},
    ),
    Meeting: (put(Meeting, list="TN-TR-00001", day=day_, members=9, present=8), {"present": 9}),
    Payment: (put(Payment, award="TN-G-00001", day=day_, kind="paid", amount=1, fund="f"), {"amount": 2}),
    DossierFile: (
        put(DossierFile, about="TN-UV-00001", title="a.pdf", file="f", sha256="0", size=1, day=day_),
        {"title": "b.pdf"},
    ),
    FundEntry: (put(FundEntry, fund="f", day=day_, kind="income", amount=1), {"amount": 2}),
    Initiative: (
        put(Initiative, title="S", authors=(Author(person=WHO),), scope="grassroots", recognised=day_),
        {"scope": "province"},
    ),
    TitleRegistration: (
        put(TitleRegistration, subject=WHO, prize="p", year=lambda _c, day: day.year),
        {"pledge": "Khác"},
    ),
    Review: (review, {"title": "Khác"}),
    ReviewLine: (
        put(ReviewLine, review=lambda change, day: review(change, day).id, person=WHO, role="reporter", level="ward",
            name="An"),
        {"name": "Khác"},
    ),
    HandAnswer: (
        put(HandAnswer, person=WHO, role="reporter", criterion="c", yes=True, day=day_, by="Ban"),
        {"yes": False},
    ),
    SettingChange: (
        put(SettingChange, file="a.yaml", key="k", before="1", after="2", since=day_, source="office-practice"),
        {"after": "3"},
    ),
    Movement: (put(Movement, title="Phong trào", launched=day_), {"title": "Khác"}),
    Cycle: (cycle, {"title": "Khác"}),
    Entrant: (put(Entrant, cycle=lambda change, day: cycle(change, day).id, subject=WHO), {"pledge": "Khác"}),
    TieRuling: (
        put(TieRuling, cycle=lambda change, day: cycle(change, day).id, order=("a", "b"), reason="r", day=day_),
        {"reason": "khác"},
    ),
    IssuedPaper: (put(IssuedPaper, kind="notice", about="x", day=day_, said="{}"), {"said": "[]"}),
}  # fmt: skip


def enter(store: Store, kind: type, day: date) -> Any:
    with store.change("enter") as change:
        return MAKERS[kind][0](change, day)


def change_one(store: Store, record: Any) -> None:
    with store.change("alter") as change:
        change.put(msgspec.structs.replace(record, **MAKERS[type(record)][1]), was=record)


def remove(store: Store, record: Any) -> None:
    with store.change("remove") as change:
        change.remove(record)


def mark(store: Store, year: int, *, closed: bool = True) -> None:
    with store.change("book.close") as change:
        change.put(YearMark(id=change.new_id(YearMark), year=year, closed=closed, day=CLOSED))


def taken(act: Callable[[], object]) -> bool:
    """Whether an act was done, or refused for a closed year."""
    try:
        act()
    except ClosedYearError:
        return False
    return True


Make = Callable[[], Store]


@pytest.fixture(params=["book", "memory"], scope="module")
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    with TemporaryDirectory() as folder:
        count = iter(range(1_000_000))

        def made() -> Store:
            return new_book(Path(folder) / f"{next(count)}.sovang") if request.param == "book" else MemoryBook()

        yield made


def test_one_table_says_of_every_kind_what_decides_its_year_and_the_makers_here_try_each_that_has_a_day() -> None:
    assert DECIDING.keys() == KINDS.keys()
    assert MAKERS.keys() == {kind for kind, each in DECIDING.items() if each.facts}


@pytest.mark.parametrize("kind", list(MAKERS), ids=lambda kind: kind.__name__)
@settings(deadline=None, max_examples=12)
@given(day=DAYS)
def test_what_touches_a_closed_year_is_refused_and_what_does_not_is_done(make: Make, kind: type, day: date) -> None:
    with closing(make()) as store:
        first, second, third = (enter(store, kind, day) for _ in range(3))
        entered = store.head()[0]
        mark(store, 2025)
        open_ = day.year != 2025
        before = store.head()
        assert taken(lambda: enter(store, kind, day)) == open_
        assert taken(lambda: change_one(store, first)) == open_
        assert taken(lambda: remove(store, second)) == open_
        assert taken(lambda: store.undo(entered)) == open_
        assert (store.head() == before) != open_
        assert (store.table(kind).get(third.id) is None) == open_
        assert len(store.table(Correction)) == 0


@pytest.mark.parametrize("kind", list(MAKERS), ids=lambda kind: kind.__name__)
def test_a_decision_of_correction_opens_the_way_and_stands_in_the_line(make: Make, kind: type) -> None:
    with closing(make()) as store:
        held = enter(store, kind, date(2025, 6, 1))
        mark(store, 2025)
        store.correction = msgspec.structs.replace(BY, day=date(2026, 1, 14))
        assert not taken(lambda: change_one(store, held)), "older than the closing"
        store.correction = BY
        change_one(store, held)
        store.undo()
        enter(store, kind, date(2026, 3, 1))
        noted = store.table(Correction).all()
        assert [(each.number, each.day, each.years) for each in noted] == [(BY.number, BY.day, (2025,))]
        newest = store.history(limit=2)
        assert BY.number not in newest[0].about
        assert BY.number in newest[1].about
        store.correction = None
        assert not taken(lambda: store.undo(newest[1].seq))


def test_what_goes_on_in_an_open_year_is_not_kept_from_it(make: Make) -> None:
    """An appointment of a closed year ends, a verification is decided, an award revoked, a list sent."""
    old, later, replace = date(2025, 6, 1), date(2026, 3, 1), msgspec.structs.replace
    with closing(make()) as store:
        post, case, given_ = (enter(store, kind, old) for kind in (Appointment, Discipline, Award))
        with store.change("enter") as change:
            run_out = change.put(replace(post, id=change.new_id(Appointment), until=date(2025, 12, 31)))
            still_held = change.put(replace(run_out, id=change.new_id(Appointment)))
            listed = change.put(ProposalList(id=change.new_id(ProposalList), title="D", form="party", opened=old))
        mark(store, 2025)
        with store.change("go on") as change:
            change.put(replace(post, ended=later, end_reason="relieved"), was=post)
            change.put(replace(run_out, ended=date(2025, 12, 31), end_reason="renewed"), was=run_out)
            change.put(replace(still_held, ended=later, end_reason="retired"), was=still_held)
            change.put(replace(case, decided=later, measure="warning"), was=case)
            change.put(replace(given_, revoked=later, revoked_ground="g", revoked_number="2"), was=given_)
            change.put(replace(listed, submitted=later, number="3"), was=listed)
            stays = (Stay(unit="TN-U-00001", until=later),)
            change.put(Person(id=change.new_id(Person), name="Bình", before=stays))
        for held, back in (
            (post, {"ended": date(2025, 9, 1)}),
            (given_, {"revoked": date(2025, 9, 1)}),
            (case, {"decided": date(2025, 9, 1)}),
            (listed, {"submitted": date(2025, 9, 1)}),
        ):
            now = store.table(type(held))[held.id]
            with pytest.raises(ClosedYearError), store.change("back-date") as change:
                change.put(replace(now, **back), was=now)


def test_nobody_takes_a_closing_back_and_a_further_line_opens_the_year(make: Make) -> None:
    with closing(make()) as store:
        mark(store, 2025)
        with pytest.raises(ConflictError, match="not taken back"):
            store.undo()
        held = store.table(YearMark).all()[0]
        with pytest.raises(ConflictError, match="not taken back"):
            remove(store, held)
        with pytest.raises(ConflictError, match="not taken back"), store.change("alter") as change:
            change.put(msgspec.structs.replace(held, year=1999), was=held)
        assert not taken(lambda: enter(store, Event, date(2025, 5, 1)))
        mark(store, 2025, closed=False)
        assert closed_years(store.table(YearMark)) == {}
        enter(store, Event, date(2025, 5, 1))
        with pytest.raises(ConflictError, match="not taken back"):
            store.undo(store.head()[0] - 1)
        mark(store, 2025)
        assert not taken(lambda: enter(store, Event, date(2025, 5, 1)))


def move(store: Store, since: date) -> None:
    """The book to the code BXD."""
    with store.change("office.code") as change:
        change.recode("BXD")
        change.put(
            SettingChange(id=change.new_id(SettingChange), file="office.yaml", key="office.code", before="TN",
                          after="BXD", since=since, source="office-practice")
        )  # fmt: skip


def test_a_book_with_a_closed_year_still_moves_to_another_code_and_back(make: Make) -> None:
    with closing(make()) as store:
        held = [enter(store, kind, date(2025, 6, 1)) for kind in (Event, Award, Entrant, Appointment)]
        mark(store, 2025)
        move(store, date(2026, 5, 1))
        assert store.office == "BXD"
        assert not taken(lambda: change_one(store, store.table(Event)[held[0].id]))
        store.undo()
        assert store.office == "TN"


def test_a_move_to_another_code_by_a_decision_gives_the_decision_the_new_code(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        enter(book, Person, date(2025, 6, 1))
        mark(book, 2025)
        book.correction = BY
        move(book, date(2025, 5, 1))
        assert [each.id for each in book.table(Correction)] == ["BXD-DC-00001"]
        assert [each.id for each in book.table(Person)] == ["BXD-P-00001"]


def test_writing_by_tinydb_itself_passes_the_same_gate(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        assert isinstance(book, Book)
        held = enter(book, Event, date(2025, 6, 1))
        mark(book, 2025)
        table = book.database.table("events")
        before = book.head()
        for act in (
            table.truncate,
            lambda: table.update({"title": "Khác"}),
            lambda: table.insert({"id": "TN-E-00099", "kind": "course", "title": "x", "day": "2025-01-01"}),
        ):
            assert not taken(act)
        assert book.head() == before
        assert book.table(Event)[held.id] == held
        for raw in (
            lambda: book.database.table("year_marks").update({"year": 1999}),
            lambda: book.database.table("year_marks").truncate(),
            book.database.drop_tables,
        ):
            with pytest.raises((ClosedYearError, ConflictError)):
                raw()
        assert book.head() == before
        book.database.table("entrants").insert({"id": "x", "cycle": "no id", "subject": "?"})
