"""Reading a certificate's file back, whether printed or scanned: its codes and its words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.reasons import system_reason
from config.text import t

_CODE = re.compile(r"SV1\|[^|\n]*\|[^|\n]*\|[^|\n]*\|[A-Za-z0-9_-]+|SV2\|[0-9]+")
_SHORT = re.compile(r"(?<![\w-])[A-Z]{4}-[A-Z]{4}-[A-Z]{4}(?![\w-])")
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
"""Endings of the pictures that are read."""
_DOTS = (200, 300)  # per inch: the second where the first shows no code
_INCH = 72
_MOST = 120_000_000  # pixels: an A3 page at 600 dots per inch is 70 million
_MOST_LOOKED_AT = 500  # pages of a file that have to be looked at as pictures: minutes
_MOST_CODES = 64  # on a page: a sheet of cards has ten
_MOST_LETTERS = 50_000  # on a page: a certificate has two thousand


@dataclass(frozen=True, slots=True)
class PageRead:
    """What stands on a page.

    Attributes:
        codes: of certificates, in order.
        text: its words without the codes, blanks and line ends made one blank, NFC; empty for a picture.
        shorts: the short codes on it.
        foreign: whether codes of something else stand on it.
    """

    codes: tuple[str, ...]
    text: str
    shorts: tuple[str, ...] = ()
    foreign: bool = False


def papers_in(place: Path) -> tuple[list[Path], list[str]]:
    """The file itself, or all PDFs and pictures in a folder by name; and what else is in it.

    Raises:
        InputError: when there is nothing to read.
    """
    if place.is_dir():
        try:
            inside = sorted(each for each in place.iterdir() if not each.name.startswith("."))
        except OSError as error:
            raise _unread(place, error) from error
        found = [each for each in inside if each.is_file() and each.suffix.lower() in (".pdf", *PICTURES)]
        if not found:
            raise InputError(
                t("The folder “{path}” has no PDF and no picture", path=place), do=t("choose the folder of the scans")
            )
        return found, [each.name for each in inside if each not in found]
    if not place.is_file():
        raise InputError(t("There is no file “{path}”", path=place), do=t("check the name, or type the whole code"))
    return [place], []


def read_pages(path: Path) -> list[PageRead]:
    """The pages of a PDF, or a picture as its only page. Raises InputError when it cannot be read."""
    return _pictured(path) if path.suffix.lower() in PICTURES else _of_pdf(path)


def _of_pdf(path: Path) -> list[PageRead]:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no types, and is heavy

    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        if "password" in str(error).lower():
            raise InputError(
                t("“{path}” is locked with a password", path=path), do=t("open it, and save it without one")
            ) from error
        do = t("give the file as printed, or a scan as PDF, PNG or JPG")
        raise InputError(t("“{path}” cannot be read as a PDF", path=path), do=do) from error
    try:
        return list(_pages(path, document))
    except pypdfium2.PdfiumError as error:
        raise InputError(
            t("“{path}” cannot be read as a PDF", path=path), do=t("scan it again, or save it as PNG")
        ) from error
    finally:
        document.close()


def _pages(path: Path, document: Any) -> Iterator[PageRead]:
    """Page after page. Raises InputError for what no file of certificates has: it would be read for hours."""
    looked_at = 0
    for number, page in enumerate(document, 1):
        read = _read(page.get_textpage().get_text_bounded())
        if len(read.codes) > _MOST_CODES or len(read.text) > _MOST_LETTERS:
            raise InputError(
                t("Page {n} of “{path}” has more on it than any certificate", n=number, path=path),
                do=t("give the file as printed, or a scan of it"),
            )
        if not read.codes:
            looked_at += 1
            if looked_at > _MOST_LOOKED_AT:
                raise InputError(
                    t("“{path}” has more than {n} pages without a code in their text", path=path, n=_MOST_LOOKED_AT),
                    do=t("cut it into smaller files, and give the folder of them"),
                )
            read = _seen(page, read)
        yield read


def _seen(page: Any, read: PageRead) -> PageRead:
    """A page whose words have no code, looked at as a picture."""
    width, height = page.get_size()
    for dots in _DOTS:
        scale = min(dots / _INCH, (_MOST / max(width * height, 1)) ** 0.5)
        # Where a page has words of its own it is no scan, and there is no noise to look through.
        patient = not read.text and dots == _DOTS[0]
        found, foreign = codes_in(page.render(scale=scale, grayscale=True).to_pil(), patient=patient)
        if found or foreign:
            return replace(read, codes=found, foreign=foreign)
    return read


def _pictured(path: Path) -> list[PageRead]:
    from PIL import Image, ImageSequence  # noqa: PLC0415  # heavy

    too_large = InputError(
        t("The picture “{path}” is too large", path=path), do=t("scan it at 150 to 300 dots per inch")
    )
    try:
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(path) as picture,
        ):
            if picture.width * picture.height > _MOST:
                raise too_large
            frames = getattr(picture, "n_frames", 1)
            if frames > 1 and picture.format not in _SEVERAL:
                raise InputError(t("“{path}” is a moving picture", path=path), do=t("give a still one, as PNG or JPG"))
            if frames > _MOST_LOOKED_AT:
                raise too_large
            pages = ImageSequence.Iterator(picture) if picture.format == "TIFF" else [picture]
            return [_pictured_page(page) for page in pages]
    except Image.DecompressionBombError as error:
        raise too_large from error
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(
            t("“{path}” cannot be read as a picture", path=path), do=t("scan it again, or save it as PNG")
        ) from error


_SEVERAL = ("TIFF", "MPO")
"""Kinds of pictures that hold several: pages of a scanner; and, of a telephone, the same again in small."""


def _pictured_page(frame: Any) -> PageRead:
    from PIL import ImageOps  # noqa: PLC0415  # heavy

    codes, foreign = codes_in(ImageOps.exif_transpose(frame.convert("L")))
    return PageRead(codes, "", foreign=foreign)


def codes_in(picture: Any, *, patient: bool = True) -> tuple[tuple[str, ...], bool]:
    """The codes of certificates in a picture in grey, from the top; turned, noisy or pale as scans are.

    And whether other codes are in it, where none of a certificate is.

    Args:
        picture: of Pillow's.
        patient: whether it is looked at again, larger and blurred, where a code was not read.
    """
    import zxingcpp  # noqa: PLC0415  # heavy
    from PIL import Image, ImageFilter  # noqa: PLC0415  # heavy

    darkest, lightest = picture.getextrema()
    if darkest == lightest:  # the empty back of a sheet
        return (), False
    kinds: Any = zxingcpp.BarcodeFormat.QRCode
    places: dict[str, tuple[float, float]] = {}
    foreign = False
    # Noise as large as a module hides it; a little blur at a larger size takes the noise and leaves the module.
    for times, blur in _LOOKS if patient else _LOOKS[:1]:
        if picture.width * picture.height * times * times > _MOST:
            break
        seen = picture
        if times > 1:
            larger = picture.resize((picture.width * times, picture.height * times), Image.Resampling.BICUBIC)
            seen = larger.filter(ImageFilter.GaussianBlur(blur))
        read = zxingcpp.read_barcodes(seen, formats=kinds, return_errors=True)
        for each in read:
            if _CODE.fullmatch(each.text):
                corner = each.position.top_left
                places.setdefault(each.text, (corner.y / times, corner.x / times))
        foreign = foreign or any(each.valid and not _CODE.fullmatch(each.text) for each in read)
        if places and all(each.valid for each in read):
            break
    return tuple(sorted(places, key=places.__getitem__)), foreign and not places


_LOOKS = ((1, 0.0), (2, 1.5), (3, 2.0))
"""How many times larger a picture is looked at, and blurred by how many pixels then."""


def file_digest(path: Path) -> str:
    """SHA-256 of a file, as in the record of what was printed. Raises InputError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unread(path, error) from error


def _unread(path: Path, error: OSError) -> InputError:
    return InputError(
        t("“{path}” cannot be read: {reason}", path=path, reason=system_reason(error)), do=t("check the name")
    )


def _read(raw: str) -> PageRead:
    joined = unicodedata.normalize("NFC", raw)
    codes = tuple(_found(joined))
    words = plain(_CODE.sub(" ", joined))
    return PageRead(codes, plain(_SHORT.sub(" ", words)), tuple(_SHORT.findall(words)))


def _found(text: str) -> Iterator[str]:
    for match in _CODE.finditer(text):
        yield match[0]


def plain(text: str) -> str:
    """A text in composed letters, every run of blanks and line ends made one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())
