"""What is said of packages and other offices, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import shown_time
from records.domain.exchange import Neighbour, Package
from records.services.exchange import keys
from records.services.exchange.contents import WORD_TITLES
from records.services.exchange.differences import Conflict
from records.services.exchange.package import Manifest
from records.services.exchange.taking import Plan, value_words
from records.services.office import Office
from tui.present.changes import Spoken
from tui.present.titles import KIND_TITLES

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
    yield from (tr_("  rules: {name}", name=each.name) for each in plan.rules if each.content is not None)
    yield from (tr_("  sent back to us: package of {day}: {why}", day=was.day, why=each.reason)
                for each, was in plan.returned)  # fmt: skip
    yield tr_("Taken as one change; “book undo” takes it back") if written else tr_("Nothing was written")


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
