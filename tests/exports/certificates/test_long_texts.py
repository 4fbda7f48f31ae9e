"""Long words make a page worth framing: blocks share their room, and all stand on one grid of baselines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs
from PIL import Image

from config.errors import InputError
from config.settings.certificates import Template
from exports.certificates.batch import Certificate, Means, fonts_of
from exports.certificates.design.samples import sample
from exports.certificates.page import Side
from exports.certificates.pieces import Ground, Placed, naming
from exports.certificates.template import Templates
from tests.exports.conftest import PACKAGED, fields

MEANS = Means(families=PACKAGED)


def papers(subject: str = "award") -> list[Template]:
    """Every shipped template of awards, and its variants."""
    templates = Templates(None)
    found = [templates.named(name) for name in templates.names()]
    return [each for each in found if each.subject == subject]


def settled(
    template: Template,
    given: Certificate,
    shifts: dict[str, tuple[float, float]] | None = None,
    images: Sequence[Path] = (),
) -> dict[str, Placed]:
    """How every text of the front stands."""
    ground = Ground(fonts_of(template, MEANS), images, shifts=shifts)
    placed = Side(template, ground).settle(given.fields, naming("x"), tied=not given.collective)
    return {each.element.id: each for each in placed if each.fit is not None}


def size(placed: Placed) -> float:
    assert placed.fit is not None
    return placed.fit.size


@pytest.mark.parametrize("template", papers(), ids=lambda each: each.id)
@pytest.mark.parametrize("key", ["name", "collective"])
@pytest.mark.parametrize("emblem", [False, True])
def test_every_paper_takes_the_longest_name_with_a_citation_of_600_letters(
    template: Template, key: str, emblem: bool, tmp_path: Path
) -> None:
    for name in ("huy-hieu-dang", "quoc-huy", "bieu-trung-co-quan"):
        Image.new("RGB", (40, 40), "red").save(tmp_path / f"{name}.png")
    given = sample(template, key)
    words = given.fields
    assert (len(words["name"]), len(words["citation"])) == ({"name": 86, "collective": 115}[key], 600)
    if key == "name":
        assert len(words["unit"]) == 90
    texts = settled(template, given, images=[tmp_path] if emblem else [])
    assert min(map(size, texts.values())) >= 12
    assert size(texts["name"]) >= 16, "it is still the name that is seen first"
    if "unit" in texts:
        assert size(texts["name"]) > size(texts["unit"])
    ends = [each.box[1] + each.box[3] for each in texts.values() if each.element.flow == "body"]
    room = template.flow("body").box
    assert max(ends) <= room[1] + room[3] + template.grid / 2


def test_what_no_paper_takes_is_still_a_sentence() -> None:
    template = Templates(None).named("party-merit")
    given = sample(template, "name")
    longer = Certificate("1", {**given.fields, "citation": given.fields["citation"] * 3})
    with pytest.raises(InputError, match="“citation” even at 12 points"):
        settled(template, longer)


def test_the_title_gives_room_only_where_the_words_are_many_and_never_on_a_blank() -> None:
    template = Templates(None).named("party-merit")
    short, long = (settled(template, sample(template, key)) for key in ("short", "name"))
    assert size(short["heading"]) == 50
    assert size(long["heading"]) < 50
    assert long["name"].box[1] < short["name"].box[1]
    assert long["heading"].baseline < long["presented"].baseline < long["name"].baseline < long["unit"].baseline
    with pytest.raises(InputError, match="have 48"):
        settled(template, sample(template, "name"), shifts={})
    own = settled(template, sample(template, "short"), shifts={})
    assert "heading" not in own
    assert own["name"].baseline == pytest.approx(short["name"].baseline)


def two(**flows: Any) -> Template:
    """A page of two blocks below each other."""
    plain = {
        "id": "x", "title": {"vi": "x", "en": "x"}, "form": "party", "paper": [100, 100],
        "flows": [{"id": "top", "box": [5, 5, 90, 40]}, {"id": "low", "box": [5, 45, 90, 40], **flows}],
        "elements": [{"kind": "text", "id": "head", "flow": "top", "text": "ĐẦU", "size": 60, "floor": 20},
                     {"kind": "text", "id": "name", "flow": "low", "text": "{citation}", "size": 30, "floor": 12,
                      "lines": 20}],
    }  # fmt: skip
    return msgspec.convert(plain, Template)


def test_a_flow_shares_only_what_stands_above_it() -> None:
    words = Certificate("1", {"citation": "chữ " * 110})
    with pytest.raises(InputError, match=r"does not fit|need"):
        settled(two(), words)
    assert size(settled(two(shares="top"), words)["name"]) >= 12
    for wrong, told in (("none", "no flow “none”"), ("low", "no flow “low”")):
        with pytest.raises(msgspec.ValidationError, match=told):
            two(shares=wrong)
    with pytest.raises(msgspec.ValidationError, match="must stand above it"):
        two(shares="top", box=[5, 44, 90, 40])


@pytest.mark.parametrize("template", [*papers(), *papers("course")], ids=lambda each: each.id)
@pytest.mark.parametrize("key", ["short", "long", "name", "collective"])
def test_all_words_stand_on_one_grid_of_baselines(template: Template, key: str) -> None:
    assert template.grid > 1
    steps = {name: each.baseline / template.grid for name, each in settled(template, sample(template, key)).items()}
    assert {name: step for name, step in steps.items() if abs(step - round(step)) > 0.01} == {}
    lines = [each.line * 25.4 / 72 / template.grid for each in settled(template, sample(template, key)).values()]
    assert max(abs(each - round(each)) for each in lines) < 0.01


def test_words_that_the_grid_takes_out_of_their_box_are_found() -> None:
    shipped = Templates(None).named("party-merit")
    plain = msgspec.to_builtins(structs.replace(shipped, variants=()))
    number = next(each for each in plain["elements"] if each["id"] == "decision-number")
    number["box"] = [30, 145.3, 63, 5.2]
    (found,) = [each for each in msgspec.convert(plain, Template).tight() if each.what == "grid"]
    assert found.id == "decision-number"
    assert found.needs > found.room == 5.2


@pytest.mark.parametrize(
    ("body", "titles"),
    [("BAN THƯỜNG VỤ", ("BÍ THƯ", "CHỦ TỊCH")), ("", ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC CỦA CƠ QUAN MẪU", "CHỦ TỊCH"))],
)
def test_two_who_sign_stand_line_by_line(body: str, titles: tuple[str, str]) -> None:
    template = Templates(None).named("party-merit")
    given = fields(
        signer_mode="T/M", signer_body=body, signer_title=titles[0], signer_name="Người Ký Một",
        signer2_mode="T/M", signer2_body=body, signer2_title=titles[1], signer2_name="Người Ký Hai",
    )  # fmt: skip
    texts = settled(template, Certificate("1", given))
    for row in ("body", "title", "name"):
        one, other = texts[f"signer-{row}"], texts[f"signer2-{row}"]
        assert one.baseline == pytest.approx(other.baseline), row
        assert size(one) == size(other)
