"""A digital signature (PAdES) on each PDF: by the office's certificate file or its token, through pyHanko."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from config.errors import InputError
from config.reasons import system_reason
from config.settings.certificates import Template
from config.settings.designs.elements import KeepEmptyElement
from config.text import Text, t
from exports.certificates.frames.strokes import MM
from exports.fonts import open_fonts

_PASSPHRASE = "SOVANG_P12_PASSWORD"  # noqa: S105  # the name of a variable
_MODULES = (".so", ".dll", ".dylib")
_FIELD = "SoVang"
_SIZE, _LEAST, _LEADING = 10.0, 7.0, 1.35  # points of the stamp's words


@dataclass(frozen=True, slots=True)
class SignWith:
    """By what is signed.

    Attributes:
        file: a PKCS#12 file (`.p12`, `.pfx`), or the PKCS#11 module of a token (`.so`, `.dll`).
        passphrase: file with the passphrase or PIN in its first line; asked for when left out.
        token: label of the token, for a module.
        certificate: label of the certificate on it.
    """

    file: Path
    passphrase: Path | None = None
    token: str = ""
    certificate: str = ""


@contextmanager
def open_signer(given: SignWith) -> Iterator[Any]:
    """Whatever signs, ready and tried before anything is printed; pyHanko's.

    Raises:
        InputError: when pyHanko is not installed, the file, the passphrase or the token cannot be used, or the
            certificate is not valid today.
    """
    try:
        import pyhanko.sign.signers  # noqa: F401, PLC0415  # optional
    except ImportError as error:
        raise InputError(
            t("Signing a PDF needs pyHanko, which is not installed"),
            do=t("install the program with its extra “signature”, or print without --sign-with"),
        ) from error
    if not given.file.is_file():
        raise InputError(t("There is no file “{path}”", path=given.file), do=t("check the name"))
    with _on_token(given) if given.file.suffix.lower() in _MODULES else _of_file(given) as signer:
        _judge_days(signer.signing_cert)
        yield signer


@contextmanager
def _of_file(given: SignWith) -> Iterator[Any]:
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415  # heavy
    from pyhanko.sign import signers  # noqa: PLC0415  # optional

    try:
        content = given.file.read_bytes()
    except OSError as error:
        raise _unusable(given.file, system_reason(error)) from error
    passphrase = _passphrase(given)
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(content, passphrase or None)
    except ValueError as error:
        wrong = t("the passphrase is wrong, or it is no certificate file")
        raise _unusable(given.file, wrong) from error
    if key is None or certificate is None:
        raise _unusable(given.file, t("it has no key and certificate in it"))
    simple: Any = signers.SimpleSigner
    yield simple.load_pkcs12_data(content, other_certs=[], passphrase=passphrase or None)


@contextmanager
def _on_token(given: SignWith) -> Iterator[Any]:
    try:
        import pkcs11  # noqa: PLC0415  # optional
        from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
        from pyhanko.sign import pkcs11 as signing  # noqa: PLC0415
        from pyhanko.sign.general import SigningError  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            t("Signing by a token needs python-pkcs11, which is not installed"),
            do=t("install the program with its extra “signature”, or sign with a .p12 file"),
        ) from error
    if not given.token or not given.certificate:
        raise InputError(
            t("The token and the certificate on it are not named"), do=t("add --token LABEL and --certificate LABEL")
        )
    pin = (_passphrase(given)).decode()
    try:
        criteria = TokenCriteria(label=given.token)
        session = signing.open_pkcs11_session(str(given.file), token_criteria=criteria, user_pin=pin)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        kinds = (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLenRange)
        wrong = t("the PIN is wrong") if isinstance(error, kinds) else t("there is no token “{name}”", name=given.token)
        raise _unusable(given.file, wrong) from error
    try:
        signer = signing.PKCS11Signer(session, cert_label=given.certificate)
        known = signer.signing_cert is not None
    except (pkcs11.PKCS11Error, SigningError):
        known = False
    try:
        if not known:
            name = given.certificate
            raise _unusable(given.file, t("there is no certificate “{name}” on the token", name=name))
        yield signer
    finally:
        session.close()


def _passphrase(given: SignWith) -> bytes:
    """Of the file named, of the environment, or as it is typed; never a word of a command, which others could see."""
    if given.passphrase is not None:
        try:
            return given.passphrase.read_bytes().partition(b"\n")[0].rstrip(b"\r")
        except OSError as error:
            raise _unusable(given.passphrase, system_reason(error)) from error
    if (known := os.environ.get(_PASSPHRASE)) is not None:
        return known.encode()
    if not sys.stdin.isatty():
        raise InputError(
            t("The passphrase of “{path}” is not given", path=given.file),
            do=t("name a file that has it with --pin-file, or set {variable}", variable=_PASSPHRASE),
        )
    return getpass.getpass(f"{given.file.name}: ").encode()


def _judge_days(certificate: Any) -> None:
    now = datetime.now(UTC)
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        raise InputError(
            t(
                "The certificate of {name} is valid from {first} to {last} only",
                name=_name_of(certificate),
                first=certificate.not_valid_before.date(),
                last=certificate.not_valid_after.date(),
            ),
            do=t("sign with one that is valid today"),
        )


def _unusable(path: Path, reason: Text | str) -> InputError:
    return InputError(
        t("“{path}” cannot be used to sign: {reason}", path=path, reason=reason),
        do=t("check the file and its passphrase"),
    )


def _name_of(certificate: Any) -> str:
    return str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly)


def sign_file(path: Path, signer: Any, template: Template) -> None:
    """Sign a PDF in place, with a visible stamp where the template keeps room for the seal. Raises OSError."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415  # optional
    from pyhanko.sign import fields, signers  # noqa: PLC0415

    room = next((each for each in template.elements if isinstance(each, KeepEmptyElement) and each.id == "seal"), None)
    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    box = _stamp_box(room, template) if room is not None else None
    place = fields.SigFieldSpec(_FIELD, on_page=0, box=box)
    signed = BytesIO()
    with TemporaryDirectory(prefix="sovang-stamp-") as folder:
        style = _stamp(signer.signing_cert, box, Path(folder, "stamp.pdf")) if box is not None else None
        writer = IncrementalPdfFileWriter(BytesIO(path.read_bytes()))
        signers.PdfSigner(meta, signer=signer, stamp_style=style, new_field_spec=place).sign_pdf(writer, output=signed)
    path.write_bytes(signed.getbuffer())


