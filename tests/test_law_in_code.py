"""No law in code: days and set words of papers stand in dated settings, where they are cited and can be changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from config.settings.loading import load_settings

_ROOT = Path(__file__).parents[1]
_FOLDERS = ("config", "records", "exports", "tui")
_LAW = range(1945, 2150)  # the first days of spreadsheets are older, and the last day of a calendar is later
_DAYS_OF_OTHERS = {
    # no clock in a file: the same content gives the same bytes
    "exports/papers/form/docx_parts.py": {2000},
    "exports/papers/form/workbook.py": {2000},
    "exports/sheets.py": {2000},
    "config/locale/catalogue.py": {2026},
    "records/services/certificates/codes.py": {2000},  # from when the days in a code are counted, for ever
}
_WORDS_OF_OTHERS = {
    # what codes are packed against: a part of their form, and never printed
    "records/services/certificates/codes.py": {"-QĐ/"},
    # certificates of nobody, by which a design is looked at
    "exports/certificates/design/samples.py": {"-QĐ/", "TM.", "T/M"},
}
_MADE_UP = "records/demo/"  # the days of an office that never was


@cache
def _modules() -> list[tuple[str, ast.Module]]:
    return list(_parsed())


def _parsed() -> Iterator[tuple[str, ast.Module]]:
    for folder in _FOLDERS:
        for path in sorted((_ROOT / folder).rglob("*.py")):
            name = path.relative_to(_ROOT).as_posix()
            if not name.startswith(_MADE_UP):
                yield name, ast.parse(path.read_text("utf-8"))


def days_in(tree: ast.AST) -> set[int]:
    """Years of days that are written out: `date(2025, 7, 1)`, `"2025-07-01"` as a value, `datetime(2025, …)`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            first = node.args[0] if node.args else None
            if called in ("date", "datetime") and isinstance(first, ast.Constant) and isinstance(first.value, int):
                found.add(first.value)
            if called == "fromisoformat" and isinstance(first, ast.Constant):
                found.add(int(str(first.value)[:4]))
    return found


def words_in(tree: ast.AST, words: frozenset[str]) -> set[str]:
    """Which of the set words of papers stand in a text that is neither said to a reader of the screen nor explained."""
    nodes = [*ast.walk(tree)]
    said = {id(part) for node in nodes if _tells(node) for part in ast.walk(node)}
    passed_over = said | {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return {
        word
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over
        for word in words
        if word in node.value
    }


def _tells(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("t", "tr_")


def _set_words() -> frozenset[str]:
    settings = load_settings()
    found: set[str] = set()
    for side in settings.styles.sides.values():
        for part in (side.head, side.minutes, side.recipients, side.addressed):
            for held in part.values.values():
                found |= set(_texts(held.value))
    for form in settings.papers.forms.values():
        found |= {mode for held in form.modes.values.values() for mode in held.value or ()}
        found |= {(held.value or "").replace("{n}", "").partition("{")[0] for held in form.number.values.values()}
    return frozenset(each for each in found if len(each) > 2 and each not in ("Lưu", "- Lưu:"))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    else:
        for name in getattr(value, "__struct_fields__", ()):
            yield from _texts(getattr(value, name))


def test_no_day_of_law_is_written_in_code() -> None:
    found = {name: (days_in(tree) - _DAYS_OF_OTHERS.get(name, set())) & set(_LAW) for name, tree in _modules()}
    assert {name: years for name, years in found.items() if years} == {}


def test_no_set_word_of_a_paper_is_written_in_code() -> None:
    words = _set_words()
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "NGƯỜI GHI BIÊN BẢN", "Kính trình:", "T/M", "TUQ.", "-QĐ/"} <= words
    found = {name: words_in(tree, words) - _WORDS_OF_OTHERS.get(name, set()) for name, tree in _modules()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "code",
    ["since = date(2026, 5, 27)", "LAST = datetime.date(2021, 7, 9)", 'day = date.fromisoformat("2025-07-01")'],
)
def test_a_day_of_law_in_code_is_found(code: str) -> None:
    assert days_in(ast.parse(code))


def test_a_set_word_in_code_is_found_and_one_in_a_sentence_is_not() -> None:
    words = frozenset({"T/M"})
    assert words_in(ast.parse('mode = "T/M"'), words) == words
    assert words_in(ast.parse('"""Signs T/M."""\ntold = t("sign T/M")'), words) == set()
