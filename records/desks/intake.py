"""The intake desk: a spreadsheet becomes a preview, and only an accepted preview becomes one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.errors import InputError
from config.text import t
from records.book.change import Change
from records.desks.office import Office
from records.domain.names import fold, matching_key
from records.domain.people import Credential, Person
from records.domain.service import Appointment
from records.domain.units import Unit, UnitName
from records.intake.columns import Layout, find_layout
from records.intake.matching import Duplicate, KnownPerson, find_duplicates
from records.intake.people import DraftPerson, Refusal, Remark, read_people
from records.intake.sheets import Sheet, read_sheets

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do; nothing has been written.

    Attributes:
        rows: rows that hold a person, whatever became of them.
        accepted: rows that would be entered.
        duplicates: rows of people already in the book or above in the sheet; they are left out.
        refused: what is wrong, one entry for each value at fault.
        remarks: what was read differently from how it stood (a zero restored).
        new_units: names of units that the book does not know and the import would add.
        role, level: given to rows that name none.
    """

    path: Path
    sheet: str
    layout: Layout
    rows: int
    accepted: tuple[DraftPerson, ...]
    duplicates: tuple[Duplicate, ...]
    refused: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]
    new_units: tuple[str, ...]
    role: str = ""
    level: str = ""


def preview(
    office: Office,
    path: Path,
    *,
    today: date,
    sheet: str = "",
    columns: Mapping[str, str] | None = None,
    role: str = "",
    level: str = "",
    progress: Progress | None = None,
) -> Preview:
    """Read `path` and tell what an import would do.

    Without a `sheet`, the first with a heading row is read. `columns` maps our key to a letter where the guess is
    wrong; `role` and `level` are for rows that name none; `progress` is told (done, all) now and then.

    Raises:
        InputError: when the file, the sheet or its headings cannot be read.
    """
    chosen, layout = _choose(read_sheets(path), sheet, columns, path)
    reading = read_people(chosen, layout, today=today, progress=progress)
    duplicates = find_duplicates(reading.drafts, _known(office, today))
    doubled = {each.row for each in duplicates}
    accepted = tuple(each for each in reading.drafts if each.row not in doubled)
    return Preview(
        path=path,
        sheet=chosen.name,
        layout=layout,
        rows=reading.rows,
        accepted=accepted,
        duplicates=duplicates,
        refused=reading.refused,
        remarks=reading.remarks,
        new_units=_new_units(office, accepted),
        role=role,
        level=level,
    )


def _choose(
    sheets: tuple[Sheet, ...], name: str, columns: Mapping[str, str] | None, path: Path
) -> tuple[Sheet, Layout]:
    if name:
        for each in sheets:
            if fold(each.name) == fold(name):
                return each, find_layout(each, columns)
        raise InputError(
            t("The file has no sheet “{name}”", name=name),
            where=str(path),
            do=t("use one of: {names}", names=", ".join(each.name for each in sheets)),
        )
    problem: InputError | None = None
    for each in sheets:
        try:
            return each, find_layout(each, columns)
        except InputError as error:
            problem = problem or error
    if problem is None:
        raise InputError(t("The file holds no sheet"), where=str(path), do=t("choose another file"))
    raise InputError(problem.what, where=problem.where or str(path), do=problem.do)


def _known(office: Office, on: date) -> list[KnownPerson]:
    names = office.unit_names(on)
    return [
        KnownPerson(
            id=each.id, name=each.name, born=each.born, national_id=each.national_id, unit=names.get(each.unit, "")
        )
        for each in office.book.table(Person)
    ]


def _unit_index(office: Office) -> dict[str, str]:
    """Unit name with accents -> id; a living unit wins over an ended one of the same name."""
    units = sorted(office.book.table(Unit), key=lambda unit: (unit.until is None, unit.until or date.max))
    return {matching_key(name.name): unit.id for unit in units for name in unit.names}


def _new_units(office: Office, drafts: tuple[DraftPerson, ...]) -> tuple[str, ...]:
    index = _unit_index(office)
    return tuple(dict.fromkeys(each.unit for each in drafts if each.unit and matching_key(each.unit) not in index))


def accept(office: Office, shown: Preview) -> int:
    """Enter the accepted rows of a preview as one change that one undo takes back; returns how many.

    Raises:
        BookError: when the book cannot be written; nothing is entered then.
    """
    if not shown.accepted:
        return 0
    with office.book.change("roster.import", about=shown.path.name) as change:
        units = _unit_index(office)
        for name in shown.new_units:
            unit = Unit(id=change.new_id(Unit), names=(UnitName(name=name),), kind="party_organisation")
            units[matching_key(name)] = change.put(unit).id
        for draft in shown.accepted:
            _enter(office, change, draft, units.get(matching_key(draft.unit), "") if draft.unit else "", shown)
    return len(shown.accepted)


def _enter(office: Office, change: Change, draft: DraftPerson, unit: str, shown: Preview) -> None:
    person = change.put(_person(draft, change.new_id(Person), unit))
    for role in draft.roles or ((shown.role,) if shown.role else ()):
        described = office.settings.roles.roles[role]
        change.put(
            Appointment(
                id=change.new_id(Appointment),
                person=person.id,
                role=role,  # type: ignore[arg-type]  # roles of a draft come from the closed set
                level=draft.level or shown.level or "",
                unit=unit,
                instrument=described.instruments[0] if draft.decision_number else "",
                number=draft.decision_number,
                decided=draft.decision_date,
                since=draft.decision_date,
                recognised_by=described.recognised_by.vi if draft.decision_number else "",
                managed_by=described.managed_by.vi,
            )
        )


def _person(draft: DraftPerson, new_id: str, unit: str) -> Person:
    credentials = []
    if draft.education:
        credentials.append(Credential(kind="education", level=draft.education))
    if draft.political_theory:
        credentials.append(Credential(kind="political_theory", level=draft.political_theory))
    return Person(
        id=new_id,
        name=draft.name,
        sex=draft.sex,
        born=draft.born,
        national_id=draft.national_id,
        phone=draft.phone,
        email=draft.email,
        ethnicity=draft.ethnicity,
        religion=draft.religion,
        native_place=draft.native_place,
        residence=draft.residence,
        position=draft.position,
        unit=unit,
        party_probation=draft.party_probation,
        party_official=draft.party_official,
        party_card=draft.party_card,
        credentials=tuple(credentials),
        note=draft.note,
    )
