"""Certificates signed digitally: by a file, by a token, refused in one sentence, and what verifying says of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from tests.tui.cli.conftest import Run

pytest.importorskip("pyhanko")
NAME = "Ban Xây dựng Đảng Mẫu"
PHRASE = "một hai ba"
KEY = rsa.generate_private_key(65537, 2048)
MODULE = next(filter(os.path.exists, ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/libsofthsm2.so")), "")


def _certificate(days: tuple[int, int] = (-1, 30), key: rsa.RSAPrivateKey = KEY) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **usage
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )


def _p12(path: Path, days: tuple[int, int] = (-1, 30)) -> Path:
    lock = serialization.BestAvailableEncryption(PHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"office", KEY, _certificate(days), None, lock))
    return path


@pytest.fixture
def decided(book: Path, roster_file: Path, run: Run) -> Path:
    run("roster", "import", roster_file, "--book", book, "--role", "reporter", "--level", "commune")
    people = [each["id"] for each in run("roster", "list", "--book", book)[1]["people"]]
    code, _ = run(
        *("award", "decide", "--book", book, "--number", "12-QĐ/BTG", "--day", "2026-10-05"),
        *("--prize", "party-merit-year", "--people", ",".join(people[:2]), "--citation", "Đã có thành tích xuất sắc"),
        *("--from", "2026-01-01", "--to", "2026-09-30", "--signer-mode", "T/M", "--signer-name", "Trần Văn Mẫu"),
    )
    assert code == 0
    return book


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    path = tmp_path / "phrase.txt"
    path.write_text(f"{PHRASE}\n", encoding="utf-8")
    return path


def _judge_signed(run: Run, decided: Path, folder: Path) -> None:
    files = sorted(folder.iterdir())
    assert len(files) == 2
    code, found = run("certificate", "verify", "--book", decided, folder)
    assert code == 0, found
    assert [each["verdict"] for each in found["results"]] == ["genuine", "genuine"]
    assert [NAME in each["said"] and "unaltered" in each["said"] for each in found["signatures"]] == [True, True]
    document = pypdfium2.PdfDocument(files[0])
    document.init_forms()
    picture = document[0].render(scale=1, may_draw_forms=True).to_pil().convert("RGB")
    document.close()
    box = tuple(round(side * 72 / 25.4) for side in (170, 150, 255, 178))
    colours = picture.crop(box).getcolors(1 << 24)
    assert any(red > 150 > 90 > green for _, (red, green, _) in colours), "the stamp stands in its box"


def test_each_file_is_signed_and_verify_says_by_whom(decided: Path, run: Run, tmp_path: Path, phrase: Path) -> None:
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--pin-file", phrase)
    code, told = run(*words, "--folder", tmp_path / "each", "--sign-with", _p12(tmp_path / "office.p12"))
    assert code == 0, told
    _judge_signed(run, decided, tmp_path / "each")


def test_what_is_changed_after_signing_is_found(decided: Path, run: Run, tmp_path: Path, phrase: Path) -> None:
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--pin-file", phrase)
    run(*words, "--folder", tmp_path / "each", "--sign-with", _p12(tmp_path / "office.p12"))
    signed = min((tmp_path / "each").iterdir())
    content = signed.read_bytes()
    changed, added = tmp_path / "changed.pdf", tmp_path / "added.pdf"
    changed.write_bytes(content.replace(b"/PrintScaling /None", b"/PrintScaling /Same", 1))
    assert changed.read_bytes() != content
    at = content.rindex(b"startxref")
    added.write_bytes(content + b"\n%" + b"more\n" + content[at:])
    for path, says in ((changed, "altered"), (added, "after")):
        code, found = run("certificate", "verify", "--book", decided, path)
        assert code == 1, found
        assert says in found["signatures"][0]["said"]


@pytest.mark.parametrize(
    ("phrase_is", "days", "says"),
    [
        ("wrong", (-1, 30), "passphrase"),
        (PHRASE, (-30, -1), "valid from"),
        (PHRASE, (1, 30), "valid from"),
        (None, (-1, 30), "passphrase"),
    ],
)
def test_what_cannot_sign_is_one_sentence_and_nothing_is_printed(
    decided: Path, run: Run, tmp_path: Path, phrase_is: str | None, days: tuple[int, int], says: str
) -> None:
    words = ["certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--folder", tmp_path / "each"]
    words += ["--sign-with", _p12(tmp_path / "office.p12", days)]
    if phrase_is is not None:
        (tmp_path / "phrase.txt").write_text(phrase_is, encoding="utf-8")
        words += ["--pin-file", tmp_path / "phrase.txt"]
    code, told = run(*words)
    assert (code, says in told["error"]["what"]) == (2, True), told
    assert not (tmp_path / "each").exists() or not list((tmp_path / "each").iterdir())
    code, told = run("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--out", tmp_path / "o.pdf")
    assert code == 0, "nothing was noted as printed"


def test_other_bad_words_for_signing(decided: Path, run: Run, tmp_path: Path, phrase: Path) -> None:
    good = _p12(tmp_path / "office.p12")
    (tmp_path / "bad.p12").write_bytes(b"no certificate")
    (tmp_path / "none.so").write_bytes(b"no module")
    words = ("certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--pin-file", phrase)
    folder = ("--folder", tmp_path / "e")
    for more, says in (
        (("--out", tmp_path / "o.pdf", "--sign-with", good), "one person"),
        ((*folder, "--sign-with", tmp_path / "bad.p12"), "bad.p12"),
        ((*folder, "--sign-with", tmp_path / "none.so"), "not named"),
        (
            ("--folder", tmp_path / "e", "--sign-with", tmp_path / "none.so", "--token", "A", "--certificate", "B"),
            "none.so",
        ),
        ((*folder, "--sign-with", good, "--pin-file", tmp_path / "none.txt"), "none.txt"),
    ):
        code, told = run(*words, *more)
        assert (code, says in told["error"]["what"]) == (2, True), told


@pytest.mark.skipif(not MODULE or not shutil.which("softhsm2-util"), reason="SoftHSM is not installed")
def test_a_token_signs_too(
    decided: Path, run: Run, tmp_path: Path, phrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pkcs11")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    pin = "123456"
    phrase.write_text(pin)
    call = ["softhsm2-util", "--init-token", "--free", "--label", "office", "--pin", pin, "--so-pin", "654321"]
    subprocess.run(call, check=True, capture_output=True)
    _fill_token(pin)
    words = ["certificate", "print", "--book", decided, "--decision", "12-QĐ/BTG", "--folder", tmp_path / "each"]
    words += ["--pin-file", phrase, "--sign-with", MODULE, "--token", "office"]
    for label, says in (("none", "no certificate"),):
        code, told = run(*words, "--certificate", label)
        assert (code, says in told["error"]["what"]) == (2, True), told
    code, told = run(*words, "--certificate", "seal")
    assert code == 0, told
    _judge_signed(run, decided, tmp_path / "each")
    phrase.write_text("000000")
    code, told = run(*words, "--certificate", "seal", "--reissue")
    assert (code, "PIN" in told["error"]["what"]) == (2, True), told


def _fill_token(pin: str) -> None:
    """Put the key and its certificate on the token."""
    import pkcs11
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    token = pkcs11.lib(MODULE).get_token(token_label="office")
    with token.open(user_pin=pin, rw=True) as session:
        raw = KEY.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        certificate = _certificate().public_bytes(serialization.Encoding.DER)
        for about in (decode_rsa_private_key(raw), decode_x509_certificate(certificate)):
            told = {**about, pkcs11.Attribute.LABEL: "seal", pkcs11.Attribute.ID: b"1", pkcs11.Attribute.TOKEN: True}
            session.create_object(told)


def _signed(run: Run, book: Path, folder: Path, phrase: Path, p12: Path) -> Path:
    words = ("certificate", "print", "--book", book, "--decision", "12-QĐ/BTG", "--pin-file", phrase)
    code, told = run(*words, "--folder", folder, "--sign-with", p12)
    assert code == 0, told
    return min(folder.iterdir())


def _chained(folder: Path, days: tuple[int, int] = (-1, 30)) -> tuple[Path, Path]:
    """A certificate file whose key an authority vouches for, and the certificate of that authority."""
    root_key = rsa.generate_private_key(65537, 2048)
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Cơ quan Chứng thực Mẫu")])
    now = datetime.now(UTC)
    root = (
        x509.CertificateBuilder(root_name, root_name, root_key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3000))
        .not_valid_after(now + timedelta(days=3000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    leaf = (
        x509.CertificateBuilder(root_name, name, KEY.public_key(), x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=False, encipher_only=False, decipher_only=False,
                          **usage),
            critical=True,
        )
        .sign(root_key, hashes.SHA256())
    )  # fmt: skip
    lock = serialization.BestAvailableEncryption(PHRASE.encode())
    p12, pem = folder / "chained.p12", folder / "root.crt"
    p12.write_bytes(pkcs12.serialize_key_and_certificates(b"office", KEY, leaf, None, lock))
    pem.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return p12, pem


def test_verify_says_whether_the_certificate_leads_to_an_authority_that_is_trusted(
    decided: Path, run: Run, tmp_path: Path, phrase: Path
) -> None:
    p12, root = _chained(tmp_path)
    paper = _signed(run, decided, tmp_path / "each", phrase, p12)
    verify = ("certificate", "verify", "--book", decided, paper)

    def told(*more: object) -> tuple[int, str]:
        code, found = run(*verify, *more)
        return code, found["signatures"][0]["said"]

    code, said = told()
    assert (code, "was not checked" in said, "--trust" in said) == (0, True, True), said
    code, said = told("--trust", root)
    assert (code, "leads to Cơ quan Chứng thực Mẫu, which is trusted here" in said) == (0, True), said
    assert "revoked was not asked" in said
    folder = tmp_path / "authorities"
    folder.mkdir()
    other = _certificate(key=rsa.generate_private_key(65537, 2048))
    (folder / "other.pem").write_bytes(other.public_bytes(serialization.Encoding.PEM))
    code, said = told("--trust", folder)
    assert (code, "leads to none of the 1 authorities" in said) == (1, True), said
    (folder / "root.crt").write_bytes(root.read_bytes())
    (folder / "notes.txt").write_text("not read", "utf-8")
    assert run("config", "set", "--book", decided, "certificates.authorities", folder)[0] == 0
    code, said = told()
    assert (code, "which is trusted here" in said) == (0, True), said
    assert run("config", "set", "--book", decided, "certificates.authorities", "-")[0] == 0
    assert "was not checked" in told()[1]


def test_what_is_no_certificate_of_an_authority_is_a_sentence(
    decided: Path, run: Run, tmp_path: Path, phrase: Path
) -> None:
    paper = _signed(run, decided, tmp_path / "each", phrase, _p12(tmp_path / "office.p12"))
    (tmp_path / "words.pem").write_text("words", "utf-8")
    (tmp_path / "cut.crt").write_bytes(_certificate().public_bytes(serialization.Encoding.DER)[:200])
    (tmp_path / "empty").mkdir()
    for name, says in (("words.pem", "no certificate"), ("cut.crt", "no certificate"), ("empty", "holds no"),
                       ("none.pem", "no file")):  # fmt: skip
        code, told = run("certificate", "verify", "--book", decided, paper, "--trust", tmp_path / name)
        assert (code, says in told["error"]["what"], name in told["error"]["what"]) == (2, True, True), told


def test_a_certificate_that_has_expired_since_is_said_to_have_held_on_its_day(
    decided: Path, run: Run, tmp_path: Path, phrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exports.certificates.proof import signatures

    p12, root = _chained(tmp_path)
    paper = _signed(run, decided, tmp_path / "each", phrase, p12)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # always of the same zone here
            return datetime.now(UTC) + timedelta(days=4000)

    monkeypatch.setattr(signatures, "datetime", Later)
    code, found = run("certificate", "verify", "--book", decided, paper, "--trust", root)
    assert (code, "has expired since" in found["signatures"][0]["said"]) == (0, True), found
