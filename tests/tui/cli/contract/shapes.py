"""The shape of a JSON answer: which keys it has, and of what kind each value is.

A kind is `text`, `number`, `yes or no`, `nothing`, or several with `|`; `map` and `list` may hold anything. A list is
`[the shape of a row]`; it must have a row to prove it, unless it is itself in a row, and `[]` must be empty. A map
whose keys are data is `{"*": the shape of a value}`. A key that ends in `?` may be missing.
"""

from __future__ import annotations

from typing import Any

_KINDS = {str: "text", int: "number", float: "number", bool: "yes or no", type(None): "nothing"}


def differences(shape: Any, value: Any, where: str = "answer") -> list[str]:
    """Where `value` is not of this shape, each as a sentence."""
    if isinstance(shape, str):
        kinds = [each.strip() for each in shape.split("|")]
        found = _KINDS.get(type(value), "list" if isinstance(value, list) else "map")
        return [] if found in kinds else [f"{where} is {found}, not {shape}"]
    if isinstance(shape, list):
        return _of_list(shape, value, where)
    return _of_map(shape, value, where)


def _of_list(shape: list[Any], value: Any, where: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where} is no list"]
    if (shape and not value and "[" not in where) or (value and not shape):
        return [f"{where} has {len(value)} rows"]
    return [each for number, row in enumerate(value) for each in differences(shape[0], row, f"{where}[{number}]")]


def _of_map(shape: dict[str, Any], value: Any, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is no map"]
    if set(shape) == {"*"}:
        return [each for key, one in value.items() for each in differences(shape["*"], one, f"{where}.{key}")]
    known = {key.rstrip("?"): (one, key.endswith("?")) for key, one in shape.items()}
    lacking = [key for key, (_, free) in known.items() if not free and key not in value]
    found = [f"{where} has no {key}" for key in lacking]
    found += [f"{where} has {key}, which the contract does not know" for key in value if key not in known]
    for key, one in value.items():
        if key in known:
            found += differences(known[key][0], one, f"{where}.{key}")
    return found


def shape_of(value: Any) -> Any:
    """The shape of a value, for a new case: what is printed when a case has none."""
    if isinstance(value, dict):
        return {key: shape_of(each) for key, each in value.items()}
    if isinstance(value, list):
        shapes = [shape_of(each) for each in value]
        return [_joined(shapes)] if shapes else []
    return _KINDS[type(value)]


def _joined(shapes: list[Any]) -> Any:
    """One shape that all of these are of."""
    if all(isinstance(each, dict) for each in shapes):
        keys = dict.fromkeys(key for each in shapes for key in each)
        every = {key for key in keys if all(key in each for each in shapes)}
        return {
            (key if key in every else f"{key}?"): _joined([each[key] for each in shapes if key in each]) for key in keys
        }
    if all(isinstance(each, list) for each in shapes):
        rows = [each[0] for each in shapes if each]
        return [_joined(rows)] if rows else []
    kinds = dict.fromkeys(
        str(kind) for each in shapes for kind in (each.split("|") if isinstance(each, str) else [each])
    )
    return "|".join(kinds)
