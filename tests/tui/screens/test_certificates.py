"""The certificates screen with real keys: look, try a value, print, print again, verify, line up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from config.errors import InputError
from config.settings.loading import load_settings
from exports.certificates.template import load_template
from records.domain.awards.awards import Issue
from records.domain.blanks import BlankProfile
from records.domain.people.person import Person
from records.services.awards import decisions
from records.services.awards.decisions import Proposal
from records.services.office import Office
from records.store.book import Book
from tests.tui.offices import DAY, choose, more, see, small_app, small_office, until
from tui.app.app import SoVangApp
from tui.screens.certificates.preview import tried

SECTION = "certificates"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoVangApp]:
    monkeypatch.setenv("HOME", str(tmp_path))
    with small_office(tmp_path) as office:
        people = [each.id for each in office.book.table(Person)][:2]
        decisions.decide(
            office,
            Proposal(
                number="12-QĐ/BTG",
                day=DAY,
                prize="party-merit-year",
                people=people,
                citation="Đã có thành tích xuất sắc",
                achieved_from=date(2025, 1, 1),
                achieved_to=date(2025, 5, 31),
                signer_name="Người Ký Mẫu",
            ),
        )
    with closing(_again(tmp_path)) as made:
        yield made


def _again(folder: Path) -> SoVangApp:
    @contextmanager
    def opened() -> Iterator[Office]:
        with Book.open(folder / "small.sovang", actor="thu") as book:
            yield Office(book, load_settings())

    return SoVangApp(opened, on=DAY, section="people", who="thu")


async def test_certificates_for_a_print_shop_have_bleed_and_marks(app: SoVangApp, tmp_path: Path) -> None:
    import pypdf

    out = tmp_path / "shop.pdf"
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        app.switch_mode(SECTION)
        await see(pilot, "1/2025", "not printed")
        await pilot.press("ctrl+a", "f7")
        await see(pilot, "Print shop: 3 mm of bleed, crop marks")
        await pilot.press(*"print shop")
        await choose(pilot, "how to print")
        await see(pilot, "File")
        await pilot.press("ctrl+u", *str(out), "enter")
        await until(pilot, lambda: len(list(app.office.book.table(Issue))) == 2, "two issues")
        await see(pilot, "printed 15/06/2025")
    for page in pypdf.PdfReader(out).pages:
        boxes = (page.mediabox, page.bleedbox, page.trimbox)
        sides = [[round(float(side) * 25.4 / 72, 1) for side in box] for box in boxes]
        assert sides == [[0, 0, 317, 230], [7, 7, 310, 223], [10, 10, 307, 220]]


async def test_marked_certificates_are_printed_noted_and_verified(app: SoVangApp, tmp_path: Path) -> None:
    out = tmp_path / "in.pdf"
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        app.switch_mode(SECTION)
        await see(pilot, "1/2025", "2/2025", "not printed")
        await pilot.press("ctrl+a", "f7")
        await see(pilot, "How to print")
        await choose(pilot, "how to print")
        await see(pilot, "File")
        await pilot.press("ctrl+u", *str(out), "enter")
        await until(pilot, lambda: len(list(app.office.book.table(Issue))) == 2, "two issues")
        await see(pilot, "printed 15/06/2025")
        assert out.read_bytes().startswith(b"%PDF")
        await more(pilot, "Verify")
        await pilot.press(*str(out), "enter")
        await see(pilot, "page 1: GENUINE", "page 2: GENUINE", "issued by")
        await pilot.press("escape")
        scans = tmp_path / "scans"
        scans.mkdir()
        document = pypdfium2.PdfDocument(out)
        document[1].render(scale=150 / 72).to_pil().save(scans / "a.jpg")
        document.close()
        await more(pilot, "Page for browsers")
        await pilot.press("ctrl+u", *str(tmp_path / "check.html"), "enter")
        await until(pilot, (tmp_path / "check.html").exists, "the page for browsers")
        await more(pilot, "Verify")
        await pilot.press(*str(scans), "enter")
        await see(pilot, "a.jpg, page 1: GENUINE", "see that the paper says")
        await pilot.press("escape")
        await pilot.press("f7")
        await choose(pilot, "how to print")
        await see(pilot, "Printed before: what is it now?")
        await pilot.press("escape")
        assert len(list(app.office.book.table(Issue))) == 2
        await pilot.press("f7")
        await choose(pilot, "how to print")
        await see(pilot, "Printed before: what is it now?")
        await pilot.press("down", "enter")
        await see(pilot, "A sheet was spoilt")
        await pilot.press(*"jam", "enter")
        again = tmp_path / "again.pdf"
        await pilot.press("ctrl+u", *str(again), "enter")
        await until(pilot, lambda: len(list(app.office.book.table(Issue))) == 4, "two more issues")
        issues = sorted(app.office.book.table(Issue), key=lambda each: each.id)
        assert [(each.reissue, each.spoilt) for each in issues] == [(False, "")] * 2 + [(False, "jam")] * 2
        assert again.read_bytes() == out.read_bytes()


async def test_who_does_not_fit_is_named_and_the_others_are_printed_after_a_yes(app: SoVangApp, tmp_path: Path) -> None:
    out = tmp_path / "in.pdf"
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        person = next(each.id for each in app.office.book.table(Person) if each.name == "Nguyễn Thị Ánh")
        long = Proposal(
            number="13-QĐ/BTG",
            day=DAY,
            prize="party-merit-year",
            people=[person],
            citation="Đã có thành tích xuất sắc " * 60,
            achieved_from=date(2024, 1, 1),
            achieved_to=date(2024, 12, 31),
        )
        decisions.decide(app.office, long)
        app.switch_mode(SECTION)
        await see(pilot, "1/2025", "3/2025", "not printed")
        await pilot.press("ctrl+a", "f7")
        await choose(pilot, "how to print")
        await see(pilot, "Print without a signer?", "1 of them")
        await pilot.press("tab", "enter")
        await see(pilot, "File")
        await pilot.press("ctrl+u", *str(out), "enter")
        await see(pilot, "Nothing was printed: 1 certificates are at fault", "Nguyễn Thị Ánh", "“citation”")
        await pilot.press("escape")
        await see(pilot, "Print the other 2?")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: len(list(app.office.book.table(Issue))) == 2, "two issues")
        await see(pilot, "printed 15/06/2025", "not printed")
        assert out.read_bytes().startswith(b"%PDF")


async def test_a_certificate_is_looked_at_and_a_value_tried(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        app.switch_mode(SECTION)
        await see(pilot, "1/2025")
        await pilot.press("f3")
        await see(pilot, "▞", "▄", "1/1")
        await pilot.press("f2")
        await see(pilot, "Try a value")
        await pilot.press(*"name.size=20", "enter")
        await see(pilot, "name.size=20")
        await pilot.press("plus", "escape")
        await see(pilot, "2/2025")
        assert not list(app.office.book.table(Issue))


async def test_a_blank_is_kept_with_its_moves(app: SoVangApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        app.switch_mode(SECTION)
        await see(pilot, "1/2025")
        await more(pilot, "Blanks")
        await see(pilot, "Printer and blank")
        await pilot.press(*"HP", "ctrl+s")
        await until(pilot, lambda: [each.name for each in app.office.book.table(BlankProfile)] == ["HP"], "a blank")
        await pilot.press("f7")
        await see(pilot, "On the blank “HP”")


async def test_an_empty_list_says_what_to_do(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.switch_mode(SECTION)
            await see(pilot, "No award is registered")


@pytest.mark.parametrize(
    "typed", ["none.size=3", "name=3", "name.size=", "name.size=big", "name.box=[0,0,999,3]", "name.sise=3"]
)
def test_a_value_that_cannot_be_is_a_sentence(typed: str) -> None:
    template = load_template("party-merit")
    with pytest.raises(InputError):
        tried(template, typed)
    assert tried(template, "name.size = 20").elements != template.elements
