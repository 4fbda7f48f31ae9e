"""What one row of a list can give: a draft of a person, a refusal, a remark."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import msgspec

from config.text import Text
from records.domain.appointments import ROLES
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS
from records.domain.unit_names import unit_key


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPost:
    """One appointment as a row tells it; empty text and None mean that the row is silent.

    Attributes:
        role: of `reporter`, `communicator`, `collaborator`; empty for the role that is given to rows that name none.
        level: a key of the levels of the settings.
        number, decided: of the decision or contract.
        unit: name of the unit it lies in, where that is not the person's.
        note: what is said of the term without a day.
    """

    role: str = ""
    unit: str = ""
    level: str = ""
    number: str = ""
    decided: date | None = None
    since: date | None = None
    until: date | None = None
    recognised_by: str = ""
    managed_by: str = ""
    note: str = ""

    @property
    def begun(self) -> date | None:
        """The first day; the day of the decision, where no other is told."""
        return self.since or self.decided


class DraftPerson(Person, frozen=True, kw_only=True):
    """A person as one row tells; empty text and None mean that the row is silent.

    It has no id of the book, and `unit` is the name of the unit. Levels are as written where they are none that the
    rules know.

    Attributes:
        row: number of the row in the sheet.
        code: our own code of the person, in capitals.
        continues: the row above whose merged name is this row's too, or 0.
        posts: the appointments that the row tells.
    """

    id: str = ""
    row: int
    code: str = ""
    continues: int = 0
    posts: tuple[DraftPost, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the row names, each once."""
        named = {each.role for each in self.posts}
        return tuple(role for role in ROLES if role in named)

    def with_posts_of(self, other: DraftPerson) -> DraftPerson:
        """This draft with those appointments of another row of the same person that it does not tell itself."""
        elsewhere = other.unit if unit_key(other.unit) != unit_key(self.unit) else ""
        held = {(each.role, each.level, each.number) for each in self.posts}
        more = (each for each in other.posts if (each.role, each.level, each.number) not in held)
        posts = (*self.posts, *(replace(each, unit=each.unit or elsewhere) for each in more))
        return msgspec.structs.replace(self, posts=posts)

    def contradicts(self, other: DraftPerson) -> tuple[str, ...]:
        """Fields of which `other` says something else than this draft, the unit and the appointments left aside."""
        told = ((field.key, field.of(self), field.of(other)) for field in FIELDS if field.kind != "unit")
        return tuple(key for key, mine, theirs in told if theirs not in ("", None, (), mine))

    def posts_for(self, role: str, level: str) -> tuple[DraftPost, ...]:
        """The appointments, where `role` and `level` stand in for what the row does not name; none without a role."""
        posts = self.posts or (DraftPost(),)
        whole = (replace(each, role=each.role or role, level=each.level or level) for each in posts)
        return tuple(each for each in whole if each.role)


_LONGEST_SHOWN = 120


def shortened(value: str) -> str:
    """A refused value as it is shown: a cell may hold a book, and its beginning tells which cell is meant."""
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that keeps its row out.

    Attributes:
        row: number of the row in the sheet.
        column: the heading as in the sheet, with its letter: `Ngày sinh / Nam (C)`.
        value: as a person sees it in the cell, `shortened`.
        problem: what is wrong and what would be right.
        name: of the person in the row, as far as it can be read.
        cell: the place as a spreadsheet names it: `C4`.
    """

    row: int
    column: str
    value: str
    problem: Text
    name: str = field(default="", compare=False)
    cell: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something read differently from how it stands, or a line left out; it keeps no row out."""

    row: int
    column: str
    remark: Text
