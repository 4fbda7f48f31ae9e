"""Making up people, their appointments and what went wrong with their papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from records.demo.words import ETHNICITIES, FAMILIES, FEMALE_MIDDLES, GIVENS, MALE_MIDDLES
from records.domain.appointments import Appointment, RoleKey
from records.domain.dates import PartialDate
from records.domain.people.person import Credential, Person

DEMO_DAY = date(2025, 6, 15)
"""The day the demo office lives on: two weeks before the reorganisation of 1 July 2025."""
TERM_START, TERM_END = date(2020, 8, 15), date(2025, 8, 14)


@dataclass(frozen=True, slots=True)
class Post:
    """A place to fill: a role at a level in a unit."""

    role: RoleKey
    level: Literal["district", "commune", "grassroots"]
    unit: str


def make_person(random: Random, person_id: str, unit: str, number: int) -> Person:
    """Person number `number` (from 0); about one in eight misses a paper, one in nine was born in a mere year."""
    sex: Literal["male", "female"] = random.choice(("male", "female"))
    middle = random.choice(MALE_MIDDLES if sex == "male" else FEMALE_MIDDLES)
    given = GIVENS[number % len(GIVENS)] if number < 2 * len(GIVENS) else random.choice(GIVENS)
    born = date(1960, 1, 1) + timedelta(days=random.randrange(15500))
    precision = 1 if random.random() < 0.11 else 3
    joined = date(born.year + random.randrange(20, 28), random.randrange(1, 13), random.randrange(1, 29))
    member = random.random() < 0.93 and joined < DEMO_DAY
    return Person(
        id=person_id,
        name=f"{random.choice(FAMILIES)} {middle} {given}",
        sex=sex,
        born=PartialDate(*(born.year, born.month, born.day)[:precision]) if random.random() > 0.01 else None,
        national_id=f"019{0 if sex == 'male' else 1}{born.year % 100:02d}{number:06d}" if random.random() > 0.1 else "",
        phone=f"0900{number:06d}" if random.random() > 0.15 else "",
        ethnicity=random.choice(ETHNICITIES),
        position=random.choice(("Bí thư chi bộ", "Phó bí thư", "Trưởng ban", "Giáo viên", "Cán bộ", "Tổ trưởng")),
        unit=unit,
        party_probation=PartialDate.of(joined) if member else None,
        party_official=PartialDate.of(joined.replace(year=joined.year + 1)) if member else None,
        party_member=True if member else random.choice((False, None)),
        credentials=_credentials(random),
        documents=("resume",) if random.random() > 0.08 else (),
    )


def _credentials(random: Random) -> tuple[Credential, ...]:
    found = []
    if random.random() > 0.05:
        level = random.choice(("upper_secondary", "college", "bachelor", "bachelor", "bachelor", "master"))
        found.append(Credential(kind="education", level=level, evidence="diploma"))
    if random.random() > 0.08:
        level = random.choice(("elementary", "elementary", "intermediate", "intermediate", "intermediate", "advanced"))
        kind: Literal["diploma", "confirmation", ""] = random.choice(("diploma",) * 8 + ("confirmation", ""))
        issued = PartialDate(random.randrange(2008, 2024)) if kind else None
        issuer = "Trung tâm Chính trị Mẫu" if kind else ""
        found.append(Credential(kind="political_theory", level=level, evidence=kind, issuer=issuer, issued=issued))
    return tuple(found)


def make_appointment(random: Random, appointment_id: str, person: str, post: Post, number: int) -> Appointment:
    """The appointment to `post` for the term 2020-2025; a few ran out in 2024, a few lack their number."""
    since = TERM_START + timedelta(days=random.choice((0, 0, 0, 31, 200, 700)))
    until = TERM_END
    if post.role == "collaborator":
        since = date(2023, 7, 1) + timedelta(days=random.choice((0, 0, 15, -240)))
        until = since.replace(year=since.year + 2) - timedelta(days=1)
    reporter = post.role == "reporter"
    return Appointment(
        id=appointment_id,
        person=person,
        role=post.role,
        level=post.level,
        unit=post.unit,
        instrument="contract" if post.role == "collaborator" else "decision",
        number="" if random.random() < 0.03 else f"{number}-{'QĐ/TU' if reporter else 'QĐ/BTG'}",
        decided=since,
        recognised_by="Ban Thường vụ Thành ủy" if reporter else "Ban Tuyên giáo Thành ủy",
        managed_by="Ban Tuyên giáo Thành ủy",
        since=since,
        until=until,
    )
