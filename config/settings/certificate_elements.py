"""What can stand on a certificate: words, lines, images, codes; boxes in millimetres from the top left corner."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Meta

from config.i18n import tr_
from config.settings.shapes import Shape

FIELDS = frozenset(
    {"name", "address_form", "unit", "born", "citation", "award_title", "reissue", "code"}
    | {"decision_number", "decision_date", "register_number", "place_date", "issuer_above", "issuer"}
    | {"signer_mode", "signer_body", "signer_title", "signer_name"}
    | {"class_name", "class_dates", "result", "number", "members", "item"}
    | {"signer2_mode", "signer2_body", "signer2_title", "signer2_name"}
    | {"role", "level", "card_number", "valid_from", "valid_until", "recognised_by", "recognised_in"}
)
"""All that a template may ask for: a misspelt field is an error when the template is read, not a gap in print."""

Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]
Size = Annotated[float, Meta(gt=0, le=200)]
Box = tuple[float, float, float, float]
"""Left, top, width, height in mm."""

_BLANK = re.compile(r"\{([^{}]*)\}")


def blanks(pattern: str) -> tuple[tuple[str, bool], ...]:
    """The fields a pattern asks for, each with whether it is required (`{unit?}` may be empty)."""
    return tuple((blank.removesuffix("?"), not blank.endswith("?")) for blank in _BLANK.findall(pattern))


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


class _Placed(Shape, frozen=True, kw_only=True):
    """What every element has.

    Attributes:
        id: named in messages.
        box: left, top, width, height in mm.
        when: drawn only where this field is filled; `!field`: only where it is empty.
        overlay: printed on a pre-printed blank too; the rest is on the blank already.
        over: whether it may stand over other words.
        repeat: drawn more than once.
    """

    id: str
    box: Box
    when: str = ""
    overlay: bool = False
    over: bool = False
    repeat: Repeat | None = None

    def __post_init__(self) -> None:
        if self.when and self.when.removeprefix("!") not in FIELDS:
            raise ValueError(tr_("there is no field “{field}”", field=self.when))
        if min(self.box) < 0:
            raise ValueError(tr_("the box of “{id}” has a negative number", id=self.id))

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
                raise ValueError(tr_("there is no field “{field}”", field=field))
        if (self.floor or self.size) > self.size:
            raise ValueError(tr_("the floor of “{id}” is above its size", id=self.id))


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
    """A QR code of one field."""

    field: str = "code"
    colour: Colour = "#1c1a17"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.field not in FIELDS:
            raise ValueError(tr_("there is no field “{field}”", field=self.field))


class KeepEmptyElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="keep_empty"):
    """The place of signature and seal: nothing may stand in it."""


class ImageElement(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="image"):
    """A picture that the office adds (PNG or JPEG), as large as its box allows, in its own proportions.

    Attributes:
        file: its name, in the folder of the office's own templates.
        optional: nothing is drawn, and nothing said, where there is no such file.
    """

    file: Annotated[str, Meta(pattern=r"^[\w][\w .-]*\.(png|jpg|jpeg|PNG|JPG|JPEG)$")]
    optional: bool = False


Element = TextElement | RuleElement | StarElement | QrElement | KeepEmptyElement | ImageElement
