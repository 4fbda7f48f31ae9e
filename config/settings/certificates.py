"""Typed shapes of `certificates/*.yaml`: what a certificate looks like, in millimetres from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Annotated, Literal

from msgspec import Meta

from config.i18n import tr_
from config.settings.certificate_elements import Box, Colour, Element, KeepEmptyElement, RuleElement, TextElement
from config.settings.dated import Confidence, Words
from config.settings.shapes import Cited, Shape

_PAPERS = {
    "a4": (297.0, 210.0),
    "a3": (420.0, 297.0),
    "a5": (210.0, 148.0),
    "a4-portrait": (210.0, 297.0),
    "a3-portrait": (297.0, 420.0),
    "card": (85.6, 54.0),
}
_EDGE = 1e-6
_BOUND = 2000.0

Paper = str | tuple[float, float]


class Ornament(Shape, frozen=True, kw_only=True):
    """The frame, drawn by numbers.

    Attributes:
        style: a woven band between fine lines with rosettes in the corners; a garland of leaves; or fine waves for a
            card.
        margin: from the edge of the paper to the frame, mm.
        band: width of the woven band, mm.
        line, weave, accent: colours of the lines, of the two strands and of the rosettes' hearts.
        ground: tint inside the band.
        panel: tint of the sheet inside the frame, or none.
        watermark: colour of the rosette behind the words, or none.
        wave: length of one wave of the weave, mm.
        strands: lines in each strand.
        hairline: width of the finest line, mm.
    """

    style: Literal["weave", "garland", "card"] = "weave"
    margin: Annotated[float, Meta(ge=0, le=60)] = 9
    band: Annotated[float, Meta(ge=3, le=30)] = 10
    line: Colour = "#a3211b"
    weave: Colour = "#b98a2f"
    accent: Colour = "#a3211b"
    ground: Colour = "#fdf6e3"
    panel: Colour | None = None
    watermark: Colour | None = None
    wave: Annotated[float, Meta(ge=2, le=60)] = 12
    strands: Annotated[int, Meta(ge=1, le=16)] = 5
    hairline: Annotated[float, Meta(gt=0, le=1)] = 0.12


class Sheet(Shape, frozen=True, kw_only=True):
    """Several to a sheet of paper, with marks to cut along; backs fit when the sheet is turned over its long side.

    Attributes:
        paper: of the sheet.
        columns, rows: how many beside and below each other.
        gap: between two, mm.
    """

    paper: Paper = "a4-portrait"
    columns: Annotated[int, Meta(ge=1, le=20)] = 1
    rows: Annotated[int, Meta(ge=1, le=20)] = 1
    gap: Annotated[float, Meta(ge=0, le=50)] = 0


class Template(Cited, frozen=True, kw_only=True):
    """One certificate design.

    Attributes:
        id: name of the file.
        subject: what it is printed for: an award, the end of a course, or an appointment.
        titles: of the awards it is for; any when empty.
        form: Party and state forms differ by law and are never mixed.
        paper: `a4`, `a3`, `a5` (landscape), `a4-portrait`, `a3-portrait`, `card`, or width and height in mm.
        confidence: of the layout; `to_confirm` where no legal text for it was seen.
        note: what is known and what is not.
        back, back_ornament: the other side, where there is one.
        sheet: several to a sheet of paper.
    """

    DECIDING = ("paper",)

    id: str
    title: Words
    form: Literal["party", "state", "none"]
    paper: Paper
    elements: tuple[Element, ...]
    subject: Literal["award", "course", "appointment"] = "award"
    titles: tuple[str, ...] = ()
    confidence: Confidence = "to_confirm"
    note: str = ""
    ornament: Ornament | None = None
    back: tuple[Element, ...] = ()
    back_ornament: Ornament | None = None
    sheet: Sheet | None = None

    def __post_init__(self) -> None:
        for side in (self.elements, self.back):
            _check_side(side, self.size)
        if self.sheet is not None:
            width, height = paper_size(self.sheet.paper)
            wide = self.sheet.columns * (self.size[0] + self.sheet.gap) - self.sheet.gap
            high = self.sheet.rows * (self.size[1] + self.sheet.gap) - self.sheet.gap
            if wide > width + _EDGE or high > height + _EDGE:
                words = tr_("{wide:g} x {high:g} mm do not fit on a sheet of this paper", wide=wide, high=high)
                raise ValueError(words)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in mm. Raises ValueError for a paper that has no such name."""
        return paper_size(self.paper)

    @property
    def sheet_size(self) -> tuple[float, float]:
        """Width and height in mm of the paper that goes through the printer."""
        return paper_size(self.sheet.paper) if self.sheet else self.size


def paper_size(paper: Paper) -> tuple[float, float]:
    """Width and height in mm. Raises ValueError for a paper that has no such name or no such size."""
    if isinstance(paper, str):
        if paper not in _PAPERS:
            known = ", ".join(_PAPERS)
            words = tr_("there is no paper “{paper}”; use one of {known}, or [width, height]", paper=paper, known=known)
            raise ValueError(words)
        return _PAPERS[paper]
    if not all(0 < side <= _BOUND for side in paper):
        words = tr_("a paper of {width:g} x {height:g} mm cannot be", width=paper[0], height=paper[1])
        raise ValueError(words)
    return paper


def _check_side(elements: Iterable[Element], size: tuple[float, float]) -> None:
    seen: set[str] = set()
    for element in elements:
        if element.id in seen:
            raise ValueError(tr_("“{id}” stands twice; give each element its own id", id=element.id))
        seen.add(element.id)
        for x, y, w, h in element.boxes():
            if min(x, y) < 0 or x + w > size[0] + _EDGE or y + h > size[1] + _EDGE:
                raise ValueError(tr_("“{id}” reaches beyond the paper", id=element.id))
    for first, second in combinations(elements, 2):
        kept = [each for each in (first, second) if isinstance(each, KeepEmptyElement)]
        if any(isinstance(each, RuleElement) and each.style == "box" for each in (first, second)):
            continue
        words = isinstance(first, TextElement) and isinstance(second, TextElement)
        if not (kept or (words and not first.over and not second.over)) or _exclude(first, second):
            continue
        if any(_overlap(one, other) for one in first.boxes() for other in second.boxes()):
            if kept:
                other = second if kept[0] is first else first
                raise ValueError(tr_("“{id}” stands in “{kept}”, which is kept empty", id=other.id, kept=kept[0].id))
            told = tr_("“{id}” overlaps “{other}”; move one, or allow it with over: true", id=second.id, other=first.id)
            raise ValueError(told)


def _exclude(first: Element, second: Element) -> bool:
    """Whether the two are never drawn together."""
    return bool(first.when) and bool(second.when) and f"!{first.when}".removeprefix("!!") == second.when


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] + one[2] > other[0] + _EDGE
        and other[0] + other[2] > one[0] + _EDGE
        and one[1] + one[3] > other[1] + _EDGE
        and other[1] + other[3] > one[1] + _EDGE
    )
