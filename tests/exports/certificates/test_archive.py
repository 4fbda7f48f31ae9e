"""Files that last: rules of PDF/A-2u (ISO 19005-2), each by its number, on every kind of file that is printed.

What is proved is what stands here; no validator of another house has run over these files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import pypdf
import pytest
from fontTools.ttLib import TTFont
from pypdf.generic import ContentStream, IndirectObject, NameObject, StreamObject

from config.settings.certificates import Template
from exports.certificates.batch import Certificate, Means, print_batch
from exports.certificates.calibration import ruler_sheet
from exports.certificates.separate import print_separately
from exports.certificates.template import Templates, load_template
from tests.exports.certificates.test_verifier import CODE, SHORT
from tests.exports.conftest import PACKAGED, fields

MEANS = Means(families=PACKAGED)
NAMES = ("Nguyễn Thị Hồng Thúy", "Trần Văn Mẫu", "Đặng Ngọc Ánh")
FILES = [*(f"one:{name}" for name in Templates(None).names()), "batch", "separate", "cards", "ruler"]


class File:
    """A printed file, read by another library."""

    def __init__(self, path: Path) -> None:
        self.content = path.read_bytes()
        self.pdf = pypdf.PdfReader(path, strict=True)
        self.root: Any = self.pdf.trailer["/Root"]
        self._forms: dict[int, list[tuple[Any, list[Any], bytes]]] = {}

    def objects(self) -> Iterator[Any]:
        """Every object that the file's last tables name."""
        for generation, rows in self.pdf.xref.items():
            for number in rows:
                yield self.pdf.get_object(IndirectObject(number, generation, self.pdf))

    def dictionaries(self) -> Iterator[Any]:
        """Every dictionary, within arrays and others too."""
        waiting = [*self.objects()]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Mapping):
                yield one
                waiting += [each for each in one.values() if not isinstance(each, IndirectObject)]
            elif isinstance(one, list):
                waiting += [each for each in one if not isinstance(each, IndirectObject)]

    @cached_property
    def fonts(self) -> list[Any]:
        return [each for each in self.dictionaries() if each.get("/Type") == "/Font"]

    @cached_property
    def operations(self) -> list[tuple[Any, list[Any], bytes]]:
        """Resources, operands and operator of everything drawn, forms too."""
        return [each for page in self.pdf.pages for each in self._of(page.get_contents(), page["/Resources"])]

    def _of(self, stream: Any, resources: Any) -> Iterator[tuple[Any, list[Any], bytes]]:
        for operands, operator in ContentStream(stream, self.pdf).operations:
            yield resources, operands, operator
            if operator == b"Do":
                drawn = resources["/XObject"][operands[0]]
                if drawn["/Subtype"] == "/Form":
                    yield from self._of_form(drawn)

    def _of_form(self, form: Any) -> list[tuple[Any, list[Any], bytes]]:
        """A frame stands on every page: it is read once."""
        number = form.indirect_reference.idnum
        if number not in self._forms:
            self._forms[number] = list(self._of(form, form["/Resources"]))
        return self._forms[number]

    @cached_property
    def used(self) -> dict[int, tuple[Any, set[int]]]:
        """Fonts and the codes drawn with each."""
        found: dict[int, tuple[Any, set[int]]] = {}
        now: Any = None
        for resources, operands, operator in self.operations:
            if operator == b"Tf":
                now = resources["/Font"][operands[0]]
                found.setdefault(id(now.get_object()), (now.get_object(), set()))
            elif operator in (b"Tj", b"'", b"TJ"):
                told = operands[0] if operator == b"TJ" else [operands[0]]
                for each in told:
                    if hasattr(each, "original_bytes"):
                        found[id(now.get_object())][1].update(each.original_bytes)
        return found


def header(file: File) -> bool:
    """6.1.2: the version, and then a comment of four bytes above 127."""
    return re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", file.content) is not None


def trailer(file: File) -> bool:
    """6.1.3: an identifier, and no encryption."""
    return len(cast("list[Any]", file.pdf.trailer["/ID"])) == 2 and "/Encrypt" not in file.pdf.trailer


def nothing_after_the_end(file: File) -> bool:
    """6.1.3: the last line is the mark of the end."""
    return file.content.rstrip(b"\r\n").endswith(b"%%EOF")


