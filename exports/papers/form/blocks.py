"""The parts of a paper around its tables: head, title, paragraphs, notes, signatures and recipients."""

from __future__ import annotations

from collections.abc import Sequence

from exports.papers.form.lines import balanced, shrunk, width_of, wrap
from exports.papers.form.page_writer import LEADING, MM, Press
from exports.papers.form.paper import Paper, Signer
from exports.papers.form.wording import HeadLine, appended_line, head_left, head_right, nfc

_LEFT_PART = {False: 0.44, True: 0.4}  # of the width, for the left side of the head; by landscape
_DASHES = "-----"


def draw_head(press: Press, paper: Paper) -> None:
    """Set the head: the issuing body on the left, the name of Party or State on the right."""
    split = press.width * _LEFT_PART[paper.landscape]
    left, right = head_left(paper), head_right(paper)
    ends = [_draw_side(press, left, (0, split)), _draw_side(press, right, (split, press.width - split))]
    press.y = max(ends) + 14


def _draw_side(press: Press, lines: Sequence[HeadLine], part: tuple[float, float]) -> float:
    x, width = part
    top = 0.0
    for line in lines:
        font = press.font(line.style)
        size = shrunk(line.text, font, line.size, width - 12, line.size * 0.84)
        pieces = balanced(line.text, font, size, width - 12)
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
    for line in balanced(nfc(text), press.font(style), size, press.width * 0.9):
        press.write(line, size, style, (0, press.y, press.width), "center")
        press.y += size * LEADING


def draw_paragraphs(press: Press, paragraphs: Sequence[str]) -> None:
    """Set running text, justified, each first line set in."""
    size, step, indent = press.body.size, press.body.leading, press.body.first_line * MM
    for paragraph in paragraphs:
        for part in nfc(paragraph).split("\n"):
            lines = wrap(part, press.font(), size, press.width, indent)
            press.need(min(len(lines), 2) * step)
            for number, line in enumerate(lines):
                press.need(step)
                inset = 0 if number else indent
                box = (inset, press.y, press.width - inset)
                if number == len(lines) - 1:
                    press.write(line, size, "", box)
                else:
                    press.spread(line, size, box)
                press.y += step
            press.y += 6


def draw_heading(press: Press, text: str, follows: float) -> None:
    """Set the heading of a table, on one page with the `follows` points below it."""
    size = press.body.size
    lines = wrap(nfc(text), press.font("-bold"), size, press.width)
    press.need(len(lines) * size * LEADING + follows)
    for line in lines:
        press.write(line, size, "-bold", (0, press.y, press.width))
        press.y += size * LEADING
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
    lines = sum(len(balanced(nfc(title), press.font("-bold"), press.body.size, width - 4)) for title in signer.titles)
    return lines * press.body.size * LEADING


def _draw_titles(press: Press, paper: Paper, signer: Signer, box: tuple[float, float, float]) -> None:
    """Set who signs; in Party papers what gives the power to sign is bold, and the office held is not."""
    x, top, width = box
    for number, title in enumerate(signer.titles):
        style = "" if number and not paper.style.signature.office_bold else "-bold"
        for line in balanced(nfc(title), press.font(style), press.body.size, width - 4):
            press.write(line, press.body.size, style, (x, top, width), "center")
            top += press.body.size * LEADING


def _draw_name(press: Press, signer: Signer, box: tuple[float, float, float]) -> float:
    x, top, width = box
    for line in balanced(nfc(signer.name), press.font("-bold"), press.body.size, width - 4):
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
