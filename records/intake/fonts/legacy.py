"""Text written in the fonts used before Unicode: TCVN3 (ABC) and VNI turned into Unicode.

TCVN3 puts a Vietnamese letter where Latin-1 has another sign; it has no toned capitals, which came from a capital font.
VNI writes the bare letter followed by a sign that its font draws as accent. Source: TCVN 5712:1993 (VN3) and the
keyboard tables that VNI published with its fonts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Encoding = Literal["TCVN3", "VNI"]

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờở",
    0xEC: "ỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TO_TCVN3 = {start + at: letter for start, letters in _TCVN3.items() for at, letter in enumerate(letters)}

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_ROUND, _SHORT = "\u0302", "\u0306"
_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROUNDS = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_SHORTS = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "í": "í", "ì": "ì"}


def _vni() -> dict[str, str]:
    """Every letter and pair of VNI, small and capital, and the Unicode letter it stands for."""
    small: dict[str, str] = dict(_ALONE)
    for letter in "aeouy":
        small |= {letter + sign: letter + tone for sign, tone in _TONES.items()}
    for letter in "aeo":
        small |= {letter + sign: letter + _ROUND + tone for sign, tone in _ROUNDS.items()}
    small |= {"a" + sign: "a" + _SHORT + tone for sign, tone in _SHORTS.items()}
    for written, letter in (("ô", "ơ"), ("ö", "ư")):
        small |= {written + sign: letter + tone for sign, tone in _TONES.items()}
    whole = {each: unicodedata.normalize("NFC", letter) for each, letter in small.items()}
    mixed = {each[0].upper() + each[1:]: letter.upper() for each, letter in whole.items() if len(each) > 1}
    return mixed | {each.upper(): letter.upper() for each, letter in whole.items()} | whole


_VNI = _vni()
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdđghklmnpqrstvx]"
_NUCLEUS = (
    "uyê|uya|uyu|oai|oay|oao|oeo|iêu|yêu|uôi|ươi|ươu|uây|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|ưa|ưi|ươ|ưu|uy|yê|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?P<coda>ch|ng|nh|[cmnpt])?")
_BREAKS = re.compile(r"[\s\x00-\x40\[-`{-~]+")
_TONE_MARKS = frozenset({_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT})
_STOPS = frozenset({"c", "ch", "p", "t"})


def to_unicode(text: str, encoding: Encoding) -> str:
    """`text` as its font showed it, in Unicode; signs that the encoding does not know stay."""
    if encoding == "TCVN3":
        return text.translate(_TO_TCVN3)
    return _VNI_SIGNS.sub(lambda found: _VNI[found[0]], text)


def odd_words(text: str) -> list[str]:
    """The words of `text` that have a letter or sign beyond ASCII."""
    return [word for word in _BREAKS.split(text) if word and not word.isascii()]


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` is built as a Vietnamese syllable: one tone at most, and a stop takes sắc or nặng only."""
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [each for each in marks if each in _TONE_MARKS]
    bare = unicodedata.normalize("NFC", "".join(each for each in marks if each not in _TONE_MARKS))
    found = _SYLLABLE.fullmatch(bare)
    if found is None or len(tones) > 1:
        return False
    return not tones or found["coda"] not in _STOPS or tones[0] in (_ACUTE, _DOT)


def restore_capitals(name: str) -> str:
    """A name from a font without toned capitals with the capitals it was shown with.

    `ánh` in a name is `Ánh`; a name in small letters throughout came from the capital font, and one with capitals
    wherever there could be any was typed in capitals.
    """
    plain = [letter for letter in name if letter.isascii() and letter.isalpha()]
    if plain and all(letter.isupper() for letter in plain) and any(_capitals(word) > 1 for word in name.split()):
        return name.upper()
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" "))


def _capitals(word: str) -> int:
    return sum(letter.isascii() and letter.isupper() for letter in word)
