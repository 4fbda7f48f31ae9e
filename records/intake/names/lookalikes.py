"""Letters that look like those of a name and are others: put right where it is plain which was meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from records.domain.people.names import APOSTROPHES, LETTERS, TONES

_TWINS = {"Ɖ": "Đ", "ɖ": "đ", "Ð": "Đ", "ð": "đ", "ı": "i", "ƃ": "ƀ"}
_CARON, _BREVE, _DOT_ABOVE = "\u030c", "\u0306", "\u0307"
_STROKES = {"\u0335", "\u0336", "\u0337"}
_STROKED = {"d": "đ", "D": "Đ", "b": "ƀ", "B": "Ƀ"}
_OLD_SIGNS = "ªºµ"  # letters to Unicode, and what fonts before it wrote toned letters with

_OURS = frozenset("fjwz") | {
    unicodedata.normalize("NFC", letter + tone)
    for letter in LETTERS
    for tone in (("", *TONES) if letter in "aăâeêioôơuưy" else ("",))
}
_ORDINARY = frozenset(" '-.") | _OURS | {letter.upper() for letter in _OURS}


def letters_of(text: str) -> Iterator[str]:
    """Each letter or sign of `text` with the marks that belong to it, taken apart (NFD)."""
    held = ""
    for sign in unicodedata.normalize("NFD", text):
        if held and not unicodedata.combining(sign):
            yield held
            held = ""
        held += sign
    if held:
        yield held


def put_right(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """`text` in NFC with its look-alikes as the letters that were meant, and each pair of them."""
    if is_ordinary(text):
        return text, ()
    made, changed = [], {}
    for letter in letters_of(text):
        right = unicodedata.normalize("NFC", _right(letter))
        made.append(right)
        if right != (shown := unicodedata.normalize("NFC", letter)):
            changed[shown] = right
    return unicodedata.normalize("NFC", "".join(made)), tuple(changed.items())


@lru_cache(maxsize=4096)
def _right(letter: str) -> str:
    base, marks = letter[0], letter[1:]
    if base in APOSTROPHES:
        return "'" + marks
    base = _TWINS.get(base, base)
    if unicodedata.category(base) in ("Lu", "Ll") and base not in _OLD_SIGNS:
        plain = unicodedata.normalize("NFKC", base)  # full width, ligatures, the letters of mathematics
        base = plain if plain.isascii() and plain.isalpha() else base
    if base in "aA":
        marks = marks.replace(_CARON, _BREVE)
    if base in "iI":
        marks = marks.replace(_DOT_ABOVE, "")
    if base in _STROKED and _STROKES & set(marks):
        base, marks = _STROKED[base], "".join(mark for mark in marks if mark not in _STROKES)
    return base + marks


@lru_cache(maxsize=65536)
def is_letter(letter: str, more: frozenset[str]) -> bool:
    """Whether a letter with its marks is one of the Vietnamese alphabet, or of `more` (small, NFC)."""
    small = unicodedata.normalize("NFC", letter).lower()
    return small in _OURS or small in more


def is_ordinary(text: str) -> bool:
    """Whether `text` has letters of the Vietnamese alphabet only, with the signs that a name may have."""
    return _ORDINARY.issuperset(text)


@lru_cache(maxsize=65536)
def tones_in(part: str, more: frozenset[str]) -> int:
    """How many tones the letters of a syllable bear; the mark of a letter such as ñ is none."""
    return sum(
        mark in TONES
        for letter in letters_of(part)
        if unicodedata.normalize("NFC", letter).lower() not in more
        for mark in letter[1:]
    )
