"""Running text in words, each with its style: `Điều 1.` is bold, and what is still missing stands in red brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exports.papers.form.paper import Paper
from exports.papers.form.wording import nfc

_LEAD = re.compile(r"(Điều \d+\.)\s+")
_HEADING = re.compile(r"[IVX]+\. ")
_GAP = re.compile(r"(\[[^\[\]]*\])")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its style (``, `-bold`, `-italic`), and whether it is red."""

    text: str
    style: str = ""
    red: bool = False


Rich = list[Word]
"""A paragraph."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph of one style."""

    text: str
    bold: bool = False
    italic: bool = False
    red: bool = False


def runs(text: str, *, italic: bool = False, gaps: bool = False) -> list[Run]:
    """A paragraph in pieces of one style each."""
    found, rest = [], nfc(text)
    if _HEADING.match(rest) and rest == rest.upper():
        return [Run(rest, bold=True)]
    if lead := _LEAD.match(rest):
        found.append(Run(f"{lead[1]} ", bold=True))
        rest = rest[lead.end() :]
    for number, piece in enumerate(_GAP.split(rest) if gaps else [rest]):
        if piece:
            found.append(Run(piece, italic=italic, red=bool(number % 2)))
    return found


def rich(text: str, *, italic: bool = False, gaps: bool = False) -> list[Rich]:
    """The paragraphs of a text, in words."""
    made = []
    for part in text.split("\n"):
        words: Rich = []
        open_end = False
        for run in runs(part, italic=italic, gaps=gaps):
            style = "-bold" if run.bold else "-italic" if run.italic else ""
            pieces = run.text.split()
            if open_end and pieces and not run.text[0].isspace() and words and words[-1].style == style:
                # What stands without a blank after a gap, such as a comma, goes with its last word.
                first, *pieces = pieces
                words[-1] = Word(words[-1].text + first, style, words[-1].red)
            words += [Word(piece, style, run.red) for piece in pieces]
            open_end = not run.text[-1:].isspace()
        made.append(words)
    return made


def grounds_of(paper: Paper) -> list[str]:
    """The grounds as they are set: with what each begins with in the paper's style."""
    begun = paper.style.text.ground
    return [each if begun and each.startswith(begun.strip()) else f"{begun}{each}" for each in paper.grounds]
