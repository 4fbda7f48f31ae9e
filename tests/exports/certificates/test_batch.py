"""Certificates: letter for letter, whole or not at all, the same bytes for the same input."""

from __future__ import annotations

import ctypes
import hashlib
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec import structs
from PIL import Image, ImageChops

from config.errors import AppError, InputError, RefusedError
from config.settings.certificates import Template
from exports.certificates.batch import Blank, Certificate, Means, print_batch
from exports.certificates.calibration import check_page, ruler_sheet
from exports.certificates.separate import print_separately
from exports.certificates.template import load_template
from tests.exports.conftest import PACKAGED, Printer, fields, lines_of, precomposed, words_of


def test_trap_8_every_letter_in_every_tone_is_printed_as_entered(printed: Printer) -> None:
    letters = precomposed()
    assert len(letters) == 146
    names = [f"Mẫu {letters[start : start + 12]} Thử" for start in range(0, len(letters), 12)]
    report = printed(*(fields(name=name) for name in names))
    for name, page in zip(names, words_of(report.path), strict=True):
        assert page.count(name) == 1


def test_what_is_written_in_parts_is_printed_whole(printed: Printer) -> None:
    report = printed(fields(name="Nguye\u0302\u0303n Thi\u0323 Ha\u0300"))
    assert "Nguyễn Thị Hà" in words_of(report.path)[0]


def test_every_field_stands_on_the_page_letter_for_letter(printed: Printer) -> None:
    given = fields(reissue="CẤP LẠI")
    page = words_of(printed(given).path)[0]
    missing = [field for field, text in given.items() if text not in page]
    assert missing == ["award_title"], "the title stands in capitals"
    assert given["award_title"].upper() in page
    assert "Số 127-QĐ/ĐU" in page
    assert "T/M BAN THƯỜNG VỤ" in page


def test_trap_2_the_party_form_has_the_party_title_and_no_state_title(printed: Printer) -> None:
    page = words_of(printed(fields()).path)[0].upper()
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in page
    assert "CỘNG HÒA" not in page.replace("CỘNG HOÀ", "CỘNG HÒA")


def test_trap_8_a_name_is_never_broken_over_two_lines(printed: Printer) -> None:
    name = "Nguyễn Thị Hồng Thúy"
    citations = [f"{'x ' * lead}đồng chí {name} đã có thành tích xuất sắc" for lead in range(1, 60)]
    report = printed(*(fields(citation=citation) for citation in citations))
    for number, citation in enumerate(citations):
        assert sum(name in line for line in lines_of(report.path, number)) == 2, citation


def test_the_same_input_gives_the_same_bytes(printed: Printer, tmp_path: Path) -> None:
    people = [fields(name=f"Trần Văn {letter}", code=f"TN|{letter}") for letter in "ABC"]
    first = printed(*people, out=tmp_path / "first.pdf")
    second = printed(*people, out=tmp_path / "second.pdf")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.sha256 == second.sha256 == hashlib.sha256(first.path.read_bytes()).hexdigest()
    assert printed(*people[:2], out=tmp_path / "third.pdf").sha256 != first.sha256


def test_bold_and_regular_are_different_faces(printed: Printer, tmp_path: Path) -> None:
    content = printed(fields()).path.read_bytes()
    faces = {part.split(b"/")[0].split()[0] for part in content.split(b"/BaseFont /")[1:]}
    assert sum(b"serif-700" in face for face in faces) == 1
    assert sum(b"display-700" in face for face in faces) == 1
    assert sum(b"400-normal" in face for face in faces) == 1
    assert sum(b"400-italic" in face for face in faces) == 1


def test_two_hundred_pages_each_carry_their_own_name(printed: Printer) -> None:
    names = [f"Lê Thị Số {number:03d}" for number in range(200)]
    told: list[tuple[int, int]] = []
    report = printed(*(fields(name=name) for name in names), progress=lambda done, of: told.append((done, of)))
    assert report.count == 200
    assert told == [(done, 200) for done in range(1, 201)]
    assert all(name in page for name, page in zip(names, words_of(report.path), strict=True))
    assert report.path.stat().st_size < 1_000_000


