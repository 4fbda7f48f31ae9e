"""docs/architecture.md tells the format of a book so well that a reader made from it alone reads every book."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.store.book import Book
from records.store.journal.chain import seal
from records.store.safety.backup import write_backup
from records.store.safety.repair import repair
from tests.records.store.books import add, flip, journal, new_book, several_segments
from tests.records.store.independent_reader import (
    NotWholeError,
    content_of,
    read_book,
    read_state,
    segments_of,
    sha256,
)
from tests.records.store.record_page import PAGE, page
from tests.records.store.test_safety import old_book
from tui.present.books import demo_office

pytestmark = pytest.mark.plain
NOW = datetime(2026, 11, 27, 9, 0)
ARCHITECTURE = PAGE.with_name("architecture.md")


def shown(path: Path) -> dict[str, Any]:
    """Every record as the program itself shows it, as documents."""
    with Book.open(path, actor="x", read_only=True) as book:
        rows = {name: dict(book.engine.rows(name)) for name in book.engine.tables}
        return {name: held for name, held in rows.items() if held}


def lived_in(path: Path) -> Path:
    """Segments, a snapshot, a correction, a removal, an undo, an act without a record, and names with all accents."""
    with new_book(path) as book:
        first, second = add(book, "Nguyễn Thỵ Đỗ Quyên", 'Lò Văn "Ếch"\n')
        book.snapshot()
        with book.change("test.correct") as change:
            was = book.table(Person)[first]
            change.put(Person(id=first, name="Nguyễn Thị Đỗ Quyên", phone="0900000001"), was=was)
        with book.change("test.remove") as change:
            change.remove(book.table(Person)[second])
        book.undo()
        book.snapshot()
        book.note("test.note", about="không đổi hồ sơ nào")
        add(book, "Hoà")
    return path


def test_a_reader_made_from_the_page_alone_reads_a_book(tmp_path: Path) -> None:
    path = lived_in(tmp_path / "a.sovang")
    about, tables, lines = read_book(path)
    assert (about["format"], about["office"]) == (3, "TN")
    assert tables == shown(path)
    assert [row["name"] for row in tables["people"].values()] == ["Nguyễn Thị Đỗ Quyên", 'Lò Văn "Ếch"\n', "Hoà"]
    with Book.open(path, actor="x", read_only=True) as book:
        history = book.history()[::-1]
    assert [(each["seq"], each["action"], each["about"], each.get("undoes")) for each in lines] == [
        (each.seq, each.action, each.about, each.undoes) for each in history
    ]


def test_it_reads_a_book_that_was_torn_and_one_that_is_being_written(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    whole = shown(path)
    newest = max(path.glob("journal-*.jsonl"))
    for rest in (b'{"seq":10,"time":"20', b"\0" * 4096, b'{"seq":10' + b"\0" * 100):
        content = newest.read_bytes()
        newest.write_bytes(content + rest)
        assert read_book(path)[1] == whole == shown(path)
        newest.write_bytes(content)


def test_it_reads_a_snapshot_and_believes_it_only_with_its_line(tmp_path: Path) -> None:
    path = lived_in(tmp_path / "a.sovang")
    _, _, lines = read_book(path)
    vouched = [each["vouches"]["snapshot"] for each in lines if "snapshot" in each.get("vouches", {})]
    files = sorted(path.glob("snapshot-*.json"))
    assert [[int(each.name[9:18]), sha256(each.read_bytes())] for each in files] == vouched
    tables, seq, digest = read_state(files[-1].read_bytes())
    assert (seq, digest) == (lines[seq - 1]["seq"], lines[seq - 1]["hash"])
    assert [row["name"] for row in tables["people"].values()] == ["Nguyễn Thị Đỗ Quyên", 'Lò Văn "Ếch"\n']


def test_it_reads_a_book_whose_beginning_was_lost_and_repaired(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    flip(journal(path), 60)
    with pytest.raises(NotWholeError):
        read_book(path)
    repair(path, actor="lan", now=NOW)
    assert list(path.glob("base-*.json"))
    assert read_book(path)[1] == shown(path)


def test_it_reads_a_backup_by_its_manifest(tmp_path: Path) -> None:
    path = lived_in(tmp_path / "a.sovang")
    (path / "files" / "TN-P-00001-0123456789abcdef.jpg").write_bytes(b"photo")
    saved = write_backup(path, tmp_path, now=NOW).path
    with zipfile.ZipFile(saved) as zipped:
        manifest = json.loads(zipped.read("manifest.json"))
        zipped.extractall(tmp_path / "b.sovang")
    for name, digest in manifest["files"].items():
        assert sha256((tmp_path / "b.sovang" / name).read_bytes()) == digest
    about, tables, lines = read_book(tmp_path / "b.sovang")
    assert (manifest["format"], manifest["book"]) == (about["format"], about["id"])
    assert (manifest["seq"], manifest["hash"]) == (lines[-1]["seq"], lines[-1]["hash"])
    assert tables == shown(path)


def test_a_turned_bit_anywhere_in_journal_or_about_is_seen(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    for file in [*sorted(path.glob("journal-*.jsonl")), path / "book.json"]:
        whole = file.read_bytes()
        for at in range(3, len(whole) - 1, 97):
            flip(file, at)
            with pytest.raises((NotWholeError, ValueError)):
                read_book(path)
            file.write_bytes(whole)
    read_book(path)


def pack_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Pack every closed segment and read the history; gives the packed files."""
    monkeypatch.setattr("records.store.journal.packing._WORTH", 0)
    with Book.open(path, actor="x") as book:
        book.settled()
        assert isinstance(book, Book)
        while book.engine.pack_one():
            pass
        book.history()
    return sorted(path.glob("journal-*.jsonl.gz"))


