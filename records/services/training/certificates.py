"""Certificates of classes: each has a number in the register of who issues it, given when it is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from config.errors import InputError
from config.text import t
from records.domain.people.names import matching_key
from records.domain.training import Attendance
from records.services.office import Office

_PRINTED = "certificate.print"


def next_number(office: Office, issuer: str, year: int, pattern: str) -> int:
    """The next number in the register of an issuer for a year: one more than was ever given, also if taken back since.

    Args:
        office: the open book.
        issuer: as on the certificates.
        year: of the day on the certificates.
        pattern: how its numbers are written, with `{n}` and `{year}`.
    """
    written, wanted = _written(pattern), matching_key(issuer)
    given = [each for entry in office.book.history(action=_PRINTED) for _, each in entry.of(Attendance) if each]
    numbers = [
        int(found["n"])
        for each in (*office.book.table(Attendance), *given)
        if each.certificate
        and matching_key(each.certificate_issuer) == wanted
        and (each.certificate_day or each.day).year == year
        and (found := written.match(each.certificate))
    ]
    return max(numbers, default=0) + 1


def numbered(
    office: Office, rows: Sequence[Attendance], issuer: str, day: date, pattern: str, *, first: str = ""
) -> list[Attendance]:
    """The attendances with a number each, in order; those that have one keep it. Nothing is written.

    Args:
        office: the open book.
        rows: of those who completed a class.
        issuer: as on the certificates.
        day: on the certificates.
        pattern: how numbers of the register are written.
        first: the first number; the next of the register when left out.

    Raises:
        InputError: for a first number that is none.
    """
    if not any(not each.certificate for each in rows):
        return list(rows)
    number = _first(first, pattern) if first.strip() else next_number(office, issuer, day.year, pattern)
    made = []
    for each in rows:
        if each.certificate:
            made.append(each)
            continue
        text = pattern.format(n=number, year=day.year)
        made.append(replace(each, certificate=text, certificate_issuer=issuer, certificate_day=day))
        number += 1
    return made


def _first(typed: str, pattern: str) -> int:
    found = _written(pattern).fullmatch(typed.strip()) or re.fullmatch(r"(?P<n>[0-9]+)", typed.strip())
    if found is None or not int(found["n"]):
        raise InputError(
            t("“{typed}” is no number of the register", typed=typed),
            do=t("write the first number, such as {example}", example=pattern.format(n=1, year=2026)),
        )
    return int(found["n"])


def _written(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\{n\}", r"(?P<n>[0-9]+)").replace(r"\{year\}", r"[0-9]+"))
