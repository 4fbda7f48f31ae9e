"""docs/records.md: every field of every record, told from the classes. Run as a module, it writes the page anew."""

from __future__ import annotations

import types
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from records.domain.dates import PartialDate
from records.domain.kinds import KINDS

PAGE = Path(__file__).parents[3] / "docs" / "records.md"
_PLAIN = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    float: "number",
    date: "day",
    PartialDate: "partial day",
    Decimal: "decimal",
    type(None): "null",
    Any: "anything",
}
_HEAD = """# What the records hold

Every field of every record of a book, as [the format of the book](architecture.md#the-format-of-the-book) needs it.
The page is made from the classes in `records/domain` by `python -m tests.records.store.record_page`, and a test holds
it against them.

In a document a *day* is `2025-06-15`; a *partial day* is `1968`, `1968-05` or `1968-05-03`, and no more of it is known;
a *decimal* is a text such as `"0.30"`; a *moment* is ISO 8601 with its zone. A field whose value is the default named
here is not written. A field without a default is always there. Money is in whole đồng. A text that is empty, and null,
mean *not known* unless the field says otherwise. An id (`TN-P-00142`) stands wherever a record names another.
"""


def told_type(hint: Any) -> str:
    """A type in words."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return told_type(inner[0])
    if origin is Literal:
        return " \\| ".join(f"`{each}`" if each != "" else '`""`' for each in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(told_type(each) for each in inner)
    if origin is tuple and inner[-1:] == (...,):
        return f"list of {told_type(inner[0])}"
    if origin is tuple:
        return "list of exactly: " + ", ".join(told_type(each) for each in inner)
    if origin in (dict, frozenset, list):
        return f"{origin.__name__} of " + " → ".join(told_type(each) for each in inner)
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _told_default(field: Any) -> str:
    if field.default is not msgspec.NODEFAULT:
        encoded = msgspec.json.encode(field.default, enc_hook=str).decode()
        return f"`{encoded}`"
    return "—" if field.default_factory is msgspec.NODEFAULT else f"`{field.default_factory()!r}`"


def _shapes(hint: Any) -> list[type]:
    """The structs that a type speaks of, outermost first."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return [hint]
    return [each for inner in get_args(hint) for each in _shapes(inner)]


def _section(kind: type, title: str) -> list[str]:
    hints = get_type_hints(kind, include_extras=True)
    lines = [
        "",
        title,
        "",
        (kind.__doc__ or "").strip().splitlines()[0],
        "",
        "| Field | Holds | Default |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{field.encode_name}` | {told_type(hints[field.name])} | {_told_default(field)} |"
        for field in msgspec.structs.fields(kind)
    ]
    return lines


def page() -> str:
    """The page as it must stand."""
    lines, seen, parts = [_HEAD.rstrip("\n")], set(KINDS), list[type]()
    for kind, (table, letter) in KINDS.items():
        lines += _section(kind, f"## {kind.__name__}\n\nTable `{table}`, ids `…-{letter}-…`.")
        parts += [each for hint in get_type_hints(kind).values() for each in _shapes(hint)]
    while parts:
        part = parts.pop(0)
        if part not in seen:
            seen.add(part)
            lines += _section(part, f"## {part.__name__}\n\nPart of other records.")
            parts += [each for hint in get_type_hints(part).values() for each in _shapes(hint)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
