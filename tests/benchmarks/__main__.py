"""Run every measurement, print its table, and keep it in a file."""

from __future__ import annotations

import platform
import sys
from itertools import chain
from pathlib import Path

from tests.benchmarks import certificates, history, intake, store

HEAD = f"""# Measured

Made by `make bench` on {platform.system()} with Python {platform.python_version()}. Times depend on the machine;
the ratios are between ways that took turns in one run.
"""

if __name__ == "__main__":
    lines = [HEAD]
    print(HEAD)
    for line in chain(store.table(), history.table(), certificates.table(), intake.table()):
        print(line, flush=True)
        lines.append(line)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text("\n".join(lines) + "\n", "utf-8")
