"""The register of commendations: numbers 1, 2, 3… in each year, none twice, none missing without a word why."""

from __future__ import annotations

from dataclasses import dataclass

from config.text import Text, t
from records.domain.awards.awards import Award, Decision, standing
from records.domain.dates import shown_time
from records.store.codes import is_own
from records.store.contract import JournalEntry, Store

_ACTS = ("award.decide", "award.correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One number of the register.

    Attributes:
        award: what stands under it; None when the entry was taken back, which `note` tells.
        decision: of the award.
        entered, by: when and by whom it was entered.
        note: revoked, corrected, taken back; None when there is nothing to tell.
    """

    number: int
    award: Award | None
    decision: Decision | None
    entered: str
    by: str
    note: Text | None


def own_awards(book: Store) -> list[Award]:
    """The awards of this office; those that came from others have their numbers in the registers of those."""
    codes = book.codes
    return [each for each in book.table(Award) if is_own(each.id, codes)]


def next_number(book: Store, year: int) -> int:
    """The next number of a year: one more than was ever given, also to entries taken back since."""
    present = [each.register_number for each in own_awards(book) if each.register_year == year]
    return max([*present, *(number for of, number in _given(book) if of == year)], default=0) + 1


def years_of(book: Store) -> list[int]:
    """Years that have entries, newest first."""
    present = {each.register_year for each in own_awards(book) if each.register_number}
    return sorted(present | {year for year, _ in _given(book)}, reverse=True)


def register(book: Store, year: int) -> list[RegisterRow]:
    """The register of a year in order, a row for every number ever given."""
    awards = {each.register_number: each for each in own_awards(book) if each.register_year == year}
    given = {number: entry for (of, number), entry in _given(book).items() if of == year}
    undone = {each.undoes: each for each in book.history(action="undo")} if given.keys() - awards.keys() else {}
    decisions = book.table(Decision)
    every = {each.id: each for each in book.table(Award)}
    counting = {each.id for each in standing(every.values())}
    corrections = {each.corrects: each for each in every.values() if each.corrects}
    rows = []
    for number in range(1, max([*awards, *given], default=0) + 1):
        award, entry = awards.get(number), given.get(number)
        note: Text | None
        if award is None:
            note = _taken_back(undone.get(entry.seq) if entry else None)
        else:
            note = None if award.id in counting else _no_longer(award, corrections.get(award.id))
        rows.append(
            RegisterRow(
                number=number,
                award=award,
                decision=decisions.get(award.decision) if award else None,
                entered=shown_time(entry.time) if entry else "",
                by=entry.actor if entry else "",
                note=note,
            )
        )
    return rows


def _given(book: Store) -> dict[tuple[int, int], JournalEntry]:
    """(year, number) -> the change that gave it, of all that history tells."""
    found = {}
    for act in _ACTS:
        for entry in book.history(action=act):
            for _, award in entry.of(Award):
                if award is not None and award.register_number:
                    found[award.register_year, award.register_number] = entry
    return found


def _taken_back(undo: JournalEntry | None) -> Text:
    if undo is None:
        return t("taken back; the number is not given again")
    return t(
        "taken back by {actor} on {day}; the number is not given again", actor=undo.actor, day=shown_time(undo.time)
    )


def _no_longer(award: Award, by: Award | None) -> Text:
    if award.revoked is not None:
        return t("revoked on {day}: {ground}", day=award.revoked, ground=award.revoked_ground)
    return t("corrected by {register}", register=by.register if by else "")
