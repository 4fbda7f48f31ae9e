"""Columns written in the fonts used before Unicode: found, and read as Unicode cell by cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from config.text import Text, t
from records.intake.files.cells import Cell, Sheet, letter
from records.intake.fonts.legacy import Encoding, is_syllable, odd_words, to_unicode

_ENCODINGS: tuple[Encoding, ...] = ("TCVN3", "VNI")
_ENOUGH = 3
_WEIGHT = 2
_MOST_WORDS = 4_000


@dataclass(slots=True)
class _Evidence:
    """What the different words of a column say of the letters it is written in.

    Attributes:
        words: words that an old font could have written, whatever they are.
        unicode: words that no old font wrote so, or that are Vietnamese only as they stand.
        strange: words that are not Vietnamese as they stand.
        old: how many of the strange ones are Vietnamese in an old font.
        TCVN3, VNI: in which of the two.
    """

    words: int = 0
    unicode: int = 0
    strange: int = 0
    old: int = 0
    TCVN3: int = 0
    VNI: int = 0

    def add(self, word: str) -> None:
        """Judge one word."""
        if any(ord(sign) > 0xFF for sign in word):
            self.unicode += 1
            return
        self.words += 1
        read = {each: is_syllable(to_unicode(word, each)) for each in _ENCODINGS}
        if is_syllable(word):
            self.unicode += not any(read.values())
            return
        self.strange += 1
        self.old += any(read.values())
        self.TCVN3 += read["TCVN3"]
        self.VNI += read["VNI"]

    def encoding(self, hint: Encoding | None) -> Encoding | None:
        """The encoding without which the column cannot be read; words that are right in Unicode weigh double."""
        if self.old <= _WEIGHT * self.unicode or self.old * 10 < self.strange * 6:
            return None
        best = max(_ENCODINGS, key=lambda each: (getattr(self, each), each == hint))
        return None if self.TCVN3 == self.VNI and hint is None else best


def read_old_fonts(sheet: Sheet) -> tuple[Sheet, tuple[Text, ...]]:
    """`sheet` with its columns in TCVN3 or VNI read as Unicode, and what was done, a sentence for each column.

    What a column is written in is judged over all its words; the font names of the file and the other columns break
    ties. A cell that is Vietnamese both ways, in a column that has Unicode too, is marked as doubtful (`faults`).
    """
    evidence = _evidence(sheet)
    whole = _Evidence()
    for each in evidence.values():
        for count in ("words", "unicode", "strange", "old", "TCVN3", "VNI"):
            setattr(whole, count, getattr(whole, count) + getattr(each, count))
    common = whole.encoding(_hint(sheet.fonts))
    if common is None and not any(each.encoding(None) for each in evidence.values()):
        return sheet, ()
    chosen = {}
    for column, each in evidence.items():
        alone = each.words >= _ENOUGH or each.unicode or common is None
        told = each.encoding(common) if alone else common
        if told is not None and each.words:
            chosen[column] = told
    mixed = {column: bool(evidence[column].unicode) or evidence[column].words < _ENOUGH for column in chosen}
    return _read(sheet, chosen, mixed)


def _best_reading(cell: str, encoding: Encoding) -> str:
    """A cell in the encoding of its column, else in the other; as it stands where neither is Vietnamese."""
    for each in (encoding, *(other for other in _ENCODINGS if other != encoding)):
        read = to_unicode(cell, each)
        if all(is_syllable(word) for word in odd_words(read)):
            return read
    return cell


def _hint(fonts: frozenset[str]) -> Encoding | None:
    if any(font.lower().startswith(".vn") for font in fonts):
        return "TCVN3"
    return "VNI" if any(font.lower().startswith("vni-") for font in fonts) else None


def _evidence(sheet: Sheet) -> Mapping[int, _Evidence]:
    words: defaultdict[int, set[str]] = defaultdict(set)
    seen: defaultdict[int, set[str]] = defaultdict(set)
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and not cell.isascii() and cell not in seen[column]:
                seen[column].add(cell)
                if len(words[column]) < _MOST_WORDS:
                    words[column].update(odd_words(cell))
    found: dict[int, _Evidence] = {}
    for column, each in words.items():
        found[column] = _Evidence()
        for word in each:
            found[column].add(word)
    return found


def _read(sheet: Sheet, chosen: Mapping[int, Encoding], mixed: Mapping[int, bool]) -> tuple[Sheet, tuple[Text, ...]]:
    rows: list[tuple[Cell, ...]] = []
    old: set[tuple[int, int]] = set()
    faults = dict(sheet.faults)
    counts: Counter[int] = Counter()
    for number, row in enumerate(sheet.rows, 1):
        cells = list(row)
        for column, encoding in chosen.items():
            cell = cells[column] if column < len(cells) else ""
            if not isinstance(cell, str) or cell.isascii() or any(ord(sign) > 0xFF for sign in cell):
                continue
            read = _best_reading(cell, encoding)
            if read == cell:
                continue
            if mixed[column] and all(is_syllable(word) for word in odd_words(cell)):
                faults[number, column] = t(
                    "can be read as “{one}” and as “{other}”; type it anew", one=cell, other=read
                )
                continue
            cells[column] = read
            old.add((number, column))
            counts[column] += 1
        rows.append(tuple(cells))
    told = tuple(
        t(
            "Column {column} is written in the old font encoding {encoding}; {n} cells were read as Unicode",
            column=letter(column),
            encoding=chosen[column],
            n=counts[column],
        )
        for column in sorted(counts)
    )
    tcvn3 = frozenset(place for place in old if chosen[place[1]] == "TCVN3")
    return replace(sheet, rows=tuple(rows), old=tcvn3, faults=faults), told
