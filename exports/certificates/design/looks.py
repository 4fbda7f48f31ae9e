"""Frames, sets of colours and single colours to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from config.text import Text, t
from exports.certificates.design.draft import BACK, FRONT, Piece, Plain

Change = Callable[[Plain], None]


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame to choose: keys of `Ornament` that make it; none takes the frame away."""

    id: str
    title: Text
    parts: Mapping[str, Any]


FRAMES = (
    Frame("weave", t("Guilloche: woven waves"), {"style": "weave", "band": 9.5, "wave": 12, "strands": 6}),
    Frame("lotus", t("Lotus: buds on a winding stem"), {"style": "lotus", "band": 10.5, "wave": 15}),
    Frame("drum", t("Đông Sơn drum: rings, rays and birds"), {"style": "drum", "band": 10.5, "wave": 10}),
    Frame("double", t("Plain double rule"), {"style": "double", "band": 6}),
    Frame("garland", t("Garland of leaves"), {"style": "garland", "band": 10.5, "wave": 14}),
    Frame("", t("No frame"), {}),
)


@dataclass(frozen=True, slots=True)
class ColourSet:
    """Colours that go together.

    Attributes:
        line, gold, ground, shade: of the rules and the words in the form's colour, the metal, the band, and what stands
            behind the words.
    """

    id: str
    title: Text
    line: str
    gold: str
    ground: str
    shade: str


COLOUR_SETS = (
    ColourSet("flag", t("Flag red and gold"), "#a8201a", "#c0902f", "#fdf4dc", "#f4e6c3"),
    ColourSet("lotus", t("Lotus red and pale gold"), "#a3224b", "#c79a4a", "#fdf3ee", "#f6e3d8"),
    ColourSet("claret", t("Claret and old gold"), "#7c1f2b", "#b08d3c", "#fbf3e2", "#f3e9d2"),
    ColourSet("blue", t("Deep blue and gold"), "#1f3f77", "#b98f35", "#f4f3e8", "#e7e6d2"),
    ColourSet("green", t("Bamboo green and gold"), "#1f5b41", "#b3903a", "#f3f5e6", "#e2e9d0"),
    ColourSet("ink", t("Black on white, for a laser printer"), "#1c1a17", "#5c5850", "#ffffff", "#e9e7e2"),
)

PALETTE: tuple[tuple[str, Text], ...] = (
    ("#1c1a17", t("Ink black")),
    ("#a8201a", t("Flag red")),
    ("#8c1713", t("Deep red")),
    ("#7c1f2b", t("Claret")),
    ("#a3224b", t("Lotus red")),
    ("#1f3f77", t("Deep blue")),
    ("#1f5b41", t("Bamboo green")),
    ("#8a6a1f", t("Bronze")),
    ("#c0902f", t("Gold")),
    ("#5a4a34", t("Brown")),
    ("#5c5850", t("Grey")),
    ("#ffffff", t("White")),
)

_WORN = ("line", "weave", "accent", "ground", "watermark")


def with_frame(frame: Frame) -> Change:
    """Let a design have this frame, in the colours that it has."""

    def change(plain: Plain) -> None:
        if not frame.parts:
            plain["ornament"] = None
            return
        held = plain["ornament"] or {"margin": 8, **_colours(COLOUR_SETS[0])}
        kept = {key: held[key] for key in ("margin", "inset", "panel", "shade", "hairline", *_WORN) if key in held}
        plain["ornament"] = {**kept, **frame.parts}

    return change


def with_colours(colours: ColourSet) -> Change:
    """Let a design have these colours: in its frame, and in the words that have the frame's."""

    def change(plain: Plain) -> None:
        held = plain["ornament"] or {}
        swapped = {held.get("line"): colours.line, held.get("accent"): colours.line, held.get("weave"): colours.gold}
        for side in ("ornament", "back_ornament"):
            if plain[side]:
                plain[side].update(_colours(colours))
                plain[side]["panel"] = None
        for each in (*plain[FRONT], *plain[BACK]):
            if "colour" in each:
                each["colour"] = swapped.get(each["colour"], _as_strong(each["colour"], colours))

    return change


def _as_strong(colour: str, colours: ColourSet) -> str:
    """A colour of words under other colours: black, greys and white stay, gold becomes gold, any other the line's."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    if max(red, green, blue) - min(red, green, blue) < _GREY:
        return colour
    return colours.gold if red > _BRIGHT and green > _BRIGHT / 2 else colours.line


_GREY, _BRIGHT = 24, 170


def _colours(colours: ColourSet) -> dict[str, Any]:
    return {
        "line": colours.line,
        "weave": colours.gold,
        "accent": colours.line,
        "ground": colours.ground,
        "watermark": colours.shade,
    }


def with_colour(piece: Piece, colour: str) -> Change:
    """A piece in a colour."""

    def change(plain: Plain) -> None:
        next(each for each in plain[piece.side] if each["id"] == piece.id)["colour"] = colour

    return change


_EMBLEM_SIDE = 16.0  # mm


def with_emblem(name: str, piece: Piece, size: tuple[float, float]) -> Change:
    """The picture in the place chosen, else in the first one for a picture, else on top in the middle."""

    def change(plain: Plain) -> None:
        images = [each for side in (FRONT, BACK) for each in plain[side] if each["kind"] == "image"]
        images = [each for each in images if not each.get("field")]
        chosen = [each for each in images if each["id"] == piece.id] or images
        if chosen:
            chosen[0]["file"] = name
        else:
            box = [size[0] / 2 - _EMBLEM_SIDE / 2, *[_EMBLEM_SIDE] * 3]
            plain[FRONT].append({"kind": "image", "id": "emblem", "box": box, "file": name, "over": True})

    return change
