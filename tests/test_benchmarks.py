"""Measuring loses nothing: what one part found is kept when another fails, and the part that failed is named."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.benchmarks import parts
from tests.benchmarks.figures import PACE, Aim, aims_told
from tests.benchmarks.parts import Found, page, run


def test_a_part_that_fails_is_named_and_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PARTS", {**parts.PARTS, "nothing": "tests.benchmarks.nothing:table"})
    before = Found("lists", "a machine", 0.5, 12, ["## Lists", "| a row |"], [Aim("list as PDF", 2.5, 10, "s")])
    (tmp_path / "lists.json").write_bytes(msgspec.json.encode(before))
    monkeypatch.setattr(parts, "_bare", lambda: 230.4)
    told: list[str] = []
    found = run("nothing", tmp_path, tell=told.append)  # a process of its own, which knows no such part
    assert "nothing" in found.failure
    assert any("nothing failed" in line for line in told)
    written = page(tmp_path)
    assert "**“nothing” failed**" in written
    assert "| a row |" in written
    assert "minimal app 230 ms" in written
    assert "| list as PDF |  | 10 s | 2.50 s | reached |" in written
    assert "Not measured yet: start" in written


def test_what_a_part_tells_and_promises_comes_over_whole() -> None:
    found, told = Found("lists", "a machine", 0), list[str]()
    aim = Aim("“Đảng” | 1", 0.1, 0.2, "×", "XlsxWriter")
    for line in ("## Danh sách", parts._AIM + msgspec.json.encode(aim).decode()):
        parts._take(line, found, told.append)
    assert found.aims == [aim]
    assert found.lines == told == ["## Danh sách"]


def test_a_slower_machine_may_take_longer_and_a_quicker_one_gets_no_less() -> None:
    slow, quick = (Aim("a key", 70, 50, "ms", bare=bare) for bare in (PACE * 1.5, PACE / 2))
    memory = Aim("memory", 310, 300, "MB", bare=PACE * 1.5)
    told = list(aims_told([slow, quick, memory]))
    assert told[0].endswith("1 reached, 2 missed")
    assert "| a key |  | 50 ms, here 75 ms | 70 ms | reached |" in told
    assert "| a key |  | 50 ms | 70 ms | **missed** |" in told
    assert "| memory |  | 300 MB | 310 MB | **missed** |" in told
