"""The short code comes by itself beside a code that has none, where there is room, and never on anything."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec import structs
from PIL import ImageChops

from config.settings.certificates import Template
from config.settings.designs.checks import overlap
from config.settings.designs.elements import Box, QrElement, TextElement
from exports.certificates.batch import Certificate, Means, fonts_of, print_batch
from exports.certificates.design.samples import sample
from exports.certificates.page import Side
from exports.certificates.picture import page_picture
from exports.certificates.pieces import Ground, naming
from exports.certificates.template import Templates, read_template
from tests.exports.conftest import PACKAGED, words_of

MEANS = Means(families=PACKAGED)
SHORT = "ABCD-EFGH-JKLN"
NAMES = sorted(Templates(None).files)


def older(name: str) -> Template:
    """A template of an office, copied from a shipped one before short codes were there."""
    shipped = structs.replace(Templates(None).named(name), variants=())
    return structs.replace(
        shipped,
        elements=tuple(each for each in shipped.elements if each.id != "short-code"),
        back=tuple(each for each in shipped.back if each.id != "short-code"),
    )


def came(design: Template) -> list[TextElement]:
    """What the program adds to the elements of a design."""
    written = {each.id for each in (*design.elements, *design.back)}
    return [each for side in design.sides for each in side if each.id not in written and isinstance(each, TextElement)]


@pytest.mark.parametrize("name", NAMES)
def test_an_older_template_of_the_office_prints_it_beside_the_code_and_is_else_as_it_was(
    name: str, tmp_path: Path
) -> None:
    design = older(name)
    (made,) = came(design)
    side = 0 if made in design.sides[0] else 1
    others = [each for each in design.sides[side] if each != made and not each.flow]
    assert [each.id for each in others if any(overlap(made.box, box) for box in each.boxes())] == []
    given = {**sample(design, "short").fields, "short_code": SHORT}
    out = print_batch(design, [Certificate("1", given)], tmp_path / "o.pdf", means=MEANS).path
    assert SHORT in " ".join(words_of(out))
    assert made.size >= (7 if name == "reporter-card" else 12)
    single = structs.replace(design, sheet=None)
    with_it, without = (
        page_picture(single, Certificate("1", {**given, "short_code": short}), dots=72, side=side, means=MEANS)
        for short in (SHORT, "")
    )
    found = ImageChops.difference(with_it, without).getbbox()
    assert found is not None
    x, y, w, h = (value * 72 / 25.4 for value in made.box)
    assert found[0] >= x - 2
    assert found[1] >= y - 2
    assert found[2] <= x + w + 2
    assert found[3] <= y + h + 2


def test_a_template_that_has_words_for_it_gets_no_second_one() -> None:
    assert [came(Templates(None).named(name)) for name in NAMES] == [[]] * len(NAMES)


def test_it_can_be_switched_off_and_lack_of_room_is_said(tmp_path: Path) -> None:
    design = older("party-merit")
    assert design.tight() == []
    off = tuple(
        structs.replace(each, short_code=False) if isinstance(each, QrElement) else each for each in design.elements
    )
    assert came(structs.replace(design, elements=off)) == []
    assert structs.replace(design, elements=off).tight() == []
    tiny = {
        "id": "tiny", "title": {"vi": "x", "en": "x"}, "form": "party", "paper": [30, 30],
        "elements": [{"kind": "qr", "id": "code", "box": [2, 2, 26, 26]}],
    }  # fmt: skip
    made = msgspec.convert(tiny, Template)
    assert came(made) == []
    assert [(each.id, each.what) for each in made.tight()] == [("code", "short_code")]


def test_it_stands_below_where_nothing_else_is_free_and_smaller_where_it_must() -> None:
    plain = {
        "id": "x", "title": {"vi": "x", "en": "x"}, "form": "party", "paper": [40, 60],
        "elements": [{"kind": "qr", "id": "code", "box": [8, 8, 24, 24]}],
    }  # fmt: skip
    (made,) = came(msgspec.convert(plain, Template))
    assert made.box[1] >= 32
    assert 7 <= made.size < 12
    assert made.box[0] >= 3


def test_the_switch_is_written_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "id: x\ntitle: {vi: a, en: b}\nform: party\npaper: a4\n"
        "elements:\n  - {kind: qr, id: code, box: [20, 150, 24, 24], short_code: false}\n",
        "utf-8",
    )
    assert came(read_template(tmp_path / "x.yaml")) == []


def test_on_a_blank_it_goes_where_its_code_was_moved() -> None:
    design = older("party-merit")
    (made,) = came(design)
    given = sample(design, "short").fields

    def places(shifts: dict[str, tuple[float, float]]) -> dict[str, Box]:
        ground = Ground(fonts_of(design, MEANS), shifts=shifts)
        return {each.element.id: each.box for each in Side(design, ground).settle(given, naming("x"))}

    still, moved = places({}), places({"code": (2, 1)})
    for name in ("code", made.id):
        assert (moved[name][0] - still[name][0], moved[name][1] - still[name][1]) == pytest.approx((2, 1))
    assert moved["register"] == still["register"]
