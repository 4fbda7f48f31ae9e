"""Certificates by the command line: printed, noted, verified, lined up; refused without a trace."""

from __future__ import annotations

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

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
    assert [each["state"] for each in found["verdicts"]] == ["genuine", "genuine"]
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG BAN XÂY DỰNG ĐẢNG" in " ".join(text.split())
    assert text.count("PHAN ĐÌNH PHÙNG") == 1
    assert "Tặng đồng chí" in text
    code_line = next(line for line in text.splitlines() if line.startswith("SV1|"))
    assert run("certificate", "verify", "--book", decided, code_line.strip())[0] == 0
    assert run("certificate", "verify", "--book", decided, code_line.strip().replace("1/2026", "2/2026"))[0] == 1


def test_a_forged_page_is_found_out(decided: Path, run: Run, tmp_path: Path) -> None:
    from exports.certificates.batch import Certificate, print_batch
    from exports.certificates.template import load_template
    from tests.exports.conftest import fields

    out, forged = tmp_path / "o.pdf", tmp_path / "forged.pdf"
    run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    seal = next(line for line in text.splitlines() if line.startswith("SV1|")).strip()
    print_batch(load_template("party-merit"), [Certificate("1", fields(code=seal, name="Kẻ Giả Mạo"))], forged)
    code, found = run("certificate", "verify", "--book", decided, forged)
    assert code == 1
    assert found["verdicts"][0]["state"] == "altered"


def _codes(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = [
        line.strip()
        for page in document
        for line in page.get_textpage().get_text_bounded().splitlines()
        if line.startswith("SV1|")
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
    assert "genuine" not in {each["state"] for each in found["verdicts"]}


def test_a_key_alone_says_nothing_of_the_words(decided: Path, run: Run, tmp_path: Path) -> None:
    out, key = tmp_path / "o.pdf", tmp_path / "tn.pub"
    run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    assert run("certificate", "key", "--book", decided, "--out", key)[0] == 0
    assert run("certificate", "key", "--book", decided, "--out", key)[0] == 2, "what is there already stays"
    code, found = run("certificate", "verify", "--book", decided, out, "--key", key)
    assert (code, {each["state"] for each in found["verdicts"]}) == (1, {"unknown"})
    assert run("certificate", "verify", "--book", decided, _codes(out)[0], "--key", key)[0] == 0


def test_a_certificate_that_a_correction_replaced_is_no_longer_in_force(
    decided: Path, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "o.pdf"
    run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", out)
    words = ("--number", "13-QĐ/BTG", "--day", "2026-11-20", "--name", "Nguyễn Văn Đúng")
    code, told = run("award", "correct", "--book", decided, "TN-G-00001", *words)
    assert code == 0, told
    states = [each["state"] for each in run("certificate", "verify", "--book", decided, out)[1]["verdicts"]]
    assert states == ["revoked", "genuine"]


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
    assert run("certificate", "verify", "--book", decided, files[0])[1]["verdicts"][0]["state"] == "genuine"


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
    assert len(found["verdicts"]) == printed["count"] >= 2
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
    assert (code, found["texts"]) == (0, [])
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
