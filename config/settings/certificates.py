"""Typed shapes of `certificates/*.yaml`: what a certificate looks like, in millimetres from the top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from config.i18n import tr_
from config.paper_sizes import Paper, paper_size
from config.settings.dated import Confidence, Words
from config.settings.designs.checks import check_side
from config.settings.designs.elements import (
    POINT,
    Box,
    Element,
    Flow,
    ImageElement,
    Ornament,
    RuleElement,
    TextElement,
    line_height,
)
from config.settings.designs.short_code import lonely_codes, with_short_code
from config.settings.shapes import Cited, Shape

_EDGE = 1e-6
FLOOR, CARD_FLOOR = 12.0, 7.0  # the smallest letters of a certificate and of a card, points
_SMALL = 100.0  # mm: what has a shorter side than this is held in the hand


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


class Variant(Shape, frozen=True, kw_only=True):
    """The same design on another paper.

    Attributes:
        id: added to the template's own: `party-merit-a3`.
        paper: as in `Template`.
        frame: left, top, width, height in mm of what is the frame there; what lies outside stays white.
    """

    id: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]*$")]
    paper: Paper
    frame: Box


@dataclass(frozen=True, slots=True)
class Tight:
    """Words of a template that can never have the size that is written, or may become too small to be read.

    Attributes:
        id: of the element, or of the flow.
        needs, room: mm of height where the size written is too large, or the grid of baselines takes words out of
            their box; points where the floor is too small.
        what: which of these it is; `short_code`: beside the code there is no room for its short code.
    """

    id: str
    needs: float
    room: float
    what: Literal["height", "floor", "grid", "short_code"] = "height"


class Template(Cited, frozen=True, kw_only=True):
    """One certificate design.

    Attributes:
        id: name of the file.
        subject: what it is printed for: an award, the end of a course, or an appointment.
        titles: of the awards it is for; any when empty.
        form: Party and state forms differ by law and are never mixed; `office`: of the office's own movements.
        flows: blocks of elements that share their room.
        variants: the same design on other papers.
        paper: `a4`, `a3`, `a5` (landscape), `a4-portrait`, `a3-portrait`, `card`, or width and height in mm.
        confidence: of the layout; `to_confirm` where no legal text for it was seen.
        note: what is known and what is not.
        back, back_ornament: the other side, where there is one.
        sheet: several to a sheet of paper.
        grid: step of the grid of baselines, mm, on which all words stand; 0 for none.
        bleed: mm of paper beyond the edge at which a print shop cuts.
        crop: mm of paper beyond the bleed, on which marks say where to cut; 0 for none.
    """

    DECIDING = ("paper",)

    id: str
    title: Words
    form: Literal["party", "state", "office", "none"]
    paper: Paper
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...] = ()
    variants: tuple[Variant, ...] = ()
    subject: Literal["award", "course", "appointment"] = "award"
    titles: tuple[str, ...] = ()
    confidence: Confidence = "to_confirm"
    note: str = ""
    ornament: Ornament | None = None
    back: tuple[Element, ...] = ()
    back_ornament: Ornament | None = None
    sheet: Sheet | None = None
    grid: Annotated[float, Meta(ge=0, le=10)] = 0
    bleed: Annotated[float, Meta(ge=0, le=20)] = 0
    crop: Annotated[float, Meta(ge=0, le=20)] = 0

    def __post_init__(self) -> None:
        for side in (self.elements, self.back):
            check_side(side, self.size, self.flows)
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

    def tight(self) -> list[Tight]:
        """Every text and flow that cannot have its written size, or whose floor nobody can read."""
        found = []
        smallest = CARD_FLOOR if min(self.size) < _SMALL else FLOOR
        for each in (*self.elements, *self.back):
            if isinstance(each, TextElement):
                room = each.box[3] if not each.flow else self.flow(each.flow).box[3]
                size = each.smallest if each.flow else each.size
                found.append(Tight(each.id, each.height(size, each.lines, self.grid), room))
                if each.smallest < smallest:
                    found.append(Tight(each.id, smallest, each.smallest, "floor"))
                if self.grid and not each.flow:
                    found.append(Tight(each.id, _on_grid(each, self.grid), room, "grid"))
        for flow in self.flows:
            members = [each for each in (*self.elements, *self.back) if each.flow == flow.id]
            words = [each.height(each.size, 1, self.grid) for each in members if isinstance(each, TextElement)]
            others = [each.box[3] for each in members if not isinstance(each, TextElement)]
            found.append(Tight(flow.id, sum(words) + sum(others) + sum(each.space for each in members), flow.box[3]))
        found += [Tight(each.id, 1, 0, "short_code") for each in self._without_short_code()]
        return [each for each in found if each.needs > each.room + _EDGE]

    @property
    def sides(self) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
        """What is drawn on the front and on the back: the elements, and the short code where it comes by itself."""
        front, back = self.elements, self.back
        return (
            with_short_code(front, back, self._inside(self.ornament), self._rooms(front), grid=bool(self.grid)),
            with_short_code(back, front, self._inside(self.back_ornament), self._rooms(back), grid=bool(self.grid)),
        )

    def _without_short_code(self) -> list[Element]:
        """The codes beside which there is no room for a short code."""
        front, back = self.elements, self.back
        found = zip(((front, back), (back, front)), self.sides, strict=True)
        return [code for (side, other), drawn in found if len(drawn) == len(side) for code in lonely_codes(side, other)]

    def _rooms(self, side: Sequence[Element]) -> list[Box]:
        held = {each.flow for each in side}
        return [each.box for each in self.flows if each.id in held]

    def _inside(self, ornament: Ornament | None) -> Box:
        """What a frame leaves free of the paper."""
        width, height = self.size
        if ornament is None:
            return _EDGE_OF_PAPER, _EDGE_OF_PAPER, width - 2 * _EDGE_OF_PAPER, height - 2 * _EDGE_OF_PAPER
        band = 0.0 if ornament.style == "card" else ornament.band
        across, along = (ornament.margin + inset + band + 1 for inset in ornament.inset)
        top = along + (ornament.band if ornament.style == "card" else 0)
        return across, top, width - 2 * across, height - top - along

    def flow(self, name: str) -> Flow:
        """The flow of this id."""
        return next(each for each in self.flows if each.id == name)

    def on_paper(self, variant: Variant) -> Template:
        """The same design on another paper: all its places and sizes grow alike, so that its frame is that one."""
        return _resized(self, variant)

    @property
    def sheet_size(self) -> tuple[float, float]:
        """Width and height in mm of the paper that goes through the printer."""
        return paper_size(self.sheet.paper) if self.sheet else self.size

    @property
    def media_size(self) -> tuple[float, float]:
        """Width and height in mm of the page in the file: the paper, and what a print shop cuts off."""
        width, height = self.sheet_size
        return width + 2 * self.beyond, height + 2 * self.beyond

    @property
    def beyond(self) -> float:
        """Mm of the page in the file on every side of the paper."""
        return self.bleed + self.crop


_EDGE_OF_PAPER = 3.0  # mm that printers leave white


_INK = 1.1  # of the size: from the accents of capitals down to the tails of letters


def _on_grid(element: TextElement, grid: float) -> float:
    """Mm of height that letters need round the middle of their box when they stand on the nearest line of the grid."""
    size, lines = element.size, element.lines
    apart = line_height(size, element.leading, grid / POINT)
    first = element.baseline(element.box, size, lines, apart)
    return ((lines - 1) * apart + _INK * size) * POINT + 2 * abs(first - round(first / grid) * grid)


def _resized(template: Template, variant: Variant) -> Template:
    edge = template.ornament.margin if template.ornament else 0.0
    width, height = template.size
    (left, top, wide, high), (paper_wide, paper_high) = variant.frame, paper_size(variant.paper)
    across, along = wide / (width - 2 * edge), high / (height - 2 * edge)
    grown = min(across, along)

    def box(old: Box) -> Box:
        return left + (old[0] - edge) * across, top + (old[1] - edge) * along, old[2] * across, old[3] * along

    def element(old: Element) -> Element:
        inside = (0.0, 0.0, old.box[2] * across, old.box[3] * along)
        if old.flow and not isinstance(old, TextElement):
            inside = (box(old.box)[0], *inside[1:])
        changes: dict[str, object] = {"box": inside if old.flow else box(old.box), "space": old.space * along}
        if isinstance(old, TextElement):
            size = max(old.size * grown, old.smallest)
            changes |= {"size": int(size * 4 + _EDGE) / 4, "floor": old.smallest, "rule": old.rule * grown}
        if isinstance(old, ImageElement):
            changes["low"] = old.low * along
        if isinstance(old, RuleElement):
            changes["width"] = old.width * grown
        return replace(old, **changes)

    ornament = template.ornament
    if ornament is not None:
        margin = min(left, top)
        lengths = {part: getattr(ornament, part) * grown for part in ("band", "wave")}
        ornament = replace(ornament, margin=margin, inset=(left - margin, top - margin), **lengths)
    return replace(
        template,
        id=f"{template.id}-{variant.id}",
        paper=(paper_wide, paper_high),
        elements=tuple(map(element, template.elements)),
        flows=tuple(replace(each, box=box(each.box)) for each in template.flows),
        ornament=ornament,
        grid=template.grid * along,
        variants=(),
    )
