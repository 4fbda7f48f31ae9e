"""Registering titles: entered, sent up, returned with a reason or approved, withdrawn. Each is one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.settings.shapes import Prize
from config.text import Text, t
from records.domain.awards.registrations import STATES, Answer, RegistrationStep, TitleRegistration
from records.domain.people.names import clean, fold, person_key
from records.domain.people.person import Person
from records.domain.units import Unit
from records.rules.awards.words import REGISTRATION_WORDS
from records.services.awards.award_checks import place_of_prizes
from records.services.movements.movements import movement_named
from records.services.office import Office
from records.services.people.roster import subjects_of_unit

FIRST_YEAR, LAST_YEAR = 1975, 2199
_FROM: Mapping[Answer, tuple[str, ...]] = {
    "sent": ("not_sent", "returned"),
    "returned": ("sent",),
    "approved": ("sent",),
}
"""What becomes of a registration, and what it must be before."""
_ACTIONS: Mapping[Answer, str] = {
    "sent": "registration.send",
    "returned": "registration.return",
    "approved": "registration.approve",
}

_INSTEAD: Mapping[Answer, Text] = {
    "sent": t("leave it out: it is on its way, or was approved"),
    "returned": t("only what was sent is returned; what was approved is withdrawn"),
    "approved": t("send it first"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A title to be registered; `movement` is an id or a title, `prize` a key, or a title of the settings by name."""

    prize: str
    year: int
    movement: str = ""
    pledge: str = ""


def prize_named(office: Office, named: str) -> str:
    """The key of a title or form by its key, or by its name in either language.

    Raises InputError when there is none, or several have this name.
    """
    prizes = office.settings.prizes.prizes
    if named in prizes:
        return named
    wanted = fold(named)
    found = {key for key, each in prizes.items() if wanted in (fold(each.title.vi), fold(each.title.en))}
    called = (each for each in office.settings.titles if wanted in (fold(each.name.vi), fold(each.name.en), each.id))
    found = {each.prize for each in called} or found
    if len(found) != 1:
        known = ", ".join(sorted(found) or prizes)
        raise InputError(t("There is no title “{given}”", given=named), do=t("use one of: {known}", known=known))
    return found.pop()


def register(office: Office, subjects: Sequence[str], pledge: Pledge, day: date) -> list[TitleRegistration]:
    """Register a title for people or units, as one change.

    Raises:
        InputError: for nobody, an unknown subject, title, movement or year, or a title for collectives given to a
            person (or the other way round).
        RefusedError: when somebody has registered it already.
    """
    if not subjects:
        raise InputError(t("Nobody is named"), do=t("mark people first, or name them with --people"))
    key = prize_named(office, pledge.prize)
    movement = movement_named(office, pledge.movement).id if pledge.movement else ""
    judge_year(pledge.year)
    for each in subjects:
        judge_subject(office, each, key)
    made = [
        TitleRegistration(
            id="", subject=each, prize=key, year=pledge.year, movement=movement, pledge=clean(pledge.pledge),
            registered=day,
        )
        for each in dict.fromkeys(subjects)
    ]  # fmt: skip
    known, names = office.book.table(TitleRegistration).all(), office.names()
    for one in made:
        if (twin := twin_of(one, known)) is not None:
            raise RefusedError(
                t("{name} has registered this already: {id}", name=names[one.subject], id=twin.id),
                do=t("leave it out; change the entry instead"),
            )
    with office.book.change("registration.add", about=f"{key} · {pledge.year}") as change:
        return [change.put(replace(each, id=change.new_id(TitleRegistration))) for each in made]


