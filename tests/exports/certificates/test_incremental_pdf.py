"""Pages that leave memory when drawn and still stand in the file, each with what it needs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.pdfgen.canvas import Canvas

from exports.certificates.incremental_pdf import PageSpool


def drawn(path: Path, pages: int) -> Any:
    """A file of pages: the third shows a form, the fourth is half transparent."""
    canvas = Canvas(str(path), pagesize=(200, 100), invariant=1)
    canvas.beginForm("seal", 0, 0, 200, 100)
    canvas.drawString(10, 50, "sealed")
    canvas.endForm()
    with PageSpool(canvas) as spool:
        for number in range(1, pages + 1):
            canvas.drawString(10, 10, f"page {number}")
            if number == 3:
                canvas.doForm("seal")
            if number == 4:
                canvas.setFillAlpha(0.5)
                canvas.rect(0, 0, 200, 100, fill=1)
            canvas.showPage()
        assert len(canvas._doc.Pages.pages) == 1  # type: ignore[attr-defined]  # that they left can be seen nowhere else
        canvas.save()
        spool.append(path)
    return pypdfium2.PdfDocument(path)


@pytest.mark.parametrize("pages", [1, 2, 5, 300])
def test_every_page_is_in_its_place(tmp_path: Path, pages: int) -> None:
    made = drawn(tmp_path / "a.pdf", pages)
    texts = [page.get_textpage().get_text_range() for page in made]
    assert [text.splitlines()[-1] if "sealed" not in text else "page 3" for text in texts] == [
        f"page {number}" for number in range(1, pages + 1)
    ]
    assert ["sealed" in text for text in texts] == [number == 3 for number in range(1, pages + 1)]


def test_a_state_of_a_later_page_is_there(tmp_path: Path) -> None:
    made = drawn(tmp_path / "a.pdf", 5)
    grey = made[3].render(scale=1).to_pil().getpixel((100, 20))
    assert grey[0] in range(100, 156)


def test_the_file_is_sound(tmp_path: Path) -> None:
    drawn(tmp_path / "a.pdf", 12)
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    done = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
