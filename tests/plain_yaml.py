"""Lists of cases in YAML, read by the parser written in C where there is one: it takes a tenth of the time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What a file of YAML holds, as plain values. Raises OSError and yaml.YAMLError."""
    return yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # both are safe
