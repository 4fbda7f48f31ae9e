"""A sealed book by the command line: what opens it, what is said when it does not, and what can be done without."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

import main
from records.store.access import signing
from records.store.sealing.ring import encoded, is_sealed, read_ring
from records.store.sealing.unlocking import lock_all
from tests.records.store.sealing.sealed import OTHER, WORDS
from tests.records.store.sealing.test_remembered import Memory
from tests.tui.cli.conftest import OFFICE, Run

ROOT = Path(__file__).parents[3]
WHO = "Nguyễn Thị Đỗ Quyên"


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long wrong passphrases were let wait, without waiting."""
    seconds: list[float] = []
    monkeypatch.setattr("records.store.sealing.tries.time.sleep", seconds.append)
    return seconds


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words"
    path.write_text(WORDS + "\n", "utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other"
    path.write_text("\ufeff" + OTHER + "\r\n", "utf-8")
    return path


@pytest.fixture
def sealed(tmp_path: Path, run: Run, words: Path) -> Path:
    """A sealed book with one person, locked again."""
    path = tmp_path / "office.sovang"
    given = ("--sealed", "--key-name", "lan", "--passphrase-file", words, "--recovery-out", tmp_path / "recovery")
    assert run("book", "new", path, *OFFICE, *given)[0] == 0
    assert run("--book", path, "roster", "add", f"name={WHO}")[0] == 0
    lock_all()
    return path


def locked(run: Run, *given: str | Path) -> tuple[int, str]:
    """Exit code and sentence of a command in a process that knows no key."""
    lock_all()
    code, told = run(*given)
    lock_all()
    return code, told["error"]["what"] + " · " + told["error"]["do"] if "error" in told else ""


def test_without_a_passphrase_one_sentence_says_how_it_is_given(sealed: Path, run: Run) -> None:
    for given in (("roster", "list"), ("book", "log"), ("book", "as-of", "1"), ("book", "repair"), ("book", "accept")):
        code, said = locked(run, "--book", sealed, *given)
        assert code == 3, given
        assert "sealed" in said
        assert "--passphrase-file" in said


def test_the_passphrase_comes_from_a_file_the_environment_or_a_pipe(sealed: Path, words: Path, tmp_path: Path) -> None:
    clean = {**os.environ, "SOVANG_STATE": str(tmp_path / "state")}

    def asked(*given: str, piped: str = "", **environment: str) -> tuple[int, str]:
        command = [sys.executable, str(ROOT / "main.py"), "--lang", "en", "--book", str(sealed), *given]
        done = subprocess.run(
            command, cwd=ROOT, env={**clean, **environment}, input=piped, capture_output=True, text=True, check=False,
            encoding="utf-8",
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    for given, piped, environment in (
        (("--passphrase-file", str(words)), "", {}),
        (("--passphrase-file", "-"), f"{WORDS}\n", {}),
        ((), "", {"SOVANG_PASSPHRASE_FILE": str(words)}),
        ((), "", {"SOVANG_PASSPHRASE": WORDS}),
    ):
        code, said = asked("roster", "list", *given, piped=piped, **environment)
        assert (code, WHO in said) == (0, True), said
    code, said = asked("roster", "list", SOVANG_PASSPHRASE="sai hoàn toàn rồi")
    assert code == 3
    assert "attempt 1" in said
    assert "recovery key" in said
    code, said = asked("roster", "list", SOVANG_PASSPHRASE=WORDS)
    assert "typed 1 times" in said, "who opens it next learns of it"
    assert "typed" not in asked("roster", "list", SOVANG_PASSPHRASE=WORDS)[1]


def test_wrong_passphrases_are_counted_and_each_waits_longer(
    sealed: Path, other: Path, run: Run, slept: list[float]
) -> None:
    for number in range(1, 8):
        code, said = locked(run, "--book", sealed, "--passphrase-file", other, "roster", "list")
        assert code == 3
        assert f"attempt {number}" in said
    assert slept == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_verify_and_backup_need_none_and_a_backup_opens_by_the_same_passphrase(
    sealed: Path, words: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = run("--book", sealed, "book", "verify")
    assert (code, told["whole"]) == (0, True)
    assert any("without its key" in each for each in told["lines"])
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "kept"))
    code, made = run("--book", sealed, "book", "backup")
    assert code == 0
    code, said = locked(run, "book", "restore", made["file"], tmp_path / "b.sovang")
    assert (code, "sealed" in said) == (3, True)
    assert not (tmp_path / "b.sovang").exists()
    assert run("book", "restore", made["file"], tmp_path / "b.sovang", "--passphrase-file", words)[0] == 0
    lock_all()
    code, told = run("--book", tmp_path / "b.sovang", "roster", "list", "--passphrase-file", words)
    assert [each["name"] for each in told["people"]] == [WHO]


def test_a_forgotten_passphrase_is_renewed_by_the_recovery_key_once_it_is_typed_right(
    sealed: Path, words: Path, other: Path, run: Run, tmp_path: Path
) -> None:
    key = (tmp_path / "recovery").read_text("ascii").strip()
    wrong = tmp_path / "wrong"
    wrong.write_text(key[:6] + ("A" if key[6] != "A" else "B") + key[7:], "ascii")
    code, said = locked(
        run, "--book", sealed, "book", "key", "recover", "lan", "--recovery-file", wrong, "--new-passphrase-file", other
    )
    assert (code, "Group 2" in said) == (2, True)
    given = ("--recovery-file", tmp_path / "recovery", "--new-passphrase-file", other)
    assert run("--book", sealed, "book", "key", "recover", "lan", *given)[0] == 0
    assert locked(run, "--book", sealed, "--passphrase-file", words, "roster", "list")[0] == 3
    assert run("--book", sealed, "--passphrase-file", other, "roster", "list")[0] == 0
    code, told = run("--book", sealed, "book", "key", "print")
    lock_all()
    again = ("--recovery-file", tmp_path / "recovery", "--new-passphrase-file", words)
    assert locked(run, "--book", sealed, "book", "key", "recover", "lan", *again)[0] == 3, "the old paper opens nothing"
    (tmp_path / "recovery").write_text(told["recovery_key"], "ascii")
    assert run("--book", sealed, "book", "key", "recover", "lan", *again)[0] == 0
    code, told = run("--book", sealed, "book", "log")
    assert [each["action"] for each in told["changes"][:3]] == [
        "book.key_recover",
        "book.key_print",
        "book.key_recover",
    ]


def test_a_key_of_another_person_opens_until_it_is_taken_away(sealed: Path, words: Path, other: Path, run: Run) -> None:
    own = ("--book", sealed, "--passphrase-file", words)
    assert run(*own, "book", "key", "add", "Hùng", "--new-passphrase-file", other)[0] == 0
    lock_all()
    assert run("--book", sealed, "--passphrase-file", other, "roster", "list")[0] == 0
    lock_all()
    told = run("--book", sealed, "book", "key", "list")[1]
    assert told == {"people": ["lan", "Hùng"], "recovery": True, "generation": 0, "remembered": False}
    assert run(*own, "book", "key", "remove", "hùng")[0] == 0
    assert locked(run, "--book", sealed, "--passphrase-file", other, "roster", "list")[0] == 3
    code, said = locked(run, *own, "book", "key", "remove", "lan")
    assert (code, "only key" in said) == (1, True)


def test_a_book_that_is_there_is_sealed_in_one_act_and_what_stays_unsealed_is_named(
    book: Path, words: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "kept"))
    run("--book", book, "roster", "add", f"name={WHO}")
    older = run("--book", book, "book", "backup")[1]["file"]
    mark = run("--book", book, "book", "info")[1]
    code, told = run("--book", book, "book", "seal", "--yes", "--passphrase-file", words)
    assert (code, told["unsealed_backups"], told["not_wiped"]) == (1, [older], [])
    assert len(told["recovery_key"].split("-")) == 8
    assert locked(run, "--book", book, "roster", "list")[0] == 3
    code, told = run("--book", book, "--passphrase-file", words, "roster", "list")
    assert [each["name"] for each in told["people"]] == [WHO]
    code, told = run("--book", book, "book", "verify", "--mark", f"{mark['seq']} · {mark['hash'][:16]}")
    assert (code, told["whole"]) == (0, True), told["lines"]
    assert not [each for each in book.rglob("*") if each.is_file() and WHO.encode() in each.read_bytes()]


