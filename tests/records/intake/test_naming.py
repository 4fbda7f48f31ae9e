"""The judge of names: a true name comes back letter for letter, and nothing else passes without a word."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.settings.loading import load_settings, shipped_names
from records.domain.people.names import matching_key
from records.intake.files.cells import Sheet
from records.intake.fonts.oldfonts import read_old_fonts
from records.intake.names.naming import read_name

NAMES = shipped_names()
CASES = Path(__file__).parent / "cases"
TRUE = [row["Họ và tên"] for row in csv.DictReader((CASES / "names-true.csv").read_text("utf-8-sig").splitlines())]
_ADDRESS = {matching_key(word) for title in (*NAMES.titles, *NAMES.abbreviations) for word in title.split()}
_MIDDLE = [
    *NAMES.middles, "Ông", "Bà", "Anh", "Chị", "Cô", "Thầy", "Chí", "Công", "Đông", "Thông", "Kim", "Ngọc", "Thanh",
    "H'Ƀlơk", "Y", "A", "Seo",
]  # fmt: skip
_GIVEN = [
    "Anh",
    "Hà",
    "Ánh",
    "Ỷ",
    "Ò",
    "Chị",
    "Bà",
    "Ông",
    "Ñuôl",
    "Hơ̆k",
    "Yŏng",
    "Čil",
    "Bình-An",
    "Thuỷ",
    "Thủy",
    "Mĩ",
]


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name that nobody can take for one with a title: what may be an address stands before a middle word."""
    family = draw(st.sampled_from(NAMES.families))
    middle = draw(st.lists(st.sampled_from(_MIDDLE), max_size=4))
    if matching_key(family.split()[0]) in _ADDRESS:
        middle.insert(0, draw(st.sampled_from(NAMES.middles)))
    name = " ".join([family, *middle, draw(st.sampled_from(_GIVEN))])
    return draw(st.sampled_from([name, name.upper()]))


@pytest.mark.parametrize("name", TRUE)
def test_a_true_name_stays(name: str) -> None:
    read = read_name(name, NAMES)
    assert (read.value, read.problem) == (name, None)


@given(names())
def test_a_name_without_a_title_comes_back_letter_for_letter(name: str) -> None:
    read = read_name(name)
    assert (read.value, read.problem) == (name, None)
    assert read_name(f"  {unicodedata.normalize('NFD', name)} ").value == name


@given(
    st.sampled_from([*NAMES.titles, *NAMES.abbreviations]),
    st.sampled_from([" ", "  ", ". ", ": ", " - "]),
    st.sampled_from(sorted(set(NAMES.families) - set(NAMES.also_given))),
    st.lists(st.sampled_from(_MIDDLE), max_size=2),
    st.sampled_from(_GIVEN),
)
def test_a_title_before_a_whole_name_is_cut_and_told_in_full(
    title: str, sign: str, family: str, middle: list[str], given_name: str
) -> None:
    name = " ".join([family, *middle, given_name])
    assume(matching_key(family.split(maxsplit=1)[0]) not in _ADDRESS)
    read = read_name(f"{title}{sign}{name}")
    assert (read.value, read.problem) == (name, None)
    assert f"“{title}{sign.rstrip()}”" in str(read.remark)


_WORDS = st.one_of(
    st.sampled_from([*NAMES.titles, *NAMES.abbreviations, *NAMES.families, *_MIDDLE, *_GIVEN]),
    st.sampled_from(
        ["NguyễnVăn", "HiỀN", "HiÒn", "(nữ)", "(Tư)", ".", "--", "*", "’", "Vǎn", "Ａn", "а", "ß", "0", "\u200b"]
    ),
    st.text(max_size=4),
)


