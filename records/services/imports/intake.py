"""Reading people in: a spreadsheet becomes a preview that says everything an import would do; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.layouts import SheetLayout
from records.domain.people.person import Person
from records.domain.unit_names import unit_key
from records.domain.units import Unit
from records.intake.drafts import DraftPost
from records.intake.files.sheets import Limits, Sheet, read_sheets
from records.intake.fonts.oldfonts import read_old_fonts
from records.intake.layout.columns import HeadingsError, Layout, find_layout
from records.intake.layout.headings import NAME_KEYS
from records.intake.layout.rows import judge_rows
from records.intake.matching import Duplicate, KnownPerson, match_people
from records.intake.mending import Mends, mended
from records.intake.people import DraftPerson, Reading, Refusal, Remark, read_people
from records.services.access.looking import may_see
from records.services.access.telling import WITHHELD
from records.services.book.closed_rows import ClosedYears
from records.services.imports.sheet_choice import sheets_named
from records.services.office import Office
from records.services.units.named_units import (
    EndedUnit,
    ended_notice,
    ended_remarks,
    ended_units,
    heirs_of,
    namesakes,
    unit_index,
)
from records.services.unwatched import unwatched

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a file is to be read.

    Attributes:
        sheet: name of the sheet; without it the first with a heading row is read.
        columns: our key -> letter of the column (`-`: none) where the guess is wrong. Without it, the columns of the
            last accepted import of the same layout are taken.
        whole: `columns` says everything, and nothing is guessed.
        role, level: for rows that name none.
        mends: cells of that sheet put right in memory; the file stays as it is.
        unseen: whether people whose row the sheet hides, or whose name is struck out, are taken or left out.
    """

    sheet: str = ""
    columns: Mapping[str, str] | None = None
    whole: bool = False
    role: str = ""
    level: str = ""
    mends: Mends = field(default_factory=dict)
    unseen: Literal["take", "leave"] = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do; nothing has been written.

    Attributes:
        rows: rows that hold a person, whatever became of them.
        accepted: rows that would be entered as new people.
        duplicates: rows of people already in the book or above in the sheet; left out unless a person says otherwise.
        matched: row -> what that row of `duplicates` tells.
        similar: rows among `accepted` that look like somebody; entered as new unless a person says otherwise.
        refused: what is wrong, one entry for each value at fault.
        remarks: what was read differently from how it stood (a zero restored).
        notices: what was done to the whole sheet (an old font read as Unicode).
        how: how the file was read; columns that a person said are remembered when the preview is accepted.
        sheets: names of all sheets of the file.
        remembered: whether the columns are those of an earlier import of the same layout.
        stopped: whether the reading was stopped; such a preview cannot be accepted.
        hidden, struck: rows of people that the sheet hides, or whose name is struck out; what became of them says
            `how.unseen`.
        on: the day of the preview.
        source: the sheet as it was judged, with what was put right in it.
        ended: units that rows name and that no longer exist, with their successors.
        further: row among `duplicates` -> row of the same person above, which takes its further appointments.
    """

    path: Path
    sheet: str
    layout: Layout
    rows: int
    accepted: tuple[DraftPerson, ...]
    duplicates: tuple[Duplicate, ...]
    refused: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]
    on: date
    how: How
    matched: Mapping[int, DraftPerson] = field(default_factory=dict)
    similar: tuple[Duplicate, ...] = ()
    notices: tuple[Text, ...] = ()
    sheets: tuple[str, ...] = ()
    remembered: bool = False
    stopped: bool = False
    hidden: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    source: Sheet = field(default_factory=lambda: Sheet("", ()))
    ended: tuple[EndedUnit, ...] = ()
    further: Mapping[int, int] = field(default_factory=dict)


Opened = tuple[tuple[Sheet, ...], dict[str, tuple[Text, ...]]]
"""The sheets of a file, and what was done to each on reading it, by its name."""


def limits_of(office: Office) -> Limits:
    """What reading a spreadsheet may take, as the office has set it."""
    given = office.settings.office.reading
    return Limits(given.seconds, given.megabytes)


def with_current_ids(sheet: Sheet, office: Office) -> Sheet:
    """A sheet whose cells name records of the book by their ids of now, where they hold one of an earlier code."""
    if len(office.book.codes) < 2:
        return sheet
    rows = tuple(
        tuple(office.current_id(cell) if isinstance(cell, str) else cell for cell in row) for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def open_sheets(office: Office, path: Path, stop: Callable[[], bool] | None = None) -> Opened:
    """The sheets of a file with old fonts read as Unicode and old codes of the book as those of now; what was done.

    Raises:
        InputError: when the file cannot be read.
        RefusedError: when it was stopped.
    """
    read = [read_old_fonts(with_current_ids(sheet, office)) for sheet in read_sheets(path, limits_of(office), stop)]
    return tuple(sheet for sheet, _ in read), {sheet.name: told for sheet, told in read}


def preview(
    office: Office,
    path: Path,
    *,
    today: date,
    how: How | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
    opened: Opened | None = None,
) -> Preview:
    """Read `path` as `how` says (without it everything is guessed) and tell what an import would do.

    No date may lie after `today`. `opened` are its sheets where it was read before. `progress` is told (done, all) and
    `stop` asked now and then; when it answers true the preview is marked as stopped and can be looked at, but not
    accepted.

    Raises:
        HeadingsError: when no sheet has a heading row; `how.columns` can stand in for it.
        InputError: when the file, the sheet or its columns cannot be read.
    """
    how = how or How()
    sheets, notices = opened or open_sheets(office, path)
    chosen, layout, remembered, others = _choose(office, sheets, how, path)
    chosen = mended(chosen, how.mends)
    with unwatched(len(chosen.rows)):
        reading = read_people(
            chosen,
            layout,
            today=today,
            names=office.settings.names,
            take_unseen=how.unseen == "take",
            progress=progress,
            stop=stop,
        )
        seen, reading = _looked_up(office, path, reading, how, today)
    sheet_names = tuple(each.name for each in sheets)
    told = (*notices[chosen.name], *reading.notices, *_unread(others))
    seen = replace(seen, notices=told, sheets=sheet_names, remembered=remembered, source=chosen)
    return _with_remarks(office, seen, reading)


def _looked_up(office: Office, path: Path, reading: Reading, how: How, today: date) -> tuple[Preview, Reading]:
    """The preview of a reading whose people were looked for in the book, and what is left of the reading."""
    found = recognised(office, reading.drafts, today)
    reading = _without_closed(office, reading, {each.row for each in found if each.confidence != "possible"}, how)
    return _matched(path, reading, found, how, today), reading


def _without_closed(office: Office, reading: Reading, known: Collection[int], how: How) -> Reading:
    """The reading without new people of whom a row tells something in a closed year; those rows are refused."""
    closed, refused = ClosedYears(office), []
    for each in reading.drafts if closed else ():
        if each.row in known:
            continue
        posts = [appointment_of(post, ("?", "?", "")) for post in each.posts_for(how.role, how.level)]
        problem = closed.problem([person_of(each, "?", ""), *posts])
        if problem is not None:
            refused.append(Refusal(each.row, "", "", problem, name=each.name))
    out = {each.row for each in refused}
    kept = tuple(each for each in reading.drafts if each.row not in out)
    return replace(reading, drafts=kept, refused=(*reading.refused, *refused))


def person_of(draft: DraftPerson, new_id: str, unit: str) -> Person:
    """The person that a row tells of."""
    told = {key: getattr(draft, key) for key in Person.__struct_fields__}
    return Person(**{**told, "id": new_id, "unit": unit})


def appointment_of(post: DraftPost, ids: tuple[str, str, str]) -> Appointment:
    """The appointment that a row tells of; `ids` are its own, that of the person and that of the unit."""
    return Appointment(
        id=ids[0],
        person=ids[1],
        role=post.role,  # type: ignore[arg-type]  # roles of a draft come from the closed set
        level=post.level,
        unit=ids[2],
        number=post.number,
        decided=post.decided,
        since=post.begun,
        until=post.until,
        recognised_by=post.recognised_by,
        managed_by=post.managed_by,
        note=post.note,
    )


def _with_remarks(office: Office, seen: Preview, reading: Reading) -> Preview:
    """The preview with what is to be said of codes and units that rows name."""
    ended = ended_units(office, reading.drafts, seen.on)
    units = (*namesakes(office, reading.drafts, seen.on), *(ended_notice(office, each, seen.on) for each in ended))
    of_units = [remark for each in ended for remark in ended_remarks(office, each, seen.layout, seen.on)]
    remarks = (*seen.remarks, *_unknown_codes(office, reading), *of_units)
    return replace(seen, notices=(*seen.notices, *units), remarks=remarks, ended=ended)


def _unknown_codes(office: Office, reading: Reading) -> list[Remark]:
    """A word about every code that nobody in the book has."""
    people = office.book.table(Person)
    told = t("nobody in the book has this code; the person is looked for by name, birth and unit")
    drafts = (each for each in reading.drafts if each.code and people.get(each.code) is None)
    return [Remark(each.row, reading.layout.label("code"), told) for each in drafts]


def _matched(path: Path, reading: Reading, found: tuple[Duplicate, ...], how: How, today: date) -> Preview:
    doubled = {each.row for each in found if each.confidence != "possible"}
    matched = {each.row: each for each in reading.drafts if each.row in doubled}
    accepted = tuple(each for each in reading.drafts if each.row not in doubled)
    further, told = _further({each.row: each for each in accepted}, matched, found)
    return Preview(
        path=path,
        sheet=reading.sheet,
        layout=reading.layout,
        rows=reading.rows,
        accepted=accepted,
        duplicates=tuple(each for each in found if each.row in doubled),
        matched=matched,
        similar=tuple(each for each in found if each.row not in doubled),
        refused=reading.refused,
        remarks=(*reading.remarks, *told),
        on=today,
        how=how,
        stopped=reading.stopped,
        hidden=reading.hidden,
        struck=reading.struck,
        further=further,
    )


def _further(
    accepted: Mapping[int, DraftPerson], matched: Mapping[int, DraftPerson], found: Iterable[Duplicate]
) -> tuple[dict[int, int], list[Remark]]:
    """Which rows tell further appointments of a person above who is surely the same, and what is said of them."""
    further, told = {}, []
    for each in found:
        first = accepted.get(int(each.of.removeprefix("row "))) if each.of.startswith("row ") else None
        draft = matched.get(each.row)
        if first is None or draft is None or not (each.confidence == "certain" or (first.born and draft.born)):
            continue
        if first.with_posts_of(draft) != first:
            further[each.row] = first.row
            told.append(Remark(each.row, "", t("a further appointment of the person in row {row}", row=first.row)))
            if other := first.contradicts(draft):
                keys = ", ".join(other)
                told.append(
                    Remark(each.row, "", t("row {row} says otherwise, and counts: {keys}", row=first.row, keys=keys))
                )
    return further, told


def _choose(
    office: Office, sheets: tuple[Sheet, ...], how: How, path: Path
) -> tuple[Sheet, Layout, bool, tuple[str, ...]]:
    """The sheet that is meant or the first that holds a list of people, and the names of others that hold one."""
    problem: InputError | None = None
    found: list[tuple[Sheet, Layout, bool]] = []
    for each in sheets_named(sheets, how.sheet, path):
        try:
            found.append((each, *_layout(office, each, how)))
        except InputError as error:
            problem = problem or error
    if found:
        # To look for people in every sheet is only worth it where there is something to choose.
        lists = [each for each in found if len(found) > 1 and _lists_people(each[0], each[1])]
        best = (lists or found)[0]
        return *best, tuple(each[0].name for each in lists if each is not best)
    assert problem is not None  # there is at least one sheet
    raise type(problem)(problem.what, where=problem.where or str(path), do=problem.do)


def _lists_people(sheet: Sheet, layout: Layout) -> bool:
    """Whether a sheet holds people with something said of them: a cover sheet lists names of other things."""
    told = layout.columns.keys() - {"number", "note", *NAME_KEYS}
    return bool(told) and any(each.kind == "data" for each in judge_rows(sheet, layout))


def _unread(others: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(
        t("Sheet “{name}” holds a list too, and was not read: import it by its name", name=name) for name in others
    )


def _layout(office: Office, sheet: Sheet, how: How) -> tuple[Layout, bool]:
    """The layout of a sheet, and whether it is one remembered."""
    if how.columns is not None:
        return find_layout(sheet, how.columns, whole=how.whole), False
    try:
        layout, problem = find_layout(sheet), None
    except HeadingsError as error:
        layout, problem = _loosely(sheet, error), error
    for each in office.book.table(SheetLayout).where(fingerprint=layout.fingerprint()):
        try:
            remembered = find_layout(sheet, each.columns, whole=True)
        except InputError:
            continue
        return remembered, remembered.columns != layout.columns
    if problem is not None:
        raise problem
    return layout, False


def _loosely(sheet: Sheet, problem: HeadingsError) -> Layout:
    """The layout of a sheet whose headings say little, to know it again. Raises `problem` where there is none."""
    try:
        return find_layout(sheet, {"number": "-"})
    except HeadingsError:
        raise problem from None


def recognised(office: Office, drafts: tuple[DraftPerson, ...], on: date) -> tuple[Duplicate, ...]:
    """Which drafts are, or may be, people of the book; a unit that ended counts as the one that took it over."""
    index, units = unit_index(office, on), {each.id: each for each in office.book.table(Unit)}
    now: dict[str, str] = {}
    for unit in units.values():
        heirs = () if unit.exists_on(on) else heirs_of(units, unit.id, on)
        now[unit.id] = units[heirs[0]].name_on(on) if len(heirs) == 1 else unit.name_on(on)
    known = [
        KnownPerson(
            id=each.id, name=each.name, born=each.born, national_id=each.national_id, unit=now.get(each.unit, "")
        )
        for each in office.book.table(Person)
    ]
    named = {unit: now.get(index.get(unit_key(unit), ""), unit) for unit in {each.unit for each in drafts}}
    known_by = {unit: name for unit, name in named.items() if name != unit}
    found = match_people(
        [msgspec.structs.replace(each, unit=known_by[each.unit]) if each.unit in known_by else each for each in drafts],
        known,
    )
    if may_see(office):
        return found
    return tuple(replace(each, why=WITHHELD) if each.private else each for each in found)


__all__ = [
    "HeadingsError",
    "How",
    "Opened",
    "Preview",
    "Progress",
    "limits_of",
    "open_sheets",
    "preview",
    "recognised",
]
