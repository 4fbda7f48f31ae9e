"""Papers that somebody made to mislead, or to keep the program busy: one sentence each."""

from __future__ import annotations

import os
import re
import struct
import zlib
from pathlib import Path

import pypdf
import pytest
import segno
from PIL import Image

from tests.exports.conftest import words_of
from tests.tui.cli.conftest import Run


@pytest.fixture
def printed(book: Path, roster_file: Path, run: Run, tmp_path: Path) -> Path:
    """A book, and beside it `o.pdf` with the certificates of two people."""
    run("roster", "import", roster_file, "--book", book, "--role", "reporter", "--level", "commune")
    people = [each["id"] for each in run("roster", "list", "--book", book)[1]["people"]]
    run(
        *("award", "decide", "--book", book, "--number", "12-QĐ/BTG", "--day", "2026-10-05"),
        *("--prize", "party-merit-year", "--people", ",".join(people[:2]), "--citation", "Đã có thành tích xuất sắc"),
        *("--from", "2026-01-01", "--to", "2026-09-30", "--signer-mode", "T/M", "--signer-name", "Trần Văn Mẫu"),
    )
    words = ("certificate", "print", "--book", book, "--decision", "12-QĐ/BTG", "--out", tmp_path / "o.pdf")
    assert run(*words)[0] == 0
    return book


def picture(pdf: Path, out: Path, dots: int = 150) -> Path:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=dots / 72).to_pil().convert("RGB")
    document.close()
    page.save(out)
    return out


def said(run: Run, book: Path, paper: Path) -> tuple[int, str]:
    """The exit code, and the one sentence: of the error, or the only reason."""
    code, told = run("certificate", "verify", "--book", book, paper)
    if "error" in told:
        return code, told["error"]["what"]
    (row,) = told["results"]
    return code, row["reason"]


