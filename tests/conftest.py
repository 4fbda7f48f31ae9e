"""What every test needs: nothing of the person who runs them is read or written."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from exports import fonts
from records.demo import awards, fill
from records.store.journal import durable
from records.store.sealing import secrets
from records.store.sealing.unlocking import lock_all
from tests.records.store.sealing.sealed import CHEAP, seal_new_books

# A slow machine is no fault of the program: nothing here fails for the time it took.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def demo_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office as a book, filled once a run. Only read: a test that writes takes a copy of the folder."""
    return _filled(tmp_path_factory, "whole")


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office with all of its city and few at the grassroots: for what becomes no truer by more people."""
    with patch.object(fill, "GRASSROOTS", 60), patch.object(awards, "_AWARDED", 8):
        return _filled(tmp_path_factory, "small")


def _filled(folders: pytest.TempPathFactory, name: str) -> Path:
    """This worker's own copy of a demo office: the first that needs it fills it, as that takes seconds."""
    own, shared = folders.mktemp("demo") / "demo.sovang", _of_all_workers(folders) / f"{name}.sovang"
    if os.environ.get("SOVANG_TEST_SEALED"):  # its key is known to the process alone that made it
        _fill(folders, own)
        return own
    with FileLock(shared.with_suffix(".lock")):
        if not shared.exists():
            _fill(folders, shared)
    return shutil.copytree(shared, own)


def _of_all_workers(folders: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run have in common."""
    base = folders.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _fill(folders: pytest.TempPathFactory, kept: Path) -> None:
    """The demo office in a book that has all that a book keeps beside its journal once somebody worked with it."""
    from records.services.attended import attended
    from records.store.book import Book
    from tui.present.books import demo_office

    part = folders.mktemp("filling") / "demo.sovang"
    with demo_office(part.parent) as office:
        shutil.copytree(office.book.path, part, ignore=shutil.ignore_patterns("writer.lock", "holder.json"))
    with Book.open(part, actor="demo") as book:
        book.history(limit=1)
        attended(book)
    part.rename(kept)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Some more than there are cores, where these are few: tests of screens and disks wait a fifth of their time."""
    cores = os.cpu_count() or 1
    return max(cores, min(cores * 3 // 2, 8))


gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Look for rings of dead objects between tests, among what the test made: looking all the time costs a quarter."""
    yield
    gc.disable()  # a command lets Python look again when it has ended
    gc.collect(0)  # what was made since the last test; what came before stays unlooked at


def pytest_runtest_setup(item: pytest.Item) -> None:
    if os.environ.get("SOVANG_TEST_SEALED") and item.get_closest_marker("plain"):
        pytest.skip("looks into a book that is not sealed")


@pytest.fixture(scope="session", autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where fonts are kept once they are cut, for all workers of a run: cutting them takes seconds."""
    folder = _of_all_workers(tmp_path_factory) / "cache"
    folder.mkdir(exist_ok=True)
    cut = fonts._make_static

    def cut_once(source: Path, axes: Mapping[str, float], kept: Path) -> None:
        with FileLock(folder / f"{kept.name}.lock"):  # else each worker cuts what another is just cutting
            if not kept.exists():
                cut(source, axes, kept)

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(folder))
        patched.setattr(fonts, "_make_static", cut_once)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _cheap_passphrases() -> Iterator[None]:
    """Passphrases are cheap to try, in books that several tests share as well."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(secrets, "COST", CHEAP)
        patched.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # never that of who runs the tests
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """No test pulls a plug, so that what was given to the system is there: a fifth of the time would go in waiting.

    What is put on disk, and in which order, is what `tests/crash/power_cut.py` looks at, with a disk of its own.
    """

    def taken(handle: int) -> None:
        os.fstat(handle)  # what is closed is as wrong here as there

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", taken)
        patched.setattr(durable, "_sync_data", taken)
        yield


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    """No passphrase is known from another test. SOVANG_TEST_SEALED=1 seals every new book."""
    with seal_new_books() if os.environ.get("SOVANG_TEST_SEALED") else nullcontext():
        yield
    lock_all()


@pytest.fixture(scope="session")
def _states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders for `own_state`: by number, as pytest looks through all there are before it makes another."""
    folder = tmp_path_factory.mktemp("states")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_state(_states: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Heads of books go to a folder of the test."""
    folder = next(_states)
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("SOVANG_STATE", str(folder))
    return folder