def test_a_parcel_of_a_sealed_book_is_taken_over_by_who_knows_the_passphrase(
    sealed: Path, words: Path, run: Run, tmp_path: Path
) -> None:
    given = ("--to", "Lê Văn Ví", "--out", tmp_path / "parcel")
    assert run("--book", sealed, "--passphrase-file", words, "book", "hand-over", *given)[0] == 0
    assert locked(run, "book", "take-over", tmp_path / "parcel", tmp_path / "b.sovang")[0] == 3
    assert run("book", "take-over", tmp_path / "parcel", "--dry-run")[0] == 0, "whether it is whole needs no key"
    taken = run("book", "take-over", tmp_path / "parcel", tmp_path / "b.sovang", "--passphrase-file", words)
    assert taken[0] == 0, taken
    lock_all()
    _, told = run("--book", tmp_path / "b.sovang", "--passphrase-file", words, "roster", "list")
    assert [each["name"] for each in told["people"]] == [WHO]


def test_nothing_is_left_of_a_book_that_could_not_be_made(words: Path, run: Run, tmp_path: Path) -> None:
    given = ("--sealed", "--passphrase-file", words, "--recovery-out", tmp_path / "recovery", "--theme", "pink")
    code, _ = run("book", "new", tmp_path / "a.sovang", *given)
    assert code == 2
    assert not (tmp_path / "a.sovang").exists()
    assert not (tmp_path / "recovery").exists()


