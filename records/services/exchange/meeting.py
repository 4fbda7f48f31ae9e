"""First contact: what an office says of itself in a file, and taking another one for known once it was compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from config.errors import InputError, RefusedError
from config.reasons import system_reason
from config.settings.offices import CODE_PATTERN, held_on
from config.text import Text, t
from records.domain.exchange import Neighbour
from records.services.exchange import keys
from records.services.exchange.package import Side
from records.services.office import Office
from records.services.units.units import find_unit
from records.store.codes import MOST_NEIGHBOURS
from records.store.contract import UnitOfWork

MET = "exchange.meet"
_KIND, _LARGEST = "sovang.identity", 1 << 16
_HEX = re.compile(r"[0-9a-f]{64}")


class Identity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an office says of itself in a file: its code, name, book and public keys, signed with the first key."""

    kind: str
    format: int
    office: str
    name: str
    book: str
    key: str
    box: str
    made: str
    signature: str

    @property
    def signed(self) -> bytes:
        """What the signature is over: the fields before it, each a line."""
        fields = (self.kind, self.format, self.office, self.name, self.book, self.key, self.box, self.made)
        return "".join(f"{each}\n" for each in fields).encode()


@dataclass(frozen=True, slots=True)
class Meeting:
    """An identity as read, the office of the book that it would be (None for a new one), and what to know of it."""

    identity: Identity
    held: Neighbour | None
    notices: tuple[Text, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What both sides compare over the phone."""
        return keys.fingerprint(self.identity.key)


def self_side(office: Office, day: date) -> Side:
    """This office as packages name it. Raises InputError while the book does not know its office."""
    office.judge_named(day)
    key, box = keys.public_halves(office)
    name = held_on(office.settings.office.name, day) or ""
    return Side(office=office.book.office, book=office.book.id, name=name, key=key, box=box)


def identity(office: Office, now: datetime) -> Identity:
    """What this office says of itself. Raises InputError while the book does not know its office."""
    side = self_side(office, now.date())
    told = Identity(
        kind=_KIND, format=1, office=side.office, name=side.name, book=side.book, key=side.key, box=side.box,
        made=now.astimezone().isoformat(timespec="seconds"), signature="",
    )  # fmt: skip
    return msgspec.structs.replace(told, signature=keys.sign(office, told.signed).hex())


def read_identity(path: Path) -> Identity:
    """Read the file of an identity. Raises InputError when it is none, or was altered."""
    try:
        with path.open("rb") as source:
            content = source.read(_LARGEST + 1)
    except OSError as error:
        reason = system_reason(error) if path.exists() else t("there is no such file")
        raise InputError(
            t("The identity cannot be read: {reason}", reason=reason), where=str(path), do=t("check the file")
        ) from None
    try:
        found = msgspec.json.decode(content, type=Identity)
        signature = bytes.fromhex(found.signature)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise _no_identity(path) from None
    if found.kind != _KIND or len(content) > _LARGEST:
        raise _no_identity(path)
    if found.format != 1:
        raise InputError(
            t("The identity has format {format}, and this program reads format 1", format=found.format),
            where=str(path),
            do=t("update this program"),
        )
    shaped = re.fullmatch(CODE_PATTERN, found.office) and found.name.strip() and found.name.isprintable()
    if not shaped or not all(_HEX.fullmatch(each) for each in (found.key, found.box)):
        raise _no_identity(path)
    if not re.fullmatch(r"[0-9a-f]{32}", found.book) or not keys.is_signed(found.key, signature, found.signed):
        raise InputError(
            t("The identity was altered: its signature does not fit"),
            where=str(path),
            do=t("ask the other office to make it again with “exchange identity”"),
        )
    return found


def _no_identity(path: Path) -> InputError:
    return InputError(
        t("This file is no identity of an office"),
        where=str(path),
        do=t("ask the other office for the file that “exchange identity --out FILE” writes"),
    )


def meeting(office: Office, found: Identity) -> Meeting:
    """What taking an office for known would mean.

    Raises:
        RefusedError: for this office itself, another office with a code that is taken, or a key that changed.
    """
    book = office.book
    if found.book == book.id or found.key == keys.public_halves(office)[0]:
        raise RefusedError(t("This is the identity of this office itself"), do=t("give it to the other office"))
    if found.office in book.codes:
        raise code_taken(found.office, found.name)
    for each in book.table(Neighbour):
        same_book, same_key = each.book == found.book, each.key == found.key
        if same_book and each.key and not same_key:
            raise changed_key(each)
        if not (same_book or same_key) and found.office in (each.code, *each.codes):
            raise code_taken(found.office, found.name, each)
        if same_book or same_key:
            notices = () if same_book else (_restored(each),)
            return Meeting(found, each, notices)
    return Meeting(found, None)


def changed_key(held: Neighbour) -> RefusedError:
    """That an office signs with another key than the one that was compared."""
    return RefusedError(
        t("The key of {code} ({name}) is another than the one compared on {day}", code=held.code, name=held.name,
          day=held.met),
        do=t("call that office; if its key was really lost, it must make its book anew under another code"),
    )  # fmt: skip


def code_taken(code: str, name: str, held: Neighbour | None = None) -> RefusedError:
    """That two offices have one code."""
    other = t("this office itself") if held is None else held.name
    return RefusedError(
        t("{name} has the code {code}, and so has {other}: two offices, told apart by their books",
          name=name, code=code, other=other),
        do=t("one of the two takes another code with “config set office.code”; nothing was mixed"),
    )  # fmt: skip


def _restored(held: Neighbour) -> Text:
    return t("{code} works in another copy of its book now; its key is the same", code=held.code)


def meet(office: Office, met: Meeting, *, today: date, unit: str = "") -> Neighbour:
    """Take the office of an identity for known, whose fingerprint was compared; `unit` is the unit here that it is.

    One change; none where nothing is new.

    Raises:
        InputError: for no such unit, or more offices than a book can hold.
    """
    found, held = met.identity, met.held
    place = find_unit(office, unit, today).id if unit else (held.unit if held else "")
    with office.book.change(MET, about=f"{found.office} · {found.name}") as change:
        if held is None:
            return change.put(
                Neighbour(
                    id=new_place(office, change), code=found.office, book=found.book, name=found.name, key=found.key,
                    box=found.box, met=today, unit=place,
                )
            )  # fmt: skip
        codes = held.codes if found.office in (held.code, *held.codes) else (*held.codes, found.office)
        told = msgspec.structs.replace(
            held, book=found.book, name=found.name, key=found.key, box=found.box, met=held.met or today, codes=codes,
            unit=place,
        )  # fmt: skip
        return change.put(told, was=held)


def place(office: Office, held: Neighbour, unit: str) -> Neighbour:
    """Say which unit of the book (its id, or empty) another office is. One change."""
    with office.book.change(MET, about=f"{held.code} · {held.name}") as change:
        return change.put(msgspec.structs.replace(held, unit=unit), was=held)


def new_place(office: Office, change: UnitOfWork) -> str:
    """The id for another office. Raises InputError when the book knows as many as it can."""
    made = change.new_id(Neighbour)
    if int(made.rpartition("-")[2]) > MOST_NEIGHBOURS:
        raise InputError(
            t("A book can hold the records of {n} other offices, and this one does", n=MOST_NEIGHBOURS),
            where=str(office.book.path),
            do=t("let the offices above a group of them send for it"),
        )
    return made


def neighbours(office: Office) -> list[Neighbour]:
    """The other offices, those that were met first, by code."""
    return sorted(office.book.table(Neighbour), key=lambda each: (not each.key, each.code))


def neighbour_named(office: Office, code: str) -> Neighbour | None:
    """The office with this code, or None."""
    wanted = code.strip().upper()
    return next((each for each in neighbours(office) if wanted in (each.code, *each.codes)), None)
