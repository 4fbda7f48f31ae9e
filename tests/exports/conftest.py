"""Pages that look the same on every machine: the packaged fonts only."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Protocol

import pypdfium2  # type: ignore[import-untyped]
import pytest

from config import i18n
from config.settings.certificates import Template
from exports.certificates.batch import BatchReport, Certificate, Means, print_batch
from exports.certificates.template import load_template

PACKAGED = ("packaged",)


def fields(**other: str) -> dict[str, str]:
    return {
        "name": "Nguyễn Thị Hồng Thúy",
        "address_form": "đồng chí",
        "unit": "Phường Phan Đình Phùng",
        "citation": "Đã có thành tích xuất sắc trong công tác tuyên truyền miệng năm 2026",
        "award_title": "Giấy khen",
        "decision_number": "127-QĐ/ĐU",
        "decision_date": "ngày 05 tháng 11 năm 2026",
        "register_number": "42/2026",
        "place_date": "Phan Đình Phùng, ngày 05 tháng 11 năm 2026",
        "issuer_above": "ĐẢNG BỘ TỈNH THÁI NGUYÊN",
        "issuer": "ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG",
        "signer_mode": "T/M",
        "signer_body": "BAN THƯỜNG VỤ",
        "signer_title": "PHÓ BÍ THƯ",
        "signer_name": "Trần Văn Mẫu",
        **other,
    }


def words_of(path: Path) -> list[str]:
    """The text of each page, line ends and runs of blanks made one blank."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def lines_of(path: Path, page: int = 0) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [line.strip() for line in document[page].get_textpage().get_text_range().splitlines()]
    finally:
        document.close()


def precomposed() -> str:
    """Every Vietnamese letter with every tone, small and capital."""
    marks = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    small = [unicodedata.normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưy" for mark in marks] + ["đ"]
    return "".join(small) + "".join(small).upper()


class Printer(Protocol):
    def __call__(self, *people: dict[str, str], **options: Any) -> BatchReport: ...


@pytest.fixture(autouse=True)
def _english() -> None:
    """Messages are compared in English, whatever was spoken before."""
    i18n.use("en")


@pytest.fixture(scope="session")
def merit() -> Template:
    return load_template("party-merit")


@pytest.fixture
def printed(tmp_path: Path, merit: Template) -> Printer:
    def run(*people: dict[str, str], **options: Any) -> BatchReport:
        given = [Certificate(f"TN-A-{number:05d}", each) for number, each in enumerate(people, 1)]
        out = options.pop("out", tmp_path / "out.pdf")
        return print_batch(options.pop("template", merit), given, out, means=Means(families=PACKAGED), **options)

    return run
