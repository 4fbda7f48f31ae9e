"""Pictures of figures in blocks of text: bars beside their names, and columns over them. What is not known is a dot."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.cells import cell_len, set_cell_size

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_UNKNOWN = "·"


def bars(rows: Sequence[tuple[str, int, int, int]], width: int) -> list[str]:
    """A line for each name, `width` cells long: a bar for its `part` of `whole`, the per cent and both numbers.

    Args:
        rows: name, part, how many of the rest are not known, whole; the unknown have a shade of their own.
        width: cells of a line.
    """
    numbers = [f"{_percent(part, whole):>4} {part}/{whole}" for _, part, _, whole in rows]
    right = max(map(cell_len, numbers), default=0)
    names = min(max((cell_len(name) for name, _, _, _ in rows), default=0), max(width - right - 8, 6))
    room = max(width - names - right - 2, 3)
    lines = []
    for (name, part, unknown, whole), number in zip(rows, numbers, strict=True):
        filled = room * part // whole if whole else 0
        shaded = room * (part + unknown) // whole - filled if whole else 0
        bar = f"{'█' * filled}{'▒' * shaded}".ljust(room, "░")
        cut = name if cell_len(name) <= names else set_cell_size(name, names - 1) + "…"
        lines.append(f"{set_cell_size(cut, names)} {bar} {number.rjust(right)}")
    return lines


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 // whole}%" if whole else "—"


def columns(names: Sequence[str], values: Sequence[Decimal | int | None], *, most: int, height: int) -> list[str]:
    """Columns `height` lines high over numbers and names; `most` fills the height. None is no column but a dot."""
    told = [_UNKNOWN if each is None else f"{each:.0f}" for each in values]
    wide = [max(cell_len(name), cell_len(number)) for name, number in zip(names, told, strict=True)]
    levels = [0 if each is None or not most else _level(each, most, height) for each in values]
    lines = [
        " ".join(_EIGHTHS[min(max(level - 8 * line, 0), 8)] * cells for level, cells in zip(levels, wide, strict=True))
        for line in range(height - 1, -1, -1)
    ]
    lines += [
        " ".join(set_cell_size(word, cells) for word, cells in zip(words, wide, strict=True)) for words in (told, names)
    ]
    return [line.rstrip() for line in lines]


def _level(value: Decimal | int, most: int, height: int) -> int:
    """Eighths of a line; the least that is more than nought is seen."""
    return max(int(value * 8 * height / most), 1) if value > 0 else 0
