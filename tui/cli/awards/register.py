"""`award register|show|pay|recover|revoke|correct|paper`: after the decision."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.awards import SIGNERS, Award, standing
from records.domain.awards.proposals import Payment
from records.domain.dates import parse_day
from records.rules.awards.words import dong, read_dong
from records.services.awards import decisions, paying, proposing, registering, revoking
from records.services.awards.award_history import award_named, story
from records.services.office import Office
from tui.cli import context, paper_options
from tui.cli.options import split_ids

if TYPE_CHECKING:
    from exports.papers.award_papers import BookPaper

PAPERS = (
    *("proposal", "minutes", "votes", "decision", "annex", "notice", "money", "register", "summary"),
    *("achievement", "profile", "profiles"),
)


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    book = actions.add_parser("register", help=tr_("the register of a year, every number"), parents=[shared])
    book.add_argument("--year", type=int, default=0, help=tr_("year; the newest when left out"))
    book.set_defaults(run=show_register)
    shown = actions.add_parser("show", help=tr_("the way of one award, step by step"), parents=[shared])
    shown.add_argument("award", metavar="N/YEAR", help=tr_("number of the register, or id"))
    shown.set_defaults(run=show_award)
    for verb, told, run in (
        ("pay", tr_("record that prize money was handed out"), pay),
        ("recover", tr_("record that money of revoked awards was taken back"), recover),
        ("revoke", tr_("take awards back on a ground of the law"), revoke),
    ):
        parser = actions.add_parser(verb, help=told, parents=[shared])
        parser.add_argument("--awards", default="", metavar="N/YEAR,N/YEAR", help=tr_("numbers of the register"))
        parser.add_argument("--day", default="", help=tr_("day; today when left out"))
        parser.set_defaults(run=run)
        if verb == "revoke":
            parser.add_argument("--ground", required=True, help=tr_("key of a ground in the settings"))
            parser.add_argument("--number", default="", help=tr_("number of the decision that takes them back"))
        else:
            parser.add_argument("--voucher", default="", help=tr_("number of the paper of payment"))
        if verb == "pay":
            parser.add_argument("--decision", default="", metavar="NUMBER", help=tr_("everybody of a decision"))
            parser.add_argument(
                "--fund", default="", metavar="SOURCE", help=tr_("source; that of the settings if left out")
            )
            parser.add_argument("--amount", default="", help=tr_("a part, of each; all that is owed if left out"))
    _add_correct(actions, shared)
    _add_paper(actions, shared)


def _add_correct(actions: Any, shared: argparse.ArgumentParser) -> None:
    right = actions.add_parser("correct", help=tr_("correct an award by a new decision"), parents=[shared])
    right.add_argument("award", metavar="N/YEAR", help=tr_("number of the register, or id"))
    right.add_argument("--number", required=True, help=tr_("number of the new decision"))
    right.add_argument("--day", default="", help=tr_("day; today when left out"))
    for field in ("name", "unit_name", "position", "citation"):
        right.add_argument(f"--{field.replace('_', '-')}", default=None, help=tr_("as it should have been"))
    right.add_argument("--from", dest="achieved_from", default=None, help=tr_("first day of the achievement"))
    right.add_argument("--to", dest="achieved_to", default=None, help=tr_("last day of the achievement"))
    add_head(right)
    add_signers(right)
    right.set_defaults(run=correct)


def _add_paper(actions: Any, shared: argparse.ArgumentParser) -> None:
    paper = actions.add_parser("paper", help=tr_("write a paper of commendation: .pdf, .docx, .xlsx"), parents=[shared])
    paper.add_argument("kind", choices=PAPERS)
    paper.add_argument("--list", default="", metavar="LIST", help=tr_("proposal list, for proposal, minutes and votes"))
    paper.add_argument("--decision", default="", metavar="NUMBER", help=tr_("decision, for its own papers"))
    paper.add_argument("--people", default="", metavar="ID,ID", help=tr_("people or units, for papers about them"))
    paper.add_argument("--year", type=int, default=0, help=tr_("year of the register or the summary"))
    paper.add_argument("--day", default="", help=tr_("day; today when left out"))
    paper_options.add_given(paper)
    paper_options.add_out(paper)
    paper.set_defaults(run=write_paper)


def add_head(parser: argparse.ArgumentParser) -> None:
    """Add the options that say who issues a decision, and where."""
    parser.add_argument("--issuer", default="", help=tr_("who issues it, as at its head; by its number if left out"))
    parser.add_argument("--issuer-above", default="", help=tr_("body printed above the issuer"))
    parser.add_argument("--place", default="", help=tr_("place before the date; the issuer's own when left out"))


def head_of(args: argparse.Namespace) -> dict[str, str]:
    """Field of the decision -> what the options of `add_head` say, where they say anything."""
    return {each: getattr(args, each) for each in decisions.HEAD if getattr(args, each)}


def add_signers(parser: argparse.ArgumentParser) -> None:
    """Add the options that say who signed, the second signer included."""
    told = {
        "mode": tr_("T/M or K/T, as the form writes it"),
        "body": tr_("body signed for, such as BAN THƯỜNG VỤ"),
        "title": tr_("title of the signer"),
        "name": tr_("name of the signer"),
    }
    for each in SIGNERS:
        parser.add_argument(f"--{each.replace('_', '-')}", default="", help=told[each.partition("_")[2]])


def signers_of(args: argparse.Namespace) -> dict[str, str]:
    """Field of the decision -> who signed, of those that were given."""
    return {each: getattr(args, each) for each in SIGNERS if getattr(args, each)}


def show_register(args: argparse.Namespace) -> int:
    """Print the register of a year."""
    with context.office(args) as office:
        year = _year(office, args)
        rows = registering.register(office.book, year)
        found = [
            {
                "number": each.number,
                "award": each.award.id if each.award else None,
                "name": each.award.name if each.award else None,
                "decision": each.decision.number if each.decision else None,
                "entered": each.entered,
                "by": each.by,
                "note": tr(each.note) if each.note else "",
            }
            for each in rows
        ]
        lines = [
            f"{row['number']:>5}/{year}  {row['name'] or '—'} · {row['decision'] or '—'} · {row['entered']} {row['by']}"
            + (f" · {row['note']}" if row["note"] else "")
            for row in found
        ]
        context.answer(args, {"year": year, "rows": found}, lines or [tr_("Nothing is in the register")])
    return context.DONE


def _year(office: Office, args: argparse.Namespace) -> int:
    known = registering.years_of(office.book)
    return args.year or (known[0] if known else context.today(args).year)


def show_award(args: argparse.Namespace) -> int:
    """Print the way of an award."""
    with context.office(args) as office:
        award = award_named(office, args.award)
        steps = story(office, award)
        found = [
            {"day": each.day.isoformat() if each.day else None, "what": tr(each.what), "by": each.by} for each in steps
        ]
        lines = [f"{award.register}  {award.name} · {award.unit_name} · {dong(award.money)} đ", f"  {award.citation}"]
        lines += [
            f"{f'{each.day:%d/%m/%Y}' if each.day else '':>10}  {tr(each.what)}{f' · {each.by}' if each.by else ''}"
            for each in steps
        ]
        context.answer(args, {"award": award.id, "register": award.register, "name": award.name, "steps": found}, lines)
    return context.DONE


def _named(args: argparse.Namespace, office: Office) -> list[Award]:
    found = [award_named(office, each) for each in split_ids(args.awards)]
    if getattr(args, "decision", ""):
        counting = standing(office.book.table(Award))
        decision = decisions.decision_by_number(office, args.decision)
        found += [each for each in counting if each.decision == decision.id and paying.owed(office, each)]
    return found


def pay(args: argparse.Namespace) -> int:
    """Record payments."""
    amount = read_dong(args.amount, field="--amount") if args.amount else None
    return _move_money(args, partial(paying.pay, fund=args.fund, amount=amount), "paid")


def recover(args: argparse.Namespace) -> int:
    """Record money taken back."""
    return _move_money(args, paying.recover, "recovered")


def _move_money(args: argparse.Namespace, act: Callable[..., list[Payment]], told: str) -> int:
    with context.office(args, write=True) as office:
        made = act(office, _named(args, office), context.day_given(args, "day", "--day"), voucher=args.voucher)
        count, total = len(made), sum(each.amount for each in made)
        words = {
            "paid": t("Paid: {n} awards, {amount} đ", n=count, amount=dong(total)),
            "recovered": t("Recovered: {n} awards, {amount} đ", n=count, amount=dong(total)),
        }
        context.answer(args, {told: count, "amount": total}, [tr(words[told])])
    return context.DONE


def revoke(args: argparse.Namespace) -> int:
    """Take awards back."""
    with context.office(args, write=True) as office:
        day = context.day_given(args, "day", "--day")
        made = revoking.revoke(office, _named(args, office), day, args.ground, number=args.number)
        owed = sum(paying.outstanding(office, each) for each in made)
        lines = [f"{each.register:>9}  {each.name} · {each.revoked_ground}" for each in made]
        lines.append(tr_("To recover: {amount} đ", amount=dong(owed)))
        context.answer(args, {"revoked": [each.register for each in made], "to_recover": owed}, lines)
    return context.DONE


def correct(args: argparse.Namespace) -> int:
    """Correct an award by a new decision."""
    right = {each: getattr(args, each) for each in revoking.CORRECTABLE if getattr(args, each) is not None}
    for each, option in (("achieved_from", "--from"), ("achieved_to", "--to")):
        if each in right:
            right[each] = parse_day(right[each], field=option, today=context.today(args))
    with context.office(args, write=True) as office:
        correction = revoking.Correction(
            number=args.number,
            day=context.day_given(args, "day", "--day"),
            right=right,
            signers=signers_of(args),
            head=head_of(args),
        )
        decision, new = revoking.correct(office, award_named(office, args.award), correction)
        found = {"decision": decision.id, "award": new.id, "register": new.register}
        context.answer(args, found, [tr_("Corrected by {register}: {name}", register=new.register, name=new.name)])
    return context.DONE


def write_paper(args: argparse.Namespace) -> int:
    """Write one paper."""
    day, path = context.day_given(args, "day", "--day"), Path(args.out)
    with context.office(args, write=True) as office:
        paper = _paper(office, args, day)
        paper.write(path, **paper_options.way_of(args, office))
        context.answer(args, {"file": str(path)}, [tr_("Written: {path}", path=path)])
    return context.DONE


def _paper(office: Office, args: argparse.Namespace, day: date) -> BookPaper:
    from exports.papers import award_papers  # noqa: PLC0415  # pages are heavy

    given = paper_options.given_of(args)
    if args.kind == "register":
        return award_papers.register_of_year(office, _year(office, args), day)
    if args.kind == "summary":
        return award_papers.summary_of_year(office, args.year or _year(office, args), day, given)
    if args.kind in ("achievement", "profile", "profiles"):
        if not split_ids(args.people):
            raise InputError(t("Nobody is named"), do=t("name them with --people"))
        return award_papers.people_papers(office, split_ids(args.people), day, given)[args.kind]
    if args.kind in ("decision", "annex", "notice", "money"):
        if not args.decision:
            raise InputError(t("No decision is named"), do=t("name it with --decision NUMBER"))
        decision = decisions.decision_by_number(office, args.decision)
        return award_papers.decision_papers(office, decision, day, given)[args.kind]
    return award_papers.list_papers(office, proposing.list_of(office, args.list), day, given)[args.kind]
