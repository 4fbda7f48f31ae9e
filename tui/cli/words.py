"""Options and words that several commands share."""

from __future__ import annotations

import argparse
from typing import Any

from config.errors import InputError
from config.speech import language, say_
from config.text import t
from records.desks.office import Office
from records.desks.roster import Scope
from records.intake.people import Refusal


def add_scope(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which people, and on which day."""
    parser.add_argument("--role", default="", help=say_("reporter, communicator or collaborator"))
    parser.add_argument("--level", default="", help=say_("a level of the settings, such as commune"))
    parser.add_argument("--unit", default="", help=say_("a unit, by name or code"))
    parser.add_argument("--on", default="", metavar="DAY", help=say_("the day asked about, as 2025-06-15 or 15/6/2025"))


def scope(args: argparse.Namespace, *, holding: bool = False) -> Scope:
    """The people meant by the options of `add_scope`."""
    return Scope(role=args.role, level=args.level, unit=args.unit, holding=holding)


def role_name(office: Office, role: str) -> str:
    """A role's title in the language in use."""
    return office.settings.roles.roles[role].title.in_language(language())


def split_ids(typed: str) -> list[str]:
    """The codes in a list with commas."""
    return [each.strip() for each in typed.split(",") if each.strip()]


def judge_role_and_level(office: Office, role: str, level: str) -> None:
    """Refuse a role or level the settings do not know. Raises InputError naming those they do."""
    for given, known in ((role, office.settings.roles.roles), (level, office.settings.levels.levels)):
        if given and given not in known:
            raise InputError(
                t("“{given}” is not known", given=given), do=t("use one of: {known}", known=", ".join(known))
            )


def refusal(each: Refusal) -> dict[str, Any]:
    """The blanks of a sentence about a refused value."""
    return {"row": each.row, "column": each.column, "value": each.value, "problem": each.problem}
