"""Seals: genuine, revoked, unknown and altered are told apart, and one changed letter is enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest

from config.errors import InputError
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award
from records.domain.people.person import Person
from records.services.awards import decisions
from records.services.awards.decisions import Proposal
from records.services.certificates.keys import public_pem
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


def test_a_key_that_cannot_be_read_is_a_sentence(desk: Office) -> None:
    award = award_in(desk)
    seal(desk, award)
    (desk.book.path / "files" / "keys" / "certificates.key").write_text("broken")
    with pytest.raises(InputError, match=r"certificates\.key"):
        seal(desk, award)
