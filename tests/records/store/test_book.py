"""The invariants of the book, each with somebody trying to break it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB, where

from config.errors import BookError, ConflictError
from config.text import t
from records.domain.people.person import Person
from records.domain.units import Unit
from records.store.book import Book
from records.store.journal import recent
from tests.records.store.books import add, filled, journal, names, new_book

ROOT = Path(__file__).parents[3]


def test_what_was_entered_is_there_again_letter_for_letter(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "Nguyễn Thị Đào", "[RH] “Lê”\n")
    with Book.open(tmp_path / "a.sovang", actor="x") as book:
        assert names(book) == ["Nguyễn Thị Đào", "[RH] “Lê”\n"]


def test_invariant_1_a_failed_fsync_changes_nothing_and_nothing_more_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = new_book(tmp_path / "a.sovang")
    add(book, "An")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("records.store.journal.durable.disk.sync_data", fail)
    with pytest.raises(BookError, match="the disk is full"):
        add(book, "Bình")
    monkeypatch.undo()
    assert names(book) == ["An"]
    with pytest.raises(BookError, match="takes no more"):
        add(book, "Cúc")
    book.close()
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert names(again) == ["An"]
        assert again.damage is None
        add(again, "Dũng")
        assert again.verify().whole


def test_a_block_that_cannot_begin_gives_the_turn_back(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        blocks = book.blocks

        def unreadable() -> dict[str, int]:
            raise BookError(t("The book cannot be read: {reason}", reason="x"))

        book.blocks = unreadable  # as when the file of a snapshot went
        with pytest.raises(BookError, match="cannot be read"), book.change("people.add"):
            pass
        book.blocks = blocks
        other = threading.Thread(target=add, args=(book, "An"))
        other.start()
        other.join()
        assert names(book) == ["An"]


def test_a_block_that_is_begun_again_holds_nothing_of_before(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        (first,) = book.table(Person).all()
        block = book.change("people.change")
        with block as change:
            change.put(replace(first, name="Bình"), was=first)
        with book.change("people.change") as change:
            change.put(replace(first, name="Cúc"), was=book.table(Person)[first.id])
        with block:
            pass
        assert (names(book), book.head()[0]) == (["Cúc"], 3)


def test_a_block_that_ended_takes_nothing_more(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with book.change("people.add") as change:
            change.put(Person(id=change.new_id(Person), name="An"))
        with pytest.raises(AttributeError):
            change.new_id(Person)
        with pytest.raises(AttributeError):
            change.put(Person(id="TN-P-00002", name="Bình"))
        assert names(book) == ["An"]


def test_a_block_in_which_the_book_is_closed_changes_nothing(tmp_path: Path) -> None:
    book = new_book(tmp_path / "a.sovang")

    def close_within() -> None:
        with book.change("people.add") as change:
            change.put(Person(id=change.new_id(Person), name="An"))
            book.close()

    with pytest.raises(BookError, match="reading only"):
        close_within()
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert (names(again), again.head()[0]) == ([], 0)


def test_a_new_record_never_takes_the_place_of_another(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        book.table(Unit).documents.insert({})  # whatever TinyDB let in
        for new in (Person(id="ZZ-P-00001", name="Bình"), Unit(id="TN-U-00001", names=(), kind="party_organisation")):
            with pytest.raises(ConflictError, match="changed elsewhere"), book.change("test.add") as change:
                change.put(new)
        assert (names(book), book.head()[0]) == (["An"], 2)


def test_a_block_that_fails_leaves_nothing_and_gives_the_turn_back(tmp_path: Path) -> None:
    def breaks_off(book: Book) -> None:
        with book.change("people.add") as change:
            change.put(Person(id=change.new_id(Person), name="An"))
            raise KeyError

    with new_book(tmp_path / "a.sovang") as book:
        with pytest.raises(KeyError):
            breaks_off(book)
        assert names(book) == []
        add(book, "Bình")
        assert (names(book), book.head()[0]) == (["Bình"], 1)


@pytest.mark.parametrize("harm", ["deleted", "moved", "journal deleted"])
def test_a_folder_that_vanishes_while_the_book_is_open_is_noticed_at_the_next_change(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "a.sovang"
    book = new_book(path)
    add(book, "An")
    if harm == "deleted":
        shutil.rmtree(path)
    elif harm == "moved":
        path.rename(tmp_path / "b.sovang")
    else:
        journal(path).unlink()
    with pytest.raises(BookError, match="could not be saved"):
        add(book, "Bình")
    assert names(book) == ["An"]
    book.close()


def test_invariant_2_an_act_is_one_line_or_nothing(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with pytest.raises(ZeroDivisionError), book.change("test") as change:  # noqa: PT012  # the block is the test
            change.put(Person(id=change.new_id(Person), name="An"))
            raise ZeroDivisionError
        assert names(book) == []
        with book.change("test"):
            pass
        assert book.head()[0] == 0
        add(book, *"ABCDEFGH")
        assert book.head()[0] == 1
        assert len(journal(book.path).read_bytes().splitlines()) == 1


def opened(path: Path) -> tuple[list[str], bool]:
    """The names a reader finds, and whether damage was named."""
    with Book.open(path, actor="x", read_only=True) as book:
        return names(book), book.damage is not None


def test_invariants_3_and_4_a_book_cut_at_any_byte_is_the_exact_prefix(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 4)
    whole = journal(path).read_bytes()
    ends = [position + 1 for position, byte in enumerate(whole) if byte == 10]
    for cut in range(len(whole)):
        journal(path).write_bytes(whole[:cut])
        found, damaged = opened(path)
        assert not damaged
        assert found == [f"Nguyễn {number}" for number in range(sum(end <= cut for end in ends))]


def test_invariants_3_and_4_every_flipped_byte_is_named_and_nothing_is_invented(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 4)
    whole = journal(path).read_bytes()
    expected = [f"Nguyễn {number}" for number in range(4)]
    for position in range(len(whole)):
        for flip in (1, 0x80):
            journal(path).write_bytes(whole[:position] + bytes([whole[position] ^ flip]) + whole[position + 1 :])
            found, damaged = opened(path)
            assert damaged
            assert found == expected[: whole[:position].count(b"\n")]


def test_invariant_4_a_torn_last_line_is_set_aside_and_said(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 2)
    with journal(path).open("ab") as file:
        file.write(b'{"seq":3,"time":"20')
    with Book.open(path, actor="x") as book:
        assert names(book) == ["Nguyễn 0", "Nguyễn 1"]
        assert "set aside" in str(book.notices[0])
        add(book, "Mới")
    assert [each.read_bytes() for each in path.glob("torn-*.bin")] == [b'{"seq":3,"time":"20']
    with Book.open(path, actor="x") as book:
        assert names(book) == ["Nguyễn 0", "Nguyễn 1", "Mới"]
        assert book.notices == []


def test_a_damaged_book_opens_for_reading_only(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    lines = journal(path).read_bytes().splitlines(keepends=True)
    journal(path).write_bytes(lines[0] + lines[2])
    with Book.open(path, actor="x") as book:
        assert names(book) == ["Nguyễn 0"]
        assert "after line 1" in str(book.damage)
        with pytest.raises(BookError, match="damaged"):
            add(book, "Không")
        assert not book.verify().whole


def test_a_missing_segment_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        for number in range(3):
            add(book, f"N{number}")
            book.snapshot()
        add(book, "N3")
    for snapshot in path.glob("snapshot-*"):
        snapshot.unlink()
    (path / "journal-000000002.jsonl").unlink()
    assert opened(path) == (["N0"], True)
    with Book.open(path, actor="x") as book:
        assert str(book.damage) == "The journal has a hole: the file with change 2 is missing"


@pytest.mark.plain
def test_a_damaged_snapshot_is_passed_over_and_the_state_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        add(book, "An")
        book.snapshot()
        add(book, "Bình")
        book.snapshot()
    newest = max(path.glob("snapshot-*.json"))
    newest.write_bytes(newest.read_bytes().replace("Bình".encode(), "Bính".encode()))
    with Book.open(path, actor="x") as book:
        assert names(book) == ["An", "Bình"]
        assert newest.name in str(book.notices[0])
        add(book, "Cúc")
        assert book.verify().whole


@pytest.mark.plain
def test_invariant_5_tinydb_itself_opens_a_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        add(book, "An", "Bình")
        book.snapshot()
    plain = TinyDB(next(path.glob("snapshot-*.json")), access_mode="r", encoding="utf-8")
    assert [row["name"] for row in plain.table("people").search(where("name") == "Bình")] == ["Bình"]
    plain.close()


@pytest.mark.plain
def test_invariant_6_a_second_writer_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    code = (
        "import sys; from pathlib import Path; from records.store.book import Book\n"
        "from config.errors import BookError\n"
        "try: Book.open(Path(sys.argv[1]), actor='second')\n"
        "except BookError as error: print(error); sys.exit(error.exit_code)\n"
    )
    with Book.open(path, actor="Nguyễn giữ sổ") as book:
        done = subprocess.run(
            [sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
        )
        assert done.returncode == 3
        assert "Nguyễn giữ sổ" in done.stdout
        assert str(os.getpid()) in done.stdout
        with Book.open(path, actor="reader", read_only=True) as reader:
            add(book, "Mới")
            assert reader.refresh()
            assert names(reader) == ["Nguyễn 0", "Mới"]
            assert not reader.refresh()
            book.snapshot()
            add(book, "Sau ảnh")
            assert reader.refresh()
            assert names(reader) == ["Nguyễn 0", "Mới", "Sau ảnh"]
            with pytest.raises(BookError, match="reading only"):
                add(reader, "Không")
    with Book.open(path, actor="later") as book:
        assert not book.read_only


def test_invariant_7_ids_are_never_used_again(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        assert add(book, "An", "Bình") == ["TN-P-00001", "TN-P-00002"]
        book.undo()
        assert add(book, "Cúc") == ["TN-P-00003"]
        with book.change("test.remove") as change:
            change.remove(book.table(Person)["TN-P-00003"])
    for snapshot_first in (False, True):
        with Book.open(path, actor="x") as book:
            if snapshot_first:
                book.snapshot()
            assert names(book) == []
    with Book.open(path, actor="x") as book:
        assert add(book, "Dũng") == ["TN-P-00004"]


def test_invariant_7_undo_refuses_where_a_later_change_stands_on_it(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        with book.change("test.correct") as change:
            change.put(Person(id="TN-P-00001", name="Ân"), was=book.table(Person)["TN-P-00001"])
        with pytest.raises(ConflictError, match="change 2 stands on it"):
            book.undo(1)
        assert names(book) == ["Ân"]
        book.undo(2)
        book.undo(1)
        assert names(book) == []
        with pytest.raises(ConflictError, match="nothing to undo"):
            book.undo()


def test_invariant_8_nothing_a_caller_does_to_what_it_got_reaches_the_book(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with book.change("add") as change:
            change.put(Person(id="TN-P-00001", name="An", documents=("resume",)))
        documents = book.table(Person).documents
        found = [documents.get(doc_id=1), documents.all()[0], documents.search(where("name") == "An")[0]]
        for document in found:
            document["documents"].append("x")
            document["name"] = "?"
        assert names(book) == ["An"]
        assert documents.all()[0]["documents"] == ["resume"]
        with pytest.raises(AttributeError):
            book.table(Person)["TN-P-00001"].name = "?"  # type: ignore[misc]


def test_an_index_follows_every_change(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An", "Bình", "An")
        people = book.table(Person)
        assert [each.id for each in people.where(name="An")] == ["TN-P-00001", "TN-P-00003"]
        with book.change("test") as change:
            change.put(Person(id="TN-P-00001", name="Bình"), was=people["TN-P-00001"])
            change.remove(book.table(Person)["TN-P-00003"])
        assert people.where(name="An") == []
        assert [each.id for each in people.where(name="Bình")] == ["TN-P-00001", "TN-P-00002"]
        book.undo()
        assert {each.id for each in people.where(name="An")} == {"TN-P-00001", "TN-P-00003"}


@pytest.mark.parametrize("late", [False, True])
def test_nobody_waits_for_an_index_that_is_made_and_what_changes_meanwhile_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        people = book.table(Person)
        real = people._new_index
        asked: list[str] = []

        def slow(field: str) -> Any:
            found = real(field) if late else None
            if not asked:
                asked.append(field)
                other = threading.Thread(target=add, args=(book, "An"))  # it needs the lock
                other.start()
                other.join(60)
                assert not other.is_alive()
            return found or real(field)

        monkeypatch.setattr(people, "_new_index", slow)
        assert [each.id for each in people.where(name="An")] == ["TN-P-00001", "TN-P-00002"]


acts = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.text(max_size=5)),
        st.tuples(st.just("edit"), st.integers(0, 5)),
        st.tuples(st.just("remove"), st.integers(0, 5)),
        st.tuples(st.sampled_from(["undo", "redo", "reopen", "snapshot"]), st.none()),
    ),
    max_size=25,
)


def perform(book: Book, act: str, argument: Any, count: int) -> None:
    people = book.table(Person).all()
    if act == "add":
        add(book, argument)
    elif act in ("undo", "redo"):
        {"undo": book.undo, "redo": book.redo}[act]()
    elif people and act in ("edit", "remove"):
        chosen = people[argument % len(people)]
        with book.change(f"test.{act}") as change:
            if act == "edit":
                change.put(Person(id=chosen.id, name=f"{chosen.name}{count}"), was=chosen)
            else:
                change.remove(chosen)


@given(acts)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_story_survives_reopening_and_undo_leads_back_to_every_state(
    tmp_path_factory: pytest.TempPathFactory, story: list[tuple[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("story") / "a.sovang"
    book = new_book(path)
    for count, (act, argument) in enumerate(story):
        before = deepcopy(book.engine.rows("people"))
        if act == "reopen":
            book.close()
            book = Book.open(path, actor="x")
            assert book.engine.rows("people") == before
            continue
        if act == "snapshot":
            book.snapshot()
            continue
        try:
            perform(book, act, argument, count)
        except ConflictError:
            assert book.engine.rows("people") == before
    assert book.verify().whole
    while True:
        try:
            book.undo()
        except ConflictError:
            break
    assert names(book) == []
    book.close()


WRITER = """
import sys
from pathlib import Path
from records.store.book import Book
from records.store.journal import recent
from records.domain.people.person import Person
with Book.open(Path(sys.argv[1]), actor="writer") as book:
    number = 0
    while True:
        number += 1
        with book.change("test.add") as change:
            record = change.put(Person(id=change.new_id(Person), name=f"N{number}"))
        print(record.id, flush=True)
        if number % 40 == 0:
            book.snapshot()
