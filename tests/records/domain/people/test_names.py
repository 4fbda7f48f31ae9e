from __future__ import annotations

import random
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.domain.people.names import (
    clean,
    fold,
    given_name,
    matching_key,
    person_key,
    search_key,
    sort_key,
    twin_key,
)

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VOWELS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
LETTERS = [*"bcdđghklmnpqrstvx", *VOWELS]
syllables = st.text(st.sampled_from(LETTERS), min_size=1, max_size=6)
FOREIGN = ["č", "ƀ", "ñ", "ĕ", "ĭ", "ŏ", "ŭ", "ơ\u0306", "ư\u0306", "ê\u0306", "b\u0306", "š", "ü", "ǎ"]
foreign_words = st.text(st.sampled_from([*LETTERS, "w", "j", "f", "z"]), max_size=3)
foreign_names = st.lists(
    st.tuples(foreign_words, st.sampled_from([*FOREIGN, "'", "-", "h'", "a"]), foreign_words).map("".join),
    min_size=1,
    max_size=3,
).map(" ".join)
names = st.lists(syllables.map(str.title), min_size=1, max_size=5).map(" ".join)


def test_tones_come_in_the_dictionary_order() -> None:
    assert sorted(["Bạ", "Bá", "Bã", "Bả", "Bà", "Ba"], key=sort_key) == ["Ba", "Bà", "Bả", "Bã", "Bá", "Bạ"]


def test_letters_decide_before_tones() -> None:
    given_names = ["Ngữ", "Nguyện", "Nguyễn", "Nguyên", "Ngụ"]
    assert sorted(given_names, key=sort_key) == ["Ngụ", "Nguyên", "Nguyễn", "Nguyện", "Ngữ"]


def test_people_are_ordered_by_given_name_then_middle_then_family() -> None:
    people = ["Nguyễn Văn Đức", "Trần Văn An", "Lê Thị An", "Nguyễn Văn An", "Nguyễn Thị Dung"]
    assert sorted(people, key=person_key) == [
        "Lê Thị An",
        "Nguyễn Văn An",
        "Trần Văn An",
        "Nguyễn Thị Dung",
        "Nguyễn Văn Đức",
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the ICU oracle is installed on Linux only")
@given(st.lists(names, min_size=2, max_size=60))
def test_the_order_is_that_of_icu(people: list[str]) -> None:
    import icu

    collator = icu.Collator.createInstance(icu.Locale("vi"))
    ours = [collator.getSortKey(name) for name in sorted(people, key=sort_key)]
    assert ours == sorted(ours)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the ICU oracle is installed on Linux only")
@given(st.lists(foreign_names, min_size=2, max_size=40))
def test_letters_beyond_the_alphabet_stand_where_icu_puts_them(people: list[str]) -> None:
    import icu

    collator = icu.Collator.createInstance(icu.Locale("vi"))
    ours = [collator.getSortKey(name) for name in sorted(people, key=sort_key)]
    assert ours == sorted(ours)


def test_people_of_all_peoples_stand_in_one_order() -> None:
    people = [
        "Mẫu Thị Oanh",
        "H'Ƀlơk Čil Ñuôl",
        "Mẫu Thị Đào",
        "Mẫu Thị Čil",
        "Mẫu Văn Ƀing",
        "Mẫu Thị Nga",
        "Mẫu Văn An",
    ]
    assert [given_name(name) for name in sorted(people, key=person_key)] == [
        "An", "Ƀing", "Čil", "Đào", "Nga", "Ñuôl", "Oanh",
    ]  # fmt: skip


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the ICU oracle is installed on Linux only")
def test_ten_thousand_people_stand_as_icu_would_put_them() -> None:
    import icu

    collator = icu.Collator.createInstance(icu.Locale("vi"))
    chance = random.Random(20250615)
    families = ["Nguyễn", "Trần", "Đỗ", "Đặng", "Đoàn", "Dương", "Lê", "Lý", "Hà", "Hạ", "Ma", "Mã", "Ưng", "Ông"]
    syllable = ["".join(chance.choices(LETTERS, k=chance.randint(1, 5))).title() for _ in range(900)]
    syllable += ["An", "Ân", "Ấn", "Ẩn", "Anh", "Ánh", "Ảnh", "Đa", "Da", "Dạ", "Ư", "U", "Ú", "Ơ", "O", "Y", "Ỷ"]
    people = [
        " ".join([chance.choice(families), *chance.choices(syllable, k=chance.randint(1, 3))]) for _ in range(10_000)
    ]
    assert len(set(people)) > 8_000

    def by_icu(name: str) -> tuple[bytes, ...]:
        words = name.split(" ")
        return tuple(collator.getSortKey(" ".join(part)) for part in (words[-1:], words[1:-1], words[:1]))

    ours = [by_icu(name) for name in sorted(people, key=person_key)]
    assert ours == sorted(ours)


@given(names)
def test_a_name_is_found_by_its_letters_without_accents_in_either_normal_form(name: str) -> None:
    assert fold(name).isascii()
    assert fold(unicodedata.normalize("NFD", name)) == fold(name)
    assert fold(name.upper()) == fold(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("hblok cil nuol", "H'Ƀlơk Čil Ñuôl"),
        ("h'mau", "H’Mẫu Niê"),
        ("h’mau", "H'Mẫu Niê"),
        ("ro cham hok", "Rơ Chăm Hơ\u0306k"),
        ("Lý Mỹ", "Lí Mĩ"),
        ("li mi", "Lý Mỹ"),
        ("quy", "Trần Quí"),
        ("qui", "Trần Quý"),
        ("hoa", "Hoà"),
    ],
)
def test_a_name_is_found_under_every_way_to_write_it(typed: str, name: str) -> None:
    assert search_key(fold(typed)) in search_key(fold(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lý Mỹ", "Lí Mĩ"), ("Trần Quý", "TRẦN QUÍ"), ("Kỳ Sỹ Tý", "Kì Sĩ Tí"), ("Ỷ Lan", "Ỉ Lan"), ("Hòa", "Hoà")],
)
def test_y_and_i_at_the_end_of_a_syllable_may_be_one(one: str, other: str) -> None:
    assert twin_key(one) == twin_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Thúy", "Thúi"), ("Hay", "Hai"), ("Tây", "Tâi"), ("Yên", "Iên"), ("Lý", "Lỳ"), ("Mỹ", "Mi")]
)
def test_y_and_i_elsewhere_part_names(one: str, other: str) -> None:
    assert twin_key(one) != twin_key(other)


@given(names)
def test_cleaning_is_done_once_and_changes_no_letter(name: str) -> None:
    spaced = f"  {unicodedata.normalize('NFD', name)}  "
    assert clean(spaced) == unicodedata.normalize("NFC", name)
    assert clean(clean(spaced)) == clean(spaced)


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("THÚY", "thuý"), ("Lê  Hoà", "Lê Hòa")])
def test_tone_placement_and_case_do_not_part_a_name(one: str, other: str) -> None:
    assert matching_key(one) == matching_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Hoa", "Hoà"), ("Văn Lang", "Văn Lăng"), ("Dung", "Đung"), ("Hạnh", "Hanh")]
)
def test_accents_do_part_names(one: str, other: str) -> None:
    assert matching_key(one) != matching_key(other)


def test_the_given_name_is_the_last_word() -> None:
    assert given_name("  Nguyễn  Thị Mẫu ") == "Mẫu"
