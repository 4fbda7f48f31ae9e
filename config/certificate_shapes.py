"""Typed shapes of `certificates/*.yaml`: what a certificate looks like, in millimetres from the top left corner."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import Meta

from config.dated import Confidence, Words
from config.shapes import Shape

FIELDS = frozenset(
    {"name", "address_form", "unit", "born", "citation", "award_title", "reissue", "code"}
    | {"decision_number", "decision_date", "register_number", "place_date", "issuer_above", "issuer"}
    | {"signer_mode", "signer_body", "signer_title", "signer_name"}
    | {"class_name", "class_dates", "result", "number"}
)
"""All that a template may ask for: a misspelt field is an error when the template is read, not a gap in print."""

Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]
Size = Annotated[float, Meta(gt=0, le=200)]
Box = tuple[float, float, float, float]
"""Left, top, width, height in mm."""

_BLANK = re.compile(r"\{([^{}]*)\}")
_PAPERS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0), "a4-portrait": (210.0, 297.0), "a3-portrait": (297.0, 420.0)}
_EDGE = 1e-6


def blanks(pattern: str) -> tuple[tuple[str, bool], ...]:
    """The fields a pattern asks for, each with whether it is required (`{unit?}` may be empty)."""
    return tuple((blank.removesuffix("?"), not blank.endswith("?")) for blank in _BLANK.findall(pattern))


class _Placed(Shape, frozen=True, kw_only=True):
    """What every element has.

    Attributes:
        id: named in messages.
        box: left, top, width, height in mm.
        when: drawn only where this field is filled.
        overlay: printed on a pre-printed blank too; the rest is on the blank already.
    """

    id: str
    box: Box
    when: str = ""
    overlay: bool = False

    def __post_init__(self) -> None:
        if self.when and self.when not in FIELDS:
            raise ValueError(f"there is no field {self.when!r}")
        if min(self.box) < 0:
            raise ValueError("a box cannot have a negative number")


class TextElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Words in a box.

    Attributes:
        text: words with `{fields}`; `{field?}` may be empty.
        size, floor: points; a text that does not fit shrinks down to the floor and never beyond.
        leading: distance of baselines, in sizes.
        tracking: space added between letters, in sizes.
        lines: most lines; broken evenly, never inside a name.
        rule: thickness in mm of a line under the words, as long as they are; 0 for none.
    """

    text: str
    font: str = "serif"
    size: Size = 14
    floor: Size | None = None
    colour: Colour = "#1c1a17"
    align: Literal["left", "center", "right"] = "center"
    valign: Literal["top", "middle", "bottom"] = "middle"
    leading: Annotated[float, Meta(ge=0.8, le=3)] = 1.3
    tracking: Annotated[float, Meta(ge=-0.1, le=0.5)] = 0
    caps: bool = False
    lines: Annotated[int, Meta(ge=1, le=20)] = 1
    rule: Annotated[float, Meta(ge=0, le=3)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        for field, _required in blanks(self.text):
            if field not in FIELDS:
                raise ValueError(f"there is no field {field!r}")
        if (self.floor or self.size) > self.size:
            raise ValueError("the floor is above the size")


class RuleElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="rule"):
    """A line along the middle of its box: plain, or tapered to both ends with a lozenge between."""

    colour: Colour = "#1c1a17"
    width: Annotated[float, Meta(gt=0, le=5)] = 0.3
    """mm."""
    style: Literal["plain", "flourish"] = "plain"


class StarElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="star"):
    """A five-pointed star drawn as a shape: no font at hand has one."""

    colour: Colour = "#1c1a17"


class QrElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="qr"):
    """A QR code of one field."""

    field: str = "code"
    colour: Colour = "#1c1a17"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.field not in FIELDS:
            raise ValueError(f"there is no field {self.field!r}")


class KeepEmptyElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="keep_empty"):
    """The place of signature and seal: nothing may stand in it."""


Element = TextElement | RuleElement | StarElement | QrElement | KeepEmptyElement


class Ornament(Shape, frozen=True, kw_only=True):
    """The frame, drawn by numbers: a woven band between fine lines, rosettes in the corners.

    Attributes:
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


class Template(Shape, frozen=True, kw_only=True):
    """One certificate design.

    Attributes:
        id: name of the file.
        form: Party and state forms differ by law and are never mixed.
        paper: `a4`, `a3` (landscape), `a4-portrait`, `a3-portrait`, or width and height in mm.
        confidence: of the layout; `to_confirm` where no legal text for it was seen.
        note: what is known and what is not.
    """

    id: str
    title: Words
    form: Literal["party", "state", "none"]
    paper: str | tuple[float, float]
    elements: tuple[Element, ...]
    confidence: Confidence = "to_confirm"
    note: str = ""
    ornament: Ornament | None = None

    def __post_init__(self) -> None:
        width, height = self.size
        for element in self.elements:
            x, y, w, h = element.box
            if x + w > width + _EDGE or y + h > height + _EDGE:
                raise ValueError(f"{element.id!r} reaches beyond the paper")
        for kept in self.elements:
            if isinstance(kept, KeepEmptyElement):
                self._leave_empty(kept)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in mm. Raises ValueError for a paper that has no such name."""
        if isinstance(self.paper, str):
            if self.paper not in _PAPERS:
                raise ValueError(
                    f"there is no paper {self.paper!r}; use one of {', '.join(_PAPERS)} or [width, height]"
                )
            return _PAPERS[self.paper]
        return self.paper

    def _leave_empty(self, kept: KeepEmptyElement) -> None:
        x, y, w, h = kept.box
        for other in self.elements:
            left, top, width, height = other.box
            apart = left + width <= x or x + w <= left or top + height <= y or y + h <= top
            if other is not kept and not apart:
                raise ValueError(f"{other.id!r} stands in {kept.id!r}, which is kept empty")
