"""The parts of a paper around its tables: head, title, paragraphs, notes, signatures and recipients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exports.papers.form.lines import headed, sensible, width_of, wrap
from exports.papers.form.page_writer import LEADING, MM, Press
from exports.papers.form.paper import Paper, Signer
from exports.papers.form.wording import HeadLine, Rich, appended_line, head_left, head_right, nfc

_AFTER = 6.0
LEFT_PART = {False: 0.44, True: 0.4}  # of the width, for the left side of the head; by landscape
_DASHES = "-----"


def draw_head(press: Press, paper: Paper) -> None:
    """Set the head: the issuing body on the left, the name of Party or State on the right."""
    split = press.width * LEFT_PART[bool(paper.landscape)]
    left, right = head_left(paper), head_right(paper)
    ends = [_draw_side(press, left, (0, split)), _draw_side(press, right, (split, press.width - split))]
    press.y = max(ends) + 14


def _draw_side(press: Press, lines: Sequence[HeadLine], part: tuple[float, float]) -> float:
    x, width = part
    top = 0.0
    for line in lines:
        font = press.font(line.style)
        size, pieces = headed(line.text, font, line.size, width - 12)
        for piece in pieces:
            press.write(piece, size, line.style, (x, top, width), "center")
            top += size * LEADING
        if line.rule:
            length = width_of(pieces[-1], font, size) * line.rule
            press.rule(x + (width - length) / 2, top + 2.5, length)
            top += 6
    return top


def draw_title(press: Press, paper: Paper) -> None:
    """Set the title in the middle, a short rule or dashes below."""
    title, body = paper.style.title, paper.style.body.size
    sizes = (title.kind_size, title.about_size)
    for number, text in enumerate(paper.title):
        _draw_centred(press, text, sizes[min(number, 1)], "-bold")
    if appended := appended_line(paper):
        _draw_centred(press, appended, body, "-italic")
    if title.under == "dashes":
        press.write(_DASHES, body, "", (0, press.y, press.width), "center")
        press.y += 20
    else:
        press.rule(press.width * 0.42, press.y + 5, press.width * 0.16)
        press.y += 16


def _draw_centred(press: Press, text: str, size: float, style: str) -> None:
    for line in sensible(nfc(text), press.font(style), size, press.width * 0.9):
        press.write(line, size, style, (0, press.y, press.width), "center")
        press.y += size * LEADING


def draw_paragraphs(press: Press, paragraphs: Sequence[Rich]) -> None:
    """Set running text, justified, each first line set in."""
    step, indent = press.body.leading, press.body.first_line * MM
    for words in paragraphs:
        lines = _lines(press, words, indent)
        press.need(min(len(lines), 2) * step)
        for number, line in enumerate(lines):
            press.need(step)
            _draw_line(press, line, 0 if number else indent, justified=number < len(lines) - 1)
            press.y += step
        press.y += _AFTER


def paragraphs_height(press: Press, paragraphs: Sequence[Rich]) -> float:
    """Points that paragraphs take on one page."""
    indent = press.body.first_line * MM
    return sum(len(_lines(press, words, indent)) * press.body.leading + _AFTER for words in paragraphs)


def _lines(press: Press, words: Rich, indent: float) -> list[Rich]:
    lines: list[Rich] = [[]]
    taken, blank = indent, width_of(" ", press.font(), press.body.size)
    for word in words:
        needed = width_of(word.text, press.font(word.style), press.body.size)
        if lines[-1] and taken + needed > press.width:
            lines.append([])
            taken = 0.0
        pieces = (
            wrap(word.text, press.font(word.style), press.body.size, press.width)
            if needed > press.width
            else (word.text,)
        )
        for number, piece in enumerate(pieces):
            if number:
                lines.append([])
            lines[-1].append(replace(word, text=piece))
        taken += needed + blank
    return lines


def _draw_line(press: Press, line: Rich, x: float, *, justified: bool) -> None:
    blank = width_of(" ", press.font(), press.body.size)
    wide = sum(width_of(word.text, press.font(word.style), press.body.size) for word in line) + blank * (len(line) - 1)
    extra = (press.width - x - wide) / (len(line) - 1) if justified and len(line) > 1 else 0
    for word in line:
        press.write(word.text, press.body.size, word.style, (x, press.y, press.width), red=word.red)
        x += width_of(word.text, press.font(word.style), press.body.size) + blank + extra


def draw_centred(press: Press, texts: Sequence[str]) -> None:
    """Set lines of their own in the middle, bold: who decides, and that it is decided."""
    for text in texts:
        for part in text.split("\n"):
            press.need(2 * press.body.size * LEADING)
            _draw_centred(press, part, press.body.size, "-bold")
    press.y += _AFTER


def draw_addressee(press: Press, text: str) -> None:
    """Set one line of whom the paper goes to, in the middle: its label is not bold."""
    for line in sensible(nfc(text), press.font(), press.body.size, press.width * 0.9):
        press.need(3 * press.body.size * LEADING)
        press.write(line, press.body.size, "", (0, press.y, press.width), "center")
        press.y += press.body.size * LEADING
    press.y += _AFTER


def draw_heading(press: Press, text: str, follows: float) -> None:
    """Set the heading of a table, on one page with the `follows` points below it."""
    lines = wrap(nfc(text), press.font("-bold"), press.body.size, press.width)
    press.need(len(lines) * press.body.size * LEADING + follows)
    for line in lines:
        press.write(line, press.body.size, "-bold", (0, press.y, press.width))
        press.y += press.body.size * LEADING
    press.y += 4


def draw_notes(press: Press, notes: Sequence[str]) -> None:
    """Set the notes under a table."""
    for note in notes:
        for line in wrap(nfc(note), press.font("-italic"), 12, press.width):
            press.need(12 * LEADING)
            press.write(line, 12, "-italic", (0, press.y, press.width))
            press.y += 12 * LEADING


def notes_height(press: Press, notes: Sequence[str]) -> float:
    """Points that `notes` take."""
    return sum(len(wrap(nfc(note), press.font("-italic"), 12, press.width)) for note in notes) * 12 * LEADING


def draw_ending(press: Press, paper: Paper) -> None:
    """Set the signers side by side, the last on the right, and the recipients on the left; all on one page."""
    beside = bool(paper.recipients) and len(paper.signers) < 3
    places = max(len(paper.signers) + beside, 2)
    width = press.width / places
    press.y += 12
    press.need(ending_height(press, paper) - 12)
    top = bottom = press.y
    named = top + max((_titles_height(press, each, width) for each in paper.signers), default=0)
    named += paper.style.signature.room * MM
    for number, signer in enumerate(paper.signers, places - len(paper.signers)):
        _draw_titles(press, paper, signer, (number * width, top, width))
        bottom = max(bottom, _draw_name(press, signer, (number * width, named, width)))
    if paper.recipients:
        bottom = max(bottom, _draw_recipients(press, paper, top if beside else bottom + 8, press.width * 0.45))
    press.y = bottom


def ending_height(press: Press, paper: Paper) -> float:
    """Points that the signatures and recipients take; 0 where there are none."""
    if not paper.signers and not paper.recipients:
        return 0
    lines = max((len(signer.titles) for signer in paper.signers), default=0)
    signing = (lines + 3) * press.body.size * LEADING + paper.style.signature.room * MM if paper.signers else 0
    listed = (sum(len(_wrapped(press, line)) for line in paper.recipients) + 1) * 12 * LEADING
    received = listed if paper.recipients else 0
    return 12 + (signing + received if len(paper.signers) > 2 else max(signing, received))


def _wrapped(press: Press, recipient: str) -> tuple[str, ...]:
    return wrap(nfc(recipient), press.font(), 12, press.width * 0.42)


def _titles_height(press: Press, signer: Signer, width: float) -> float:
    lines = sum(len(sensible(nfc(title), press.font("-bold"), press.body.size, width - 4)) for title in signer.titles)
    return lines * press.body.size * LEADING


def _draw_titles(press: Press, paper: Paper, signer: Signer, box: tuple[float, float, float]) -> None:
    """Set who signs; in Party papers what gives the power to sign is bold, and the office held is not."""
    x, top, width = box
    for number, title in enumerate(signer.titles):
        style = "" if number and not paper.style.signature.office_bold else "-bold"
        for line in sensible(nfc(title), press.font(style), press.body.size, width - 4):
            press.write(line, press.body.size, style, (x, top, width), "center")
            top += press.body.size * LEADING


def _draw_name(press: Press, signer: Signer, box: tuple[float, float, float]) -> float:
    x, top, width = box
    for line in sensible(nfc(signer.name), press.font("-bold"), press.body.size, width - 4):
        press.write(line, press.body.size, "-bold", (x, top, width), "center")
        top += press.body.size * LEADING
    return top


def _draw_recipients(press: Press, paper: Paper, top: float, width: float) -> float:
    told = paper.style.recipients
    style = ("-bold" if told.bold else "") + ("-italic" if told.italic else "")
    press.write(nfc(told.words), told.size, style, (0, top, width))
    if told.underlined:
        length = width_of(nfc(told.words), press.font(style), told.size)
        press.rule(0, top + told.size * LEADING, length, 0.5)
    top += told.size * LEADING + 1
    for recipient in paper.recipients:
        for line in _wrapped(press, recipient):
            press.write(line, 12, "", (0, top, width))
            top += 12 * LEADING
    return top
