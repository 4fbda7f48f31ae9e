"""`training result`: what came of a training for one person, and certificates given anew."""

from __future__ import annotations

import argparse
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import parse_day
from records.domain.training import Attendance
from records.rules.training.words import RESULT_WORDS
from records.services.office import Office
from records.services.training import events, results
from tui.cli import context

_FIELDS = {
    "result": t("completed or not_completed"),
    "score": t("score as the organiser gave it"),
    "rank": t("class or prize in words"),
    "certificate": t("number of the certificate"),
    "issuer": t("who issued it: as a rule the political centre"),
    "issued": t("day on the certificate"),
}
_COLUMN = {"issuer": "certificate_issuer", "issued": "certificate_day"}


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to `training`."""
    result = verbs.add_parser("result", help=tr_("record or show what came of a training"), parents=[shared])
    result.add_argument("event", metavar="EVENT")
    result.add_argument("person", metavar="ID", nargs="?", default="", help=tr_("without it, everybody is shown"))
    for name, words in _FIELDS.items():
        result.add_argument(f"--{name}", default=None, help=tr(words))
    result.add_argument("--reissue", default="", metavar="WHY", help=tr_("the certificate replaces the one recorded"))
    result.set_defaults(run=record_or_show)


def record_or_show(args: argparse.Namespace) -> int:
    """Record the fields given for a person, or show the results of an event."""
    given = {name: getattr(args, name) for name in _FIELDS if getattr(args, name) is not None}
    if (given or args.reissue) and not args.person:
        raise InputError(t("Nobody is named"), do=t("name the person by the code"))
    return _record(args, given) if given or args.reissue else _show(args)


def _record(args: argparse.Namespace, given: dict[str, str]) -> int:
    today = context.today(args)
    with context.office(args, write=True) as office:
        event = events.event_named(office, args.event)
        row = events.attendance_of(office, event.id).get(office.person(args.person).id)
        if row is None:
            raise InputError(
                t("{person} is not called to “{title}”", person=args.person, title=event.title),
                do=t("call the person to the event first"),
            )
        if args.reissue:
            row = _reissued(args, office, row, given)
        else:
            cells = [results.ResultCell(row.id, _COLUMN.get(name, name), typed) for name, typed in given.items()]
            (row,) = results.write_results(office, cells, today=today) or (row,)
        context.answer(args, _told(row), [_line(office.person(row.person).name, row)])
    return context.DONE


def _reissued(args: argparse.Namespace, office: Office, row: Attendance, given: dict[str, str]) -> Attendance:
    if other := given.keys() - {"certificate", "issuer", "issued"}:
        raise InputError(
            t("A re-issue changes the certificate only, not {fields}", fields=", ".join(sorted(other))),
            do=t("record these in a second command"),
        )
    today = context.today(args)
    day = parse_day(given["issued"], field="--issued", today=today) if given.get("issued") else None
    certificate = results.Certificate(given.get("certificate", ""), given.get("issuer", ""), day)
    return results.reissue(office, row, certificate, why=args.reissue, today=today)


def _show(args: argparse.Namespace) -> int:
    with context.office(args) as office:
        event = events.event_named(office, args.event)
        rows = [
            (office.person(each.person).name, each)
            for each in events.attendance_of(office, event.id).values()
            if each.came() and args.person in ("", each.person)
        ]
        lines = [_line(name, each) for name, each in rows] or [tr_("Nobody is recorded as having come")]
        context.answer(args, {"event": event.id, "results": [_told(each) for _, each in rows]}, lines)
    return context.DONE


def _told(row: Attendance) -> dict[str, object]:
    return {
        "person": row.person,
        "event": row.event,
        **{column: results.result_text(row, column) for column in results.COLUMNS},
        "result": row.result,
        "certificate_day": row.certificate_day.isoformat() if row.certificate_day else None,
        "earlier": [
            {"number": each.number, "issuer": each.issuer, "replaced": each.replaced.isoformat(), "why": each.why}
            for each in row.earlier
        ],
    }


def _line(name: str, row: Attendance) -> str:
    parts = [results.result_text(row, column) for column in results.COLUMNS[1:]]
    told = [tr(RESULT_WORDS[row.result]), *(part for part in parts if part)]
    told += [tr_("in place of {number}", number=each.number) for each in row.earlier]
    return f"{row.person}  {name}: {' · '.join(told)}"
