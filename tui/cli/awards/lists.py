"""`award lists|open|candidates|propose|withdraw|submit|appraise|council|budget`: before there is a decision."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.proposals import Appraisal, Candidate, Meeting, ProposalList
from records.domain.dates import parse_day
from records.rules.awards.words import APPRAISAL_WORDS, FORM_WORDS
from records.services.awards import appraising, proposing
from records.services.movements import dossiers
from records.services.office import Office
from tui.cli import context
from tui.cli.awards import budget
from tui.cli.options import split_ids


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    lists = actions.add_parser("lists", help=tr_("proposal lists, the newest first"), parents=[shared])
    lists.set_defaults(run=show_lists)
    begin = actions.add_parser("open", help=tr_("begin a proposal list"), parents=[shared])
    begin.add_argument("title", metavar="TITLE")
    begin.add_argument("--form", choices=tuple(FORM_WORDS), default="party", help=tr_("form of the awards on it"))
    begin.add_argument("--day", default="", help=tr_("day; today when left out"))
    begin.set_defaults(run=open_list)
    for verb, told, run in (
        ("candidates", tr_("who is on a list, and how far they are"), show_candidates),
        ("propose", tr_("put people or units on a list"), propose),
        ("withdraw", tr_("take candidates off a list"), withdraw),
        ("submit", tr_("note the paper with which a list went out"), submit),
        ("appraise", tr_("record what the office found"), appraise),
        ("council", tr_("enter the council's minutes and votes"), hold_meeting),
        ("budget", tr_("what a list would cost"), budget.show_budget),
    ):
        verb_parser = actions.add_parser(verb, help=told, parents=[shared])
        verb_parser.add_argument(
            "--list", default="", metavar="LIST", help=tr_("title or id; the newest when left out")
        )
        verb_parser.add_argument("--day", default="", help=tr_("day; today when left out"))
        verb_parser.set_defaults(run=run)
        _OPTIONS[verb](verb_parser)


def add_people(parser: argparse.ArgumentParser) -> None:
    """Add the options that name people or units."""
    parser.add_argument("--people", default="", metavar="ID,ID", help=tr_("codes of the people or units, with commas"))
    parser.add_argument("--people-file", metavar="FILE", help=tr_("a text file with one code a line"))


def people_named(args: argparse.Namespace) -> list[str]:
    """The codes given by the options of `add_people`. Raises InputError when the file cannot be read."""
    if not args.people_file:
        return split_ids(args.people)
    path = Path(args.people_file)
    try:
        return path.read_text("utf-8-sig").split()
    except (OSError, UnicodeDecodeError):
        raise InputError(
            t("The list of people cannot be read"), where=str(path), do=t("name a UTF-8 text file, one code a line")
        ) from None


def _no_options(_parser: argparse.ArgumentParser) -> None:
    """The list and the day are enough."""


def _propose_options(parser: argparse.ArgumentParser) -> None:
    add_people(parser)
    parser.add_argument("--prize", required=True, help=tr_("key of a prize in the settings"))
    parser.add_argument("--citation", required=True, help=tr_("the achievement, letter for letter"))
    parser.add_argument("--from", dest="start", required=True, help=tr_("first day of the achievement"))
    parser.add_argument("--to", dest="end", required=True, help=tr_("last day of the achievement"))


def _submit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--number", required=True, help=tr_("number of the paper, such as 12-TTr/BTG"))


def _appraise_options(parser: argparse.ArgumentParser) -> None:
    add_people(parser)
    parser.add_argument("--verdict", choices=("agreed", "refused", "returned", "open"), default="agreed")
    parser.add_argument("--reason", default="", help=tr_("why; asked for when refused or returned"))


def _council_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--members", type=int, required=True, metavar="N", help=tr_("members of the council"))
    parser.add_argument("--present", type=int, required=True, metavar="N", help=tr_("how many of them came"))
    parser.add_argument("--number", default="", help=tr_("number of the minutes"))
    parser.add_argument("--place", default="", help=tr_("where"))
    parser.add_argument("--chair", default="", help=tr_("who took the chair"))
    parser.add_argument("--secretary", default="", help=tr_("who wrote the minutes"))
    parser.add_argument("--all", type=int, dest="everybody", metavar="N", help=tr_("votes for everybody not named"))
    parser.add_argument("votes", nargs="*", metavar="ID=N", help=tr_("votes for one candidate"))


_OPTIONS = {
    "candidates": _no_options,
    "propose": _propose_options,
    "withdraw": add_people,
    "submit": _submit_options,
    "appraise": _appraise_options,
    "council": _council_options,
    "budget": _no_options,
}


def show_lists(args: argparse.Namespace) -> int:
    """List the proposal lists."""
    with context.office(args) as office:
        rows = [_list(office, each) for each in reversed(office.book.table(ProposalList).all())]
        lines = [
            f"{row['id']}  {row['opened']}  {row['title']} · {tr(FORM_WORDS[row['form']])} · {row['candidates']} · "
            + tr_("decided {n}", n=row["decided"])
            for row in rows
        ]
        empty = [tr_("No proposal list is in the book; begin one with “award open”")]
        context.answer(args, {"lists": rows}, lines or empty)
    return context.DONE


def _list(office: Office, proposals: ProposalList) -> dict[str, Any]:
    candidates = proposing.candidates_of(office, proposals)
    return {
        "id": proposals.id,
        "title": proposals.title,
        "form": proposals.form,
        "opened": proposals.opened.isoformat(),
        "number": proposals.number,
        "candidates": len(candidates),
        "decided": sum(bool(each.award) for each in candidates),
    }


def open_list(args: argparse.Namespace) -> int:
    """Begin a list."""
    with context.office(args, write=True) as office:
        made = proposing.open_list(office, args.title, args.form, context.day_given(args, "day", "--day"))
        context.answer(args, _list(office, made), [tr_("Begun: {title} ({id})", title=made.title, id=made.id)])
    return context.DONE


def show_candidates(args: argparse.Namespace) -> int:
    """List the candidates of a list."""
    with context.office(args) as office:
        _show(args, office, proposing.list_of(office, args.list))
    return context.DONE


def _show(args: argparse.Namespace, office: Office, proposals: ProposalList) -> None:
    day = context.day_given(args, "day", "--day")
    names, found = office.names(), appraising.results(office, proposals, day)
    rows = [
        {
            "id": each.id,
            "subject": each.subject,
            "name": names.get(each.subject, ""),
            "prize": each.prize,
            "citation": each.citation,
            "appraisal": each.appraisal,
            "state": tr(APPRAISAL_WORDS[each.appraisal]),
            "appraisal_reason": each.appraisal_reason,
            "files": len(dossiers.files_of(office, each.id)),
            "votes": each.votes,
            "passed": found[each.id].passed,
            "reason": tr(found[each.id].reason),
            "confidence": found[each.id].confidence,
            "award": each.award,
        }
        for each in proposing.candidates_of(office, proposals)
    ]
    lines = [" · ".join(str(row[each]) for each in ("subject", "name", "prize", "state", "reason")) for row in rows]
    context.answer(
        args, {"list": _list(office, proposals), "candidates": rows}, lines or [tr_("Nobody is on the list")]
    )


def propose(args: argparse.Namespace) -> int:
    """Put people or units on a list."""
    today = context.today(args)
    with context.office(args, write=True) as office:
        proposals = proposing.list_of(office, args.list)
        nomination = proposing.Nomination(
            subjects=people_named(args),
            prize=args.prize,
            citation=args.citation,
            achieved_from=parse_day(args.start, field="--from", today=today),
            achieved_to=parse_day(args.end, field="--to", today=today),
        )
        proposing.nominate(office, proposals, nomination, context.day_given(args, "day", "--day"))
        _show(args, office, proposals)
    return context.DONE


def _chosen(args: argparse.Namespace, office: Office, proposals: ProposalList) -> list[Candidate]:
    """The candidates named, or all that are not decided when nobody is named."""
    named = people_named(args)
    every = proposing.candidates_of(office, proposals)
    for each in named:
        if each not in {one.subject for one in every} | {one.id for one in every}:
            raise InputError(t("{id} is not on the list", id=each), do=t("see “award candidates”"))
    return [one for one in every if (one.subject in named or one.id in named if named else not one.award)]


def withdraw(args: argparse.Namespace) -> int:
    """Take candidates off a list."""
    with context.office(args, write=True) as office:
        proposals = proposing.list_of(office, args.list)
        if not people_named(args):
            raise InputError(t("Nobody is named"), do=t("name them with --people"))
        proposing.withdraw(office, _chosen(args, office, proposals))
        _show(args, office, proposals)
    return context.DONE


def submit(args: argparse.Namespace) -> int:
    """Note the paper of a list."""
    with context.office(args, write=True) as office:
        proposals = proposing.list_of(office, args.list)
        sent = proposing.submit(office, proposals, args.number, context.day_given(args, "day", "--day"))
        context.answer(args, _list(office, sent), [tr_("Proposed by {number}", number=sent.number)])
    return context.DONE


def appraise(args: argparse.Namespace) -> int:
    """Record what was found; of everybody when nobody is named."""
    with context.office(args, write=True) as office:
        proposals = proposing.list_of(office, args.list)
        verdict: Appraisal = "" if args.verdict == "open" else args.verdict
        day = context.day_given(args, "day", "--day")
        appraising.appraise(office, _chosen(args, office, proposals), verdict, reason=args.reason, day=day)
        _show(args, office, proposals)
    return context.DONE


def hold_meeting(args: argparse.Namespace) -> int:
    """Enter the minutes and the votes."""
    with context.office(args, write=True) as office:
        proposals = proposing.list_of(office, args.list)
        meeting = Meeting(
            id="",
            list=proposals.id,
            day=context.day_given(args, "day", "--day"),
            members=args.members,
            present=args.present,
            number=args.number,
            place=args.place,
            chair=args.chair,
            secretary=args.secretary,
        )
        appraising.hold_meeting(office, meeting, _votes(args, office, proposals))
        _show(args, office, proposals)
    return context.DONE


def _votes(args: argparse.Namespace, office: Office, proposals: ProposalList) -> dict[str, int]:
    every = [each for each in proposing.candidates_of(office, proposals) if not each.award]
    votes = {each.id: args.everybody for each in every} if args.everybody is not None else {}
    for typed in args.votes:
        code, _, number = typed.partition("=")
        meant = [each for each in every if code.strip() in (each.id, each.subject)]
        if not meant or not number.strip().isdecimal():
            raise InputError(t("“{typed}” is no vote", typed=typed), do=t("write CODE=NUMBER, such as TN-P-00012=7"))
        votes |= {each.id: int(number) for each in meant}
    return votes
