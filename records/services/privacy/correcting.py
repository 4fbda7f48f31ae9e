"""Correcting what is held of a person on their request: one change that names the request, told again from history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.errors import InputError
from config.text import t
from records.domain.people.names import clean
from records.domain.people.person import SENSITIVE, Person
from records.services.lists import judge_leaving
from records.services.office import Office
from records.services.people.roster import save_person
from records.store.contract import JournalEntry

CORRECTED = "privacy.correct"
_APART = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction on request, as the journal has it.

    Attributes:
        before, after: the person as they stood and as they stand by it.
        request: on which request, such as a letter with its day.
        entry: the change: who, when, its number.
    """

    before: Person
    after: Person
    request: str
    entry: JournalEntry

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ."""
        return changed_fields(self.before, self.after)

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Those of them that are sensitive."""
        return tuple(each for each in self.fields if each in SENSITIVE)


def changed_fields(before: Person, after: Person) -> tuple[str, ...]:
    """The fields of a person that differ, in their order."""
    return tuple(each for each in Person.__struct_fields__ if getattr(before, each) != getattr(after, each))


def rectify(office: Office, person: Person, request: str, *, today: date, was: Person) -> Corrected:
    """Correct a person on their request; one change, and of it a paper is made.

    `was` is the person as they were opened for correcting.

    Raises:
        InputError: when a value cannot be right, nothing would be changed, no request is named, or no paper can be.
        ConflictError: when the person was changed since `was`.
        RefusedError: without the right to enter, or to write what is corrected to a file.
    """
    asked = clean(request)
    if not asked:
        raise InputError(
            t("On which request is not said"), do=t("name it, such as “letter of 02/05/2026, received 04/05/2026”")
        )
    fields = changed_fields(was, person)
    if not fields:
        raise InputError(t("Nothing would be changed"), where=person.id, do=t("give at least one other value"))
    judge_paper(office, fields, today)
    save_person(office, person, was=was, action=CORRECTED, about=f"{person.name}{_APART}{asked}")
    return corrected(office, person.id)


def judge_paper(office: Office, fields: tuple[str, ...], today: date) -> None:
    """Refuse a paper about fields that could not be written, before anything is changed.

    Raises InputError while the book does not know its office; BookError, RefusedError without the right.
    """
    office.judge_named(today)
    judge_leaving(office, sensitive=any(each in SENSITIVE for each in fields))


def corrected(office: Office, person_id: str, seq: int | None = None) -> Corrected:
    """The correction of a person by change `seq`, or the newest. Raises InputError when there is none."""
    person = office.person(person_id)
    for entry in office.book.history(record=person.id, action=CORRECTED):
        found = [(old, new) for old, new in entry.of(Person) if new is not None and new.id == person.id]
        if seq in (None, entry.seq) and found and found[0][0] is not None and found[0][1] is not None:
            request = entry.about.partition(_APART)[2]
            return Corrected(before=found[0][0], after=found[0][1], request=request, entry=entry)
    if seq is not None:
        raise InputError(
            t("Change {seq} is no correction of {name} on request", seq=seq, name=person.name),
            do=t("see “book log --record {id}”", id=person.id),
        )
    raise InputError(
        t("Nothing was corrected on a request of {name}", name=person.name),
        do=t("correct it: FIELD=VALUE and --request"),
    )