def streams(file: File) -> bool:
    """6.1.7.1: lengths are right, and an end of line stands on both sides of the keywords."""
    begun = [*re.finditer(rb"/Length (\d+)[^>]*(?:>>[^>]{0,3})?>>\s*stream", file.content)]
    assert begun
    for each in begun:
        start = re.compile(rb"stream(\r\n|\n)").match(file.content, each.end() - 6)
        if start is None or not re.match(rb"\r?\nendstream", file.content[start.end() + int(each[1]) :][:12]):
            return False
    return not [each for each in file.objects() if isinstance(each, StreamObject) and set(each) & {"/F", "/FFilter"}]


def filters(file: File) -> bool:
    """6.1.7.2: no LZW and no encryption of a stream."""
    return not re.search(rb"/LZW|/Crypt|/LZWDecode", file.content)


def indirect_objects(file: File) -> bool:
    """6.1.9: number, generation and keyword, and each on a line of its own."""
    return all(
        re.match(rb"\r?\n\d+ \d+ obj\r?\n", file.content[place - 1 :][:30]) or place < 2
        for rows in file.pdf.xref.values()
        for place in rows.values()
        if place > 0
    )


def output_intent(file: File) -> bool:
    """6.2.3: one output intent of PDF/A with a profile of three components."""
    (intent,) = file.root["/OutputIntents"]
    profile = intent["/DestOutputProfile"]
    content = profile.get_data()
    return (
        intent["/S"] == "/GTS_PDFA1"
        and profile["/N"] == 3
        and content[16:20] == b"RGB "
        and content[12:16] in (b"mntr", b"prtr")
        and content[36:40] == b"acsp"
        and content[8] <= 4
        and len(content) == int.from_bytes(content[:4])
    )


def colours(file: File) -> bool:
    """6.2.4.3: only colours that the profile explains."""
    known = {each[2] for each in file.operations}
    return not known & {b"k", b"K", b"sh"} and b"/DeviceCMYK" not in file.content


def operators(file: File) -> bool:
    """6.2.2: only operators of the standard, and only resources that are there."""
    asked = {b"Tf": "/Font", b"Do": "/XObject", b"gs": "/ExtGState"}
    for resources, operands, operator in file.operations:
        if operator not in _OPERATORS or (operator in asked and operands[0] not in resources[asked[operator]]):
            return False
    return True


_OPERATORS = set(
    b"b B b* B* BT BX c cm cs CS d Do ET f F f* g G gs h i j J l m M n q Q re rg RG s S sc SC T* Tc Td TD Tf Tj TJ TL "
    b"Tm Tr Ts Tw Tz v w W W* y ' INLINE".split()
) | {b"INLINE IMAGE"}


def images(file: File) -> bool:
    """6.2.8: nothing is interpolated, and there are no alternatives."""
    pictures = [each for each in file.dictionaries() if each.get("/Subtype") == "/Image"]
    return not [each for each in pictures if each.get("/Interpolate") or set(each) & {"/Alternates", "/OPI"}]


def forms(file: File) -> bool:
    """6.2.9: no PostScript, no reference to another file."""
    named = [each for each in file.dictionaries() if each.get("/Type") == "/XObject"]
    return not [each for each in named if set(each) & {"/PS", "/Ref", "/OPI"} or each.get("/Subtype") == "/PS"]


def transparency(file: File) -> bool:
    """6.2.5 and 6.2.10: no transfer curves; blend modes of the standard only; no group without a space of colours."""
    states = [each for each in file.dictionaries() if each.get("/Type") == "/ExtGState"]
    groups = [each["/Group"] for each in file.dictionaries() if "/Group" in each]
    return not [each for each in states if set(each) & {"/TR", "/HTP", "/BM", "/SMask"}] and not groups


def embedded(file: File) -> bool:
    """6.2.11.4: the programs of all fonts are in the file; none is one of the fourteen that every viewer has."""
    assert file.fonts
    return all("/FontFile2" in each["/FontDescriptor"] for each in file.fonts) and b"/Helvetica" not in file.content


def _program(font: Any) -> TTFont:
    return TTFont(BytesIO(font["/FontDescriptor"]["/FontFile2"].get_data()))


def widths(file: File) -> bool:
    """6.2.11.5: the widths told are those of the letters."""
    for font, drawn in file.used.values():
        program = _program(font)
        (cmap,) = program["cmap"].tables
        scale = 1000 / program["head"].unitsPerEm
        for code in drawn:
            real = program["hmtx"][cmap.cmap[code]][0] * scale
            if abs(font["/Widths"][code - font["/FirstChar"]] - real) > 1:
                return False
    return True


