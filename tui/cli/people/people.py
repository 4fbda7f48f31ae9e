"""`roster add|show|set|appoint|renew|transfer|end|leave|coming`: one person after another, for scripts."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.dates import parse_day, shown
from records.domain.people.hints import hints
from records.domain.people.names import clean
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELD
from records.intake.person_values import TYPED
from records.services.access import looking
from records.services.access.telling import told_hints
from records.services.appointments import appointing, coming
from records.services.office import Office
from records.services.people import photos, roster
from records.services.units.units import find_unit
from tui.cli import context, options
from tui.present.life import life
from tui.present.rights.access import withheld_lines, withheld_told
from tui.present.words import role_title

Run = Callable[[argparse.Namespace], int]


def add_verbs(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to the noun `roster`."""

    def verb(name: str, told: str, run: Run) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, help=told, parents=[shared])
        made.set_defaults(run=run)
        return made

    new = verb("add", tr_("enter a person, with a first appointment where --role is given"), add_person)
    new.add_argument("values", nargs="+", metavar="FIELD=VALUE", help=tr_("such as name=… born=1980 unit=…"))
    _post_options(new, required=False)
    one = verb("show", tr_("all that is known of one person"), show_person)
    one.add_argument("person", metavar="CODE")
    one.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about, as 2025-06-15 or 15/6/2025"))
    change = verb("set", tr_("correct a person"), set_person)
    change.add_argument("person", metavar="CODE")
    change.add_argument("values", nargs="+", metavar="FIELD=VALUE", help=tr_("such as phone=… born=05/02/1980"))
    post = verb("appoint", tr_("enter an appointment"), appoint)
    post.add_argument("person", metavar="CODE")
    _post_options(post, required=True)
    again = verb("renew", tr_("renew an appointment"), renew)
    again.add_argument("appointment", metavar="CODE")
    _paper_options(again)
    _add_moves(verb)


def _add_moves(verb: Callable[[str, str, Run], argparse.ArgumentParser]) -> None:
    move = verb("transfer", tr_("move people to another unit"), transfer)
    move.add_argument("people", nargs="+", metavar="CODE")
    move.add_argument("--unit", required=True, help=tr_("a unit, by name or code"))
    move.add_argument("--day", default="", help=tr_("first day there"))
    move.add_argument("--end-roles", action="store_true", help=tr_("end the appointments in the old unit"))
    for name, told, run, subject in (
        ("end", tr_("end an appointment"), end, "appointment"),
        ("leave", tr_("let a person leave the roster for good"), leave, "person"),
    ):
        over = verb(name, told, run)
        over.add_argument(subject, metavar="CODE")
        over.add_argument("--day", default="", help=tr_("the last day"))
        over.add_argument("--reason", required=True, help=", ".join(appointing.END_REASONS))
    picture = verb("photo", tr_("keep a photo of a person in the book"), photo)
    picture.add_argument("person", metavar="CODE")
    picture.add_argument("file", metavar="FILE")
    soon = verb("coming", tr_("terms that end and ages of retirement, soonest first"), list_coming)
    soon.add_argument("--days", type=int, default=90, help=tr_("how far to look: 30, 90, 365"))
    soon.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about, as 2025-06-15 or 15/6/2025"))


def _post_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--role", required=required, default="", help=tr_("reporter, communicator or collaborator"))
    parser.add_argument("--level", required=required, default="", help=tr_("a level of the settings, such as commune"))
    parser.add_argument("--unit", default="", help=tr_("a unit, by name or code"))
    _paper_options(parser)


def _paper_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--instrument", default="", choices=["", "decision", "contract"], help=tr_("kind of paper"))
    parser.add_argument("--number", default="", help=tr_("number of the decision or contract"))
    parser.add_argument("--recognised-by", default="", help=tr_("the body that recognises"))
    parser.add_argument("--managed-by", default="", help=tr_("the body that manages"))
    for name, told in (
        ("decided", tr_("day of the paper")),
        ("since", tr_("first day")),
        ("until", tr_("last day")),
    ):
        parser.add_argument(f"--{name}", default="", metavar="DAY", help=told)


def _day(args: argparse.Namespace, name: str) -> date | None:
    typed = getattr(args, name)
    return parse_day(typed, field=f"--{name}", today=context.today(args)) if typed else None


def with_values(office: Office, args: argparse.Namespace, person: Person) -> Person:
    """The person with `args.values` (FIELD=VALUE). Raises InputError for what is no field or cannot be its value."""
    for given in args.values:
        name, equals, value = given.partition("=")
        field = FIELD.get(name)
        if not equals or field is None:
            raise InputError(
                t("“{given}” is no field with a value", given=given),
                do=t("write FIELD=VALUE with one of: {known}", known=", ".join(FIELD)),
            )
        if field.kind == "name" or field.kind in TYPED:
            person = field.put(
                person, clean(value)
            )  # judged with what else is typed, and told what was read differently
        else:
            person = field.put(person, roster.typed_value(office, field, value, context.today(args)))
    return person


def _post(office: Office, args: argparse.Namespace, person: str) -> Appointment:
    options.judge_role_and_level(office, args.role, args.level)
    return Appointment(
        id="",
        person=person,
        role=args.role,
        level=args.level,
        unit=find_unit(office, args.unit, _day(args, "since") or context.today(args)).id if args.unit else "",
        instrument=args.instrument,
        number=args.number,
        decided=_day(args, "decided"),
        recognised_by=args.recognised_by,
        managed_by=args.managed_by,
        since=_day(args, "since"),
        until=_day(args, "until"),
    )


