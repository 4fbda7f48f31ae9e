from __future__ import annotations

from pathlib import Path

import pytest

from config.paths import typed_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" 'thư mục/danh sách.xlsx' ", "thư mục/danh sách.xlsx"),
        ('"/a b/c.pdf"', "/a b/c.pdf"),
        ("~nobody-of-this-name/a.pdf", "~nobody-of-this-name/a.pdf"),
    ],
)
def test_a_typed_path_is_taken_without_what_stands_around_it(typed: str, meant: str) -> None:
    assert typed_path(typed) == Path(meant)


def test_a_tilde_is_the_folder_of_the_user() -> None:
    assert typed_path("~/a.pdf") == Path.home() / "a.pdf"
