"""`unit`: the tree of a day, new names, mergers, divisions, dissolutions and the ready plans."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

from msgspec.structs import replace

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.awards import Award, Decision
from records.domain.dates import parse_day, shown
from records.domain.units import Unit, UnitKind, UnitName
from records.rules.unit_words import KIND_WORDS
from records.services.office import Office
from records.services.units import units
from records.services.units.plans import Plan, dissolving, merging, ready_plans, splitting
from records.services.units.reorganising import NOWHERE, Decisions, carry_out, decided
from tui.cli import context
from tui.cli.imports import list_import
from tui.cli.people import discipline
from tui.present.person import award_line

Run = Callable[[argparse.Namespace], int]


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))

    def verb(name: str, told: str, run: Run) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, help=told, parents=[shared])
        made.set_defaults(run=run)
        return made

    lists = verb("list", tr_("the units of a day with their people"), list_units)
    lists.add_argument("--all", action="store_true", help=tr_("also units that no longer exist"))
    one = verb("show", tr_("one unit through its life"), show_unit)
    one.add_argument("unit", metavar="UNIT")
    for each in (lists, one):
        each.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about"))
    new = verb("add", tr_("enter a unit"), add_unit)
    new.add_argument("name", metavar="NAME")
    new.add_argument("--parent", default="", help=tr_("the unit above"))
    new.add_argument("--code", default="", help=tr_("code of the statistics office"))
    name = verb("rename", tr_("give a unit a new name from a day on"), rename)
    name.add_argument("unit", metavar="UNIT")
    name.add_argument("name", metavar="NAME")
    for each in (new, name):
        each.add_argument("--since", default="", metavar="DAY", help=tr_("first day of the new order"))
    new.add_argument("--kind", default="ward", choices=get_args(UnitKind), help=tr_("kind of a new unit"))
    discipline.add_unit(actions, shared)
    _add_plans(verb)
    list_import.add(actions, shared, "units")


def _add_plans(verb: Callable[[str, str, Run], argparse.ArgumentParser]) -> None:
    merge = verb("merge", tr_("merge units into one"), run_merge)
    merge.add_argument("units", nargs="+", metavar="UNIT")
    merge.add_argument("--into", required=True, metavar="UNIT", help=tr_("a unit, or the name of a new one"))
    split = verb("split", tr_("divide a unit; people are decided one by one"), run_split)
    split.add_argument("unit", metavar="UNIT")
    told = tr_("each unit that takes over, again and again")
    split.add_argument("--into", required=True, action="append", metavar="UNIT", help=told)
    dissolve = verb("dissolve", tr_("dissolve a unit"), run_dissolve)
    dissolve.add_argument("unit", metavar="UNIT")
    plan = verb("plan", tr_("show or carry out a ready plan, such as 2025-07-01"), run_plan)
    plan.add_argument("key", nargs="?", default="", metavar="PLAN")
    for each in (merge, split, dissolve):
        each.add_argument("--since", default="", metavar="DAY", help=tr_("first day of the new order"))
    for each in (merge, split):
        each.add_argument("--kind", default="ward", choices=get_args(UnitKind), help=tr_("kind of a new unit"))
    for each in (merge, split, dissolve, plan):
        each.add_argument("--decisions", metavar="FILE.yaml", help=tr_("who of which unit goes where"))
        each.add_argument("--partial", action="store_true", help=tr_("leave the undecided for later"))
        each.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))


def list_units(args: argparse.Namespace) -> int:
    """List the units of a day."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        lines = units.tree(office, on, ended=args.all)
        found = {"on": on.isoformat(), "units": [_unit(each.unit, on, each) for each in lines]}
        text = [
            f"{each.unit.id:<12} {'  ' * each.depth}{each.name:<34} {len(each.below):>5}"
            + (f"  {_state(each.unit, on)}" if each.ended else "")
            for each in lines
        ]
        context.answer(args, found, [*text, tr(t("{n} units", n=len(lines)))])
    return context.DONE


