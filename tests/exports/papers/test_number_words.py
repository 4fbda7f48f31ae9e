from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.papers.number_words import dong_in_words, number_in_words

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)}
_VALUES |= {"mốt": 1, "tư": 4, "lăm": 5}


def read_back(words: str) -> int:
    """The number that words say, read from the left by other rules than they were made by."""
    head, _, tail = words.rpartition(" tỷ")
    if head:
        return read_back(head) * 10**9 + (read_back(tail.strip()) if tail.strip() else 0)
    total = group = digit = 0
    for word in words.split():
        if word in _VALUES:
            digit = _VALUES[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in ("nghìn", "triệu"):
            total += (group + digit) * {"nghìn": 1000, "triệu": 1_000_000}[word]
            group = digit = 0
        else:
            assert word == "linh"
    return total + group + digit


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (40, "bốn mươi"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (110, "một trăm mười"),
        (555, "năm trăm năm mươi lăm"),
        (1_000, "một nghìn"),
        (1_001, "một nghìn không trăm linh một"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_000_050, "một triệu không trăm năm mươi"),
        (2_530_000, "hai triệu năm trăm ba mươi nghìn"),
        (45_440_000, "bốn mươi lăm triệu bốn trăm bốn mươi nghìn"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (21_000_000_000, "hai mươi mốt tỷ"),
        (-15, "âm mười lăm"),
    ],
)
def test_numbers_are_said_as_schools_teach_it(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_every_number_below_a_hundred_thousand_reads_back() -> None:
    for number in range(100_000):
        assert read_back(number_in_words(number)) == number


@given(st.integers(0, 10**17))
def test_any_amount_reads_back(number: int) -> None:
    assert read_back(number_in_words(number)) == number


def test_money_begins_with_a_capital_and_ends_with_its_unit() -> None:
    assert dong_in_words(710_000) == "Bảy trăm mười nghìn đồng"
    assert dong_in_words(0) == "Không đồng"
