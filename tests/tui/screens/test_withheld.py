"""What a reader may not see stands on no screen: every section, the page of a person, and history, all of it marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from config import i18n
from records.domain.appointments import Discipline
from records.domain.people.person import Person
from records.services.access import accounts
from records.services.office import Office
from records.store.access import signing
from records.store.sealing import secrets
from records.store.sealing.secrets import Cost
from tests.tui.cli.rights.marked import DAY, FOUND, MARK, marks
from tests.tui.offices import DAY as TODAY
from tests.tui.offices import more, see, seen, small_office
from tui.app.app import SoVangApp
from tui.app.palette import SECTIONS

WORDS = "river stone lamp coat"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    i18n.use("en")
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    monkeypatch.setenv("SOVANG_STATE", str(tmp_path / "state"))
    signing.release_all()
    yield
    signing.release_all()


def app_of(folder: Path, role: str) -> SoVangApp:
    """The small office with marked people, and somebody of a role beside the keeper."""

    @contextmanager
    def opened() -> Iterator[Office]:
        with small_office(folder) as office:
            with office.book.change("roster.correct") as change:
                for each in office.book.table(Person).all():
                    change.put(replace(each, **{**marks(each), "photo": ""}), was=each)
            for each in office.book.table(Person).all():
                with office.book.change("roster.discipline", about=each.name) as change:
                    matter = Discipline(id=change.new_id(Discipline), person=each.id, opened=DAY, number=f"{MARK}kl")
                    change.put(matter)
            accounts.add(office, "lan", "keeper", "correct horse battery")
            accounts.add(office, "mai", role, WORDS)
            signing.release_all()
            yield office

    return SoVangApp(opened, on=TODAY, who="mai", section="people")


async def test_no_screen_shows_a_reader_what_is_sensitive(tmp_path: Path) -> None:
    with closing(app_of(tmp_path, "reader")) as app:
        async with app.run_test(size=(140, 50)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("right", "down", *WORDS, "ctrl+s")
            await see(pilot, "· mai · only reading")
            shown: dict[str, str] = {}
            for section in SECTIONS:
                await pilot.app.run_action(f"section('{section.id}')")
                await pilot.pause()
                shown[section.id] = seen(app)
                await pilot.press("enter")
                await pilot.pause()
                shown[f"{section.id}, opened"] = seen(app)
            await pilot.app.run_action("section('people')")
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("enter")
            await see(pilot, "Sensitive data is not shown: lan may see it", "A full Party member: Withheld")
            await more(pilot, "open all")
            shown["page"] = await see(pilot, "not shown")
            assert "not recorded" in shown["page"]
            assert "Religion" not in shown["page"], "it is recorded, and not shown"
            assert {name: text for name, text in shown.items() if FOUND.search(text)} == {}
            assert "A change that is not shown here" in shown["history"]
            assert "Discipline or verification recorded" not in shown["history"]


async def test_who_may_see_is_shown_it_on_the_page_of_a_person(tmp_path: Path) -> None:
    with closing(app_of(tmp_path, "officer")) as app:
        async with app.run_test(size=(140, 50)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("right", "down", *WORDS, "ctrl+s")
            await see(pilot, "· mai ·", "Nguyễn Thị Ánh")
            await pilot.press("enter")
            assert FOUND.search(await see(pilot, f"{MARK}religion"))
