"""A small office of its own for the cases that go through the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.services.office import Office
from tests.records.services.conftest import made_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with made_office(tmp_path) as made:
        yield made
