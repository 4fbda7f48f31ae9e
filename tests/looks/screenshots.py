"""The pictures of the README, made from the demo office: screens as they stand, a certificate in a frame, a card.

Takes JetBrains Mono, which has every Vietnamese letter, and DejaVu Sans Mono for signs from the system (in Debian
`fonts-jetbrains-mono` and `fonts-dejavu-core`).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing, redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import resvg_py
from PIL import Image, ImageChops, ImageDraw
from rich.console import Console
from rich.text import Text
from textual.pilot import Pilot

import main as program
from config import i18n
from records.demo.people import DEMO_DAY
from tests.looks.office import SIGNER, make_book, run
from tests.looks.pictures import settled
from tests.tui.offices import digit_of, until
from tui.app.app import SoVangApp
from tui.present.books import demo_office
from tui.screens.base import OfficeScreen

_FONTS = ["/usr/share/fonts/truetype/jetbrains-mono", "/usr/share/fonts/truetype/dejavu"]
_SIZE = (120, 34)
_DECISION = "7-QĐ/BTG"
_DOTS = 110


async def _find(pilot: Pilot[int], words: str) -> None:
    await pilot.press("slash", *words, "enter")


async def _person(pilot: Pilot[int]) -> None:
    await _find(pilot, "TN-P-00003")
    await pilot.press("enter")


async def _eligible(pilot: Pilot[int]) -> None:
    await pilot.press("f6", "enter")


async def _sheet(pilot: Pilot[int]) -> None:
    await pilot.press("down", "down", "enter")


async def _nothing(pilot: Pilot[int]) -> None:
    await pilot.pause()


SCREENS: dict[str, tuple[str, Callable[[Pilot[int]], Awaitable[None]]]] = {
    "today": ("today", _nothing),
    "roster": ("people", _nothing),
    "verdict": ("people", _person),
    "emulation": ("emulation", _sheet),
    "eligible": ("awards", _eligible),
}
"""Picture -> section, and what is pressed there."""


async def _screens(out: Path, language: str) -> None:
    i18n.use(language)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(SoVangApp(lambda: demo_office(Path(folder)), on=DEMO_DAY, who="thu")) as app,
    ):
        async with app.run_test(size=_SIZE) as pilot:
            await until(pilot, lambda: app.is_open and isinstance(app.screen, OfficeScreen), "the office")
            for name, (section, press) in SCREENS.items():
                await pilot.press(f"alt+{digit_of(section)}")
                await settled(pilot)
                await press(pilot)
                await settled(pilot)
                _drawn(app.export_screenshot(), out / f"{name}.png")


def _drawn(svg: str, path: Path) -> None:
    """Draw the picture of a terminal with letters of this machine, in few colours."""
    whole = svg.replace("Fira Code", "JetBrains Mono")
    png = bytes(resvg_py.svg_to_bytes(svg_string=whole, font_dirs=_FONTS, skip_system_fonts=True))
    _kept(Image.open(BytesIO(png)).convert("RGB"), path)


def _kept(picture: Image.Image, path: Path) -> None:
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def _papers(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book, pdf, cards = (Path(folder) / name for name in ("demo.sovang", "certificates.pdf", "cards.pdf"))
        make_book(book)
        run(book, "certificate", "print", "--decision", _DECISION, "--out", str(pdf))
        run(book, "certificate", "print", "--cards", "TN-P-00003", "--on", "15/6/2025", *SIGNER, "--out", str(cards))
        _kept(_framed(_page(pdf)), out / "certificate.png")
        scan = Path(folder) / "scan.png"
        _page(pdf, dots=150).rotate(2, expand=True, fillcolor="white").save(scan)
        _drawn(_said(book, "certificate", "verify", str(scan)), out / "verify.png")
        _kept(_cut(_page(cards)), out / "card.png")


def _said(book: Path, *words: str) -> str:
    """A command and what it answers, as a picture of a terminal; the file is called by its name alone."""
    heard = StringIO()
    with redirect_stdout(heard):
        assert program.main(["--lang", "en", "--book", str(book), *words]) == 0
    console = Console(record=True, width=100, file=StringIO())
    console.print(Text(f"$ main.py {' '.join(Path(word).name for word in words)}", style="bold"))
    console.print(Text(heard.getvalue().rstrip()))
    return console.export_svg(title="")


def _page(path: Path, dots: int = _DOTS) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        picture: Image.Image = document[0].render(scale=dots / 72).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def _cut(page: Image.Image) -> Image.Image:
    """What is printed of a sheet, with a little white around it."""
    printed = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    left, top, right, bottom = printed or (0, 0, *page.size)
    return page.crop((max(left - 12, 0), max(top - 12, 0), right + 12, bottom + 12))


def _framed(page: Image.Image) -> Image.Image:
    """The page behind the glass of a wooden frame."""
    wood, edge = 28, 4
    whole = Image.new("RGB", (page.width + 2 * wood, page.height + 2 * wood), "#5b3a1e")
    ink = ImageDraw.Draw(whole)
    for step in range(wood):
        tone = 60 + 50 * step // wood
        box = (step, step, whole.width - 1 - step, whole.height - 1 - step)
        ink.rectangle(box, outline=(tone + 40, tone, tone // 2))
    ink.rectangle((wood - edge, wood - edge, whole.width - wood + edge, whole.height - wood + edge), fill="#d9b45b")
    whole.paste(page, (wood, wood))
    return whole


def main() -> None:
    """Make every picture of the README in the folder named."""
    out = Path(sys.argv[1])
    asyncio.run(_screens(out, "en"))
    _papers(out)


if __name__ == "__main__":
    main()
