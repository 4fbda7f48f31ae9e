"""`roster`: people into the book and out of it."""

from __future__ import annotations

import argparse
from typing import Any

from config.speech import say, say_
from config.text import t
from records.desks import roster
from records.domain.dates import shown
from tui.cli import discipline, door, importing, list_import, people, roster_out, words


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verbs to the command line."""
    verbs = nouns.add_parser("roster", help=say_("people: import a spreadsheet, list, export"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    importing.add_import(actions, shared)
    list_import.add_template(actions, shared, "roster")
    papers = actions.add_parser("credentials", help=say_("levels and papers of people from a list"), parents=[shared])
    list_import.add(papers.add_subparsers(required=True, metavar=say_("VERB")), shared, "credentials")
    lists = actions.add_parser("list", help=say_("people in Vietnamese order of names"), parents=[shared])
    words.add_scope(lists)
    lists.add_argument("--holding", action="store_true", help=say_("only people who hold a role on the day"))
    lists.set_defaults(run=list_people)
    people.add_verbs(actions, shared)
    discipline.add(actions, shared)
    roster_out.add(actions, shared)


def list_people(args: argparse.Namespace) -> int:
    """List the people of a scope."""
    on = door.day_given(args, "on", "--on")
    with door.office(args) as office:
        lines = roster.roster(office, on, words.scope(args, holding=args.holding))
        found = {
            "people": [
                {
                    "id": line.person.id,
                    "name": line.person.name,
                    "born": str(line.person.born) if line.person.born else None,
                    "unit": line.unit_name,
                    "roles": list(line.roles),
                }
                for line in lines
            ]
        }
        text = [
            f"{line.person.id:<12} {line.person.name:<28} {shown(line.person.born):<11} {line.unit_name:<30} "
            + ", ".join(words.role_name(office, role) for role in line.roles)
            for line in lines
        ]
        door.answer(args, found, [*text, say(t("{n} people", n=len(lines)))])
    return door.DONE