def judge_year(year: int) -> None:
    """Refuse what is no year. Raises InputError."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(t("“{year}” is no year", year=year), do=t("write all four digits, such as 2025"))


def judge_subject(office: Office, subject: str, prize: str) -> None:
    """Refuse who is not in the book, or a title of the other kind. Raises InputError."""
    described: Prize = office.settings.prizes.prizes[prize]
    unit = office.book.table(Unit).get(subject)
    name = unit.name if unit is not None else office.person(subject).name
    if (unit is not None) != (described.subject == "collective"):
        wrong = t("“{prize}” is a title for collectives; {name} is a person", prize=described.title, name=name)
        if unit is not None:
            wrong = t("“{prize}” is a title for people; {name} is a unit", prize=described.title, name=name)
        raise InputError(wrong, do=t("choose a title of the right kind"))


def twin_of(made: TitleRegistration, known: Sequence[TitleRegistration]) -> TitleRegistration | None:
    """The same registration among others."""

    def said(each: TitleRegistration) -> tuple[str, str, int, str]:
        return each.subject, each.prize, each.year, each.movement

    return next((each for each in known if said(each) == said(made)), None)


def send(
    office: Office, chosen: Sequence[TitleRegistration], day: date, *, number: str = ""
) -> list[TitleRegistration]:
    """Note that registrations went up, as one change. Raises InputError, RefusedError."""
    return _step(office, chosen, RegistrationStep(day=day, to="sent", number=clean(number)))


def give_back(office: Office, chosen: Sequence[TitleRegistration], day: date, reason: str) -> list[TitleRegistration]:
    """Note that registrations came back, or give them back, with the reason, as one change."""
    if not clean(reason):
        raise InputError(t("The reason is empty"), do=t("write why, in a few words"))
    return _step(office, chosen, RegistrationStep(day=day, to="returned", reason=clean(reason)))


def approve(
    office: Office, chosen: Sequence[TitleRegistration], day: date, *, number: str = ""
) -> list[TitleRegistration]:
    """Note that registrations were approved, as one change. Raises InputError, RefusedError."""
    return _step(office, chosen, RegistrationStep(day=day, to="approved", number=clean(number)))


def _step(office: Office, chosen: Sequence[TitleRegistration], step: RegistrationStep) -> list[TitleRegistration]:
    judge_any(chosen)
    names = office.names()
    for each in chosen:
        if each.state not in _FROM[step.to]:
            raise RefusedError(
                t("{name}: the registration is {state}", name=names.get(each.subject, ""),
                  state=REGISTRATION_WORDS[each.state]),
                do=_INSTEAD[step.to],
            )  # fmt: skip
        last = max((one.day for one in each.steps), default=each.registered)
        if last is not None and step.day < last:
            raise InputError(
                t("{day} lies before the step before it, of {last}", day=step.day, last=last), do=t("correct the day")
            )
    made = replace(step, by=office.book.actor)
    about = step.reason or step.number or names.get(chosen[0].subject, "")
    with office.book.change(_ACTIONS[step.to], about=about) as change:
        return [change.put(replace(each, steps=(*each.steps, made)), was=each) for each in chosen]


def amend(office: Office, registration: TitleRegistration, pledge: str) -> TitleRegistration:
    """Write the pledge anew, as one change. Raises RefusedError for one that was approved or is on its way."""
    if registration.state in ("sent", "approved"):
        raise RefusedError(
            t("The registration is {state}", state=REGISTRATION_WORDS[registration.state]),
            do=t("have it returned first"),
        )
    with office.book.change("registration.change", about=clean(pledge)) as change:
        return change.put(replace(registration, pledge=clean(pledge)), was=registration)


def withdraw(office: Office, chosen: Sequence[TitleRegistration], reason: str) -> None:
    """Take registrations out, with the reason, as one change; the history keeps them. Raises InputError."""
    judge_any(chosen)
    if not clean(reason):
        raise InputError(t("The reason is empty"), do=t("write why, in a few words"))
    with office.book.change("registration.withdraw", about=clean(reason)) as change:
        for each in chosen:
            change.remove(each)


def judge_any(chosen: Sequence[TitleRegistration]) -> None:
    """Raises InputError when no registration is named."""
    if not chosen:
        raise InputError(t("No registration is named"), do=t("mark registrations first, or name them"))


# -- reading ----------------------------------------------------------------------------------------------------------


def registration_named(office: Office, named: str) -> TitleRegistration:
    """The registration with this id. Raises InputError when there is none."""
    found = office.book.table(TitleRegistration).get(named)
    if found is None:
        raise InputError(t("There is no registration “{name}”", name=named), do=t("see “registration list”"))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which registrations are meant; what is empty does not narrow. `subject` is the id of a person or unit."""

    subject: str = ""
    year: int = 0
    prize: str = ""
    movement: str = ""
    unit: str = ""
    state: str = ""


def registrations_of(office: Office, wanted: Wanted, day: date) -> list[TitleRegistration]:
    """Registrations by year, the latest first, then by title and name.

    Raises:
        InputError: for an unknown title, movement, unit or state.
    """
    if wanted.state and wanted.state not in STATES:
        raise InputError(
            t("“{given}” is not known", given=wanted.state), do=t("use one of: {known}", known=", ".join(STATES))
        )
    prize = prize_named(office, wanted.prize) if wanted.prize else ""
    movement = movement_named(office, wanted.movement).id if wanted.movement else ""
    inside = set(subjects_of_unit(office, wanted.unit, day)) if wanted.unit else None
    names, order, table = office.names(), place_of_prizes(office), office.book.table(TitleRegistration)
    found = [
        each
        for each in (table.where(subject=wanted.subject) if wanted.subject else table)
        if wanted.year in (0, each.year)
        and prize in ("", each.prize)
        and movement in ("", each.movement)
        and wanted.state in ("", each.state)
        and (inside is None or each.subject in inside)
    ]
    return sorted(found, key=lambda each: (-each.year, order(each.prize), person_key(names.get(each.subject, ""))))


def place_of(office: Office, day: date) -> Callable[[str], str]:
    """From the id of a person or unit to the name of the unit they are in, or that is above, on a day."""
    names, units, people = office.unit_names(day), office.book.table(Unit), office.book.table(Person)

    def place(subject: str) -> str:
        unit, person = units.get(subject), people.get(subject)
        above = unit.parent_on(day) if unit is not None else person.unit_on(day) if person is not None else ""
        return names.get(above, "")

    return place