def encodings(file: File) -> bool:
    """6.2.11.6: a font with its own letters names no encoding, and its program has exactly one."""
    for font in file.fonts:
        symbolic = font["/FontDescriptor"]["/Flags"] & 4
        if not symbolic or "/Encoding" in font or len(_program(font)["cmap"].tables) != 1:
            return False
    return True


def unicode(file: File) -> bool:
    """6.2.11.7.2: every code drawn has a letter in Unicode."""
    for font, drawn in file.used.values():
        told = font["/ToUnicode"].get_data().decode("latin-1")
        known = set()
        for code, letters in re.findall(r"^<(\w\w)> <(\w+)>$", told, re.MULTILINE):
            known |= {int(code, 16)} if int(letters, 16) not in (0, 0xFEFF, 0xFFFE) else set()
        if not drawn <= known:
            return False
    return True


def no_missing_letter(file: File) -> bool:
    """6.2.11.8: nothing is drawn with the sign for a missing letter."""
    for font, drawn in file.used.values():
        (cmap,) = _program(font)["cmap"].tables
        if any(cmap.cmap.get(code) in (None, ".notdef") for code in drawn):
            return False
    return True


def no_annotations(file: File) -> bool:
    """6.3: no annotation that is not printed as it is seen."""
    return not [page for page in file.pdf.pages if page.get("/Annots")] and "/AcroForm" not in file.root


def actions(file: File) -> bool:
    """6.5: nothing happens when the file is opened."""
    return not [each for each in file.dictionaries() if set(each) & {"/AA", "/OpenAction", "/JavaScript", "/JS"}]


def metadata(file: File) -> bool:
    """6.6.2 and 6.6.4: unfiltered metadata that name the standard and say what the information says."""
    stream = file.root["/Metadata"]
    packet = stream.get_data()
    names = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "pdfaid": "http://www.aiim.org/pdfa/ns/id/"}
    names["dc"] = "http://purl.org/dc/elements/1.1/"
    tree = ET.fromstring(packet)
    said = {each: tree.findtext(f".//pdfaid:{each}", namespaces=names) for each in ("part", "conformance")}
    title = tree.findtext(".//dc:title//rdf:li", namespaces=names)
    author = tree.findtext(".//dc:creator//rdf:li", namespaces=names)
    info = file.pdf.metadata
    return (
        "/Filter" not in stream
        and packet.startswith(b'<?xpacket begin="\xef\xbb\xbf"')
        and said == {"part": "2", "conformance": "U"}
        and info is not None
        and (info.title, info.author) == (title, author)
        and bool(title and author)
    )


def nothing_hidden(file: File) -> bool:
    """6.8, 6.9 and 6.10: no files inside, no layers, no other presentation."""
    names = {"/EmbeddedFiles", "/OCProperties", "/AlternatePresentations", "/PresSteps", "/EF", "/Collection", "/XFA"}
    return not [each for each in file.dictionaries() if set(each) & names]


def language(file: File) -> bool:
    """6.7.4, of level A and kept here too: the language of the words."""
    return bool(file.root["/Lang"] == "vi-VN")


RULES: tuple[Callable[[File], bool], ...] = (
    *(header, trailer, nothing_after_the_end, streams, filters, indirect_objects, output_intent, colours, operators),
    *(images, forms, transparency, embedded, widths, encodings, unicode, no_missing_letter, no_annotations, actions),
    *(metadata, nothing_hidden, language),
)


