"""A table whose shares are also drawn: level bars above it in the PDF, a chart below it in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exports.papers.form.lines import shrunk, width_of
from exports.papers.form.page_writer import LEADING, Press
from exports.papers.form.paper import Section
from exports.papers.form.wording import cell_text, nfc

_SIZE = 10.0
_ROW = _SIZE * LEADING + 3
_NAMES = 0.34  # of the width, at most
_NUMBERS = 44.0


@dataclass(frozen=True, slots=True)
class BarSection(Section):
    """A section with a bar for each row.

    Attributes:
        label: number of the column that names the bars.
        value: number of the column that holds their lengths: int or Decimal, or None for no bar.
        full: the length of a bar over the whole width; the longest value where it is None.
    """

    label: int = 0
    value: int = 1
    full: Decimal | None = None

    def bars(self) -> list[tuple[str, Decimal | None]]:
        """Name and length of each bar. A value that is no number has none."""
        return [(cell_text(row[self.label]), _number(row[self.value])) for row in self.rows]

    def longest(self) -> Decimal:
        """The value that fills the width; never nought."""
        values = [value for _, value in self.bars() if value is not None]
        return self.full or max(values, default=Decimal(0)) or Decimal(1)


def _number(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def draw_bars(press: Press, section: BarSection) -> None:
    """Set the bars of a section, one below another; of many only the ends, for the table has them all."""
    bars = ends_of(section.bars())
    names = _names_width(press, [name for name, _ in bars])
    room = press.width - names - _NUMBERS
    full = section.longest()
    for name, value in bars:
        press.need(_ROW)
        text = nfc(name)
        size = shrunk(text, press.font(), _SIZE, names - 6, _SIZE * 0.7)
        press.write(_cut(press, text, size, names - 6), size, "", (0, press.y, names))
        if value is not None:
            length = float(min(max(value / full, Decimal(0)), Decimal(1))) * room
            press.bar(names, press.y + 2, room, _SIZE, 0.92)
            if length:
                press.bar(names, press.y + 2, length, _SIZE, 0.35)
            press.write(cell_text(value), _SIZE, "", (names + room + 4, press.y, _NUMBERS))
        press.y += _ROW
    press.y += 8


_ENDS = 10


def ends_of(bars: Sequence[tuple[str, Decimal | None]]) -> list[tuple[str, Decimal | None]]:
    """The ten highest and the ten lowest of more than twenty bars, in their order."""
    if len(bars) <= 2 * _ENDS:
        return list(bars)
    ranked = sorted((value, number) for number, (_, value) in enumerate(bars) if value is not None)
    kept = {number for _, number in (*ranked[:_ENDS], *ranked[-_ENDS:])}
    return [bar for number, bar in enumerate(bars) if number in kept]


def _names_width(press: Press, names: Sequence[str]) -> float:
    widest = max((width_of(nfc(name), press.font(), _SIZE) for name in names), default=0.0)
    return min(widest + 8, press.width * _NAMES)


def _cut(press: Press, text: str, size: float, width: float) -> str:
    """A name that is too long even in small letters ends in an ellipsis; the table below has it whole."""
    if width_of(text, press.font(), size) <= width:
        return text
    while text and width_of(text + "…", press.font(), size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
