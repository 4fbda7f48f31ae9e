"""Looking at sensitive data of people: asked and noted before it is shown, withheld where the right is missing."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from records.domain.access.looking import Look
from records.domain.people.dossier import Dossier
from records.domain.people.person import SENSITIVE, Person
from records.services.office import Office

DISCIPLINE = "discipline"
"""Stands among the fields for matters of discipline, which are records of their own."""
_PLAIN: dict[str, Any] = {
    each: Person(id="", name="").__getattribute__(each) for each in Person.__struct_fields__ if each in SENSITIVE
}
"""What each sensitive field holds where nothing is known."""


def sensitive_of(person: Person) -> tuple[str, ...]:
    """The sensitive fields of a person of which something is known."""
    return tuple(each for each in sorted(_PLAIN) if getattr(person, each) != _PLAIN[each])


def seen(office: Office, person: Person, door: str) -> Person:
    """A person as whoever is signed in may see them: noted as looked at, or without what is sensitive.

    Raises BookError when it cannot be noted.
    """
    fields = sensitive_of(person)
    if not may_see(office):
        return replace(person, **{each: _PLAIN[each] for each in fields})
    office.book.access.look([person.id], fields, door)
    return person


def seen_dossier(office: Office, dossier: Dossier, door: str) -> Dossier:
    """A dossier as whoever is signed in may see it. Raises as `seen`."""
    from dataclasses import replace as with_  # noqa: PLC0415  # another kind of record

    fields = sensitive_of(dossier.person) + ((DISCIPLINE,) if dossier.discipline else ())
    if not may_see(office):
        return with_(dossier, person=seen(office, dossier.person, door), discipline=())
    office.book.access.look([dossier.person.id], fields, door)
    return dossier


def may_see(office: Office) -> bool:
    """Whether whoever is signed in may see sensitive data; without accounts everybody may."""
    return office.book.access.may("sensitive")


def looks(office: Office, *, person: str = "", who: str = "", limit: int | None = None) -> list[Look]:
    """Who looked, newest first: all, or at one person, or one who looked. Raises RefusedError without the right."""
    office.book.access.judge("accounts")
    found = [each for each in office.book.access.looks() if person in ("", each.person) and who in ("", each.who)]
    return found[::-1][:limit]
