"""A design as readable YAML: what changed is written anew, every other line and remark stays as a person wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import yaml

from config.settings.certificates import Template
from records.services.standards.rule_changes import without_defaults

_LISTS = ("flows", "elements", "back", "variants")
_BLOCKS = ("title", "cites", "ornament", "back_ornament", "sheet")
_ENDLESS = 1_000_000

Span = tuple[int, int, str]
"""From, to, and what stands there instead."""


def rewritten(text: str, old: Template, new: Template) -> str:
    """`text`, of which `old` was read, so that `new` is read of it."""
    whole = yaml.compose(text, Loader=yaml.SafeLoader)
    spans = list(_spans(whole, old, new)) if isinstance(whole, yaml.MappingNode) else None
    if spans is not None and None not in spans:
        made = text
        for start, end, words in sorted((each for each in spans if each), reverse=True):
            made = made[:start] + words + made[end:]
        if reads_as(made, new):
            return made
    return written(new)


def written(design: Template) -> str:
    """A whole design, an element to a line."""
    plain = {"id": design.id, **without_defaults(design)}
    lines = []
    for key, value in plain.items():
        if key in _LISTS:
            lines += [f"{key}:", *(f"  - {_line(each)}" for each in value)]
        else:
            lines.append(f"{key}: {_line(value)}")
    return "\n".join(lines) + "\n"


def reads_as(text: str, design: Template) -> bool:
    """Whether a text is this design."""
    try:
        return msgspec.yaml.decode(text.encode(), type=Template) == design
    except (msgspec.DecodeError, msgspec.ValidationError):
        return False


def _spans(whole: yaml.MappingNode, old: Template, new: Template) -> Iterator[Span | None]:
    """What is to be written anew; None where that cannot be said."""
    nodes = {key.value: (key, value) for key, value in whole.value}
    for field in msgspec.structs.fields(Template):
        name = field.encode_name
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after:
            continue
        if name not in nodes:
            yield None if name in _LISTS else _added(whole, name, after)
        elif name in _LISTS and len(before) <= len(after):
            yield from _items(nodes[name][1], before, after)
        elif name in _LISTS or after is None:
            yield None
        else:
            start, end = _ends(nodes[name][1])
            yield start, end, _line(without_defaults(after))


def _items(node: yaml.Node, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Span | None]:
    if not isinstance(node, yaml.SequenceNode) or len(node.value) != len(before) or not before:
        yield None
        return
    for each, old, new in zip(node.value, before, after, strict=False):
        if old != new:
            start, end = _ends(each)
            yield start, end, _line(without_defaults(new))
    added = after[len(before) :]
    if added and node.flow_style:
        yield None
    elif added:
        dash = " " * node.start_mark.column
        end = _ends(node)[1]
        yield end, end, "".join(f"\n{dash}- {_line(without_defaults(each))}" for each in added)


def _added(whole: yaml.MappingNode, name: str, value: Any) -> Span:
    """A key that was not there, before the first list."""
    place = next((key for key, _ in whole.value if key.value in _LISTS), whole.value[-1][0])
    return place.start_mark.index, place.start_mark.index, f"{name}: {_line(without_defaults(value))}\n"


def _ends(node: yaml.Node) -> tuple[int, int]:
    """Where the text of a node begins and ends; the remarks behind a block are not part of it."""
    start = node.start_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return start, _ends(last[1] if isinstance(last, tuple) else last)[1]
    return start, node.end_mark.index


class _Dumper(yaml.SafeDumper):
    """One line for everything, whole numbers without a point, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's own signature
        """Never alias."""
        return True


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    return dumper.represent_scalar(*(("tag:yaml.org,2002:int", str(int(value))) if value == int(value) else
                                     ("tag:yaml.org,2002:float", f"{value:.4f}".rstrip("0"))))  # fmt: skip


_Dumper.add_representer(float, _number)


def _line(value: Any) -> str:
    said = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=True, width=_ENDLESS
    )
    return said.removesuffix("...\n").strip()
