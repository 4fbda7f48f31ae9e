"""The letters of a text file: which encoding its bytes are in."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from config.errors import InputError
from config.text import t
from records.intake.fonts.legacy import is_syllable, odd_words, to_unicode

_SAMPLE = 200_000


def decode(path: Path, data: bytes, declared: str = "") -> str:
    """The text of `data`: UTF-8 or UTF-16 with or without its mark, Windows-1258, or the bytes of an old font.

    Bytes of TCVN3 and VNI come back as the Latin-1 signs that `read_old_fonts` knows.

    Args:
        path: named in the error.
        data: the whole file.
        declared: an encoding that the file names for itself; tried after UTF-8.

    Raises:
        InputError: when the letters cannot be read, with the line, or the bytes are no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data[1:200:2].count(0) > len(data[1:200:2]) // 2:
        encoding = "utf-16-le"
    elif data[0:200:2].count(0) > len(data[0:200:2]) // 2:
        encoding = "utf-16-be"
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        other = _other(data, declared)
        if other is None:
            raise InputError(
                t("The letters of the text file cannot be read from line {line} on", line=_line(data, error.start)),
                where=str(path),
                do=t("save it again as “CSV UTF-8”, or as .xlsx"),
            ) from None
        text = other
    if "\0" in text:
        raise InputError(t("The file is no text"), where=str(path), do=t("choose a spreadsheet or a CSV file"))
    return text


def _other(data: bytes, declared: str) -> str | None:
    """The text in the one-byte encoding under which most of its words are Vietnamese; None when too few are."""
    if b"\0" in data:
        return None
    latin = data.decode("latin-1")
    windows = _windows(data)
    readings = {windows: windows, to_unicode(latin, "TCVN3"): latin, to_unicode(latin, "VNI"): latin}
    if declared:
        try:
            given = unicodedata.normalize("NFC", data.decode(declared))
        except (LookupError, UnicodeDecodeError):
            given = ""
        readings[given] = given
    shares = {_share(reading): kept for reading, kept in readings.items() if reading}
    best = max(shares, default=0)
    return shares[best] if best >= 60 else None


def _windows(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


def _share(text: str) -> int:
    """Of a hundred words with accents, how many are Vietnamese."""
    words = set(odd_words(text[:_SAMPLE]))
    return 100 * sum(is_syllable(word) for word in words) // len(words) if words else 0


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
