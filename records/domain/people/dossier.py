"""The dossier: all that is known of one person on a day. Every rule asks it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from config.settings.practice import Practice
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Award, Score
from records.domain.people.person import Person
from records.domain.people.sessions import Sessions
from records.domain.rule_changes import HandAnswer
from records.domain.training import Attendance, DutyCount


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A person's records as of `on`; what came later is not in it.

    Lists are in order of their days, oldest first.

    Attributes:
        recorded_since: kind of event -> first day from which the book tells who came; None: as far back as is asked.
        practice: what law or custom says beside the standards; None where nothing is asked that needs it.
    """

    person: Person
    on: date
    appointments: tuple[Appointment, ...] = ()
    trainings: Sequence[Attendance] = ()
    discipline: tuple[Discipline, ...] = ()
    duties: tuple[DutyCount, ...] = ()
    scores: tuple[Score, ...] = ()
    awards: tuple[Award, ...] = ()
    answers: tuple[HandAnswer, ...] = ()
    recorded_since: Mapping[str, date] | None = None
    practice: Practice | None = None

    @property
    def sessions(self) -> Sessions:
        """The trainings as numbers, for who only counts them."""
        return Sessions.of(self.trainings)

    def current(self) -> tuple[Appointment, ...]:
        """Appointments held on the day; a term that ran out without an ending is still held, and judged so."""
        return tuple(each for each in self.appointments if each.held_on(self.on))

    def latest(self, role: str) -> Appointment | None:
        """The appointment to `role` that speaks on the day: the one in force, else the one begun last."""
        held = [each for each in self.current() if each.role == role]
        in_force = [each for each in held if each.in_force_on(self.on)]
        return max(in_force or held, key=lambda each: (each.since or date.min, each.id), default=None)

    def told_since(self, kinds: Iterable[str]) -> date | None:
        """The first day from which the book tells who came to events of these kinds; the day itself when of none.

        None: as far back as is asked.
        """
        if self.recorded_since is None:
            return None
        return min((self.recorded_since[each] for each in kinds if each in self.recorded_since), default=self.on)


def as_of(dossier: Dossier, on: date) -> Dossier:
    """The same dossier with everything after `on` left out."""
    return Dossier(
        person=dossier.person.as_of(on),
        on=on,
        appointments=tuple(sorted((a for a in dossier.appointments if a.since is None or a.since <= on), key=_begun)),
        trainings=Sessions.of(dossier.trainings).upto(on),
        discipline=tuple(sorted((d for d in dossier.discipline if d.opened <= on), key=lambda d: (d.opened, d.id))),
        duties=tuple(sorted((d for d in dossier.duties if d.month <= on), key=lambda d: (d.month, d.id))),
        scores=tuple(sorted((s for s in dossier.scores if s.cycle[:4] <= str(on.year)), key=lambda s: s.cycle)),
        recorded_since=dossier.recorded_since,
        practice=dossier.practice,
        answers=tuple(sorted((a for a in dossier.answers if a.day <= on), key=lambda a: (a.day, a.id))),
        awards=tuple(sorted((a for a in dossier.awards if a.achieved_to <= on), key=lambda a: (a.achieved_to, a.id))),
    )


def _begun(appointment: Appointment) -> tuple[date, str]:
    return appointment.since or date.min, appointment.id
