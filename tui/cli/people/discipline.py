"""`roster discipline`, `unit discipline`, `roster absence`: what stands against a person or unit, and time away."""

from __future__ import annotations

import argparse
from typing import Any

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from records.domain.appointments import Absence
from records.domain.people.names import clean
from records.services.imports.listed_discipline import DISCIPLINE
from records.services.people.discipline import ABSENCES, MEASURES, Matter, absent, record
from records.services.units.units import find_unit
from tui.cli import context
from tui.cli.imports import list_import
from tui.present.life import MEASURE_WORDS


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs of people."""
    told = tr_("code of the person; or “import” with a file, or “template” with --out")
    matter = _add_matter(actions, shared, "person", told)
    matter.add_argument("file", nargs="?", default="", metavar="FILE", help=tr_("the list to import"))
    list_import.add_options(matter, DISCIPLINE)
    matter.add_argument("--out", default="", metavar="FILE", help=tr_("the file to write"))
    matter.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    matter.set_defaults(run=matter_or_list)
    parser = actions.add_parser("absence", help=tr_("record time away from work"), parents=[shared])
    parser.add_argument("person", metavar="ID", help=tr_("code of the person"))
    parser.add_argument("--kind", choices=ABSENCES, required=True, help=tr_("why somebody is away"))
    parser.add_argument("--from", dest="first", required=True, help=tr_("first day"))
    parser.add_argument("--to", dest="last", required=True, help=tr_("last day"))
    result = parser.add_mutually_exclusive_group()
    result.add_argument("--good", action="store_true", help=tr_("study that ended with a good result or better"))
    result.add_argument("--not-good", action="store_true", help=tr_("study that ended with less"))
    parser.add_argument("--number", default="", help=tr_("number of the paper"))
    parser.set_defaults(run=record_absence)


def add_unit(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb of units."""
    _add_matter(actions, shared, "unit", tr_("code of the unit"))


def _add_matter(actions: Any, shared: argparse.ArgumentParser, subject: str, told: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(
        "discipline", help=tr_("record a verification or a measure"), parents=[shared]
    )
    parser.add_argument("subject", metavar="ID", help=told)
    parser.add_argument("--matter", default="", metavar="ID", help=tr_("carry on or correct a matter that is known"))
    parser.add_argument("--opened", default="", help=tr_("day it began; today when left out"))
    parser.add_argument("--measure", choices=MEASURES, default="", help=tr_("the measure, once there is one"))
    for day, words in (
        ("decided", tr_("day the measure was announced")),
        ("lapses", tr_("first day it no longer counts; by the rule when left out")),
        ("closed", tr_("day it ended without a measure")),
    ):
        parser.add_argument(f"--{day}", default="", help=words)
    parser.add_argument("--number", default="", help=tr_("number of the decision"))
    parser.set_defaults(run=record_matter, of=subject)
    return parser


def matter_or_list(args: argparse.Namespace) -> int:
    """Record a matter, or go to the list; no code of a person is `import` or `template`."""
    if args.subject not in ("import", "template"):
        if args.file:
            raise InputError(
                t("“{given}” is not known here", given=args.file),
                do=t("see “{program} --help”", program="roster discipline"),
            )
        return record_matter(args)
    if not (args.file if args.subject == "import" else args.out):
        missing = "FILE" if args.subject == "import" else "--out"
        raise InputError(t("{name} is missing", name=missing), do=t("name the file"))
    act = list_import.import_list if args.subject == "import" else list_import.write_template
    return act("discipline", args)


def record_matter(args: argparse.Namespace) -> int:
    """Record it."""
    days = {
        each: context.day_given(args, each, f"--{each}") if getattr(args, each) else None
        for each in ("decided", "lapses", "closed")
    }
    with context.office(args, write=True) as office:
        opened = context.day_given(args, "opened", "--opened")
        matter = Matter(opened=opened, measure=args.measure, number=args.number, **days)
        subject = find_unit(office, args.subject, opened).id if args.of == "unit" else args.subject
        made = record(office, subject, matter, known=args.matter)
        state = made.state_on(context.today(args))
        found = {"id": made.id, "state": state, "lapses": made.lapses.isoformat() if made.lapses else None}
        line = f"{made.id} · {office.names()[subject]} · {tr(MEASURE_WORDS[made.measure])}"
        context.answer(args, found, [line])
    return context.DONE


def record_absence(args: argparse.Namespace) -> int:
    """Record it."""
    first, last = (context.day_given(args, each, f"--{option}") for each, option in (("first", "from"), ("last", "to")))
    with context.office(args, write=True) as office:
        good = True if args.good else False if args.not_good else None
        given = Absence(
            id="", person=args.person, kind=args.kind, first=first, last=last, good=good, number=clean(args.number)
        )
        made = absent(office, given)
        name = office.settings.practice.absences[made.kind].title.in_language(language())
        found = {"id": made.id, "kind": made.kind, "first": first.isoformat(), "last": last.isoformat(), "good": good}
        context.answer(args, found, [f"{made.id} · {office.person(made.person).name} · {name}"])
    return context.DONE
