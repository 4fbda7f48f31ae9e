"""One piece of a page: its words, their lines and size, its picture, and where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from msgspec import structs

from config.errors import InputError
from config.settings.designs.elements import Box, Element, ImageElement, QrElement, TextElement, blanks, line_height
from config.text import Text, t
from exports.certificates.frames.strokes import MM
from exports.certificates.layout import GLUE, Fit, Measure, fit, glue
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
        line: distance of the baselines, points.
    """

    element: Element
    box: Box
    fit: Fit | None = None
    content: str = ""
    line: float = 0

    @property
    def baseline(self) -> float:
        """Where the first line of words stands, mm from the top."""
        element, found = self.element, self.fit
        assert isinstance(element, TextElement)
        assert found is not None
        return element.baseline(self.box, found.size, len(found.lines), self.line)


def worded(element: TextElement, box: Box, found: Fit, grid: float) -> Placed:
    """Words in their box, or as near to it as the grid of baselines (mm) has a line."""
    made = Placed(element, box, found, line=line_height(found.size, element.leading, grid * MM))
    if not grid:
        return made
    base = made.baseline
    x, y, w, h = box
    return replace(made, box=(x, y + round(base / grid) * grid - base, w, h))


@dataclass(frozen=True, slots=True)
class Ground:
    """What all pages of a run have in common.

    Attributes:
        fonts: of the run.
        images: folders in which the pictures that the office added are looked for.
        shifts: element id -> mm right and down, for a pre-printed blank; None when nothing is pre-printed.
        emblems: file that a template names -> the office's own picture that stands for it.
        grid: step of the grid of baselines, mm; 0 for none.
    """

    fonts: Fonts
    images: Sequence[Path] = ()
    shifts: Mapping[str, tuple[float, float]] | None = None
    emblems: Mapping[str, str] = field(default_factory=dict)
    grid: float = 0


def moved(placed: Placed, right: float, down: float) -> Placed:
    """The same, so many mm further."""
    x, y, w, h = placed.box
    return replace(placed, box=(x + right, y + down, w, h)) if right or down else placed


def smaller(placed: Placed, size: float, *, grid: bool) -> Placed:
    """The same words no larger than a size; on a grid of baselines each line stays where it is."""
    element, found = placed.element, placed.fit
    if not isinstance(element, TextElement) or found is None or found.size <= size:
        return placed
    made = replace(placed, fit=replace(found, size=size))
    if not grid:
        return replace(made, line=size * element.leading)
    return moved(made, 0, placed.baseline - made.baseline)


def wanted_of(elements: Sequence[Element], said: Mapping[str, str], means: tuple[Ground, Refuse]) -> list[Element]:
    """Those of the elements that appear."""
    shown = [each for each in elements if each.wanted(lambda key: bool(said.get(key, "")))]
    return [_faced(each, said, means[0].fonts, means[1]) for each in shown]


def _faced(element: Element, said: Mapping[str, str], fonts: Fonts, refuse: Refuse) -> Element:
    """The element; where the display face lacks a letter of its words, in the face that stands in."""
    if not isinstance(element, TextElement) or element.font != DISPLAY or element.repeat is not None:
        return element
    told = _told(filled(element, said, refuse))
    return structs.replace(element, font=STAND_IN) if fonts.missing_letters(told, DISPLAY) else element


def asked_by(element: Element) -> tuple[str, ...]:
    """The fields on which it depends how an element stands."""
    asked = [element.when.removeprefix("!"), element.repeat.over if element.repeat else ""]
    if isinstance(element, QrElement) or (isinstance(element, ImageElement) and element.field):
        asked.append(element.field)
    elif isinstance(element, TextElement):
        asked += [field for field, _required in blanks(element.text)]
    return tuple(dict.fromkeys(filter(None, asked)))


def clean_fields(fields: Mapping[str, str], *, tied: bool) -> dict[str, str]:
    """Fields in composed letters, without idle blanks, the names in them tied together; a code and a path stay."""
    said = {key: value if key in _AS_IT_IS else _clean(value) for key, value in fields.items()}
    names = [said[name] for name in _NAMES if said.get(name) and (tied or name != "name")]
    return {key: value if key in _AS_IT_IS else glue(value, names) for key, value in said.items()}


_AS_IT_IS = frozenset(("code", "photo"))


@lru_cache(maxsize=4096)
def _clean(value: str) -> str:
    return "\n".join(filter(None, map(clean, value.splitlines())))