def test_settings_changed_in_a_sealed_book_hold_and_lie_sealed(sealed: Path, words: Path, run: Run) -> None:
    own = ("--book", sealed, "--passphrase-file", words)
    assert run(*own, "config", "set", "signers.papers.name", WHO)[0] == 0
    lock_all()
    assert run(*own, "config", "show", "signers.papers.name")[1]["settings"][0]["value"] == WHO
    lock_all()
    assert run(*own, "book", "undo")[0] == 0
    lock_all()
    code, told = run(*own, "book", "verify", "--deep")
    assert (code, told["whole"]) == (0, True), told
    assert not any("outside" in each for each in told["lines"])


def test_the_terminal_is_asked_twice_for_a_new_one_and_again_for_a_wrong_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = [WORDS, OTHER, WORDS, WORDS, "sai hoàn toàn rồi", WORDS]
    monkeypatch.setattr("tui.cli.passphrases.is_terminal", lambda: True)
    monkeypatch.setattr("tui.cli.passphrases.getpass.getpass", lambda *_: typed.pop(0))
    path = tmp_path / "a.sovang"
    assert main.main(["--lang", "en", "book", "new", str(path), "--sealed"]) == 2
    assert "not the same" in capsys.readouterr().err
    assert not path.exists()
    assert main.main(["--lang", "en", "book", "new", str(path), "--sealed"]) == 0
    assert "shown this once" in capsys.readouterr().out
    assert [each.kind for each in read_ring(path).holders] == ["person", "recovery"]
    lock_all()
    assert main.main(["--lang", "en", "--book", str(path), "roster", "list"]) == 0
    assert "attempt 1" in capsys.readouterr().err
    assert not typed


@pytest.fixture
def keyring_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """A keyring of the test, as the one of this computer."""
    before, made = keyring.core._keyring_backend, Memory()
    keyring.set_keyring(made)
    yield made
    keyring.core._keyring_backend = before


