"""`award`: decisions of commendation and their entries in the register."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.awards import Award, Decision, standing
from records.domain.dates import parse_day, shown
from records.rules.awards.money import prize_money
from records.rules.awards.words import dong
from records.services.awards import appraising, proposing
from records.services.awards import decisions as awards
from records.services.awards.award_checks import prize_of
from records.services.office import Office
from tui.cli import context
from tui.cli.awards import eligible, lists, numbers, register
from tui.cli.imports import list_import


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    decide = actions.add_parser("decide", help=tr_("enter a signed decision and register it"), parents=[shared])
    decide.add_argument("--number", default="", help=tr_("number as on the paper, such as 12-QĐ/BTG"))
    decide.add_argument("--day", default="", help=tr_("day of the decision; today when left out"))
    decide.add_argument("--prize", required=True, help=tr_("key of a prize in the settings"))
    lists.add_people(decide)
    decide.add_argument("--list", default=None, metavar="LIST", help=tr_("decide what the council agreed to"))
    decide.add_argument("--citation", default="", help=tr_("the achievement, letter for letter"))
    decide.add_argument("--from", dest="start", default="", help=tr_("first day of the achievement"))
    decide.add_argument("--to", dest="end", default="", help=tr_("last day of the achievement"))
    register.add_head(decide)
    decide.add_argument("--received", default="", metavar="DAY", help=tr_("day the dossier came in for appraisal"))
    decide.add_argument("--dry-run", action="store_true", help=tr_("judge it and say what it costs; write nothing"))
    register.add_signers(decide)
    decide.set_defaults(run=decide_award)
    listing = actions.add_parser("list", help=tr_("decisions and what they cost"), parents=[shared])
    listing.set_defaults(run=list_decisions)
    lists.add(actions, shared)
    register.add(actions, shared)
    numbers.add(actions, shared)
    eligible.add(actions, shared)
    list_import.add(actions, shared, "awards")


def decide_award(args: argparse.Namespace) -> int:
    """Enter a decision and print what was registered."""
    with context.office(args, write=not args.dry_run) as office:
        signed = {
            "number": args.number,
            "day": context.day_given(args, "day", "--day"),
            **register.head_of(args),
            "received": context.day_given(args, "received", "--received") if args.received else None,
            **register.signers_of(args),
        }
        if args.list is not None:
            proposal = appraising.proposal_of(office, proposing.list_of(office, args.list), args.prize, signed)
        else:
            proposal = _proposal(args, signed)
        seen = awards.look(office, proposal)
        warnings = [tr(each) for each in seen.warnings]
        if args.dry_run:
            return _only_looked(args, proposal, seen, warnings)
        decision, made = awards.decide(office, proposal)
        total = sum(each.money for each in made)
        money = prize_money(prize_of(office, made[0].prize), office.settings.money, decision.day)
        doubt = f" ({tr_('to confirm')})" if money.confidence == "to_confirm" else ""
        found = {
            "decision": decision.id,
            "number": decision.number,
            "money": total,
            "money_confidence": money.confidence,
            "issuer": decision.issuer,
            "issuer_above": decision.issuer_above,
            "place": decision.place,
            "signers": [each for each in (decision.signer2_name, decision.signer_name) if each],
            "warnings": warnings,
            "awards": [_award(a) for a in made],
        }
        lines = [f"{each.register:>9}  {each.name} · {each.unit_name} · {dong(each.money)} đ" for each in made]
        told = tr_("Decision {number}: {n} awards, {money} đ", number=decision.number, n=len(made), money=dong(total))
        lines += [f"{told}{doubt}", *warnings]
        context.answer(args, found, lines)
    return context.DONE


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
    told = tr_("Nothing was written. {n} awards, {money} đ", n=len(seen.money), money=dong(total))
    context.answer(args, found, [told, *warnings])
    return context.DONE


def _proposal(args: argparse.Namespace, signed: dict[str, Any]) -> awards.Proposal:
    today = context.today(args)
    if not (args.start and args.end):
        raise InputError(t("The time of the achievement is missing"), do=t("give its first and last day: --from, --to"))
    return awards.Proposal(
        **signed,
        prize=args.prize,
        people=lists.people_named(args),
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
    with context.office(args) as office:
        decisions = sorted(office.book.table(Decision), key=lambda each: each.day, reverse=True)
        counting = {each.id for each in standing(office.book.table(Award))}
        rows = [_decision(office, each, counting) for each in decisions]
        lines = [
            f"{row['number']:<18} {shown(date.fromisoformat(row['day']))}  {row['title']} · "
            + tr_("{n} awards, {standing} in force", n=row["awards"], standing=row["in_force"])
            + f" · {dong(row['money'])} đ"
            for row in rows
        ]
        context.answer(
            args, {"decisions": rows}, lines or [tr_("No decision is in the book; enter one with “award decide”")]
        )
    return context.DONE


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
