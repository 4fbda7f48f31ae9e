"""`roster discipline`: a verification or a measure of discipline of a person."""

from __future__ import annotations

import argparse
from typing import Any

from config.errors import InputError
from config.speech import say, say_
from config.text import t
from records.desks.disciplining import MEASURES, Matter, record
from records.desks.listed_discipline import DISCIPLINE
from tui.cli import door, list_import
from tui.cli.life import MEASURE_WORDS


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb."""
    parser = actions.add_parser("discipline", help=say_("record a verification or a measure"), parents=[shared])
    told = say_("code of the person; or “import” with a file, or “template” with --out")
    parser.add_argument("person", metavar="ID", help=told)
    parser.add_argument("file", nargs="?", default="", metavar="FILE", help=say_("the list to import"))
    list_import.add_options(parser, DISCIPLINE)
    parser.add_argument("--out", default="", metavar="FILE", help=say_("the file to write"))
    parser.add_argument("--overwrite", action="store_true", help=say_("replace a file that is there"))
    parser.add_argument("--matter", default="", metavar="ID", help=say_("carry on or correct a matter that is known"))
    parser.add_argument("--opened", default="", help=say_("day it began; today when left out"))
    parser.add_argument("--measure", choices=MEASURES, default="", help=say_("the measure, once there is one"))
    for day, told in (
        ("decided", say_("day the measure was announced")),
        ("lapses", say_("first day it no longer counts; by the rule when left out")),
        ("closed", say_("day it ended without a measure")),
    ):
        parser.add_argument(f"--{day}", default="", help=told)
    parser.add_argument("--number", default="", help=say_("number of the decision"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Record a matter, or go to the list; no code of a person is `import` or `template`."""
    if args.person not in ("import", "template"):
        if args.file:
            raise InputError(
                t("“{given}” is not known here", given=args.file),
                do=t("see “{program} --help”", program="roster discipline"),
            )
        return record_matter(args)
    if not (args.file if args.person == "import" else args.out):
        missing = "FILE" if args.person == "import" else "--out"
        raise InputError(t("{name} is missing", name=missing), do=t("name the file"))
    act = list_import.import_list if args.person == "import" else list_import.write_template
    return act("discipline", args)


def record_matter(args: argparse.Namespace) -> int:
    """Record it."""
    days = {
        each: door.day_given(args, each, f"--{each}") if getattr(args, each) else None
        for each in ("decided", "lapses", "closed")
    }
    with door.office(args, write=True) as office:
        opened = door.day_given(args, "opened", "--opened")
        matter = Matter(opened=opened, measure=args.measure, number=args.number, **days)
        made = record(office, args.person, matter, known=args.matter)
        state = made.state_on(door.today(args))
        found = {"id": made.id, "state": state, "lapses": made.lapses.isoformat() if made.lapses else None}
        line = f"{made.id} · {office.person(made.person).name} · {say(MEASURE_WORDS[made.measure])}"
        door.answer(args, found, [line])
    return door.DONE
