"""The words of a page held against those that were signed, and against those that its template prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from config.settings.certificates import Template
from exports.certificates.batch import Certificate, Means, fonts_of
from exports.certificates.layout import GLUE
from exports.certificates.page import Side
from exports.certificates.pieces import Ground, naming
from exports.certificates.proof.reading import PageRead, plain

_LONGEST = 250  # words of a citation; a certificate has no room for more


def missing_from(page: PageRead, said: Iterable[str]) -> list[str]:
    """Which of `said` do not stand on the page, letter for letter as whole words."""
    return [line for line in said if not re.search(_whole(plain(line)), page.text)]


def words_where(page: PageRead, fits: Callable[[str], bool]) -> str:
    """The neighbouring words of a page for which `fits` is true, such as those that have a digest; else nothing."""
    words = page.text.split()
    for start in range(len(words)):
        told = ""
        for word in words[start : start + _LONGEST]:
            told = f"{told} {word}" if told else word
            if fits(told):
                return told
    return ""


def foreign_words(page: PageRead, template: Template, certificate: Certificate, means: Means) -> list[str]:
    """The words on the page that the template does not print for this certificate, each once."""
    ground = Ground(fonts_of(template, means), means.images, emblems=means.emblems)
    refuse = naming(certificate.id)
    own: set[str] = set()
    for side in (0, 1):
        for placed in Side(template, ground, side).settle(certificate.fields, refuse, tied=not certificate.collective):
            lines = placed.fit.lines if placed.fit else ()
            own.update(plain(" ".join(lines).replace(GLUE, " ")).split())
    return list(dict.fromkeys(word for word in page.text.split() if word not in own))


def _whole(words: str) -> str:
    return rf"(?<!\S){re.escape(words)}(?!\S)"
