"""Vietnamese names: kept as written, searched without accents, ordered as an office orders them.

Order and tones: Trung tâm Từ điển học, the same as ICU `vi` (letters decide first, tones break ties, syllable
by syllable). Official lists go by given name, then middle, then family name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining mark -> rank of the tone: huyền hỏi ngã sắc nặng."""
APOSTROPHES = frozenset("'’‘`´ʼʻʹʽˈ′‵‛ʾʿˊˋꞌ՚＇᾽᾿")
"""Every sign that stands for the apostrophe of `H'Linh`."""
_ORDER = LETTERS.replace("b", "bƀ")
_MARKS = "\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u0327\u0328\u0304\u031b\u032d\u0331"
"""Marks of letters in the order of ICU, the tones before all others."""
_SIGNS = {" ": "\x01", "-": "\x02", ".": "\x03", "'": "\x04"}


def _apart(letter: str) -> tuple[str, str]:
    """A small letter as one of our alphabet, or as it is, and the marks it bears beside that letter."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in TONES)
    whole = unicodedata.normalize("NFC", bare)
    if letter in _ORDER or len(bare) == 1:
        whole = letter if letter in _ORDER else bare
    elif whole not in _ORDER:
        whole = bare[0]
    inside = unicodedata.normalize("NFD", whole)[1:]
    return whole, "".join(mark for mark in unicodedata.normalize("NFD", letter)[1:] if mark not in inside)


class _Ranks(dict[int, str]):
    """Letter -> its place in the alphabet: what decides the order first. A mark of its own has none."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base, _ = _apart(letter)
        if unicodedata.combining(letter):
            self[code] = ""
        elif base in _ORDER:
            self[code] = chr(0x4E00 + _ORDER.index(base))
        else:
            self[code] = _SIGNS.get("'" if letter in APOSTROPHES else letter, letter)
        return self[code]


class _Weights(dict[int, str]):
    """Letter -> its marks: what decides the order among words of the same letters."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        marks = letter if unicodedata.combining(letter) else _apart(letter)[1]
        weights = "".join(chr(0x31 + _MARKS.find(mark) % 99) for mark in marks)
        self[code] = weights if unicodedata.combining(letter) else "0" + weights
        return self[code]


class _Bare(dict[int, str]):
    """Letter -> the same without accents; every apostrophe is one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = _apart(letter)[0] if letter.isalpha() else letter
        plain = {"đ": "d", "ƀ": "b", "ð": "d", "ı": "i"}.get(plain, unicodedata.normalize("NFD", plain)[0])
        self[code] = "" if unicodedata.combining(letter) else "'" if letter in APOSTROPHES else plain
        return self[code]


_RANKS, _WEIGHTS, _BARE = _Ranks(), _Weights(), _Bare()


def clean(text: str) -> str:
    """`text` in NFC, with no blanks around it and single blanks inside; nothing else is touched."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` as a person types it in a hurry: lower case, no accents, đ as d, one kind of apostrophe, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).lower().translate(_BARE).split())


def fold_all(texts: Iterable[str]) -> list[str]:
    """`fold` of many texts at once."""
    apart = list(texts)
    parts = unicodedata.normalize("NFC", "\0".join(apart)).lower().translate(_BARE).split("\0")
    if len(parts) != len(apart):  # one holds the sign that parts them
        return [fold(each) for each in apart]
    return [" ".join(each.split()) for each in parts]


def search_keys(folded: Iterable[str]) -> list[str]:
    """`search_key` of many folded texts: no key looks beyond its word, and words come again and again."""
    known = _SearchKeys()
    return [" ".join(map(known.__getitem__, each.split(" "))) for each in folded]


class _SearchKeys(dict[str, str]):
    """Word -> its `search_key`."""

    def __missing__(self, word: str) -> str:
        self[word] = search_key(word)
        return self[word]


def search_key(folded: str) -> str:
    """A folded text under which `Lý` finds `Lí`, and `hmau` finds `H'Mẫu`; both sides of a search are read so."""
    return _FINAL_Y.sub(r"\1i", folded.replace("'", ""))


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[str, str]:
    """Key of the Vietnamese dictionary order for any text: letters first, then marks from left to right.

    Letters of other alphabets stand where ICU puts them: Č and Ŏ with C and O, Ƀ behind B.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    return lowered.translate(_RANKS), lowered.translate(_WEIGHTS)


@lru_cache(maxsize=65536)
def person_key(name: str) -> tuple[str, ...]:
    """Key of the office's order for people: given name, then middle names, then family name."""
    words = [sort_key(word) for word in clean(name).split(" ")]
    return *words[-1], *_joined(words[1:-1]), *words[0]


def _joined(keys: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The key of words with blanks between them, from the keys of the words: few words make up all names."""
    if len(keys) == 1:
        return keys[0]
    return _RANKS[ord(" ")].join(rank for rank, _ in keys), _WEIGHTS[ord(" ")].join(weight for _, weight in keys)


@lru_cache(maxsize=65536)
def matching_key(name: str) -> str:
    """Key under which `Hòa` and `Hoà` are one name and `Hoa` another: case and tone placement do not count.

    Each word becomes its letters without tone, followed by the rank of its tone. Signs that look the same are one: the
    Icelandic `Ð` and our `Đ`, the straight and the curved apostrophe, a hyphen and a blank.
    """
    return " ".join(_toneless(word) for word in clean(name).lower().translate(_ALIKE).split())


@lru_cache(maxsize=65536)
def twin_key(name: str) -> str:
    """Like `matching_key`, but `Lý` and `Lí`, `Mỹ` and `Mĩ`, `Quý` and `Quí` are one too: perhaps the same person."""
    return _FINAL_Y.sub(r"\1i", matching_key(name))


_ALIKE = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), "ð": "đ", "-": " "})
_FINAL_Y = re.compile(r"\b(qu|[b-df-hj-np-tvwxzđ]*)y(?=\d?\b)")
"""A y that is the only vowel of its syllable: there, and only there, y and i are two ways to write one sound."""


def _toneless(word: str) -> str:
    tone = 0
    letters = []
    for mark in unicodedata.normalize("NFD", word):
        if mark in TONES:
            tone = TONES[mark]
        else:
            letters.append(mark)
    return unicodedata.normalize("NFC", "".join(letters)) + (str(tone) if tone else "")


def given_name(name: str) -> str:
    """The last word of a name: the only part a machine can call the given name."""
    return clean(name).rpartition(" ")[2]
