"""Taking a package: everything it would change is planned first, and becomes one change that can be taken back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Decision
from records.domain.awards.dossiers import DossierFile
from records.domain.emulation import Cycle, Entrant
from records.domain.exchange import Neighbour, Package, SameRecord
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.book.closed_rows import ClosedYears
from records.services.exchange.contents import CONTEXT, about
from records.services.exchange.differences import TAKEN, Bases, Compared, Conflict, compared
from records.services.exchange.files import FilesIn, of_one_piece
from records.services.exchange.mapping import ID, Alike, Ids, mapping_of
from records.services.exchange.meeting import new_place
from records.services.exchange.opening import Opened
from records.services.exchange.reading import Reader, Reading, Refused, shown_name
from records.services.exchange.rules import FileChange, RulesTaken, rule_files
from records.services.office import Office
from records.store.codes import is_own
from records.store.contract import Repository, UnitOfWork


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
        files: what of its files is kept; `rules` files of settings.
    """

    package: Opened
    ids: Ids
    today: date
    files: FilesIn
    puts: list[tuple[Any, Any]] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    returned: list[tuple[Package, Package]] = field(default_factory=list)
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
    def lost(self) -> dict[str, str]:
        """Id of a record -> the file of it that the book of the sender has no more."""
        told = self.package.told.lost
        return {
            self.ids.coded(key): shown_name(name) for key, name in told.items() if ID.fullmatch(f'"{key}"'.encode())
        }

    @property
    def nothing(self) -> bool:
        """Whether nothing of the book would change but that the package was taken."""
        files = any(each.content is not None for each in self.rules)
        return not (self.puts or self.linked or self.returned or files or self.package.strangers)


def plan(office: Office, package: Opened, how: How, *, today: date) -> Plan:
    """What taking a package would change; nothing is written.

    Raises:
        InputError: for a choice of a unit or a person that is none.
        RefusedError: when it holds people, and whoever is signed in may not see sensitive data: it tells every field of
            ours that is another.
    """
    ids = mapping_of(office, package.codes)
    _link_told(office, ids, package)
    reading = Reader(office, package, ids, units=how.units, people=how.people, today=today).read()
    if any(isinstance(each, Person | Discipline) for each in reading.every()):
        office.book.access.judge("sensitive")
    files = FilesIn(office, package.parts)
    made = Plan(package=package, ids=ids, today=today, files=files, refused=list(reading.refused))
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

    def _who_comes_home(self) -> str:
        """Id of the person who is given back to this office, which gave them away; the sender spoke for them since."""
        told = self._made.package.manifest.person
        held = self._office.book.table(Person).get(self._made.ids.id(told)) if told else None
        return held.id if held is not None and held.left_reason == "transferred" else ""

    def run(self) -> None:
        for each in self._reading.every():
            self._plan(each)
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
        linked = theirs.id in self._reading.linked
        theirs = made.files.renamed(theirs, linked=linked)
        ours = self._office.book.table(kind).get(theirs.id) if theirs.id in self._reading.held else None
        before = made.package.taken
        if ours is None and before is not None:
            made.same[KINDS[kind].table] += 1  # taken out of the book since, which a second reading does not undo
            return
        if ours is None:
            self._put(theirs, None)
            return
        ours_to_say = kind in (Unit, DossierFile) and linked
        if ours == theirs or ours_to_say or (kind in CONTEXT and is_own(theirs.id, self._office.book.codes)):
            made.same[KINDS[kind].table] += 1
            return
        again = None if before is None else frozenset(before.kept.get(theirs.id, ()))
        told = compared(ours, theirs, self._bases, forced=self._forced(ours, theirs), again=again)
        if isinstance(ours, DossierFile):
            told = of_one_piece(ours, theirs, told)
        self._note(told)
        if told.record == ours:
            made.same[KINDS[kind].table] += 1
        else:
            self._put(told.record, ours)

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
            return
        with_file = self._made.files.take(record, was)
        if isinstance(with_file, Text):
            self._made.refused.append(Refused(record.id, with_file))
        elif with_file == was:
            self._made.same[KINDS[type(record)].table] += 1
        else:
            self._made.puts.append((with_file, was))

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

    def _returns(self) -> None:
        sent = {each.package: each for each in self._office.book.table(Package) if each.way == "sent"}
        for each in self._made.package.told.returned:
            mine = sent.get(each.package)
            reason = "".join(sign for sign in each.reason if sign.isprintable())
            if mine is not None and mine.reason != reason:
                self._made.returned.append((msgspec.structs.replace(mine, reason=reason), mine))


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
        made.files.write()
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
