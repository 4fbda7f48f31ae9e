"""Fonts: the one asked for, all its faces, and every letter known before a page is drawn."""

from __future__ import annotations

import shutil
from pathlib import Path

import fontpkg
import pytest

from config.errors import InputError
from exports import fonts
from exports.fonts import DISPLAY, ROLES, open_fonts
from tests.exports.conftest import PACKAGED, precomposed


def test_the_packaged_families_draw_every_vietnamese_letter_in_every_face() -> None:
    found = open_fonts(ROLES, families=PACKAGED)
    assert found.family == "Noto Serif, Be Vietnam Pro, Playfair Display"
    assert len(set(found.names.values())) == len(ROLES)
    assert [found.missing_letters(precomposed() + "–“”…", role) for role in ROLES] == [""] * len(ROLES)
    assert [found.missing_letters("₫", role) for role in ROLES if role != DISPLAY] == [""] * (len(ROLES) - 1)
    assert found.missing_letters("Nguyễn ★ và ☆★", "serif") == "★☆"


def test_bold_is_really_bolder() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    found = open_fonts(["serif", "serif-bold"], families=PACKAGED)
    regular, bold = (stringWidth("Nguyễn Văn", found.names[role], 100) for role in ("serif", "serif-bold"))
    assert bold > regular * 1.03


def test_the_office_s_own_font_comes_first_and_the_rest_is_found(tmp_path: Path) -> None:
    own = tmp_path / "Office Face.ttf"
    shutil.copy(fontpkg.path("be-vietnam-pro", 400, "normal"), own)
    found = open_fonts(["serif", "serif-bold"], families=("own", "packaged"), own={"serif": own})
    assert found.family == "Office Face, Noto Serif"


def test_a_file_that_is_no_font_is_a_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttf"
    for content in (b"", b"not a font at all, only some words" * 10):
        wrong.write_bytes(content)
        with pytest.raises(InputError, match=r"wrong\.ttf"):
            open_fonts(["serif"], own={"serif": wrong})
    with pytest.raises(InputError, match=r"none\.ttf"):
        open_fonts(["serif"], own={"serif": tmp_path / "none.ttf"})


def test_an_unknown_role_or_family_or_an_empty_search_is_a_sentence() -> None:
    with pytest.raises(InputError, match="serif-thin"):
        open_fonts(["serif-thin"], families=PACKAGED)
    with pytest.raises(InputError, match="comic"):
        open_fonts(["serif"], families=("comic",))
    with pytest.raises(InputError, match="No font was found"):
        open_fonts(["serif"], families=("own",))


def test_an_installed_family_is_used_only_when_all_its_faces_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {}
    for style, weight, slant in (("Regular", 400, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic")):
        path = tmp_path / f"LiberationSerif-{style}.ttf"
        shutil.copy(fontpkg.path("be-vietnam-pro", weight, slant), path)
        here[path.name.lower()] = path
    monkeypatch.setattr(fonts, "_font_files", lambda: here)
    order = ("times", "liberation", "packaged")
    assert open_fonts(["serif"], families=order).family == "Noto Serif"
    path = tmp_path / "LiberationSerif-BoldItalic.ttf"
    shutil.copy(fontpkg.path("be-vietnam-pro", 700, "italic"), path)
    here[path.name.lower()] = path
    assert open_fonts(["serif"], families=order).family == "Liberation Serif"


def test_a_cache_folder_that_cannot_be_written_does_not_stop_printing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = open_fonts(["serif"], families=PACKAGED, cache=tmp_path / "file" / "cache")
    assert found.family == "Noto Serif"
