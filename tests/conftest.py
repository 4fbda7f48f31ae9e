"""What every test needs: nothing of the person who runs them is read or written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no fault of the program: nothing here fails for the time it took.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Heads of books go to a folder of the test."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("SOVANG_STATE", str(folder))
    return folder
