"""`config compare`: a new file of settings beside the present one, before it is accepted."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

from config.i18n import tr, tr_
from records.services.lists import log_export
from records.services.office import Office
from records.services.standards.comparing import (
    Comparison,
    Moved,
    about_words,
    accept,
    compare,
    cost_words,
    side_words,
)
from records.services.standards.differences import value_words
from tui.cli import context


def fill(parser: argparse.ArgumentParser, _shared: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("file", metavar="FILE.yaml")
    parser.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about"))
    parser.add_argument("--out", default="", metavar="FILE", help=tr_("write it as a paper, .pdf, .docx or .xlsx"))
    parser.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is already there"))
    parser.add_argument("--accept", action="store_true", help=tr_("take it over into the settings of this book"))
    parser.set_defaults(run=compare_file)


def compare_file(args: argparse.Namespace) -> int:
    """Say what would change; with --accept also change it, as one line of the journal."""
    day, path = context.day_given(args, "on", "--on"), Path(args.file)
    with context.office(args, write=args.accept or bool(args.out)) as office:
        seen = compare(office, path, day)
        if args.out:
            _write(office, seen, day, args)
        accepted = args.accept and bool(seen.changes)
        if accepted:
            accept(office, path, seen, day)
        context.answer(args, _told(seen, args, accepted=accepted), _lines(office, seen, args, accepted=accepted))
    return context.DONE


def _write(office: Office, seen: Comparison, day: date, args: argparse.Namespace) -> None:
    from exports.papers.comparing import write_comparison  # noqa: PLC0415  # ReportLab is heavy

    today, path = context.today(args), Path(args.out)
    log = partial(log_export, office)
    write_comparison(office, seen, day, path, day=today, log=log, overwrite=args.overwrite)


def _told(seen: Comparison, args: argparse.Namespace, *, accepted: bool) -> dict[str, object]:
    return {
        "file": seen.file,
        "changes": [
            {
                "place": each.place,
                "what": tr(each.label),
                "before": each.before,
                "after": each.after,
                "source": each.source,
            }
            for each in seen.changes
        ],
        "gain": [asdict(each) for each in seen.gain],
        "fall": [asdict(each) for each in seen.fall],
        "unknown": [asdict(each) for each in seen.unknown],
        "cost": {"before": seen.cost_before, "after": seen.cost_after},
        "accepted": accepted,
        **({"paper": args.out} if args.out else {}),
    }


def _lines(office: Office, seen: Comparison, args: argparse.Namespace, *, accepted: bool) -> list[str]:
    lines = [
        f"{tr(each.label) or each.place}: {_value(office, each.before)} → {_value(office, each.after)}"
        + (f" · {each.source}" if each.source else "")
        for each in seen.changes
    ] or [tr_("No value differs")]
    lines += _people(office, "+", tr_("Gain: {n}", n=len(seen.gain)), seen.gain)
    lines += _people(office, "-", tr_("Fall: {n}", n=len(seen.fall)), seen.fall)
    lines += _people(office, "?", tr_("Become not enough data: {n}", n=len(seen.unknown)), seen.unknown)
    if (cost := cost_words(seen)) is not None:
        lines.append(tr(cost))
    if args.out:
        lines.append(tr_("Written: {path}", path=args.out))
    told = tr_("Taken over into the settings of this book") if accepted else tr_("Nothing was changed.")
    return [*lines, told]


def _value(office: Office, value: object) -> str:
    return tr(value_words(value, office.settings))


def _people(office: Office, mark: str, heading: str, people: Sequence[Moved]) -> list[str]:
    lines = [heading]
    for each in people:
        before, after = map(tr, side_words(each))
        about = tr(about_words(office, each.about))
        lines.append(f"  {mark} {each.subject}  {each.name} · {each.unit} · {about}: {before} → {after}")
    return lines