@given(st.lists(_WORDS, max_size=7).map(" ".join))
def test_what_was_kept_is_kept_again_and_no_letter_goes_without_a_word(text: str) -> None:
    read = read_name(text)
    if read.problem is not None:
        return
    again = read_name(read.value)
    assert (again.value, again.problem) == (read.value, None)
    same = read.value == " ".join(unicodedata.normalize("NFC", text).split())
    assert same or read.remark is not None
    assert all(letter.isalpha() or unicodedata.combining(letter) or letter in " -.'" for letter in read.value)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Đồng chí Ông Thị Mẫu Chín", "Ông Thị Mẫu Chín"),
        ("Anh Ông Văn Mẫu Khang", "Ông Văn Mẫu Khang"),
        ("Đ/c ThS. Lý Văn Mẫu", "Lý Văn Mẫu"),
        ("PGS. TS. Đỗ Văn Mẫu", "Đỗ Văn Mẫu"),
        ("Giáo sư, Tiến sĩ Đỗ Văn Mẫu", "Đỗ Văn Mẫu"),
        ("ĐẠI TÁ NGUYỄN VĂN MẪU", "NGUYỄN VĂN MẪU"),
        ("Hoà thượng Lê Văn Mẫu", "Lê Văn Mẫu"),
        ("Ông/Bà Lê Văn Mẫu", "Lê Văn Mẫu"),
        ("Bà Mai Thị Mẫu", "Mai Thị Mẫu"),
        ("Ông Bà Thị Mẫu", "Bà Thị Mẫu"),
        ("ĐỒNG CHÍ Hà Diệu Rạng", "Hà Diệu Rạng"),
        ("Đ/c K'Brăng", "K'Brăng"),
        ("Nguyễn Văn Mẫu (nữ)", "Nguyễn Văn Mẫu"),
        ("Nguyễn Vǎn Mẫu", "Nguyễn Văn Mẫu"),
        ("Nguyễn Va\u030c\u0300ng", "Nguyễn Vằng"),
        ("Ɖặng d\u0336inh", "Đặng đinh"),
        ("Ｎguyễn 𝐕ăn Ａn", "Nguyễn Văn An"),
        ("Đınh Thị İch", "Đinh Thị Ich"),
        ("H‘Mẫu H`Niê H՚Hen", "H'Mẫu H'Niê H'Hen"),
        ("Nguyễn\u200b Văn\u00ad Mẫu", "Nguyễn Văn Mẫu"),
        ("NGUYỄN VăN HiỀN", "NGUYỄN VĂN HIỀN"),
        ("ĐÀO THị Hà", "ĐÀO THỊ Hà"),
        ("NGUYễN Văn AN", "NGUYỄN Văn AN"),
        ("Bà LÊ Thị HiỀN", "LÊ Thị HIỀN"),
        ("NGUYễN THị Hà", "NGUYỄN THỊ Hà"),
        ("Ủy viên Đỗ Văn Mẫu", "Đỗ Văn Mẫu"),
        ("Uỷ viên Ban Thường vụ Đỗ Văn Mẫu", "Đỗ Văn Mẫu"),
        ("Phó Bí thư Đào Thị Mẫu", "Đào Thị Mẫu"),
        ("Phó Chủ tịch Mai Văn Mẫu", "Mai Văn Mẫu"),
        ("PHÓ BÍ THƯ CHI BỘ ĐÀO THỊ MẪU", "ĐÀO THỊ MẪU"),
        ("Đồng chí Phó Bí thư Thường trực Lê Văn Mẫu", "Lê Văn Mẫu"),
        ("-- Mẫu Văn An *", "Mẫu Văn An"),
    ],
)
def test_what_was_plainly_meant_is_put_right_and_told(written: str, kept: str) -> None:
    read = read_name(written)
    assert (read.value, read.problem) == (kept, None)
    assert kept in str(read.remark)


@pytest.mark.parametrize("name", ["Nguyễn THị Hà", "Nguyễn Văn ANh", "McDONALD Văn AN", "Phó Thị Ủy", "Phó Văn Viên"])
def test_capitals_that_may_be_meant_and_names_like_titles_stay(name: str) -> None:
    read = read_name(name)
    assert (read.value, read.problem) == (name, None)


def test_two_words_grown_together_among_capitals_are_not_made_one() -> None:
    assert "two words grown together" in str(read_name("NGUYỄN LêVĂN AN").problem)


