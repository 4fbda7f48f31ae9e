"""Accounts on the command line: who may what is judged and signed, what is sensitive withheld, and looking noted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from records.store.access import signing
from records.store.sealing import secrets, tries, unlocking
from records.store.sealing.secrets import Cost
from tests.tui.cli.conftest import Run

THU = "TN-P-00001"
WORDS = {"lan": "correct horse battery", "binh": "staple paper clip box", "mai": "river stone lamp coat"}
As = Callable[..., tuple[int, Any]]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    monkeypatch.setattr(tries, "_FIRST", 0.001)
    for name in ("SOVANG_AS", "SOVANG_PASSPHRASE_FILE", "SOVANG_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    yield
    signing.release_all()


@pytest.fixture
def by(run: Run, book: Path, tmp_path: Path) -> As:
    """Run a command on the book as somebody: each time a program of its own, that nobody has signed in to."""

    def call(name: str, *words: object) -> tuple[int, Any]:
        signing.release_all()
        signed = ("--sign-as", name, "--passphrase-file", str(secret(tmp_path, name))) if name else ()
        return run("--book", book, *signed, *map(str, words))

    assert call("", "roster", "add", "name=Nguyễn Thị Thử", "religion=Phật giáo", "phone=0900000001")[0] == 0
    assert (
        call("", "access", "add", "lan", "--role", "keeper", "--new-passphrase-file", secret(tmp_path, "lan"))[0] == 0
    )
    for name, role in (("binh", "officer"), ("mai", "reader")):
        new = ("--new-passphrase-file", secret(tmp_path, name))
        assert call("lan", "access", "add", name, "--role", role, *new)[0] == 0
    return call


def secret(folder: Path, name: str) -> Path:
    path = folder / f"{name}.secret"
    path.write_text(WORDS.get(name, "no such words here") + "\n", "utf-8")
    return path


def test_each_change_bears_the_name_of_who_signed_in(by: As) -> None:
    assert by("binh", "roster", "set", THU, "position=Trưởng ban")[0] == 0
    assert by("", "book", "log", "--limit", "1")[1]["changes"][0]["actor"] == "binh"
    assert by("", "book", "verify", "--deep")[1]["whole"]
    code, told = by("", "roster", "set", THU, "position=Phó trưởng ban")
    assert (code, "nobody is signed in" in told["error"]["what"], "--sign-as" in told["error"]["do"]) == (3, True, True)


def test_the_environment_signs_in_as_well(
    by: As, run: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVANG_AS", "binh")
    monkeypatch.setenv("SOVANG_PASSPHRASE_FILE", str(secret(tmp_path, "binh")))
    assert by("", "access", "who")[1]["name"] == "binh"
    assert by("", "roster", "set", THU, "position=Trưởng ban")[0] == 0


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("mai", ("roster", "set", THU, "position=x"), "enter and correct records"),
        ("binh", ("access", "role", "binh", "keeper"), "give and take accounts"),
        ("binh", ("access", "allow", "officer", "accounts"), "give and take accounts"),
        ("binh", ("config", "set", "office.place", "Huế"), "change settings"),
        ("binh", ("roster", "restrict", THU, "--reason", "x"), "restrict and erase"),
        ("binh", ("roster", "held", THU, "--out", "{out}/held.json"), "write sensitive data"),
        ("mai", ("roster", "export", "{out}/list.csv"), "write lists to files"),
        ("mai", ("roster", "list", "--where", "religion=Phật giáo"), "see sensitive data"),
        ("binh", ("access", "looks"), "give and take accounts"),
        ("binh", ("book", "undo"), "take back what others did"),
    ],
)
def test_who_may_not_is_told_who_may_and_nothing_is_done(
    by: As, book: Path, tmp_path: Path, name: str, words: tuple[str, ...], says: str
) -> None:
    before = {each.name: each.read_bytes() for each in (book / "config").iterdir()}
    changes = by("", "book", "info")[1]["seq"]
    code, told = by(name, *(word.format(out=tmp_path) for word in words))
    assert code == 1
    assert says in told["error"]["what"]
    assert "ask who may: " in told["error"]["do"]
    assert by("", "book", "info")[1]["seq"] == changes
    assert {each.name: each.read_bytes() for each in (book / "config").iterdir()} == before
    assert not list(tmp_path.glob("list.csv")) + list(tmp_path.glob("held.json"))


def test_a_reader_sees_nothing_sensitive_and_an_officer_does_and_leaves_a_trace(by: As, tmp_path: Path) -> None:
    for nobody in ("", "mai"):
        told = by(nobody, "roster", "show", THU)[1]
        assert "Phật giáo" not in json.dumps(told, ensure_ascii=False)
        assert "religion" in told["withheld"]
    assert by("binh", "roster", "show", THU)[1]["person"]["religion"] == "Phật giáo"
    out = tmp_path / "list.csv"
    words = ("roster", "export", out, "--columns", "name,religion", "--sensitive")
    assert by("lan", *words)[0] == 0
    looks = by("lan", "access", "looks")[1]["looks"]
    assert [(each["who"], each["person"], each["door"]) for each in looks] == [
        ("lan", THU, str(out)),
        ("binh", THU, "roster show"),
    ]
    assert set(looks[1]["fields"]) == {"phone", "religion"}
    assert looks[0]["fields"] == ["religion"]
    assert by("lan", "access", "looks", "--who", "binh")[1]["looks"] == looks[1:]


def test_rights_are_given_and_taken(by: As) -> None:
    assert by("lan", "access", "allow", "reader", "sensitive", "enter")[1]["acts"] == ["enter", "sensitive"]
    assert by("mai", "roster", "set", THU, "position=Trưởng ban")[0] == 0
    assert by("lan", "access", "deny", "reader", "enter")[0] == 0
    assert by("mai", "roster", "set", THU, "position=Phó")[0] == 1
    code, told = by("lan", "access", "allow", "reader", "everything")
    assert (code, "everything" in told["error"]["what"]) == (2, True)
    assert by("lan", "access", "role", "mai", "king")[0] == 2


def test_an_account_that_was_taken_away_signs_in_no_more(by: As) -> None:
    assert by("lan", "access", "remove", "binh")[0] == 0
    code, told = by("binh", "roster", "set", THU, "position=x")
    assert (code, "was taken away" in told["error"]["what"]) == (2, True)
    assert by("", "book", "verify", "--deep")[1]["whole"]
    held = by("", "access", "list")[1]["accounts"]
    assert [each["name"] for each in held if each["removed"]] == ["binh"]


def test_a_wrong_passphrase_and_a_name_of_nobody_are_one_sentence(by: As, book: Path, run: Run, tmp_path: Path) -> None:
    wrong = ("--sign-as", "binh", "--passphrase-file", secret(tmp_path, "nobody"))
    for attempt in (1, 2):
        signing.release_all()
        code, told = run("--book", book, *wrong, "roster", "list")
        assert (code, f"(attempt {attempt})" in told["error"]["what"]) == (3, True)
    code, told = by("thu", "roster", "list")
    assert (code, "“thu”" in told["error"]["what"], "lan" in told["error"]["do"]) == (2, True, True)


def test_who_forgot_is_given_another_passphrase(by: As, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.secret"
    other.write_text("quite another phrase\n", "utf-8")
    assert by("lan", "access", "reset", "mai", "--new-passphrase-file", other)[0] == 0
    assert by("mai", "access", "who")[0] == 3
    monkeypatch.setitem(WORDS, "mai", "quite another phrase")
    assert by("mai", "access", "who")[1]["name"] == "mai"
    assert by("mai", "access", "passphrase", "--new-passphrase-file", secret(tmp_path, "binh"))[0] == 0
    assert by("", "book", "verify", "--deep")[1]["whole"]


def test_the_record_of_processing_says_who_may_what(by: As, tmp_path: Path) -> None:
    from tests.tui.cli.test_privacy import text_of

    out = tmp_path / "so.pdf"
    assert by("lan", "privacy", "record", "--out", out)[0] == 0
    assert "binh (officer)" in text_of(out)


def test_an_older_book_is_taken_for_the_right_one_by_who_may(by: As, book: Path, tmp_path: Path) -> None:
    shutil.copytree(book, tmp_path / "older")
    assert by("binh", "roster", "set", THU, "position=Trưởng ban")[0] == 0
    shutil.rmtree(book)
    shutil.copytree(tmp_path / "older", book)
    assert by("binh", "roster", "set", THU, "position=Phó")[0] == 3
    assert by("binh", "book", "accept")[0] == 1
    assert by("", "book", "accept")[0] == 3
    code, told = by("lan", "book", "accept")
    assert code == 0, told
    assert by("binh", "roster", "set", THU, "position=Phó")[0] == 0
    assert by("", "book", "verify", "--deep")[1]["whole"]


def test_a_book_with_accounts_is_sealed_and_worked_in_by_one_passphrase(by: As, book: Path, tmp_path: Path) -> None:
    words = ("book", "seal", "--yes", "--key-name", "lan", "--recovery-out", tmp_path / "recovery")
    assert by("binh", *words)[0] == 1
    assert by("lan", *words)[0] in (0, 1)  # 1: something unsealed is left, which is said
    unlocking.lock_all()
    assert by("lan", "roster", "set", THU, "position=Trưởng ban")[0] == 0
    told = by("lan", "book", "verify", "--deep")[1]
    assert told["whole"], told
    assert (
        by("lan", "access", "add", "thu", "--role", "officer", "--new-passphrase-file", secret(tmp_path, "binh"))[0]
        == 0
    )
    unlocking.lock_all()
