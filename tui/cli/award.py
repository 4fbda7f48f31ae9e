"""`award`: decisions of commendation and their entries in the register."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from config.errors import InputError
from config.speech import say, say_
from config.text import t
from records.desks import appraising, awards, proposing
from records.desks.award_checks import prize_of
from records.desks.office import Office
from records.domain.awards import Award, Decision, standing
from records.domain.dates import parse_day, shown
from records.rules.award_words import dong
from records.rules.money import prize_money
from tui.cli import award_eligible, award_lists, award_register, door, list_import


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verbs to the command line."""
    verbs = nouns.add_parser("award", help=say_("commendations: from the proposal to the register"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    decide = actions.add_parser("decide", help=say_("enter a signed decision and register it"), parents=[shared])
    decide.add_argument("--number", required=True, help=say_("number as on the paper, such as 12-QĐ/BTG"))
    decide.add_argument("--day", default="", help=say_("day of the decision; today when left out"))
    decide.add_argument("--prize", required=True, help=say_("key of a prize in the settings"))
    award_lists.add_people(decide)
    decide.add_argument("--list", default=None, metavar="LIST", help=say_("decide what the council agreed to"))
    decide.add_argument("--citation", default="", help=say_("the achievement, letter for letter"))
    decide.add_argument("--from", dest="start", default="", help=say_("first day of the achievement"))
    decide.add_argument("--to", dest="end", default="", help=say_("last day of the achievement"))
    decide.add_argument("--issuer", default="", help=say_("who issues it, as at its head; by its number if left out"))
    decide.add_argument("--issuer-above", default="", help=say_("body printed above the issuer"))
    decide.add_argument("--received", default="", metavar="DAY", help=say_("day the dossier came in for appraisal"))
    decide.add_argument("--dry-run", action="store_true", help=say_("judge it and say what it costs; write nothing"))
    award_register.add_signers(decide)
    decide.set_defaults(run=decide_award)
    listing = actions.add_parser("list", help=say_("decisions and what they cost"), parents=[shared])
    listing.set_defaults(run=list_decisions)
    award_lists.add(actions, shared)
    award_register.add(actions, shared)
    award_eligible.add(actions, shared)
    list_import.add(actions, shared, "awards")


def decide_award(args: argparse.Namespace) -> int:
    """Enter a decision and print what was registered."""
    with door.office(args, write=not args.dry_run) as office:
        signed = {
            "number": args.number,
            "day": door.day_given(args, "day", "--day"),
            "issuer": args.issuer,
            "issuer_above": args.issuer_above,
            "received": door.day_given(args, "received", "--received") if args.received else None,
            **award_register.signers_of(args),
        }
        if args.list is not None:
            proposal = appraising.proposal_of(office, proposing.list_of(office, args.list), args.prize, signed)
        else:
            proposal = _proposal(args, signed)
        seen = awards.look(office, proposal)
        warnings = [say(each) for each in seen.warnings]
        if args.dry_run:
            return _only_looked(args, proposal, seen, warnings)
        decision, made = awards.decide(office, proposal)
        total = sum(each.money for each in made)
        money = prize_money(prize_of(office, made[0].prize), office.settings.money, decision.day)
        doubt = f" ({say_('to confirm')})" if money.confidence == "to_confirm" else ""
        found = {
            "decision": decision.id,
            "number": decision.number,
            "money": total,
            "money_confidence": money.confidence,
            "issuer": decision.issuer,
            "warnings": warnings,
            "awards": [_award(a) for a in made],
        }
        lines = [f"{each.register:>9}  {each.name} · {each.unit_name} · {dong(each.money)} đ" for each in made]
        told = say_("Decision {number}: {n} awards, {money} đ", number=args.number, n=len(made), money=dong(total))
        lines += [f"{told}{doubt}", *warnings]
        door.answer(args, found, lines)
    return door.DONE


def _only_looked(args: argparse.Namespace, proposal: awards.Proposal, seen: awards.Look, warnings: list[str]) -> int:
    """Say what a decision would be; nothing is written."""
    total = sum(each.amount for each in seen.money.values())
    found = {
        "number": proposal.number,
        "people": list(seen.money),
        "money": total,
        "warnings": warnings,
        "dry_run": True,
    }
    told = say_("Nothing was written. {n} awards, {money} đ", n=len(seen.money), money=dong(total))
    door.answer(args, found, [told, *warnings])
    return door.DONE


def _proposal(args: argparse.Namespace, signed: dict[str, Any]) -> awards.Proposal:
    today = door.today(args)
    if not (args.start and args.end):
        raise InputError(t("The time of the achievement is missing"), do=t("give its first and last day: --from, --to"))
    return awards.Proposal(
        **signed,
        prize=args.prize,
        people=award_lists.people_named(args),
        citation=args.citation,
        achieved_from=parse_day(args.start, field="--from", today=today),
        achieved_to=parse_day(args.end, field="--to", today=today),
    )


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
        counting = {each.id for each in standing(office.book.table(Award))}
        rows = [_decision(office, each, counting) for each in decisions]
        lines = [
            f"{row['number']:<18} {shown(date.fromisoformat(row['day']))}  {row['title']} · "
            + say_("{n} awards, {standing} in force", n=row["awards"], standing=row["in_force"])
            + f" · {dong(row['money'])} đ"
            for row in rows
        ]
        door.answer(
            args, {"decisions": rows}, lines or [say_("No decision is in the book; enter one with “award decide”")]
        )
    return door.DONE


def _decision(office: Office, decision: Decision, counting: set[str]) -> dict[str, Any]:
    made = awards.awards_of(office, decision)
    in_force = [each for each in made if each.id in counting]
    return {
        "id": decision.id,
        "number": decision.number,
        "day": decision.day.isoformat(),
        "title": decision.title,
        "awards": len(made),
        "in_force": len(in_force),
        "money": sum(each.money for each in in_force),
    }
