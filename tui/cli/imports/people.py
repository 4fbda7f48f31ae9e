"""`roster import`: a spreadsheet into the book, with everything it would do said first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.people.person_fields import FIELD
from records.intake.drafts import DraftPerson, DraftPost
from records.intake.files.cells import letter
from records.intake.matching import Duplicate
from records.services.imports import entering, intake
from records.services.imports.updates import Update
from records.services.office import Office
from tui.cli import context, options
from tui.present import books

_ALL = "all"


def add_import(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the noun `roster`."""
    into = actions.add_parser("import", help=tr_("read people from a spreadsheet"), parents=[shared])
    into.add_argument("file", metavar="FILE")
    into.add_argument("--sheet", default="", help=tr_("name of the sheet"))
    into.add_argument("--columns", metavar="MAP.yaml", help=tr_("which column is which, where the guess is wrong"))
    into.add_argument("--role", default="", help=tr_("role of rows that name none"))
    into.add_argument("--level", default="", help=tr_("level of rows that name none"))
    rows = {"nargs": "?", "const": _ALL, "default": "", "metavar": "ROWS"}
    into.add_argument("--update", **rows, help=tr_("rows of known people that update them, such as 5,9-12; none: all"))
    into.add_argument("--new", **rows, help=tr_("rows of known people who are somebody else after all"))
    into.add_argument("--skip", **rows, help=tr_("rows to leave out; none: all that look like somebody known"))
    into.add_argument("--skip-duplicates", action="store_true", help=tr_("leave known people out (as without it)"))
    into.add_argument(
        "--hidden", choices=("leave", "take"), default="leave",
        help=tr_("leave or take rows that the sheet hides or that are struck out"),
    )  # fmt: skip
    told = tr_("enter people of units that ended in the one unit that took over")
    into.add_argument("--successors", action="store_true", help=told)
    into.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))
    into.set_defaults(run=import_people)


def import_people(args: argparse.Namespace) -> int:
    """Preview a spreadsheet and, unless `--dry-run`, enter what can be entered."""
    with _office_for(args) as office:
        options.judge_role_and_level(office, args.role, args.level)
        how = intake.How(sheet=args.sheet, columns=_columns(args), role=args.role, level=args.level, unseen=args.hidden)
        seen = intake.preview(office, Path(args.file), today=context.today(args), how=how)
        choices = {**_begun(args, office, seen), **_choices(args, seen)}
        planned = entering.plan(office, seen, choices)
        places = _places(args, seen)
        entered = None if args.dry_run else entering.accept(office, seen, choices, places=places)
        context.answer(args, _found(seen, planned, choices), _told(seen, planned, choices, entered))
    return context.FINDINGS if seen.refused else context.DONE


def _begun(args: argparse.Namespace, office: Office, seen: intake.Preview) -> dict[int, str]:
    """Rows with our code update their person, unless known people are to be left out."""
    return {} if args.skip_duplicates else entering.first_choices(office, seen)


def _places(args: argparse.Namespace, seen: intake.Preview) -> dict[str, str]:
    """Where people of ended units go: with --successors, to the one unit that took over."""
    if not args.successors:
        return {}
    return {each.unit: each.heirs[0] for each in seen.ended if len(each.heirs) == 1}


def _office_for(args: argparse.Namespace) -> AbstractContextManager[Office]:
    nowhere = not args.demo and not args.book and not context.book_path(args).exists()
    if args.dry_run and nowhere:
        return books.empty_office()
    return context.office(args, write=not args.dry_run)


def _columns(args: argparse.Namespace) -> dict[str, str] | None:
    if not args.columns:
        return None
    from config.settings.reading import read_shape  # noqa: PLC0415  # only where a map is given

    return read_shape(Path(args.columns), dict[str, str])