def test_the_keyring_opens_the_book_until_it_is_told_to_forget_it(
    sealed: Path, words: Path, other: Path, run: Run, keyring_here: Memory
) -> None:
    own = ("--book", sealed, "--passphrase-file", words)
    code, told = run(*own, "book", "key", "remember")
    assert (code, told) == (0, {"name": "lan", "keyring": "Test keyring"})
    lock_all()
    assert [each["name"] for each in run("--book", sealed, "roster", "list")[1]["people"]] == [WHO]
    lock_all()
    assert run("--book", sealed, "book", "key", "list")[1]["remembered"] is True
    assert run(*own, "book", "key", "change", "--new-passphrase-file", other)[0] == 0
    lock_all()
    assert run("--book", sealed, "roster", "list")[0] == 0, "it follows another passphrase"
    lock_all()
    held, keyring_here.held = keyring_here.held, {}
    code, said = locked(run, "--book", sealed, "roster", "list")
    assert (code, "sealed" in said) == (3, True)
    assert run("--book", sealed, "book", "verify")[0] == 0, "what needs no key is done without"
    keyring_here.held = held
    assert run("--book", sealed, "book", "key", "forget")[1] == {"forgotten": True}
    assert not keyring_here.held
    assert locked(run, "--book", sealed, "roster", "list")[0] == 3
    assert run("--book", sealed, "book", "key", "forget")[1] == {"forgotten": False}


def test_a_book_is_sealed_and_remembered_at_once_or_neither(
    book: Path, words: Path, run: Run, keyring_here: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "kept"))
    given = ("--book", book, "book", "seal", "--yes", "--remember", "--passphrase-file", words)
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    code, said = locked(run, *given)
    assert (code, "no keyring" in said, is_sealed(book)) == (2, True, False)
    keyring.set_keyring(keyring_here)
    assert run(*given)[0] == 0
    lock_all()
    assert run("--book", book, "roster", "list")[0] == 0