def _tell(
    args: argparse.Namespace, office: Office, person: Person, remarks: Mapping[str, Text] | None = None, **more: object
) -> int:
    odd = told_hints(office, hints(person, office.settings.practice, context.today(args)))
    found_odd = {**odd, **(remarks or {})}
    looked = {name: tr(told) for name, told in found_odd.items()}
    found = {"id": person.id, "name": person.name, **more, "hints": looked}
    ids = " ".join(str(each) for each in more.values() if each)
    lines = [f"{person.id}  {person.name}  {ids}".rstrip()]
    context.answer(
        args, found, [*lines, *(tr_("  look again at {field}: {hint}", field=f, hint=h) for f, h in looked.items())]
    )
    return context.DONE


def add_person(args: argparse.Namespace) -> int:
    """Enter a person."""
    with context.office(args, write=True) as office:
        person = with_values(office, args, Person(id="", name=""))
        post = _post(office, args, "") if args.role or args.level else None
        _, remarks = roster.judge_texts(office, person)
        return _tell(args, office, roster.enter(office, person, post), remarks)


def set_person(args: argparse.Namespace) -> int:
    """Correct a person."""
    with context.office(args, write=True) as office:
        held = office.person(args.person)
        person = with_values(office, args, held)
        _, remarks = roster.judge_texts(office, person)
        return _tell(args, office, roster.save_person(office, person, was=held), remarks)


def show_person(args: argparse.Namespace) -> int:
    """Show one person with the events of a working life."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        dossier = looking.seen(office, office.dossier(args.person, on), "roster show")
        events = life(office, dossier)
        looked = {name: tr(told) for name, told in hints(dossier.person, office.settings.practice, on).items()}
        found = {
            "person": msgspec.to_builtins(dossier.person, enc_hook=str),
            **withheld_told(office),
            "unit": office.unit_names(on).get(dossier.person.unit, ""),
            "appointments": [msgspec.to_builtins(each, enc_hook=str) for each in dossier.appointments],
            "hints": looked,
            "life": [{"kind": kind, "day": day, "words": told} for kind, day, told in events],
        }
        lines = [f"{dossier.person.id}  {dossier.person.name}  {found['unit']}"]
        lines += [tr_("  look again at {field}: {hint}", field=f, hint=h) for f, h in looked.items()]
        lines += [
            f"  {each.id}  {role_title(office, each.role)}  {shown(each.since, '…')} → {shown(each.last_day(), '…')}"
            for each in dossier.appointments
        ]
        lines += [f"  {day:<11} {told}" for _, day, told in events]
        lines += [f"  {each}" for each in withheld_lines(office)]
        context.answer(args, found, lines)
    return context.DONE


def appoint(args: argparse.Namespace) -> int:
    """Enter an appointment."""
    with context.office(args, write=True) as office:
        person = office.person(args.person)
        post = _post(office, args, person.id)
        post = post if post.unit else msgspec.structs.replace(post, unit=person.unit)
        return _tell(args, office, person, appointment=appointing.appoint(office, post).id)


def renew(args: argparse.Namespace) -> int:
    """Renew an appointment."""
    with context.office(args, write=True) as office:
        term = appointing.Term(
            since=_day(args, "since") or context.today(args),
            until=_day(args, "until"),
            number=clean(args.number),
            decided=_day(args, "decided"),
        )
        new = appointing.renew(office, args.appointment, term)
        return _tell(
            args, office, office.person(new.person), appointment=new.id, until=new.until and new.until.isoformat()
        )


def end(args: argparse.Namespace) -> int:
    """End an appointment."""
    with context.office(args, write=True) as office:
        over = appointing.end(
            office, args.appointment, day=_day(args, "day") or context.today(args), reason=args.reason
        )
        return _tell(args, office, office.person(over.person), appointment=over.id)


def leave(args: argparse.Namespace) -> int:
    """Let a person leave the roster."""
    with context.office(args, write=True) as office:
        day = _day(args, "day") or context.today(args)
        return _tell(args, office, appointing.leave(office, args.person, day=day, reason=args.reason))


def photo(args: argparse.Namespace) -> int:
    """Keep a photo."""
    with context.office(args, write=True) as office:
        person = photos.attach(office, args.person, Path(args.file))
        return _tell(args, office, person, photo=person.photo)


def transfer(args: argparse.Namespace) -> int:
    """Move people to another unit."""
    with context.office(args, write=True) as office:
        day = _day(args, "day") or context.today(args)
        unit = find_unit(office, args.unit, day)
        moved = appointing.transfer(office, args.people, unit.id, day=day, end_roles=args.end_roles)
        found = {"unit": unit.id, "people": [each.id for each in moved]}
        lines = [f"{each.id}  {each.name}  → {unit.name_on(day)}" for each in moved]
        context.answer(args, found, lines)
    return context.DONE


def list_coming(args: argparse.Namespace) -> int:
    """List what is coming."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        seen = coming.coming(office, on, args.days)
        found = {"on": on.isoformat(), "days": args.days, "coming": [_coming(each) for each in seen]}
        context.answer(args, found, [*(_line(office, each) for each in seen), tr(t("{n} in all", n=len(seen)))])
    return context.DONE


def _coming(each: coming.Coming) -> dict[str, object]:
    return {
        "kind": each.kind,
        "day": each.day.isoformat(),
        "latest": each.latest.isoformat(),
        "id": each.person.id,
        "name": each.person.name,
        "unit": each.unit_name,
        "appointment": each.appointment.id if each.appointment else None,
        "source": each.source,
        "confidence": each.confidence,
    }


def _line(office: Office, each: coming.Coming) -> str:
    post = each.appointment
    what = role_title(office, post.role) if post else tr_("age of retirement (to confirm)")
    latest = f" – {shown(each.latest)}" if each.latest != each.day else ""
    return f"{shown(each.day)}{latest}  {each.person.id}  {each.person.name} · {each.unit_name} · {what}"
