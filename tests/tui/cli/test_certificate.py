"""Certificates by the command line: printed, noted, verified, lined up; refused without a trace."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

import main
from config.errors import BookError
from config.text import t
from records.domain.awards.awards import Issue
from records.services.awards import decisions
from records.store.book import Book
from tests.tui.cli.conftest import Run


@pytest.fixture
def decided(book: Path, roster_file: Path, run: Run) -> Path:
    """A book with a decision for two people."""
    run("roster", "import", roster_file, "--book", book, "--role", "reporter", "--level", "commune")
    people = [each["id"] for each in run("roster", "list", "--book", book)[1]["people"]]
    code, _ = run(
        *("award", "decide", "--book", book, "--number", "12-QĐ/BTG", "--day", "2026-10-05"),
        *("--prize", "party-merit-year", "--people", ",".join(people[:2]), "--citation", "Đã có thành tích xuất sắc"),
        *("--from", "2026-01-01", "--to", "2026-09-30", "--signer-mode", "T/M", "--signer-name", "Trần Văn Mẫu"),
    )
    assert code == 0
    return book


def test_what_is_printed_is_genuine_until_a_letter_is_changed(decided: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "o.pdf"
    code, printed = run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    assert (code, printed["count"], printed["template"]) == (0, 2, "party-merit")
    code, found = run("certificate", "verify", "--book", decided, out)
    assert code == 0
    assert [each["verdict"] for each in found["results"]] == ["genuine", "genuine"]
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG BAN XÂY DỰNG ĐẢNG" in " ".join(text.split())
    assert text.count("PHAN ĐÌNH PHÙNG") == 1
    assert "Tặng đồng chí" in text
    code_line = next(line.split()[0] for line in text.splitlines() if line.startswith("SV2|"))
    assert run("certificate", "verify", "--book", decided, code_line)[0] == 0
    assert run("certificate", "verify", "--book", decided, code_line.replace("1", "2"))[0] == 1


def test_a_forged_page_is_found_out(decided: Path, run: Run, tmp_path: Path) -> None:
    from exports.certificates.batch import Certificate, print_batch
    from exports.certificates.template import load_template
    from tests.exports.conftest import fields

    out, forged = tmp_path / "o.pdf", tmp_path / "forged.pdf"
    run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    seal = next(line.split()[0] for line in text.splitlines() if line.startswith("SV2|"))
    print_batch(load_template("party-merit"), [Certificate("1", fields(code=seal, name="Kẻ Giả Mạo"))], forged)
    code, found = run("certificate", "verify", "--book", decided, forged)
    assert code == 1
    assert found["results"][0]["verdict"] == "altered"


def _codes(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = [
        line.split()[0]  # a reader of PDF may put the short code behind it on the same line
        for page in document
        for line in page.get_textpage().get_text_bounded().splitlines()
        if line.startswith("SV2|")
    ]
    document.close()
    return found


@pytest.mark.parametrize("codes", [(0, 0), (0, 1)])
def test_more_codes_on_a_forged_page_do_not_make_it_genuine(
    decided: Path, run: Run, tmp_path: Path, codes: tuple[int, ...]
) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out, forged = tmp_path / "o.pdf", tmp_path / "forged.pdf"
    run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    known = _codes(out)
    canvas = Canvas(str(forged))
    for line, text in enumerate(["GIAY KHEN: KE GIA MAO", *(known[each] for each in codes)]):
        canvas.drawString(20, 700 - 20 * line, text.replace("Đ", "D") if not line else text)
    canvas.save()
    code, found = run("certificate", "verify", "--book", decided, forged)
    assert code == 1
    assert "genuine" not in {each["verdict"] for each in found["results"]}


def _printed(decided: Path, run: Run, out: Path) -> Path:
    code, told = run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    assert code == 0, told
    return out


def _keyed(decided: Path, run: Run, key: Path) -> Path:
    assert run("certificate", "key", "--book", decided, "--out", key)[0] == 0
    return key


def _scan(pdf: Path, out: Path, *, page: int = 0, turn: float = 2, noise: float = 20) -> Path:
    """A page as a scanner at 150 dots per inch sees it: turned, and with noise."""
    from PIL import Image, ImageChops

    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=150 / 72).to_pil().convert("L")
    document.close()
    turned = picture.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grain = Image.effect_noise(turned.size, noise * 2)
    ImageChops.add(turned, grain, offset=-128).convert("RGB").save(out)
    return out


def test_with_the_key_alone_the_words_are_told_and_who_signed_them(decided: Path, run: Run, tmp_path: Path) -> None:
    out, key = _printed(decided, run, tmp_path / "o.pdf"), _keyed(decided, run, tmp_path / "tn.pub")
    assert run("certificate", "key", "--book", decided, "--out", key)[0] == 2, "what is there already stays"
    # No book is asked: there is none.
    code, found = run("certificate", "verify", "--book", tmp_path / "none", out, "--key", key)
    assert code == 0, found
    assert [(each["page"], each["verdict"], each["name"]) for each in found["results"]] == [
        (1, "genuine", "Lê Thị Ví Dụ"),
        (2, "genuine", "Nguyễn Văn Mẫu"),
    ]
    for each in found["results"]:
        assert each["number"] == "12-QĐ/BTG"
        assert each["citation"] == "Đã có thành tích xuất sắc"
        assert each["issuer"]
        assert each["issuer"] in each["reason"]
    assert run("certificate", "verify", "--book", tmp_path / "none", _codes(out)[0], "--key", key)[0] == 0


@pytest.mark.parametrize("changed", [{"name": "Kẻ Giả Mạo"}, {"citation": "Đã đứng đầu"}, {"unit": "Tổ 9"}])
def test_with_the_key_alone_changed_words_are_found(
    decided: Path, run: Run, tmp_path: Path, changed: dict[str, str]
) -> None:
    from exports.certificates.batch import Certificate, print_batch
    from exports.certificates.template import load_template
    from tests.exports.conftest import fields

    out, key = _printed(decided, run, tmp_path / "o.pdf"), _keyed(decided, run, tmp_path / "tn.pub")
    said = {
        "name": "Lê Thị Ví Dụ",
        "unit": "Tổ dân phố Túc Duyên",
        "citation": "Đã có thành tích xuất sắc",
        "decision_number": "12-QĐ/BTG",
        "register_number": "1/2026",
        "code": _codes(out)[0],
    }
    unit = run("roster", "list", "--book", decided)[1]["people"][0]["unit"]
    for more, verdict in (({}, "genuine"), (changed, "altered")):
        forged = tmp_path / f"{verdict}.pdf"
        print_batch(load_template("party-merit"), [Certificate("1", fields(**{**said, "unit": unit, **more}))], forged)
        found = run("certificate", "verify", "--book", tmp_path / "none", forged, "--key", key)[1]["results"]
        assert [each["verdict"] for each in found] == [verdict], found
        assert found[0]["name"] == "Lê Thị Ví Dụ", "what was signed is told all the same"


def test_scans_are_read_turned_and_noisy_and_a_folder_of_them(decided: Path, run: Run, tmp_path: Path) -> None:
    out = _printed(decided, run, tmp_path / "o.pdf")
    scans = tmp_path / "scans"
    scans.mkdir()
    _scan(out, scans / "a.png")
    _scan(out, scans / "b.JPG", page=1, turn=-2, noise=12)
    _scan(out, scans / "c.pdf", turn=88)
    (scans / "d.png").write_bytes(b"no picture")
    (scans / "notes.txt").write_text("not read")
    code, found = run("certificate", "verify", "--book", decided, scans)
    assert code == 1, "one of them cannot be read"
    assert found["skipped"] == ["notes.txt"]
    assert [(each["file"], each["verdict"], each["name"]) for each in found["results"]] == [
        ("a.png", "genuine", "Lê Thị Ví Dụ"),
        ("b.JPG", "genuine", "Nguyễn Văn Mẫu"),
        ("c.pdf", "genuine", "Lê Thị Ví Dụ"),
        ("d.png", "unknown", ""),
    ]
    assert "d.png" in found["results"][3]["reason"]
    assert "compared" in found["results"][0]["reason"], "a picture's words are left to eyes"
    assert run("certificate", "verify", "--book", decided, scans / "a.png")[0] == 0
    key = _keyed(decided, run, tmp_path / "tn.pub")
    code, found = run("certificate", "verify", "--book", tmp_path / "none", scans / "b.JPG", "--key", key)
    assert (code, found["results"][0]["name"]) == (0, "Nguyễn Văn Mẫu")


def test_several_codes_on_a_scan_have_a_verdict_each(decided: Path, run: Run, tmp_path: Path) -> None:
    signer = ("--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu")
    cards = tmp_path / "cards.pdf"
    assert run("certificate", "print", "--book", decided, "--cards", "--out", cards, *signer)[0] == 0
    back = _scan(cards, tmp_path / "back.png", page=1, turn=1, noise=5)
    code, found = run("certificate", "verify", "--book", decided, back)
    assert code == 0, found
    assert len({each["name"] for each in found["results"]}) == len(found["results"]) >= 2


def test_bad_papers_are_a_sentence(decided: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.png").write_bytes(b"")
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 no")
    for what, says in (("empty", "no PDF"), ("x.png", "picture"), ("x.pdf", "PDF"), ("none.jpg", "none.jpg")):
        code, told = run("certificate", "verify", "--book", decided, tmp_path / what)
        assert (code, says in told["error"]["what"]) == (2, True), told
    code, told = run("certificate", "verify", "--book", decided, "ABCD-EFGH-JKLM")
    assert (code, "letter" in told["error"]["what"]) == (2, True)


def _shorts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.findall(r"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}", text)


def test_the_short_code_is_answered_by_the_book_or_a_signed_list(decided: Path, run: Run, tmp_path: Path) -> None:
    out, key = _printed(decided, run, tmp_path / "o.pdf"), _keyed(decided, run, tmp_path / "tn.pub")
    first, second = _shorts(out)
    code, found = run("certificate", "verify", "--book", decided, second.lower().replace("-", " "))
    assert (code, found["results"][0]["name"], found["results"][0]["verdict"]) == (0, "Nguyễn Văn Mẫu", "genuine")
    listed = tmp_path / "list.txt"
    code, told = run("certificate", "list", "--book", decided, "--out", listed)
    assert (code, told["rows"]) == (0, 2)
    alone = ("certificate", "verify", "--book", tmp_path / "none", "--key", key)
    code, found = run(*alone, first)
    assert (code, found["results"][0]["verdict"]) == (1, "unknown")
    code, found = run(*alone, first, "--list", listed)
    told = found["results"][0]
    assert (code, told["verdict"], told["name"], told["number"]) == (0, "genuine", "Lê Thị Ví Dụ", "12-QĐ/BTG")
    assert told["issuer"]
    listed.write_text(listed.read_text(encoding="utf-8").replace("Lê Thị Ví Dụ", "Kẻ Giả Mạo"), encoding="utf-8")
    code, found = run(*alone, first, "--list", listed)
    assert (code, "changed" in found["error"]["what"]) == (2, True)


def test_a_list_of_revocations_is_handed_out_and_heeded(decided: Path, run: Run, tmp_path: Path) -> None:
    out, key = _printed(decided, run, tmp_path / "o.pdf"), _keyed(decided, run, tmp_path / "tn.pub")
    revoked = tmp_path / "revoked.txt"
    words = ("--number", "13-QĐ/BTG", "--day", "2026-11-20", "--name", "Lê Thị Đúng")
    assert run("award", "correct", "--book", decided, "TN-G-00001", *words)[0] == 0
    code, told = run("certificate", "list", "--book", decided, "--out", revoked, "--revocations")
    assert (code, told["rows"]) == (0, 1)
    assert "Lê" not in revoked.read_text(encoding="utf-8"), "who holds the paper has the name"
    alone = ("certificate", "verify", "--book", tmp_path / "none", "--key", key, out)
    assert [each["verdict"] for each in run(*alone)[1]["results"]] == ["genuine", "genuine"]
    code, found = run(*alone, "--revocations", revoked)
    assert (code, [each["verdict"] for each in found["results"]]) == (1, ["replaced", "genuine"])
    code, found = run(*alone, "--list", revoked)
    assert (code, "another kind" in found["error"]["what"]) == (2, True)
    for content in (b"", b"SVL1\t", revoked.read_bytes()[:-20]):
        (tmp_path / "bad.txt").write_bytes(content)
        assert run(*alone, "--revocations", tmp_path / "bad.txt")[0] == 2


def test_a_page_without_a_code_among_genuine_ones_is_told(decided: Path, run: Run, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out, key = _printed(decided, run, tmp_path / "o.pdf"), _keyed(decided, run, tmp_path / "tn.pub")
    canvas = Canvas(str(tmp_path / "forged.pdf"))
    canvas.drawString(20, 700, "GIAY KHEN: KE GIA MAO")
    canvas.save()
    mixed, source = pypdfium2.PdfDocument(out), pypdfium2.PdfDocument(tmp_path / "forged.pdf")
    mixed.import_pages(source, [0], index=1)
    mixed.save(tmp_path / "mixed.pdf")
    mixed.close()
    source.close()
    for more in (("--book", decided), ("--book", tmp_path / "none", "--key", key)):
        code, found = run("certificate", "verify", *more, tmp_path / "mixed.pdf")
        assert code == 1
        told = [(each["page"], each["verdict"]) for each in found["results"]]
        assert told == [(1, "genuine"), (2, "unknown"), (3, "genuine")]
    signer = ("--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu")
    cards = tmp_path / "cards.pdf"
    run("certificate", "print", "--book", decided, "--cards", "--out", cards, *signer)
    code, found = run("certificate", "verify", "--book", tmp_path / "none", "--key", key, cards)
    assert (code, {each["page"] for each in found["results"]}) == (0, {2}), "the front of a card has none"


def test_a_file_that_only_says_the_same_words_is_not_taken_for_the_one_printed(
    decided: Path, run: Run, tmp_path: Path
) -> None:
    out, other = _printed(decided, run, tmp_path / "o.pdf"), tmp_path / "other.pdf"
    other.write_bytes(out.read_bytes() + b"\n")
    for path, told in ((out, False), (other, True)):
        code, found = run("certificate", "verify", "--book", decided, path)
        assert (code, ["very file" in each["reason"] for each in found["results"]]) == (0, [told, told])


def test_a_page_with_the_short_code_of_another_is_altered(decided: Path, run: Run, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = _printed(decided, run, tmp_path / "o.pdf")
    canvas = Canvas(str(tmp_path / "forged.pdf"))
    canvas.setFont("Helvetica", 3)
    canvas.drawString(20, 700, _codes(out)[0])
    canvas.drawString(20, 680, _shorts(out)[1])
    canvas.save()
    found = run("certificate", "verify", "--book", decided, tmp_path / "forged.pdf")[1]["results"]
    assert (found[0]["verdict"], _shorts(out)[1] in found[0]["reason"]) == ("altered", True)


def test_a_certificate_that_a_correction_replaced_is_no_longer_in_force(
    decided: Path, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "o.pdf"
    run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    words = ("--number", "13-QĐ/BTG", "--day", "2026-11-20", "--name", "Nguyễn Văn Đúng")
    code, told = run("award", "correct", "--book", decided, "TN-G-00001", *words)
    assert code == 0, told
    states = [each["verdict"] for each in run("certificate", "verify", "--book", decided, out)[1]["results"]]
    assert states == ["replaced", "genuine"]


def test_a_second_original_needs_a_yes_and_is_marked(decided: Path, run: Run, tmp_path: Path) -> None:
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG")
    assert run(*words, "--out", tmp_path / "a.pdf")[0] == 0
    code, told = run(*words, "--out", tmp_path / "b.pdf")
    assert code == 1
    assert "--reissue" in told["error"]["do"]
    assert not (tmp_path / "b.pdf").exists()
    assert run(*words, "--folder", tmp_path / "each", "--reissue")[0] == 0
    files = sorted((tmp_path / "each").iterdir())
    assert len(files) == 2
    document = pypdfium2.PdfDocument(files[0])
    assert "RE-ISSUED" in document[0].get_textpage().get_text_bounded()
    document.close()
    assert run("certificate", "verify", "--book", decided, files[0])[1]["results"][0]["verdict"] == "genuine"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--decision", "99-QĐ/BTG"), 2),
        (("--decision", "12-QĐ/BTG", "--template", "state-merit"), 1),
        (("--decision", "12-QĐ/BTG", "--template", "none"), 2),
        (("--decision", "12-QĐ/BTG", "--blank", "none"), 2),
        (("--decision", "12-QĐ/BTG", "--sign-with", "none.p12"), 2),
        (("--awards", "TN-G-99999"), 2),
        (("--course", "TN-E-99999"), 2),
        (("--cards", "TN-P-99999"), 2),
    ],
)
def test_what_cannot_be_printed_is_a_sentence_and_leaves_nothing(
    decided: Path, run: Run, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    out = tmp_path / "o.pdf"
    found, told = run("certificate", "print", "--book", decided, *words, "--out", out)
    assert found == code
    assert told["error"]["what"]
    assert told["error"]["do"]
    assert not list(tmp_path.glob("*.pdf"))
    assert not list(tmp_path.glob(".*part"))


def test_cards_of_reporters_are_printed_and_verified(decided: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "cards.pdf"
    code, told = run("certificate", "print", "--book", decided, "--cards", "--out", out)
    assert (code, out.exists(), told["error"]["what"]) == (2, False, "Nobody is named who signs")
    signer = ("--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu")
    code, printed = run("certificate", "print", "--book", decided, "--cards", "--out", out, *signer)
    assert code == 0
    assert printed["template"] == "reporter-card"
    assert printed["to_confirm"] is True
    code, found = run("certificate", "verify", "--book", decided, out)
    assert code == 0
    assert len(found["results"]) == printed["count"] >= 2
    again = tmp_path / "again.pdf"
    assert run("certificate", "print", "--book", decided, "--cards", "--out", again, *signer)[0] == 1
    assert run("certificate", "print", "--book", decided, "--cards", "--out", again, "--reissue", *signer)[0] == 0
    document = pypdfium2.PdfDocument(again)
    assert document[0].get_textpage().get_text_bounded().count("RE-ISSUED") == printed["count"]
    document.close()


def test_a_blank_is_lined_up_and_printed_on(decided: Path, run: Run, tmp_path: Path) -> None:
    words = ("certificate", "calibrate", "--book", decided)
    code, _ = run(
        *(*words, "--name", "HP", "--right", "1,5", "--down=-2", "--box", "body=0,1"),
        *("--ruler", tmp_path / "ruler.pdf", "--test", tmp_path / "test.pdf"),
    )
    assert code == 0
    assert (tmp_path / "ruler.pdf").exists()
    assert (tmp_path / "test.pdf").exists()
    assert run(*words)[1]["profiles"] == ["HP"]
    assert run(*words, "--name", "HP", "--box", "heading=1,1")[0] == 2
    assert run(*words, "--name", "HP", "--right", "x")[0] == 2
    assert run(*words, "--name", "Canon", "--ruler", tmp_path / "ruler.pdf")[0] == 2
    assert run(*words)[1]["profiles"] == ["HP"]
    out = tmp_path / "o.pdf"
    onto = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--blank", "HP")
    assert run(*onto, "--out", out)[0] == 0
    document = pypdfium2.PdfDocument(out)
    assert "GIẤY KHEN" not in document[0].get_textpage().get_text_bounded()
    document.close()
    assert run("certificate", "verify", "--book", decided, out)[0] == 0


def test_templates_are_listed_and_one_can_be_checked(run: Run, book: Path, tmp_path: Path) -> None:
    code, found = run("certificate", "templates", "--book", book)
    assert code == 0
    assert {"party-merit", "state-merit", "reporter-card"} <= {each["id"] for each in found["templates"]}
    wrong = tmp_path / "mine.yaml"
    wrong.write_text(
        "id: mine\ntitle: {vi: a, en: b}\nform: none\npaper: a4\nelements: [{kind: txt, id: a}]\n", "utf-8"
    )
    code, told = run("certificate", "templates", "--check", wrong)
    assert code == 2
    assert "line 5" in told["error"]["where"]


def test_every_shipped_text_can_have_its_size_and_one_that_cannot_is_named(
    run: Run, book: Path, tmp_path: Path
) -> None:
    code, found = run("certificate", "templates", "--check", "--book", book)
    assert (code, found["texts"], found["words"]) == (0, [], [])
    assert {"party-merit", "party-merit-400x300", "reporter-card"} <= set(found["templates"])
    own = book / "config" / "certificates"
    own.mkdir(parents=True)
    element = "{kind: text, id: name, box: [10, 10, 20, 8], text: '{name}', size: 30, floor: 9}"
    words = f"id: mine\ntitle: {{vi: a, en: b}}\nform: party\npaper: a4\nelements: [{element}]\n"
    (own / "mine.yaml").write_text(words, "utf-8")
    code, found = run("certificate", "templates", "--check", "--book", book)
    wrong = [{"template": "mine", "text": "name", "needs": 13.76, "room": 8, "what": "height"}]
    wrong += [{"template": "mine", "text": "name", "needs": 12, "room": 9, "what": "floor"}]
    assert (code, found["texts"]) == (1, wrong)
    assert run("certificate", "templates", "--check", own / "mine.yaml")[1]["texts"] == wrong
    unfit = [(each["template"], each["sample"].split()[-1]) for each in found["words"]]
    assert unfit == [("mine", "signers"), ("mine", "600"), ("mine", "600")]
    assert "does not fit “name”" in found["words"][1]["why"]
    assert any("“name”" in each for each in run("config", "check", "--book", book)[1]["notices"])


def test_a_variant_is_printed_and_verified_by_its_own_name(decided: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "o.pdf"
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--template", "party-merit-a3")
    code, printed = run(*words, "--out", out)
    assert (code, printed["template"]) == (0, "party-merit-a3")
    document = pypdfium2.PdfDocument(out)
    assert [round(side) for side in document[0].get_size()] == [1191, 842]
    document.close()
    assert run("certificate", "verify", "--book", decided, out)[0] == 0


def test_the_others_are_printed_only_after_a_yes_and_who_was_left_out_is_named(
    decided: Path, run: Run, tmp_path: Path
) -> None:
    people = [each["id"] for each in run("roster", "list", "--book", decided)[1]["people"]][:2]
    long = "Đã có thành tích xuất sắc " * 60
    made = ("award", "decide", "--book", decided, "--number", "14-QĐ/BTG", "--day", "2026-10-06")
    told = ("--prize", "party-merit-year", "--from", "2025-01-01", "--to", "2025-12-31", "--signer-name", "Người Ký")
    assert run(*made, *told, "--people", people[0], "--citation", long)[0] == 0
    ids = [f"TN-G-{number:05d}" for number in (1, 2, 3)]
    out = tmp_path / "o.pdf"
    words = ("certificate", "print", "--book", decided, "--awards", ",".join(ids), "--out", out)
    code, found = run(*words)
    assert (code, out.exists()) == (2, False)
    assert found["error"]["what"].startswith("1 certificates are at fault")
    assert "does not fit “citation”" in found["error"]["what"]
    assert "other 2" in found["error"]["do"]
    code, found = run(*words, "--yes")
    assert (code, found["count"], len(found["left_out"])) == (0, 2, 1)
    assert run("certificate", "verify", "--book", decided, out)[0] == 0
    bad = found["left_out"][0]["id"]
    alone = ("certificate", "print", "--book", decided, "--awards", bad, "--out", tmp_path / "b.pdf", "--yes")
    assert run(*alone)[0] == 2, "of one that is at fault nothing is left to print"


def test_what_nobody_signs_never_leaves_without_a_word(decided: Path, run: Run, tmp_path: Path) -> None:
    people = [each["id"] for each in run("roster", "list", "--book", decided)[1]["people"]][:1]
    made = ("award", "decide", "--book", decided, "--number", "15-QĐ/BTG", "--day", "2026-10-06", "--people", people[0])
    told = ("--prize", "party-merit-year", "--from", "2025-01-01", "--to", "2025-12-31", "--citation", "Có thành tích")
    assert run(*made, *told)[0] == 0
    out = tmp_path / "o.pdf"
    words = ("certificate", "print", "--book", decided, "--decision", "15-QĐ/BTG", "--out", out)
    code, found = run(*words)
    assert (code, out.exists(), len(found["warnings"])) == (0, True, 1)
    assert "name nobody who signs: " in found["warnings"][0]
    code, found = run(*words[:-1], tmp_path / "again.pdf", "--reissue", "--unsigned")
    assert (code, found["warnings"]) == (0, [])


def test_a_spoilt_sheet_is_printed_again_as_it_was_and_noted(decided: Path, run: Run, tmp_path: Path) -> None:
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG")
    code, found = run(*words, "--out", tmp_path / "a.pdf", "--spoilt", "kẹt giấy")
    assert (code, found["error"]["do"]) == (2, "print it without --spoilt")
    assert run(*words, "--out", tmp_path / "a.pdf")[0] == 0
    assert run(*words, "--out", tmp_path / "b.pdf", "--spoilt", "kẹt giấy")[0] == 0
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "a.pdf").read_bytes()
    assert run(*words, "--out", tmp_path / "c.pdf", "--reissue")[0] == 0
    assert run(*words, "--out", tmp_path / "d.pdf", "--spoilt", "nhòe mực")[0] == 0
    document = pypdfium2.PdfDocument(tmp_path / "d.pdf")
    assert "RE-ISSUED" in document[0].get_textpage().get_text_bounded(), "what was marked stays marked"
    document.close()
    assert run("certificate", "verify", "--book", decided, tmp_path / "b.pdf")[0] == 0
    from records.domain.awards.awards import Issue
    from records.store.book import Book

    with Book.open(decided, actor="thu") as book:
        noted = [(each.reissue, each.spoilt) for each in sorted(book.table(Issue), key=lambda each: each.id)]
    assert noted[::2] == [(False, ""), (False, "kẹt giấy"), (True, ""), (True, "nhòe mực")]


def test_a_move_that_puts_one_on_the_other_is_said(decided: Path, run: Run) -> None:
    words = ("certificate", "calibrate", "--book", decided, "--name", "HP")
    assert run(*words, "--box", "decision-date=0,1")[1]["overlaps"] == [["decision-date", "register"]]
    assert run(*words, "--box", "decision-date=0,1", "--box", "register=0,1")[1]["overlaps"] == []
    assert run(*words, "--right", "5")[1]["overlaps"] == []
    code, told = run(*words, "--box", "name=0,1")
    assert (code, "body" in told["error"]["do"]) == (2, True)


def test_a_preview_is_a_picture_and_notes_nothing(decided: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "p.png"
    words = ("certificate", "preview", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    assert run(*words, "--page", "2")[0] == 0
    assert out.read_bytes().startswith(b"\x89PNG")
    assert run(*words, "--page", "3")[0] == 2
    assert (
        run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", tmp_path / "o.pdf")[0] == 0
    )
    assert run(*words, "--overwrite")[0] == 0
    code, found = run("certificate", "verify", "--book", decided, out)
    assert (code, [each["verdict"] for each in found["results"]]) == (1, ["altered"]), "no line in the book, no seal"


def test_two_batches_to_one_file_leave_one_whole_and_a_line_for_what_is_there(decided: Path, tmp_path: Path) -> None:
    root, out = Path(main.__file__).parent, tmp_path / "o.pdf"
    words = ["certificate", "print", "--book", str(decided), "--decision", "12-QĐ/BTG", "--out", str(out)]
    call = [sys.executable, str(root / "main.py"), "--lang", "en", *words]
    runs = [subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    said = [each.communicate()[0] for each in runs]
    assert sorted(each.returncode == 0 for each in runs) == [False, True], said
    assert not [each for each in said if "Traceback" in each]
    refused = next(told for each, told in zip(runs, said, strict=True) if each.returncode)
    assert "What to do" in refused, refused
    assert [path.name for path in tmp_path.glob("*.p*")] == ["o.pdf"], "nothing half-written"
    with Book.open(decided, actor="thu", read_only=True) as book:
        noted = {each.sha256 for each in book.table(Issue)}
    assert noted == {hashlib.sha256(out.read_bytes()).hexdigest()}


@pytest.mark.parametrize("way", ["out", "folder"])
def test_no_sealed_page_leaves_without_a_line_in_the_book(
    decided: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    place = tmp_path / ("o.pdf" if way == "out" else "each")
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", f"--{way}", place)
    real = decisions.record_print

    def refuse(*_given: object, **_named: object) -> None:
        raise BookError(t("The book takes no more"))

    monkeypatch.setattr(decisions, "record_print", refuse)
    code, told = run(*words)
    assert (code != 0, "takes no more" in told["error"]["what"]) == (True, True)
    assert not place.exists() or not list(place.iterdir())
    monkeypatch.setattr(decisions, "record_print", real)
    assert run(*words)[0] == 0
    with Book.open(decided, actor="thu", read_only=True) as book:
        noted = sorted(each.sha256 for each in book.table(Issue))
    files = [place] * 2 if way == "out" else sorted(place.iterdir())
    assert noted == sorted(hashlib.sha256(each.read_bytes()).hexdigest() for each in files)


def test_everybody_at_fault_is_named_before_anything_is_printed(decided: Path, run: Run, tmp_path: Path) -> None:
    own = decided / "config" / "certificates"
    own.mkdir(parents=True)
    element = "{kind: text, id: name, box: [10, 10, 20, 8], text: '{name}', size: 14}"
    (own / "party-merit.yaml").write_text(
        f"id: party-merit\ntitle: {{vi: a, en: b}}\nform: party\npaper: a4\nelements: [{element}]\n", "utf-8"
    )
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", tmp_path / "o.pdf")
    code, told = run(*words)
    assert code == 2
    assert told["error"]["what"].startswith("2 certificates are at fault")
    assert told["error"]["what"].count("Certificate of ") == 2
    assert not (tmp_path / "o.pdf").exists()


def test_nobody_is_certified_for_a_conference_or_without_a_result(decided: Path, run: Run, tmp_path: Path) -> None:
    people = [each["id"] for each in run("roster", "list", "--book", decided)[1]["people"]][:2]
    out = tmp_path / "c.pdf"
    for kind, title in (("conference", "Hội nghị tháng 9"), ("course", "Lớp tháng 9")):
        words = ("training", "add", "--book", decided, "--title", title, "--kind", kind, "--day", "2026-09-01")
        assert run(*words)[0] == 0
        event = f"TN-E-{1 + (kind == 'course'):05d}"
        assert run("training", "mark", "--book", decided, event, *(f"{each}=x" for each in people))[0] == 0
        code, told = run("certificate", "print", "--book", decided, "--course", event, "--out", out)
        assert (code, out.exists()) == (2, False), told
    assert run("training", "result", "--book", decided, event, people[0], "--result", "completed")[0] == 0
    signer = ("--signer-title", "GIÁM ĐỐC", "--signer-name", "Người Ký Mẫu")
    code, printed = run("certificate", "print", "--book", decided, "--course", event, "--out", out, *signer)
    assert (code, printed["count"]) == (0, 1)


def test_the_print_shop_of_the_settings_gets_its_bleed_and_marks_outside_the_cut(
    decided: Path, run: Run, tmp_path: Path
) -> None:
    import pypdf

    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--bleed", "--spoilt", "thử")
    plain = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", tmp_path / "plain.pdf")
    assert run(*plain)[0] == 0
    mm = 72 / 25.4

    def boxes(name: str) -> list[list[float]]:
        assert run(*words, "--out", tmp_path / name)[0] == 0
        page = pypdf.PdfReader(tmp_path / name).pages[1]
        return [[round(float(side) / mm, 2) for side in box] for box in (page.mediabox, page.bleedbox, page.trimbox)]

    assert boxes("usual.pdf") == [[0, 0, 317, 230], [7, 7, 310, 223], [10, 10, 307, 220]]
    document = pypdfium2.PdfDocument(tmp_path / "usual.pdf")
    page = document[1].render(scale=4 / mm, grayscale=True).to_pil()
    document.close()
    corner = page.crop((0, 0, 40, 40)).getbbox()
    assert corner is not None
    assert page.crop((39, 0, 42, 26)).getextrema()[0] < 128, "a mark points down at the left edge"
    assert page.crop((0, 39, 26, 42)).getextrema()[0] < 128, "and one right at the upper edge"
    assert page.crop((30, 30, 4 * 309, 39)).getextrema()[0] == 255, "no mark reaches into the bleed"
    for key, value in (("print_shop.bleed", "5"), ("print_shop.marks", "no"), ("print_shop.name", "Nhà in Mẫu")):
        assert run("config", "set", "--book", decided, key, value)[0] == 0
    assert boxes("own.pdf") == [[0, 0, 307, 220], [0, 0, 307, 220], [5, 5, 302, 215]]
    assert run("certificate", "verify", "--book", decided, tmp_path / "own.pdf")[0] == 0
    assert run("config", "set", "--book", decided, "print_shop.bleed", "0")[0] == 2
