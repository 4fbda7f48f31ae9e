"""The page for browsers says what the program says, in Chromium where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageChops

from exports.certificates.batch import Certificate, Means, print_batch
from exports.certificates.proof.verifier import verifier_page
from exports.certificates.template import load_template
from records.services.certificates import codes
from records.services.certificates.keys import fingerprint
from records.services.certificates.short_codes import short_of
from tests.exports.conftest import PACKAGED, fields
from tests.looks.browser import Page, browser, chromium

PROGRAM = chromium()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MARK = bytes.fromhex(fingerprint(KEY.public_key()))
CITATION = "Đã có thành tích xuất sắc trong công tác tuyên truyền miệng năm 2026"
SIGNED = codes.told(
    *("award", MARK, date(2026, 11, 5)),
    name="Nguyễn Thị Hồng Thúy",
    number="127-QĐ/ĐU",
    register="42/2026",
    issuer="Đảng ủy phường Phan Đình Phùng",
    citation=CITATION,
    rest=("Phường Phan Đình Phùng",),
)
PAYLOAD = codes.payload_of(SIGNED)
CODE = codes.text_of(PAYLOAD, KEY.sign(codes.message_of(PAYLOAD)))
SHORT = short_of(MARK, SIGNED)


def _page(language: str = "en") -> str:
    key = KEY.public_key()
    return verifier_page(
        "Ban <Xây dựng> Đảng", key.public_bytes_raw(), fingerprint(key), today=date(2026, 11, 6), language=language
    )


def _list(kind: str, state: str, words: str) -> bytes:
    import base64

    head = f"SVL1\t{kind}\t2026-11-07\t{MARK.hex()}\tBan Xây dựng Đảng\n{SHORT}\t{state}\t{words}\n".encode()
    signature = base64.urlsafe_b64encode(KEY.sign(head)).decode().rstrip("=")
    return head + f"signature {signature}\n".encode()


def test_the_page_is_whole_and_asks_for_nothing_from_elsewhere() -> None:
    page = _page("vi")
    assert "default-src 'none'" in page
    assert "Ban &lt;Xây dựng&gt; Đảng" in page
    assert "Apache License" in page
    assert not [part for part in ("@fflate@", "@noble@", "@office@", 'src="http', "<link") if part in page]
    assert "Giấy này có thật không?" in page


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Page]:
    if PROGRAM is None:
        pytest.skip("Chromium is not installed")
    path = tmp_path / "verifier.html"
    path.write_text(_page(), "utf-8")
    with browser(PROGRAM) as page:
        page.open(path)
        yield page


def _typed(page: Page, code: str) -> str:
    """The verdict on what is typed."""
    page.run("delete document.body.dataset.ready")
    page.run(f"document.getElementById('code').value = {code!r}; document.getElementById('check').click()")
    return _result(page)


def _result(page: Page) -> str:
    page.wait("document.body.dataset.ready !== undefined")
    return str(page.run("document.getElementById('results').innerText"))


def test_typed_codes(seen: Page) -> None:
    told = _typed(seen, CODE)
    assert told.startswith("GENUINE")
    for words in (SIGNED.name, SIGNED.number, SIGNED.issuer):
        assert words in told
    assert _typed(seen, " ".join((CODE[:90], CODE[90:]))).startswith("GENUINE"), "a blank where a line ended"
    for place in range(4, len(CODE), 31):
        changed = CODE[:place] + ("1" if CODE[place] != "1" else "2") + CODE[place + 1 :]
        assert not _typed(seen, changed).startswith("GENUINE"), place
    for other in ("SV2|0", "SV2|12", "SV1|TN|a|b|c", "anything", SHORT, SHORT[:-1] + "I"):
        assert not _typed(seen, other).startswith("GENUINE"), other
    seen.run("document.getElementById('language').click()")
    assert _typed(seen, CODE).startswith("THẬT")


def test_a_browser_without_ed25519_finds_the_same(seen: Page) -> None:
    seen.run("crypto.subtle.importKey = async () => { throw new Error('none') }; 1")
    assert _typed(seen, CODE).startswith("GENUINE")
    assert _typed(seen, CODE[:-1] + str((int(CODE[-1]) + 1) % 10)).startswith("ALTERED")


def test_the_citation_is_compared_letter_for_letter(seen: Page) -> None:
    for typed, says in ((CITATION, "letter for letter"), (CITATION.replace("miệng", "miếng"), "not the one")):
        seen.run(f"document.getElementById('words').value = {typed!r}")
        assert says in _typed(seen, CODE)


def test_a_noisy_scan_turned_by_two_degrees(seen: Page, tmp_path: Path) -> None:
    said = fields(code=CODE, short_code=SHORT)
    print_batch(load_template("party-merit"), [Certificate("1", said)], tmp_path / "o.pdf", means=Means(PACKAGED))
    document = pypdfium2.PdfDocument(tmp_path / "o.pdf")
    picture = document[0].render(scale=150 / 72).to_pil().convert("L")
    document.close()
    turned = picture.rotate(2, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    ImageChops.add(turned, Image.effect_noise(turned.size, 40), offset=-128).save(tmp_path / "scan.png")
    (tmp_path / "none.png").write_bytes(b"no picture")
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    seen.give("#picture", *(tmp_path / name for name in ("scan.png", "none.png", "white.png")))
    told = _result(seen)
    assert "scan.png: GENUINE" in told
    assert SIGNED.name in told
    assert "none.png: UNKNOWN" in told
    assert "No code was found" in told


def test_signed_lists_are_heeded(seen: Page, tmp_path: Path) -> None:
    certificates, revocations, forged = (tmp_path / f"{name}.txt" for name in ("certificates", "revocations", "forged"))
    certificates.write_bytes(_list("certificates", "genuine", f"{SIGNED.name}\t1\tBan\t{CITATION}"))
    revocations.write_bytes(_list("revocations", "revoked", "\t\t\t"))
    forged.write_bytes(certificates.read_bytes().replace("Thúy".encode(), "Thùy".encode()))
    assert _typed(seen, SHORT).startswith("UNKNOWN")

    def given(path: Path) -> str:
        seen.run("document.getElementById('listed').textContent = ''")
        seen.give("#list", path)
        seen.wait("!!document.getElementById('listed').textContent")
        return str(seen.run("document.getElementById('listed').textContent"))

    assert "changed" in given(forged)
    assert _typed(seen, SHORT).startswith("UNKNOWN")
    assert "heeded" in given(certificates)
    assert SIGNED.name in _typed(seen, SHORT)
    assert "heeded" in given(revocations)
    for code in (SHORT, CODE):
        assert _typed(seen, code).startswith("REVOKED")
