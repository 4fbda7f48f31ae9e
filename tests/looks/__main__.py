"""Write every paper of the demo as .docx, .pdf and .xlsx into a folder, and turn all of them into pictures."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from tests.looks.office import PAPERS, compared, event_of, keep_the_year, make_book, run

_DOTS = 70


def main() -> None:
    """Make everything in the folder named; LibreOffice draws what is Word or Excel."""
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    book = out / "demo.sovang"
    event = event_of(book) if book.exists() else make_book(book)
    meant = {"EVENT": event, **compared(out)}
    for name, words in PAPERS.items():
        for ending in ("pdf", "docx", "xlsx"):
            said = [meant.get(word, word) for word in words]
            run(book, *said, "--out", str(out / f"{name}.{ending}"), "--overwrite")
    keep_the_year(book, out)
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not installed: only the PDF files become pictures", file=sys.stderr)
    else:
        drawn = out / "libreoffice"
        files = [str(each) for name in PAPERS for each in (out / f"{name}.docx", out / f"{name}.xlsx")]
        for kind in ("docx", "xlsx"):
            these = [each for each in files if each.endswith(kind)]
            where = str(drawn / kind)
            subprocess.run([office, "--headless", "--convert-to", "pdf", "--outdir", where, *these], check=True)
        for parcel in sorted(out.glob("ban-giao-*")):
            paper = next(parcel.glob("*.docx"))
            where = str(drawn / parcel.name)
            subprocess.run([office, "--headless", "--convert-to", "pdf", "--outdir", where, str(paper)], check=True)
    for each in sorted(out.rglob("*.pdf")):
        _pictures(each)


def _pictures(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(document, 1):
            if number <= 3 or number == len(document):
                page.render(scale=_DOTS / 72).to_pil().save(path.with_name(f"{path.stem}-{number:02d}.png"))
    finally:
        document.close()


if __name__ == "__main__":
    main()
