"""A book is handed over as a parcel and taken over on another machine; a damaged or foreign parcel is refused."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pypdfium2  # type: ignore[import-untyped]
import pytest

import main
from records.store.book import Book
from tests.crash.full_disk import prepared
from tests.tui.cli.conftest import Run


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A parcel of a book with decisions and a key, made once."""
    folder = tmp_path_factory.mktemp("handed")

    def run(*words: str | Path) -> Any:
        with redirect_stdout(StringIO()) as said:
            assert main.main(["--lang", "en", "--json", *(str(each) for each in words)]) == 0, said.getvalue()
        return json.loads(said.getvalue())

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOVANG_STATE", str(folder / "state"))
        book = prepared(folder)
        run("--book", book, "certificate", "print", "--decision", "15-QĐ/BTG", "--out", folder / "a.pdf")
        words = ("--to", "Lê Văn Ví", "--giver", "Trần Thị Mẫu", "--held", "Con dấu: tủ số 2", "--number", "3-BB")
        told = run("--book", book, "book", "hand-over", *words, "--out", folder / "usb")
        assert (told["giver"], told["to"], len(told["key"])) == ("Trần Thị Mẫu", "Lê Văn Ví", 64)
        (line,) = run("--book", book, "book", "log", "--limit", "1")["changes"]
        assert (line["action"], line["about"]) == ("book.hand_over", f"to Lê Văn Ví, change {told['seq']}")
    return folder / "usb"


@pytest.fixture
def given(handed_over: Path, tmp_path: Path) -> Path:
    """A copy of that parcel, as it comes on a stick."""
    return shutil.copytree(handed_over, tmp_path / "usb")


def test_the_paper_says_who_gives_what_to_whom_in_word_and_pdf(given: Path) -> None:
    check = json.loads((given / "parcel.json").read_bytes())["key"][:16]
    pages = pypdfium2.PdfDocument(given / "bien-ban-ban-giao.pdf")
    pdf = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    document = docx.Document(str(given / "bien-ban-ban-giao.docx"))
    word = " ".join(each.text for each in document.paragraphs)
    word += " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for phrase in (
        "BIÊN BẢN", "bàn giao sổ thi đua, khen thưởng", "Bên giao: Trần Thị Mẫu", "Bên nhận: Lê Văn Ví", "3-BB",
        "Con dấu", "tủ số 2", check, ".backup.zip",
    ):  # fmt: skip
        assert phrase in pdf, phrase
        assert phrase in " ".join(word.split()), phrase


def test_the_other_side_checks_and_has_the_same_book_with_its_key(run: Run, given: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.sovang"
    code, told = run("book", "take-over", given, target, "--dry-run")
    assert (code, target.exists()) == (0, False)
    code, again = run("book", "take-over", given, target, "--check", told["check"].upper())
    assert (code, again["seq"], again["hash"]) == (0, told["seq"], told["hash"])
    assert run("--book", target, "book", "verify", "--deep")[0] == 0
    (line, *_) = run("--book", target, "book", "log")[1]["changes"]
    assert (line["action"], line["about"]) == ("book.take_over", f"from Trần Thị Mẫu, change {told['seq']}")
    with Book.open(target, actor="x", read_only=True) as there:
        assert (there.path / "files" / "keys" / "certificates.key").is_file()
    code, refused = run("book", "take-over", given, target)
    assert (code, "already" in refused["error"]["what"]) == (3, True)


def cut(parcel: Path) -> None:
    (backup,) = parcel.glob("*.zip")
    backup.write_bytes(backup.read_bytes()[:-100])


def turned(parcel: Path) -> None:
    (backup,) = parcel.glob("*.zip")
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)


def changed(**told: object) -> Callable[[Path], None]:
    def change(parcel: Path) -> None:
        path = parcel / "parcel.json"
        path.write_text(json.dumps({**json.loads(path.read_bytes()), **told}), "utf-8")

    return change


