"""Ways past the rights of a book, each tried: another name, an older state, an undo, a package; each one sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from records.domain.access.accounts import Account, RoleRights
from records.domain.access.restrictions import Erasure
from records.domain.kinds import KINDS
from records.domain.lists import ListExport
from records.services.exchange import contents
from records.services.exchange.package import archived
from tests.records.services.exchange.offices import introduce, office_of, packed, planned, taken
from tests.tui.cli.conftest import Run
from tests.tui.cli.test_access import THU, As, _quick, by, secret

__all__ = ["_quick", "by"]
NAMES = ("SOVANG_USER", "USER", "LOGNAME", "USERNAME", "LNAME")


def seq(by: As) -> int:  # pytest's way to name a fixture
    return int(by("", "book", "info")[1]["seq"])


def test_a_name_in_the_environment_is_nobodys_signature(by: As, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "lan")
    before = seq(by)
    assert by("", "roster", "set", THU, "position=Trưởng ban")[0] == 3
    assert by("", "access", "role", "binh", "keeper")[0] == 3
    assert "religion" in by("", "roster", "show", THU)[1]["withheld"]
    assert seq(by) == before
    assert by("binh", "roster", "set", THU, "position=Trưởng ban")[0] == 0
    assert by("", "book", "log", "--limit", "1")[1]["changes"][0]["actor"] == "binh"


def test_a_line_of_accounts_is_not_taken_back(by: As) -> None:
    for words in (("access", "role", "binh", "approver"), ("access", "allow", "reader", "export"),
                  ("access", "remove", "mai")):  # fmt: skip
        assert by("lan", *words)[0] == 0
        before = seq(by)
        for name in ("lan", "binh"):
            code, told = by(name, "book", "undo", str(before))
            assert (code, "error" in told) == (1, True)
        assert "not taken back by undoing" in by("lan", "book", "undo", str(before))[1]["error"]["what"]
        assert seq(by) == before
    assert by("binh", "access", "who")[1]["may"].count("undo_others") == 1


def test_who_gave_accounts_once_gets_that_back_by_no_older_copy(by: As, book: Path, tmp_path: Path) -> None:
    assert by("lan", "access", "role", "binh", "keeper")[0] == 0
    shutil.copytree(book, tmp_path / "older")
    assert by("lan", "access", "role", "binh", "officer")[0] == 0
    shutil.rmtree(book)
    shutil.copytree(tmp_path / "older", book)
    code, told = by("binh", "access", "role", "mai", "keeper")
    assert (code, "older than it was" in told["error"]["what"]) == (3, True)
    code, told = by("binh", "book", "accept")
    assert (code, "In the newer book others give accounts" in told["error"]["what"]) == (1, True), told
    assert by("", "book", "accept")[0] == 3
    assert by("lan", "book", "accept")[0] == 0


def test_an_older_backup_is_put_in_the_place_of_the_book_by_who_gives_accounts(
    by: As, run: Run, book: Path, tmp_path: Path
) -> None:
    assert by("lan", "access", "role", "binh", "keeper")[0] == 0
    made = by("lan", "book", "backup", "--to", tmp_path)
    assert made[0] == 0, made
    backup = next(tmp_path.rglob("*.zip"))
    assert by("lan", "access", "role", "binh", "officer")[0] == 0
    before = (seq(by), sorted(each.name for each in book.parent.glob("office*")))
    for name in ("binh", "mai", ""):
        code, told = by(name, "book", "restore", backup, book, "--replace")
        assert code in (1, 3), told
        assert (seq(by), sorted(each.name for each in book.parent.glob("office*"))) == before
    assert "ask who may: lan" in by("binh", "book", "restore", backup, book, "--replace")[1]["error"]["do"]
    assert by("lan", "book", "restore", backup, book, "--replace")[0] == 0
    assert by("", "book", "verify", "--deep")[1]["whole"]


def test_a_package_with_people_is_made_by_who_may_write_sensitive_data(by: As, tmp_path: Path) -> None:
    out = tmp_path / "x.svx"
    words = ("exchange", "pack", "--for", "SC", "--what", "roster", "--out", out, "--plain")
    for name, says in (("binh", "write sensitive data"), ("mai", "may not do this")):
        code, told = by(name, *words)
        assert (code, says in told["error"]["what"], out.exists()) == (1, True, False), told
    assert by("lan", *words)[0] == 0


def test_what_restricted_people_go_is_decided_by_who_may_restrict(by: As, tmp_path: Path) -> None:
    assert by("lan", "roster", "restrict", THU, "--reason", "Đơn")[0] == 0
    assert by("lan", "access", "role", "binh", "approver")[0] == 0
    words = ("exchange", "pack", "--for", "SC", "--what", "roster", "--plain", "--with-restricted")
    code, told = by("binh", *words, "--out", tmp_path / "a.svx")
    assert (code, "restrict and erase" in told["error"]["what"], (tmp_path / "a.svx").exists()) == (1, True, False)
    assert by("lan", *words, "--out", tmp_path / "a.svx")[0] == 0


def test_no_account_and_no_right_comes_by_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (Account, RoleRights, Erasure, ListExport)
    assert not {*contents.ORDER} & {*kinds}
    rows = {
        "records/accounts.jsonl": {"id": "SC-AC-00001", "name": "kẻ lạ", "role": "keeper", "public": "0" * 64},
        f"records/{KINDS[RoleRights].table}.jsonl": {"id": "SC-RR-00001", "role": "reader", "acts": ["accounts"]},
    }
    with office_of(tmp_path, "TN") as ours, office_of(tmp_path, "SC") as theirs:
        introduce(tmp_path, ours, theirs)

        def with_more(parts: object) -> tuple[bytes, int]:
            more = [(name, json.dumps(row).encode() + b"\n") for name, row in rows.items()]
            more.append(("settings/rights.yaml", b"roles: {reader: [accounts]}\n"))
            return archived([*parts, *more])  # type: ignore[misc]

        monkeypatch.setattr("records.services.exchange.packing.archived", with_more)
        counts = contents.Gathered.counts  # the package tells of them: else the whole of it would be refused
        more = dict.fromkeys((name[8:-6] for name in rows), 1)
        monkeypatch.setattr(contents.Gathered, "counts", lambda self: {**counts(self), **more})
        file = packed(theirs, ours, tmp_path / "a.svx", "roster,standards")
        plan = planned(ours, file)
        refused = {each.record for each in plan.refused}
        assert refused >= {*rows, "settings/rights.yaml"}
        before = ours.book.head()[0]
        taken(ours, file)
        assert not ours.book.access.stands
        assert not [each for kind in kinds for each in ours.book.table(kind)]
        assert ours.book.settings.read("rights.yaml") is None
        assert ours.book.head()[0] <= before + 1


def test_a_passphrase_given_up_signs_nothing_after_any_way_back(
    by: As, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.secret"
    other.write_text("quite another phrase\n", "utf-8")
    assert by("binh", "access", "passphrase", "--new-passphrase-file", other)[0] == 0
    changed = seq(by)
    for name in ("lan",):
        assert by(name, "book", "undo", str(changed))[0] == 1
    assert by("binh", "access", "who")[0] == 3  # with the old one
    assert secret(tmp_path, "binh").exists()
