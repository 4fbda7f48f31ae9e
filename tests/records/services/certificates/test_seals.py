"""Seals: genuine, revoked, unknown and altered are told apart, and one changed letter is enough."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from config.errors import InputError
from exports.certificates.qr import stencil
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award
from records.domain.people.person import Person
from records.services.awards import decisions
from records.services.awards.decisions import Proposal
from records.services.certificates import codes, old_codes
from records.services.certificates.keys import key_problems, private_key, public_key, public_pem
from records.services.certificates.sealed import Sealed
from records.services.certificates.seals import check_alone, check_code
from records.services.certificates.seals import seal as sealed
from records.services.certificates.short_codes import LETTERS, check_short, read_short
from records.services.office import Office, furnish
from records.services.people import roster
from records.store.book import Book
from records.store.contract import Store
from tests.records.services.conftest import shipped
from tests.records.store.memory import MemoryBook

DAY = date(2026, 11, 5)
WORDS = "7ad5b1ef1769723ea67913051d30c3f9f43f37e04c11fce7b1fb1f06b4f0cf38"
PRINTED = (
    "SV2|245966078520326182055356715460678248799853353738952833236817824926035160294730179084682409310200"
    "5969223589156713918687589050139007367120635208341284267283799862050630175937719952463275033488905345"
    "0616644805613772393496127"
)


def opened(path: Path) -> Office:
    return furnished(Book.create(path, office="TN", actor="thu"))


def furnished(book: Store) -> Office:
    made = Office(book, shipped())
    furnish(made)
    return made


@pytest.fixture(params=["book", "memory"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    if request.param == "book":
        yield opened(tmp_path / "one.sovang")
    else:
        with closing(MemoryBook(actor="thu")) as book:
            yield furnished(book)


def seal(office: Office, record: Sealed) -> str:
    return sealed(office, record)[0]


def old_seal(office: Office, record: Sealed) -> str:
    """The code as it was printed by earlier versions."""
    lines = old_codes.signed_lines(office, record)
    number, register = lines[-2:] if isinstance(record, Award) else ("-", record.id)
    head = f"SV1|{office.settings.office.code}|{number}|{register}"
    digest = old_codes.digest_of(lines)
    raw = digest + private_key(office).sign(head.encode() + b"|" + digest)
    return f"{head}|{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


def award_in(office: Office) -> Award:
    person = roster.save_person(office, Person(id="", name="Nguyễn Thị Mẫu"))
    _, made = decisions.decide(
        office,
        Proposal(
            number="12-QĐ/BTG",
            day=DAY,
            prize="party-merit-year",
            people=[person.id],
            citation="Đã có thành tích xuất sắc",
            achieved_from=date(2026, 1, 1),
            achieved_to=date(2026, 10, 31),
        ),
    )
    return made[0]


def test_a_sealed_award_is_genuine_and_says_what_must_stand_on_the_page(desk: Office) -> None:
    award = award_in(desk)
    code = seal(desk, award)
    assert code.startswith("SV2|")
    assert code[4:].isdigit()
    assert stencil(code)[0] <= 45, "no more modules than fit a box of 23 mm at 150 dots per inch"
    verdict = check_code(desk, code, on=DAY)
    assert verdict.state == "genuine"
    assert verdict.said[0] == "Nguyễn Thị Mẫu"
    assert "Đã có thành tích xuất sắc" in verdict.said
    assert seal(desk, award) == code


def test_every_changed_letter_of_a_code_is_found(desk: Office) -> None:
    code = seal(desk, award_in(desk))
    for place in range(4, len(code)):
        other = "1" if code[place] != "1" else "2"
        changed = code[:place] + other + code[place + 1 :]
        assert check_code(desk, changed, on=DAY).state != "genuine", changed


def test_a_revoked_award_says_when_and_why(desk: Office) -> None:
    award = award_in(desk)
    code = seal(desk, award)
    with desk.book.change("award.revoke") as change:
        change.put(
            msgspec.structs.replace(award, revoked=date(2026, 12, 1), revoked_ground="khai sai thành tích"), was=award
        )
    verdict = check_code(desk, code, on=DAY)
    assert verdict.state == "revoked"
    assert "khai sai thành tích" in str(verdict.reason)


def test_a_book_that_says_something_else_makes_it_altered(desk: Office) -> None:
    award = award_in(desk)
    code = seal(desk, award)
    with desk.book.change("award.forge") as change:
        change.put(msgspec.structs.replace(award, name="Nguyễn Thị Mậu"), was=award)
    assert check_code(desk, code, on=DAY).state == "altered"


def test_what_was_never_registered_or_comes_from_elsewhere_is_unknown(desk: Office, tmp_path: Path) -> None:
    award = award_in(desk)
    code = seal(desk, award)
    assert check_code(desk, "anything", on=DAY).state == "unknown"
    assert check_code(opened(tmp_path / "two.sovang"), code, on=DAY).state == "unknown"
    desk.book.undo()
    assert check_code(desk, code, on=DAY).state == "unknown"


def test_who_has_only_the_key_is_told_the_words_and_by_whom(desk: Office) -> None:
    code = seal(desk, award_in(desk))
    assert b"PRIVATE" not in public_pem(desk)
    verdict = check_alone(code, public_key(desk))
    assert (verdict.state, verdict.name, verdict.number) == ("genuine", "Nguyễn Thị Mẫu", "12-QĐ/BTG")
    assert verdict.issuer
    assert verdict.issuer in str(verdict.reason)
    assert verdict.citation == "Đã có thành tích xuất sắc"
    assert check_alone(code[:-1] + str((int(code[-1]) + 1) % 10), public_key(desk)).state == "altered"
    assert check_alone("anything", public_key(desk)).state == "unknown"


def test_another_office_never_calls_it_genuine(desk: Office, tmp_path: Path) -> None:
    code = seal(desk, award_in(desk))
    other = opened(tmp_path / "two.sovang")
    own = seal(other, award_in(other))
    assert check_code(other, code, on=DAY).state == "unknown"
    verdict = check_alone(code, public_key(other))
    assert (verdict.state, verdict.name) == ("unknown", ""), "what nobody checked is not told as signed"
    assert check_alone(own, public_key(other)).state == "genuine"


def test_words_that_no_code_can_hold_shortly_are_bound_by_their_digest(desk: Office) -> None:
    award = msgspec.structs.replace(award_in(desk), citation="Đã có " + "rất nhiều " * 60 + "thành tích")
    with desk.book.change("award.forge") as change:
        change.put(award, was=desk.book.table(Award).get(award.id))
    code = seal(desk, award)
    alone = check_alone(code, public_key(desk))
    assert alone.citation == ""
    assert alone.signed is not None
    assert alone.signed.bears(award.citation)
    assert not alone.signed.bears(award.citation.replace("rất", "rật", 1))
    assert check_code(desk, code, on=DAY).citation == award.citation


def test_the_form_of_the_code_does_not_change() -> None:
    """Codes on walls are read for forty years: what packs them stays, byte for byte."""
    assert hashlib.sha256(codes.WORDS).hexdigest() == WORDS
    signed = codes.told(
        *("award", b"kkkk", DAY),
        name="Nguyễn Thị Mẫu",
        number="12-QĐ/BTG",
        register="1/2026",
        issuer="Ban",
        citation="x",
        rest=("Tổ 1",),
    )
    read = codes.parse(PRINTED)
    assert read is not None
    assert read[0] == signed


@pytest.mark.parametrize(
    "pasted",
    [
        f"{PRINTED} ABCD-EFGH-JKLM",
        f" {PRINTED}\tABCD-EFGH-JKLM 12\n",
        f"{PRINTED[:90]}\n{PRINTED[90:180]}\r\n{PRINTED[180:]}\nABCD-EFGH-JKLM",
        f"{PRINTED} ١٢",
    ],
)
def test_a_code_is_read_out_of_what_was_pasted(pasted: str) -> None:
    assert codes.parse(pasted) == codes.parse(PRINTED) is not None


@given(st.binary(min_size=1, max_size=300))
def test_no_number_breaks_the_reader(raw: bytes) -> None:
    codes.parse(f"SV2|{int.from_bytes(raw)}")


@pytest.mark.parametrize("code", ["SV2|", "SV2|0", "SV2|007", "SV2|12", "SV2|٣٤", "SV2|1x", "SV2|" + "9" * 5000])
def test_what_is_no_whole_code_is_called_damaged(desk: Office, code: str) -> None:
    award_in(desk)
    assert check_code(desk, code, on=DAY).state == "altered"


def test_codes_of_earlier_versions_are_read_as_before(desk: Office, tmp_path: Path) -> None:
    award = award_in(desk)
    code = old_seal(desk, award)
    verdict = check_code(desk, code, on=DAY)
    assert (verdict.state, verdict.name) == ("genuine", "Nguyễn Thị Mẫu")
    assert "Đã có thành tích xuất sắc" in verdict.said
    assert check_alone(code, public_key(desk)).issuer == "TN"
    assert check_alone(code.replace("1/2026", "2/2026"), public_key(desk)).state == "altered"
    for place in range(4, len(code) - 1):  # the last letter carries bits that mean nothing
        changed = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        assert check_code(desk, changed, on=DAY).state != "genuine", changed
    assert check_code(opened(tmp_path / "two.sovang"), code, on=DAY).state == "unknown"
    with desk.book.change("award.forge") as change:
        change.put(msgspec.structs.replace(award, name="Nguyễn Thị Mậu"), was=award)
    assert check_code(desk, code, on=DAY).state == "altered"


def test_a_short_code_is_answered_and_a_wrong_letter_noticed(desk: Office) -> None:
    award = award_in(desk)
    short = sealed(desk, award)[1]
    assert re.fullmatch(r"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}", short)
    assert read_short(short.lower().replace("-", " ")) == short
    assert check_short(desk, short, on=DAY).state == "unknown", "nothing was printed yet"
    decisions.record_print(desk, [award], template="party-merit", hashes=["0"], today=DAY)
    verdict = check_short(desk, short, on=DAY)
    assert (verdict.state, verdict.name, verdict.number) == ("genuine", "Nguyễn Thị Mẫu", "12-QĐ/BTG")
    letters = short.replace("-", "")
    for place, letter in enumerate(letters):
        for other in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {letter}:
            with pytest.raises(InputError, match="no short code"):
                read_short(letters[:place] + other + letters[place + 1 :])
    for place in range(11):
        changed = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
        if changed != letters:
            with pytest.raises(InputError, match="no short code"):
                read_short(changed)
    assert read_short("12-QĐ/BTG") == ""
    assert not set("IOQ") & set(LETTERS)


def test_a_card_ends_with_its_appointment(desk: Office) -> None:
    person = roster.save_person(desk, Person(id="", name="Nguyễn Thị Mẫu"))
    with desk.book.change("roster.appoint") as change:
        given = Appointment(id=change.new_id(Appointment), person=person.id, role="reporter", level="commune")
        held = change.put(msgspec.structs.replace(given, since=date(2024, 1, 1), until=date(2026, 12, 31)))
    code = seal(desk, held)
    assert check_code(desk, code, on=DAY).state == "genuine"
    assert check_code(desk, code, on=date(2027, 1, 1)).state == "revoked"


def _no_keys(pem: str) -> dict[str, bytes]:
    """What may stand in the file of a key and is none of ours."""
    label, body = pem.splitlines()[0].strip("-").removeprefix("BEGIN "), pem.splitlines()[1]
    unknown = base64.b64decode(body).replace(bytes((0x2B, 0x65, 0x70)), bytes((0x27, 0x65, 0x70)))
    rsa_key = rsa.generate_private_key(65537, 1024)
    locked = rsa_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    )
    public = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {
        "text": b"broken",
        "nothing": b"",
        "one bit of its kind turned": b"-----BEGIN %b-----\n%b\n-----END %b-----\n"
        % (label.encode(), base64.b64encode(unknown), label.encode()),
        "a password": locked,
        "another kind": rsa_key.public_key().public_bytes(*public),
    }


def test_a_key_that_cannot_be_read_is_a_sentence(desk: Office) -> None:
    award = award_in(desk)
    code = seal(desk, award)
    for name in ("certificates.key", "certificates.pub"):
        path = desk.book.path / "files" / "keys" / name
        content = path.read_text()
        for what, bad in _no_keys(content).items():
            path.write_bytes(bad)
            assert [each.where for each in key_problems(desk.book)] == [f"files/keys/{name}"], what
            with pytest.raises(InputError, match=name.replace(".", r"\.")):
                seal(desk, award) if name.endswith("key") else check_code(desk, code, on=DAY)
        for ending in ("", "\x0b"):  # still a key, and yet not what was written
            path.write_text(content[:-1] + ending)
            assert len(key_problems(desk.book)) == 1
        path.write_bytes(content.replace("\n", "\r\n").encode())
        assert key_problems(desk.book) == []
        path.write_text(content)
    assert key_problems(desk.book) == []
