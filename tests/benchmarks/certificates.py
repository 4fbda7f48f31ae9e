"""Certificates beside the ways others print them: each in a process of its own, import included, in turn."""

from __future__ import annotations

import importlib.util
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from config.settings.certificates import Template
from config.settings.designs.elements import QrElement, TextElement
from exports.certificates.batch import Certificate, Means, fonts_of, print_batch
from exports.certificates.qr import stencil
from exports.certificates.separate import print_separately
from exports.certificates.template import load_template
from exports.fonts import Fonts

ROUNDS = 3
FONTS = ("packaged",)
_MEGABYTE = 1024
_SVG = "http://www.w3.org/2000/svg"


def people(count: int) -> list[Certificate]:
    """Made-up people; every page has its own name, number and code."""
    return [
        Certificate(
            f"TN-G-{number:05d}",
            {
                "name": f"Nguyễn Thị Hồng Thúy {number}",
                "address_form": "đồng chí",
                "award_title": "Giấy khen",
                "unit": "Phường Phan Đình Phùng",
                "citation": "Đã có thành tích xuất sắc trong công tác tuyên truyền miệng và báo cáo viên năm 2026",
                "decision_number": "127-QĐ/ĐU",
                "decision_date": "ngày 05 tháng 11 năm 2026",
                "register_number": f"{number}/2026",
                "place_date": "Thái Nguyên, ngày 05 tháng 11 năm 2026",
                "issuer": "Đảng ủy phường Phan Đình Phùng",
                "signer_name": "Trần Văn Mẫu",
                "short_code": "ABCD-EFGH-JKLN",
                "code": f"SV1|TN|127-QĐ/ĐU|{number}/2026|" + f"{number:04d}abcDEF" * 10,
            },
        )
        for number in range(1, count + 1)
    ]


def ours(folder: Path, count: int) -> None:
    """One file."""
    print_batch(load_template("party-merit"), people(count), folder / "out.pdf", means=Means(families=FONTS))


def ours_separate(folder: Path, count: int) -> None:
    """A file each."""
    print_separately(load_template("party-merit"), people(count), folder / "each", means=Means(families=FONTS))


def naive(folder: Path, count: int) -> None:
    """ReportLab as its manual begins: everything drawn on every page, the code by a library."""
    _naive(folder / "naive.pdf", people(count))


def naive_separate(folder: Path, count: int) -> None:
    """The same, a file each, its fonts registered anew."""
    from exports import fonts

    for each in people(count):
        fonts._register.cache_clear()
        fonts._letters.cache_clear()
        _naive(folder / f"{each.id}.pdf", [each])


def _naive(out: Path, certificates: list[Certificate]) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from exports.certificates import drawing
    from exports.certificates.frames.border import draw_ornament
    from exports.certificates.page import Side
    from exports.certificates.pieces import Ground, naming

    template = load_template("party-merit")
    ground = Ground(fonts_of(template, Means(families=FONTS)))
    drawing.stencil = _segno_stencil  # type: ignore[attr-defined]  # the library in place of ours
    canvas = Canvas(str(out), pagesize=(842, 595), pageCompression=1)
    for each in certificates:
        assert template.ornament is not None
        draw_ornament(canvas, template.ornament, 297, 210)
        for placed in Side(template, ground).settle(each.fields, naming(each.id)):
            drawing.draw(canvas, placed, ground.fonts, 595)
        canvas.showPage()
    canvas.save()


