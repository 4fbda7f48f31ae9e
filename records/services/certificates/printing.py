"""What may be printed: the awards, completed classes and appointments chosen, those printed before, and their codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award
from records.domain.training import Attendance, Event
from records.services.awards.decisions import printed_before
from records.services.certificates import seals
from records.services.office import Office

T = TypeVar("T", Award, Attendance, Appointment)
_WITH_RESULTS = ("course", "contest")


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """What is to be printed, judged.

    Attributes:
        records: at least one, in the order wanted.
        again: those of them that were printed before.
        sealed: whether each gets its signed code.
    """

    office: Office
    records: Sequence[T]
    again: Sequence[T]
    sealed: bool = True

    def code(self, record: T, issuer: str = "") -> tuple[str, str]:
        """The code of a record and its short code, or nothing. The first one ever makes the key.

        Raises InputError as `seals.seal`.
        """
        return seals.seal(self.office, record, issuer) if self.sealed else ("", "")

    def without(self, ids: Collection[str]) -> Chosen[T]:
        """What is chosen without the records of these ids."""
        rest, again = ([each for each in some if each.id not in ids] for some in (self.records, self.again))
        return replace(self, records=rest, again=again)


def choose_awards(office: Office, made: Sequence[Award], *, sealed: bool = True) -> Chosen[Award]:
    """Awards in the order wanted.

    Raises:
        InputError: when there is none.
        RefusedError: for one that was corrected or revoked.
    """
    office.judge_named(date.max)
    if not made:
        raise InputError(t("There is no certificate to print"), do=t("mark at least one person"))
    for each in made:
        _judge_standing(office, each)
    return Chosen(office, list(made), printed_before(office, made), sealed)


def _judge_standing(office: Office, award: Award) -> None:
    if later := office.book.table(Award).where(corrects=award.id):
        raise RefusedError(
            t("The award of {name} was corrected by {register}", name=award.name, register=later[0].register),
            do=t("print that one instead"),
        )
    if award.revoked is not None:
        raise RefusedError(
            t("The award of {name} was revoked on {day}", name=award.name, day=award.revoked),
            do=t("leave it out; nothing is printed for a revoked award"),
        )


def choose_completions(office: Office, event: str) -> tuple[Event, Chosen[Attendance]]:
    """A class and those who completed it. Raises InputError when there is no such class, or nobody completed it."""
    office.judge_named(date.max)
    found = office.book.table(Event).get(event)
    if found is None:
        raise InputError(t("There is no class {id}", id=event), do=t("list them with “training list”"))
    if found.kind not in _WITH_RESULTS:
        raise InputError(
            t("“{title}” is no class: nobody completes it", title=found.title), do=t("name a class or a contest")
        )
    came = [each for each in office.book.table(Attendance).where(event=event) if each.came()]
    done = [each for each in came if each.result and each.result != "not_completed"]
    if not done:
        raise InputError(
            t("Nobody completed “{title}” yet", title=found.title), do=t("enter the results first: “training result”")
        )
    return found, Chosen(office, done, printed_before(office, done))


def choose_cards(office: Office, people: Sequence[str], on: date) -> Chosen[Appointment]:
    """The appointments of reporters in force on a day: of `people`, or of all when it is empty.

    Raises:
        InputError: when there is nobody.
        RefusedError: for somebody whose appointment is not in force: no card is printed for them.
    """
    office.judge_named(on)
    held = [each for each in office.book.table(Appointment).where(role="reporter") if each.in_force_on(on)]
    known = {each.person: each for each in held}
    for wanted in people:
        if wanted not in known:
            name = office.person(wanted).name
            raise RefusedError(
                t("{name} is no reporter in force on {day}", name=name, day=on),
                do=t("leave this person out, or record the new decision first"),
            )
    chosen = [known[each] for each in (people or known)]
    if not chosen:
        raise InputError(t("There is no reporter in force on {day}", day=on), do=t("choose another day"))
    return Chosen(office, chosen, printed_before(office, chosen))