@pytest.mark.parametrize("sign", "’‘`´ʼʻʹʽˈ′‵‛ʾʿꞌ՚＇")
def test_every_apostrophe_is_one(sign: str) -> None:
    read = read_name(f"H{sign}Mẫu Niê")
    assert read.value == "H'Mẫu Niê"
    assert sign in str(read.remark)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Ông", "form of address"),
        ("đồng chí", "form of address"),
        ("Đ/c Ông Bà", "form of address"),
        ("Thượng tá", "form of address"),
        ("Đ/c Tuấn", "no whole name"),
        ("ThS. Văn Mẫu", "no whole name"),
        ("NguyễnVăn An", "grown together"),
        ("NguyễnVăn LêĐình", "grown together"),
        ("NGUYỄNVĂN AN", "grown together"),
        ("Nguyễnvăn An", "grown together"),
        ("Nguyễn Văn Án\u0302", "is no letter of names"),
        ("Mẫu Thị Sáụ", "two tones"),
        ("Nguyễn Thị Hoàì", "two tones"),
        ("Nguyễn Vặ\u0301n", "is no letter of names"),
        ("Nguyễn Vᴀn", "is no letter of names"),
        ("Nguyễn Văn Αn", "another script"),
        ("Nguyễn Văn \u3164An", "another script"),
        ("Nguyễn Văn \u202eAn", "hidden character"),
        ("Nguyễn Văn 0anh", "no digits"),
        ("Nguyễn Văn ２", "no digits"),
        ("Nguyễn Văn An (Tư)", "brackets"),
        ("Mẫu Văn .", "as if a word were missing"),
        ("Nguyễn Văn An <b>", "letters only"),
        ("H''Mẫu Niê", "stands by itself"),
        ("Mẫu Thị HiÒn", "old font"),
        ("Huúnh Ngäc BÝch", "old font"),
        ("Nguyeãn Vaên Hoøa", "old font"),
        ("Nguyễn Văn A và Lê Thị B", "two people"),
        ("Lê Văn Mẫu\nLê Thị Mẫu", "two people"),
        ("  ", "missing"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_its_reason(written: str, why: str) -> None:
    assert why in str(read_name(written).problem)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ông Anh Tú", "may be a form of address"),
        ("Ông Cao Thắng", "may be a form of address"),
        ("Bác Hoàng", "may be a form of address"),
        ("nguyễn Văn An", "small letter"),
        ("Nguyễn Văn an", "small letter"),
        ("mẪU Văn Ân", "capital inside"),
        ("Đ. T. Hoa", "shortened"),
        ("Páo", "one word only"),
        ("Neáng Sa Rây", "old font too"),
        ("nguyễn văn an", "stands in small letters"),
        ("NGUYỄN VĂN AN", "stands in capitals"),
    ],
)
def test_what_is_in_doubt_stays_and_is_told(written: str, said: str) -> None:
    read = read_name(written)
    assert (read.value, read.problem) == (written, None)
    assert said in str(read.remark)


def test_a_name_that_a_cell_wrapped_is_one_name() -> None:
    assert read_name("Mẫu Thị Kim\nNgân").value == "Mẫu Thị Kim Ngân"
    assert read_name("Mẫu Thị\nKim Ngân").value == "Mẫu Thị Kim Ngân"


def test_an_office_adds_titles_families_and_letters_of_its_own(tmp_path: Path) -> None:
    assert read_name("Trùm Xoẹt Thi Mẫu").value == "Trùm Xoẹt Thi Mẫu"
    assert read_name("Nguyễn Văn Müller").problem is not None
    (tmp_path / "names").mkdir()
    own = "titles: [Trùm]\nfamilies: [Xoẹt]\nletters: [ü]\n"
    (tmp_path / "names" / "office.yaml").write_text(own, encoding="utf-8")
    names = load_settings(tmp_path).names
    assert read_name("Trùm Xoẹt Thi Mẫu", names).value == "Xoẹt Thi Mẫu"
    assert read_name("Ông Nguyễn Văn Müller", names).value == "Nguyễn Văn Müller"


def test_one_word_of_another_people_makes_no_column_old() -> None:
    sheet = Sheet("x", (("Họ và tên",), *((name,) for name in TRUE)))
    assert any(name.startswith("Neáng") for name in TRUE)
    assert read_old_fonts(sheet) == (sheet, ())


def test_a_few_old_cells_among_names_in_unicode_are_refused_one_by_one_and_nothing_else_changes() -> None:
    old = ["NguyÔn V¨n Hßa", "Nguyeãn Vaên Hoøa"]
    sheet = Sheet("x", (("Họ và tên",), *((name,) for name in [*TRUE, *old])))
    assert read_old_fonts(sheet) == (sheet, ())
    assert all("old font" in str(read_name(name).problem) for name in old)


def test_a_column_that_is_old_throughout_is_still_read_beside_a_heading_in_unicode() -> None:
    rows = (("Họ và tên cán bộ",), ("Nguyeãn Vaên Hoøa",), ("Traàn Thò Höông",), ("Ñaëng Thò Thöôïng",))
    sheet, told = read_old_fonts(Sheet("x", rows))
    assert [row[0] for row in sheet.rows[1:]] == ["Nguyễn Văn Hòa", "Trần Thị Hương", "Đặng Thị Thượng"]
    assert "VNI" in str(told[0])
