"""After a day of work on a sealed book, no file that the program leaves says a word of anybody."""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from PIL import Image

import main
from records.store.sealing.unlocking import lock_all
from tests.records.store.sealing.sealed import WORDS
from tests.tui.cli.conftest import OFFICE

PEOPLE = (
    ("Đoàn Thị Ngọc Huyền", "05/02/1983", "019183004217", "0912774406", "Phật giáo Hòa Hảo", "Ấp Tân Lập Bảy"),
    ("Vương Quốc Thắng Lợi", "17/9/1971", "019071118823", "0987112245", "Công giáo", "Xóm Đồng Bẩm Mười"),
)
SIGNER, NOTE, WHY = "Trịnh Xuân Ký Tên", "Vắng vì chữa bệnh hiểm nghèo", "Chậm nộp báo cáo quý ba"
TOLD = (*(each for row in PEOPLE for each in row), SIGNER, NOTE, WHY, "1983-02-05", "1971-09-17")
_RUN = re.compile(rb"[A-Za-z0-9+/_=-]{16,}")
_DEEP = 3


@pytest.fixture
def places(tmp_path: Path, own_state: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every folder in which the program leaves something by itself, all of them of this test."""
    homes = [tmp_path / each for each in ("home", "temporary", "kept")]
    for each in homes:
        each.mkdir()
    fonts = platformdirs.user_cache_path("sovang", appauthor=False) / "fonts"
    if fonts.is_dir():  # cutting them takes seconds, and there is nothing of anybody in them
        shutil.copytree(fonts, homes[0] / "sovang" / "fonts")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(homes[0]))
    monkeypatch.setenv("TMPDIR", str(homes[1]))
    monkeypatch.setattr("tempfile.tempdir", str(homes[1]))
    monkeypatch.setenv("SOVANG_BACKUPS", str(homes[2]))
    return [*homes, own_state, tmp_path / "office.sovang"]


def work(tmp_path: Path, book: Path) -> None:
    """A day of an office: people by hand and by list, a photo, discipline, settings, a decision, papers, safety."""
    words, photo, listed = tmp_path / "words", tmp_path / "photo.png", tmp_path / "list.csv"
    words.write_text(WORDS, "utf-8")
    Image.new("RGB", (300, 400), (120, 90, 60)).save(photo)
    listed.write_text(
        f"Họ và tên,Ngày sinh,Số CCCD,Ghi chú\n{PEOPLE[1][0]},{PEOPLE[1][1]},{PEOPLE[1][2]},{NOTE}\n", "utf-8"
    )
    out = tmp_path / "out"
    out.mkdir()

    def did(*given: str | Path, codes: tuple[int, ...] = (0,)) -> None:
        lock_all()
        command = ["--lang", "en", "--book", book, "--passphrase-file", words, *given]
        assert main.main([str(each) for each in command]) in codes, given

    name, born, number, phone, religion, home = PEOPLE[0]
    did("book", "new", book, *OFFICE, "--sealed", "--recovery-out", tmp_path / "recovery")
    did("config", "set", "signers.papers.name", SIGNER)
    did("roster", "add", f"name={name}", f"born={born}", f"national_id={number}", f"phone={phone}",
        f"religion={religion}", f"residence={home}")  # fmt: skip
    did("roster", "import", listed, "--role", "reporter", "--level", "commune")
    did("roster", "set", "TN-P-00002", f"religion={PEOPLE[1][4]}", f"residence={PEOPLE[1][5]}", f"phone={PEOPLE[1][3]}")
    did("roster", "photo", "TN-P-00001", photo)
    did(
        "roster",
        "discipline",
        "TN-P-00002",
        "--opened",
        "01/02/2025",
        "--measure",
        "reprimand",
        "--decided",
        "01/3/2025",
        "--number",
        WHY,
    )
    did("award", "decide", "--number", "05-QĐ/ĐU", "--day", "01/6/2026", "--prize", "party-merit-year", "--people",
        "TN-P-00001", "--citation", "Đã hoàn thành xuất sắc nhiệm vụ năm 2025", "--from", "01/01/2025", "--to",
        "31/12/2025", "--signer-title", "BÍ THƯ", "--signer-name", SIGNER)  # fmt: skip
    did("check", "--role", "reporter", codes=(0, 1))
    did("today", codes=(0, 1))
    did("roster", "export", out / "people.xlsx")
    did("certificate", "print", "--decision", "05-QĐ/ĐU", "--out", out / "page.pdf")
    did("book", "undo")
    did("book", "redo")
    did("book", "verify", "--deep")
    did("book", "backup")
    kept = next((tmp_path / "kept").glob("*.zip"))
    did("book", "restore", kept, tmp_path / "temporary" / "restored.sovang")
    did("book", "as-of", "3", tmp_path / "temporary" / "past.sovang")
    did("book", "log")
    did("book", "hand-over", "--to", "Lê Văn Ví", "--out", tmp_path / "parcel")
    shutil.copytree(tmp_path / "parcel", tmp_path / "temporary" / "parcel", ignore=lambda _, names: [
        each for each in names if each.endswith((".pdf", ".docx", ".json"))  # the papers are papers
    ])  # fmt: skip
    did("roster", "add", "name=", codes=(2,))


def forms(word: str) -> Iterator[bytes]:
    """The bytes in which a word may stand in a file."""
    for text in {word, word.upper(), word.lower(), unicodedata.normalize("NFD", word)}:
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        yield text.encode("ascii", "backslashreplace")
    yield word.encode("unicode_escape")


def insides(content: bytes, depth: int = _DEEP) -> Iterator[bytes]:
    """A file's bytes, and all that is packed or written in base64 in them."""
    yield content
    if not depth:
        return
    for inner in (*_members(content), *_inflated(content), *_from_base64(content)):
        yield from insides(inner, depth - 1)


def _members(content: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            yield from (zipped.read(each) for each in zipped.namelist())


def _inflated(content: bytes) -> Iterator[bytes]:
    for mark in (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x9c", b"\x78\xda", b"\x78\x5e"):
        at = content.find(mark)
        while at >= 0:
            try:
                inner = zlib.decompressobj(32 + zlib.MAX_WBITS).decompress(content[at:])
            except zlib.error:
                inner = b""
            if len(inner) > 8:
                yield inner
            at = content.find(mark, at + 1)


def _from_base64(content: bytes) -> Iterator[bytes]:
    for run in _RUN.findall(content):
        for start in range(4):
            part = run[start:].rstrip(b"=")
            part = part[:-1] if len(part) % 4 == 1 else part
            part += b"=" * (-len(part) % 4)
            for told in (part, part.translate(bytes.maketrans(b"-_", b"+/"))):
                try:
                    yield base64.b64decode(told, validate=True)
                except binascii.Error:
                    continue


def leaks(folders: list[Path]) -> list[str]:
    """Which word of whom stands in which file, or in its name."""
    wanted = {form: word for word in TOLD for form in forms(word)}
    found = []
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            held = [*insides(path.read_bytes()), str(path.relative_to(folder)).encode()]
            found += [f"{path}: {word}" for form, word in wanted.items() if any(form in each for each in held)]
    return found


def test_no_file_says_a_word_of_anybody(places: list[Path], tmp_path: Path) -> None:
    book = places[-1]
    work(tmp_path, book)
    lock_all()
    left = [each for folder in places for each in folder.rglob("*") if each.is_file()]
    kinds = {each.name.partition("-")[0].partition(".")[0] for each in left}
    assert {"book", "journal", "keys", "office", "index", "TN", "certificates"} <= kinds, kinds
    assert len(left) > 33
    assert leaks(places) == []


def test_the_search_sees_a_word_however_it_is_hidden(places: list[Path]) -> None:
    name = PEOPLE[0][0]
    hidden = {
        "plain": f"x{name}y".encode(),
        "utf16": name.encode("utf-16"),
        "escaped": name.encode("ascii", "backslashreplace"),
        "base64": b"ab" + base64.b64encode(b"xy" + name.encode()),
        "deflated": b"junk" + zlib.compress(name.encode() * 3),
        "both": base64.b64encode(zlib.compress(b"z" + name.encode() * 3)),
        "decomposed": unicodedata.normalize("NFD", name).encode(),
    }
    for kind, content in hidden.items():
        (places[0] / kind).write_bytes(content)
    with zipfile.ZipFile(places[0] / "zipped", "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a", name)
    assert {each.partition(": ")[0].rpartition(os.sep)[2] for each in leaks(places)} == {*hidden, "zipped"}
