"""The frames with short and long words, a person and a collective, two signers, with and without an emblem."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from exports.certificates.batch import Means, find_problems
from exports.certificates.design.samples import SAMPLES, sample
from exports.certificates.template import Templates
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
