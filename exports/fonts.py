"""Fonts by role: the office's own files first, then the face official papers ask for, then one always there."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.reasons import system_reason
from config.text import t
from records.domain.people.names import LETTERS

FAMILIES = ("own", "times", "liberation", "tinos", "packaged")
"""The order of search; a test or an office may give a shorter one."""

DISPLAY = "display"
"""The role of the face in which titles and names stand: the office's own, or always the packaged one."""
STAND_IN = "serif-bold"
"""The role that stands in where the display face lacks a letter of a name."""
ROLES = (
    *(f"{kind}{style}" for kind in ("serif", "sans") for style in ("", "-bold", "-italic", "-bold-italic")),
    DISPLAY,
)

_STYLES = ("", "-bold", "-italic", "-bold-italic")
_FILES: dict[tuple[str, str], tuple[str, tuple[tuple[str, ...], ...]]] = {
    ("times", "serif"): (
        "Times New Roman",
        (
            ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
            tuple(f"times_new_roman{style}.ttf" for style in ("", "_bold", "_italic", "_bold_italic")),
            tuple(f"times new roman{style}.ttf" for style in ("", " bold", " italic", " bold italic")),
        ),
    ),
    ("times", "sans"): (
        "Arial",
        (
            ("arial.ttf", "arialbd.ttf", "ariali.ttf", "arialbi.ttf"),
            tuple(f"arial{style}.ttf" for style in ("", "_bold", "_italic", "_bold_italic")),
        ),
    ),
}
for _id, _kind, _title, _stem in (
    ("liberation", "serif", "Liberation Serif", "liberationserif"),
    ("liberation", "sans", "Liberation Sans", "liberationsans"),
    ("tinos", "serif", "Tinos", "tinos"),
    ("tinos", "sans", "Arimo", "arimo"),
):
    _FILES[_id, _kind] = (
        _title,
        (tuple(f"{_stem}-{style}.ttf" for style in ("regular", "bold", "italic", "bolditalic")),),
    )
_PACKAGED = {"serif": "Noto Serif", "sans": "Be Vietnam Pro", DISPLAY: "Playfair Display"}

