"""Typed shapes of the configuration files; what a file may say is exactly what stands here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

from config.settings.dated import Cite, Dated, Source, Words

Instrument = Literal["decision", "contract"]
UnitKind = Literal["province", "city", "ward", "commune", "party_organisation", "office"]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all shapes: frozen, and an unknown key is an error."""


class Cited(Shape, frozen=True, kw_only=True):
    """A shape with values that decide something and have no dates of their own.

    Attributes:
        DECIDING: names of such fields.
        cites: field -> what it rests on; the shipped files name a source for each of `DECIDING`.
    """

    DECIDING: ClassVar[tuple[str, ...]] = ()

    cites: dict[str, Cite] = {}


class Role(Cited, frozen=True):
    """One role of `roles.yaml`.

    Attributes:
        instruments: what an appointment to it may rest on.
        term_months: usual term, by date; null: until withdrawn.
    """

    DECIDING = ("instruments", "recognised_by", "managed_by")

    title: Words
    short: Words
    instruments: tuple[Instrument, ...]
    recognised_by: Words
    managed_by: Words
    term_months: Dated[int] | None = None


class Roles(Shape, frozen=True):
    """`roles.yaml`."""

    roles: dict[str, Role]


class Retirement(Shape, frozen=True):
    """`retirement.yaml`: age of retirement in months, by date."""

    male: Dated[int]
    female: Dated[int]


class Level(Shape, frozen=True):
    """One level of `levels.yaml`: a level may end (the district level did)."""

    title: Words
    rank: int
    since: date
    source: str
    until: date | None = None
    """Last day of force."""


class Levels(Shape, frozen=True):
    """`levels.yaml`."""

    levels: dict[str, Level]


class UnitSeed(Shape, frozen=True):
    """One unit of `units/*.yaml`.

    Attributes:
        name: with its type, as on paper.
        code: of the statistics office; an attribute, never an identity: codes were reused in 2025.
        since: first day, if known.
        until: last day of existence, or null.
        into: units that took it over; more than one means it was split and people are decided one by one.
    """

    name: str
    kind: UnitKind
    since: date | None = None
    until: date | None = None
    code: str = ""
    into: tuple[str, ...] = ()
    note: str = ""


class Units(Shape, frozen=True):
    """`units/*.yaml`: key -> unit."""

    source: str
    units: dict[str, UnitSeed]


class Sources(Shape, frozen=True):
    """`sources.yaml`: key -> legal text."""

    sources: dict[str, Source]


class Names(Shape, frozen=True):
    """One file of `names/*.yaml`; the lists of all files together tell a name from what stands before it.

    Attributes:
        abbreviations: titles in short, which can be no word of a name.
        titles: forms of address, ranks and degrees in whole words.
        middles: words that stand after a family name and begin none.
        families: family names, also of two or more words.
        also_given: those of `families` that are middle or given names as well.
        letters: small letters beyond the Vietnamese alphabet that names may have.
    """

    abbreviations: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    middles: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    also_given: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


class OldWords(Shape, frozen=True):
    """Words that a paper no longer says from a day on, and those that took their place."""

    words: str
    since: date
    instead: str
    source: str


class Prize(Cited, frozen=True):
    """A title or form and its money: coefficient times the base salary of the decision's day.

    Attributes:
        type: a title (`danh hiệu`) or a form (`hình thức`): one achievement has at most one of each.
        ceiling: whether the coefficient is the most that may be paid, and the office decides what is.
        old_words: what its achievement must not say any more.
    """

    DECIDING = ("form", "subject", "type")

    title: Words
    form: Literal["party", "state", "office"]
    subject: Literal["individual", "collective"]
    coefficient: Dated[Decimal]
    type: Literal["title", "form"] = "form"
    ceiling: bool = False
    old_words: tuple[OldWords, ...] = ()


class Prizes(Shape, frozen=True):
    """`awards/prizes.yaml`."""

    prizes: dict[str, Prize]


class BaseSalary(Shape, frozen=True):
    """`awards/base-salary.yaml`: đồng a month, by date; and how a prize is rounded."""

    base_salary: Dated[int]
    rounding_step: Dated[int]
    """đồng; a product is rounded to a multiple of it."""
    rounding: Dated[Literal["up", "nearest", "none"]]
    """To which multiple: the next above, the nearest (half upwards), or the whole đồng."""
