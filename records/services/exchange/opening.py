"""Opening a package for this book: who made it, whether it is for us, and what lies in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from config.errors import InputError, RefusedError
from config.settings.offices import CODE_PATTERN
from config.text import Text, t
from records.domain.exchange import Neighbour, Package
from records.services.exchange import keys
from records.services.exchange.contents import WHOLE
from records.services.exchange.meeting import changed_key, code_taken, neighbour_named
from records.services.exchange.package import Manifest, Raw, Side, damaged, read_file, unpacked
from records.services.exchange.packing import Told
from records.services.office import Office

_LARGEST_TOLD, _LONGEST_REASON = 32 << 20, 2000
_ID, _WORD = re.compile(r"[A-Z]{1,6}-[A-Z]{1,2}-\d{5,7}", re.ASCII), re.compile(r"[a-z_-]{1,40}")
_TIMELESS = frozenset({"roster", "units"})
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package that may be taken.

    Attributes:
        sender: the office that made it, as the book knows it.
        told: what it says beside its records.
        parts: name -> bytes of everything else in it.
        codes: code in its ids -> code under which this book knows that office; `strangers` are offices it names of
            which the book knows nothing yet.
        taken: what was entered when it was taken before, or None.
        notices: what to know of it.
    """

    path: Path
    manifest: Manifest
    sha256: str
    sender: Neighbour
    told: Told
    parts: Mapping[str, bytes]
    codes: Mapping[str, str]
    strangers: tuple[Side, ...]
    taken: Package | None
    notices: tuple[Text, ...]


def opened(office: Office, path: Path, *, older: bool = False, again: bool = False) -> Opened:
    """Open a package for this book.

    Args:
        office: the open book.
        path: the file.
        older: take one that is older than another taken already.
        again: it may change something though it was taken before.

    Raises:
        InputError: when it is no package, damaged, forged or of another format.
        RefusedError: when its sender is not known, it is for another office, or older than one taken already.
    """
    raw = read_file(path)
    manifest = raw.manifest
    sender, notices = _sender(office, raw, path)
    _judge_addressed(office, manifest, path)
    _judge_moment(manifest, path)
    taken = next((each for each in office.book.table(Package)
                  if (each.package, each.way) == (manifest.package, "taken")), None)  # fmt: skip
    if (taken is None or again) and not older:
        _judge_age(office, manifest, sender, path)
    codes, strangers = _codes(office, manifest, sender)
    parts = unpacked(path, _unsealed(office, raw, path), manifest)
    told = _told(path, parts.pop("told.json", b""))
    return Opened(
        path=path, manifest=manifest, sha256=raw.sha256, sender=sender, told=told, parts=parts, codes=codes,
        strangers=strangers, taken=taken, notices=notices,
    )  # fmt: skip


def _told(path: Path, content: bytes) -> Told:
    """What a package says beside its records; each id, word and day of it is one."""
    if len(content) > _LARGEST_TOLD:
        raise damaged(path, t("it unpacks to more than {n} MB", n=_LARGEST_TOLD >> 20))
    try:
        told = msgspec.json.decode(content, type=Told)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise damaged(path, t("what it says of itself cannot be understood")) from None
    ids = [*told.same, *told.same.values(), *told.moved, *(each.partition(" ")[0] for each in told.verdicts)]
    words = [*(each.partition(" ")[2] for each in told.verdicts), *told.verdicts.values()]
    shaped = all(_ID.fullmatch(each) for each in ids) and all(_WORD.fullmatch(each) for each in words)
    if not shaped or any(len(each.reason) > _LONGEST_REASON for each in told.returned):
        raise damaged(path, t("what it says of itself cannot be understood"))
    return told


def _judge_moment(manifest: Manifest, path: Path) -> None:
    """Refuse a package of a day that has not come; a day more is left for clocks that do not agree."""
    made = datetime.fromisoformat(manifest.made)
    if made > datetime.now().astimezone() + _CLOCKS_DIFFER:
        raise RefusedError(
            t("The package says that it was made on {day}, which has not come yet", day=made.date()),
            where=str(path),
            do=t("look whether the date of this computer is right; if it is, ask the other office to set its own"),
        )


def who_signed(office: Office, raw: Raw) -> tuple[Neighbour | None, bool]:
    """The office of the book that says it made a package, and whether its signature is that office's."""
    side = raw.manifest.sender
    known = office.book.table(Neighbour).all()
    held = next((each for each in known if each.book == side.book), None)
    held = held or next((each for each in known if each.key and each.key == side.key), None)
    key = held.key if held is not None and held.key else side.key
    return held, keys.is_signed(key, raw.signature, raw.signed)