def test_a_pdf_of_many_pages_without_a_code_is_not_looked_through(printed: Path, run: Run, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(2_000):
        writer.add_blank_page(200, 200)
    writer.write(tmp_path / "many.pdf")
    code, told = said(run, printed, tmp_path / "many.pdf")
    assert (code, "more than 500 pages without a code" in told) == (2, True), told


def test_a_batch_of_many_pages_with_codes_is_read_whole(printed: Path, run: Run, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    pages = pypdf.PdfReader(tmp_path / "o.pdf").pages
    for _ in range(251):
        for page in pages:
            writer.add_page(page)
    writer.write(tmp_path / "batch.pdf")
    code, told = run("certificate", "verify", "--book", printed, tmp_path / "batch.pdf")
    assert (code, len(told["results"])) == (0, 502)  # of a file that has no codes 500 pages are looked at


def test_a_locked_pdf_says_that_it_is_locked(printed: Path, run: Run, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=tmp_path / "o.pdf")
    writer.encrypt("mật khẩu")
    writer.write(tmp_path / "locked.pdf")
    code, told = said(run, printed, tmp_path / "locked.pdf")
    assert (code, "locked with a password" in told) == (2, True), told


def test_a_page_with_thousands_of_codes_or_words_is_no_certificate(printed: Path, run: Run, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    for name, words in (("codes", "SV2|1 "), ("words", "lorem ")):
        canvas = Canvas(str(tmp_path / f"{name}.pdf"))
        canvas.setFont("Helvetica", 1)
        for row in range(400):
            canvas.drawString(10, 10 + row * 2, words * 40)
        canvas.save()
        code, told = said(run, printed, tmp_path / f"{name}.pdf")
        assert (code, "more on it than any certificate" in told) == (2, True), told


@pytest.mark.parametrize("what", ["name", "digit", "cut", "letter"])
def test_another_name_or_a_changed_code_is_altered_or_unknown(
    what: str, printed: Path, run: Run, tmp_path: Path
) -> None:
    text = words_of(tmp_path / "o.pdf")[0]
    (code,) = re.findall(r"SV2\|[0-9]+", text)
    if what == "name":
        from exports.certificates.batch import Certificate, print_batch
        from exports.certificates.template import load_template
        from tests.exports.conftest import fields

        forged = print_batch(load_template("party-merit"), [Certificate("1", fields(code=code))], tmp_path / "f.pdf")
        state, reason = said(run, printed, forged.path)
        assert (state, "does not stand on the page" in reason) == (1, True), reason
        return
    for place in range(6, len(code) - 1, 37):
        digit = str((int(code[place]) + 1) % 10)
        changed = {
            "digit": code[:place] + digit + code[place + 1 :],
            "cut": code[:place],
            "letter": code[:place] + "O" + code[place + 1 :],
        }[what]
        state, told = run("certificate", "verify", "--book", printed, changed)
        sentence = told["error"]["what"] if "error" in told else told["results"][0]["reason"]
        assert state in (1, 2), changed
        assert sentence
        if "results" in told:
            assert [each["verdict"] for each in told["results"]] in (["altered"], ["unknown"])


def _black(path: Path, width: int, height: int) -> None:
    """A whole picture in black and white, each pixel a bit; written at once, as Pillow takes seconds for it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(bytes((1 + (width + 7) // 8) * height), 1))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b""))


def test_a_picture_of_30_000_by_30_000_is_too_large(
    printed: Path, run: Run, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    _black(tmp_path / "huge.png", 30_000, 30_000)
    _black(tmp_path / "large.png", 10_000, 12_500)
    for name in ("huge.png", "large.png"):
        code, told = said(run, printed, tmp_path / name)
        assert (code, "too large" in told) == (2, True), told
    assert not [each for each in recwarn if "Decompression" in each.category.__name__]


def test_a_moving_picture_is_refused_and_a_scan_of_several_pages_is_read(
    printed: Path, run: Run, tmp_path: Path
) -> None:
    with Image.open(picture(tmp_path / "o.pdf", tmp_path / "page.png")) as page:
        frames = [page.convert("L"), page.convert("L").rotate(180)]
    for name in ("a.png", "a.webp"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        code, told = said(run, printed, tmp_path / name)
        assert (code, "moving picture" in told) == (2, True), told
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    code, told = run("certificate", "verify", "--book", printed, tmp_path / "a.tif")
    assert (code, [each["page"] for each in told["results"]]) == (0, [1, 2]), [
        each["reason"] for each in told["results"]
    ]


@pytest.mark.parametrize("turn", [3, 6, 8])
def test_a_photo_that_the_telephone_turns_by_a_mark_is_read(turn: int, printed: Path, run: Run, tmp_path: Path) -> None:
    with Image.open(picture(tmp_path / "o.pdf", tmp_path / "page.png")) as page:
        exif = Image.Exif()
        exif[0x0112] = turn
        page.save(tmp_path / "photo.jpg", exif=exif, quality=85)
    code, told = run("certificate", "verify", "--book", printed, tmp_path / "photo.jpg")
    assert (code, [each["verdict"] for each in told["results"]]) == (0, ["genuine"])


def test_a_code_of_another_system_is_named_as_such(printed: Path, run: Run, tmp_path: Path) -> None:
    segno.make_qr("https://example.org/verify?id=1").save(str(tmp_path / "other.png"), scale=8)
    code, told = said(run, printed, tmp_path / "other.png")
    assert (code, "another system" in told) == (1, True), told
    Image.new("L", (400, 400), 255).save(tmp_path / "white.png")
    assert "No code" in said(run, printed, tmp_path / "white.png")[1]
    with (
        Image.open(picture(tmp_path / "o.pdf", tmp_path / "page.png")) as page,
        Image.open(tmp_path / "other.png") as qr,
    ):
        page.paste(qr.convert("RGB"), (1000, 400))
        page.save(tmp_path / "both.png")
    code, reason = said(run, printed, tmp_path / "both.png")
    assert (code, "another system" in reason) == (0, False), "the certificate's own code is what counts"


def test_a_folder_with_loops_of_links_and_a_thousand_files_is_read_once(
    printed: Path, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "own.pdf").write_bytes((tmp_path / "o.pdf").read_bytes())
    for number in range(1000):
        (folder / f"{number:04d}.txt").write_text("x", "utf-8")
    (folder / "loop").symlink_to(folder)
    (folder / "a.pdf").symlink_to(folder / "b.pdf")
    (folder / "b.pdf").symlink_to(folder / "a.pdf")
    (folder / "zero.pdf").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.pdf")
    code, told = run("certificate", "verify", "--book", printed, folder)
    assert (code, len(told["results"])) == (0, 2), told["results"]
    assert len(told["skipped"]) == 1005
