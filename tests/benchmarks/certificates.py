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
from collections.abc import Callable, Iterator
from pathlib import Path

from exports.certificates.batch import Certificate, Means, fonts_of, print_batch
from exports.certificates.qr import stencil
from exports.certificates.separate import print_separately
from exports.certificates.template import load_template

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
    from exports.certificates.page import Ground, Side, naming

    template = load_template("party-merit")
    ground = Ground(fonts_of(template, Means(families=FONTS)))
    drawing.stencil = _segno_stencil  # type: ignore[attr-defined]  # the library in place of ours
    canvas = Canvas(str(out), pagesize=(842, 595), pageCompression=1)
    for each in certificates:
        assert template.ornament is not None
        draw_ornament(canvas, template.ornament, 297, 210)
        for placed in Side(template.elements, ground, template.flows).settle(each.fields, naming(each.id)):
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
#set page(paper: "a4", flipped: true, margin: 0mm, background: image("border.svg", width: 297mm))
#set text(font: "Noto Serif", hyphenate: false)
#let shrunk(words, size, floor, width) = context {
  let tried = size
  while tried > floor and measure(text(tried, words)).width > width { tried -= 0.25pt }
  text(tried, words)
}
#for each in json("people.json") {
  let plain = ((22mm, each.issuer), (28mm, each.decision_number), (50mm, [GIẤY KHEN]), (62mm, each.address_form))
  for (y, words) in plain {
    place(top + center, dy: y, text(16pt, words))
  }
  place(top + center, dy: 75mm, shrunk(each.name, 28pt, 18pt, 217mm))
  place(top + center, dy: 90mm, shrunk(each.unit, 16pt, 11pt, 217mm))
  place(top + center, dy: 100mm, block(width: 217mm, text(16pt, each.citation)))
  place(top + center, dy: 140mm, text(13pt, each.place_date))
  place(top + center, dy: 185mm, text(14pt, each.signer_name))
  place(top + left, dx: 31mm, dy: 140mm, text(12pt, each.register_number))
  place(top + left, dx: 31mm, dy: 165mm, image(bytes(each.drawn), format: "svg", width: 24mm))
  pagebreak(weak: true)
}
"""


def typst(folder: Path, count: int) -> None:
    """Typst, which is compiled: the same words and a simple border."""
    _typst(folder, _TYPST, [dict(each.fields) for each in people(count)])


def typst_whole(folder: Path, count: int) -> None:
    """Typst with what a certificate needs: a border of lines, shrinking to fit, and the codes, which are made by us."""
    lines = "".join(
        f'<path d="M{a:g} {b:g}L{c:g} {d:g}" stroke="#a8201a" stroke-width=".2"/>' for a, b, c, d in _border()
    )
    (folder / "border.svg").write_text(f'<svg xmlns="{_SVG}" viewBox="0 0 297 210">{lines}</svg>', "utf-8")
    _typst(folder, _TYPST_WHOLE, [{**each.fields, "drawn": _drawn(each.fields["code"])} for each in people(count)])


def _drawn(content: str) -> str:
    """A code as SVG: a path over the runs of dark modules."""
    size, packed = stencil(content)
    wide = len(packed) // size
    rows = (f"{int.from_bytes(packed[row * wide : row * wide + wide]):0{wide * 8}b}" for row in range(size))
    runs = ((row, run) for row, digits in enumerate(rows) for run in re.finditer("1+", digits))
    path = "".join(f"M{run.start()} {row}h{run.end() - run.start()}v1h-{run.end() - run.start()}z" for row, run in runs)
    return f'<svg xmlns="{_SVG}" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _typst(folder: Path, design: str, records: list[dict[str, str]]) -> None:
    import json

    import fontpkg
    import typst as compiler

    source = folder / "pages.typ"
    fonts = [str(Path(fontpkg.path("noto-serif", 400, "normal")).parent)]
    (folder / "people.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    source.write_text(design, "utf-8")
    compiler.compile(str(source), output=str(folder / "typst.pdf"), font_paths=fonts)


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
    "Typst, one file, border, fitting and codes": (typst_whole, 1200, "typst"),
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
        ("ours, one file", "Typst, one file, border, fitting and codes"),
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
