"""Keeps the translations: collects the texts of the program, merges them into the `.po`, compiles the `.mo`.

Run as `python -m config.locale.catalogue`; with `--check` it writes nothing and fails on anything missing or stale.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "vi" / "LC_MESSAGES"
PO, MO = FOLDER / "sovang.po", FOLDER / "sovang.mo"
_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = "# Vietnamese texts of Sổ Vàng."


def texts() -> tuple[dict[str, list[tuple[str, int]]], list[str]]:
    """Every text of the program with its places, and complaints about calls whose text is no literal."""
    found: dict[str, list[tuple[str, int]]] = {}
    complaints: list[str] = []
    for path in _sources():
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and _name(node) in ("t", "tr_") and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.setdefault(first.value, []).append((place, node.lineno))
            elif place != "config/i18n.py":
                complaints.append(f"{place}:{node.lineno}: the first argument is no literal text")
    return found, complaints


def _sources() -> Iterator[Path]:
    yield ROOT / "main.py"
    for room in ("config", "records", "exports", "tui"):
        yield from sorted((ROOT / room).rglob("*.py"))


def _name(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def merged(found: dict[str, list[tuple[str, int]]]) -> Catalog:
    """A catalogue of exactly the texts found, with the translations there are."""
    old = read_po(io.BytesIO(PO.read_bytes()), locale="vi") if PO.exists() else Catalog(locale="vi")
    new = Catalog(locale="vi", header_comment=_HEADER, fuzzy=False)
    for text in sorted(found):
        known = old.get(text)
        places = sorted({(place, 0) for place, _ in found[text]})
        new.add(text, known.string if known else "", locations=places)
    return new


def problems(catalogue: Catalog) -> list[str]:
    """Texts without a translation, and translations whose blanks differ."""
    told = []
    for message in catalogue:
        if not message.id:
            continue
        text, translated = str(message.id), str(message.string)
        if not translated:
            told.append(f"not translated: {text}")
        elif _blanks(text) != _blanks(translated):
            told.append(f"other blanks: {text}")
    return told


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _po(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=110, include_lineno=False, omit_header=True)
    head = 'msgid ""\nmsgstr ""\n"Language: vi\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return f"{_HEADER}\n{head}".encode() + out.getvalue()


def _mo(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    # A fixed date, so that the same texts always give the same bytes.
    plain = Catalog(locale="vi", creation_date=_DATE, revision_date=_DATE, fuzzy=False)
    for message in catalogue:
        if message.id and message.string:
            plain.add(message.id, message.string)
    write_mo(out, plain)
    return out.getvalue()


def main(argv: list[str]) -> int:
    """Write the catalogue, or with `--check` say what is wrong with it."""
    found, complaints = texts()
    catalogue = merged(found)
    complaints += problems(catalogue)
    if "--check" in argv:
        stale = (PO, _po(catalogue)), (MO, _mo(catalogue))
        complaints += [f"stale, run `make catalogue`: {path.name}" for path, now in stale if path.read_bytes() != now]
        for complaint in complaints:
            print(complaint, file=sys.stderr)  # noqa: T201  # a tool for the terminal
        return 1 if complaints else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(_po(catalogue))
    MO.write_bytes(_mo(catalogue))
    for complaint in complaints:
        print(complaint, file=sys.stderr)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
