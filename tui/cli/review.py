"""`review`: open, show, decide, sign, compare and correct reviews of the roster."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.speech import language, say, say_
from config.text import t
from records.desks import deciding, review_signing, reviews, surveying
from records.desks.lists import log_export
from records.desks.office import Office
from records.domain.dates import parse_day
from records.domain.reviews import OUTCOMES, Review, ReviewLine
from records.rules.words import OUTCOME_WORDS, VERDICT_WORDS
from tui.cli import door, words


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verbs to the command line."""
    noun = nouns.add_parser("review", help=say_("reviews of the roster"), parents=[shared])
    verbs = noun.add_subparsers(required=True, metavar=say_("VERB"))

    def verb(name: str, help_: str, run: Any) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(name, help=help_, parents=[shared])
        made.set_defaults(run=run)
        return made

    opening = verb("open", say_("take the snapshot of a scope and propose outcomes"), open_one)
    opening.add_argument("title", help=say_("what the review is called"))
    words.add_scope(opening)
    showing = verb("show", say_("list reviews, or show one and write its papers"), show)
    showing.add_argument("review", nargs="?", default="", help=say_("code of the review, or “last”"))
    showing.add_argument("--out", default="", metavar="FILE", help=say_("write a paper to this .xlsx or .pdf"))
    showing.add_argument("--paper", choices=("list", "summary", "annex"), default="list", help=say_("which paper"))
    showing.add_argument("--overwrite", action="store_true", help=say_("replace the file if it is there"))
    _add_set(verb("set", say_("decide on people of a review"), set_some))
    _add_sign(verb("sign", say_("lock a review and write its ends and renewals"), sign_one))
    comparing = verb("compare", say_("against another review or the roster of a day"), compare)
    comparing.add_argument("review", help=say_("code of the review, or “last”"))
    comparing.add_argument("--with", dest="other", default="", metavar="REVIEW", help=say_("another review"))
    comparing.add_argument("--day", default="", help=say_("the roster of this day"))
    correcting = verb("correct", say_("open a correction of a signed review"), correct)
    correcting.add_argument("review", help=say_("code of the review, or “last”"))
    correcting.add_argument("--people", nargs="+", required=True, metavar="CODE", help=say_("codes of people"))
    correcting.add_argument("--reason", required=True, help=say_("what was wrong"))
    correcting.add_argument("--on", default="", metavar="DAY", help=say_("the day asked about"))


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", help=say_("code of the review, or “last”"))
    parser.add_argument("--people", nargs="+", default=[], metavar="CODE", help=say_("codes of people"))
    parser.add_argument("--rest", action="store_true", help=say_("everybody who is not decided yet"))
    parser.add_argument("--outcome", default="", choices=("", *OUTCOMES), help=say_("without it, what is proposed"))
    parser.add_argument("--reason", default="", help=say_("why it is not what is proposed"))
    parser.add_argument("--candidate", default="", metavar="CODE", help=say_("bring this person in as a candidate"))
    parser.add_argument("--role", default="", help=say_("role of the candidate"))
    parser.add_argument("--level", default="", help=say_("level of the candidate"))


def _add_sign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", help=say_("code of the review, or “last”"))
    parser.add_argument("--number", required=True, help=say_("number of the decision"))
    parser.add_argument("--day", default="", help=say_("day of the decision"))
    parser.add_argument("--effective", default="", metavar="DAY", help=say_("first day of force; the decision's day"))
    parser.add_argument("--until", default="", metavar="DAY", help=say_("last day of the new terms"))
    parser.add_argument("--renew", choices=("expired", "all"), default="expired", help=say_("whose terms begin anew"))
    parser.add_argument("--signer-title", default="", help=say_("title of the signer"))
    parser.add_argument("--signer", default="", help=say_("name of the signer"))


def open_one(args: argparse.Namespace) -> int:
    """Open a review."""
    on = door.day_given(args, "on", "--on")
    with door.office(args, write=True) as office:
        opening = reviews.Opening(title=args.title, on=on, scope=words.scope(args))
        review = reviews.open_review(office, opening)
        if review is not None:
            _answer(args, office, review)
    return door.DONE


def show(args: argparse.Namespace) -> int:
    """List the reviews, or show one line by line."""
    with door.office(args, write=bool(args.out)) as office:
        if not args.review:
            found = sorted(office.book.table(Review), key=lambda each: each.id)
            lines = [_title(each) for each in found] or [say_("No review yet; open one with “review open”")]
            door.answer(args, {"reviews": [_plain(each) for each in found]}, lines)
            return door.DONE
        review = reviews.the_review(office, args.review)
        _answer(args, office, review, whole=True)
        if args.out:
            from exports.reviews import write_review  # noqa: PLC0415  # pages are heavy

            path = Path(args.out)
            log = partial(log_export, office)
            write_review(office, review, args.paper, path, overwrite=args.overwrite, log=log)
            if not args.json:
                print(say_("Written: {path}", path=path))
    return door.DONE


