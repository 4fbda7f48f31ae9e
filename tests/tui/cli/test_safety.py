"""What keeps a book safe, by the command line: marks, keys, papers, rights, and errors that are sentences."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

import main
from records.store.access import signing
from records.store.book import Book
from records.store.safety.rollback_guard import RollbackGuard
from records.store.sealing import secrets
from records.store.sealing.secrets import Cost
from tests.crash.full_disk import prepared
from tests.records.store.books import add, several_segments
from tests.tui.cli.conftest import OFFICE, Run
from tui.cli.book import safety

ROOT = Path(__file__).parents[3]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A book with decisions and a key, of this form."""
    return prepared(tmp_path)


@pytest.fixture
def _minutes_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each backup is made a minute after the one before it: of one second, none is older than the other."""
    passed = count()
    monkeypatch.setattr(safety, "_now", lambda: datetime(2026, 7, 1, 8) + timedelta(minutes=next(passed)))


def test_the_mark_of_a_paper_is_held_against_the_book(run: Run, old: Path) -> None:
    from config.settings.loading import load_settings
    from records.services.book.backups import mark
    from records.services.office import Office

    with Book.open(old, actor="x", read_only=True) as book:
        printed = str(mark(Office(book, load_settings())))
    assert run("--book", old, "roster", "add", "name=Sau")[0] == 0
    assert run("--book", old, "book", "verify", "--mark", printed)[:1] == (0,)
    digest = printed.rpartition(" ")[2]
    for wrong in (printed.replace(digest, "0123456789abcdef"), printed.replace("16", "99"), "nothing"):
        code, told = run("--book", old, "book", "verify", "--mark", wrong)
        assert (code, told["whole"], len(told["problems"])) == (3, False, 1), wrong
    main.main(["--lang", "vi", "--book", str(old), "book", "verify", "--mark", f"Sổ TN, lần ghi 16, {digest}"])


def test_a_key_that_sealed_is_never_replaced_without_a_word(run: Run, old: Path, tmp_path: Path) -> None:
    words = ("--book", old, "certificate", "print", "--decision", "15-QĐ/BTG", "--out")
    assert run(*words, tmp_path / "a.pdf")[0] == 0
    assert run("--book", old, "book", "log")[1]["changes"][1]["action"] == "certificate.key"
    keys = old / "files" / "keys"
    keys.rename(tmp_path / "gone")
    code, told = run(*words, tmp_path / "b.pdf", "--reissue")
    assert code == 2
    assert "backup" in told["error"]["do"]
    assert not keys.exists()
    code, told = run("--book", old, "book", "verify")
    assert code == 3
    assert {each["where"] for each in told["problems"]} == {
        "files/keys/certificates.key",
        "files/keys/certificates.pub",
    }
    (tmp_path / "gone").rename(keys)
    assert run("--book", old, "book", "verify")[0] == 0


def test_no_page_has_its_own_name_before_its_line_and_a_later_run_cleans_up(
    run: Run, old: Path, tmp_path: Path
) -> None:
    script = (
        "import sys, os, signal; sys.path.insert(0, sys.argv[1]); import main\n"
        "from records.services.awards import decisions\n"
        "decisions.record_print = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        "main.main(sys.argv[2:])\n"
    )
    words = ["--book", str(old), "certificate", "print", "--decision", "15-QĐ/BTG", "--folder", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", script, str(ROOT), *words], check=False)
    assert done.returncode == -signal.SIGKILL
    left = [each.name for each in (tmp_path / "out").rglob("*") if each.is_file()]
    assert left, "the run was killed with everything made"
    assert not [name for name in left if name.endswith(".pdf")]
    assert run(*words)[0] == 0
    assert [each.suffix for each in (tmp_path / "out").rglob("*")] == [".pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists")
def test_everything_made_is_for_its_user_alone(run: Run, old: Path, tmp_path: Path) -> None:
    kept = os.umask(0o022)
    try:
        place = tmp_path / "place"
        place.mkdir()
        made = place / "new.sovang"
        assert run("book", "new", made, *OFFICE)[0] == 0
        assert run("--book", made, "roster", "add", "name=An")[0] == 0
        assert run("--book", made, "book", "log")[0] == 0
        assert run("--book", made, "book", "backup", "--to", place / "saved")[0] == 0
        assert run("--book", made, "roster", "export", place / "list.xlsx")[0] == 0
        assert run("--book", made, "roster", "export", place / "list.csv")[0] == 0
        assert (
            run("--book", old, "certificate", "print", "--decision", "15-QĐ/BTG", "--folder", place / "papers")[0] == 0
        )
        assert run("--book", old, "certificate", "preview", "--decision", "15-QĐ/BTG", "--out", place / "p.png")[0] in (
            0,
            2,
        )
    finally:
        os.umask(kept)
    assert list(place.rglob("*.pdf"))
    for each in [*place.rglob("*"), *Path(os.environ["SOVANG_STATE"]).rglob("*")]:
        assert stat.S_IMODE(each.stat().st_mode) & 0o077 == 0, each


EVIL = "Lê \x1b[31mĐỏ\x1b]0;title\x07\x9b\u202e"


@pytest.mark.parametrize("as_json", [True, False])
def test_control_characters_are_shown_and_never_sent(
    old: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    monkeypatch.setenv("SOVANG_USER", EVIL)
    flags = ["--json"] if as_json else []
    with Book.open(old, actor=EVIL) as book:
        add(book, "An")
        main.main(["--lang", "en", *flags, "--book", str(old), "roster", "add", "name=x"])
    main.main(["--lang", "en", *flags, "--book", str(old), "roster", "add", f"name={EVIL}"])
    main.main(["--lang", "en", *flags, "--book", str(old), "book", "log"])
    main.main(["--lang", "en", *flags, "--book", EVIL, "book", "info"])
    main.main(["--lang", "en", *flags, EVIL])
    out, err = capsys.readouterr()
    for character in "\x1b\x07\x9b\u202e":
        assert character not in out + err
    if as_json:
        changes = [json.loads(line) for line in out.splitlines()]
        assert EVIL in str(changes[0]["error"]["what"])


def test_a_mistake_of_the_program_is_a_sentence_and_a_log_without_values(
    run: Run, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def broken(*_: object, **__: object) -> None:
        name = "Nguyễn Thị Thử"
        raise KeyError(name)

    monkeypatch.setattr("records.store.book.Book.counts", broken)
    code, told = run("--book", old, "book", "info")
    assert code == 4
    assert "KeyError" in told["error"]["what"]
    log = Path(told["error"]["where"]).read_text("utf-8")
    assert "broken" in log
    assert "Thử" not in log


@pytest.mark.parametrize("content", ["[1,2]", "{}", "\x00", "null"])
def test_a_strange_note_of_the_holder_is_no_error(run: Run, old: Path, content: str) -> None:
    with Book.open(old, actor="x"):
        (old / "holder.json").write_text(content)
        code, told = run("--book", old, "roster", "add", "name=An")
    assert code == 3
    assert "held by" in told["error"]["what"]


def test_a_folder_where_a_file_should_be_is_a_sentence(run: Run, old: Path) -> None:
    (old / "index.sqlite").unlink(missing_ok=True)
    (old / "index.sqlite").mkdir()
    assert run("--book", old, "book", "log")[0] == 0
    (old / "holder.json").mkdir()
    assert run("--book", old, "roster", "add", "name=An")[0] == 0


@pytest.mark.parametrize("at", [0, 40, 100, 2000, 3638, 5000])
def test_a_damaged_index_is_made_again(run: Run, old: Path, at: int) -> None:
    whole = run("--book", old, "book", "log")[1]
    index = old / "index.sqlite"
    content = bytearray(index.read_bytes())
    content[at] ^= 0x80
    index.write_bytes(bytes(content))
    assert run("--book", old, "book", "verify")[0] == 0
    assert run("--book", old, "book", "log")[1] == whole


def test_the_head_outside_follows_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heads = RollbackGuard(tmp_path / "one", tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr("records.store.journal.caretaker._EVERY", 0.02)
    monkeypatch.setattr("records.store.book._SECONDS_BEHIND", 0.1)
    book = Book.create(tmp_path / "a.sovang", office="TN", actor="x", heads=heads)
    monkeypatch.setattr("records.store.book._SECONDS_BEHIND", 1e9)
    for _ in range(45):
        add(book, "An")
    known = RollbackGuard(tmp_path / "stick").known(book.id)
    assert known is not None
    assert book.head()[0] - known.seq <= 20
    monkeypatch.setattr("records.store.book._SECONDS_BEHIND", 0.1)
    until = time.monotonic() + 60
    while (known := heads.known(book.id)) is None or known.seq < book.head()[0]:
        assert time.monotonic() < until
        time.sleep(0.02)
    book.close()


def test_what_a_damaged_book_still_tells_ends_with_three_and_the_way_out_is_named_to_the_end(
    run: Run, old: Path
) -> None:
    people = len(run("--book", old, "roster", "list")[1]["people"])
    assert run("--book", old, "roster", "add", "name=Sau")[0] == 0
    journal = max(old.glob("journal-*.jsonl"))
    journal.write_bytes(journal.read_bytes()[:-20] + b"x" * 19 + b"\n")
    for words in (("roster", "list"), ("book", "log"), ("unit", "list"), ("today",), ("book", "info")):
        assert run("--book", old, *words)[0] == 3, words
    code, told = run("--book", old, "book", "repair")
    assert (code, told["repaired"]) == (3, True)
    for again in range(2):
        if again:
            code, told = run("--book", old, "book", "repair")
            assert (code, told["repaired"]) == (3, False)
        assert "book accept" in told["lines"][-1]
    assert "book accept" in run("--book", old, "book", "verify")[1]["lines"][-1]
    code, told = run("--book", old, "roster", "list")
    assert (code, len(told["people"])) == (3, people)
    assert run("--book", old, "book", "accept")[0] == 0
    assert run("--book", old, "book", "verify")[0] == 0
    assert run("--book", old, "book", "repair") == (
        0,
        {"repaired": False, "lines": ["Nothing was wrong; nothing was changed"]},
    )
    assert run("--book", old, "roster", "list")[0] == 0


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "torn": lambda right: right[:-20] + b"\0" * 20,
    "half": lambda right: right[: len(right) // 2] + b": [",
    "without keys": lambda _: b"number_suffix:\n",
    "unknown key": lambda _: b"nobody: 1\n",
    "empty": lambda _: b"",
    "of a list": lambda _: b"- a\n",
}


@pytest.mark.usefixtures("_minutes_pass")
@pytest.mark.parametrize("harm", [*HARMS, "gone", "leads nowhere", "folder"])
def test_settings_of_the_office_that_are_lost_come_back_from_a_backup(
    run: Run, old: Path, tmp_path: Path, harm: str
) -> None:
    own = old / "config" / "office.yaml"
    assert run("--book", old, "config", "set", "office.place", "Thái Nguyên")[0] == 0
    _, saved = run("--book", old, "book", "backup", "--to", tmp_path / "saved")
    right = own.read_bytes()
    own.unlink()
    if harm == "leads nowhere":
        own.symlink_to(tmp_path / "nowhere")
    elif harm == "folder":
        own.mkdir()
    elif harm != "gone":
        own.write_bytes(HARMS[harm](right))
    code, told = run("--book", old, "book", "verify")
    assert (code, told["whole"]) == ((0, True) if harm == "gone" else (3, False)), "deleted by hand is no damage"
    assert "config/office.yaml" in str(told["lines"])
    if harm != "gone":
        assert [each["where"] for each in told["problems"]] == ["config/office.yaml"]
        code, marked = run("--book", old, "book", "backup", "--to", tmp_path / "saved")
        assert (code, marked["wrong"], marked["deleted"]) == (3, ["config/office.yaml"], [])
        assert "book repair --from FILE" in told["problems"][0]["what"]
        assert run("--book", old, "book", "repair")[0] == 3
    else:
        code, made = run("--book", old, "book", "backup", "--to", tmp_path / "saved")
        assert (code, made["deleted"]) == (0, []), "until it is accepted that it is gone"
    assert run("--book", old, "book", "repair", "--from", saved["file"])[0] == 1
    assert own.read_bytes() == right
    assert not own.is_symlink()
    assert run("--book", old, "book", "verify")[1]["lines"][-1] == "The book is whole"


def test_what_a_repair_cut_off_is_told_where_the_settings_cannot_be_read_either(run: Run, old: Path) -> None:
    with Book.open(old, actor="x") as book:
        add(book, "Người thứ nhất")
        add(book, "Người thứ hai")
    newest = max(old.glob("journal-*.jsonl"))
    newest.write_bytes(newest.read_bytes().replace("thứ nhất".encode(), "thứ nhấT".encode()))
    own = old / "config" / "office.yaml"
    own.write_bytes(own.read_bytes()[:-9] + b"\0" * 9)
    code, told = run("--book", old, "book", "repair")
    assert code == 3
    assert "Người thứ hai" in str(told["lines"])


def test_a_lost_emblem_that_a_setting_names_is_told_and_brought_back(run: Run, old: Path, tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "emblem.png")
    assert run("--book", old, "config", "set", "emblems.state", tmp_path / "emblem.png")[0] == 0
    _, saved = run("--book", old, "book", "backup", "--to", tmp_path / "saved")
    (kept,) = (old / "files").glob("bieu-trung-*.png")
    kept.unlink()
    code, told = run("--book", old, "book", "verify")
    assert (code, [each["where"] for each in told["problems"]]) == (3, [f"files/{kept.name}"])
    assert run("--book", old, "book", "repair", "--from", saved["file"])[0] == 1
    assert run("--book", old, "book", "verify")[0] == 0


def test_a_key_whose_line_went_with_the_beginning_of_the_journal_is_never_replaced(
    run: Run, old: Path, tmp_path: Path
) -> None:
    words = ("--book", old, "certificate", "print", "--decision", "15-QĐ/BTG", "--out")
    assert run(*words, tmp_path / "a.pdf")[0] == 0
    with Book.open(old, actor="x") as book:
        book.snapshot()
        book.note("test.note", about="behind it")
    for each in sorted(old.glob("journal-*"))[:-1]:
        each.unlink()
    assert run("--book", old, "book", "repair")[0] == 1
    for each in (old / "files" / "keys").iterdir():
        each.unlink()
    code, told = run("--book", old, "book", "verify")
    assert (code, len(told["problems"])) == (3, 2)
    code, refused = run(*words, tmp_path / "b.pdf", "--reissue")
    assert (code, "files/keys" in refused["error"]["do"]) == (2, True)


def test_a_damaged_log_of_looks_comes_back_from_a_backup_with_what_follows(
    run: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    words = tmp_path / "words"
    words.write_text("mười cây số ngàn\n", "utf-8")
    by = ("--sign-as", "lan", "--passphrase-file", words)
    assert run("--book", book, "roster", "add", "name=Sau", "religion=Phật giáo")[0] == 0
    assert run("--book", book, "access", "add", "lan", "--role", "keeper", "--new-passphrase-file", words)[0] == 0
    assert run("--book", book, "roster", "show", "TN-P-00001", *by)[0] == 0
    _, saved = run("--book", book, "book", "backup", "--to", tmp_path / "saved", *by)
    assert run("--book", book, "roster", "show", "TN-P-00001", *by)[0] == 0
    log = book / "looks.jsonl"
    right = log.read_bytes()
    log.write_bytes(right[:60] + bytes([right[60] ^ 1]) + right[61:])
    assert run("--book", book, "book", "verify", *by)[0] == 3
    assert run("--book", book, "book", "repair", "--from", saved["file"], *by)[0] == 1
    assert log.read_bytes() == right
    assert run("--book", book, "book", "verify", *by)[0] == 0
    signing.release_all()


def test_a_file_laid_into_the_settings_by_hand_is_no_damage(run: Run, old: Path) -> None:
    (old / "config" / ".office.yaml.swp").write_bytes(b"b0VIM 9.1\0\0")
    (old / "config" / "nen.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    code, told = run("--book", old, "book", "verify")
    assert (code, told["problems"]) == (0, [])
    assert "config/nen.png" in str(told["lines"])


@pytest.mark.usefixtures("_minutes_pass")
@pytest.mark.parametrize(
    ("name", "content"),
    [("levels.yaml", b"nothing: 1\n"), ("standards/x.yaml", b"\0"), ("roles.yaml", b"roles: {}\n")],
)
def test_no_backup_goes_while_the_program_refuses_settings_laid_there_by_hand(
    run: Run, old: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    first = run("--book", old, "book", "backup", "--to", tmp_path / "saved")[1]["file"]
    own = old / "config" / name
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(content)
    code, told = run("--book", old, "roster", "list")
    assert code == 2
    assert "--from" not in told["error"]["do"], "no backup has it as the journal knows it"
    code, made = run("--book", old, "book", "backup", "--to", tmp_path / "saved")
    assert (code, made["deleted"]) == (0, [])
    own.unlink()
    _, made = run("--book", old, "book", "backup", "--to", tmp_path / "saved")
    assert first in made["deleted"]


@pytest.mark.usefixtures("_minutes_pass")
def test_a_deleted_file_of_settings_is_let_go_with_its_backup_once_that_is_accepted(
    run: Run, old: Path, tmp_path: Path
) -> None:
    first = run("--book", old, "book", "backup", "--to", tmp_path / "saved")[1]["file"]
    (old / "config" / "office.yaml").unlink()
    second = run("--book", old, "book", "backup", "--to", tmp_path / "saved")[1]
    assert second["deleted"] == []
    assert run("--book", old, "config", "accept")[0] == 0
    third = run("--book", old, "book", "backup", "--to", tmp_path / "saved")[1]
    assert sorted(third["deleted"]) == sorted([first, second["file"]])


def test_a_mistake_in_settings_names_the_way_out_where_a_backup_has_them(
    run: Run, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (old / "config" / "office.yaml").write_bytes(b"number_suffix:\n")
    code, told = run("--book", old, "today")
    assert code == 2
    assert "book repair --from FILE" in told["error"]["do"]
    for words, told_code in (("today", 2), ("config check", 2), ("book verify", 3)):
        assert main.main(["--lang", "vi", "--book", str(old), *words.split()]) == told_code
        shown = "".join(capsys.readouterr())
        assert "book repair --from TỆP" in shown
        assert "office.yaml" in shown
        assert not [word for word in ("xpected", "`", "None") if word in shown]


def test_a_book_that_lost_its_end_is_not_accepted(run: Run, tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    link = max(path.glob("journal-*.jsonl"))
    link.unlink()
    for leads in (False, True):
        if leads:
            link.symlink_to(tmp_path / "not-mounted" / link.name)
        assert run("--book", path, "book", "verify")[0] == 3
        assert run("--book", path, "book", "accept")[0] == 3
        assert run("--book", path, "book", "backup", "--to", tmp_path / "saved")[0] == 3
    assert run("--book", path, "book", "repair")[0] == 1
    assert run("--book", path, "book", "verify")[0] == 0


def test_a_link_that_leads_nowhere_is_no_folder_for_a_book(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.sovang").symlink_to("nowhere")
    code, told = run("book", "new", tmp_path / "b.sovang", *OFFICE)
    assert code == 3
    assert "link that leads nowhere" in json.dumps(told)
