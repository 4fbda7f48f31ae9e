"""What a paper is told on the command line beside the book: its number, to whom it goes, who issues and signs it."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from config.errors import needs
from config.i18n import tr_
from config.text import t
from records.domain.awards.awards import SIGNERS
from records.services.lists import log_export
from records.services.office import Office

if TYPE_CHECKING:
    from exports.papers.kinds.composing import Given


def add_out(parser: argparse.ArgumentParser) -> None:
    """Add where the paper goes."""
    parser.add_argument("--out", required=True, metavar="FILE", help=tr_("file to write: .pdf, .docx or .xlsx"))
    parser.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    parser.add_argument("--issue", action="store_true", help=tr_("keep it as issued: it is written so from then on"))
    parser.add_argument("--anew", action="store_true", help=tr_("as the book is now, whatever was issued"))


def way_of(args: argparse.Namespace, office: Office) -> dict[str, Any]:
    """How a paper is written, of the options of `add_out`."""
    log = partial(log_export, office)
    return {"log": log, "overwrite": args.overwrite, "issue": args.issue, "anew": args.anew, "said": _said(args)}


def _said(args: argparse.Namespace) -> bool:
    """Whether something was said of the paper that one issued before does not say."""
    said = ("number", "to", "issuer", "issuer_above", "place", "field", *SIGNERS)
    return any(getattr(args, each, "") for each in said)


def add_given(parser: argparse.ArgumentParser, *, signers: bool = True) -> None:
    """Add what may be said of a paper; `signers` where the command has no options of its own for them."""
    parser.add_argument("--number", default="", help=tr_("number of the paper"))
    parser.add_argument("--to", default="", help=tr_("to whom it goes, or who is asked to come"))
    parser.add_argument("--issuer", default="", help=tr_("who issues it, as at its head"))
    parser.add_argument("--issuer-above", default="", help=tr_("body printed above the issuer"))
    parser.add_argument("--place", default="", help=tr_("place before the date; the issuer's own when left out"))
    parser.add_argument(
        "--field", action="append", default=[], metavar="NAME=TEXT", help=tr_("any field that its words name")
    )
    for each in SIGNERS if signers else ():
        parser.add_argument(f"--{each.replace('_', '-')}", default="", help=tr_("who signs it"))


def given_of(args: argparse.Namespace) -> Given:
    """What the options of `add_given` say. Raises InputError for a field without its name."""
    from exports.papers.kinds.commending import signer_given  # noqa: PLC0415  # pages are heavy
    from exports.papers.kinds.composing import Given  # noqa: PLC0415

    fields = {}
    for typed in args.field:
        name, found, text = typed.partition("=")
        if not found or not name.strip():
            raise needs("--field", typed, t("write NAME=TEXT"))
        fields[name.strip()] = text.strip()
    signers = signer_given({each: getattr(args, each, "") for each in SIGNERS})
    head = {each: getattr(args, each) for each in ("number", "to", "issuer", "issuer_above", "place")}
    return Given(**head, signers=signers, fields=fields)
