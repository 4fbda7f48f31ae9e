"""The one judge of people's names, for every door through which a name comes in, typed or read from a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from config.settings.loading import shipped_names
from config.settings.shapes import Names
from config.text import Text, t
from records.domain.people.names import clean
from records.intake.fonts.legacy import Encoding, is_syllable, odd_words, to_unicode
from records.intake.names.lookalikes import is_letter, is_ordinary, letters_of, put_right, tones_in
from records.intake.names.titles import Titles, titles_of
from records.intake.values import Read

_LONGEST = 100
_OLD_FONTS: tuple[Encoding, ...] = ("TCVN3", "VNI")
_OLD_SIGNS = frozenset("µªº¸¹¨»¾½¼·¶®©§¦¥¤£¢¡¿×÷ß")
_BETWEEN_PEOPLE = re.compile(r"[;/&+|–-]|[,.]\s|\s(?:và|and|hoặc)\s")
_BETWEEN_LINES = re.compile(r"\n|\s{3,}")
_BEFORE = re.compile(r"[\s\-–—•·*+.,;:_~\"“”„«»']+")
_AFTER = re.compile(r"[\s\-–—•·*+.,;:_~\"“”„«»'…]+$")
_SEX = re.compile(r"\s*\((?:nữ|nam|ông|bà|anh|chị)\)$", re.IGNORECASE)
_PARTS = re.compile(r"[ '\-]+")
_STRAY = re.compile(r"(?:^| )['.\-]+(?= |$)|['.\-]{2}|(?:^| )['\-]|-(?: |$)")


class _Refused(Exception):  # noqa: N818  # it never leaves this module
    def __init__(self, problem: Text) -> None:
        self.problem = problem


class _Case:
    """A name on its way through the judge: what it is by now, and what was said of it."""

    def __init__(self, raw: str, names: Names) -> None:
        self.raw, self.name = raw, clean(raw)
        self.titles: Titles = titles_of(names)
        self.letters = frozenset(unicodedata.normalize("NFC", each) for each in names.letters)
        self.mended: list[Text] = []
        self.told: list[Text] = []

    def remark(self) -> Text | None:
        """All that was put right, the name that came of it, and what is worth a look."""
        told = self.told
        if self.mended:
            told = [t("{told}; read as {name}", told=_together(self.mended), name=self.name), *told]
        return _together(told) if told else None


def read_name(text: str, names: Names | None = None) -> Read[str]:
    """The name to keep of what stands for a person's name, in NFC and with single blanks.

    A name without a title comes back letter for letter. Titles before it, look-alike letters and stray signs are put
    right where it is plain what was meant, and the remark tells each in full; the rest is refused.

    Args:
        text: as typed, pasted or read from a cell.
        names: what the office's settings know of names; the shipped ones when left out.
    """
    return _read(text, names or shipped_names())


@lru_cache(maxsize=8192)
def _read(text: str, names: Names) -> Read[str]:
    case = _Case(text, names)
    try:
        for step in _STEPS:
            step(case)
    except _Refused as refused:
        return Read(case.name, refused.problem)
    return Read(case.name, None, case.remark())


def _together(told: list[Text]) -> Text:
    whole = told[0]
    for each in told[1:]:
        whole = t("{one}; {other}", one=whole, other=each)
    return whole


def _is_forbidden(sign: str) -> bool:
    """Whether a sign has no picture of its own or, as `U+202E`, shows others in another order than they stand."""
    if sign in "\t\n\r":
        return False
    turned = unicodedata.bidirectional(sign) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return turned or unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn")


def _drop_hidden(case: _Case) -> None:
    if any(_is_forbidden(each) for each in case.raw):
        raise _Refused(t("the name holds a hidden character; type it anew"))
    bare = "".join(each for each in case.raw if unicodedata.category(each) != "Cf")
    if bare != case.raw:
        case.raw, case.name = bare, clean(bare)
        case.mended.append(t("signs that nobody can see were left out"))
    if len(case.name) > _LONGEST:
        raise _Refused(t("the name is longer than {n} letters", n=_LONGEST))


def _refuse_old_font(case: _Case) -> None:
    odd = odd_words(case.name)
    strange = [word for word in odd if not is_syllable(word)]
    old = {font: [word for word in strange if is_syllable(to_unicode(word, font))] for font in _OLD_FONTS}
    whole = len(odd) > 1 and any(words == odd for words in old.values())
    if whole or _OLD_SIGNS & set(case.name) or any(map(_is_tcvn3, odd)):
        raise _Refused(t("the name seems to be written in an old font (TCVN3 or VNI); convert the file to Unicode"))
    for word in dict.fromkeys(word for words in old.values() for word in words):
        case.told.append(t("“{word}” is a word of an old font too (TCVN3 or VNI); look at it again", word=word))


def _is_tcvn3(word: str) -> bool:
    """`HiÒn`: a capital among small letters that the old font showed as a small one."""
    ours = "".join(letter for letter in word[1:] if letter.isascii())
    if not ours.islower() or not any(letter.isupper() for letter in word[1:]):
        return False
    read = to_unicode(word, "TCVN3")
    return word != read and is_syllable(read)


def _put_letters_right(case: _Case) -> None:
    case.name, changed = put_right(case.name)
    if changed:
        pairs = ", ".join(f"{wrong} → {right}" for wrong, right in changed)
        case.mended.append(t("look-alike letters were put right ({pairs})", pairs=pairs))


def _refuse_two_people(case: _Case) -> None:
    parts = [part for part in _BETWEEN_PEOPLE.split(case.raw) if part.strip() and not case.titles.only(part)]
    lines = [line for line in _BETWEEN_LINES.split(case.raw.strip()) if line.strip() and not case.titles.only(line)]
    apart = all(case.titles.begins_name(clean(line)) for line in lines[1:])
    for each in (parts, lines if apart else []):
        if len(each) > 1 and all(len(part.split()) > 1 for part in each):
            raise _Refused(t("two people seem to stand in this cell; give each a row of their own"))


def _drop_edges(case: _Case) -> None:
    before = case.name
    if (sex := _SEX.search(case.name)) is not None:
        case.name = case.name[: sex.start()]
    ending = _AFTER.search(case.name)
    if ending is not None and re.search(r"\s[.…]", ending[0]):
        raise _Refused(t("the name ends with “{sign}”, as if a word were missing", sign=ending[0].strip()))
    bare = _AFTER.sub("", case.name)
    begun = _BEFORE.match(bare)
    case.name = bare[begun.end() :] if begun else bare
    if case.name and case.name != before:
        start = before.index(case.name)
        signs = f"{before[:start]} {before[start + len(case.name) :]}".strip()
        case.mended.append(t("“{signs}” beside the name was left out", signs=signs))


def _drop_titles(case: _Case) -> None:
    found = case.titles.before(case.name)
    if found.refused is not None:
        raise _Refused(found.refused)
    if found.told is not None:
        (case.told if found.name == case.name else case.mended).append(found.told)
    case.name = found.name


def _refuse_signs(case: _Case) -> None:
    if not case.name:
        raise _Refused(t("the name is missing"))
    if any(each.isdigit() for each in case.name):
        raise _Refused(t("a name has no digits"))
    strange = [each for each in case.name if unicodedata.category(each)[0] not in "LM" and each not in " -.'"]
    if "(" in case.name or "[" in case.name:
        raise _Refused(t("a name has letters only; put what stands in brackets into the note"))
    if strange or not any(map(str.isalpha, case.name)):
        raise _Refused(t("a name has letters only, and no “{signs}”", signs="".join(strange) or case.name))
    if (stray := _STRAY.search(case.name)) is not None:
        raise _Refused(t("a name has letters only; “{signs}” stands by itself", signs=stray[0].strip()))
    if "." in case.name:
        case.told.append(t("the name is shortened, and will be printed so: {name}", name=case.name))


def _refuse_letters(case: _Case) -> None:
    if not is_ordinary(case.name):
        if not all("LATIN" in unicodedata.name(each, "") for each in case.name if each.isalpha()):
            raise _Refused(t("the name mixes in letters of another script that only look alike; type it anew"))
        for letter in letters_of(case.name):
            if letter[0].isalpha() and not is_letter(letter, case.letters):
                shown = unicodedata.normalize("NFC", letter)
                raise _Refused(t("“{letter}” is no letter of names here; type it anew, or add it to the letters of "
                                 "names in the settings", letter=shown))  # fmt: skip
    for part in _PARTS.split(case.name):
        if tones_in(part, case.letters) > 1:
            raise _Refused(t("“{word}” bears two tones; type it anew", word=part))


def _put_capitals_right(case: _Case) -> None:
    """A word such as `HiỀN` among capitals is what a macro left; `NguyễnVăn` is two words grown together."""
    words = case.name.split(" ")
    left = [word for word in words if _is_macros(word, case.titles)]
    if left and not all(word in left or word.isupper() for word in words):
        # Among words in small letters `THị` may be a slip of the hand, unless others show that capitals were meant.
        shown = len(left) > 1 or any(len(word) > 1 and word.isupper() for word in words)
        left = [word for word in left if shown and is_syllable(word)]
    if left:
        case.name = " ".join(word.upper() if word in left else word for word in words)
        case.mended.append(t("small letters among capitals were put right"))
    for word in case.name.split(" "):
        if _grown_together(word, case.titles):
            raise _Refused(t("“{word}” is two words grown together; put a blank between them", word=word))
        if any(one.islower() and two.isupper() for part in _PARTS.split(word) for one, two in pairwise(part)):
            case.told.append(t("“{word}” has a capital inside, and will be printed so", word=word))


def _is_macros(word: str, titles: Titles) -> bool:
    """Whether a word has a few small letters among capitals: `HiỀN`, `VăN`; but neither `H'Mẫu` nor `LêVĂN`."""
    capitals = sum(letter.isupper() for letter in word)
    if not is_syllable(word) and _grown_together(word, titles):
        return False
    return word[0].isupper() and not word.isupper() and 2 * capitals > len(word) and word.isalpha()


def _grown_together(word: str, titles: Titles) -> bool:
    cuts = [at for at in range(1, len(word)) if word[at - 1].islower() and word[at].isupper()]
    if len(cuts) == 1 and "'" not in word:
        return all(len(part) > 1 and is_syllable(part) for part in (word[: cuts[0]], word[cuts[0] :]))
    return not cuts and not is_syllable(word) and titles.grown_together(word)


def _say_how_it_looks(case: _Case) -> None:
    name = case.name
    if len(name) > 1 and name.isupper():
        case.told.append(t("the name stands in capitals and will be printed so"))
    elif name.islower():
        case.told.append(t("the name stands in small letters and will be printed so"))
    elif small := [word for word in name.split(" ") if word[0].islower()]:
        case.told.append(t("“{word}” begins with a small letter, and will be printed so", word=" ".join(small)))
    if " " not in name and "'" not in name:
        case.told.append(t("the name has one word only; look whether it is whole"))


_STEPS: tuple[Callable[[_Case], None], ...] = (
    _refuse_old_font, _drop_hidden, _put_letters_right, _refuse_two_people, _drop_edges, _drop_titles, _refuse_signs,
    _refuse_letters, _put_capitals_right, _say_how_it_looks,
)  # fmt: skip
