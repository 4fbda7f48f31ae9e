"""Packages that a known office made by hand: signed as they should be, and wrong inside in one to four places."""

from __future__ import annotations

import hashlib
import io
import random
import traceback
import warnings
import zipfile
from collections import Counter
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import orjson

from config.errors import AppError
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.dates import PartialDate
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit, UnitName
from records.intake.files.child import limit
from records.services.exchange import completeness, keys, opening, taking
from records.services.exchange.package import FIRST_LINE
from records.services.office import Office
from tests.records.services.exchange.offices import TODAY, introduce, office_of, packed

_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**53, 2**63, 10**30, 1.5, "", " ", "x", "\n", "\x1b[2J", "\u202e", "Nguye\u0302n", "2999-01-01",
    "0001-01-01", "2026-02-30", "2025-Q9", [], [[]], {}, {"x": None}, ["SC-U-00001"], "SC-P-00001", "SC-U-00001",
    "TN-P-00001", "ZZ-P-00001", "SC-P-" + "9" * 5000, "SC-P-0", "../../x", "a" * 30_000,
    "SC-P-00001-" + "0" * 16 + ".jpg",
)  # fmt: skip
_NAMES = ("../x", "/x", "records/x.jsonl", "settings/x.yaml", "settings/awards/x.yaml", "files/x", "\1", "a" * 300, "é")


class Sides(NamedTuple):
    """Who takes, who sends, and a whole package: its manifest and its parts."""

    ours: Office
    theirs: Office
    manifest: dict[str, Any]
    parts: dict[str, bytes]


def package_fuzz(count: int, first: int = 0) -> tuple[list[str], Counter[str]]:
    """Take so many spoilt packages; gives what was wrong, and how many were refused, taken in part, and taken."""
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        sides = _sides(stack, folder)
        for number in range(first, first + count):
            path = folder / "spoilt.svx"
            path.write_bytes(spoil_package(sides, random.Random(f"package{number}")))
            wrong += (f"package {number}: {each}" for each in _faults(sides.ours, path, counted))
            if number % 50 == 49 and not sides.ours.book.verify(deep=True).whole:
                wrong.append(f"package {number}: the book is not whole")
    return wrong, counted


def _sides(stack: ExitStack, folder: Path) -> Sides:
    ours, theirs = (stack.enter_context(office_of(folder, code, units=False)) for code in ("TN", "SC"))
    introduce(folder, ours, theirs)
    for office in (ours, theirs):
        _fill(office)
    content = packed(theirs, ours, folder / "whole.svx", "whole", plain=True).read_bytes()
    end = content.index(b"\n", len(FIRST_LINE))
    with zipfile.ZipFile(io.BytesIO(content[end + 130 :])) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return Sides(ours, theirs, orjson.loads(content[len(FIRST_LINE) : end]), parts)


def _fill(office: Office) -> None:
    with office.book.change("test") as change:
        top = change.put(Unit(id=change.new_id(Unit), names=(UnitName(name="Trên"),), kind="city"))
        unit = change.put(Unit(id=change.new_id(Unit), names=(UnitName(name="Dưới"),), kind="ward", parent=top.id))
        event = change.put(Event(id=change.new_id(Event), kind="course", title="Lớp", day=date(2025, 3, 4)))
        made = change.put(Decision(id=change.new_id(Decision), number="1-QĐ", day=date(2025, 12, 1), form="party",
                                   issuer=office.book.office, title="Khen"))  # fmt: skip
        for number in range(3):
            who = change.put(Person(id=change.new_id(Person), name=f"Mẫu {office.book.office} {chr(65 + number)}",
                                    unit=unit.id, born=PartialDate(1980 + number), phone="1"))  # fmt: skip
            change.put(Appointment(id=change.new_id(Appointment), person=who.id, role="reporter", level="commune",
                                   unit=unit.id, since=date(2022, 1, 1)))  # fmt: skip
            change.put(Attendance(id=change.new_id(Attendance), person=who.id, event=event.id, kind="course",
                                  day=event.day, result="completed"))  # fmt: skip
            change.put(Award(id=change.new_id(Award), decision=made.id, person=who.id, prize="p", name=who.name,
                             unit_name="Dưới", citation="c", achieved_from=date(2025, 1, 1),
                             achieved_to=date(2025, 12, 31), register_year=2025,
                             register_number=number + 1))  # fmt: skip


def spoil_package(sides: Sides, chance: random.Random) -> bytes:
    """The whole package with one to four things wrong, signed by its sender as if nothing were."""
    manifest, parts = orjson.loads(orjson.dumps(sides.manifest)), dict(sides.parts)
    counts, archive = True, b""
    for _ in range(chance.choice((1, 1, 2, 4))):
        act = chance.choice(("record", "record", "record", "lines", "told", "manifest", "name", "archive"))
        name = chance.choice(sorted(each for each in parts if each.startswith("records/")) or ["records/people.jsonl"])
        if act == "record":
            parts[name] = _retold(parts.get(name, b"{}\n"), chance)
        elif act == "lines":
            parts[name] = _relined(parts.get(name, b"\n"), chance)
        elif act == "told":
            parts["told.json"] = _retold(parts["told.json"], chance)
        elif act == "manifest":
            _change(manifest, chance)
            counts = counts and chance.random() < 0.5
        elif act == "name":
            parts[chance.choice(_NAMES)] = parts.pop(name, b"")
        else:
            archive = _turned(_archive(parts), chance)
    if counts and isinstance(manifest, dict):
        manifest["counts"] = {each[8:-6]: part.count(b"\n") for each, part in parts.items()
                              if each.startswith("records/") and part}  # fmt: skip
    return _signed(sides.theirs, manifest, archive or _archive(parts), sum(map(len, parts.values())))


