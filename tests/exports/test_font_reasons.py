"""Why a font file cannot be used is said in the program's own words, never in a library's."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import InputError
from exports.fonts import open_fonts


@pytest.mark.parametrize(
    ("content", "reason"), [(b"no font", "it is no whole TrueType font"), (None, "it is not there")]
)
def test_a_font_that_cannot_be_used_is_refused_in_our_words(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "own.ttf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        open_fonts(["serif"], families=("own",), own={"serif": path})
    assert str(refused.value.what).endswith(f": {reason}")