def _state(unit: Unit, on: date) -> str:
    if unit.since is not None and on < unit.since:
        return tr_("begins on {day}", day=unit.since)
    return tr_("ended on {day}", day=unit.until or on)


def _unit(unit: Unit, on: date, line: units.UnitLine | None = None) -> dict[str, object]:
    found: dict[str, object] = {
        "id": unit.id,
        "name": unit.name_on(on),
        "kind": unit.kind,
        "code": unit.code,
        "parent": unit.parent_on(on),
        "cluster": unit.cluster,
        "bloc": unit.bloc,
        "since": unit.since.isoformat() if unit.since else None,
        "until": unit.until.isoformat() if unit.until else None,
        "into": list(unit.into),
    }
    return (
        found if line is None else {**found, "depth": line.depth, "people": len(line.people), "below": len(line.below)}
    )


def show_unit(args: argparse.Namespace) -> int:
    """Show one unit."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        unit = units.find_unit(office, args.unit, on)
        table = office.book.table(Unit)
        people = units.people_of_units(office, on).get(unit.id, set())
        before = [each for each in table if unit.id in each.into]
        awards = sorted(office.book.table(Award).where(unit=unit.id), key=lambda each: each.achieved_to)
        found = {
            **_unit(unit, on),
            "names": [
                {"name": each.name, "since": each.since.isoformat() if each.since else None} for each in unit.names
            ],
            "came_from": [each.id for each in before],
            "people": sorted(people),
            "awards": [_award(office, each) for each in awards],
        }
        lines = [f"{unit.id}  {unit.name_on(on)}  {tr(KIND_WORDS[unit.kind])}  {unit.code}"]
        lines += [f"  {shown(each.since, '…')}  {each.name}" for each in unit.names]
        lines += [tr_("  came from: {name}", name=each.name) for each in before]
        if unit.until is not None:
            into = ", ".join(table[each].name for each in unit.into) or "—"
            lines.append(tr_("  ended on {day}; taken over by: {into}", day=unit.until, into=into))
        lines += [award_line(office, each).text for each in awards]
        context.answer(args, found, [*lines, tr(t("{n} people", n=len(people)))])
    return context.DONE


def _award(office: Office, award: Award) -> dict[str, object]:
    decision = office.book.table(Decision)[award.decision]
    return {
        "id": award.id,
        "prize": award.prize,
        "name": award.name,
        "number": decision.number,
        "day": decision.day.isoformat(),
        "issuer": decision.issuer,
        "from": award.achieved_from.isoformat(),
        "to": award.achieved_to.isoformat(),
        "citation": award.citation,
        "register": award.register,
        "revoked": award.revoked.isoformat() if award.revoked else None,
    }


def add_unit(args: argparse.Namespace) -> int:
    """Enter a unit."""
    with context.office(args, write=True) as office:
        since = _since(args)
        parent = units.find_unit(office, args.parent, since).id if args.parent else ""
        new = replace(_new(args.name, args.kind), code=args.code, parent=parent, since=since if args.since else None)
        made = units.save_unit(office, new, on=since)
        context.answer(args, {"id": made.id, "name": made.name}, [f"{made.id}  {made.name}"])
    return context.DONE


def rename(args: argparse.Namespace) -> int:
    """Give a unit a new name."""
    with context.office(args, write=True) as office:
        since = _since(args)
        unit = units.rename(office, units.find_unit(office, args.unit, since).id, args.name, since=since)
        context.answer(args, {"id": unit.id, "name": unit.name}, [f"{unit.id}  {unit.name}"])
    return context.DONE


def run_merge(args: argparse.Namespace) -> int:
    """Merge units."""
    day = _since(args)
    before = date.fromordinal(day.toordinal() - 1)
    with context.office(args, write=not args.dry_run) as office:
        ending = [units.find_unit(office, each, before).id for each in args.units]
        return _carry(args, office, merging(office, ending, _heir(office, args, args.into, day), day))


def run_split(args: argparse.Namespace) -> int:
    """Divide a unit."""
    day = _since(args)
    with context.office(args, write=not args.dry_run) as office:
        unit = units.find_unit(office, args.unit, date.fromordinal(day.toordinal() - 1))
        return _carry(args, office, splitting(office, unit.id, [_heir(office, args, e, day) for e in args.into], day))


def run_dissolve(args: argparse.Namespace) -> int:
    """Dissolve a unit."""
    day = _since(args)
    with context.office(args, write=not args.dry_run) as office:
        unit = units.find_unit(office, args.unit, date.fromordinal(day.toordinal() - 1))
        return _carry(args, office, dissolving(office, unit.id, day))


def run_plan(args: argparse.Namespace) -> int:
    """Show the ready plans, or carry one out."""
    with context.office(args, write=bool(args.key) and not args.dry_run) as office:
        plans = {each.key: each for each in ready_plans(office)}
        if not args.key:
            found = {"plans": [{"key": each.key, "units": len(each.heirs)} for each in plans.values()]}
            context.answer(
                args, found, [f"{each.key}  {tr(each.title)} ({len(each.heirs)})" for each in plans.values()]
            )
            return context.DONE
        if args.key not in plans:
            raise InputError(
                t("There is no plan “{key}”", key=args.key), do=t("use one of: {known}", known=", ".join(plans))
            )
        return _carry(args, office, plans[args.key])


def _since(args: argparse.Namespace) -> date:
    return parse_day(args.since, field="--since", today=context.today(args)) if args.since else context.today(args)


def _new(name: str, kind: UnitKind) -> Unit:
    return Unit(id="", names=(UnitName(name=name),), kind=kind)


def _heir(office: Office, args: argparse.Namespace, given: str, day: date) -> str | Unit:
    try:
        found = units.find_unit(office, given, day)
    except InputError:
        if any(given == each.id for each in office.book.table(Unit)):
            raise
        return _new(given, args.kind)
    return found.id if found.exists_on(day) else _new(given, args.kind)


def _decisions(args: argparse.Namespace, office: Office, plan: Plan) -> Decisions:
    if not args.decisions:
        return {}
    from config.settings.reading import read_shape  # noqa: PLC0415  # only where a file is given

    given: Mapping[str, dict[str, str]] = read_shape(Path(args.decisions), dict[str, dict[str, str]])
    before = date.fromordinal(plan.day.toordinal() - 1)
    made = {each.name: each.id for each in plan.made}
    found = {}
    for unit, people in given.items():
        ending = units.find_unit(office, unit, before).id
        for person, heir in people.items():
            place = heir if heir == NOWHERE else made.get(heir) or units.find_unit(office, heir, plan.day).id
            found[ending, person] = place
    return found


def _carry(args: argparse.Namespace, office: Office, plan: Plan) -> int:
    decisions = _decisions(args, office, plan)
    placed, left = decided(office, plan, decisions)
    names = {**office.unit_names(plan.day), **{each.id: each.name for each in plan.made}, NOWHERE: "—"}
    if not args.dry_run:
        carry_out(office, plan, decisions, partial=args.partial)
    found = {
        "plan": plan.key,
        "day": plan.day.isoformat(),
        "moved": [{"unit": m.unit, "subject": m.subject, "name": m.title, "to": to} for m, to in placed],
        "undecided": [
            {"unit": m.unit, "subject": m.subject, "name": m.title, "heirs": list(plan.heirs[m.unit])} for m in left
        ],
        "written": not args.dry_run,
    }
    lines = [f"{move.subject}  {move.title}: {names[move.unit]} → {names[to]}" for move, to in placed]
    lines += [
        tr_("{id}  {name}: {unit} → to be decided", id=move.subject, name=move.title, unit=names[move.unit])
        for move in left
    ]
    lines.append(tr_("{moved} moved, {left} to be decided", moved=len(placed), left=len(left)))
    context.answer(args, found, [*lines, *([tr_("Nothing was written")] if args.dry_run else [])])
    return context.FINDINGS if left else context.DONE