"""


@pytest.mark.plain
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal")
def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    acknowledged = {"TN-P-00001"}
    for lines in (1, 7, 39, 90):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        acknowledged |= {writer.stdout.readline().strip() for _ in range(lines)}
        writer.send_signal(signal.SIGKILL)
        acknowledged |= {line.strip() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")}
        writer.stdout.close()
        writer.wait()
        with Book.open(path, actor="x") as book:
            assert book.damage is None
            assert acknowledged <= {person.id for person in book.table(Person)}
            assert book.verify().whole


def test_places_that_are_no_book(tmp_path: Path) -> None:
    empty, full, file = tmp_path / "empty", tmp_path / "full", tmp_path / "file"
    empty.mkdir()
    full.mkdir()
    (full / "letter.txt").write_text("x", "utf-8")
    file.write_text("x", "utf-8")
    attempts: list[Callable[[], object]] = [
        lambda: Book.open(empty, actor="x"),
        lambda: Book.open(file, actor="x"),
        lambda: Book.open(tmp_path / "none", actor="x"),
        lambda: Book.create(full, office="TN", actor="x"),
        lambda: Book.create(file / "under", office="TN", actor="x"),
    ]
    for attempt in attempts:
        with pytest.raises(BookError):
            attempt()
    assert sorted(each.name for each in full.iterdir()) == ["letter.txt"]


def test_a_book_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    (path / "book.json").write_text('{"format": 99, "office": "TN"}', "utf-8")
    with pytest.raises(BookError, match="newer program"):
        Book.open(path, actor="x")


def test_tinydb_writes_are_changes_too(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        documents = book.table(Unit).documents
        documents.insert({"id": "TN-U-00001", "names": [{"name": "Chi bộ Mẫu"}], "kind": "party_organisation"})
        documents.update({"code": "7"}, where("kind") == "party_organisation")
        assert book.table(Unit)["TN-U-00001"].code == "7"
        assert [entry.action for entry in book.history()] == ["table.write", "table.write"]
        book.undo()
        assert book.table(Unit)["TN-U-00001"].code == ""


def test_what_no_index_can_hold_is_in_memory_as_on_disk(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        assert [each.id for each in book.table(Person).where(name="An")] == ["TN-P-00001"]
        book.table(Person).documents.insert_multiple(
            [{"id": "TN-P-00002", "name": ["lạ"]}, {"id": "TN-P-00003", "name": "Bình"}]
        )
        assert book.counts()["people"] == 3
        book.snapshot()
        add(book, "Cúc")
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert again.counts()["people"] == 4


def test_a_change_within_a_change_is_refused_for_both_would_give_the_same_ids(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with book.change("outer") as outer:
            outer.put(Person(id=outer.new_id(Person), name="An"))
            with pytest.raises(AssertionError, match="already"):
                add(book, "Bình")
        assert names(book) == ["An"]
        assert add(book, "Cúc") == ["TN-P-00002"]


def test_what_changed_long_ago_is_not_kept_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_REMEMBERED", 2)
    with new_book(tmp_path / "a.sovang") as book:
        for name in ("An", "Bình", "Chi"):
            add(book, name)
        assert book.changes_since(0) == (3, None)
        assert [after and after["name"] for *_, after in book.changes_since(1)[1] or ()] == ["Bình", "Chi"]
    with Book.open(tmp_path / "a.sovang", actor="tester", read_only=True) as again:
        assert again.changes_since(2) == (again.head()[0], None), "what came before the opening is not remembered"


def test_closing_a_book_leaves_no_thread_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.store.journal.engine._SNAPSHOT_AT_END", 0)  # the last line is one that vouches
    before = set(threading.enumerate())
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
    assert next(iter(Book.open(tmp_path / "a.sovang", actor="x").history())).action == "book.state"
    assert {each for each in set(threading.enumerate()) - before if each.name == "caretaker"} == set()
