"""What every test needs: nothing of the person who runs them is read or written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from records.store.sealing import secrets
from records.store.sealing.unlocking import lock_all
from tests.records.store.sealing.sealed import CHEAP, seal_new_books

# A slow machine is no fault of the program: nothing here fails for the time it took.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def demo_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office as a book, filled once a worker. Only read: a test that writes takes a copy of the folder."""
    from records.store.book import Book
    from tui.present.books import demo_office

    kept = tmp_path_factory.mktemp("demo") / "demo.sovang"
    with demo_office(tmp_path_factory.mktemp("filling")) as office:
        shutil.copytree(office.book.path, kept, ignore=shutil.ignore_patterns("writer.lock", "holder.json"))
    with Book.open(kept, actor="demo"):  # leaves a snapshot, from which it opens fast
        pass
    return kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    if os.environ.get("SOVANG_TEST_SEALED") and item.get_closest_marker("plain"):
        pytest.skip("looks into a book that is not sealed")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases are cheap to try, and none is known from another test. SOVANG_TEST_SEALED=1 seals every new book."""
    monkeypatch.setattr(secrets, "COST", CHEAP)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # never that of who runs the tests
    with seal_new_books() if os.environ.get("SOVANG_TEST_SEALED") else nullcontext():
        yield
    lock_all()


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Heads of books go to a folder of the test."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("SOVANG_STATE", str(folder))
    return folder