# Of the packaged serif only these letters are kept: cutting the face down first makes it static many times faster.
_KEPT = (*range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00), *range(0x2010, 0x2060), 0x20AB, 0x2116)
_WIDTH = 90  # per cent: the packaged serif is wider than the face that official papers ask for
_DISPLAY_WEIGHT = 700
_RECIPE = 1  # part of the cached file's name: raise it when the two numbers above change


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of one run, registered with ReportLab.

    Attributes:
        family: the serif and sans families used, as a person knows them.
        names: role -> name under which ReportLab knows the font.
    """

    family: str
    names: Mapping[str, str]

    def missing_letters(self, text: str, role: str = "serif") -> str:
        """The letters of `text` that the font of `role` cannot draw, each once, in order."""
        letters = _letters(self.names[role])
        return "".join(dict.fromkeys(letter for letter in text if ord(letter) not in letters))


def open_fonts(
    roles: Iterable[str],
    *,
    families: Sequence[str] | None = None,
    own: Mapping[str, Path] | None = None,
    cache: Path | None = None,
    preparing: Callable[[int, int], None] | None = None,
) -> Fonts:
    """Find and register a font for each of `roles`.

    Args:
        roles: of `ROLES`.
        families: of `FAMILIES`, in order of search; all of them when left out.
        own: role -> font file of the office.
        cache: where packaged faces made static are kept; the user's cache folder when left out.
        preparing: told fonts done and fonts in all, before each.

    Raises:
        InputError: for an unknown role or family, a font file that cannot be used, or when no family serves.
    """
    names: dict[str, str] = {}
    used: dict[str, None] = {}
    wanted = list(dict.fromkeys(roles))
    for number, role in enumerate(wanted):
        if preparing is not None:
            preparing(number, len(wanted))
        if role not in ROLES:
            raise InputError(
                t("There is no font “{role}”", role=role), do=t("use one of: {roles}", roles=", ".join(ROLES))
            )
        names[role], family = _find(role, tuple(families or FAMILIES), own or {}, cache)
        used[family] = None
    return Fonts(", ".join(used), names)


def _find(role: str, families: tuple[str, ...], own: Mapping[str, Path], cache: Path | None) -> tuple[str, str]:
    kind, _, style = role.partition("-")
    for family in families:
        if family not in FAMILIES:
            raise InputError(t("There is no font family “{family}”", family=family))
        if family == "own":
            if role in own:
                return _register(own[role]), own[role].stem
        elif family == "packaged":
            return _register(_packaged(kind, style, cache)), _PACKAGED[kind]
        elif (path := _installed(family, kind, _STYLES.index(f"-{style}" if style else ""))) is not None:
            return _register(path), _FILES[family, kind][0]
    raise InputError(
        t("No font was found for “{role}”", role=role),
        do=t("add the office's own font file, or allow the packaged one"),
    )


def _installed(family: str, kind: str, style: int) -> Path | None:
    """The file of one face of a family whose four faces are all there and know every Vietnamese letter."""
    here = _font_files()
    for names in _FILES.get((family, kind), ("", ()))[1]:
        faces = [here[name] for name in names if name in here]
        if len(faces) == len(_STYLES) and all(_complete(face) for face in faces):
            return faces[style]
    return None


@lru_cache(maxsize=1)
def _font_files() -> dict[str, Path]:
    """Every TrueType file of the machine's font folders, by its name in small letters."""
    home = Path.home()
    folders = [home / ".fonts", home / ".local/share/fonts", home / "Library/Fonts", Path("/Library/Fonts")]
    folders += [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/System/Library/Fonts/Supplemental")]
    if sys.platform == "win32":
        folders = [Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")]
        folders.append(Path(os.environ.get("LOCALAPPDATA", home), "Microsoft/Windows/Fonts"))
    found: dict[str, Path] = {}
    for folder in folders:
        for where, _, files in os.walk(folder):
            for name in files:
                if name.lower().endswith(".ttf"):
                    found.setdefault(name.lower(), Path(where, name))
    return found


@lru_cache(maxsize=32)
def _complete(path: Path) -> bool:
    try:
        letters = _letters(_register(path))
    except InputError:
        return False
    return all(ord(letter) in letters for letter in LETTERS + LETTERS.upper() + "ữặễộẵỳỹỷỵẦỆỘỮỲ")


@lru_cache(maxsize=64)
def _register(path: Path) -> str:
    """Register one file once; gives its name in ReportLab."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  # heavy
    from reportlab.pdfbase.ttfonts import TTFError, TTFont  # noqa: PLC0415

    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        font: Any = TTFont(f"{re.sub(r'[^A-Za-z0-9-]', '', path.stem)}-{digest}", str(path))
    except (OSError, TTFError) as error:
        reason = (
            system_reason(error) if isinstance(error, OSError) and error.errno else t("it is no whole TrueType font")
        )
        raise InputError(
            t("The font file “{path}” cannot be used: {reason}", path=path, reason=reason),
            do=t("give a whole TrueType font (.ttf)"),
        ) from error
    # ReportLab files a face under its own PostScript name: two files of one name would be drawn as one.
    font.face.name = font.fontName.encode("ascii", "replace")
    pdfmetrics.registerFont(font)
    return str(font.fontName)


@lru_cache(maxsize=64)
def _letters(name: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  # heavy

    font: Any = pdfmetrics.getFont(name)
    return frozenset(code for code, glyph in font.face.charToGlyph.items() if glyph)


def _packaged(kind: str, style: str, cache: Path | None) -> Path:
    import fontpkg  # noqa: PLC0415  # only where it is used

    if kind == DISPLAY:
        return _display(cache)
    weight = 700 if "bold" in style else 400
    slant = "italic" if "italic" in style else "normal"
    if kind == "sans":
        return Path(fontpkg.path("be-vietnam-pro", weight, slant))
    source = Path(fontpkg.path("noto-serif", weight, slant))
    kept = _cache_folder(cache) / f"noto-serif-{weight}-{slant}-{_WIDTH}-{source.stat().st_size}-{_RECIPE}.ttf"
    if not kept.exists():
        _make_static(source, {"wght": weight, "wdth": _WIDTH}, kept)
    return kept


def _display(cache: Path | None) -> Path:
    import fontpkg  # noqa: PLC0415  # only where it is used

    source = Path(fontpkg.path("playfair-display", _DISPLAY_WEIGHT, "normal"))
    kept = _cache_folder(cache) / f"playfair-display-{_DISPLAY_WEIGHT}-{source.stat().st_size}-{_RECIPE}.ttf"
    if not kept.exists():
        _make_static(source, {"wght": _DISPLAY_WEIGHT}, kept)
    return kept


def _cache_folder(cache: Path | None) -> Path:
    import platformdirs  # noqa: PLC0415  # only where it is used

    folder = cache or Path(platformdirs.user_cache_dir("sovang", appauthor=False)) / "fonts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        # A locked-down profile: the face is made again in each run, and printing goes on.
        return _passing_folder()


@lru_cache(maxsize=1)
def _passing_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="sovang-fonts-"))


def _make_static(source: Path, axes: Mapping[str, float], kept: Path) -> None:
    """Cut one face out of a variable font: ReportLab would draw its default instance without a word."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415  # heavy
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=[], name_IDs=["*"], notdef_outline=True, hinting=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=_KEPT)
    cutter.subset(font)
    static = instantiateVariableFont(font, axes, inplace=True)
    part = kept.with_suffix(f".{os.getpid()}.part")
    try:
        static.save(part)
        part.replace(kept)
    finally:
        part.unlink(missing_ok=True)
