"""What is to be said of the digital signatures on a PDF."""

from __future__ import annotations

import logging
import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.text import Text, t


@dataclass(frozen=True, slots=True)
class SignatureRead:
    """One signature: what is said of it, and whether it holds for the whole file."""

    told: Text
    whole: bool


def signatures_on(path: Path, trusted: Path | None = None) -> list[SignatureRead]:
    """The digital signatures on a file; none on a picture. No network is asked.

    Args:
        path: of the file.
        trusted: file, or folder of files, with the certificates of the authorities that are trusted.

    Raises:
        InputError: when there is a signature, and what is trusted cannot be read.
    """
    if not _bears_one(path):
        return []
    try:
        from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  # optional
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
        from pyhanko.sign.general import SigningError  # noqa: PLC0415
    except ImportError:
        told = t("It bears a digital signature; reading it takes the program's extra “signature”")
        return [SignatureRead(told, whole=True)]
    roots = authorities_in(trusted) if trusted is not None else []
    try:
        with path.open("rb") as file:
            found = PdfFileReader(file).embedded_signatures
            return [_judged(each, roots, last=each is found[-1]) for each in found]
    except (PdfError, SigningError, ValueError):
        return [SignatureRead(t("It bears a digital signature that cannot be read"), whole=False)]


_ENDINGS = (".pem", ".crt", ".cer", ".der")


def authorities_in(place: Path) -> list[Any]:
    """The certificates of authorities in a file, or in all such files of a folder; pyHanko's.

    Raises:
        InputError: when there are none, or one is no certificate.
    """
    from pyhanko import keys  # noqa: PLC0415  # optional

    load: Any = keys.load_certs_from_pemder
    do = t(
        "give the certificates of the authorities as .pem or .crt, or correct “certificates.authorities” in Settings"
    )
    if not place.exists():
        raise InputError(t("There is no file “{path}”", path=place), do=do)
    files = [place]
    if place.is_dir():
        files = sorted(each for each in place.iterdir() if each.suffix.lower() in _ENDINGS and each.is_file())
    found: list[Any] = []
    for each in files:
        try:
            made = list(load([str(each)]))
            for one in made:
                _ = one.subject.native, one.public_key.native  # what is read late is read now
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise InputError(t("“{path}” is no certificate of an authority", path=each), do=do) from error
        found += made
    if not found:
        raise InputError(t("“{path}” holds no certificate of an authority", path=place), do=do)
    return found


def _bears_one(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.read(5).startswith(b"%PDF"):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(b"/ByteRange") >= 0


def _judged(signature: Any, roots: Sequence[Any], *, last: bool) -> SignatureRead:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415  # optional
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    # It logs with a trace that no authority was asked; that is said in the sentence.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    signer = _name_of(signature.signer_cert.subject)
    when = signature.self_reported_timestamp
    # A paper hangs for forty years: whether its chain holds is asked for the day on which it says that it was signed.
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=when)
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    try:
        status = validate_pdf_signature(signature, context, key_usage_settings=usage)
    except (SigningError, SignatureValidationError, ValueError):
        return SignatureRead(t("The digital signature of {signer} cannot be read", signer=signer), whole=False)
    if not status.intact or not status.valid:
        return SignatureRead(t("The file was altered after {signer} signed it", signer=signer), whole=False)
    # Whoever signs after another fills a field of the form; the last one signs the whole file.
    allowed = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
    covered = not last or status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not covered or (status.modification_level or ModificationLevel.NONE) not in allowed:
        return SignatureRead(t("Something was added after {signer} signed it", signer=signer), whole=False)
    certificate = signature.signer_cert
    valid = when is None or certificate.not_valid_before <= when <= certificate.not_valid_after
    if not valid:
        return SignatureRead(t("{signer} signed it outside the days of the certificate", signer=signer), whole=False)
    vouched = _vouched(status, roots, expired=certificate.not_valid_after < datetime.now(UTC))
    told = t(
        "Digitally signed by {signer} on {day}, certificate issued by {authority}; unaltered since. {vouched}",
        signer=signer,
        day=when.date() if when else "—",
        authority=_name_of(certificate.issuer),
        vouched=vouched,
    )
    return SignatureRead(told, whole=not roots or bool(status.trusted))


def _vouched(status: Any, roots: Sequence[Any], *, expired: bool) -> Text:
    """Whether the certificate leads to an authority that is trusted, and what was not asked."""
    if not roots:
        return t(
            "The authority was not checked: name the certificates of those you trust in Settings"
            " (certificates.authorities), or with --trust"
        )
    if not status.trusted:
        return t("The certificate leads to none of the {n} authorities that are trusted here", n=len(roots))
    root = _name_of(status.validation_path.trust_anchor.authority.name)
    if expired:
        return t("It led to {root}, which is trusted here, and has expired since; whether it was revoked before, only"
                 " its authority says", root=root)  # fmt: skip
    return t("It leads to {root}, which is trusted here; whether it was revoked was not asked, for no network is used",
             root=root)  # fmt: skip


def _name_of(name: Any) -> str:
    return str(name.native.get("common_name", name.human_friendly))