def test_it_reads_a_book_with_packed_segments_its_snapshots_and_its_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lived_in(tmp_path / "a.sovang")
    before = read_book(path)
    packed = pack_all(path, monkeypatch)
    assert len(packed) == 2
    assert not any((path / f"{each.name[:17]}.jsonl").exists() for each in packed)
    about, tables, lines = read_book(path)
    assert (about, tables) == before[:2]
    assert lines[: len(before[2])] == before[2]
    assert tables == shown(path) != {}
    vouched = [each["vouches"]["snapshot"] for each in lines if "snapshot" in each.get("vouches", {})]
    assert vouched == [[int(each.name[9:18]), sha256(each.read_bytes())] for each in sorted(path.glob("snapshot-*"))]
    index_says_what_the_journal_does(path, lines)


def test_it_reads_the_open_one_of_a_segment_whose_packing_was_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lived_in(tmp_path / "a.sovang")
    first = journal(path)
    content = first.read_bytes()
    packed = pack_all(path, monkeypatch)[0]
    first.write_bytes(content)
    packed.write_bytes(packed.read_bytes()[:50])
    assert read_book(path)[1] == shown(path)


def test_a_turned_bit_anywhere_in_a_packed_segment_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lived_in(tmp_path / "a.sovang")
    packed = pack_all(path, monkeypatch)[0]
    for at in range(len(packed.read_bytes())):
        flip(packed, at)
        with pytest.raises(NotWholeError):
            read_book(path)
        flip(packed, at)
    read_book(path)


def test_the_index_is_where_the_page_says_and_says_what_the_journal_does(tmp_path: Path) -> None:
    path = lived_in(tmp_path / "a.sovang")
    with Book.open(path, actor="x") as book:
        book.history()
    index_says_what_the_journal_does(path, read_book(path)[2])


def index_says_what_the_journal_does(path: Path, lines: list[dict[str, Any]]) -> None:
    """Hold every row of the index against the line that lies where it says."""
    with sqlite3.connect(path / "index.sqlite") as index:
        rows = index.execute("SELECT seq, time, actor, action, records, segment, at, length FROM line").fetchall()
    index.close()
    contents = {f"journal-{first:09d}.jsonl": content_of(each) for first, each in segments_of(path).items()}
    assert len(rows) == len(lines)
    for (*told, segment, at, length), line in zip(sorted(rows), lines, strict=True):
        assert told == [line["seq"], line["time"], line["actor"], line["action"], len(line["changes"])]
        assert json.loads(contents[segment][at : at + length]) == line


def test_it_reads_a_whole_office_and_the_page_of_records_names_every_field_in_it(tmp_path: Path) -> None:
    with demo_office(tmp_path) as office:
        _, tables, _ = read_book(office.book.path)
        assert isinstance(office.book, Book)
        engine = office.book.engine
        assert tables == {name: rows for name in engine.tables if (rows := dict(engine.rows(name)))}
    sections = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    told = {
        table: set(re.findall(r"^\| `(\w+)`", each, re.MULTILINE))
        for each in sections
        for table in re.findall(r"^Table `(\w+)`", each, re.MULTILINE)
    }
    assert len(tables) > 12
    for table, rows in tables.items():
        assert {field for row in rows.values() for field in row} <= told[table], table


@pytest.mark.parametrize("form", [1, 2])
def test_it_reads_books_of_earlier_formats(tmp_path: Path, form: int) -> None:
    old, new = old_book(tmp_path / "old.sovang", form), old_book(tmp_path / "new.sovang", form)
    with Book.open(new, actor="lan") as book:
        assert book.verify().whole
    assert read_book(old)[0]["format"] == form
    assert read_book(new)[0]["format"] == 3
    assert read_book(old)[1] == read_book(new)[1] == shown(new) != {}


def test_every_place_and_name_that_the_page_tells_is_there() -> None:
    told = ARCHITECTURE.read_text("utf-8")
    root, source = ARCHITECTURE.parents[1], "".join(each.read_text("utf-8") for each in _sources())
    roots = [root, root / "records", root / "docs", root / "tui"]
    places = [
        each
        for each in re.findall(r"`([\w./-]+/[\w./-]+|[\w/]+\.py)`", told)
        if not each.startswith(("files/", "table/"))
    ]
    places += re.findall(
        r"`([\w./-]+/[\w./-]+)`", ARCHITECTURE.parents[1].joinpath("CONTRIBUTING.md").read_text("utf-8")
    )
    # a word in capitals stands for any name
    patterns = {each: re.sub(r"\b[A-Z]+(?=\.\w+$)", "*", each) for each in places}
    missing = [each for each, like in patterns.items() if not any(any(base.glob(like)) for base in roots)]
    words = told[told.index("## The words") : told.index("## The format of the book")]
    names = re.findall(r"`([A-Z]\w+)(?:\.\w+)?`", words)
    assert len(places) > 20
    assert len(names) > 30
    assert missing == []
    assert [each for each in names if not re.search(rf"^(?:class {each}\b|{each}\b.*=)", source, re.MULTILINE)] == []


def _sources() -> list[Path]:
    root = ARCHITECTURE.parents[1]
    return [each for room in ("config", "records", "exports", "tui") for each in (root / room).rglob("*.py")]


def test_the_line_on_the_page_is_a_true_line() -> None:
    (example,) = re.findall(r"^```json-line\n(.+?)\n```$", ARCHITECTURE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    body = {name: held for name, held in json.loads(example).items() if name != "hash"}
    assert seal(body)[0].decode() == example + "\n"


def test_the_page_of_records_tells_every_field_as_the_classes_have_it() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it anew: python -m tests.records.store.record_page"
    for kind, (table, _) in KINDS.items():
        assert f"## {kind.__name__}\n\nTable `{table}`" in page()
