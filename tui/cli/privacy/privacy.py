"""`privacy record|breach|due`: papers of the protection of personal data, and what has been kept for its term."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.i18n import language, tr, tr_
from config.text import t
from records.domain.dates import parse_day, shown
from records.domain.lists import ListExport
from records.services.lists import log_export
from records.services.office import Office
from records.services.privacy import retention
from tui.cli import context, paper_options
from tui.present.rights.access import who_may

if TYPE_CHECKING:
    from exports.papers.form.paper import Paper

_SAID = {
    "what": t("what happened"),
    "data": t("which data"),
    "people": t("how many people, or whom"),
    "harm": t("what may come of it"),
    "measures": t("what was done and will be done"),
    "contact": t("who is in charge, and how to be reached"),
}


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    record = actions.add_parser("record", help=tr_("the record of processing of personal data"), parents=[shared])
    _add_out(record)
    record.set_defaults(run=write_record)
    breach = actions.add_parser("breach", help=tr_("a report of a breach of personal data"), parents=[shared])
    _add_out(breach)
    for name, told in (("happened", tr_("the day it happened")), ("found", tr_("the day it was found"))):
        breach.add_argument(f"--{name}", default="", metavar="DAY", help=told)
    for name, words in _SAID.items():
        breach.add_argument(f"--{name}", default="", metavar="TEXT", help=tr(words))
    breach.set_defaults(run=write_breach)
    add_due(actions, shared)


def fill_retention(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun `retention` its verb."""
    add_due(noun.add_subparsers(required=True, metavar=tr_("VERB")), shared)


def add_due(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb that lists what has been kept for its term."""
    due = actions.add_parser("due", help=tr_("what has been kept for its whole term"), parents=[shared])
    due.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about, as 2025-06-15 or 15/6/2025"))
    due.set_defaults(run=list_due)


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="FILE", help=tr_("file to write: .pdf, .docx or .xlsx"))
    parser.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    parser.add_argument("--form", choices=("party", "state"), default="party", help=tr_("whose form the paper has"))
    paper_options.add_given(parser)


def write_record(args: argparse.Namespace) -> int:
    """Write the record of processing."""
    from exports.papers.privacy import processing_paper  # noqa: PLC0415  # pages are heavy

    with context.office(args, write=True) as office:
        sealed = office.book.sealed
        paper = processing_paper(office, context.today(args), who=who_may(office), sealed=sealed, given=_given(args))
        return _write(args, office, paper)


def write_breach(args: argparse.Namespace) -> int:
    """Write the report of a breach."""
    from exports.papers.privacy import Breach, breach_paper  # noqa: PLC0415  # pages are heavy

    today = context.today(args)
    days: dict[str, Any] = {
        name: parse_day(typed, field=f"--{name}", today=today) if (typed := getattr(args, name)) else None
        for name in ("happened", "found")
    }
    said = Breach(form=args.form, **days, **{name: getattr(args, name).strip() for name in _SAID})
    with context.office(args, write=True) as office:
        paper = breach_paper(office, said, today, whole=office.book.verify().whole, given=_given(args))
        return _write(args, office, paper)


def _given(args: argparse.Namespace) -> Any:
    given = paper_options.given_of(args)
    return replace(given, fields={"form": args.form, **given.fields})


def _write(args: argparse.Namespace, office: Office, paper: Paper) -> int:
    from exports.papers.form.logged_paper import write_paper  # noqa: PLC0415  # pages are heavy

    path = Path(args.out)
    export = ListExport(id="", file=str(path), sha256="", people=(), columns=(paper.kind,), on=paper.day)
    write_paper(paper, export, path, log=partial(log_export, office), overwrite=args.overwrite)
    lines = [tr_("Written: {path}", path=path), tr_("Articles that were not read are to be confirmed on it")]
    context.answer(args, {"file": str(path), "kind": paper.kind}, lines)
    return context.DONE


def list_due(args: argparse.Namespace) -> int:
    """List what has been kept for its whole term; the exit code is 1 when there is anything."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        found, silent = retention.due(office, on), retention.without_term(office, on)
        told = [_told(office, each) for each in found]
        lines = [_line(each) for each in told] or [tr_("Nothing has been kept for its whole term")]
        titles = office.settings.privacy.retention
        lines += [tr_("No term is set for: {kind}", kind=titles[kind].title.in_language(language())) for kind in silent]
        context.answer(args, {"on": on.isoformat(), "due": told, "without_term": list(silent)}, lines)
    return context.FINDINGS if found else context.DONE


def _told(office: Office, each: retention.Due) -> dict[str, str]:
    return {
        "kind": each.kind,
        "record": each.record,
        "person": each.person,
        "name": office.person(each.person).name if each.person else "",
        "since": each.since.isoformat(),
        "due": each.due.isoformat(),
        "what": tr(each.words),
        "source": each.source,
        "confidence": each.confidence,
    }


def _line(told: dict[str, str]) -> str:
    unsure = "" if told["confidence"] == "confirmed" else f" ({tr_('to confirm')})"
    who = told["name"] or told["record"]
    return f"{shown(date.fromisoformat(told['due']))}  {told['record']:<14} {who} · {told['what']}{unsure}"
