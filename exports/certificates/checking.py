"""Reading a certificate's file back: its codes, its words, and what does not belong there."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from config.errors import InputError
from config.settings.certificates import Template
from config.text import t
from exports.certificates.batch import Certificate, Means, fonts_of
from exports.certificates.layout import GLUE
from exports.certificates.page import Ground, Side, naming

_CODE = re.compile(r"SV1\|[^|\n]*\|[^|\n]*\|[^|\n]*\|[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class PageRead:
    """What stands on a page.

    Attributes:
        codes: of certificates, in order.
        text: its words without the codes, blanks and line ends made one blank, NFC.
    """

    codes: tuple[str, ...]
    text: str


def read_pages(path: Path) -> list[PageRead]:
    """The pages of a PDF. Raises InputError when it cannot be read as one."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no types, and is heavy

    if not path.is_file():
        raise InputError(t("There is no file “{path}”", path=path), do=t("check the name"))
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise InputError(t("“{path}” cannot be read as a PDF", path=path), do=t("give the file as printed")) from error
    try:
        return [_read(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, as in the record of what was printed."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def missing_from(page: PageRead, said: Iterable[str]) -> list[str]:
    """Which of `said` do not stand on the page, letter for letter as whole words."""
    return [line for line in said if not re.search(_whole(_plain(line)), page.text)]


def foreign_words(page: PageRead, template: Template, certificate: Certificate, means: Means) -> list[str]:
    """The words on the page that the template does not print for this certificate, each once."""
    ground = Ground(fonts_of(template, means), means.images, emblems=means.emblems)
    refuse = naming(certificate.id)
    own: set[str] = set()
    for elements in (template.elements, template.back):
        for placed in Side(elements, ground, template.flows).settle(
            certificate.fields, refuse, tied=not certificate.collective
        ):
            lines = placed.fit.lines if placed.fit else ()
            own.update(_plain(" ".join(lines).replace(GLUE, " ")).split())
    return list(dict.fromkeys(word for word in page.text.split() if word not in own))


def _read(raw: str) -> PageRead:
    joined = unicodedata.normalize("NFC", raw)
    codes = tuple(_found(joined))
    return PageRead(codes, _plain(_CODE.sub(" ", joined)))


def _found(text: str) -> Iterator[str]:
    for match in _CODE.finditer(text):
        yield match[0]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _whole(words: str) -> str:
    return rf"(?<!\S){re.escape(words)}(?!\S)"
