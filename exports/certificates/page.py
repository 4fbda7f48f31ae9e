"""What stands on one page, settled before anything is drawn: the words, their lines and their size."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from msgspec import structs

from config.errors import InputError
from config.settings.certificates import (
    Box,
    Element,
    Flow,
    ImageElement,
    KeepEmptyElement,
    QrElement,
    TextElement,
    blanks,
)
from config.text import Text, t
from exports.certificates.frames.strokes import MM
from exports.certificates.layout import GLUE, CannotFlowError, Fit, Measure, Part, fit, flow, glue
from exports.fonts import DISPLAY, STAND_IN, Fonts
from records.domain.people.names import clean

_BLANK = re.compile(r"\{([^{}?]*)\??\}")
_NUMBER = re.compile(r"(?<![^\s(])(\d+(?:[.,/]\d+)*) (?=[^\W\d])")
_NAMES = ("name", "signer_name", "signer2_name")

Refuse = Callable[[Text, Text], InputError]


@dataclass(frozen=True, slots=True)
class Placed:
    """One element as it will be drawn.

    Attributes:
        box: left, top, width, height in mm.
        fit: its lines and size, for words.
        content: of a QR code, or the path of an image.
    """

    element: Element
    box: Box
    fit: Fit | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all pages of a run have in common.

    Attributes:
        fonts: of the run.
        images: folders in which the pictures that the office added are looked for.
        shifts: element id -> mm right and down, for a pre-printed blank; None when nothing is pre-printed.
        emblems: file that a template names -> the office's own picture that stands for it.
    """

    fonts: Fonts
    images: Sequence[Path] = ()
    shifts: Mapping[str, tuple[float, float]] | None = None
    emblems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is settled at once: an element, or those of a flow; `asked` are the fields on which it depends."""

    elements: tuple[Element, ...]
    asked: tuple[str, ...]
    flow: Flow | None = None


class Side:
    """One side of a design: settles it for one certificate after another.

    What an element says is kept until it has to say something else, so that only what differs from one certificate to
    the next costs time; what stays is the same object.
    """

    def __init__(self, elements: Sequence[Element], ground: Ground, flows: Sequence[Flow] = ()) -> None:
        self._ground = ground
        self._units = _units([each for each in elements if not isinstance(each, KeepEmptyElement)], flows, ground)
        self._settled: list[tuple[tuple[str, ...], list[Placed]] | None] = [None] * len(self._units)
        self._shrunk: dict[int, tuple[list[Placed], float, list[Placed]]] = {}
        self._groups = _groups(self._units)

    def settle(self, fields: Mapping[str, str], refuse: Refuse, *, tied: bool = True) -> list[Placed]:
        """Settle one certificate; `refuse` makes the error from what is wrong and what to do, naming it.

        Args:
            fields: what it says.
            refuse: makes the error from what is wrong and what to do.
            tied: whether the words of its name stay together, as those of a person do.

        Raises:
            InputError: for an empty field that is required, a letter no font draws, an image that is not there, or a
                text that does not fit.
        """
        said = _clean_fields(fields, tied=tied)
        placed: list[list[Placed]] = []
        for place, unit in enumerate(self._units):
            values = tuple([said.get(key, "") for key in unit.asked])
            known = self._settled[place]
            if known is None or known[0] != values:
                known = values, self._settle_one(unit, said, refuse)
                self._settled[place] = known
            placed.append(known[1])
        for places in self._groups:
            share = min((_share(each) for place in places for each in placed[place]), default=1.0)
            if share < 1:
                for place in places:
                    placed[place] = self._shrink(place, placed[place], share)
        return [each for unit_placed in placed for each in unit_placed]

    def _shrink(self, place: int, settled: list[Placed], share: float) -> list[Placed]:
        """The same words at a share of the size that is written, as all of their group have it."""
        known = self._shrunk.get(place)
        if known is None or known[0] is not settled or known[1] != share:
            known = settled, share, [_smaller(each, share) for each in settled]
            self._shrunk[place] = known
        return known[2]

    def _settle_one(self, unit: _Unit, said: Mapping[str, str], refuse: Refuse) -> list[Placed]:
        shown = [each for each in unit.elements if each.wanted(lambda key: bool(said.get(key, "")))]
        wanted = [_faced(each, said, self._ground.fonts, refuse) for each in shown]
        if unit.flow is not None:
            return _settle_flow(unit.flow, wanted, said, (self._ground, refuse))
        if not wanted:
            return []
        element = wanted[0]
        right, down = (self._ground.shifts or {}).get(element.id, (0.0, 0.0))
        items = _items(element, said, refuse)
        placed = []
        for (x, y, w, h), item in zip(element.boxes(), items, strict=False):
            given = said if item is None else {**said, "item": item}
            found = _place(element, (x + right, y + down, w, h), given, self._ground, refuse)
            if found is not None:
                placed.append(found)
        return placed


def _faced(element: Element, said: Mapping[str, str], fonts: Fonts, refuse: Refuse) -> Element:
    """The element; where the display face lacks a letter of its words, in the face that stands in."""
    if not isinstance(element, TextElement) or element.font != DISPLAY or element.repeat is not None:
        return element
    told = _told(_filled(element, said, refuse))
    return structs.replace(element, font=STAND_IN) if fonts.missing_letters(told, DISPLAY) else element


def _units(elements: Sequence[Element], flows: Sequence[Flow], ground: Ground) -> list[_Unit]:
    """The units of a side, in order; a flow stands where its first element does."""
    units: list[_Unit] = []
    seen: set[str] = set()
    for element in elements:
        if not element.flow:
            # On a blank the rest is printed already.
            if ground.shifts is None or element.overlay:
                units.append(_Unit((element,), _asked(element)))
        elif element.flow not in seen:
            seen.add(element.flow)
            members = tuple(each for each in elements if each.flow == element.flow)
            asked = dict.fromkeys(key for each in members for key in _asked(each))
            units.append(_Unit(members, tuple(asked), next(each for each in flows if each.id == element.flow)))
    return units


def _groups(units: Sequence[_Unit]) -> list[list[int]]:
    """Places of the units whose words share one size."""
    groups: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        element = unit.elements[0]
        if isinstance(element, TextElement) and element.group:
            groups.setdefault(element.group, []).append(place)
    return [places for places in groups.values() if len(places) > 1]


def _share(placed: Placed) -> float:
    """Which part of its written size words have."""
    assert isinstance(placed.element, TextElement)
    return placed.fit.size / placed.element.size if placed.fit else 1.0


def _smaller(placed: Placed, share: float) -> Placed:
    element, found = placed.element, placed.fit
    if not isinstance(element, TextElement) or found is None:
        return placed
    size = min(found.size, max(element.smallest, element.size * share))
    return replace(placed, fit=replace(found, size=size))


def _settle_flow(
    block: Flow, elements: Sequence[Element], said: Mapping[str, str], means: tuple[Ground, Refuse]
) -> list[Placed]:
    ground, refuse = means
    shown = [(each, text) for each in elements if (text := _words_of(each, said, ground, refuse)) is not None]
    if not shown:
        return []
    x, y, width, height = block.box
    parts = [_part(each, text, [other.id for other, _ in shown], ground) for each, text in shown]
    try:
        flowed = flow(parts, (width * MM, height * MM), _ABOVE[block.valign])
    except CannotFlowError as error:
        raise _too_long(block, shown, error, refuse) from error
    placed = []
    for (element, _text), found, (top, high) in zip(shown, flowed.fits, flowed.spans, strict=True):
        if ground.shifts is not None and not element.overlay:
            continue
        moves = [(ground.shifts or {}).get(name, (0.0, 0.0)) for name in (block.id, element.id)]
        right, down = sum(move[0] for move in moves), sum(move[1] for move in moves)
        left, wide = (x, width) if isinstance(element, TextElement) else (element.box[0], element.box[2])
        box = (left + right, y + top / MM + down, wide, high / MM)
        made = Placed(element, box, found) if found else _place(element, box, said, ground, refuse)
        placed += [made] if made is not None else []
    return placed


_QUOTED = 60  # letters of a long text that are enough to know it by
_ABOVE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


def _words_of(element: Element, said: Mapping[str, str], ground: Ground, refuse: Refuse) -> str | None:
    """The words of an element, nothing for what is no text; None for what does not appear and takes no room."""
    if not isinstance(element, TextElement):
        return None if _place(element, element.box, said, ground, refuse) is None else ""
    text = _filled(element, said, refuse)
    _judge_letters(element, text, ground.fonts, refuse)
    return text or None


def _part(element: Element, text: str, ids: Sequence[str], ground: Ground) -> Part:
    space = element.space * MM
    if not isinstance(element, TextElement):
        return Part(height=element.box[3] * MM, space=space)
    above = ids.index(element.not_above) if element.not_above in ids else -1
    return Part(
        text,
        _measure(element, ground.fonts),
        (element.size, element.smallest),
        lines=element.lines,
        leading=element.leading,
        one_line=element.one_line,
        space=space,
        not_above=above,
    )


def _too_long(block: Flow, shown: Sequence[tuple[Element, str]], error: CannotFlowError, refuse: Refuse) -> InputError:
    if error.part >= 0:
        element, text = shown[error.part]
        assert isinstance(element, TextElement)
        return _unfit(element, text, refuse)
    longest, words = max(shown, key=lambda each: len(each[1]))
    return refuse(
        t(
            "its words need {needs:.0f} mm at the smallest and have {room:.0f}; the longest is “{element}”: “{text}”",
            needs=error.needs / MM,
            room=block.box[3],
            element=longest.id,
            text=_quoted(words),
        ),
        t("shorten them, or print on a larger paper"),
    )


def _asked(element: Element) -> tuple[str, ...]:
    """The fields on which it depends how an element stands."""
    asked = [element.when.removeprefix("!"), element.repeat.over if element.repeat else ""]
    if isinstance(element, QrElement) or (isinstance(element, ImageElement) and element.field):
        asked.append(element.field)
    elif isinstance(element, TextElement):
        asked += [field for field, _required in blanks(element.text)]
    return tuple(dict.fromkeys(filter(None, asked)))


def _clean_fields(fields: Mapping[str, str], *, tied: bool) -> dict[str, str]:
    """Fields in composed letters, without idle blanks, the names in them tied together; a code and a path stay."""
    said = {key: value if key in _AS_IT_IS else _clean(value) for key, value in fields.items()}
    names = [said[name] for name in _NAMES if said.get(name) and (tied or name != "name")]
    return {key: value if key in _AS_IT_IS else glue(value, names) for key, value in said.items()}


_AS_IT_IS = frozenset(("code", "photo"))


@lru_cache(maxsize=4096)
def _clean(value: str) -> str:
    return "\n".join(filter(None, map(clean, value.splitlines())))


def _items(element: Element, fields: Mapping[str, str], refuse: Refuse) -> Sequence[str | None]:
    if element.repeat is None or not element.repeat.over:
        return [None] * len(element.boxes())
    items = fields.get(element.repeat.over, "").splitlines()
    if len(items) > element.repeat.times:
        raise refuse(
            t(
                "{n} lines, and “{element}” has room for {room}",
                n=len(items),
                element=element.id,
                room=len(element.boxes()),
            ),
            t("shorten the list, or give the element more room"),
        )
    return items


def _place(element: Element, box: Box, fields: Mapping[str, str], ground: Ground, refuse: Refuse) -> Placed | None:
    if isinstance(element, QrElement):
        content = fields.get(element.field, "").replace(GLUE, " ")
        return Placed(element, box, content=content) if content else None
    if isinstance(element, ImageElement) and element.field:
        return _place_photo(element, box, fields.get(element.field, ""), refuse)
    if isinstance(element, ImageElement):
        path = found_picture(ground.emblems.get(element.file, element.file), ground.images)
        if path is None:
            if element.optional:
                return None
            raise refuse(
                t("there is no image “{file}”", file=element.file),
                t(
                    "put it into the folder of the office's own templates: {path}",
                    path=next(iter(ground.images), "config/certificates"),
                ),
            )
        if not _is_picture(path):
            raise refuse(t("the image “{file}” cannot be read", file=element.file), t("save it again as PNG or JPEG"))
        return Placed(element, box, content=str(path))
    if not isinstance(element, TextElement):
        return Placed(element, box)
    return _place_text(element, box, _filled(element, fields, refuse), ground.fonts, refuse)


def found_picture(name: str, folders: Iterable[Path]) -> Path | None:
    """The file of a picture: in the first of these folders that has it."""
    return next((path for folder in folders if (path := folder / name).is_file()), None)


def _place_photo(element: ImageElement, box: Box, photo: str, refuse: Refuse) -> Placed | None:
    if not photo:
        return None
    if not _is_picture(Path(photo)):
        raise refuse(t("their photo cannot be read"), t("give the photo again with “roster photo”"))
    return Placed(element, box, content=photo)


@lru_cache(maxsize=64)
def _is_picture(path: Path) -> bool:
    from PIL import Image  # noqa: PLC0415  # only where a template has one

    try:
        with Image.open(path) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _place_text(element: TextElement, box: Box, text: str, fonts: Fonts, refuse: Refuse) -> Placed | None:
    if not text:
        return None
    _judge_letters(element, text, fonts, refuse)
    found = _fit(text, element, fonts)
    if found is None:
        raise _unfit(element, text, refuse)
    return Placed(element, box, found)


def _judge_letters(element: TextElement, text: str, fonts: Fonts, refuse: Refuse) -> None:
    told = _told(text)
    if missing := fonts.missing_letters(told, element.font):
        raise refuse(
            t("the font {font} has no letter “{letter}” for “{text}”", font=fonts.family, letter=missing[0], text=told),
            t("correct the text, or give the office's own font"),
        )


def _unfit(element: TextElement, text: str, refuse: Refuse) -> InputError:
    told, size = _quoted(text), element.smallest
    return refuse(
        t("“{text}” does not fit “{element}” even at {size:g} points", text=told, element=element.id, size=size),
        t("shorten the text, or give the element a larger box, more lines or a smaller floor"),
    )


def _quoted(text: str) -> str:
    """As much of a text as is needed to know it by."""
    told = _told(text)
    return told if len(told) <= _QUOTED else f"{told[:_QUOTED]}…"


def _told(text: str) -> str:
    return text.replace(GLUE, " ").replace("\n", " ")


def _filled(element: TextElement, said: Mapping[str, str], refuse: Refuse) -> str:
    for asked, required in blanks(element.text):
        if required and not said.get(asked):
            raise refuse(t("“{field}” is empty", field=asked), t("fill it in and print again"))
    if element.lines > 1 and {asked for asked, _required in blanks(element.text)} <= _ALONE:
        said = {**said, "name": _own_line(said.get("name", ""))}
    text = _BLANK.sub(lambda blank: said.get(blank[1], ""), unicodedata.normalize("NFC", element.text))
    # Blanks stay where an empty field stood between them; a tied blank is not one.
    lines = (" ".join(filter(None, line.split(" "))) for line in text.splitlines())
    text = _NUMBER.sub(rf"\1{GLUE}", "\n".join(line for line in lines if line))
    return text.upper() if element.caps else text


_ALONE = {"name", "address_form"}


def _own_line(name: str) -> str:
    """A name that stands by itself may take a second line; a tied one keeps its last two words together."""
    first, glue_, last = name.rpartition(GLUE)
    return f"{first.replace(GLUE, ' ')}{glue_}{last}"


def _fit(text: str, element: TextElement, fonts: Fonts) -> Fit | None:
    _x, _y, width, height = element.box
    sizes = (element.size, element.smallest)
    measure = _measure(element, fonts)
    return fit(text, measure, (width * MM, height * MM), sizes, lines=element.lines, leading=element.leading)


def _measure(element: TextElement, fonts: Fonts) -> Measure:
    font, tracking = fonts.names[element.font], element.tracking
    return lambda words: _width(words, font) + tracking * len(words)


@lru_cache(maxsize=8192)
def _width(words: str, font: str) -> float:
    """Width of words at size 1."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    return float(stringWidth(words.replace(GLUE, " "), font, 1000)) / 1000


def naming(person: str) -> Refuse:
    """Errors that begin with whose certificate is at fault."""
    return lambda what, do: InputError(t("Certificate of {person}: {what}", person=person, what=what), do=do)
