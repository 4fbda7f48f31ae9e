"""Laws of measuring: nothing is lost, nothing is wider than its box, lines are even, the size is the largest."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exports.certificates.layout import GLUE, fit, glue

words = st.lists(st.text("abđêổ", min_size=1, max_size=9), min_size=1, max_size=24)
sizes = st.tuples(st.integers(20, 40), st.integers(6, 20))


def measure(text: str) -> float:
    return len(text) * 0.5


@given(words, st.floats(30, 400), st.floats(10, 200), sizes, st.integers(1, 5))
def test_lines_hold_every_word_in_order_and_stay_in_the_box(
    given_words: list[str], width: float, height: float, size: tuple[int, int], most: int
) -> None:
    found = fit(" ".join(given_words), measure, (width, height), size, lines=most)
    if found is None:
        return
    assert " ".join(found.lines) == " ".join(given_words)
    assert size[1] <= found.size <= size[0]
    assert len(found.lines) <= most
    assert all(measure(line) * found.size <= width + 0.01 for line in found.lines)
    assert len(found.lines) * 1.3 * found.size <= height + 0.01


@given(words, st.floats(30, 400), sizes, st.integers(1, 5))
def test_a_wider_box_never_makes_the_words_smaller(
    given_words: list[str], width: float, size: tuple[int, int], most: int
) -> None:
    text = " ".join(given_words)
    narrow = fit(text, measure, (width, 1000), size, lines=most)
    wide = fit(text, measure, (width * 1.3, 1000), size, lines=most)
    if narrow is not None:
        assert wide is not None
        assert wide.size >= narrow.size


@given(words)
def test_what_fits_in_one_line_at_full_size_is_not_touched(given_words: list[str]) -> None:
    text = " ".join(given_words)
    found = fit(text, measure, (measure(text) * 20, 100), (20, 10), lines=3)
    assert found is not None
    assert (found.lines, found.size) == ((text,), 20)


@given(st.lists(st.text("ab", min_size=2, max_size=3), min_size=12, max_size=30))
def test_lines_are_about_equally_long(given_words: list[str]) -> None:
    text = " ".join(given_words)
    found = fit(text, measure, (measure(text) * 0.4 * 10, 1000), (10, 10), lines=5)
    assert found is not None
    lengths = [len(line) for line in found.lines]
    assert max(lengths) - min(lengths) <= 8


@given(words, st.integers(0, 20))
def test_no_line_ends_inside_a_name(given_words: list[str], at: int) -> None:
    name = "Lê Thị Hà"
    text = " ".join([*given_words[:at], name, *given_words[at:]])
    found = fit(glue(text, [name]), measure, (60, 10000), (10, 10), lines=20)
    assert found is not None
    assert sum(name in line.replace(GLUE, " ") for line in found.lines) == 1
    assert all(line for line, _ in pairwise(found.lines))


def test_a_line_end_in_the_text_is_kept() -> None:
    found = fit("một hai\nba", measure, (1000, 1000), (10, 10), lines=2)
    assert found is not None
    assert found.lines == ("một hai", "ba")


def test_what_cannot_fit_is_none_even_for_one_word() -> None:
    assert fit("nghiêng" * 10, measure, (20, 1000), (20, 10), lines=3) is None
    assert fit("một hai ba bốn", measure, (20, 1000), (20, 10), lines=1) is None
    assert fit("một", measure, (1000, 5), (20, 10)) is None
