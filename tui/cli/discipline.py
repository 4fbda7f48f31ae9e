"""`roster discipline`: a verification or a measure of discipline of a person."""

from __future__ import annotations

import argparse
from typing import Any

from config.speech import say, say_
from records.desks.disciplining import MEASURES, Matter, record
from tui.cli import door
from tui.cli.life import MEASURE_WORDS


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb."""
    parser = actions.add_parser("discipline", help=say_("record a verification or a measure"), parents=[shared])
    parser.add_argument("person", metavar="ID", help=say_("code of the person"))
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
    parser.set_defaults(run=record_matter)


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
