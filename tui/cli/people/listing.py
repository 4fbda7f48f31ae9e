"""`roster list`: the people of a day; alone in its module, for it is asked often and needs little."""

from __future__ import annotations

import argparse
from typing import Any

from msgspec.structs import replace

from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown
from records.services.people.listing import listed
from tui.cli import context, options
from tui.present.rights.restricted import left_out_of
from tui.present.titles import role_title


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun this verb alone."""
    add(noun.add_subparsers(required=True, metavar=tr_("VERB")), shared)


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to those of `roster`."""
    lists = actions.add_parser("list", help=tr_("people in Vietnamese order of names"), parents=[shared])
    options.add_scope(lists)
    lists.add_argument("--holding", action="store_true", help=tr_("only people who hold a role on the day"))
    lists.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help=tr_("only those with this; also != < > and ~ for a part of a text; may be given several times"),
    )
    lists.set_defaults(run=list_people)


def list_people(args: argparse.Namespace) -> int:
    """List the people of a scope."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        scope = replace(options.scope(args, holding=args.holding), where=tuple(args.where))
        lines = listed(office, on, scope)
        found = {
            "people": [
                {
                    "id": line.id,
                    "name": line.name,
                    "born": str(line.born) if line.born else None,
                    "unit": line.unit_name,
                    "roles": list(line.roles),
                }
                for line in lines
            ]
        }
        text = [
            f"{line.id:<12} {line.name:<28} {shown(line.born):<11} {line.unit_name:<30} "
            + ", ".join(role_title(office, role) for role in line.roles)
            for line in lines
        ]
        missing, said = left_out_of(office, on, scope)
        context.answer(args, {**found, **missing}, [*text, tr(t("{n} people", n=len(lines))), *said])
    return context.DONE
