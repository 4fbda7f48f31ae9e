"""What is told of verdicts, reviews and history to who may not see sensitive data: one gate for all that shows them.

A verdict that rests on sensitive data says it as surely as its reason: *not met* under “no discipline” is discipline.
So the whole finding is withheld, and the verdict over all with it, where it would follow from what is withheld.
So is the reason of a refusal: who may enter and not see is told that something stands against it, and who sees what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeVar

from msgspec import structs

from config.errors import AppError
from config.settings.loading import Settings
from config.text import Text, t
from records.domain.appointments import Discipline
from records.domain.findings import Finding, Judgement, Verdict, overall
from records.domain.kinds import KINDS
from records.domain.people.person import SENSITIVE
from records.domain.reviews import ReviewLine, Said
from records.rules.criteria.register import asked
from records.rules.standards.supposing import criteria_of
from records.services.access.looking import may_see
from records.services.office import Office
from records.store.contract import Changed, JournalEntry

T = TypeVar("T")
WITHHELD = t("Rests on data that is not shown here")
NOT_SHOWN = "…"
"""What stands for a sensitive value that a field held before, where a preview tells what would change."""
HIDDEN = "withheld"
"""The act of a change of which only that it was done is told."""
_MATTERS = KINDS[Discipline].table


def told(office: Office, judged: Judgement) -> Judgement:
    """A judgement as whoever is signed in may know it. Never keep it, and never decide by it."""
    if may_see(office) or not any(each.private for each in judged.findings):
        return judged
    findings = tuple(map(_withheld, judged.findings))
    return structs.replace(judged, findings=findings, verdict=overall(findings))


def told_findings(office: Office, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as whoever is signed in may know them."""
    return tuple(findings) if may_see(office) else tuple(map(_withheld, findings))


def _withheld(finding: Finding) -> Finding:
    if not finding.private:
        return finding
    return structs.replace(
        finding,
        verdict=Verdict.WITHHELD,
        reason=WITHHELD,
        until=None,
        records=(),
        missing=(),
        parts=tuple(map(_withheld, finding.parts)),
    )


def told_refusal(office: Office, refused: AppError, name: str) -> AppError:
    """A refusal of something about `name` that rests on sensitive data, as whoever is signed in may know it."""
    if may_see(office):
        return refused
    return type(refused)(t("What stands against it is not shown here: {name}", name=name), do=who_sees(office))


def who_sees(office: Office) -> Text:
    """What to do about something that is withheld."""
    names = ", ".join(office.book.access.who_may("sensitive"))
    return t("ask who may see it: {names}", names=names) if names else t("nobody of this book may see it")


def told_hints(office: Office, found: Mapping[str, Text]) -> dict[str, Text]:
    """Field -> what to look at again, without what rests on sensitive fields."""
    return {key: told for key, told in found.items() if key not in SENSITIVE or may_see(office)}


def private_criteria(settings: Settings) -> frozenset[str]:
    """Ids of the criteria of every standard that look at sensitive data, or have a part that does."""
    found = set()
    for standard in settings.standards:
        for criterion in standard.criteria:
            one = structs.replace(standard, criteria=(criterion,))
            if any(asked(each).private for each in criteria_of(one).values()):
                found.add(criterion.id)
    return frozenset(found)


def told_lines(office: Office, lines: Sequence[ReviewLine]) -> list[ReviewLine]:
    """Lines of reviews as whoever is signed in may know it; a criterion that no standard has any more is withheld.

    What was decided stands, for it is the office's act; the rule that proposed it does not, for it may name the matter.
    """
    if may_see(office):
        return list(lines)
    known = {each.id for standard in office.settings.standards for each in standard.criteria}
    shown = known - private_criteria(office.settings)
    return [_told_line(line, shown) for line in lines]


def _told_line(line: ReviewLine, shown: AbstractSet[str]) -> ReviewLine:
    hidden: Any = Verdict.WITHHELD.value
    seen = tuple(
        each if each.criterion in shown else structs.replace(each, verdict=hidden, reason=Said.of(WITHHELD))
        for each in line.seen
    )
    verdicts = {each.verdict for each in seen}
    over = line.verdict if Verdict.NOT_MET.value in verdicts or hidden not in verdicts else hidden
    return structs.replace(line, seen=seen, verdict=over, rule="")


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """A change as it is told to who may not see all of it; `whole` is what the journal has."""

    whole: JournalEntry
    action: str
    about: str
    changes: Sequence[Changed]

    @property
    def seq(self) -> int:
        """Its number."""
        return self.whole.seq

    @property
    def time(self) -> str:
        """When."""
        return self.whole.time

    @property
    def actor(self) -> str:
        """Who did it."""
        return self.whole.actor

    @property
    def undoes(self) -> int | None:
        """The change it takes back, or None."""
        return self.whole.undoes

    @property
    def records(self) -> int:
        """How many records of it are told."""
        return len(self.changes)

    def of(self, kind: type[T]) -> Sequence[tuple[T | None, T | None]]:
        """The records of one kind that it changed; none of a kind that is withheld."""
        return () if kind is Discipline else self.whole.of(kind)


def told_entry(office: Office, entry: JournalEntry) -> JournalEntry:
    """A change without matters of discipline, and without whom it was about where it was about them alone."""
    if may_see(office) or not any(entry.of(Discipline)):
        return entry
    rest = tuple(each for each in entry.changes if each[0] != _MATTERS)
    if rest:
        return ToldEntry(entry, entry.action, entry.about, rest)
    return ToldEntry(entry, HIDDEN, "", ())
