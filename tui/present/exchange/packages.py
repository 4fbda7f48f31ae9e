"""What is said of packages and other offices, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import shown_time
from records.domain.exchange import Neighbour, Package
from records.domain.findings import Verdict
from records.rules.words import VERDICT_WORDS
from records.services.exchange import keys
from records.services.exchange.completeness import STATE_WORDS, OtherVerdict, Sender
from records.services.exchange.contents import WORD_TITLES
from records.services.exchange.differences import Conflict
from records.services.exchange.package import Manifest
from records.services.exchange.packing import Parcelled
from records.services.exchange.taking import Plan, value_words
from records.services.exchange.workbooks import Looked, Workbook
from records.services.office import Office
from tui.present.changes import Spoken
from tui.present.errors import sentence
from tui.present.titles import KIND_TITLES, role_title

WAYS: dict[str, Text] = {"sent": t("sent"), "taken": t("taken"), "returned": t("sent back")}


def what_words(what: tuple[str, ...]) -> str:
    """What a package holds, in words."""
    return ", ".join(tr(WORD_TITLES[each]) if each in WORD_TITLES else each for each in what)


def neighbour_line(office: Office, each: Neighbour) -> str:
    """One other office in a line."""
    unit = office.unit_names(each.met).get(each.unit, "") if each.met and each.unit else ""
    mark = keys.fingerprint(each.key) if each.key else tr_("never met; its records came through others")
    return " · ".join(part for part in (f"{each.code:<6} {each.name}", unit, mark) if part)


def manifest_told(manifest: Manifest) -> dict[str, object]:
    """A manifest as JSON."""
    return {
        "format": manifest.format,
        "package": manifest.package,
        "from": manifest.sender.office,
        "name": manifest.sender.name,
        "book": manifest.sender.book,
        "fingerprint": keys.fingerprint(manifest.sender.key),
        "for": [each.office for each in manifest.to],
        "what": list(manifest.what),
        "period": manifest.period,
        "person": manifest.person,
        "made": manifest.made,
        "seq": manifest.seq,
        "hash": manifest.hash,
        "counts": manifest.counts,
        "sealed": bool(manifest.sealed),
    }


def manifest_lines(manifest: Manifest) -> list[str]:
    """A manifest in lines."""
    to = ", ".join(f"{each.office} {each.name}".strip() for each in manifest.to)
    lines = [
        tr_("From {code} {name}, for {to}", code=manifest.sender.office, name=manifest.sender.name, to=to),
        tr_("Made {moment}, after change {n} ({digest})", moment=shown_time(manifest.made), n=manifest.seq,
            digest=manifest.hash[:12]),
        tr_("It holds: {what}", what=what_words(manifest.what)),
    ]  # fmt: skip
    if manifest.period:
        lines.append(tr_("Of the time: {period}", period=manifest.period))
    if manifest.person:
        lines.append(tr_("One person goes over for good: {code}", code=manifest.person))
    counts = ", ".join(f"{tr(KIND_TITLES[table])} {n}" for table, n in manifest.counts.items() if table in KIND_TITLES)
    lines.append(tr_("Records: {counts}", counts=counts or "0"))
    lines.append(tr_("Fingerprint of the sender: {mark}", mark=keys.fingerprint(manifest.sender.key)))
    return lines


def plan_told(plan: Plan, *, written: bool) -> dict[str, object]:
    """A plan as JSON."""
    new, changed = plan.new, plan.changed
    tables = list(dict.fromkeys((*new, *changed, *plan.same)))
    return {
        "from": plan.package.sender.code,
        "name": plan.package.sender.name,
        "package": plan.package.manifest.package,
        "period": plan.package.manifest.period,
        "new": sum(new.values()),
        "changed": sum(changed.values()),
        "same": sum(plan.same.values()),
        "records": {each: {"new": new[each], "changed": changed[each], "same": plan.same[each]} for each in tables},
        "conflicts": [
            {"record": each.record, "field": each.field, "ours": value_words(each.ours),
             "theirs": value_words(each.theirs)}
            for each in plan.conflicts
        ],
        "refused": [{"record": each.record, "reason": tr(each.reason)} for each in plan.refused],
        "linked": dict(plan.linked),
        "alike": [
            {"theirs": each.theirs, "ours": each.ours, "name": each.name, "why": tr(each.why)} for each in plan.alike
        ],
        "rules": [each.name for each in plan.rules if each.content is not None],
        "lost": [{"record": key, "file": name} for key, name in plan.lost.items()],
        "returned": [{"package": was.package, "reason": each.reason} for each, was in plan.returned],
        "taken_before": plan.package.taken.day.isoformat() if plan.package.taken else None,
        "notices": [tr(each) for each in plan.package.notices],
        "written": written,
    }  # fmt: skip


_NAMED = 40


def plan_lines(office: Office, plan: Plan, *, written: bool) -> Iterator[str]:
    """A plan in lines."""
    spoken = Spoken(office)
    yield from manifest_lines(plan.package.manifest)
    yield from (tr(each) for each in plan.package.notices)
    if plan.package.taken is not None:
        yield tr_("It was taken already on {day}", day=plan.package.taken.day)
    yield tr_("New: {new} · changed: {changed} · as here: {same} · kept as ours: {kept} · refused: {refused}",
              new=sum(plan.new.values()), changed=sum(plan.changed.values()), same=sum(plan.same.values()),
              kept=len(plan.conflicts), refused=len(plan.refused))  # fmt: skip
    yield from _some([conflict_line(spoken, each) for each in plan.conflicts])
    yield from _some([tr_("  refused: {id}: {reason}", id=each.record, reason=tr(each.reason))
                      for each in plan.refused])  # fmt: skip
    yield from _some([tr_("  the same: {theirs} is {ours} {name}", theirs=theirs, ours=ours, name=spoken.record(ours))
                      for theirs, ours in plan.linked.items() if "-P-" in ours or "-U-" in ours])  # fmt: skip
    yield from _some([tr_("  taken as new, but looks like {ours}: {theirs} {name} ({why})", ours=each.ours,
                          theirs=each.theirs, name=each.name, why=tr(each.why)) for each in plan.alike])  # fmt: skip
    yield from lost_lines(plan.lost)
    yield from (tr_("  rules: {name}", name=each.name) for each in plan.rules if each.content is not None)
    yield from (tr_("  sent back to us: package of {day}: {why}", day=was.day, why=each.reason)
                for each, was in plan.returned)  # fmt: skip
    if written and plan.nothing:
        yield tr(NOTHING_NEW)
    else:
        yield tr_("Taken as one change; “book undo” takes it back") if written else tr_("Nothing was written")


NOTHING_NEW = t("Nothing new; nothing was changed. That it came is noted")
"""What is said of a package or a workbook that was taken and brought nothing."""


def whom_words(made: Parcelled) -> Text | None:
    """How many people of how many units go, where any do."""
    people = made.manifest.people
    if not people:
        return None
    if made.everybody:
        return t("It holds {n} people of {m} units: everybody of the book", n=people, m=made.units)
    return t("It holds {n} people of {m} units", n=people, m=made.units)


def lost_lines(lost: Mapping[str, str]) -> Iterator[str]:
    """Files that a package does not hold, because the book of the sender has them no more."""
    yield from _some([tr_("  missing in the book of the sender, so not in it: {id} {name}", id=key, name=name)
                      for key, name in lost.items()])  # fmt: skip


def conflict_line(spoken: Spoken, each: Conflict) -> str:
    """One field in which the books differ."""
    return tr_("  kept as ours: {id} {name}, {field}: ours “{ours}”, theirs “{theirs}”", id=each.record,
               name=spoken.record(each.record), field=spoken.title(each.field),
               ours=spoken.value(each.field, each.ours), theirs=spoken.value(each.field, each.theirs))  # fmt: skip


def _some(lines: list[str]) -> Iterator[str]:
    yield from lines[:_NAMED]
    if len(lines) > _NAMED:
        yield tr_("  … and {n} more; --json names all", n=len(lines) - _NAMED)


def package_words(each: Package) -> str:
    """What became of a package, in a word or two."""
    way = tr(WAYS[each.way])
    return f"{way}: {each.reason}" if each.reason else way


def workbook_told(book: Workbook, *, written: bool) -> dict[str, object]:
    """A workbook as JSON."""
    planned, seen = book.planned, book.seen
    return {
        "unit": book.request.unit,
        "period": book.request.period,
        "rows": seen.rows,
        "new": len(planned.new),
        "changed": sum(bool(each.changes or each.roles) for each in planned.updates),
        "same": len(seen.duplicates) - len(planned.updates),
        "conflicts": [],
        "refused": [
            {"record": f"{seen.sheet}!{each.row}", "row": each.row, "column": each.column, "reason": tr(each.problem)}
            for each in seen.refused
        ],
        "new_units": list(planned.units),
        "notices": [tr(each) for each in seen.notices],
        "taken_before": book.taken.day.isoformat() if book.taken else None,
        "written": written,
    }


def workbook_lines(office: Office, book: Workbook, *, written: bool) -> Iterator[str]:
    """A workbook in lines."""
    planned, seen = book.planned, book.seen
    name = office.unit_names(seen.on).get(book.request.unit, "")
    yield tr_("Workbook of {unit}, {period}, sheet “{sheet}”", unit=name or "?", period=book.request.period or "?",
              sheet=seen.sheet)  # fmt: skip
    if book.taken is not None:
        yield tr_("It was taken already on {day}", day=book.taken.day)
    changed = sum(bool(each.changes or each.roles) for each in planned.updates)
    yield tr_("Rows: {rows} · new: {new} · changed: {changed} · known: {known} · refused: {refused}", rows=seen.rows,
              new=len(planned.new), changed=changed, known=len(seen.duplicates),
              refused=len({each.row for each in seen.refused}))  # fmt: skip
    yield from _some([tr_("  row {row}, {column}: {problem}", row=each.row, column=each.column, problem=each.problem)
                      for each in seen.refused])  # fmt: skip
    yield from _some([tr_("  new unit: {name}", name=each) for each in planned.units])
    if written and not planned:
        yield tr(NOTHING_NEW)
    else:
        yield tr_("Entered; “book undo” takes it back") if written else tr_("Nothing was written")


def unusable_told(path: Path, error: AppError) -> dict[str, object]:
    """A file of a folder that could not be used, as JSON."""
    return {"file": path.name, "error": {"what": tr(error.what), "where": tr(error.where), "do": tr(error.do)}}


def unusable_lines(path: Path, error: AppError) -> list[str]:
    """A file of a folder that could not be used, in lines."""
    return [tr_("{file}: {what}", file=path.name, what=sentence(tr(error.what), "", tr(error.do)))]


class FileWords:
    """A file of a folder in numbers and words.

    Attributes:
        brings: whether taking it would do anything.
        kept: fields that stay ours where the books differ.
    """

    def __init__(self, office: Office, looked: Looked) -> None:
        self.looked = looked
        self.sender, self.brings = "", False
        self.new = self.changed = self.kept = self.refused = 0
        self._before: date | None = None
        if looked.plan is not None:
            self._of_package(looked.plan)
        elif looked.workbook is not None:
            self._of_workbook(office, looked.workbook)

    def _of_package(self, plan: Plan) -> None:
        sender = plan.package.sender
        self.sender = f"{sender.code} {sender.name}"
        self.new, self.changed = sum(plan.new.values()), sum(plan.changed.values())
        self.kept, self.refused = len(plan.conflicts), len(plan.refused)
        self._before = plan.package.taken.day if plan.package.taken else None
        self.brings = not plan.nothing or self._before is None

    def _of_workbook(self, office: Office, book: Workbook) -> None:
        self.sender = office.unit_names(book.seen.on).get(book.request.unit, "")
        self.new = len(book.planned.new)
        self.changed = sum(bool(each.changes or each.roles) for each in book.planned.updates)
        self.refused = len({each.row for each in book.seen.refused})
        self._before = book.taken.day if book.taken else None
        self.brings = bool(book.planned) or self._before is None

    def state(self) -> tuple[str, str]:
        """What happens with it, and how that looks."""
        if self.looked.error is not None:
            return tr(self.looked.error.what), "bad"
        if self._before is not None:
            return tr_("taken already on {day}", day=self._before), "dim"
        if not (self.new or self.changed):
            return tr_("nothing new"), "dim"
        return tr_("is taken"), "warn" if self.kept or self.refused else "good"


def sender_told(each: Sender) -> dict[str, object]:
    """A unit that sends, as JSON."""
    package = each.package
    return {
        "unit": each.unit.id,
        "name": each.name,
        "office": each.office,
        "state": each.state,
        "day": package.day.isoformat() if package else None,
        "package": package.package if package else None,
        "people": package.people if package else None,
        "reason": package.reason if package else "",
        "heirs": list(each.heirs),
    }


def sender_words(each: Sender) -> str:
    """How it stands with a unit, in a few words."""
    said = tr(STATE_WORDS[each.state])
    if each.package is not None:
        said = tr_("{state} on {day}", state=said, day=each.package.day)
    return f"{said}: {each.package.reason}" if each.package is not None and each.package.reason else said


def verdict_told(each: OtherVerdict) -> dict[str, object]:
    """A verdict that two offices see otherwise, as JSON."""
    return {"person": each.person.id, "name": each.person.name, "role": each.role, "on": each.day.isoformat(),
            "ours": each.ours, "theirs": each.theirs, "office": each.office}  # fmt: skip


def verdict_words(code: str) -> str:
    """A verdict in words."""
    return tr(VERDICT_WORDS[Verdict(code)]) if code in list(Verdict) else code


def status_lines(
    office: Office, found: list[Sender], left: list[Sender], others: list[OtherVerdict], period: str, due: date | None
) -> Iterator[str]:
    """Who has sent, in lines."""
    yield tr_("{period}: {n} units are to send", period=period, n=len(found))
    yield from (f"  {each.unit.id:<12} {each.name:<40} {sender_words(each)}" for each in found)
    for state, said in STATE_WORDS.items():
        if count := sum(each.state == state for each in found):
            yield f"{tr(said)}: {count}"
    if left:
        names = ", ".join(each.name for each in left)
        yield (tr_("To be reminded, due on {day}: {names}", day=due, names=names) if due
               else tr_("To be reminded: {names}", names=names))  # fmt: skip
    for each in others:
        yield tr_("{name} ({role}): {office} says {theirs}, we say {ours}", name=each.person.name,
                  role=role_title(office, each.role), office=each.office, theirs=verdict_words(each.theirs),
                  ours=verdict_words(each.ours))  # fmt: skip
