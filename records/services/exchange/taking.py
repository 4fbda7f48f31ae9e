"""Taking a package: everything it would change is planned first, and becomes one change that can be taken back."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from config.errors import BookError, InputError
from config.reasons import system_reason
from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Decision
from records.domain.emulation import Cycle, Entrant
from records.domain.exchange import Neighbour, Package, SameRecord
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.book.closed_rows import ClosedYears
from records.services.certificates.pictures import judge_photo
from records.services.exchange.contents import CONTEXT, about
from records.services.exchange.differences import TAKEN, Bases, Compared, Conflict, compared
from records.services.exchange.mapping import Alike, Ids, mapping_of
from records.services.exchange.meeting import new_place
from records.services.exchange.opening import Opened
from records.services.exchange.reading import Reader, Reading, Refused
from records.services.exchange.rules import FileChange, RulesTaken, rule_files
from records.services.office import Office
from records.store.codes import is_own
from records.store.contract import Repository, UnitOfWork

_PHOTO = re.compile(r"([A-Z]{1,6}-P-\d{5,})-([0-9a-f]{16})(\.jpg|\.png)")
_LARGEST_PHOTO = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What a person decided of a package.

    Attributes:
        theirs: where both say something else, the other office is right.
        fields: records and fields in which the other office is right.
        units, people: id or name of the package -> id or name here, or `new`.
    """

    theirs: bool = False
    fields: frozenset[tuple[str, str]] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What a package would change.

    Attributes:
        puts: each record as it would be, and as it is now (None: it is new).
        same: records in which nothing changes.
        kept: record -> field -> what the sender has where ours is kept, as JSON.
        alike: people taken as new who look like somebody of the book.
        linked: id there -> id here, of people and units that both keep, found now.
        returned: packages that this office sent and that came back.
        photos: name -> content; `rules` files of settings.
    """

    package: Opened
    ids: Ids
    today: date
    puts: list[tuple[Any, Any]] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    returned: list[tuple[Package, Package]] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)
    rules: list[FileChange] = field(default_factory=list)

    @property
    def new(self) -> Counter[str]:
        """Table -> how many records are new."""
        return Counter(KINDS[type(each)].table for each, was in self.puts if was is None)

    @property
    def changed(self) -> Counter[str]:
        """Table -> how many records change."""
        return Counter(KINDS[type(each)].table for each, was in self.puts if was is not None)

    @property
    def alike(self) -> list[Alike]:
        """People taken as new who look like somebody of the book."""
        return self.ids.alike

    @property
    def linked(self) -> Mapping[str, str]:
        """Id there -> id here, of records that both offices keep and that were found now."""
        return self.ids.new

    @property
    def nothing(self) -> bool:
        """Whether nothing of the book would change but that the package was taken."""
        files = any(each.content is not None for each in self.rules)
        return not (self.puts or self.linked or self.returned or files or self.package.strangers)


def plan(office: Office, package: Opened, how: How, *, today: date) -> Plan:
    """What taking a package would change; nothing is written.

    Raises:
        InputError: for a choice of a unit or a person that is none.
    """
    ids = mapping_of(office, package.codes)
    _link_told(office, ids, package)
    reading = Reader(office, package, ids, units=how.units, people=how.people, today=today).read()
    made = Plan(package=package, ids=ids, today=today, refused=list(reading.refused))
    _Planner(office, made, how, reading).run()
    return made


def _link_told(office: Office, ids: Ids, package: Opened) -> None:
    """Take it from the sender which of its records are ones that this office made."""
    for theirs, ours in package.told.same.items():
        here, there = office.current_id(ours), ids.coded(theirs)
        kind = next((each for each, known in KINDS.items() if f"-{known.letter}-" in here), None)
        if kind is None or f"-{KINDS[kind].letter}-" not in there or there in ids.same:
            continue
        table: Repository[Any] = office.book.table(kind)
        if is_own(here, office.book.codes) and table.get(here) is not None and table.get(there) is None:
            ids.link(there, here)


class _Planner:
    """Fills a plan."""

    def __init__(self, office: Office, made: Plan, how: How, reading: Reading) -> None:
        self._office, self._made, self._how, self._reading = office, made, how, reading
        self._bases = Bases(office, made.package.sender.code)
        self._closed = ClosedYears(office)
        self._incoming = {each.id: each for each in reading.every()} if self._closed else {}
        self._comes_home = self._who_comes_home()
        self._photo_there: dict[str, str] = {}

    def _who_comes_home(self) -> str:
        """Id of the person who is given back to this office, which gave them away; the sender spoke for them since."""
        told = self._made.package.manifest.person
        held = self._office.book.table(Person).get(self._made.ids.id(told)) if told else None
        return held.id if held is not None and held.left_reason == "transferred" else ""

    def run(self) -> None:
        for each in self._reading.every():
            self._plan(each)
        self._photos()
        made = self._made
        if made.package.taken is not None and not self._how.theirs:
            return
        self._moved()
        self._returns()
        made.rules, refused, conflicts = rule_files(self._office, made.package, theirs=self._how.theirs)
        made.refused += [Refused(name, reason) for name, reason in refused]
        made.conflicts += conflicts

    def _plan(self, theirs: Any) -> None:
        made, kind = self._made, type(theirs)
        if isinstance(theirs, Person) and theirs.id in self._reading.linked:
            theirs = self._renamed(theirs)
        ours = self._office.book.table(kind).get(theirs.id) if theirs.id in self._reading.held else None
        before = made.package.taken
        if ours is None and before is not None:
            made.same[KINDS[kind].table] += 1  # taken out of the book since, which a second reading does not undo
            return
        if ours is None:
            self._put(theirs, None)
            return
        ours_to_say = kind is Unit and theirs.id in self._reading.linked
        if ours == theirs or ours_to_say or (kind in CONTEXT and is_own(theirs.id, self._office.book.codes)):
            made.same[KINDS[kind].table] += 1
            return
        again = None if before is None else frozenset(before.kept.get(theirs.id, ()))
        told = compared(ours, theirs, self._bases, forced=self._forced(ours, theirs), again=again)
        self._note(told)
        if told.record == ours:
            made.same[KINDS[kind].table] += 1
        else:
            self._put(told.record, ours)

    def _renamed(self, theirs: Person) -> Person:
        """Somebody whom the sender keeps under another id, with the photo named as it would be here."""
        found = _PHOTO.fullmatch(theirs.photo)
        if found is None:
            return theirs
        name = f"{theirs.id}-{found[2]}{found[3]}"
        self._photo_there[name] = theirs.photo
        return msgspec.structs.replace(theirs, photo=name)

    def _note(self, told: Compared) -> None:
        if told.kept:
            self._made.kept[told.record.id] = dict(told.kept)
        self._made.conflicts += told.conflicts

    def _forced(self, ours: Any, theirs: Any) -> frozenset[str] | None:
        """Fields in which the other office is right whatever ours says; None: in all of them."""
        if self._how.theirs or (self._comes_home and about(ours) == self._comes_home):
            return None
        chosen = {name for record, name in self._how.fields if record == ours.id}
        if isinstance(ours, Person) and ours.left is not None and theirs.left is None:
            # Given away, and at home with the sender since: who has a person speaks for them.
            later = self._made.package.manifest.made[:10] >= ours.left.isoformat()
            chosen |= {"left", "left_reason"} if later and ours.left_reason == "transferred" else set()
        return frozenset(chosen)

    def _put(self, record: Any, was: Any) -> None:
        reason = self._locked(record, was) or self._closed.problem([record], self._incoming)
        if reason is not None:
            self._made.refused.append(Refused(record.id, reason))
        else:
            self._made.puts.append((record, was))

    def _locked(self, record: Any, was: Any) -> Text | None:
        if isinstance(record, Entrant):
            cycle = self._office.book.table(Cycle).get(record.cycle)
            if cycle is not None and cycle.signed is not None and is_own(cycle.id, self._office.book.codes):
                return t("the cycle “{title}” was signed on {day}", title=cycle.title, day=cycle.signed)
        if isinstance(was, Decision) and is_own(was.id, self._office.book.codes):
            return t("a decision of this office is only changed here")
        return None

    def _moved(self) -> None:
        """People whom the sender gave to a third office leave with it, unless that one speaks for them already."""
        package = self._made.package
        people = self._office.book.table(Person)
        for theirs, moved in package.told.moved.items():
            held = people.get(self._made.ids.id(theirs))
            if held is None or held.left is not None or moved.book == self._office.book.id:
                continue
            if not is_own(held.id, self._office.book.codes) and not self._spoken_for(moved.book, moved.day):
                self._put(msgspec.structs.replace(held, left=moved.day, left_reason="transferred"), held)
                for each in self._office.book.table(Appointment).where(person=held.id):
                    if each.ended is None and not is_own(each.id, self._office.book.codes):
                        self._put(msgspec.structs.replace(each, ended=moved.day, end_reason="transferred"), each)

    def _spoken_for(self, book: str, day: date) -> bool:
        """Whether the office with this book sent a package after `day`, by which it speaks for whom it has."""
        code = next((each.code for each in self._office.book.table(Neighbour) if each.book == book), "")
        taken = [each for each in self._office.book.table(Package) if each.way == "taken" and each.office == code]
        return bool(code) and any(each.made[:10] >= day.isoformat() for each in taken)

    def _photos(self) -> None:
        """Photos that records name come along under the name that this book gives them."""
        parts = {name.removeprefix("files/"): content for name, content in self._made.package.parts.items()
                 if name.startswith("files/")}  # fmt: skip
        puts = []
        for record, was in self._made.puts:
            if isinstance(record, Person) and record.photo and record.photo != (was.photo if was else ""):
                there = self._photo_there.get(record.photo, record.photo)
                name = _photo_name(record, parts.get(there) or self._office.book.files.read(record.photo))
                if name and there in parts:
                    self._made.photos[name] = parts[there]
                record = msgspec.structs.replace(record, photo=name or (was.photo if was else ""))  # noqa: PLW2901
            puts.append((record, was))
        self._made.puts = [(record, was) for record, was in puts if record != was]

    def _returns(self) -> None:
        sent = {each.package: each for each in self._office.book.table(Package) if each.way == "sent"}
        for each in self._made.package.told.returned:
            mine = sent.get(each.package)
            reason = "".join(sign for sign in each.reason if sign.isprintable())
            if mine is not None and mine.reason != reason:
                self._made.returned.append((msgspec.structs.replace(mine, reason=reason), mine))


def _photo_name(person: Person, content: bytes | None) -> str:
    """The name of a photo as this book would give it; empty where it is none, or not the one that is named."""
    found = _PHOTO.fullmatch(person.photo)
    if found is None or content is None or len(content) > _LARGEST_PHOTO:
        return ""
    digest = hashlib.sha256(content).hexdigest()[:16]
    try:
        judge_photo(content, Path(person.photo))
    except InputError:
        return ""
    return f"{person.id}-{digest}{found[3]}" if digest == found[2] else ""


def accept(office: Office, made: Plan, *, unit: str = "") -> tuple[Office, Package | None]:
    """Carry a plan out as one change; gives the office anew, and what was entered: None where nothing was left to do.

    Raises:
        ConflictError, ClosedYearError: when the book changed since the plan was made.
        ConfigError: when the rules in the package do not go with those of this office; nothing is taken then.
        BookError: when it cannot be written.
    """
    package = made.package
    if package.taken is not None and made.nothing:
        return office, None
    with RulesTaken(office, made.rules) as rules, office.book.change(TAKEN, about=_about(made)) as change:
        sender = _neighbours(office, change, package)
        _write_photos(office, made)
        for record, was in (*made.puts, *made.returned):
            change.put(record, was=was)
        for theirs, ours in made.linked.items():
            change.put(SameRecord(id=change.new_id(SameRecord), theirs=theirs, ours=ours))
        rules.put(change, made.today, sender.code)
        entry = _entry(made, sender, unit or sender.unit)
        if package.taken is None:
            entry = change.put(msgspec.structs.replace(entry, id=change.new_id(Package)))
        else:
            entry = change.put(msgspec.structs.replace(entry, id=package.taken.id), was=package.taken)
    return rules.after(), entry


def _about(made: Plan) -> str:
    package = made.package
    return f"{package.sender.code} {package.sender.name} · {package.manifest.period or package.manifest.made[:10]}"


def _entry(made: Plan, sender: Neighbour, unit: str) -> Package:
    told = made.package.manifest
    return Package(
        id="", package=told.package, way="taken", office=sender.code, day=made.today, made=told.made, seq=told.seq,
        hash=told.hash, what=told.what, period=told.period, people=told.people,
        person=made.ids.id(told.person) if told.person else "", sha256=made.package.sha256, kept=_kept(made), unit=unit,
        verdicts={made.ids.id(key.partition(" ")[0]) + " " + key.partition(" ")[2]: verdict
                  for key, verdict in made.package.told.verdicts.items()},
        verdicts_on=made.package.told.day if made.package.told.verdicts else None,
    )  # fmt: skip


def _kept(made: Plan) -> dict[str, dict[str, str]]:
    """What stays ours; of a package that was taken before, what still does."""
    before = made.package.taken
    if before is None:
        return made.kept
    now = {(each.record, each.field) for each in made.conflicts}
    found = {record: {name: text for name, text in fields.items() if (record, name) in now}
             for record, fields in before.kept.items()}  # fmt: skip
    return {record: fields for record, fields in found.items() if fields}


def _neighbours(office: Office, change: UnitOfWork, package: Opened) -> Neighbour:
    """What the package tells of offices: how the sender is called now, and of whom it brings records."""
    for side in package.strangers:
        told = Neighbour(id=new_place(office, change), code=side.office, book=side.book, name=side.name, key=side.key)
        change.put(told)
    side, held = package.manifest.sender, package.sender
    codes = held.codes if side.office in (held.code, *held.codes) else (*held.codes, side.office)
    name = side.name if side.name.isprintable() and side.name.strip() else held.name
    return change.put(
        msgspec.structs.replace(held, name=name, book=side.book, box=side.box or held.box, codes=codes), was=held
    )


def _write_photos(office: Office, made: Plan) -> None:
    try:
        for name, content in made.photos.items():
            office.book.files.write(name, content)
    except OSError as error:
        raise BookError(
            t("The photo cannot be kept: {reason}", reason=system_reason(error)), do=t("make room, then try again")
        ) from None


def send_back(office: Office, package: Opened, reason: str, *, today: date) -> Package:
    """Send a package back instead of taking it, with the reason; the next package to its office says so. One change.

    Raises:
        InputError: without a reason, or for one that was taken.
    """
    if not reason.strip():
        raise InputError(t("No reason is given"), do=t("say what is wrong with the package, by --why"))
    if package.taken is not None:
        raise InputError(
            t("The package was taken on {day}", day=package.taken.day), do=t("take that back first, with “book undo”")
        )
    told, sender = package.manifest, package.sender
    known = next((each for each in office.book.table(Package)
                  if (each.package, each.way) == (told.package, "returned")), None)  # fmt: skip
    with office.book.change("exchange.return", about=f"{sender.code} · {reason}") as change:
        entry = Package(
            id=known.id if known else change.new_id(Package), package=told.package, way="returned", office=sender.code,
            day=today, made=told.made, seq=told.seq, hash=told.hash, what=told.what, period=told.period,
            people=told.people, person=told.person, sha256=package.sha256, reason=reason.strip(), unit=sender.unit,
        )  # fmt: skip
        return change.put(entry, was=known)


def value_words(value: Any) -> str:
    """A value of a document as a short text, for JSON and for people."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
