"""Settings kept between two starts: never others than those that the files say now."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from config import kept
from config.errors import ConfigError
from config.kept import kept_settings
from config.settings.loading import SHIPPED, Settings, load_settings


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An office's own settings."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "office.yaml").write_bytes((SHIPPED / "office.yaml").read_bytes())
    return folder


def _files(cache: Path) -> list[Path]:
    return sorted(cache.iterdir()) if cache.exists() else []


def test_they_are_read_once_and_are_the_same_afterwards(
    tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = kept_settings(tmp_path / "cache", own)
    assert right == load_settings(own)
    monkeypatch.setattr(kept, "load_settings", lambda *_given: pytest.fail("they were read again"))
    assert kept_settings(tmp_path / "cache", own) == right


def test_a_part_is_read_when_somebody_asks_for_it_and_then_stays(tmp_path: Path, own: Path) -> None:
    right = kept_settings(tmp_path / "cache", own)
    known = kept_settings(tmp_path / "cache", own)
    with pytest.raises(AttributeError):
        Settings.__dict__["titles"].__get__(known)  # the slot itself, which reads nothing
    assert known.titles == right.titles
    assert known.titles is known.titles
    assert replace(known, screen=right.screen) == right
    with pytest.raises(AttributeError, match="nothing_so_called"):
        _ = known.nothing_so_called  # type: ignore[attr-defined]  # that is the point


def test_a_change_of_any_file_is_seen_at_once(tmp_path: Path, own: Path) -> None:
    before = kept_settings(tmp_path / "cache", own)
    path = own / "office.yaml"
    path.write_text(path.read_text("utf-8").replace(f"code: {before.office.code}", "code: ZZ"), "utf-8")
    assert kept_settings(tmp_path / "cache", own).office.code == "ZZ"
    path.unlink()
    assert kept_settings(tmp_path / "cache", own) == load_settings(own)


def test_mistakes_are_told_each_time(tmp_path: Path, own: Path) -> None:
    (own / "office.yaml").write_text("code: [", "utf-8")
    for _ in range(2):
        with pytest.raises(ConfigError):
            kept_settings(tmp_path / "cache", own)
    assert not _files(tmp_path / "cache")


def test_every_damage_of_the_kept_file_is_noticed_and_mended(tmp_path: Path, own: Path) -> None:
    cache = tmp_path / "cache"
    right = kept_settings(cache, own)
    (path,) = _files(cache)
    whole = path.read_bytes()
    for spoilt in (b"", whole[:40], whole[:-1], whole[:99] + bytes([whole[99] ^ 1]) + whole[100:], whole + b"x"):
        path.write_bytes(spoilt)
        assert kept_settings(cache, own) == right
        assert path.read_bytes() == whole


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_it_is_for_this_user_alone_and_not_believed_when_others_can_write_it(tmp_path: Path, own: Path) -> None:
    cache = tmp_path / "cache"
    kept_settings(cache, own)
    (path,) = _files(cache)
    assert path.stat().st_mode & 0o777 == 0o600
    assert cache.stat().st_mode & 0o777 == 0o700
    path.chmod(0o666)
    kept_settings(cache, own)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, own: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", "utf-8")
    assert kept_settings(tmp_path / "cache", own) == load_settings(own)


def test_only_the_newest_are_kept(tmp_path: Path, own: Path) -> None:
    path = own / "office.yaml"
    text = path.read_text("utf-8")
    for number in range(7):
        path.write_text(f"{text}\n# {number}\n", "utf-8")
        kept_settings(tmp_path / "cache", own)
    assert len(_files(tmp_path / "cache")) == 4
