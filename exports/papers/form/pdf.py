"""A paper as PDF: official form, tables over many pages, the same bytes for the same paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from config.errors import InputError
from config.text import t
from exports.files import whole_file
from exports.fonts import Fonts, open_fonts
from exports.papers.form import blocks
from exports.papers.form.bars import BarSection, draw_bars
from exports.papers.form.fitting import fitted
from exports.papers.form.page_writer import Press
from exports.papers.form.paper import Paper
from exports.papers.form.ruled import Ruled
from exports.papers.form.wording import Rich, cell_text, grounds_of, head_left, head_right, nfc, rich

_ROLES = ("serif", "serif-bold", "serif-italic", "serif-bold-italic")


def write_paper_pdf(
    paper: Paper, path: Path, *, overwrite: bool = False, families: Sequence[str] | None = None
) -> None:
    """Write `paper` to `path`, A4.

    Args:
        paper: what it says, every text in the reader's language.
        path: the file to make.
        overwrite: whether it may take the place of a file already there.
        families: order of search of `exports.fonts`; all when left out.

    Raises:
        InputError: for a letter that the font cannot draw (naming the text), a file already there, or a place that
            cannot be written.
    """
    fonts = open_fonts(_ROLES, families=families)
    for each in paper.parts():
        _check_letters(each, fonts)
    with whole_file(path, overwrite=overwrite) as part:
        first, *others = (fitted(each, fonts.names["serif"], fonts.names["serif-bold"]) for each in paper.parts())
        press = Press(first, part, fonts)
        _draw(press, first)
        for each in others:
            press.begin(each)
            _draw(press, each)
        press.save()


def _draw(press: Press, paper: Paper) -> None:
    blocks.draw_head(press, paper)
    blocks.draw_title(press, paper)
    for text in paper.addressees:
        blocks.draw_addressee(press, text)
    if paper.enactor:
        blocks.draw_centred(press, (paper.enactor,))
    state = paper.side == "state"
    blocks.draw_paragraphs(press, _rich(paper, grounds_of(paper), italic=state))
    blocks.draw_paragraphs(press, _rich(paper, paper.opening))
    if paper.enacts:
        blocks.draw_centred(press, (paper.enacts,))
    blocks.draw_paragraphs(press, _rich(paper, paper.articles))
    _draw_sections(press, paper)
    blocks.draw_paragraphs(press, _rich(paper, paper.closing))
    blocks.draw_ending(press, paper)


def _rich(paper: Paper, texts: Sequence[str], *, italic: bool = False) -> list[Rich]:
    return [words for text in texts for words in rich(text, italic=italic, gaps=paper.gaps)]


def _draw_sections(press: Press, paper: Paper) -> None:
    for number, section in enumerate(paper.sections):
        if section.heading:
            blocks.draw_heading(press, section.heading, 80)
        if section.same:
            press.need(110)
            blocks.draw_notes(press, (section.same,))
            press.y += 6
        tail = blocks.notes_height(press, section.notes) + 8
        if number == len(paper.sections) - 1:
            tail += blocks.paragraphs_height(press, _rich(paper, paper.closing)) + 8
            tail += blocks.ending_height(press, paper)
        Ruled(press, section).draw(tail)
        press.y += 8
        blocks.draw_notes(press, section.notes)
        press.y += 8
        if isinstance(section, BarSection):
            draw_bars(press, section)


def _check_letters(paper: Paper, fonts: Fonts) -> None:
    """Every letter of every text has a shape in every style it can stand in. Raises InputError naming the text."""
    seen: set[str] = set(" \n\t\r")
    for text in _texts(paper):
        new = set(text) - seen
        if not new:
            continue
        for role in _ROLES:
            if missing := fonts.missing_letters("".join(sorted(new)), role):
                raise InputError(
                    t(
                        "The font {font} has no letter “{letter}” (U+{code:04X}) for “{text}”",
                        font=fonts.family,
                        letter=missing[0],
                        code=ord(missing[0]),
                        text=text,
                    ),
                    do=t("correct the text, or give the office's own font"),
                )
        seen |= new


def _texts(paper: Paper) -> Iterator[str]:
    yield from (line.text for line in (*head_left(paper), *head_right(paper)))
    yield from map(nfc, (*paper.title, *paper.addressees, paper.enactor, *paper.grounds, *paper.opening, paper.enacts))
    yield from map(nfc, (*paper.articles, *paper.closing, *paper.recipients, paper.mark))
    yield nfc(paper.appended_to)
    for signer in paper.signers:
        yield from map(nfc, (*signer.titles, signer.name))
    for section in paper.sections:
        yield from map(nfc, (section.heading, section.same, *section.notes))
        yield from (nfc(text) for column in section.columns for text in (column.title, column.group))
        for row in (*section.rows, section.totals):
            yield from map(cell_text, row)
