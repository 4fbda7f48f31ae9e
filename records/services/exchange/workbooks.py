"""Workbooks of units that keep no book: the request that goes out in one, and what comes back in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from config.errors import AppError, ConfigError, InputError, RefusedError
from config.text import t
from records.domain.emulation import period_of
from records.domain.exchange import Package
from records.domain.units import Unit
from records.intake.files.cells import Sheet
from records.services.exchange import opening, taking
from records.services.exchange.differences import TAKEN
from records.services.exchange.meeting import neighbour_named
from records.services.exchange.package import ENDING
from records.services.imports import entering, intake
from records.services.office import Office
from records.services.units.units import find_unit

_ASKED = re.compile(r"SVYC ([A-Z]{1,6}-U-\d{5,}) (\S{1,20})")
_LOOKED_AT = 12
SHEETS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv")
"""Endings of files that may be a workbook of a unit."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a unit is asked for: its id here, and the time."""

    unit: str
    period: str

    @property
    def mark(self) -> str:
        """The words by which the workbook is known when it comes back."""
        return f"SVYC {self.unit} {self.period}"


class AskedError(InputError):
    """A workbook in which another office asks this one; `code` is whose, `period` of which time."""

    def __init__(self, path: Path, asked: Request) -> None:
        self.code, self.period = asked.unit.partition("-")[0], asked.period
        super().__init__(
            t("In this workbook {code} asks for the people of its unit {unit}, {period}", code=self.code,
              unit=asked.unit, period=asked.period),
            where=str(path),
            do=t("fill it in and give it back, or answer by a package: exchange pack --for {code} --what roster "
                 "--period {period}", code=self.code, period=asked.period),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook that came back, and what entering it would do.

    Attributes:
        request: what it answers; its unit is empty where nobody says of which it is.
        choices: rows with our code, which update their person.
        taken: what was entered when the same file was taken before, or None.
    """

    path: Path
    request: Request
    seen: intake.Preview
    planned: entering.Plan
    choices: dict[int, str]
    sha256: str
    taken: Package | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A file of a folder and what taking it would do: that of a package, that of a workbook, or why it is of no use."""

    path: Path
    plan: taking.Plan | None = None
    workbook: Workbook | None = None
    error: AppError | None = None


def request(office: Office, unit: str, period: str, today: date) -> Request:
    """What a unit is asked for. Raises InputError for an unknown unit, one that ended, or no period."""
    first, last = period_of(period)[1:]
    found = find_unit(office, unit, min(last, today))
    if not _exists(found, first, last):
        raise InputError(
            t("{name} does not exist in {period}", name=found.name, period=period), do=t("name a unit of that time")
        )
    return Request(found.id, period)


def _exists(unit: Unit, first: date, last: date) -> bool:
    return (unit.since or first) <= last and first <= (unit.until or last)


def read_workbook(office: Office, path: Path, *, today: date, unit: str = "", period: str = "") -> Workbook:
    """Read a workbook that a unit filled in; nothing is written.

    Args:
        office: the open book.
        path: the file.
        today: no day in it may be later.
        unit: whose it is, by name or code, where the workbook does not say so itself.
        period: of which time, likewise.

    Raises:
        InputError: when it cannot be read, is of an unknown unit, or says neither unit nor time.
        AskedError: when it asks this office, and is not filled in for it.
    """
    opened = intake.open_sheets(office, path)
    told = _asked_in(opened[0]) or Request("", "")
    place = find_unit(office, unit, today).id if unit else told.unit
    if place and office.book.table(Unit).get(place) is None:
        if neighbour_named(office, place.partition("-")[0]) is not None:
            raise AskedError(path, told)
        raise InputError(
            t("The workbook is of the unit {id}, which this book does not have", id=place), where=str(path),
            do=t("say which unit it is with --unit"),
        )  # fmt: skip
    if period or told.period:
        period_of(period or told.period)
    seen = intake.preview(office, path, today=today, opened=opened)
    choices = entering.first_choices(office, seen)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    taken = next((each for each in office.book.table(Package) if each.sha256 == sha256 and each.way == "taken"), None)
    return Workbook(
        path=path, request=Request(place, period or told.period), seen=seen,
        planned=entering.plan(office, seen, choices), choices=choices, sha256=sha256, taken=taken,
    )  # fmt: skip


def asked_in(office: Office, path: Path) -> Request | None:
    """What a workbook asks for, or None. Raises InputError when it cannot be read."""
    return _asked_in(intake.open_sheets(office, path)[0])


def _asked_in(sheets: Iterable[Sheet]) -> Request | None:
    """What a workbook asks for, by the mark in its first rows."""
    for sheet in sheets:
        for row in sheet.rows[:_LOOKED_AT]:
            for cell in row:
                if isinstance(cell, str) and (found := _ASKED.search(cell)):
                    return Request(found[1], found[2])
    return None


def take_workbook(office: Office, book: Workbook, *, today: date) -> Package | None:
    """Enter a workbook as an import, and that it came; None where the same file was taken before.

    Raises:
        BookError: when the book cannot be written.
    """
    if book.taken is not None and not book.planned:
        return None
    entering.accept(office, book.seen, book.choices)
    seq, digest = office.book.head()
    name = office.unit_names(today).get(book.request.unit, book.path.name)
    with office.book.change(TAKEN, about=f"{name} · {book.request.period or book.path.name}") as change:
        entry = Package(
            id=change.new_id(Package), package=book.sha256[:32], way="taken", office="", day=today,
            made=today.isoformat(), seq=seq, hash=digest, what=("roster",), period=book.request.period,
            people=book.seen.rows, sha256=book.sha256, unit=book.request.unit,
        )  # fmt: skip
        if book.taken is not None:
            return change.put(msgspec.structs.replace(entry, id=book.taken.id), was=book.taken)
        return change.put(entry)


def files_in(folder: Path) -> list[Path]:
    """Every package and then every spreadsheet in a folder, by name; lock files of other programs are none.

    Raises:
        InputError: when there is none.
    """
    found = [each for each in folder.iterdir() if each.suffix.lower() in (*SHEETS, ENDING) and each.is_file()
             and not each.name.startswith(("~$", "."))]  # fmt: skip
    if not found:
        raise InputError(
            t("There is neither a package nor a workbook in this folder"), where=str(folder), do=t("check the folder")
        )
    return sorted(found, key=lambda each: (each.suffix.lower() != ENDING, each.name))


def look(office: Office, path: Path, *, today: date) -> Looked:
    """What taking one file of a folder would do; what cannot be used says why, and keeps no other from being read."""
    try:
        if path.suffix.lower() == ENDING:
            package = opening.opened(office, path)
            return Looked(path=path, plan=taking.plan(office, package, taking.How(), today=today))
        return Looked(path=path, workbook=read_workbook(office, path, today=today))
    except (InputError, RefusedError, ConfigError) as error:
        return Looked(path=path, error=error)


def take_file(office: Office, path: Path, *, today: date) -> tuple[Office, Looked]:
    """Take one file of a folder as a change of its own, looked at anew: those before it changed the book.

    Gives the office as it is then, and what was taken, or why it was not.

    Raises:
        BookError: when the book cannot be written.
    """
    found = look(office, path, today=today)
    try:
        if found.plan is not None:
            office = taking.accept(office, found.plan)[0]
        elif found.workbook is not None:
            take_workbook(office, found.workbook, today=today)
    except (InputError, RefusedError, ConfigError) as error:
        return office, Looked(path=path, error=error)
    return office, found
