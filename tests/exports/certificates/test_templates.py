"""The shipped designs: each looks as it was approved, keeps its seal free, and takes what offices send."""

from __future__ import annotations

import ctypes
import math
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageChops

from config.errors import InputError
from config.settings.certificates import Template
from config.settings.designs.elements import KeepEmptyElement, QrElement
from config.settings.loading import load_settings
from exports.certificates.batch import Certificate, Means, fonts_of, print_batch
from exports.certificates.frames import border, strokes
from exports.certificates.layout import GLUE, Fit
from exports.certificates.page import Side
from exports.certificates.picture import page_picture
from exports.certificates.pieces import Ground, naming
from exports.certificates.template import Templates, load_template, template_files
from records.domain.awards.awards import Decision
from tests.exports.conftest import PACKAGED, fields, words_of

SETTINGS = load_settings()
FORMS, PRIZES = SETTINGS.papers.forms, SETTINGS.prizes.prizes
NAMES = sorted(template_files())
MEANS = Means(families=PACKAGED)
PICTURES = Path(__file__).parent / "pictures"
LONG = "Công Huyền Tôn Nữ Thị Phương Trang Hoàng Thiên Hương Nguyễn Phúc Mẫu Thử Dài Lắm"
LONG_UNIT = "Chi bộ Trường Trung học phổ thông chuyên mẫu, Đảng bộ phường Phan Đình Phùng, tỉnh Thái Nguyên"


def sample(template: Template, **other: str) -> Certificate:
    state = {"signer_mode": "TM.", "address_form": "Bà"} if template.form == "state" else {}
    given = fields(
        award_title="Chiến sĩ thi đua cơ sở",
        class_name="Lớp bồi dưỡng nghiệp vụ báo cáo viên năm 2026",
        class_dates="Từ 14/10/2026 đến 16/10/2026",
        result="Hoàn thành",
        role="Báo cáo viên",
        level="cấp xã",
        card_number="42/BCV-TN",
        record_code="TN-A-00042",
        valid_until="31/12/2030",
        recognised_in="15-QĐ/ĐU ngày 02/01/2026",
        recognised_by="Đảng ủy phường Phan Đình Phùng",
        code="SV1|TN|127-QĐ/ĐU|42/2026|" + "abcDEF12" * 13,
    )
    modes = FORMS[template.form].modes.on(date(2026, 11, 5)).value if template.form != "none" else None
    return Certificate("TN-G-00042", {**given, **state, **other}, modes)


def settled(template: Template, certificate: Certificate) -> dict[str, Fit]:
    """How every text of the front stands."""
    side = Side(template, Ground(fonts_of(template, MEANS)))
    placed = side.settle(certificate.fields, naming("x"), tied=not certificate.collective)
    return {each.element.id: each.fit for each in placed if each.fit is not None}


def every_paper() -> list[Template]:
    """Every shipped template and its variants."""
    templates = Templates(None)
    return [templates.named(name) for name in templates.names()]


def picture_of(name: str, side: int = 0) -> Image.Image:
    template = load_template(name)
    single = msgspec.structs.replace(template, sheet=None)
    dots = 200 if template.paper == "card" else 48
    found: Image.Image = page_picture(single, sample(template), dots=dots, side=side, means=MEANS)
    return found


@pytest.mark.parametrize(("name", "side"), [*((name, 0) for name in NAMES), ("reporter-card", 1)])
def test_a_template_looks_as_it_was_approved(name: str, side: int, request: pytest.FixtureRequest) -> None:
    stored = PICTURES / f"{name}-{side}.png"
    made = picture_of(name, side)
    approved = Image.open(stored).convert("RGB")
    assert made.size == approved.size
    apart = ImageChops.difference(made, approved).convert("L")
    counts = apart.histogram()
    different = "the page looks different; look at it, and store it if it is right"
    assert sum(counts[64:]) <= 0.002 * sum(counts), different
    assert sum(counts[16:]) <= 0.0125 * sum(counts), different  # fine lines: the picture kept has fewer colours


@pytest.mark.parametrize("template", every_paper(), ids=lambda each: each.id)
def test_nothing_of_the_frame_stands_where_the_code_is_printed(template: Template) -> None:
    for side, elements in enumerate((template.elements, template.back)):
        for element in elements:
            if not isinstance(element, QrElement):
                continue
            single = msgspec.structs.replace(template, sheet=None)
            page = page_picture(single, sample(template, code=""), dots=100, side=side, means=MEANS)
            left, top, width, height = (value * 100 / 25.4 for value in element.box)
            place = page.crop((int(left) + 1, int(top) + 1, int(left + width), int(top + height)))
            assert place.convert("L").getextrema()[0] > 225, element.id  # fine pale waves of a card stay


