"""Awards with real keys: a list from its first name to the register, money, revocation, correction, papers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from records.domain.awards.awards import Award, YearRating
from records.domain.awards.fund import FundEntry
from records.domain.awards.proposals import Candidate, Payment, ProposalList
from records.domain.dates import PartialDate
from records.domain.papers import IssuedPaper
from records.domain.people.person import Person
from records.services.movements import fund
from tests.tui.offices import choose, digit_of, more, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.widgets.fields import Form


@pytest.fixture
def app(tmp_path: Path) -> Iterator[SoVangApp]:
    with closing(small_app(tmp_path)) as made:
        yield made


async def open_awards(pilot: Pilot[int]) -> None:
    await see(pilot, "› People")
    await pilot.press(f"alt+{digit_of('awards')}")
    await see(pilot, "› Awards")


async def fill(pilot: Pilot[int], *texts: str) -> None:
    """Type into the fields from the one in focus on; a None-like `-` leaves one as it is."""
    for text in texts:
        if text != "-":
            await pilot.press("ctrl+u", *text)
        await pilot.press("down")


async def propose_two(pilot: Pilot[int], app: SoVangApp) -> None:
    await more(pilot, "New proposal list", key="insert")
    await see(pilot, "Begin a proposal list", "Commendation of 2024")
    await pilot.press("ctrl+s")
    await see(pilot, "Nobody is on the list")
    await pilot.press("insert")
    await see(pilot, "For what are they proposed")
    await fill(pilot, "-", "Excellent work")
    await pilot.press("ctrl+s")
    await see(pilot, "Space marks the people")
    await pilot.press("space", "down", "space", "ctrl+s")
    await until(pilot, lambda: len(app.office.book.table(Candidate)) == 2, "two candidates")


async def test_a_list_goes_from_names_to_the_register(app: SoVangApp, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await open_awards(pilot)
        assert "Ins: begin a proposal list" in seen(app)
        await propose_two(pilot, app)
        await see(pilot, "2 candidates", "not appraised 2", "not sent out yet")
        await pilot.press("f7")
        await until(pilot, lambda: [each.appraisal for each in app.office.book.table(Candidate)].count("agreed") == 1)
        await pilot.press("f7")
        await until(pilot, lambda: [each.appraisal for each in app.office.book.table(Candidate)].count("agreed") == 2)
        await more(pilot, "Council")
        await see(pilot, "as its minutes tell it")
        await fill(pilot, "-", "9", "8", "8", "3-BB")
        await pilot.press("ctrl+s")
        await see(pilot, "8 of the 8 present agreed")
        await more(pilot, "Votes")
        await see(pilot, "Members in favour")
        await pilot.press("2", "enter")
        await see(pilot, "2 of the 8 present agreed")
        await pilot.press("ctrl+s")
        await see(pilot, "Enter the signed decision")
        await fill(pilot, "-", " ")
        await see(pilot, "fill it in as on the paper; “next”", "takes the next one")
        await pilot.press("up")
        await fill(pilot, "12-QĐ/BTG")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(app.office.book.table(Award)) == 1, "one award")
        await see(pilot, "register 1/2025", "decided 1")
        await pilot.press("ctrl+e")
        await see(pilot, "Submission with its list", "Minutes of the council")
        await choose(pilot, "Papers")
        await see(pilot, "Body above the issuer", "no, a draft", "01-TTr/BTG")
        await pilot.press("ctrl+s")
        await see(pilot, "lacks: who signs")
        await fill(pilot, "12-TTr/BTG", "-", "-", "-", "-", "-", "-", "TRƯỞNG BAN", "Người Ký Mẫu")
        await pilot.press("right", "down", "ctrl+u", *str(tmp_path / "a.docx"), "ctrl+s")
        await until(pilot, (tmp_path / "a.docx").exists, "the paper")
        await until(pilot, lambda: len(app.office.book.table(IssuedPaper)) == 1, "the paper to be kept")
        await pilot.press("ctrl+e")
        await see(pilot, "Submission with its list")
        await choose(pilot, "Papers")
        await see(pilot, "File (.pdf, .docx or .xlsx)")
        await pilot.press("ctrl+u", *str(tmp_path / "b.docx"), "enter")
        await until(pilot, (tmp_path / "b.docx").exists, "the same paper again")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


async def decided(pilot: Pilot[int], app: SoVangApp) -> None:
    """Enter a signed decision on two people and open it."""
    await open_awards(pilot)
    await more(pilot, "New decision", key="insert")
    await see(pilot, "letter for letter")
    await fill(pilot, "12-QĐ/BTG", "-", "-", "Excellent work")
    await pilot.press("ctrl+s")
    await see(pilot, "Space marks the people")
    await pilot.press("space", "down", "space", "ctrl+s")
    await until(pilot, lambda: len(app.office.book.table(Award)) == 2, "two awards")
    await pilot.press("enter")
    await see(pilot, "› 12-QĐ/BTG", "1/2025", "2/2025", "1.420.000 đ")


async def test_money_is_paid_from_a_source_that_is_kept_and_never_more_than_it_has(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await decided(pilot, app)
        for name, amount in (("Alpha", 2_000_000), ("Beta", 1_000)):
            fund.enter(app.office, FundEntry(id="", fund=name, day=date(2025, 1, 2), kind="income", amount=amount))
        await pilot.press("ctrl+a")
        await more(pilot, "Pay")
        await see(pilot, "Paid from", "Alpha", "2.000.000 đ", "Beta", "the source of the settings")
        await pilot.press(*"Beta", "enter")
        await see(pilot, "Number of the payment paper")
        await pilot.press("enter")
        await until(
            pilot, lambda: any("“Beta” has 1.000 đ" in each.message for each in app._notifications), "a refusal"
        )
        assert not len(app.office.book.table(Payment))
        await more(pilot, "Pay")
        await see(pilot, "Paid from")
        await pilot.press(*"Alpha", "enter")
        await see(pilot, "Number of the payment paper")
        await pilot.press("enter")
        await until(pilot, lambda: len(app.office.book.table(Payment)) == 2, "two payments")
        assert [each.closing for each in fund.balances(app.office, 2025)] == [580_000, 1_000]


async def test_money_revocation_recovery_and_correction(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await decided(pilot, app)
        await pilot.press("ctrl+a")
        await more(pilot, "Pay")
        await see(pilot, "Paid: 2 awards, 1.420.000 đ")
        await pilot.press(*"PC 3", "enter")
        await until(pilot, lambda: len(app.office.book.table(Payment)) == 2, "two payments")
        await more(pilot, "Pay")
        await see(pilot, "Nothing is left to be paid")
        await pilot.press("ctrl+a")
        await pilot.press("delete")
        await see(pilot, "Take back 1 awards by a decision?", "Take back the awards", "No")
        await pilot.press("left", "enter")
        await see(pilot, "On which ground?", "Điều 93")
        await choose(pilot, "On which ground?")
        await see(pilot, "Number of the decision that revokes")
        await pilot.press(*"13-QD", "enter")
        await see(pilot, "✗ 1/2025", "1 awards, ")
        await more(pilot, "Recover")
        await see(pilot, "Recovered: 1 awards, 710.000 đ")
        await pilot.press("enter")
        await until(pilot, lambda: len(app.office.book.table(Payment)) == 3, "three payments")
        await pilot.press("down", "f2")
        await see(pilot, "Correct 2/2025 by a new decision")
        await fill(pilot, "14-QĐ/BTG", "-", "Another Name")
        await pilot.press("ctrl+s")
        await see(pilot, "registered as 3/2025")
        await pilot.press("enter")
        await see(pilot, "Registered as 2/2025", "Paid 710.000 đ", "Corrected: see 3/2025")


async def take_back(pilot: Pilot[int], *, signed: bool = False) -> None:
    await pilot.press("ctrl+z")
    if signed:
        await see(pilot, "Undo this change?", "Undo it")
        await pilot.press("left", "enter")


async def test_the_register_shows_what_was_taken_back(app: SoVangApp, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await decided(pilot, app)
        await take_back(pilot, signed=True)
        await until(pilot, lambda: len(app.office.book.table(Award)) == 0, "taken back")
        await see(pilot, "No award is in the book")
        await more(pilot, "The register", key="f6")
        await see(pilot, "› The register › 2025", "1/2025", "taken back by")
        await pilot.press("ctrl+e")
        await see(pilot, "Summary for the body above")
        await choose(pilot, "Papers")
        await see(pilot, "File (.pdf, .docx or .xlsx)")
        await pilot.press("ctrl+u", *str(tmp_path / "a.xlsx"), "enter")
        await until(pilot, (tmp_path / "a.xlsx").exists, "the paper")


async def test_a_list_that_is_taken_back_closes_its_screen(app: SoVangApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_awards(pilot)
        await propose_two(pilot, app)
        await take_back(pilot)
        await until(pilot, lambda: len(app.office.book.table(Candidate)) == 0)
        await take_back(pilot)
        await until(pilot, lambda: len(app.office.book.table(ProposalList)) == 0)
        await see(pilot, "No award is in the book")


async def test_who_may_be_commended_is_told_with_every_reason_and_put_on_a_list(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await open_awards(pilot)
        person = app.office.book.table(Person).all()[0]
        with app.office.book.change("test.rating") as change:
            change.put(replace(person, party_official=PartialDate(2010)), was=person)
            change.put(
                YearRating(id=change.new_id(YearRating), person=person.id, year=2024, kind="party", rating="excellent")
            )
        await more(pilot, "New proposal list", key="insert")
        await see(pilot, "Begin a proposal list")
        await pilot.press("ctrl+s")
        await see(pilot, "Nobody is on the list")
        await pilot.press("escape")
        await more(pilot, "Who may be", key="f6")
        await see(pilot, "› Who may be commended › 2024", "Party merit of the year")
        await pilot.press("ctrl+f", *"party-merit-year", "enter", "enter")
        await see(pilot, "Nguyễn Thị Ánh", "✓")
        await pilot.press("enter")
        await see(pilot, "Hướng dẫn 01-HD/TW", "2024: Excellent", "A year later")
        await pilot.press("escape")
        await more(pilot, "The rule")
        await see(pilot, "Decided by:")
        await pilot.press("escape", "f7")
        await choose(pilot, "On which proposal list?")
        await see(pilot, "For what are they proposed", "Party merit of the year")
        await fill(pilot, "-", "Excellent work")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(app.office.book.table(Candidate)) == 1, "a candidate")


async def test_one_unit_and_one_person_are_looked_at_under_every_title(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 45)) as pilot:
        await open_awards(pilot)
        person = app.office.book.table(Person).all()[0]
        await more(pilot, "Who may be", key="f6")
        await see(pilot, "› Who may be commended › 2024", "Party merit of the year")
        await pilot.press("f4")
        await see(pilot, "Whose people?", "Every unit")
        await pilot.press(*app.office.unit_names(app.on)[person.unit])
        await choose(pilot, "Whose people?")
        await pilot.press("ctrl+f", *"office-movement", "enter", "enter")
        await see(pilot, "› Movement or training award", f"{app.office.unit_names(app.on)[person.unit]} ×", "1 in all")
        await more(pilot, "Every title")
        text = await see(pilot, f"› {person.name} › 2024", "Party merit of the year", "Advanced Worker")
        verdicts = [line.split()[0] for mark in "✓?✗" for line in text.splitlines() if f" {mark} " in line]
        assert len(verdicts) == 11
        await pilot.press("enter")
        await see(pilot, f"{person.name} · {person.id}", "A year later")


async def test_a_persons_page_leads_to_their_titles(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        await pilot.press("enter")
        await see(pilot, "› People › ")
        name = app.screen.title_parts()[1]  # type: ignore[attr-defined]  # of a person's page
        await more(pilot, "Commendation")
        await see(pilot, f"› Who may be commended › {name} › 2024", "Party merit of the year")
        await pilot.press("escape")
        await see(pilot, f"› People › {name}")


async def test_a_question_of_a_title_is_answered_for_the_marked(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await open_awards(pilot)
        await more(pilot, "Who may be", key="f6")
        await see(pilot, "Movement or training award")
        await pilot.press("ctrl+f", *"office-movement", "enter", "enter")
        await see(pilot, "› Movement or training award")
        await pilot.press("ctrl+a", "f2")
        await see(pilot, "Was there an outstanding result")
        await choose(pilot, "Was there an outstanding result")
        await see(pilot, "What does it rest on?")
        await pilot.press(*"BB 3", "enter")
        await see(pilot, "Answered: 4", "✓")


async def test_the_words_of_a_decision_are_judged_on_the_screen_before_it_is_kept(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await open_awards(pilot)
        await more(pilot, "New decision", key="insert")
        await see(pilot, "letter for letter")
        wrong = ("TM.", "BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "TS. Phạm Văn Hải")
        await fill(pilot, "12/QĐ-ĐU", "-", "-", "Excellent work", "-", "-", "-", "-", "-", *wrong)
        for told, right in (
            ("is no number of such a decision", {"number": "12-QĐ/ĐU"}),
            ("“TM.” is not how this form is signed", {"signer_mode": "T/M"}),
            ("stands before the signer's name", {"signer_name": "Phạm Văn Hải"}),
        ):
            await pilot.press("ctrl+s")
            await see(pilot, "Space marks the people")
            await pilot.press("space", "ctrl+s")
            await see(pilot, told)
            assert len(app.office.book.table(Award)) == 0
            form = app.screen.query_one(Form)
            for field, value in right.items():
                form.put(field, value)
        await pilot.press("ctrl+s")
        await see(pilot, "Space marks the people")
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: len(app.office.book.table(Award)) == 1, "the award")
        told_of = [each.message for each in app._notifications]
        assert any("not enough data" in each for each in told_of)


async def test_a_title_beside_a_form_is_told_before_a_decision_is_entered(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await decided(pilot, app)
        await pilot.press("escape")
        await more(pilot, "New decision", key="insert")
        await see(pilot, "letter for letter")
        await fill(pilot, "12/QĐ-UBND")
        form = app.screen.query_one(Form)
        form.put("prize", "advanced-worker")
        form.put("citation", "Excellent work")
        await pilot.press("ctrl+s")
        await see(pilot, "Space marks the people")
        await pilot.press("space", "ctrl+s")
        await see(pilot, "Enter it all the same?", "both are paid")
        await pilot.press("escape")
        await until(pilot, lambda: "Enter it all the same?" not in seen(app), "the question to close")
        assert len(app.office.book.table(Award)) == 2