def _choices(args: argparse.Namespace, seen: intake.Preview) -> dict[int, str]:
    """What the options say of single rows. Raises InputError for rows that are no such rows."""
    known = {each.row: each for each in (*seen.similar, *seen.duplicates)}
    choices: dict[int, str] = {}
    sure = {each.row for each in seen.duplicates}
    for option, given, which in (("--update", args.update, sure), ("--new", args.new, sure)):
        for row in _rows(option, given, which, known.keys()):
            if option == "--new":
                choices[row] = entering.NEW
            elif (person := _person_of(known[row])) or given != _ALL:
                choices[row] = person or entering.SKIP
    accepted = {each.row for each in seen.accepted} | seen.matched.keys()
    for row in _rows("--skip", args.skip, {each.row for each in seen.similar}, accepted):
        choices[row] = entering.SKIP
    return choices


def _person_of(match: Duplicate) -> str:
    if match.of.startswith("row "):
        return ""  # the same person above in the sheet: there is nobody yet to update
    if match.others:
        raise InputError(
            t("Row {row} could be {one} or {others}", row=match.row, one=match.of, others=", ".join(match.others)),
            do=t("leave it out with --skip {row}, and say on the screen which person it is", row=match.row),
        )
    return match.of


def _rows(option: str, given: str, every: set[int], allowed: Any) -> Iterator[int]:
    if given == _ALL:
        yield from sorted(every)
        return
    for part in filter(None, (each.strip() for each in given.split(","))):
        first, _, last = part.partition("-")
        if not (first.isdecimal() and (not last or last.isdecimal())) or int(last or first) - int(first) > 100_000:
            raise InputError(t("{option}: “{given}” names no rows", option=option, given=part), do=t("write 5,9-12"))
        for row in range(int(first), int(last or first) + 1):
            if row in allowed:
                yield row
            elif not last:
                raise InputError(
                    t("{option}: row {row} is no such row of the preview", option=option, row=row),
                    do=t("look at the preview with --dry-run first"),
                )


def _found(seen: intake.Preview, planned: entering.Plan, choices: dict[int, str]) -> dict[str, object]:
    why = {each.row: each for each in (*seen.duplicates, *seen.similar)}
    return {
        "rows": seen.rows,
        "accepted": len(planned.new),
        "duplicates": [{"row": each.row, "of": each.of} for each in _left_out(seen, planned, choices)],
        "joined": [{"row": row, "of": f"row {seen.further[row]}"} for row in planned.joined],
        "refused": [options.refused(each) for each in seen.refused],
        "people": [_draft(each, seen) for each in planned.new],
        "new_units": list(planned.units),
        "updates": [_update(each) for each in planned.updates],
        "matches": [options.match(each) for _, each in sorted(why.items())],
        "remarks": [{"row": each.row, "column": each.column, "remark": tr(each.remark)} for each in seen.remarks],
        "notices": [tr(each) for each in seen.notices],
        "hidden": list(seen.hidden),
        "struck": list(seen.struck),
        "ended_units": [
            {
                "id": each.unit,
                "name": each.name,
                "until": each.until.isoformat(),
                "successors": list(each.heirs),
                "rows": list(each.rows),
            }
            for each in seen.ended
        ],
        "sheet": seen.sheet,
        "sheets": list(seen.sheets),
        "columns": {key: letter(column) for key, column in seen.layout.columns.items()},
        "columns_remembered": seen.remembered,
        "unread": list(seen.layout.unread),
    }


def _left_out(seen: intake.Preview, planned: entering.Plan, choices: dict[int, str]) -> list[Duplicate]:
    """Rows of known people that do nothing."""
    return [each for each in seen.duplicates if each.row not in choices and each.row not in planned.joined]


def _update(each: Update) -> dict[str, object]:
    return {
        "row": each.row,
        "id": each.before.id,
        "name": each.before.name,
        "changes": [{"field": one.field, "before": one.before, "after": one.after} for one in each.changes],
        "kept": [{"field": key, "why": tr(reason)} for key, reason in each.kept],
        "roles": list(each.roles),
    }


