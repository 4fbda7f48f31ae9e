"""Erasing what is sensitive of a person: out of the records, and by destroying their own key out of the history too."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.access.restrictions import ERASE, Erasure
from records.domain.appointments import Discipline
from records.domain.people.names import clean
from records.domain.people.person import SENSITIVE, Person
from records.services.access.looking import DISCIPLINE, sensitive_of
from records.services.office import Office
from records.store.codes import every_name

_BLANK = Person(id="", name="")
_MONTH, _WEEK = 31, 7


def erase(office: Office, person_id: str, reason: str, *, today: date) -> Erasure:
    """Erase every sensitive field and every matter of discipline of a person for good.

    Two changes with the destroying of the key between them: cut off at any moment, it can be done again. The chain
    stays whole; name, appointments, training and commendations stay. Not taken back by an undo.

    Raises:
        InputError: for an unknown person, no reason, or a book that is not sealed.
        RefusedError: when it was done before and nothing sensitive was entered since, or the right is missing.
    """
    person, why = office.person(person_id), clean(reason)
    if not why:
        raise InputError(t("The reason is empty"), do=t("write why, in a few words"))
    if not office.book.sealed:
        raise InputError(
            t("In a book that is not sealed nothing can be forgotten: every line is read by everybody"),
            where=str(office.book.path),
            do=t("seal it with “book seal”, then do it again"),
        )
    office.book.access.judge("privacy", "enter")
    matters = office.book.table(Discipline).where(person=person.id)
    fields = (*sensitive_of(person), *((DISCIPLINE,) if matters else ()))
    if not fields and office.book.table(Erasure).where(person=person.id):
        raise RefusedError(t("Nothing sensitive is held of {name}", name=person.name), do=t("nothing is to be done"))
    if fields:
        with office.book.change(ERASE, about=person.id) as change:
            change.put(replace(person, **{each: getattr(_BLANK, each) for each in SENSITIVE}), was=person)
            for each in matters:
                change.remove(each)
    ids = tuple(f"{each}-" for each in every_name(person.id, office.book.codes))
    photos = {each for each in office.book.files.names("", "") if each.startswith(ids)}
    for photo in photos | {person.photo} - {""}:  # those of earlier days too
        with suppress(OSError):  # sealed, and named by nobody any more
            office.book.files.remove(photo)
    office.book.access.forget(person.id)
    with office.book.change(ERASE, about=person.id) as change:
        return change.put(
            Erasure(id=change.new_id(Erasure), person=person.id, day=today, reason=why, fields=fields,
                    old_until=old_until(office, today))
        )  # fmt: skip


def old_until(office: Office, today: date) -> date:
    """The last day on which a backup made until today stays, where others follow it as the office's rule has it."""
    rule = office.settings.office.backups
    return today + timedelta(days=max(rule.days, rule.weeks * _WEEK, rule.months * _MONTH))