def test_a_name_that_no_card_holds_is_a_sentence(tmp_path: Path) -> None:
    template = load_template("reporter-card")
    with pytest.raises(InputError, match="does not fit “name”"):
        print_batch(template, [sample(template, name=LONG * 2)], tmp_path / "out.pdf", means=MEANS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("template", every_paper(), ids=lambda each: each.id)
def test_every_text_can_have_its_written_size_and_none_becomes_too_small_to_read(template: Template) -> None:
    assert template.tight() == []
    assert template.elements


def test_a_text_that_cannot_have_its_size_and_a_floor_nobody_reads_are_found() -> None:
    plain = msgspec.to_builtins(changed())
    plain["elements"] = [plain["elements"][0], {**plain["elements"][1], "size": 20, "lines": 3, "floor": 8}]
    found = msgspec.convert(plain, Template).tight()
    assert [(each.id, each.what) for each in found] == [("second", "height"), ("second", "floor")]
    assert (round(found[0].needs, 1), found[0].room) == (27.5, 20)
    assert (found[1].needs, found[1].room) == (12, 8)


@pytest.mark.parametrize("template", every_paper(), ids=lambda each: each.id)
def test_a_person_of_86_letters_stands_larger_than_the_unit_and_nothing_is_too_small(template: Template) -> None:
    name = f"{LONG} Vô Cùng"[:86]
    texts = settled(template, sample(template, name=name, unit=LONG_UNIT))
    assert texts["name"].size >= texts["unit"].size
    assert texts["name"].size >= (8 if min(template.size) < 100 else 20)
    assert min(each.size for each in texts.values()) >= (7 if min(template.size) < 100 else 12)
    assert texts["name"].lines[-1].count(GLUE) >= 1, "the last two words stay together"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("reporter-card", "training-completion")])
def test_a_collective_of_115_letters_is_printed_in_lines(name: str) -> None:
    template = load_template(name)
    words = (
        "Chi bộ Trường Trung học phổ thông chuyên Vùng cao Việt Bắc thuộc Đảng ủy các cơ quan Đảng tỉnh và Khối doanh"
        " nghiệp"
    )
    citation = f"{words} đã có thành tích xuất sắc"
    certificate = sample(template, name=words, unit="", address_form="", citation=citation)
    texts = settled(template, Certificate(certificate.id, certificate.fields, certificate.modes, collective=True))
    assert " ".join(texts["name"].lines) == words
    assert len(texts["name"].lines) > 1
    assert texts["name"].size >= 20


def test_lines_of_a_group_share_the_size_of_the_one_that_must_shrink() -> None:
    template = load_template("party-merit")
    second = "Hoàng Phủ Ngọc Tường Vi"
    one, two = sample(template), sample(template, signer2_name=second, signer2_title="CHỦ TỊCH")
    assert settled(template, one)["signer-name"].size == 14
    both = settled(template, sample(template, signer2_name=f"{second} Anh", signer2_title="CHỦ TỊCH"))
    assert both["signer-name"].size == both["signer2-name"].size < 14
    assert settled(template, two)["signer-name"].size == 14


@pytest.mark.parametrize("name", [name for name in NAMES if name != "reporter-card"])
def test_the_longest_names_and_units_fit(name: str, tmp_path: Path) -> None:
    template = load_template(name)
    assert len(LONG) == 80
    given = sample(template, name=LONG, unit=LONG_UNIT, issuer=f"Ban Thường vụ {LONG_UNIT}"[:75])
    report = print_batch(template, [given], tmp_path / "out.pdf", means=MEANS)
    assert LONG in words_of(report.path)[0]


@pytest.mark.parametrize("name", ["party-merit", "state-merit"])
def test_a_citation_of_six_hundred_letters_fits(name: str, tmp_path: Path) -> None:
    citation = ("Đã có thành tích xuất sắc trong công tác tuyên truyền miệng " * 11)[:600].strip()
    template = load_template(name)
    report = print_batch(template, [sample(template, citation=citation)], tmp_path / "out.pdf", means=MEANS)
    assert citation in words_of(report.path)[0]


