"""Run every measurement and print its table."""

from __future__ import annotations

from tests.benchmarks import store

if __name__ == "__main__":
    for line in store.table():
        print(line, flush=True)
