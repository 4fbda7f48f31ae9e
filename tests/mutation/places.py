"""The places of a module that can be spoilt, and the module with one of them spoilt."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}


@dataclass(frozen=True, slots=True)
class Place:
    """One node of a module: the `number`-th that can be spoilt, with its line as it is and as it would be."""

    module: str
    number: int
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.before}  →  {self.after}"


def places_of(module: str) -> list[Place]:
    """Every place of the module at `module`, a path under the root."""
    text = (ROOT / module).read_text(encoding="utf-8")
    found = []
    for number, node in enumerate(_spoilable(ast.parse(text))):
        changed = deepcopy(node)
        _spoil(changed)
        before, after = (" ".join(ast.unparse(each).split()) for each in (node, changed))
        found.append(Place(module, number, getattr(node, "lineno", 0), before[:100], after[:100]))
    return found


def spoilt(place: Place) -> str:
    """The text of the module with that place spoilt."""
    tree = ast.parse((ROOT / place.module).read_text(encoding="utf-8"))
    _spoil(list(_spoilable(tree))[place.number])
    return ast.unparse(tree)


def chosen(rooms: tuple[str, ...], count: int, seed: int) -> list[Place]:
    """So many places, as many from each room; the same ones for the same seed and text."""
    found: list[Place] = []
    for number, room in enumerate(rooms):
        modules = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*.py"))
        every = [place for module in modules for place in places_of(module)]
        chance = random.Random(f"{seed} {room}")  # a change in one room moves no place of another
        found += chance.sample(every, count // len(rooms) + (number < count % len(rooms)))
    return found


def _spoilable(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes with an opposite; what only describes a class to Python (`frozen=True`) has none that matters."""
    describing = set()
    for made in ast.walk(tree):
        if isinstance(made, ast.ClassDef):
            said = [*made.decorator_list, *made.keywords]
            describing |= {id(node) for each in said for node in ast.walk(each)}
    for node in ast.walk(tree):
        if id(node) not in describing and _has_opposite(node):
            yield node


def _has_opposite(node: ast.AST) -> bool:
    match node:
        case ast.Compare(ops=[_]) | ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.Constant(value=bool()):
            return True
        case ast.BinOp(left=ast.Constant(value=str())):  # words joined
            return False
        case ast.BinOp():
            return type(node.op) in _COUNTED
        case _:
            return False


def _spoil(node: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops = [_COMPARED[type(node.ops[0])]()]
    elif isinstance(node, ast.BinOp):
        node.op = _COUNTED[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value = not node.value
