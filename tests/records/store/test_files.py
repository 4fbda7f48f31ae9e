"""Files beside the journal: whole, by name, and never outside the book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import InputError
from records.store.contract import Store
from tests.records.store.books import new_book
from tests.records.store.memory import MemoryBook


@pytest.mark.plain
def test_a_file_is_kept_by_its_name_and_gone_when_taken_away(tmp_path: Path) -> None:
    stores: list[Store] = [new_book(tmp_path / "a.sovang"), MemoryBook()]
    for store in stores:
        assert store.settings.read("standards/reporter.yaml") is None
        for name in ("b.yaml", "a.yaml", "c.txt"):
            store.settings.write(f"standards/{name}", name.encode())
        assert store.settings.read("standards/a.yaml") == b"a.yaml"
        assert store.settings.names("standards", ".yaml") == ["standards/a.yaml", "standards/b.yaml"]
        assert store.settings.names("titles", ".yaml") == []
        assert (store.settings.folder / "standards" / "b.yaml").read_bytes() == b"b.yaml"
        store.settings.remove("standards/a.yaml")
        store.settings.remove("standards/a.yaml")
        assert store.settings.names("standards", ".yaml") == ["standards/b.yaml"]
        assert store.files.read("standards/b.yaml") is None
        store.close()


@pytest.mark.parametrize("name", ["../book.json", "a/../../book.json", "/etc/hosts", "..\\book.json", "C:x.yaml"])
def test_a_name_that_leads_out_of_the_book_is_refused(tmp_path: Path, name: str) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        told = (tmp_path / "a.sovang" / "book.json").read_bytes()
        acts: list[Callable[[], object]] = [
            lambda: book.settings.write(name, b"x"),
            lambda: book.settings.remove(name),
            lambda: book.settings.read(name),
        ]
        for act in acts:
            with pytest.raises(InputError, match="no name of a file of the book"):
                act()
        assert (tmp_path / "a.sovang" / "book.json").read_bytes() == told
