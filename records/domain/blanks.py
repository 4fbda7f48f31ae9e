"""Pre-printed blanks: where a printer must be moved so that words fall on the dotted lines."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class BoxShift(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A further move of one box alone, mm right and down."""

    element: str
    right: Decimal = Decimal(0)
    down: Decimal = Decimal(0)


class BlankProfile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A blank in a printer.

    Attributes:
        name: what the office calls it (`HP tầng 2, phôi A4 2026`).
        template: whose words are printed on it.
        right, down: mm that everything is moved.
        shifts: of single boxes.
    """

    id: str
    name: str
    template: str
    right: Decimal = Decimal(0)
    down: Decimal = Decimal(0)
    shifts: tuple[BoxShift, ...] = ()
