"""The duties of people by month: counts and dates only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.dates import parse_partial
from records.domain.people.names import clean
from records.domain.training import DutyCount
from records.rules.training.duties import MEASURE_WORDS, duty_problem
from records.services.office import Office

_MOST = 1_000_000


class DutyCell(NamedTuple):
    """One count of a person in a month (its first day), and the text it should hold; empty text clears it."""

    person: str
    month: date
    measure: str
    typed: str


def duties_between(office: Office, first: date, last: date) -> dict[tuple[str, date], DutyCount]:
    """(person id, first day of the month) -> the counts recorded for months that begin between two days, both in."""
    found = (each for each in office.book.table(DutyCount) if first <= each.month <= last)
    return {(each.person, each.month): each for each in found}


def duty_text(count: DutyCount | None, measure: str) -> str:
    """What a cell holds; nothing where nothing is recorded for the month."""
    return "" if count is None else str(getattr(count, measure))


def cell_problem(measure: str, typed: str, *, month: date, today: date) -> Text | None:
    """Why a cell of `month` cannot hold `typed`, or None."""
    try:
        judge_month(month, today)
        _count(measure, typed)
    except InputError as error:
        return t("{what}; {do}", what=error.what, do=error.do)
    return None


def _count(measure: str, typed: str) -> int:
    if measure not in MEASURE_WORDS:
        known = ", ".join(MEASURE_WORDS)
        raise InputError(t("There is no column “{key}”", key=measure), do=t("use one of: {known}", known=known))
    text = clean(typed).replace(".", "").replace(" ", "")  # 1.250 people are written with a point
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal()) or int(text) > _MOST:
        raise InputError(t("“{typed}” is no count", typed=typed), do=t("write a whole number, or nothing"))
    return int(text)


def month_of(typed: str, *, field: str, today: date) -> date:
    """The first day of a month typed as 3/2026 or 2026-03. Raises InputError for anything else or one still to come."""
    found = parse_partial(typed, field=field, today=today)
    if not found.month:
        raise InputError(t("“{typed}” is no month", typed=typed), do=t("write it as 3/2026"))
    return judge_month(date(found.year, found.month, 1), today)


def judge_month(month: date, today: date) -> date:
    """Refuse a month still to come. Raises InputError."""
    if month > today:
        raise InputError(t("Month {month} is still to come", month=f"{month:%m/%Y}"), do=t("enter it when it is over"))
    return month.replace(day=1)


def write_duties(office: Office, cells: Iterable[DutyCell], *, today: date) -> int:
    """Write counts as one change; a month whose counts are all cleared is taken out. Returns how many months changed.

    Raises:
        InputError: for an unknown person or measure, a month still to come, a text that is no count, more reports on
            time than due, or listeners without a talk; nothing is written.
    """
    wanted: dict[tuple[str, date], list[DutyCell]] = {}
    for cell in cells:
        wanted.setdefault((cell.person, judge_month(cell.month, today)), []).append(cell)
    if not wanted:
        return 0
    months = [month for _, month in wanted]
    held = duties_between(office, min(months), max(months))
    made = [(held.get(place), _after(office, place, held.get(place), given)) for place, given in wanted.items()]
    changed = [(before, after) for before, after in made if before != after]
    if not changed:
        return 0
    shown = " – ".join(f"{month:%m/%Y}" for month in sorted({min(months), max(months)}))
    with office.book.change("training.duties", about=f"{shown} · {len(changed)}") as change:
        for before, after in changed:
            if after is None:
                assert before is not None  # they differ
                change.remove(before)
            else:
                change.put(
                    after if after.id else msgspec.structs.replace(after, id=change.new_id(DutyCount)), was=before
                )
    return len(changed)


def _after(office: Office, place: tuple[str, date], held: DutyCount | None, given: list[DutyCell]) -> DutyCount | None:
    """What the counts of a month become; None where nothing is left."""
    person = office.person(place[0])
    counts = {cell.measure: _count(cell.measure, cell.typed) for cell in given}
    after = msgspec.structs.replace(held or DutyCount(id="", person=person.id, month=place[1]), **counts)
    problem = duty_problem(after)
    if problem is not None:
        where = t("{name}, {month}", name=person.name, month=f"{place[1]:%m/%Y}")
        raise InputError(problem, where=where, do=t("correct one of the two counts"))
    cleared = all(not clean(cell.typed) for cell in given)
    return None if cleared and not any(getattr(after, measure) for measure in MEASURE_WORDS) else after
