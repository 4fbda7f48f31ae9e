"""Designing a certificate with real keys: pieces moved, coloured, framed; saved as the office's own, handed over."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PIL import Image
from textual.pilot import Pilot

from config.settings.certificates import Template
from config.settings.designs.elements import ImageElement, TextElement
from config.settings.loading import check_folder, load_settings
from exports.certificates.template import Templates, template_files
from records.services.office import Office
from records.store.book import Book
from tests.tui.offices import DAY, more, see, seen, small_office, until
from tui.app.app import SoVangApp
from tui.screens.certificates.designer import Designer


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoVangApp]:
    monkeypatch.setenv("HOME", str(tmp_path))
    with small_office(tmp_path):
        pass

    @contextmanager
    def opened() -> Iterator[Office]:
        with Book.open(tmp_path / "small.sovang", actor="thu") as book:
            yield Office(book, load_settings(book.settings.folder))

    with closing(SoVangApp(opened, on=DAY, section="certificates", who="thu")) as made:
        yield made


async def to_templates(pilot: Pilot[int], name: str) -> None:
    await see(pilot, "No award is registered")
    await more(pilot, "Templates")
    await see(pilot, "› Templates", "Certificate of a flag")
    await pilot.press("slash", *name, "enter")


async def open_designer(pilot: Pilot[int], name: str) -> Designer:
    await to_templates(pilot, name)
    await pilot.press("f2")
    await see(pilot, "✓ short words")
    screen = pilot.app.screen
    assert isinstance(screen, Designer)
    return screen


def own(app: SoVangApp, name: str) -> Template:
    return Templates(app.office.book.settings.folder).named(name)


def piece(design: Template, name: str) -> TextElement:
    found = next(each for each in design.elements if each.id == name)
    assert isinstance(found, TextElement)
    return found


async def choose_piece(pilot: Pilot[int], words: str) -> None:
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await pilot.press("home")
    for _ in range(60):
        if f"\n {words} ·" in seen(app):
            return
        await pilot.press("down")
    raise AssertionError(seen(app))


async def choose_emblem(pilot: Pilot[int], file: Path) -> None:
    await more(pilot, "Emblem")
    await see(pilot, "type or paste a path")
    await pilot.press(*str(file), "enter")


async def test_a_shipped_design_is_changed_with_keys_and_saved_as_the_offices_own(app: SoVangApp) -> None:
    shipped = Templates(None).named("party-merit")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_designer(pilot, "party-merit")
        await choose_piece(pilot, "Title of the Party")
        await pilot.press("enter", "down", "right", "right", "shift+left", "shift+up", "minus", "minus", "space")
        await see(pilot, "left 161.9", "top 24.1", "14 pt", "not saved")
        await pilot.press("ctrl+z")
        await see(pilot, "14 pt")
        assert "Undo this change?" not in seen(app)
        await pilot.press("ctrl+z")
        await see(pilot, "14.5 pt")
        await pilot.press("ctrl+y")
        await see(pilot, "14 pt")
        await pilot.press("ctrl+s")
        await see(pilot, "What it is called")
        await pilot.press("ctrl+u", *"Giay khen cua Ban", "enter")
        await see(pilot, "Saved as the office's own template “giay-khen-cua-ban”")
        made = own(app, "giay-khen-cua-ban")
        title = piece(made, "party-title")
        assert (title.box, title.size) == ((161.9, 24.1, 110.0, 7.4), 14.0)
        assert title.colour == piece(shipped, "party-title").colour
        text = (app.office.book.settings.folder / "certificates/giay-khen-cua-ban.yaml").read_text("utf-8")
        before = template_files()["party-merit"].read_text("utf-8").splitlines()
        changed = [line for line in text.splitlines() if line not in before]
        assert len(changed) == 3, changed  # id, title, heading: whatever else a person wrote stays
        assert check_folder(app.office.book.settings.folder) == []
        assert app.office.book.history()[0].action == "certificate.design"
        await pilot.press("escape")
        await see(pilot, "9 in all")
        await pilot.press("slash", "ctrl+u", *"giay-khen", "enter")
        await see(pilot, "Giay khen cua Ban", "own")


async def test_leaving_with_changes_asks_and_a_step_beyond_the_paper_is_held(app: SoVangApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_designer(pilot, "party-merit")
        await choose_piece(pilot, "Title of the Party")
        await pilot.press("tab", *["right"] * 40)
        await see(pilot, "left 187")  # 297 mm wide, and the box has 110
        await pilot.press("escape")
        await see(pilot, "Leave without saving?")
        await pilot.press("escape")
        assert app.screen is screen
        await pilot.press("escape")
        await see(pilot, "Leave without saving?")
        await pilot.press("right", "enter")
        await see(pilot, "› Templates", "Whose")
        assert not (app.office.book.settings.folder / "certificates").exists()


async def test_what_does_not_fit_or_cannot_be_is_said_at_once_by_its_name(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await open_designer(pilot, "party-merit")
        await choose_piece(pilot, "Block in the middle")
        await pilot.press("tab", *["up"] * 10)
        await see(pilot, "Cannot be:")
        await pilot.press("ctrl+s")
        await see(pilot, "Not saved")
        await pilot.press(*["ctrl+z"] * 10)
        await see(pilot, "Fits: ✓ short words")
        await pilot.press("tab")
        await choose_piece(pilot, "Full name")
        await pilot.press("f2")
        await see(pilot, "Smallest size, points")
        await pilot.press("down", "ctrl+u", *"60", "down", "ctrl+u", *"60", "ctrl+s")
        await see(pilot, "✗ a name of 86 letters")
        await pilot.press("f6", "f6")
        await see(pilot, "Does not fit:")


async def test_frame_and_colours_are_chosen_by_their_pictures(app: SoVangApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_designer(pilot, "party-merit")
        await pilot.press("f7")
        await see(pilot, "Plain double rule")
        await pilot.press("end", "up", "up", "enter")
        await until(pilot, lambda: app.screen is screen, "the designer")
        await more(pilot, "Set of")
        await see(pilot, "Deep blue and gold")
        await pilot.press("home", "down", "down", "down", "enter")
        await until(pilot, lambda: app.screen is screen, "the designer")
        shown = screen._draft.shown
        assert shown.ornament is not None
        assert (shown.ornament.style, shown.ornament.line, shown.ornament.panel) == ("double", "#1f3f77", None)
        assert piece(shown, "heading").colour == "#1f3f77"
        assert piece(shown, "unit").colour == "#1c1a17"


async def test_an_emblem_is_copied_into_the_book_and_what_is_no_picture_is_refused(
    app: SoVangApp, tmp_path: Path
) -> None:
    good, bad = tmp_path / "logo.jpg", tmp_path / "bad.png"
    made = Image.new("RGB", (300, 200), "white")
    made.paste("red", (100, 50, 200, 150))
    made.save(good)
    bad.write_bytes(b"no picture")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_designer(pilot, "party-merit")
        await choose_emblem(pilot, bad)
        refused = "it is no picture that can be read"
        await until(pilot, lambda: any(refused in each.message for each in app._notifications), refused)
        await choose_emblem(pilot, good)
        await see(pilot, "The picture was copied")
        image = next(each for each in screen._draft.shown.elements if isinstance(each, ImageElement))
        kept = app.office.book.files.folder / image.file
        with Image.open(kept) as copied:
            assert copied.format == "PNG"
            assert max(abs(copied.width - 100), abs(copied.height - 100)) <= 8  # its white margins are cut off


async def test_a_new_template_is_handed_over_and_taken_in_elsewhere(app: SoVangApp, tmp_path: Path) -> None:
    out = tmp_path / "giay.mau.zip"
    async with app.run_test(size=(120, 40)) as pilot:
        await to_templates(pilot, "state-merit")
        await pilot.press("insert")
        await see(pilot, "What it is called")
        await pilot.press(*"Mau moi", "enter")
        await see(pilot, "✓ short words", "Mau moi")
        await pilot.press("ctrl+s")
        await see(pilot, "Saved as the office's own template “mau-moi”")
        await pilot.press("escape")
        await see(pilot, "› Templates")
        await pilot.press("slash", "ctrl+u", *"mau-moi", "enter", "ctrl+e")
        await see(pilot, "Hand the template over")
        await pilot.press("ctrl+u", *str(out), "enter")
        await see(pilot, "Written to")
        assert zipfile.ZipFile(out).namelist() == ["mau.yaml"]
        await pilot.press("delete")
        await see(pilot, "Take the template “mau-moi” away?")
        await pilot.press("right", "enter")
        await see(pilot, "Taken away: mau-moi")
        assert "mau-moi" not in Templates(app.office.book.settings.folder).files
        await pilot.press("ctrl+o")
        await see(pilot, "type or paste a path")
        await pilot.press(*str(out), "enter")
        await see(pilot, "Taken in: mau-moi")
        assert own(app, "mau-moi").title.vi == "Mau moi"
