"""`check`: who meets the standard of a day, and why."""

from __future__ import annotations

import argparse
from collections import Counter
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.findings import Finding, Judgement, Verdict
from records.domain.people.person import Person
from records.rules.words import CONFIDENCE_WORDS, VERDICT_WORDS
from records.services.lists import log_export
from records.services.office import Office
from records.services.standards.checks import check
from tui.cli import context, options
from tui.cli.standards import outlook
from tui.present.rights.access import withheld_lines, withheld_told
from tui.present.rights.restricted import left_out_of
from tui.present.words import role_title


def fill(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    options.add_scope(parser)
    parser.add_argument("--out", metavar="FILE", help=tr_("write the list to this .xlsx or .csv"))
    parser.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    parser.set_defaults(run=check_people)
    outlook.add(parser.add_subparsers(metavar=tr_("VERB")), shared)


def check_people(args: argparse.Namespace) -> int:
    """Judge the people of a scope; exit 1 when somebody does not surely meet the standard."""
    on = context.day_given(args, "on", "--on")
    with context.office(args, write=bool(args.out)) as office:
        judged = check(office, on, options.scope(args))
        if args.out:
            from exports.lists.checks import write_check  # noqa: PLC0415  # spreadsheets are heavy

            names, log = office.unit_names(on), partial(log_export, office)
            write_check(judged, names, office.settings, Path(args.out), on=on, overwrite=args.overwrite, log=log)
        missing, said = left_out_of(office, on, replace(options.scope(args), holding=True))
        found = {"on": on.isoformat(), "people": [_person(office, person, each) for person, each in judged],
                 **withheld_told(office), **missing}  # fmt: skip
        context.answer(args, found, [*_told(office, judged), *said, *withheld_lines(office)])
        if args.out and not args.json:
            print(tr_("Written: {path}", path=args.out))
    settled = {Verdict.MET, Verdict.NOT_APPLICABLE}
    return context.DONE if all(each.verdict in settled for _, each in judged) else context.FINDINGS


def _person(office: Office, person: Person, judged: Judgement) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "role": judged.role,
        "verdict": judged.verdict.value,
        "findings": [_finding(office, each) for each in judged.findings],
    }


def _finding(office: Office, finding: Finding) -> dict[str, object]:
    return {
        "criterion": finding.criterion,
        "verdict": finding.verdict.value,
        "reason": tr(finding.reason),
        "source": office.settings.source(finding.source).title,
        "confidence": finding.confidence,
        "until": finding.until.isoformat() if finding.until else None,
        "records": list(finding.records),
        "missing": [tr(each) for each in finding.lacking()],
    }


def _told(office: Office, judged: list[tuple[Person, Judgement]]) -> list[str]:
    lines = []
    for person, each in judged:
        role = role_title(office, each.role)
        lines.append(f"{person.id}  {person.name} · {role}: {tr(VERDICT_WORDS[each.verdict])}")
        for finding in each.findings:
            if finding.verdict is Verdict.MET:
                continue
            source = office.settings.source(finding.source).title
            lines.append(
                f"    {finding.title.in_language(language())}: {tr(VERDICT_WORDS[finding.verdict])}. "
                f"{tr(finding.reason)} [{source}; {tr(CONFIDENCE_WORDS[finding.confidence])}]"
            )
            lines += [f"        {tr_('Missing: {what}', what=each)}" for each in finding.lacking()]
    counts = Counter(each.verdict for _, each in judged)
    summary = [f"{tr(VERDICT_WORDS[verdict])}: {counts[verdict]}" for verdict in Verdict if counts[verdict]]
    return [*lines, " · ".join(summary) or tr(t("Nobody is in this scope"))]
