"""A short run of the crash harness; `make crash` is the long one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.crash import acts
from tests.crash.harness import kills


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its writers")
def test_no_kill_loses_an_acknowledged_change(tmp_path: Path) -> None:
    *_, tally = kills(tmp_path, 60)
    assert tally.kills == 60
    assert tally.acknowledged > 100, "writers that do nothing prove nothing"
    assert (tally.lost, tally.unreadable) == (0, 0), tally


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its writers")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_no_kill_in_any_act_leaves_a_half(tmp_path: Path) -> None:
    done = list(acts.kills(tmp_path, 2))
    assert len({command for command, _ in done}) >= 10
