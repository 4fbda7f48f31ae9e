"""Every writing command on a disk with so much room and no more: one sentence, nothing half saved, nothing lost."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path

import main
from config.settings.loading import SHIPPED
from records.store.book import Book
from records.store.safety.backup import write_backup
from records.store.sealing.converting import seal_book
from records.store.sealing.unlocking import is_locked, unlock
from tests.crash import late
from tests.records.store.sealing.sealed import OTHER, WORDS, unlocked_ring

NOW = datetime(2026, 5, 4, 7, 30)
FIXTURE = Path(__file__).parents[1] / "records" / "store" / "fixtures" / "format-2.zip"
_ENTERS = ("change", "import", "print", "undo", "paper issued", "closing of a year", "handing over", "setting",
           "standard taken over", "template taken in")  # fmt: skip
_BOOKS = ("new.sovang", "b.sovang", "past.sovang")
STEP, SIZE, _BEYOND = 4096, 8 * 1024 * 1024, 3
COMMANDS: dict[str, Sequence[str]] = {
    "change": ("roster", "add", "name=Nguyễn Văn Đầy"),
    "import": ("roster", "import", "{outside}/people.csv", "--role", "reporter", "--level", "commune"),
    "export": ("roster", "export", "{disk}/out.xlsx"),
    "print": ("certificate", "print", "--decision", "15-QĐ/BTG", "--out", "{disk}/out.pdf"),
    "print to a folder": ("certificate", "print", "--decision", "15-QĐ/BTG", "--folder", "{disk}/papers"),
    "paper as PDF": ("award", "paper", "annex", "--decision", "15-QĐ/BTG", "--out", "{disk}/out.pdf"),
    "paper as Word": ("award", "paper", "annex", "--decision", "15-QĐ/BTG", "--out", "{disk}/out.docx"),
    "paper as workbook": ("award", "paper", "annex", "--decision", "15-QĐ/BTG", "--out", "{disk}/out.xlsx"),
    "paper issued": ("award", "paper", "annex", "--decision", "15-QĐ/BTG", "--out", "{disk}/out.docx", "--issue"),
    "list as PDF": ("roster", "export", "{disk}/out.pdf"),
    "bound book": ("book", "bind", "2025", "--out", "{disk}/out.pdf"),
    "closing of a year": ("book", "close", "2025", "--anyway", "--out", "{disk}/out.pdf"),
    "handing over": ("book", "hand-over", "--to", "Người Nhận Mẫu", "--out", "{disk}/parcel"),
    "setting": ("config", "set", "office.place", "Nơi Mới"),
    "standard taken over": ("config", "compare", "{outside}/compared.yaml", "--accept"),
    "template taken in": ("certificate", "templates", "--take", "{outside}/mau.yaml", "--name", "Mẫu mới"),
    "paper of a comparison": ("config", "compare", "{outside}/compared.yaml", "--out", "{disk}/out.pdf"),
    "undo": ("book", "undo"),
    "backup": ("book", "backup", "--to", "{disk}/saved"),
    "restore": ("book", "restore", "{outside}/a.backup.zip", "{disk}/b.sovang"),
    "new": ("book", "new", "{disk}/new.sovang"),
    "past": ("book", "as-of", "5", "{disk}/past.sovang"),
    "repair": ("book", "repair"),
    "seal": ("book", "seal", "--yes", "--passphrase-file", "{outside}/words"),
    "history": ("book", "log"),
    "new book key": ("book", "key", "renew"),
}
SEALED_ONLY = ("new book key",)
"""What is done on a sealed book alone."""
ALL = {**COMMANDS, **late.LATE}


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of `size` bytes in memory. Raises OSError where this system or user may not have one."""
    folder.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise OSError("no mount") from error
    if done.returncode:
        raise OSError(done.stderr.decode())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)  # a map of a book may still be open


