"""One file for each person: named so that every system takes it, whole or not there."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import BookError, InputError, RefusedError
from config.text import t
from exports.certificates.batch import Certificate, Means, Placing, print_batch
from exports.certificates.separate import file_names, print_separately
from exports.certificates.template import load_template
from records.store.journal.durable import disk
from tests.exports.conftest import PACKAGED, fields, words_of

MEANS = Means(families=PACKAGED)
PEOPLE = [Certificate(str(n), fields(name=f"Lê Thị {n}", register_number=f"{n}/2026")) for n in (1, 2, 3)]


def test_each_person_has_a_file_with_their_own_page(tmp_path: Path) -> None:
    folder = tmp_path / "giấy khen"
    report, written = print_separately(load_template("party-merit"), PEOPLE, folder, means=MEANS)
    assert report.count == 3
    assert [path.name for path in written] == [f"00{n} {n}-2026 Lê Thị {n}.pdf" for n in (1, 2, 3)]
    assert sorted(folder.iterdir()) == sorted(written)
    for number, path in enumerate(written, 1):
        (page,) = words_of(path)
        assert f"Lê Thị {number}" in page


def test_a_second_run_replaces_nothing_and_leaves_what_was_there(tmp_path: Path) -> None:
    _, written = print_separately(load_template("party-merit"), PEOPLE[:1], tmp_path / "out", means=MEANS)
    before = written[0].read_bytes()
    with pytest.raises(InputError, match="is there already"):
        print_separately(load_template("party-merit"), PEOPLE, tmp_path / "out", means=MEANS)
    assert list((tmp_path / "out").iterdir()) == written
    assert written[0].read_bytes() == before


def test_all_lie_on_disk_before_they_are_noted_then_they_get_their_names_and_these_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, order, sync, rename, sync_folder = tmp_path / "out", [], disk.sync, disk.rename, disk.sync_folder

    def synced(handle: int) -> None:
        order.append("sync")
        sync(handle)

    def renamed(source: Path, target: Path) -> None:
        order.append(target.name)
        rename(source, target)

    def folder_synced(path: Path) -> None:
        if path == out:
            order.append("names last")
        sync_folder(path)

    monkeypatch.setattr(disk, "sync", synced)
    monkeypatch.setattr(disk, "rename", renamed)
    monkeypatch.setattr(disk, "sync_folder", folder_synced)
    placing = Placing(note=lambda _hashes: order.append("noted"))
    _, written = print_separately(load_template("party-merit"), PEOPLE, out, means=MEANS, placing=placing)
    assert order[-8:] == ["sync", "sync", "sync", "noted", *(path.name for path in written), "names last"]


def test_the_folder_is_looked_through_as_often_for_many_as_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []
    iterdir = Path.iterdir

    def looked(path: Path) -> Iterator[Path]:
        looks.append(path)
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", looked)
    for number, out in enumerate((tmp_path / "one", tmp_path / "three")):
        print_separately(load_template("party-merit"), PEOPLE[: 1 + 2 * number], out, means=MEANS)
    assert looks.count(tmp_path / "one") == looks.count(tmp_path / "three") > 0


def test_where_the_disk_gives_out_on_the_way_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, out = disk.rename, tmp_path / "out"

    def full(source: Path, target: Path) -> None:
        if len(list(out.glob("*.pdf"))) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(disk, "rename", full)
    with pytest.raises(InputError, match="the disk is full"):
        print_separately(load_template("party-merit"), PEOPLE, out, means=MEANS)
    assert list(out.iterdir()) == []


def test_a_run_that_ends_between_a_name_and_the_next_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, out = disk.rename, tmp_path / "out"

    def interrupted(source: Path, target: Path) -> None:
        rename(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(disk, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        print_separately(load_template("party-merit"), PEOPLE, out, means=MEANS)
    assert list(out.iterdir()) == []


def test_a_stopped_run_leaves_no_file(tmp_path: Path) -> None:
    done: list[int] = []
    with pytest.raises(RefusedError):
        print_separately(
            load_template("party-merit"),
            PEOPLE,
            tmp_path / "out",
            means=MEANS,
            progress=lambda number, _of: done.append(number),
            stop=lambda: bool(done),
        )
    assert done == [1]
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_where_the_folder_should_be_and_cards_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file, not a folder"):
        print_separately(load_template("party-merit"), PEOPLE, tmp_path / "file", means=MEANS)
    with pytest.raises(InputError, match="several to a sheet"):
        print_separately(load_template("reporter-card"), PEOPLE, tmp_path / "out", means=MEANS)


@given(st.lists(st.text(max_size=300), min_size=1, max_size=5))
def test_every_name_becomes_a_name_that_every_system_takes(names: list[str]) -> None:
    made = file_names([Certificate("1", {"name": name}) for name in names])
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert not set(name) & set('<>:"/\\|?*')
        assert len(name.encode("utf-8", "replace")) <= 200
        assert name.endswith(".pdf")
        assert name == name.strip()


def test_no_paper_leaves_that_could_not_be_noted(tmp_path: Path) -> None:
    def refuse(_hashes: Sequence[str]) -> None:
        raise BookError(t("The book takes no more"))

    template, placing = load_template("party-merit"), Placing(note=refuse)
    with pytest.raises(BookError):
        print_separately(template, PEOPLE, tmp_path / "each", means=MEANS, placing=placing)
    with pytest.raises(BookError):
        print_batch(template, PEOPLE, tmp_path / "one.pdf", means=MEANS, placing=placing)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_each_file_is_signed_and_noted_with_its_own_hash_before_it_is_there(tmp_path: Path) -> None:
    noted: list[str] = []

    def note(hashes: Sequence[str]) -> None:
        assert not list((tmp_path / "each").glob("*.pdf"))
        noted.extend(hashes)

    def seal(part: Path) -> None:
        part.write_bytes(part.read_bytes() + b"% sealed\n")

    placing = Placing(seal=seal, note=note)
    _, written = print_separately(load_template("party-merit"), PEOPLE, tmp_path / "each", means=MEANS, placing=placing)
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in written] == noted
    assert len(set(noted)) == len(PEOPLE)
    assert all(path.read_bytes().endswith(b"% sealed\n") for path in written)
