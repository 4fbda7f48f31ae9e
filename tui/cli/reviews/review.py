"""`review`: open, show, decide, sign, compare and correct reviews of the roster."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import parse_day
from records.domain.reviews import OUTCOMES, Review, ReviewLine
from records.rules.words import OUTCOME_WORDS
from records.services.access.telling import told_lines
from records.services.lists import log_export
from records.services.office import Office
from records.services.reviews import deciding, review_summary, reviews, signing
from tui.cli import context, options, paper_options
from tui.present.reviews import difference_lines, gap_words, line_short, review_title, why_lines
from tui.present.rights.restricted import LeftOut, left_out_of


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    verbs = noun.add_subparsers(required=True, metavar=tr_("VERB"))

    def verb(name: str, help_: str, run: Any) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(name, help=help_, parents=[shared])
        made.set_defaults(run=run)
        return made

    opening = verb("open", tr_("take the snapshot of a scope and propose outcomes"), open_one)
    opening.add_argument("title", help=tr_("what the review is called"))
    options.add_scope(opening)
    showing = verb("show", tr_("list reviews, or show one and write its papers"), show)
    showing.add_argument("review", nargs="?", default="", help=tr_("code of the review, or “last”"))
    showing.add_argument("--out", default="", metavar="FILE", help=tr_("write a paper to this .xlsx or .pdf"))
    showing.add_argument("--paper", choices=("list", "summary", "annex"), default="list", help=tr_("which paper"))
    _add_paper(verb("paper", tr_("write a paper of a review: .pdf, .docx, .xlsx"), write_paper))
    showing.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    _add_set(verb("set", tr_("decide on people of a review"), set_some))
    _add_sign(verb("sign", tr_("lock a review and write its ends and renewals"), sign_one))
    comparing = verb("compare", tr_("against another review or the roster of a day"), compare)
    comparing.add_argument("review", help=tr_("code of the review, or “last”"))
    comparing.add_argument("--with", dest="other", default="", metavar="REVIEW", help=tr_("another review"))
    comparing.add_argument("--day", default="", help=tr_("the roster of this day"))
    correcting = verb("correct", tr_("open a correction of a signed review"), correct)
    correcting.add_argument("review", help=tr_("code of the review, or “last”"))
    correcting.add_argument("--people", nargs="+", required=True, metavar="CODE", help=tr_("codes of people"))
    correcting.add_argument("--reason", required=True, help=tr_("what was wrong"))
    correcting.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about"))


def _add_paper(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("list", "summary", "annex", "decision", "profiles"))
    parser.add_argument("review", nargs="?", default="last", help=tr_("code of the review, or “last”"))
    paper_options.add_given(parser)
    paper_options.add_out(parser)


def write_paper(args: argparse.Namespace) -> int:
    """Write one paper of a review."""
    from exports.papers.reviews import review_papers  # noqa: PLC0415  # pages are heavy

    path = Path(args.out)
    with context.office(args, write=True) as office:
        review = reviews.the_review(office, args.review)
        paper = review_papers(office, review, paper_options.given_of(args))[args.kind]
        paper.write(path, **paper_options.way_of(args, office))
        context.answer(args, {"file": str(path)}, [tr_("Written: {path}", path=path)])
    return context.DONE


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", help=tr_("code of the review, or “last”"))
    parser.add_argument("--people", nargs="+", default=[], metavar="CODE", help=tr_("codes of people"))
    parser.add_argument("--rest", action="store_true", help=tr_("everybody who is not decided yet"))
    parser.add_argument("--outcome", default="", choices=("", *OUTCOMES), help=tr_("without it, what is proposed"))
    parser.add_argument("--reason", default="", help=tr_("why it is not what is proposed"))
    parser.add_argument("--candidate", default="", metavar="CODE", help=tr_("bring this person in as a candidate"))
    parser.add_argument("--role", default="", help=tr_("role of the candidate"))
    parser.add_argument("--level", default="", help=tr_("level of the candidate"))


def _add_sign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", help=tr_("code of the review, or “last”"))
    parser.add_argument("--number", required=True, help=tr_("number of the decision"))
    parser.add_argument("--day", default="", help=tr_("day of the decision"))
    parser.add_argument("--effective", default="", metavar="DAY", help=tr_("first day of force; the decision's day"))
    parser.add_argument("--until", default="", metavar="DAY", help=tr_("last day of the new terms"))
    parser.add_argument("--renew", choices=("expired", "all"), default="expired", help=tr_("whose terms begin anew"))
    parser.add_argument("--signer-title", default="", help=tr_("title of the signer"))
    parser.add_argument("--signer", default="", help=tr_("name of the signer"))


def open_one(args: argparse.Namespace) -> int:
    """Open a review."""
    on = context.day_given(args, "on", "--on")
    with context.office(args, write=True) as office:
        opening = reviews.Opening(title=args.title, on=on, scope=options.scope(args))
        review = reviews.open_review(office, opening)
        if review is not None:
            _answer(args, office, review, left_out=left_out_of(office, on, replace(opening.scope, holding=True)))
    return context.DONE


def show(args: argparse.Namespace) -> int:
    """List the reviews, or show one line by line."""
    with context.office(args, write=bool(args.out)) as office:
        if not args.review:
            found = sorted(office.book.table(Review), key=lambda each: each.id)
            lines = [_title(each) for each in found] or [tr_("No review yet; open one with “review open”")]
            context.answer(args, {"reviews": [_plain(each) for each in found]}, lines)
            return context.DONE
        review = reviews.the_review(office, args.review)
        if args.out:
            from exports.papers.reviews import write_review  # noqa: PLC0415  # pages are heavy

            path, log = Path(args.out), partial(log_export, office)
            write_review(office, review, args.paper, path, overwrite=args.overwrite, log=log)
        _answer(args, office, review, whole=True)
        if args.out and not args.json:
            print(tr_("Written: {path}", path=args.out))
    return context.DONE


def set_some(args: argparse.Namespace) -> int:
    """Decide on people, or bring a candidate in."""
    with context.office(args, write=True) as office:
        review = reviews.the_review(office, args.review)
        if args.candidate:
            deciding.add_candidate(office, review, args.candidate, args.role, args.level)
        else:
            deciding.set_outcome(office, _chosen(office, review, args), args.outcome, args.reason)
        _answer(args, office, review)
    return context.DONE


def _chosen(office: Office, review: Review, args: argparse.Namespace) -> list[ReviewLine]:
    lines = reviews.lines_of(office, review)
    strangers = sorted(set(args.people) - {each.person for each in lines})
    if strangers:
        raise InputError(
            t("{given} is not in the review", given=", ".join(strangers)),
            do=t("name people of the review by their code"),
        )
    if args.rest:
        return [each for each in lines if not each.outcome]
    return [each for each in lines if each.person in args.people and args.role in ("", each.role)]


def sign_one(args: argparse.Namespace) -> int:
    """Sign a review."""
    day = context.day_given(args, "day", "--day")
    today = context.today(args)
    with context.office(args, write=True) as office:
        review = reviews.the_review(office, args.review)
        signature = signing.Signature(
            number=args.number,
            day=day,
            effective=parse_day(args.effective, field="--effective", today=today) if args.effective else day,
            renewed_until=parse_day(args.until, field="--until", today=today) if args.until else None,
            renew=args.renew,
            signer_title=args.signer_title,
            signer_name=args.signer,
        )
        _answer(args, office, signing.sign(office, review, signature), gaps=True)
    return context.DONE


def compare(args: argparse.Namespace) -> int:
    """Compare a review; exit 1 when there is any difference."""
    with context.office(args) as office:
        review = reviews.the_review(office, args.review)
        if args.day:
            found = review_summary.compare_with_day(office, review, context.day_given(args, "day", "--day"))
        else:
            other = args.other or review.previous
            if not other:
                raise InputError(t("There is no review before this one"), do=t("name another with --with, or a --day"))
            found = review_summary.compare_reviews(office, reviews.the_review(office, other), review)
        told = {
            "came": [_line(each) for each in found.came],
            "went": [_line(each) for each in found.went],
            "changed": [{"before": _line(old), "now": _line(new)} for old, new in found.changed],
        }
        context.answer(args, told, difference_lines(found))
        return context.FINDINGS if found.came or found.went or found.changed else context.DONE


def correct(args: argparse.Namespace) -> int:
    """Open a correction of a signed review."""
    on = context.day_given(args, "on", "--on")
    with context.office(args, write=True) as office:
        review = reviews.the_review(office, args.review)
        _answer(args, office, signing.open_correction(office, review, args.people, args.reason, on))
    return context.DONE


def _answer(
    args: argparse.Namespace,
    office: Office,
    review: Review,
    *,
    whole: bool = False,
    gaps: bool = False,
    left_out: LeftOut = ({}, []),  # never changed
) -> None:
    lines = told_lines(office, reviews.lines_of(office, review))
    found = review_summary.tally(lines)
    told: dict[str, object] = {
        **_plain(review),
        "lines": found.lines,
        "people": found.people,
        "decided": found.decided,
        "outcomes": dict(found.outcomes),
    }
    if whole:
        told["list"] = [_line(each) for each in lines]
    outcomes = " · ".join(
        f"{tr(OUTCOME_WORDS[each])}: {found.outcomes[each]}" for each in OUTCOMES if found.outcomes[each]
    )
    counted = tr_(
        "{people} people, {decided} of {lines} lines decided",
        people=found.people,
        decided=found.decided,
        lines=found.lines,
    )
    shown = [_title(review), *_list(lines if whole else ()), f"{counted} · {outcomes}"]
    if gaps:
        between = signing.gaps(office, review)
        told["gaps"] = [{"name": name, "ended": str(last), "begins": str(first)} for name, last, first in between]
        shown += [gap_words(name, last, first) for name, last, first in between]
    context.answer(args, {**told, **left_out[0]}, [*shown, *left_out[1]])


def _list(lines: Sequence[ReviewLine]) -> list[str]:
    made = []
    for each in lines:
        why = "; ".join(why_lines(each))
        made.append(f"{each.person}  {line_short(each)}{' · ' + why if why else ''}")
        if each.reason:
            made.append("    " + tr_("Reason: {reason}", reason=each.reason))
    return made


def _title(review: Review) -> str:
    return f"{review.id}  {review.title} · {review_title(review)}"


def _plain(review: Review) -> dict[str, object]:
    return {
        "id": review.id,
        "title": review.title,
        "on": review.on.isoformat(),
        "signed": review.signed.isoformat() if review.signed else None,
        "number": review.number,
        "corrects": review.corrects,
        "previous": review.previous,
        "ended": list(review.ended),
        "renewed": list(review.renewed),
        "added": list(review.added),
    }


def _line(line: ReviewLine) -> dict[str, object]:
    return {
        "person": line.person,
        "name": line.name,
        "role": line.role,
        "level": line.level,
        "unit": line.unit_name,
        "verdict": line.verdict,
        "proposed": line.proposed,
        "outcome": line.outcome,
        "reason": line.reason,
        "why": why_lines(line),
    }
