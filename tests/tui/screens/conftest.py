"""What the tests of screens share: they look for English words, and leave the language so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config import i18n


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test that looks at another language says so itself."""
    i18n.use("en")
    yield
    i18n.use("en")
