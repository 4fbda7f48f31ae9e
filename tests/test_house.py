"""The house keeps its shape: ceilings, and rooms that work without what they must not know."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("config", "records", "exports", "tui")


def modules() -> Iterator[Path]:
    yield ROOT / "main.py"
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def names_of(room: str) -> list[str]:
    files = sorted((ROOT / room).rglob("*.py"))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files]


def test_no_screen_takes_the_day_asked_about_for_today() -> None:
    """What is entered while an earlier day is asked about would be dated back, and a rule would rewrite the past."""
    found = []
    for path in sorted((ROOT / "tui" / "screens").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = [(node.arg, node.value)] if isinstance(node, ast.keyword) else []
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    pairs = [(target, node.value)]
                    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                        pairs = list(zip(target.elts, node.value.elts, strict=True))
                    named += [(each.id, value) for each, value in pairs if isinstance(each, ast.Name)]
            found += [
                f"{path.relative_to(ROOT)}:{value.lineno}"
                for name, value in named
                if name == "today" and isinstance(value, ast.Attribute) and value.attr == "on"
            ]
    assert found == []


@pytest.mark.parametrize(
    ("rooms", "forbidden"),
    [
        (("config", "records", "exports", "tui/cli"), ("textual", "rich")),
        (("config", "records"), ("reportlab", "xlsxwriter", "textual")),
    ],
    ids=["everything below the screens without Textual", "records without ReportLab"],
)
def test_rooms_can_be_imported_headless(rooms: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    names = [name for room in rooms for name in names_of(room) if name != "config.locale.catalogue"]
    code = (
        "import importlib, sys\n"
        f"for name in {forbidden!r}: sys.modules[name] = None\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_command_starts_without_what_it_does_not_need() -> None:
    code = (
        "import sys, main\n"
        "assert main.main(['--lang', 'en', 'config', 'check']) == 0\n"
        "heavy = {'textual', 'reportlab', 'xlsxwriter', 'python_calamine'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _too_large(path: Path) -> Iterator[str]:
    source = path.read_text("utf-8")
    place = path.relative_to(ROOT)
    if source.count("\n") > 500:
        yield f"{place} has more than 500 lines, so more than one subject"
    if len(place.parts) > 4:
        yield f"{place} lies deeper than three folders"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 40:
            yield f"{place}: {node.name} has more than 40 lines"


def test_files_functions_and_folders_stay_small() -> None:
    wrong = [each for path in modules() for each in _too_large(path)]
    counts = Counter(path.parent for path in modules() if path.name != "__init__.py")
    wrong += [f"{folder.relative_to(ROOT)} holds {n} modules" for folder, n in counts.items() if n > 15]
    assert wrong == []


def test_no_module_needs_itself_to_be_imported_or_for_a_type() -> None:
    graph = grimp.build_graph(*ROOMS, exclude_type_checking_imports=False, cache_dir=None)
    circles = [
        (module, needed)
        for module in sorted(graph.modules)
        for needed in sorted(graph.find_modules_directly_imported_by(module))
        if graph.find_shortest_chain(importer=needed, imported=module) is not None
    ]
    assert circles == []


def test_no_file_speaks_of_another_place() -> None:
    told = [path for path in ROOT.glob("requirements*.lock") if "://" in path.read_text("utf-8")]
    assert told == []