def _sender(office: Office, raw: Raw, path: Path) -> tuple[Neighbour, tuple[Text, ...]]:
    side = raw.manifest.sender
    if side.book == office.book.id:
        raise RefusedError(
            t("This package was made by this office itself"), where=str(path), do=t("give it to the office it is for")
        )
    held, genuine = who_signed(office, raw)
    if held is not None and held.key and held.key != side.key and keys.is_signed(side.key, raw.signature, raw.signed):
        raise changed_key(held)
    if not genuine:
        raise InputError(
            t("The package is forged or altered: its signature is not that of {code} ({name})", code=side.office,
              name=_plain(side.name)),
            where=str(path),
            do=t("do not use it; call that office and ask for it again"),
        )  # fmt: skip
    other = neighbour_named(office, side.office)
    if side.office in office.book.codes or (other is not None and other != held and other.book != side.book):
        raise code_taken(side.office, _plain(side.name), other)
    if held is None or not held.key:
        raise RefusedError(
            t("The sender is not known here: {name} (code {code}, fingerprint {mark})", name=_plain(side.name),
              code=side.office, mark=keys.fingerprint(side.key)),
            where=str(path),
            do=t("ask for the file of “exchange identity”, take it with “exchange meet FILE”, then take the package"),
        )  # fmt: skip
    notices: tuple[Text, ...] = ()
    if held.book != side.book:
        notices = (t("{code} works in another copy of its book now; its key is the same", code=held.code),)
    return held, notices


def _plain(name: str) -> str:
    return "".join(each if each.isprintable() else "�" for each in name)[:200]


def _judge_addressed(office: Office, manifest: Manifest, path: Path) -> None:
    book = office.book
    key = keys.public_halves(office)[0]
    for side in manifest.to:
        if side.book == book.id or (side.key and side.key == key) or (not side.book and side.office in book.codes):
            return
        if side.book and side.office in book.codes and _is_copy(office, side.book):
            return
    names = ", ".join(f"{each.office} {_plain(each.name)}".strip() for each in manifest.to) or "–"
    raise RefusedError(
        t("The package is for another office: {names}", names=names),
        where=str(path),
        do=t("give it to that office, or ask for one made for {code} (book {book})", code=book.office,
             book=book.id[:8]),
    )  # fmt: skip


def _is_copy(office: Office, book: str) -> bool:
    """Whether this book was made from the one with that id: a backup brought back, or a book handed over."""
    return book in office.book.ancestors


def _judge_age(office: Office, manifest: Manifest, sender: Neighbour, path: Path) -> None:
    before = [each for each in office.book.table(Package) if each.way == "taken" and each.office == sender.code]
    for each in before:
        shared = set(each.what) & set(manifest.what)
        everything = WHOLE in (*each.what, *manifest.what)
        # People, their service and units go as they are, whatever time is asked for.
        timeless = everything or bool(shared & _TIMELESS)
        alike = each.person == manifest.person and (
            timeless or (each.period == manifest.period and bool(shared))
        )  # fmt: skip
        same_state = each.seq == manifest.seq and each.hash != manifest.hash
        if alike and (each.seq > manifest.seq or same_state):
            raise RefusedError(
                t("A newer package of {code} was taken on {day}: made after change {n}, this one after change {m}",
                  code=sender.code, day=each.day, n=each.seq, m=manifest.seq),
                where=str(path),
                do=t("ask for a new one; with --older this one is taken all the same"),
            )  # fmt: skip


def _codes(office: Office, manifest: Manifest, sender: Neighbour) -> tuple[dict[str, str], tuple[Side, ...]]:
    """Code in the package -> code under which this book knows the office, and the offices it does not know.

    Raises RefusedError where two offices have one code.
    """
    book, key = office.book, keys.public_halves(office)[0]
    found, strangers = {manifest.sender.office: sender.code}, []
    for side in manifest.origins:
        if not re.fullmatch(CODE_PATTERN, side.office):
            raise RefusedError(t("“{code}” is no code of an office", code=_plain(side.office)), do=t("ask the sender"))
        if side.book == book.id or (side.key and side.key == key) or _is_copy(office, side.book):
            found[side.office] = book.office
            continue
        if side.book == manifest.sender.book:
            found[side.office] = sender.code
            continue
        held = next((each for each in book.table(Neighbour)
                     if each.book == side.book or (each.key and each.key == side.key)), None)  # fmt: skip
        other = neighbour_named(office, side.office)
        if held is None and (other is not None or side.office in book.codes):
            raise code_taken(side.office, _plain(side.name), other)
        found[side.office] = side.office if held is None else held.code
        if held is None:
            strangers.append(side)
    return found, tuple(strangers)


def _unsealed(office: Office, raw: Raw, path: Path) -> bytes:
    if not raw.manifest.sealed:
        return raw.body
    for sealed in raw.manifest.sealed:
        try:
            return keys.unseal(office, raw.body, sealed)
        except ValueError:
            continue
    raise InputError(
        t("The package is sealed, and not with a key of this office"),
        where=str(path),
        do=t("send the other office your identity again (“exchange identity”), and ask for a new package"),
    )
