"""Typed shapes of `certificates/*.yaml`: what a certificate looks like, in millimetres from the top left corner."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from config.i18n import tr_
from config.paper_sizes import Paper, paper_size
from config.settings.dated import Confidence, Words
from config.settings.shapes import Cited, Shape

FIELDS = frozenset(
    {"name", "address_form", "unit", "born", "citation", "award_title", "reissue", "code"}
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
    """

    id: str
    box: Box
    valign: Literal["top", "middle", "bottom"] = "middle"


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

    def height(self, size: float, lines: int) -> float:
        """Height of so many lines at a size, mm."""
        return lines * size * self.leading * POINT


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
    """A picture that the office adds (PNG or JPEG), as large as its box allows, in its own proportions; or a person's.

    Attributes:
        file: its name, in the folder of the office's own templates.
        field: `photo`, the person's; it fills its box, and what is too wide or too high is cut off.
        optional: nothing is drawn, and nothing said, where there is no such file.
    """

    file: Annotated[str, Meta(pattern=r"^([\w][\w .-]*\.(png|jpg|jpeg|PNG|JPG|JPEG))?$")] = ""
    field: Literal["", "photo"] = ""
    optional: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool(self.file) == bool(self.field):
            raise ValueError(tr_("“{id}” needs either a file or a field", id=self.id))


Element = TextElement | RuleElement | StarElement | QrElement | KeepEmptyElement | ImageElement


_EDGE = 1e-6
FLOOR, CARD_FLOOR = 12.0, 7.0  # the smallest letters of a certificate and of a card, points
_SMALL = 100.0  # mm: what has a shorter side than this is held in the hand


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
        needs, room: mm of height where the size written is too large; points where the floor is too small.
        floor: whether it is the floor.
    """

    id: str
    needs: float
    room: float
    floor: bool = False


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
        bleed: mm of paper beyond the edge at which a print shop cuts.
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
    bleed: Annotated[float, Meta(ge=0, le=20)] = 0

    def __post_init__(self) -> None:
        for side in (self.elements, self.back):
            _check_side(side, self.size, self.flows)
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
                found.append(Tight(each.id, each.height(size, each.lines), room))
                if each.smallest < smallest:
                    found.append(Tight(each.id, smallest, each.smallest, floor=True))
        for flow in self.flows:
            members = [each for each in (*self.elements, *self.back) if each.flow == flow.id]
            words = [each.height(each.size, 1) for each in members if isinstance(each, TextElement)]
            others = [each.box[3] for each in members if not isinstance(each, TextElement)]
            found.append(Tight(flow.id, sum(words) + sum(others) + sum(each.space for each in members), flow.box[3]))
        return [each for each in found if each.needs > each.room + _EDGE]

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
        return width + 2 * self.bleed, height + 2 * self.bleed


def _check_side(elements: Sequence[Element], size: tuple[float, float], flows: Sequence[Flow]) -> None:
    seen: set[str] = set()
    for element in (*elements, *flows):
        if element.id in seen:
            raise ValueError(tr_("“{id}” stands twice; give each element its own id", id=element.id))
        seen.add(element.id)
        for x, y, w, h in [element.box] if isinstance(element, Flow) else element.boxes():
            if min(x, y) < 0 or x + w > size[0] + _EDGE or y + h > size[1] + _EDGE:
                raise ValueError(tr_("“{id}” reaches beyond the paper", id=element.id))
    known = {each.id: each for each in flows}
    for number, element in enumerate(elements):
        if element.flow and element.flow not in known:
            raise ValueError(tr_("there is no flow “{flow}” for “{id}”", flow=element.flow, id=element.id))
        above = element.not_above if isinstance(element, TextElement) else ""
        if above and (above, element.flow) not in [(each.id, each.flow) for each in elements[:number]]:
            told = tr_("“{id}” can be kept no larger than “{other}”, which does not stand before it in its flow",
                       id=element.id, other=above)  # fmt: skip
            raise ValueError(told)
    for first, second in combinations(elements, 2):
        _check_pair(first, second, known)


def _check_pair(first: Element, second: Element, flows: Mapping[str, Flow]) -> None:
    """Raise ValueError where one stands on the other."""
    if (first.flow and first.flow == second.flow) or _exclude(first, second):
        return
    if any(isinstance(each, RuleElement) and each.style == "box" for each in (first, second)):
        return
    kept = [each for each in (first, second) if isinstance(each, KeepEmptyElement)]
    words = isinstance(first, TextElement) and isinstance(second, TextElement)
    if not kept and (not words or first.over or second.over):
        return
    places = [[flows[each.flow].box] if each.flow else each.boxes() for each in (first, second)]
    if any(overlap(one, other) for one in places[0] for other in places[1]):
        if kept:
            other = second if kept[0] is first else first
            raise ValueError(tr_("“{id}” stands in “{kept}”, which is kept empty", id=other.id, kept=kept[0].id))
        told = tr_("“{id}” overlaps “{other}”; move one, or allow it with over: true", id=second.id, other=first.id)
        raise ValueError(told)


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
        variants=(),
    )


def _exclude(first: Element, second: Element) -> bool:
    """Whether the two are never drawn together."""
    return bool(first.when) and bool(second.when) and f"!{first.when}".removeprefix("!!") == second.when


def overlap(one: Box, other: Box) -> bool:
    """Whether two share more than an edge."""
    return (
        one[0] + one[2] > other[0] + _EDGE
        and other[0] + other[2] > one[0] + _EDGE
        and one[1] + one[3] > other[1] + _EDGE
        and other[1] + other[3] > one[1] + _EDGE
    )
