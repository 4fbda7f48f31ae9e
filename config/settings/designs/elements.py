"""Typed shapes of what stands on a certificate: words, lines, pictures, codes, blocks and the frame; in millimetres."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Meta

from config.i18n import tr_
from config.settings.shapes import Shape

FIELDS = frozenset(
    {"name", "address_form", "unit", "born", "citation", "award_title", "reissue", "code", "short_code"}
    | {"decision_number", "decision_date", "register_number", "place_date", "issuer_above", "issuer"}
    | {"signer_mode", "signer_body", "signer_title", "signer_name"}
    | {"class_name", "class_dates", "result", "number", "members", "item"}
    | {"signer2_mode", "signer2_body", "signer2_title", "signer2_name"}
    | {"role", "level", "photo", "card_number", "record_code", "valid_from", "valid_until"}
    | {"recognised_by", "recognised_in"}
)
"""All that a template may ask for: a misspelt field is an error when the template is read, not a gap in print."""

Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]
Size = Annotated[float, Meta(gt=0, le=200)]
Box = tuple[float, float, float, float]
"""Left, top, width, height in mm."""

POINT = 25.4 / 72
"""One point in mm."""

_BLANK = re.compile(r"\{([^{}]*)\}")


def blanks(pattern: str) -> tuple[tuple[str, bool], ...]:
    """The fields a pattern asks for, each with whether it is required (`{unit?}` may be empty)."""
    return tuple((blank.removesuffix("?"), not blank.endswith("?")) for blank in _BLANK.findall(pattern))


def line_height(size: float, leading: float, grid: float = 0) -> float:
    """Distance of two baselines, in the unit of `size`: as many whole steps of the grid as are nearest, 0 for none."""
    wanted = size * leading
    if not grid:
        return wanted
    steps = max(1, round(wanted / grid))
    return (steps + (steps * grid < size * min(leading, _CLOSEST))) * grid


_CLOSEST = 1.09  # sizes: nearer to each other, lines touch with the accents of capitals


SHIFTS = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
"""Which part of the room that is left stands before the words."""
RISE = 0.36  # of the size: from the middle of a line down to its baseline, so that capitals stand centred


class Repeat(Shape, frozen=True, kw_only=True):
    """An element drawn again and again, each time moved.

    Attributes:
        times: how often; with `over`, how many lines there is room for.
        right, down: from one to the next, mm.
        over: the field whose lines are the `{item}` of each; a line too many is an error, one too few is no gap.
    """

    times: Annotated[int, Meta(ge=1, le=200)]
    right: float = 0
    down: float = 0
    over: str = ""

    def __post_init__(self) -> None:
        if self.over and self.over not in FIELDS:
            raise ValueError(tr_("there is no field “{field}”", field=self.over))


class Flow(Shape, frozen=True, kw_only=True):
    """A block of elements below each other that share its room: short words breathe, long ones take what others leave.

    Attributes:
        id: named by its elements, and in messages.
        box: left, top, width, height in mm; words in it have its whole width.
        valign: where the block stands when room is left.
        shares: the flow above it; where the words are many, both share the room of both, and shrink alike.
        beside: a flow beside it, whose rows stand level with its own, counted from below: two who sign.
    """

    id: str
    box: Box
    valign: Literal["top", "middle", "bottom"] = "middle"
    shares: str = ""
    beside: str = ""


class _Placed(Shape, frozen=True, kw_only=True):
    """What every element has.

    Attributes:
        id: named in messages.
        box: left, top, width, height in mm; in a flow words have none, and the top of others means nothing.
        flow: id of the flow in which it stands, in the order of the template.
        space: air above it in a flow, mm; less where room is short, more where it is left.
        when: drawn only where this field is filled; `!field`: only where it is empty.
        overlay: printed on a pre-printed blank too; the rest is on the blank already.
        over: whether it may stand over other words.
        repeat: drawn more than once.
    """

    id: str
    box: Box = (0, 0, 0, 0)
    flow: str = ""
    space: Annotated[float, Meta(ge=0, le=50)] = 0
    when: str = ""
    overlay: bool = False
    over: bool = False
    repeat: Repeat | None = None

    def __post_init__(self) -> None:
        if self.when and self.when.removeprefix("!") not in FIELDS:
            raise ValueError(tr_("there is no field “{field}”", field=self.when))
        if min(self.box) < 0:
            raise ValueError(tr_("the box of “{id}” has a negative number", id=self.id))
        if self.flow and self.repeat:
            raise ValueError(tr_("“{id}” stands in a flow and cannot be repeated", id=self.id))
        if not self.flow and not (self.box[2] and self.box[3]):
            raise ValueError(tr_("“{id}” has no box: write box: [left, top, width, height]", id=self.id))

    def boxes(self) -> list[Box]:
        """Every box it is drawn in."""
        x, y, w, h = self.box
        again = self.repeat or Repeat(times=1)
        return [(x + n * again.right, y + n * again.down, w, h) for n in range(again.times)]

    def wanted(self, filled: Callable[[str], bool]) -> bool:
        """Whether it is drawn where `filled` says which fields are."""
        return not self.when or filled(self.when.removeprefix("!")) != self.when.startswith("!")


class TextElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Words in a box.

    Attributes:
        text: words with `{fields}`; `{field?}` may be empty.
        size, floor: points; a text that does not fit shrinks down to the floor and never beyond.
        leading: distance of baselines, in sizes.
        tracking: space added between letters, in sizes.
        lines: most lines; broken evenly, never inside a name.
        one_line: in a flow it is set smaller, down to this part of its size, before it takes a second line.
        not_above: in a flow, an element before it than which it is never larger.
        group: elements of one group all shrink by as much as the one that has to shrink most.
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
    one_line: Annotated[float, Meta(gt=0, le=1)] = 1
    not_above: str = ""
    group: str = ""
    rule: Annotated[float, Meta(ge=0, le=3)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        for field, _required in blanks(self.text):
            if field not in FIELDS:
                raise ValueError(tr_("there is no field “{field}”", field=field))
        if (self.floor or self.size) > self.size:
            raise ValueError(tr_("the floor of “{id}” is above its size", id=self.id))
        if self.flow and self.group:
            raise ValueError(tr_("“{id}” stands in a flow and can have no group", id=self.id))

    @property
    def smallest(self) -> float:
        """The smallest size it is ever set in, points."""
        return self.floor or self.size

    def height(self, size: float, lines: int, grid: float = 0) -> float:
        """Height of so many lines at a size, mm, on a grid of baselines of so many mm."""
        return lines * line_height(size, self.leading, grid / POINT) * POINT

    def baseline(self, box: Box, size: float, lines: int, apart: float) -> float:
        """Where the first of so many lines stands in a box, mm from the top; their baselines are `apart` points."""
        above = (box[3] - lines * apart * POINT) * SHIFTS[self.valign]
        return box[1] + above + (apart / 2 + RISE * size) * POINT


class RuleElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="rule"):
    """A line along the middle of its box: plain, or tapered to both ends with a lozenge between; or a line round it."""

    colour: Colour = "#1c1a17"
    width: Annotated[float, Meta(gt=0, le=5)] = 0.3
    """mm."""
    style: Literal["plain", "flourish", "box"] = "plain"


class StarElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="star"):
    """A five-pointed star drawn as a shape: no font at hand has one."""

    colour: Colour = "#1c1a17"


class QrElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="qr"):
    """A QR code of one field.

    Attributes:
        field: what it says; `code`, the signed code of a certificate, has its short code beside it for the telephone.
        short_code: whether the short code comes by itself, where no words of the design have it.
    """

    field: str = "code"
    short_code: bool = True
    colour: Colour = "#1c1a17"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.field not in FIELDS:
            raise ValueError(tr_("there is no field “{field}”", field=self.field))


class KeepEmptyElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="keep_empty"):
    """The place of signature and seal: nothing may stand in it."""


class ImageElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="image"):
    """A picture that the office adds (PNG or JPEG), as large as its box allows, in its own proportions; or a person's.

    Attributes:
        file: its name, in the folder of the office's own templates.
        field: `photo`, the person's; it fills its box, and what is too wide or too high is cut off.
        optional: nothing is drawn, and nothing said, where there is no such file.
        low: in a flow whose words are many it becomes as low as this, mm; 0: it never shrinks.
    """

    file: Annotated[str, Meta(pattern=r"^([\w][\w .-]*\.(png|jpg|jpeg|PNG|JPG|JPEG))?$")] = ""
    field: Literal["", "photo"] = ""
    optional: bool = False
    low: Annotated[float, Meta(ge=0, le=200)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool(self.file) == bool(self.field):
            raise ValueError(tr_("“{id}” needs either a file or a field", id=self.id))


Element = TextElement | RuleElement | StarElement | QrElement | KeepEmptyElement | ImageElement


class Ornament(Shape, frozen=True, kw_only=True):
    """The frame, drawn by numbers.

    Attributes:
        style: a woven band between fine lines with rosettes in the corners; a garland of leaves; lotus buds on a stem;
            the rings, rays and birds of a Đông Sơn drum; two plain rules; or fine waves for a card.
        margin: from the edge of the paper to the frame, mm.
        inset: white left and right, and white above and below, outside the margin, mm.
        band: width of the woven band, mm.
        line, weave, accent: colours of the lines, of the two strands and of the rosettes' hearts.
        ground: tint inside the band.
        panel: tint of the sheet inside the frame, or none.
        watermark: colour of the rosette behind the words, or none.
        wave: length of one wave of the weave, mm.
        strands: lines in each strand.
        hairline: width of the finest line, mm; what is finer than a printer draws becomes that fine.
    """

    style: Literal["weave", "garland", "lotus", "drum", "double", "card"] = "weave"
    margin: Annotated[float, Meta(ge=0, le=60)] = 9
    inset: tuple[Annotated[float, Meta(ge=0, le=200)], Annotated[float, Meta(ge=0, le=200)]] = (0, 0)
    band: Annotated[float, Meta(ge=3, le=30)] = 10
    line: Colour = "#a3211b"
    weave: Colour = "#b98a2f"
    accent: Colour = "#a3211b"
    ground: Colour = "#fdf6e3"
    panel: Colour | None = None
    watermark: Colour | None = None
    wave: Annotated[float, Meta(ge=2, le=60)] = 12
    strands: Annotated[int, Meta(ge=1, le=16)] = 5
    hairline: Annotated[float, Meta(gt=0, le=1)] = 0.18
