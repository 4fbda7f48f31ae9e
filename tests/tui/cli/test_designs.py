"""Templates handed from office to office, emblems and photos, by the command line; bad files in one sentence."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageDraw

from exports.certificates.template import Templates
from tests.tui.cli.conftest import Run

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><rect x="20" y="10" width="50" height="40"/></svg>'


def picture(path: Path, *, size: tuple[int, int] = (600, 900)) -> Path:
    """A red picture with a blue middle."""
    made = Image.new("RGB", size, (200, 30, 30))
    wide, high = size
    ImageDraw.Draw(made).rectangle((wide // 4, high // 4, wide * 3 // 4, high * 3 // 4), fill=(20, 40, 200))
    made.save(path)
    return path


def error(answer: tuple[int, Any]) -> str:
    code, said = answer
    assert code != 0
    return str(said["error"]["what"])


def test_a_template_goes_to_another_office_as_one_file_with_its_picture(book: Path, run: Run, tmp_path: Path) -> None:
    out, again = tmp_path / "a.mau.zip", tmp_path / "b.mau.zip"
    (tmp_path / "e.svg").write_text(SVG, "utf-8")
    assert run("certificate", "templates", "--export", "party-merit", "--out", out, "--book", book)[0] == 0
    code, taken = run("certificate", "templates", "--take", out, "--name", "Giấy khen của Ban", "--book", book)
    assert (code, taken["template"], taken["pictures"]) == (0, "giay-khen-cua-ban", [])
    own = book / "config"
    file = own / "certificates/giay-khen-cua-ban.yaml"
    picture(own / "certificates" / "huy-hieu-dang.png")
    assert run("certificate", "templates", "--export", "giay-khen-cua-ban", "--out", again, "--book", book)[0] == 0
    assert zipfile.ZipFile(again).namelist() == ["mau.yaml", "huy-hieu-dang.png"]
    refused = error(run("certificate", "templates", "--take", again, "--book", book))
    assert refused == "The office has a template “giay-khen-cua-ban” already"
    code, taken = run("certificate", "templates", "--take", again, "--overwrite", "--book", book)
    assert (code, taken["pictures"]) == (0, ["huy-hieu-dang.png"])
    kept = [each.name for each in (book / "files").glob("huy-hieu-dang-*.png")]
    assert len(kept) == 1
    assert kept[0] in file.read_text("utf-8")
    assert run("config", "check", "--book", book)[0] == 0
    assert run("certificate", "templates", "--remove", "giay-khen-cua-ban", "--book", book)[0] == 0
    assert "giay-khen-cua-ban" not in Templates(own).files
    assert run("book", "undo", "--book", book)[0] == 0
    assert Templates(own).named("giay-khen-cua-ban").title.vi == "Giấy khen của Ban"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bad.zip", b"no zip", "holds no template"),
        ("bad.yaml", b"id: {", "This is not YAML"),
        ("bad.yaml", b"id: x\ntitle: {vi: a, en: b}\nform: party\npaper: a4\nelements: []\nflows: {}\n", "wrong kind"),
        ("latin.yaml", b"id: \xff", "not UTF-8"),
        ("none.zip", None, "cannot be read"),
    ],
)
def test_what_is_no_template_is_refused_in_one_sentence(
    name: str, content: bytes | None, told: str, book: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert told in error(run("certificate", "templates", "--take", file, "--book", book))
    assert not (book / "config/certificates").exists()


HEAD = "id: x\ntitle: {vi: a, en: b}\nform: party\npaper: a4\n"
PLAIN = HEAD + "elements:\n  - {kind: image, id: emblem, box: [10, 10, 20, 20], file: logo.png}\n"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("../../out.png", b"x", "no picture of a template"),
        ("/tmp/out.png", b"x", "no picture of a template"),
        ("c:\\out.png", b"x", "no picture of a template"),
        ("run.sh", b"#!/bin/sh", "no picture of a template"),
        ("a\nb.png", b"x", "no picture of a template"),
        ("logo.png", b"words", "no picture"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "no picture"),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/x'/></svg>", "refers to other files"),
    ],
)
def test_what_hides_in_a_file_of_another_office_is_refused(
    name: str, content: bytes, told: str, book: Path, run: Run, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "x.mau.zip", "w") as packed:
        packed.writestr("mau.yaml", PLAIN)
        packed.writestr(zipfile.ZipInfo(name), content)
    before = sorted(book.rglob("*")), sorted(tmp_path.iterdir())
    assert told in error(run("certificate", "templates", "--take", tmp_path / "x.mau.zip", "--book", book))
    assert (sorted(book.rglob("*")), sorted(tmp_path.iterdir())) == before


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "elements: !!python/object/apply:os.system ['touch owned']\n",
        HEAD + "elements: !!python/name:os.system\n",
        "a: &a [x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghijklm"))
        + HEAD
        + "elements: *m\n",
        HEAD + "elements: []\nnote: " + "x" * 600_000 + "\n",
    ],
    ids=["call", "name", "aliases", "long"],
)
def test_a_design_with_tags_or_without_end_is_one_sentence(
    text: str, book: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    assert error(run("certificate", "templates", "--take", tmp_path / "x.yaml", "--book", book))
    assert not (tmp_path / "owned").exists()
    assert not (book / "config/certificates").exists()


def test_a_zip_whose_content_is_damaged_is_one_sentence(book: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.mau.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mau.yaml", PLAIN * 40)
    content = bytearray(file.read_bytes())
    for place in range(60, 110):
        content[place] ^= 0x5A
    file.write_bytes(bytes(content))
    assert "holds no template" in error(run("certificate", "templates", "--take", file, "--book", book))


def test_a_file_that_unpacks_into_too_much_is_refused(book: Path, run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mau.yaml", b" " * 30_000_000)
    assert "too large" in error(run("certificate", "templates", "--take", tmp_path / "bomb.zip", "--book", book))


def test_the_emblem_of_the_settings_stands_on_the_form_it_is_for(book: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "e.svg").write_text(SVG, "utf-8")
    code, _ = run("config", "set", "emblems.party", tmp_path / "e.svg", "--book", book)
    assert code == 0
    (kept,) = (book / "files").glob("bieu-trung-*.png")
    with Image.open(kept) as drawn:
        assert drawn.width / drawn.height == pytest.approx(50 / 40, abs=0.02)  # the empty margins are gone
    assert run("book", "verify", "--book", book)[0] == 0
    from exports.certificates.design.samples import sample
    from exports.certificates.picture import page_picture
    from exports.certificates.template import office_means

    for name, dark in (("party-merit", True), ("state-merit", False)):
        design = Templates(book / "config").named(name)
        page = page_picture(design, sample(design, "short"), dots=50, means=office_means(book / "config")).convert("L")
        box = next(each.box for each in design.elements if each.id == "emblem")
        x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
        if dark:
            assert page.getpixel((round(x * 50 / 25.4), round(y * 50 / 25.4))) < 40


@pytest.mark.parametrize(
    ("name", "told"),
    [("big.png", "more than 40 million points"), ("words.png", "no picture"), ("white.png", "nothing is on it"),
     ("link.svg", "refers to other files"), ("none.png", "cannot be read"), ("broken.svg", "no picture")],
)  # fmt: skip
def test_an_emblem_that_is_none_is_refused_in_one_sentence(
    name: str, told: str, book: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / name
    if name == "big.png":
        Image.new("1", (8000, 8000)).save(file)
    elif name == "white.png":
        Image.new("RGB", (50, 50), "white").save(file)
    elif name != "none.png":
        file.write_text(SVG.replace("<rect", '<image href="/etc/x.png"/><rect') if name == "link.svg" else "words")
    assert told in error(run("config", "set", "emblems.state", file, "--book", book))
    assert not list((book / "files").glob("bieu-trung-*"))


def test_a_card_shows_the_photo_cut_to_three_by_four_and_a_number_people_read(
    book: Path, roster_file: Path, run: Run, tmp_path: Path
) -> None:
    run("roster", "import", roster_file, "--book", book, "--role", "reporter", "--level", "commune")
    people = [each["id"] for each in run("roster", "list", "--book", book)[1]["people"]]
    assert "fewer than" in error(
        run("roster", "photo", people[0], picture(tmp_path / "s.png", size=(40, 60)), "--book", book)
    )
    (tmp_path / "cut.jpg").write_bytes(picture(tmp_path / "p.jpg").read_bytes()[:900])
    assert "no picture" in error(run("roster", "photo", people[0], tmp_path / "cut.jpg", "--book", book))
    assert run("roster", "photo", people[0], tmp_path / "p.jpg", "--book", book)[0] == 0
    signed = ("--signer-name", "Người Ký Mẫu", "--signer-title", "TRƯỞNG BAN")
    code, _ = run("certificate", "print", "--cards", "--out", tmp_path / "c.pdf", "--book", book, *signed)
    assert code == 0
    document = pypdfium2.PdfDocument(tmp_path / "c.pdf")
    try:
        text = document[0].get_textpage().get_text_bounded()
        images = [
            each.get_bounds() for each in document[0].get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        ]
    finally:
        document.close()
    assert "Số thẻ: 1/BCV-TN" in text
    assert "cấp phường" in text or "cấp xã" in text
    assert "(" not in text
    photos = [each for each in images if (each[3] - each[1]) / (each[2] - each[0]) == pytest.approx(4 / 3, abs=0.01)]
    assert len(photos) == 1
