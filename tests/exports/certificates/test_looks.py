"""The frames with short and long words, a person and a collective, two signers, with and without an emblem."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec import structs
from PIL import Image, ImageChops, ImageStat

from exports.certificates.batch import Certificate, Means, find_problems, print_batch
from exports.certificates.design.draft import Draft
from exports.certificates.design.looks import FRAMES, Frame, with_frame
from exports.certificates.design.samples import SAMPLES, sample
from exports.certificates.frames import border
from exports.certificates.template import Templates, load_template
from tests.exports.conftest import PACKAGED
from tests.looks.certificates import cases, drawn, stored


@pytest.mark.parametrize(("name", "key", "emblem"), list(cases()))
def test_a_page_looks_as_it_was_approved(name: str, key: str, emblem: bool, tmp_path: Path) -> None:
    made = drawn(name, key, emblem=emblem, images=tmp_path)
    with Image.open(stored(name, key, emblem=emblem)) as kept:
        approved = kept.convert("RGB")
    assert made.size == approved.size
    counts = ImageChops.difference(made, approved).convert("L").histogram()
    told = "the page looks different; look at it, and store it with “python -m tests.looks.certificates” if it is right"
    assert sum(counts[64:]) <= 0.003 * sum(counts), told
    assert sum(counts[24:]) <= 0.02 * sum(counts), told


def test_the_pictures_tell_pages_apart(tmp_path: Path) -> None:
    plain = drawn("party-merit", "short", emblem=False, images=tmp_path)
    other = drawn("party-merit", "short", emblem=True, images=tmp_path)
    assert ImageStat.Stat(ImageChops.difference(plain, other)).sum[0] > 0
    assert sum(ImageChops.difference(plain, other).convert("L").histogram()[64:]) > 0.003 * plain.width * plain.height


@pytest.mark.parametrize("name", [each for each in Templates(None).names() if each != "reporter-card"])
def test_every_test_text_fits_on_every_paper(name: str) -> None:
    design = Templates(None).named(name)
    samples = [sample(design, key) for key, _ in SAMPLES]
    assert [len(each.fields["name"]) for each in samples[2:]] == [86, 115]
    assert find_problems(design, samples, means=Means(families=PACKAGED)) == {}


FRAMES_DRAWN = [each for each in FRAMES if each.id]


@pytest.mark.parametrize("frame", FRAMES_DRAWN, ids=lambda each: each.id)
def test_a_frame_is_the_same_at_every_corner_and_has_no_line_that_a_printer_loses(frame: Frame, tmp_path: Path) -> None:
    draft = Draft(load_template("party-merit"))
    draft.put_whole(with_frame(frame))
    draft.put_whole(lambda plain: plain["ornament"].update(watermark=None, hairline=0.05))
    assert draft.problem is None
    bare = structs.replace(draft.shown, elements=draft.shown.elements[:1], variants=())
    given = Certificate("1", {"issuer_above": ""})
    out = print_batch(bare, [given], tmp_path / "f.pdf", means=Means(families=PACKAGED)).path
    document = pypdfium2.PdfDocument(out)
    try:
        page = document[0].render(scale=100 / 72).to_pil().convert("L")
        widths = [_width_of(each) for each in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    finally:
        document.close()
    assert min(widths) >= 0.18 - 1e-3
    turned = ImageChops.difference(page.reduce(4), page.rotate(180).reduce(4))
    assert sum(turned.histogram()[100:]) <= 0.004 * turned.width * turned.height
    corner = round(17.5 * 100 / 25.4)  # the square in which two sides meet
    corners = [page.crop((0, 0, corner, corner)), page.rotate(180).crop((0, 0, corner, corner))]
    assert ImageStat.Stat(ImageChops.difference(*corners)).mean[0] < 12


def _width_of(each: Any) -> float:
    """The width of a line, mm as it was drawn; of what is only filled, no limit."""
    width = ctypes.c_float()
    pypdfium2.raw.FPDFPageObj_GetStrokeWidth(each, width)
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDFPath_GetDrawMode(each, filled, stroked)
    return float(width.value) if stroked.value else 1.0


def test_a_frame_is_worked_out_once_and_stands_on_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_anew: list[object] = []
    real = border._draw

    def counted(canvas: Any, *frame: Any) -> None:
        drawn_anew.append(frame)
        real(canvas, *frame)

    monkeypatch.setattr(border, "_draw", counted)
    border._drawn.cache_clear()
    design = load_template("party-merit")
    given = [Certificate("TN-A-00001", sample(design, "short").fields)]
    files = [
        print_batch(design, given, tmp_path / f"{number}.pdf", means=Means(families=PACKAGED)).path.read_bytes()
        for number in range(3)
    ]
    assert len(drawn_anew) == 1
    assert files[0] == files[1] == files[2]
    border._drawn.cache_clear()