def test_a_keyring_that_refuses_takes_nothing_back_that_was_done(
    book: Path, words: Path, other: Path, run: Run, keyring_here: Memory, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Else the recovery key, which is shown once, and that the passphrase is another, would never be told."""
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "kept"))
    keyring_here.refuses = True
    code, told = run("--book", book, "book", "seal", "--yes", "--remember", "--passphrase-file", words)
    assert (code, is_sealed(book), len(told["recovery_key"]) > 40) == (0, True, True)
    own = ("--book", book, "--passphrase-file", words)
    keyring_here.refuses = False
    assert run(*own, "book", "key", "remember")[0] == 0
    keyring_here.refuses = True
    code = main.main(["--lang", "en", *map(str, own), "book", "key", "change", "--new-passphrase-file", str(other)])
    said = capsys.readouterr()
    assert (code, "is another now" in said.out) == (0, True)
    assert "refused: locked; the passphrase is asked for. Later: “book key remember”" in said.err
    lock_all()
    code, said_then = locked(run, "--book", book, "roster", "list")
    assert (code, "sealed" in said_then) == (3, True)
    assert run("--book", book, "--passphrase-file", other, "roster", "list")[0] == 0


def test_whose_key_is_taken_away_with_a_new_book_key_reads_nothing_written_since(
    sealed: Path, words: Path, other: Path, run: Run
) -> None:
    own = ("--book", sealed, "--passphrase-file", words)
    run(*own, "book", "key", "add", "Hùng", "--new-passphrase-file", other)
    lock_all()
    ring = read_ring(sealed)
    code, told = run(*own, "book", "key", "remove", "Hùng", "--renew")
    assert (code, told) == (0, {"people": ["lan"], "generation": 1, "recovery_key": ""})
    lock_all()
    run(*own, "roster", "add", "name=Trần Văn Mới")
    lock_all()
    assert run(*own, "book", "key", "renew")[1]["generation"] == 2
    lock_all()
    told = run(*own, "roster", "list")[1]
    assert [each["name"] for each in told["people"]] == ["Trần Văn Mới", WHO]
    assert [each["action"] for each in run(*own, "book", "log")[1]["changes"]].count("book.key_renew") == 2
    assert run(*own, "book", "verify", "--deep")[1]["whole"]
    lock_all()
    assert locked(run, "--book", sealed, "--passphrase-file", other, "roster", "list")[0] == 3
    for name in ("keys.json", "keys-spare.json"):  # the ring that Hùng kept opens what he could read before
        (sealed / name).write_bytes(encoded(ring))
    told = run("--book", sealed, "--passphrase-file", other, "roster", "list")[1]
    assert [each["name"] for each in told["people"]] == [WHO]
    assert run("--book", sealed, "--passphrase-file", other, "book", "verify", "--deep")[0] == 3


def test_a_book_with_accounts_says_before_it_is_sealed_who_opens_it_then(
    book: Path, words: Path, other: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "kept"))
    third = tmp_path / "third"
    third.write_text("sông lấp bờ nam cũ", "utf-8")
    as_lan = ("--book", book, "--sign-as", "lan", "--passphrase-file", words)
    assert run("--book", book, "access", "add", "lan", "--role", "keeper", "--new-passphrase-file", words)[0] == 0
    assert run(*as_lan, "access", "add", "binh", "--role", "officer", "--new-passphrase-file", other)[0] == 0
    monkeypatch.setattr("tui.cli.passphrases.is_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda *_: "no")
    assert main.main(["--lang", "en", *map(str, as_lan), "book", "seal"]) == 2
    assert "with the passphrases that they have: binh" in capsys.readouterr().out
    assert not is_sealed(book)
    code, told = run(*as_lan, "book", "seal", "--yes")
    assert (code, told["people"]) == (0, ["lan", "binh"])
    signing.release_all()
    lock_all()
    assert run("--book", book, "--passphrase-file", other, "roster", "add", "name=Của Bình")[0] == 0
    assert run("--book", book, "book", "log", "--limit", "1")[1]["changes"][0]["actor"] == "binh"
    signing.release_all()
    lock_all()
    assert (
        run("--book", book, "--passphrase-file", words, "access", "reset", "binh", "--new-passphrase-file", third)[0]
        == 0
    )
    signing.release_all()
    assert locked(run, "--book", book, "--passphrase-file", other, "roster", "list")[0] == 3
    assert run("--book", book, "--passphrase-file", third, "access", "who")[1]["name"] == "binh"
    signing.release_all()
    lock_all()
    code, told = run("--book", book, "--passphrase-file", words, "access", "remove", "binh", "--renew")
    assert (code, told["name"], told["recovery_key"]) == (0, "binh", "")
    assert len(read_ring(book).older) == 1
    signing.release_all()
    assert locked(run, "--book", book, "--passphrase-file", third, "roster", "list")[0] == 3


def test_what_a_book_that_is_not_sealed_has_no_key_for_is_refused_before_an_account_goes(
    book: Path, words: Path, other: Path, run: Run, tmp_path: Path
) -> None:
    as_lan = ("--book", book, "--sign-as", "lan", "--passphrase-file", words)
    run("--book", book, "access", "add", "lan", "--role", "keeper", "--new-passphrase-file", words)
    run(*as_lan, "access", "add", "binh", "--role", "officer", "--new-passphrase-file", other)
    code, said = locked(run, *as_lan, "access", "remove", "binh", "--renew", "--recovery-out", tmp_path / "paper")
    assert (code, "not sealed" in said) == (2, True)
    assert not (tmp_path / "paper").exists()
    assert [each["removed"] for each in run(*as_lan, "access", "list")[1]["accounts"]] == [None, None]
    assert locked(run, *as_lan, "access", "remove", "binh", "--recovery-out", tmp_path / "paper")[0] == 2
    signing.release_all()


def leave() -> None:
    """As the end of the program does."""
    lock_all()
    signing.release_all()


def test_who_forgot_opens_a_book_with_accounts_by_the_recovery_key_and_signs_when_given_another(
    sealed: Path, words: Path, other: Path, run: Run, tmp_path: Path
) -> None:
    """The key for signing was behind the passphrase; that somebody got in by the printed key is in history."""
    lan = ("--book", sealed, "--passphrase-file", words)
    assert run(*lan, "access", "add", "lan", "--role", "keeper", "--new-passphrase-file", words)[0] == 0
    third = tmp_path / "third"
    third.write_text("sông lấp bờ nam cũ", "utf-8")
    assert run(*lan, "access", "add", "binh", "--role", "officer", "--new-passphrase-file", third)[0] == 0
    leave()
    recover = ("--recovery-file", tmp_path / "recovery", "--new-passphrase-file", other)
    assert run("--book", sealed, "book", "key", "recover", "binh", *recover)[0] == 0
    leave()
    binh = ("--book", sealed, "--passphrase-file", other)
    assert [each["name"] for each in run(*binh, "roster", "list")[1]["people"]] == [WHO]
    assert run(*binh, "access", "who")[1]["name"] == ""
    code, said = locked(run, *binh, "roster", "add", "name=Ai Đó")
    assert (code, "lan can give another by “access reset binh”" in said) == (2, True)
    leave()
    newest = run(*lan, "book", "log", "--limit", "1")[1]["changes"][0]
    assert newest["action"] == "book.key_recover"
    assert run(*lan, "access", "reset", "binh", "--new-passphrase-file", third)[0] == 0
    leave()
    assert run("--book", sealed, "--passphrase-file", third, "roster", "add", "name=Ai Đó")[0] == 0
    assert run("--book", sealed, "--passphrase-file", third, "book", "verify", "--deep")[1]["whole"]


def test_the_last_keeper_who_forgot_reads_the_book_and_is_told_that_nothing_more_can_be_written(
    sealed: Path, words: Path, other: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    lan = ("--book", sealed, "--passphrase-file", words)
    assert run(*lan, "access", "add", "lan", "--role", "keeper", "--new-passphrase-file", words)[0] == 0
    leave()
    recover = ("--recovery-file", str(tmp_path / "recovery"), "--new-passphrase-file", str(other))
    assert main.main(["--lang", "en", "--book", str(sealed), "book", "key", "recover", "lan", *recover]) == 0
    assert "nobody else gives accounts: the book can be read, and nothing more be written" in capsys.readouterr().out
    leave()
    assert run("--book", sealed, "--passphrase-file", other, "roster", "list")[0] == 0
    assert run("--book", sealed, "book", "verify")[0] == 0


def test_who_may_only_look_is_told_why_their_own_passphrase_cannot_be_another(
    sealed: Path, words: Path, other: Path, run: Run, tmp_path: Path
) -> None:
    """And not that they may not: everybody gives themselves another, whatever their role."""
    lan, mai = (("--book", sealed, "--passphrase-file", each) for each in (words, other))
    assert run(*lan, "access", "add", "lan", "--role", "keeper", "--new-passphrase-file", words)[0] == 0
    assert run(*lan, "access", "add", "mai", "--role", "reader", "--new-passphrase-file", other)[0] == 0
    third, easy = tmp_path / "third", tmp_path / "easy"
    third.write_text("sông lấp bờ nam cũ", "utf-8")
    easy.write_text("ab", "utf-8")
    leave()
    code, said = locked(run, *mai, "book", "key", "change", "--new-passphrase-file", easy)
    assert (code, "may not do this" in said) == (2, False), said
    leave()
    code, said = locked(run, *mai, "access", "passphrase", "--new-passphrase-file", third)
    assert (code, "book key change" in said) == (2, True), said
    leave()
    assert run(*mai, "book", "key", "change", "--new-passphrase-file", third)[0] == 0
    leave()
    assert run("--book", sealed, "--passphrase-file", third, "access", "who")[1]["name"] == "mai"
