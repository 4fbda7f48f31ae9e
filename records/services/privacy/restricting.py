"""Restricting what is held of a person: kept and shown on their own page, in no list, score or print unasked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import Text, t
from records.domain.access.restrictions import Restriction, restricted_on
from records.domain.people.names import clean
from records.services.office import Office

RESTRICTED, LIFTED = "privacy.restrict", "privacy.lift"
_OR_ASK = t("leave this person out, or add --restricted where it must be done all the same")


def restricted(office: Office, on: date) -> dict[str, Restriction]:
    """Person -> the restriction that holds on `on`."""
    return restricted_on(office.book.table(Restriction), on)


def restrict(office: Office, person: str, reason: str, *, since: date, today: date) -> Restriction:
    """Restrict what is held of a person from `since` on; one change.

    Raises:
        InputError: for an unknown person, a day to come or no reason.
        RefusedError: when it is restricted already.
    """
    name, why = office.person(person).name, _reason(reason)
    if since > today:
        raise InputError(t("The day {day} is still to come", day=since), do=t("correct the day"))
    if (held := restricted(office, today).get(person)) is not None:
        raise RefusedError(
            t("The data of {name} is restricted since {day}", name=name, day=held.since),
            do=t("nothing is to be done; “roster lift {id} --reason …” lifts it", id=person),
        )
    with office.book.change(RESTRICTED, about=name) as change:
        return change.put(Restriction(id=change.new_id(Restriction), person=person, since=since, reason=why))


def lift(office: Office, person: str, reason: str, *, today: date) -> Restriction:
    """Lift the restriction that holds today; one change.

    Raises:
        InputError: for an unknown person, or no reason.
        RefusedError: when none holds.
    """
    name, why = office.person(person).name, _reason(reason)
    held = restricted(office, today).get(person)
    if held is None:
        raise RefusedError(t("The data of {name} is not restricted", name=name), do=t("nothing is to be done"))
    with office.book.change(LIFTED, about=name) as change:
        return change.put(replace(held, lifted=today, lifted_reason=why), was=held)


def judge_unrestricted(office: Office, people: Iterable[str], on: date, *, do: Text = _OR_ASK) -> None:
    """Refuse what would use restricted data of people. Raises RefusedError naming the first; `do` is the way out."""
    held = restricted(office, on)
    found = [each for each in dict.fromkeys(people) if each in held]
    if found:
        name, since = office.person(found[0]).name, held[found[0]].since
        raise RefusedError(
            t("The data of {name} is restricted since {day}: {why}", name=name, day=since, why=held[found[0]].reason),
            where=found[0],
            do=do,
        )


def judge_usable(office: Office, people: Iterable[str]) -> None:
    """Refuse to enter people anew whose data is restricted, whatever the day: to a list, a class, a cycle, a review.

    Raises RefusedError naming the first.
    """
    judge_unrestricted(office, people, date.max, do=t("leave this person out, or lift the restriction first"))


def _reason(given: str) -> str:
    if not clean(given):
        raise InputError(t("The reason is empty"), do=t("write why, in a few words"))
    return clean(given)
