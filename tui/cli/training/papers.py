"""`training paper`: invitation, summons, the list to sign, and the register of certificates."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr_
from config.text import t
from records.services.training import events
from tui.cli import context, paper_options

_KINDS = ("invitation", "summons", "signing", "register")


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb."""
    paper = actions.add_parser("paper", help=tr_("write a paper of an event: .pdf, .docx, .xlsx"), parents=[shared])
    paper.add_argument("kind", choices=_KINDS)
    paper.add_argument("event", metavar="EVENT", nargs="?", default="")
    paper.add_argument("--year", type=int, default=0, help=tr_("year of the register of certificates"))
    paper.add_argument("--day", default="", help=tr_("day; today when left out"))
    paper.add_argument(
        "--money", default="", metavar="ĐỒNG", help=tr_("what each person is given, on the list to sign")
    )
    paper_options.add_given(paper)
    paper_options.add_out(paper)
    paper.set_defaults(run=write_paper)


def write_paper(args: argparse.Namespace) -> int:
    """Write one paper."""
    from exports.papers.event_papers import event_papers, register_of_certificates  # noqa: PLC0415  # pages are heavy

    day, path = context.day_given(args, "day", "--day"), Path(args.out)
    if args.money:
        args.field.append(f"each={args.money}")
    with context.office(args, write=True) as office:
        if args.kind == "register":
            paper = register_of_certificates(office, args.year or day.year, day)
        elif not args.event:
            raise InputError(t("No event is named"), do=t("look the code up with “training list”"))
        else:
            event = events.event_named(office, args.event)
            paper = event_papers(office, event, day, paper_options.given_of(args))[args.kind]
        paper.write(path, **paper_options.way_of(args, office))
        context.answer(args, {"file": str(path)}, [tr_("Written: {path}", path=path)])
    return context.DONE
