"""Moving a book to the code of its own office: one change, in which every id begins anew and keeps its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from config.text import Text, t
from records.domain.people.person import Person
from records.domain.rule_changes import CODE_KEY, SettingChange
from records.services.office import Office
from records.services.standards.rule_changes import as_yaml, keep_file

ACTION = "office.code"


@dataclass(frozen=True, slots=True)
class Move:
    """What a move to another code would do.

    Attributes:
        old, new: the codes.
        people, records: how many people and records in all would get new numbers.
        example: a person's code as it is, and as it would be; empty where there is nobody.
    """

    old: str
    new: str
    people: int
    records: int
    example: tuple[str, str] | None


def planned_move(office: Office, new: str) -> Move:
    """What a move to the code `new` would do; nothing is written."""
    old, people = office.book.office, office.book.table(Person)
    first = next(iter(people), None)
    example = None if first is None else (first.id, new + first.id.removeprefix(old))
    return Move(old, new, len(people), sum(office.book.counts().values()), example)


def move_code(office: Office, new: str, *, today: date) -> Office:
    """Let every id of the book begin with `new`; an earlier code still finds its record. One change.

    Raises:
        BookError: when the book cannot be written.
    """
    settings, old = office.settings.office, office.book.office
    if new == old and settings.code == new:
        return office
    content = as_yaml(msgspec.structs.replace(settings, code=new))
    told = SettingChange(
        id="", file="office.yaml", key=CODE_KEY, before=old, after=new, since=today, source="office-practice",
        confirmed=True,
    )  # fmt: skip
    return keep_file(office, told, content, (ACTION, f"{old} → {new}"), recode=new)


def move_words(move: Move) -> list[Text]:
    """The sentences with which a move is asked about."""
    found = [
        t("The codes of {people} people and of all {records} records will begin with {new} instead of {old}.",
          people=move.people, records=move.records, new=move.new, old=move.old),
    ]  # fmt: skip
    if move.example is not None:
        found.append(t("{before} becomes {after}; the number stays.", before=move.example[0], after=move.example[1]))
    found.append(t("Every old code is still found, on paper and in lists. One undo takes the move back."))
    return found
