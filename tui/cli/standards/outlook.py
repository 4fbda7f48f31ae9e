"""`check ahead`, `check what-if`, `check answer`: what will be lost, what another course or value would change."""

from __future__ import annotations

import argparse
from typing import Any

from msgspec.structs import replace

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from records.domain.dates import parse_day
from records.domain.findings import Judgement, Verdict
from records.domain.people.person import Person
from records.domain.rule_changes import HandAnswer
from records.rules.words import VERDICT_WORDS
from records.services.standards import outlook
from records.services.standards.rule_changes import answer, read_value
from tui.cli import context, options
from tui.present.rights.access import withheld_lines, withheld_told
from tui.present.rights.restricted import left_out_of
from tui.present.words import role_title


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to `check`."""
    looking = verbs.add_parser("ahead", help=tr_("who falls out of the standard, when, through what"), parents=[shared])
    options.add_scope(looking)
    looking.add_argument("--days", type=int, default=90, metavar="N", help=tr_("how far to look; 90 days if left out"))
    looking.set_defaults(run=look_ahead)
    supposing = verbs.add_parser("what-if", help=tr_("what a course or another value would change"), parents=[shared])
    supposing.add_argument("--person", default="", metavar="CODE", help=tr_("code of the person"))
    supposing.add_argument("--role", default="", help=tr_("reporter, communicator or collaborator"))
    supposing.add_argument("--level", default="", help=tr_("a level of the settings, such as commune"))
    supposing.add_argument("--course", default="", metavar="DAY", help=tr_("one more course completed on this day"))
    supposing.add_argument("--then", default="", metavar="DAY", help=tr_("judged on this other day"))
    supposing.add_argument("--standard", default="", metavar="ID", help=tr_("a standard with another value"))
    supposing.add_argument(
        "--value", default="", metavar="CRITERION.NAME=VALUE", help=tr_("such as training.months=36")
    )
    supposing.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about"))
    supposing.set_defaults(run=suppose)
    answering = verbs.add_parser("answer", help=tr_("answer a question of a standard by hand"), parents=[shared])
    answering.add_argument("person", help=tr_("code of the person"))
    answering.add_argument("criterion", help=tr_("id of the question"))
    answering.add_argument("--role", required=True, help=tr_("reporter, communicator or collaborator"))
    answering.add_argument("--no", action="store_true", help=tr_("the answer is no"))
    answering.add_argument("--by", default="", help=tr_("who answered"))
    answering.add_argument("--note", default="", help=tr_("on what it rests"))
    answering.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about"))
    answering.set_defaults(run=answer_by_hand)


def look_ahead(args: argparse.Namespace) -> int:
    """List what people will lose; exit 1 when there is anything."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        falls = outlook.ahead(office, on, args.days, options.scope(args))
        found = [
            {
                "id": each.person.id,
                "name": each.person.name,
                "role": each.role,
                "day": each.day.isoformat(),
                "criterion": each.now.criterion,
                "then": each.then.verdict.value,
                "reason": tr(each.then.reason),
            }
            for each in falls
        ]
        lines = [
            f"{each.day:%d/%m/%Y}  {each.person.id}  {each.person.name} · {role_title(office, each.role)} · "
            f"{each.now.title.in_language(language())}: {tr(each.then.reason)}"
            for each in falls
        ]
        missing, said = left_out_of(office, on, replace(options.scope(args), holding=True))
        people = len({each.person.id for each in falls})
        summary = tr_("{people} people lose something within {days} days", people=people, days=args.days)
        context.answer(args, {"on": on.isoformat(), "days": args.days, "falls": found, **missing,
                              **withheld_told(office)}, [*lines, summary, *said, *withheld_lines(office)])  # fmt: skip
    return context.FINDINGS if falls else context.DONE


def suppose(args: argparse.Namespace) -> int:
    """Say what would change; nothing is written."""
    if bool(args.person) == bool(args.standard):
        raise InputError(t("Say what is supposed"), do=t("give --person with --role, or --standard with --value"))
    return _person(args) if args.person else _standard(args)


def _person(args: argparse.Namespace) -> int:
    on, today = context.day_given(args, "on", "--on"), context.today(args)
    if not args.role:
        raise InputError(t("The role is missing"), do=t("give it with --role"))
    given = outlook.Supposition(
        role=args.role,
        level=args.level,
        training="course" if args.course else "",
        trained=parse_day(args.course, field="--course", today=today) if args.course else None,
        on=parse_day(args.then, field="--then", today=today) if args.then else None,
    )
    with context.office(args) as office:
        now, then = outlook.what_if_person(office, args.person, on, given)
        found = {"now": _judged(now) if now else None, "then": _judged(then)}
        before = tr(VERDICT_WORDS[now.verdict]) if now else tr_("does not hold the role")
        lines = [f"{before} → {tr(VERDICT_WORDS[then.verdict])}"]
        lines += [
            f"    {each.title.in_language(language())}: {tr(VERDICT_WORDS[each.verdict])}. {tr(each.reason)}"
            for each in then.findings
            if each.verdict is not Verdict.MET
        ]
        context.answer(args, {**found, **withheld_told(office)}, [*lines, *withheld_lines(office)])
    return context.DONE


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


def _standard(args: argparse.Namespace) -> int:
    on = context.day_given(args, "on", "--on")
    place, value = place_and_value(args.value)
    with context.office(args) as office:
        effect = outlook.what_if_value(office, on, args.standard, place, value)
    found = {"met": effect.met, "would": effect.would} | {
        name: [{"id": each.id, "name": each.name} for each in people]
        for name, people in (("gained", effect.gained), ("lost", effect.lost), ("unsettled", effect.unsettled))
    }
    summary = tr_(
        "Meet it now: {met}; would: {would} ({more})",
        met=effect.met,
        would=effect.would,
        more=f"{effect.would - effect.met:+d}",
    )
    lines = [
        *_people("+", effect.gained), *_people("-", effect.lost), *_people("~", effect.unsettled), summary
    ]  # fmt: skip
    context.answer(args, found, lines)
    return context.DONE


def _people(mark: str, people: tuple[Person, ...]) -> list[str]:
    return [f"{mark} {each.id}  {each.name}" for each in people]


def answer_by_hand(args: argparse.Namespace) -> int:
    """Record an answer only people can give."""
    on = context.day_given(args, "on", "--on")
    with context.office(args, write=True) as office:
        given = HandAnswer(
            id="",
            person=args.person,
            role=args.role,
            criterion=args.criterion,
            yes=not args.no,
            day=on,
            by=args.by or office.book.actor,
            note=args.note,
        )
        made = answer(office, given)
        context.answer(args, {"id": made.id, "yes": made.yes}, [tr_("Recorded: {id}", id=made.id)])
    return context.DONE
