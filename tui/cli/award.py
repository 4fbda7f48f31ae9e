"""`award`: decisions of commendation and their entries in the register."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.speech import say_
from config.text import t
from records.desks import awards
from records.desks.office import Office
from records.domain.awards import Award, Decision
from records.domain.dates import parse_day
from tui.cli import door


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verbs to the command line."""
    verbs = nouns.add_parser("award", help=say_("commendations: decide, list"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    decide = actions.add_parser("decide", help=say_("enter a signed decision and register it"), parents=[shared])
    decide.add_argument("--number", required=True, help=say_("number as on the paper, such as 12-QĐ/BTG"))
    decide.add_argument("--day", default="", help=say_("day of the decision; today when left out"))
    decide.add_argument("--prize", required=True, help=say_("key of a prize in the settings"))
    decide.add_argument("--people", default="", metavar="ID,ID", help=say_("codes of the people, with commas"))
    decide.add_argument("--people-file", metavar="FILE", help=say_("a text file with one code a line"))
    decide.add_argument("--citation", required=True, help=say_("the achievement, letter for letter"))
    decide.add_argument("--from", dest="start", required=True, help=say_("first day of the achievement"))
    decide.add_argument("--to", dest="end", required=True, help=say_("last day of the achievement"))
    for option, told in (
        ("--signer-mode", say_("T/M or K/T, as the form writes it")),
        ("--signer-body", say_("body signed for, such as BAN THƯỜNG VỤ")),
        ("--signer-title", say_("title of the signer")),
        ("--signer-name", say_("name of the signer")),
    ):
        decide.add_argument(option, default="", help=told)
    decide.set_defaults(run=decide_award)
    listing = actions.add_parser("list", help=say_("decisions and what they cost"), parents=[shared])
    listing.set_defaults(run=list_decisions)


def decide_award(args: argparse.Namespace) -> int:
    """Enter a decision and print what was registered."""
    today = door.today(args)
    with door.office(args, write=True) as office:
        decision, made = awards.decide(
            office,
            awards.Proposal(
                number=args.number,
                day=door.day_given(args, "day", "--day"),
                prize=args.prize,
                people=_people(args),
                citation=args.citation,
                achieved_from=parse_day(args.start, field="--from", today=today),
                achieved_to=parse_day(args.end, field="--to", today=today),
                signer_mode=args.signer_mode,
                signer_body=args.signer_body,
                signer_title=args.signer_title,
                signer_name=args.signer_name,
            ),
        )
        total = sum(each.money for each in made)
        found = {
            "decision": decision.id,
            "number": decision.number,
            "money": total,
            "awards": [_award(a) for a in made],
        }
        lines = [f"{each.register:>9}  {each.name} · {each.unit_name} · {each.money:,} đ" for each in made]
        lines.append(
            say_("Decision {number}: {n} awards, {money} đ", number=args.number, n=len(made), money=f"{total:,}")
        )
        door.answer(args, found, lines)
    return door.DONE


def _people(args: argparse.Namespace) -> list[str]:
    if args.people_file:
        path = Path(args.people_file)
        try:
            listed = path.read_text("utf-8-sig").split()
        except (OSError, UnicodeDecodeError):
            raise InputError(
                t("The list of people cannot be read"), where=str(path), do=t("name a UTF-8 text file, one code a line")
            ) from None
        return listed
    return [each.strip() for each in args.people.split(",") if each.strip()]


def _award(award: Award) -> dict[str, object]:
    return {
        "id": award.id,
        "person": award.person,
        "name": award.name,
        "register": award.register,
        "money": award.money,
    }


def list_decisions(args: argparse.Namespace) -> int:
    """List decisions, newest first."""
    with door.office(args) as office:
        decisions = sorted(office.book.table(Decision), key=lambda each: each.day, reverse=True)
        rows = [_decision(office, each) for each in decisions]
        lines = [
            f"{row['number']:<18} {row['day']}  {row['title']} · {row['awards']} · {row['money']:,} đ" for row in rows
        ]
        door.answer(
            args, {"decisions": rows}, lines or [say_("No decision is in the book; enter one with “award decide”")]
        )
    return door.DONE


def _decision(office: Office, decision: Decision) -> dict[str, Any]:
    made = awards.awards_of(office, decision)
    return {
        "id": decision.id,
        "number": decision.number,
        "day": decision.day.isoformat(),
        "title": decision.title,
        "awards": len(made),
        "money": sum(each.money for each in made),
    }
