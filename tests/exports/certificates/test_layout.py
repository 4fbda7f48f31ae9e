"""Laws of measuring: nothing is lost, nothing is wider than its box, lines are even, the size is the largest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.certificates import layout
from exports.certificates.layout import GLUE, CannotFlowError, Part, fit, flow, glue

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
    found = fit(glue(text, [name]), measure, (60, 10000), (10, 10), lines=27)
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


parts = st.lists(
    st.builds(
        lambda said, floor, more, lines, space: Part(
            " ".join(said), measure, (floor + more, floor), lines=lines, leading=1.2, space=space
        ),
        words,
        st.integers(6, 14),
        st.integers(0, 20),
        st.integers(1, 8),
        st.integers(0, 12),
    ),
    min_size=1,
    max_size=5,
)


@given(parts, st.floats(50, 500), st.floats(20, 400), st.sampled_from([0.0, 0.5, 1.0]))
def test_what_flows_stands_below_each_other_in_the_box_and_above_its_floor(
    given_parts: list[Part], width: float, height: float, share: float
) -> None:
    try:
        found = flow(given_parts, (width, height), share)
    except CannotFlowError:
        return
    bottom = 0.0
    for part, made, (top, high) in zip(given_parts, found.fits, found.spans, strict=True):
        assert made is not None
        assert " ".join(made.lines) == part.text
        assert part.sizes[1] <= made.size <= part.sizes[0]
        assert len(made.lines) <= part.lines
        assert high == pytest.approx(len(made.lines) * made.size * 1.2)
        assert top >= bottom - 0.01
        bottom = top + high
    assert bottom <= height + 0.01


def test_short_words_in_a_flow_keep_their_size_and_take_the_air_that_is_left() -> None:
    two = [Part("một", measure, (20, 10), leading=1), Part("hai", measure, (10, 8), leading=1, space=10)]
    found = flow(two, (500, 100))
    assert [made.size for made in found.fits if made] == [20, 10]
    assert found.spans == ((26, 20), (64, 10)), "18 of air between, and the rest half above and half below"


def test_a_long_text_shrinks_all_alike_but_none_above_what_it_may_not_be_larger_than() -> None:
    long = "x" * 40
    three = [
        Part(" ".join([long] * 2), measure, (30, 18), lines=2, leading=1),
        Part("y", measure, (20, 8), leading=1, not_above=0),
        Part("z", measure, (19, 8), leading=1),
    ]
    name, unit, other = flow(three, (400, 500)).fits
    assert name is not None
    assert unit is not None
    assert other is not None
    assert (len(name.lines), name.size, unit.size) == (2, 20, 20)
    assert other.size == 19
    narrow = [made.size for made in flow(three, (400, 60)).fits if made]
    assert narrow[0] < 20
    assert narrow[1] <= narrow[0]
    assert narrow[2] < 19


def test_one_line_is_kept_down_to_a_part_of_the_size_and_no_further() -> None:
    def lines(letters: int) -> tuple[int, float]:
        text = " ".join(["x" * (letters // 2)] * 2)
        (made,) = flow([Part(text, measure, (20, 10), lines=2, one_line=0.8)], (400, 500)).fits
        assert made is not None
        return len(made.lines), made.size

    assert lines(46) == (1, 17.0)
    assert lines(60) == (2, 20)


def test_what_cannot_flow_says_what_is_too_wide_or_how_high_it_is() -> None:
    short = Part("một", measure, (20, 10), leading=1)
    with pytest.raises(CannotFlowError) as caught:
        flow([short, Part("x" * 100, measure, (20, 10), lines=3)], (400, 500))
    assert caught.value.part == 1
    with pytest.raises(CannotFlowError) as caught:
        flow([short, short], (400, 19))
    assert (caught.value.part, caught.value.needs) == (-1, 20)


def test_a_flow_breaks_into_lines_only_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[int] = []
    real = layout._balanced

    def counted(row: Sequence[str], *more: Any) -> list[str]:
        broken.append(len(row))
        return real(row, *more)

    monkeypatch.setattr(layout, "_balanced", counted)
    long = Part(text=" ".join(["chữ"] * 80), measure=measure, sizes=(40, 6), lines=30, one_line=0.9)
    found = flow([long, Part(text="một tên", measure=measure, sizes=(30, 10))], (300, 160))
    assert found.fits[0] is not None
    assert found.fits[0].size < 20, "many sizes were tried"
    assert broken == [80, 2]