@pytest.mark.parametrize("key", sorted(PRIZES))
def test_every_prize_has_a_template_that_says_its_own_words(key: str, tmp_path: Path) -> None:
    prize = PRIZES[key]
    decision = Decision(
        id="1", number="1", day=date(2026, 11, 5), form=prize.form, issuer="Mẫu", title=prize.title.vi
    )  # fmt: skip
    template = Templates(None).fitting([decision])
    given = sample(template, award_title=prize.title.vi, address_form="")
    report = print_batch(template, [given], tmp_path / "out.pdf", means=MEANS)
    (page,) = words_of(report.path)
    assert ("đạt danh hiệu" in page) == (prize.type == "title" and not prize.title.vi.startswith("Cờ"))
    said = "GIẤY KHEN" if prize.form == "office" else prize.title.vi.upper()
    assert said in page
    assert prize.form == template.form


def test_a_prize_that_no_template_prints_is_refused_by_name() -> None:
    for form in ("party", "state", "office"):
        decision = Decision(
            id="1", number="9/QĐ", day=date(2026, 11, 5), form=form, issuer="Mẫu", title="Huy hiệu Mẫu"
        )  # fmt: skip
        with pytest.raises(InputError, match="9/QĐ: Huy hiệu Mẫu"):
            Templates(None).fitting([decision])


def test_the_offices_own_template_stands_before_a_shipped_one(tmp_path: Path) -> None:
    folder = tmp_path / "certificates"
    folder.mkdir()
    element = "{kind: text, id: name, box: [10, 10, 200, 18], text: '{name}', size: 14}"
    (folder / "zz-mine.yaml").write_text(
        f"id: zz-mine\ntitle: {{vi: a, en: b}}\nform: party\npaper: a4\nelements: [{element}]\n", "utf-8"
    )
    decision = Decision(
        id="1", number="1", day=date(2026, 11, 5), form="party", issuer="Mẫu", title="Giấy khen"
    )  # fmt: skip
    assert Templates(tmp_path).fitting([decision]).id == "zz-mine"
    assert Templates(None).fitting([decision]).id == "party-merit"


def test_a_variant_has_its_frame_where_it_is_asked_for_and_white_all_round() -> None:
    template = Templates(None).named("party-merit-400x300")
    assert template.size == (400, 300)
    picture = page_picture(template, sample(template), dots=25.4 * 2, means=MEANS).convert("L")
    outer = picture.crop((0, 0, 800, 2 * 33))
    assert outer.getextrema() == (255, 255)
    assert picture.crop((0, 0, 2 * 38, 600)).getextrema() == (255, 255)
    assert picture.getpixel((2 * 200, 2 * 35)) < 200, "the line of the frame, 35 mm from the top"
    assert picture.getpixel((2 * 40, 2 * 150)) < 200, "and 40 mm from the left"


@pytest.mark.parametrize("name", ["party-merit", "state-merit", "title-certificate"])
def test_two_signers_stand_side_by_side(name: str, tmp_path: Path) -> None:
    template = load_template(name)
    second = sample(template, signer2_title="CHỦ TỊCH HỘI", signer2_name="Lê Thị Hai")
    report = print_batch(template, [sample(template), second], tmp_path / "out.pdf", means=MEANS)
    one, two = words_of(report.path)
    assert "Lê Thị Hai" not in one
    assert "Lê Thị Hai" in two
    assert "Trần Văn Mẫu" in two


@pytest.mark.parametrize("name", NAMES)
def test_the_places_of_seals_stay_empty(name: str, tmp_path: Path) -> None:
    template = msgspec.structs.replace(load_template(name), ornament=None, back_ornament=None, sheet=None)
    plain = sample(template, signer2_name="Lê Thị Hai", signer2_title="CHỦ TỊCH")
    seen = 0
    for side, elements in enumerate((template.elements, template.back)):
        for kept in (each for each in elements if isinstance(each, KeepEmptyElement) and each.id.startswith("seal")):
            picture = page_picture(template, plain, dots=144, side=side, means=MEANS).convert("L")
            x, y, w, h = (edge * 144 / 25.4 for edge in kept.box)
            inside = picture.crop((int(x) + 1, int(y) + 1, int(x + w), int(y + h)))
            assert inside.getextrema() == (255, 255), kept.id
            seen += 1
    assert seen


def test_cards_lie_ten_to_a_sheet_and_their_backs_fit(tmp_path: Path) -> None:
    template = load_template("reporter-card")
    people = [sample(template, name=f"Người Mẫu {number:02d}", place_date=f"ngày {number:02d}") for number in range(12)]
    report = print_batch(template, people, tmp_path / "out.pdf", means=MEANS)
    document = pypdfium2.PdfDocument(report.path)
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    places = [_place_of(document[0], "Người Mẫu 00"), _place_of(document[1], "ngày 00")]
    pages = len(document)
    document.close()
    assert pages == 4
    assert sizes == {(595, 842)}
    assert places[0][0] < 595 / 2 < places[1][0], "the back of a card lies behind it when the sheet is turned"
    assert abs(places[0][1] - places[1][1]) < 100


