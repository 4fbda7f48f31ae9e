"""Pages that leave memory as soon as they are drawn: kept in a file, then appended to the finished document.

ReportLab keeps every page until it saves, 10 KB for each. Fonts can only be written once all text is known, so the
document is saved with its first page, and the others follow as the incremental update that PDF provides for
(ISO 32000-1, 7.5.6): new objects, the list of pages anew, a table of where they begin.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

_PAGE = re.compile(
    rb"<<\n(?P<before>(?:/BleedBox \[[^]]*\] )?)/Contents \d+ 0 R (?P<rest>(?:(?!endobj).)*?/Type /Page\n>>)\nendobj",
    re.DOTALL,
)
_PAGES = re.compile(rb"(?P<number>\d+) 0 obj\n<<\n/Count 1 /Kids \[ (?P<first>\d+) 0 R \] /Type /Pages\n>>")
_TRAILER = re.compile(
    rb"trailer\n<<\n(?P<kept>.*?)/Size (?P<size>\d+)\n>>\nstartxref\n(?P<table>\d+)\n%%EOF\n\Z", re.DOTALL
)


class PageSpool:
    """Keeps every page of a canvas but the first in a file, and appends them to the document that the canvas saved."""

    def __init__(self, canvas: Any) -> None:
        self._document = canvas._doc  # noqa: SLF001  # the canvas hands its pages over in no other way
        self._add_first = self._document.addPage
        self._document.addPage = self._take
        self._file = TemporaryFile()  # noqa: SIM115  # closed when the spool is left
        self._lengths: list[int] = []
        self._first: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _take(self, page: Any) -> None:
        """What the document's `addPage` does, but for the pages that are kept here."""
        from reportlab.pdfbase.pdfdoc import pdfdocEnc  # noqa: PLC0415  # heavy

        if self._first is None:
            self._first = page
            self._add_first(page)
            return
        # All pages name their forms, images and states alike; what any of them needs stands with the first.
        for name in ("XObjects", "ExtGState"):
            needed, there = getattr(page, name, None), getattr(self._first, name, None)
            if needed and there:
                there.dict.update(needed.dict)
            elif needed:
                setattr(self._first, name, needed)
        self._document.pageCounter += 1
        self._document.inObject = None
        self._lengths.append(self._file.write(zlib.compress(pdfdocEnc(page.stream))))

    def append(self, path: Path) -> None:
        """Add the pages that were taken off to the file at `path`. Raises OSError when it cannot be written."""
        if not self._lengths:
            return
        made = path.read_bytes()
        page, pages, trailer = _PAGE.search(made), _PAGES.search(made), _TRAILER.search(made)
        if page is None or pages is None or trailer is None:
            raise AssertionError("ReportLab writes pages in another way than it did")
        size = int(trailer["size"])
        places = []
        self._file.seek(0)
        with path.open("ab") as out:

            def put(number: int, body: bytes) -> None:
                places.append((number, out.tell()))
                out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

            for count, length in enumerate(self._lengths):
                stream = self._file.read(length)
                number = size + 2 * count
                put(number, b"<<\n/Filter [ /FlateDecode ] /Length %d\n>>\nstream\n%s\nendstream" % (length, stream))
                put(number + 1, b"<<\n%s/Contents %d 0 R %s" % (page["before"], number, page["rest"]))
            end = size + 2 * len(self._lengths)
            kids = b"\n".join(b"%d 0 R" % number for number in (int(pages["first"]), *range(size + 1, end, 2)))
            count = len(self._lengths) + 1
            put(int(pages["number"]), b"<<\n/Count %d /Kids [ %s ] /Type /Pages\n>>" % (count, kids))
            table = out.tell()
            out.write(b"xref\n" + _section(places[-1:]) + _section(places[:-1]))
            out.write(b"trailer\n<<\n%s/Prev %s\n/Size %d\n>>\n" % (trailer["kept"], trailer["table"], end))
            out.write(b"startxref\n%d\n%%%%EOF\n" % table)


def _section(places: list[tuple[int, int]]) -> bytes:
    """Neighbouring objects in a table: where each begins."""
    return b"%d %d\n" % (places[0][0], len(places)) + b"".join(b"%010d 00000 n \n" % at for _, at in places)


_CATALOG = re.compile(rb"(?P<number>\d+) 0 obj\s*<<(?P<kept>[^<>]*?/Type\s*/Catalog[^<>]*)>>\s*endobj")
_END = re.compile(rb"trailer\s*<<(?P<kept>.*)>>\s*startxref\s+(?P<table>\d+)\s+%%EOF\s*\Z", re.DOTALL)


def with_preferences(content: bytes, preferences: Mapping[str, str]) -> bytes:
    """A PDF as PDFium writes it, and how a viewer is to print it added: PDFium has no word for that."""
    catalog, end = _CATALOG.search(content), _END.search(content)
    if catalog is None or end is None:
        raise AssertionError("PDFium writes a document in another way than it did")
    said = b" ".join(f"/{key} /{value}".encode() for key, value in preferences.items())
    at = len(content)
    number = int(catalog["number"])
    added = b"%d 0 obj\n<<%s /ViewerPreferences << %s >>>>\nendobj\n" % (number, catalog["kept"], said)
    table = b"xref\n" + _section([(number, at)])
    trailer = b"trailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (end["kept"], end["table"], at + len(added))
    return content + added + table + trailer
