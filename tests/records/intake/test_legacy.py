from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.domain.people.names import LETTERS
from records.intake.files.cells import Sheet
from records.intake.files.sheets import read_sheets
from records.intake.fonts.legacy import Encoding, is_syllable, restore_capitals, to_unicode
from records.intake.fonts.oldfonts import read_old_fonts
from records.intake.layout.columns import find_layout
from records.intake.people import Reading, read_people
from tests.records.intake.building import TODAY

FILES = Path(__file__).parent / "files"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SMALL = [
    whole
    for letter in LETTERS
    for whole in (letter, *(unicodedata.normalize("NFC", letter + tone) for tone in _TONES))
    if len(whole) == 1 and (whole == letter or letter in "aăâeêioôơuưy")
]
_PAIRS: tuple[tuple[Encoding, str, str], ...] = (
    ("TCVN3", "NguyÔn V¨n Hßa", "Nguyễn Văn Hòa"),
    ("TCVN3", "§Æng ThÞ Th\xadîng", "Đặng Thị Thượng"),
    ("TCVN3", "Huúnh Ngäc BÝch", "Huỳnh Ngọc Bích"),
    ("VNI", "Nguyeãn Vaên Hoøa", "Nguyễn Văn Hòa"),
    ("VNI", "Ñaëng Thò Thöôïng", "Đặng Thị Thượng"),
    ("VNI", "Huyønh Ngoïc Bích", "Huỳnh Ngọc Bích"),
    ("VNI", "LEÂ THÒ KIEÀU OANH", "LÊ THỊ KIỀU OANH"),
    ("VNI", "Buøi Quyù Tî", "Bùi Quý Tỵ"),
    ("VNI", "TRÖÔNG ÑÌNH KÍNH", "TRƯƠNG ĐÌNH KÍNH"),
)


@pytest.mark.skipif(shutil.which("iconv") is None, reason="the oracle is iconv")
def test_tcvn3_is_what_iconv_says_for_every_small_letter_and_for_the_bare_capitals() -> None:
    # TCVN 5712 VN1 also has toned capitals where TCVN3 (VN3), the table of the fonts, has none.
    for letter in [*_SMALL, *"ĂÂÊÔƠƯĐ"]:
        run = subprocess.run(
            ["iconv", "-f", "UTF-8", "-t", "TCVN"], input=letter.encode(), capture_output=True, check=True
        )
        assert to_unicode(run.stdout.decode("latin-1"), "TCVN3") == letter


@pytest.mark.parametrize(("encoding", "written", "read"), _PAIRS)
def test_names_of_the_old_fonts_are_read_letter_for_letter(encoding: Encoding, written: str, read: str) -> None:
    assert to_unicode(written, encoding) == read


@given(st.lists(st.sampled_from(_SMALL), max_size=12).map("".join))
def test_plain_ascii_means_itself_in_every_encoding(text: str) -> None:
    plain = "".join(each for each in text if each.isascii())
    assert to_unicode(plain, "TCVN3") == to_unicode(plain, "VNI") == plain


@pytest.mark.parametrize("word", ["nguyễn", "thượng", "quý", "Nghiêm", "Khuya", "ánh", "ÊU", "gì", "giữa"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nguyÔn", "trÇn", "françois", "müller", "càt", "hảp", "ngù́y", "naøy"])
def test_what_no_vietnamese_says_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Nguyễn Văn ánh", "Nguyễn Văn Ánh"),
        ("nguyễn văn ánh", "Nguyễn Văn Ánh"),
        ("LÊ VăN HảI", "LÊ VĂN HẢI"),
        ("đỗ Lê", "Đỗ Lê"),
        ("Lê ý", "Lê Ý"),
    ],
)
def test_capitals_that_the_old_font_lacked_are_put_back(name: str, whole: str) -> None:
    assert restore_capitals(name) == whole


def _people(path: Path) -> tuple[Reading, list[str]]:
    sheets = read_sheets(path)
    sheet, told = read_old_fonts(sheets[-1])
    return read_people(sheet, find_layout(sheet), today=TODAY), [str(each) for each in told]


def test_an_old_workbook_in_tcvn3_is_read_as_unicode_and_says_so() -> None:
    found, told = _people(FILES / "tcvn3.xls")
    assert [(each.name, str(each.born), each.unit) for each in found.drafts] == [
        ("Nguyễn Văn Ánh", "1970-03-05", "Chi bộ 1"),
        ("Trần Thị Hương", "1971-05", "Đảng ủy phường"),
        ("LÊ VĂN HẢI", "1972", "Chi bộ 2"),
    ]
    assert any("Column B" in each and "TCVN3" in each for each in told)
    assert {each.row for each in found.remarks if "capitals" in str(each.remark)} == {2, 4}


def test_an_old_workbook_in_vni_is_read_as_unicode_and_says_so() -> None:
    found, told = _people(FILES / "vni.xls")
    assert [(each.name, each.unit) for each in found.drafts] == [
        ("Nguyễn Văn Ánh", "Chi bộ 1"),
        ("Trần Thị Hương", "Đảng ủy phường"),
    ]
    assert any("VNI" in each for each in told)


@pytest.mark.parametrize(
    "words", ["Hä vµ tªn;N¨m sinh\nNguyÔn V¨n ¸nh;1968", "Hoï vaø teân;Naêm sinh\nNguyeãn Vaên AÙnh;1968"]
)
def test_a_text_file_of_an_old_program_is_read_from_its_bytes(tmp_path: Path, words: str) -> None:
    (tmp_path / "old.csv").write_bytes(words.encode("latin-1"))
    found, told = _people(tmp_path / "old.csv")
    assert [each.name for each in found.drafts] == ["Nguyễn Văn Ánh"]
    assert told


@pytest.mark.parametrize("names", [["Hà Bé"], ["Nguyễn Văn Ánh", "Đỗ Thị Hà", "Lò Bé"], ["Núi Tùng", "Vũ Hội"]])
def test_unicode_is_left_alone(names: list[str]) -> None:
    sheet = Sheet("x", (("Họ và tên",), *((name,) for name in names)))
    assert read_old_fonts(sheet) == (sheet, ())


def test_one_column_may_be_old_beside_columns_in_unicode() -> None:
    names = ("NguyÔn V¨n Hßa", "TrÇn ThÞ H\xad¬ng", "Lª ThÞ ¸nh")
    rows = (("Họ và tên", "Đơn vị"), *((name, "Tổ dân phố Hòa Bé") for name in names))
    sheet, told = read_old_fonts(Sheet("x", rows))
    assert [row[0] for row in sheet.rows[1:]] == ["Nguyễn Văn Hòa", "Trần Thị Hương", "Lê Thị ánh"]
    assert {row[1] for row in sheet.rows[1:]} == {"Tổ dân phố Hòa Bé"}
    assert len(told) == 1