def _place_of(page: Any, words: str) -> tuple[float, float]:
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found is not None
    left, bottom, _, _ = text.get_charbox(found[0])
    return left, bottom


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    template = load_template(name)
    report = print_batch(template, [sample(template)] * 3, tmp_path / "out.pdf", means=MEANS)
    done = subprocess.run([qpdf, "--check", str(report.path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def changed(**element: Any) -> Template:
    """A bare template with one text element and one more."""
    name = {"kind": "text", "id": "name", "box": [10, 10, 100, 20], "text": "{name}"}
    plain = {
        "id": "bare",
        "title": {"vi": "a", "en": "b"},
        "form": "none",
        "paper": [200, 100],
        "elements": [name, {"kind": "text", "id": "second", "box": [10, 40, 100, 20], "text": "hai", **element}],
    }
    return msgspec.convert(plain, Template)


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ({"box": [10, 25, 100, 20]}, "overlap"),
        ({"box": [10, 90, 100, 20]}, "beyond the paper"),
        ({"repeat": {"times": 5, "down": 20}}, "beyond the paper"),
        ({"id": "name"}, "stands twice"),
        ({"when": "!nothing"}, "no field"),
        ({"repeat": {"times": 2, "over": "nothing"}}, "no field"),
    ],
)
def test_a_mistake_in_a_template_is_named(element: dict[str, Any], told: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=told):
        changed(**element)


def test_what_excludes_each_other_may_share_a_place() -> None:
    one = {"kind": "text", "id": "a", "box": [10, 40, 100, 20], "text": "a", "when": "reissue"}
    plain = msgspec.to_builtins(changed(when="!reissue"))
    plain["elements"] = [*plain["elements"], one]
    assert len(msgspec.convert(plain, Template).elements) == 3


def test_a_repeated_element_shows_one_line_each(tmp_path: Path) -> None:
    template = changed(text="· {item}", box=[10, 40, 100, 8], repeat={"times": 3, "down": 9, "over": "members"})
    out = tmp_path / "out.pdf"
    print_batch(template, [Certificate("1", fields(members="Lê Một\nLê Hai"))], out, means=MEANS)
    assert words_of(out) == ["Nguyễn Thị Hồng Thúy · Lê Một · Lê Hai"]
    four = Certificate("1", fields(members="Một\nHai\nBa\nBốn"))
    with pytest.raises(InputError, match="4 lines"):
        print_batch(template, [four], out, means=MEANS, overwrite=True)


def test_an_image_is_drawn_and_one_that_is_not_there_or_broken_is_a_sentence(tmp_path: Path) -> None:
    plain = msgspec.to_builtins(changed())
    plain["elements"] = list(plain["elements"])
    plain["elements"][1] = {"kind": "image", "id": "emblem", "box": [150, 40, 20, 20], "file": "emblem.png"}
    template = msgspec.convert(plain, Template)
    means = Means(families=PACKAGED, images=[tmp_path])
    given = Certificate("1", fields())
    with pytest.raises(InputError, match=r"no image “emblem\.png”"):
        page_picture(template, given, means=means)
    (tmp_path / "emblem.png").write_bytes(b"no picture")
    with pytest.raises(InputError, match="cannot be read"):
        page_picture(template, given, means=means)
    Image.new("RGB", (40, 40), (200, 0, 0)).save(tmp_path / "good.png")
    plain["elements"][1]["file"] = "good.png"
    picture = page_picture(msgspec.convert(plain, Template), given, dots=25.4 * 4, means=means)
    assert picture.getpixel((160 * 4, 50 * 4)) == (200, 0, 0)
    plain["elements"][1]["file"] = "../good.png"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain, Template)
    plain["elements"][1] |= {"file": "none.png", "optional": True}
    assert page_picture(msgspec.convert(plain, Template), given, means=means).getpixel((640, 200)) == (255, 255, 255)


@pytest.mark.parametrize(("name", "mode"), [("party-merit", "TM."), ("state-merit", "T/M")])
def test_trap_5_the_signing_of_one_form_is_refused_on_the_other(name: str, mode: str, tmp_path: Path) -> None:
    template = load_template(name)
    with pytest.raises(InputError, match="not how this form is signed"):
        print_batch(template, [sample(template, signer_mode=mode)], tmp_path / "out.pdf", means=MEANS)