def items_of(element: Element, fields: Mapping[str, str], refuse: Refuse) -> Sequence[str | None]:
    """What each repeat of an element says; None where all say the same. Raises InputError for one too many."""
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


def place_one(element: Element, box: Box, fields: Mapping[str, str], ground: Ground, refuse: Refuse) -> Placed | None:
    """An element in its box; None where it has nothing to show. Raises InputError for what cannot be shown."""
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
    return _place_text(element, box, filled(element, fields, refuse), ground, refuse)


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


def _place_text(element: TextElement, box: Box, text: str, ground: Ground, refuse: Refuse) -> Placed | None:
    if not text:
        return None
    judge_letters(element, text, ground.fonts, refuse)
    found = _fit(text, element, ground)
    if found is None:
        raise unfit(element, text, refuse)
    return worded(element, box, found, ground.grid)


_QUOTED = 60  # letters of a long text that are enough to know it by


def judge_letters(element: TextElement, text: str, fonts: Fonts, refuse: Refuse) -> None:
    """Raise InputError for a letter that the font has not."""
    told = _told(text)
    if missing := fonts.missing_letters(told, element.font):
        raise refuse(
            t("the font {font} has no letter “{letter}” for “{text}”", font=fonts.family, letter=missing[0], text=told),
            t("correct the text, or give the office's own font"),
        )


def unfit(element: TextElement, text: str, refuse: Refuse) -> InputError:
    """That a text does not fit its box, as the error to be raised."""
    told, size = quoted(text), element.smallest
    return refuse(
        t("“{text}” does not fit “{element}” even at {size:g} points", text=told, element=element.id, size=size),
        t("shorten the text, or give the element a larger box, more lines or a smaller floor"),
    )


def quoted(text: str) -> str:
    """As much of a text as is needed to know it by."""
    told = _told(text)
    return told if len(told) <= _QUOTED else f"{told[:_QUOTED]}…"


def _told(text: str) -> str:
    return text.replace(GLUE, " ").replace("\n", " ")


def filled(element: TextElement, said: Mapping[str, str], refuse: Refuse) -> str:
    """The words of an element. Raises InputError for an empty field that is required."""
    asked = blanks(element.text)
    for key, required in asked:
        if required and not said.get(key):
            raise refuse(t("“{field}” is empty", field=key), t("fill it in and print again"))
    values = tuple([(key, said.get(key, "")) for key, _required in asked])
    text = _words(element.text, values, alone=element.lines > 1)
    return text.upper() if element.caps else text


@lru_cache(maxsize=512)
def _words(pattern: str, values: tuple[tuple[str, str], ...], *, alone: bool) -> str:
    """A pattern with its blanks filled in; many certificates in a row say the same here."""
    said = dict(values)
    if alone and said.keys() <= _ALONE:
        said["name"] = _own_line(said.get("name", ""))
    text = _BLANK.sub(lambda blank: said.get(blank[1], ""), unicodedata.normalize("NFC", pattern))
    # Blanks stay where an empty field stood between them; a tied blank is not one.
    lines = (" ".join(filter(None, line.split(" "))) for line in text.splitlines())
    return _NUMBER.sub(rf"\1{GLUE}", "\n".join(line for line in lines if line))


_ALONE = {"name", "address_form"}


def _own_line(name: str) -> str:
    """A name that stands by itself may take a second line; a tied one keeps its last two words together."""
    first, glue_, last = name.rpartition(GLUE)
    return f"{first.replace(GLUE, ' ')}{glue_}{last}"


def _fit(text: str, element: TextElement, ground: Ground) -> Fit | None:
    _x, _y, width, height = element.box
    sizes = (element.size, element.smallest)
    limits = {"lines": element.lines, "leading": element.leading, "grid": ground.grid * MM}
    return fit(text, measure_of(element, ground.fonts), (width * MM, height * MM), sizes, **limits)


def measure_of(element: TextElement, fonts: Fonts) -> Measure:
    """What measures words in the face of an element, at size 1: of one face always the same."""
    return _measure(fonts.names[element.font], element.tracking)


@lru_cache(maxsize=64)
def _measure(font: str, tracking: float) -> Measure:
    return lambda words: _width(words, font) + tracking * len(words)


@lru_cache(maxsize=8192)
def _width(words: str, font: str) -> float:
    """Width of words at size 1."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    return float(stringWidth(words.replace(GLUE, " "), font, 1000)) / 1000


def naming(person: str) -> Refuse:
    """Errors that begin with whose certificate is at fault."""
    return lambda what, do: InputError(t("Certificate of {person}: {what}", person=person, what=what), do=do)