def _signed(sender: Office, manifest: Any, body: bytes, size: int) -> bytes:
    if isinstance(manifest, dict):
        manifest["body"] = {"size": len(body), "sha256": hashlib.sha256(body).hexdigest(), "unpacked": size}
    signed = FIRST_LINE + _json(manifest) + b"\n"
    return signed + keys.sign(sender, signed).hex().encode() + b"\n" + body


def _archive(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _retold(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines() or [b"{}"]
    at = chance.randrange(len(lines))
    with suppress(orjson.JSONDecodeError):
        told = orjson.loads(lines[at])
        _change(told, chance)
        lines[at] = _json(told)
    return b"\n".join(lines) + b"\n"


def _json(told: Any) -> bytes:
    return msgspec.json.encode(told)


def _change(told: Any, chance: random.Random) -> None:
    """Another value, or none, or one more, at one place of a document."""
    place = told
    while isinstance(place, dict) and place:
        key = chance.choice(sorted(place))
        inner = place[key][0] if isinstance(place[key], list) and place[key] else place[key]
        if isinstance(inner, dict) and inner and chance.random() < 0.7:
            place = inner
            continue
        act = chance.random()
        if act < 0.1:
            del place[key]
        elif act < 0.2:
            place[chance.choice(("x", "id", "name", "unit", "parent"))] = chance.choice(_ODD)
        else:
            place[key] = chance.choice(_ODD)
        return


def _relined(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b"\n"]
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice(
        ([], [lines[at]] * 2, [lines[at][: len(lines[at]) // 2] + b"\n"], [b"\n"], [b"[" * 3000 + b"\n"], [b"\xff\n"],
         lines[::-1], [lines[at].replace(b"SC-", b"TN-")], [lines[at].replace(b"SC-", b"ZZ-")])
    )  # fmt: skip
    return b"".join(lines)


def _turned(content: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(content)), chance.choice((1, 2, 8, 60))
    return chance.choice(
        (
            content[:at]
            + bytes(each ^ chance.choice((1, 128, 255)) for each in content[at : at + size])
            + content[at + size :],
            content[:at],
            content[:at] + content[at + size :],
            content + bytes(size),
        )
    )


BOMBS: dict[str, tuple[str, bytes, int]] = {
    "one record of 300 MB": ("records/people.jsonl", b"0" * 1_000_000, 300),
    "300 million records": ("records/people.jsonl", b"\n" * 1_000_000, 300),
    "a photo of 500 MB": ("files/x.jpg", b"0" * 1_000_000, 500),
    "rules of 300 MB": ("settings/awards/x.yaml", b"a: 1\n" * 200_000, 300),
    "30 MB said of itself": ("told.json", b" " * 1_000_000, 30),
    "texts of 10 MB": ("records/people.jsonl", b'{"id":"SC-P-00001","name":"' + b"a" * 10_000_000 + b'"}\n', 20),
    "half a million records that are none": ("records/people.jsonl", b"{}\n" * 10_000, 50),
}
"""What it is -> a part, what it holds, and how many times that."""


def bombed(kind: str, megabytes: int) -> list[str]:
    """Take a package that unpacks to very much, with so little memory; gives what was wrong."""
    name, piece, times = BOMBS[kind]
    with TemporaryDirectory() as folder, ExitStack() as stack:
        sides = _sides(stack, Path(folder))
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            if name != "told.json":
                archive.writestr("told.json", sides.parts["told.json"])
            with archive.open(name, "w", force_zip64=True) as part:
                for _ in range(times):
                    part.write(piece)
        lines = {"people": piece.count(b"\n") * times or 1} if name.startswith("records/") else {}
        sides.manifest["counts"] = {table: min(n, 1_000_000) for table, n in lines.items()}
        path = Path(folder) / "bomb.svx"
        path.write_bytes(_signed(sides.theirs, sides.manifest, made.getvalue(), len(piece) * times + 1000))
        del made
        limit(megabytes, 600)
        return _faults(sides.ours, path, Counter())


def _faults(office: Office, path: Path, counted: Counter[str]) -> list[str]:
    line = office.book.head()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            plan = taking.plan(office, opening.opened(office, path), taking.How(), today=TODAY)
            entry = taking.accept(office, plan)[1]
            for kind in KINDS:
                list(office.book.table(kind))
            completeness.senders(office, "2025")
            completeness.other_verdicts(office, "2025")
            if entry is not None:
                office.book.undo()
        counted["in part" if plan.refused else "taken"] += 1
    except AppError as error:
        counted["refused"] += 1
        said = str(error)
        found = [] if said and said.isprintable() and len(said) < 1000 else [f"no sentence: {said[:200]!r}"]
        return found if office.book.head() == line else [*found, f"refused, and the book was changed: {said}"]
    except Exception:  # noqa: BLE001  # anything at all is what is looked for
        return [traceback.format_exc(limit=-4)]
    return []