def _draft(draft: DraftPerson, seen: intake.Preview) -> dict[str, object]:
    posts = draft.posts_for(seen.how.role, seen.how.level)
    first = posts[0] if posts else (draft.posts or (DraftPost(),))[0]
    papers = dict.fromkeys((each.number, each.decided) for each in posts or draft.posts if each.number or each.decided)
    return {
        "row": draft.row,
        "name": draft.name,
        "sex": draft.sex,
        "born": str(draft.born) if draft.born else None,
        "national_id": draft.national_id,
        "phone": draft.phone,
        "unit": draft.unit,
        "roles": list(draft.roles) or ([seen.how.role] if seen.how.role else []),
        "level": first.level or None,
        "position": draft.position,
        "papers": [{"number": number, "day": _iso(day)} for number, day in papers],
        "term": {"since": _iso(first.begun), "until": _iso(first.until)},
        "field_of_study": FIELD["field_of_study"].of(draft),
        "appointments": [_post(each) for each in posts],
    }


def _post(post: DraftPost) -> dict[str, object]:
    return {
        "role": post.role,
        "level": post.level or None,
        "unit": post.unit or None,
        "number": post.number,
        "decided": _iso(post.decided),
        "since": _iso(post.begun),
        "until": _iso(post.until),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _told(
    seen: intake.Preview, planned: entering.Plan, choices: dict[int, str], entered: entering.Entered | None
) -> list[str]:
    refused = len({each.row for each in seen.refused})
    known = _left_out(seen, planned, choices)
    count = tr_(
        "Rows: {rows} · accepted: {accepted} · already known: {known} · refused: {refused}",
        rows=seen.rows,
        accepted=len(planned.new),
        known=len(known),
        refused=refused,
    )
    return [
        tr_("File {path}, sheet “{sheet}”", path=seen.path, sheet=seen.sheet),
        count,
        *_layout_told(seen),
        *(options.refused_line(each) for each in seen.refused),
        *(
            tr_("  row {row}: the same person as {of} ({why}); left out", row=each.row, of=_whom(each), why=each.why)
            for each in known
        ),
        *_similar_told(seen, choices),
        *_updates_told(seen, planned),
        *(options.remark_line(each) for each in seen.remarks),
        *(tr_("  new unit: {name}", name=name) for name in planned.units),
        _outcome(entered),
    ]


def _layout_told(seen: intake.Preview) -> Iterator[str]:
    if len(seen.sheets) > 1:
        yield tr_("  sheets of the file: {names}", names=", ".join(seen.sheets))
    if seen.remembered:
        yield tr_("  the columns are those of an earlier import of the same layout")
    yield from (f"  {tr(each)}" for each in seen.notices)
    if (seen.hidden or seen.struck) and seen.how.unseen == "leave":
        yield tr_("  --hidden take reads hidden and struck-out rows too")
    if seen.layout.unread:
        yield tr_(
            "  not read, for their headings say nothing we know: {columns}", columns=", ".join(seen.layout.unread)
        )


def _similar_told(seen: intake.Preview, choices: dict[int, str]) -> Iterator[str]:
    for each in seen.similar:
        if each.row not in choices:
            yield tr_(
                "  row {row}: looks like {of} ({why}); entered as new", row=each.row, of=_whom(each), why=each.why
            )


def _whom(each: Duplicate) -> str:
    """A person of the book by code, or another row, as people say it."""
    return tr_("row {row}", row=each.of.removeprefix("row ")) if each.of.startswith("row ") else each.of


def _updates_told(seen: intake.Preview, planned: entering.Plan) -> Iterator[str]:
    for each in planned.updates:
        yield tr_("  row {row}: updates {id} {name}", row=each.row, id=each.before.id, name=each.before.name)
        for one in each.changes:
            yield tr_(
                "    {field}: “{before}” → “{after}”",
                field=seen.layout.label(one.field),
                before=one.before,
                after=one.after,
            )
        for key, reason in each.kept:
            yield tr_("    {field}: {why}", field=seen.layout.label(key), why=reason)


def _outcome(entered: entering.Entered | None) -> str:
    if entered is None:
        return tr_("Nothing was written")
    if entered.updated:
        return tr_("Entered {n} people and updated {m} as one change", n=entered.new, m=entered.updated)
    return tr_("Entered {n} people as one change", n=entered.new)
