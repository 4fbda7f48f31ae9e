"""Accounts: every line is judged and signed at one gate, a forged one is named, and looking leaves a trace."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import replace

from config.errors import BookError, ConflictError, InputError, RefusedError
from records.domain.access.accounts import Account, KeyWrap, RoleRights
from records.domain.people.person import Person
from records.services.access import accounts
from records.services.access.looking import look
from records.services.office import Office
from records.store.access import signing
from records.store.book import Book
from records.store.journal import durable
from records.store.journal.chain import seal
from records.store.journal.snapshots import Mark, write_snapshot
from records.store.safety.backup import write_backup
from records.store.safety.copies import restore
from records.store.safety.repair import repair
from records.store.sealing import secrets
from records.store.sealing.secrets import AlteredWrapError, Cost, WrongPassphraseError
from tests.records.store.books import add, names, new_book
from tui.present import books

LAN, BINH = "correct horse battery", "staple paper clip box"
TODAY = date(2026, 11, 28)

pytestmark = pytest.mark.plain
"""In a sealed book accounts have their keys on its ring: see sealing/test_sealed_access.py."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    signing.release_all()
    yield
    signing.release_all()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book in which lan gives accounts and binh is an officer; lan is signed in."""
    where = tmp_path / "a.sovang"
    with new_book(where) as book:
        add(book, "Trước")
        office = office_of(book)
        accounts.add(office, "lan", "keeper", LAN)
        accounts.add(office, "binh", "officer", BINH)
        add(book, "Sau")
    return where


def office_of(book: Book) -> Office:
    return Office(book, books.settings_of(None))


def signed_in(book: Book, name: str, tmp_path: Path) -> Office:
    signing.release_all()
    office = office_of(book)
    accounts.sign_in(office, name, {"lan": LAN, "binh": BINH}[name], tmp_path / "state", slowly=False)
    return office


def last_segment(path: Path) -> Path:
    return max(path.glob("journal-*.jsonl"))


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [
        orjson.loads(line)
        for each in sorted(path.glob("journal-*.jsonl"))
        for line in each.read_bytes().rstrip(b"\0").splitlines()
    ]


def rewrite_last(path: Path, sign: signing.Signer | None = None, number: int = 1, **other: Any) -> None:
    """The last line anew with something else in it, by somebody who can reckon."""
    segment = last_segment(path)
    *rest, last = segment.read_bytes().rstrip(b"\0").splitlines(keepends=True)
    body = {**orjson.loads(last), **other}
    for each in ("hash", "signed"):
        body.pop(each, None)
    line, _ = seal(body, None, None if sign is None else lambda digest: (number, sign.sign(digest)))
    segment.write_bytes(b"".join(rest) + line)


def damage_of(path: Path) -> str:
    with Book.open(path, actor="x") as book:
        found = str(book.settled().damage or "")
        assert bool(found) == (not book.verify(deep=True).whole)
        assert book.read_only == bool(found)
    return found


def test_a_book_without_accounts_has_no_signature_and_no_log_of_looks(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        (person,) = add(book, "Nguyễn Thị Thử")
        look(office_of(book), book.table(Person)[person], "screen")
    assert all(
        set(each) <= {"seq", "time", "actor", "action", "about", "vouches", "changes", "prev", "hash"}
        for each in lines_of(path=tmp_path / "a.sovang")
    )
    assert not list((tmp_path / "a.sovang").glob("looks*"))


def test_every_line_from_the_first_account_on_is_signed_as_the_format_says(path: Path) -> None:
    raw = last_segment(path).read_bytes().rstrip(b"\0").splitlines()
    assert [b'"signed":' in line for line in raw] == [False, True, True, True]
    keys = {number: row["public"] for table, number, _, row in lines_of(path)[1]["changes"] if table == "accounts"}
    for line in raw[1:]:
        told = orjson.loads(line)
        number, signature = told["signed"]
        before_hash = line[: line.rindex(b',"hash":"')]
        unsigned = re.sub(rb',"signed":\[\d+,"[\w-]{86}"\](?=,"prev":"[0-9a-f]{64}"$)', b"", before_hash)
        message = b"sovang line\n" + hashlib.sha256(unsigned).digest()
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys[number])).verify(
            base64.urlsafe_b64decode(signature + "=="), message
        )
        assert told["actor"] == "lan"
    assert damage_of(path) == ""


def test_a_line_rewritten_without_a_key_is_named_when_the_book_opens(path: Path) -> None:
    rewrite_last(path, about="khác")
    assert "signed by nobody" in damage_of(path)


def test_repair_sets_a_forged_line_aside_and_the_book_goes_on(path: Path, tmp_path: Path) -> None:
    rewrite_last(path, about="khác")
    signing.release_all()
    told = [str(each) for each in repair(path, actor="root", now=datetime(2026, 11, 28, 9))]
    assert "Change 4 is signed by nobody" in told
    assert damage_of(path) == ""
    with Book.open(path, actor="x") as book:
        assert names(book) == ["Trước"]
        signed_in(book, "lan", tmp_path)
        add(book, "Lại")
    assert damage_of(path) == ""


def test_a_line_rewritten_and_signed_by_a_stranger_is_named(path: Path) -> None:
    stranger = signing.new_signer()
    rewrite_last(path, stranger, number=1, about="khác")
    assert "the signature is not of “lan”" in damage_of(path)
    rewrite_last(path, stranger, number=9, about="khác")
    assert "nobody whom the book knows" in damage_of(path)


def test_a_line_signed_by_one_under_the_name_of_another_is_named(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        signed_in(book, "binh", tmp_path)
        binh = signing.held([book.table(Account).all()[1].public])
    assert binh is not None
    rewrite_last(path, binh, number=2, actor="lan")
    assert "is signed by “binh” and names “lan”" in damage_of(path)


def test_a_right_that_somebody_writes_for_themselves_is_named(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        signed_in(book, "binh", tmp_path)
        own = book.table(Account).all()[1]
        binh = signing.held([own.public])
        row = book.engine.row("accounts", 2)
    assert binh is not None
    change = [["accounts", 2, row, {**(row or {}), "role": "keeper"}]]
    rewrite_last(path, binh, number=2, actor="binh", action="access.role", changes=change)
    assert "who might not do this" in damage_of(path)


def test_nobody_changes_a_book_with_accounts_without_signing_in(path: Path) -> None:
    signing.release_all()
    with Book.open(path, actor="root") as book:
        before = book.head()
        with pytest.raises(BookError, match="nobody is signed in"):
            add(book, "Ai đó")
        with pytest.raises(BookError, match="nobody is signed in"):
            book.note("certificate.key", about="x")
        with pytest.raises(BookError, match="nobody is signed in"):
            book.database.table("people").insert({"id": "TN-P-00009", "name": "Ai đó"})
        assert book.head() == before
        assert names(book) == ["Trước", "Sau"]


def test_a_right_that_is_missing_says_who_has_it_and_leaves_the_book_as_it_is(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "binh", tmp_path)
        before = book.head()
        with pytest.raises(RefusedError, match=r"binh \(officer\) may not.*ask who may: lan"):
            accounts.set_role(office, "binh", "keeper")
        with pytest.raises(RefusedError, match="take back what others did"):
            book.undo()
        with pytest.raises(RefusedError, match="change settings"):
            book.note("certificate.key", about="x")
        assert book.head() == before
        add(book, "Của Bình")
        assert book.undo().actor == "binh"  # what one did oneself


def test_a_role_that_lost_its_right_while_a_form_was_open_changes_nothing(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        accounts.add(office, "mai", "keeper", LAN)
        form = book.table(Person).all()[0]
        accounts.set_rights(office, "officer", deny=["enter"])
        signed_in(book, "binh", tmp_path)
        with pytest.raises(RefusedError, match="may not do this: enter"), book.change("roster.correct") as change:
            change.put(replace(form, position="Trưởng ban"), was=form)
        assert book.table(Person)[form.id].position == ""


def test_an_account_taken_away_while_its_person_is_at_work_signs_no_more(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "binh", tmp_path)
        held = signing.held([book.table(Account).all()[1].public])
        signed_in(book, "lan", tmp_path)
        accounts.remove(office, "binh", today=TODAY)
        signing.release_all()
        assert held is not None
        signing.hold(held)
        with pytest.raises(BookError, match=r"“binh” was taken away on .*ask who may give accounts: lan"):
            add(book, "Sau khi thu hồi")
        with pytest.raises(InputError, match="was taken away"):
            accounts.sign_in(office, "binh", BINH, tmp_path / "state", slowly=False)
    assert damage_of(path) == ""


def test_a_line_of_an_account_that_was_taken_away_is_named(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "binh", tmp_path)
        held = signing.held([book.table(Account).all()[1].public])
        signed_in(book, "lan", tmp_path)
        accounts.remove(office, "binh", today=TODAY)
        add(book, "Sau")
    assert held is not None
    rewrite_last(path, held, number=2, actor="binh")
    assert "was taken away before" in damage_of(path)


def test_somebody_who_gives_accounts_is_always_left(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        for act in (
            lambda: accounts.remove(office, "lan", today=TODAY),
            lambda: accounts.set_role(office, "lan", "officer"),
            lambda: accounts.set_rights(office, "keeper", deny=["accounts"]),
        ):
            with pytest.raises(RefusedError, match="Nobody would be left"):
                act()
        first = next(each for each in book.history() if each.action == accounts.ADDED)
        with pytest.raises(RefusedError, match="not taken back by undoing"):
            book.undo(first.seq)
        with pytest.raises(ConflictError, match="was given before"):
            accounts.add(office, "Lan", "reader", LAN)


def test_the_first_account_is_one_that_gives_accounts(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with pytest.raises(RefusedError, match="must be one that gives accounts"):
            accounts.add(office_of(book), "lan", "reader", LAN)
        with pytest.raises(InputError, match="too easy"):
            accounts.add(office_of(book), "lan", "keeper", "abc")
        assert not book.access.stands
        add(book, "Vẫn như cũ")


def test_another_passphrase_is_another_key_and_the_old_one_signs_no_more(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "binh", tmp_path)
        old = signing.held([book.table(Account).all()[1].public])
        accounts.renew(office, "another four word phrase")
        add(book, "Với khóa mới")
        with pytest.raises(WrongPassphraseError):
            accounts.sign_in(office, "binh", BINH, tmp_path / "state", slowly=False)
    assert damage_of(path) == ""
    assert old is not None
    rewrite_last(path, old, number=2)
    assert "the signature is not of “binh”" in damage_of(path)


def test_wrong_passphrases_are_counted(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = office_of(book)
        for wrong in (1, 2, 3):
            with pytest.raises(WrongPassphraseError, match=rf"not the passphrase of “binh” \(attempt {wrong}\)"):
                accounts.sign_in(office, "binh", "no such words here", tmp_path / "state", slowly=False)
        assert accounts.sign_in(office, "binh", BINH, tmp_path / "state", slowly=False)[1] == 3
        assert accounts.sign_in(office, "binh", BINH, tmp_path / "state", slowly=False)[1] == 0


def test_a_copy_made_where_nobody_is_signed_in_is_whole(path: Path, tmp_path: Path) -> None:
    signing.release_all()
    now = datetime(2026, 11, 28, 9)  # the office's own clock
    backup = write_backup(path, tmp_path, now=now)
    restore(backup.path, tmp_path / "b.sovang", now=now, actor="root")
    assert damage_of(tmp_path / "b.sovang") == ""
    with Book.open(tmp_path / "b.sovang", actor="x") as book:
        signed_in(book, "binh", tmp_path)
        add(book, "Trong bản sao")
    rewrite_last(tmp_path / "b.sovang", action="book.repair", vouches={"snapshot": [1, "0" * 64]}, changes=[])
    assert "signed by nobody" in damage_of(tmp_path / "b.sovang")  # an unsigned line vouches for no state


def test_a_snapshot_that_ends_while_a_line_is_signed_waits_for_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing.release_all()
    with Book.open(path, actor="y") as book:
        engine = book.engine
        mark = Mark(engine.seq, engine.digest, engine.time, dict(engine.counters))
        made = write_snapshot(path, {name: rows.pieces() for name, rows in engine.tables.items()}, mark)
        sign = engine.gate.sign

        def ended_meanwhile(*given: Any, **more: Any) -> Any:
            found = sign(*given, **more)
            engine._written = made
            return found

        monkeypatch.setattr(engine.gate, "sign", ended_meanwhile)
        book.note("book.restore", about="x")  # as where a copy was made and nobody had signed in
    assert "snapshot" not in lines_of(path)[-1].get("vouches", {})
    assert damage_of(path) == ""


def test_a_follower_reads_signed_lines_and_stops_at_a_forged_one(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="y", read_only=True) as reader:
        with Book.open(path, actor="x") as book:
            signed_in(book, "lan", tmp_path)
            add(book, "Mới")
        assert reader.refresh()
        assert names(reader)[-1] == "Mới"
        segment, last = last_segment(path), lines_of(path)[-1]
        body = {
            "seq": last["seq"] + 1,
            "time": last["time"],
            "actor": "lan",
            "action": "x",
            "changes": [],
            "prev": last["hash"],
        }
        segment.write_bytes(segment.read_bytes().rstrip(b"\0") + seal(body)[0])
        reader.refresh()
        assert "signed by nobody" in str(reader.damage)


def looked(book: Book) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(each.who, each.person, each.fields, each.door) for each in book.access.looks()]


def with_religion(book: Book) -> Person:
    person = book.table(Person).all()[0]
    with book.change("roster.correct") as change:
        return change.put(replace(person, religion="Phật giáo"), was=person)


def test_looking_is_a_signed_line_and_a_reader_writes_it_beside_the_writer(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book, Book.open(path, actor="y", read_only=True) as reader:
        office = signed_in(book, "lan", tmp_path)
        person = with_religion(book)
        look(office, person, "screen")
        reader.refresh()
        look(office_of(reader), person, "form")
        look(office, person, "screen")
        assert looked(book) == [("lan", person.id, ("religion",), door) for door in ("screen", "form", "screen")]
        add(book, "Nhớ lượt xem")
        assert lines_of(path)[-1]["looks"][0] == 3
        assert book.verify(deep=True).whole
    assert "Phật giáo" not in (path / "looks.jsonl").read_text("utf-8")


def test_a_change_that_was_refused_leaves_a_look_to_be_remembered_by_the_next(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        look(office, with_religion(book), "screen")
        with pytest.raises(RefusedError, match="Nobody would be left"):
            accounts.remove(office, "lan", today=TODAY)
        add(book, "Nhớ lượt xem")
        assert lines_of(path)[-1]["looks"][0] == 1
        add(book, "Không nhắc lại")
        assert "looks" not in lines_of(path)[-1]


@pytest.mark.parametrize("harm", ["cut", "gone", "flipped", "forged"])
def test_a_log_of_looks_that_was_altered_is_named(path: Path, tmp_path: Path, harm: str) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        person = with_religion(book)
        look(office, person, "screen")
        look(office, person, "form")
        add(book, "Nhớ lượt xem")
    log = path / "looks.jsonl"
    one, two = log.read_bytes().splitlines(keepends=True)
    if harm == "cut":
        log.write_bytes(one)
    elif harm == "gone":
        log.unlink()
    elif harm == "flipped":
        log.write_bytes(one + two.replace(b'"form"', b'"farm"'))
    else:
        body = orjson.loads(two)
        log.write_bytes(
            one + seal({key: body[key] for key in ("seq", "time", "actor", "action", "changes", "prev")})[0]
        )
    with Book.open(path, actor="x") as book:
        report = book.verify(deep=True)
        assert [each.where for each in report.problems] == ["looks.jsonl"]


def test_the_past_of_a_book_gives_nobody_a_right_that_they_lack_today(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x", upto=1) as past:
        signing.release_all()
        assert not past.table(Account).all()
        assert past.access.stands
        assert not past.access.may("sensitive")
        office = signed_in_as_of_today(past, path, tmp_path)
        look(office, past.table(Person).all()[0], "past")  # nothing sensitive is known of them
        with_something = replace(past.table(Person).all()[0], religion="Phật giáo")
        look(office, with_something, "past")
        assert [each.door for each in past.access.looks()] == ["past"]


def signed_in_as_of_today(past: Book, path: Path, tmp_path: Path) -> Office:
    with Book.open(path, actor="x", read_only=True) as now:
        signed_in(now, "binh", tmp_path)
    return office_of(past)


def test_what_cannot_be_noted_is_not_shown(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        person = with_religion(book)

        def full(*_: object) -> None:
            raise OSError(28, "full")

        monkeypatch.setattr(durable.disk, "write", full)
        with pytest.raises(BookError, match="so it is not shown: the disk is full"):
            look(office, person, "screen")


def test_a_killed_look_is_passed_over_and_written_over(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        person = with_religion(book)
        look(office, person, "screen")
        log = path / "looks.jsonl"
        log.write_bytes(log.read_bytes() + b'{"seq":2,"time":"20')
        look(office, person, "form")
        assert [each[3] for each in looked(book)] == ["screen", "form"]
        assert book.verify().whole


def test_rights_of_a_role_stand_in_the_book_and_not_in_a_file(path: Path, tmp_path: Path) -> None:
    shipped = Path("config/data/rights.yaml").read_text("utf-8")
    (path / "config" / "rights.yaml").write_text(
        shipped.replace("officer: [enter", "officer: [accounts, enter"), "utf-8"
    )
    with Book.open(path, actor="x") as book:
        office = Office(book, books.settings_of(path))
        assert "accounts" in office.settings.rights.roles["officer"]
        signed_in(book, "binh", tmp_path)
        with pytest.raises(RefusedError):
            accounts.add(office, "mai", "keeper", LAN)
        assert {each.role for each in book.table(RoleRights)} == {"reader", "officer", "approver", "keeper"}


def test_a_clock_behind_the_last_look_is_said_as_one_behind_the_last_change_is(path: Path, tmp_path: Path) -> None:
    later = datetime(2030, 1, 1, 8)  # the office's own clock
    with Book.open(path, actor="x") as book:
        signed_in(book, "lan", tmp_path)
        person = with_religion(book)
    with Book.open(path, actor="x", read_only=True, now=lambda: later) as book:
        look(office_of(book), person, "screen")
    told = []
    for day in (2, 1):
        now = datetime(2029, 12, 31, 8) if day == 1 else datetime(2030, 1, 2, 8)
        with Book.open(path, actor="x", read_only=True, now=lambda now=now: now) as book:  # type: ignore[misc]
            told.append(["clock of this computer is behind" in str(each) for each in book.notices])
    assert told == [[], [True]]


def test_nobody_says_something_in_the_name_of_another_account(path: Path, tmp_path: Path) -> None:
    with Book.open(path, actor="lan") as book:
        office = signed_in(book, "binh", tmp_path)
        accounts.judge_by(office, "Hội nghị chi bộ")
        accounts.judge_by(office, "Bình")  # folded, it is their own name
        with pytest.raises(RefusedError, match="“lan” has an account: nobody else says something in that name"):
            accounts.judge_by(office, "LAN")


def test_an_older_line_of_accounts_put_behind_the_last_is_named(path: Path, tmp_path: Path) -> None:
    """Replayed with the number and the hash that fit, an older line bears a signature over another text."""
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        accounts.set_role(office, "binh", "keeper")
        accounts.set_role(office, "binh", "officer")
    segment, lines = last_segment(path), lines_of(path)
    older, last = next(each for each in lines if each["action"] == accounts.ROLE), lines[-1]
    body = {**older, "seq": last["seq"] + 1, "prev": last["hash"]}
    signed = body.pop("signed")
    del body["hash"]
    replayed, _ = seal(body, None, lambda _digest: tuple(signed))
    segment.write_bytes(segment.read_bytes().rstrip(b"\0") + replayed)
    assert "the signature is not of “lan”" in damage_of(path)
    with Book.open(path, actor="x", read_only=True) as book:
        assert {each.name: each.role for each in book.table(Account)} == {"lan": "keeper", "binh": "officer"}


def test_a_line_of_accounts_of_another_office_is_named(path: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "b.sovang"
    with new_book(theirs) as book:
        add(book, "Ở nơi khác")
        office = office_of(book)
        accounts.add(office, "kẻ lạ", "keeper", "river stone lamp coat")
        accounts.add(office, "khách", "keeper", "river stone lamp coat too")
    foreign, last = lines_of(theirs)[-1], lines_of(path)[-1]
    body = {**foreign, "seq": last["seq"] + 1, "prev": last["hash"]}
    signed = body.pop("signed")
    del body["hash"]
    copied, _ = seal(body, None, lambda _digest: tuple(signed))
    segment = last_segment(path)
    segment.write_bytes(segment.read_bytes().rstrip(b"\0") + copied)
    assert "Change 5" in damage_of(path)


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: {"secret": base64.b64encode(bytes(48)).decode()},
        lambda wrap: {"secret": f"{wrap.secret[:8]}*{wrap.secret[8:]}"},
        lambda wrap: {"check": f"{wrap.check}\n"},
        lambda wrap: {"salt": f" {wrap.salt}"},
        lambda _: {"salt": "AAAA"},
        lambda _: {"salt": "muối"},
        lambda _: {"memory": 1 << 40},
        lambda _: {"passes": 0},
    ],
)
def test_a_wrapped_key_that_was_changed_is_one_sentence(
    path: Path, tmp_path: Path, harm: Callable[[KeyWrap], dict[str, Any]]
) -> None:
    with Book.open(path, actor="x") as book:
        office = signed_in(book, "lan", tmp_path)
        own = next(each for each in book.table(Account) if each.name == "binh")
        assert own.wrap is not None
        with book.change("access.role") as change:
            change.put(replace(own, wrap=replace(own.wrap, **harm(own.wrap))), was=own)
        signing.release_all()
        with pytest.raises(AlteredWrapError, match=r"was changed.*let lan give another.*reset binh”"):
            accounts.sign_in(office, "binh", BINH, tmp_path / "state", slowly=False)
        signed_in(book, "lan", tmp_path)
        accounts.reset(office, "binh", "another four word phrase")
        again = accounts.sign_in(office, "binh", "another four word phrase", tmp_path / "state", slowly=False)
        assert again[0].name == "binh"
