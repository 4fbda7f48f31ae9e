"""Whole numbers in Vietnamese words, as money is written on a paper."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", " nghìn", " triệu")
_BILLION = 10**9


def number_in_words(number: int) -> str:
    """A whole number in words: 1005 -> `một nghìn không trăm linh năm`; a minus is `âm`.

    After `mươi` one is `mốt`, four is `tư` and five is `lăm`; a missing ten is `linh`; a missing hundred within a
    number is said (`không trăm`), a missing group of three is not.
    """
    if number < 0:
        return f"âm {number_in_words(-number)}"
    return _whole(number, inside=False) if number else _DIGITS[0]


def dong_in_words(amount: int) -> str:
    """An amount of đồng as papers write it: `Bảy trăm mười nghìn đồng`."""
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def _whole(number: int, *, inside: bool) -> str:
    """A positive number; `inside` when something stands before it, so that its hundreds are said."""
    billions, rest = divmod(number, _BILLION)
    parts = [f"{_whole(billions, inside=inside)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            said = _group(group, inside=inside or bool(parts))
            parts.append(f"{said}{_THOUSANDS[power]}")
    return " ".join(parts)


def _group(number: int, *, inside: bool) -> str:
    """One to 999."""
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inside else []
    tens, ones = divmod(rest, 10)
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_one(ones, tens))
    return " ".join(words)


def _one(ones: int, tens: int) -> str:
    if ones == 5 and tens:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return _DIGITS[ones]
