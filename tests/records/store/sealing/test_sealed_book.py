"""A sealed book: nobody reads it without the key, it takes no line of a stranger, and it works as any book does."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import datetime
from pathlib import Path

import orjson
import pytest

from config.errors import BookError
from config.sealed import MAGIC
from records.store.book import Book
from records.store.journal.chain import BrokenLineError, is_sealed, seal, unseal
from records.store.safety.backup import check_backup, write_backup
from records.store.safety.copies import copy_past, restore
from records.store.safety.inspection import inspect_locked
from records.store.safety.repair import repair
from records.store.sealing import unlocking
from records.store.sealing.ring import FILES
from records.store.sealing.sealer import NotOpenedError, Purpose, Sealer
from records.store.sealing.unlocking import LockedError, lock_all, sealer_of, unlock
from tests.records.store.books import add, flip, journal, names
from tests.records.store.sealing.sealed import OTHER, WORDS, sealed_book, unlocked_ring

NOW = datetime(2026, 5, 4, 7, 30)
WHO = "Nguyễn Thị Đỗ Quyên"
PHOTO = f"TN-P-00001-{hashlib.sha256(WHO.encode()).hexdigest()[:16]}.jpg"


def story(path: Path) -> Path:
    """A sealed book with two closed segments, a snapshot, a photo and settings of its own."""
    with sealed_book(path) as book:
        add(book, WHO)
        book.snapshot()
        add(book, "Trần Văn Mẫu")
        book.snapshot()
        add(book, "Lê Thị Ví Dụ")
        book.files.write(PHOTO, WHO.encode())
        book.settings.write("issuers.yaml", WHO.encode())
        book.history(limit=1)
    return path


def everything(*folders: Path) -> bytes:
    return b"\n".join(each.read_bytes() for one in folders for each in sorted(one.rglob("*")) if each.is_file())


def test_it_opens_by_its_passphrase_only_and_then_holds_what_was_entered(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    lock_all()
    with pytest.raises(LockedError):
        Book.open(path, actor="x")
    assert not (path / "holder.json").exists()
    unlock(path, WORDS)
    with Book.open(path, actor="x") as book:
        assert book.sealed
        assert names(book) == [WHO, "Trần Văn Mẫu", "Lê Thị Ví Dụ"]
        assert [entry.about for entry in book.history()] == ["Lê Thị Ví Dụ", "Trần Văn Mẫu", WHO]
        assert book.settings.read("issuers.yaml") == WHO.encode()
        assert book.engine.source is not None
        book.undo()
        assert len(names(book)) == 2
        assert book.verify(deep=True).whole


def test_nothing_that_was_entered_lies_readable_in_it_or_in_its_backup(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    made = write_backup(path, tmp_path, now=NOW)
    with zipfile.ZipFile(made.path) as zipped:
        zipped.extractall(tmp_path / "out")
    found = everything(path, tmp_path / "out")
    for word in (WHO, "Quyên", "Trần", "Ví Dụ"):
        assert word.encode() not in found
    assert b"test.add" not in found


def test_verify_and_backup_need_no_key_and_notice_every_byte(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    lock_all()
    assert inspect_locked(path).whole
    assert check_backup(write_backup(path, tmp_path / "kept", now=NOW).path).seq == 3
    for at in range(0, journal(path).stat().st_size, 7):
        flip(journal(path), at)
        assert not inspect_locked(path).whole, at
        with pytest.raises(BookError):
            write_backup(path, tmp_path / "kept", now=NOW)
        flip(journal(path), at)


def test_a_line_of_somebody_without_the_key_is_refused_though_its_hash_is_right(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    with Book.open(path, actor="x") as book:
        seq, digest = book.head()
    newest = max(path.glob("journal-*.jsonl"))
    body = {
        "seq": seq + 1,
        "time": "2026-05-04T07:30:00+07:00",
        "actor": "x",
        "action": "y",
        "about": "",
        "changes": [],
    }
    for sealer in (None, Sealer(b"k" * 32)):
        line, _ = seal({**body, "prev": digest}, sealer)
        content = newest.read_bytes()
        newest.write_bytes(content + line)
        with Book.open(path, actor="x") as book:
            assert book.damage is not None
            assert len(names(book)) == 3
        newest.write_bytes(content)
    with Book.open(path, actor="x") as book:
        assert book.damage is None


def test_a_sealed_line_holds_at_its_place_alone() -> None:
    sealer, other = Sealer(b"k" * 32), Sealer(b"o" * 32)
    told = {"time": "t", "actor": "a", "action": "b", "about": "c", "changes": [["people", 1, None, {"id": WHO * 99}]]}
    line, digest = seal({"seq": 7, **told, "vouches": {"about": "x"}, "prev": "f" * 64}, sealer)
    whole = unseal(line[:-1], seq=7, prev="f" * 64, sealer=sealer)
    assert (whole["about"], whole["vouches"], whole["hash"]) == ("c", {"about": "x"}, digest)
    blind = unseal(line[:-1], seq=7, prev="f" * 64, blind=True)
    assert (blind["seq"], blind["actor"], blind["changes"], blind["vouches"]) == (7, "", [], {"about": "x"})
    assert len(line) < 1000, "what repeats is deflated before it is sealed"
    for old, new in ((b'"seq":7', b'"seq":8'), (b'"about":"x"', b'"about":"y"'), (b"f" * 64, b"e" * 64)):
        raw = line[:-76].replace(old, new)
        moved = raw + b',"hash":"' + hashlib.sha256(raw).hexdigest().encode() + b'"}'
        assert is_sealed(moved)
        with pytest.raises(BrokenLineError):
            unseal(moved, sealer=sealer)
        assert unseal(moved, blind=True)["changes"] == []
    for wrong in (None, other):
        with pytest.raises(BrokenLineError):
            unseal(line[:-1], sealer=wrong)
    again, _ = seal({"seq": 7, **told, "vouches": {"about": "x"}, "prev": "f" * 64}, sealer)
    assert again != line, "no nonce is used twice"


def test_what_was_sealed_as_one_thing_opens_as_no_other() -> None:
    sealer = Sealer(b"k" * 32)
    sealed = sealer.seal(Purpose.LINE, b"content", b"about")
    assert sealer.open(Purpose.LINE, sealed, b"about") == b"content"
    for purpose, about in ((Purpose.STATE, b"about"), (Purpose.LINE, b"other")):
        with pytest.raises(NotOpenedError):
            sealer.open(purpose, sealed, about)
    file = sealer.seal_file("files/a.jpg", b"photo")
    assert file == sealer.seal_file("files/a.jpg", b"photo")
    assert file.startswith(MAGIC)
    with pytest.raises(NotOpenedError):
        sealer.open_file("files/b.jpg", file)
    with pytest.raises(NotOpenedError):
        sealer.open(Purpose.LINE, b"short", b"about")


def test_a_restored_book_and_its_past_open_by_the_same_passphrase(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    made = write_backup(path, tmp_path, now=NOW)
    restore(made.path, tmp_path / "b.sovang", now=NOW, actor="x")
    copy_past(path, tmp_path / "c.sovang", upto=2, now=NOW, actor="x")
    lock_all()
    for other, count in (("b.sovang", 3), ("c.sovang", 2)):
        assert inspect_locked(tmp_path / other).whole
        with pytest.raises(LockedError):
            Book.open(tmp_path / other, actor="x")
        unlock(tmp_path / other, WORDS)
        with Book.open(tmp_path / other, actor="x") as book:
            assert len(names(book)) == count
            assert book.verify(deep=True).whole
            assert book.settings.read("issuers.yaml") == WHO.encode()
        lock_all()
    with pytest.raises(LockedError):
        restore(made.path, tmp_path / "d.sovang", now=NOW, actor="x")
    assert not (tmp_path / "d.sovang").exists()


def test_a_lost_file_of_keys_is_said_and_made_anew_from_the_other_or_from_a_backup(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    made = write_backup(path, tmp_path, now=NOW)
    kept = (path / FILES[0]).read_bytes()
    for name in FILES:
        flip(path / name, 30)
        with Book.open(path, actor="x", read_only=True) as book:
            assert any(name in str(each) for each in book.settled().notices)
            assert not book.verify().whole
        assert not inspect_locked(path).whole
        repair(path, actor="x", now=NOW)
        assert (path / name).read_bytes() == kept
        assert inspect_locked(path).whole
    for name in FILES:
        (path / name).unlink()
    lock_all()
    with pytest.raises(BookError, match="nobody can open it"):
        unlock(path, WORDS)
    unlocking.hold(*_opened(made.path))
    assert repair(path, actor="x", now=NOW, source=made.path)
    assert (path / FILES[0]).read_bytes() == kept
    with Book.open(path, actor="x") as book:
        assert len(names(book)) == 3


def _opened(backup: Path):  # type: ignore[no-untyped-def]
    from records.store.safety.backup import ring_in
    from records.store.sealing.ring import unlocked

    ring = ring_in(backup)
    assert ring is not None
    return ring, unlocked(ring, WORDS)


def test_a_book_that_only_says_it_is_not_sealed_shows_nothing_and_takes_nothing(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    about = orjson.loads((path / "book.json").read_bytes())
    (path / "book.json").write_bytes(orjson.dumps({**about, "format": 3, "sealed": ""}))
    with Book.open(path, actor="x") as book:
        assert book.damage is not None
        assert names(book) == []
        with pytest.raises(BookError):
            add(book, "X")


def test_keys_of_another_book_open_nothing(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    with Book.create(tmp_path / "b.sovang", office="TN", actor="x", ring=unlocked_ring(OTHER)):
        pass
    lock_all()
    for name in FILES:
        (path / name).write_bytes((tmp_path / "b.sovang" / name).read_bytes())
    unlock(path, OTHER)
    with pytest.raises(LockedError):
        Book.open(path, actor="x")


def test_a_changed_snapshot_file_photo_or_setting_is_told_and_never_shown(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    photo, own = path / "files" / PHOTO, path / "config" / "issuers.yaml"
    newest = max(path.glob("snapshot-*.json"))
    flip(newest, 200)
    with Book.open(path, actor="x", read_only=True) as book:
        assert any(newest.name in str(each) for each in book.settled().notices)
        assert names(book) == [WHO, "Trần Văn Mẫu", "Lê Thị Ví Dụ"]
    flip(photo, 40)
    flip(own, 40)
    with Book.open(path, actor="x", read_only=True) as book:
        for files, name in ((book.files, photo.name), (book.settings, own.name)):
            with pytest.raises(BookError, match="not what was kept"):
                files.read(name)
        assert any(photo.name in str(each) for each in book.verify().lines)


def test_settings_laid_in_by_hand_count_and_are_sealed_when_they_are_taken_over(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    (path / "config" / "screen.yaml").write_text("language: en\n", "utf-8")
    (path / "config" / "issuers.yaml").write_text("issuers: []\n", "utf-8")
    with Book.open(path, actor="x") as book:
        assert any("issuers.yaml" in str(each) for each in book.settled().notices)
        assert book.settings.read("issuers.yaml") == b"issuers: []\n"
        book.accept_settings()
    assert (path / "config" / "issuers.yaml").read_bytes().startswith(MAGIC)
    assert (path / "config" / "screen.yaml").read_text("utf-8") == "language: en\n", "it is read before anything"
    with Book.open(path, actor="x") as book:
        assert not book.settled().notices
        assert book.settings.read("issuers.yaml") == b"issuers: []\n"


def test_a_follower_reads_what_the_writer_seals(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with sealed_book(path) as book, Book.open(path, actor="x", read_only=True) as follower:
        add(book, WHO)
        assert follower.refresh()
        assert names(follower) == [WHO]


def test_a_cache_of_a_sealed_book_is_sealed_and_believed_for_its_state_only(tmp_path: Path) -> None:
    path = story(tmp_path / "a.sovang")
    with Book.open(path, actor="x") as book:
        book.at_close("attended", lambda _: WHO.encode())
    assert WHO.encode() not in (path / "cache-attended.bin").read_bytes()
    with Book.open(path, actor="x") as book:
        assert book.recall("attended") == WHO.encode()
        add(book, "X")
        assert book.recall("attended") is None


@pytest.mark.plain
def test_a_book_that_is_not_sealed_has_no_sealer_and_its_bytes_are_plain(tmp_path: Path) -> None:
    with Book.create(tmp_path / "a.sovang", office="TN", actor="x") as book:
        add(book, WHO)
        book.settings.write("issuers.yaml", b"issuers: []\n")
    path = tmp_path / "a.sovang"
    assert sealer_of(path) is None
    assert orjson.loads((path / "book.json").read_bytes())["format"] == 3
    assert WHO.encode() in journal(path).read_bytes()
    assert (path / "config" / "issuers.yaml").read_bytes() == b"issuers: []\n"