def exchanged(parcel: Path) -> None:
    """The key inside the backup is another one, and every hash of the parcel was made to fit."""
    import hashlib

    (backup,) = parcel.glob("*.zip")
    with zipfile.ZipFile(backup) as zipped:
        files = {each: zipped.read(each) for each in zipped.namelist()}
    manifest = json.loads(files["manifest.json"])
    name = next(each for each in files if each.endswith("certificates.pub"))
    files[name] = files[name].replace(b"A", b"B", 1)
    manifest["files"][name] = hashlib.sha256(files[name]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(backup, "w") as zipped:
        for each, content in files.items():
            zipped.writestr(each, content)
    told = json.loads((parcel / "parcel.json").read_bytes())
    content = backup.read_bytes()
    told["files"][backup.name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (parcel / "parcel.json").write_text(json.dumps(told), "utf-8")


SPOILT: dict[str, Callable[[Path], object]] = {
    "backup cut": cut,
    "backup turned": turned,
    "paper missing": lambda parcel: (parcel / "bien-ban-ban-giao.pdf").unlink(),
    "paper changed": lambda parcel: (parcel / "bien-ban-ban-giao.docx").write_bytes(b"other"),
    "no manifest": lambda parcel: (parcel / "parcel.json").unlink(),
    "manifest no json": lambda parcel: (parcel / "parcel.json").write_text("{", "utf-8"),
    "manifest a list": lambda parcel: (parcel / "parcel.json").write_text("[]", "utf-8"),
    "another kind": changed(kind="other"),
    "a newer format": changed(format=99),
    "another book": changed(book="0" * 32),
    "another change": changed(seq=1),
    "another hash": changed(hash="0" * 64),
    "another key": changed(key="0" * 64),
    "another office": changed(office="XYZ"),
    "a file outside": changed(files={"../x": {"size": 1, "sha256": "0"}}),
    "no file": changed(files={}),
    "key exchanged": exchanged,
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_parcel_that_is_not_what_was_handed_over_is_refused_in_a_sentence_and_leaves_nothing(
    run: Run, given: Path, tmp_path: Path, spoil: str
) -> None:
    SPOILT[spoil](given)
    before = sorted(each.name for each in tmp_path.iterdir())
    code, told = run("book", "take-over", given, tmp_path / "there.sovang")
    assert (code, sorted(each.name for each in tmp_path.iterdir())) == (3, before), told
    assert told["error"]["what"]
    assert told["error"]["do"]


def test_no_room_to_look_at_a_parcel_or_a_backup_is_no_damage_of_it(
    run: Run, given: Path, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--book", book, "book", "backup", "--to", tmp_path / "usb")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))
    for words in ((tmp_path / "there.sovang",), ("--dry-run",)):
        code, told = run("book", "take-over", given, *words)
        assert (code, "no room" in told["error"]["what"], "damaged" in told["error"]["what"]) == (3, True, False)
    code, told = run("--book", book, "book", "backups", "--to", tmp_path / "usb")
    assert (code, [each["whole"] for each in told["backups"]]) == (1, [None])


def test_any_folder_is_no_parcel_and_another_code_is_not_the_one_on_the_paper(
    run: Run, given: Path, tmp_path: Path
) -> None:
    for foreign in (tmp_path, tmp_path / "nowhere", given / "parcel.json"):
        code, told = run("book", "take-over", foreign, tmp_path / "there.sovang")
        assert (code, "no parcel" in told["error"]["what"]) == (3, True)
    for words in ((tmp_path / "there.sovang",), ("--dry-run",)):
        code, told = run("book", "take-over", given, *words, "--check", "0123456789abcdef")
        assert (code, "not the one on the paper" in told["error"]["what"]) == (3, True)
    assert not (tmp_path / "there.sovang").exists()


def test_nothing_is_half_made_where_a_handing_over_cannot_be(run: Run, book: Path, tmp_path: Path) -> None:
    def hand_over(*words: str | Path) -> int:
        return run("--book", book, "book", "hand-over", *words)[0]

    taken = tmp_path / "taken"
    taken.mkdir()
    before = run("--book", book, "book", "info")[1]["seq"]
    assert hand_over("--to", " ", "--out", tmp_path / "a") == 2
    assert hand_over("--to", "Ai", "--out", taken) == 3
    assert hand_over("--to", "Ai ☃", "--out", tmp_path / "a") == 2, "the paper cannot be set"
    bare = tmp_path / "bare.sovang"
    assert run("book", "new", bare)[0] == 0
    assert run("--book", bare, "book", "hand-over", "--to", "Ai", "--out", tmp_path / "a")[0] == 2
    segment = max(book.glob("journal-*.jsonl"))
    assert run("--book", book, "book", "info")[1]["seq"] == before
    keyless = shutil.copytree(book, tmp_path / "keyless.sovang")
    with Book.open(keyless, actor="x") as opened:
        opened.note("certificate.key", about="0" * 64)
    words = ("book", "hand-over", "--to", "Ai", "--out", tmp_path / "a")
    assert run("--book", keyless, *words)[0] == 3, "nobody could take it over"
    content = bytearray(segment.read_bytes())
    content[60] ^= 1
    spoilt = tmp_path / "spoilt.sovang"
    shutil.copytree(book, spoilt)
    (spoilt / segment.name).write_bytes(content)
    assert run("--book", spoilt, "book", "hand-over", "--to", "Ai", "--out", tmp_path / "a")[0] == 3
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("a")]
