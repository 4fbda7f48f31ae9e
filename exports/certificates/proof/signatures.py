"""What is to be said of the digital signatures on a PDF."""

from __future__ import annotations

import logging
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.text import Text, t


@dataclass(frozen=True, slots=True)
class SignatureRead:
    """One signature: what is said of it, and whether it holds for the whole file."""

    told: Text
    whole: bool


def signatures_on(path: Path) -> list[SignatureRead]:
    """The digital signatures on a file; none on a picture. No network is asked, and no list of trusted authorities."""
    if not _bears_one(path):
        return []
    try:
        from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  # optional
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
        from pyhanko.sign.general import SigningError  # noqa: PLC0415
    except ImportError:
        told = t("It bears a digital signature; reading it takes the program's extra “signature”")
        return [SignatureRead(told, whole=True)]
    try:
        with path.open("rb") as file:
            found = PdfFileReader(file).embedded_signatures
            return [_judged(each, last=each is found[-1]) for each in found]
    except (PdfError, SigningError, ValueError):
        return [SignatureRead(t("It bears a digital signature that cannot be read"), whole=False)]


def _bears_one(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.read(5).startswith(b"%PDF"):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(b"/ByteRange") >= 0


def _judged(signature: Any, *, last: bool) -> SignatureRead:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415  # optional
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    # It logs with a trace that no authority was asked; that is said in the sentence.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    signer = str(signature.signer_cert.subject.native.get("common_name", signature.signer_cert.subject.human_friendly))
    try:
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))
    except (SigningError, SignatureValidationError, ValueError):
        return SignatureRead(t("The digital signature of {signer} cannot be read", signer=signer), whole=False)
    if not status.intact or not status.valid:
        return SignatureRead(t("The file was altered after {signer} signed it", signer=signer), whole=False)
    # Whoever signs after another fills a field of the form; the last one signs the whole file.
    allowed = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
    covered = not last or status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not covered or (status.modification_level or ModificationLevel.NONE) not in allowed:
        return SignatureRead(t("Something was added after {signer} signed it", signer=signer), whole=False)
    when = signature.self_reported_timestamp
    certificate = signature.signer_cert
    valid = when is None or certificate.not_valid_before <= when <= certificate.not_valid_after
    if not valid:
        return SignatureRead(t("{signer} signed it outside the days of the certificate", signer=signer), whole=False)
    told = t(
        "Digitally signed by {signer} on {day}, certificate issued by {authority}; unaltered since. Whether that"
        " authority is to be trusted is not checked here",
        signer=signer,
        day=when.date() if when else "—",
        authority=str(certificate.issuer.native.get("common_name", certificate.issuer.human_friendly)),
    )
    return SignatureRead(told, whole=True)
