"""Making a package: what goes is gathered, signed, sealed where the other side was met, and entered as sent."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import msgspec

from config.errors import BookError, InputError, RefusedError
from config.reasons import system_reason
from config.text import t
from records.domain.access.restrictions import Restriction
from records.domain.appointments import Appointment, Discipline
from records.domain.exchange import Neighbour, Package, SameRecord
from records.domain.kinds import KINDS, encoded
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.exchange import keys
from records.services.exchange.contents import (
    ORDER,
    RETURNS,
    VERDICTS,
    Gathered,
    Wanted,
    codes_in,
    dossier_files_of,
    gathered,
    photos_of,
    settings_files,
)
from records.services.exchange.meeting import neighbour_named, self_side
from records.services.exchange.package import Body, Manifest, Side, archived, written
from records.services.office import Office
from records.services.people.listing import Scope, listed
from records.services.privacy import restricting
from records.services.standards.checks import check
from records.services.units.units import find_unit

SENT = "exchange.send"
_OR_ASK = t("leave this person out, or add --with-restricted where it must be done all the same")
_WITH_PERSON = ("roster", "training", "scores", "ratings", "awards", "registrations", "dossiers")


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person went who was given to another office: its code and book, and the last day with the giver."""

    office: str
    book: str
    day: date


class SentBack(msgspec.Struct, frozen=True, kw_only=True):
    """A package that was sent back: its id, why, and when."""

    package: str
    reason: str
    day: date


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a package says beside its records (`told.json`).

    Attributes:
        day: the day it is of.
        same: id here -> id under which the recipient keeps the same person, unit or record.
        moved: id of a person whom the sender gave away -> to whom.
        returned: packages of the recipient that are sent back.
        verdicts: `person role` -> verdict by the sender's rules on `day`.
        lost: id of a record -> the file of it that the book of the sender has no more.
    """

    day: date
    same: dict[str, str] = {}
    moved: dict[str, Moved] = {}
    returned: tuple[SentBack, ...] = ()
    verdicts: dict[str, str] = {}
    lost: dict[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcelled:
    """A package that is made and not entered yet: its bytes, its manifest, and what is entered when it leaves.

    `left_out`: by which restrictions people are not in it who else would be. `lost` are files that did not go, because
    the book has them no more: id of their record -> name; `units` how many units its people are of, and `everybody`
    whether it was not narrowed to some.
    """

    content: bytes
    manifest: Manifest
    entry: Package
    person: Person | None = None
    ended: tuple[tuple[Appointment, Appointment], ...] = field(default=())
    left_out: tuple[Restriction, ...] = ()
    lost: Mapping[str, str] = field(default_factory=dict)
    units: int = 0
    everybody: bool = False


def scoped(office: Office, on: date, *, unit: str = "", role: str = "") -> frozenset[str] | None:
    """The people of a scope; None for everybody. Raises InputError for an unknown unit or role."""
    if not unit and not role:
        return None
    place = find_unit(office, unit, on).id if unit else ""
    return frozenset(
        listed(office, on, Scope(role=role, unit=place, restricted=True)).roles() if role else _below(office, place, on)
    )


def _below(office: Office, unit: str, on: date) -> Iterator[str]:
    """Everybody who was ever in a unit or below it."""
    units = {unit}
    while more := {each.id for each in office.book.table(Unit) if each.parent_on(on) in units} - units:
        units |= more
    for each in office.book.table(Person):
        if units & {each.unit, *(stay.unit for stay in each.before)}:
            yield each.id


def pack(
    office: Office, asked: Wanted, to: str, *, now: datetime, plain: bool = False, restricted: bool = False
) -> Parcelled:
    """Make a package for the office with the code `to`; sealed where that one was met, unless `plain`.

    People whose data is restricted are left out and named in what is given back, unless `restricted`.

    Raises:
        InputError: while the book does not know its office, or `to` is no code of another.
        BookError: when a photo cannot be read, or the book cannot be written.
        RefusedError: without the right to write sensitive data to files, or with `restricted` to restrict.
    """
    hidden = _restricted(office, now.date(), asked, wanted=restricted)
    found = gathered(office, asked, away=[*given_away(office), *hidden])
    made = _made(office, asked, found, to, now=now, plain=plain)
    return replace(made, left_out=tuple(hidden.values()))


def _restricted(office: Office, day: date, asked: Wanted, *, wanted: bool) -> dict[str, Restriction]:
    """Person -> the restriction by which nothing of them goes; none where they are wanted. Raises as `pack`."""
    held = {
        each: one
        for each, one in restricting.restricted(office, day).items()
        if asked.people is None or each in asked.people
    }
    if wanted and held:
        office.book.access.judge("privacy")
        return {}
    return held


def pack_person(  # whom, where to, when, and two that are decided
    office: Office, person_id: str, to: str, *, day: date, now: datetime, plain: bool = False, restricted: bool = False
) -> Parcelled:
    """Make a package with the whole dossier of one person who goes to another office; `day` is the last one here.

    Raises:
        InputError: as `pack`, or for an unknown person.
        RefusedError: when the person left already, or their data is restricted and is not asked for; and as `pack`.
    """
    person = office.person(person_id)
    if restricted:
        office.book.access.judge("privacy")
    else:
        restricting.judge_unrestricted(office, [person.id], now.date(), do=_OR_ASK)
    if person.left is not None:
        raise RefusedError(
            t("{name} left the roster on {day} already", name=person.name, day=person.left),
            do=t("look at the person's page"),
        )
    asked = Wanted(what=_WITH_PERSON, people=frozenset({person.id}))
    found = gathered(office, asked)
    ended = []
    for each in office.book.table(Appointment).where(person=person.id):
        if each.ended is None and (each.since is None or each.since <= day):
            ended.append((each, msgspec.structs.replace(each, ended=day, end_reason="transferred")))
            found.add(ended[-1][1])
    made = _made(office, asked, found, to, now=now, plain=plain, person=person.id)
    return replace(made, person=person, ended=tuple(ended))


def send(office: Office, made: Parcelled, *, day: date) -> Package:
    """Enter that a package leaves, and with it that its person leaves. One change. Raises as `change`."""
    about = f"{made.entry.office} · {made.person.name if made.person else ', '.join(made.entry.what)}"
    with office.book.change(SENT, about=about) as change:
        for was, now in made.ended:
            change.put(now, was=was)
        if made.person is not None:
            change.put(msgspec.structs.replace(made.person, left=day, left_reason="transferred"), was=made.person)
        return change.put(msgspec.structs.replace(made.entry, id=change.new_id(Package)))


def given_away(office: Office) -> dict[str, Package]:
    """Id of each person who was given to another office and did not come back -> the package."""
    people = office.book.table(Person)
    found = {each.person: each for each in office.book.table(Package) if each.person and each.way == "sent"}
    return {key: each for key, each in found.items() if (held := people.get(key)) is not None and held.left is not None}


def _made(
    office: Office, asked: Wanted, found: Gathered, to: str, *, now: datetime, plain: bool, person: str = ""
) -> Parcelled:
    day = now.date()
    _judge_leaving(office, found, asked)
    sender, other = self_side(office, day), recipient(office, to)
    seq, digest = office.book.head()
    lost: dict[str, str] = {}
    archive, size = archived(_parts(office, asked, found, _told(office, asked, found, other, day), lost))
    boxes = {other.book: other.box} if other.box and not plain else {}
    body, sealed = keys.seal(archive, boxes) if boxes else (archive, ())
    manifest = Manifest(
        format=1, package=uuid.uuid4().hex, sender=sender,
        to=(msgspec.structs.replace(other, box=""),), what=asked.what, period=asked.period,
        person=person, made=now.astimezone().isoformat(timespec="seconds"), seq=seq, hash=digest,
        counts=found.counts(), origins=_origins(office, found, sender), sealed=sealed,
        body=Body(size=len(body), sha256=hashlib.sha256(body).hexdigest(), unpacked=size),
    )  # fmt: skip
    content = written(manifest, body, lambda signed: keys.sign(office, signed))
    entry = Package(
        id="", package=manifest.package, way="sent", office=other.office, day=day, made=manifest.made, seq=seq,
        hash=digest, what=asked.what, period=asked.period, people=manifest.people, person=person,
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    units = {each.unit for each in found.records.get(Person, {}).values() if each.unit}
    return Parcelled(
        content=content, manifest=manifest, entry=entry, lost=lost, units=len(units), everybody=asked.people is None
    )


def _judge_leaving(office: Office, found: Gathered, asked: Wanted) -> None:
    """Refuse a package with people to who may not write sensitive data to files: it holds every field. RefusedError."""
    if Person in found.records or Discipline in found.records or asked.has(VERDICTS):
        office.book.access.judge("export", "sensitive", "export_sensitive")


def recipient(office: Office, code: str) -> Side:
    """The office with this code as a recipient; one that was never met has neither book nor keys. Raises InputError."""
    held = neighbour_named(office, code)
    if held is not None:
        return Side(office=held.code, book=held.book, name=held.name, key=held.key, box=held.box)
    given = code.strip().upper()
    if given in office.book.codes or not (given.isascii() and given.isalpha() and len(given) <= 6):
        known = ", ".join(each.code for each in office.book.table(Neighbour)) or "–"
        raise InputError(
            t("“{given}” is no code of another office", given=code),
            do=t("give the code of the office it is for, such as one of: {known}", known=known),
        )
    return Side(office=given)


def _parts(
    office: Office, asked: Wanted, found: Gathered, told: Told, lost: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    try:
        for files in (photos_of, dossier_files_of):
            yield from ((f"files/{name}", content) for name, content in files(office, found, lost))
        yield from ((f"settings/{name}", content) for name, content in settings_files(office, asked))
    except OSError as error:
        raise BookError(
            t("A file of the book cannot be read: {reason}", reason=system_reason(error)),
            where=str(error.filename or ""),
            do=t("bring it back from a backup; nothing was packed"),
        ) from error
    yield "told.json", msgspec.json.encode(msgspec.structs.replace(told, lost=lost))
    for kind in ORDER:
        if records := found.records.get(kind):
            lines = b"".join(encoded(each) + b"\n" for _, each in sorted(records.items()))
            yield f"records/{KINDS[kind].table}.jsonl", lines


def _told(office: Office, asked: Wanted, found: Gathered, other: Side, day: date) -> Told:
    same = {each.ours: each.theirs for each in office.book.table(SameRecord)
            if each.ours in found.named and each.theirs.partition("-")[0] == other.office}  # fmt: skip
    moved = {}
    if asked.people is None and asked.has("roster"):
        for key, each in given_away(office).items():
            book = recipient(office, each.office).book
            moved[key] = Moved(office=each.office, book=book, day=each.day)
    back = []
    if asked.has(RETURNS):
        sent_back = [each for each in office.book.table(Package) if each.way == "returned"]
        back = [SentBack(package=each.package, reason=each.reason, day=each.day) for each in sent_back
                if each.office == other.office]  # fmt: skip
    return Told(day=day, same=same, moved=moved, returned=tuple(back), verdicts=_verdicts(office, asked, day))


def _verdicts(office: Office, asked: Wanted, day: date) -> dict[str, str]:
    if VERDICTS not in asked.what:
        return {}
    judged = check(office, day)
    return {f"{person.id} {each.role}": str(each.verdict) for person, each in judged
            if asked.people is None or person.id in asked.people}  # fmt: skip


def _origins(office: Office, found: Gathered, sender: Side) -> tuple[Side, ...]:
    """Every office whose code stands in the package, this one first."""
    used = codes_in(found)
    told = [msgspec.structs.replace(sender, box="")]
    told += [msgspec.structs.replace(sender, office=code, box="") for code in office.book.codes[1:] if code in used]
    for each in office.book.table(Neighbour):
        if each.code in used:
            told.append(Side(office=each.code, book=each.book, name=each.name, key=each.key))
    return tuple(told)
