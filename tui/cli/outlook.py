"""`check ahead`, `check what-if`, `check answer`: what will be lost, what another course or value would change."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from config.errors import InputError
from config.speech import language, say, say_
from config.text import t
from records.desks import outlook
from records.desks.settling import answer
from records.domain.dates import parse_day
from records.domain.findings import Judgement, Verdict
from records.domain.people import Person
from records.domain.settling import HandAnswer
from records.rules.words import VERDICT_WORDS
from tui.cli import door, words


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to `check`."""
    looking = verbs.add_parser(
        "ahead", help=say_("who falls out of the standard, when, through what"), parents=[shared]
    )
    words.add_scope(looking)
    looking.add_argument("--days", type=int, default=90, metavar="N", help=say_("how far to look; 90 days if left out"))
    looking.set_defaults(run=look_ahead)
    supposing = verbs.add_parser("what-if", help=say_("what a course or another value would change"), parents=[shared])
    supposing.add_argument("--person", default="", metavar="CODE", help=say_("code of the person"))
    supposing.add_argument("--role", default="", help=say_("reporter, communicator or collaborator"))
    supposing.add_argument("--level", default="", help=say_("a level of the settings, such as commune"))
    supposing.add_argument("--course", default="", metavar="DAY", help=say_("one more course completed on this day"))
    supposing.add_argument("--then", default="", metavar="DAY", help=say_("judged on this other day"))
    supposing.add_argument("--standard", default="", metavar="ID", help=say_("a standard with another value"))
    supposing.add_argument(
        "--value", default="", metavar="CRITERION.NAME=VALUE", help=say_("such as training.months=36")
    )
    supposing.add_argument("--on", default="", metavar="DAY", help=say_("the day asked about"))
    supposing.set_defaults(run=suppose)
    answering = verbs.add_parser("answer", help=say_("answer a question of a standard by hand"), parents=[shared])
    answering.add_argument("person", help=say_("code of the person"))
    answering.add_argument("criterion", help=say_("id of the question"))
    answering.add_argument("--role", required=True, help=say_("reporter, communicator or collaborator"))
    answering.add_argument("--no", action="store_true", help=say_("the answer is no"))
    answering.add_argument("--by", default="", help=say_("who answered"))
    answering.add_argument("--note", default="", help=say_("on what it rests"))
    answering.add_argument("--on", default="", metavar="DAY", help=say_("the day asked about"))
    answering.set_defaults(run=answer_by_hand)


def look_ahead(args: argparse.Namespace) -> int:
    """List what people will lose; exit 1 when there is anything."""
    on = door.day_given(args, "on", "--on")
    with door.office(args) as office:
        falls = outlook.ahead(office, on, args.days, words.scope(args))
        found = [
            {
                "id": each.person.id,
                "name": each.person.name,
                "role": each.role,
                "day": each.day.isoformat(),
                "criterion": each.now.criterion,
                "then": each.then.verdict.value,
                "reason": say(each.then.reason),
            }
            for each in falls
        ]
        lines = [
            f"{each.day:%d/%m/%Y}  {each.person.id}  {each.person.name} · {words.role_name(office, each.role)} · "
            f"{each.now.title.in_language(language())}: {say(each.then.reason)}"
            for each in falls
        ]
        people = len({each.person.id for each in falls})
        summary = say_("{people} people lose something within {days} days", people=people, days=args.days)
        door.answer(args, {"on": on.isoformat(), "days": args.days, "falls": found}, [*lines, summary])
    return door.FINDINGS if falls else door.DONE


def suppose(args: argparse.Namespace) -> int:
    """Say what would change; nothing is written."""
    if bool(args.person) == bool(args.standard):
        raise InputError(t("Say what is supposed"), do=t("give --person with --role, or --standard with --value"))
    return _person(args) if args.person else _standard(args)


def _person(args: argparse.Namespace) -> int:
    on, today = door.day_given(args, "on", "--on"), door.today(args)
    if not args.role:
        raise InputError(t("The role is missing"), do=t("give it with --role"))
    given = outlook.Supposition(
        role=args.role,
        level=args.level,
        training="course" if args.course else "",
        trained=parse_day(args.course, field="--course", today=today) if args.course else None,
        on=parse_day(args.then, field="--then", today=today) if args.then else None,
    )
    with door.office(args) as office:
        now, then = outlook.what_if_person(office, args.person, on, given)
        found = {"now": _judged(now) if now else None, "then": _judged(then)}
        before = say(VERDICT_WORDS[now.verdict]) if now else say_("does not hold the role")
        lines = [f"{before} → {say(VERDICT_WORDS[then.verdict])}"]
        lines += [
            f"    {each.title.in_language(language())}: {say(VERDICT_WORDS[each.verdict])}. {say(each.reason)}"
            for each in then.findings
            if each.verdict is not Verdict.MET
        ]
        door.answer(args, found, lines)
    return door.DONE


def _judged(judged: Judgement) -> dict[str, object]:
    return {
        "verdict": judged.verdict.value,
        "on": judged.on.isoformat(),
        "findings": {each.criterion: each.verdict.value for each in judged.findings},
    }


def place_and_value(typed: str) -> tuple[tuple[str, str], Any]:
    """Read `training.months=36`: ((criterion, name), value); `-` for no longer asked. Raises InputError."""
    place, equals, value = typed.partition("=")
    criterion, dot, name = place.rpartition(".")
    if not (equals and dot and value.strip()):
        raise InputError(t("“{given}” is no value", given=typed), do=t("write it as training.months=36"))
    return (criterion.strip(), name.strip()), read_value(value)


def read_value(typed: str) -> Any:
    """A value as typed: a whole number, a decimal, a word, or `-` for none."""
    plain = typed.strip()
    if plain == "-":
        return None
    if plain.isdecimal():
        return int(plain)
    number = plain.replace(",", ".", 1)
    return Decimal(number) if number.replace(".", "", 1).isdecimal() else plain


def _standard(args: argparse.Namespace) -> int:
    on = door.day_given(args, "on", "--on")
    place, value = place_and_value(args.value)
    with door.office(args) as office:
        effect = outlook.what_if_value(office, on, args.standard, place, value)
    found = {"met": effect.met, "would": effect.would} | {
        name: [{"id": each.id, "name": each.name} for each in people]
        for name, people in (("gained", effect.gained), ("lost", effect.lost), ("unsettled", effect.unsettled))
    }
    summary = say_(
        "Meet it now: {met}; would: {would} ({more})",
        met=effect.met,
        would=effect.would,
        more=f"{effect.would - effect.met:+d}",
    )
    lines = [
        *_people("+", effect.gained), *_people("-", effect.lost), *_people("~", effect.unsettled), summary
    ]  # fmt: skip
    door.answer(args, found, lines)
    return door.DONE


def _people(mark: str, people: tuple[Person, ...]) -> list[str]:
    return [f"{mark} {each.id}  {each.name}" for each in people]


def answer_by_hand(args: argparse.Namespace) -> int:
    """Record an answer only people can give."""
    on = door.day_given(args, "on", "--on")
    by = args.by or door.actor()
    with door.office(args, write=True) as office:
        given = HandAnswer(
            id="",
            person=args.person,
            role=args.role,
            criterion=args.criterion,
            yes=not args.no,
            day=on,
            by=by,
            note=args.note,
        )
        made = answer(office, given)
        door.answer(args, {"id": made.id, "yes": made.yes}, [say_("Recorded: {id}", id=made.id)])
    return door.DONE
