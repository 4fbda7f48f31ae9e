"""`exchange …`: packages between offices, made, shown, taken and sent back."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config.errors import InputError, RefusedError
from config.i18n import tr, tr_
from config.text import t
from records.domain.exchange import Neighbour
from records.services.exchange import keys, meeting, opening, packing, taking, workbooks
from records.services.exchange.contents import WHOLE, WORDS, wanted
from records.services.exchange.package import read_file
from tui.cli import context
from tui.cli.exchange import asking
from tui.present.exchange import packages as words
from tui.present.rights.restricted import restricted_lines


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    actions: Any = noun.add_subparsers(dest="action", required=True, metavar=tr_("ACTION"))
    told = actions.add_parser("identity", help=tr_("write what other offices must know of this one"), parents=[shared])
    told.add_argument("--out", required=True, metavar="FILE", help=tr_("the file to write"))
    told.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    told.set_defaults(run=identity)
    met = actions.add_parser("meet", help=tr_("take another office for known"), parents=[shared])
    met.add_argument("file", metavar="FILE")
    met.add_argument("--unit", default="", help=tr_("the unit of this book that the office is"))
    met.add_argument("--check", default="", metavar="FINGERPRINT", help=tr_("the fingerprint as told over the phone"))
    met.add_argument("--yes", action="store_true", help=tr_("the fingerprint was compared; do not ask"))
    met.set_defaults(run=meet)
    known = actions.add_parser("offices", help=tr_("the other offices, and what came from them"), parents=[shared])
    known.set_defaults(run=offices)
    _add_pack(actions, shared)
    shown = actions.add_parser("show", help=tr_("say what a package is, without taking it"), parents=[shared])
    shown.add_argument("file", metavar="FILE")
    shown.set_defaults(run=show)
    back = actions.add_parser("return", help=tr_("send a package back with the reason"), parents=[shared])
    back.add_argument("file", metavar="FILE")
    back.add_argument("--why", required=True, metavar="TEXT", help=tr_("what is wrong with it"))
    back.set_defaults(run=send_back)
    asking.add(actions, shared)


def _add_pack(actions: Any, shared: argparse.ArgumentParser) -> None:
    made = actions.add_parser("pack", help=tr_("make a package for another office"), parents=[shared])
    made.add_argument("--for", dest="to", required=True, metavar="OFFICE", help=tr_("code of the office it is for"))
    listed = ", ".join((*WORDS, WHOLE))
    made.add_argument("--what", default="", metavar="WHAT,…", help=tr_("what goes: {words}", words=listed))
    made.add_argument("--out", required=True, metavar="FILE", help=tr_("the file to write"))
    made.add_argument("--period", default="", help=tr_("only of this time: 2025, 2025-H1, 2025-Q2, 2025-03"))
    made.add_argument("--person", default="", metavar="CODE", help=tr_("one person who goes to that office for good"))
    made.add_argument("--day", default="", help=tr_("the person’s last day here"))
    made.add_argument("--unit", default="", help=tr_("only people of this unit and the units below it"))
    made.add_argument("--role", default="", help=tr_("reporter, communicator or collaborator"))
    made.add_argument("--with-restricted", action="store_true", help=tr_("also people whose data is restricted"))
    made.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))
    made.add_argument("--plain", action="store_true", help=tr_("do not seal it, though the office is known"))
    made.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    made.set_defaults(run=pack)


def identity(args: argparse.Namespace) -> int:
    """Write the identity of this office."""
    from exports.packages import write_identity  # noqa: PLC0415  # only where a file leaves

    with context.office(args, write=True) as office:
        now = datetime.combine(context.today(args), datetime.now().time())  # noqa: DTZ005  # the office's own clock
        found = write_identity(office, Path(args.out), now=now, overwrite=args.overwrite)
    mark = keys.fingerprint(found.key)
    told = {"file": args.out, "office": found.office, "name": found.name, "book": found.book, "fingerprint": mark}
    lines = [
        tr_("Written: {path}", path=args.out),
        tr_("Fingerprint of {code}: {mark}", code=found.office, mark=mark),
        tr_("Give the file to the other office, and read the fingerprint to it over the phone"),
    ]
    context.answer(args, told, lines)
    return context.DONE


def meet(args: argparse.Namespace) -> int:
    """Take another office for known."""
    with context.office(args, write=True) as office:
        met = meeting.meeting(office, meeting.read_identity(Path(args.file)))
        _compare(args, met)
        made = meeting.meet(office, met, today=context.today(args), unit=args.unit)
        lines = [tr_("{code} ({name}) is known now; fingerprint {mark}", code=made.code, name=made.name,
                     mark=met.fingerprint)]  # fmt: skip
        lines += [tr(each) for each in met.notices]
        if not made.unit:
            lines.append(tr_("Which unit it is was not said (--unit); its packages count for no unit"))
        context.answer(args, _office(made), lines)
    return context.DONE


def _compare(args: argparse.Namespace, met: meeting.Meeting) -> None:
    """Have the fingerprint compared: against what was typed, or by the person at the terminal."""
    told = re.sub(r"\D", "", args.check)
    if args.check and told != met.fingerprint.replace(" ", ""):
        raise RefusedError(
            t("The fingerprint is {mark}, and not what was told over the phone", mark=met.fingerprint),
            do=t("do not take this identity; ask the other office for it again"),
        )
    if args.check or args.yes or args.json or not sys.stdin.isatty():
        return
    print(tr_("Fingerprint of {code} ({name}): {mark}", code=met.identity.office, name=met.identity.name,
              mark=met.fingerprint))  # fmt: skip
    print(tr_("Did the other office read the same over the phone? [y/N]"), end=" ", flush=True)
    if sys.stdin.readline().strip().casefold() not in ("y", "yes", "c", "có", "co"):
        raise RefusedError(t("The fingerprint was not compared"), do=t("call the other office, then come again"))


def _office(each: Neighbour) -> dict[str, object]:
    return {
        "office": each.code,
        "name": each.name,
        "book": each.book,
        "fingerprint": keys.fingerprint(each.key) if each.key else None,
        "met": each.met.isoformat() if each.met else None,
        "unit": each.unit,
    }


def offices(args: argparse.Namespace) -> int:
    """List the other offices."""
    with context.office(args) as office:
        found = meeting.neighbours(office)
        lines = [words.neighbour_line(office, each) for each in found]
        context.answer(args, {"offices": [_office(each) for each in found]}, lines or [tr_("No other office is known")])
    return context.DONE


def pack(args: argparse.Namespace) -> int:
    """Make a package."""
    from exports.packages import write_package  # noqa: PLC0415  # only where a file leaves

    day = context.day_given(args, "day", "--day")
    now = datetime.combine(context.today(args), datetime.now().time())  # noqa: DTZ005  # the office's own clock
    if bool(args.person) == bool(args.what):
        raise InputError(
            t("What shall go is not said: --what or --person"),
            do=t("name what goes, such as --what roster,training, or one person by --person CODE"),
        )
    how: Any = {"now": now, "plain": args.plain, "restricted": args.with_restricted}
    with context.office(args, write=not args.dry_run) as office:
        if args.person:
            made = packing.pack_person(office, args.person, args.to, day=day, **how)
        else:
            people = packing.scoped(office, context.today(args), unit=args.unit, role=args.role)
            asked = wanted(args.what, args.period, people)
            made = packing.pack(office, asked, args.to, **how)
        if not args.dry_run:
            write_package(office, made, Path(args.out), day=day, overwrite=args.overwrite)
        left_out = restricted_lines(office, made.left_out)
    context.answer(args, _parcel_told(args, made), [*_parcel_lines(args, made, day), *left_out])
    return context.FINDINGS if made.lost else context.DONE


def _parcel_told(args: argparse.Namespace, made: packing.Parcelled) -> dict[str, object]:
    return {
        "file": args.out,
        **words.manifest_told(made.manifest),
        "people": made.manifest.people,
        "units": made.units,
        "everybody": made.everybody,
        "left_out": [each.person for each in made.left_out],
        "lost": [{"record": key, "file": name} for key, name in made.lost.items()],
        "written": not args.dry_run,
    }


def _parcel_lines(args: argparse.Namespace, made: packing.Parcelled, day: date) -> Iterator[str]:
    yield tr_("Nothing was written") if args.dry_run else tr_("Package made: {path}", path=args.out)
    yield from words.manifest_lines(made.manifest)
    if whom := words.whom_words(made):
        yield tr(whom)
    if made.person is not None and not args.dry_run:
        yield tr_("{name} left the roster on {day}, given to {code}", name=made.person.name, day=day,
                  code=made.entry.office)  # fmt: skip
    if not made.manifest.sealed:
        yield tr_("It is not sealed: whoever has the file can read it")
    yield from words.lost_lines(made.lost)


def show(args: argparse.Namespace) -> int:
    """Say what a package is; exit 1 when its sender cannot be told."""
    path = Path(args.file)
    if path.suffix.lower() in workbooks.SHEETS and path.is_file():
        return _show_workbook(args, path)
    with context.office(args) as office:
        raw = read_file(path)
        held, genuine = opening.who_signed(office, raw)
        known = bool(held and held.key)
    state = "genuine" if genuine and known else "unknown_sender" if genuine else "forged"
    said = {
        "genuine": tr_("Signed by {code}, which is known here", code=held.code if held else ""),
        "unknown_sender": tr_("Whole, but its sender is not known here (“exchange meet”)"),
        "forged": tr_("Forged or altered: the signature is not that of its sender"),
    }
    found = {**words.manifest_told(raw.manifest), "state": state, "sha256": raw.sha256}
    context.answer(args, found, [*words.manifest_lines(raw.manifest), said[state]])
    return context.DONE if state == "genuine" else context.FINDINGS


def _show_workbook(args: argparse.Namespace, path: Path) -> int:
    """Say what a workbook asks for; exit 1 when it asks for nothing."""
    with context.office(args) as office:
        asked = workbooks.asked_in(office, path)
        if asked is None:
            raise RefusedError(
                t("The workbook does not say of which unit it is"), where=str(path),
                do=t("only one written by “exchange request” does; take it with --unit UNIT"),
            )  # fmt: skip
        code = asked.unit.partition("-")[0]
        ours = code in office.book.codes
        name = office.unit_names(context.today(args)).get(asked.unit, "")
    lines = [tr_("{code} asks for the people of the unit {unit}, {period}", code=code, period=asked.period,
                 unit=f"{asked.unit} {name}".strip()),
             tr_("Take it when it is filled in: exchange take FILE") if ours else
             tr_("Answer by a package: exchange pack --for {code} --what roster --period {period}", code=code,
                 period=asked.period)]  # fmt: skip
    context.answer(args, {"from": code, "unit": asked.unit, "name": name, "period": asked.period, "ours": ours}, lines)
    return context.DONE


def send_back(args: argparse.Namespace) -> int:
    """Send a package back."""
    with context.office(args, write=True) as office:
        package = opening.opened(office, Path(args.file), older=True)
        made = taking.send_back(office, package, args.why, today=context.today(args))
    lines = [tr_("Sent back to {code}: {why}", code=made.office, why=made.reason),
             tr_("The next package for it with “returns” says so: exchange pack --for {code} --what returns",
                 code=made.office)]  # fmt: skip
    context.answer(args, {"package": made.package, "office": made.office, "reason": made.reason}, lines)
    return context.DONE