def set_some(args: argparse.Namespace) -> int:
    """Decide on people, or bring a candidate in."""
    with door.office(args, write=True) as office:
        review = reviews.the_review(office, args.review)
        if args.candidate:
            deciding.add_candidate(office, review, args.candidate, args.role, args.level)
        else:
            deciding.set_outcome(office, _chosen(office, review, args), args.outcome, args.reason)
        _answer(args, office, review)
    return door.DONE


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
    day = door.day_given(args, "day", "--day")
    today = door.today(args)
    with door.office(args, write=True) as office:
        review = reviews.the_review(office, args.review)
        signature = review_signing.Signature(
            number=args.number,
            day=day,
            effective=parse_day(args.effective, field="--effective", today=today) if args.effective else day,
            renewed_until=parse_day(args.until, field="--until", today=today) if args.until else None,
            renew=args.renew,
            signer_title=args.signer_title,
            signer_name=args.signer,
        )
        _answer(args, office, review_signing.sign(office, review, signature), gaps=True)
    return door.DONE


def compare(args: argparse.Namespace) -> int:
    """Compare a review; exit 1 when there is any difference."""
    with door.office(args) as office:
        review = reviews.the_review(office, args.review)
        if args.day:
            found = surveying.compare_with_day(office, review, door.day_given(args, "day", "--day"))
        else:
            other = args.other or review.previous
            if not other:
                raise InputError(t("There is no review before this one"), do=t("name another with --with, or a --day"))
            found = surveying.compare_reviews(office, reviews.the_review(office, other), review)
        told = {
            "came": [_line(each) for each in found.came],
            "went": [_line(each) for each in found.went],
            "changed": [{"before": _line(old), "now": _line(new)} for old, new in found.changed],
        }
        lines = [
            *(f"+ {_short(each)}" for each in found.came),
            *(f"- {_short(each)}" for each in found.went),
            *(f"~ {_short(old)} → {_state(new)}" for old, new in found.changed),
        ]
        count = t(
            "{came} came, {went} went, {changed} changed",
            came=len(found.came),
            went=len(found.went),
            changed=len(found.changed),
        )
        door.answer(args, told, [*lines, say(count)])
        return door.FINDINGS if lines else door.DONE


def correct(args: argparse.Namespace) -> int:
    """Open a correction of a signed review."""
    on = door.day_given(args, "on", "--on")
    with door.office(args, write=True) as office:
        review = reviews.the_review(office, args.review)
        _answer(args, office, review_signing.open_correction(office, review, args.people, args.reason, on))
    return door.DONE


def _answer(
    args: argparse.Namespace, office: Office, review: Review, *, whole: bool = False, gaps: bool = False
) -> None:
    lines = reviews.lines_of(office, review)
    found = surveying.tally(lines)
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
        f"{say(OUTCOME_WORDS[each])}: {found.outcomes[each]}" for each in OUTCOMES if found.outcomes[each]
    )
    counted = say_(
        "{people} people, {decided} of {lines} lines decided",
        people=found.people,
        decided=found.decided,
        lines=found.lines,
    )
    shown = [_title(review), *_list(lines if whole else ()), f"{counted} · {outcomes}"]
    if gaps:
        between = review_signing.gaps(office, review)
        told["gaps"] = [{"name": name, "ended": str(last), "begins": str(first)} for name, last, first in between]
        shown += [gap_words(name, last, first) for name, last, first in between]
    door.answer(args, told, shown)


def gap_words(name: str, last: date, first: date) -> str:
    """That somebody is without a term for some days, as a sentence."""
    return say_("{name}: the term ended on {last}, the new one begins on {first}", name=name, last=last, first=first)


def _list(lines: Sequence[ReviewLine]) -> list[str]:
    made = []
    for each in lines:
        why = "; ".join(_why(each))
        made.append(f"{each.person}  {_short(each)}{' · ' + why if why else ''}")
        if each.reason:
            made.append("    " + say_("Reason: {reason}", reason=each.reason))
    return made


def _why(line: ReviewLine) -> list[str]:
    titles = [(each.title_vi if language() == "vi" else each.title_en, each) for each in line.seen]
    return [f"{title}: {say(each.reason.text())}" for title, each in titles if each.verdict in ("not_met", "unknown")]


def _title(review: Review) -> str:
    state = (
        say_("signed {day}, {number}", day=review.signed, number=review.number) if review.signed else say_("still open")
    )
    kind = [say_("correction of {id}", id=review.corrects)] if review.corrects else []
    return " · ".join((f"{review.id}  {review.title}", f"{review.on:%d/%m/%Y}", *kind, state))


def _short(line: ReviewLine) -> str:
    return f"{line.name} · {line.unit_name} · {_state(line)}"


def _state(line: ReviewLine) -> str:
    outcome = say(OUTCOME_WORDS[line.stands]) + ("" if line.outcome else " " + say_("(proposed)"))
    return f"{say(VERDICT_WORDS[line.verdict])} · {outcome}"


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
        "why": _why(line),
    }
