"""Looking at sensitive data of people: asked and noted before it is shown, withheld where the right is missing."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from records.domain.access.looking import Look
from records.domain.kinds import KINDS
from records.domain.people.dossier import Dossier
from records.domain.people.person import SENSITIVE, Person
from records.services.office import Office

DISCIPLINE = "discipline"
"""Stands among the fields for matters of discipline, which are records of their own."""
_PLAIN: dict[str, Any] = {
    each: getattr(Person(id="", name=""), each) for each in Person.__struct_fields__ if each in SENSITIVE
}
"""What each sensitive field holds where nothing is known."""


def sensitive_of(person: Person) -> tuple[str, ...]:
    """The sensitive fields of a person of which something is known."""
    return tuple(each for each in sorted(_PLAIN) if getattr(person, each) != _PLAIN[each])


def sensitive_in(table: str) -> frozenset[str]:
    """Fields of the records of a table that are sensitive."""
    return SENSITIVE if table == KINDS[Person].table else frozenset()


def seen(office: Office, dossier: Dossier, door: str, *, noted: bool = False) -> Dossier:
    """A dossier as whoever is signed in may see it: noted as looked at, or without what is sensitive.

    Args:
        office: whose book it is.
        dossier: of one person.
        door: through which they look.
        noted: whether this looking was noted before, as where a page is only drawn again.

    Raises:
        BookError: when it cannot be noted.
    """
    person = dossier.person
    fields = (*sensitive_of(person), *((DISCIPLINE,) if dossier.discipline else ()))
    if may_see(office) and not noted:
        office.book.access.look([person.id], fields, door)
    return withheld(office, dossier)


def withheld(office: Office, dossier: Dossier) -> Dossier:
    """A dossier without what whoever is signed in may not see. Never judge by it: what is left out is not unknown."""
    if may_see(office):
        return dossier
    bare = structs.replace(dossier.person, **{each: _PLAIN[each] for each in sensitive_of(dossier.person)})
    return structs.replace(dossier, person=bare, discipline=())


def look(office: Office, person: Person, door: str) -> None:
    """Note that all of a person is looked at, as in a form. Raises RefusedError without the right, BookError."""
    office.book.access.judge("sensitive")
    office.book.access.look([person.id], sensitive_of(person), door)


def may_see(office: Office) -> bool:
    """Whether whoever is signed in may see sensitive data; without accounts everybody may."""
    return office.book.access.may("sensitive")


def looks(office: Office, *, person: str = "", who: str = "", limit: int | None = None) -> list[Look]:
    """Who looked, newest first: all, or at one person, or one who looked. Raises RefusedError without the right."""
    office.book.access.judge("accounts")
    found = [each for each in office.book.access.looks() if person in ("", each.person) and who in ("", each.who)]
    return found[::-1][:limit]
