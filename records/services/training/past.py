"""What one person went through: every event, hours by year and kind, and the gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.text import Text, t
from records.domain.dates import add_years
from records.domain.people.dossier import Dossier
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.rules.training.needs import training_needs
from records.rules.training.past import YearLine, longest_without, year_lines
from records.services.office import Office

_LONG = 366  # days without a course from which on a stretch is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A person's trainings as of `on`, oldest first.

    Attributes:
        posts: (role, level, first day or None) of the roles held.
        years: every year from the first appointment or training on.
        gaps: what is missing, in sentences.
    """

    person: Person
    on: date
    unit_name: str
    posts: tuple[tuple[str, str, date | None], ...]
    attended: tuple[Attendance, ...]
    events: Mapping[str, Event]
    years: tuple[YearLine, ...]
    gaps: tuple[Text, ...]

    def title(self, each: Attendance) -> str:
        """The title of the event of an attendance."""
        return self.events[each.event].title if each.event in self.events else each.event


def past_of(office: Office, person_id: str, on: date) -> Past:
    """What a person went through up to `on`. Raises InputError for an unknown id."""
    dossier = office.dossier(person_id, on)
    events = {each.id: each for each in office.book.table(Event)}
    since = _since(dossier)
    years = year_lines(dossier.trainings, events, since.year, on.year)
    return Past(
        person=dossier.person,
        on=on,
        unit_name=office.unit_names(on).get(dossier.person.unit, ""),
        posts=tuple((each.role, each.level, each.since) for each in dossier.current()),
        attended=tuple(dossier.trainings),
        events=events,
        years=tuple(years),
        gaps=tuple(_gaps(office, dossier, years, since)),
    )


def _since(dossier: Dossier) -> date:
    """The first day that anything is known of: an appointment or a training; the day asked about without any."""
    days = [each.since for each in dossier.appointments if each.since is not None]
    return min([*days, *(each.day for each in dossier.trainings), dossier.on])


def _gaps(office: Office, dossier: Dossier, years: list[YearLine], since: date) -> list[Text]:
    gaps = []
    empty = [str(line.year) for line in years if not line.courses]
    if empty:
        gaps.append(t("no course attended in {years}", years=", ".join(empty)))
    stretch = longest_without(dossier.trainings, since, dossier.on)
    if stretch is not None and (stretch[1] - stretch[0]).days >= _LONG:
        gaps.append(t("the longest time without a course: {first} to {last}", first=stretch[0], last=stretch[1]))
    waiting = sum(each.presence == "called" for each in dossier.trainings)
    if waiting:
        gaps.append(t("attendance not recorded: {n} sessions", n=waiting))
    open_results = sum(each.kind == "course" and each.came() and not each.result for each in dossier.trainings)
    if open_results:
        gaps.append(t("courses without a result: {n}", n=open_results))
    return [*gaps, *_asked(office, dossier)]


def _asked(office: Office, dossier: Dossier) -> list[Text]:
    """What the standards of the roles held ask for, now and within a year."""
    later = office.dossier(dossier.person.id, add_years(dossier.on, 1))
    told = []
    for role in dict.fromkeys(each.role for each in dossier.current()):
        post = dossier.latest(role)
        level = post.level if post else ""
        standards = [office.settings.standard_for(role, level, day) for day in (dossier.on, later.on)]
        for each in training_needs(dossier, later, role, *standards):
            words = {"role": office.settings.roles.roles[role].title, "title": each.criterion.title}
            if each.lacking:
                told.append(t("{role}: {title} is lacking now", **words))
            else:
                told.append(t("{role}: {title} will be lacking from {day}", day=each.day, **words))
    return told
