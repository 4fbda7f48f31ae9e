"""The recovery key: 160 random bits as groups of letters that a person can read off paper and type.

Each group has five signs: four of the key and one that checks them and their place. The check is a polynomial over
GF(32): it misses no single wrong sign, no two neighbours exchanged, and no two groups exchanged.
"""

from __future__ import annotations

import os

from config.errors import InputError
from config.text import t

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, which are read for others; those that are typed count as what they look like."""
_LOOKS_LIKE = str.maketrans("OIL", "011")
_GROUPS, _DATA = 8, 4
_BYTES = _GROUPS * _DATA * 5 // 8


def new_recovery_key() -> str:
    """A key that nobody can guess, as it is printed."""
    number = int.from_bytes(os.urandom(_BYTES))
    values = [number >> 5 * place & 31 for place in range(_GROUPS * _DATA)]
    groups = [values[place : place + _DATA] for place in range(0, len(values), _DATA)]
    return "-".join(
        "".join(_SIGNS[value] for value in (*group, _check(group, place))) for place, group in enumerate(groups)
    )


def read_recovery_key(typed: str) -> str:
    """A recovery key as it is printed, however its groups were parted. Raises InputError that names the wrong group."""
    signs = "".join(typed.upper().split()).replace("-", "").translate(_LOOKS_LIKE)
    size = _DATA + 1
    if len(signs) != _GROUPS * size:
        raise InputError(
            t("A recovery key has {n} groups of {size} signs; this one has {given} signs in all",
              n=_GROUPS, size=size, given=len(signs)),
            do=t("type it as it is printed"),
        )  # fmt: skip
    groups = [signs[place : place + size] for place in range(0, len(signs), size)]
    for place, group in enumerate(groups):
        values = [_SIGNS.find(sign) for sign in group]
        if -1 in values or _check(values[:-1], place) != values[-1]:
            raise InputError(
                t("Group {n} of the recovery key, “{group}”, was typed wrong", n=place + 1, group=group),
                do=t("compare it with the paper"),
            )
    return "-".join(groups)


def _check(values: list[int], place: int) -> int:
    """The sign that checks a group: its signs and its place as a polynomial, at 2, in GF(32) by x⁵ + x² + 1."""
    told = place + 1
    for value in values:
        told = _doubled(told) ^ value
    return _doubled(told)


def _doubled(value: int) -> int:
    return (value << 1) ^ (0b100101 if value & 16 else 0)
