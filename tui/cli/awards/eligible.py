"""`award eligible|answer|titles`: who may be commended with what, and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from config.i18n import language, tr, tr_
from records.domain.findings import Judgement, Verdict
from records.rules.awards.title_words import title_lines
from records.rules.awards.words import FORM_WORDS, dong
from records.rules.words import CONFIDENCE_WORDS, VERDICT_WORDS
from records.services.awards import eligibility
from records.services.awards.award_checks import prize_of
from records.services.awards.merits import merits
from records.services.office import Office
from records.services.people.listing import Scope
from tui.cli import context
from tui.cli.awards.lists import add_people, people_named
from tui.present.rights.access import withheld_lines, withheld_told
from tui.present.rights.restricted import left_out_of


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    found = actions.add_parser("eligible", help=tr_("who may be commended with what, and why"), parents=[shared])
    found.add_argument("--year", type=int, default=0, help=tr_("year rewarded; the year before when left out"))
    found.add_argument("--day", default="", help=tr_("day of the decision; today when left out"))
    found.add_argument("--received", default="", metavar="DAY", help=tr_("day the dossier came in for appraisal"))
    found.add_argument("--title", default="", help=tr_("one title of the settings, with everybody"))
    found.add_argument("--verdict", choices=[each.value for each in Verdict], default="", help=tr_("only these"))
    found.add_argument("--why", action="store_true", help=tr_("every condition with its reason"))
    found.add_argument("--outlook", action="store_true", help=tr_("also how it stands a year later"))
    found.add_argument("--unit", default="", help=tr_("the people of a unit and itself, by name or code"))
    add_people(found)
    found.set_defaults(run=show_eligible)
    said = actions.add_parser("answer", help=tr_("answer a question of a title by hand"), parents=[shared])
    said.add_argument("subject", metavar="ID", help=tr_("code of the person or unit"))
    said.add_argument("title", metavar="TITLE")
    said.add_argument("question", metavar="CONDITION")
    said.add_argument("--year", type=int, required=True, help=tr_("year rewarded"))
    said.add_argument("--no", action="store_true", help=tr_("the answer is no"))
    said.add_argument("--note", required=True, help=tr_("what the answer rests on"))
    said.set_defaults(run=answer)
    titles = actions.add_parser("titles", help=tr_("titles and forms in plain words"), parents=[shared])
    titles.add_argument("title", nargs="?", default="", metavar="TITLE")
    titles.add_argument("--day", default="", help=tr_("day; today when left out"))
    titles.set_defaults(run=show_titles)


def show_eligible(args: argparse.Namespace) -> int:
    """Count per title; with a title or people named, judge each."""
    day = context.day_given(args, "day", "--day")
    year = args.year or day.year - 1
    with context.office(args) as office:
        subjects = people_named(args)
        for each in subjects:
            if each not in office.names():
                office.person(each)
        titles = [args.title] if args.title else []
        received = context.day_given(args, "received", "--received") if args.received else None
        views = eligibility.views(
            office, year, day, titles=titles, subjects=subjects, unit=args.unit, received=received
        )
        if titles or subjects:
            return _each(args, office, views, year, day)
        missing, said = _unsaid(args, office, day)
        rows = [_counts(office, each) for each in views]
        lines = [
            f"{row['name']:<46} {tr(VERDICT_WORDS[Verdict.MET])} {row['met']:>5} · "
            f"{tr(VERDICT_WORDS[Verdict.UNKNOWN])} {row['unknown']:>5} · {dong(row['cost'])} đ"
            + (f" · {tr_('quota')} {row['allowed']}" if row["allowed"] is not None else "")
            for row in rows
        ]
        context.answer(args, {"year": year, "day": day.isoformat(), "titles": rows, **missing},
                       [*lines, *said])  # fmt: skip
    return context.DONE


def _counts(office: Office, view: eligibility.TitleView) -> dict[str, Any]:
    prize = prize_of(office, view.title.prize)
    return {
        "title": view.title.id,
        "name": view.title.name.in_language(language()),
        "form": prize.form,
        "subject": prize.subject,
        **{each.value: view.count(each) for each in Verdict},
        "each": view.money.amount if view.money else None,
        "cost": view.cost(),
        "allowed": view.allowed,
    }


def _each(args: argparse.Namespace, office: Office, views: list[eligibility.TitleView], year: int, day: date) -> int:
    names = office.names()
    known = merits(office, year) if args.outlook else {}
    rows, lines = [], []
    for view in views:
        for judged in view.judged:
            if args.verdict and judged.verdict.value != args.verdict:
                continue
            row = _judged(office, view, judged, names)
            title, verdict = view.title.name.in_language(language()), tr(VERDICT_WORDS[judged.verdict])
            lines.append(f"{judged.person}  {row['name']} · {title}: {verdict}")
            lines += _why(office, judged) if args.why or args.people else []
            if args.outlook:
                later = eligibility.next_year(office, view.title.id, judged.person, year, day, known)
                row["next_year"] = later.verdict.value
                lines.append("    " + tr_("A year later: {verdict}", verdict=VERDICT_WORDS[later.verdict]))
            rows.append(row)
    missing, said = _unsaid(args, office, day)
    context.answer(args, {"year": year, "judged": rows, **missing}, [*(lines or [tr_("Nobody")]), *said])
    return context.DONE


def _unsaid(args: argparse.Namespace, office: Office, day: date) -> tuple[dict[str, object], list[str]]:
    """Who is left out, where nobody was named, and what is not shown: for `--json` and as sentences."""
    scope = Scope(unit=args.unit, holding=True)
    missing, said = ({}, []) if people_named(args) else left_out_of(office, day, scope)
    return {**missing, **withheld_told(office)}, [*said, *withheld_lines(office)]


def _why(office: Office, judged: Judgement) -> list[str]:
    lines = []
    for each in judged.findings:
        source = office.settings.source(each.source).title
        rule = each.title.in_language(language())
        sure = tr(CONFIDENCE_WORDS[each.confidence])
        lines.append(f"    {tr(VERDICT_WORDS[each.verdict])}: {rule} · {tr(each.reason)} · {source} ({sure})")
        lines += [f"      {tr_('Missing: {what}', what=what)}" for what in each.lacking()]
    return lines


def _judged(office: Office, view: eligibility.TitleView, judged: Judgement, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "subject": judged.person,
        "name": names.get(judged.person, ""),
        "title": view.title.id,
        "verdict": judged.verdict.value,
        "findings": [
            {
                "condition": each.criterion,
                "verdict": each.verdict.value,
                "reason": tr(each.reason),
                "source": office.settings.source(each.source).title,
                "confidence": each.confidence,
                "missing": [tr(what) for what in each.lacking()],
                "records": list(each.records),
            }
            for each in judged.findings
        ],
    }


def answer(args: argparse.Namespace) -> int:
    """Record an answer."""
    with context.office(args, write=True) as office:
        eligibility.answer_all(
            office, [args.subject], args.title, args.question, args.year, yes=not args.no, note=args.note
        )
        context.answer(args, {"answered": not args.no}, [tr_("Answered: no") if args.no else tr_("Answered: yes")])
    return context.DONE


def show_titles(args: argparse.Namespace) -> int:
    """List the titles; one in plain words when it is named."""
    day = context.day_given(args, "day", "--day")
    with context.office(args) as office:
        chosen = [eligibility.title_of(office, args.title)] if args.title else list(office.settings.titles)
        found, lines = [], []
        for each in chosen:
            prize = prize_of(office, each.prize)
            read = title_lines(each, office.settings.sources.sources, day)
            told = ["  " * depth + tr(text) for depth, text in read]
            name = each.name.in_language(language())
            found.append({"title": each.id, "name": name, "lines": told})
            lines.append(f"{each.id:<30} {name} · {tr(FORM_WORDS[prize.form])}")
            lines += [f"  {line}" for line in told] if args.title else []
        context.answer(args, {"titles": found}, lines)
    return context.DONE