def _people(template: Template) -> list[Certificate]:
    more = {"class_name": "Bồi dưỡng", "class_dates": "Ngày 1", "number": "1/2026", "born": "Sinh năm 1980"}
    more |= {
        "card_number": "42/BCV-TN",
        "record_code": "TN-A-00001",
        "role": "Báo cáo viên",
        "level": "cấp xã",
        "valid_until": "31/12/2030",
    }
    more |= {"result": "Hoàn thành", "recognised_in": "1-QĐ/TU", "recognised_by": "Ban", "award_title": "Bằng khen"}
    said = fields(code=CODE, short_code=SHORT, **more)
    return [Certificate(str(number), {**said, "name": name}) for number, name in enumerate(NAMES)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("archive")
    found: dict[str, Path] = {}
    for name in FILES:
        path = found[name] = folder / f"{name.replace(':', '-')}.pdf"
        template = load_template(name.removeprefix("one:") if name.startswith("one:") else "party-merit")
        if name == "cards":
            template = load_template("reporter-card")
            print_batch(template, _people(template), path, means=MEANS)
        elif name == "ruler":
            ruler_sheet((297, 210), path, means=MEANS)
        elif name == "separate":
            found[name] = print_separately(template, _people(template), folder / "each", means=MEANS)[1][1]
        else:
            people = _people(template)
            print_batch(template, people if name == "batch" else people[:1], path, means=MEANS)
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_rule_holds_on_every_kind_of_file(made: dict[str, Path], name: str) -> None:
    file = File(made[name])
    assert [rule.__doc__ for rule in RULES if not rule(file)] == []


SPOILT: tuple[tuple[Callable[[File], bool], Callable[[bytes], bytes]], ...] = (
    (header, lambda it: it.replace(it.splitlines()[1][:5], b"%    ", 1)),
    (trailer, lambda it: it.replace(b"/ID", b"/IX")),
    (nothing_after_the_end, lambda it: it + b"more"),
    (streams, lambda it: re.sub(rb"\nendstream", b" endstream", it, count=1)),
    (filters, lambda it: it.replace(b"/PrintScaling /None", b"/Print /LZWDecode  ")),
    (output_intent, lambda it: it.replace(b"/GTS_PDFA1", b"/GTS_PDFX1")),
    (colours, lambda it: it.replace(b"/PrintScaling /None", b"/Print /DeviceCMYK ")),
    (embedded, lambda it: it.replace(b"/FontFile2 ", b"/FontFile9 ")),
    (widths, lambda it: re.sub(rb"/Widths \[ [\d ]+", lambda m: re.sub(rb"\d", b"1", m[0]), it)),
    (encodings, lambda it: it.replace(b"/Flags 4 ", b"/Flags 3 ")),
    (metadata, lambda it: it.replace(b"<pdfaid:part>2", b"<pdfaid:part>1")),
    (language, lambda it: it.replace(b"vi-VN", b"en-US")),
)


@pytest.mark.parametrize(("rule", "spoil"), SPOILT)
def test_a_rule_finds_what_breaks_it(
    made: dict[str, Path], tmp_path: Path, rule: Callable[[File], bool], spoil: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "spoilt.pdf"
    content = made["batch"].read_bytes()
    path.write_bytes(spoil(content))
    assert path.read_bytes() != content
    try:
        kept = rule(File(path))
    except (KeyError, AssertionError):
        kept = False
    assert not kept


@pytest.mark.parametrize("name", ["one:party-merit", "one:state-merit", "batch", "separate"])
def test_it_is_read_aloud_in_its_order(made: dict[str, Path], name: str) -> None:
    for number, page in enumerate(File(made[name]).pdf.pages):
        text = " ".join(page.extract_text().split())
        told = NAMES[number] if name != "separate" else NAMES[1]
        order = [text.index(told), text.index("Phường Phan Đình Phùng"), text.index("Đã có thành tích")]
        order.append(text.rindex("PHÓ BÍ THƯ"))
        order.append(text.rindex("Trần Văn Mẫu"))
        assert order == sorted(order), text


def test_a_page_of_a_batch_takes_at_most_four_kilobytes(tmp_path: Path) -> None:
    template = load_template("party-merit")
    sizes = []
    for count in (2, 42):
        people = [
            Certificate(str(number), fields(code=CODE, short_code=SHORT, name=f"Người {number}"))
            for number in range(count)
        ]
        print_batch(template, people, tmp_path / f"{count}.pdf", means=MEANS)
        sizes.append((tmp_path / f"{count}.pdf").stat().st_size)
    assert (sizes[1] - sizes[0]) / 40 <= 4096


def test_nothing_of_one_person_is_left_in_the_file_of_another(made: dict[str, Path]) -> None:
    file = File(made["separate"])
    assert NAMES[1] in file.pdf.pages[0].extract_text()
    assert not [name for name in (NAMES[0], NAMES[2]) if name in file.pdf.pages[0].extract_text()]
    assert len([each for each in file.dictionaries() if each.get(NameObject("/Type")) == "/Page"]) == 1
