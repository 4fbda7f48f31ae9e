"""Today, of people: terms that end or have run out, ages of retirement, and papers that are lacking."""

from __future__ import annotations

from config.text import t
from records.services.appointments.coming import HORIZONS, Coming
from records.services.office import Office
from records.services.today.items import Asked, Item, few_or_many


def terms(asked: Asked) -> list[Item]:
    """Terms that have run out and were neither renewed nor ended, and those that end within 90 days."""
    found = [each for each in asked.coming if each.appointment is not None]
    over = [_term(asked.office, each, over=True) for each in found if each.day < asked.on]
    ahead = [_term(asked.office, each, over=False) for each in found if each.day >= asked.on]
    days = HORIZONS[1]
    return [
        *few_or_many(over, lambda n: t("{n} terms have run out and were neither renewed nor ended", n=n)),
        *few_or_many(ahead, lambda n: t("{n} terms end within {days} days", n=n, days=days)),
    ]


def _term(office: Office, each: Coming, *, over: bool) -> Item:
    assert each.appointment is not None  # chosen so
    role = office.settings.roles.roles[each.appointment.role].title
    text = (
        t("The term of {name} as {role} has run out", name=each.person.name, role=role)
        if over
        else t("The term of {name} as {role} ends", name=each.person.name, role=role)
    )
    return Item(kind="term", due=each.day, text=text, about=each.person.id)


def retirements(asked: Asked) -> list[Item]:
    """People who hold a role and reach the age of retirement within 90 days, so far as their birth is known."""
    items = [
        Item(
            kind="retirement",
            due=each.day,
            text=t("{name} reaches the age of retirement", name=each.person.name),
            about=each.person.id,
        )
        for each in asked.coming
        if each.appointment is None
    ]
    return few_or_many(
        items, lambda n: t("{n} people reach the age of retirement within {days} days", n=n, days=HORIZONS[1])
    )


def papers(asked: Asked) -> list[Item]:
    """People of whom the standard cannot be judged for want of a paper or a fact."""
    lacking = {
        person.id: person.name
        for person, judged in asked.judged
        if any(finding.lacking() for finding in judged.findings)
    }
    items = [
        Item(kind="papers", due=asked.on, text=t("{name} lacks papers or facts", name=name), about=person)
        for person, name in lacking.items()
    ]
    return few_or_many(items, lambda n: t("{n} people lack papers or facts that their standard asks for", n=n))