def plain_box(**element: Any) -> Template:
    """Two texts in one flow, the second changed."""
    plain = msgspec.to_builtins(changed())
    plain["flows"] = [{"id": "block", "box": [10, 10, 100, 60]}]
    first = {"kind": "text", "id": "name", "flow": "block", "text": "{name}", "size": 20, "floor": 12, "lines": 2}
    plain["elements"] = [first, {"kind": "text", "id": "second", "flow": "block", "text": "hai", **element}]
    return msgspec.convert(plain, Template)


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ({"flow": "none"}, "no flow “none”"),
        ({"flow": ""}, "“second” has no box"),
        ({"not_above": "third"}, "no larger than “third”"),
        ({"repeat": {"times": 2}}, "cannot be repeated"),
        ({"group": "left"}, "can have no group"),
        ({"flow": "", "box": [20, 50, 20, 10]}, "overlaps “name”"),
    ],
)
def test_a_mistake_in_a_flow_is_named(element: dict[str, Any], told: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=told):
        plain_box(**element)


@pytest.mark.parametrize("name", ["party-merit", "state-merit", "training-completion"])
def test_the_watermark_is_four_rosettes_one_within_the_other_behind_the_words(name: str, tmp_path: Path) -> None:
    template = load_template(name)
    report = print_batch(template, [sample(template)], tmp_path / "out.pdf", means=MEANS)
    document = pypdfium2.PdfDocument(report.path)
    try:
        page = document[0]
        width, height = page.get_size()
        assert template.ornament is not None
        boxes = _lines_in(page, template.ornament.watermark or "")[:22]  # before what stands on it
    finally:
        document.close()
    reach = min(width, height) * 0.18
    shares = [max(abs(right - width / 2), abs(left - width / 2)) / reach for left, _, right, _ in boxes]
    rings = [max(shares[first : first + count]) for first, count in ((0, 6), (6, 6), (12, 6), (18, 4))]
    assert rings == pytest.approx([1, 0.82, 0.6, 0.34], abs=0.02)
    assert all(abs((bottom + top) / 2 - height * 0.57) < reach * 0.05 for _, bottom, _, top in boxes)


@pytest.mark.parametrize("name", ["party-merit", "state-merit"])
def test_the_curves_of_a_rosette_are_turned_evenly_from_petal_to_petal(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: dict[tuple[Any, ...], list[float]] = {}
    real = strokes.rosette

    def noting(centre: tuple[float, float], reach: float, petals: tuple[int, float], turn: float) -> Any:
        drawn.setdefault((centre, reach, petals), []).append(turn)
        return real(centre, reach, petals, turn)

    monkeypatch.setattr(border, "rosette", noting)
    ornament = load_template(name).ornament
    assert ornament is not None
    border._drawn.__wrapped__(ornament, 297, 210)  # without what was drawn for an earlier print
    assert len(drawn) >= 4
    for (_centre, _reach, (petals, _depth)), turns in drawn.items():
        apart = 2 * math.pi / petals / len(turns)
        assert [turn % (2 * math.pi / petals) for turn in turns] == pytest.approx(
            [n * apart for n in range(len(turns))]
        )


@pytest.mark.parametrize("name", [each for each in NAMES if each != "reporter-card"])
def test_nothing_stands_behind_the_lines_that_are_signed(name: str) -> None:
    template = load_template(name)
    bare = msgspec.structs.replace(template, elements=template.elements[:1], flows=template.flows)
    page = page_picture(bare, sample(template), dots=100, means=MEANS).convert("L")
    for element in template.elements:
        box = template.flow(element.flow).box if element.flow else element.box
        if element.id == "seal" or element.flow == "sign":
            left, top, width, height = (value * 100 / 25.4 for value in box)
            place = page.crop((int(left) + 12, int(top) + 8, int(left + width), int(top + height)))
            assert place.getextrema() == (255, 255), element.id


def _lines_in(page: Any, colour: str) -> list[tuple[float, float, float, float]]:
    """Bounds of the lines drawn in a colour (#rrggbb), in the order in which they were drawn."""
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    found = []
    for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        parts = [ctypes.c_uint() for _ in range(4)]
        pypdfium2.raw.FPDFPageObj_GetStrokeColor(each, *parts)
        if tuple(part.value for part in parts[:3]) == wanted:
            found.append(each.get_bounds() if hasattr(each, "get_bounds") else each.get_pos())
    return found
