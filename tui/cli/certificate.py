"""`certificate`: print the certificates of a decision."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.errors import InputError, RefusedError
from config.speech import say_
from config.text import t
from records.desks import awards
from tui.cli import door

TEMPLATES = {"party": "party-merit"}


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verb to the command line."""
    verbs = nouns.add_parser("certificate", help=say_("certificates: print"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    printing = actions.add_parser(
        "print", help=say_("print the certificates of a decision as one PDF"), parents=[shared]
    )
    printing.add_argument("--decision", required=True, metavar="NUMBER", help=say_("number of the decision"))
    printing.add_argument("--out", required=True, metavar="FILE.pdf")
    printing.add_argument("--template", default="", help=say_("name of a template; the decision's form when left out"))
    printing.add_argument("--reissue", action="store_true", help=say_("print a second original, noted as a re-issue"))
    printing.add_argument("--overwrite", action="store_true", help=say_("replace the file if it is there"))
    printing.set_defaults(run=print_certificates)


def print_certificates(args: argparse.Namespace) -> int:
    """Print a decision's certificates and note the printing in the book."""
    from exports.certificates.batch import print_batch  # noqa: PLC0415  # ReportLab is heavy
    from exports.certificates.fields import certificate_of  # noqa: PLC0415
    from exports.certificates.template import load_template  # noqa: PLC0415

    with door.office(args, write=True) as office:
        decision = awards.decision_by_number(office, args.decision)
        made = awards.awards_of(office, decision)
        name = args.template or TEMPLATES.get(decision.form, "")
        if not name:
            raise InputError(
                t("No template fits the form of decision {number}", number=decision.number),
                do=t("name one with --template"),
            )
        again = awards.printed_before(office, made)
        if again and not args.reissue:
            raise RefusedError(
                t("Certificates of decision {number} were already printed", number=decision.number),
                do=t("add --reissue to print a second original; it will be marked and noted"),
            )
        report = print_batch(
            load_template(name, office.book.path / "config"),
            [certificate_of(award, decision, reissue=award in again) for award in made],
            Path(args.out),
            overwrite=args.overwrite,
        )
        awards.record_print(office, made, template=name, sha256=report.sha256, today=door.today(args))
    found = {"path": str(report.path), "count": report.count, "font": report.font_family, "sha256": report.sha256}
    told = say_(
        "Printed {n} certificates to {path} in {font}", n=report.count, path=report.path, font=report.font_family
    )
    door.answer(args, found, [told])
    return door.DONE
