"""Zero bytes kept ahead of the last line, and what a power cut or a second writer may leave in them."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import BookError
from records.store.book import Book
from tests.records.store.books import add, journal, names, new_book

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize("lines", [1, 30], ids=["few", "into bytes kept ahead"])
def test_a_second_writer_the_lock_did_not_stop_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    monkeypatch.setattr("records.store.journal.lock.WriterLock.take", lambda *_, **__: None)
    one = new_book(tmp_path / "a.sovang")
    for _ in range(lines):
        add(one, "An")
    with Book.open(tmp_path / "a.sovang", actor="y") as two:
        add(two, "Bình")
        with pytest.raises(BookError, match="Another program"):
            add(one, "Cúc")
        assert names(two) == ["An"] * lines + ["Bình"]
    one.close()
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert names(again) == ["An"] * lines + ["Bình"]
        assert again.verify().whole


def _many(path: Path) -> tuple[bytes, list[int]]:
    """A journal of one line for each letter: its bytes, and where each line ends."""
    with new_book(path) as book:
        for name in LETTERS:
            add(book, name)
    content = journal(path).read_bytes()
    return content, [place + 1 for place, byte in enumerate(content) if byte == 10]


@given(data=st.data())
def test_a_line_the_power_cut_left_in_parts_is_set_aside_and_the_others_are_there(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.sovang"
        content, ends = _many(path)
        begin, end = ends[-2], ends[-1]
        holes = data.draw(st.lists(st.integers(begin, end - 1), min_size=1, max_size=end - begin), "zero bytes")
        torn = bytearray(content)
        for hole in holes:
            torn[hole] = 0
        journal(path).write_bytes(bytes(torn) + bytes(data.draw(st.integers(0, 5000), "bytes ahead")))
        with Book.open(path, actor="x") as book:
            assert book.damage is None
            assert names(book) == [*LETTERS[:-1]]
            add(book, "again")
            assert book.verify().whole


@given(data=st.data())
def test_a_hole_before_the_last_line_is_damage(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.sovang"
        content, ends = _many(path)
        hole = data.draw(st.integers(0, ends[-2] - 1))
        journal(path).write_bytes(content[:hole] + b"\0" + content[hole + 1 :])
        with Book.open(path, actor="x") as book:
            assert book.damage is not None


def test_bytes_kept_ahead_are_given_back_and_hurt_nobody_who_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        for name in LETTERS:
            add(book, name)
        assert journal(path).read_bytes().endswith(b"\0")
        with Book.open(path, actor="y", read_only=True) as reader:
            assert names(reader) == [*LETTERS]
            assert reader.verify().whole
        shutil.copytree(path, tmp_path / "killed.sovang")
    assert journal(path).read_bytes().endswith(b"}\n")
    with Book.open(tmp_path / "killed.sovang", actor="x") as book:
        assert not book.notices
        add(book, "one more")
        assert book.verify().whole
