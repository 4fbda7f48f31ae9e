"""What verifying rejects, a backup refuses or is marked with, and repairing mends or names."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from config.errors import AppError
from config.settings.loading import load_settings
from records.store.safety.backup import check_backup
from tests.crash import flips
from tui.present import books

NOW = datetime(2026, 6, 1, 8)


def _turned(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with every kind of file; it lies alone in its folder, so that backups of it are looked for there."""
    return flips.made(tmp_path_factory.mktemp("whole"))


def _is_rejected(path: Path) -> bool:
    try:
        return bool(books.problems_in(path))
    except AppError:
        return True


def _is_named(path: Path) -> bool:
    """Whether a repair without a backup says what it leaves, or what only a backup mends."""
    try:
        return bool(books.repaired(path, None, now=NOW).wrong)
    except AppError as error:
        return "--from" in str(error.do)


def _backed_up(path: Path, folder: Path) -> Path | None:
    """A backup, or None where it was refused; older ones are there to be thinned out."""
    try:
        made, gone = books.back_up(path, folder, load_settings(), now=NOW)
    except AppError:
        return None
    assert check_backup(made.path) == made
    assert not (made.wrong and gone)
    return made.path


@pytest.mark.plain
@pytest.mark.parametrize("damage", [_turned, _cut, Path.unlink], ids=["turned", "cut", "gone"])
def test_verify_backup_and_repair_never_disagree(
    whole: Path, tmp_path: Path, damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "backups"))
    source, rejected = _backed_up(whole, tmp_path), set[str]()
    assert source is not None
    for number, file in enumerate(sorted(each for each in whole.rglob("*") if each.is_file() and each.stat().st_size)):
        name = file.relative_to(whole).as_posix()
        path = tmp_path / f"{number}.sovang"
        shutil.copytree(whole, path)
        damage(path / name)
        made = _backed_up(path, tmp_path / f"{number}")
        if not _is_rejected(path):
            assert made is not None, name
            assert not check_backup(made).wrong, name
            continue
        rejected.add(name)
        assert made is None or check_backup(made).wrong, name
        again = tmp_path / f"{number}-again.sovang"
        shutil.copytree(path, again)
        assert _is_named(again) or not _is_rejected(again), name
        assert books.repaired(path, source, now=NOW).wrong == [], name
        assert not _is_rejected(path), name
    assert {name.partition("/")[0].partition("-")[0] for name in rejected} == {"journal", "book.json", "files"}