def prepared(outside: Path, *, sealed: bool = False) -> Path:
    """A book of this form in an ordinary place, a backup of it, and a list of people."""
    book = outside / "a.sovang"
    with zipfile.ZipFile(FIXTURE) as zipped:
        zipped.extractall(book)
    Book.open(book, actor="x").close()
    made = next(outside.glob("*.backup.zip"))
    if sealed:
        seal_book(book, unlocked_ring(), actor="x", now=NOW)
        made = write_backup(book, outside, now=NOW).path
    shutil.copy(made, outside / "a.backup.zip")
    (outside / "words").write_text(WORDS, "utf-8")
    standard = (SHIPPED / "standards" / "collaborator.yaml").read_text("utf-8")
    (outside / "compared.yaml").write_text(standard.replace("{value: 60,", "{value: 70,"), "utf-8")
    shutil.copy(SHIPPED / "certificates/party-merit.yaml", outside / "mau.yaml")
    (outside / "people.csv").write_text("Họ và tên,Ngày sinh\nNguyễn Thị Mới,1981\nLê Văn Mới,1982\n", "utf-8")
    return book


def tried(command: str, book: Path, disk: Path, outside: Path, room: int) -> tuple[int, str]:
    """Run a command with `room` bytes free on the disk of the book; gives the exit code and all that was said."""
    for old in disk.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    here = disk / "a.sovang"
    shutil.copytree(book, here)
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    filler.write_bytes(bytes(max(free - room, 0)))
    os.environ["SOVANG_STATE"] = str(disk / "state")
    words = [each.format(disk=disk, outside=outside) for each in ALL[command]]
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main.main(["--lang", "en", "--book", str(here), *words])
    filler.unlink()
    return code, said.getvalue()


def judge(command: str, disk: Path, before: int, code: int, said: str) -> None:
    """What must hold after a command on a full disk. Raises AssertionError."""
    where = f"{command}: {code} {said}"
    assert "Traceback" not in said, where
    assert "Errno" not in said, where
    assert ".part" not in said, f"nobody asked for that name: {where}"
    assert code in (0, 1, 2, 3), where
    assert code in (0, 1) or "disk is full" in said or "no room" in said, where
    for half in _BOOKS:
        if (disk / half).exists():
            with Book.open(disk / half, actor="x", read_only=True) as made:
                assert made.verify().whole, where
                assert made.head()[0] > 0, where
    with Book.open(disk / "a.sovang", actor="x") as book:
        assert book.damage is None, where
        report = book.verify()
        assert report.whole, (where, [str(each) for each in report.lines])
        enters = command in _ENTERS or (command in late.LATE and command not in late.WRITES_NO_LINE)
        assert book.head()[0] >= before + (code == 0 and enters), where
    # What is not the book, the state of the program, or a whole book made beside it, was made by the command.
    beside = [each for each in disk.iterdir() if each.name not in ("a.sovang", "state", *_BOOKS)]
    left = [each for one in beside for each in (one, *one.rglob("*")) if each.is_file()]
    if code not in (0, 1):
        assert not left, f"{where}: {left}"
    assert not list(disk.rglob("*.part*")), where


def books(outside: Path, commands: Collection[str]) -> dict[str, Path]:
    """The book that each of these commands is tried on; only what they need is made."""
    plain = prepared(outside)
    (outside / "other").write_text(OTHER, "utf-8")
    found = dict.fromkeys(commands, plain)
    if later := {*late.LATE, *SEALED_ONLY} & found.keys():
        working = outside / "working.sovang"
        shutil.copytree(plain, working)
        late.at_work(working, outside)
        found |= dict.fromkeys(later, working)
        if signed := late.ACCOUNTS.keys() & later:
            found |= dict.fromkeys(signed, late.with_accounts(working, outside))
        if sealed := {*late.SEALED, *SEALED_ONLY} & later:
            found |= dict.fromkeys(sealed, late.sealed(working, outside))
    return found


def steps(
    found: Mapping[str, Path], disk: Path, outside: Path, rooms: Sequence[int] = ()
) -> Iterator[tuple[str, int, int]]:
    """Try commands, each on its book, with so many bytes free; gives command, room and exit code of each.

    Without `rooms` at every 4 KB from none up to what a command needs, and three steps beyond.
    """
    for command, book in found.items():
        if is_locked(book):
            unlock(book, WORDS)
        with Book.open(book, actor="x") as opened:
            before = opened.head()[0]
        enough = 0
        for room in rooms or range(0, SIZE // 2, STEP):
            code, said = tried(command, book, disk, outside, room)
            judge(command, disk, before, code, said)
            yield command, room, code
            enough = enough + 1 if code in (0, 1) else 0
            if not rooms and enough > _BEYOND:
                break
        else:
            assert rooms, f"{command} needs more than there ever was"
