"""Seals: genuine, revoked, unknown and altered are told apart, and one changed letter is enough."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from config.errors import InputError
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award
from records.domain.people.person import Person
from records.services.awards import decisions
from records.services.awards.decisions import Proposal
from records.services.certificates.keys import key_problems, public_pem
from records.services.certificates.seals import check_code, seal
from records.services.office import Office, furnish
from records.services.people import roster
from records.store.book import Book
from records.store.contract import Store
from tests.records.services.conftest import shipped
from tests.records.store.memory import MemoryBook

DAY = date(2026, 11, 5)


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
    assert code.startswith("SV1|TN|12-QĐ/BTG|1/2026|")
    assert len(code) < 140
    verdict = check_code(desk, code, on=DAY)
    assert verdict.state == "genuine"
    assert verdict.said[0] == "Nguyễn Thị Mẫu"
    assert "Đã có thành tích xuất sắc" in verdict.said
    assert seal(desk, award) == code


def test_every_changed_letter_of_a_code_is_found(desk: Office) -> None:
    code = seal(desk, award_in(desk))
    for place in range(4, len(code)):
        other = "A" if code[place] != "A" else "B"
        changed = code[:place] + other + code[place + 1 :]
        # The last letter of the packed part carries bits that mean nothing.
        if place < len(code) - 1:
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


def test_another_office_checks_with_the_public_key_only(desk: Office, tmp_path: Path) -> None:
    code = seal(desk, award_in(desk))
    public = tmp_path / "tn.pub"
    public.write_bytes(public_pem(desk))
    other = opened(tmp_path / "two.sovang")
    assert check_code(other, code, on=DAY, public=public).state == "genuine"
    assert check_code(other, code.replace("1/2026", "2/2026"), on=DAY, public=public).state == "altered"
    assert b"PRIVATE" not in public.read_bytes()
    public.write_text("no key")
    with pytest.raises(InputError, match=r"tn\.pub"):
        check_code(other, code, on=DAY, public=public)


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
            assert [each.where for each in key_problems(desk)] == [f"files/keys/{name}"], what
            with pytest.raises(InputError, match=name.replace(".", r"\.")):
                seal(desk, award) if name.endswith("key") else check_code(desk, code, on=DAY)
        for ending in ("", "\x0b"):  # still a key, and yet not what was written
            path.write_text(content[:-1] + ending)
            assert len(key_problems(desk)) == 1
        path.write_bytes(content.replace("\n", "\r\n").encode())
        assert key_problems(desk) == []
        path.write_text(content)
    assert key_problems(desk) == []