def _segno_stencil(content: str) -> tuple[int, bytes]:
    import segno

    rows = segno.make_qr(content, error="m").matrix
    packed = (int("".join(map(str, row)).ljust(-(-len(row) // 8) * 8, "0"), 2) for row in rows)
    return len(rows), b"".join(number.to_bytes(-(-len(rows) // 8)) for number in packed)


def _border() -> Iterator[tuple[float, float, float, float]]:
    """Six hundred short lines round an A4 page, mm: less than our ornament has."""
    for number in range(150):
        x, y = 10 + number * 1.84, 10 + number * 1.26
        yield from ((x, 10, x + 1.2, 14), (x, 196, x + 1.2, 200), (10, y, 14, y + 0.9), (283, y, 287, y + 0.9))


def fpdf2(folder: Path, count: int) -> None:
    """fpdf2 with the same words, a simple border and the same code."""
    import fontpkg
    import fpdf
    import segno

    page = fpdf.FPDF("L", "mm", "A4")
    page.add_font("serif", "", fontpkg.path("noto-serif", 400, "normal"))
    for each in people(count):
        page.add_page()
        for line in _border():
            page.line(*line)
        for size, y, field in ((28, 80, "name"), (16, 95, "unit"), (16, 105, "citation"), (12, 145, "register_number")):
            page.set_font("serif", size=size)
            page.set_xy(40, y)
            page.multi_cell(217, 8, each.fields[field], align="C")
        rows = segno.make_qr(each.fields["code"], error="m").matrix
        for row, modules in enumerate(rows):
            for column, dark in enumerate(modules):
                if dark:
                    page.rect(31 + column * 0.4, 165 + row * 0.4, 0.4, 0.4, style="F")
    page.output(str(folder / "fpdf2.pdf"))


def weasyprint(folder: Path, count: int) -> None:
    """WeasyPrint with the same words, a simple border and the same code as SVG."""
    import segno
    import weasyprint as weasy

    style = "@page { size: A4 landscape; margin: 8mm } div { border: 4mm double #a8201a; height: 180mm }"
    pages = "".join(
        f"<div><h1>GIẤY KHEN</h1><h2>{each.fields['name']}</h2><p>{each.fields['unit']}</p>"
        f"<p><i>{each.fields['citation']}</i></p><p>{each.fields['register_number']}</p>"
        f"{segno.make_qr(each.fields['code'], error='m').svg_inline(scale=1)}</div>"
        for each in people(count)
    )
    weasy.HTML(string=f"<style>{style}</style>{pages}").write_pdf(str(folder / "weasy.pdf"))


_TYPST = """
#set page(paper: "a4", flipped: true, margin: 8mm)
#set text(font: "Noto Serif")
#for each in json("people.json") {
  rect(width: 100%, height: 180mm, stroke: 4pt + rgb("#a8201a"), align(center + horizon)[
    #text(28pt)[#each.name] \\ #text(16pt)[#each.unit] \\ #text(16pt)[#each.citation] \\
    #text(12pt)[#each.register_number]
  ])
  pagebreak(weak: true)
}
"""
_TYPST_WHOLE = """
#set page(width: 297mm, height: 210mm, margin: 0mm, background: image("frame.pdf", width: 297mm))
#set par(leading: 0.35em, justify: false)
#let pieces = json("pieces.json")
#let said(piece, words, size) = text(
  font: piece.family, weight: piece.weight, style: piece.style, size: size, fill: rgb(piece.colour),
  tracking: piece.tracking * 1em, hyphenate: false, words)
#let fitted(piece, words) = context {
  let size = piece.size * 1pt
  while size > piece.floor * 1pt and measure(said(piece, words, size)).width > piece.box.at(2) * 1mm { size -= 0.25pt }
  said(piece, words, size)
}
#let flowing(block_, words) = context {
  let (x, y, wide, high) = block_.box
  let shown = block_.pieces.filter(piece => words.at(piece.id) != "")
  let scale = 1.0
  let made = ()
  while true {
    made = shown.map(piece => block(width: wide * 1mm, spacing: 0mm, align(center,
      said(piece, words.at(piece.id), calc.max(piece.floor, piece.size * scale) * 1pt))))
    let needs = made.map(each => measure(each).height).sum() + shown.map(piece => piece.space).sum() * scale * 1mm
    if needs <= high * 1mm or scale < 0.4 { break }
    scale -= 0.02
  }
  place(top + left, dx: x * 1mm, dy: y * 1mm, box(width: wide * 1mm, height: high * 1mm,
    align(horizon, stack(spacing: 1.5mm, ..made))))
}
#for words in json("people.json") {
  for piece in pieces.fixed {
    let (x, y, wide, high) = piece.box
    if words.at(piece.id) != "" {
      place(top + left, dx: x * 1mm, dy: y * 1mm, box(width: wide * 1mm, height: high * 1mm,
        align((if piece.align == "left" { left } else { center }) + horizon, fitted(piece, words.at(piece.id)))))
    }
  }
  for each in pieces.flows { flowing(each, words) }
  let (x, y, wide, high) = pieces.code
  place(top + left, dx: x * 1mm, dy: y * 1mm, image(bytes(words.drawn), format: "svg", width: wide * 1mm))
  pagebreak(weak: true)
}
"""


def typst(folder: Path, count: int) -> None:
    """Typst, which is compiled: the same words and a simple border."""
    _typst(folder, _TYPST, [dict(each.fields) for each in people(count)])


def typst_whole(folder: Path, count: int) -> None:
    """Typst with what ours sets: the same frame, words, sizes, blocks that share their room, and codes made by us."""
    import json

    template = load_template("party-merit")
    fonts = fonts_of(template, Means(families=FONTS))
    _frame(folder / "frame.pdf", template, fonts)
    texts = [each for each in template.elements if isinstance(each, TextElement)]
    looks = {each.id: _typeset(each, fonts) for each in texts}
    flows = [
        {"box": flow.box, "pieces": [looks[each.id] for each in texts if each.flow == flow.id]}
        for flow in template.flows
        if flow.id != "sign2"
    ]
    code = next(each.box for each in template.elements if isinstance(each, QrElement))
    fixed = [looks[each.id] for each in texts if not each.flow]
    (folder / "pieces.json").write_text(json.dumps({"fixed": fixed, "flows": flows, "code": code}), "utf-8")
    records = [
        {each.id: _said(each, person.fields) for each in texts} | {"drawn": _drawn(person.fields["code"])}
        for person in people(count)
    ]
    _typst(folder, _TYPST_WHOLE, records, [Path(_file(fonts, role)).parent for role in fonts.names])


def _frame(out: Path, template: Template, fonts: Fonts) -> None:
    """Our frame by itself, as a page that Typst shows behind each of its own."""
    from exports.certificates.frames.border import draw_ornament
    from exports.certificates.proof.archive import About, save
    from exports.certificates.sheets import open_canvas

    assert template.ornament is not None
    canvas = open_canvas(out, template.size, About("", ""), fonts)
    draw_ornament(canvas, template.ornament, *template.size)
    canvas.showPage()
    save(canvas, out)


def _file(fonts: Fonts, role: str) -> str:
    from reportlab.pdfbase.pdfmetrics import getFont

    return str(getFont(fonts.names[role]).face.filename)  # type: ignore[attr-defined]  # of a font from a file


def _typeset(element: TextElement, fonts: Fonts) -> dict[str, object]:
    """An element as the Typst page reads it."""
    from fontTools.ttLib import TTFont

    names = TTFont(_file(fonts, element.font))["name"]
    return {
        "id": element.id,
        "box": element.box,
        "family": names.getDebugName(16) or names.getDebugName(1),
        "weight": 700 if element.font.endswith("bold") or element.font == "display" else 400,
        "style": "italic" if "italic" in element.font else "normal",
        "size": element.size,
        "floor": element.smallest,
        "colour": element.colour,
        "tracking": element.tracking,
        "align": element.align,
        "space": element.space,
    }


def _said(element: TextElement, fields: Mapping[str, str]) -> str:
    words = re.sub(r"\{(\w+)\??\}", lambda blank: fields.get(blank[1], ""), element.text)
    words = "" if not element.wanted(lambda key: bool(fields.get(key))) else " ".join(words.split())
    return words.upper() if element.caps else words


def _drawn(content: str) -> str:
    """A code as SVG: a path over the runs of dark modules."""
    size, packed = stencil(content)
    wide = len(packed) // size
    rows = (f"{int.from_bytes(packed[row * wide : row * wide + wide]):0{wide * 8}b}" for row in range(size))
    runs = ((row, run) for row, digits in enumerate(rows) for run in re.finditer("1+", digits))
    path = "".join(f"M{run.start()} {row}h{run.end() - run.start()}v1h-{run.end() - run.start()}z" for row, run in runs)
    return f'<svg xmlns="{_SVG}" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _typst(folder: Path, design: str, records: list[dict[str, str]], fonts: Sequence[Path] = ()) -> None:
    import json

    import fontpkg
    import typst as compiler

    source = folder / "pages.typ"
    paths = [*map(str, fonts)] or [str(Path(fontpkg.path("noto-serif", 400, "normal")).parent)]
    (folder / "people.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    source.write_text(design, "utf-8")
    compiler.compile(str(source), output=str(folder / "typst.pdf"), font_paths=paths)


Way = tuple[Callable[[Path, int], None], int, str]
WAYS: dict[str, Way] = {
    "ours, one file": (ours, 1200, ""),
    "ours, one file, four times the pages": (ours, 4800, ""),
    "ours, a file each": (ours_separate, 1200, ""),
    "ReportLab drawn page by page, one file": (naive, 200, ""),
    "ReportLab page by page, a file each": (naive_separate, 60, ""),
    "fpdf2, one file, simple border": (fpdf2, 100, "fpdf"),
    "WeasyPrint, one file, simple border": (weasyprint, 100, "weasyprint"),
    "Typst, one file, words and a frame": (typst, 1200, "typst"),
    "Typst, one file, the same page": (typst_whole, 1200, "typst"),
}


def table() -> Iterator[str]:
    """The measurements as lines, as they come."""
    yield f"Certificates with ornament and QR code, {ROUNDS} rounds, median; {os.cpu_count()} cores"
    yield f"{'way':<42}{'pages':>7}{'per second':>12}{'peak MB':>9}{'KB/page':>9}"
    rates: dict[str, float] = {}
    failed: list[str] = []
    for name, (_act, count, package) in WAYS.items():
        if package and importlib.util.find_spec(package) is None:
            yield f"{name:<42}  skipped: {package} is not installed"
            continue
        try:
            found = [_measured(name) for _ in range(ROUNDS)]
        except RuntimeError as error:
            failed.append(name)
            yield f"{name:<42}  failed: {error}"
            continue
        seconds, memory, size = (statistics.median(column) for column in zip(*found, strict=True))
        rates[name] = count / seconds
        yield f"{name:<42}{count:>7}{rates[name]:>12.0f}{memory:>9.0f}{size / count:>9.1f}"
    for mine, other in (
        ("ours, one file", "ReportLab drawn page by page, one file"),
        ("ours, a file each", "ReportLab page by page, a file each"),
        ("ours, one file", "fpdf2, one file, simple border"),
        ("ours, one file", "WeasyPrint, one file, simple border"),
        ("ours, one file", "Typst, one file, words and a frame"),
        ("ours, one file", "Typst, one file, the same page"),
    ):
        if mine in rates and other in rates:
            yield f"{mine} is {rates[mine] / rates[other]:.1f} times “{other}”"

    if failed:
        raise RuntimeError(f"not measured: {', '.join(failed)}")


def _measured(name: str) -> tuple[float, float, float]:
    """Seconds, peak memory in MB and size in KB of one run in a process of its own; RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "tests.benchmarks.certificates", name, folder]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError((done.stderr.splitlines() or [f"exit code {done.returncode}"])[-1])
        seconds, memory = map(float, done.stdout.split()[-2:])
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.pdf")) / 1024
        return seconds, memory, size


def _run(name: str, folder: str) -> None:
    act, count, _package = WAYS[name]
    began = time.perf_counter()
    act(Path(folder), count)
    print(time.perf_counter() - began, _peak() / _MEGABYTE)


def _peak() -> float:
    """Peak memory of this program in KB; what the process that started it had is not counted where that is known."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (each for each in status.read_text().splitlines() if each.startswith("VmHWM:"))
        return float(line.split()[1])
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    _run(*sys.argv[1:])
