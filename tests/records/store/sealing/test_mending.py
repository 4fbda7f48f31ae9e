"""Lost keys come back from a backup of the same book only, and only those that the book has now."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from config.errors import BookError
from records.domain.access.restrictions import Erasure
from records.domain.people.person import Person
from records.store.book import Book
from records.store.journal.snapshots import state_of
from records.store.safety.backup import ring_in, write_backup
from records.store.safety.repair import repair
from records.store.safety.vouching import base_of
from records.store.sealing.forgetting import forget_in
from records.store.sealing.persons import FILES as PERSON_KEYS
from records.store.sealing.renewing import renew_key
from records.store.sealing.ring import FILES, unlocked
from records.store.sealing.unlocking import hold, lock_all, sealer_of, unlock
from tests.records.store.books import flip
from tests.records.store.sealing.sealed import WORDS
from tests.records.store.sealing.test_persons import FAITH, filled, forgotten
from tui.present import books

NOW = datetime(2026, 5, 4, 7, 30)


def backed_up(path: Path) -> Path:
    return write_backup(path, path.parent / f"of-{path.stem}", now=NOW).path


def lose(path: Path, *names: str) -> dict[str, bytes]:
    """Files of a book that go; gives what was in all of its files then."""
    for name in names:
        (path / name).unlink()
    return told(path)


def told(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.iterdir() if each.is_file() and each.suffix != ".lock"}


def faith(path: Path, *, upto: int | None = None) -> str:
    for each in path.glob("snapshot-*"):
        each.unlink()
    with Book.open(path, actor="x", read_only=True, upto=upto) as book:
        return book.table(Person)["TN-P-00001"].religion


def test_keys_of_another_book_are_not_taken_and_the_right_ones_still_come_back(tmp_path: Path) -> None:
    path, right = filled(tmp_path / "a.sovang"), backed_up(tmp_path / "a.sovang")
    wrong = backed_up(filled(tmp_path / "b.sovang"))
    for names in (FILES, PERSON_KEYS):
        before = lose(path, *names)
        with pytest.raises(BookError, match="another book"):
            repair(path, actor="x", now=NOW, source=wrong)
        assert told(path) == before
        assert repair(path, actor="x", now=NOW, source=right)
        assert (faith(path), books.look(path)) == (FAITH, ([], True))


def test_a_file_that_is_no_backup_puts_nothing_in_the_book(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    before = lose(path, *PERSON_KEYS)
    (tmp_path / "evil.zip").write_bytes(b"PK")
    with pytest.raises(BookError):
        repair(path, actor="x", now=NOW, source=tmp_path / "evil.zip")
    assert told(path) == before


def test_keys_from_before_a_new_one_cut_nothing_off(tmp_path: Path) -> None:
    path, old = filled(tmp_path / "a.sovang"), backed_up(tmp_path / "a.sovang")
    renew_key(path, now=NOW)
    with Book.open(path, actor="x") as book:
        book.note("test.note", about="after")
    new = write_backup(path, tmp_path / "later", now=NOW).path
    before = lose(path, *FILES)
    with pytest.raises(BookError, match="from before the book was given a new key"):
        repair(path, actor="x", now=NOW, source=old)
    assert told(path) == before
    repair(path, actor="x", now=NOW, source=new)
    with Book.open(path, actor="x", read_only=True) as book:
        assert [each.about for each in book.history(action="test.note")] == ["after"]
        assert book.settled().damage is None


def test_all_own_keys_gone_is_damage_marks_the_backup_and_no_new_ones_are_made(tmp_path: Path) -> None:
    path, right = filled(tmp_path / "a.sovang"), backed_up(tmp_path / "a.sovang")
    lose(path, *PERSON_KEYS)
    assert [each.where for each in books.look(path)[0]] == [PERSON_KEYS[0]]
    made, gone = books.back_up(path, right.parent, books.settings_of(None), now=NOW.replace(hour=9))
    assert (made.wrong, gone) == ((PERSON_KEYS[0],), [])
    with (
        Book.open(path, actor="x") as book,
        pytest.raises(BookError, match="own keys of people are gone"),
        book.change("add") as change,
    ):
        change.put(Person(id=change.new_id(Person), name="Chi", religion=FAITH))
    assert books.mend(path, right, now=NOW).wrong == []
    assert faith(path) == FAITH


def test_a_destroyed_key_that_comes_back_with_an_older_backup_is_destroyed_again(tmp_path: Path) -> None:
    path, old = filled(tmp_path / "a.sovang"), backed_up(tmp_path / "a.sovang")
    forgotten(path)
    with Book.open(path, actor="x") as book, book.change("erase") as change:
        change.put(Erasure(id=change.new_id(Erasure), person="TN-P-00001", day=date(2026, 5, 4), reason="x"))
    after = {name: (path / name).read_bytes() for name in PERSON_KEYS}
    lose(path, *PERSON_KEYS)
    repair(path, actor="x", now=NOW, source=old)
    assert faith(path, upto=3) == ""
    assert books.look(path) == ([], True)
    for name, content in after.items():
        (path / name).write_bytes(content)
    assert books.look(path) == ([], True)


def test_an_erased_key_put_back_by_hand_is_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    kept = {name: (path / name).read_bytes() for name in PERSON_KEYS}
    forgotten(path)
    with Book.open(path, actor="x") as book, book.change("erase") as change:
        change.put(Erasure(id=change.new_id(Erasure), person="TN-P-00001", day=date(2026, 5, 4), reason="x"))
    for name, content in kept.items():
        (path / name).write_bytes(content)
    (problem,) = books.look(path)[0]
    assert "erased is there again" in str(problem.what)
    assert books.mend(path, None, now=NOW).wrong == []
    assert faith(path, upto=3) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("names", [("book.json",), FILES, PERSON_KEYS])
def test_pipes_in_the_place_of_keys_are_not_waited_for_and_the_keys_come_back(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path, right = filled(tmp_path / "a.sovang"), backed_up(tmp_path / "a.sovang")
    lose(path, *names)
    for name in names:
        os.mkfifo(path / name)
    assert books.look(path)[0]
    assert books.mend(path, right, now=NOW).wrong == []
    assert (faith(path), books.look(path)) == (FAITH, ([], True))


def test_where_somebody_was_erased_and_all_own_keys_are_gone_repair_makes_no_empty_ones(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    forgotten(path)
    with Book.open(path, actor="x") as book, book.change("erase") as change:
        change.put(Erasure(id=change.new_id(Erasure), person="TN-P-00001", day=date(2026, 5, 4), reason="x"))
    right = backed_up(path)
    lose(path, *PERSON_KEYS)
    (problem,) = books.look(path)[0]
    assert "are gone" in str(problem.what)
    assert books.mend(path, None, now=NOW).wrong
    assert not any((path / name).exists() for name in PERSON_KEYS)
    assert books.mend(path, right, now=NOW).wrong == []
    assert books.look(path) == ([], True)
    with Book.open(path, actor="x", read_only=True) as book:
        assert book.table(Person)["TN-P-00002"].religion == "Công giáo"


def newcomer(path: Path, number: int = 900) -> Path:
    """One more person of whom something sensitive is known, whose key no backup from before has."""
    with Book.open(path, actor="x") as book, book.change("add") as change:
        change.put(Person(id=f"TN-P-{number:05d}", name="Chín", religion=FAITH))
    return path


def edit(book: Book, person_id: str) -> None:
    with book.change("edit") as change:
        person = book.table(Person)[person_id]
        change.put(msgspec.structs.replace(person, religion="another"), was=person)


def test_a_key_that_an_older_backup_lacks_is_not_made_anew_and_comes_back_from_the_right_one(tmp_path: Path) -> None:
    path, old = filled(tmp_path / "a.sovang"), backed_up(tmp_path / "a.sovang")
    right = write_backup(newcomer(path), tmp_path / "later", now=NOW).path
    lose(path, *PERSON_KEYS)
    for each in path.glob("snapshot-*"):
        each.unlink()
    assert [each.where for each in books.mend(path, old, now=NOW).wrong] == [PERSON_KEYS[0]]
    with Book.open(path, actor="x") as book, pytest.raises(BookError, match="own keys of people are gone"):
        edit(book, "TN-P-00900")
    mended = books.mend(path, right, now=NOW)
    assert "keys of 1 people were brought back" in "".join(map(str, mended.done))
    assert mended.wrong == []
    with Book.open(path, actor="x", read_only=True) as book:
        assert [each.religion for each in book.table(Person).all()] == [FAITH, "Công giáo", FAITH]


def test_a_state_shows_what_is_sealed_with_a_key_that_is_gone_and_none_takes_its_place(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    before = {name: (path / name).read_bytes() for name in PERSON_KEYS}
    with Book.open(newcomer(path), actor="x") as book:
        book.snapshot()
        book.note("test.note", about="vouches")
    for name, content in before.items():
        (path / name).write_bytes(content)
    with Book.open(path, actor="x") as book:
        assert book.table(Person)["TN-P-00900"].religion == FAITH
        with pytest.raises(BookError, match="own keys of people are gone"):
            edit(book, "TN-P-00900")


@pytest.mark.parametrize("names", [FILES, PERSON_KEYS])
def test_a_second_file_that_was_not_written_with_the_first_is_told_and_made_anew(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path = filled(tmp_path / "a.sovang")
    old = {name: (path / name).read_bytes() for name in names}
    renew_key(path, now=NOW)
    newcomer(path)
    (path / names[1]).write_bytes(old[names[1]])  # the power went between the two
    with Book.open(path, actor="x", read_only=True) as book:
        report = book.verify()
        assert (report.whole, names[1] in str(report.lines)) == (True, True)
    other = tmp_path / "b.sovang"
    shutil.copytree(path, other)
    assert names[1] in str(repair(other, actor="x", now=NOW))
    Book.open(path, actor="x").close()
    for each in (path, other):
        assert (each / names[0]).read_bytes() == (each / names[1]).read_bytes()
        (each / names[0]).unlink()
        with Book.open(each, actor="x", read_only=True) as book:
            assert book.table(Person)["TN-P-00900"].religion == FAITH
            assert book.settled().damage is None


def test_where_only_keys_from_before_a_new_one_are_left_nothing_is_cut_off(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    spare = (path / FILES[1]).read_bytes()
    renew_key(path, now=NOW)
    right = write_backup(newcomer(path), tmp_path / "later", now=NOW).path
    (path / FILES[1]).write_bytes(spare)
    before = lose(path, FILES[0])
    lock_all()
    unlock(path, WORDS)
    with pytest.raises(BookError, match="from before the book got a new one"):
        repair(path, actor="x", now=NOW)
    assert told(path) == before
    lock_all()
    hold_of(right)
    repair(path, actor="x", now=NOW, source=right)
    with Book.open(path, actor="x", read_only=True) as book:
        assert book.table(Person)["TN-P-00900"].religion == FAITH


@pytest.mark.parametrize("spare", ["old too", "damaged", "gone"])
def test_keys_from_before_a_new_one_that_are_whole_cut_nothing_off_either(tmp_path: Path, spare: str) -> None:
    path = filled(tmp_path / "a.sovang")
    old = {name: (path / name).read_bytes() for name in FILES}
    renew_key(path, now=NOW)
    with Book.open(newcomer(path), actor="x") as book:
        edit(book, "TN-P-00900")
    right = write_backup(path, tmp_path / "later", now=NOW).path
    for name, content in old.items():
        (path / name).write_bytes(content)
    if spare == "damaged":
        flip(path / FILES[1], 60)
    elif spare == "gone":
        (path / FILES[1]).unlink()
    lock_all()
    unlock(path, WORDS)
    assert FILES[0] in [each.where for each in books.look(path)[0]]
    before = told(path)
    with pytest.raises(BookError, match="from before the book got a new one"):
        repair(path, actor="x", now=NOW)
    assert told(path) == before
    hold_of(right)
    repair(path, actor="x", now=NOW, source=right)
    with Book.open(path, actor="x", read_only=True) as book:
        assert book.table(Person)["TN-P-00900"].religion == "another"
        assert book.settled().damage is None


def hold_of(backup: Path) -> None:
    """Unlock with the keys that a backup has, as a person does who gives it to a repair."""
    ring = ring_in(backup)
    assert ring is not None
    hold(ring, unlocked(ring, WORDS))


def test_keys_from_before_a_new_one_cut_nothing_off_where_the_journal_is_damaged_too(tmp_path: Path) -> None:
    path, old = filled(tmp_path / "a.sovang"), backed_up(tmp_path / "a.sovang")
    renew_key(path, now=NOW)
    right = write_backup(newcomer(path), tmp_path / "later", now=NOW).path
    flip(next(iter(sorted(path.glob("journal-*.jsonl")))), 100)
    before = lose(path, *FILES)
    with pytest.raises(BookError, match="from before the book was given a new key"):
        repair(path, actor="x", now=NOW, source=old)
    assert told(path) == before
    repair(path, actor="x", now=NOW, source=right)
    with Book.open(path, actor="x", read_only=True) as book:
        assert book.table(Person)["TN-P-00900"].religion == FAITH
        assert book.settled().damage is None


def test_a_destroyed_key_is_nowhere_left_in_the_book(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    spare = path / PERSON_KEYS[1]
    flip(spare, spare.stat().st_size - 1)
    repair(path, actor="x", now=NOW)
    assert list(path.glob(f"aside-*/{PERSON_KEYS[1]}"))
    forgotten(path)
    assert not list(path.glob("aside-*/*person-keys*"))


def begun_anew(path: Path) -> Path:
    """A book that lost the beginning of its journal, and was repaired."""
    with Book.open(filled(path), actor="x") as book:
        book.snapshot()
        book.note("test.note", about="behind it")
    next(iter(sorted(path.glob("journal-*.jsonl")))).unlink()
    assert repair(path, actor="x", now=NOW)
    return path


def test_what_was_sensitive_goes_out_of_the_state_too_with_which_a_repaired_journal_begins(tmp_path: Path) -> None:
    path = begun_anew(tmp_path / "a.sovang")
    (base,) = path.glob("base-*")
    with Book.open(path, actor="x") as book:
        with book.change("erase") as change:
            person = book.table(Person)["TN-P-00001"]
            change.put(msgspec.structs.replace(person, religion="", national_id="", phone=""), was=person)
        forget_in(book, 1)
        book.note("erased", about="TN-P-00001")
    (after,) = path.glob("base-*")
    assert after != base
    for each in path.glob("snapshot-*"):
        each.unlink()
    sealer = sealer_of(path)
    state = state_of(after.read_bytes(), sealer)
    assert FAITH not in str(state.tables["people"].all())
    assert "Công giáo" in str(state.tables["people"].all())
    with Book.open(path, actor="x", read_only=True) as book:
        assert [each.religion for each in book.table(Person).all()] == ["", "Công giáo"]
        assert book.verify(deep=True).whole


def test_a_forgetting_that_is_cut_off_leaves_no_state_with_what_was_sensitive(tmp_path: Path) -> None:
    path = begun_anew(tmp_path / "a.sovang")
    (old,) = path.glob("base-*")
    content = old.read_bytes()
    with Book.open(path, actor="x") as book:
        forget_in(book, 1)
    (new,) = path.glob("base-*")
    old.write_bytes(content)  # killed before it went
    assert base_of(path) == (int(new.name[5:14]), new.read_bytes())
    Book.open(path, actor="x").close()
    assert list(path.glob("base-*")) == [new]


def test_a_backup_from_before_a_forgetting_ages_like_others(tmp_path: Path) -> None:
    path = begun_anew(tmp_path / "a.sovang")
    first, _ = books.back_up(path, tmp_path / "saved", books.settings_of(None), now=NOW)
    with Book.open(path, actor="x") as book:
        forget_in(book, 1)
    _, gone = books.back_up(path, tmp_path / "saved", books.settings_of(None), now=NOW.replace(hour=20))
    assert gone == [first.path]
