"""What makes a PDF one that lasts: PDF/A-2u (ISO 19005-2), as far as ReportLab and PDFium leave it to be done.

Both embed every font with its letters in Unicode. Added here are what the file says of itself (XMP), what its colours
mean (sRGB), its language, the bytes that mark it as binary, and the end of line that the standard wants after a stream.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

PRODUCER = "Sổ Vàng"
LANGUAGE = "vi-VN"
_COLOURS = "sRGB IEC61966-2.1"
_CATALOG_ENTRIES = ("OutputIntents",)
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_START = re.compile(rb"startxref\n(\d+)\n")
_BINARY = b"%\xc4\x90\xe1\xba\xa1\xe1\xbb\x81"  # more than four bytes above 127, and text all the same: “Đạề”


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself.

    Attributes:
        title, author, subject: for people; the author is the body that issues.
    """

    title: str
    author: str
    subject: str = ""


def xmp(about: About) -> bytes:
    """The metadata packet, which names the standard."""
    title, author, subject = (escape(each) for each in (about.title, about.author, about.subject))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The colour profile, the same at every run: its day is that of the standard's first edition."""
    from PIL import ImageCms  # noqa: PLC0415  # heavy

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    day = b"".join(part.to_bytes(2) for part in (2011, 7, 1, 0, 0, 0))
    return made[:24] + day + made[36:]


def describe(canvas: Any, about: About) -> None:
    """Give a document of ReportLab's what it has to say of itself. `canvas` is open."""
    from reportlab.pdfbase.pdfdoc import (  # noqa: PLC0415  # heavy
        PDFArray,
        PDFDictionary,
        PDFName,
        PDFStream,
        PDFString,
    )

    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
    document = canvas._doc  # noqa: SLF001  # the canvas has no word for these
    catalog = document.Catalog
    catalog.Lang = PDFString(LANGUAGE)
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    metadata: Any = PDFStream(PDFDictionary(kind), xmp(about))
    catalog.Metadata = metadata
    metadata.format = partial(_unfiltered, metadata)
    profile = document.Reference(PDFStream(PDFDictionary({"N": 3}), srgb()))
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(_COLOURS),
        "Info": PDFString(_COLOURS),
        "DestOutputProfile": profile,
    }
    catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
    catalog.__NoDefault__ = [*type(catalog).__NoDefault__, *_CATALOG_ENTRIES]


def _unfiltered(stream: Any, document: Any) -> bytes:
    """A stream as it is, which is asked of metadata: ReportLab names a filter on every one."""
    stream.dictionary["Length"] = len(stream.content)
    head: bytes = stream.dictionary.format(document)
    content: bytes = stream.content
    return head + b"\nstream\n" + content + b"endstream\n"


def save(canvas: Any, part: Path) -> None:
    """Write what was drawn on a canvas of ReportLab's. Raises OSError when it cannot be written."""
    part.write_bytes(tidied(canvas.getpdfdata()))


def tidied(content: bytes) -> bytes:
    """A document as ReportLab writes it, with an end of line after every stream and the mark of a binary file."""
    table, start = _TABLE.search(content, content.rindex(b"\nxref\n")), _START.search(content, len(content) - 64)
    assert table is not None
    assert start is not None
    count, first = int(table[1]), table.end()
    places = [int(content[first + 20 * number : first + 20 * number + 10]) for number in range(1, count)]
    order = sorted(range(len(places)), key=places.__getitem__)
    ends = [*(places[number] for number in order[1:]), table.start()]
    # The comment that follows the first line is replaced, so that a viewer, or a mailer, takes it for binary.
    head = content[: places[order[0]]].splitlines(keepends=True)[0] + _BINARY + b"\n"
    parts, size = [head], len(head)
    moved = [0] * len(places)
    for number, end in zip(order, ends, strict=True):
        body = content[places[number] : end]
        if body.endswith(_STREAM_END):  # where the content ends with such a byte by chance, it is the content's
            body = body[: -len(_STREAM_END)] + b"\n" + _STREAM_END
        moved[number] = size
        parts.append(body)
        size += len(body)
    entries = b"".join(b"%010d 00000 n \n" % place for place in moved)
    rest = content[first + 20 * count : start.start()]
    tail = b"xref\n0 %d\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF\n" % (count, entries, rest, size)
    return b"".join(parts) + tail


_STREAM_END = b"endstream\nendobj\n"


def entries_of(about: About, number: int) -> tuple[bytes, list[bytes], bytes]:
    """For a document of PDFium's: what its catalog says, and the bodies of new objects, the first with this number.

    Returns:
        The entries of the catalog; the bodies of the metadata and of the profile; the body of the information.
    """
    packet, profile = xmp(about), srgb()
    metadata = b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream" % (len(packet), packet)
    colours = b"<</N 3/Length %d>>\nstream\n%s\nendstream" % (len(profile), profile)
    intent = b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(%s)/Info(%s)/DestOutputProfile %d 0 R>>" % (
        *(_COLOURS.encode(), _COLOURS.encode()),
        number + 1,
    )
    entries = b"/Lang(%s)/Metadata %d 0 R/OutputIntents[%s]" % (LANGUAGE.encode(), number, intent)
    told = {"Title": about.title, "Author": about.author, "Subject": about.subject}
    told |= {"Creator": PRODUCER, "Producer": PRODUCER}
    info = b"".join(b"/%s%s" % (key.encode(), _text(value)) for key, value in told.items())
    return entries, [metadata, colours], b"<<%s>>" % info


def _text(value: str) -> bytes:
    return b"<%s>" % ("\ufeff" + value).encode("utf-16-be").hex().upper().encode()
