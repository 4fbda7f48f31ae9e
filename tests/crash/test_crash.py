"""A short run of the crash harness; `make crash` is the long one."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.crash import acts
from tests.crash.harness import kills
from tests.records.store.sealing.sealed import seal_new_books


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its writers")
@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
def test_no_kill_loses_an_acknowledged_change(tmp_path: Path, *, sealed: bool) -> None:
    with seal_new_books() if sealed else nullcontext():
        *_, tally = kills(tmp_path, 60)
    assert tally.kills == 60
    assert tally.acknowledged > 100, "writers that do nothing prove nothing"
    assert (tally.lost, tally.unreadable) == (0, 0), tally


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its writers")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
def test_no_kill_in_any_act_leaves_a_half(tmp_path: Path, *, sealed: bool) -> None:
    done = list(acts.kills(tmp_path, 2, sealed=sealed))
    acted = {command for command, whole in done if whole}
    assert len(acted) >= 10
    assert acted == {command for command, _ in done}, "each was done once, unharmed"