def test_a_letter_the_font_lacks_stops_the_batch_before_the_first_page(printed: Printer, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        printed(fields(), fields(name="Lê Văn ★ Mẫu"))
    assert "Lê Văn ★ Mẫu" in str(caught.value)
    assert "no letter “★”" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("field", ["name", "citation", "decision_number", "register_number", "issuer"])
def test_a_missing_field_names_the_person_and_the_field(printed: Printer, tmp_path: Path, field: str) -> None:
    with pytest.raises(InputError) as caught:
        printed(fields(), fields(**{field: " "}))
    assert f"“{field}”" in str(caught.value)
    assert ("TN-A-00002" if field == "name" else "Nguyễn Thị Hồng Thúy") in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_text_too_long_is_refused_with_its_name_and_its_words(printed: Printer) -> None:
    with pytest.raises(InputError) as caught:
        printed(fields(citation="tuyên truyền " * 120), overwrite=True)
    assert "Nguyễn Thị Hồng Thúy" in str(caught.value)
    assert "“citation”" in str(caught.value)
    assert "tuyên truyền tuyên truyền" in str(caught.value)


def test_a_stopped_batch_leaves_nothing(printed: Printer, tmp_path: Path) -> None:
    for moment in (1, 4, 8):
        asked: list[None] = []
        with pytest.raises(RefusedError):
            printed(*[fields()] * 5, stop=lambda asked=asked, moment=moment: asked.append(None) or len(asked) == moment)
        assert list(tmp_path.iterdir()) == []


def test_no_certificate_is_no_file(printed: Printer, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        printed()
    assert list(tmp_path.iterdir()) == []


def test_a_file_already_there_is_replaced_only_when_allowed(printed: Printer, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("kept")
    with pytest.raises(InputError, match="is there already"):
        printed(fields())
    assert out.read_text() == "kept"
    printed(fields(), overwrite=True)
    assert out.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_a_failure_while_printing_keeps_the_old_file(printed: Printer, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("kept")

    def full(_done: int, _of: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="the disk is full"):
        printed(fields(), overwrite=True, progress=full)
    assert out.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_a_place_that_cannot_hold_the_file_is_a_sentence(printed: Printer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.pdf").mkdir()
    for out, told in (
        (tmp_path / "none" / "out.pdf", "does not exist"),
        (tmp_path / "file" / "out.pdf", "is a file, not a folder"),
        (tmp_path / "folder.pdf", "is a folder, not a file"),
        (tmp_path / ("a" * 300 + ".pdf"), "cannot be written"),
    ):
        with pytest.raises(InputError, match=told):
            printed(fields(), out=out, overwrite=True)


def test_a_blank_gets_only_what_is_not_printed_on_it(printed: Printer, tmp_path: Path) -> None:
    page = words_of(printed(fields(), blank=Blank(right=3, down=-2)).path)[0]
    assert "Nguyễn Thị Hồng Thúy" in page
    assert "GIẤY KHEN" not in page
    assert "ĐẢNG CỘNG SẢN" not in page


def test_a_blank_moves_the_words_by_the_offset(printed: Printer, tmp_path: Path) -> None:
    def first_letter(right: float, down: float) -> tuple[float, float]:
        report = printed(fields(), fields(name="Lê Văn Hai"), blank=Blank(right, down), overwrite=True)
        document = pypdfium2.PdfDocument(report.path)
        left, bottom, _, _ = document[0].get_textpage().get_charbox(0)
        document.close()
        return left, bottom

    here, there = first_letter(0, 0), first_letter(10, 5)
    assert there[0] - here[0] == pytest.approx(10 * 72 / 25.4, abs=0.05)
    assert here[1] - there[1] == pytest.approx(5 * 72 / 25.4, abs=0.05)


def test_nothing_is_drawn_in_the_place_of_signature_and_seal(printed: Printer, merit: Template) -> None:
    plain = Template(**{name: getattr(merit, name) for name in merit.__struct_fields__} | {"ornament": None})
    report = printed(fields(code="TN|1", reissue="CẤP LẠI"), template=plain)
    (kept,) = [each for each in merit.elements if each.id == "seal"]
    document = pypdfium2.PdfDocument(report.path)
    scale = 2
    picture = document[0].render(scale=scale).to_pil().convert("L")
    document.close()
    pixels = [side * 72 / 25.4 * scale for side in kept.box]
    inside = picture.crop(
        (int(pixels[0]) + 1, int(pixels[1]) + 1, int(pixels[0] + pixels[2]), int(pixels[1] + pixels[3]))
    )
    assert kept.box[3] >= 35
    assert inside.getextrema() == (255, 255)
    assert picture.getextrema()[0] < 100


def test_a_training_certificate_shows_result_and_number_only_where_there_are_any(tmp_path: Path) -> None:
    template = load_template("training-completion")
    given = fields(class_name="Lớp bồi dưỡng nghiệp vụ", class_dates="Từ 14 đến 16/10/2026")
    people = [Certificate("1", given), Certificate("2", {**given, "result": "Giỏi", "number": "18-CN/TTCT"})]
    report = print_batch(template, people, tmp_path / "out.pdf", means=Means(families=PACKAGED))
    without, whole = words_of(report.path)
    assert "Kết quả" not in without
    assert "Kết quả: Giỏi Số 18-CN/TTCT" in whole
    assert report.font_family == "Noto Serif, Playfair Display"


def test_a_template_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    for name in ("none", "../awards/prizes"):
        with pytest.raises(InputError, match="party-merit, reporter-card, state-merit"):
            load_template(name)


def test_the_office_s_own_template_stands_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "certificates").mkdir()
    own = tmp_path / "certificates" / "party-merit.yaml"
    element = "{kind: text, id: name, box: [10, 10, 180, 20], text: '{name}'}"
    own.write_text(
        f"id: party-merit\ntitle: {{vi: a, en: b}}\nform: party\npaper: [200, 100.5]\nelements: [{element}]\n", "utf-8"
    )
    assert load_template("party-merit", tmp_path).size == (200, 100.5)
    for wrong, told in (
        (element.replace("{name}", "{nmae}"), "nmae"),
        (element.replace("180, 20", "180, 200"), "beyond the paper"),
        (f"{element}, {{kind: keep_empty, id: seal, box: [50, 5, 20, 20]}}", "kept empty"),
        (element.replace("kind: text", "kind: txet"), "txet"),
        (element.replace("id: name", "id: name, floor: 30"), "floor"),
        (element.replace("id: name", "id: name, colour: red"), "colour"),
    ):
        own.write_text(own.read_text("utf-8").split("elements")[0] + f"elements: [{wrong}]\n", "utf-8")
        with pytest.raises(AppError) as caught:
            load_template("party-merit", tmp_path)
        assert told in str(caught.value)
        assert "party-merit.yaml" in str(caught.value)


def test_a_viewer_prints_every_file_in_its_true_size_and_both_sides_of_cards(tmp_path: Path, merit: Template) -> None:
    def wishes(path: Path) -> tuple[bool, str]:
        document = pypdfium2.PdfDocument(path)
        raw, size = pypdfium2.raw, 40
        buffer = ctypes.create_string_buffer(size)
        raw.FPDF_VIEWERREF_GetName(document, b"Duplex", buffer, size)
        found = bool(raw.FPDF_VIEWERREF_GetPrintScaling(document)), raw.FPDF_VIEWERREF_GetDuplex(document)
        pages = len(document)
        document.close()
        assert pages
        return not found[0], {0: "", 1: "simplex", 2: "short", 3: "long"}[found[1]]

    means, people = Means(families=PACKAGED), [Certificate("1", fields()), Certificate("2", fields(name="Lê Hai"))]
    assert wishes(print_batch(merit, people, tmp_path / "a.pdf", means=means).path) == (True, "")
    _report, files = print_separately(merit, people, tmp_path / "each", means=means)
    assert [wishes(each) for each in files] == [(True, "")] * 2
    assert ["Lê Hai" in words_of(each)[0] for each in files] == [False, True]
    card = load_template("reporter-card")
    given = fields(role="Báo cáo viên", card_number="1", record_code="TN-A-00001")
    assert wishes(print_batch(card, [Certificate("1", given)], tmp_path / "c.pdf", means=means).path) == (True, "long")


def test_papers_to_line_up_a_printer_carry_a_line_of_100_mm(tmp_path: Path, merit: Template) -> None:
    ruler_sheet((297, 210), tmp_path / "ruler.pdf", means=Means(families=PACKAGED))
    check_page(merit, Blank(), tmp_path / "test.pdf", means=Means(families=PACKAGED))
    for name in ("ruler.pdf", "test.pdf"):
        document = pypdfium2.PdfDocument(tmp_path / name)
        picture = document[0].render(scale=4, grayscale=True).to_pil()
        words = document[0].get_textpage().get_text_bounded()
        document.close()
        assert "This line is 100 mm long" in words
        y = round((105 + 16) / 25.4 * 72 * 4)
        dark = [x for x in range(picture.width) if min(picture.getpixel((x, y + off)) for off in (-1, 0, 1)) < 200]
        middle = [x for x in dark if 60 < x / 4 / 72 * 25.4 < 230]
        assert (middle[-1] - middle[0]) / 4 / 72 * 25.4 == pytest.approx(100, abs=0.5)


def test_a_name_with_a_letter_that_the_display_face_lacks_is_printed_in_the_face_that_stands_in(
    merit: Template, printed: Printer
) -> None:
    from exports.certificates.batch import fonts_of
    from exports.certificates.page import Side
    from exports.certificates.pieces import Ground, naming

    fonts = fonts_of(merit, Means(families=PACKAGED))
    name = "Y Ƀuôn Niê"
    assert fonts.missing_letters(name, "display") == "Ƀ"
    side = Side(merit, Ground(fonts))
    for given, face in ((name, "serif-bold"), ("Nguyễn Văn Mẫu", "display")):
        placed = {each.element.id: each.element for each in side.settle(fields(name=given), naming("x"))}
        assert getattr(placed["name"], "font", "") == face
        assert getattr(placed["heading"], "font", "") == "display"
    assert "Y Ƀuôn Niê" in words_of(printed(fields(name=name)).path)[0]


def test_what_stands_below_another_name_as_it_stood_before_is_stored_once(merit: Template) -> None:
    from exports.certificates.batch import fonts_of
    from exports.certificates.page import Side
    from exports.certificates.pieces import Ground, naming

    side = Side(merit, Ground(fonts_of(merit, Means(families=PACKAGED))))
    one, other, long = (
        {each.element.id: each for each in side.settle(fields(name=given), naming("x"))}
        for given in ("Nguyễn Văn Mẫu", "Trần Thị Thử", "Công Tằng Tôn Nữ Thị Khuê Mẫu " * 4)
    )
    assert [each for each in one if one[each] is not other[each]] == ["name"]
    assert long["citation"].box != one["citation"].box


@pytest.mark.parametrize("separate", [False, True])
def test_a_file_for_a_print_shop_says_where_it_is_cut_on_every_page(
    separate: bool, merit: Template, tmp_path: Path
) -> None:
    design = structs.replace(merit, bleed=3)
    people = [Certificate(str(number), fields(name=f"Lê Thị Số {number}")) for number in range(3)]
    if separate:
        _, files = print_separately(design, people, tmp_path / "each", means=Means(families=PACKAGED))
    else:
        files = [print_batch(design, people, tmp_path / "all.pdf", means=Means(families=PACKAGED)).path]
    plain = print_batch(merit, people, tmp_path / "plain.pdf", means=Means(families=PACKAGED)).path
    mm = 72 / 25.4
    pages = 0
    for file in files:
        document = pypdfium2.PdfDocument(file)
        for page in document:
            pages += 1
            assert page.get_size() == pytest.approx((303 * mm, 216 * mm), abs=0.1)
            assert page.get_bleedbox() == pytest.approx((0, 0, 303 * mm, 216 * mm), abs=0.1)
            assert page.get_trimbox() == pytest.approx((3 * mm, 3 * mm, 300 * mm, 213 * mm), abs=0.1)
        document.close()
    assert pages == 3
    assert b"TrimBox" not in plain.read_bytes()
    inside = _picture(files[0]).crop((12, 12, 12 + 297 * 4, 12 + 210 * 4)).reduce(6)
    apart = ImageChops.difference(inside, _picture(plain).crop((0, 0, 297 * 4, 210 * 4)).reduce(6)).convert("L")
    assert sum(apart.histogram()[90:]) < 0.002 * inside.width * inside.height  # it stands where it stood


def _picture(path: Path) -> Image.Image:
    """The first page, four points to the millimetre."""
    document = pypdfium2.PdfDocument(path)
    try:
        found: Image.Image = document[0].render(scale=4 * 25.4 / 72).to_pil().convert("RGB")
    finally:
        document.close()
    return found
