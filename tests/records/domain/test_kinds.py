"""Kinds of records: several threads read them, some of which were never read before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_AT_ONCE = """
import sys, threading
import msgspec
from records.domain.people.person import Person

sys.setswitchinterval(1e-6)
fields = [(each.encode_name, each.type, None) for each in msgspec.structs.fields(Person)]
for _ in range(300):
    parts = [(f"part{n}", msgspec.defstruct(f"Part{n}", fields) | None, None) for n in range(5)]
    kind, ready = msgspec.defstruct("Whole", parts), threading.Barrier(4)

    def meet():
        ready.wait()
        msgspec.json.Decoder(kind).decode(b'{"part1": {"name": "An"}, "part4": {"name": "Binh"}}')

    threads = [threading.Thread(target=meet) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
"""


def test_several_threads_may_meet_a_kind_of_record_for_the_first_time_at_once() -> None:
    """With the library before 0.23 the whole program ended there, without a word."""
    assert subprocess.run([sys.executable, "-c", _AT_ONCE], cwd=ROOT, check=False).returncode == 0
