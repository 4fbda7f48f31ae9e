"""A digital signature on the PDF by the office's certificate file, through pyHanko where it is installed."""

from __future__ import annotations

import getpass
import hashlib
import os
from pathlib import Path

from config.errors import InputError
from config.text import t
from exports.files import whole_file

_PASSWORD = "SOVANG_P12_PASSWORD"  # noqa: S105  # the name of a variable


def sign_file(path: Path, certificate: Path) -> str:
    """Sign the PDF in place with a PKCS#12 file; its password is in SOVANG_P12_PASSWORD, or asked for.

    Returns:
        The SHA-256 of the signed file.

    Raises:
        InputError: when pyHanko is not installed, or the certificate file cannot be used.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415  # optional
        from pyhanko.sign import signers  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            t("Signing a PDF needs pyHanko, which is not installed"),
            do=t("install the program with its extra “signing”, or print without --sign-with"),
        ) from error
    if not certificate.is_file():
        raise InputError(t("There is no file “{path}”", path=certificate), do=t("check the name"))
    password = os.environ.get(_PASSWORD) or getpass.getpass("PKCS#12: ")
    signer = signers.SimpleSigner.load_pkcs12(str(certificate), passphrase=password.encode())
    if signer is None:
        raise InputError(
            t("The certificate file “{path}” cannot be used", path=certificate), do=t("check the file and its password")
        )
    with whole_file(path, overwrite=True) as part, path.open("rb") as source, part.open("wb") as target:
        writer = IncrementalPdfFileWriter(source)
        signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="SoVang"), signer=signer, output=target)
    return hashlib.sha256(path.read_bytes()).hexdigest()
