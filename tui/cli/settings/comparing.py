"""`config compare`: a new file of settings beside the present one, before it is accepted."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from config.i18n import tr, tr_
from config.text import Text
from records.rules.awards.words import dong
from records.rules.emulation.words import RATING_WORDS
from records.rules.words import VERDICT_WORDS
from records.services.standards.comparing import Comparison, Moved, accept, compare
from tui.cli import context

_WORDS: dict[str, Text] = {**VERDICT_WORDS, **RATING_WORDS}


def fill(parser: argparse.ArgumentParser, _shared: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("file", metavar="FILE.yaml")
    parser.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about"))
    parser.add_argument("--accept", action="store_true", help=tr_("take it over into the settings of this book"))
    parser.set_defaults(run=compare_file)


def compare_file(args: argparse.Namespace) -> int:
    """Say what would change; with --accept also change it, as one line of the journal."""
    day, path = context.day_given(args, "on", "--on"), Path(args.file)
    with context.office(args, write=args.accept) as office:
        seen = compare(office, path, day)
        if args.accept:
            accept(office, path, day)
        context.answer(args, _told(seen, accepted=args.accept), _lines(seen, accepted=args.accept))
    return context.DONE


def _told(seen: Comparison, *, accepted: bool) -> dict[str, object]:
    return {
        "file": seen.file,
        "changes": [asdict(each) for each in seen.changes],
        "gain": [asdict(each) for each in seen.gain],
        "fall": [asdict(each) for each in seen.fall],
        "unknown": [asdict(each) for each in seen.unknown],
        "cost": {"before": seen.cost_before, "after": seen.cost_after},
        "accepted": accepted,
    }


def _lines(seen: Comparison, *, accepted: bool) -> list[str]:
    lines = [
        f"{each.place}: {'—' if each.before is None else each.before} → {'—' if each.after is None else each.after}"
        + (f" · {each.source}" if each.source else "")
        for each in seen.changes
    ] or [tr_("No value differs")]
    lines += _people("+", tr_("Gain: {n}", n=len(seen.gain)), seen.gain)
    lines += _people("-", tr_("Fall: {n}", n=len(seen.fall)), seen.fall)
    lines += _people("?", tr_("Become not enough data: {n}", n=len(seen.unknown)), seen.unknown)
    if seen.cost_before or seen.cost_after:
        more = dong(abs(seen.cost_after - seen.cost_before))
        sign = "−" if seen.cost_after < seen.cost_before else "+"
        before, after = dong(seen.cost_before), dong(seen.cost_after)
        lines.append(tr_("Cost of a year: {before} → {after} đ ({sign}{more})", before=before, after=after, sign=sign, more=more))  # fmt: skip  # noqa: E501
    told = tr_("Taken over into the settings of this book") if accepted else tr_("Nothing was written.")
    return [*lines, told]


def _people(mark: str, heading: str, people: Sequence[Moved]) -> list[str]:
    lines = [
        f"  {mark} {each.subject}  {each.name} · {each.unit} · {each.about}: {_word(each.before)} → {_word(each.after)}"
        for each in sorted(people, key=lambda one: (one.unit, one.about, one.name))
    ]
    return [heading, *lines]


def _word(key: str) -> str:
    return tr(_WORDS[key]) if key in _WORDS else key
