"""What was read once is at hand, and never what it no longer is: by id, by field, by earlier codes, beside a writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest

from records.domain.exchange import Neighbour
from records.domain.people.person import Person
from records.domain.rule_changes import CODE_KEY, SettingChange
from records.store import tables
from records.store.book import Book
from records.store.codes import ToldByRows
from records.store.journal import rows
from records.store.journal.rows import Pending
from records.store.standing_back import between_pieces
from records.store.tables import Records
from tests.records.store.books import add, new_book, several_segments

READS: dict[str, Callable[[Records[Person], str], Person | None]] = {
    "get": lambda people, person: people.get(person),
    "where": lambda people, _: next(iter(people.where(unit="TN-U-00001")), None),
    "two fields": lambda people, _: next(iter(people.where(unit="TN-U-00001", position="Bí thư")), None),
}
ids = pytest.mark.parametrize("read", READS.values(), ids=READS)


def entered(book: Book, name: str = "An") -> Person:
    with book.change("test") as change:
        return change.put(Person(id=change.new_id(Person), name=name, unit="TN-U-00001", position="Bí thư"))


def renamed(book: Book, old: Person, name: str) -> Person:
    with book.change("test") as change:
        return change.put(msgspec.structs.replace(old, name=name), was=old)


@ids
def test_what_was_read_follows_every_change(tmp_path: Path, read: Callable[..., Person | None]) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        old = entered(book)
        people = book.table(Person)
        assert read(people, old.id) == old
        assert read(people, old.id) is read(people, old.id), "made once"
        new = renamed(book, old, "Ân")
        assert read(people, old.id) == new
        with book.change("test") as change:
            change.remove(new)
        assert read(people, old.id) is None
        book.undo()
        assert read(people, old.id) == new
        book.undo()
        assert read(people, old.id) == old


@pytest.mark.parametrize(
    "nearly",
    ["TN-P- 00001", "TN-P-+00001", "TN-P-0_0001", "TN-P-00001 ",
     "XX-P-00001", "TN-U-00001", "00001", "TN-P-", "", "?", "TN-P-" + "9" * 30, "TN-P-" + "1" * 5_000],
)  # fmt: skip
def test_what_is_only_nearly_an_id_finds_nobody(tmp_path: Path, nearly: str) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        person = entered(book)
        people = book.table(Person)
        assert people.get(nearly) is None, "before anybody was read"
        assert people.get(person.id) == person
        assert people.get(nearly) is None, "and after"
        assert people.get("tn-p-1") == person, "what means the same finds the same"


@ids
def test_who_reads_beside_a_writer_does_not_remember_what_it_wrote_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[..., Person | None]
) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        old = entered(book)
        people = book.table(Person)
        assert people.where(unit="TN-U-00001", position="-") == [], "the index is there, and nobody was read"
        writer = Thread(target=renamed, args=(book, old, "Ân"))

        def while_another_writes(made: Callable[..., Any]) -> Callable[..., Any]:
            def slowly(*given: Any) -> Any:
                found = made(*given)
                if not writer.ident:
                    writer.start()
                    writer.join(0.5)  # it has to wait for this one, or is done before
                return found

            return slowly

        for name in ("from_document", "from_documents"):
            monkeypatch.setattr(tables, name, while_another_writes(getattr(tables, name)))
        assert read(people, old.id) == old
        writer.join()
        assert read(people, old.id) == msgspec.structs.replace(old, name="Ân")


def test_a_second_field_leaves_out_those_read_before_too(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with book.change("test") as change:
            for number in range(5_000):
                unit, position = f"TN-U-{number % 2_500}", "Bí thư" if number < 2_500 else "Chuyên viên"
                change.put(Person(id=change.new_id(Person), name=f"N{number}", unit=unit, position=position))
        book.snapshot()
        book.note("vouch", about="")
    with Book.open(tmp_path / "a.sovang", actor="tester") as book:
        people = book.table(Person)
        asked = {"unit": "TN-U-7", "position": "Chuyên viên"}
        assert [each.name for each in people.where(**asked)] == ["N2507"]
        assert all(isinstance(each, Pending) for each in book.engine.tables["people"].pieces() if each), "still bytes"
        assert [each.name for each in people.where(unit="TN-U-7")] == ["N7", "N2507"]
        assert [each.name for each in people.where(**asked)] == ["N2507"]
        assert people.where(position="Trưởng ban", unit="TN-U-7") == []
        assert people.get("TN-P-00008") is people.where(unit="TN-U-7")[0]


WHOLE: dict[str, Callable[[Records[Person]], object]] = {
    "columns": lambda people: list(people.columns("name")),
    "glances": lambda people: list(people.glances()),
    "an index": lambda people: people.where(name="N7"),
}


@pytest.mark.parametrize("read", WHOLE.values(), ids=WHOLE)
def test_who_reads_a_whole_table_stands_back_between_its_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Records[Person]], object]
) -> None:
    monkeypatch.setattr(rows, "_SPAN", 3)
    several_segments(tmp_path / "a.sovang")
    with Book.open(tmp_path / "a.sovang", actor="tester") as book:
        people, turns = book.table(Person), list[int]()
        with between_pieces(lambda: turns.append(1)):
            read(people)
            taken = len(turns)
            assert taken >= 3, "nine people of whom three lie together"
            thread = Thread(target=lambda: list(people.columns("unit")))
            thread.start()
            thread.join()
            assert len(turns) == taken, "no other thread does"
        read(people)
        list(people.columns("unit"))
        assert len(turns) == taken, "it is over"


def moved(book: Book, code: str) -> None:
    """The book goes to another code of its office."""
    with book.change("test") as change:
        before = book.office
        change.recode(code)
        made = SettingChange(
            id=change.new_id(SettingChange), file="office", key=CODE_KEY, before=before, after=code,
            since=date(2026, 7, 1), source="office-practice",
        )  # fmt: skip
        change.put(made)


def test_a_reader_learns_of_codes_and_of_other_offices_from_the_lines_it_reads(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        entered(book)
        with Book.open(tmp_path / "a.sovang", actor="reader", read_only=True) as reader:
            people = reader.table(Person)
            assert reader.codes == ("TN",)
            assert people.get("SC-P-00001") is None
            moved(book, "BX")
            with book.change("test") as change:
                change.put(Neighbour(id=change.new_id(Neighbour), code="SC", book="b" * 32, name="Sông Công"))
                change.put(Person(id="SC-P-00001", name="Người khác"))
            assert reader.codes == ("TN",), "as it was when it was read"
            assert reader.refresh()
            assert reader.codes == book.codes == ("BX", "TN")
            assert people["SC-P-00001"].name == "Người khác"
            assert people["TN-P-00001"] == people["BX-P-00001"]
            assert [each.id for each in people.where(unit="TN-U-00001")] == ["BX-P-00001"]
        assert add(book, "Bình") == ["BX-P-00002"]


def test_codes_asked_for_while_a_line_is_taken_in_are_not_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        entered(book)
        before = book.codes
        asker = Thread(target=lambda: book.codes)
        apply = book.engine._apply

        def while_another_asks(changes: Any) -> None:
            asker.start()
            asker.join(0.5)  # it has to wait for the line
            apply(changes)

        monkeypatch.setattr(book.engine, "_apply", while_another_asks)
        moved(book, "BX")
        asker.join()
        assert book.codes == ("BX", *before)
        monkeypatch.undo()
        book.undo()
        assert book.codes == before


def test_codes_are_found_out_when_their_table_changed_and_never_else(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        asked: list[int] = []

        def found(rows: Mapping[int, Any]) -> int:
            asked.append(len(rows))
            return len(rows)

        told = ToldByRows(book.engine, "notes", found)
        assert [told(), told()] == [0, 0], "a table that is not there yet"
        notes = book.database.table("notes")
        first = notes.insert({"n": 1})
        assert [told(), told()] == [1, 1]
        entered(book)
        assert [told(), told()] == [1, 1]
        notes.remove(doc_ids=[first])
        assert [told(), told()] == [0, 0]
        book.undo()
        assert [told(), told()] == [1, 1]
        assert asked == [0, 1, 0, 1]
        book.database.drop_table("notes")
        assert told() == 0
        book.database.table("notes").insert({"n": 2})
        assert told() == 1, "another table of the same name, changed as often"
