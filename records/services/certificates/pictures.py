"""Pictures that are printed: an emblem (PNG, JPG, SVG) made ready, a photo judged; or why it is none."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.reasons import system_reason
from config.text import Text, t

ENDINGS = (".png", ".jpg", ".jpeg", ".svg")
_LARGEST = 10_000_000  # bytes of a file
_MOST = 40_000_000  # pixels of a picture
_LEAST = 90  # pixels across: what a photo on a card needs to be known by
_SIDE = 1200  # pixels: 600 dpi of 50 mm
_PAPER = 240  # as light as paper, of 255; the edges of a JPEG tremble
_OUTSIDE = re.compile(r"""(href\s*=\s*["']|url\(\s*["']?)(?!#|data:|\s)""")
_DO = t("give a picture as PNG, JPG or SVG")


def emblem_png(path: Path) -> bytes:
    """The picture in a file as PNG: without its empty margins, so that it is centred, and no larger than is printed.

    Raises:
        InputError: when there is no such file, or it is too large, no picture, or an empty one.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _wrong(path, t("it has more than {n} MB", n=_LARGEST // 1_000_000), t("save it smaller"))
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            t("The picture “{path}” cannot be read: {reason}", path=path, reason=system_reason(error)), do=_DO
        ) from error
    return picture_png(content, path)


def picture_png(content: bytes, path: Path) -> bytes:
    """As `emblem_png`, of what a file named `path` holds."""
    picture = _trimmed(_opened(content, path), path)
    picture.thumbnail((_SIDE, _SIDE))
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def judge_photo(content: bytes, path: Path) -> None:
    """Raises InputError for what is no whole picture, or none that a card can show."""
    picture = _opened(content, path)
    if min(picture.size) < _LEAST:
        raise _wrong(path, t("it has fewer than {n} points across", n=_LEAST), t("give a larger picture"))


def _opened(content: bytes, path: Path) -> Any:
    from PIL import Image  # noqa: PLC0415  # only where somebody gives a picture

    if path.suffix.lower() == ".svg":
        content = _drawn(content, path)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST:
                raise _wrong(path, t("it has more than {n} million points", n=_MOST // 1_000_000), t("save it smaller"))
            return picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _wrong(path, t("it is no picture that can be read"), _DO) from error


def _drawn(content: bytes, path: Path) -> bytes:
    """A drawing as points; nothing is read from outside its file."""
    import resvg_py  # noqa: PLC0415  # only for a drawing

    try:
        text = content.decode("utf-8-sig")
        if _OUTSIDE.search(text):
            raise _wrong(path, t("it refers to other files"), t("save it with all its pictures inside, or as PNG"))
        return bytes(resvg_py.svg_to_bytes(svg_string=text, width=_SIDE))
    except (ValueError, RuntimeError) as error:
        raise _wrong(path, t("it is no picture that can be read"), _DO) from error


def _trimmed(picture: Any, path: Path) -> Any:
    from PIL import Image, ImageChops  # noqa: PLC0415  # only where somebody gives a picture

    paper = Image.new("RGBA", picture.size, "#ffffff")
    flat = Image.alpha_composite(paper, picture).convert("L")
    box = ImageChops.invert(flat).point(lambda value: 255 if value > 255 - _PAPER else 0).getbbox()
    if box is None:
        raise _wrong(path, t("nothing is on it"), _DO)
    return picture.crop(box)


def _wrong(path: Path, why: Text, do: Text) -> InputError:
    return InputError(t("“{path}” cannot be used as a picture: {why}", path=path, why=why), do=do)
