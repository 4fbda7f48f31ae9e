"""Titles and forms of address before a name: found as whole words, and left out only where a whole name follows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from config.settings.shapes import Names
from config.text import Text, t
from records.domain.people.names import TONES, clean, matching_key

_LONGEST_FAMILY = 4
_SEPARATOR = re.compile(r"(?:\s*[.:,;/()]\s*|\s+[-–]\s*|\s+)+")
_PREFIX = re.compile(r"[A-ZĐ]'\w")


@dataclass(frozen=True, slots=True)
class Found:
    """A name without the titles before it, and what is to be said of them; or why it cannot be told from them."""

    name: str
    told: Text | None = None
    refused: Text | None = None


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where the titles may end: the rest that stands there, and whether what ends there is surely a title."""

    rest: str
    sure: bool


class Titles:
    """What the settings say of titles, middle words and family names, made ready for looking up."""

    def __init__(self, names: Names) -> None:
        self._short = {*names.abbreviations, *(each.upper() for each in names.abbreviations)}
        self._short |= {each.lower() for each in names.abbreviations}
        words = sorted({*names.abbreviations, *names.titles}, key=len, reverse=True)
        each = "|".join(r"\s+".join(map(_either_way, clean(word).split())) for word in words)
        self._title = re.compile(rf"(?:{each})(?=$|[\s.:,;/()])", re.IGNORECASE)
        self._middles = {matching_key(word) for word in names.middles}
        self._given = {matching_key(word) for word in names.also_given}
        self._families = {matching_key(word) for word in names.families} | self._given
        self._grown = {f"{family}{middle}".lower() for family in names.families for middle in names.middles}

    def only(self, text: str) -> bool:
        """Whether `text` is nothing but titles."""
        cuts = self._cuts(clean(text))
        return bool(cuts) and not cuts[-1].rest

    def before(self, name: str) -> Found:
        """`name` without its titles, as far as it is sure that they are some."""
        cuts = self._cuts(name)
        if not cuts:
            return Found(name)
        if not cuts[-1].rest:
            return Found(name, refused=t("“{title}” is a form of address and no name; write the name", title=name))
        for cut in reversed(cuts):
            said = name.removesuffix(cut.rest).strip()
            if self._whole(cut.rest, sure=cut.sure):
                return Found(cut.rest, t("“{title}” before the name was left out", title=said))
            if cut.sure:
                why = t("what follows the title “{title}” is no whole name; write the whole name alone", title=said)
                return Found(name, refused=why)
        if matching_key(cuts[0].rest.split()[0]) in self._middles:
            return Found(name)  # a family name: a middle word begins no name
        said = name.removesuffix(cuts[0].rest).strip()
        return Found(name, t("“{title}” may be a form of address or part of the name; it was left", title=said))

    def begins_name(self, text: str) -> bool:
        """Whether `text` begins as only a whole name does."""
        return self._whole(text, sure=False)

    def grown_together(self, word: str) -> bool:
        """Whether a word is a family name and a middle word without the blank between them: `Nguyễnvăn`."""
        return word.lower() in self._grown

    def _cuts(self, name: str) -> list[_Cut]:
        """Every place where the titles at the start may end."""
        cuts: list[_Cut] = []
        at = 0
        while (found := self._title.match(name, at)) is not None:
            after = _SEPARATOR.match(name, found.end())
            at = after.end() if after else found.end()
            sign = after is not None and bool(after[0].strip())
            cuts.append(_Cut(name[at:], sign or self._is_sure(found[0], name[at:])))
            if after is None:
                break
        return cuts

    def _is_sure(self, title: str, rest: str) -> bool:
        """Whether a title cannot be part of a name: a short form, or words written otherwise than the name behind."""
        words = title.split()
        small, large = words[-1].islower() and rest[:1].isupper(), title.isupper() and not rest.isupper()
        return (len(words) > 1 and (small or large)) or title in self._short or any(sign in title for sign in "./")

    def _whole(self, rest: str, *, sure: bool) -> bool:
        words = [matching_key(word) for word in rest.split()]
        if not words or words[0] in self._middles:
            return False
        if _PREFIX.match(rest):
            return True
        for many in range(min(_LONGEST_FAMILY, len(words) - 1), 0, -1):
            family = " ".join(words[:many])
            if family in self._families and (family not in self._given or sure or words[many] in self._middles):
                return True
        return sure and len(words) > 1


def _either_way(word: str) -> str:
    """A pattern of `word` with its tone on either vowel, as in `Hòa thượng` and `Hoà thượng`."""
    pattern = re.escape(word)
    for first, last in ("oa", "oe", "uy"):
        for tone in TONES:
            one, other = (unicodedata.normalize("NFC", each) for each in (first + tone + last, first + last + tone))
            pattern = re.sub(f"{one}|{other}", f"(?:{one}|{other})", pattern, flags=re.IGNORECASE)
    return pattern


@cache
def titles_of(names: Names) -> Titles:
    """The titles of some settings."""
    return Titles(names)
