"""Widths of columns and heights of rows in workbooks: the short way to each says what the long one says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.papers.form.spans import Span, _longest_word
from exports.papers.form.workbook import _lines, _Place
from exports.sheets import SheetColumn

_LOOKS = {"number": None, "ordinal": None}


@given(st.floats(min_value=0.5, max_value=200), st.integers(min_value=0, max_value=300))
def test_a_text_that_fits_takes_one_line_and_a_longer_one_more(letters: float, length: int) -> None:
    place = _Place.of(SheetColumn("Tên", 10), Span(0, 0), letters, _LOOKS)
    assert (_lines("x" * length, letters, 12) == 1) == (length <= place.fits)


@pytest.mark.parametrize("fits", range(1, 120))
def test_a_room_that_holds_just_so_many_letters_holds_them(fits: int) -> None:
    letters = fits * 1.02 + 1
    assert _lines("x" * _Place.of(SheetColumn("Tên", 10), Span(0, 0), letters, _LOOKS).fits, letters, 12) == 1


@given(st.sets(st.text(alphabet="ab \n", max_size=12), max_size=8))
def test_the_longest_word_is_found_without_reading_every_text(texts: set[str]) -> None:
    assert _longest_word(texts) == max((len(word) for text in texts for word in text.split()), default=0)
