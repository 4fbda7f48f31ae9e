"""Pictures of the shipped certificates as they are approved; `python -m tests.looks.certificates` makes them anew.

Look at each before it is stored: what stands in the folder is what the tests hold every later page against.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from exports.certificates.batch import Means
from exports.certificates.design.samples import SAMPLES, sample
from exports.certificates.picture import page_picture
from exports.certificates.template import load_template

FOLDER = Path(__file__).parents[1] / "exports" / "certificates" / "pictures"
FRAMED = ("party-merit", "state-merit", "title-certificate")
"""One template of each frame; with four texts, with and without an emblem, they make twenty-four."""
_COLOURS = 96
_DOTS = 40


def cases() -> Iterator[tuple[str, str, bool]]:
    """Template, test words, and whether there is an emblem."""
    for name in FRAMED:
        for key, _ in SAMPLES:
            for emblem in (False, True):
                yield name, key, emblem


def stored(name: str, key: str, *, emblem: bool) -> Path:
    """Where the approved picture is kept."""
    return FOLDER / f"{name}-{key}{'-emblem' if emblem else ''}.png"


def drawn(name: str, key: str, *, emblem: bool, images: Path) -> Image.Image:
    """The page as the program draws it now; `images` is an empty folder for the emblem."""
    design = msgspec.structs.replace(load_template(name), variants=())
    if emblem:
        for file in ("huy-hieu-dang.png", "quoc-huy.png"):
            _emblem().save(images / file)
    means = Means(families=("packaged",), images=[images])
    found: Image.Image = page_picture(design, sample(design, key), dots=_DOTS, means=means)
    return found


def _emblem() -> Image.Image:
    """A disk with a ring: the emblem of nobody."""
    made = Image.new("RGBA", (400, 400))
    pen = ImageDraw.Draw(made)
    pen.ellipse((4, 4, 396, 396), fill="#b8860b")
    pen.ellipse((40, 40, 360, 360), fill="#a8201a")
    return made


def main() -> None:
    """Store every picture anew."""
    for name, key, emblem in cases():
        with tempfile.TemporaryDirectory() as folder:
            made = drawn(name, key, emblem=emblem, images=Path(folder))
            made.quantize(_COLOURS).save(stored(name, key, emblem=emblem), optimize=True)


if __name__ == "__main__":
    main()
