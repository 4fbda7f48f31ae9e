"""What must be there before the program can begin; needs nothing but Python itself."""

from __future__ import annotations

import gettext
import sys
from importlib.util import find_spec
from pathlib import Path

from config.text import Text, t

PYTHONS = ((3, 11), (3, 14))
"""The oldest Python that runs the program, and the newest it was tried with."""
_MODULES = {
    "textual": "textual",
    "textual_image": "textual-image",
    "tinydb": "tinydb",
    "yaml": "PyYAML",
    "reportlab": "reportlab",
    "msgspec": "msgspec",
    "orjson": "orjson",
    "filelock": "filelock",
    "platformdirs": "platformdirs",
    "python_calamine": "python-calamine",
    "xlrd": "xlrd",
    "psutil": "psutil",
    "xlsxwriter": "XlsxWriter",
    "fontTools": "fonttools",
    "segno": "segno",
    "cryptography": "cryptography",
    "pypdfium2": "pypdfium2",
    "PIL": "pillow",
    "resvg_py": "resvg-py",
    "docxtpl": "docxtpl",
}
"""Module -> the package that holds it."""


def missing_packages() -> list[str]:
    """The packages that are not installed for this Python."""
    return [package for module, package in _MODULES.items() if find_spec(module) is None]


def told(error: ModuleNotFoundError, language: str) -> str:
    """What is missing and what to do, in one sentence; raises the error itself where it is no package of ours."""
    if (error.name or "").partition(".")[0] not in _MODULES:
        raise error
    missing = ", ".join(missing_packages()) or str(error.name)
    what = t("The program lacks: {packages} (for Python at {python})", packages=missing, python=sys.executable)
    return f"{_spoken(what, language)}. {_spoken(DO, language)}."


DO = t("run “make run”, or start with so-vang.sh or so-vang.bat from the USB folder of “make bundle”")


def _spoken(text: Text, language: str) -> str:
    """A text in a language, without what the program itself speaks with."""
    place = Path(__file__).parent / "locale"
    catalogue = gettext.translation("sovang", place, languages=[language], fallback=True)
    return catalogue.gettext(text.pattern).format_map(dict(text.blanks))
