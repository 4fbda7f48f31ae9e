"""Vietnamese names: kept as written, searched without accents, ordered as an office orders them.

Order and tones: Trung tâm Từ điển học, the same as ICU `vi` (letters decide first, tones break ties, syllable
by syllable). Official lists go by given name, then middle, then family name.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng


def _tables() -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Translation tables from each precomposed letter: to its rank, to its tone, to its bare letter."""
    ranks: dict[int, str] = {}
    tones: dict[int, str] = {}
    bare: dict[int, str] = {}
    for rank, letter in enumerate(LETTERS):
        plain = "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        for mark, tone in (("", 0), *_TONES.items()):
            whole = unicodedata.normalize("NFC", letter + mark)
            if len(whole) == 1:
                ranks[ord(whole)] = chr(0x4E00 + rank)
                tones[ord(whole)] = str(tone)
                bare[ord(whole)] = plain
    return ranks, tones, bare


_RANKS, _TONE_OF, _BARE = _tables()


def clean(text: str) -> str:
    """`text` in NFC, with no blanks around it and single blanks inside; nothing else is touched."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` as a person types it in a hurry: lower case, no accents, đ as d, single blanks."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_BARE)
    if not lowered.isascii():
        marks = unicodedata.normalize("NFD", lowered)
        lowered = "".join(letter for letter in marks if not unicodedata.combining(letter))
    return " ".join(lowered.split())


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[str, str]:
    """Key of the Vietnamese dictionary order for any text: letters first, then tones from left to right."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return lowered.translate(_RANKS), lowered.translate(_TONE_OF)


@lru_cache(maxsize=65536)
def person_key(name: str) -> tuple[tuple[str, str], ...]:
    """Key of the office's order for people: given name, then middle names, then family name."""
    words = clean(name).split(" ")
    return tuple(sort_key(" ".join(part)) for part in (words[-1:], words[1:-1], words[:1]))


@lru_cache(maxsize=65536)
def matching_key(name: str) -> str:
    """Key under which `Hòa` and `Hoà` are one name and `Hoa` another: case and tone placement do not count.

    Each word becomes its letters without tone, followed by the rank of its tone. Signs that look the same are one: the
    Icelandic `Ð` and our `Đ`, the straight and the curved apostrophe, a hyphen and a blank.
    """
    return " ".join(_toneless(word) for word in clean(name).lower().translate(_ALIKE).split())


_ALIKE = str.maketrans({"ð": "đ", "’": "'", "‘": "'", "`": "'", "ʼ": "'", "-": " "})


def _toneless(word: str) -> str:
    tone = 0
    letters = []
    for mark in unicodedata.normalize("NFD", word):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            letters.append(mark)
    return unicodedata.normalize("NFC", "".join(letters)) + (str(tone) if tone else "")


def given_name(name: str) -> str:
    """The last word of a name: the only part a machine can call the given name."""
    return clean(name).rpartition(" ")[2]


def is_name(text: str) -> bool:
    """Whether `text` can be a person's name: letters with blanks, hyphens, dots or apostrophes between them.

    The breve is a letter's own where Unicode has none whole, as `ơ̆` of the Bahnar and the Ê Đê.
    """
    return bool(text) and any(c.isalpha() for c in text) and all(c.isalpha() or c in " -.'’\u0306" for c in text)
