"""Options and words that several commands share."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.services.office import Office
from records.services.people.listing import Scope

if TYPE_CHECKING:
    from records.intake.drafts import Refusal, Remark
    from records.intake.matching import Duplicate


def add_scope(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which people, and on which day."""
    parser.add_argument("--role", default="", help=tr_("reporter, communicator or collaborator"))
    parser.add_argument("--level", default="", help=tr_("a level of the settings, such as commune"))
    parser.add_argument("--unit", default="", help=tr_("a unit, by name or code"))
    parser.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about, as 2025-06-15 or 15/6/2025"))
    parser.add_argument("--restricted", action="store_true", help=tr_("also people whose data is restricted"))


def scope(args: argparse.Namespace, *, holding: bool = False) -> Scope:
    """The people meant by the options of `add_scope`."""
    return Scope(role=args.role, level=args.level, unit=args.unit, holding=holding, restricted=args.restricted)


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


def refused(each: Refusal) -> dict[str, object]:
    """A refused value, for scripts."""
    return {
        "row": each.row,
        "name": each.name,
        "column": each.column,
        "cell": each.cell,
        "value": each.value,
        "problem": tr(each.problem),
    }


def refused_line(each: Refusal) -> str:
    """A refused value, as a line."""
    told = {"row": each.row, "name": each.name, "column": each.column, "value": each.value, "problem": each.problem}
    if each.name and each.name != each.value:
        return tr_("  row {row}, {name}, column {column}, “{value}”: {problem}", **told)
    return tr_("  row {row}, column {column}, “{value}”: {problem}", **told)


def remark_line(each: Remark) -> str:
    """What was read otherwise, as a line."""
    if not each.column:
        return tr_("  row {row}: {remark}", row=each.row, remark=each.remark)
    return tr_("  row {row}, column {column}: {remark}", row=each.row, column=each.column, remark=each.remark)


def match(each: Duplicate) -> dict[str, object]:
    """A row whose person is known, or may be; a match by our code says `code` in every language."""
    from records.intake.matching import BY_CODE  # noqa: PLC0415  # lists do without, and it comes with the judge of names

    return {
        "row": each.row,
        "of": each.of,
        "others": list(each.others),
        "confidence": each.confidence,
        "why": "code" if each.why == BY_CODE else tr(each.why),
    }
