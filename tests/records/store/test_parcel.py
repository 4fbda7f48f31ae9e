"""What a parcel is believed: the files that it names, beside it, each as it was packed, and its book among them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.errors import BookError
from records.store.safety.parcel import Parcel, close_parcel, pack, read_parcel
from tests.records.store.books import filled

NOW = datetime(2026, 11, 28, 9, 0)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A parcel with a book and a paper."""
    folder = tmp_path / "usb"
    folder.mkdir()
    told = Parcel(
        kind="", format=0, book="", office="TN", name="Ban Tuyên giáo", seq=0, hash="", key="", giver="Lan", to="Ví",
        made="", backup="", files={},
    )  # fmt: skip
    told = pack(filled(tmp_path / "a.sovang"), folder, told, now=NOW)
    (folder / "paper.pdf").write_bytes(b"paper")
    close_parcel(folder, told)
    return folder


def changed(parcel: Path, change: Callable[[dict[str, Any]], object]) -> None:
    told = json.loads((parcel / "parcel.json").read_bytes())
    change(told)
    (parcel / "parcel.json").write_text(json.dumps(told), "utf-8")


def named(parcel: Path, name: str, content: bytes) -> None:
    """The parcel names a file with these bytes."""
    packed = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    changed(parcel, lambda told: told["files"].update({name: packed}))


def test_a_parcel_is_read_with_every_file_it_names(given: Path) -> None:
    told, backup = read_parcel(given)
    assert set(told.files) == {"paper.pdf", told.backup}
    assert (backup.book, backup.seq, backup.digest) == (told.book, told.seq, told.hash)
    assert len(told.check) == 16


def test_what_lies_elsewhere_or_is_no_file_belongs_to_no_parcel(given: Path) -> None:
    (given.parent / "outside").write_bytes(b"x")
    (given / "inner").mkdir()
    (given / "inner" / "deep").write_bytes(b"x")
    whole = (given / "parcel.json").read_bytes()
    for name in ("../outside", "inner/deep", str(given.parent / "outside"), "inner", "gone"):
        named(given, name, b"x")
        with pytest.raises(BookError, match="is missing"):
            read_parcel(given)
        (given / "parcel.json").write_bytes(whole)
    assert read_parcel(given)[0].giver == "Lan"


@pytest.mark.parametrize("content", [b"papeR", b"paper and more", b""])
def test_a_file_that_is_not_what_was_packed_is_named(given: Path, content: bytes) -> None:
    (given / "paper.pdf").write_bytes(content)
    with pytest.raises(BookError, match=r"paper\.pdf in it is not what was packed"):
        read_parcel(given)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(kind="sovang.package"),
        lambda told: told["files"].pop(told["backup"]),
        lambda told: told.update(backup="other.zip"),
        lambda told: told.pop("seq"),
        lambda told: told.update(giver=f"{'x' * (1 << 20)}"),
    ],
)
def test_what_does_not_name_its_book_is_no_parcel(given: Path, change: Callable[[dict[str, Any]], object]) -> None:
    changed(given, change)
    with pytest.raises(BookError, match="no parcel"):
        read_parcel(given)


def test_the_book_in_it_is_the_one_that_is_named(given: Path) -> None:
    changed(given, lambda told: told.update(seq=told["seq"] - 1))
    with pytest.raises(BookError, match="not the one that it names"):
        read_parcel(given)
    changed(given, lambda told: told.update(format=2))
    with pytest.raises(BookError, match="newer program"):
        read_parcel(given)
