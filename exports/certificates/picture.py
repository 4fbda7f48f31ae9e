"""A page as a picture, for looking at before anything is printed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from threading import Lock
from typing import Any

from config.settings.certificates import Template
from exports.certificates.batch import Blank, Certificate, Means, print_batch
from exports.files import whole_file

_INCH = 72  # points
_ONE_AT_A_TIME = Lock()  # PDFium knows no threads, and a screen may look anew before the last look has ended


def page_picture(  # all but two are optional and named
    template: Template,
    certificate: Certificate,
    *,
    dots: float = 100,
    side: int = 0,
    means: Means | None = None,
    blank: Blank | None = None,
) -> Any:
    """One certificate as a Pillow image in RGB.

    Args:
        template: the design.
        certificate: what is said on it.
        dots: per inch.
        side: 0 for the front, 1 for the back.
        means: fonts and images.
        blank: as printed on a blank.

    Raises:
        InputError: as `print_batch`.
    """
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no types, and is heavy

    with tempfile.TemporaryDirectory(prefix="sovang-preview-") as folder:
        report = print_batch(template, [certificate], Path(folder, "page.pdf"), means=means, blank=blank)
        with _ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(report.path)
            try:
                page = document[min(side, len(document) - 1)]
                return page.render(scale=dots / _INCH).to_pil().convert("RGB")
            finally:
                document.close()


def save_picture(picture: Any, out: Path, *, overwrite: bool = False) -> None:
    """Write a picture as PNG. Raises InputError when the file cannot be written."""
    with whole_file(out, overwrite=overwrite) as part:
        picture.save(part, "PNG")
