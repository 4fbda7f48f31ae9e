"""What verifying proves by hashing alone, and what it proves when every line is read as well."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

import main
from config.errors import BookError
from records.store.book import Book
from records.store.journal import chain
from records.store.journal.chain import seal, unseal
from records.store.safety.backup import write_backup
from records.store.safety.copies import copy_past, restore
from records.store.safety.repair import repair
from tests.records.store.books import add, everybody, flip, journal, names, new_book, several_segments

NOW = datetime(2025, 6, 15, 10, 0)


@pytest.fixture(params=["open", "packed"])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nine people in three segments, the closed ones as they were written or packed."""
    book = several_segments(tmp_path / "a.sovang")
    if request.param == "packed":
        monkeypatch.setattr("records.store.journal.packing._WORTH", 0)
        with Book.open(book, actor="x") as opened:
            opened.settled()
            while opened.engine.pack_one():
                pass
        assert len(list(book.glob("journal-*.gz"))) == 2
    return book


def read_by(act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many lines of the journal are decoded meanwhile."""
    read = chain._READ
    lines: list[Any] = []

    def counted(line: bytes) -> Any:
        lines.append(line)
        return read(line)

    with monkeypatch.context() as patch:
        patch.setattr(chain, "_READ", counted)
        act()
    return len(lines)


def test_only_lines_that_none_vouches_for_are_read_unless_all_are_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book.open(path, actor="x") as book:
        book.settled()
        assert read_by(book.verify, monkeypatch) < 9
        assert read_by(lambda: book.verify(deep=True), monkeypatch) >= 9
        assert book.verify().whole
        assert book.verify(deep=True).whole
        assert "from the first to the last" in str(book.verify(deep=True).lines[0])


@pytest.mark.parametrize("deep", [False, True])
def test_what_turns_in_any_segment_while_the_book_is_open_is_noticed(path: Path, *, deep: bool) -> None:
    for segment in sorted(path.glob("journal-*")):
        content = segment.read_bytes()
        for at in range(0, len(content), 41):
            with Book.open(path, actor="x", read_only=True) as book:
                assert book.settled().damage is None
                flip(segment, at)
                report = book.verify(deep=deep)
                assert not report.whole, (segment.name, at)
                assert report.problems[0].where == segment.name
                assert not any("as they were written" in str(line) for line in report.lines)
            segment.write_bytes(content)


@pytest.mark.parametrize("deep", [False, True])
def test_what_is_shown_must_be_what_is_on_the_disk(path: Path, *, deep: bool) -> None:
    with Book.open(path, actor="x", read_only=True) as book:
        people = book.engine.tables["people"]
        people.put(2, {**(people.get(2) or {}), "name": "Another"})
        assert [each.what for each in book.verify(deep=deep).problems if "people" in str(each.what)]
    with Book.open(path, actor="x", read_only=True) as book:
        assert book.verify(deep=deep).whole
        book.engine.tables["people"].put(9, None)
        assert not book.verify(deep=deep).whole


def test_a_false_snapshot_that_was_vouched_for_is_found_by_reading_every_line(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        add(book, "An", "Bình")
        book.engine.tables["people"].put(1, {"id": "TN-P-00001", "name": "Another"})
        book.snapshot()
        add(book, "Cúc")
    with Book.open(path, actor="x") as book:
        assert names(book)[0] == "Another"
        assert not book.verify(deep=True).whole


def test_a_record_that_cannot_be_read_is_named_from_a_snapshot_too(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        add(book, "An")
        book.database.table("people").insert({"id": "TN-P-00002", "name": 7, "born": []})
        book.snapshot()
        add(book, "Cúc")
    with Book.open(path, actor="x") as book:
        (problem,) = book.verify().problems
        assert problem.where == "TN-P-00002"
        assert book.verify(deep=True).problems == (problem,)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"name": 7}, "this program does not know what “name” holds"),
        ({"born": "1980"}, "this program does not know what “name” holds"),
        ({"name": "An", "position": 7}, "this program does not know what “position” holds"),
        ({"name": "An", "born": "1980-13-45"}, "this program does not know what “born” holds"),
    ],
)
def test_a_spoilt_record_is_said_in_our_own_words_with_its_field(
    tmp_path: Path, record: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        book.database.table("people").insert({"id": "TN-P-00002", **record})
    assert main.main(["--lang", "en", "--json", "--book", str(path), "book", "verify"]) == 3
    told = json.loads(capsys.readouterr().out)
    (problem,) = told["problems"]
    assert (told["whole"], problem["where"]) == (False, "TN-P-00002")
    assert problem["what"] == f"Record TN-P-00002 cannot be read: {said}"


@pytest.mark.parametrize("at", ["beginning", "middle", "end"])
def test_a_bit_that_turned_before_the_segment_was_closed_is_not_vouched_for(tmp_path: Path, at: str) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        for number in range(5):
            add(book, f"N{number}")
        end = sum(len(line) for line in journal(path).read_bytes().splitlines(keepends=True) if line[:1] == b"{")
        flip(journal(path), {"beginning": 10, "middle": end // 2, "end": end - 20}[at])
        book.snapshot()
        add(book, "N5")
    with Book.open(path, actor="x") as book:
        assert book.settled().damage is not None
        assert names(book) == everybody(6), "the snapshot was taken of what was written"
        assert not book.verify().whole


@pytest.fixture
def begun_anew(tmp_path: Path) -> Path:
    """A book of nine people whose first segment was damaged, and which begins with the state after line 6 since."""
    path = several_segments(tmp_path / "a.sovang")
    flip(path / "journal-000000001.jsonl", 100)
    repair(path, actor="x", now=NOW)
    assert next(path.glob("base-*.json")).name.startswith("base-000000006")
    with Book.open(path, actor="x") as book:
        assert book.settled().damage is None
        assert book.verify(deep=True).whole
        add(book, "N9")
    return path


@pytest.mark.parametrize("harm", ["turned", "cut", "gone"])
@pytest.mark.parametrize("name", ["journal-000000001.jsonl", "journal-000000004.jsonl"])
def test_what_is_left_from_before_a_lost_beginning_is_kept_as_well(begun_anew: Path, name: str, harm: str) -> None:
    file = begun_anew / name
    content = file.read_bytes()
    file.unlink() if harm == "gone" else file.write_bytes(content[:-90])
    if harm == "turned":
        file.write_bytes(content)
        flip(file, len(content) - 90)
    with Book.open(begun_anew, actor="x") as book:
        assert book.settled().damage is not None
        assert not book.verify().whole
        assert not book.verify(deep=True).whole
        assert names(book) == everybody(10)
    with pytest.raises(BookError):
        write_backup(begun_anew, begun_anew.parent / "saved", now=NOW)
    assert repair(begun_anew, actor="x", now=NOW)
    assert repair(begun_anew, actor="x", now=NOW) == []
    with Book.open(begun_anew, actor="x") as book:
        assert book.settled().damage is None
        assert book.verify().whole
        assert names(book) == everybody(10)


def test_copies_of_a_book_with_a_lost_beginning_are_whole(begun_anew: Path, tmp_path: Path) -> None:
    saved = write_backup(begun_anew, tmp_path / "saved", now=NOW).path
    restore(saved, tmp_path / "b.sovang", now=NOW, actor="x")
    copy_past(begun_anew, tmp_path / "past.sovang", upto=8, now=NOW, actor="x")
    for copy, count in (("b", 10), ("past", 8)):
        with Book.open(tmp_path / f"{copy}.sovang", actor="x") as book:
            assert book.settled().damage is None
            assert names(book) == everybody(count)
            assert book.verify().whole
            assert book.verify(deep=True).whole
            book.snapshot()
            add(book, "more")
        with Book.open(tmp_path / f"{copy}.sovang", actor="x") as book:
            assert book.settled().damage is None
            assert book.verify().whole


def test_a_forged_past_that_does_not_join_is_noticed_though_all_is_vouched_for(tmp_path: Path) -> None:
    """A line of the first segment sealed anew, and with it what vouches for it; only the hash before the next stays."""
    path = several_segments(tmp_path / "a.sovang")
    one, two, three = sorted(path.glob("journal-*.jsonl"))
    lines = one.read_bytes().splitlines()
    *told, last = (orjson.loads(line) for line in lines)
    del last["hash"]
    one.write_bytes(b"\n".join(lines[: len(told)]) + b"\n" + seal({**last, "about": "another"})[0])
    prev = _resealed(two, one)
    forged = max(path.glob("snapshot-*.json"))
    state = orjson.loads(forged.read_bytes())
    state["_book"]["1"]["hash"] = prev
    content = orjson.dumps(state)
    forged.unlink()
    sha256 = hashlib.sha256(content).hexdigest()
    (path / f"snapshot-000000006-{sha256[:16]}.json").write_bytes(content)
    _resealed(three, two, prev=prev, snapshot=[6, sha256])
    with Book.open(path, actor="x") as book:
        assert names(book) == everybody()
        problem = book.settled().engine.problem
        assert problem is not None
        assert problem.where == one.name
        assert not book.verify().whole


def _resealed(segment: Path, before: Path, *, prev: str = "", snapshot: list[Any] | None = None) -> str:
    """Seal a segment anew whose first line vouches for the one before it; gives the hash of its last line."""
    made, content = b"", before.read_bytes()
    for line in segment.read_bytes().splitlines():
        body: dict[str, Any] = {**unseal(line)}
        del body["hash"]
        if "segments" in body.get("vouches", {}):
            first = body["vouches"]["segments"][0][0]
            body["vouches"]["segments"] = [[first, len(content), hashlib.sha256(content).hexdigest()]]
        if snapshot and "snapshot" in body.get("vouches", {}):
            body["vouches"]["snapshot"] = snapshot
        if prev:
            body["prev"] = prev
        sealed, prev = seal(body)
        made += sealed
    segment.write_bytes(made)
    return prev
