"""Layouts and views by name, and a log of exports that undoing cannot empty."""

from __future__ import annotations

import pytest

from config.errors import InputError
from records.domain.lists import ListExport, ListLayout, ListView
from records.services import lists
from records.services.book import history
from records.services.office import Office
from tests.records.services.conftest import ON


def layout(name: str, *columns: str) -> ListLayout:
    return ListLayout(id="", name=name, columns=columns)


def test_layouts_are_kept_by_name_in_vietnamese_order_and_replaced(office: Office) -> None:
    for name in ("Đủ cột", "Ảnh", "  Anh  "):
        lists.save(office, layout(name, "name"))
    first = lists.named(office, ListLayout, "Anh")
    lists.save(office, layout("Anh", "no", "name"))
    assert [each.name for each in lists.saved(office, ListLayout)] == ["Anh", "Ảnh", "Đủ cột"]
    again = lists.named(office, ListLayout, "Anh")
    assert first is not None
    assert again is not None
    assert (again.id, again.columns) == (first.id, ("no", "name"))


def test_a_layout_is_found_without_accents_but_an_exact_name_wins(office: Office) -> None:
    for name in ("Ảnh", "Anh"):
        lists.save(office, layout(name, name))
    found = [lists.named(office, ListLayout, name) for name in ("Anh", "Ảnh", "ANH", "ánh")]
    assert [each.name if each else None for each in found] == ["Anh", "Ảnh", "Anh", "Anh"]
    assert lists.named(office, ListLayout, "Em") is None
    assert lists.named(office, ListView, "Anh") is None


@pytest.mark.parametrize("wrong", [layout("", "name"), layout("  ", "name"), layout("x" * 61, "name"), layout("Tốt")])
def test_a_layout_without_a_name_or_columns_is_refused(office: Office, wrong: ListLayout) -> None:
    head = office.book.head()
    with pytest.raises(InputError):
        lists.save(office, wrong)
    assert office.book.head() == head


def test_a_view_is_deleted_and_comes_back(office: Office) -> None:
    kept = lists.save(office, ListView(id="", name="Đang giữ", role="reporter", holding=True, find="duc"))
    lists.delete(office, kept)
    assert lists.saved(office, ListView) == []
    history.undo(office)
    assert lists.saved(office, ListView) == [kept]


def test_an_export_is_told_with_who_and_the_state_of_the_book_even_after_it_was_undone(office: Office) -> None:
    seq, digest = office.book.head()
    export = ListExport(id="", file="a.xlsx", sha256="00", people=("TN-P-00001",), columns=("name",), on=ON)
    logged = lists.log_export(office, export)
    assert (logged.seq, logged.digest) == (seq, digest)
    history.undo(office)
    (made,) = lists.exports_made(office)
    assert made.export == logged
    assert (made.entry.actor, made.entry.action) == ("tester", "roster.export")


def test_columns_of_another_program_are_told_apart(office: Office) -> None:
    assert lists.known_columns(layout("x", "a", "new", "b"), ("b", "a")) == (("a", "b"), ("new",))
