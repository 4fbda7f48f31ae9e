"""Movements: launched, joined, with what participants came to, summed up. Each act is one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.awards.awards import Award, standing
from records.domain.awards.registrations import TitleRegistration
from records.domain.emulation import Cycle, Movement, Participant
from records.domain.people.names import clean, fold
from records.domain.units import Unit
from records.rules.awards.asked import achievement_year
from records.services.office import Office


def movement_named(office: Office, named: str) -> Movement:
    """The movement with this id or title. Raises InputError when there is none."""
    table = office.book.table(Movement)
    found = table.get(named) or next((each for each in table if fold(each.title) == fold(named)), None)
    if found is None:
        raise InputError(t("There is no movement “{name}”", name=named), do=t("see “movement list”"))
    return found


def movements(office: Office) -> list[Movement]:
    """All of them, the latest first."""
    return sorted(office.book.table(Movement), key=lambda each: (each.launched or date.min, each.id), reverse=True)


def launch(office: Office, movement: Movement) -> Movement:
    """Enter a movement, as one change; its `id` is given here.

    Raises:
        InputError: without a title or a first day, or when it ends before it begins.
        RefusedError: when there is one of this title.
    """
    made = _judged(movement)
    if any(fold(each.title) == fold(made.title) for each in office.book.table(Movement)):
        raise RefusedError(
            t("There is a movement “{name}” already", name=made.title), do=t("change that one, or name it otherwise")
        )
    with office.book.change("movement.launch", about=made.title) as change:
        return change.put(replace(made, id=change.new_id(Movement)))


def change(office: Office, movement: Movement, **right: Any) -> Movement:
    """Put fields of a movement right, as one change. Raises InputError as `launch`."""
    after = _judged(replace(movement, **right))
    with office.book.change("movement.change", about=after.title) as unit:
        return unit.put(after, was=movement)


def _judged(movement: Movement) -> Movement:
    made = replace(
        movement, title=clean(movement.title), number=clean(movement.number),
        goals=tuple(clean(each) for each in movement.goals if clean(each)),
    )  # fmt: skip
    if not made.title:
        raise InputError(t("The movement has no title"), do=t("name it as its paper does"))
    if made.launched is None:
        raise InputError(t("The day on which it begins is missing"), do=t("enter the day of its paper"))
    if made.until is not None and made.until < made.launched:
        raise InputError(t("The movement ends before it begins"), do=t("correct one of the two days"))
    return made


def join(office: Office, movement: Movement, subjects: Sequence[str], day: date) -> Movement:
    """Enter people or units as participants, as one change; those who are in it stay as they are.

    Raises:
        InputError: for nobody, somebody who is not in the book, or a day outside the movement's time.
        RefusedError: when it was summed up.
    """
    judge_open(movement)
    _judge_named(subjects)
    for each in subjects:
        if office.book.table(Unit).get(each) is None:
            office.person(each)
    if (movement.launched and day < movement.launched) or (movement.until and day > movement.until):
        raise InputError(t("{day} is outside the movement's time", day=day), do=t("correct the day"))
    new = [each for each in dict.fromkeys(subjects) if movement.part_of(each) is None]
    joined = tuple(Participant(subject=each, joined=day) for each in new)
    return _put(office, "movement.join", movement, replace(movement, participants=(*movement.participants, *joined)))


def leave(office: Office, movement: Movement, subjects: Sequence[str]) -> Movement:
    """Take participants out, as one change; the history keeps them. Raises InputError, RefusedError as `join`."""
    judge_open(movement)
    _judge_named(subjects)
    for each in subjects:
        _judge_in(movement, each)
    left = tuple(each for each in movement.participants if each.subject not in subjects)
    return _put(office, "movement.leave", movement, replace(movement, participants=left))


def note(office: Office, movement: Movement, subjects: Sequence[str], result: str, day: date) -> Movement:
    """Note what participants came to, as one change. Raises InputError, RefusedError as `join`."""
    judge_open(movement)
    _judge_named(subjects)
    if not clean(result):
        raise InputError(t("The result is empty"), do=t("write it in a few words"))
    for each in subjects:
        _judge_in(movement, each)
    noted = tuple(
        replace(each, result=clean(result), noted=day) if each.subject in subjects else each
        for each in movement.participants
    )
    return _put(office, "movement.result", movement, replace(movement, participants=noted))


def sum_up(office: Office, movement: Movement, day: date, summary: str, *, number: str = "") -> Movement:
    """Sum a movement up, as one change; afterwards nobody joins it.

    Raises:
        InputError: without words, or on a day before it began.
        RefusedError: when it was summed up.
    """
    judge_open(movement)
    if not clean(summary):
        raise InputError(t("The summing up is empty"), do=t("write what it came to, in a few words"))
    if movement.launched and day < movement.launched:
        raise InputError(t("{day} is outside the movement's time", day=day), do=t("correct the day"))
    after = replace(movement, summed=day, summary=clean(summary), summary_number=clean(number))
    return _put(office, "movement.sum", movement, after)


def judge_open(movement: Movement) -> None:
    """Refuse to change who is in a movement that was summed up. Raises RefusedError."""
    if movement.summed is not None:
        raise RefusedError(
            t("The movement was summed up on {day}", day=movement.summed), do=t("take the summing up back first: undo")
        )


def _judge_named(subjects: Sequence[str]) -> None:
    if not subjects:
        raise InputError(t("Nobody is named"), do=t("mark people first, or name them with --people"))


def _judge_in(movement: Movement, subject: str) -> None:
    if movement.part_of(subject) is None:
        raise InputError(t("{id} takes no part in the movement", id=subject), do=t("see “movement show”"))


def _put(office: Office, action: str, before: Movement, after: Movement) -> Movement:
    with office.book.change(action, about=after.title) as unit:
        return unit.put(after, was=before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a movement has come to in numbers.

    Attributes:
        noted: participants with a result.
        registered: titles registered in it; `reached` of them were awarded for their year.
        cycles: of points that belong to it.
    """

    participants: int
    noted: int
    registered: int
    reached: int
    cycles: int


def outcome(office: Office, movement: Movement) -> Outcome:
    """Count what a movement has come to."""
    registered = office.book.table(TitleRegistration).where(movement=movement.id)
    held = {
        (
            each.subject,
            each.prize,
            achievement_year(office.settings.practice, each.achieved_to.year).of(each.achieved_to),
        )
        for each in standing(office.book.table(Award))
    }
    return Outcome(
        participants=len(movement.participants),
        noted=sum(bool(each.result) for each in movement.participants),
        registered=len(registered),
        reached=sum((each.subject, each.prize, each.year) in held for each in registered),
        cycles=len(office.book.table(Cycle).where(movement=movement.id)),
    )
