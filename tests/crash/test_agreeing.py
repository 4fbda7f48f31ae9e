"""What verifying rejects, a backup refuses or is marked with, and repairing mends or names."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

import msgspec
import orjson
import pytest

from config.errors import AppError, BookError
from config.i18n import tr
from config.plain import visible
from config.sealed import MAGIC
from config.settings.loading import load_settings
from exports.papers.handing_over import HandingOver, hand_over
from records.domain.people.person import Person
from records.services.office import Office
from records.store.book import Book
from records.store.safety.backup import check_backup
from records.store.sealing.converting import seal_book
from records.store.sealing.unlocking import lock_all
from tests.crash import flips
from tests.records.store.sealing.sealed import unlocked_ring
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
        return bool(books.look(path)[0])
    except AppError:
        return True


def _is_named(path: Path) -> bool:
    """Whether a repair without a backup says what it leaves, or what only a backup mends."""
    try:
        return bool(books.mend(path, None, now=NOW).wrong)
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
        assert books.mend(path, source, now=NOW).wrong == [], name
        assert not _is_rejected(path), name
    torn = set() if damage is Path.unlink else {"config"}  # settings that are gone may be a change by hand
    assert {name.partition("/")[0].partition("-")[0] for name in rejected} == {"journal", "book.json", "files"} | torn


_PHOTO = "files/TN-P-00001-77848335c237f629.png"
_KEY = "files/keys/certificates.key"


def _without(whole: Path, path: Path, *names: str) -> Path:
    shutil.copytree(whole, path)
    for name in names:
        (path / name).unlink()
    return path


@pytest.mark.plain
def test_nothing_comes_back_from_a_backup_that_is_not_what_the_book_names(whole: Path, tmp_path: Path) -> None:
    other = _without(whole, tmp_path / "other.sovang")
    (other / _PHOTO).write_bytes(b"another picture")
    (other / _KEY).write_bytes((other / _KEY).read_bytes().replace(b"M", b"N"))
    source = _backed_up(other, tmp_path / "saved")
    assert source is not None
    path = _without(whole, tmp_path / "a.sovang", _PHOTO, _KEY)
    found = books.mend(path, source, now=NOW)
    assert found.done == []
    assert {each.where for each in found.wrong} == {_PHOTO, _KEY}
    assert not (path / _PHOTO).exists()
    assert not (path / _KEY).exists()


@pytest.mark.plain
def test_what_stands_in_the_way_goes_aside_and_the_rest_is_brought_back(whole: Path, tmp_path: Path) -> None:
    source = _backed_up(whole, tmp_path / "saved")
    path = _without(whole, tmp_path / "a.sovang", _PHOTO, _KEY)
    (path / _PHOTO).symlink_to(path / _PHOTO)
    (path / _KEY).mkdir()
    found = books.mend(path, source, now=NOW)
    assert (len(found.done), found.wrong) == (3, [])  # two files, and where what was there is kept
    assert not _is_rejected(path)


def _linked(path: Path, name: str) -> None:
    (path / name).rename(path.with_name("elsewhere"))
    (path / name).symlink_to(path.with_name("elsewhere"))


def _nameless(path: Path, name: str) -> None:
    try:
        (path / name).write_bytes(b"x")
    except OSError:
        pytest.skip("this system has no such names")


@pytest.mark.plain
@pytest.mark.parametrize(
    ("name", "laid"),
    [
        ("files/keys", _linked),
        ("files", _linked),
        ("files/\udcff.png", _nameless),
        ("files/\udcff-0123456789abcdef.png", _nameless),
        ("config/\udcff.yaml", _nameless),
    ],
)
def test_what_no_backup_can_hold_is_named_by_all(
    whole: Path, tmp_path: Path, name: str, laid: Callable[[Path, str], None]
) -> None:
    path = _without(whole, tmp_path / "a.sovang")
    laid(path, name)
    made = _backed_up(path, tmp_path / "saved")
    assert made is not None
    assert check_backup(made).wrong == (visible(name),)
    assert [each.where for each in books.look(path)[0]] == [visible(name)]
    said = HandingOver(giver="A", to="B", backups=tmp_path)
    with Book.open(path, actor="x") as book, pytest.raises(BookError, match="not whole"):
        hand_over(Office(book, load_settings()), tmp_path / "parcel", said, now=NOW)
    assert _is_named(path)
    assert _is_rejected(path)


def test_a_locked_book_deletes_no_backup_and_an_open_key_never_lies_in_a_sealed_one(tmp_path: Path) -> None:
    path = flips.made(tmp_path)
    source = _backed_up(path, tmp_path / "saved")
    assert source is not None
    seal_book(path, unlocked_ring(), actor="x", now=NOW)
    (path / _KEY).unlink()
    assert books.mend(path, source, now=NOW).wrong == []
    assert (path / _KEY).read_bytes().startswith(MAGIC)
    later = _backed_up(path, tmp_path / "saved")
    assert later is not None
    for day in range(10, 20):
        shutil.copy(later, tmp_path / "saved" / f"a-202001{day}-080000.backup.zip")
    (path / _KEY).unlink()
    lock_all()
    assert books.back_up(path, tmp_path / "saved", load_settings(), now=NOW)[1] == []


@pytest.mark.plain
def test_a_book_of_an_older_form_is_left_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(flips.FIXTURE) as zipped:
        zipped.extractall(tmp_path / "a.sovang")
    before = {each: each.read_bytes() for each in (tmp_path / "a.sovang").rglob("*.json*")}
    assert _backed_up(tmp_path / "a.sovang", tmp_path / "saved") is not None
    assert {each: each.read_bytes() for each in (tmp_path / "a.sovang").rglob("*.json*")} == before


@pytest.mark.plain
def test_however_many_files_are_gone_all_are_told_and_all_come_back(whole: Path, tmp_path: Path) -> None:
    path = _without(whole, tmp_path / "a.sovang")
    names = [f"files/TN-P-{number:05}-{sha256(b'%d' % number).hexdigest()[:16]}.png" for number in range(100, 165)]
    with Book.open(path, actor="x") as book:
        for number, name in zip(range(100, 165), names, strict=True):
            book.files.write(name.removeprefix("files/"), b"%d" % number)
        with book.change("test.people") as change:
            for name in names:
                change.put(Person(id=change.new_id(Person), name="Mẫu", photo=name.removeprefix("files/")))
    source = _backed_up(path, tmp_path / "saved")
    for name in names:
        (path / name).unlink()
    assert [each.where for each in books.look(path)[0]] == names
    assert set(books.back_up(path, tmp_path / "later", load_settings(), now=NOW)[0].wrong) == set(names)
    assert (len(books.mend(path, source, now=NOW).done), _is_rejected(path)) == (len(names), False)


@pytest.mark.plain
@pytest.mark.parametrize("wrong", ["a text", None, 3, ["a", 4], {"a": "b"}, [[]]])
def test_a_backup_whose_word_of_the_book_cannot_be_read_is_none(whole: Path, tmp_path: Path, wrong: object) -> None:
    source = _backed_up(whole, tmp_path / "saved")
    assert source is not None
    _tell(source, wrong)
    with pytest.raises(BookError):
        check_backup(source)
    path = _without(whole, tmp_path / "a.sovang", _PHOTO)
    assert [each.where for each in books.mend(path, None, now=NOW).wrong] == [_PHOTO]
    with pytest.raises(BookError):
        books.mend(path, source, now=NOW)


@pytest.mark.plain
def test_what_a_backup_says_is_shown_as_one_short_line_of_signs(whole: Path, tmp_path: Path) -> None:
    source = _backed_up(whole, tmp_path / "saved")
    assert source is not None
    _tell(source, ["files/\x1b[2J\nname", "x" * 100_000, *(f"{number}" for number in range(100_000))])
    backup = check_backup(source)
    told = "".join(tr(each) for each in books.wrong_in(backup))
    assert "[2J name" in told
    assert all(sign.isprintable() for sign in told)
    assert len(told) < 20_000


def _tell(backup: Path, wrong: object) -> None:
    """Have a backup say this of its book."""
    with zipfile.ZipFile(backup) as zipped:
        parts = {each: zipped.read(each) for each in zipped.namelist()}
    parts["manifest.json"] = orjson.dumps(orjson.loads(parts["manifest.json"]) | {"wrong": wrong})
    with zipfile.ZipFile(backup, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)


@pytest.mark.plain
def test_what_somebody_writes_while_a_book_is_looked_at_is_no_damage(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, written = _without(whole, tmp_path / "a.sovang"), count()
    of_class = Book.open.__func__  # type: ignore[attr-defined]

    def open_and_be_overtaken(kind: type[Book], /, folder: Path, **how: object) -> Book:
        book: Book = of_class(kind, folder, **how)
        if how.get("read_only") and not next(written):
            with of_class(kind, folder, actor="y") as other, other.change("test.photo") as change:
                person = next(each for each in other.table(Person).all() if each.photo)
                change.put(msgspec.structs.replace(person, photo=""), was=person)
            (folder / _PHOTO).unlink()
        return book

    monkeypatch.setattr(Book, "open", classmethod(open_and_be_overtaken))
    assert books.look(path) == ([], True)
    assert next(written) == 2  # the first look was overtaken and did find something
