"""What was judged already, by day and settings: only those whom a change of the book touched are judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from config.errors import InputError
from config.settings.loading import Settings
from config.text import t
from records.domain.findings import Judgement
from records.domain.kinds import KINDS
from records.domain.people.dossier import Dossier
from records.domain.people.person import Person
from records.rules.standards.judging import judge
from records.services.access.looking import may_see
from records.services.access.telling import told
from records.services.office import Office
from records.services.unwatched import unwatched
from records.store.contract import Changed, Store

_KEPT = 2
"""Questions of which the answers stay: as a rule that of today, and of another day beside it."""
_PEOPLE = KINDS[Person].table


@dataclass(frozen=True, slots=True)
class Asked:
    """What verdicts rest on beside the records of the person: all of it is the same, or they are not the same."""

    on: date
    settings: Settings
    recorded_since: dict[str, date]

    def is_same(self, other: Asked) -> bool:
        """Whether the answers are the same for the same records."""
        same = self.on == other.on and self.recorded_since == other.recorded_since
        return same and self.settings is other.settings


@dataclass(slots=True)
class Verdicts:
    """Judgements under one question, up to a line of the book: person -> role -> judgement."""

    asked: Asked
    seq: int = -1
    judged: dict[str, dict[str, Judgement]] = field(default_factory=dict)

    def follow(self, book: Store) -> set[str] | None:
        """Forget whom the book tells something new of; gives them, or None when it is everybody."""
        self.seq, changes = book.changes_since(self.seq)
        touched = None if changes is None else people_touched(changes)
        if touched is None:
            self.judged = {}
        else:
            for person in touched:
                self.judged.pop(person, None)
        return touched


class Remembered:
    """The verdicts of one book; may be asked from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._verdicts: list[Verdicts] = []

    def known(self, book: Store, asked: Asked) -> tuple[int, dict[str, dict[str, Judgement]]]:
        """The last line, and the verdicts that stand after it; the dictionary is the caller's."""
        with self._lock:
            verdicts = self._of(asked)
            verdicts.follow(book)
            return verdicts.seq, dict(verdicts.judged)

    def keep(self, book: Store, asked: Asked, seq: int, judged: dict[str, dict[str, Judgement]]) -> None:
        """Keep what was judged after line `seq`, but for those of whom the book told something since."""
        with self._lock:
            verdicts = self._of(asked)
            verdicts.follow(book)
            changes = book.changes_since(seq)[1]
            if changes is not None:
                stale = people_touched(changes)
                verdicts.judged.update((person, found) for person, found in judged.items() if person not in stale)

    def _of(self, asked: Asked) -> Verdicts:
        found = next((each for each in self._verdicts if each.asked.is_same(asked)), None) or Verdicts(asked)
        self._verdicts = [found, *(each for each in self._verdicts if each is not found)][:_KEPT]
        return found


def people_touched(changes: Iterable[Changed]) -> set[str]:
    """Ids of the people of whom changes tell something: in their own record, or in one that names them."""
    field_of = {_PEOPLE: "id"}
    named = (row.get(field_of.get(table, "person")) for table, _, *rows in changes for row in rows if row)
    return {str(each) for each in named if each}


_REMEMBERED: WeakKeyDictionary[Store, Remembered] = WeakKeyDictionary()
_MAKING = Lock()


def remembered(book: Store) -> Remembered:
    """The verdicts of a book."""
    with _MAKING:
        return _REMEMBERED.setdefault(book, Remembered())


def verdicts(
    office: Office, on: date, wanted: Mapping[str, Sequence[str]], *, step: Callable[[int], bool] = lambda _done: True
) -> dict[str, dict[str, Judgement]]:
    """Person -> role -> judgement on a day, as whoever is signed in may know it; judged anew only where need be.

    Args:
        office: the open book.
        on: the day.
        wanted: the roles meant of each person; they hold them on the day.
        step: told how many stand after each person; when it says no, those that stand so far are given.
    """
    asked = Asked(on, office.settings, office.recorded_since())
    kept = remembered(office.book)
    seq, known = kept.known(office.book, asked)
    none: dict[str, Judgement] = {}
    stands = ((person, known.get(person, none), roles) for person, roles in wanted.items())
    found = {person: by_role for person, by_role, roles in stands if all(role in by_role for role in roles)}
    judged: dict[str, dict[str, Judgement]] = {}
    waiting = [each for each in wanted if each not in found]
    with unwatched(len(waiting)):
        for dossier in office.dossiers(on, waiting):
            if not step(len(found) + len(judged)):
                break
            person = dossier.person.id
            made = {role: judge_whole(office, dossier, role) for role in wanted[person]}
            judged[person] = {**known.get(person, none), **made}
        kept.keep(office.book, asked, seq, judged)
    whole = found | judged
    if may_see(office):
        return whole
    return {each: {role: told(office, one) for role, one in by_role.items()} for each, by_role in whole.items()}


def judge_role(office: Office, dossier: Dossier, role: str) -> Judgement:
    """`judge_whole`, as whoever is signed in may know it."""
    return told(office, judge_whole(office, dossier, role))


def judge_whole(office: Office, dossier: Dossier, role: str) -> Judgement:
    """Judge one dossier in a role it holds, under the standard of its level and day: what is kept, and not shown."""
    latest = dossier.latest(role)
    if latest is None:
        raise InputError(
            t("{name} does not hold this role on {day}", name=dossier.person.name, day=dossier.on),
            do=t("choose another role or day"),
        )
    return judge(dossier, role, latest.level, office.settings.standard_for(role, latest.level, dossier.on))
