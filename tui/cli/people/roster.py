"""`roster`: people into the book and out of it."""

from __future__ import annotations

import argparse

from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown
from records.services.people import roster
from tui.cli import context, options
from tui.cli.imports import list_import
from tui.cli.imports import people as importing
from tui.cli.people import discipline, export, people
from tui.present.words import role_title


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    importing.add_import(actions, shared)
    list_import.add_template(actions, shared, "roster")
    papers = actions.add_parser("credentials", help=tr_("levels and papers of people from a list"), parents=[shared])
    list_import.add(papers.add_subparsers(required=True, metavar=tr_("VERB")), shared, "credentials")
    lists = actions.add_parser("list", help=tr_("people in Vietnamese order of names"), parents=[shared])
    options.add_scope(lists)
    lists.add_argument("--holding", action="store_true", help=tr_("only people who hold a role on the day"))
    lists.set_defaults(run=list_people)
    people.add_verbs(actions, shared)
    discipline.add(actions, shared)
    export.add(actions, shared)


def list_people(args: argparse.Namespace) -> int:
    """List the people of a scope."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        lines = roster.roster(office, on, options.scope(args, holding=args.holding))
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
            + ", ".join(role_title(office, role) for role in line.roles)
            for line in lines
        ]
        context.answer(args, found, [*text, tr(t("{n} people", n=len(lines)))])
    return context.DONE