def _stamp_box(room: KeepEmptyElement, template: Template) -> tuple[int, int, int, int]:
    """Left, bottom, right, top in whole points, inside the room that is kept."""
    x, y, width, height = (side * MM for side in room.box)
    edge = template.beyond * MM
    x, top = x + edge, template.size[1] * MM + edge - y
    wide, high = min(width, 75 * MM), min(height, 18 * MM)
    left, upper = x + (width - wide) / 2, top - (height - high) / 2
    return round(left), round(upper - high), round(left + wide), round(upper)


def _stamp(certificate: Any, box: tuple[int, int, int, int], page: Path) -> Any:
    """Who signed and when, as a page of its own in the file `page`: in our fonts, with every Vietnamese letter."""
    from pyhanko.pdf_utils.content import ImportedPdfPage  # noqa: PLC0415  # optional
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule  # noqa: PLC0415
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415
    from reportlab.lib.utils import simpleSplit  # noqa: PLC0415  # heavy
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # heavy

    font = open_fonts(["sans"]).names["sans"]
    now = datetime.now().astimezone()
    said = [f"Ký số bởi: {_name_of(certificate)}", f"Thời gian ký: {now:%d/%m/%Y %H:%M:%S %z}"]
    size = width, height = box[2] - box[0], box[3] - box[1]
    points, lines = _SIZE, []
    while points >= _LEAST:
        lines = [line for each in said for line in simpleSplit(each, font, points, width - 8)]
        if len(lines) * points * _LEADING <= height - 6:
            break
        points -= 0.5
    canvas: Any = Canvas(str(page), pagesize=size, initialFontName=font)  # type: ignore[arg-type]  # its stub is wrong
    canvas.setStrokeColor("#a8201a")
    canvas.setFillColor("#a8201a")
    canvas.setLineWidth(0.6)
    canvas.rect(0.5, 0.5, width - 1, height - 1)
    canvas.setFont(font, points)
    top = height / 2 + len(lines) * points * _LEADING / 2
    for number, line in enumerate(lines, 1):
        canvas.drawString(4, top - number * points * _LEADING + points * 0.3, line)
    canvas.save()
    middle, imported = AxisAlignment.ALIGN_MID, cast("Any", ImportedPdfPage)
    whole = SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=Margins(0, 0, 0, 0))
    return StaticStampStyle(
        background=imported(str(page)), background_opacity=1.0, background_layout=whole, border_width=0
    )
