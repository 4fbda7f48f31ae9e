"""Our QR codes are the same, module for module, as those of a library that is slower."""

from __future__ import annotations

from pathlib import Path

import msgspec
import segno
from hypothesis import given
from hypothesis import strategies as st

from config.settings.certificates import Template
from exports.certificates.batch import Certificate, Means
from exports.certificates.picture import page_picture
from exports.certificates.qr import stencil
from tests.exports.conftest import PACKAGED


def modules(content: str) -> list[bytes]:
    """The code row after row, a byte for each module."""
    size, packed = stencil(content)
    wide = len(packed) // size
    rows = [packed[start : start + wide] for start in range(0, len(packed), wide)]
    return [bytes(int(digit) for byte in row for digit in f"{byte:08b}")[:size] for row in rows]


@given(st.text("abcĐđữ0|/-", min_size=1, max_size=260))
def test_every_module_is_where_segno_puts_it(content: str) -> None:
    data = content.encode("utf-8")
    theirs = segno.make_qr(data, error="m", mask=0, boost_error=False, mode="byte").matrix
    assert modules(content) == [bytes(row) for row in theirs]


def test_every_module_stands_on_the_page(tmp_path: Path) -> None:
    content = "SV1|TN|127-QĐ/ĐU|42/2026|" + "abcDEF12" * 13
    plain = {
        "id": "bare",
        "title": {"vi": "a", "en": "b"},
        "form": "none",
        "paper": [100, 100],
        "elements": [{"kind": "qr", "id": "code", "box": [20, 30, 40, 40]}],
    }
    template = msgspec.convert(plain, Template)
    means = Means(families=PACKAGED)
    picture = page_picture(template, Certificate("1", {"code": content}), dots=508, means=means).convert("L")
    rows = modules(content)
    module = 40 / (len(rows) + 8)
    for number, row in enumerate(rows):
        for column, dark in enumerate(row):
            x, y = 20 + (column + 4.5) * module, 30 + (number + 4.5) * module
            assert (picture.getpixel((round(x * 20), round(y * 20))) < 128) == bool(dark), (number, column)
