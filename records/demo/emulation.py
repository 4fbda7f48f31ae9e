"""The demo office's emulation: clusters, a half year of reporters scored by three hands, one of collaborators begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

import msgspec

from config.settings.scoring import ScoreTable
from records.demo.people import DEMO_DAY, Post
from records.domain.emulation import Cycle, Entrant, Marks, Movement
from records.domain.people.person import Person
from records.domain.units import Unit
from records.store.contract import UnitOfWork

_CLUSTERS = 6
_FIRST, _LAST = date(2025, 1, 1), date(2025, 6, 30)
_HAND = "Tổ thẩm định"


def clustered(unit: Unit, number: int) -> Unit:
    """The unit in one of the demo's clusters."""
    return msgspec.structs.replace(unit, cluster=f"Cụm {number % _CLUSTERS + 1}")


def fill_emulation(
    change: UnitOfWork,
    people: Sequence[Person],
    posts: Sequence[Post],
    units: dict[str, Unit],
    tables: Sequence[ScoreTable],
) -> Movement:
    """Enter the movement, its cycles and their rows into the change that fills the demo office; gives the movement."""
    random = Random(20250620)  # noqa: S311  # of its own, so that the people stay the same
    movement = change.put(
        Movement(id=change.new_id(Movement), title="Thi đua tuyên truyền miệng giỏi", launched=date(2025, 1, 10))
    )
    for role in ("reporter", "collaborator"):
        table = next(each for each in tables if role in each.roles)
        cycle = change.put(_cycle(change, role, table, movement))
        for person, post in zip(people, posts, strict=True):
            if post.role == role:
                row = _entrant(change, cycle, person, post, units.get(post.unit))
                change.put(_scored(random, row, table) if role == "reporter" else _begun(random, row, table))
    return movement


def _cycle(change: UnitOfWork, role: str, table: ScoreTable, movement: Movement) -> Cycle:
    return Cycle(
        id=change.new_id(Cycle),
        key="2025-H1",
        title="Thi đua 6 tháng đầu năm 2025",
        kind="half",
        subject="person",
        table=table.id,
        first_day=_FIRST,
        last_day=_LAST,
        role=role,
        movement=movement.id,
    )


def _entrant(change: UnitOfWork, cycle: Cycle, person: Person, post: Post, unit: Unit | None) -> Entrant:
    return Entrant(
        id=change.new_id(Entrant),
        cycle=cycle.id,
        subject=person.id,
        organisation=post.unit,
        cluster=unit.cluster if unit else "",
        level=post.level,
        registered=date(2025, 1, 20),
    )


def _scored(random: Random, row: Entrant, table: ScoreTable) -> Entrant:
    """A row that all three hands scored; the second sometimes gives less, and says why."""
    own = _points(random, table)
    appraised = dict(own)
    reason = ""
    if random.random() < 0.3:
        lowered = random.choice([each for each in table.groups[1].criteria if own[each.id] >= 1])
        appraised[lowered.id] -= 1
        reason = "Đối chiếu sổ theo dõi"
    strong = sum(appraised.values()) >= 92
    answers = {"on-time": True, "exceeded": strong or random.random() < 0.6, "corrected": True}
    if random.random() < 0.03:
        del answers["corrected"]
    return msgspec.structs.replace(
        row,
        own=Marks(points=own, by="Tự chấm", day=date(2025, 6, 5)),
        appraised=Marks(points=appraised, reason=reason, by=_HAND, day=date(2025, 6, 10)),
        final=Marks(points=appraised, by="Hội đồng", day=DEMO_DAY),
        answers=answers,
    )


def _begun(random: Random, row: Entrant, table: ScoreTable) -> Entrant:
    """A row of which only some of the own points are there."""
    points = _points(random, table)
    kept = {name: each for name, each in points.items() if name.startswith("1")} if random.random() < 0.4 else {}
    return msgspec.structs.replace(row, own=Marks(points=kept, by="Tự chấm" if kept else "", day=None))


def _points(random: Random, table: ScoreTable) -> dict[str, Decimal]:
    """Points of the groups, mostly between seven and ten tenths of each maximum, on their steps."""
    level = random.triangular(0.72, 1.0, 0.86)
    found = {}
    for group in table.groups:
        for each in group.criteria:
            share = min(max(random.gauss(level, 0.04), 0.4), 1.0)
            found[each.id] = each.step * round(share * int(each.maximum / each.step))
    return found
