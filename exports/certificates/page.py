"""What stands on one page, settled before anything is drawn: the words, their lines and their size."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from config.errors import InputError
from config.settings.certificates import (
    Box,
    Element,
    ImageElement,
    KeepEmptyElement,
    QrElement,
    TextElement,
    blanks,
)
from config.text import Text, t
from exports.certificates.frames.strokes import MM
from exports.certificates.layout import GLUE, Fit, fit, glue
from exports.fonts import Fonts
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
        images: folder of the pictures that the office added.
        shifts: element id -> mm right and down, for a pre-printed blank; None when nothing is pre-printed.
    """

    fonts: Fonts
    images: Path | None = None
    shifts: Mapping[str, tuple[float, float]] | None = None


class Side:
    """One side of a design: settles it for one certificate after another.

    What an element says is kept until it has to say something else, so that only what differs from one certificate to
    the next costs time; what stays is the same object.
    """

    def __init__(self, elements: Sequence[Element], ground: Ground) -> None:
        self._ground = ground
        # On a blank the rest is printed already.
        on_paper = [each for each in elements if ground.shifts is None or each.overlay]
        self._elements = [(each, _asked(each)) for each in on_paper if not isinstance(each, KeepEmptyElement)]
        self._settled: list[tuple[tuple[str, ...], list[Placed]] | None] = [None] * len(self._elements)

    def settle(self, fields: Mapping[str, str], refuse: Refuse) -> list[Placed]:
        """Settle one certificate; `refuse` makes the error from what is wrong and what to do, naming it.

        Raises:
            InputError: for an empty field that is required, a letter no font draws, an image that is not there, or a
                text that does not fit.
        """
        said = _clean_fields(fields)
        placed: list[Placed] = []
        for place, (element, asked) in enumerate(self._elements):
            values = tuple([said.get(key, "") for key in asked])
            known = self._settled[place]
            if known is None or known[0] != values:
                known = values, self._settle_one(element, said, refuse)
                self._settled[place] = known
            placed += known[1]
        return placed

    def _settle_one(self, element: Element, said: Mapping[str, str], refuse: Refuse) -> list[Placed]:
        if not element.wanted(lambda key: bool(said.get(key, ""))):
            return []
        right, down = (self._ground.shifts or {}).get(element.id, (0.0, 0.0))
        items = _items(element, said, refuse)
        placed = []
        for (x, y, w, h), item in zip(element.boxes(), items, strict=False):
            given = said if item is None else {**said, "item": item}
            found = _place(element, (x + right, y + down, w, h), given, self._ground, refuse)
            if found is not None:
                placed.append(found)
        return placed


def _asked(element: Element) -> tuple[str, ...]:
    """The fields on which it depends how an element stands."""
    asked = [element.when.removeprefix("!"), element.repeat.over if element.repeat else ""]
    if isinstance(element, QrElement):
        asked.append(element.field)
    elif isinstance(element, TextElement):
        asked += [field for field, _required in blanks(element.text)]
    return tuple(dict.fromkeys(filter(None, asked)))


def _clean_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields in composed letters, without idle blanks, the names in them tied together; a code stays as it is."""
    said = {key: value if key == "code" else _clean(value) for key, value in fields.items()}
    names = [said[name] for name in _NAMES if said.get(name)]
    return {key: value if key == "code" else glue(value, names) for key, value in said.items()}


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
    if isinstance(element, ImageElement):
        path = ground.images / element.file if ground.images else None
        if path is None or not path.is_file():
            if element.optional:
                return None
            raise refuse(
                t("there is no image “{file}”", file=element.file),
                t(
                    "put it into the folder of the office's own templates: {path}",
                    path=ground.images or "config/certificates",
                ),
            )
        if not _is_picture(path):
            raise refuse(t("the image “{file}” cannot be read", file=element.file), t("save it again as PNG or JPEG"))
        return Placed(element, box, content=str(path))
    if not isinstance(element, TextElement):
        return Placed(element, box)
    return _place_text(element, box, _filled(element, fields, refuse), ground.fonts, refuse)


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
    told = text.replace(GLUE, " ").replace("\n", " ")
    if missing := fonts.missing_letters(told, element.font):
        raise refuse(
            t("the font {font} has no letter “{letter}” for “{text}”", font=fonts.family, letter=missing[0], text=told),
            t("correct the text, or give the office's own font"),
        )
    found = _fit(text, fonts.names[element.font], element)
    if found is None:
        size = element.floor or element.size
        raise refuse(
            t("“{text}” does not fit “{element}” even at {size:g} points", text=told, element=element.id, size=size),
            t("shorten the text, or give the element a larger box, more lines or a smaller floor"),
        )
    return Placed(element, box, found)


def _filled(element: TextElement, said: Mapping[str, str], refuse: Refuse) -> str:
    for field, required in blanks(element.text):
        if required and not said.get(field):
            raise refuse(t("“{field}” is empty", field=field), t("fill it in and print again"))
    text = _BLANK.sub(lambda blank: said.get(blank[1], ""), unicodedata.normalize("NFC", element.text))
    # Blanks stay where an empty field stood between them; a tied blank is not one.
    lines = (" ".join(filter(None, line.split(" "))) for line in text.splitlines())
    text = _NUMBER.sub(rf"\1{GLUE}", "\n".join(line for line in lines if line))
    return text.upper() if element.caps else text


def _fit(text: str, font: str, element: TextElement) -> Fit | None:
    def measure(words: str) -> float:
        return _width(words, font) + element.tracking * len(words)

    _x, _y, width, height = element.box
    sizes = (element.size, element.floor or element.size)
    return fit(text, measure, (width * MM, height * MM), sizes, lines=element.lines, leading=element.leading)


@lru_cache(maxsize=8192)
def _width(words: str, font: str) -> float:
    """Width of words at size 1."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    return float(stringWidth(words.replace(GLUE, " "), font, 1000)) / 1000


def naming(person: str) -> Refuse:
    """Errors that begin with whose certificate is at fault."""
    return lambda what, do: InputError(t("Certificate of {person}: {what}", person=person, what=what), do=do)
