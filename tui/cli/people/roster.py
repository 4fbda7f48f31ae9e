"""`roster`: people into the book and out of it."""

from __future__ import annotations

import argparse

from config.i18n import tr_
from tui.cli.imports import list_import
from tui.cli.imports import people as importing
from tui.cli.people import discipline, export, listing, people
from tui.cli.privacy import people as privacy


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    importing.add_import(actions, shared)
    list_import.add_template(actions, shared, "roster")
    papers = actions.add_parser("credentials", help=tr_("levels and papers of people from a list"), parents=[shared])
    list_import.add(papers.add_subparsers(required=True, metavar=tr_("VERB")), shared, "credentials")
    listing.add(actions, shared)
    people.add_verbs(actions, shared)
    discipline.add(actions, shared)
    export.add(actions, shared)
    privacy.add(actions, shared)
