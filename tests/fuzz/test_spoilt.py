"""A short run of what `make fuzz` does with thousands of files."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.crash.flips import made, sealed
from tests.fuzz.folders import book_fuzz, settings_fuzz
from tests.fuzz.judging import faults_of
from tests.fuzz.packages import BOMBS, bombed, package_fuzz
from tests.fuzz.running import fuzz
from tests.fuzz.spoiling import FORMATS, spoilt, whole


def test_no_spoilt_spreadsheet_ends_the_reader_or_loses_a_cell() -> None:
    wrong, counted = fuzz(60)
    assert not wrong
    assert all(counted[kind] == 12 for kind in FORMATS)


@pytest.mark.parametrize("make", [made, sealed])
def test_no_spoilt_book_ends_in_a_traceback(monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path]) -> None:
    monkeypatch.setattr("tests.fuzz.folders.made", make)
    wrong, counted = book_fuzz(40)
    assert not wrong
    assert counted["named"] > 5


def test_no_spoilt_settings_end_in_a_traceback() -> None:
    wrong, counted = settings_fuzz(40)
    assert not wrong
    assert counted["refused"] > 5
    assert counted["taken"] > 0


def test_no_spoilt_package_ends_in_a_traceback_or_leaves_a_book_that_cannot_be_read() -> None:
    wrong, counted = package_fuzz(150)
    assert not wrong
    assert all(counted[what] > 10 for what in ("refused", "in part", "taken"))


@pytest.mark.parametrize("kind", BOMBS)
def test_no_package_takes_more_memory_than_there_is(kind: str) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as apart:
        assert apart.submit(bombed, kind, 1024).result() == []


def test_what_a_door_lets_fall_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("tests.fuzz.folders.load_settings", fall)
    monkeypatch.setattr("records.store.safety.repair.strangers", fall)
    assert settings_fuzz(1)[0]
    assert [each for each in book_fuzz(1)[0] if "repair" in each]


def test_a_cell_that_the_judge_loses_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("STT;Họ và tên;Đơn vị\n1;Mẫu Văn Một;Phường A\n2;Mẫu Văn Hai;Phường B".encode())
    assert not faults_of(path, apart=False)
    monkeypatch.setattr("records.intake.reader.RowReader._plain", lambda *_: "")
    assert [each for each in faults_of(path, apart=False) if "Phường B" in each]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_seed_makes_the_same_file_again(kind: str) -> None:
    import random

    assert spoilt(kind, 7) == spoilt(kind, 7) != whole(kind, random.Random(f"{kind}7"))
