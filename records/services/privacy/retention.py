"""How long records are kept: what has been kept for as long as the settings say, and is to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from config.settings.dated import Confidence
from config.settings.practice import Kept
from config.text import Text, t
from records.domain.access.restrictions import Erasure
from records.domain.appointments import Discipline
from records.domain.dates import add_months
from records.domain.people.person import Person
from records.domain.rule_changes import HandAnswer
from records.domain.training import Attendance, DutyCount
from records.services.access.looking import DISCIPLINE, may_see
from records.services.lists import exports_made
from records.services.office import Office

KINDS: tuple[Kept, ...] = get_args(Kept)
KEPT_WORDS: dict[Kept, Text] = {
    "people": t("left on {day}"),
    "discipline": t("discipline or verification over since {day}"),
    "attendance": t("attendance of {day}"),
    "duties": t("duties of {day}"),
    "answers": t("answer of {day}"),
    "exports": t("list written on {day}"),
}
_Kept = tuple[str, str, date]
"""Id of the record, id of the person (empty where it is of several), the day from which the term is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that was kept for its whole term.

    Attributes:
        record, person: ids; `person` is empty where it is of several.
        since: day from which the term was counted.
        due: day on which it ran out.
        source, confidence: of the term.
    """

    kind: Kept
    record: str
    person: str
    since: date
    due: date
    source: str
    confidence: Confidence

    @property
    def words(self) -> Text:
        """What it is, and since when its term was counted."""
        return Text(KEPT_WORDS[self.kind].pattern, (("day", self.since),))


def due(office: Office, on: date) -> list[Due]:
    """What has been kept for its whole term on `on`, the longest overdue first."""
    found = []
    for kind in KINDS:
        term = office.settings.privacy.retention[kind].months.on(on)
        if term.value is None:
            continue
        for record, person, since in _read(office, kind):
            last = add_months(since, term.value)
            if last <= on:
                found.append(
                    Due(kind=kind, record=record, person=person, since=since, due=last, source=term.source,
                        confidence=term.confidence)
                )  # fmt: skip
    return sorted(found, key=lambda each: (each.due, each.record))


def _read(office: Office, kind: Kept) -> Iterator[_Kept]:
    """The records of a kind; whose matter of discipline it is, is told to who may see sensitive data."""
    for record, person, since in _READ[kind](office):
        hidden = kind == DISCIPLINE and not may_see(office)
        yield ("•••", "", since) if hidden else (record, person, since)


def without_term(office: Office, on: date) -> list[Kept]:
    """Kinds for which no term is set: nothing of them is ever due."""
    terms = office.settings.privacy.retention
    return [kind for kind in KINDS if terms[kind].months.on(on).value is None]


def _people(office: Office) -> Iterator[_Kept]:
    erased = {each.person for each in office.book.table(Erasure)}
    for person, left in office.book.table(Person).columns("id", "left"):
        if left is not None and person not in erased:
            yield person, person, left


def _discipline(office: Office) -> Iterator[_Kept]:
    for each in office.book.table(Discipline):
        over = each.lapses or each.closed
        if over is not None and each.person:
            yield each.id, each.person, over


def _attendance(office: Office) -> Iterator[_Kept]:
    yield from office.book.table(Attendance).columns("id", "person", "day")


def _duties(office: Office) -> Iterator[_Kept]:
    yield from office.book.table(DutyCount).columns("id", "person", "month")


def _answers(office: Office) -> Iterator[_Kept]:
    yield from office.book.table(HandAnswer).columns("id", "person", "day")


def _exports(office: Office) -> Iterator[_Kept]:
    for each in exports_made(office):
        yield each.export.file, "", datetime.fromisoformat(each.entry.time).date()


_READ: dict[Kept, Callable[[Office], Iterator[_Kept]]] = {
    "people": _people,
    "discipline": _discipline,
    "attendance": _attendance,
    "duties": _duties,
    "answers": _answers,
    "exports": _exports,
}
