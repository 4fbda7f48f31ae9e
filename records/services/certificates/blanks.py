"""Blanks: profiles of pre-printed blanks, kept in the book."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import msgspec

from config.errors import InputError
from config.text import t
from records.domain.blanks import BlankProfile, BoxShift
from records.services.office import Office

REACH = Decimal(50)
"""mm; more than this is a mistake in typing, not a printer out of line."""

Shifts = Mapping[str, tuple[Decimal, Decimal]]


def millimetres(typed: str, where: str = "") -> Decimal:
    """A move as a person writes it, with a point or a comma; nothing is 0. Raises InputError that says `where`."""
    try:
        return Decimal(typed.strip().replace(",", ".") or "0")
    except InvalidOperation as error:
        raise InputError(
            t("“{typed}” is no number of millimetres", typed=typed), where=where, do=t("write it as 1.5 or -2")
        ) from error


def box_move(typed: str) -> tuple[str, tuple[Decimal, Decimal]]:
    """The move of a single box, as `name=1.5,-2`: to the right, and down. Raises InputError that says which."""
    name, _, numbers = typed.partition("=")
    parts = numbers.split(",")
    if len(parts) != 2:
        raise InputError(t("“{typed}” does not say how far to move", typed=typed), do=t("write name=1.5,-2"))
    return name.strip(), (millimetres(parts[0], typed), millimetres(parts[1], typed))


def profiles(office: Office, template: str = "") -> list[BlankProfile]:
    """The profiles, of one template if given, by name."""
    found = (each for each in office.book.table(BlankProfile) if template in ("", each.template))
    return sorted(found, key=lambda each: each.name)


def profile_named(office: Office, name: str) -> BlankProfile:
    """The profile of this name. Raises InputError."""
    known = {each.name: each for each in profiles(office)}
    if name not in known:
        do = t("use one of: {known}", known=", ".join(known)) if known else t("make one with “certificate calibrate”")
        raise InputError(t("There is no blank “{name}”", name=name), do=do)
    return known[name]


def keep_profile(
    office: Office, name: str, template: str, moved: tuple[Decimal, Decimal], shifts: Shifts
) -> BlankProfile:
    """Keep a profile under its name, in place of one of the same name; one change.

    Raises:
        InputError: for an empty name or a move beyond `REACH`.
    """
    name = " ".join(name.split())
    if not name:
        raise InputError(t("The blank has no name"), do=t("name the printer and the blank, such as “HP floor 2, A4”"))
    for number in (*moved, *(side for pair in shifts.values() for side in pair)):
        if not number.is_finite() or abs(number) > REACH:
            raise InputError(
                t("A move of {number} mm cannot be right", number=number), do=t("give at most {most} mm", most=REACH)
            )
    before = next((each for each in profiles(office) if each.name == name), None)
    boxes = tuple(BoxShift(element=key, right=right, down=down) for key, (right, down) in sorted(shifts.items()))
    with office.book.change("certificate.calibrate", about=name) as change:
        profile = BlankProfile(id="", name=name, template=template, right=moved[0], down=moved[1], shifts=boxes)
        return change.put(msgspec.structs.replace(profile, id=before.id if before else change.new_id(BlankProfile)))
